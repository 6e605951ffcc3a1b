-- Times between operations and the batch flag, where the plant's tables carry them; NULL is unknown.
ALTER TABLE operations ADD COLUMN queue_min DOUBLE PRECISION;
ALTER TABLE operations ADD COLUMN wait_min DOUBLE PRECISION;
ALTER TABLE operations ADD COLUMN move_min DOUBLE PRECISION;
ALTER TABLE operations ADD COLUMN is_batch BIGINT;
