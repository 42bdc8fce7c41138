//! Qualifications: what approvers passed, recorded by an administrator, and until when it counts.

use super::{Context, Register, RegisterEvent};
use crate::name::{PersonId, RoleName};
use crate::people::Qualification;
use crate::plan::GatePlan;
use crate::refusal::{PeopleRefusal, Refusal};
use crate::text::Text;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

/// A qualification somebody has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qualified {
    /// The day it was passed.
    pub passed_on: Date,
    /// The first moment at which it no longer counts.
    pub until: Timestamp,
    /// What shows it: a certificate's number, where the record lies.
    pub proof: Text,
    /// When it was recorded.
    pub recorded_at: Timestamp,
}

/// A qualification to record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewQualification {
    /// Whose.
    pub person: PersonId,
    /// For which role.
    pub role: RoleName,
    /// The day it was passed.
    pub passed_on: Date,
    /// What shows it.
    pub proof: Text,
}

impl Register {
    /// Refuses a person whose qualification for the role is missing or has expired.
    pub fn qualified(
        &self,
        (person, role): (&PersonId, &RoleName),
        asked: Option<&Qualification>,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let Some(asked) = asked else { return Ok(()) };
        let (person, role, title) = (person.clone(), role.clone(), asked.title.clone());
        match self.qualifications.get(&(person.clone(), role.clone())) {
            Some(has) if now < has.until => Ok(()),
            Some(has) => {
                Err(PeopleRefusal::QualificationExpired { person, role, title, until: has.until }
                    .into())
            }
            None => Err(PeopleRefusal::QualificationMissing { person, role, title }.into()),
        }
    }
}

impl Register {
    /// Whether somebody who could approve in a role when a plan was fixed still can: holds it, and
    /// has the qualification the plan asks for. What waits for nobody else is not offered to them.
    pub fn still_approves(
        &self,
        (person, role): (&PersonId, &RoleName),
        plan: &GatePlan,
        now: Timestamp,
    ) -> bool {
        // Nobody holds the Model Owner's role in the register: the plan names the owner.
        let holds = role.is_model_owner() || self.holds(person, role, now);
        let asked = plan.qualifications.get(role);
        holds && self.qualified((person, role), asked, now).is_ok()
    }
}

pub(super) fn record(
    register: &Register,
    new: NewQualification,
    context: &Context<'_>,
) -> Result<Vec<RegisterEvent>, Refusal> {
    let NewQualification { person, role, passed_on, proof } = new;
    let by = context.actor.who.person();
    if by.is_some_and(|by| register.accounts_of(by).contains(&person)) {
        return Err(PeopleRefusal::OwnQualification { role }.into());
    }
    let rules = register.people_rules(context.now);
    let asked = rules.qualifications.get(&role).ok_or_else(|| Refusal::NotFound {
        what: "qualification the policy asks for in the role",
        name: role.to_string(),
    })?;
    let calendar = register.calendar();
    let ahead =
        |calendar: &crate::calendar::BusinessCalendar| passed_on > calendar.date_at(context.now);
    if calendar.as_ref().is_none_or(ahead) {
        return Err(Refusal::WrongOrder {
            what: "a qualification is recorded after it was passed",
        });
    }
    let last =
        passed_on.checked_add(i64::from(asked.months.min(1_200)).months()).unwrap_or(Date::MAX);
    let until = calendar.map_or(Timestamp::MIN, |calendar| calendar.begin_of(last));
    if until <= context.now {
        return Err(Refusal::WrongOrder { what: "this qualification has expired already" });
    }
    Ok(vec![RegisterEvent::QualificationRecorded { person, role, passed_on, until, proof }])
}

#[cfg(test)]
mod tests {
    use crate::classification::ChangeType::NewModel;
    use crate::classification::RiskTier::Medium;
    use crate::given::*;
    use crate::name::RoleName;
    use crate::people::Qualification;
    use crate::register::{NewQualification, RegisterCommand};
    use crate::release::Command;

    fn lead() -> RoleName {
        role("ai_governance_lead")
    }

    fn passed(person: &str, day: &str) -> RegisterCommand {
        RegisterCommand::RecordQualification(NewQualification {
            person: id(person),
            role: lead(),
            passed_on: day.parse().unwrap(),
            proof: text("certificate 17"),
        })
    }

