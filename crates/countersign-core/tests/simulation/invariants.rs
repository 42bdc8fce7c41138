//! What must hold after every step, whatever people, machines and clocks did.
//!
//! They are numbered as the simulation's invariants I1 to I12. Each is worked out here from the
//! fold and the history; whether the verdict itself is right is asked of the oracle.

use crate::beside::Beside;
use crate::house::{House, Step};
use crate::rows::Rows;
use countersign_core::assess;
use countersign_core::condition::ConditionEvent;
use countersign_core::digest::Sha256;
use countersign_core::dossier;
use countersign_core::event::{Envelope, Event};
use countersign_core::exception::{Course, ExceptionEvent, Waived};
use countersign_core::given::criterion_waived;
use countersign_core::meeting::Meeting;
use countersign_core::model::Model;
use countersign_core::name::{PersonId, ReleaseId};
use countersign_core::plan::GatePlan;
use countersign_core::policy::{EvidenceNeed, Independence, Item};
use countersign_core::reading::{FindingState, Severity};
use countersign_core::register::{Delegation, Register};
use countersign_core::release::command::Command;
use countersign_core::release::{
    Approval, Decision, Deployment, Given, Release, ReleaseEvent, State, Target, UrgentEvent,
};
use countersign_core::rows::StandingRow;
use countersign_core::stream::StreamId;
use countersign_core::times::Times;
use countersign_core::verdict::{Allow, Verdict, concerning, verdict};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// An invariant that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Which one.
    pub rule: &'static str,
    /// What was seen instead.
    pub seen: String,
}

/// Fails with the rule's name when something does not hold.
#[expect(clippy::fn_params_excessive_bools, reason = "what is asserted is true or it is not")]
pub fn hold(holds: bool, rule: &'static str, seen: impl FnOnce() -> String) -> Step {
    if holds { Ok(()) } else { Err(Broken { rule, seen: seen() }) }
}

/// What has to be known from before a command to judge what came of it.
#[derive(Debug, Default)]
pub struct Before {
    deployable: Vec<(Sha256, Verdict)>,
}

impl Before {
    /// The verdicts on what is about to be deployed.
    pub fn of(house: &House, id: &ReleaseId, command: &Command) -> Self {
        let Command::RecordDeployment(new) = command else { return Self::default() };
        let world = house.world();
        let artifacts = house.release(id).into_iter().flat_map(|release| &release.artifacts);
        let asked =
            artifacts.map(|one| (one.digest, world.verdict_on(one.digest, &new.environment)));
        Self { deployable: asked.collect() }
    }
}

/// New events lie in the log without a gap, small enough for it, and their rows are written.
pub fn appended(house: &mut House, from: usize) -> Step {
    let mut touched = BTreeSet::new();
    for at in from..house.world().history.len() {
        let envelope = &house.world().history[at];
        let (stream, version) = (envelope.stream.clone(), envelope.version);
        let (stored, word) = (envelope.encode().unwrap_or_default(), envelope.event.word());
        let fits = !stored.is_empty() && stored.len() < 65_536;
        hold(fits, "an event fits the log", || format!("{word}: {} bytes", stored.len()))?;
        house.prints.push(Sha256::of(&stored));
        house.tally.happened(word);
        let last = house.versions.entry(stream.clone()).or_default();
        *last += 1;
        let last = *last;
        hold(version == last, "I10 positions have no gap", || format!("{stream} {version}"))?;
        touched.insert(stream);
    }
    for stream in touched {
        let StreamId::Release(id) = stream else { continue };
        let Some(release) = house.release(&id) else { continue };
        lapsed(release)?;
        let rows = Rows::of(release);
        house.rows.insert(id, rows);
    }
    Ok(())
}

/// I4: an approval that counts was given for the content as it is. Where the answer was no, none
/// counts any more.
fn lapsed(release: &Release) -> Step {
    if matches!(release.state, State::Rejected | State::Withdrawn) {
        return Ok(());
    }
    let mut standing = release.approvals.iter().filter(|given| !given.lapsed).peekable();
    if standing.peek().is_none() {
        return Ok(());
    }
    let current = dossier::digest(release);
    let stale = standing.find(|given| given.approval.dossier != current);
    hold(stale.is_none(), "I4 a change of content lapses approvals", || format!("{stale:?}"))
}

