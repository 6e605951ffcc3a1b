-- What imports bring is kept in versions, one for each item, routing and group of reports, and never changed. Small
-- tables say which version is current, so that an import takes effect at once, and can be taken back.
--
-- The id of a version is the number of its import times 2^32, plus its own number. What was there before there were
-- versions belongs to import 0, which cannot be taken back.

ALTER TABLE imports ADD COLUMN no INTEGER NOT NULL DEFAULT 0;
-- staging, done, undone, failed
ALTER TABLE imports ADD COLUMN state TEXT NOT NULL DEFAULT 'done';
-- The plant's day of the import; '' before there were versions.
ALTER TABLE imports ADD COLUMN as_of TEXT NOT NULL DEFAULT '';
ALTER TABLE imports ADD COLUMN by_whom TEXT NOT NULL DEFAULT '';
-- JSON: the files with their hashes and counts.
ALTER TABLE imports ADD COLUMN files TEXT NOT NULL DEFAULT '[]';
-- JSON: what the import did to the plant.
ALTER TABLE imports ADD COLUMN changes TEXT NOT NULL DEFAULT '{}';
-- Which process wrote it, and when last.
ALTER TABLE imports ADD COLUMN process TEXT NOT NULL DEFAULT '';
ALTER TABLE imports ADD COLUMN touched_at TEXT NOT NULL DEFAULT '';
ALTER TABLE imports ADD COLUMN undone_at TEXT NOT NULL DEFAULT '';
ALTER TABLE imports ADD COLUMN undone_by TEXT NOT NULL DEFAULT '';
-- Whether its versions are kept, so that it can be taken back.
ALTER TABLE imports ADD COLUMN has_versions INTEGER NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN n_operations INTEGER NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN n_held INTEGER NOT NULL DEFAULT 0;
UPDATE imports SET no = (SELECT COUNT(*) FROM imports AS earlier WHERE earlier.id <= imports.id);
CREATE UNIQUE INDEX imports_no ON imports (no);

-- One row. The revision goes up with everything that changes what is current.
CREATE TABLE plant_state (
    id       INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    revision INTEGER NOT NULL,
    last_no  INTEGER NOT NULL
);
INSERT INTO plant_state (id, revision, last_no) SELECT 1, 0, COUNT(*) FROM imports;

-- In all three: state 0 is whole, 1 is held back, 2 is removed (then the content is ''); previous is the version that
-- was current before, 0 for none; a hash of 0 is unknown.
CREATE TABLE item_versions (
    id           INTEGER NOT NULL PRIMARY KEY,
    code         TEXT NOT NULL,
    -- '' for none.
    name         TEXT NOT NULL,
    -- Code, name and attribute values in lower case, what a search looks at.
    search_text  TEXT NOT NULL,
    -- JSON.
    content      TEXT NOT NULL,
    content_hash INTEGER NOT NULL,
    state        INTEGER NOT NULL,
    previous     INTEGER NOT NULL
);
CREATE TABLE routing_versions (
    id           INTEGER NOT NULL PRIMARY KEY,
    item         TEXT NOT NULL,
    routing      TEXT NOT NULL,
    -- JSON.
    content      TEXT NOT NULL,
    content_hash INTEGER NOT NULL,
    n_operations INTEGER NOT NULL,
    -- JSON: why it is held back; '' when it is whole.
    held         TEXT NOT NULL,
    state        INTEGER NOT NULL,
    previous     INTEGER NOT NULL
);
-- All reports of one item and order.
CREATE TABLE report_versions (
    id           INTEGER NOT NULL PRIMARY KEY,
    item         TEXT NOT NULL,
    -- '' for none.
    order_no     TEXT NOT NULL,
    -- JSON.
    content      TEXT NOT NULL,
    content_hash INTEGER NOT NULL,
    n_reports    INTEGER NOT NULL,
    -- Without cancelled and reversed ones.
    n_effective  INTEGER NOT NULL,
    state        INTEGER NOT NULL,
    previous     INTEGER NOT NULL
);

CREATE TABLE current_items (
    code         TEXT NOT NULL PRIMARY KEY,
    version      INTEGER NOT NULL,
    content_hash INTEGER NOT NULL,
    state        INTEGER NOT NULL,
    search_text  TEXT NOT NULL
);
-- An item is also found by its code in another case.
CREATE INDEX current_items_by_lower ON current_items (LOWER(code));
CREATE TABLE current_routings (
    item         TEXT NOT NULL,
    routing      TEXT NOT NULL,
    version      INTEGER NOT NULL,
    content_hash INTEGER NOT NULL,
    n_operations INTEGER NOT NULL,
    state        INTEGER NOT NULL,
    PRIMARY KEY (item, routing)
) WITHOUT ROWID;
CREATE TABLE current_reports (
    item         TEXT NOT NULL,
    order_no     TEXT NOT NULL,
    version      INTEGER NOT NULL,
    content_hash INTEGER NOT NULL,
    n_reports    INTEGER NOT NULL,
    n_effective  INTEGER NOT NULL,
    state        INTEGER NOT NULL,
    PRIMARY KEY (item, order_no)
) WITHOUT ROWID;

