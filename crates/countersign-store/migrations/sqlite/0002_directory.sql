-- People, sessions, tokens, webhook endpoints and settings: plain tables, not part of the log.
--
-- Nothing in the log repeats these rows, so nothing could tell when one of them decays on disk.
-- Each table therefore has an index over all its columns, named `*_mirror`: `doctor` lets SQLite
-- compare the two copies.

-- `email_key` is the address in lower case: two addresses that differ in case are one.
CREATE TABLE people (
    id            TEXT NOT NULL PRIMARY KEY,
    name          TEXT NOT NULL,
    email         TEXT NOT NULL,
    email_key     TEXT NOT NULL UNIQUE,
    password_hash TEXT,
    created_at    TEXT NOT NULL,
    disabled_at   TEXT
);
CREATE INDEX people_mirror
    ON people (id, name, email, email_key, password_hash, created_at, disabled_at);

CREATE TABLE sessions (
    token      BLOB NOT NULL PRIMARY KEY,
    person     TEXT NOT NULL,
    csrf       TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL
);
CREATE INDEX sessions_by_person ON sessions (person);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);
CREATE INDEX sessions_mirror ON sessions (token, person, csrf, created_at, expires_at);

CREATE TABLE setup_links (
    token      BLOB NOT NULL PRIMARY KEY,
    person     TEXT,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL
);
CREATE INDEX setup_links_mirror ON setup_links (token, person, created_at, expires_at);

CREATE TABLE api_tokens (
    id           TEXT NOT NULL PRIMARY KEY,
    token        BLOB NOT NULL UNIQUE,
    name         TEXT NOT NULL,
    holder       TEXT NOT NULL,
    scopes       TEXT NOT NULL,
    created_by   TEXT NOT NULL,
    created_at   TEXT NOT NULL,
    expires_at   TEXT,
    last_used_at TEXT,
    revoked_at   TEXT
);
CREATE INDEX api_tokens_mirror ON api_tokens
    (id, token, name, holder, scopes, created_by, created_at, expires_at, last_used_at, revoked_at);

CREATE TABLE webhook_endpoints (
    name              TEXT    NOT NULL PRIMARY KEY,
    url               TEXT    NOT NULL,
    headers           TEXT    NOT NULL,
    body_template     TEXT,
    success_condition TEXT,
    secret            TEXT    NOT NULL,
    allow_private     INTEGER NOT NULL CHECK (allow_private IN (0, 1)),
    updated_at        TEXT    NOT NULL,
    updated_by        TEXT    NOT NULL
);
CREATE INDEX webhook_endpoints_mirror ON webhook_endpoints
    (name, url, headers, body_template, success_condition, secret, allow_private, updated_at,
     updated_by);

CREATE TABLE settings (
    key        TEXT NOT NULL PRIMARY KEY,
    value      TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by TEXT NOT NULL
);
CREATE INDEX settings_mirror ON settings (key, value, updated_at, updated_by);

-- Outbox rows are not in the log either.
CREATE INDEX outbox_mirror ON outbox
    (id, release, step, endpoint, body, created_at, next_at, status, attempts, last_error,
     attempted_at);
