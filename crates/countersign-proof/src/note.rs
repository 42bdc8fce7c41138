//! Signed notes: a text and the signatures under it (C2SP signed-note).
//!
//! ```text
//! the text, any number of lines
//! <blank line>
//! — <key name> <base64 of key id and signature>
//! ```
//!
//! A note is read strictly, so that what was read prints as the same bytes. Until
//! [`SignedNote::verify`] has said yes, the text is only somebody's claim.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use thiserror::Error;

use crate::key::{KeyError, KeyId, KeyName, SigningKey, VerifyingKey};

/// The longest note that is read, in bytes.
pub const MAX_NOTE_BYTES: usize = 1 << 20;

/// The most signatures a note may carry. C2SP signed-note asks readers for at least 16.
pub const MAX_SIGNATURES: usize = 64;

const SIGNATURE_MARK: &str = "\u{2014} ";

/// A text with its signatures, well formed but not yet verified.
///
/// `Display` writes the note's exact bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedNote {
    // INVARIANT: ends with a newline; no other control character.
    text: String,
    // INVARIANT: at least one, at most MAX_SIGNATURES.
    signatures: Vec<NoteSignature>,
}

/// One signature line of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteSignature {
    /// The name of the key that claims to have signed.
    pub name: KeyName,
    /// The id of that key.
    pub id: KeyId,
    /// The signature without the key id; its shape is the key type's matter.
    pub signature: Vec<u8>,
}

/// Why a note cannot be read, signed or believed. Lines count from 1.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NoteError {
    /// Longer than [`MAX_NOTE_BYTES`].
    #[error("the note has {actual} bytes, the limit is {MAX_NOTE_BYTES}")]
    TooLong {
        /// The note's length in bytes.
        actual: usize,
    },
    /// Not UTF-8.
    #[error("line {line} of the note is not UTF-8")]
    NotUtf8 {
        /// The line with the first bad byte.
        line: usize,
    },
    /// A control character other than newline.
    #[error("line {line} of the note contains the control character 0x{byte:02x}")]
    ControlCharacter {
        /// The line it stands on.
        line: usize,
        /// The character.
        byte: u8,
    },
    /// The last line is cut off.
    #[error("line {line} of the note does not end with a newline")]
    NoFinalNewline {
        /// The last line.
        line: usize,
    },
    /// Nothing separates text from signatures.
    #[error("the note has no blank line before its signatures")]
    NoBlankLine,
    /// Nothing follows the last blank line.
    #[error("the note ends at line {line}, where its signatures should start")]
    NoSignatures {
        /// The line where the first signature was due.
        line: usize,
    },
    /// More than [`MAX_SIGNATURES`].
    #[error("the note has {actual} signatures, the limit is {MAX_SIGNATURES}")]
    TooManySignatures {
        /// The number of signature lines.
        actual: usize,
    },
    /// Not em dash, space, name, space, base64.
    #[error("line {line} of the note is not a signature: expected `\u{2014} name base64`")]
    SignatureLine {
        /// The line.
        line: usize,
    },
    /// The name in a signature line is no key name.
    #[error("line {line} of the note names no key")]
    SignatureName {
        /// The line.
        line: usize,
        /// What is wrong with the name.
        source: KeyError,
    },
    /// The signature is not canonical base64 of a four-byte key id and at least one byte more.
    #[error("line {line} of the note does not hold the base64 of a key id and a signature")]
    SignatureEncoding {
        /// The line.
        line: usize,
    },
    /// A trusted key's signature does not fit the text: text or signature was changed.
    #[error("the signature of `{name}` on line {line} does not match the text of the note")]
    WrongSignature {
        /// The line of the signature.
        line: usize,
        /// The trusted key's name.
        name: KeyName,
    },
    /// None of the signatures is by a trusted key.
    #[error("the note is not signed by a trusted key: expected {expected}, found {found}")]
    Untrusted {
        /// The trusted keys, each as `name+id`.
        expected: String,
        /// The keys that claim to have signed, each as `name+id`.
        found: String,
    },
}

