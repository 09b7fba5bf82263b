-- add columns to table: "abm_tokens"
ALTER TABLE `abm_tokens` ADD COLUMN `stream_delta_cursor` text NOT NULL DEFAULT '';
ALTER TABLE `abm_tokens` ADD COLUMN `stream_reconciles` bool NOT NULL DEFAULT false;
ALTER TABLE `abm_tokens` ADD COLUMN `held_removals` integer NOT NULL DEFAULT 0;
ALTER TABLE `abm_tokens` ADD COLUMN `held_at` datetime NULL;
ALTER TABLE `abm_tokens` ADD COLUMN `confirmed_removals` integer NOT NULL DEFAULT 0;
ALTER TABLE `abm_tokens` ADD COLUMN `expiry_alert` integer NULL;
ALTER TABLE `abm_tokens` ADD COLUMN `expiry_alert_at` datetime NULL;
-- add columns to table: "sync_runs"
ALTER TABLE `sync_runs` ADD COLUMN `throttle_waits` integer NOT NULL DEFAULT 0;
ALTER TABLE `sync_runs` ADD COLUMN `throttle_seconds` real NOT NULL DEFAULT 0;
ALTER TABLE `sync_runs` ADD COLUMN `compared` bool NOT NULL DEFAULT false;
ALTER TABLE `sync_runs` ADD COLUMN `missing_here` integer NOT NULL DEFAULT 0;
ALTER TABLE `sync_runs` ADD COLUMN `missing_at_apple` integer NOT NULL DEFAULT 0;
ALTER TABLE `sync_runs` ADD COLUMN `changed_unannounced` integer NOT NULL DEFAULT 0;
ALTER TABLE `sync_runs` ADD COLUMN `held_removals` integer NOT NULL DEFAULT 0;
ALTER TABLE `sync_runs` ADD COLUMN `phase_times` json NULL;
-- create "device_counts" table
CREATE TABLE `device_counts` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `abm_token_id` integer NOT NULL,
  `platform` text NOT NULL,
  `day` integer NOT NULL,
  `present` integer NOT NULL,
  `removed` integer NOT NULL
);
-- set sequence for "device_counts" table
INSERT INTO sqlite_sequence (name, seq) VALUES ("device_counts", 3377699720527872);
-- create index "devicecount_abm_token_id_platform_day" to table: "device_counts"
CREATE UNIQUE INDEX `devicecount_abm_token_id_platform_day` ON `device_counts` (`abm_token_id`, `platform`, `day`);
-- create "device_events" table
CREATE TABLE `device_events` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `abm_token_id` integer NOT NULL,
  `sync_run_id` integer NULL,
  `kind` text NOT NULL,
  `at` datetime NOT NULL,
  `apple_at` datetime NULL,
  `changes` json NULL,
  `unannounced` bool NOT NULL DEFAULT (false),
  `device_id` integer NOT NULL,
  CONSTRAINT `device_events_devices_events` FOREIGN KEY (`device_id`) REFERENCES `devices` (`id`) ON DELETE NO ACTION
);
-- set sequence for "device_events" table
INSERT INTO sqlite_sequence (name, seq) VALUES ("device_events", 3096224743817216);
-- create index "deviceevent_device_id_id" to table: "device_events"
CREATE INDEX `deviceevent_device_id_id` ON `device_events` (`device_id`, `id`);
-- create index "deviceevent_sync_run_id_id" to table: "device_events"
CREATE INDEX `deviceevent_sync_run_id_id` ON `device_events` (`sync_run_id`, `id`) WHERE unannounced;
-- count the devices that are there: day 0 is all days together, the others are those that are still asked for
INSERT INTO `device_counts` (`abm_token_id`, `platform`, `day`, `present`, `removed`)
  SELECT `abm_token_id`, `platform`, 0, count(*) FILTER (WHERE `removed_at` IS NULL), count(*) FILTER (WHERE `removed_at` IS NOT NULL)
  FROM `devices` GROUP BY `abm_token_id`, `platform`;
INSERT INTO `device_counts` (`abm_token_id`, `platform`, `day`, `present`, `removed`)
  SELECT `abm_token_id`, `platform`, CAST(strftime('%s', coalesce(`removed_at`, `added_at`)) AS INTEGER) / 86400,
    count(*) FILTER (WHERE `removed_at` IS NULL), count(*) FILTER (WHERE `removed_at` IS NOT NULL)
  FROM `devices` WHERE coalesce(`removed_at`, `added_at`) >= datetime('now', '-40 days') GROUP BY 1, 2, 3;
