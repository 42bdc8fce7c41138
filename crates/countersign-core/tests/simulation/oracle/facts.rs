//! What happened beside the releases, as far as it matters to them: roles, loans of roles, people
//! with several accounts, owners, tiers, policies, calendars.

use super::ledger::Ledger;
use super::rooms::Room;
use super::times::Times;
use super::{Case, Library, ledger};
use countersign_core::actor::Who;
use countersign_core::calendar::BusinessCalendar;
use countersign_core::classification::RiskTier;
use countersign_core::event::{Envelope, Event};
use countersign_core::meeting::MeetingEvent;
use countersign_core::model::ModelEvent;
use countersign_core::name::{MeetingId, ModelName, PersonId, ReleaseId, RoleName};
use countersign_core::policy::PolicyRef;
use countersign_core::register::{AwaitedApproval, RegisterEvent};
use countersign_core::stream::StreamId;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// What happened beside the releases.
#[derive(Debug, Default)]
pub struct Facts {
    /// Who was given a role, from when and until when.
    given: BTreeMap<RoleName, BTreeMap<PersonId, Term>>,
    /// Roles lent by somebody who is away.
    loans: BTreeMap<u32, Loan>,
    /// Pairs of accounts that were found to be one human.
    same: Vec<(PersonId, PersonId)>,
    pub owners: BTreeMap<ModelName, PersonId>,
    pub tiers: BTreeMap<ModelName, RiskTier>,
    published: Vec<Published>,
    /// What is on record beside all this.
    pub ledger: Ledger,
    /// The sessions of the committee.
    pub rooms: BTreeMap<MeetingId, Room>,
    /// The calendar deadlines are counted on.
    pub calendar: Option<BusinessCalendar>,
    /// When environments take something new.
    pub times: Times,
    /// What the log says happened although nobody had a right to it.
    pub objections: Vec<String>,
}

/// From when and until when a role counts; an end that is open is none.
type Term = (Option<Timestamp>, Option<Timestamp>);

/// A policy, in the order in which they were published.
#[derive(Debug)]
struct Published {
    policy: PolicyRef,
    effective: Date,
    awaits: Option<AwaitedApproval>,
    /// Who approved it, with everybody who counts as this person.
    given: Vec<BTreeSet<PersonId>>,
    approved: bool,
}

/// A role lent for a time.
#[derive(Debug)]
struct Loan {
    from: PersonId,
    to: PersonId,
    role: RoleName,
    begins: Timestamp,
    ends: Timestamp,
    taken_back: bool,
}

impl Loan {
    fn is_over(&self, at: Timestamp) -> bool {
        self.taken_back || at >= self.ends
    }
}

impl Facts {
    pub fn of_model(&mut self, name: &ModelName, event: &ModelEvent) {
        match event {
            ModelEvent::Registered(registration) => {
                self.owners.insert(name.clone(), registration.owner.clone());
                self.tiers.insert(name.clone(), registration.tier);
            }
            ModelEvent::TierChanged { to, .. } => {
                self.tiers.insert(name.clone(), *to);
            }
            ModelEvent::OwnerChanged { to, .. } => {
                self.owners.insert(name.clone(), to.clone());
            }
            _ => {}
        }
    }

