//! Controls in the register: published versions, and the reports somebody recorded on them.

use super::{Context, Register, RegisterEvent};
use crate::actor::Who;
use crate::control::{ControlId, ControlRef, ControlReport};
use crate::refusal::Refusal;
use jiff::Timestamp;

/// A published version of a control.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedControl {
    /// Which.
    pub control: ControlRef,
    /// Its title.
    pub title: String,
    /// When it was published.
    pub published_at: Timestamp,
}

impl Register {
    /// A control by version, or its latest version.
    pub fn control(&self, id: &ControlId, version: Option<&str>) -> Option<&PublishedControl> {
        self.controls.iter().rev().find(|published| {
            &published.control.id == id
                && version.is_none_or(|version| published.control.version == version)
        })
    }
}

pub(super) fn publish(
    register: &Register,
    control: ControlRef,
    title: String,
) -> Result<Vec<RegisterEvent>, Refusal> {
    if register.control(&control.id, Some(&control.version)).is_some() {
        let name = format!("{} {}", control.id, control.version);
        return Err(Refusal::Immutable { what: "control", name });
    }
    Ok(vec![RegisterEvent::ControlPublished { control, title }])
}

/// Whoever holds a role, or acts in one, may report; a machine tells nobody anything.
pub(super) fn report(
    register: &Register,
    report: ControlReport,
    context: &Context<'_>,
) -> Result<Vec<RegisterEvent>, Refusal> {
    let action = "report on a control";
    let Who::Person(_) = context.actor.who else {
        return Err(Refusal::PeopleOnly { action });
    };
    if context.actor.roles.is_empty() && context.actor.lent.is_empty() {
        return Err(Refusal::NotPermitted { action, needs: vec![super::administrator()] });
    }
    let known = register.control(&report.control.id, Some(&report.control.version));
    if known.is_none_or(|known| known.control != report.control) {
        let name = format!("{} {}", report.control.id, report.control.version);
        return Err(Refusal::NotFound { what: "control", name });
    }
    let report = Box::new(report);
    Ok(vec![RegisterEvent::ControlReported { report }])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classification::RiskTier::Low;
    use crate::control::maturity::Metrics;
    use crate::given::*;
    use crate::register::RegisterCommand;

    fn reported(of: ControlRef) -> RegisterCommand {
        let day = |text: &str| text.parse().unwrap();
        let (from, to) = (day("2026-05-01"), day("2026-05-31"));
        let metrics = Metrics::default();
        RegisterCommand::ReportControl(Box::new(ControlReport {
            control: of,
            from,
            to,
            level: None,
            metrics,
        }))
    }

    ///
    #[test]
    fn a_published_version_of_a_control_never_changes() {
        let mut world = given(Low);
        let publish = || {
            let (control, title) = (gate_control_ref(), gate_control().title);
            RegisterCommand::PublishControl { control, title }
        };
        world.keep("root", publish()).unwrap();
        let known = world.register.control(&gate_control().id, None).unwrap();
        assert_eq!(known.control, gate_control_ref());
        assert_eq!(world.keep("root", publish()).unwrap_err().code(), "published.immutable");
        assert_eq!(given(Low).keep("chen", publish()).unwrap_err().code(), "actor.not_permitted");
    }

    ///
    #[test]
    fn whoever_holds_a_role_reports_and_a_machine_or_an_auditor_does_not() {
        let mut world = given(Low);
        let unknown = world.keep("abara", reported(gate_control_ref())).unwrap_err();
        assert_eq!(unknown.code(), "not_found");
        let (control, title) = (gate_control_ref(), gate_control().title);
        world.keep("root", RegisterCommand::PublishControl { control, title }).unwrap();
        let by = |who: Acting| world.clone().keep(who, reported(gate_control_ref()));
        assert_eq!(by("abara".into()).unwrap()[0].word(), "control_reported");
        assert_eq!(by(machine([])).unwrap_err().code(), "actor.people_only");
        assert_eq!(by("quinn".into()).unwrap_err().code(), "actor.reads_only");
        assert_eq!(by("rosa".into()).unwrap_err().code(), "actor.not_permitted");
    }
}
