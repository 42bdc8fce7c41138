//! Conditions: what is printed reads back, and what is written is printed as it was.

use super::examples;
use countersign_core::classification::{ArtifactKind, ChangeType, Condition, RiskTier, Trait};
use countersign_core::name::Region;
use countersign_formats::policy::parse_condition;
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;
use proptest::sample::select;

fn simple() -> impl Strategy<Value = Condition> {
    let regions = vec!["eu", "us", "uk", "asia-pacific"];
    let region = select(regions).prop_map(|name| Region::new(name).unwrap());
    prop_oneof![
        Just(Condition::Always),
        btree_set(select(RiskTier::ALL), 1..4).prop_map(Condition::Tier),
        btree_set(select(ChangeType::ALL), 1..4).prop_map(Condition::Change),
        btree_set(region, 1..3).prop_map(Condition::Region),
        btree_set(select(ArtifactKind::ALL), 1..3).prop_map(Condition::Artifact),
        select(Trait::ALL).prop_map(Condition::Is),
        select(Trait::ALL).prop_map(Condition::IsNot),
    ]
}

fn condition() -> impl Strategy<Value = Condition> {
    simple().prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 2..4).prop_map(Condition::All),
            vec(inner, 2..4).prop_map(Condition::Any),
        ]
    })
}

proptest! {
    #[test]
    fn a_condition_reads_back_what_it_prints(condition in condition()) {
        prop_assert_eq!(parse_condition(&condition.to_string()), Ok(condition));
    }

    #[test]
    fn no_text_makes_reading_a_condition_panic(text in "[a-z_ ()\n#\",é\u{0}]{0,60}") {
        let _ = parse_condition(&text);
    }
}

#[test]
fn the_conditions_of_the_reference_are_printed_as_they_are_written() {
    let examples = examples("condition");
    assert!(examples.concat().lines().count() > 8);
    for line in examples.concat().lines() {
        let read = parse_condition(line).map(|condition| condition.to_string());
        assert_eq!(read, Ok(line.to_owned()));
    }
}

#[test]
fn and_beside_or_needs_parentheses() {
    let faults = parse_condition("generative and update or personal_data").unwrap_err();
    assert_eq!(faults.len(), 1);
    assert_eq!((faults[0].code, faults[0].column), ("policy.condition.mixed", 23));
}

#[test]
fn a_mistyped_fact_never_passes_for_a_region() {
    for slip in ["region is eu or presonal_data", "region is eu or high", "region is user_faceing"]
    {
        let faults = parse_condition(slip).unwrap_err();
        assert_eq!(faults[0].code, "policy.region", "{slip}");
    }
}

#[test]
fn a_condition_of_nothing_or_of_two_lines_is_none() {
    for text in ["", "# nothing", "always\nalways", "tier is", "not", "(always", "always)"] {
        assert!(parse_condition(text).is_err(), "{text}");
    }
}
