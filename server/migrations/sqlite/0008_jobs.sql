-- Work that takes longer than a request. Times are milliseconds since 1970, 0 for not yet.
CREATE TABLE jobs (
    -- Time-ordered.
    id          TEXT NOT NULL PRIMARY KEY,
    kind        TEXT NOT NULL,
    -- Of one lane one job runs at a time.
    lane        TEXT NOT NULL,
    -- JSON: what to do.
    task        TEXT NOT NULL,
    asked_by    TEXT NOT NULL,
    -- queued, running, done, failed, cancelled, skipped
    state       TEXT NOT NULL,
    -- Of what it is the one occurrence: a schedule and its moment; '' for none.
    occurrence  TEXT NOT NULL DEFAULT '',
    attempts    INTEGER NOT NULL DEFAULT 0,
    -- The worker that runs it, and until when it is believed to live.
    owner       TEXT NOT NULL DEFAULT '',
    lease_ms    INTEGER NOT NULL DEFAULT 0,
    is_ending   INTEGER NOT NULL DEFAULT 0,
    -- Code of what it is doing, and thousandths of the whole that are done.
    phase       TEXT NOT NULL DEFAULT '',
    permille    INTEGER NOT NULL DEFAULT 0,
    queued_ms   INTEGER NOT NULL,
    started_ms  INTEGER NOT NULL DEFAULT 0,
    ended_ms    INTEGER NOT NULL DEFAULT 0,
    -- JSON: a code with its data; '' before the end.
    outcome     TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX jobs_occurrence ON jobs (occurrence) WHERE occurrence <> '';
CREATE UNIQUE INDEX jobs_lane ON jobs (lane) WHERE state = 'running';
CREATE INDEX jobs_state ON jobs (state, queued_ms);

-- Who runs jobs, and when each was last seen.
CREATE TABLE workers (
    id      TEXT NOT NULL PRIMARY KEY,
    seen_ms INTEGER NOT NULL
);
