-- What evaluations of the plant's own data have shown, for the page of the model.

CREATE TABLE evaluations (
    -- What was held out: random, time or family.
    split       TEXT NOT NULL,
    measured_at TEXT NOT NULL,
    -- JSON.
    evaluation  TEXT NOT NULL,
    PRIMARY KEY (split, measured_at)
);
