//! Files made to harm whoever opens them: each is refused in words, or read without a value.
//!
//! `COUNTERSIGN_BOMBS` names a folder to write them to, so that a server or the command line can be
//! tried with the same files.

use crate::zip_writer::{Member, Zip};
use countersign_core::reading::Place;
use countersign_formats::evidence::{Upload, read};
use proptest::prelude::*;
use std::path::PathBuf;

/// A header of a log that was whole, with something in place of its metadata.
fn header(metadata: &str) -> Vec<u8> {
    format!(
        r#"{{"version": 2, "status": "success", "eval": {{"task": "t", "model": "org/m",
            "dataset": {{"samples": 1}}, "config": {{"log_samples": false}}}},
            "results": {{"total_samples": 1, "completed_samples": 1, "scores": [{{"name": "s",
            "scorer": "s", "scored_samples": 1, "unscored_samples": 0,
            "metrics": {{"accuracy": {{"value": 0.5}}}}}}]}}, "metadata": {metadata}}}"#
    )
    .into_bytes()
}

fn log(member: Member) -> Vec<u8> {
    Zip::of([Member::deflated("header.json", &header("{}")), member])
}

/// Frames of Zstandard: a header with this window, then a block of one byte so many times.
fn frame(window: u8, repeat: u32) -> Vec<u8> {
    let block = (repeat << 3) | 0b011;
    let mut frame = b"\x28\xb5\x2f\xfd\x00".to_vec();
    frame.push(window);
    frame.extend(&block.to_le_bytes()[..3]);
    frame.push(b'0');
    frame
}

struct Bomb {
    name: String,
    bytes: Vec<u8>,
    /// Words of the refusal; `None` for what is read without a value.
    refused: Option<&'static str>,
}

fn bomb(name: &str, bytes: Vec<u8>, refused: &'static str) -> Bomb {
    Bomb { name: name.to_owned(), bytes, refused: Some(refused) }
}

fn names_that_lead_out() -> Vec<Bomb> {
    let names = [
        "../a.json",
        "samples/../../a.json",
        "samples/..",
        "/etc/passwd",
        "C:/a.json",
        "c:a.json",
        "..\\a.json",
        "samples\\a.json",
        "a\u{0}.json",
        "a\nb.json",
        "",
    ];
    let bombs = names.iter().enumerate();
    bombs
        .map(|(index, name)| {
            let bytes = log(Member::stored(name, b"{}"));
            bomb(&format!("path-{index}.eval"), bytes, "could lead out of the folder")
        })
        .collect()
}

