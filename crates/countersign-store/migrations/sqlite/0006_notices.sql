-- Who was told of what, who has read it, and what is to be delivered by other channels.

-- `id` stands for the notice for ever: a second one with it is not kept. Either `person` or `role`
-- is told. `sent_at` is NULL until the notice was handed to its channels.
CREATE TABLE notices (
    id      TEXT    NOT NULL PRIMARY KEY,
    subject TEXT    NOT NULL,
    task    TEXT    NOT NULL,
    kind    TEXT    NOT NULL,
    level   INTEGER NOT NULL,
    round   TEXT    NOT NULL,
    title   TEXT    NOT NULL,
    person  TEXT,
    role    TEXT,
    due     TEXT,
    at      TEXT    NOT NULL,
    sent_at TEXT,
    CHECK ((person IS NULL) <> (role IS NULL))
) WITHOUT ROWID;
CREATE INDEX notices_by_person ON notices (person, at, id) WHERE person IS NOT NULL;
CREATE INDEX notices_by_role ON notices (role, at, id) WHERE role IS NOT NULL;
CREATE INDEX notices_to_send ON notices (at, id) WHERE sent_at IS NULL;

CREATE TABLE notices_read (
    person TEXT NOT NULL,
    notice TEXT NOT NULL,
    at     TEXT NOT NULL,
    PRIMARY KEY (person, notice)
) WITHOUT ROWID;

-- One notice on its way to one person by e-mail, or to one webhook endpoint. `status` is `due`,
-- `done` or `dead`.
CREATE TABLE dispatches (
    id           TEXT    NOT NULL PRIMARY KEY,
    notice       TEXT    NOT NULL,
    channel      TEXT    NOT NULL CHECK (channel IN ('email', 'webhook')),
    recipient    TEXT    NOT NULL,
    created_at   TEXT    NOT NULL,
    next_at      TEXT    NOT NULL,
    status       TEXT    NOT NULL CHECK (status IN ('due', 'done', 'dead')),
    attempts     INTEGER NOT NULL,
    last_error   TEXT,
    attempted_at TEXT
) WITHOUT ROWID;
CREATE INDEX dispatches_by_due ON dispatches (next_at, id) WHERE status = 'due';
CREATE INDEX dispatches_given_up ON dispatches (id) WHERE status = 'dead';

-- None of this is in the log: a second copy of every row shows what decays on disk.
CREATE INDEX notices_mirror ON notices
    (id, subject, task, kind, level, round, title, person, role, due, at, sent_at);
CREATE INDEX notices_read_mirror ON notices_read (person, notice, at);
CREATE INDEX dispatches_mirror ON dispatches
    (id, notice, channel, recipient, created_at, next_at, status, attempts, last_error,
     attempted_at);

-- Which events an endpoint is told of beside the steps that name it, as a list of words.
ALTER TABLE webhook_endpoints ADD COLUMN events TEXT NOT NULL DEFAULT '[]';
CREATE INDEX webhook_endpoints_events_mirror ON webhook_endpoints (name, events);
