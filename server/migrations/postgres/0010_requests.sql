-- What a request needs in order to answer from memory, and to keep what it answered no longer than the plant wants.

-- One row of counters, by which every process learns that what it keeps in memory is old. Triggers raise them in the transaction
-- of the change, so that no statement can forget to.
CREATE TABLE revisions (
    id       BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    -- Who is let in, and what he may do: people, sessions, tokens, settings.
    accounts BIGINT NOT NULL,
    -- Which model answers.
    models   BIGINT NOT NULL
);
INSERT INTO revisions (id, accounts, models) VALUES (1, 0, 0);

CREATE FUNCTION raise_accounts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE revisions SET accounts = accounts + 1 WHERE id = 1;
    RETURN NULL;
END $$;
CREATE FUNCTION raise_models() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE revisions SET models = models + 1 WHERE id = 1;
    RETURN NULL;
END $$;

-- Deferred to the commit: the row of counters is the last that a transaction locks, so that two of them never wait for each other
-- in a circle.
-- Nobody keeps that something is not there, so that what is new needs no trigger. When somebody signed in, or was seen last,
-- changes nothing that is kept.
CREATE CONSTRAINT TRIGGER users_changed AFTER DELETE OR UPDATE OF id, name, role, state, must_change_password ON users
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raise_accounts();
CREATE CONSTRAINT TRIGGER sessions_changed AFTER DELETE OR UPDATE OF token_hash, id, user_id, created_ms ON sessions
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raise_accounts();
CREATE CONSTRAINT TRIGGER api_tokens_changed
AFTER DELETE OR UPDATE OF id, token_hash, user_id, name, scopes, created_at, expires_ms, revoked_at ON api_tokens
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raise_accounts();
CREATE CONSTRAINT TRIGGER settings_changed AFTER INSERT OR DELETE OR UPDATE ON settings
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raise_accounts();
CREATE CONSTRAINT TRIGGER models_changed AFTER INSERT OR DELETE OR UPDATE ON models
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raise_models();

-- The receipt of each answer, so that a receipt stays as long as an answer that names it. '' before there were receipts.
ALTER TABLE predictions ADD COLUMN receipt TEXT COLLATE "C" NOT NULL DEFAULT '';
UPDATE predictions SET receipt = COALESCE(answer::json ->> 'receipt', '');
CREATE INDEX predictions_by_receipt ON predictions (receipt);
-- What is old is found by its instant; of a receipt that is when it was asked for last, give or take a day.
CREATE INDEX predictions_by_at ON predictions (at);
CREATE INDEX receipts_by_at ON receipts (at);
CREATE INDEX feedback_by_prediction ON feedback (prediction);
