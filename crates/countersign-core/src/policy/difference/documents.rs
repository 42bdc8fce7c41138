//! Document control, roles, the process as told to people, and runbooks.

use super::{Difference, Effect, coverage, paired};
use crate::policy::{Offer, Policy, ProcessStep, RoleDefinition, TitleMapping};

pub(super) fn differences(old: &Policy, new: &Policy) -> Vec<Difference> {
    let (before, after) = (&old.document, &new.document);
    let mut found = Vec::new();
    let mut told = |subject: &str, effect: Effect, before: &str, after: &str| {
        if before != after {
            found.push(Difference::new(subject, effect).from(before).to(after));
        }
    };
    told("title", Effect::Wording, &before.title, &after.title);
    told("organisation", Effect::Wording, &before.organisation, &after.organisation);
    told("purpose", Effect::Wording, &before.purpose, &after.purpose);
    told("classification", Effect::Wording, &before.classification, &after.classification);
    told("policy owner", Effect::Unclear, before.owner.as_str(), after.owner.as_str());
    let approvers = (before.approved_by.as_str(), after.approved_by.as_str());
    told("approved by", Effect::Unclear, approvers.0, approvers.1);
    let longer = after.review_months > before.review_months;
    let effect = if longer { Effect::Looser } else { Effect::Stricter };
    let months = |count: u32| format!("every {count} months");
    told("review", effect, &months(before.review_months), &months(after.review_months));
    found.extend(roles(&old.roles, &new.roles));
    found.extend(titles(&old.titles, &new.titles));
    found.extend(process(&old.process, &new.process));
    found
}

/// Roles decide nothing by themselves: what they may do is compared where it is said.
fn roles(old: &[RoleDefinition], new: &[RoleDefinition]) -> Vec<Difference> {
    let words = |role: Option<&RoleDefinition>| {
        role.map(|role| format!("{}: {}", role.title, role.duty)).unwrap_or_default()
    };
    let pairs = paired(old, new, |role: &RoleDefinition| role.name.clone());
    let changed = pairs.into_iter().filter(|(old, new)| old != new);
    let told = changed.filter_map(|(old, new)| {
        let subject = format!("role {}", old.or(new)?.name);
        Some(Difference::new(subject, Effect::Wording).from(words(old)).to(words(new)))
    });
    told.collect()
}

/// A title that means another role moves the steps of runbooks to other people.
fn titles(old: &[TitleMapping], new: &[TitleMapping]) -> Vec<Difference> {
    let role = |one: Option<&TitleMapping>| one.map(|one| one.role.to_string()).unwrap_or_default();
    let pairs = paired(old, new, |mapping: &TitleMapping| mapping.title.to_lowercase());
    let changed = pairs.into_iter().filter(|(old, new)| role(*old) != role(*new));
    let told = changed.filter_map(|(old, new)| {
        let subject = format!("title {}", old.or(new)?.title);
        let effect = if old.is_some() { Effect::Unclear } else { Effect::Wording };
        Some(Difference::new(subject, effect).from(role(old)).to(role(new)))
    });
    told.collect()
}

fn process(old: &[ProcessStep], new: &[ProcessStep]) -> Vec<Difference> {
    let text = |step: Option<&ProcessStep>| step.map(|step| step.text.clone()).unwrap_or_default();
    let pairs = paired(old, new, |step: &ProcessStep| step.title.clone());
    let changed = pairs.into_iter().filter(|(old, new)| old != new);
    let told = changed.filter_map(|(old, new)| {
        let subject = format!("process step {}", old.or(new)?.title);
        Some(Difference::new(subject, Effect::Wording).from(text(old)).to(text(new)))
    });
    told.collect()
}

/// Runbooks add to a plan and never remove: one that is required no longer is looser.
pub(super) fn runbooks(old: &Policy, new: &Policy) -> Vec<Difference> {
    let pairs = paired(&old.offers, &new.offers, |offer: &Offer| offer.runbook.clone());
    let told = pairs.into_iter().filter_map(|(old, new)| {
        let subject = format!("runbook {}", old.or(new)?.runbook);
        let effect = match (old, new) {
            (Some(old), Some(new)) => match (old.required, new.required) {
                (false, true) => Effect::Stricter,
                (true, false) => Effect::Looser,
                (true, true) => coverage::effect(&old.when, &new.when)?,
                (false, false) => {
                    coverage::effect(&old.when, &new.when).map(|_| Effect::Wording)?
                }
            },
            (Some(old), None) if old.required => Effect::Looser,
            (None, Some(new)) if new.required => Effect::Stricter,
            (Some(_), None) | (None, Some(_)) => Effect::Wording,
            (None, None) => return None,
        };
        Some(Difference::new(subject, effect).from(offer(old)).to(offer(new)))
    });
    told.collect()
}

fn offer(offer: Option<&Offer>) -> String {
    let word = |offer: &Offer| if offer.required { "required" } else { "offered" };
    offer.map(|offer| format!("{} when {}", word(offer), offer.when)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::{Effect, differences};
    use crate::given::policy;

    #[test]
    fn a_rarer_review_is_looser_and_another_approver_of_the_policy_unclear() {
        let mut new = policy();
        new.document.review_months += 12;
        assert_eq!(differences(&policy(), &new)[0].effect, Effect::Looser);
        let mut new = policy();
        new.document.approved_by = new.document.owner.clone();
        if new.document.approved_by != policy().document.approved_by {
            assert_eq!(differences(&policy(), &new)[0].effect, Effect::Unclear);
        }
    }

    #[test]
    fn words_for_people_loosen_nothing() {
        let mut new = policy();
        new.document.purpose = "Other words.".into();
        new.process.clear();
        let found = differences(&policy(), &new);
        assert!(!found.is_empty() && found.iter().all(|one| one.effect == Effect::Wording));
    }
}
