-- One row: what the person told, the credential without its secret, and counters. The only place of the username.
CREATE TABLE connection (
    id                 INTEGER PRIMARY KEY CHECK (id = 1),
    flow               TEXT,
    company            TEXT,
    contact            TEXT,
    computer_label     TEXT,
    username           TEXT,
    account_kind       TEXT    NOT NULL DEFAULT 'unknown',
    credential_id      TEXT,
    tenant             TEXT,
    object             TEXT,
    authority          TEXT,
    signed_in_as       TEXT,
    obtained_at        TEXT,
    last_used_at       TEXT,
    session_only       INTEGER,
    asked_second_check INTEGER,
    asked_claims       INTEGER,
    account_number     INTEGER,
    accounts_seen      INTEGER NOT NULL DEFAULT 0,
    pending_claims     TEXT,
    organizations_cut  INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO connection (id) VALUES (1);

-- At most one row: the status of the credential in use. No row: never checked.
CREATE TABLE verdict (
    id              INTEGER PRIMARY KEY CHECK (id = 1),
    checked_at      TEXT,
    failure         TEXT, -- JSON
    last_known_word TEXT,
    last_known_at   TEXT,
    qualifiers      TEXT NOT NULL -- JSON
) STRICT;

-- Runs of checks of the credential in use, newest last.
CREATE TABLE report (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    kind          TEXT NOT NULL,
    credential_id TEXT NOT NULL,
    finished_at   TEXT NOT NULL
) STRICT;
CREATE TABLE check_result (
    report_id      INTEGER NOT NULL REFERENCES report (id) ON DELETE CASCADE,
    position       INTEGER NOT NULL,
    check_id       TEXT    NOT NULL,
    result         TEXT    NOT NULL,
    milliseconds   INTEGER NOT NULL,
    failure        TEXT, -- JSON
    reason         TEXT,
    correlation_id TEXT,
    PRIMARY KEY (report_id, position)
) STRICT, WITHOUT ROWID;

-- At most one row: the last sign-in.
CREATE TABLE attempt (
    id                 INTEGER PRIMARY KEY CHECK (id = 1),
    started_at         TEXT    NOT NULL,
    ended              INTEGER NOT NULL,
    failure            TEXT, -- JSON
    asked_second_check INTEGER NOT NULL,
    asked_claims       INTEGER NOT NULL
) STRICT;

-- At most one row: the organization that was chosen.
CREATE TABLE organization (
    id              INTEGER PRIMARY KEY CHECK (id = 1),
    organization_id TEXT NOT NULL,
    name            TEXT NOT NULL
) STRICT;

-- The list as last read, in its order.
CREATE TABLE organization_seen (
    position        INTEGER PRIMARY KEY,
    organization_id TEXT    NOT NULL,
    name            TEXT    NOT NULL,
    names           TEXT    NOT NULL, -- JSON
    evidence        TEXT    NOT NULL, -- JSON
    referrals_seen  INTEGER NOT NULL
) STRICT;

CREATE TABLE step_done (
    stage TEXT PRIMARY KEY,
    at    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE open_item (
    item       TEXT PRIMARY KEY,
    asked_at   TEXT NOT NULL,
    note       TEXT,
    arrived_at TEXT
) STRICT, WITHOUT ROWID;

-- Everything that happened. The sequence orders it, also when the clock jumps; it is never used twice.
CREATE TABLE history (
    sequence       INTEGER PRIMARY KEY AUTOINCREMENT,
    at             TEXT NOT NULL,
    what           TEXT NOT NULL,
    step           TEXT,
    account_number INTEGER,
    result         TEXT,
    class          TEXT,
    code           TEXT,
    correlation_id TEXT
) STRICT;
