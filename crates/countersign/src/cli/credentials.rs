//! The file of tokens that `login` keeps: one for each server, readable by its owner only.

use super::trouble::Trouble;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use url::Url;

/// Tokens by server, in a file.
#[derive(Debug, Clone)]
pub struct Credentials {
    path: PathBuf,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Kept {
    /// The server signed in to last.
    #[serde(default)]
    last: Option<String>,
    #[serde(default)]
    tokens: BTreeMap<String, String>,
    /// What the servers call these tokens; unknown for those an older program kept.
    #[serde(default)]
    ids: BTreeMap<String, String>,
}

/// A token a server gave: the secret, and what it is called in lists.
#[derive(Clone)]
pub struct Given {
    /// The token itself.
    pub token: String,
    /// Its identifier; empty when it is not known.
    pub id: String,
}

impl Credentials {
    /// The file in this folder.
    pub fn in_folder(folder: &Path) -> Self {
        Self { path: folder.join("credentials.json") }
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The server signed in to last.
    pub fn last_server(&self) -> Result<Option<String>, Trouble> {
        Ok(self.load()?.last)
    }

    /// The token for a server.
    pub fn token(&self, server: &Url) -> Result<Option<String>, Trouble> {
        Ok(self.load()?.tokens.remove(server.as_str()))
    }

    /// Keeps a token.
    pub fn keep(&self, server: &Url, given: Given) -> Result<(), Trouble> {
        let mut kept = self.load()?;
        kept.last = Some(server.to_string());
        kept.tokens.insert(server.to_string(), given.token);
        kept.ids.insert(server.to_string(), given.id);
        self.save(&kept)
    }

    /// Forgets the token of a server, and gives it back when there was one.
    pub fn forget(&self, server: &Url) -> Result<Option<Given>, Trouble> {
        let mut kept = self.load()?;
        let id = kept.ids.remove(server.as_str()).unwrap_or_default();
        let Some(token) = kept.tokens.remove(server.as_str()) else { return Ok(None) };
        if kept.last.as_deref() == Some(server.as_str()) {
            kept.last = None;
        }
        self.save(&kept)?;
        Ok(Some(Given { token, id }))
    }

    fn load(&self) -> Result<Kept, Trouble> {
        let path = self.path.display();
        let text = match fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                return Ok(Kept::default());
            }
            Err(error) => return Err(Trouble::io(format!("cannot read `{path}`"), &error)),
        };
        let mode = fs::metadata(&self.path).map(|meta| meta.permissions().mode() & 0o077);
        if mode.is_ok_and(|others| others != 0) {
            return Err(Trouble::fault(
                format!("others may read `{path}`, which holds tokens"),
                format!("run `chmod 600 {path}`, and sign in again if somebody may have read it"),
            ));
        }
        serde_json::from_str(&text).map_err(|error| {
            Trouble::fault(format!("`{path}` is damaged"), "remove it and run `countersign login`")
                .because("credentials.damaged", error)
        })
    }

    /// Writes a new file beside the old one and puts it in its place, so that no moment sees half
    /// of it or anybody else's permissions.
    fn save(&self, kept: &Kept) -> Result<(), Trouble> {
        let failed = |error| Trouble::io(format!("cannot write `{}`", self.path.display()), &error);
        if let Some(folder) = self.path.parent() {
            fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(failed)?;
        }
        let text = serde_json::to_string_pretty(kept).map_err(|error| failed(error.into()))?;
        let part = self.path.with_extension(format!("{}.part", std::process::id()));
        let mut options = fs::OpenOptions::new();
        let write = || -> std::io::Result<()> {
            let mut file = options.write(true).create_new(true).mode(0o600).open(&part)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            fs::rename(&part, &self.path)
        };
        let mut write = write;
        write().map_err(|error| {
            let _ = fs::remove_file(&part);
            failed(error)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given() -> Given {
        Given { token: "secret".into(), id: "t-1".into() }
    }

    #[test]
    fn a_token_is_kept_for_its_server_alone_and_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let credentials = Credentials::in_folder(&folder.path().join("countersign"));
        let (one, two) = (Url::parse("http://a/").unwrap(), Url::parse("http://b/").unwrap());
        credentials.keep(&one, given()).unwrap();
        assert_eq!(credentials.token(&one).unwrap().as_deref(), Some("secret"));
        assert_eq!(credentials.token(&two).unwrap(), None);
        assert_eq!(credentials.last_server().unwrap().as_deref(), Some("http://a/"));
        let mode = fs::metadata(credentials.path()).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(credentials.forget(&one).unwrap().unwrap().id, "t-1");
        assert_eq!(credentials.token(&one).unwrap(), None);
    }

    #[test]
    fn a_file_that_others_may_read_is_not_used() {
        let folder = tempfile::tempdir().unwrap();
        let credentials = Credentials::in_folder(folder.path());
        let server = Url::parse("http://a/").unwrap();
        credentials.keep(&server, given()).unwrap();
        fs::set_permissions(credentials.path(), fs::Permissions::from_mode(0o644)).unwrap();
        assert!(credentials.token(&server).is_err());
    }
}
