//! The waist: all that an engine does, said once.
//!
//! Each list below becomes a trait that engines implement and, word for word, the methods of
//! [`Store`](crate::Store), which holds one engine chosen by URL. Engines share the conformance
//! suite and no code.
//!
//! An engine keeps bytes and rows. It never looks inside an event and decides nothing: whether
//! something is allowed, expired or overdue is the caller's question.

use crate::append::{Append, AppendError, Appended, Remembered, Text};
use crate::directory::{
    ApiToken, DirectoryError, Person, Session, Setting, SetupLink, WebhookEndpoint,
};
use crate::event::{LogHead, StoredEvent};
use crate::fault::Fault;
use crate::notice::{Dispatch, Dispatched, KeptNotice, ListedNotice, NoticeCursor, NoticeQuery};
use crate::open::{Chosen, Store};
use crate::outbox::{Delivery, DueMessage, Retry};
use crate::page::{
    EntryCursor, EntryQuery, ModelQuery, Page, ReleaseCursor, ReleaseQuery, StandingKey,
    TaskCursor, TaskQuery,
};
use countersign_core::digest::{Sha256, TextDigest};
use countersign_core::name::{ModelName, PersonId, ReleaseId};
use countersign_core::rows::{EntryRow, ModelRow, ReleaseRow, StandingRow, TaskRow};
use countersign_core::stream::StreamId;
use countersign_proof::Hash;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

