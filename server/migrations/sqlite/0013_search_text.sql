-- A search reads the snapshot of the plant; the text that it read before is no longer kept.
ALTER TABLE current_items DROP COLUMN search_text;
ALTER TABLE item_versions DROP COLUMN search_text;
