//! Accounts of one human: whoever has two counts once, and is tied by what either of them did.
//!
//! The register knows only that two opaque identifiers are one human; what shows it (a verified
//! address, an identifier from elsewhere) is kept with the people, outside the log. A link is never
//! taken apart: a second account must not become a second person again.

use super::{Register, RegisterEvent};
use crate::name::PersonId;
use crate::refusal::Refusal;
use std::collections::BTreeSet;

impl Register {
    /// Every account of the human behind this one, itself included.
    pub fn accounts_of(&self, person: &PersonId) -> BTreeSet<PersonId> {
        let known = self.accounts.iter().find(|accounts| accounts.contains(person));
        known.cloned().unwrap_or_else(|| [person.clone()].into())
    }

    pub(super) fn link(&mut self, one: &PersonId, other: &PersonId) {
        let both: BTreeSet<PersonId> =
            self.accounts_of(one).union(&self.accounts_of(other)).cloned().collect();
        self.accounts.retain(|accounts| accounts.is_disjoint(&both));
        self.accounts.push(both);
    }
}

pub(super) fn link(
    register: &Register,
    person: PersonId,
    same_as: PersonId,
) -> Result<Vec<RegisterEvent>, Refusal> {
    if register.accounts_of(&person).contains(&same_as) {
        return Err(Refusal::NothingToDo { what: "the two accounts are one person already" });
    }
    Ok(vec![RegisterEvent::AccountsLinked { person, same_as }])
}

#[cfg(test)]
mod tests {
    use crate::classification::ChangeType::NewModel;
    use crate::classification::RiskTier::{High, Medium};
    use crate::given::*;
    use crate::register::RegisterCommand;
    use crate::release::Command;

    fn link(one: &str, other: &str) -> RegisterCommand {
        RegisterCommand::LinkAccounts { person: id(one), same_as: id(other) }
    }

    /// I-03
    #[test]
    fn two_accounts_of_one_human_count_once() {
        let mut world = submitted(High);
        world.keep("root", link("moreau", "osei")).unwrap();
        let world = world.having("moreau", approve_as("ai_governance_committee"));
        let again = world.clone().when("osei", approve_as("ai_governance_committee"));
        again.refused_as("approval.already_given");
        world.having("lindqvist", approve_as("ai_governance_committee"));
    }

    #[test]
    fn the_requester_s_second_account_is_the_requester() {
        let mut world = given(Medium);
        world.keep("root", link("iyer", "eriksen")).unwrap();
        let grant = crate::register::RegisterCommand::GrantRole {
            person: id("eriksen"),
            role: role("ai_governance_lead"),
            term: crate::register::Term::default(),
        };
        world.keep("root", grant).unwrap();
        let ask = ask_for("r-1", request(NewModel, Medium), weights_and_prompt());
        let world = world.having("iyer", ask).prepared().having("iyer", Command::Submit);
        let second = world.when("eriksen", approve_as("ai_governance_lead"));
        second.refused_as("approval.not_independent");
    }

    #[test]
    fn two_accounts_of_one_human_do_not_make_a_plan_reachable() {
        let mut world = prepared(High);
        world.keep("root", link("moreau", "osei")).unwrap();
        world.keep("root", link("osei", "lindqvist")).unwrap();
        let refusal = world.when("rivera", Command::Submit).refused_as("approval.unreachable");
        assert!(refusal.to_string().contains("ai_governance_committee"), "{refusal}");
    }

    #[test]
    fn links_join_and_are_made_by_administrators() {
        let mut world = given(High);
        let by_another = world.keep("chen", link("moreau", "osei")).unwrap_err();
        assert_eq!(by_another.code(), "actor.not_permitted");
        world.keep("root", link("moreau", "osei")).unwrap();
        world.keep("root", link("chen", "weiss")).unwrap();
        world.keep("root", link("weiss", "osei")).unwrap();
        let all = world.register.accounts_of(&id("chen"));
        assert_eq!(all, ["chen", "moreau", "osei", "weiss"].map(id).into());
        let again = world.keep("root", link("chen", "moreau")).unwrap_err();
        assert_eq!(again.code(), "nothing_to_do");
    }
}
