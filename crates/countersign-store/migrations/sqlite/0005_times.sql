-- Whether a deployment is on record there, and the time in which there may first be one.

ALTER TABLE standings ADD COLUMN deployed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE standings ADD COLUMN not_before TEXT;
ALTER TABLE standings ADD COLUMN not_after TEXT;
