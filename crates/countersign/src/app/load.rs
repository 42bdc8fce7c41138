//! Streams into state, with a cache that only ever saves folding: what the store has beyond it is
//! read and folded each time, so that a state is never older than the store.

use super::App;
use crate::failure::{Doing, Failure};
use countersign_core::event::{Envelope, Event};
use countersign_core::incident::Incident;
use countersign_core::meeting::Meeting;
use countersign_core::model::Model;
use countersign_core::name::{ExclusionId, IncidentId, MeetingId, ModelName, ReleaseId, RiskId};
use countersign_core::register::Register;
use countersign_core::release::Release;
use countersign_core::risk::Risk;
use countersign_core::sandbox::Exclusion;
use countersign_core::stream::StreamId;
use countersign_store::StoredEvent;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// A state and the version of its stream.
#[derive(Debug, Clone)]
pub struct Loaded<S> {
    /// The state.
    pub state: Arc<S>,
    /// How many events it is the fold of.
    pub version: u64,
}

/// How many states of each kind are kept. Beyond it the cache starts afresh.
const CAPACITY: usize = 4_096;

/// States by stream.
#[derive(Default)]
pub(super) struct Cache {
    releases: Mutex<HashMap<StreamId, Arc<Release>>>,
    models: Mutex<HashMap<StreamId, Arc<Model>>>,
    meetings: Mutex<HashMap<StreamId, Arc<Meeting>>>,
    incidents: Mutex<HashMap<StreamId, Arc<Incident>>>,
    risks: Mutex<HashMap<StreamId, Arc<Risk>>>,
    exclusions: Mutex<HashMap<StreamId, Arc<Exclusion>>>,
    register: Mutex<HashMap<StreamId, Arc<Register>>>,
}

/// A state that is the fold of one stream.
pub(crate) trait Folded: Default + Clone {
    /// How many events were folded.
    fn version(&self) -> u64;
    /// Folds one event; events of other kinds of stream are passed over.
    fn fold(&mut self, envelope: &Envelope);
}

impl Folded for Release {
    fn version(&self) -> u64 {
        self.version
    }
    fn fold(&mut self, envelope: &Envelope) {
        if let Event::Release(event) = &envelope.event {
            self.evolve(envelope.at, &envelope.by, event);
        }
    }
}

impl Folded for Model {
    fn version(&self) -> u64 {
        self.version
    }
    fn fold(&mut self, envelope: &Envelope) {
        if let Event::Model(event) = &envelope.event {
            self.evolve(envelope.at, &envelope.by, event);
        }
    }
}

impl Folded for Meeting {
    fn version(&self) -> u64 {
        self.version
    }
    fn fold(&mut self, envelope: &Envelope) {
        if let Event::Meeting(event) = &envelope.event {
            self.evolve(envelope.at, &envelope.by, event);
        }
    }
}

impl Folded for Incident {
    fn version(&self) -> u64 {
        self.version
    }
    fn fold(&mut self, envelope: &Envelope) {
        if let Event::Incident(event) = &envelope.event {
            self.evolve(envelope.at, &envelope.by, event);
        }
    }
}

impl Folded for Risk {
    fn version(&self) -> u64 {
        self.version
    }
    fn fold(&mut self, envelope: &Envelope) {
        if let Event::Risk(event) = &envelope.event {
            self.evolve(envelope.at, &envelope.by, event);
        }
    }
}

impl Folded for Exclusion {
    fn version(&self) -> u64 {
        self.version
    }
    fn fold(&mut self, envelope: &Envelope) {
        if let Event::Sandbox(event) = &envelope.event {
            self.evolve(envelope.at, &envelope.by, event);
        }
    }
}

impl Folded for Register {
    fn version(&self) -> u64 {
        self.version
    }
    fn fold(&mut self, envelope: &Envelope) {
        if let Event::Register(event) = &envelope.event {
            self.evolve(envelope.at, event);
        }
    }
}

impl App {
    /// A release; the empty state when there is none.
    pub async fn release(&self, id: &ReleaseId) -> Result<Loaded<Release>, Failure> {
        self.load(StreamId::Release(id.clone()), &self.cache.releases).await
    }

    /// A model; the empty state when there is none.
    pub async fn model(&self, name: &ModelName) -> Result<Loaded<Model>, Failure> {
        self.load(StreamId::Model(name.clone()), &self.cache.models).await
    }

    /// A session of the committee; the empty state when there is none.
    pub async fn meeting(&self, id: &MeetingId) -> Result<Loaded<Meeting>, Failure> {
        self.load(StreamId::Meeting(id.clone()), &self.cache.meetings).await
    }

    /// An incident; the empty state when there is none.
    pub async fn incident(&self, id: &IncidentId) -> Result<Loaded<Incident>, Failure> {
        self.load(StreamId::Incident(id.clone()), &self.cache.incidents).await
    }

    /// An entry of the risk register; the empty state when there is none.
    pub async fn risk(&self, id: &RiskId) -> Result<Loaded<Risk>, Failure> {
        self.load(StreamId::Risk(id.clone()), &self.cache.risks).await
    }

    /// A sandbox exclusion; the empty state when there is none.
    pub async fn exclusion(&self, id: &ExclusionId) -> Result<Loaded<Exclusion>, Failure> {
        self.load(StreamId::Sandbox(id.clone()), &self.cache.exclusions).await
    }

    /// The register.
    pub async fn register(&self) -> Result<Loaded<Register>, Failure> {
        self.load(StreamId::Register, &self.cache.register).await
    }

    async fn load<S: Folded>(
        &self,
        stream: StreamId,
        cache: &Mutex<HashMap<StreamId, Arc<S>>>,
    ) -> Result<Loaded<S>, Failure> {
        let known = lock(cache).get(&stream).cloned();
        let mut state = known.unwrap_or_default();
        let newer = self.store.stream_after(&stream, state.version()).await;
        let newer = newer.doing("read a stream")?;
        if !newer.is_empty() {
            let folded = Arc::make_mut(&mut state);
            for stored in &newer {
                folded.fold(&decode(stored)?);
            }
            let mut cache = lock(cache);
            if cache.len() >= CAPACITY {
                cache.clear();
            }
            cache.insert(stream, state.clone());
        }
        Ok(Loaded { version: state.version(), state })
    }

    /// Everything that happened in a stream, oldest first.
    pub async fn history(&self, stream: &StreamId) -> Result<Vec<Envelope>, Failure> {
        let stored = self.store.stream(stream).await.doing("read a stream")?;
        stored.iter().map(decode).collect()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    // A panic elsewhere cannot leave the map half changed: entries are inserted whole.
    mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// Reads a stored event.
pub(crate) fn decode(stored: &StoredEvent) -> Result<Envelope, Failure> {
    Envelope::decode(&stored.bytes)
        .doing(&format!("read event {} of `{}`", stored.version, stored.stream))
}
