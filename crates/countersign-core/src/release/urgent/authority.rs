//! Verbal authority: claimed by the owner, confirmed or denied by the person named.

use super::UrgentEvent;
use super::emergency::{EmergencyClaim, NewEmergency};
use crate::actor::Who;
use crate::blocker::{Blocker, Reason};
use crate::calendar::add_hours;
use crate::classification::ChangeType;
use crate::digest::Sha256;
use crate::name::{EnvironmentName, PersonId, RoleName};
use crate::policy::{EmergencySettings, Independence, Settings};
use crate::refusal::Refusal;
use crate::release::{Context, Release, Request};
use crate::rows::{Basis, Lapse, Standing};
use crate::schedule::Schedule;
use crate::text::Text;
use crate::verdict::Denial;
use jiff::Timestamp;
use std::collections::BTreeSet;

pub(super) fn claim(
    release: &Release,
    new: NewEmergency,
    context: &Context<'_>,
) -> Result<UrgentEvent, Refusal> {
    let action = "claim verbal authority";
    crate::release::request::open(release, action)?;
    let owner = claimant(action, context)?;
    let retires = |request: &&Request| request.change == ChangeType::Retirement;
    let Some(request) = release.request.as_ref().filter(|request| !retires(request)) else {
        return Err(Refusal::WrongState { state: "a_retirement".into(), action });
    };
    crate::release::request::history_allows(request, release.id.as_ref(), context)?;
    if let (Some(_), Some(id)) = (&release.urgent.emergency, &release.id) {
        return Err(Refusal::exists("emergency of release", id.as_str()));
    }
    if release.artifacts.is_empty() {
        let blockers = vec![Blocker::by_people(Reason::NoArtifact, [owner])];
        return Err(Refusal::ChecklistIncomplete { blockers });
    }
    let settings = settings(release, context)?;
    let terms = settings.emergency.as_ref().ok_or(NO_EMERGENCIES)?;
    given_by(release, &new.authority.by, (terms, &owner), context)?;
    given_lately(new.authority.at, terms, context.now)?;
    never_denied(release, context)?;
    Ok(UrgentEvent::EmergencyClaimed {
        claim: Box::new(EmergencyClaim {
            ground: new.ground,
            explanation: new.explanation,
            authority: new.authority,
            owner,
            digests: release.artifacts.iter().map(|artifact| artifact.digest).collect(),
            environments: request.environments.clone(),
            confirm_by: add_hours(context.now, terms.confirm_within_hours),
            settings: Box::new(settings.clone()),
        }),
    })
}

const NO_EMERGENCIES: Refusal =
    Refusal::NoPolicy { because: "the policy knows no emergency releases" };

/// The settings frozen with the plan, or those in force for a draft.
fn settings<'c>(release: &'c Release, context: &'c Context<'_>) -> Result<&'c Settings, Refusal> {
    let in_force = || context.policy.map(|(_, policy)| &policy.settings);
    let frozen = release.plan.as_ref().map(|plan| &plan.settings);
    frozen.or_else(in_force).ok_or(Refusal::NoPolicy { because: "no policy is in force" })
}

/// Only the owner of the model claims it.
fn claimant(action: &'static str, context: &Context<'_>) -> Result<PersonId, Refusal> {
    let person = context.actor.who.person().ok_or(Refusal::PeopleOnly { action })?;
    if context.is_owner() {
        return Ok(person.clone());
    }
    Err(Refusal::NotPermitted { action, needs: vec![RoleName::model_owner()] })
}

/// Authority is given for now: not in the future, and no longer ago than the time within which it
/// has to be confirmed.
fn given_lately(at: Timestamp, terms: &EmergencySettings, now: Timestamp) -> Result<(), Refusal> {
    if at > now {
        let what = "authority cannot be claimed before it is given";
        return Err(Refusal::WrongOrder { what });
    }
    if add_hours(at, terms.confirm_within_hours) < now {
        let what = "authority given longer ago than the time to confirm it is none any more: ask \
                    for it anew";
        return Err(Refusal::WrongOrder { what });
    }
    Ok(())
}

