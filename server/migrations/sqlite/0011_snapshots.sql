-- Snapshots of the plant's data, each made of one state of it. The latest is the one that answers; its sections lie in files, or in
-- `files` under `snapshot/<hash>` where servers share no disk.
CREATE TABLE snapshots (
    -- Hash of its content.
    id            TEXT    NOT NULL PRIMARY KEY,
    -- RFC 3339, UTC.
    made_at       TEXT    NOT NULL,
    -- The revision of the plant's data that it holds.
    data_revision INTEGER NOT NULL,
    -- JSON: its sections, with their hashes and sizes.
    manifest      TEXT    NOT NULL,
    -- Goes up with every snapshot that is made to answer.
    activation    INTEGER NOT NULL UNIQUE
);

-- The snapshot that an answer was made from; '' before there were snapshots.
ALTER TABLE receipts ADD COLUMN snapshot TEXT NOT NULL DEFAULT '';
CREATE INDEX receipts_by_snapshot ON receipts (snapshot);
