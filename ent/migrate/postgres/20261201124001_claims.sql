-- modify "assignment_items" table
ALTER TABLE "assignment_items" ADD COLUMN "claimed_until" timestamptz NULL;
-- room on each page for the row to be written once more without all of its indexes (HOT): an item is claimed, a result gets its outcome
ALTER TABLE "assignment_items" SET (fillfactor = 50);
ALTER TABLE "assignment_results" SET (fillfactor = 50);