/// The person named may give such authority, and has no part in the request.
fn given_by(
    release: &Release,
    person: &PersonId,
    (terms, owner): (&EmergencySettings, &PersonId),
    context: &Context<'_>,
) -> Result<(), Refusal> {
    let held = context.register.roles_of(person, context.now);
    let Some(role) = terms.authority_of.intersection(&held).next() else {
        let roles = terms.authority_of.iter().cloned().collect();
        return Err(Refusal::NoAuthority { person: person.clone(), roles });
    };
    let dependent = |of| {
        let (person, role) = (person.clone(), role.clone());
        Err(Refusal::NotIndependent { person, role, of })
    };
    let accounts = context.register.accounts_of(person);
    if accounts.contains(owner) {
        return dependent(Independence::ModelOwner);
    }
    if !release.requesters().is_disjoint(&accounts) {
        return dependent(Independence::Requester);
    }
    Ok(())
}

/// What was denied or stopped once does not come back under another release.
fn never_denied(release: &Release, context: &Context<'_>) -> Result<(), Refusal> {
    let own = |digest: &Sha256| release.artifacts.iter().any(|one| &one.digest == digest);
    let others = context.around.standings.iter().filter(|row| own(&row.digest));
    let stopped = others.filter_map(|row| match &row.standing {
        Standing::Denied { state } if state == DENIED || row.standing.is_suspended() => {
            let code = format!("release.{state}");
            Some(Denial::of(Some(row.release.clone()), code).to_string())
        }
        Standing::Denied { .. } | Standing::Allowed { .. } => None,
    });
    let reasons: BTreeSet<String> = stopped.collect();
    if reasons.is_empty() {
        return Ok(());
    }
    Err(Refusal::DeploymentDenied { reasons: reasons.into_iter().collect() })
}

const DENIED: &str = "authority_denied";

pub(super) fn confirm(release: &Release, context: &Context<'_>) -> Result<UrgentEvent, Refusal> {
    let action = "confirm the verbal authority";
    let claim = asked(release, action, context)?;
    // Nobody else can know what this person said.
    if !context.actor.is(&claim.authority.by) || !holds(claim, context) {
        return Err(Refusal::NotPermitted { action, needs: roles(claim) });
    }
    Ok(UrgentEvent::AuthorityConfirmed {})
}

pub(super) fn deny(
    release: &Release,
    reason: Text,
    context: &Context<'_>,
) -> Result<UrgentEvent, Refusal> {
    let action = "deny the verbal authority";
    let claim = asked(release, action, context)?;
    // The person named may have lost the role since; what they deny was never said all the same.
    if !(context.actor.is(&claim.authority.by) || holds(claim, context)) {
        return Err(Refusal::NotPermitted { action, needs: roles(claim) });
    }
    Ok(UrgentEvent::AuthorityDenied { reason })
}

/// Recorded by the clock, so that no clock set back brings the authority back.
pub(super) fn record_lapsed(
    release: &Release,
    context: &Context<'_>,
) -> Result<UrgentEvent, Refusal> {
    if context.actor.who != Who::System {
        let action = "record a lapsed authority";
        return Err(Refusal::NotPermitted { action, needs: Vec::new() });
    }
    let emergency = release.on_authority();
    let emergency = emergency.filter(|one| !one.lapsed && one.is_unconfirmed(context.now));
    let none = Refusal::NothingToDo { what: "no authority has lapsed" };
    let due = emergency.map(|emergency| emergency.claim.confirm_by).ok_or(none)?;
    Ok(UrgentEvent::AuthorityLapsed { due })
}

/// The claim, as long as nobody has answered it.
fn asked<'r>(
    release: &'r Release,
    action: &'static str,
    context: &Context<'_>,
) -> Result<&'r EmergencyClaim, Refusal> {
    if context.actor.who.person().is_none() {
        return Err(Refusal::PeopleOnly { action });
    }
    let none = || Refusal::NotFound { what: "emergency", name: release_name(release) };
    let emergency = release.urgent.emergency.as_ref().ok_or_else(none)?;
    if emergency.answer.is_some() {
        return Err(Refusal::NothingToDo { what: "the authority was answered for already" });
    }
    Ok(&emergency.claim)
}

