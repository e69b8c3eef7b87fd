-- A file as version 1 wrote it. It stays as it is when the program moves on.
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

INSERT INTO verdict VALUES (1, '2026-11-22T10:58:04.5Z', NULL, 'active', '2026-11-22T10:58:04.5Z', '["mfa_not_proven"]');
INSERT INTO report VALUES (3, 'test', 'credential-2', '2026-11-22T10:58:04.5Z');
INSERT INTO check_result VALUES (3, 0, 'metadata', 'passed', 41, NULL, NULL, 'c0ffee'),
    (3, 1, 'mfa', 'not_checked', 7, '{"class":"RETRY_LATER","code":"HTTP 503"}', 'check-mfa.not-checked', NULL);
INSERT INTO attempt VALUES (1, '2026-11-22T10:50:00Z', 1, NULL, 1, 0);
INSERT INTO organization VALUES (1, 'org-1', 'Contoso Ltd');
INSERT INTO organization_seen VALUES (0, 'org-1', 'Contoso Ltd', '["Contoso Ltd"]', '["referrals"]', 12),
    (1, 'org-2', 'Fabrikam', '["Fabrikam","Fabrikam GmbH"]', '["referrals","legal-business-profile"]', 3);
INSERT INTO step_done VALUES ('contact', '2026-11-20T09:00:00Z'), ('log-in', '2026-11-22T10:51:00Z');
INSERT INTO open_item VALUES ('integrations-on', '2026-11-22T11:00:00Z', 'asked by mail', NULL),
    ('support-contact', '2026-11-20T08:00:00Z', NULL, NULL);
INSERT INTO history VALUES (6, '2026-11-22T10:51:00Z', 'signed-in', 'MIG-5', 2, 'active', NULL, NULL, 'c0ffee'),
    (7, '2026-11-22T10:58:04.5Z', 'tested', 'MIG-9', 2, 'partial', 'RETRY_LATER', 'HTTP 503', NULL);
UPDATE connection SET flow = 'migration', company = 'Contoso''s "Ltd"', contact = 'Support',
    computer_label = 'Front desk', username = 'svc-cosell@contoso.com', account_kind = 'service',
    credential_id = 'credential-2', tenant = 'tenant-1', object = 'object-1',
    authority = 'https://login.example/v2.0/.well-known/openid-configuration client-1', signed_in_as = 'svc-cosell@contoso.com',
    obtained_at = '2026-11-22T10:51:00Z', last_used_at = '2026-11-22T10:58:04.5Z', session_only = 0,
    asked_second_check = 1, asked_claims = 0, account_number = 2, accounts_seen = 2, organizations_cut = 1;
PRAGMA application_id = 1297105731;
PRAGMA user_version = 1;
