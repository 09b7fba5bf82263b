-- create "command_batches" table
CREATE TABLE `command_batches` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `command_uuid` text NOT NULL,
  `request_type` text NOT NULL,
  `title` text NOT NULL,
  `status` text NOT NULL,
  `requested_by` text NOT NULL,
  `sealed_body` blob NULL,
  `devices` integer NOT NULL,
  `not_enrolled` integer NOT NULL DEFAULT (0),
  `skipped` json NULL,
  `waiting` blob NULL,
  `after_id` integer NOT NULL DEFAULT (0),
  `total` integer NOT NULL DEFAULT (0),
  `queued` bool NOT NULL DEFAULT (false),
  `acknowledged` integer NOT NULL DEFAULT (0),
  `failed` integer NOT NULL DEFAULT (0),
  `canceled` integer NOT NULL DEFAULT (0),
  `dropped` integer NOT NULL DEFAULT (0),
  `created_at` datetime NOT NULL,
  `updated_at` datetime NOT NULL,
  `finished_at` datetime NULL
);
-- set sequence for "command_batches" table
INSERT INTO sqlite_sequence (name, seq) VALUES ("command_batches", 9851624184872960);
-- create index "commandbatch_status_id" to table: "command_batches"
CREATE INDEX `commandbatch_status_id` ON `command_batches` (`status`, `id`);
-- add column "push_repeats" to table: "mdm_channels"
ALTER TABLE `mdm_channels` ADD COLUMN `push_repeats` integer NOT NULL DEFAULT 0;
-- add column "command_batch_id" to table: "mdm_commands"
ALTER TABLE `mdm_commands` ADD COLUMN `command_batch_id` integer NULL CONSTRAINT `mdm_commands_command_batches_commands` REFERENCES `command_batches` (`id`) ON DELETE SET NULL;
-- create index "mdmcommand_command_batch_id_id" to table: "mdm_commands"
CREATE INDEX `mdmcommand_command_batch_id_id` ON `mdm_commands` (`command_batch_id`, `id`) WHERE command_batch_id IS NOT NULL;
-- create index "mdmcommand_command_batch_id_status_id" to table: "mdm_commands"
CREATE INDEX `mdmcommand_command_batch_id_status_id` ON `mdm_commands` (`command_batch_id`, `status`, `id`) WHERE command_batch_id IS NOT NULL;
