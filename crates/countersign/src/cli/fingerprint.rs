//! The digest of a local file: by what name a release knows an artifact.

use super::trouble::Trouble;
use super::upload;
use countersign_core::digest::Sha256;
use sha2::Digest as _;
use std::io::Read;
use std::path::{Path, PathBuf};

/// How much is read at a time, in bytes.
const CHUNK: usize = 1024 * 1024;

/// A digest, or the file to take it from.
#[derive(Debug, Clone, clap::Args)]
#[group(required = true, multiple = false)]
pub struct Named {
    /// The artifact's digest: `sha256:` and 64 hexadecimal digits.
    #[arg(long, value_name = "SHA256")]
    digest: Option<Sha256>,
    /// The artifact itself; its digest is taken here and the file goes nowhere.
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
}

impl Named {
    /// The digest.
    pub fn digest(&self) -> Result<Sha256, Trouble> {
        match (&self.digest, &self.file) {
            (Some(digest), _) => Ok(*digest),
            (None, Some(file)) => of_file(file),
            (None, None) => Err(Trouble::usage("no artifact is named", "add --digest or --file")),
        }
    }
}

/// The digest of a file's bytes, read piece by piece.
pub fn of_file(path: &Path) -> Result<Sha256, Trouble> {
    let opened = upload::open(path)?;
    let failed = |error| Trouble::io(format!("cannot read `{}`", path.display()), &error);
    of_bytes(opened.watched("hashing")).map_err(failed)
}

/// The digest of everything a reader yields.
fn of_bytes(reader: impl Read) -> std::io::Result<Sha256> {
    let mut hashing = Hashing::new(reader);
    let mut chunk = vec![0u8; CHUNK];
    while hashing.read(&mut chunk)? > 0 {}
    Ok(hashing.digest())
}

/// A reader that takes the digest of what passes through it.
pub struct Hashing<R> {
    reader: R,
    hasher: sha2::Sha256,
}

impl<R> Hashing<R> {
    /// Begins before the first byte.
    pub fn new(reader: R) -> Self {
        Self { reader, hasher: sha2::Sha256::new() }
    }

    /// The digest of what passed so far.
    pub fn digest(&self) -> Sha256 {
        Sha256::from_bytes(self.hasher.clone().finalize().into())
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.hasher.update(&buffer[..count]);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_the_digest_of_its_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("adapter.bin");
        let bytes = vec![7u8; CHUNK + 1];
        std::fs::write(&path, &bytes).unwrap();
        assert_eq!(of_file(&path).unwrap(), Sha256::of(&bytes));
        assert!(of_file(folder.path()).is_err());
    }
}
