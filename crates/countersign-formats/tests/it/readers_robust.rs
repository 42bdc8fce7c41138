//! No file makes a reader panic, and none is read by two of them.

use crate::readers::fixtures;
use crate::zip_writer::{Member, Zip};
use countersign_formats::evidence::{
    HEAD_BYTES, MAX_ENTRIES, MAX_EVIDENCE_BYTES, READERS, Upload, read,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::LazyLock;

const NAMES: &[&str] = &[
    "a.json",
    "a.sarif",
    "a.xml",
    "a.csv",
    "a.md",
    "README.md",
    "a.yaml",
    "a.jsonl",
    "a.eval",
    "a",
];

/// Reads the bytes in every way a name could suggest, and with every reader that takes them.
fn read_every_way(bytes: &[u8]) {
    for name in NAMES {
        let upload = Upload::new(name, bytes);
        let _ = read(&upload);
        for reader in READERS {
            let _ = (reader.recognises)(&upload);
            let _ = (reader.read)(&upload);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_never_make_a_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        read_every_way(&bytes);
    }

    #[test]
    fn arbitrary_text_never_makes_a_reader_panic(
        text in r#"(---\n)?[\-\[\]{}<>/="':,;.%#*|&! \n\r\tabcdENn0-9äé\u{2028}]{0,200}"#
    ) {
        read_every_way(text.as_bytes());
    }

    #[test]
    fn a_damaged_fixture_never_makes_a_reader_panic(
        pick in any::<prop::sample::Index>(),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0usize..4), 1..6),
    ) {
        let all = fixtures();
        let (_, path) = &all[pick.index(all.len())];
        let mut bytes = std::fs::read(path).unwrap();
        for (at, byte, how) in cuts {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.truncate(at),
                2 => bytes.insert(at, byte),
                _ => {
                    let tail = bytes[at..].to_vec();
                    bytes.extend(tail);
                }
            }
        }
        read_every_way(&bytes);
    }
}

/// Every fixture that is JSON.
static TREES: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let all = fixtures();
    let trees = all.iter().map(|(_, path)| serde_json::from_slice(&std::fs::read(path).unwrap()));
    trees.filter_map(Result::ok).collect()
});

/// Every place in a tree, as JSON Pointers.
fn pointers(value: &Value, at: String, all: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointers(item, format!("{at}/{index}"), all);
            }
        }
        Value::Object(entries) => {
            for (key, item) in entries {
                let key = key.replace('~', "~0").replace('/', "~1");
                pointers(item, format!("{at}/{key}"), all);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    all.push(at);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn a_value_of_another_kind_never_makes_a_reader_panic(
        pick in any::<prop::sample::Index>(),
        swaps in prop::collection::vec((any::<prop::sample::Index>(), 0usize..12), 1..4),
    ) {
        let mut tree = TREES[pick.index(TREES.len())].clone();
        let others = [
            json!(null), json!(true), json!(-1), json!(0.5), json!(1e300), json!("NaN"), json!(""),
            json!("../../x"), json!([]), json!({}), json!([[null]]), json!({"value": {"value": []}}),
        ];
        for (at, other) in swaps {
            let mut all = Vec::new();
            pointers(&tree, String::new(), &mut all);
            *tree.pointer_mut(&all[at.index(all.len())]).unwrap() = others[other].clone();
        }
        read_every_way(&serde_json::to_vec(&tree).unwrap());
    }
}

/// What may stand where a tool writes something else, and what only Python calls JSON.
const OTHERS: &[&str] = &[
    "null",
    "true",
    "NaN",
    "-Infinity",
    "1e400",
    "-1",
    "0",
    "0.5",
    "18446744073709551615",
    "99999999999999999999999999999999",
    "\"\"",
    "\"NaN\"",
    "\"5%\"",
    "\"1,5\"",
    "[]",
    "{}",
    "[[[]]]",
    "{\"value\": {}}",
];

/// The text with the value that begins at or behind this byte replaced.
fn with_another_value(text: &str, from: usize, other: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let colon = (from..bytes.len()).find(|at| bytes[*at] == b':')?;
    let rest = text.get(colon + 1..)?;
    let mut values = serde_json::Deserializer::from_str(rest).into_iter::<serde::de::IgnoredAny>();
    values.next()?.ok()?;
    let end = colon + 1 + values.byte_offset();
    Some(format!("{}: {other}{}", &text[..colon], text.get(end..)?))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn no_number_and_another_kind_in_a_line_never_make_a_value_out_of_nothing(
        pick in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..4),
    ) {
        let json = |path: &std::path::Path| {
            path.extension().is_some_and(|it| it == "json" || it == "jsonl" || it == "sarif")
        };
        let all: Vec<_> = fixtures().into_iter().filter(|(_, path)| json(path)).collect();
        let (_, path) = &all[pick.index(all.len())];
        let mut text = std::fs::read_to_string(path).unwrap();
        for (at, other) in changes {
            let at = at.index(text.len().max(1));
            let changed = with_another_value(&text, at, OTHERS[other.index(OTHERS.len())]);
            text = changed.unwrap_or(text);
        }
        let upload = Upload::new(path.to_str().unwrap(), text.as_bytes());
        if let Ok(Some(reading)) = read(&upload) {
            let counted = reading.measurements.iter().all(|it| it.n != Some(0) || it.value.is_none());
            prop_assert!(counted, "a value stands on no sample:\n{text}");
        }
        for reader in READERS {
            let _ = (reader.read)(&upload);
        }
    }
}

