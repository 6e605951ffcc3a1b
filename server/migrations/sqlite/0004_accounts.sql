-- People, their sessions and tokens, the plant's settings, and the trail of what was done.
-- Secrets stand here as hashes only. Instants are RFC 3339 in UTC; those that sessions are measured by are milliseconds.

CREATE TABLE users (
    id                   TEXT NOT NULL PRIMARY KEY,
    -- As written by the person.
    name                 TEXT NOT NULL,
    -- The same for comparing: NFKC, lower case.
    name_key             TEXT NOT NULL,
    -- viewer, planner, reviewer, admin
    role                 TEXT NOT NULL,
    -- pending, active, disabled, rejected
    state                TEXT NOT NULL,
    -- argon2id as a PHC string, with its parameters.
    password_hash        TEXT NOT NULL,
    must_change_password INTEGER NOT NULL,
    -- Until when a temporary password lets somebody in.
    password_expires_ms  INTEGER,
    -- Goes up with every change that an admin makes or that changes what the person may.
    revision             INTEGER NOT NULL,
    created_at           TEXT NOT NULL,
    signed_in_at         TEXT,
    CONSTRAINT users_name_key UNIQUE (name_key)
);
CREATE INDEX users_by_state ON users (state, name_key);

CREATE TABLE sessions (
    -- SHA-256 of the token in the cookie.
    token_hash TEXT NOT NULL PRIMARY KEY,
    -- Names the session on pages.
    id         TEXT NOT NULL UNIQUE,
    user_id    TEXT NOT NULL REFERENCES users (id),
    created_ms INTEGER NOT NULL,
    seen_ms    INTEGER NOT NULL,
    address    TEXT NOT NULL,
    device     TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX sessions_by_user ON sessions (user_id);

-- Browsers that signed in before: wrong passwords from elsewhere do not slow them down.
CREATE TABLE devices (
    -- SHA-256 of the cookie.
    token_hash TEXT NOT NULL,
    user_id    TEXT NOT NULL REFERENCES users (id),
    used_ms    INTEGER NOT NULL,
    PRIMARY KEY (token_hash, user_id)
) WITHOUT ROWID;

CREATE TABLE api_tokens (
    id         TEXT NOT NULL PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    user_id    TEXT NOT NULL REFERENCES users (id),
    name       TEXT NOT NULL,
    -- Codes, separated by blanks.
    scopes     TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_ms INTEGER NOT NULL,
    used_at    TEXT,
    revoked_at TEXT
);
CREATE INDEX api_tokens_by_user ON api_tokens (user_id);

-- Links that work once: the first admin, and signing in at the demo.
CREATE TABLE one_time_links (
    token_hash TEXT NOT NULL PRIMARY KEY,
    -- setup, sign_in
    purpose    TEXT NOT NULL,
    -- Who is signed in by it.
    user_id    TEXT REFERENCES users (id),
    expires_ms INTEGER NOT NULL
) WITHOUT ROWID;

-- One row: JSON of the settings.
CREATE TABLE settings (
    id       INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    value    TEXT NOT NULL,
    revision INTEGER NOT NULL
);

CREATE TABLE audit (
    -- Time-ordered.
    id          TEXT NOT NULL PRIMARY KEY,
    at          TEXT NOT NULL,
    user_id     TEXT,
    who         TEXT NOT NULL,
    token       TEXT,
    address     TEXT NOT NULL,
    action      TEXT NOT NULL,
    object      TEXT NOT NULL,
    before_ref  TEXT,
    after_ref   TEXT,
    -- done, denied, failed
    outcome     TEXT NOT NULL,
    reason      TEXT
) WITHOUT ROWID;
CREATE INDEX audit_by_who ON audit (who, id);
CREATE INDEX audit_by_action ON audit (action, id);

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'audit lines are never changed');
END;
-- Whatever the program asks for, lines younger than 90 days stay.
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
WHEN OLD.at >= strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-90 days')
BEGIN
    SELECT RAISE(ABORT, 'audit lines are kept for at least 90 days');
END;

-- Who asked and who judged; NULL for what was there before there were accounts, and for programs without a person.
ALTER TABLE predictions ADD COLUMN user_id TEXT;
ALTER TABLE feedback ADD COLUMN user_id TEXT;
