//! Opening an installation: its key, its store, its blobs, and the defaults of a new one.

use crate::app::{AnyCommand, App, Caller, Submission};
use crate::clock::Clock;
use crate::config::Config;
use crate::failure::{Doing, Failure};
use crate::random;
use countersign_core::name::EnvironmentName;
use countersign_core::register::RegisterCommand;
use countersign_proof::{KeyName, SigningKey};
use countersign_store::{BlobStore, HeadPolicy, OpenOptions};
use std::fs;
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::Path;
use std::sync::Arc;

/// The environment every installation begins with.
pub const FIRST_ENVIRONMENT: &str = "production";

/// The folder of blobs in the data folder.
pub const BLOBS: &str = "blobs";

/// The file of the log's key in the data folder.
const KEY: &str = "log.key";

/// Opens an installation, creating it when its folder is empty.
pub async fn open(config: Config, clock: Clock) -> Result<Arc<App>, Failure> {
    open_with(config, clock, HeadPolicy::MustAgree).await
}

/// The same, with a word on what to do when the head kept beside the database disagrees.
pub async fn open_with(
    config: Config,
    clock: Clock,
    heads: HeadPolicy,
) -> Result<Arc<App>, Failure> {
    // Evidence, password hashes and webhook secrets lie in it.
    let mut folder = fs::DirBuilder::new();
    folder.recursive(true).mode(0o700);
    folder.create(&config.data).doing("create the data folder")?;
    let key = log_key(&config.data)?;
    let options = OpenOptions { key, head_file: None, heads };
    let url = config.store_url();
    let store = countersign_store::open(&url, options).doing(&format!("open the store `{url}`"))?;
    let blobs = blobs(&url, &config.data)?;
    let app = App::new(store, blobs, clock, config);
    begin(&app).await?;
    Ok(app)
}

/// Blobs in the data folder; with a store that ends with the process they end with it too.
fn blobs(url: &str, data: &Path) -> Result<BlobStore, Failure> {
    if url == "memory:" {
        return Ok(BlobStore::memory());
    }
    BlobStore::open(&data.join(BLOBS)).doing("open the blob store")
}

/// A new installation knows one environment before anybody administers it.
async fn begin(app: &App) -> Result<(), Failure> {
    let register = app.register().await?.state;
    let name = EnvironmentName::new(FIRST_ENVIRONMENT).doing("name the first environment")?;
    if register.environments.is_empty() && app.is_new().await? {
        let define = RegisterCommand::DefineEnvironment { name };
        app.execute(&Caller::system(), Submission::new(AnyCommand::Register(define))).await?;
    }
    Ok(())
}

/// The key that signs the log: 32 random bytes in `log.key`, readable by its owner only. Its name
/// is the log's origin, drawn once with the key.
pub fn log_key(data: &Path) -> Result<SigningKey, Failure> {
    let path = data.join(KEY);
    if !path.exists() {
        let origin = format!("countersign.local/{}", random::id("log"));
        let seed: String = random::bytes::<32>().iter().map(|b| format!("{b:02x}")).collect();
        write_secret(&path, &format!("{origin}\n{seed}\n")).doing("write the log's key")?;
    }
    existing_key(data)
}

/// The key that is there; nothing is created.
pub fn existing_key(data: &Path) -> Result<SigningKey, Failure> {
    let path = data.join(KEY);
    let text = fs::read_to_string(&path).doing(&format!("read `{}`", path.display()))?;
    read_key(&text).ok_or_else(|| {
        let message = "the file must hold the log's origin on its first line and 64 hexadecimal \
                       digits on its second: restore it from a backup";
        Failure::malformed(path.display().to_string(), message)
    })
}

fn read_key(text: &str) -> Option<SigningKey> {
    let (origin, seed) = text.trim_end().split_once('\n')?;
    let digest: countersign_core::digest::Sha256 = seed.trim().parse().ok()?;
    let name = KeyName::new(origin.trim()).ok()?;
    Some(SigningKey::from_seed(name, digest.as_bytes()))
}

fn write_secret(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    let mut file = options.write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
