-- Files that one process leaves for another: what a job is to read, what it made, the offline copy of a model.
CREATE TABLE files (
    -- Whose they are, as a path: `job-in/<id>`, `job-out/<id>`, `bundle/<model>/<items>`.
    folder TEXT    NOT NULL,
    no     INTEGER NOT NULL,
    name   TEXT    NOT NULL,
    -- From 0, in the order of the bytes.
    part   INTEGER NOT NULL,
    bytes  BLOB    NOT NULL,
    -- Milliseconds since 1970.
    at_ms  INTEGER NOT NULL,
    PRIMARY KEY (folder, no, part)
);

-- When a job is begun by itself.
CREATE TABLE schedules (
    -- Time-ordered.
    id         TEXT    NOT NULL PRIMARY KEY,
    kind       TEXT    NOT NULL,
    -- Days of the week, Monday first: `1111100`.
    weekdays   TEXT    NOT NULL,
    -- Minutes after midnight, by the plant's clock.
    minute     INTEGER NOT NULL,
    made_by    TEXT    NOT NULL,
    -- Up to this instant, in milliseconds since 1970, it is seen to.
    seen_to_ms INTEGER NOT NULL
);
