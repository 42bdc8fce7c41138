//! The control tests are about: the release gate.

use super::item;
use crate::control::{
    Control, ControlId, ControlRef, Effort, Levels, Links, Measure, Part, Requirement, TestItems,
};
use crate::digest::Sha256;

/// A control over the release gate, linked to the policy and the runbook of these tests.
pub fn gate_control() -> Control {
    let words = |text: &str| text.to_owned();
    let asked = |part: &Part| Requirement { asks: part.human().into(), shown_by: Some(*part) };
    Control {
        id: ControlId::new("CHM-002").expect("an id"),
        version: words("1.0"),
        title: words("A gate before production"),
        domain: words("Change Management"),
        objective: words("Nothing unseen runs."),
        typical_owner: words("AI Governance"),
        effort: Effort::Medium,
        agent_relevant: true,
        maturity: Levels {
            initial: words("no gate"),
            developing: words("a gate for some"),
            defined: words("a gate for all"),
            managed: words("a gate that is measured"),
            optimizing: words("a gate that learns"),
        },
        measured_by: Some(Measure::ReleaseGate),
        evidence: Part::ALL.iter().map(asked).collect(),
        steps: Vec::new(),
        tests: TestItems {
            evaluation: [item("evaluation")].into(),
            bias: [item("bias_results")].into(),
            security: [item("security_tests")].into(),
        },
        links: Links {
            policies: ["model-release".parse().expect("a policy")].into(),
            runbooks: ["promote-checkpoint".parse().expect("a runbook")].into(),
            items: [item("rollback")].into(),
            criteria: ["hallucination_rate".parse().expect("a criterion")].into(),
            formats: ["sarif".to_owned()].into(),
        },
    }
}

/// Which control that is, exactly.
pub fn gate_control_ref() -> ControlRef {
    let control = gate_control();
    let sha256 = Sha256::of(&serde_json::to_vec(&control).expect("a control"));
    ControlRef { id: control.id, version: control.version, sha256 }
}