impl SignedNote {
    /// Reads a note from its bytes. No signature is verified yet.
    pub fn parse(bytes: &[u8]) -> Result<Self, NoteError> {
        let note = plain_text(bytes)?;
        let split = note.rfind("\n\n").ok_or(NoteError::NoBlankLine)?;
        let (text, signatures) = (&note[..=split], &note[split + 2..]);
        let first_line = lines_before(text, text.len()) + 2;
        if signatures.is_empty() {
            return Err(NoteError::NoSignatures { line: first_line });
        }
        let count = signatures.lines().count();
        if count > MAX_SIGNATURES {
            return Err(NoteError::TooManySignatures { actual: count });
        }
        let numbered = (first_line..).zip(signatures.lines());
        let signatures = numbered.map(|(at, line)| NoteSignature::parse(line, at));
        Ok(Self { text: text.to_owned(), signatures: signatures.collect::<Result<_, _>>()? })
    }

    /// Signs `text` with one key. The text must end with a newline and hold no other control
    /// character.
    pub fn sign(text: &str, key: &SigningKey) -> Result<Self, NoteError> {
        let text = plain_text(text.as_bytes())?.to_owned();
        let signatures = vec![NoteSignature::by(key, &text)];
        Ok(Self { text, signatures })
    }

    /// Adds one more signature over the same text.
    pub fn countersign(&mut self, key: &SigningKey) -> Result<(), NoteError> {
        let actual = self.signatures.len() + 1;
        if actual > MAX_SIGNATURES {
            return Err(NoteError::TooManySignatures { actual });
        }
        self.signatures.push(NoteSignature::by(key, &self.text));
        Ok(())
    }

    /// Checks the note against the trusted `keys` and gives back its text, now worth reading.
    ///
    /// Signatures by other keys are ignored, even if they share a name with a trusted one. Every
    /// signature by a trusted key must hold, and there must be at least one.
    pub fn verify(&self, keys: &[VerifyingKey]) -> Result<&str, NoteError> {
        let first_line = lines_before(&self.text, self.text.len()) + 2;
        let mut verified = false;
        for (line, signature) in (first_line..).zip(&self.signatures) {
            let Some(key) = keys.iter().find(|key| signature.claims(key)) else { continue };
            if !key.verifies(self.text.as_bytes(), &signature.signature) {
                return Err(NoteError::WrongSignature { line, name: signature.name.clone() });
            }
            verified = true;
        }
        if verified { Ok(&self.text) } else { Err(self.untrusted(keys)) }
    }

    /// The text as it stands, believed by nobody yet.
    pub fn unverified_text(&self) -> &str {
        &self.text
    }

    /// The signature lines, in order.
    pub fn signatures(&self) -> &[NoteSignature] {
        &self.signatures
    }

    fn untrusted(&self, keys: &[VerifyingKey]) -> NoteError {
        NoteError::Untrusted {
            expected: listed(keys.iter().map(|key| (key.name(), key.id()))),
            found: listed(self.signatures.iter().map(|line| (&line.name, line.id))),
        }
    }
}

impl NoteSignature {
    fn by(key: &SigningKey, text: &str) -> Self {
        let signature = key.sign(text.as_bytes());
        Self { name: key.name().clone(), id: key.verifying_key().id(), signature }
    }

    fn parse(line: &str, at: usize) -> Result<Self, NoteError> {
        let parts = line.strip_prefix(SIGNATURE_MARK).and_then(|rest| rest.split_once(' '));
        let (name, encoded) = parts.ok_or(NoteError::SignatureLine { line: at })?;
        let name =
            KeyName::new(name).map_err(|source| NoteError::SignatureName { line: at, source })?;
        let decoded = STANDARD.decode(encoded).unwrap_or_default();
        match decoded.split_first_chunk() {
            Some((id, signature)) if !signature.is_empty() => {
                Ok(Self { name, id: KeyId::from_bytes(*id), signature: signature.to_vec() })
            }
            _ => Err(NoteError::SignatureEncoding { line: at }),
        }
    }

