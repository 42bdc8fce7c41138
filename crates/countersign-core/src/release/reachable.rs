//! Whether the people there are could give every approval a plan asks for.
//!
//! One person counts once, so it is not enough that each rule has somebody: all rules together
//! need different people. Who is missing is named at submission instead of waited for.

use super::{Context, Release};
use crate::name::PersonId;
use crate::plan::GatePlan;
use crate::policy::{ApprovalRule, Independence};
use crate::refusal::{Refusal, Unreachable};
use std::collections::{BTreeMap, BTreeSet};

/// Refuses a plan nobody could fulfil.
pub(super) fn reachable(
    release: &Release,
    plan: &GatePlan,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    let accounts = |people: BTreeSet<PersonId>| -> BTreeSet<PersonId> {
        people.iter().flat_map(|person| context.register.accounts_of(person)).collect()
    };
    let mut requesters = release.requesters();
    requesters.extend(context.actor.who.person().cloned());
    let (requesters, authors) = (accounts(requesters), accounts(release.evidence_authors()));
    let search = Search { plan, context, requesters, authors };
    let alone: Vec<Unreachable> =
        plan.approvals.iter().filter_map(|rule| search.unreachable(rule)).collect();
    let rules = if alone.is_empty() { search.short_together() } else { alone };
    if rules.is_empty() { Ok(()) } else { Err(Refusal::ApprovalUnreachable { rules }) }
}

struct Search<'p> {
    plan: &'p GatePlan,
    context: &'p Context<'p>,
    requesters: BTreeSet<PersonId>,
    authors: BTreeSet<PersonId>,
}

/// One signature a rule asks for: the rule's place in the plan, and which of its signatures.
type Seat = (usize, u32);

impl Search<'_> {
    fn holders(&self, rule: &ApprovalRule) -> impl Iterator<Item = &PersonId> {
        self.plan.holders.get(&rule.role).into_iter().flatten()
    }

    /// Why a holder of the role cannot sign under this rule.
    fn falls_out(&self, rule: &ApprovalRule, person: &PersonId) -> Option<Independence> {
        rule.independent_of.iter().copied().find(|of| match of {
            Independence::Requester => self.requesters.contains(person),
            Independence::ModelOwner => &self.plan.owner == person,
            Independence::EvidenceAuthor => self.authors.contains(person),
            Independence::OtherRoles => super::capacity::holds_other_role(self.plan, rule, person),
        })
    }

    /// Whether the person has the qualification the plan asks for now.
    fn qualified(&self, rule: &ApprovalRule, person: &PersonId) -> bool {
        let asked = self.plan.qualifications.get(&rule.role);
        let of = (person, &rule.role);
        self.context.register.qualified(of, asked, self.context.now).is_ok()
    }

    /// Who could sign under this rule: one account of each human.
    fn eligible(&self, rule: &ApprovalRule) -> Vec<&PersonId> {
        let mut known = BTreeSet::new();
        self.holders(rule)
            .filter(|person| self.falls_out(rule, person).is_none())
            .filter(|person| self.qualified(rule, person))
            .filter(|person| {
                let fresh = !known.contains(*person);
                known.extend(self.context.register.accounts_of(person));
                fresh
            })
            .collect()
    }

    /// The qualification that an otherwise independent holder lacks.
    fn lacking(&self, rule: &ApprovalRule) -> Option<&str> {
        let asked = self.plan.qualifications.get(&rule.role)?;
        let mut free = self.holders(rule).filter(|one| self.falls_out(rule, one).is_none());
        free.any(|one| !self.qualified(rule, one)).then_some(asked.title.as_str())
    }

    /// Why one rule, taken alone, can never be satisfied.
    fn unreachable(&self, rule: &ApprovalRule) -> Option<Unreachable> {
        let eligible = self.eligible(rule).len();
        if rule.count > 0 && eligible >= rule.count as usize {
            return None;
        }
        let whom: BTreeSet<Independence> =
            self.holders(rule).filter_map(|person| self.falls_out(rule, person)).collect();
        let whom: Vec<&str> = whom.into_iter().map(Independence::human).collect();
        let because = if rule.count == 0 {
            format!("the rule for `{}` asks for nobody, and an empty rule never passes", rule.role)
        } else if self.holders(rule).next().is_none() {
            format!("nobody holds `{}`", rule.role)
        } else if let Some(asked) = self.lacking(rule) {
            format!("too few holders of `{}` have the qualification `{asked}`", rule.role)
        } else if whom.is_empty() {
            let held = self.holders(rule).count();
            format!("`{}` is asked for {} times and held by {held}", rule.role, rule.count)
        } else {
            format!("holders of `{}` must not be {}", rule.role, whom.join(" or "))
        };
        Some(unreachable(rule, eligible, because))
    }

    /// The rules left without a person when everybody signs at most once.
    fn short_together(&self) -> Vec<Unreachable> {
        let mut taken: BTreeMap<&PersonId, Seat> = BTreeMap::new();
        let mut short = Vec::new();
        for (place, rule) in self.plan.approvals.iter().enumerate() {
            for signature in 0..rule.count {
                if !self.seat((place, signature), &mut taken, &mut BTreeSet::new()) {
                    short.push(rule);
                    break;
                }
            }
        }
        let because = |rule: &ApprovalRule| {
            format!("whoever could sign as `{}` is needed for another signature", rule.role)
        };
        short.into_iter().map(|rule| unreachable(rule, 0, because(rule))).collect()
    }

    /// One name for all accounts of a human.
    fn human<'s>(&'s self, person: &'s PersonId) -> &'s PersonId {
        let accounts = self.context.register.accounts.iter();
        let mut known = accounts.filter(|accounts| accounts.contains(person));
        known.next().and_then(BTreeSet::first).unwrap_or(person)
    }

    /// Finds a person for a seat, moving others to another seat where that helps.
    fn seat<'s>(
        &'s self,
        seat: Seat,
        taken: &mut BTreeMap<&'s PersonId, Seat>,
        asked: &mut BTreeSet<&'s PersonId>,
    ) -> bool {
        let Some(rule) = self.plan.approvals.get(seat.0) else { return false };
        for person in self.eligible(rule) {
            let person = self.human(person);
            if !asked.insert(person) {
                continue;
            }
            let free = match taken.get(person).copied() {
                None => true,
                Some(held) => self.seat(held, taken, asked),
            };
            if free {
                taken.insert(person, seat);
                return true;
            }
        }
        false
    }
}

fn unreachable(rule: &ApprovalRule, eligible: usize, because: String) -> Unreachable {
    let eligible = u32::try_from(eligible).unwrap_or(u32::MAX);
    Unreachable { role: rule.role.clone(), needed: rule.count, eligible, because }
}
