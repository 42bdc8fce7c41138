//! The checklist: which items are complete, and what each open one lacks.

use super::exceptions::holding;
use crate::blocker::{Blocker, Reason};
use crate::exception::Waived;
use crate::field;
use crate::name::{EvidenceId, ItemName};
use crate::plan::GatePlan;
use crate::policy::{EvidenceNeed, Item};
use crate::reading::Outcome;
use crate::release::{ItemAnswer, Release, Target};
use crate::text::Text;
use jiff::Timestamp;
use serde::Serialize;

/// A checklist item and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ItemStatus {
    /// The item.
    pub item: ItemName,
    /// What is confirmed.
    pub title: String,
    /// Its section.
    pub section: String,
    /// Why it is asked, in the policy's words.
    pub asked_because: String,
    /// `complete`, `not_applicable`, `waived` or `open`.
    pub state: String,
    /// What it lacks; empty when it is complete, and not empty when it is waived.
    pub missing: Vec<String>,
    /// The evidence attached to it.
    pub evidence: Vec<EvidenceId>,
    /// Why somebody said that it does not apply, whether or not that counts.
    pub does_not_apply: Option<Text>,
}

/// What is said of "not applicable" where evidence was attached and taken back.
pub(super) const APPLIES: &str = "evidence was attached for it and withdrawn: it applies";

pub(super) fn statuses(release: &Release, plan: &GatePlan, now: Timestamp) -> Vec<ItemStatus> {
    let status = |item: &Item| {
        let mut status = status(release, item, (plan, now));
        let waived = Waived::Item(item.name.clone());
        if status.state == "open" && holding((release, plan), &waived, now).is_some() {
            status.state = "waived".to_owned();
        }
        status
    };
    plan.items.iter().map(status).collect()
}

/// The items that are open at this moment when no exception is looked at.
pub(super) fn open(release: &Release, plan: &GatePlan, now: Timestamp) -> Vec<Waived> {
    let open = |item: &&Item| status(release, item, (plan, now)).state == "open";
    plan.items.iter().filter(open).map(|item| Waived::Item(item.name.clone())).collect()
}

fn status(release: &Release, item: &Item, (plan, now): (&GatePlan, Timestamp)) -> ItemStatus {
    let target = Target::Item(item.name.clone());
    let mut missing = missing(release, item, &target);
    if !not_applicable(release, item) {
        missing.extend(crate::release::urgent::drill_missing(release, plan, &item.name, now));
    }
    let state = match (not_applicable(release, item), missing.is_empty()) {
        (true, true) => "not_applicable",
        (false, true) => "complete",
        (true | false, false) => "open",
    };
    ItemStatus {
        item: item.name.clone(),
        title: item.title.clone(),
        section: item.section.clone(),
        asked_because: item.when.to_string(),
        state: state.to_owned(),
        missing,
        evidence: release.evidence_for(&target).map(|(id, _)| id.clone()).collect(),
        does_not_apply: reason_against(release, item),
    }
}

/// The reason somebody gave for "not applicable".
fn reason_against(release: &Release, item: &Item) -> Option<Text> {
    match &release.answers.get(&item.name)?.answer {
        ItemAnswer::NotApplicable { reason } => Some(*reason),
        ItemAnswer::Confirmed(_) => None,
    }
}

/// Whether the item was answered "not applicable", its policy takes that for an answer, and nobody
/// attached evidence for it in this release: what was tested applies, also when the evidence was
/// withdrawn since.
fn not_applicable(release: &Release, item: &Item) -> bool {
    let target = Target::Item(item.name.clone());
    item.may_not_apply
        && reason_against(release, item).is_some()
        && !release.had_evidence_for(&target)
}

/// What an answer lacks. A draft may have been answered under an earlier policy, so the answer is
/// held against the questions of this one.
fn missing_answers(release: &Release, item: &Item) -> Vec<String> {
    match release.answers.get(&item.name).map(|answered| &answered.answer) {
        None => vec!["confirm it and answer its questions".to_owned()],
        Some(ItemAnswer::NotApplicable { .. }) if item.may_not_apply => {
            let target = Target::Item(item.name.clone());
            let standing = release.evidence_for(&target).next();
            let because = standing.map_or(APPLIES, |_| "evidence is attached for it: it applies");
            vec![format!("confirm it: {because}")]
        }
        Some(ItemAnswer::NotApplicable { .. }) => {
            vec!["confirm it: the policy does not take `not applicable` here".to_owned()]
        }
        Some(ItemAnswer::Confirmed(filled)) => {
            let mut answers = filled.values.clone();
            // What was written is kept apart; its shape was checked when it was answered.
            answers.extend(filled.texts.keys().map(|name| {
                let asked = item.fields.iter().find(|field| &field.name == name);
                let line = asked.and_then(|field| field.kind.line());
                (name.clone(), line.unwrap_or_else(|| "a text".to_owned()))
            }));
            let asked = |name: &String| item.fields.iter().any(|field| &field.name == name);
            answers.retain(|name, _| asked(name));
            field::check(&item.fields, &answers).iter().map(ToString::to_string).collect()
        }
    }
}

