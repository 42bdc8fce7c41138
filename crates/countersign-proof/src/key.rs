//! Keys for signed notes, in the encoding of C2SP signed-note: `name+id+base64(type || key)`.
//!
//! Only Ed25519 (type `0x01`) signs and verifies here. Keys of other types are read, kept and
//! written back unchanged, so that a list of keys may already hold tomorrow's.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::hex;

const ED25519_KEY_LEN: usize = 32;

/// The name of a key, usually an address without its scheme: `example.com/log`.
///
/// Not empty; no whitespace, no `+`, no control character.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyName(String);

/// The first four bytes of a hash over name, type and key; tells keys of one name apart.
///
/// It is short, so it identifies a key and proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId([u8; 4]);

/// The byte that says how a key signs. C2SP signed-note keeps the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SignatureType(pub u8);

/// A public key: who may have signed a note.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct VerifyingKey {
    name: KeyName,
    id: KeyId,
    signature_type: SignatureType,
    public: Vec<u8>,
}

/// An Ed25519 key that signs notes. Its `Debug` form shows the public half only.
#[derive(Debug)]
pub struct SigningKey {
    pair: Ed25519KeyPair,
    verifying: VerifyingKey,
}

/// Why a text is not a key.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum KeyError {
    /// The name is empty, or has whitespace, `+` or a control character in it.
    #[error("`{name}` cannot name a key: it must not be empty and not contain spaces or `+`")]
    Name {
        /// The name as given.
        name: String,
    },
    /// Not three parts with `+` between them.
    #[error("`{text}` is not a key: expected `name+id+base64`")]
    Parts {
        /// The text as given.
        text: String,
    },
    /// The id is not eight lower-case hexadecimal digits.
    #[error("`{id}` is not a key id: expected 8 lower-case hexadecimal digits")]
    Id {
        /// The id as given.
        id: String,
    },
    /// The last part is not canonical base64 of at least two bytes.
    #[error("the last part of key `{name}` is not the base64 of a type and a key")]
    Encoding {
        /// The name of the key.
        name: KeyName,
    },
    /// An Ed25519 key that is not 32 bytes long.
    #[error("key `{name}` has {actual} bytes, an Ed25519 key has 32")]
    Length {
        /// The name of the key.
        name: KeyName,
        /// The length of the key, in bytes.
        actual: usize,
    },
    /// The id does not follow from name and key: one of them was changed or mistyped.
    #[error("key `{name}` has the id `{actual}`, but its name and bytes give `{expected}`")]
    WrongId {
        /// The name of the key.
        name: KeyName,
        /// The id that name, type and key give.
        expected: KeyId,
        /// The id as written.
        actual: KeyId,
    },
}

impl KeyName {
    /// Checks and takes a name.
    pub fn new(name: impl Into<String>) -> Result<Self, KeyError> {
        let name = name.into();
        let forbidden = |c: char| c.is_whitespace() || c.is_control() || c == '+';
        if name.is_empty() || name.contains(forbidden) {
            return Err(KeyError::Name { name });
        }
        Ok(Self(name))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl KeyId {
    /// Takes the four bytes in front of a signature.
    pub const fn from_bytes(bytes: [u8; 4]) -> Self {
        Self(bytes)
    }

    /// The four bytes.
    pub const fn as_bytes(&self) -> &[u8; 4] {
        &self.0
    }

    /// `SHA-256(name || 0x0A || type || key)`, cut to four bytes (C2SP signed-note).
    fn derive(name: &KeyName, signature_type: SignatureType, public: &[u8]) -> Self {
        let digest = Sha256::new()
            .chain_update(name.as_str())
            .chain_update([b'\n', signature_type.0])
            .chain_update(public)
            .finalize();
        Self([digest[0], digest[1], digest[2], digest[3]])
    }
}

impl SignatureType {
    /// Ed25519 over the note's text (RFC 8032).
    pub const ED25519: Self = Self(0x01);
}

impl VerifyingKey {
    /// The key's name.
    pub fn name(&self) -> &KeyName {
        &self.name
    }

    /// The key's id.
    pub fn id(&self) -> KeyId {
        self.id
    }

    /// How the key signs.
    pub fn signature_type(&self) -> SignatureType {
        self.signature_type
    }

    /// The public key without its type byte: 32 bytes for Ed25519.
    pub fn public_bytes(&self) -> &[u8] {
        &self.public
    }

    /// Whether this key made `signature` over `text`. A key of another type than Ed25519 never did.
    pub fn verifies(&self, text: &[u8], signature: &[u8]) -> bool {
        self.is_checkable()
            && UnparsedPublicKey::new(&ED25519, &self.public).verify(text, signature).is_ok()
    }
}

impl SigningKey {
    /// Derives the key from its 32-byte seed (RFC 8032 §5.1.5). The seed is the secret: the caller
    /// draws it at random and keeps it.
    pub fn from_seed(name: KeyName, seed: &[u8; 32]) -> Self {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed).expect("32 bytes are an Ed25519 seed");
        let public = pair.public_key().as_ref().to_vec();
        let signature_type = SignatureType::ED25519;
        let id = KeyId::derive(&name, signature_type, &public);
        Self { pair, verifying: VerifyingKey { name, id, signature_type, public } }
    }

    /// The key's name.
    pub fn name(&self) -> &KeyName {
        &self.verifying.name
    }

    /// The public half.
    pub fn verifying_key(&self) -> &VerifyingKey {
        &self.verifying
    }

    /// The 64-byte Ed25519 signature over `text`.
    pub fn sign(&self, text: &[u8]) -> Vec<u8> {
        self.pair.sign(text).as_ref().to_vec()
    }
}

impl FromStr for VerifyingKey {
    type Err = KeyError;

