//! The engine's [`Directory`].

use super::{Memory, after};
use crate::directory::{ApiToken, DirectoryError, Setting, WebhookEndpoint};
use crate::engine::Directory;
use crate::fault::Fault;
use crate::page::{Page, fetch};
use countersign_core::digest::Sha256;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// One page of a map keyed by text.
fn page<T: Clone>(map: &BTreeMap<String, T>, start: Option<&str>, limit: u32) -> Page<T, String> {
    let entries = map.range(after(start.map(str::to_owned))).take(fetch(limit));
    let items: Vec<_> = entries.map(|(key, row)| (key.clone(), row.clone())).collect();
    let Page { items, next } = Page::of(items, limit, |(key, _)| key.clone());
    Page { items: items.into_iter().map(|(_, row)| row).collect(), next }
}

impl Directory for Memory {
    async fn add_api_token(&self, token: &ApiToken) -> Result<(), DirectoryError> {
        let mut state = self.state();
        let same = |other: &ApiToken| other.id == token.id || other.token == token.token;
        if state.api_tokens.values().any(same) {
            return Err(DirectoryError::Taken { what: "token", value: token.id.clone() });
        }
        state.api_tokens.insert(token.id.clone(), token.clone());
        Ok(())
    }

    async fn api_token(&self, token: &Sha256) -> Result<Option<ApiToken>, Fault> {
        Ok(self.state().api_tokens.values().find(|stored| stored.token == *token).cloned())
    }

    async fn api_tokens(
        &self,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Page<ApiToken, String>, Fault> {
        Ok(page(&self.state().api_tokens, after, limit))
    }

    async fn touch_api_token(&self, id: &str, at: Timestamp) -> Result<bool, Fault> {
        let mut state = self.state();
        let token = state.api_tokens.get_mut(id);
        Ok(token.map(|token| token.last_used_at = Some(at)).is_some())
    }

    async fn revoke_api_token(&self, id: &str, at: Timestamp) -> Result<bool, Fault> {
        let mut state = self.state();
        let token = state.api_tokens.get_mut(id);
        Ok(token.map(|token| token.revoked_at.get_or_insert(at)).is_some())
    }

    async fn put_endpoint(&self, endpoint: &WebhookEndpoint) -> Result<(), Fault> {
        self.state().endpoints.insert(endpoint.name.clone(), endpoint.clone());
        Ok(())
    }

    async fn endpoint(&self, name: &str) -> Result<Option<WebhookEndpoint>, Fault> {
        Ok(self.state().endpoints.get(name).cloned())
    }

    async fn endpoints(
        &self,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Page<WebhookEndpoint, String>, Fault> {
        Ok(page(&self.state().endpoints, after, limit))
    }

    async fn remove_endpoint(&self, name: &str) -> Result<bool, Fault> {
        Ok(self.state().endpoints.remove(name).is_some())
    }

    async fn put_setting(&self, setting: &Setting) -> Result<(), Fault> {
        self.state().settings.insert(setting.key.clone(), setting.clone());
        Ok(())
    }

    async fn setting(&self, key: &str) -> Result<Option<Setting>, Fault> {
        Ok(self.state().settings.get(key).cloned())
    }

    async fn settings(
        &self,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Page<Setting, String>, Fault> {
        Ok(page(&self.state().settings, after, limit))
    }
}
