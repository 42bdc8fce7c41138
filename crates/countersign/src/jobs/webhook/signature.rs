//! Standard Webhooks signatures, version 1: HMAC-SHA256 over `id.timestamp.body`.

use crate::random;
use base64::Engine as _;
use base64::alphabet::STANDARD as ALPHABET;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};
use jiff::Timestamp;
use ring::hmac;

/// What a secret begins with.
const PREFIX: &str = "whsec_";

/// Secrets come with and without padding.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &ALPHABET,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A new secret of 32 random bytes: `whsec_` and base64.
pub fn new_secret() -> String {
    format!("{PREFIX}{}", STANDARD.encode(random::bytes::<32>()))
}

/// The value of the header `webhook-signature`; an error when the secret is not one.
pub fn sign(secret: &str, id: &str, at: Timestamp, body: &[u8]) -> Result<String, String> {
    let tag = hmac::sign(&key(secret)?, &signed(id, at, body));
    Ok(format!("v1,{}", STANDARD.encode(tag.as_ref())))
}

/// Whether one of the signatures in the header is this secret's. Compares in constant time.
pub fn verify(
    secret: &str,
    (id, at): (&str, Timestamp),
    body: &[u8],
    header: &str,
) -> Result<bool, String> {
    let key = key(secret)?;
    let signed = signed(id, at, body);
    let tags = header.split(' ').filter_map(|one| one.strip_prefix("v1,"));
    let mut tags = tags.filter_map(|tag| STANDARD.decode(tag).ok());
    Ok(tags.any(|tag| hmac::verify(&key, &signed, &tag).is_ok()))
}

/// The key is the decoded secret, not its text.
pub(super) fn key(secret: &str) -> Result<hmac::Key, String> {
    let remedy = "write `whsec_` and the base64 of 24 to 64 random bytes";
    let encoded = secret.strip_prefix(PREFIX);
    let encoded = encoded.ok_or_else(|| format!("the secret does not begin `whsec_`: {remedy}"))?;
    let bytes = LENIENT.decode(encoded);
    let bytes = bytes.map_err(|_| format!("the secret is not base64 after `whsec_`: {remedy}"))?;
    if !(24..=64).contains(&bytes.len()) {
        return Err(format!("the secret has {} bytes: {remedy}", bytes.len()));
    }
    Ok(hmac::Key::new(hmac::HMAC_SHA256, &bytes))
}

fn signed(id: &str, at: Timestamp, body: &[u8]) -> Vec<u8> {
    [format!("{id}.{}.", at.as_second()).as_bytes(), body].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Computed with `openssl dgst -sha256 -mac HMAC` over the same three parts.
    const SECRET: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    const SIGNATURE: &str = "v1,vEom5uQt/oXPwB2J/8mhQoGb0vhXfSlvFZkqCFX6CWg=";

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    /// R-049
    #[test]
    fn a_signature_equals_the_one_another_program_computed() {
        let body = br#"{"type":"release.approved"}"#;
        let signature = sign(SECRET, "msg_r-1_notify", at(1_800_000_000), body).unwrap();
        assert_eq!(signature, SIGNATURE);
    }

    /// R-049
    #[test]
    fn a_signature_holds_for_one_id_one_moment_and_one_body() {
        let secret = new_secret();
        let header = sign(&secret, "msg_1", at(7), b"body").unwrap();
        let rotated = format!("v1,AAAA {header}");
        assert_eq!(verify(&secret, ("msg_1", at(7)), b"body", &rotated), Ok(true));
        assert_eq!(verify(&secret, ("msg_2", at(7)), b"body", &header), Ok(false));
        assert_eq!(verify(&secret, ("msg_1", at(8)), b"body", &header), Ok(false));
        assert_eq!(verify(&secret, ("msg_1", at(7)), b"Body", &header), Ok(false));
        assert_eq!(verify(&new_secret(), ("msg_1", at(7)), b"body", &header), Ok(false));
    }

    #[test]
    fn a_secret_that_is_none_says_what_one_looks_like() {
        for bad in ["", "secret", "whsec_", "whsec_!!", "whsec_c2hvcnQ="] {
            let error = sign(bad, "msg_1", at(7), b"body").unwrap_err();
            assert!(error.contains("24 to 64 random bytes"), "{bad}: {error}");
            assert!(!error.contains("c2hvcnQ"), "a secret is never repeated: {error}");
        }
        let unpadded = SECRET.trim_end_matches('=');
        assert_eq!(sign(unpadded, "m", at(7), b""), sign(SECRET, "m", at(7), b""));
    }
}
