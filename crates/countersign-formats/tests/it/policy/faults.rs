//! Each fault is found where it is, by itself, with a remedy: one edit of a sound policy, one
//! fault.

use super::{examples, reference};
use countersign_formats::diagnostic::{Diagnostic, Level};
use countersign_formats::policy::parse;
use std::collections::BTreeSet;

/// An edit of the example, the code of the fault it makes, and the text the fault points at.
type Case = (&'static str, &'static str, &'static str, &'static str);

const WRITING: &[Case] = &[
    ("  owner           governance_lead", "\towner governance_lead", "tab", "\t"),
    ("\"Example Ltd\"", "\"Example\u{202e} Ltd\"", "character", "\u{202e}"),
    ("\"Product Lead\"", "\"Product Lead", "text.unterminated", "\"Product Lead"),
    ("\"Product Lead\"", "“Product Lead”", "text.curly_quotes", "“Product Lead”"),
    ("\"Product Lead\"", "\"\"", "text.empty", "\"\""),
    ("  may not apply", " may not apply", "indentation", "may not apply"),
    (
        "    when tier is high or critical\nrelease",
        "     when update\nrelease",
        "nested",
        "when update",
    ),
    ("role business", "rule business", "keyword", "rule"),
    ("  verdict lease        15 minutes", "  verdict leese 15 minutes", "keyword", "verdict leese"),
    ("  guide    ", "  section  ", "repeated", "section"),
    (
        "  from     evaluation_results\n  requires hal",
        "  from \"a b\"\n  requires hal",
        "expected",
        "\"a b\"",
    ),
    ("review every    12 months", "review every    12 weeks", "expected", "weeks"),
    ("title \"Head of AI\" means", "title \"Head of AI\" is", "expected", "is"),
    ("classification  Internal", "classification  Internal only", "surplus", "only"),
    ("role committee \"", "role Committee \"", "name", "Committee"),
    ("house-rules 1.0", "house-rules first", "version", "first"),
    ("2026-01-01", "01.01.2026", "date", "01.01.2026"),
    ("2026-01-01", "2026-02-30", "date", "2026-02-30"),
    ("2026-01-01", "\"[Date]\"", "expected", "\"[Date]\""),
];

const NUMBERS: &[Case] = &[
    ("48 hours", "two hours", "number", "two"),
    ("48 hours", "-48 hours", "number", "-48"),
    ("48 hours", "0 hours", "count.zero", "0"),
    ("2 of committee", "0 of committee", "count.zero", "0"),
    ("2 of committee", "two of committee", "number", "two"),
    ("at most 5 %", "at most five %", "number", "five"),
    ("at most 5 %", "at most NaN %", "number", "NaN"),
    ("at most 5 %", "at most 5,5 %", "number.decimal_comma", "5,5"),
    ("at most 5 %", "at most 5", "criterion.fraction", "5"),
    ("at least 50 samples", "at least 0 samples", "count.zero", "0"),
    ("  files without a unit state a fraction\n", "", "criterion.unit_missing", "5 %"),
    ("state a fraction", "state a ratio", "unit.unknown", "ratio"),
    (
        "finding at or above critical\n",
        "finding at or above critical\n  at least 5 samples\n",
        "criterion.surplus",
        "at least 5 samples",
    ),
    ("above critical", "above severe", "severity.unknown", "severe"),
    ("requires every check to pass", "requires every check passes", "expected", "check"),
];

const NAMES: &[Case] = &[
    (
        "escalate to          governance_lead",
        "escalate to gouvernance_lead",
        "role.unknown",
        "gouvernance_lead",
    ),
    (
        "may suspend          governance_lead, committee",
        "may suspend governance_lead, comitee",
        "role.unknown",
        "comitee",
    ),
    (
        "role business \"Product Lead\"",
        "role business \"Product Lead\"\nrole business \"Sales\"",
        "duplicate",
        "business",
    ),
    ("role business \"Product Lead\"", "role business \"Committee\"", "duplicate", "\"Committee\""),
    ("item rollback_plan", "item evaluation_results", "duplicate", "evaluation_results"),
    ("criterion tests_pass", "criterion hallucination_rate", "duplicate", "hallucination_rate"),
    (
        "require runbook fine-tuned-model-release",
        "require runbook prompt-change",
        "duplicate",
        "prompt-change",
    ),
    ("step \"Decision\"", "step \"Request\"", "duplicate", "\"Request\""),
    (
        "title \"Head of AI\" means governance_lead",
        "title \"Committee\" means business",
        "title.taken",
        "\"Committee\"",
    ),
    ("lm-eval, metrics-json, junit", "lm-eval, junit, lm-eval", "duplicate", "lm-eval"),
    ("field note ", "field tried ", "duplicate", "tried"),
    ("yes or no", "yes/no", "field.kind", "yes/no"),
    ("when tried is yes", "when tired is yes", "field.when_unknown", "tired"),
    ("when tried is yes", "when minutes is yes", "field.when_open", "minutes"),
    ("when tried is yes", "when tried is done", "field.answer", "done"),
    (
        "\"When?\" date when tried is yes",
        "\"When?\" date when note is yes",
        "field.when_unknown",
        "note",
    ),
    (
        "  requires every check to pass\n",
        "  requires every check to pass\ncriterion more \"More\"\n  from evaluation_result\n  requires every check to pass\n",
        "item.unknown",
        "evaluation_result",
    ),
    (
        "never for    criterion no_critical",
        "never for criterion no_such",
        "criterion.unknown",
        "no_such_finding",
    ),
    (
        "never for    criterion no_critical_finding",
        "never for item no_such",
        "item.unknown",
        "no_such",
    ),
    ("missed confirmation  denies", "missed confirmation  warns", "setting.unknown", "warns"),
    (
        "may close findings   governance_lead",
        "may close findings   governance_lead\n  rollbacks\n    planned in rollback_plan hours",
        "field.unknown",
        "hours",
    ),
    (
        "may close findings   governance_lead",
        "may close findings   governance_lead\n  emergencies\n    authority of governance_lead",
        "line_missing",
        "emergencies",
    ),
    (
        "  evidence none\n",
        "  evidence none\n  checks must pass\n",
        "item.checks_without_evidence",
        "checks must pass",
    ),
];