/// I12: whoever was refused changed nothing.
pub fn refused(house: &House, from: usize) -> Step {
    let unchanged = house.world().history.len() == from;
    hold(unchanged, "I12 no error ever yields anything", || "events after a refusal".into())
}

/// What a decision or a deployment rests on.
pub fn decided(house: &House, from: usize, before: &Before) -> Step {
    for envelope in &house.world().history[from..] {
        let (StreamId::Release(id), Event::Release(event)) = (&envelope.stream, &envelope.event)
        else {
            continue;
        };
        let Some(release) = house.release(id) else { continue };
        match event {
            ReleaseEvent::ApprovalGiven { approval } => independent(house, release, approval)?,
            ReleaseEvent::Approved { decision } => rests_on(release, decision, envelope.at)?,
            ReleaseEvent::Deployed { deployment } => allowed(release, deployment, before)?,
            _ => {}
        }
    }
    Ok(())
}

/// I1: every digest was allowed there before it was recorded to be there.
fn allowed(release: &Release, deployment: &Deployment, before: &Before) -> Step {
    const RULE: &str = "I1 nothing is deployed that was not allowed";
    let whole: BTreeSet<_> = release.artifacts.iter().map(|artifact| artifact.digest).collect();
    let deployed: BTreeSet<_> = deployment.digests.iter().copied().collect();
    hold(whole == deployed && !whole.is_empty(), RULE, || format!("{deployment:?}"))?;
    for (digest, verdict) in &before.deployable {
        let allow = verdict.allow == Allow::Allow;
        hold(allow, RULE, || format!("{digest} in {}: {verdict:?}", deployment.environment))?;
    }
    // In an emergency the authority takes the place of the decision.
    let claimed = release.urgent.emergency.as_ref().map(|one| one.claim.authority.at);
    let since = release.decided_at.into_iter().chain(claimed).any(|since| since <= deployment.at);
    hold(since, RULE, || format!("{} precedes {:?}", deployment.at, release.decided_at))
}

/// I2: whoever approves is who the rule asks for and nobody it excludes.
fn independent(house: &House, release: &Release, approval: &Approval) -> Step {
    const RULE: &str = "I2 independence holds";
    let plan = release.plan.as_ref();
    let rule = plan.and_then(|plan| plan.approvals.get(approval.rule as usize));
    let (Some(plan), Some(rule)) = (plan, rule) else {
        return hold(false, RULE, || "an approval without a rule".into());
    };
    let (person, now) = (&approval.person, house.world().now);
    let register = &house.world().register;
    let holder = approval.on_behalf_of.as_ref().unwrap_or(person);
    let held = plan.holders.get(&rule.role).is_some_and(|holders| holders.contains(holder));
    hold(held && rule.role == approval.role, RULE, || format!("{holder} as {}", approval.role))?;
    let lent = |one: &Delegation| {
        (&one.from, &one.to, &one.role) == (holder, person, &rule.role)
            && (one.begins..one.ends).contains(&now)
            && one.ended_at.is_none()
            && register.holds(holder, &rule.role, now)
    };
    let stands_in = holder == person || register.delegations.values().any(lent);
    hold(stands_in, RULE, || format!("{person} signs for {holder}"))?;
    // Both, and all their accounts.
    let whole: BTreeSet<PersonId> =
        [person, holder].into_iter().flat_map(|one| register.accounts_of(one)).collect();
    let standing = release.approvals.iter().filter(|given| !given.lapsed);
    let theirs = standing.filter(|given| whole.iter().any(|one| given.approval.stands_for(one)));
    hold(theirs.count() == 1, RULE, || format!("{person} counts twice"))?;
    let model = release.request.as_ref().and_then(|one| house.world().models.get(&one.model));
    for of in &rule.independent_of {
        let tied = match of {
            Independence::Requester => !release.requesters().is_disjoint(&whole),
            Independence::ModelOwner => {
                let owners = [model.and_then(Model::owner), Some(&plan.owner)];
                owners.into_iter().flatten().any(|owner| whole.contains(owner))
            }
            Independence::EvidenceAuthor => !release.evidence_authors().is_disjoint(&whole),
            Independence::OtherRoles => {
                let mut others = plan.holders.iter().filter(|(role, _)| **role != rule.role);
                others.any(|(_, holders)| !holders.is_disjoint(&whole))
            }
        };
        hold(!tied, RULE, || format!("{person} is {}", of.human()))?;
    }
    Ok(())
}

