//! Blobs, hashed again.

use super::{Area, Checkup, Progress, Report};
use crate::blobs::BlobStore;
use countersign_core::digest::Sha256;
use std::io::Read;

pub(super) fn hash_again(blobs: &BlobStore, checkup: &Checkup<'_>, report: &mut Report) {
    let listing = match blobs.list() {
        Ok(listing) => listing,
        Err(fault) => return report.add(Area::Blobs, fault.chain()),
    };
    for stray in listing.strays {
        report.add(Area::Blobs, format!("`{}` is not named like a blob", stray.display()));
    }
    let of = listing.digests.len() as u64;
    for digest in listing.digests {
        match digest_of_content(blobs, &digest) {
            Ok(content) if content == digest => {}
            Ok(content) => {
                report.add(Area::Blobs, format!("blob `{digest}` was changed: it is `{content}`"));
            }
            Err(what) => report.add(Area::Blobs, format!("blob `{digest}` cannot be read: {what}")),
        }
        report.blobs += 1;
        if let Some(progress) = checkup.progress {
            progress(Progress::Blobs { done: report.blobs, of });
        }
    }
}

fn digest_of_content(blobs: &BlobStore, digest: &Sha256) -> Result<Sha256, String> {
    let opened = blobs.open_blob(digest).map_err(|fault| fault.chain())?;
    let mut blob = opened.ok_or_else(|| "it is gone".to_owned())?;
    let mut hash = <sha2::Sha256 as sha2::Digest>::new();
    let mut buffer = vec![0; 128 * 1024];
    loop {
        match blob.read(&mut buffer).map_err(|error| error.to_string())? {
            0 => return Ok(Sha256::from_bytes(sha2::Digest::finalize(hash).into())),
            count => sha2::Digest::update(&mut hash, &buffer[..count]),
        }
    }
}