fn release_name(release: &Release) -> String {
    release.id.as_ref().map(ToString::to_string).unwrap_or_default()
}

fn roles(claim: &EmergencyClaim) -> Vec<RoleName> {
    let terms = claim.settings.emergency.iter();
    terms.flat_map(|terms| terms.authority_of.iter().cloned()).collect()
}

fn holds(claim: &EmergencyClaim, context: &Context<'_>) -> bool {
    roles(claim).iter().any(|role| context.actor.holds(role)) && !context.actor.is(&claim.owner)
}

/// Where an emergency stands before it is decided in writing: an authority, not an approval.
/// `None` when there is none, or not for this.
pub(crate) fn standing(
    release: &Release,
    digest: &Sha256,
    place: &EnvironmentName,
) -> Option<Standing> {
    let emergency = release.urgent.emergency.as_ref()?;
    let claim = &emergency.claim;
    if !claim.digests.contains(digest) || !claim.environments.contains(place) {
        return None;
    }
    if emergency.is_denied() {
        return Some(Standing::Denied { state: DENIED.to_owned() });
    }
    release.on_authority()?;
    let unconfirmed = emergency.answer.is_none();
    let spoken = unconfirmed.then(|| Lapse {
        // What is on record stays unconfirmed, even when a clock is set back.
        at: if emergency.lapsed { Timestamp::UNIX_EPOCH } else { claim.confirm_by },
        code: UNCONFIRMED.into(),
    });
    let terms = claim.settings.emergency.as_ref();
    let denies = terms.is_some_and(|terms| terms.overdue_papers_deny);
    let papers = emergency.papers.as_ref().filter(|_| denies);
    let papers = papers.map(|papers| Lapse {
        // What is on record stays overdue, even when a clock is set back behind the due time.
        at: if papers.overdue { Timestamp::UNIX_EPOCH } else { papers.due },
        code: super::papers::OVERDUE.into(),
    });
    let confirmations = crate::project::unconfirmed(release, &claim.settings);
    Some(Standing::Allowed {
        since: emergency.claimed_at,
        until: spoken.into_iter().chain(papers).chain(confirmations).min_by_key(|lapse| lapse.at),
        lease_minutes: claim.settings.lease_minutes,
        basis: Basis::VerbalAuthority,
        // Whoever gives authority in an emergency gives it for now.
        schedule: Schedule::default(),
        deployed: false,
    })
}

/// The code of an authority nobody has confirmed in time.
pub(super) const UNCONFIRMED: &str = "authority.unconfirmed";

#[cfg(test)]
mod tests {
    use crate::actor::Scope;
    use crate::classification::ArtifactKind;
    use crate::classification::ChangeType::{MinorUpdate, NewModel, Retirement};
    use crate::classification::RiskTier::{High, Low};
    use crate::given::*;
    use crate::release::command::Command;
    use crate::release::urgent::emergency::{Ground, Means};
    use crate::release::{Request, State};
    use crate::rows::Basis;
    use crate::verdict::Allow;

    ///
    #[test]
    fn there_are_three_grounds_and_no_fourth() {
        let words = Ground::ALL.map(Ground::word);
        assert_eq!(words, ["safety_issue", "security_vulnerability", "regulatory_deadline"]);
        for word in words {
            assert!(serde_json::from_str::<Ground>(&format!("\"{word}\"")).is_ok());
        }
        assert!(serde_json::from_str::<Ground>("\"deadline_of_a_customer\"").is_err());
    }

