-- The plant's tables as imported, the models made from them, and what planners asked and thought.
-- The two dialects differ in types only; every query of the product runs unchanged on both.
-- Flags are 0 and 1, days are YYYY-MM-DD, instants are RFC 3339 in UTC, NULL is unknown.

CREATE TABLE items (
    code        TEXT NOT NULL PRIMARY KEY,
    name        TEXT,
    -- JSON object: attribute name to cleaned text.
    attributes  TEXT NOT NULL,
    -- Code, name and attribute values in lower case, what a search looks at.
    search_text TEXT NOT NULL
);

-- One row of a routing table: an operation, or one more work centre of it. An unknown work centre is '' because
-- it is part of the key.
CREATE TABLE operations (
    item              TEXT NOT NULL,
    routing           TEXT NOT NULL,
    seq               INTEGER NOT NULL,
    job               TEXT NOT NULL,
    work_centre       TEXT NOT NULL,
    job_name          TEXT,
    work_centre_name  TEXT,
    outsourced        INTEGER,
    setup_min         REAL,
    run_min_per_piece REAL,
    is_main           INTEGER,
    created           TEXT,
    valid_from        TEXT,
    valid_to          TEXT,
    PRIMARY KEY (item, routing, seq, job, work_centre)
) WITHOUT ROWID;

-- Reported work. The key is a hash of the whole row, so that the same report is stored once however often it comes.
CREATE TABLE work_results (
    key         TEXT NOT NULL PRIMARY KEY,
    item        TEXT NOT NULL,
    order_no    TEXT,
    routing     TEXT,
    seq         INTEGER,
    job         TEXT NOT NULL,
    work_centre TEXT,
    qty         REAL,
    good_qty    REAL,
    setup_min   REAL,
    run_min     REAL,
    end_day     TEXT
) WITHOUT ROWID;

-- One row per import, with the size of the plant after it.
CREATE TABLE imports (
    id                   TEXT NOT NULL PRIMARY KEY,
    at                   TEXT NOT NULL,
    report               TEXT NOT NULL,
    n_items              INTEGER NOT NULL,
    n_items_with_routing INTEGER NOT NULL,
    n_routings           INTEGER NOT NULL,
    n_results            INTEGER NOT NULL
);

CREATE TABLE models (
    id         TEXT NOT NULL PRIMARY KEY,
    trained_at TEXT NOT NULL,
    card       TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    is_active  INTEGER NOT NULL
);
-- At most one model answers.
CREATE UNIQUE INDEX models_one_active ON models (is_active) WHERE is_active = 1;

CREATE TABLE predictions (
    id       TEXT NOT NULL PRIMARY KEY,
    at       TEXT NOT NULL,
    item     TEXT NOT NULL,
    name     TEXT,
    is_known INTEGER NOT NULL,
    model    TEXT NOT NULL,
    answer   TEXT NOT NULL,
    -- page, rest
    source   TEXT NOT NULL
);
CREATE INDEX predictions_by_item ON predictions (item, id);

CREATE TABLE feedback (
    id              TEXT NOT NULL PRIMARY KEY,
    idempotency_key TEXT NOT NULL,
    content_hash    TEXT NOT NULL,
    prediction      TEXT,
    item            TEXT NOT NULL,
    model           TEXT NOT NULL,
    signature       TEXT NOT NULL,
    candidate_rank  INTEGER NOT NULL,
    verdict         TEXT NOT NULL,
    at              TEXT NOT NULL,
    CONSTRAINT feedback_idempotency_key UNIQUE (idempotency_key)
);
CREATE INDEX feedback_by_item ON feedback (item);
