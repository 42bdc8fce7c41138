//! Whatever the text, reading it ends without a panic, and a fault is shown somewhere in it.

use super::{DEFAULT, examples};
use countersign_formats::diagnostic::has_errors;
use countersign_formats::policy::{MAX_POLICY_BYTES, parse};
use proptest::prelude::*;

fn sound(source: &str) {
    let parsed = parse(source);
    assert_eq!(parsed.policy.is_none(), has_errors(&parsed.diagnostics));
    for diagnostic in &parsed.diagnostics {
        assert!(source.get(diagnostic.span.clone()).is_some(), "{diagnostic:?}");
        assert!(!diagnostic.message.is_empty() && !diagnostic.help.is_empty(), "{diagnostic:?}");
        assert!(!diagnostic.message.ends_with('.'), "{diagnostic:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_is_read_without_a_panic(source in any::<String>()) {
        sound(&source);
    }

    #[test]
    fn a_policy_with_a_piece_cut_out_is_read(from in 0usize..8000, length in 0usize..200) {
        let source = &examples("policy")[0];
        let place = |at: usize| (0..=at.min(source.len())).rev()
            .find(|at| source.is_char_boundary(*at)).unwrap_or(0);
        sound(&format!("{}{}", &source[..place(from)], &source[place(from + length)..]));
    }

    #[test]
    fn a_policy_with_a_stray_character_is_read(at in 0usize..8000, stray in any::<char>()) {
        let mut source = examples("policy")[0].clone();
        let at = (0..=at.min(source.len())).rev()
            .find(|at| source.is_char_boundary(*at)).unwrap_or(0);
        source.insert(at, stray);
        sound(&source);
    }

    #[test]
    fn a_policy_with_its_lines_shuffled_is_read(seed in proptest::collection::vec(0usize..200, 20)) {
        let example = examples("policy")[0].clone();
        let mut lines: Vec<&str> = example.lines().collect();
        for pair in seed.windows(2) {
            let length = lines.len();
            lines.swap(pair[0] % length, pair[1] % length);
        }
        sound(&lines.join("\n"));
    }
}

#[test]
fn an_empty_text_names_every_block_it_lacks() {
    let parsed = parse("");
    assert_eq!(parsed.policy, None);
    assert_eq!(parsed.diagnostics.len(), 6);
}

#[test]
fn line_ends_of_windows_and_a_byte_order_mark_change_nothing() {
    let windows = format!("\u{feff}{}", DEFAULT.replace('\n', "\r\n"));
    assert_eq!(parse(&windows).policy, parse(DEFAULT).policy);
}

#[test]
fn a_text_of_more_than_a_mebibyte_is_refused_unread() {
    let parsed = parse(&"#".repeat(MAX_POLICY_BYTES + 1));
    assert_eq!(parsed.diagnostics.len(), 1);
    assert_eq!(parsed.diagnostics[0].code, "policy.too_long");
}

#[test]
fn a_mebibyte_of_anything_is_read_in_one_go() {
    for piece in ["(", "item ", "\"a\" ", "a\n", "release new_model at low\n", "item a \"a\"\n"] {
        let source =
            format!("also approval by a for \"b\"\n  when {}", piece.repeat(300_000 / piece.len()));
        sound(&source);
    }
}
