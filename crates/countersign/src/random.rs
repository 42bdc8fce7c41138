//! The one place that draws random bytes: identifiers, tokens, salts.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;

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

/// The beginning of 2026, in milliseconds: what identifiers count their time from.
const EPOCH: i64 = 1_767_225_600_000;

/// An identifier that sorts by when it was drawn: the prefix, `-`, 7 characters that count 32nds of
/// a second, and 7 characters of 35 random bits.
///
/// What is new then lies together in every index, and a command touches few pages of the
/// database. After 34 years the count begins anew, and only that is lost.
pub fn timed_id(prefix: &str, at: Timestamp) -> String {
    let ticks = (at.as_millisecond() - EPOCH) * 32 / 1_000;
    let counted = (0..7).rev().map(|place| ((ticks >> (5 * place)) & 31) as u8);
    let drawn = bytes::<7>();
    let characters = counted.chain(drawn.map(|byte| byte & 31));
    let characters: String = characters.map(|one| ALPHABET[usize::from(one)] as char).collect();
    format!("{prefix}-{characters}")
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

    #[test]
    fn timed_identifiers_are_names_differ_and_sort_by_time() {
        let at = |text: &str| timed_id("r", text.parse().unwrap());
        assert_ne!(at("2026-05-11T09:00:00Z"), at("2026-05-11T09:00:00Z"));
        let times = ["2026-01-01T00:00:00Z", "2026-05-11T09:00:00Z", "2026-05-11T09:00:00.04Z"];
        assert!(times.map(at).is_sorted());
        for time in ["1970-01-01T00:00:00Z", "2026-05-11T09:00:00Z", "2999-12-31T00:00:00Z"] {
            let id = at(time);
            assert_eq!(id.len(), 16, "{id}");
            assert!(countersign_core::name::ReleaseId::new(id).is_ok());
        }
    }
}
