-- The snapshot that a model was learned from, which is kept as long as the model is; '' for models from before there were
-- snapshots.
ALTER TABLE models ADD COLUMN snapshot TEXT NOT NULL DEFAULT '';
