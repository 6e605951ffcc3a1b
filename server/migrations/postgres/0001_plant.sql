-- The plant's tables as imported, the models made from them, and what planners asked and thought.
-- The two dialects differ in types only; every query of the product runs unchanged on both.
-- Flags are 0 and 1, days are YYYY-MM-DD, instants are RFC 3339 in UTC, NULL is unknown.

CREATE TABLE items (
    code        TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name        TEXT COLLATE "C",
    -- JSON object: attribute name to cleaned text.
    attributes  TEXT COLLATE "C" NOT NULL,
    -- Code, name and attribute values in lower case, what a search looks at.
    search_text TEXT COLLATE "C" NOT NULL
);

-- One row of a routing table: an operation, or one more work centre of it. An unknown work centre is '' because
-- it is part of the key.
CREATE TABLE operations (
    item              TEXT COLLATE "C" NOT NULL,
    routing           TEXT COLLATE "C" NOT NULL,
    seq               BIGINT NOT NULL,
    job               TEXT COLLATE "C" NOT NULL,
    work_centre       TEXT COLLATE "C" NOT NULL,
    job_name          TEXT COLLATE "C",
    work_centre_name  TEXT COLLATE "C",
    outsourced        BIGINT,
    setup_min         DOUBLE PRECISION,
    run_min_per_piece DOUBLE PRECISION,
    is_main           BIGINT,
    created           TEXT COLLATE "C",
    valid_from        TEXT COLLATE "C",
    valid_to          TEXT COLLATE "C",
    PRIMARY KEY (item, routing, seq, job, work_centre)
);

-- Reported work. The key is a hash of the whole row, so that the same report is stored once however often it comes.
CREATE TABLE work_results (
    key         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    item        TEXT COLLATE "C" NOT NULL,
    order_no    TEXT COLLATE "C",
    routing     TEXT COLLATE "C",
    seq         BIGINT,
    job         TEXT COLLATE "C" NOT NULL,
    work_centre TEXT COLLATE "C",
    qty         DOUBLE PRECISION,
    good_qty    DOUBLE PRECISION,
    setup_min   DOUBLE PRECISION,
    run_min     DOUBLE PRECISION,
    end_day     TEXT COLLATE "C"
);

-- One row per import, with the size of the plant after it.
CREATE TABLE imports (
    id                   TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    at                   TEXT COLLATE "C" NOT NULL,
    report               TEXT COLLATE "C" NOT NULL,
    n_items              BIGINT NOT NULL,
    n_items_with_routing BIGINT NOT NULL,
    n_routings           BIGINT NOT NULL,
    n_results            BIGINT NOT NULL
);

CREATE TABLE models (
    id         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    trained_at TEXT COLLATE "C" NOT NULL,
    card       TEXT COLLATE "C" NOT NULL,
    size_bytes BIGINT NOT NULL,
    is_active  BIGINT NOT NULL
);
-- At most one model answers.
CREATE UNIQUE INDEX models_one_active ON models (is_active) WHERE is_active = 1;

CREATE TABLE predictions (
    id       TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    at       TEXT COLLATE "C" NOT NULL,
    item     TEXT COLLATE "C" NOT NULL,
    name     TEXT COLLATE "C",
    is_known BIGINT NOT NULL,
    model    TEXT COLLATE "C" NOT NULL,
    answer   TEXT COLLATE "C" NOT NULL,
    -- page, rest
    source   TEXT COLLATE "C" NOT NULL
);
CREATE INDEX predictions_by_item ON predictions (item, id);

CREATE TABLE feedback (
    id              TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    idempotency_key TEXT COLLATE "C" NOT NULL,
    content_hash    TEXT COLLATE "C" NOT NULL,
    prediction      TEXT COLLATE "C",
    item            TEXT COLLATE "C" NOT NULL,
    model           TEXT COLLATE "C" NOT NULL,
    signature       TEXT COLLATE "C" NOT NULL,
    candidate_rank  BIGINT NOT NULL,
    verdict         TEXT COLLATE "C" NOT NULL,
    at              TEXT COLLATE "C" NOT NULL,
    CONSTRAINT feedback_idempotency_key UNIQUE (idempotency_key)
);
CREATE INDEX feedback_by_item ON feedback (item);
