-- What the product needs to go on when a file, the disk or the clock fails.

-- The order in which models were made to answer: the last is the one that answers, the one before it takes its place when
-- its file is damaged.
ALTER TABLE models ADD COLUMN activation BIGINT NOT NULL DEFAULT 0;
UPDATE models SET activation = 1 WHERE is_active = 1;

-- The bytes of models for servers that share the database but no disk.
CREATE TABLE model_parts (
    model TEXT COLLATE "C" NOT NULL,
    -- From 0, in the order of the bytes.
    part  BIGINT NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (model, part)
);

-- One row, written and read to see whether the database takes and gives.
CREATE TABLE probe (
    id    BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    value TEXT COLLATE "C" NOT NULL
);
INSERT INTO probe (id, value) VALUES (1, '');

-- One row: the latest instant that is believed. Whatever deletes or revokes by time asks it, not the clock alone.
CREATE TABLE clock (
    id         BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    -- Milliseconds since 1970, and the same instant as RFC 3339 in UTC.
    trusted_ms BIGINT NOT NULL,
    trusted_at TEXT COLLATE "C" NOT NULL
);

-- Whatever the program asks for, lines younger than 90 days stay: by this machine's clock and by the instant that is believed.
CREATE OR REPLACE FUNCTION audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    young TEXT COLLATE "C" := LEAST(
        to_char(now() AT TIME ZONE 'utc' - interval '90 days', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') COLLATE "C",
        COALESCE((SELECT to_char(trusted_at::timestamptz AT TIME ZONE 'utc' - interval '90 days',
            'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') FROM clock WHERE id = 1), '') COLLATE "C");
BEGIN
    IF TG_OP = 'TRUNCATE' OR OLD.at >= young THEN
        RAISE EXCEPTION 'audit lines are kept for at least 90 days';
    END IF;
    RETURN OLD;
END $$;

-- A key of a repeated request is its sender's own: `person <id>` or `token <id>`.
ALTER TABLE feedback ADD COLUMN owner TEXT COLLATE "C" NOT NULL DEFAULT '';
UPDATE feedback SET owner = 'person ' || user_id WHERE user_id IS NOT NULL;
ALTER TABLE feedback DROP CONSTRAINT feedback_idempotency_key;
ALTER TABLE feedback ADD CONSTRAINT feedback_owner_key UNIQUE (owner, idempotency_key);