-- Versions that a later import brought again without a change, as ranges: they stay when their own import is undone.
CREATE TABLE confirmations (
    no            INTEGER NOT NULL,
    -- item, routing, report
    kind          TEXT NOT NULL,
    first_version INTEGER NOT NULL,
    last_version  INTEGER NOT NULL,
    PRIMARY KEY (no, kind, first_version)
) WITHOUT ROWID;

INSERT INTO item_versions (id, code, name, search_text, content, content_hash, state, previous)
SELECT ROW_NUMBER() OVER (ORDER BY code), code, COALESCE(name, ''), search_text,
    '{"v":1,"attributes":' || attributes || '}', 0, 0, 0
FROM items;

-- Seventeen digits give every double back.
INSERT INTO routing_versions (id, item, routing, content, content_hash, n_operations, held, state, previous)
SELECT ROW_NUMBER() OVER (ORDER BY item, routing), item, routing,
    '{"v":1,"rows":' || json_group_array(json(json_patch('{}', json_object(
        'seq', CAST(seq AS TEXT),
        'job', job,
        'job_name', job_name,
        'centre', NULLIF(work_centre, ''),
        'centre_name', work_centre_name,
        'out', json(CASE WHEN outsourced IS NULL THEN NULL WHEN outsourced <> 0 THEN 'true' ELSE 'false' END),
        'setup', json(CASE WHEN abs(setup_min) <= 1.7e308 THEN printf('%!.17g', setup_min) END),
        'run', json(CASE WHEN abs(run_min_per_piece) <= 1.7e308 THEN printf('%!.17g', run_min_per_piece) END),
        'queue', json(CASE WHEN abs(queue_min) <= 1.7e308 THEN printf('%!.17g', queue_min) END),
        'wait', json(CASE WHEN abs(wait_min) <= 1.7e308 THEN printf('%!.17g', wait_min) END),
        'move', json(CASE WHEN abs(move_min) <= 1.7e308 THEN printf('%!.17g', move_min) END),
        'batch', json(CASE WHEN is_batch IS NULL THEN NULL WHEN is_batch <> 0 THEN 'true' ELSE 'false' END),
        'main', json(CASE WHEN is_main IS NULL THEN NULL WHEN is_main <> 0 THEN 'true' ELSE 'false' END),
        'made', created,
        'from', valid_from,
        'to', valid_to
    ))) ORDER BY seq, job, work_centre) || '}',
    0, COUNT(DISTINCT seq || ' ' || job), '', 0, 0
FROM operations GROUP BY item, routing;

INSERT INTO report_versions (id, item, order_no, content, content_hash, n_reports, n_effective, state, previous)
SELECT ROW_NUMBER() OVER (ORDER BY item, COALESCE(order_no, '')), item, COALESCE(order_no, ''),
    '{"v":1,"reports":' || json_group_array(json(json_patch('{}', json_object(
        'routing', routing,
        'seq', CAST(seq AS TEXT),
        'job', job,
        'centre', work_centre,
        'qty', json(CASE WHEN abs(qty) <= 1.7e308 THEN printf('%!.17g', qty) END),
        'good', json(CASE WHEN abs(good_qty) <= 1.7e308 THEN printf('%!.17g', good_qty) END),
        'setup', json(CASE WHEN abs(setup_min) <= 1.7e308 THEN printf('%!.17g', setup_min) END),
        'run', json(CASE WHEN abs(run_min) <= 1.7e308 THEN printf('%!.17g', run_min) END),
        'end', end_day
    ))) ORDER BY end_day, key) || '}',
    0, COUNT(*), COUNT(*), 0, 0
FROM work_results GROUP BY item, COALESCE(order_no, '');

INSERT INTO current_items (code, version, content_hash, state, search_text)
SELECT code, id, content_hash, state, search_text FROM item_versions;
INSERT INTO current_routings (item, routing, version, content_hash, n_operations, state)
SELECT item, routing, id, content_hash, n_operations, state FROM routing_versions;
INSERT INTO current_reports (item, order_no, version, content_hash, n_reports, n_effective, state)
SELECT item, order_no, id, content_hash, n_reports, n_effective, state FROM report_versions;

DROP TABLE items;
DROP TABLE operations;
DROP TABLE work_results;
