//! The engine's [`Log`].

use super::Memory;
use crate::append::{Append, AppendError, Appended, Remembered, Text};
use crate::engine::Log;
use crate::event::{LogHead, StoredEvent};
use crate::fault::Fault;
use crate::page::MAX_PAGE;
use countersign_core::digest::TextDigest;
use countersign_core::name::PersonId;
use countersign_core::stream::StreamId;
use countersign_proof::Hash;
use jiff::Timestamp;
use std::collections::BTreeMap;

impl Log for Memory {
    async fn append(&self, append: Append) -> Result<Appended, AppendError> {
        self.append_now(append)
    }

    async fn head(&self) -> Result<LogHead, Fault> {
        Ok(self.state().head.clone())
    }

    async fn stream(&self, stream: &StreamId) -> Result<Vec<StoredEvent>, Fault> {
        self.stream_after(stream, 0).await
    }

    async fn stream_after(
        &self,
        stream: &StreamId,
        version: u64,
    ) -> Result<Vec<StoredEvent>, Fault> {
        let state = self.state();
        let events = state.streams.get(stream).into_iter().flatten();
        let events = events.map(|index| &state.events[*index]);
        Ok(events.filter(|event| event.version > version).cloned().collect())
    }

    async fn since(&self, position: u64, limit: u32) -> Result<Vec<StoredEvent>, Fault> {
        let first = usize::try_from(position).unwrap_or(usize::MAX);
        let limit = limit.clamp(1, MAX_PAGE) as usize;
        Ok(self.state().events.iter().skip(first).take(limit).cloned().collect())
    }

    async fn leaf_hashes(&self, position: u64, limit: u64) -> Result<Vec<Hash>, Fault> {
        let first = usize::try_from(position).unwrap_or(usize::MAX);
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        Ok(self.state().leaves.iter().skip(first).take(limit).copied().collect())
    }

    async fn remembered(&self, actor: &PersonId, key: &str) -> Result<Option<Remembered>, Fault> {
        Ok(self.state().requests.get(&(actor.clone(), key.to_owned())).cloned())
    }

    async fn forget_requests(&self, before: Timestamp) -> Result<u64, Fault> {
        let mut state = self.state();
        let count = state.requests.len();
        state.requests.retain(|_, request| request.at >= before);
        Ok((count - state.requests.len()) as u64)
    }

    async fn texts(&self, digests: &[TextDigest]) -> Result<BTreeMap<TextDigest, String>, Fault> {
        let state = self.state();
        let found = digests.iter().filter_map(|digest| state.texts.get(digest));
        Ok(found.map(|text| (text.digest, text.text.clone())).collect())
    }

    async fn salted_texts(&self, digests: &[TextDigest]) -> Result<Vec<Text>, Fault> {
        let state = self.state();
        Ok(digests.iter().filter_map(|digest| state.texts.get(digest)).cloned().collect())
    }

    async fn erase_text(&self, digest: &TextDigest) -> Result<bool, Fault> {
        Ok(self.state().texts.remove(digest).is_some())
    }
}
