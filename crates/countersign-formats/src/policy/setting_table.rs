//! What a policy sets, for people: every clock and switch as one table, which the command line and
//! the portal print alike.

use super::{care_table, retention_table};
use countersign_core::name::RoleName;
use countersign_core::policy::{CommitteeSettings, EmergencySettings, Policy, Question};
use std::collections::BTreeSet;

/// Each setting with what it says. What no line of the policy says is its default.
pub fn setting_table(policy: &Policy) -> Vec<(&'static str, String)> {
    let told = Telling(policy);
    let mut table = told.clocks();
    table.extend(told.going_back());
    table.push(("Emergency releases", told.emergencies()));
    table.push(("The committee", told.committee()));
    table.extend(care_table(policy));
    table.extend(retention_table(policy));
    table.extend(told.beside());
    table.extend(told.reviews());
    table
}

struct Telling<'p>(&'p Policy);

type Lines = Vec<(&'static str, String)>;

impl Telling<'_> {
    fn clocks(&self) -> Lines {
        let settings = &self.0.settings;
        let missed = match settings.missed_confirmation_denies {
            true => "turns the verdict to deny",
            false => "is recorded and shown",
        };
        let own = match settings.self_approval {
            true => "allowed where a row says so, and labelled",
            false => "not allowed",
        };
        let reviewer = settings.reviewed_by.as_ref();
        let reviewer = reviewer.map_or("nobody", |role| self.0.title_of(role));
        let hours = format!("{} hours", settings.confirm_within_hours);
        vec![
            ("A deployment is confirmed within", hours),
            ("A missed confirmation", missed.to_owned()),
            ("A verdict may be relied on for", format!("{} minutes", settings.lease_minutes)),
            ("Approving one's own request", own.to_owned()),
            ("Late steps are brought to", self.0.title_of(&settings.escalate_to).to_owned()),
            ("Releases are suspended by", self.titles(&settings.may_suspend)),
            ("Findings are closed by", self.titles(&settings.may_close_findings)),
            ("Deployments are recorded beside the owner by", self.titles(&settings.may_deploy)),
            ("Looked at afterwards by", reviewer.to_owned()),
        ]
    }

    fn going_back(&self) -> Lines {
        let rollback = &self.0.settings.rollback;
        let planned = rollback.planned.as_ref().map(|question| self.question(question));
        let drill = rollback.drill.as_ref().map(|limit| {
            format!("{}: at most {} days old", self.question(&limit.asked), limit.days)
        });
        vec![
            ("Rollbacks are recorded beside the owner by", self.titles(&rollback.may)),
            (
                "The planned minutes of a rollback",
                planned.unwrap_or_else(|| "are not asked".into()),
            ),
            ("The last drill", drill.unwrap_or_else(|| "may have any age".into())),
        ]
    }

    fn emergencies(&self) -> String {
        let Some(terms) = &self.0.settings.emergency else { return "there are none".into() };
        let EmergencySettings { confirm_within_hours, papers_within, remind_hours, .. } = terms;
        let overdue = match terms.overdue_papers_deny {
            true => "turn the verdict to deny",
            false => "are shown",
        };
        format!(
            "run on verbal authority of {}, confirmed within {confirm_within_hours} hours; papers \
             within {papers_within}, reminded of {remind_hours} hours before; overdue papers \
             {overdue} and stop the owner's next release",
            self.titles(&terms.authority_of)
        )
    }

    fn committee(&self) -> String {
        let Some(rules) = &self.0.settings.committee else { return "holds no sessions".into() };
        let CommitteeSettings { role, chair, quorum, decides_by, meets_every_days, .. } = rules;
        let alone = match rules.single_approvals {
            true => "a member may also sign alone",
            false => "members sign in sessions only",
        };
        let without: Vec<&str> = rules.recuses.iter().map(|one| one.human()).collect();
        let without = match without.as_slice() {
            [] => String::new(),
            _ => format!("; no vote for {}", listed(&without)),
        };
        format!(
            "{}, chaired by {}: {quorum} votes make a quorum, {} carries an item, and it meets \
             every {meets_every_days} days; {alone}{without}",
            self.0.title_of(role),
            self.0.title_of(chair),
            decides_by.human(),
        )
    }

    fn beside(&self) -> Lines {
        let beside = &self.0.settings.beside;
        let or = |roles: &BTreeSet<RoleName>, otherwise: &str| match roles.is_empty() {
            true => otherwise.to_owned(),
            false => self.titles(roles),
        };
        let keepers = or(&beside.may_keep_risks, "whoever late steps are brought to");
        vec![
            ("Incidents are handled by", or(&beside.may_handle_incidents, "whoever may suspend")),
            ("The risk register is kept beside its owners by", keepers),
            ("A risk is looked at again within", format!("{} months", beside.risk_review_months)),
            ("A sandbox is claimed for at most", format!("{} months", beside.sandbox_months)),
        ]
    }

    fn reviews(&self) -> Lines {
        let settings = &self.0.settings;
        let (reviews, months) = (&settings.reviews, self.0.document.review_months);
        let run = format!("at most {} between reviews", settings.changes.minor_at_most);
        let failures = format!("after {} within {} days", reviews.failures, reviews.within_days);
        vec![
            ("Minor changes in a row", run),
            ("The policy itself is reviewed every", format!("{months} months")),
            ("Failed releases ask for a review of the policy", failures),
        ]
    }

    fn titles(&self, roles: &BTreeSet<RoleName>) -> String {
        let titles: Vec<&str> = roles.iter().map(|role| self.0.title_of(role)).collect();
        if titles.is_empty() { "nobody".to_owned() } else { listed(&titles) }
    }

    /// A question of the checklist, by its item's title and its own words.
    fn question(&self, question: &Question) -> String {
        let item = self.0.items.iter().find(|item| item.name == question.item);
        let field = item.and_then(|item| item.fields.iter().find(|f| f.name == question.field));
        match (item, field) {
            (Some(item), Some(field)) => format!("{}, “{}”", item.title, field.label),
            (Some(_) | None, _) => format!("{} {}", question.item, question.field),
        }
    }
}

fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [others @ .., last] => format!("{} and {last}", others.join(", ")),
    }
}