/// Members that claim, or hold, far more than they take.
fn swollen() -> Vec<Bomb> {
    let zeros = vec![b'0'; 8 * 1024 * 1024];
    let sample = |content: &[u8]| Member::deflated("samples/a_epoch_1.json", content);
    let noise: Vec<u8> =
        (0..2_200_000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let claimed = (0..5).map(|index| {
        let name = format!("samples/{index}_epoch_1.json");
        Member::stored(&name, &noise).claiming(1024 * 1024 * 1024)
    });
    let only = |member: Member| Zip::of([member]);
    let rle: Vec<u8> = (0..64).flat_map(|_| frame(0x58, 128 * 1024)).collect();
    let packed = |bytes: Vec<u8>| Member::packed("header.json", b"", (93, bytes));
    vec![
        bomb("ratio.eval", log(sample(&zeros)), "claims to unpack"),
        bomb("ratio.zip", Zip::of([Member::deflated("a.txt", &zeros)]), "claims to unpack"),
        bomb("claim.eval", log(sample(b"{}").claiming(u32::MAX - 1)), "claims to unpack to"),
        bomb("total.eval", Zip::of(claimed), "the members claim to unpack"),
        bomb(
            "more-than-claimed.eval",
            only(Member::deflated("header.json", &zeros).claiming(100)),
            "does not unpack to what",
        ),
        bomb(
            "less-than-claimed.eval",
            only(Member::deflated("header.json", b"{}").claiming(4_000_000)),
            "claims to unpack",
        ),
        bomb("repeated.eval", only(packed(rle).claiming(1000)), "does not unpack to what"),
        bomb("window.eval", only(packed(frame(0xf8, 8)).claiming(8)), "does not unpack to what"),
        bomb(
            "too-large.eval",
            only(Member::stored("header.json", &vec![b' '; 5 * 1024 * 1024])),
            "more than the 4 MiB",
        ),
        bomb(
            "deep.eval",
            only(Member::deflated("header.json", &header(&"[".repeat(100_000)))),
            "nested deeper",
        ),
        bomb(
            "many-values.eval",
            only(Member::stored("header.json", &header(&format!("[{}0]", "0,".repeat(300_000))))),
            "more than 200000 values",
        ),
    ]
}

/// Directories that say what is not so.
fn contradictions() -> Vec<Bomb> {
    let whole = || Member::deflated("header.json", &header("{}"));
    let mut overlapping = Zip::default();
    let first = overlapping.add(&whole());
    for _ in 0..100 {
        overlapping.list(&whole(), first.start);
    }
    let mut many = Zip::default();
    for index in 0..50_001 {
        many.add(&Member::stored(&format!("samples/{index}.json"), b""));
    }
    let mut miscounted = Zip::default();
    miscounted.add(&whole());
    miscounted.count = 7;
    let mut leading = b"PK\x03\x04#!/bin/sh\n".to_vec();
    leading.extend(Zip::of([whole()]));
    let mut cut = Zip::of([whole()]);
    cut.truncate(cut.len() - 30);
    vec![
        bomb("overlapping.eval", overlapping.finish(), "overlaps"),
        bomb("members.eval", many.finish(), "more than the 50000"),
        bomb("miscounted.eval", miscounted.finish(), "contradicts itself"),
        bomb("leading.eval", leading, "contradicts itself"),
        bomb("cut.eval", cut, "no directory at its end"),
        bomb("two-names.eval", Zip::of([whole().called("hidden.json")]), "contradicts itself"),
        bomb("twice.eval", log(whole()), "stands twice"),
    ]
}

/// Archives in archives, links, devices, passwords.
fn not_plain() -> Vec<Bomb> {
    let inner = Zip::of([Member::stored("a", b"a")]);
    let quoted = |name: &str, member: Member, words: &'static str| {
        let mut both = vec![bomb(&format!("{name}.eval"), log(member.clone()), words)];
        both.push(bomb(&format!("{name}.zip"), Zip::of([member]), words));
        both
    };
    [
        quoted("nested", Member::deflated("b.zip", &inner), "archive inside the archive"),
        quoted("nested-hidden", Member::stored("b.txt", &inner), "archive inside the archive"),
        quoted("nested-tar", Member::stored("b.TAR", b"x"), "archive inside the archive"),
        quoted("link", Member::stored("b", b"/etc/passwd").mode(0o120_777), "a link or a device"),
        quoted("device", Member::stored("b", b"").mode(0o020_666), "a link or a device"),
        quoted("password", Member::stored("b", b"x").flags(1), "is encrypted"),
        quoted("aes", Member::packed("b", b"x", (99, b"x".to_vec())), "is encrypted"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Texts that grow when they are read.
fn texts() -> Vec<Bomb> {
    let digits = "9".repeat(4 * 1024 * 1024);
    let aliases: String = (1..30)
        .map(|level| format!("a{level}: &a{level} [*a{0}, *a{0}, *a{0}, *a{0}]\n", level - 1))
        .collect();
    let aliases = format!("a0: &a0 [lol]\n{aliases}");
    let indented = aliases.replace('\n', "\n  ");
    let listed = format!("- dataset: {{id: a}}\n  value: 1\n  {indented}\n");
    let entities: String = (1..30)
        .map(|level| format!("<!ENTITY e{level} '&e{0};&e{0};&e{0};'>", level - 1))
        .collect();
    let entities = format!(
        "<?xml version='1.0'?><!DOCTYPE t [<!ENTITY e0 'lol'>{entities}]>\
         <testsuites><testsuite name='&e29;'><testcase name='a'/></testsuite></testsuites>"
    );
    let outside = "<!DOCTYPE t [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>\
        <testsuite><testcase name='&e;'/></testsuite>";
    let deep = |open: &str| open.repeat(100_000).into_bytes();
    let deep_line = format!("{{\"entry_type\": \"init\"}}\n{}", "[".repeat(100_000));
    let no_value = |name: &str, text: String| Bomb {
        name: name.to_owned(),
        bytes: text.into_bytes(),
        refused: None,
    };
    vec![
        bomb("deep-list.json", deep("["), "nested deeper"),
        bomb("deep-object.json", deep("{\"a\":"), "nested deeper"),
        bomb("deep-line.jsonl", deep_line.into_bytes(), "nested deeper"),
        bomb(
            "aliases.md",
            format!("---\nlicense: mit\n{aliases}---\n# Card\n").into_bytes(),
            "not valid YAML",
        ),
        bomb("aliases.yaml", listed.into_bytes(), "not valid YAML"),
        bomb("entities.xml", entities.into_bytes(), "document type"),
        bomb("outside.xml", outside.as_bytes().to_vec(), "document type"),
        no_value("digits.json", format!("{{\"rate\": {digits}}}")),
        no_value("digits-in-a-string.json", format!("{{\"rate\": {{\"value\": \"{digits}\"}}}}")),
        no_value("exponent.json", format!("{{\"rate\": 1e{digits}}}")),
        no_value("digits.csv", format!("metric,value\nrate,{digits}\n")),
    ]
}

fn bombs() -> Vec<Bomb> {
    [names_that_lead_out(), swollen(), contradictions(), not_plain(), texts()]
        .into_iter()
        .flatten()
        .collect()
}

/// I-12
#[test]
fn every_bomb_is_refused_in_words_or_read_without_a_value() {
    for Bomb { name, bytes, refused } in bombs() {
        if let Some(folder) = std::env::var_os("COUNTERSIGN_BOMBS") {
            std::fs::write(PathBuf::from(folder).join(&name), &bytes).unwrap();
        }
        match (read(&Upload::new(&name, &bytes)), refused) {
            (Err(fault), Some(words)) => {
                assert!(fault.message.contains(words), "{name}: {fault}");
                assert!(fault.to_string().len() < 500, "{name}: a long refusal");
            }
            (Ok(Some(reading)), None) => {
                assert!(reading.measurements.iter().all(|it| it.value.is_none()), "{name}");
                assert!(!reading.warnings.is_empty(), "{name}");
                let shown = serde_json::to_string(&reading).unwrap();
                assert!(shown.len() < 5000, "{name}: {} bytes are kept", shown.len());
            }
            (other, _) => panic!("{name}: {other:?}"),
        }
    }
}

#[test]
fn an_archive_nobody_reads_is_kept_when_it_is_harmless() {
    let harmless = Zip::of([Member::deflated("word/document.xml", b"<w/>")]);
    assert_eq!(read(&Upload::new("report.docx", &harmless)), Ok(None));
    let folder = Zip::of([Member::stored("a/", b"").mode(0o040_755), Member::stored("a/b", b"x")]);
    assert_eq!(read(&Upload::new("folder.zip", &folder)), Ok(None));
}

#[test]
fn a_log_is_read_however_its_members_are_packed_and_whatever_stands_between_them() {
    let text = header("{}");
    for member in [
        Member::stored("header.json", &text),
        Member::deflated("header.json", &text),
        Member::zstandard("header.json", &text),
    ] {
        let mut zip = Zip::default();
        let dead = Member::stored("header.json", b"what stood here before");
        let mut before = Zip::default();
        before.add(&dead);
        zip.add(&Member::stored("_journal/summaries/1.json", b"[]"));
        zip.add(&member);
        let read = read(&Upload::new("any name", &zip.finish())).unwrap().unwrap();
        assert_eq!(read.measurements[0].value.unwrap().to_string(), "0.5");
        let wanted = "header.json#/results/scores/0/metrics/accuracy/value";
        assert_eq!(read.measurements[0].place, Place::Pointer(wanted.into()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    /// Both decoders give back what was packed, of any content, or the log would not be read.
    #[test]
    fn what_is_packed_comes_out_again(filler in "[a-z ]{0,3000}", spread in 1usize..40) {
        let text = header(&format!("{{\"filler\": \"{}\"}}", filler.repeat(spread)));
        for member in [Member::deflated("header.json", &text), Member::zstandard("header.json", &text)] {
            let zip = Zip::of([member]);
            prop_assert!(read(&Upload::new("a.eval", &zip)).unwrap().is_some());
        }
    }

    #[test]
    fn a_damaged_archive_never_gives_another_value(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut zip = Zip::of([Member::zstandard("header.json", &header("{}"))]);
        let at = at.index(zip.len());
        zip[at] = byte;
        if let Ok(Some(reading)) = read(&Upload::new("a.eval", &zip)) {
            let values = reading.measurements.iter().filter_map(|it| it.value);
            prop_assert!(values.into_iter().all(|value| value.to_string() == "0.5"));
        }
    }
}
