//! Checkpoints: a log's signed promise of its size and root (C2SP tlog-checkpoint).
//!
//! ```text
//! <origin>
//! <size>
//! <base64 of the root>
//! ```
//!
//! The origin says whose log it is. Here it must equal the name of the log's key, so that a key
//! cannot vouch for another log.

use std::fmt;

use thiserror::Error;

use crate::frontier::{MAX_SIZE, TreeHead};
use crate::hash::{Hash, HashError};
use crate::key::{KeyName, SigningKey, VerifyingKey};
use crate::note::{NoteError, SignedNote};

/// What a log promises: its name, its size and its root.
///
/// `Display` writes the text that is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    origin: String,
    head: TreeHead,
    extensions: Vec<String>,
}

/// Why a checkpoint cannot be read, signed or believed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CheckpointError {
    /// The signed note around the checkpoint is malformed or not by the log's key.
    #[error("the checkpoint is not a note signed by the log")]
    Note(#[source] NoteError),
    /// The text does not end with a newline.
    #[error("the checkpoint does not end with a newline")]
    NoFinalNewline,
    /// Fewer than three lines.
    #[error("the checkpoint has no {missing}")]
    Missing {
        /// `origin`, `size` or `root`.
        missing: &'static str,
    },
    /// A line without text, which would end the note early.
    #[error("line {line} of the checkpoint is empty")]
    EmptyLine {
        /// The line, counted from 1.
        line: usize,
    },
    /// Not a decimal number without leading zeros, at most [`MAX_SIZE`].
    #[error("the checkpoint's size `{text}` is not a decimal number of leaves")]
    Size {
        /// The size as written.
        text: String,
    },
    /// The root is not the base64 of 32 bytes.
    #[error("the checkpoint's root cannot be read")]
    Root(#[source] HashError),
    /// The checkpoint of another log.
    #[error("the checkpoint is of log `{origin}`, the key is of log `{expected}`")]
    Origin {
        /// The origin as written.
        origin: String,
        /// The name of the key.
        expected: KeyName,
    },
}

impl Checkpoint {
    /// The checkpoint of the log called `origin` at `head`.
    pub fn new(origin: KeyName, head: TreeHead) -> Self {
        Self { origin: origin.as_str().to_owned(), head, extensions: Vec::new() }
    }

    /// Signs the checkpoint with the log's key, whose name must be the origin.
    ///
    /// A log must never sign two checkpoints that no consistency proof can join; this function
    /// cannot know, so the caller signs only heads it has grown itself.
    pub fn sign(&self, key: &SigningKey) -> Result<SignedNote, CheckpointError> {
        self.check_origin(key.name())?;
        SignedNote::sign(&self.to_string(), key).map_err(CheckpointError::Note)
    }

    /// Reads the bytes of a signed checkpoint and believes them only if `key` signed them and is
    /// named like the origin.
    pub fn open(bytes: &[u8], key: &VerifyingKey) -> Result<Self, CheckpointError> {
        let note = SignedNote::parse(bytes).map_err(CheckpointError::Note)?;
        Self::verify(&note, key)
    }

    /// Like [`Checkpoint::open`], for a note that is read already.
    pub fn verify(note: &SignedNote, key: &VerifyingKey) -> Result<Self, CheckpointError> {
        let text = note.verify(std::slice::from_ref(key)).map_err(CheckpointError::Note)?;
        let checkpoint = Self::parse_text(text)?;
        checkpoint.check_origin(key.name())?;
        Ok(checkpoint)
    }

    /// Reads the text of a checkpoint, without its signatures. Nothing is verified.
    pub fn parse_text(text: &str) -> Result<Self, CheckpointError> {
        let body = text.strip_suffix('\n').ok_or(CheckpointError::NoFinalNewline)?;
        let mut lines = (1..).zip(body.split('\n')).map(|(at, line)| match line {
            "" => Err(CheckpointError::EmptyLine { line: at }),
            line => Ok(line),
        });
        let mut next = |missing| lines.next().ok_or(CheckpointError::Missing { missing })?;
        let origin = next("origin")?.to_owned();
        let size = next("size")?;
        let size = decimal(size).ok_or_else(|| CheckpointError::Size { text: size.to_owned() })?;
        let root = Hash::from_base64(next("root")?).map_err(CheckpointError::Root)?;
        let extensions = lines.map(|line| line.map(str::to_owned)).collect::<Result<_, _>>()?;
        Ok(Self { origin, head: TreeHead { size, root }, extensions })
    }

    /// The name of the log.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The number of leaves.
    pub fn size(&self) -> u64 {
        self.head.size
    }

    /// The root over those leaves.
    pub fn root(&self) -> Hash {
        self.head.root
    }

    /// Size and root together.
    pub fn head(&self) -> TreeHead {
        self.head
    }

    /// Lines after the root. They are read and kept, but mean nothing here.
    pub fn extensions(&self) -> &[String] {
        &self.extensions
    }

    fn check_origin(&self, name: &KeyName) -> Result<(), CheckpointError> {
        if self.origin == name.as_str() {
            return Ok(());
        }
        Err(CheckpointError::Origin { origin: self.origin.clone(), expected: name.clone() })
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n{}\n{}", self.origin, self.head.size, self.head.root.to_base64())?;
        self.extensions.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

/// A decimal number up to [`MAX_SIZE`], digits only, without leading zeros.
pub(crate) fn decimal(text: &str) -> Option<u64> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits || (text.starts_with('0') && text != "0") {
        return None;
    }
    text.parse().ok().filter(|number| *number <= MAX_SIZE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::{empty_root, leaf_hash};

    fn key(name: &str) -> SigningKey {
        SigningKey::from_seed(KeyName::new(name).expect("a name"), &[1; 32])
    }

    fn checkpoint(size: u64) -> Checkpoint {
        let head = TreeHead { size, root: leaf_hash(b"event") };
        Checkpoint::new(KeyName::new("example.com/log").expect("a name"), head)
    }

    #[test]
    fn a_signed_checkpoint_opens_with_the_logs_key() {
        let key = key("example.com/log");
        let note = checkpoint(7).sign(&key).expect("own log").to_string();
        assert_eq!(Checkpoint::open(note.as_bytes(), key.verifying_key()), Ok(checkpoint(7)));
    }

    #[test]
    fn a_key_cannot_vouch_for_another_log() {
        let key = key("example.com/other");
        let refused = checkpoint(7).sign(&key).expect_err("another log");
        assert!(matches!(refused, CheckpointError::Origin { .. }), "{refused}");
        let forged = SignedNote::sign(&checkpoint(7).to_string(), &key).expect("a good text");
        assert_eq!(Checkpoint::verify(&forged, key.verifying_key()), Err(refused));
    }

    #[test]
    fn extension_lines_are_tolerated_and_kept() {
        let text = format!("{}more\nlines\n", checkpoint(7));
        let read = Checkpoint::parse_text(&text).expect("extensions are allowed");
        assert_eq!(read.extensions(), ["more", "lines"]);
        assert_eq!(read.to_string(), text);
    }

    #[test]
    fn an_empty_log_has_a_checkpoint_too() {
        let text = format!("log\n0\n{}\n", empty_root().to_base64());
        assert_eq!(Checkpoint::parse_text(&text).map(|read| read.size()), Ok(0));
    }

    #[test]
    fn a_malformed_checkpoint_is_told_what_is_wrong() {
        let root = empty_root().to_base64();
        let table = [
            (String::new(), "does not end with a newline"),
            (format!("log\n1\n{root}"), "does not end with a newline"),
            ("\n".to_owned(), "line 1 of the checkpoint is empty"),
            ("log\n".to_owned(), "has no size"),
            ("log\n1\n".to_owned(), "has no root"),
            (format!("log\n\n{root}\n"), "line 2 of the checkpoint is empty"),
            (format!("log\n01\n{root}\n"), "size `01` is not a decimal number"),
            (format!("log\n+1\n{root}\n"), "size `+1` is not a decimal number"),
            (format!("log\n-1\n{root}\n"), "size `-1` is not a decimal number"),
            (format!("log\n 1\n{root}\n"), "size ` 1` is not a decimal number"),
            (format!("log\n9223372036854775808\n{root}\n"), "is not a decimal number"),
            ("log\n1\nAAAA\n".to_owned(), "root cannot be read"),
            (format!("log\n1\n{root}\n\nmore\n"), "line 4 of the checkpoint is empty"),
        ];
        for (text, reason) in table {
            let error = Checkpoint::parse_text(&text).expect_err("malformed").to_string();
            assert!(error.contains(reason), "{text:?}: {error}");
        }
    }
}
