//! What the people of the demonstration answer to checklists.

use countersign_core::field::{Answers, Field, FieldKind};
use countersign_core::policy::Item;
use jiff::civil::Date;

/// Answers that read better than what the kind of a question yields, by item and question.
const WRITTEN: &[(&str, &str, &str)] = &[
    ("data_sheet", "training_data", "catalogue DS-0114: company records of 2024 and 2025"),
    (
        "data_sheet",
        "evaluation_data",
        "catalogue DS-0115: 500 records held back, split by customer",
    ),
    (
        "data_sheet",
        "splits",
        "train | company records of 2024 and 2025 | our own data, by contract | yes\n\
         validation | company records of 2025 | our own data, by contract | yes",
    ),
    ("declared_use", "product_expects", "drafts that a trained colleague checks"),
    ("declared_use", "security_expects", "internal use, without tools"),
    ("change_description", "previous_version", "the version now in production"),
    ("change_description", "what_changed", "see the summary of this release"),
    ("change_description", "why", "people asked for it in the review of the last quarter"),
    ("evaluation_results", "thresholds", "Model Validation and Testing Policy 2.1, section 4"),
    ("robustness", "attacks", "misspellings, injected instructions, paraphrases"),
    ("human_evaluation", "samples", "50"),
    ("human_evaluation", "judges", "two agents of the support desk, by the guide of March"),
    ("human_evaluation", "outcome", "47 of 50 rated good or better"),
    ("bias_results", "groups", "writers of English, German and Polish"),
    ("bias_results", "outcome", "no difference above the noise"),
    ("security_tests", "scope", "prompt injection, extraction of training data, abuse of the API"),
    ("independent_validation", "validator", "the model risk team"),
    ("regulatory_mapping", "obligations", "transparency towards users; records for ten years"),
    ("regulatory_mapping", "how_met", "a notice above every output; the log is kept"),
    ("fria", "assessed_by", "M. Okafor with the works council"),
    ("dpia", "article_35_requires", "no"),
    ("dpia", "reason", "no systematic monitoring and no special categories of data"),
    ("transparency_notice", "requirements", "readers are told that a machine wrote the text"),
    ("transparency_notice", "notice", "above every output, in the reader's language"),
    ("monitoring", "performance_metrics", "share of outputs that people edit, on the ML board"),
    (
        "monitoring",
        "drift_detection",
        "weekly comparison of topics with those of the training data",
    ),
    ("monitoring", "alert_thresholds", "20 % edited outputs alert the rota ml-serving"),
    ("incident_plan", "plan", "operations handbook, INC-7"),
    ("incident_plan", "reviewed_by", "N. Sato"),
    ("rollback_plan", "path", "prior checkpoint"),
    ("rollback_plan", "reference", "the checkpoint tagged `last-good`"),
    ("rollback_plan", "planned_minutes", "15"),
    ("rollback_test", "measured_minutes", "9"),
    ("on_call", "owner", "the rota ml-serving"),
    (
        "agent_bounds",
        "tools",
        "`unlock_account` at worst unlocks the wrong one; `read_ticket` changes nothing",
    ),
    (
        "agent_bounds",
        "least_privilege",
        "an account of its own that may unlock and read, and nothing else",
    ),
    (
        "agent_bounds",
        "human_approval",
        "nothing it does is final; a colleague confirms accounts of administrators",
    ),
    ("agent_bounds", "enforced_by", "the directory refuses every other call of that account"),
    (
        "agent_stop",
        "how_stopped",
        "its account is locked; what it began stays half done and is listed",
    ),
    ("agent_stop", "who_may", "the rota security-operations, day and night"),
    ("agent_stop", "measured_minutes", "3"),
    ("capacity", "expected_load", "40 requests a second at noon"),
    ("capacity", "scaling", "replicas up to 12, then a queue"),
];

/// The answers to a checklist item of a release whose model has this risk.
pub fn to_item(item: &Item, risk: &str, today: Date) -> Answers {
    let mut answers = Answers::new();
    for field in &item.fields {
        if field.applies(&answers) {
            let answer = answer(item.name.as_str(), field, (risk, today));
            answers.insert(field.name.clone(), answer);
        }
    }
    answers
}

fn answer(of: &str, field: &Field, (risk, today): (&str, Date)) -> String {
    let written = WRITTEN.iter().find(|(item, name, _)| *item == of && *name == field.name);
    if let Some((_, _, text)) = written {
        return (*text).to_owned();
    }
    match &field.kind {
        FieldKind::Text => "see the model's page in the handbook".to_owned(),
        FieldKind::YesNo => "no".to_owned(),
        FieldKind::Date => today.to_string(),
        FieldKind::Number { .. } => "12".to_owned(),
        FieldKind::Risk => risk.to_owned(),
        FieldKind::Rows { columns, confirms } => {
            let said = columns.iter().map(String::as_str).chain(confirms.iter().map(|_| "yes"));
            said.collect::<Vec<_>>().join(" | ")
        }
        FieldKind::Choice { options } => options.first().cloned().unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use countersign_core::field;

    /// What is written here fits the policy that ships with the product.
    #[test]
    fn every_item_of_the_policy_is_answered_as_it_asks() {
        let policy = countersign_formats::policy::parse(super::super::POLICY).policy.unwrap();
        let today = Date::constant(2026, 5, 11);
        for item in &policy.items {
            let faults = field::check(&item.fields, &to_item(item, "risk-1", today));
            assert!(faults.is_empty(), "{}: {faults:?}", item.name);
        }
        for (item, name, _) in WRITTEN {
            let asked = policy.items.iter().find(|one| one.name.as_str() == *item).unwrap();
            assert!(asked.fields.iter().any(|field| field.name == *name), "{item} {name}");
        }
    }
}