fn missing(release: &Release, item: &Item, target: &Target) -> Vec<String> {
    if not_applicable(release, item) {
        return Vec::new();
    }
    let mut missing = missing_answers(release, item);
    let evidence: Vec<_> = release.evidence_for(target).collect();
    let accepted = evidence.iter().any(|(_, attached)| {
        let reading = attached.evidence.reading.as_ref();
        item.evidence.accepts(reading.map(|reading| reading.format.as_str()))
    });
    match &item.evidence {
        EvidenceNeed::None => {}
        EvidenceNeed::AnyFile if evidence.is_empty() => missing.push("attach a file".to_owned()),
        EvidenceNeed::Formats(formats) if !accepted => {
            missing.push(format!("attach {}", formats.join(" or ")));
        }
        EvidenceNeed::AnyFile | EvidenceNeed::Formats(_) => {}
    }
    if item.checks_must_pass {
        let checks = evidence.iter().flat_map(|(id, attached)| {
            let reading = attached.evidence.reading.iter();
            reading.flat_map(|reading| &reading.checks).map(move |check| (id, check))
        });
        let failed = checks.filter(|(_, check)| check.outcome != Outcome::Pass);
        missing.extend(failed.map(|(id, check)| {
            let detail = if check.detail.is_empty() { "did not pass" } else { &check.detail };
            format!("{} in {id}, {}: {detail}", check.name, check.place)
        }));
    }
    missing
}

pub(super) fn blockers(release: &Release, plan: &GatePlan, now: Timestamp) -> Vec<Blocker> {
    let open = statuses(release, plan, now).into_iter().filter(|status| status.state == "open");
    open.map(|status| {
        let reason =
            Reason::ItemOpen { item: status.item, title: status.title, missing: status.missing };
        Blocker::by_people(reason, release.requesters())
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classification::RiskTier::{High, Low};
    use crate::given::*;

    #[test]
    fn a_format_is_accepted_by_its_name_or_its_first_word() {
        let need = EvidenceNeed::Formats(vec!["sarif".into(), "junit".into()]);
        assert!(need.accepts(Some("sarif-2.1.0")));
        assert!(need.accepts(Some("junit")));
        assert!(!need.accepts(Some("sarifish")));
        assert!(!need.accepts(None));
    }

    #[track_caller]
    fn status_of(world: &World, name: &str) -> ItemStatus {
        let items = world.report().items;
        items.into_iter().find(|one| one.item == item(name)).unwrap()
    }

    ///
    #[test]
    fn a_model_card_that_lacks_one_of_its_parts_keeps_its_item_open() {
        let mut card = model_card();
        card.reading.as_mut().unwrap().checks[5].outcome = Outcome::Fail;
        card.reading.as_mut().unwrap().checks[5].detail = "the section is a placeholder".into();
        let world = drafted(Low)
            .having("rivera", attach(card))
            .having("rivera", confirm_item("model_card", &[]));
        let status = status_of(&world, "model_card");
        assert_eq!(status.state, "open");
        let said = "known_biases in e1, line 1: the section is a placeholder";
        assert_eq!(status.missing, [said]);
    }

    ///
    #[test]
    fn an_item_is_complete_with_answer_and_evidence_both() {
        let answered = drafted(Low).having("rivera", confirm_item("model_card", &[]));
        assert_eq!(status_of(&answered, "model_card").missing, ["attach model-card"]);
        let attached = drafted(Low).having("rivera", attach(model_card()));
        let lacks = status_of(&attached, "model_card").missing;
        assert_eq!(lacks, ["confirm it and answer its questions"]);
        let both = answered.having("rivera", attach(model_card()));
        assert_eq!(status_of(&both, "model_card").state, "complete");
    }

    ///
    #[test]
    fn evidence_withdrawn_in_review_opens_its_item_again() {
        let world = submitted(Low).having("rivera", withdraw_evidence("e1"));
        assert_eq!(world.blocked_by(), ["item.open", "approval.missing"]);
    }

    ///
    #[test]
    fn an_item_says_why_it_is_asked() {
        let world = drafted(High);
        let said = status_of(&world, "validation").asked_because;
        assert_eq!(said, "tier is high or critical");
    }

    ///
    #[test]
    fn not_applicable_is_held_against_the_policy_in_force() {
        let world = drafted(Low).having("rivera", say_not_applicable("security_tests"));
        assert_eq!(status_of(&world, "security_tests").state, "not_applicable");
        let strict = world.policy_where(|policy| {
            for item in &mut policy.items {
                item.may_not_apply = false;
            }
        });
        assert_eq!(status_of(&strict, "security_tests").state, "open");
    }

    ///
    #[test]
    fn not_applicable_counts_only_while_nobody_attached_evidence_for_the_item() {
        let bad = injection_suite(Outcome::Fail);
        let attached = drafted(Low)
            .having("rivera", say_not_applicable("security_tests"))
            .having("rivera", attach(bad));
        let status = status_of(&attached, "security_tests");
        assert_eq!(status.state, "open");
        assert_eq!(status.missing[0], "confirm it: evidence is attached for it: it applies");
        let withdrawn = attached.having("rivera", withdraw_evidence("e1"));
        let status = status_of(&withdrawn, "security_tests");
        assert_eq!(status.state, "open");
        let said = "confirm it: evidence was attached for it and withdrawn: it applies";
        assert_eq!(status.missing[0], said);
        assert!(status.missing.len() > 1, "and it needs evidence: {:?}", status.missing);
        assert!(status.does_not_apply.is_some());
        assert_eq!(status_of(&withdrawn, "model_card").does_not_apply, None);
    }

    ///
    #[test]
    fn evidence_of_a_format_the_policy_no_longer_takes_does_not_count() {
        let world = prepared(Low).policy_where(|policy| {
            for item in policy.items.iter_mut().filter(|item| item.name.as_str() == "evaluation") {
                item.evidence = EvidenceNeed::Formats(vec!["lm-eval".into()]);
            }
        });
        assert_eq!(status_of(&world, "evaluation").missing, ["attach lm-eval"]);
    }
}
