-- Snapshots of the plant's data, each made of one state of it. The latest is the one that answers; its sections lie in files, or in
-- `files` under `snapshot/<hash>` where servers share no disk.
CREATE TABLE snapshots (
    -- Hash of its content.
    id            TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- RFC 3339, UTC.
    made_at       TEXT COLLATE "C" NOT NULL,
    -- The revision of the plant's data that it holds.
    data_revision BIGINT NOT NULL,
    -- JSON: its sections, with their hashes and sizes.
    manifest      TEXT   NOT NULL,
    -- Goes up with every snapshot that is made to answer.
    activation    BIGINT NOT NULL UNIQUE
);

-- The snapshot that an answer was made from; '' before there were snapshots.
ALTER TABLE receipts ADD COLUMN snapshot TEXT COLLATE "C" NOT NULL DEFAULT '';
CREATE INDEX receipts_by_snapshot ON receipts (snapshot);
