//! What people do about records, as requests to the API.

use super::OverHttp;
use super::call::Send;
use crate::story::gate::Outcome;
use crate::story::kept::Kept;

impl OverHttp {
    pub(super) fn keep_records(
        &self,
        who: &str,
        release: &str,
        deed: &Kept,
    ) -> Result<Outcome, String> {
        // A deed about the whole model, or about a person, names no release.
        let id = self.id_of(release).map(ToString::to_string).unwrap_or_default();
        let called = |handle: &str| self.person(handle).unwrap_or_else(|_| handle.to_owned());
        let Some((path, body)) = deed.request(&id, called) else {
            let answer = self.send(who, &format!("/releases/{id}/export"), Send::Fetch)?;
            let taken = || Outcome::Happened(vec!["records_exported".into()]);
            // What comes back is the archive itself.
            return Ok(if answer.status.is_success() { taken() } else { self.outcome(&answer) });
        };
        let answer = self.send(who, &path, Send::Post(body))?;
        Ok(self.outcome(&answer))
    }
}
