//! The organisation's runbook: six steps, one of each kind and a second manual one.

use super::step;
use crate::name::RunbookName;
use crate::runbook::{Runbook, RunbookStep};
use crate::sla::Sla;
use crate::step::StepKind;
use crate::step::file_upload::{FileUpload, NameRule};

/// Promoting a fine-tuned checkpoint, in six steps.
pub fn runbook() -> Runbook {
    let packet = FileUpload {
        parts: ["safety", "quality", "regression"].map(String::from).to_vec(),
        name_rule: NameRule::Warn,
    };
    let kind = |word| StepKind::from_word(word).expect("a kind");
    let (day, two_days) = (Sla::BusinessDays(1), Sla::BusinessDays(2));
    Runbook {
        name: RunbookName::new("promote-checkpoint").expect("a name"),
        version: "0.1.0".into(),
        title: "Promote a checkpoint".into(),
        authors: vec!["Platform".into()],
        reviewed_by: Vec::new(),
        last_reviewed: None,
        lifecycle: "pre-deployment".into(),
        kind: "approval".into(),
        compliance: Vec::new(),
        complexity: "medium".into(),
        summary: "From checkpoint to traffic.".into(),
        estimated_minutes: Some(90),
        purpose: "No weights go live unseen.".into(),
        when_to_use: Vec::new(),
        prerequisites: vec![
            "The model card is drafted.".into(),
            "The evaluation is complete.".into(),
            "There is a way back.".into(),
        ],
        steps: vec![
            work("confirm-scope", kind("manual"), "ML platform lead", day),
            work("check-licences", kind("manual"), "Data governance", two_days),
            work("attach-evaluation", StepKind::FileUpload(packet), "ML engineer", two_days),
            work("review-abuse", kind("form"), "Application security", two_days),
            work("sign-off", kind("approval"), "Security operations leader", day),
            work("notify-routing", kind("webhook"), "ML platform", Sla::SameDay),
        ],
    }
}

/// A step that waits for all earlier ones and names nobody to escalate to.
pub fn work(name: &str, kind: StepKind, owner: &str, sla: Sla) -> RunbookStep {
    RunbookStep {
        name: step(name),
        title: name.replace('-', " "),
        kind,
        owner: owner.into(),
        sla,
        escalation: String::new(),
        after: None,
        text: String::new(),
        notes: Vec::new(),
    }
}
