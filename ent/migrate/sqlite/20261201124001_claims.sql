-- add column "claimed_until" to table: "assignment_items"
ALTER TABLE `assignment_items` ADD COLUMN `claimed_until` datetime NULL;
