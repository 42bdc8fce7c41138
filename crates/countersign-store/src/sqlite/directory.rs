//! The engine's [`Directory`].

use super::{Sqlite, api_tokens, endpoints, settings};
use crate::directory::{ApiToken, DirectoryError, Setting, WebhookEndpoint};
use crate::engine::Directory;
use crate::fault::Fault;
use crate::page::Page;
use countersign_core::digest::Sha256;
use jiff::Timestamp;

impl Directory for Sqlite {
    async fn add_api_token(&self, token: &ApiToken) -> Result<(), DirectoryError> {
        let token = token.clone();
        self.change("add a token", move |c| api_tokens::add(c, &token)).await
    }

    async fn api_token(&self, token: &Sha256) -> Result<Option<ApiToken>, Fault> {
        self.read("read a token", |c| api_tokens::by_token(c, token))
    }

    async fn api_tokens(
        &self,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Page<ApiToken, String>, Fault> {
        let after = after.unwrap_or_default().to_owned();
        let rows = self.list("list tokens", move |c| api_tokens::list(c, &after, limit)).await?;
        Ok(Page::of(rows, limit, |token| token.id.clone()))
    }

    async fn touch_api_token(&self, id: &str, at: Timestamp) -> Result<bool, Fault> {
        let id = id.to_owned();
        self.write("note a token's use", move |c| api_tokens::touch(c, &id, at)).await
    }

    async fn revoke_api_token(&self, id: &str, at: Timestamp) -> Result<bool, Fault> {
        let id = id.to_owned();
        self.write("revoke a token", move |c| api_tokens::revoke(c, &id, at)).await
    }

    async fn put_endpoint(&self, endpoint: &WebhookEndpoint) -> Result<(), Fault> {
        let endpoint = endpoint.clone();
        self.write("store a webhook endpoint", move |c| endpoints::put(c, &endpoint)).await
    }

    async fn endpoint(&self, name: &str) -> Result<Option<WebhookEndpoint>, Fault> {
        self.read("read a webhook endpoint", |c| endpoints::one(c, name))
    }

    async fn endpoints(
        &self,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Page<WebhookEndpoint, String>, Fault> {
        let after = after.unwrap_or_default().to_owned();
        let run = move |c: &_| endpoints::list(c, &after, limit);
        let rows = self.list("list webhook endpoints", run).await?;
        Ok(Page::of(rows, limit, |endpoint| endpoint.name.clone()))
    }

    async fn remove_endpoint(&self, name: &str) -> Result<bool, Fault> {
        let name = name.to_owned();
        self.write("remove a webhook endpoint", move |c| endpoints::remove(c, &name)).await
    }

    async fn put_setting(&self, setting: &Setting) -> Result<(), Fault> {
        let setting = setting.clone();
        self.write("store a setting", move |c| settings::put(c, &setting)).await
    }

    async fn setting(&self, key: &str) -> Result<Option<Setting>, Fault> {
        self.read("read a setting", |c| settings::one(c, key))
    }

    async fn settings(
        &self,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Page<Setting, String>, Fault> {
        let after = after.unwrap_or_default().to_owned();
        let rows = self.list("list settings", move |c| settings::list(c, &after, limit)).await?;
        Ok(Page::of(rows, limit, |setting| setting.key.clone()))
    }
}