    /// The lead needs training that counts for twelve months.
    fn trained() -> World {
        given(Medium).policy_where(|policy| {
            let lead = policy.roles.iter_mut().find(|one| one.name == lead()).unwrap();
            let title = "Approver training".into();
            lead.qualification = Some(Qualification { title, months: 12 });
        })
    }

    fn asked(world: World) -> World {
        let ask = ask_for("r-1", request(NewModel, Medium), weights_and_prompt());
        world.having("iyer", ask).prepared()
    }

    #[test]
    fn nobody_approves_without_the_qualification_the_policy_asks_for() {
        let mut world = trained();
        let missing = asked(world.clone()).when("iyer", Command::Submit);
        let refusal = missing.refused_as("approval.unreachable");
        assert!(refusal.to_string().contains("`Approver training`"), "{refusal}");
        world.keep("root", passed("abara", "2025-05-20")).unwrap();
        let world = asked(world).having("iyer", Command::Submit);
        world.clone().having("abara", approve_as("ai_governance_lead"));
        // In Berlin the twentieth of May begins two hours before it does in Greenwich.
        let late = world.later(8 * 24 + 15).when("abara", approve_as("ai_governance_lead"));
        late.refused_as("qualification.expired");
    }

    #[test]
    fn whoever_lost_role_or_qualification_is_no_longer_named_among_those_who_could_approve() {
        let mut world = trained();
        world.keep("root", passed("abara", "2025-05-20")).unwrap();
        let mut world = asked(world).having("iyer", Command::Submit);
        let named = |world: &World| -> Vec<String> {
            let report = world.report().as_of(&world.plan(), &world.register, world.now);
            let lead = report.approvals.iter().find(|rule| rule.role == lead()).unwrap();
            lead.eligible.iter().map(ToString::to_string).collect()
        };
        assert_eq!(named(&world), ["abara"]);
        assert_eq!(named(&world.clone().later(8 * 24 + 15)), [] as [&str; 0]);
        world.keep("root", RegisterCommand::EndRoles { person: id("abara") }).unwrap();
        assert_eq!(named(&world), [] as [&str; 0]);
        let again = RegisterCommand::EndRoles { person: id("abara") };
        assert_eq!(world.keep("root", again).unwrap_err().code(), "nothing_to_do");
    }

    #[test]
    fn a_renewed_qualification_counts_at_once() {
        let mut world = trained();
        world.keep("root", passed("abara", "2025-05-20")).unwrap();
        let mut world = asked(world).having("iyer", Command::Submit).later(10 * 24);
        world.keep("root", passed("abara", "2026-05-18")).unwrap();
        world.having("abara", approve_as("ai_governance_lead"));
    }

    #[test]
    fn whoever_stands_in_needs_the_qualification_too() {
        let mut world = trained();
        world.keep("root", passed("abara", "2026-05-04")).unwrap();
        let lend = crate::register::NewDelegation {
            to: id("santos"),
            role: lead(),
            begins: None,
            ends: at("2026-05-25T07:00:00Z"),
            reason: text("on leave"),
        };
        world.keep("abara", RegisterCommand::Delegate(lend)).unwrap();
        let mut world = asked(world).having("iyer", Command::Submit);
        let unqualified = world.clone().when("santos", approve_as("ai_governance_lead"));
        unqualified.refused_as("qualification.missing");
        world.keep("root", passed("santos", "2026-05-04")).unwrap();
        world.having("santos", approve_as("ai_governance_lead"));
    }

    #[test]
    fn a_qualification_is_recorded_by_another_after_it_was_passed() {
        let mut world = trained();
        for (command, code) in [
            (passed("root", "2026-05-04"), "qualification.own"),
            (passed("abara", "2026-05-12"), "time.wrong_order"),
            (passed("abara", "2025-05-11"), "time.wrong_order"),
        ] {
            assert_eq!(world.keep("root", command).unwrap_err().code(), code);
        }
        let own = world.keep("abara", passed("abara", "2026-05-04"));
        assert_eq!(own.unwrap_err().code(), "actor.not_permitted");
        let unasked = RegisterCommand::RecordQualification(NewQualification {
            person: id("chen"),
            role: role("product_lead"),
            passed_on: "2026-05-04".parse().unwrap(),
            proof: text("certificate 18"),
        });
        assert_eq!(world.keep("root", unasked).unwrap_err().code(), "not_found");
    }
}
