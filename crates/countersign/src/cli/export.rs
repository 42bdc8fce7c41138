//! `countersign export`: copies for audits, which can be checked without the server.

use super::shell::Shell;
use super::trouble::Trouble;
use super::{Outcome, Said};
use crate::pack::unpack::{NotUnpacked, Unpacked, unpack};
use serde_json::json;
use std::path::{Path, PathBuf};
use ureq::Body;
use ureq::http::Response;

/// Take a copy of records along, for internal and external audit.
#[derive(Debug, clap::Subcommand)]
pub enum Export {
    /// Everything there is of a release, unpacked into a folder.
    Release(Release),
}

impl Export {
    /// Runs the command.
    pub fn run(&self, shell: &Shell) -> Outcome {
        match self {
            Self::Release(release) => release.run(shell),
        }
    }
}

/// Everything there is of a release, unpacked into a folder.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "`index.html` stands on top. The log says in whose name the copy was taken. Check \
    it with `countersign verify`."
)]
pub struct Release {
    /// The release.
    release: String,
    /// The folder to unpack into; it must not hold anything yet.
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
    /// Leave the files of evidence out.
    #[arg(long)]
    without_files: bool,
}

impl Release {
    fn run(&self, shell: &Shell) -> Outcome {
        let client = shell.client()?;
        let files = self.without_files.then_some("without");
        let call = client.at(&["releases", &self.release, "export"])?.maybe("files", files);
        let unpacked = unpacked(call.open()?, &self.out)?;
        if shell.wants_json() {
            let told =
                json!({ "folder": self.out, "files": unpacked.files, "bytes": unpacked.bytes });
            shell.say_as_is(&told.to_string())?;
        } else {
            let (folder, files) = (self.out.display(), unpacked.files);
            shell.say(&format!("{files} files in {folder}\nread {folder}/index.html first"))?;
        }
        Ok(Said::Yes)
    }
}

/// Unpacks what the server sends into a folder.
pub fn unpacked(response: Response<Body>, out: &Path) -> Result<Unpacked, Trouble> {
    let body = response.into_body().into_with_config().limit(u64::MAX).reader();
    unpack(body, out).map_err(|why| match why {
        NotUnpacked::Full => {
            let detail = format!("`{}` holds something already", out.display());
            Trouble::usage(detail, "name a folder that is new or empty")
        }
        NotUnpacked::Io(error) => Trouble::io(format!("cannot write `{}`", out.display()), &error),
        NotUnpacked::Archive(_) | NotUnpacked::Damaged(_) => {
            Trouble::fault("what the server sent is no whole pack", "repeat the command")
                .because("pack.broken", why)
        }
    })
}