macro_rules! waist {
    ($(
        $(#[$about:meta])*
        trait $trait:ident {
            $( $(#[$doc:meta])* fn $name:ident($($arg:ident: $type:ty),*) -> $output:ty; )*
        }
    )*) => {$(
        $(#[$about])*
        pub trait $trait: Send + Sync {
            $(
                $(#[$doc])*
                fn $name(&self, $($arg: $type),*) -> impl Future<Output = $output> + Send;
            )*
        }

        $(#[$about])*
        impl Store {
            $(
                $(#[$doc])*
                pub async fn $name(&self, $($arg: $type),*) -> $output {
                    match &self.chosen {
                        Chosen::Sqlite(engine) => $trait::$name(engine, $($arg),*).await,
                        Chosen::Memory(engine) => $trait::$name(engine, $($arg),*).await,
                    }
                }
            )*
        }
    )*};
}

waist! {
    /// The event log, and the texts and requests that belong to it.
    trait Log {
        /// Stores one command's events, texts, rows and messages, whole or not at all.
        ///
        /// Appends are totally ordered. When this returns, the events are durable. Dropping the
        /// future does not take an append back.
        fn append(append: Append) -> Result<Appended, AppendError>;
        /// The head of the log. A new log has a signed checkpoint too, of size 0.
        fn head() -> Result<LogHead, Fault>;
        /// All events of one stream, oldest first; empty for a stream without events.
        fn stream(stream: &StreamId) -> Result<Vec<StoredEvent>, Fault>;
        /// The events of one stream after the one with this version, oldest first.
        fn stream_after(stream: &StreamId, version: u64) -> Result<Vec<StoredEvent>, Fault>;
        /// The events of all streams from this position on, itself included, in order.
        fn since(position: u64, limit: u32) -> Result<Vec<StoredEvent>, Fault>;
        /// The leaf hashes from this position on, itself included, in order: what proofs are made
        /// of. The limit may be as large as the log.
        fn leaf_hashes(position: u64, limit: u64) -> Result<Vec<Hash>, Fault>;
        /// The command this person sent before under this idempotency key.
        fn remembered(actor: &PersonId, key: &str) -> Result<Option<Remembered>, Fault>;
        /// Forgets idempotency keys used before this moment; says how many. The caller keeps 24
        /// hours at least.
        fn forget_requests(before: Timestamp) -> Result<u64, Fault>;
        /// The texts with these digests; those erased or never stored are absent.
        fn texts(digests: &[TextDigest]) -> Result<BTreeMap<TextDigest, String>, Fault>;
        /// The same texts with their salts, so that somebody else can check their digests.
        fn salted_texts(digests: &[TextDigest]) -> Result<Vec<Text>, Fault>;
        /// Erases a text and its salt; `false` when it was not there. The log stays verifiable.
        fn erase_text(digest: &TextDigest) -> Result<bool, Fault>;
    }

    /// Read rows: lists, inboxes, dashboards, and what verdicts are computed from.
    trait Rows {
        /// Where all releases stand that name this digest, by environment and release. This is the
        /// path every verdict takes: what is suspended for one environment is denied in all.
        fn standings(digest: &Sha256) -> Result<Vec<StandingRow>, Fault>;
        /// All standings of one release, by digest and environment.
        fn standings_of(release: &ReleaseId) -> Result<Vec<StandingRow>, Fault>;
        /// One release.
        fn release_row(release: &ReleaseId) -> Result<Option<ReleaseRow>, Fault>;
        /// Releases, the newest request first.
        fn releases(query: &ReleaseQuery) -> Result<Page<ReleaseRow, ReleaseCursor>, Fault>;
        /// How many releases are in each state, by the state's word.
        fn releases_by_state() -> Result<BTreeMap<String, u64>, Fault>;
        /// Tasks that wait for a person or for holders of roles, the earliest due first. Nobody
        /// named: nothing listed.
        fn tasks(query: &TaskQuery) -> Result<Page<TaskRow, TaskCursor>, Fault>;
        /// Everybody's tasks, the earliest due first.
        fn all_tasks(after: Option<&TaskCursor>, limit: u32)
            -> Result<Page<TaskRow, TaskCursor>, Fault>;
        /// The tasks of one history, by key.
        fn tasks_of(subject: &StreamId) -> Result<Vec<TaskRow>, Fault>;
        /// One list of entries, the newest first.
        fn entries(query: &EntryQuery) -> Result<Page<EntryRow, EntryCursor>, Fault>;
        /// The entries of one history, by list and identifier.
        fn entries_of(subject: &StreamId) -> Result<Vec<EntryRow>, Fault>;
        /// One model.
        fn model_row(model: &ModelName) -> Result<Option<ModelRow>, Fault>;
        /// Models, by name.
        fn models(query: &ModelQuery) -> Result<Page<ModelRow, ModelName>, Fault>;
        /// All releases by id, for comparing rows with the fold.
        fn all_release_rows(after: Option<&ReleaseId>, limit: u32)
            -> Result<Page<ReleaseRow, ReleaseId>, Fault>;
        /// All standings by key, for comparing rows with the fold.
        fn all_standing_rows(after: Option<&StandingKey>, limit: u32)
            -> Result<Page<StandingRow, StandingKey>, Fault>;
    }

    /// Messages to deliver, and what became of them.
    trait Outbox {
        /// Messages whose time has come, the longest waiting first.
        fn outbox_due(now: Timestamp, limit: u32) -> Result<Vec<DueMessage>, Fault>;
        /// When the next message falls due; `None` when none waits.
        fn outbox_next() -> Result<Option<Timestamp>, Fault>;
        /// Notes that a message was delivered. `false`: no such message is due.
        fn outbox_done(id: &str, at: Timestamp) -> Result<bool, Fault>;
        /// Notes that an attempt failed and when to try again. `false`: no such message is due.
        fn outbox_retry(id: &str, retry: &Retry) -> Result<bool, Fault>;
        /// Notes that a message was given up. `false`: no such message is due.
        fn outbox_dead(id: &str, error: &str, at: Timestamp) -> Result<bool, Fault>;
        /// The delivery log of one release, oldest message first.
        fn deliveries(release: &ReleaseId) -> Result<Vec<Delivery>, Fault>;
    }

    /// Notices, and their way out.
    trait Notices {
        /// Keeps notices; those kept before are left as they are. Says how many are new.
        fn add_notices(notices: &[KeptNotice]) -> Result<u64, Fault>;
        /// Which of these identifiers are kept already.
        fn known_notices(ids: &[String]) -> Result<BTreeSet<String>, Fault>;
        /// One notice.
        fn notice(id: &str) -> Result<Option<KeptNotice>, Fault>;
        /// The notices of a person and of roles, the newest first.
        fn notices(query: &NoticeQuery) -> Result<Page<ListedNotice, NoticeCursor>, Fault>;
        /// Marks notices as read by a person; says how many were not.
        fn read_notices(person: &PersonId, ids: &[String], at: Timestamp) -> Result<u64, Fault>;
        /// Notices nobody has handed to their channels yet, the oldest first.
        fn unsent_notices(limit: u32) -> Result<Vec<KeptNotice>, Fault>;
        /// Hands a notice to its channels. `false`: somebody did already, and nothing is written.
        fn send_notice(id: &str, dispatches: &[Dispatch], at: Timestamp) -> Result<bool, Fault>;
        /// Dispatches whose time has come, the longest waiting first.
        fn dispatches_due(now: Timestamp, limit: u32) -> Result<Vec<Dispatched>, Fault>;
        /// Takes a dispatch until a moment, as it was when it was read. `false`: somebody else was
        /// faster, or it has ended.
        fn take_dispatch(dispatch: &Dispatch, until: Timestamp) -> Result<bool, Fault>;
        /// Notes that a dispatch was taken by its recipient's side. `false`: it is not due.
        fn dispatch_done(id: &str, at: Timestamp) -> Result<bool, Fault>;
        /// Notes that an attempt failed and when to try again. `false`: it is not due.
        fn dispatch_retry(id: &str, retry: &Retry) -> Result<bool, Fault>;
        /// Notes that a dispatch was given up. `false`: it is not due.
        fn dispatch_dead(id: &str, error: &str, at: Timestamp) -> Result<bool, Fault>;
        /// Dispatches that were given up, by identifier.
        fn dead_dispatches(after: Option<&str>, limit: u32)
            -> Result<Page<Dispatched, String>, Fault>;
    }

    /// People and how they sign in.
    trait People {
        /// Adds a person. The id and the address must be new.
        fn add_person(person: &Person) -> Result<(), DirectoryError>;
        /// Replaces name, address, password and disabling of a person; the rest never changes.
        fn update_person(person: &Person) -> Result<(), DirectoryError>;
        /// One person.
        fn person(id: &PersonId) -> Result<Option<Person>, Fault>;
        /// The person with this address; case does not matter.
        fn person_by_email(email: &str) -> Result<Option<Person>, Fault>;
        /// People, by id.
        fn people(after: Option<&PersonId>, limit: u32) -> Result<Page<Person, PersonId>, Fault>;
        /// Removes a person with all sessions and set-up links. Events keep the opaque id.
        fn forget_person(id: &PersonId) -> Result<bool, Fault>;
        /// Opens a session.
        fn add_session(session: &Session) -> Result<(), DirectoryError>;
        /// The session with this token's hash and the person signed in, whether or not it has
        /// expired.
        fn session(token: &Sha256) -> Result<Option<(Session, Person)>, Fault>;
        /// Ends a session.
        fn end_session(token: &Sha256) -> Result<bool, Fault>;
        /// Ends all sessions of a person; says how many.
        fn end_sessions_of(person: &PersonId) -> Result<u64, Fault>;
        /// Removes sessions and set-up links that expired before this moment; says how many.
        fn forget_expired(before: Timestamp) -> Result<u64, Fault>;
        /// Keeps a set-up link.
        fn add_setup_link(link: &SetupLink) -> Result<(), DirectoryError>;
        /// The set-up link with this token's hash, whether or not it has expired.
        fn setup_link(token: &Sha256) -> Result<Option<SetupLink>, Fault>;
        /// Takes a set-up link away and gives it to the one caller who was first.
        fn take_setup_link(token: &Sha256) -> Result<Option<SetupLink>, Fault>;
    }

    /// API tokens, webhook endpoints and settings.
    trait Directory {
        /// Keeps a token. The id and the token must be new.
        fn add_api_token(token: &ApiToken) -> Result<(), DirectoryError>;
        /// The token with this hash, whether or not it has expired or was revoked.
        fn api_token(token: &Sha256) -> Result<Option<ApiToken>, Fault>;
        /// Tokens, by id.
        fn api_tokens(after: Option<&str>, limit: u32) -> Result<Page<ApiToken, String>, Fault>;
        /// Notes when a token was used. Best called rarely: it is a durable write.
        fn touch_api_token(id: &str, at: Timestamp) -> Result<bool, Fault>;
        /// Revokes a token. One revoked before keeps its first moment.
        fn revoke_api_token(id: &str, at: Timestamp) -> Result<bool, Fault>;
        /// Adds or replaces an endpoint.
        fn put_endpoint(endpoint: &WebhookEndpoint) -> Result<(), Fault>;
        /// One endpoint.
        fn endpoint(name: &str) -> Result<Option<WebhookEndpoint>, Fault>;
        /// Endpoints, by name.
        fn endpoints(after: Option<&str>, limit: u32)
            -> Result<Page<WebhookEndpoint, String>, Fault>;
        /// Removes an endpoint.
        fn remove_endpoint(name: &str) -> Result<bool, Fault>;
        /// Adds or replaces a setting.
        fn put_setting(setting: &Setting) -> Result<(), Fault>;
        /// One setting.
        fn setting(key: &str) -> Result<Option<Setting>, Fault>;
        /// Settings, by key.
        fn settings(after: Option<&str>, limit: u32) -> Result<Page<Setting, String>, Fault>;
    }
}