const TABLE: &[Case] = &[
    (
        "release retirement at low, medium",
        "release retirement at low",
        "release.missing_cell",
        "retirement",
    ),
    (
        "release new_model at low, medium",
        "release new_model at low, medium, high",
        "release.covered_twice",
        "high",
    ),
    ("release retirement at low", "release retirement at tiny, low", "tier.unknown", "tiny"),
    ("release retirement", "release retirment", "change.unknown", "retirment"),
    (
        "  same approvals as new_model at low\n",
        "",
        "approval.none",
        "release major_update at low, medium",
    ),
    (
        "same approvals as new_model at low",
        "same approvals as major_update at high",
        "release.same_chain",
        "major_update at high",
    ),
    (
        "2 of committee for \"technical sign-off\"\n    independent of requester, model_owner",
        "2 of committee for \"technical sign-off\"",
        "approval.requester_unsaid",
        "2",
    ),
    (
        "    independent of requester, evidence_author",
        "    independent of requester\n    may be the requester",
        "approval.contradiction",
        "may be the requester",
    ),
    ("2 of committee", "2 of model_owner", "approval.impossible", "2"),
    (
        "independent of requester, evidence_author",
        "independent of requester, boss",
        "independence.unknown",
        "boss",
    ),
    (
        "independent of requester, evidence_author",
        "independent of requester, requester",
        "duplicate",
        "requester",
    ),
];

const CONDITIONS: &[Case] = &[
    ("when user_facing and tier", "when user_faceing and tier", "fact.unknown", "user_faceing"),
    ("when artifact is prompt", "when artifact is promt", "artifact.unknown", "promt"),
    ("when artifact is prompt", "when region is eu or presonal_data", "region", "presonal_data"),
    ("when artifact is prompt", "when not artifact is prompt", "condition.not", "artifact"),
    (
        "when artifact is prompt",
        "when update and generative or user_facing",
        "condition.mixed",
        "or",
    ),
    (
        "when artifact is prompt",
        "when ((((((((((((((((((update))))))))))))))))))",
        "condition.deep",
        "(",
    ),
    ("when artifact is prompt", "when (update", "expected", ""),
    (
        "when user_facing and tier is high or critical",
        "when user_facing and tier is high or high",
        "duplicate",
        "high",
    ),
];

const WARNINGS: &[Case] = &[
    ("Example Ltd", "[Organization Name]", "placeholder", "\"[Organization Name]\""),
    ("2026-01-01", "1926-01-01", "date.unlikely", "1926-01-01"),
    ("metrics-json, junit", "metrics-jsn", "item.format", "metrics-jsn"),
    ("  when     change is new_model\n", "", "criterion.unasked", "evaluation_results"),
    (
        "item rollback_plan",
        "item bare \"Bare\"\n  section \"Operation\"\n  evidence none\nitem rollback_plan",
        "item.undocumented",
        "item bare \"Bare\"",
    ),
];

fn edited(case: &Case) -> (String, Vec<Diagnostic>) {
    let example = &examples("policy")[0];
    assert!(example.contains(case.0), "the example does not say `{}`", case.0);
    let source = example.replacen(case.0, case.1, 1);
    let found = parse(&source).diagnostics;
    (source, found)
}