    pub fn of_register(&mut self, envelope: &Envelope, event: &RegisterEvent) {
        match event {
            RegisterEvent::RoleGranted { person, role, from, until, .. } => {
                let given = self.given.entry(role.clone()).or_default();
                given.insert(person.clone(), (*from, *until));
            }
            RegisterEvent::RoleRevoked { person, role, .. } => {
                self.given.entry(role.clone()).or_default().remove(person);
            }
            RegisterEvent::RoleDelegated { number, from, to, role, begins, ends, .. } => {
                let (from, to, role) = (from.clone(), to.clone(), role.clone());
                let (begins, ends) = (*begins, *ends);
                let loan = Loan { from, to, role, begins, ends, taken_back: false };
                self.lends(envelope, &loan);
                self.loans.insert(*number, loan);
            }
            RegisterEvent::DelegationEnded { number } => {
                self.loans.get_mut(number).iter_mut().for_each(|loan| loan.taken_back = true);
            }
            RegisterEvent::AccountsLinked { person, same_as } => {
                self.same.push((person.clone(), same_as.clone()));
            }
            RegisterEvent::PolicyPublished { policy, effective, awaits, .. } => {
                let (policy, awaits, given) = (policy.clone(), awaits.clone(), Vec::new());
                let (effective, approved) = (*effective, awaits.is_none());
                self.published.push(Published { policy, effective, awaits, given, approved });
            }
            RegisterEvent::PolicyApprovalGiven { policy, person, .. } => {
                self.approves(policy, person, envelope.at);
            }
            RegisterEvent::PolicyApproved { policy, sitting, .. } => {
                let voted = sitting.as_ref().is_none_or(|sitting| {
                    let room = self.rooms.get(&sitting.meeting);
                    room.is_some_and(|room| room.carried(sitting, policy, envelope.at))
                });
                let mut same = self.published.iter_mut().filter(|one| &one.policy == policy);
                let enough = same.next().is_some_and(|one| {
                    let needed = one.awaits.as_ref().map_or(0, |awaits| awaits.people as usize);
                    one.approved = voted && one.given.len() >= needed;
                    one.approved
                });
                if !enough {
                    self.objections.push(format!("{policy:?} was approved by too few"));
                }
            }
            RegisterEvent::CalendarSet { calendar, .. } => self.calendar = Some(calendar.clone()),
            other => {
                self.times.reads(envelope.at, other);
                self.ledger.of_register(other);
            }
        }
    }

    /// Somebody in the role approves what another one published, once.
    fn approves(&mut self, policy: &PolicyRef, person: &PersonId, at: Timestamp) {
        let awaits = self.published.iter().find(|one| &one.policy == policy);
        let whole = awaits.and_then(|one| {
            let awaits = one.awaits.as_ref()?;
            // Before anybody was given a role the house is set up.
            let setting_up = self.given.is_empty().then(|| self.human(person));
            let whole = setting_up.or_else(|| self.acts(person, &awaits.role, at))?;
            let own = awaits.publisher.as_ref().is_some_and(|one| whole.contains(one));
            let again = one.given.iter().any(|other| !other.is_disjoint(&whole));
            (!own && !again).then_some(whole)
        });
        let mut same = self.published.iter_mut().filter(|one| &one.policy == policy);
        match (whole, same.next()) {
            (Some(whole), Some(one)) => one.given.push(whole),
            _ => self.objections.push(format!("{person} approves {policy:?}")),
        }
    }

    /// Takes in what happened to an incident, a risk or a sandbox.
    pub fn of_beside(&mut self, envelope: &Envelope, cases: &BTreeMap<ReleaseId, Case<'_>>) {
        let said = match (&envelope.stream, &envelope.event) {
            (StreamId::Incident(id), Event::Incident(event)) => {
                self.ledger.of_incident(id, event, cases)
            }
            (StreamId::Risk(id), Event::Risk(event)) => {
                self.ledger.of_risk(id, event);
                Ok(())
            }
            (_, Event::Sandbox(event)) => ledger::of_sandbox(event),
            _ => Ok(()),
        };
        self.objections.extend(said.err());
    }

    /// Takes in what happened in a session.
    pub fn of_meeting(
        &mut self,
        (id, envelope): (&MeetingId, &Envelope),
        event: &MeetingEvent,
        (cases, library): (&BTreeMap<ReleaseId, Case<'_>>, &Library<'_>),
    ) {
        if let MeetingEvent::MeetingCalled(_) = event {
            let followed = self.followed(envelope.at);
            let mut texts = library.policies.iter();
            let policy = texts.find(|(known, _)| Some(known) == followed).map(|(_, text)| text);
            let rules = policy.and_then(|policy| policy.settings.committee.clone());
            let called = rules.map(|rules| (id.clone(), Room::called(rules)));
            self.rooms.extend(called);
        }
        let Some(mut room) = self.rooms.remove(id) else {
            self.objections.push(format!("session {id} was never called"));
            return;
        };
        if let Err(how) = room.reads(envelope, event, (self, cases)) {
            self.objections.push(format!("session {id}: {how}"));
        }
        self.rooms.insert(id.clone(), room);
    }

