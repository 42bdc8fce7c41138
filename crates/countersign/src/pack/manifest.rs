//! The signature of a pack's manifest: a signed note by the log's key (docs/spec/pack.md). With it
//! every file is vouched for by the server that made the pack, those that no event proves as well.

use countersign_core::digest::Sha256;
use countersign_proof::{NoteError, SignedNote, SigningKey, VerifyingKey};

/// The first line of what is signed. No checkpoint begins with it: it is no name of a key, and what
/// follows is no size of a log.
const FORM: &str = "countersign pack 1";

/// The version of this program, as it stands in the note.
pub(super) const PROGRAM: &str = env!("CARGO_PKG_VERSION");

/// Signs a manifest.
pub(super) fn sign(manifest: &[u8], key: &SigningKey) -> Result<String, NoteError> {
    let text = format!("{FORM}\n{PROGRAM}\nsha256:{}\n", Sha256::of(manifest).hex());
    Ok(SignedNote::sign(&text, key)?.to_string())
}

/// Checks that this note signs this manifest, and says by which version of the program it was
/// made.
pub(super) fn check(note: &[u8], manifest: &[u8], key: &VerifyingKey) -> Result<String, String> {
    let note = SignedNote::parse(note).map_err(|error| error.to_string())?;
    let text = note.verify(std::slice::from_ref(key)).map_err(|error| error.to_string())?;
    let lines: Vec<&str> = text.lines().collect();
    let [FORM, program, digest] = lines[..] else {
        return Err("it signs something other than the manifest of a pack".to_owned());
    };
    if digest != format!("sha256:{}", Sha256::of(manifest).hex()) {
        return Err("it signs another manifest: this one was written anew".to_owned());
    }
    Ok(program.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use countersign_proof::{Checkpoint, KeyName};

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_seed(KeyName::new("example.org/log").unwrap(), &[seed; 32])
    }

    #[test]
    fn a_manifest_is_signed_by_the_key_and_by_no_other_and_as_it_is() {
        let (ours, theirs) = (key(1), key(2));
        let note = sign(b"a  b\n", &ours).unwrap();
        let checked = |manifest: &[u8], key: &SigningKey| {
            check(note.as_bytes(), manifest, key.verifying_key())
        };
        assert_eq!(checked(b"a  b\n", &ours), Ok(PROGRAM.to_owned()));
        assert!(checked(b"a  c\n", &ours).unwrap_err().contains("another manifest"));
        assert!(checked(b"a  b\n", &theirs).unwrap_err().contains("not signed by a trusted key"));
    }

    #[test]
    fn the_note_of_a_pack_is_no_checkpoint_and_the_other_way_round() {
        let ours = key(1);
        let note = sign(b"", &ours).unwrap();
        assert!(Checkpoint::open(note.as_bytes(), ours.verifying_key()).is_err());
        let other = SignedNote::sign("example.org/log\n0\nx\n", &ours).unwrap().to_string();
        let refused = check(other.as_bytes(), b"", ours.verifying_key()).unwrap_err();
        assert!(refused.contains("something other"), "{refused}");
    }
}
