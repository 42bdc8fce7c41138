//! Purging evidence: one person proposes, another one confirms, and a legal hold stops both.

use super::{Purge, PurgedFile, RetentionEvent};
use crate::name::{EvidenceId, PersonId, RoleName};
use crate::refusal::{Refusal, RetentionRefusal};
use crate::release::{Context, Release, ReleaseEvent};
use crate::text::Text;
use std::collections::BTreeSet;

pub(super) fn propose(
    release: &Release,
    evidence: BTreeSet<EvidenceId>,
    reason: Text,
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    let action = "propose to purge evidence";
    let person = context.actor.who.person().ok_or(Refusal::PeopleOnly { action })?;
    let roles = purgers(release, context);
    if !context.is_owner() && !context.actor.holds_any(roles.iter()) {
        let needs = roles.into_iter().chain([RoleName::model_owner()]).collect();
        return Err(Refusal::NotPermitted { action, needs });
    }
    due(release, person, context)?;
    let left = release.unpurged();
    let evidence = if evidence.is_empty() { left.clone() } else { evidence };
    if let Some(unknown) = evidence.iter().find(|id| !release.evidence.contains_key(*id)) {
        return Err(Refusal::NotFound { what: "evidence", name: unknown.to_string() });
    }
    if evidence.is_disjoint(&left) {
        return Err(Refusal::NothingToDo { what: "the evidence was purged already" });
    }
    if release.kept.purges.values().any(Purge::waits) {
        return Err(Refusal::NothingToDo { what: "a purge is proposed already" });
    }
    let number = release.kept.purges.keys().next_back().map_or(1, |last| last + 1);
    let evidence = evidence.intersection(&left).cloned().collect();
    // A plan says itself who decides; without one, the policy in force does, and that may change.
    let asked =
        if release.settings().is_some() { BTreeSet::new() } else { purgers(release, context) };
    Ok(vec![retained(RetentionEvent::PurgeProposed { number, evidence, reason, asked })])
}

pub(super) fn confirm(
    release: &Release,
    number: u32,
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    let person = purger(release, "purge evidence", context)?;
    let purge = waiting(release, number)?;
    let (proposed_at, proposed_by) = &purge.proposed;
    let roles = purgers(release, context);
    let acting = context.everybody(roles.iter());
    if !acting.is_disjoint(&context.register.accounts_of(proposed_by)) {
        return Err(RetentionRefusal::SamePurger { person: person.clone() }.into());
    }
    due(release, person, context)?;
    // A hold in between, even one that was lifted, asks for a proposal that knew of it.
    let since = holds(release, context).find(|(_, hold)| hold.placed.0 >= *proposed_at);
    if let Some((hold, _)) = since {
        return Err(RetentionRefusal::ProposalOutdated { number, hold }.into());
    }
    let left = release.unpurged();
    let files = purge.evidence.intersection(&left).filter_map(|id| release.evidence.get(id));
    let purged = files.map(|attached| {
        let one = &attached.evidence;
        let file = PurgedFile {
            evidence: one.id.clone(),
            sha256: one.sha256,
            size: one.size,
            kind: one.target.to_string(),
            reader: one.reading.as_ref().map(|reading| reading.format.clone()),
        };
        let (proposed_by, reason) = (proposed_by.clone(), purge.reason);
        retained(RetentionEvent::EvidencePurged { number, file, proposed_by, reason })
    });
    Ok(purged.collect())
}

pub(super) fn refuse(
    release: &Release,
    number: u32,
    reason: Text,
    context: &Context<'_>,
) -> Result<Vec<ReleaseEvent>, Refusal> {
    let by = context.actor.who.person();
    let purge = release.kept.purges.get(&number);
    // Whoever proposed it may take it back.
    if purge.is_none_or(|purge| Some(&purge.proposed.1) != by) {
        purger(release, "refuse a purge", context)?;
    }
    waiting(release, number)?;
    Ok(vec![retained(RetentionEvent::PurgeRefused { number, reason })])
}

fn retained(event: RetentionEvent) -> ReleaseEvent {
    ReleaseEvent::Retention(event)
}

fn waiting(release: &Release, number: u32) -> Result<&Purge, Refusal> {
    let missing = || Refusal::NotFound { what: "purge", name: number.to_string() };
    let purge = release.kept.purges.get(&number).ok_or_else(missing)?;
    if purge.waits() {
        return Ok(purge);
    }
    Err(Refusal::NothingToDo { what: "the purge was carried out or refused already" })
}

fn purgers(release: &Release, context: &Context<'_>) -> BTreeSet<RoleName> {
    let settings = context.retention(release);
    settings.map(|settings| settings.purge_by.clone()).unwrap_or_default()
}

