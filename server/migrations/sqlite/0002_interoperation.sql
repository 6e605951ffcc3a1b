-- Times between operations and the batch flag, where the plant's tables carry them; NULL is unknown.
ALTER TABLE operations ADD COLUMN queue_min REAL;
ALTER TABLE operations ADD COLUMN wait_min REAL;
ALTER TABLE operations ADD COLUMN move_min REAL;
ALTER TABLE operations ADD COLUMN is_batch INTEGER;