/// I3 and I5: a decision rests on one dossier, signed by enough different people, with nothing
/// open in it.
fn rests_on(release: &Release, decision: &Decision, now: Timestamp) -> Step {
    const SIGNED: &str = "I3 all required roles signed the same dossier";
    const OPEN: &str = "I5 an open finding or a missing artifact is no approval";
    let Some(plan) = &release.plan else { return hold(false, SIGNED, || "no plan".into()) };
    let standing: Vec<&Given> = release.approvals.iter().filter(|given| !given.lapsed).collect();
    let same = standing.iter().all(|given| given.approval.dossier == decision.dossier);
    hold(same, SIGNED, || format!("{standing:?}"))?;
    hold(dossier::digest(release) == decision.dossier, SIGNED, || "another dossier".into())?;
    let people: BTreeSet<_> = standing.iter().map(|given| &given.approval.person).collect();
    hold(people.len() == standing.len(), SIGNED, || "one person counts twice".into())?;
    hold(enough(plan, &standing), SIGNED, || format!("{standing:?}"))?;
    let blockers = assess::content_blockers(release, plan, now);
    hold(blockers.is_empty() && !release.artifacts.is_empty(), OPEN, || format!("{blockers:?}"))?;
    let critical = open_critical(release);
    let asked = plan.criteria.iter().any(|one| one.name.as_str() == "no_critical_finding");
    let let_pass = waived(release, plan, &criterion_waived("no_critical_finding"), now);
    hold(critical.is_none() || !asked || let_pass, OPEN, || format!("{critical:?}"))?;
    let bare = |item: &&Item| {
        let files = Target::Item(item.name.clone());
        item.evidence != EvidenceNeed::None
            && !item.may_not_apply
            && release.evidence_for(&files).next().is_none()
            && !waived(release, plan, &Waived::Item(item.name.clone()), now)
    };
    let missing = plan.items.iter().find(bare);
    hold(missing.is_none(), OPEN, || format!("{missing:?}"))
}

/// Whether an exception from this holds: each of the roles the policy names took the risk, by as
/// many different people, and its end has not come.
fn waived(release: &Release, plan: &GatePlan, what: &Waived, now: Timestamp) -> bool {
    let roles = &plan.settings.exceptions.accepted_by;
    let mut about = release.exceptions.values().filter(|one| &one.exception.waives == what);
    about.any(|one| {
        let people: BTreeSet<_> = one.accepted.values().map(|taken| &taken.by).collect();
        let all = roles.iter().all(|role| one.accepted.contains_key(role));
        let apart = people.len() == one.accepted.len() && !people.contains(&one.asked_by);
        one.course == Course::Granted && all && apart && now <= one.exception.until
    })
}

fn enough(plan: &GatePlan, standing: &[&Given]) -> bool {
    !plan.approvals.is_empty()
        && (0u32..).zip(&plan.approvals).all(|(index, rule)| {
            let given = standing.iter().filter(|given| given.approval.rule == index).count();
            rule.count > 0 && given >= rule.count as usize
        })
}

fn open_critical(release: &Release) -> Option<String> {
    release.standing_evidence().find_map(|(id, attached)| {
        let findings = attached.evidence.reading.iter().flat_map(|reading| &reading.findings);
        let mut open = findings.filter(|one| {
            matches!(one.severity, Severity::Critical | Severity::Unknown)
                && one.state == FindingState::Open
                && !release.closed_findings.contains_key(&(id.clone(), one.id.clone()))
        });
        open.next().map(|one| format!("{id}: {}", one.id))
    })
}

/// What holds of every release at any moment: I6, I7 and I8.
pub fn standing(house: &House) -> Step {
    let now = house.world().now;
    for (id, release) in &house.world().releases {
        if release.suspended.is_some() {
            silent(house, id)?;
        }
        if let Some((emergency, papers)) = release.owed_papers()
            && now > papers.due
            && emergency.claim.settings.emergency.as_ref().is_some_and(|it| it.overdue_papers_deny)
        {
            shut(house, id, "I7 an emergency has its papers in time or is a breach")?;
        }
        let open = release.conditions.values().filter(|open| open.closed.is_none());
        if open.into_iter().any(|open| now > open.denies_after) {
            shut(house, id, "I6 a broken condition denies")?;
        }
    }
    Ok(())
}

