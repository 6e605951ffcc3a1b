-- What imports bring is kept in versions, one for each item, routing and group of reports, and never changed. Small
-- tables say which version is current, so that an import takes effect at once, and can be taken back.
--
-- The id of a version is the number of its import times 2^32, plus its own number. What was there before there were
-- versions belongs to import 0, which cannot be taken back.

ALTER TABLE imports ADD COLUMN no BIGINT NOT NULL DEFAULT 0;
-- staging, done, undone, failed
ALTER TABLE imports ADD COLUMN state TEXT COLLATE "C" NOT NULL DEFAULT 'done';
-- The plant's day of the import; '' before there were versions.
ALTER TABLE imports ADD COLUMN as_of TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE imports ADD COLUMN by_whom TEXT COLLATE "C" NOT NULL DEFAULT '';
-- JSON: the files with their hashes and counts.
ALTER TABLE imports ADD COLUMN files TEXT COLLATE "C" NOT NULL DEFAULT '[]';
-- JSON: what the import did to the plant.
ALTER TABLE imports ADD COLUMN changes TEXT COLLATE "C" NOT NULL DEFAULT '{}';
-- Which process wrote it, and when last.
ALTER TABLE imports ADD COLUMN process TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE imports ADD COLUMN touched_at TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE imports ADD COLUMN undone_at TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE imports ADD COLUMN undone_by TEXT COLLATE "C" NOT NULL DEFAULT '';
-- Whether its versions are kept, so that it can be taken back.
ALTER TABLE imports ADD COLUMN has_versions BIGINT NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN n_operations BIGINT NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN n_held BIGINT NOT NULL DEFAULT 0;
UPDATE imports SET no = (SELECT COUNT(*) FROM imports AS earlier WHERE earlier.id <= imports.id);
CREATE UNIQUE INDEX imports_no ON imports (no);

-- One row. The revision goes up with everything that changes what is current.
CREATE TABLE plant_state (
    id       BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    revision BIGINT NOT NULL,
    last_no  BIGINT NOT NULL
);
INSERT INTO plant_state (id, revision, last_no) SELECT 1, 0, COUNT(*) FROM imports;

-- In all three: state 0 is whole, 1 is held back, 2 is removed (then the content is ''); previous is the version that
-- was current before, 0 for none; a hash of 0 is unknown.
CREATE TABLE item_versions (
    id           BIGINT NOT NULL PRIMARY KEY,
    code         TEXT COLLATE "C" NOT NULL,
    -- '' for none.
    name         TEXT COLLATE "C" NOT NULL,
    -- Code, name and attribute values in lower case, what a search looks at.
    search_text  TEXT COLLATE "C" NOT NULL,
    -- JSON.
    content      TEXT COLLATE "C" NOT NULL,
    content_hash BIGINT NOT NULL,
    state        BIGINT NOT NULL,
    previous     BIGINT NOT NULL
);
CREATE TABLE routing_versions (
    id           BIGINT NOT NULL PRIMARY KEY,
    item         TEXT COLLATE "C" NOT NULL,
    routing      TEXT COLLATE "C" NOT NULL,
    -- JSON.
    content      TEXT COLLATE "C" NOT NULL,
    content_hash BIGINT NOT NULL,
    n_operations BIGINT NOT NULL,
    -- JSON: why it is held back; '' when it is whole.
    held         TEXT COLLATE "C" NOT NULL,
    state        BIGINT NOT NULL,
    previous     BIGINT NOT NULL
);
-- All reports of one item and order.
CREATE TABLE report_versions (
    id           BIGINT NOT NULL PRIMARY KEY,
    item         TEXT COLLATE "C" NOT NULL,
    -- '' for none.
    order_no     TEXT COLLATE "C" NOT NULL,
    -- JSON.
    content      TEXT COLLATE "C" NOT NULL,
    content_hash BIGINT NOT NULL,
    n_reports    BIGINT NOT NULL,
    -- Without cancelled and reversed ones.
    n_effective  BIGINT NOT NULL,
    state        BIGINT NOT NULL,
    previous     BIGINT NOT NULL
);