    ///
    #[test]
    fn verbal_authority_lets_exactly_the_named_digests_run_and_is_called_an_authority() {
        for world in [drafted(Low), submitted(Low)] {
            assert_eq!(world.verdict().allow, Allow::Deny);
            let world = world.having("rivera", claim_authority_of("abara"));
            let verdict = world.verdict();
            assert_eq!(
                (verdict.allow, verdict.basis),
                (Allow::Allow, Some(Basis::VerbalAuthority))
            );
            assert!(world.release().decision.is_none());
            let other = crate::digest::Sha256::of(b"something else");
            assert_eq!(world.verdict_on(other, &production()).allow, Allow::Deny);
            let digest = world.release().artifacts[0].digest;
            assert_eq!(world.verdict_on(digest, &environment("staging")).allow, Allow::Deny);
            world.having("rivera", deploy_to(production()));
        }
    }

    ///
    #[test]
    fn who_gave_the_authority_when_and_how_is_kept() {
        let world = claimed(Low);
        let claim = &world.release().urgent.emergency.as_ref().unwrap().claim;
        assert_eq!(claim.authority.by, id("abara"));
        assert_eq!((claim.authority.at, claim.authority.means), (monday(), Means::Phone));
        assert_eq!(claim.ground, Ground::SecurityVulnerability);
        assert_eq!(claim.confirm_by, at("2026-05-12T07:00:00Z"));
    }

    ///
    #[test]
    fn only_the_owner_claims_it_and_only_of_somebody_who_may_give_it() {
        let claim = || claim_authority_of("abara");
        for person in ["chen", "abara", "lindqvist", "root"] {
            drafted(Low).when(person, claim()).refused_as("actor.not_permitted");
        }
        drafted(Low).when(machine(Scope::ALL), claim()).refused_as("actor.people_only");
        let named = |person| drafted(Low).when("rivera", claim_authority_of(person));
        for person in ["chen", "lindqvist", "rivera", "nobody"] {
            named(person).refused_as("emergency.no_authority");
        }
    }

    ///
    #[test]
    fn nobody_authorises_his_own_request_or_his_own_model() {
        let ask = ask_for("r-1", request(NewModel, Low), weights_and_prompt());
        let own = given(Low).having("abara", ask);
        own.when("rivera", claim_authority_of("abara")).refused_as("approval.not_independent");
        let lead =
            crate::register::RegisterEvent::granted(id("rivera"), role("ai_governance_lead"));
        let owner = drafted(Low).and(lead);
        owner.when("rivera", claim_authority_of("rivera")).refused_as("approval.not_independent");
    }

    #[test]
    fn authority_is_claimed_once_and_never_ahead_of_being_given() {
        claimed(Low).when("rivera", claim_authority_of("abara")).refused_as("already_exists");
        let mut early = drafted(Low);
        early.now = at("2026-05-11T06:59:59Z");
        early.when("rivera", claim_authority_of("abara")).refused_as("time.wrong_order");
        approved(Low).when("rivera", claim_authority_of("abara")).refused_as("release.wrong_state");
        let retiring = Request { title: "off".into(), ..request(Retirement, Low) };
        let world = deployed(Low).having("rivera", ask_for("r-2", retiring, second_version()));
        world.when("rivera", claim_authority_of("abara")).refused_as("release.wrong_state");
        let empty = given(Low).having("rivera", ask_for("r-1", request(NewModel, Low), vec![]));
        empty.when("rivera", claim_authority_of("abara")).refused_as("checklist.incomplete");
    }

    ///
    #[test]
    fn authority_older_than_the_time_to_confirm_it_is_none() {
        let claim = || claim_authority_of("abara");
        let at_hour = |hours| drafted(Low).later(hours);
        assert_eq!(at_hour(24).having("rivera", claim()).verdict().allow, Allow::Allow);
        at_hour(25).when("rivera", claim()).refused_as("time.wrong_order");
        let years = drafted(Low).later(6 * 365 * 24);
        years.when("rivera", claim()).refused_as("time.wrong_order");
    }

    #[test]
    fn a_policy_that_says_nothing_of_emergencies_knows_none() {
        let silent = given(Low).policy_where(|policy| policy.settings.emergency = None);
        let world = silent.requested(request(NewModel, Low));
        world.when("rivera", claim_authority_of("abara")).refused_as("policy.none");
    }

