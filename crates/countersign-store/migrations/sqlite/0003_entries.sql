-- Tasks belong to any history, not to releases alone; and lists of entries beside the releases.

CREATE TABLE tasks_of_any (
    subject TEXT NOT NULL,
    task    TEXT NOT NULL,
    title   TEXT NOT NULL,
    person  TEXT,
    role    TEXT,
    due     TEXT NOT NULL,
    PRIMARY KEY (subject, task)
) WITHOUT ROWID;
INSERT INTO tasks_of_any (subject, task, title, person, role, due)
    SELECT 'release/' || release, task, title, person, role, due FROM tasks;
DROP TABLE tasks;
ALTER TABLE tasks_of_any RENAME TO tasks;
CREATE INDEX tasks_by_due ON tasks (due, subject, task);
CREATE INDEX tasks_by_person ON tasks (person, due, subject, task) WHERE person IS NOT NULL;
CREATE INDEX tasks_by_role ON tasks (role, due, subject, task) WHERE role IS NOT NULL;

-- `text` is the digest of a free text; `closed_at` is NULL while the entry is open.
CREATE TABLE entries (
    kind      TEXT NOT NULL,
    id        TEXT NOT NULL,
    subject   TEXT NOT NULL,
    model     TEXT,
    title     TEXT NOT NULL,
    text      BLOB,
    state     TEXT NOT NULL,
    owner     TEXT,
    role      TEXT,
    due       TEXT,
    opened_at TEXT NOT NULL,
    closed_at TEXT,
    PRIMARY KEY (kind, id)
) WITHOUT ROWID;
CREATE INDEX entries_by_age ON entries (kind, opened_at, id);
CREATE INDEX entries_by_subject ON entries (subject, kind, id);
