//! Every shape that was ever stored still decodes, and to the same bytes.
//!
//! The files are written once, when an event is new (`UPDATE_EXPECT=1`), and never edited. When a
//! shape changes, the old file stays and a second one is added beside it.

use super::samples::{Documented, STREAMS, documented_events, events, stream_of};
use countersign_core::event::Envelope;
use std::path::PathBuf;

fn shapes() -> PathBuf {
    super::expect::in_repository("crates/countersign-core/tests/event_shapes")
}

fn stored() -> Vec<(String, Vec<u8>)> {
    let files = std::fs::read_dir(shapes()).expect("the folder of shapes");
    let mut stored: Vec<(String, Vec<u8>)> = files
        .map(|file| file.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| {
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read(path).expect("a shape"))
        })
        .collect();
    stored.sort();
    stored
}

/// The stream a stored example stands in: `release/r-1`.
fn stored_stream(path: &std::path::Path) -> String {
    let envelope = Envelope::decode(&std::fs::read(path).unwrap()).unwrap();
    envelope.stream.to_string()
}

#[test]
fn every_event_has_a_stored_example() {
    let samples = events();
    for (stream, enumeration, source) in STREAMS {
        for Documented { word, .. } in documented_events(enumeration, source) {
            let sample = samples.get(&format!("{stream} {word}"));
            let sample = sample.unwrap_or_else(|| panic!("no history has `{stream} {word}`"));
            assert_eq!(stream_of(&sample.event), stream);
            // Two streams may use one word; the one that came first has the plain name.
            let plain = shapes().join(format!("{word}.json"));
            let of_stream = shapes().join(format!("{word}-{stream}.json"));
            let other = plain.exists() && !stored_stream(&plain).starts_with(stream);
            let path = if other { of_stream } else { plain };
            if std::env::var_os("UPDATE_EXPECT").is_some() && !path.exists() {
                std::fs::write(&path, sample.encode().unwrap()).unwrap();
            }
            assert!(path.exists(), "no stored example of `{word}`; run with UPDATE_EXPECT=1");
        }
    }
}

#[test]
fn every_shape_ever_stored_still_decodes_to_the_same_bytes() {
    let stored = stored();
    assert!(stored.len() >= 52, "{} shapes", stored.len());
    for (name, bytes) in stored {
        let envelope = Envelope::decode(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(name.starts_with(envelope.event.word()), "{name}");
        let again = envelope.encode().unwrap();
        assert!(again == bytes, "{name} is written differently now");
    }
}

#[test]
fn bytes_that_are_no_event_are_refused() {
    let (_, whole) = stored().swap_remove(0);
    for bad in [&b""[..], b"{}", b"null", &whole[..whole.len() - 1]] {
        assert!(Envelope::decode(bad).is_err());
    }
    let text = String::from_utf8(whole).unwrap();
    let newer = text.replacen("{\"v\":1,", "{\"v\":2,", 1);
    let error = Envelope::decode(newer.as_bytes()).unwrap_err();
    assert!(error.to_string().contains("version 2 is not known"), "{error}");
}
