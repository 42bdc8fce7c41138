//! Two versions of a policy, to be compared.

use super::{App, LoadedPolicy};
use crate::failure::Failure;
use countersign_core::name::PolicyName;

impl App {
    /// The version `to` and the version `from`; the one published before `to` when `from` is left
    /// out.
    pub async fn two_versions(
        &self,
        name: &PolicyName,
        from: Option<&str>,
        to: &str,
    ) -> Result<(LoadedPolicy, LoadedPolicy), Failure> {
        let register = self.register().await?.state;
        let named = register.policies.iter().map(|one| &one.policy).filter(|one| &one.name == name);
        let named: Vec<_> = named.collect();
        let place = |version: &str| named.iter().position(|one| one.version == version);
        let missing = |version: &str| Failure::not_found("policy", format!("{name} {version}"));
        let newer = place(to).ok_or_else(|| missing(to))?;
        let older = match from {
            Some(from) => place(from).ok_or_else(|| missing(from))?,
            None => newer.checked_sub(1).ok_or_else(|| {
                Failure::not_found("policy version before", format!("{name} {to}"))
            })?,
        };
        Ok((self.policy(named[older]).await?, self.policy(named[newer]).await?))
    }
}
