-- What was asked, under the receipt of its answer, so that the answer can be made again and compared.

CREATE TABLE receipts (
    receipt     TEXT NOT NULL PRIMARY KEY,
    at          TEXT NOT NULL,
    model       TEXT NOT NULL,
    -- The engine's code that answered.
    code        TEXT NOT NULL,
    -- JSON: the item as the model saw it, and the options.
    asked       TEXT NOT NULL,
    -- SHA-256 of the answer's JSON.
    answer_hash TEXT NOT NULL
) WITHOUT ROWID;