/// The release allows nothing by itself.
fn shut(house: &House, id: &ReleaseId, rule: &'static str) -> Step {
    for row in house.rows.get(id).into_iter().flat_map(|rows| &rows.standings) {
        let verdict = verdict(std::slice::from_ref(row), &Times::always(), house.world().now);
        hold(verdict.allow == Allow::Deny, rule, || format!("{row:?}"))?;
    }
    Ok(())
}

/// I8: after a suspension every verdict on its digests is a deny, whoever else allows them.
fn silent(house: &House, id: &ReleaseId) -> Step {
    let suspended = house.rows.get(id).into_iter().flat_map(|rows| &rows.standings);
    for row in suspended {
        let all = house.rows.values().flat_map(|rows| &rows.standings);
        let rows: Vec<StandingRow> = all.filter(|one| one.digest == row.digest).cloned().collect();
        for place in &house.world().register.environments {
            let verdict =
                verdict(&concerning(rows.clone(), place), &Times::always(), house.world().now);
            let denied = verdict.allow == Allow::Deny && verdict.valid_until.is_none();
            hold(denied, "I8 after a suspension every verdict denies", || format!("{verdict:?}"))?;
        }
    }
    Ok(())
}

/// I9, I10 and I11 over the whole history: the bytes are those that were written, versions have
/// no gap, and a fold of the stored bytes is the state and the rows.
pub fn whole(house: &House) -> Step {
    const WRITTEN: &str = "I9 events never change";
    const FOLD: &str = "I11 every read row equals the fold";
    let world = house.world();
    let (mut register, mut models, mut releases) =
        (Register::default(), BTreeMap::new(), BTreeMap::new());
    let (mut meetings, mut beside) = (BTreeMap::new(), Beside::default());
    hold(world.history.len() == house.prints.len(), WRITTEN, || "events came or went".into())?;
    for (envelope, print) in world.history.iter().zip(&house.prints) {
        let stored = envelope.encode().unwrap_or_default();
        hold(Sha256::of(&stored) == *print, WRITTEN, || format!("{envelope:?}"))?;
        let Ok(Envelope { stream, at, by, event, .. }) = Envelope::decode(&stored) else {
            return hold(false, WRITTEN, || format!("{envelope:?} does not decode"));
        };
        match (stream, event) {
            (StreamId::Release(id), Event::Release(event)) => {
                releases.entry(id).or_insert_with(Release::default).evolve(at, &by, &event);
            }
            (StreamId::Model(name), Event::Model(event)) => {
                models.entry(name).or_insert_with(Model::default).evolve(at, &by, &event);
            }
            (StreamId::Meeting(id), Event::Meeting(event)) => {
                meetings.entry(id).or_insert_with(Meeting::default).evolve(at, &by, &event);
            }
            (StreamId::Register, Event::Register(event)) => register.evolve(at, &event),
            (stream, event) => beside.evolves((stream, at, &by), &event),
        }
    }
    hold(register == world.register, FOLD, || "the register differs".into())?;
    hold(meetings == world.meetings, FOLD, || "a session differs".into())?;
    hold(beside.is_of(world), FOLD, || "something beside the releases differs".into())?;
    hold(models == world.models, FOLD, || "a model differs".into())?;
    hold(releases == world.releases, FOLD, || "a release differs".into())?;
    let folded: BTreeMap<_, _> =
        releases.into_iter().map(|(id, release)| (id, Rows::of(&release))).collect();
    hold(folded == house.rows, FOLD, || "a row differs".into())?;
    once(&world.history)
}

/// No deadline fires twice.
fn once(history: &[Envelope]) -> Step {
    let mut fired = BTreeSet::new();
    for envelope in history {
        let Event::Release(event) = &envelope.event else { continue };
        let of = match event {
            ReleaseEvent::ConfirmationMissed { environment, .. } => environment.to_string(),
            ReleaseEvent::Condition(ConditionEvent::Lapsed { number, .. })
            | ReleaseEvent::Exception(ExceptionEvent::Expired { number, .. }) => number.to_string(),
            ReleaseEvent::Urgent(
                UrgentEvent::AuthorityLapsed { .. }
                | UrgentEvent::PapersReminded { .. }
                | UrgentEvent::PapersOverdue { .. },
            ) => String::new(),
            _ => continue,
        };
        let first = fired.insert((envelope.stream.clone(), event.word(), of));
        hold(first, "no deadline fires twice", || format!("{envelope:?}"))?;
    }
    Ok(())
}
