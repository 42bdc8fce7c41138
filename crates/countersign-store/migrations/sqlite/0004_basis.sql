-- What an allowance rests on: NULL for a written approval, a word for anything less.

ALTER TABLE standings ADD COLUMN basis TEXT;
