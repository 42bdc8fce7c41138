//! Whether a release may rely on an entry of the risk register: it exists, is open, is
//! about the release's model, and was looked at in time.

use super::Risk;
use crate::field::{Field, FieldFault, FieldKind};
use crate::name::{ModelName, RiskId};
use crate::release::{Context, Filled, Release, Request};
use jiff::Timestamp;
use std::fmt;

/// Why a release may not rely on an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unusable {
    /// There is no such entry, or it is about other models. The known ones are named.
    Unknown {
        /// The entry as given.
        given: String,
        /// Open entries about the model.
        known: Vec<RiskId>,
    },
    /// It is closed.
    Closed(RiskId),
    /// It was to be looked at again.
    Overdue(RiskId, Timestamp),
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { given, known } if known.is_empty() => write!(
                f,
                "`{given}` is no entry of the risk register for this model, and there is none: \
                 enter the risk first"
            ),
            Self::Unknown { given, known } => {
                let known: Vec<_> = known.iter().map(RiskId::as_str).collect();
                let known = known.join(", ");
                write!(f, "`{given}` is no entry of the risk register for this model: use {known}")
            }
            Self::Closed(id) => write!(f, "risk `{id}` is closed: name one that is open"),
            Self::Overdue(id, due) => {
                write!(f, "risk `{id}` was to be looked at again by {due}: reassess it")
            }
        }
    }
}

/// The open entries about a model.
pub fn known<'r>(risks: &'r [Risk], model: &ModelName) -> impl Iterator<Item = &'r RiskId> {
    let about = risks.iter().filter(|risk| risk.is_open()).filter_map(|risk| risk.entry.as_ref());
    about.filter(|entry| entry.models.contains(model)).map(|entry| &entry.id)
}

/// Whether a release of this model may rely on the entry it names.
fn usable(given: &str, risks: &[Risk], model: &ModelName, now: Timestamp) -> Result<(), Unusable> {
    let named = risks.iter().find_map(|risk| {
        let entry = risk.entry.as_ref()?;
        let fits = entry.id.as_str().eq_ignore_ascii_case(given) && entry.models.contains(model);
        fits.then_some((risk, entry))
    });
    match named {
        None => {
            let known = known(risks, model).cloned().collect();
            Err(Unusable::Unknown { given: given.to_owned(), known })
        }
        Some((risk, entry)) if risk.closed.is_some() => Err(Unusable::Closed(entry.id.clone())),
        Some((_, entry)) if entry.review_by < now => {
            Err(Unusable::Overdue(entry.id.clone(), entry.review_by))
        }
        Some(_) => Ok(()),
    }
}

/// What is wrong with the entries these answers name, every fault at once.
fn faults(
    fields: &[Field],
    filled: &Filled,
    risks: &[Risk],
    (model, now): (&ModelName, Timestamp),
) -> Vec<FieldFault> {
    let asked = fields.iter().filter(|field| field.kind == FieldKind::Risk);
    let wrong = asked.filter_map(|field| {
        let given = filled.values.get(&field.name)?;
        let why = usable(given, risks, model, now).err()?;
        let (name, label) = (field.name.clone(), field.label.clone());
        Some(FieldFault { field: name, label, message: why.to_string() })
    });
    wrong.collect()
}

impl Context<'_> {
    /// What is wrong with the entries of the risk register that these answers name.
    pub(crate) fn faults_of_risks(
        &self,
        release: &Release,
        fields: &[Field],
        filled: &Filled,
    ) -> Vec<FieldFault> {
        let request = release.request.iter();
        let about =
            |request: &Request| faults(fields, filled, self.risks, (&request.model, self.now));
        request.flat_map(about).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::classification::ChangeType::NewModel;
    use crate::classification::RiskTier::Low;
    use crate::field::{Field, FieldKind};
    use crate::given::*;
    use crate::refusal::Refusal;
    use crate::release::Command;
    use crate::risk::RiskCommand;

    /// A policy whose checklist asks for an entry of the risk register, and a draft under it.
    fn drafted() -> World {
        let world = given(Low).policy_where(|policy| {
            let monitoring = policy.items.iter_mut().find(|one| one.name == item("monitoring"));
            let field = Field {
                name: "risk".into(),
                label: "Which entry?".into(),
                kind: FieldKind::Risk,
                when: None,
                required: true,
            };
            monitoring.unwrap().fields = vec![field];
        });
        world.requested(request(NewModel, Low))
    }

    fn naming(risk: &str) -> Command {
        confirm_item("monitoring", &[("risk", risk)])
    }

    fn entered(mut world: World) -> World {
        let enter = RiskCommand::Enter(Box::new(risk("risk-1")));
        world.on_risk("rivera", ("risk-1", enter)).unwrap();
        world
    }

    #[track_caller]
    fn refused(world: World, name: &str) -> String {
        world.when("rivera", naming(name)).refused_as("answers.invalid").to_string()
    }

    ///
    #[test]
    fn a_made_up_entry_is_refused_with_the_known_ones() {
        assert!(refused(drafted(), "risk-7").contains("there is none: enter the risk first"));
        assert!(refused(entered(drafted()), "risk-7").contains("use risk-1"));
        assert!(refused(entered(drafted()), "no such thing").contains("not a valid risk"));
        entered(drafted()).having("rivera", naming("RISK-1"));
    }

    ///
    #[test]
    fn a_closed_or_overdue_entry_is_refused() {
        let mut world = entered(drafted());
        assert!(refused(world.clone().later(90 * 24 + 1), "risk-1").contains("looked at again"));
        let close = RiskCommand::Close { reason: text("gone") };
        world.on_risk("rivera", ("risk-1", close)).unwrap();
        assert!(refused(world, "risk-1").contains("is closed"));
    }

    ///
    #[test]
    fn an_entry_closed_after_the_answer_opens_its_item_at_submission() {
        let mut world = entered(drafted()).prepared();
        world.clone().having("rivera", Command::Submit);
        let close = RiskCommand::Close { reason: text("gone") };
        world.on_risk("rivera", ("risk-1", close)).unwrap();
        let refusal = world.when("rivera", Command::Submit).refused_as("checklist.incomplete");
        let Refusal::ChecklistIncomplete { blockers } = refusal else { panic!("{refusal:?}") };
        assert!(blockers[0].to_string().contains("risk `risk-1` is closed"), "{blockers:?}");
    }
}
