//! Passwords: Argon2id, with the parameters OWASP names as a minimum.

use crate::failure::{Doing, Failure};
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};

/// The shortest password accepted, in characters (NIST SP 800-63B asks for at least 8; a release
/// gate asks for more).
pub const MIN_PASSWORD: usize = 12;
/// The longest, in bytes, so that nobody makes the server hash a book.
pub const MAX_PASSWORD: usize = 512;

fn argon2() -> Argon2<'static> {
    // 19 MiB, 2 passes, 1 lane.
    let params = Params::new(19 * 1024, 2, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// Checks that a new password may be used.
pub fn check(password: &str) -> Result<(), Failure> {
    if password.chars().count() < MIN_PASSWORD {
        let message = format!("use at least {MIN_PASSWORD} characters; a few words will do");
        return Err(Failure::malformed("password", message));
    }
    if password.len() > MAX_PASSWORD {
        let message = format!("use at most {MAX_PASSWORD} bytes");
        return Err(Failure::malformed("password", message));
    }
    Ok(())
}

/// The hash to keep, in PHC form. Takes tens of milliseconds: call it off the async threads.
pub fn hash(password: &str) -> Result<String, Failure> {
    let salt = crate::random::bytes::<16>();
    let hash = argon2().hash_password_with_salt(password.as_bytes(), &salt);
    hash.map(|hash| hash.to_string()).doing("hash a password")
}

/// Whether the password is the one behind the hash. A hash that cannot be read matches nothing.
/// Takes as long for an unknown person (`None`) as for a known one.
pub fn verify(password: &str, hash: Option<&str>) -> Verified {
    const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let parsed = PasswordHash::new(hash.unwrap_or(NOBODY));
    let fits =
        parsed.is_ok_and(|parsed| argon2().verify_password(password.as_bytes(), &parsed).is_ok());
    if fits && hash.is_some() { Verified::Yes } else { Verified::No }
}

/// Whether a password was the right one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verified {
    /// It was.
    Yes,
    /// It was not.
    No,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_fits_its_own_hash_and_no_other() {
        let hash = hash("correct horse battery").unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert_eq!(verify("correct horse battery", Some(&hash)), Verified::Yes);
        assert_eq!(verify("correct horse batterz", Some(&hash)), Verified::No);
        assert_eq!(verify("correct horse battery", None), Verified::No);
        assert_eq!(verify("correct horse battery", Some("nonsense")), Verified::No);
    }

    #[test]
    fn a_short_password_is_refused_with_the_remedy() {
        let refused = check("short").unwrap_err().to_string();
        assert!(refused.contains("at least 12 characters"), "{refused}");
        assert!(check(&"x".repeat(600)).is_err());
    }
}