    /// A role is lent by whoever holds it, to somebody else, and never goes back.
    fn lends(&mut self, envelope: &Envelope, new: &Loan) {
        let own = envelope.by == Who::Person(new.from.clone());
        let back = |old: &Loan| {
            (&old.role, &old.from, &old.to) == (&new.role, &new.to, &new.from)
                && !old.is_over(envelope.at)
        };
        let wrong = [
            (own, "in another's name"),
            (!self.human(&new.from).contains(&new.to), "to himself"),
            (self.has(&new.from, &new.role, envelope.at), "without holding it"),
            (!self.loans.values().any(back), "back to where it came from"),
        ];
        let wrong = wrong.into_iter().filter(|(fine, _)| !fine);
        let said = wrong.map(|(_, how)| format!("{} lends {} {how}", new.from, new.role));
        self.objections.extend(said.collect::<Vec<_>>());
    }

    /// Whether somebody holds a role himself.
    pub fn has(&self, person: &PersonId, role: &RoleName, at: Timestamp) -> bool {
        let term = self.given.get(role).and_then(|given| given.get(person));
        term.is_some_and(|(from, until)| {
            from.is_none_or(|from| at >= from) && until.is_none_or(|until| at < until)
        })
    }

    /// Who holds a role for a model himself.
    pub fn acting(&self, role: &RoleName, model: &ModelName, at: Timestamp) -> BTreeSet<PersonId> {
        if role.as_str() == "model_owner" {
            return self.owners.get(model).into_iter().cloned().collect();
        }
        self.holders(role, at)
    }

    /// Who was given a role and holds it.
    pub fn holders(&self, role: &RoleName, at: Timestamp) -> BTreeSet<PersonId> {
        let given = self.given.get(role).into_iter().flat_map(|given| given.keys());
        given.filter(|person| self.has(person, role, at)).cloned().collect()
    }

    /// Those in whose place somebody acts in a role: they lent it to him, and still hold it.
    pub fn absent(&self, person: &PersonId, role: &RoleName, at: Timestamp) -> BTreeSet<PersonId> {
        let lent = self.loans.values().filter(|loan| {
            (&loan.to, &loan.role) == (person, role)
                && at >= loan.begins
                && !loan.is_over(at)
                && self.has(&loan.from, role, at)
        });
        lent.map(|loan| loan.from.clone()).collect()
    }

    /// Everybody who counts as this person when he acts in a role: his accounts, and when the role
    /// is not his own, those in whose place he acts with theirs. `None` when he has no part in it.
    pub fn acts_for(
        &self,
        person: &PersonId,
        (role, model): (&RoleName, &ModelName),
        at: Timestamp,
    ) -> Option<BTreeSet<PersonId>> {
        let owns = self.owners.get(model) == Some(person);
        match role.as_str() {
            "model_owner" => owns.then(|| self.human(person)),
            _granted => self.acts(person, role, at),
        }
    }

    /// The same for a role that is given.
    pub fn acts(
        &self,
        person: &PersonId,
        role: &RoleName,
        at: Timestamp,
    ) -> Option<BTreeSet<PersonId>> {
        if self.has(person, role, at) {
            return Some(self.human(person));
        }
        let absent = self.absent(person, role, at);
        let whole = absent.iter().chain([person]).flat_map(|one| self.human(one)).collect();
        (!absent.is_empty()).then_some(whole)
    }

    /// Every account of the human behind this one.
    pub fn human(&self, person: &PersonId) -> BTreeSet<PersonId> {
        let mut all: BTreeSet<PersonId> = [person.clone()].into();
        loop {
            let linked =
                self.same.iter().filter(|(one, other)| all.contains(one) != all.contains(other));
            let more: Vec<_> = linked.flat_map(|(a, b)| [a.clone(), b.clone()]).collect();
            if more.is_empty() {
                return all;
            }
            all.extend(more);
        }
    }

    /// The policy that is followed on the day this happens: of those in force, the newest.
    pub fn followed(&self, at: Timestamp) -> Option<&PolicyRef> {
        let today = at.in_tz("Europe/Berlin").ok()?.date();
        let approved = self.published.iter().rev().filter(|one| one.approved);
        let in_force = approved.into_iter().find(|one| one.effective <= today);
        in_force.map(|one| &one.policy)
    }
}