    /// Whether this line says that `key` wrote it, and `key` is of a type that can be checked.
    fn claims(&self, key: &VerifyingKey) -> bool {
        key.is_checkable() && self.id == key.id() && self.name == *key.name()
    }
}

impl fmt::Display for SignedNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        for NoteSignature { name, id, signature } in &self.signatures {
            let encoded = STANDARD.encode([id.as_bytes().as_slice(), signature].concat());
            writeln!(f, "{SIGNATURE_MARK}{name} {encoded}")?;
        }
        Ok(())
    }
}

/// Checks what holds for every note and every text: size, UTF-8, no control characters, last line
/// complete.
fn plain_text(bytes: &[u8]) -> Result<&str, NoteError> {
    if bytes.len() > MAX_NOTE_BYTES {
        return Err(NoteError::TooLong { actual: bytes.len() });
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        NoteError::NotUtf8 { line: 1 + before.iter().filter(|byte| **byte == b'\n').count() }
    })?;
    if let Some(at) = text.bytes().position(|byte| byte < 0x20 && byte != b'\n') {
        let line = 1 + lines_before(text, at);
        return Err(NoteError::ControlCharacter { line, byte: bytes[at] });
    }
    if !text.ends_with('\n') {
        return Err(NoteError::NoFinalNewline { line: 1 + lines_before(text, text.len()) });
    }
    Ok(text)
}

fn lines_before(text: &str, at: usize) -> usize {
    text.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count()
}