#[test]
fn no_fixture_is_read_by_two_readers() {
    for (format, path) in fixtures() {
        let bytes = std::fs::read(&path).unwrap();
        let upload = Upload::new(path.to_str().unwrap(), &bytes);
        let known: Vec<_> = READERS.iter().filter(|it| (it.recognises)(&upload)).collect();
        assert!(known.len() <= 1, "{}: {}", path.display(), known.len());
        assert!(known.iter().all(|it| it.format == format), "{}", path.display());
    }
}

#[test]
fn a_file_nobody_knows_is_kept_as_plain_evidence() {
    for (name, text) in [
        ("notes.txt", "hallucination was fine"),
        ("other.json", r#"{"id": 5, "title": "release notes", "tags": ["a"]}"#),
        ("page.xml", "<html><body/></html>"),
        ("list.csv", "name,score\na,1\n"),
        ("runbook.md", "---\nid: a\nversion: 0.1.0\ntitle: b\n---\n# Steps\n"),
        ("weights.bin", "\u{0}\u{1}"),
        ("empty", ""),
    ] {
        assert_eq!(read(&Upload::new(name, text.as_bytes())), Ok(None), "{name}");
    }
}

#[test]
fn a_file_that_calls_itself_json_and_is_none_is_refused() {
    for name in ["results.json", "scan.sarif"] {
        let fault = read(&Upload::new(name, b"{\"runs\": [")).unwrap_err();
        assert!(fault.to_string().contains("line 1, column"), "{fault}");
    }
}

#[test]
fn a_file_over_the_limit_is_refused_or_kept_plain_by_its_head_alone() {
    let size = MAX_EVIDENCE_BYTES + 1;
    let head = [b'{'; HEAD_BYTES];
    let fault = read(&Upload::head_of("results.json", &head, size)).unwrap_err();
    assert!(fault.message.contains("more than the 64 MiB"), "{fault}");
    assert_eq!(read(&Upload::head_of("weights.safetensors", &[7; 64], size)), Ok(None));
    let log = Zip::of([Member::stored("_journal/start.json", b"{}")]);
    let fault = read(&Upload::head_of("log", &log, size)).unwrap_err();
    assert!(fault.message.contains("more than the 64 MiB"), "{fault}");
    let other = Zip::of([Member::stored("word/document.xml", b"<w/>")]);
    assert_eq!(read(&Upload::head_of("report.docx", &other, size)), Ok(None));
}

#[test]
fn more_entries_than_the_limit_are_refused() {
    let rows = (0..=MAX_ENTRIES).map(|row| format!("m{row},1\n")).collect::<String>();
    let csv = format!("metric,value\n{rows}");
    let cases = "<testcase name='a'/>".repeat(MAX_ENTRIES + 1);
    let results = vec![r#"{"ruleId": "A", "message": {}}"#; MAX_ENTRIES + 1].join(",");
    let sarif = format!(r#"{{"version": "2.1.0", "runs": [{{"results": [{results}]}}]}}"#);
    for (name, text) in
        [("a.csv", csv), ("a.xml", format!("<testsuite>{cases}</testsuite>")), ("a.sarif", sarif)]
    {
        let fault = read(&Upload::new(name, text.as_bytes())).unwrap_err();
        assert!(fault.message.contains("more than the 20000"), "{name}: {fault}");
    }
}

/// Texts whose `…` stands for more entries than are kept: what one entry is, and where they go.
const SWOLLEN: &[(&str, &str)] = &[
    (r#"{"group": "a", "metric": "m", "value": 1}"#, "[…]"),
    (r#"{"title": "a", "severity": "Low"}"#, r#"{"findings": […]}"#),
    ("{}", r#"{"summary": {"modelscan_version": "1"}, "issues": […]}"#),
    (
        r#"{"type": "data", "name": "a"}"#,
        r#"{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": […]}"#,
    ),
    ("{}", r#"{"bomFormat": "CycloneDX", "specVersion": "1.6", "vulnerabilities": […]}"#),
    (r#"{"type": "a"}"#, r#"{"@context": "https://spdx.org/rdf/3.0.1/c", "@graph": […]}"#),
    ("{}", r#"{"conformsTo": "http://mlcommons.org/croissant/1.1", "distribution": […]}"#),
    ("{}", r#"{"conformsTo": "http://mlcommons.org/croissant/1.1", "recordSet": […]}"#),
    ("1", r#"{"conformsTo": "http://mlcommons.org/croissant/1.1", "keywords": […]}"#),
    (r#"{"key": "a", "value": 1}"#, r#"{"run": {"info": {}, "data": {"metrics": […]}}}"#),
    ("1", r#"{"model_version": {"name": "a", "version": 1, "aliases": […]}}"#),
];

#[test]
fn a_file_of_nothing_but_entries_is_refused_by_every_reader_that_takes_it() {
    let every = |entry: &dyn Fn(usize) -> String| (0..=MAX_ENTRIES).map(entry).collect::<Vec<_>>();
    let columns = every(&|index| format!("c{index}")).join(",");
    let people = every(&|row| format!("g{row},0.5,9\n")).concat();
    let metrics = every(&|index| format!("\"m{index}\": 1")).join(",");
    let mut texts = vec![
        ("a.csv", format!("sex,selection_rate,count\n{people}")),
        ("a.csv", format!("sex,selection_rate,{columns}\n")),
        ("a.json", format!(r#"{{"by_group": {{"a": {{{metrics}}}}}}}"#)),
    ];
    for (entry, text) in SWOLLEN {
        texts.push(("a.json", text.replace('…', &vec![*entry; MAX_ENTRIES + 1].join(","))));
    }
    for (name, text) in texts {
        let fault = read(&Upload::new(name, text.as_bytes())).unwrap_err();
        assert!(fault.message.contains("more than"), "{}: {fault}", &text[..60]);
    }
}
