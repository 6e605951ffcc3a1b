-- What the product needs to go on when a file, the disk or the clock fails.

-- The order in which models were made to answer: the last is the one that answers, the one before it takes its place when
-- its file is damaged.
ALTER TABLE models ADD COLUMN activation INTEGER NOT NULL DEFAULT 0;
UPDATE models SET activation = 1 WHERE is_active = 1;

-- The bytes of models for servers that share the database but no disk. A SQLite database lies beside the files: it has none.
CREATE TABLE model_parts (
    model TEXT NOT NULL,
    -- From 0, in the order of the bytes.
    part  INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (model, part)
) WITHOUT ROWID;

-- One row, written and read to see whether the database takes and gives.
CREATE TABLE probe (
    id    INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    value TEXT NOT NULL
);
INSERT INTO probe (id, value) VALUES (1, '');

-- One row: the latest instant that is believed. Whatever deletes or revokes by time asks it, not the clock alone.
CREATE TABLE clock (
    id         INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    -- Milliseconds since 1970, and the same instant as RFC 3339 in UTC.
    trusted_ms INTEGER NOT NULL,
    trusted_at TEXT NOT NULL
);

-- Whatever the program asks for, lines younger than 90 days stay: by this machine's clock and by the instant that is believed.
DROP TRIGGER audit_is_kept;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
WHEN OLD.at >= MIN(
    strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-90 days'),
    COALESCE((SELECT strftime('%Y-%m-%dT%H:%M:%fZ', trusted_at, '-90 days') FROM clock WHERE id = 1), '')
)
BEGIN
    SELECT RAISE(ABORT, 'audit lines are kept for at least 90 days');
END;

-- A key of a repeated request is its sender's own.
CREATE TABLE feedback_by_owner (
    id              TEXT NOT NULL PRIMARY KEY,
    -- `person <id>` or `token <id>`.
    owner           TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    content_hash    TEXT NOT NULL,
    prediction      TEXT,
    item            TEXT NOT NULL,
    model           TEXT NOT NULL,
    signature       TEXT NOT NULL,
    candidate_rank  INTEGER NOT NULL,
    verdict         TEXT NOT NULL,
    at              TEXT NOT NULL,
    user_id         TEXT,
    CONSTRAINT feedback_owner_key UNIQUE (owner, idempotency_key)
);
INSERT INTO feedback_by_owner SELECT id, COALESCE('person ' || user_id, ''), idempotency_key, content_hash, prediction, item,
    model, signature, candidate_rank, verdict, at, user_id FROM feedback;
DROP TABLE feedback;
ALTER TABLE feedback_by_owner RENAME TO feedback;
CREATE INDEX feedback_by_item ON feedback (item);
