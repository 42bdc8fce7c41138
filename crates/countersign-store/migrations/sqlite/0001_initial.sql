-- The first shape of the database.
--
-- Moments are texts of fixed width in UTC with nine decimals, so that they sort as they compare
-- and lose nothing. Digests are 32 bytes.

-- The log. A position is the event's index in the Merkle tree, counted from 0 without gaps.
CREATE TABLE events (
    position  INTEGER PRIMARY KEY,
    stream    TEXT    NOT NULL,
    version   INTEGER NOT NULL,
    bytes     BLOB    NOT NULL,
    leaf_hash BLOB    NOT NULL
);
CREATE UNIQUE INDEX events_by_stream ON events (stream, version);

-- These stop accidents. Against somebody who owns the file there are the signed checkpoints.
CREATE TRIGGER events_are_not_updated BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;
CREATE TRIGGER events_are_not_deleted BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END;

-- The head of the log: one row, rewritten in the transaction that appends.
CREATE TABLE log_head (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    size       INTEGER NOT NULL,
    frontier   BLOB    NOT NULL,
    root       BLOB    NOT NULL,
    checkpoint TEXT    NOT NULL
);

-- Heads kept along the way, about one in 1,024 events: they narrow a fault down and make the
-- check at start short.
CREATE TABLE log_marks (
    size       INTEGER PRIMARY KEY,
    frontier   BLOB    NOT NULL,
    checkpoint TEXT    NOT NULL
);

-- Free texts, apart from the events that hold their digests, so that they can be erased.
CREATE TABLE texts (
    digest BLOB NOT NULL PRIMARY KEY,
    salt   BLOB NOT NULL,
    text   TEXT NOT NULL
) WITHOUT ROWID;

-- Commands already carried out. `seal` is a digest over the row, checked by `doctor`.
CREATE TABLE requests (
    actor          TEXT    NOT NULL,
    key            TEXT    NOT NULL,
    request        BLOB    NOT NULL,
    response       BLOB    NOT NULL,
    first_position INTEGER NOT NULL,
    events         INTEGER NOT NULL,
    at             TEXT    NOT NULL,
    seal           BLOB    NOT NULL,
    PRIMARY KEY (actor, key)
) WITHOUT ROWID;
CREATE INDEX requests_by_age ON requests (at);

-- Read rows: pure functions of the streams, compared with the fold by `doctor --replay`.
CREATE TABLE releases (
    release      TEXT NOT NULL PRIMARY KEY,
    model        TEXT NOT NULL,
    title        TEXT NOT NULL,
    state        TEXT NOT NULL,
    change       TEXT NOT NULL,
    tier         TEXT NOT NULL,
    requested_by TEXT NOT NULL,
    requested_at TEXT NOT NULL,
    updated_at   TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX releases_by_age ON releases (requested_at, release);
CREATE INDEX releases_by_model ON releases (model, requested_at, release);
CREATE INDEX releases_by_state ON releases (state, requested_at, release);

CREATE TABLE models (
    model         TEXT NOT NULL PRIMARY KEY,
    title         TEXT NOT NULL,
    owner         TEXT NOT NULL,
    tier          TEXT NOT NULL,
    registered_at TEXT NOT NULL
) WITHOUT ROWID;

-- `due` is `~` for a task without a due date: it sorts after every moment.
CREATE TABLE tasks (
    release TEXT NOT NULL,
    task    TEXT NOT NULL,
    title   TEXT NOT NULL,
    person  TEXT,
    role    TEXT,
    due     TEXT NOT NULL,
    PRIMARY KEY (release, task)
) WITHOUT ROWID;
CREATE INDEX tasks_by_due ON tasks (due, release, task);
CREATE INDEX tasks_by_person ON tasks (person, due, release, task) WHERE person IS NOT NULL;
CREATE INDEX tasks_by_role ON tasks (role, due, release, task) WHERE role IS NOT NULL;

-- What a verdict is computed from. Either `denied` holds the word of the state, or `since` and
-- the columns after it say since when and how long it is allowed.
CREATE TABLE standings (
    digest        BLOB NOT NULL,
    environment   TEXT NOT NULL,
    release       TEXT NOT NULL,
    denied        TEXT,
    since         TEXT,
    until         TEXT,
    until_code    TEXT,
    lease_minutes INTEGER,
    PRIMARY KEY (digest, environment, release),
    CHECK ((denied IS NULL) <> (since IS NULL)),
    CHECK ((since IS NULL) = (lease_minutes IS NULL)),
    CHECK ((until IS NULL) = (until_code IS NULL))
) WITHOUT ROWID;
CREATE INDEX standings_by_release ON standings (release, digest, environment);

-- Messages to deliver, and the log of their delivery. `status` is `due`, `done` or `dead`.
CREATE TABLE outbox (
    id           TEXT    NOT NULL PRIMARY KEY,
    release      TEXT    NOT NULL,
    step         TEXT    NOT NULL,
    endpoint     TEXT    NOT NULL,
    body         BLOB    NOT NULL,
    created_at   TEXT    NOT NULL,
    next_at      TEXT    NOT NULL,
    status       TEXT    NOT NULL CHECK (status IN ('due', 'done', 'dead')),
    attempts     INTEGER NOT NULL,
    last_error   TEXT,
    attempted_at TEXT
) WITHOUT ROWID;
CREATE INDEX outbox_by_due ON outbox (next_at, id) WHERE status = 'due';
CREATE INDEX outbox_by_release ON outbox (release, created_at, id);
