//! The application: one store, one clock, one path for every command.

mod answerable;
mod around;
mod attach;
mod beside;
mod clearing;
mod commit;
pub mod controls;
mod deployments;
mod disable;
mod emergencies;
mod entries;
mod erase;
mod execute;
pub mod frameworks;
mod holidays;
mod library;
mod load;
mod meeting;
mod notices;
mod outbox;
mod proposal;
mod publish;
mod receive;
mod release_id;
mod reviews;
mod submission;
mod texts;
mod versions;
mod view;

pub use attach::{Attachment, NewEvidence, Redacted, file_name};
pub use clearing::Cleared;
pub use deployments::{DeploymentPage, DeploymentQuery};
pub use holidays::{Import, Imported, Meets};
pub use library::{Library, LoadedPolicy, LoadedRunbook};
pub(crate) use load::Folded;
pub use load::Loaded;
pub(crate) use load::decode;
pub(crate) use notices::acting;
pub(crate) use outbox::sample_message;
pub use publish::Precautions;
pub use receive::{Received, Receiver};
pub use submission::{AnyCommand, IdempotencyKey, Receipt, Submission};
pub use texts::Draft;
pub use view::View;
pub(crate) use view::digests_in;

use crate::auth::attempts::Attempts;
use crate::clock::Clock;
use crate::config::Config;
use countersign_core::actor::{Actor, Scope, Who};
use countersign_core::name::PersonId;
use countersign_core::register::Register;
use countersign_store::{BlobStore, Store};
use jiff::Timestamp;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Everything a request needs. Cheap to clone behind its `Arc`.
pub struct App {
    /// Events, rows, directory.
    pub store: Store,
    /// Evidence and published documents, by digest.
    pub blobs: BlobStore,
    /// The time.
    pub clock: Clock,
    /// What the server was told.
    pub config: Config,
    /// Who tried to sign in lately.
    pub attempts: Attempts,
    cache: load::Cache,
    library: Library,
    clearing: clearing::Clearing,
}

/// Who makes a request, known for certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// Who.
    pub who: Who,
    /// What a machine's token allows; empty for people.
    pub scopes: BTreeSet<Scope>,
    /// What people call them.
    pub name: String,
}

impl Caller {
    /// Countersign itself: clocks and deliveries.
    pub fn system() -> Self {
        Self { who: Who::System, scopes: BTreeSet::new(), name: "Countersign".into() }
    }

    /// The identifier under which idempotency keys are kept.
    pub fn id(&self) -> Option<&PersonId> {
        match &self.who {
            Who::Person(id) | Who::Machine(id) => Some(id),
            Who::System => None,
        }
    }

    /// The caller with the roles held at this moment.
    pub fn actor(&self, register: &Register, now: Timestamp) -> Actor {
        match &self.who {
            Who::Person(id) => register.actor(id, now),
            Who::Machine(id) => Actor::machine(id.clone(), self.scopes.clone()),
            Who::System => Actor::system(),
        }
    }
}

impl App {
    /// An application over an open store.
    pub fn new(store: Store, blobs: BlobStore, clock: Clock, config: Config) -> Arc<Self> {
        let cache = load::Cache::default();
        let (attempts, library) = (Attempts::default(), Library::default());
        let clearing = clearing::Clearing::default();
        Arc::new(Self { store, blobs, clock, config, attempts, cache, library, clearing })
    }
}
