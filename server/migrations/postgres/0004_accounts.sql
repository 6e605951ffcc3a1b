-- People, their sessions and tokens, the plant's settings, and the trail of what was done.
-- Secrets stand here as hashes only. Instants are RFC 3339 in UTC; those that sessions are measured by are milliseconds.

CREATE TABLE users (
    id                   TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- As written by the person.
    name                 TEXT COLLATE "C" NOT NULL,
    -- The same for comparing: NFKC, lower case.
    name_key             TEXT COLLATE "C" NOT NULL,
    -- viewer, planner, reviewer, admin
    role                 TEXT COLLATE "C" NOT NULL,
    -- pending, active, disabled, rejected
    state                TEXT COLLATE "C" NOT NULL,
    -- argon2id as a PHC string, with its parameters.
    password_hash        TEXT COLLATE "C" NOT NULL,
    must_change_password BIGINT NOT NULL,
    -- Until when a temporary password lets somebody in.
    password_expires_ms  BIGINT,
    -- Goes up with every change that an admin makes or that changes what the person may.
    revision             BIGINT NOT NULL,
    created_at           TEXT COLLATE "C" NOT NULL,
    signed_in_at         TEXT COLLATE "C",
    CONSTRAINT users_name_key UNIQUE (name_key)
);
CREATE INDEX users_by_state ON users (state, name_key);

CREATE TABLE sessions (
    -- SHA-256 of the token in the cookie.
    token_hash TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Names the session on pages.
    id         TEXT COLLATE "C" NOT NULL UNIQUE,
    user_id    TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    created_ms BIGINT NOT NULL,
    seen_ms    BIGINT NOT NULL,
    address    TEXT COLLATE "C" NOT NULL,
    device     TEXT COLLATE "C" NOT NULL
);
CREATE INDEX sessions_by_user ON sessions (user_id);

-- Browsers that signed in before: wrong passwords from elsewhere do not slow them down.
CREATE TABLE devices (
    -- SHA-256 of the cookie.
    token_hash TEXT COLLATE "C" NOT NULL,
    user_id    TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    used_ms    BIGINT NOT NULL,
    PRIMARY KEY (token_hash, user_id)
);

CREATE TABLE api_tokens (
    id         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    token_hash TEXT COLLATE "C" NOT NULL UNIQUE,
    user_id    TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    name       TEXT COLLATE "C" NOT NULL,
    -- Codes, separated by blanks.
    scopes     TEXT COLLATE "C" NOT NULL,
    created_at TEXT COLLATE "C" NOT NULL,
    expires_ms BIGINT NOT NULL,
    used_at    TEXT COLLATE "C",
    revoked_at TEXT COLLATE "C"
);
CREATE INDEX api_tokens_by_user ON api_tokens (user_id);

-- Links that work once: the first admin, and signing in at the demo.
CREATE TABLE one_time_links (
    token_hash TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- setup, sign_in
    purpose    TEXT COLLATE "C" NOT NULL,
    -- Who is signed in by it.
    user_id    TEXT COLLATE "C" REFERENCES users (id),
    expires_ms BIGINT NOT NULL
);

-- One row: JSON of the settings.
CREATE TABLE settings (
    id       BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    value    TEXT COLLATE "C" NOT NULL,
    revision BIGINT NOT NULL
);

CREATE TABLE audit (
    -- Time-ordered.
    id          TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    at          TEXT COLLATE "C" NOT NULL,
    user_id     TEXT COLLATE "C",
    who         TEXT COLLATE "C" NOT NULL,
    token       TEXT COLLATE "C",
    address     TEXT COLLATE "C" NOT NULL,
    action      TEXT COLLATE "C" NOT NULL,
    object      TEXT COLLATE "C" NOT NULL,
    before_ref  TEXT COLLATE "C",
    after_ref   TEXT COLLATE "C",
    -- done, denied, failed
    outcome     TEXT COLLATE "C" NOT NULL,
    reason      TEXT COLLATE "C"
);
CREATE INDEX audit_by_who ON audit (who, id);
CREATE INDEX audit_by_action ON audit (action, id);

CREATE FUNCTION audit_is_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit lines are never changed';
END $$;
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
FOR EACH ROW EXECUTE FUNCTION audit_is_never_changed();
-- Whatever the program asks for, lines younger than 90 days stay.
CREATE FUNCTION audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' OR OLD.at
        >= to_char(now() AT TIME ZONE 'utc' - interval '90 days', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') COLLATE "C" THEN
        RAISE EXCEPTION 'audit lines are kept for at least 90 days';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
FOR EACH ROW EXECUTE FUNCTION audit_is_kept();
CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION audit_is_kept();

-- Who asked and who judged; NULL for what was there before there were accounts, and for programs without a person.
ALTER TABLE predictions ADD COLUMN user_id TEXT COLLATE "C";
ALTER TABLE feedback ADD COLUMN user_id TEXT COLLATE "C";
