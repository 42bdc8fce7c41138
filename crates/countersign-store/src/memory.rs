//! The engine without a disk: for tests, previews and demonstrations.
//!
//! It keeps the same promises as the others except durability: when the process ends, so does the
//! store. One lock guards everything, so nothing here is ever half written.

mod append;
mod directory;
mod log;
mod notices;
mod outbox;
mod people;
mod rows;

use crate::append::{Remembered, Text};
use crate::directory::{ApiToken, Person, Session, Setting, SetupLink, WebhookEndpoint};
use crate::event::{LogHead, StoredEvent};
use crate::notice::{Dispatched, KeptNotice};
use crate::open::OpenError;
use crate::outbox::{Delivery, OutboxMessage};
use countersign_core::digest::{Sha256, TextDigest};
use countersign_core::name::{EnvironmentName, ModelName, PersonId, ReleaseId};
use countersign_core::rows::{EntryRow, ModelRow, ReleaseRow, Standing, TaskRow};
use countersign_core::stream::StreamId;
use countersign_proof::{Checkpoint, Frontier, Hash, SigningKey};
use jiff::Timestamp;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A store in memory.
#[derive(Debug)]
pub(crate) struct Memory {
    key: SigningKey,
    state: Mutex<Box<State>>,
}

#[derive(Debug)]
struct State {
    head: LogHead,
    frontier: Frontier,
    events: Vec<StoredEvent>,
    leaves: Vec<Hash>,
    streams: HashMap<StreamId, Vec<usize>>,
    texts: BTreeMap<TextDigest, Text>,
    requests: BTreeMap<(PersonId, String), Remembered>,
    releases: BTreeMap<ReleaseId, ReleaseRow>,
    models: BTreeMap<ModelName, ModelRow>,
    tasks: BTreeMap<(StreamId, String), TaskRow>,
    entries: BTreeMap<(&'static str, String), EntryRow>,
    standings: BTreeMap<(Sha256, EnvironmentName, ReleaseId), Standing>,
    outbox: BTreeMap<String, (OutboxMessage, Delivery)>,
    notices: BTreeMap<String, (KeptNotice, Option<Timestamp>)>,
    notices_read: BTreeMap<(PersonId, String), Timestamp>,
    dispatches: BTreeMap<String, Dispatched>,
    people: BTreeMap<PersonId, Person>,
    sessions: BTreeMap<Sha256, Session>,
    setup_links: BTreeMap<Sha256, SetupLink>,
    api_tokens: BTreeMap<String, ApiToken>,
    endpoints: BTreeMap<String, WebhookEndpoint>,
    settings: BTreeMap<String, Setting>,
}

impl Memory {
    pub(crate) fn new(key: SigningKey) -> Result<Self, OpenError> {
        let frontier = Frontier::new();
        let head = sign(&key, &frontier).map_err(|what| OpenError::Log { what })?;
        let state = State {
            head,
            frontier,
            events: Vec::new(),
            leaves: Vec::new(),
            streams: HashMap::new(),
            texts: BTreeMap::new(),
            requests: BTreeMap::new(),
            releases: BTreeMap::new(),
            models: BTreeMap::new(),
            tasks: BTreeMap::new(),
            entries: BTreeMap::new(),
            standings: BTreeMap::new(),
            outbox: BTreeMap::new(),
            notices: BTreeMap::new(),
            notices_read: BTreeMap::new(),
            dispatches: BTreeMap::new(),
            people: BTreeMap::new(),
            sessions: BTreeMap::new(),
            setup_links: BTreeMap::new(),
            api_tokens: BTreeMap::new(),
            endpoints: BTreeMap::new(),
            settings: BTreeMap::new(),
        };
        Ok(Self { key, state: Mutex::new(Box::new(state)) })
    }

    /// The state. A panic elsewhere cannot have left it half changed: every change is checked
    /// before its first write, and writes do not panic.
    fn state(&self) -> MutexGuard<'_, Box<State>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn sign(key: &SigningKey, frontier: &Frontier) -> Result<LogHead, String> {
    let tree = frontier.head();
    let signed = Checkpoint::new(key.name().clone(), tree).sign(key);
    let note = signed.map_err(|error| format!("its head cannot be signed: {error}"))?;
    Ok(LogHead { tree, checkpoint: Arc::from(note.to_string()) })
}

/// Where a scan of a map goes on: after this key, or at the start.
fn after<K>(key: Option<K>) -> (std::ops::Bound<K>, std::ops::Bound<K>) {
    use std::ops::Bound::{Excluded, Unbounded};
    (key.map_or(Unbounded, Excluded), Unbounded)
}