CREATE TABLE current_items (
    code         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    version      BIGINT NOT NULL,
    content_hash BIGINT NOT NULL,
    state        BIGINT NOT NULL,
    search_text  TEXT COLLATE "C" NOT NULL
);
-- An item is also found by its code in another case.
CREATE INDEX current_items_by_lower ON current_items (LOWER(code));
CREATE TABLE current_routings (
    item         TEXT COLLATE "C" NOT NULL,
    routing      TEXT COLLATE "C" NOT NULL,
    version      BIGINT NOT NULL,
    content_hash BIGINT NOT NULL,
    n_operations BIGINT NOT NULL,
    state        BIGINT NOT NULL,
    PRIMARY KEY (item, routing)
);
CREATE TABLE current_reports (
    item         TEXT COLLATE "C" NOT NULL,
    order_no     TEXT COLLATE "C" NOT NULL,
    version      BIGINT NOT NULL,
    content_hash BIGINT NOT NULL,
    n_reports    BIGINT NOT NULL,
    n_effective  BIGINT NOT NULL,
    state        BIGINT NOT NULL,
    PRIMARY KEY (item, order_no)
);

-- Versions that a later import brought again without a change, as ranges: they stay when their own import is undone.
CREATE TABLE confirmations (
    no            BIGINT NOT NULL,
    -- item, routing, report
    kind          TEXT COLLATE "C" NOT NULL,
    first_version BIGINT NOT NULL,
    last_version  BIGINT NOT NULL,
    PRIMARY KEY (no, kind, first_version)
);

INSERT INTO item_versions (id, code, name, search_text, content, content_hash, state, previous)
SELECT ROW_NUMBER() OVER (ORDER BY code), code, COALESCE(name, ''), search_text,
    '{"v":1,"attributes":' || attributes || '}', 0, 0, 0
FROM items;

INSERT INTO routing_versions (id, item, routing, content, content_hash, n_operations, held, state, previous)
SELECT ROW_NUMBER() OVER (ORDER BY item, routing), item, routing,
    '{"v":1,"rows":' || json_agg(json_strip_nulls(json_build_object(
        'seq', seq::text,
        'job', job,
        'job_name', job_name,
        'centre', NULLIF(work_centre, ''),
        'centre_name', work_centre_name,
        'out', outsourced <> 0,
        'setup', CASE WHEN abs(setup_min) <= 1.7e308 THEN setup_min END,
        'run', CASE WHEN abs(run_min_per_piece) <= 1.7e308 THEN run_min_per_piece END,
        'queue', CASE WHEN abs(queue_min) <= 1.7e308 THEN queue_min END,
        'wait', CASE WHEN abs(wait_min) <= 1.7e308 THEN wait_min END,
        'move', CASE WHEN abs(move_min) <= 1.7e308 THEN move_min END,
        'batch', is_batch <> 0,
        'main', is_main <> 0,
        'made', created,
        'from', valid_from,
        'to', valid_to
    )) ORDER BY seq, job, work_centre)::text || '}',
    0, COUNT(DISTINCT seq::text || ' ' || job), '', 0, 0
FROM operations GROUP BY item, routing;

INSERT INTO report_versions (id, item, order_no, content, content_hash, n_reports, n_effective, state, previous)
SELECT ROW_NUMBER() OVER (ORDER BY item, COALESCE(order_no, '')), item, COALESCE(order_no, ''),
    '{"v":1,"reports":' || json_agg(json_strip_nulls(json_build_object(
        'routing', routing,
        'seq', seq::text,
        'job', job,
        'centre', work_centre,
        'qty', CASE WHEN abs(qty) <= 1.7e308 THEN qty END,
        'good', CASE WHEN abs(good_qty) <= 1.7e308 THEN good_qty END,
        'setup', CASE WHEN abs(setup_min) <= 1.7e308 THEN setup_min END,
        'run', CASE WHEN abs(run_min) <= 1.7e308 THEN run_min END,
        'end', end_day
    )) ORDER BY end_day, key)::text || '}',
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