    /// Reads `name+id+base64(type || key)`. For an Ed25519 key the length and the id are checked;
    /// other types have their own rules and are taken as they are.
    fn from_str(text: &str) -> Result<Self, KeyError> {
        let parts = || KeyError::Parts { text: text.to_owned() };
        let (name, rest) = text.split_once('+').ok_or_else(parts)?;
        let (id, encoded) = rest.split_once('+').ok_or_else(parts)?;
        let name = KeyName::new(name)?;
        let id = hex::read(id).map(KeyId).ok_or_else(|| KeyError::Id { id: id.to_owned() })?;
        let decoded = STANDARD.decode(encoded).unwrap_or_default();
        let [signature_type, public @ ..] = decoded.as_slice() else {
            return Err(KeyError::Encoding { name });
        };
        if public.is_empty() {
            return Err(KeyError::Encoding { name });
        }
        let signature_type = SignatureType(*signature_type);
        let key = Self { name, id, signature_type, public: public.to_vec() };
        key.checked()
    }
}

impl VerifyingKey {
    /// Whether signatures of this key's type can be checked here.
    pub(crate) fn is_checkable(&self) -> bool {
        self.signature_type == SignatureType::ED25519
    }

    fn checked(self) -> Result<Self, KeyError> {
        if !self.is_checkable() {
            return Ok(self);
        }
        if self.public.len() != ED25519_KEY_LEN {
            return Err(KeyError::Length { name: self.name, actual: self.public.len() });
        }
        let expected = KeyId::derive(&self.name, self.signature_type, &self.public);
        if self.id != expected {
            return Err(KeyError::WrongId { name: self.name, expected, actual: self.id });
        }
        Ok(self)
    }
}

impl fmt::Display for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let typed = [&[self.signature_type.0], self.public.as_slice()].concat();
        write!(f, "{}+{}+{}", self.name, self.id, STANDARD.encode(typed))
    }
}

impl fmt::Display for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex::write(f, &self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> SigningKey {
        SigningKey::from_seed(KeyName::new("example.com/log").expect("a name"), &[1; 32])
    }

    fn refusal(text: &str) -> String {
        text.parse::<VerifyingKey>().expect_err("not a key").to_string()
    }

    #[test]
    fn a_printed_key_reads_back() {
        let printed = key().verifying_key().to_string();
        assert_eq!(printed.parse().as_ref(), Ok(key().verifying_key()));
    }

    #[test]
    fn every_changed_character_of_a_printed_key_is_noticed() {
        let printed = key().verifying_key().to_string();
        for at in 0..printed.len() {
            let mut changed = printed.clone().into_bytes();
            changed[at] ^= 1;
            let changed = String::from_utf8(changed).expect("ASCII");
            assert!(changed.parse::<VerifyingKey>().is_err(), "{changed}");
        }
    }

    #[test]
    fn a_malformed_key_is_told_what_is_wrong() {
        let short = STANDARD.encode([1, 2, 3]);
        let table = [
            ("example.com/log", "expected `name+id+base64`"),
            ("example.com/log+00112233", "expected `name+id+base64`"),
            ("+00112233+AQ==", "`` cannot name a key"),
            ("my log+00112233+AQ==", "`my log` cannot name a key"),
            ("log+0011223+AQ==", "`0011223` is not a key id"),
            ("log+0011223G+AQ==", "`0011223G` is not a key id"),
            ("log+00112233+?", "is not the base64 of a type and a key"),
            ("log+00112233+AQ==", "is not the base64 of a type and a key"),
            (&format!("log+00112233+{short}"), "key `log` has 2 bytes"),
        ];
        for (text, reason) in table {
            assert!(refusal(text).contains(reason), "{text}: {}", refusal(text));
        }
    }

    #[test]
    fn a_key_of_an_unknown_type_is_kept_but_verifies_nothing() {
        let text = format!("example.com/witness+00112233+{}", STANDARD.encode([0x06, 9, 9]));
        let key: VerifyingKey = text.parse().expect("an open type");
        assert_eq!(key.signature_type(), SignatureType(0x06));
        assert_eq!(key.to_string(), text);
        assert!(!key.verifies(b"text\n", &[0; 64]));
    }

    #[test]
    fn the_secret_is_not_in_the_debug_form() {
        assert!(!format!("{:?}", key()).contains("1, 1, 1"));
    }
}
