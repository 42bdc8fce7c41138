//! The one place that draws random bytes: identifiers, tokens, salts.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Random bytes from the operating system.
///
/// # Panics
///
/// When the operating system cannot give any; nothing secure can be done then.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0u8; N];
    #[expect(clippy::expect_used, reason = "without randomness nothing secure can be done")]
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// An identifier: the prefix, `-`, and 12 characters of 60 random bits, without look-alikes.
pub fn id(prefix: &str) -> String {
    let drawn = bytes::<12>().map(|byte| ALPHABET[usize::from(byte) % ALPHABET.len()] as char);
    format!("{prefix}-{}", drawn.iter().collect::<String>())
}

/// A secret token: the prefix, `_`, and 256 random bits in base64url.
pub fn token(prefix: &str) -> String {
    format!("{prefix}_{}", URL_SAFE_NO_PAD.encode(bytes::<32>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_names_and_differ() {
        let (one, two) = (id("r"), id("r"));
        assert_ne!(one, two);
        assert!(countersign_core::name::ReleaseId::new(one).is_ok());
        assert_ne!(token("cst"), token("cst"));
    }
}
