//! The server killed at any moment: what was acknowledged is there, and nothing is half done.
//!
//! Eight clients send commands over HTTP to a real server process, which is killed without warning
//! again and again while they do. A short run is part of every test run; set
//! `COUNTERSIGN_KILLS=200` for a long one.

use super::ops_client::{Acknowledged, Client, Told};
use super::ops_house::{deployed, house};
use super::ops_server::{Gate, Server};
use super::world::World;
use countersign::clock::Clock;
use countersign::config::Config;
use countersign::doctor::{Examination, Replay, examine};
use countersign_core::event::Envelope;
use countersign_core::name::ReleaseId;
use countersign_store::{Snapshot, StoredEvent};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// How many clients send commands.
const CLIENTS: usize = 8;

/// Ready again within this, in every run that is not slowed down by its neighbours.
const READY: Duration = Duration::from_secs(1);

fn kills() -> Option<usize> {
    std::env::var_os("COUNTERSIGN_KILLS")?.to_str()?.parse().ok()
}

/// I-06. Nothing acknowledged is lost, nothing is half done, and the log verifies after each kill.
#[tokio::test]
async fn a_server_killed_at_any_moment_keeps_what_it_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_owned();
    let world = house(|config| config.data = data.clone()).await;
    deployed(&world, "summarizer, the first").await;
    world.app.clock.set(Clock::Machine.now());
    let tokens = (token(&world, "rivera").await, token(&world, "haddad").await);
    drop(world);
    let long = kills();
    let run = tokio::task::spawn_blocking(move || Run::start(&data, tokens).killed(long));
    run.await.unwrap();
}

async fn token(world: &World, person: &str) -> String {
    let person = world.app.store.person(&world.id(person)).await.unwrap().unwrap();
    world.app.personal_token(&person, "crash").await.unwrap().token
}

/// One run: the server, the clients, and what they were told.
struct Run {
    data: std::path::PathBuf,
    server: Server,
    stop: Arc<AtomicBool>,
    gate: Arc<Gate>,
    told: Receiver<Told>,
    clients: Vec<JoinHandle<()>>,
    acknowledged: Vec<Acknowledged>,
    readiness: Vec<Duration>,
    unanswered: usize,
}

impl Run {
    fn start(data: &Path, (requester, approver): (String, String)) -> Self {
        let server = Server::start(data, None);
        let stop = Arc::new(AtomicBool::new(false));
        let gate = Arc::new(Gate::default());
        gate.open();
        let (tell, told) = channel();
        let clients = (0..CLIENTS).map(|number| {
            let tokens = (requester.clone(), approver.clone());
            let (stop, gate) = (stop.clone(), gate.clone());
            let client = Client::new(number, server.url(), tokens, (gate, tell.clone()));
            std::thread::spawn(move || client.work(&stop))
        });
        let clients = clients.collect();
        let (data, readiness) = (data.to_owned(), vec![server.ready_after]);
        let (acknowledged, unanswered) = (Vec::new(), 0);
        Self { data, server, stop, gate, told, clients, acknowledged, readiness, unanswered }
    }

    fn killed(mut self, long: Option<usize>) {
        let kills = long.unwrap_or(5);
        for kill in 0..kills {
            self.listen(kill);
            self.gate.shut();
            self.server.kill();
            self.check();
            self.server = Server::start(&self.data, Some(self.server.port));
            self.gate.open();
            self.readiness.push(self.server.ready_after);
        }
        self.listen(kills);
        self.stop.store(true, Ordering::Relaxed);
        self.clients.drain(..).for_each(|client| client.join().unwrap());
        self.hear_the_rest();
        self.server.kill();
        self.check();
        self.check_messages();
        let slowest = self.report(kills);
        // Other tests share the processors in a short run.
        let judged = if long.is_some() { slowest } else { self.readiness[0] };
        assert!(judged <= READY, "ready again after {judged:?}");
    }

