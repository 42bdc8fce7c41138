//! Receiving a file, chunk by chunk: hashed as it comes in, on disk at once, and nowhere when it
//! breaks off. Memory does not grow with the file.

use super::App;

use crate::failure::{Doing, Failure};
use axum::body::Bytes;
use countersign_core::digest::Sha256;
use countersign_store::BlobWriter;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// How many chunks wait for the disk before the sender has to.
const WAITING: usize = 8;

/// A file on its way. Dropping it before [`Receiver::whole`] leaves nothing behind.
pub struct Receiver {
    chunks: mpsc::Sender<Bytes>,
    writing: JoinHandle<Result<BlobWriter, Failure>>,
    taken: u64,
    limit: u64,
}

/// A file that was received whole and is not kept yet.
#[derive(Debug)]
pub struct Received {
    pub(super) writer: BlobWriter,
    /// The digest of its bytes.
    pub sha256: Sha256,
    /// Their number.
    pub size: u64,
}

impl App {
    /// Starts receiving a file.
    pub fn receive(&self) -> Result<Receiver, Failure> {
        let mut writer = self.blobs.create().doing("receive a file")?;
        let (chunks, mut waiting) = mpsc::channel::<Bytes>(WAITING);
        let writing = tokio::task::spawn_blocking(move || {
            while let Some(chunk) = waiting.blocking_recv() {
                writer.write(&chunk).doing("write a file that is received")?;
            }
            Ok(writer)
        });
        Ok(Receiver { chunks, writing, taken: 0, limit: self.config.max_upload })
    }
}

impl Receiver {
    /// Takes the next bytes; refuses a file that is larger than the server accepts.
    pub async fn take(&mut self, chunk: Bytes) -> Result<(), Failure> {
        self.taken = self.taken.saturating_add(chunk.len() as u64);
        if self.taken > self.limit {
            return Err(Failure::TooLarge { what: "the file", limit: self.limit });
        }
        // A writer that failed no longer listens; why it failed comes with `whole`.
        let _ = self.chunks.send(chunk).await;
        Ok(())
    }

    /// Ends receiving: the sender says that this was all.
    pub async fn whole(self) -> Result<Received, Failure> {
        drop(self.chunks);
        let writer = self.writing.await.doing("receive a file")??;
        Ok(Received { sha256: writer.digest(), size: writer.length(), writer })
    }
}
