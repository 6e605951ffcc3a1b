-- Files that one process leaves for another: what a job is to read, what it made, the offline copy of a model.
CREATE TABLE files (
    -- Whose they are, as a path: `job-in/<id>`, `job-out/<id>`, `bundle/<model>/<items>`.
    folder TEXT COLLATE "C" NOT NULL,
    no     BIGINT NOT NULL,
    name   TEXT COLLATE "C" NOT NULL,
    -- From 0, in the order of the bytes.
    part   BIGINT NOT NULL,
    bytes  BYTEA   NOT NULL,
    -- Milliseconds since 1970.
    at_ms  BIGINT NOT NULL,
    PRIMARY KEY (folder, no, part)
);

-- When a job is begun by itself.
CREATE TABLE schedules (
    -- Time-ordered.
    id         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    kind       TEXT COLLATE "C" NOT NULL,
    -- Days of the week, Monday first: `1111100`.
    weekdays   TEXT COLLATE "C" NOT NULL,
    -- Minutes after midnight, by the plant's clock.
    minute     BIGINT NOT NULL,
    made_by    TEXT COLLATE "C" NOT NULL,
    -- Up to this instant, in milliseconds since 1970, it is seen to.
    seen_to_ms BIGINT NOT NULL
);