    #[test]
    fn what_authority_was_given_for_stays_as_it_is() {
        let more = Command::AddArtifact(artifact(ArtifactKind::Adapter, "tone"));
        claimed(Low).when("rivera", more).refused_as("release.wrong_state");
        let less = Command::RemoveArtifact { name: "system-prompt".into() };
        claimed(Low).when("rivera", less).refused_as("release.wrong_state");
    }

    ///
    #[test]
    fn the_person_named_is_asked_and_nobody_else_confirms() {
        let world = claimed(Low);
        let tasks = crate::project::tasks(world.release());
        let asked = tasks.iter().find(|task| task.task == "authority").unwrap();
        assert_eq!(
            (asked.person.clone(), asked.due),
            (Some(id("abara")), Some(at("2026-05-12T07:00:00Z")))
        );
        for person in ["rivera", "lindqvist", "root"] {
            world.clone().when(person, confirm_authority()).refused_as("actor.not_permitted");
        }
        let second =
            crate::register::RegisterEvent::granted(id("santos"), role("ai_governance_lead"));
        let two = world.clone().and(second);
        two.clone().when("santos", confirm_authority()).refused_as("actor.not_permitted");
        two.having("santos", deny_authority());
        let confirmed = world.having("abara", confirm_authority());
        confirmed.clone().when("abara", deny_authority()).refused_as("nothing_to_do");
        assert_eq!(confirmed.later(48).verdict().allow, Allow::Allow);
        drafted(Low).when("abara", confirm_authority()).refused_as("not_found");
    }

    /// R-111, I-11
    #[test]
    fn authority_nobody_confirms_lapses_until_it_is_confirmed() {
        let world = claimed(Low).having("rivera", deploy_to(production())).later(24);
        assert_eq!(world.denied_by(), [] as [&str; 0]);
        let world = world.later(1);
        assert_eq!(world.denied_by(), ["authority.unconfirmed"]);
        assert!(world.blocked_by().contains(&"authority.unconfirmed"));
        let world = world.having("abara", confirm_authority());
        assert_eq!(world.denied_by(), [] as [&str; 0]);
    }

    ///
    #[test]
    fn a_denial_denies_at_once_and_the_digest_does_not_come_back_that_way() {
        let world = claimed(Low).having("rivera", deploy_to(production()));
        let world = world.having("abara", deny_authority());
        assert_eq!(world.denied_by(), ["release.authority_denied"]);
        assert!(world.blocked_by().contains(&"release.authority_denied"));
        world.clone().when("rivera", claim_authority_of("abara")).refused_as("already_exists");
        let again =
            world.having("rivera", ask_for("r-2", request(MinorUpdate, Low), weights_and_prompt()));
        again.when("rivera", claim_authority_of("abara")).refused_as("deployment.denied");
    }

    #[test]
    fn denied_authority_deploys_nothing_and_written_approval_still_may() {
        let world = claimed(Low).having("abara", deny_authority());
        world.clone().when("rivera", deploy_to(production())).refused_as("deployment.denied");
        let world = world.prepared().submitted().approved();
        assert_eq!(world.verdict().basis, Some(Basis::Approval));
        world.having("rivera", deploy_to(production()));
    }

    #[test]
    fn a_wrong_attempt_on_an_authority_is_a_decision_that_is_logged() {
        use crate::release::attempt;
        let world = claimed(Low);
        let outcome = world.clone().when("chen", confirm_authority());
        let refusal = outcome.refused_as("actor.not_permitted");
        assert!(attempt(world.release(), &confirm_authority(), &refusal).is_some());
    }

    ///
    #[test]
    fn an_emergency_is_suspended_like_any_other_release() {
        let world = urgently_deployed(High).having("abara", suspend());
        assert_eq!(world.denied_by(), ["release.suspended"]);
        assert!(world.blocked_by().contains(&"release.suspended"));
        let world = world.having("abara", resume());
        assert_eq!((world.verdict().allow, world.release().state), (Allow::Allow, State::Draft));
    }
}