fn listed<'a>(keys: impl Iterator<Item = (&'a KeyName, KeyId)>) -> String {
    let keys: Vec<_> = keys.map(|(name, id)| format!("`{name}+{id}`")).collect();
    if keys.is_empty() { "none".to_owned() } else { keys.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a release\n\nwas approved\n";

    fn key(name: &str, seed: u8) -> SigningKey {
        SigningKey::from_seed(KeyName::new(name).expect("a name"), &[seed; 32])
    }

    fn trusted(keys: &[&SigningKey]) -> Vec<VerifyingKey> {
        keys.iter().map(|key| key.verifying_key().clone()).collect()
    }

    #[test]
    fn a_signed_note_prints_reads_and_verifies() {
        let key = key("example.com/log", 1);
        let note = SignedNote::sign(TEXT, &key).expect("a good text");
        let read = SignedNote::parse(note.to_string().as_bytes()).expect("own note");
        assert_eq!(read, note);
        assert_eq!(read.verify(&trusted(&[&key])), Ok(TEXT));
    }

    #[test]
    fn a_change_of_any_bit_of_a_note_is_detected() {
        let key = key("example.com/log", 1);
        let bytes = SignedNote::sign(TEXT, &key).expect("a good text").to_string().into_bytes();
        for bit in 0..bytes.len() * 8 {
            let mut changed = bytes.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            let verdict = SignedNote::parse(&changed)
                .and_then(|note| note.verify(&trusted(&[&key])).map(str::to_owned));
            assert!(verdict.is_err(), "bit {bit} changed and nobody noticed");
        }
    }

    #[test]
    fn every_cut_off_note_is_refused() {
        let key = key("example.com/log", 1);
        let bytes = SignedNote::sign(TEXT, &key).expect("a good text").to_string().into_bytes();
        for len in 0..bytes.len() {
            assert!(SignedNote::parse(&bytes[..len]).is_err(), "{len} bytes");
        }
    }

    #[test]
    fn unknown_signatures_are_ignored() {
        let (log, witness) = (key("example.com/log", 1), key("example.com/witness", 2));
        let namesake = key("example.com/log", 3);
        let mut note = SignedNote::sign(TEXT, &witness).expect("a good text");
        note.countersign(&namesake).expect("room");
        let missing = note.verify(&trusted(&[&log])).expect_err("the log did not sign");
        assert!(matches!(missing, NoteError::Untrusted { .. }), "{missing}");
        note.countersign(&log).expect("room");
        assert_eq!(note.verify(&trusted(&[&log])), Ok(TEXT));
    }

    #[test]
    fn one_wrong_signature_of_a_trusted_key_spoils_the_note() {
        let (log, witness) = (key("example.com/log", 1), key("example.com/witness", 2));
        let mut note = SignedNote::sign(TEXT, &log).expect("a good text");
        note.countersign(&witness).expect("room");
        note.signatures[1].signature[0] ^= 1;
        assert_eq!(note.verify(&trusted(&[&log])), Ok(TEXT));
        let expected = NoteError::WrongSignature { line: 6, name: witness.name().clone() };
        assert_eq!(note.verify(&trusted(&[&log, &witness])), Err(expected));
    }

    #[test]
    fn a_note_without_trusted_keys_is_never_believed() {
        let note = SignedNote::sign(TEXT, &key("example.com/log", 1)).expect("a good text");
        let error = note.verify(&[]).expect_err("nobody is trusted").to_string();
        assert!(error.contains("expected none, found `example.com/log+"), "{error}");
    }

    #[test]
    fn sixteen_signatures_are_accepted_and_too_many_are_not() {
        let mut note = SignedNote::sign(TEXT, &key("example.com/log", 1)).expect("a good text");
        for seed in 2..=MAX_SIGNATURES as u8 {
            assert_eq!(SignedNote::parse(note.to_string().as_bytes()).as_ref(), Ok(&note));
            note.countersign(&key("example.com/witness", seed)).expect("room");
        }
        let full = NoteError::TooManySignatures { actual: 65 };
        assert_eq!(note.countersign(&key("example.com/late", 1)), Err(full.clone()));
        let line = note.to_string().lines().last().map(str::to_owned).expect("a line");
        let longer = format!("{note}{line}\n");
        assert_eq!(SignedNote::parse(longer.as_bytes()), Err(full));
    }

    #[test]
    fn a_malformed_note_is_told_what_is_wrong_and_on_which_line() {
        let good = "\u{2014} log AAAAAAE=\n";
        let table: [(Vec<u8>, &str); 15] = [
            (b"".into(), "line 1 of the note does not end with a newline"),
            (b"text\nmore".into(), "line 2 of the note does not end with a newline"),
            (b"text\n\xff\n".into(), "line 2 of the note is not UTF-8"),
            (b"text\r\n".into(), "line 1 of the note contains the control character 0x0d"),
            (b"a\nb\tc\n".into(), "line 2 of the note contains the control character 0x09"),
            (format!("text\n{good}").into(), "no blank line before its signatures"),
            (b"text\n\n".into(), "ends at line 3, where its signatures should start"),
            (format!("text\n\n{good}\n").into(), "ends at line 5"),
            (b"text\n\n- log AAAAAAE=\n".into(), "line 3 of the note is not a signature"),
            (format!("text\n\n{good}\u{2014} log\n").into(), "line 4 of the note is not a sig"),
            ("text\n\n\u{2014}  AAAAAAE=\n".into(), "line 3 of the note names no key"),
            ("text\n\n\u{2014} a+b AAAAAAE=\n".into(), "line 3 of the note names no key"),
            ("text\n\n\u{2014} log AAAAAA==\n".into(), "line 3 of the note does not hold"),
            ("text\n\n\u{2014} log AAAAAAE\n".into(), "line 3 of the note does not hold"),
            ("text\n\n\u{2014} log AAAAAAF=\n".into(), "line 3 of the note does not hold"),
        ];
        for (bytes, reason) in table {
            let error = SignedNote::parse(&bytes).expect_err("malformed").to_string();
            assert!(error.contains(reason), "{:?}: {error}", String::from_utf8_lossy(&bytes));
        }
        let long = vec![b'a'; MAX_NOTE_BYTES + 1];
        assert_eq!(SignedNote::parse(&long), Err(NoteError::TooLong { actual: long.len() }));
    }

    #[test]
    fn a_text_that_no_reader_would_accept_is_not_signed() {
        let key = key("example.com/log", 1);
        for text in ["", "no newline", "bell\u{7}\n"] {
            assert!(SignedNote::sign(text, &key).is_err(), "{text:?}");
        }
    }
}