    /// Lets the clients work for a number of acknowledgements that is different each time, and then
    /// for a moment that is too short to end a command.
    fn listen(&mut self, turn: usize) {
        let [random] = countersign::random::bytes::<1>();
        for _ in 0..10 + turn % 7 + usize::from(random % 40) {
            match self.told.recv_timeout(Duration::from_secs(60)) {
                Ok(told) => self.note(told),
                Err(error) => panic!("the clients hear nothing any more: {error}"),
            }
        }
        let [moment] = countersign::random::bytes::<1>();
        if let Ok(told) = self.told.recv_timeout(Duration::from_micros(u64::from(moment) * 40)) {
            self.note(told);
        }
    }

    fn note(&mut self, told: Told) {
        match told {
            Told::Acknowledged(acknowledged) => self.acknowledged.push(acknowledged),
            Told::Unanswered => self.unanswered += 1,
        }
    }

    fn hear_the_rest(&mut self) {
        while let Ok(told) = self.told.try_recv() {
            self.note(told);
        }
    }

    /// Everything acknowledged is in the database, whole; and the doctor finds nothing.
    fn check(&mut self) {
        self.hear_the_rest();
        let config = Config::in_folder(&self.data);
        let snapshot = Snapshot::of(&config.store_url()).unwrap();
        for acknowledged in &self.acknowledged {
            assert_is_there(&snapshot, acknowledged);
        }
        let examination = Examination { config: &config, replay: Replay::Compared, progress: None };
        let diagnosis = examine(&examination).unwrap();
        assert!(diagnosis.is_sound(), "{diagnosis:?}");
    }

    /// Every approval that was stored left its message, and no other command did.
    fn check_messages(&self) {
        let config = Config::in_folder(&self.data);
        let snapshot = Snapshot::of(&config.store_url()).unwrap();
        let approved = approved(&snapshot);
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let app = countersign::boot::open(config, Clock::Machine).await.unwrap();
            for release in &approved {
                let deliveries = app.store.deliveries(release).await.unwrap();
                assert_eq!(deliveries.len(), 1, "{release}");
            }
        });
        assert!(!approved.is_empty());
    }

    /// Prints the figures; gives the slowest start.
    fn report(&self, kills: usize) -> Duration {
        let mut readiness = self.readiness.clone();
        readiness.sort();
        let (slowest, middle) = (readiness[readiness.len() - 1], readiness[readiness.len() / 2]);
        println!(
            "{kills} kills, {CLIENTS} clients: {} commands acknowledged, 0 lost; {} cut off; ready \
             again after {} ms (median), {} ms (slowest)",
            self.acknowledged.len(),
            self.unanswered,
            middle.as_millis(),
            slowest.as_millis()
        );
        slowest
    }
}

/// The events of one command lie at the positions its receipt names, in its stream, in order.
fn assert_is_there(snapshot: &Snapshot, acknowledged: &Acknowledged) {
    let Acknowledged { stream, version, words, positions } = acknowledged;
    let count = (positions.1 - positions.0) as u32;
    let stored = snapshot.since(positions.0, count).unwrap();
    let kept: Vec<String> = stored.iter().map(word).collect();
    assert_eq!(&kept, words, "{stream}");
    let own = stored.iter().filter(|event| event.stream.to_string() == *stream);
    assert_eq!(own.map(|event| event.version).max(), Some(*version), "{stream}");
}

fn word(stored: &StoredEvent) -> String {
    Envelope::decode(&stored.bytes).unwrap().event.word().to_owned()
}

fn approved(snapshot: &Snapshot) -> BTreeSet<ReleaseId> {
    let (mut found, mut position) = (BTreeSet::new(), 0);
    loop {
        let events = snapshot.since(position, 1000).unwrap();
        let Some(last) = events.last() else { return found };
        position = last.position + 1;
        for event in events.iter().filter(|event| word(event) == "approved") {
            let countersign_core::stream::StreamId::Release(id) = &event.stream else { continue };
            found.insert(id.clone());
        }
    }
}