fn holds(case: &Case, level: Level) {
    let (source, found) = edited(case);
    let codes: Vec<&str> = found.iter().map(|fault| fault.code).collect();
    let of_level: Vec<&Diagnostic> = found.iter().filter(|fault| fault.level == level).collect();
    assert_eq!(of_level.len(), 1, "{}: {codes:?}", case.1);
    assert_eq!(of_level[0].code, format!("policy.{}", case.2), "{}", case.1);
    assert_eq!(&source[of_level[0].span.clone()], case.3, "{}", case.1);
    assert!(!of_level[0].help.is_empty(), "{}", case.1);
    assert_eq!(parse(&source).policy.is_some(), level == Level::Warning, "{}", case.1);
}

#[test]
fn each_slip_of_the_pen_is_one_fault() {
    WRITING.iter().chain(NUMBERS).for_each(|case| holds(case, Level::Error));
}

#[test]
fn each_wrong_name_is_one_fault() {
    NAMES.iter().for_each(|case| holds(case, Level::Error));
}

/// R-064, I-03
#[test]
fn each_hole_in_the_decision_table_is_one_fault() {
    TABLE.iter().for_each(|case| holds(case, Level::Error));
}

#[test]
fn each_wrong_condition_is_one_fault() {
    CONDITIONS.iter().for_each(|case| holds(case, Level::Error));
}

#[test]
fn what_is_worth_a_look_is_one_warning() {
    WARNINGS.iter().for_each(|case| holds(case, Level::Warning));
}

fn lacking(keyword: &str) -> Vec<String> {
    let example = examples("policy")[0].clone();
    let without: Vec<&str> =
        example.lines().filter(|line| !line.trim_start().starts_with(keyword)).collect();
    let found = parse(&without.join("\n")).diagnostics;
    found.into_iter().map(|fault| format!("{}: {}", fault.code, fault.message)).collect()
}

#[test]
fn each_missing_line_is_named() {
    for keyword in [
        "organisation",
        "owner",
        "approved by",
        "effective",
        "review every",
        "classification",
        "confirm within",
        "missed confirmation",
        "verdict lease",
        "self approval",
        "escalate to",
        "may suspend",
        "may close findings",
    ] {
        let expected = format!("policy.line_missing: this block does not say `{keyword}`");
        assert_eq!(lacking(keyword), [expected]);
    }
}

///
#[test]
fn a_missing_case_of_the_decision_table_is_named() {
    let case = ("release retirement at low, medium, high,", "release retirement at", "", "");
    let (_, found) = edited(&case);
    assert_eq!(found[0].message, "no row says who approves `retirement` at low, medium, high");
}

#[test]
fn a_missing_block_or_role_is_named() {
    let text = "role security \"Security\"\n";
    let codes: Vec<String> =
        parse(text).diagnostics.into_iter().map(|fault| fault.message).collect();
    assert_eq!(codes.len(), 6);
    assert_eq!(codes[0], "this policy has no `policy`");
    assert!(codes[5].contains("`model_owner`"));
}

#[test]
fn a_row_that_refers_to_nothing_is_named() {
    let text = "release major_update at low\n  means \"a\"\n  same approvals as new_model at low\n";
    let found = parse(text).diagnostics;
    assert!(found.iter().any(|fault| fault.code == "policy.release.same_unknown"));
}

#[test]
fn a_line_that_lost_its_indentation_is_told_where_it_belongs() {
    let case = ("    independent of requester, model_owner", "  independent of requester", "", "");
    let (_, found) = edited(&case);
    let fault = found.iter().find(|fault| fault.code == "policy.keyword").unwrap();
    assert!(fault.help.contains("indent the line further"), "{}", fault.help);
}

#[test]
fn a_fault_never_hides_the_next_one() {
    let mut source = examples("policy")[0].clone();
    let edits = [&WRITING[7], &WRITING[15], &NUMBERS[0], &NUMBERS[7], &NAMES[0], &NAMES[11]];
    for case in edits {
        source = source.replacen(case.0, case.1, 1);
    }
    let found: BTreeSet<String> =
        parse(&source).diagnostics.iter().map(|f| f.code.into()).collect();
    for case in edits {
        assert!(found.contains(&format!("policy.{}", case.2)), "{}", case.2);
    }
}

#[test]
fn more_faults_than_anyone_reads_are_cut_and_still_make_the_policy_unusable() {
    let parsed = parse(&"nonsense\n".repeat(2000));
    assert_eq!(parsed.policy, None);
    assert_eq!(parsed.diagnostics.len(), 501);
    assert!(parsed.diagnostics.iter().any(|fault| fault.code == "policy.too_many"));
}

/// Every documented fault has a case here or a test of its own.
#[test]
fn every_documented_fault_is_provoked() {
    let cases = [WRITING, NUMBERS, NAMES, TABLE, CONDITIONS, WARNINGS].concat();
    let mut provoked: BTreeSet<String> = cases.iter().map(|case| case.2.to_owned()).collect();
    let own_test = [
        "too_long",
        "too_many",
        "block_missing",
        "line_missing",
        "role.model_owner_missing",
        "release.same_unknown",
    ];
    provoked.extend(own_test.map(str::to_owned));
    assert_eq!(provoked, reference::documented());
}
