-- What a request needs in order to answer from memory, and to keep what it answered no longer than the plant wants.

-- One row of counters, by which every process learns that what it keeps in memory is old. Triggers raise them in the transaction
-- of the change, so that no statement can forget to.
CREATE TABLE revisions (
    id       INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    -- Who is let in, and what he may do: people, sessions, tokens, settings.
    accounts INTEGER NOT NULL,
    -- Which model answers.
    models   INTEGER NOT NULL
);
INSERT INTO revisions (id, accounts, models) VALUES (1, 0, 0);

-- Nobody keeps that something is not there, so that what is new needs no trigger. When somebody signed in, or was seen last,
-- changes nothing that is kept.
CREATE TRIGGER users_changed AFTER UPDATE OF id, name, role, state, must_change_password ON users
BEGIN
    UPDATE revisions SET accounts = accounts + 1 WHERE id = 1;
END;
CREATE TRIGGER users_gone AFTER DELETE ON users
BEGIN
    UPDATE revisions SET accounts = accounts + 1 WHERE id = 1;
END;
CREATE TRIGGER sessions_changed AFTER UPDATE OF token_hash, id, user_id, created_ms ON sessions
BEGIN
    UPDATE revisions SET accounts = accounts + 1 WHERE id = 1;
END;
CREATE TRIGGER sessions_gone AFTER DELETE ON sessions
BEGIN
    UPDATE revisions SET accounts = accounts + 1 WHERE id = 1;
END;
CREATE TRIGGER api_tokens_changed
AFTER UPDATE OF id, token_hash, user_id, name, scopes, created_at, expires_ms, revoked_at ON api_tokens
BEGIN
    UPDATE revisions SET accounts = accounts + 1 WHERE id = 1;
END;
CREATE TRIGGER api_tokens_gone AFTER DELETE ON api_tokens
BEGIN
    UPDATE revisions SET accounts = accounts + 1 WHERE id = 1;
END;
CREATE TRIGGER settings_made AFTER INSERT ON settings
BEGIN
    UPDATE revisions SET accounts = accounts + 1 WHERE id = 1;
END;
CREATE TRIGGER settings_changed AFTER UPDATE ON settings
BEGIN
    UPDATE revisions SET accounts = accounts + 1 WHERE id = 1;
END;
CREATE TRIGGER settings_gone AFTER DELETE ON settings
BEGIN
    UPDATE revisions SET accounts = accounts + 1 WHERE id = 1;
END;
CREATE TRIGGER models_made AFTER INSERT ON models
BEGIN
    UPDATE revisions SET models = models + 1 WHERE id = 1;
END;
CREATE TRIGGER models_changed AFTER UPDATE ON models
BEGIN
    UPDATE revisions SET models = models + 1 WHERE id = 1;
END;
CREATE TRIGGER models_gone AFTER DELETE ON models
BEGIN
    UPDATE revisions SET models = models + 1 WHERE id = 1;
END;

-- The receipt of each answer, so that a receipt stays as long as an answer that names it. '' before there were receipts.
ALTER TABLE predictions ADD COLUMN receipt TEXT NOT NULL DEFAULT '';
UPDATE predictions SET receipt = COALESCE(json_extract(answer, '$.receipt'), '') WHERE json_valid(answer);
CREATE INDEX predictions_by_receipt ON predictions (receipt);
-- What is old is found by its instant; of a receipt that is when it was asked for last, give or take a day.
CREATE INDEX predictions_by_at ON predictions (at);
CREATE INDEX receipts_by_at ON receipts (at);
CREATE INDEX feedback_by_prediction ON feedback (prediction);
