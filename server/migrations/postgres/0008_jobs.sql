-- Work that takes longer than a request. Times are milliseconds since 1970, 0 for not yet.
CREATE TABLE jobs (
    -- Time-ordered.
    id          TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    kind        TEXT COLLATE "C" NOT NULL,
    -- Of one lane one job runs at a time.
    lane        TEXT COLLATE "C" NOT NULL,
    -- JSON: what to do.
    task        TEXT COLLATE "C" NOT NULL,
    asked_by    TEXT COLLATE "C" NOT NULL,
    -- queued, running, done, failed, cancelled, skipped
    state       TEXT COLLATE "C" NOT NULL,
    -- Of what it is the one occurrence: a schedule and its moment; '' for none.
    occurrence  TEXT COLLATE "C" NOT NULL DEFAULT '',
    attempts    BIGINT NOT NULL DEFAULT 0,
    -- The worker that runs it, and until when it is believed to live.
    owner       TEXT COLLATE "C" NOT NULL DEFAULT '',
    lease_ms    BIGINT NOT NULL DEFAULT 0,
    is_ending   BIGINT NOT NULL DEFAULT 0,
    -- Code of what it is doing, and thousandths of the whole that are done.
    phase       TEXT COLLATE "C" NOT NULL DEFAULT '',
    permille    BIGINT NOT NULL DEFAULT 0,
    queued_ms   BIGINT NOT NULL,
    started_ms  BIGINT NOT NULL DEFAULT 0,
    ended_ms    BIGINT NOT NULL DEFAULT 0,
    -- JSON: a code with its data; '' before the end.
    outcome     TEXT COLLATE "C" NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX jobs_occurrence ON jobs (occurrence) WHERE occurrence <> '';
CREATE UNIQUE INDEX jobs_lane ON jobs (lane) WHERE state = 'running';
CREATE INDEX jobs_state ON jobs (state, queued_ms);

-- Who runs jobs, and when each was last seen.
CREATE TABLE workers (
    id      TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    seen_ms BIGINT NOT NULL
);