fn purger<'c>(
    release: &Release,
    action: &'static str,
    context: &'c Context<'_>,
) -> Result<&'c PersonId, Refusal> {
    let person = context.actor.who.person().ok_or(Refusal::PeopleOnly { action })?;
    let roles = purgers(release, context);
    if context.actor.holds_any(roles.iter()) {
        return Ok(person);
    }
    Err(Refusal::NotPermitted { action, needs: roles.into_iter().collect() })
}

/// Every hold that ever covered the release.
fn holds<'c>(
    release: &'c Release,
    context: &'c Context<'_>,
) -> impl Iterator<Item = (u32, &'c crate::register::Hold)> {
    let known = release.request.as_ref().zip(release.id.as_ref());
    known.into_iter().flat_map(|(request, id)| context.register.holds_over(&request.model, id))
}

/// Keeping has ended, nothing holds it, and the person has not lifted what did.
fn due(release: &Release, person: &PersonId, context: &Context<'_>) -> Result<(), Refusal> {
    let standing = holds(release, context).filter(|(_, hold)| hold.stands());
    let standing: Vec<u32> = standing.map(|(number, _)| number).collect();
    if !standing.is_empty() {
        let lifted_by = context.register.lift_holds(context.now);
        return Err(RetentionRefusal::OnHold { holds: standing, lifted_by }.into());
    }
    let keeping = context.keeping(release);
    if !keeping.is_over(context.now) {
        return Err(RetentionRefusal::StillKept { keeping }.into());
    }
    let own = context.register.accounts_of(person);
    let lifted = |hold: &crate::register::Hold| {
        hold.lifted.as_ref().is_some_and(|(_, by, _)| own.contains(by))
    };
    match holds(release, context).find(|(_, hold)| lifted(hold)) {
        Some((hold, _)) => Err(RetentionRefusal::LiftedTheHold { hold }.into()),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classification::RiskTier::Low;
    use crate::given::*;
    use crate::project::{entries, tasks};

    const YEAR: i64 = 24 * 366;

    /// Rejected, and longer ago than the ten years records are kept.
    fn long_rejected() -> World {
        submitted(Low).having("rivera", reject_as("model_owner")).later(YEAR * 10)
    }

    fn kept_evidence(world: &World) -> usize {
        world.release().unpurged().len()
    }

    ///
    #[test]
    fn two_people_purge_what_was_kept_long_enough_and_the_log_keeps_what_it_was() {
        let world = long_rejected().having("rivera", propose_purge(&["e1"]));
        let one = world.release().evidence[&evidence("e1")].evidence.clone();
        let before = kept_evidence(&world);
        let expected = PurgedFile {
            evidence: one.id.clone(),
            sha256: one.sha256,
            size: one.size,
            kind: one.target.to_string(),
            reader: one.reading.as_ref().map(|reading| reading.format.clone()),
        };
        let (proposed_by, reason) = (id("rivera"), text("kept long enough"));
        let event =
            RetentionEvent::EvidencePurged { number: 1, file: expected, proposed_by, reason };
        let world = world.when("okafor", confirm_purge(1)).then([ReleaseEvent::Retention(event)]);
        assert_eq!(kept_evidence(&world), before - 1);
        let kept = &world.release().evidence[&evidence("e1")].evidence;
        assert_eq!(kept.reading, one.reading, "what was read stays");
        assert_eq!(world.release().kept.purged[&evidence("e1")].by, Some(id("okafor")));
    }

    ///
    #[test]
    fn nothing_is_purged_while_it_is_kept() {
        let rejected = submitted(Low).having("rivera", reject_as("model_owner"));
        let refusal =
            rejected.when("okafor", propose_purge(&[])).refused_as("retention.still_kept");
        assert!(refusal.to_string().contains("2036-05-11"), "{refusal}");
        let running = deployed(Low).later(YEAR * 50);
        running.when("okafor", propose_purge(&[])).refused_as("retention.still_kept");
    }

    ///
    #[test]
    fn a_policy_that_says_nothing_keeps_for_ever() {
        let world = given(Low)
            .policy_where(|policy| policy.settings.retention = None)
            .requested(request(crate::classification::ChangeType::NewModel, Low))
            .prepared()
            .submitted()
            .having("rivera", reject_as("model_owner"))
            .later(YEAR * 50);
        world.when("rivera", propose_purge(&[])).refused_as("retention.still_kept");
    }

    /// I-03
    #[test]
    fn nobody_purges_alone() {
        let world = long_rejected().having("okafor", propose_purge(&[]));
        world.clone().when("okafor", confirm_purge(1)).refused_as("purge.same_person");
        world.clone().when("rivera", confirm_purge(1)).refused_as("actor.not_permitted");
        let mut linked = world;
        let link = crate::register::RegisterCommand::LinkAccounts {
            person: id("okafor"),
            same_as: id("weiss"),
        };
        linked.keep("root", link).unwrap();
        let term = crate::register::Term::default();
        let (person, role) = (id("weiss"), role("compliance"));
        let grant = crate::register::RegisterCommand::GrantRole { person, role, term };
        linked.keep("root", grant).unwrap();
        linked.when("weiss", confirm_purge(1)).refused_as("purge.same_person");
    }

    #[test]
    fn machines_and_readers_purge_nothing() {
        let machine = machine(crate::actor::Scope::ALL);
        long_rejected().when(machine, propose_purge(&[])).refused_as("actor.people_only");
        long_rejected().when("quinn", propose_purge(&[])).refused_as("actor.reads_only");
        let proposed = long_rejected().having("rivera", propose_purge(&[]));
        proposed.when("quinn", confirm_purge(1)).refused_as("actor.reads_only");
    }

    ///
    #[test]
    fn a_hold_stops_a_purge_and_outdates_one_that_was_proposed() {
        let mut world = long_rejected().having("rivera", propose_purge(&[]));
        world.keep("weiss", place_hold(None)).unwrap();
        world.clone().when("okafor", confirm_purge(1)).refused_as("retention.on_hold");
        world.clone().when("rivera", propose_purge(&[])).refused_as("retention.on_hold");
        world.keep("weiss", lift_hold(1)).unwrap();
        world.clone().when("okafor", confirm_purge(1)).refused_as("purge.outdated");
        let world = world.having("okafor", refuse_purge(1)).later(1);
        world.having("rivera", propose_purge(&[])).having("okafor", confirm_purge(2));
    }

    ///
    #[test]
    fn whoever_lifted_a_hold_neither_proposes_nor_confirms_the_purge() {
        let mut world = long_rejected();
        world.keep("weiss", place_hold(Some("r-1"))).unwrap();
        world.keep("okafor", lift_hold(1)).unwrap();
        let world = world.later(1);
        let own = world.clone().when("okafor", propose_purge(&[]));
        own.refused_as("purge.lifted_the_hold");
        let world = world.having("rivera", propose_purge(&[]));
        world.when("okafor", confirm_purge(1)).refused_as("purge.lifted_the_hold");
    }

    #[test]
    fn a_proposal_waits_for_whoever_may_purge_and_is_listed_until_it_is_settled() {
        let world = long_rejected().having("rivera", propose_purge(&[]));
        let task = tasks(world.release()).remove(0);
        assert_eq!(
            (task.task.as_str(), task.role),
            ("purge/1/compliance", Some(role("compliance")))
        );
        let state = |world: &World| entries(world.release()).remove(0).state;
        assert_eq!(state(&world), "proposed");
        world.clone().when("rivera", propose_purge(&[])).refused_as("nothing_to_do");
        let refused = world.clone().having("rivera", refuse_purge(1));
        assert_eq!((state(&refused).as_str(), tasks(refused.release()).len()), ("refused", 0));
        let purged = world.having("okafor", confirm_purge(1));
        assert_eq!((state(&purged).as_str(), kept_evidence(&purged)), ("purged", 0));
        purged.clone().when("rivera", propose_purge(&[])).refused_as("nothing_to_do");
        purged.when("rivera", propose_purge(&["e99"])).refused_as("not_found");
    }

    #[test]
    fn a_purge_of_what_never_had_a_plan_waits_for_whoever_the_policy_in_force_names() {
        let request = request(crate::classification::ChangeType::NewModel, Low);
        let world = given(Low).requested(request).prepared().having("rivera", withdraw());
        let world = world.later(YEAR * 10).having("rivera", propose_purge(&[]));
        assert_eq!(world.release().settings(), None);
        let task = tasks(world.release()).remove(0);
        assert_eq!(
            (task.task.as_str(), task.role),
            ("purge/1/compliance", Some(role("compliance")))
        );
        let settled = world.having("okafor", confirm_purge(1));
        assert_eq!(tasks(settled.release()), []);
    }

    ///
    #[test]
    fn an_auditor_takes_a_copy_along_and_the_log_says_so() {
        deployed(Low).when("quinn", take_copy()).then_words(&["records_exported"]);
        let scoped = machine([crate::actor::Scope::Export]);
        deployed(Low).when(scoped, take_copy()).then_words(&["records_exported"]);
        let reader = machine([crate::actor::Scope::Read]);
        deployed(Low).when(reader, take_copy()).refused_as("actor.people_only");
    }
}
