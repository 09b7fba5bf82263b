-- disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- create "new_abm_tokens" table
CREATE TABLE `new_abm_tokens` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `name` text NOT NULL,
  `state` text NOT NULL DEFAULT ('AWAITING_SERVER_TOKEN'),
  `state_message` text NOT NULL DEFAULT (''),
  `state_changed_at` datetime NOT NULL,
  `current_key` blob NULL,
  `current_certificate` text NOT NULL DEFAULT (''),
  `staged_key` blob NULL,
  `staged_certificate` text NOT NULL DEFAULT (''),
  `credentials` blob NULL,
  `consumer_key_hash` text NOT NULL DEFAULT (''),
  `credentials_version` integer NOT NULL DEFAULT (0),
  `expires_at` datetime NULL,
  `server_name` text NOT NULL DEFAULT (''),
  `server_uuid` text NOT NULL DEFAULT (''),
  `admin_id` text NOT NULL DEFAULT (''),
  `org_name` text NOT NULL DEFAULT (''),
  `org_id` text NOT NULL DEFAULT (''),
  `org_type` text NOT NULL DEFAULT (''),
  `page_limit` integer NOT NULL DEFAULT (1000),
  `stream_stage` text NOT NULL DEFAULT ('FETCH'),
  `stream_cursor` text NOT NULL DEFAULT (''),
  `stream_delta_cursor` text NOT NULL DEFAULT (''),
  `stream_reconciles` bool NOT NULL DEFAULT (false),
  `stream_generation` integer NOT NULL DEFAULT (0),
  `stream_pages` integer NOT NULL DEFAULT (0),
  `last_synced_at` datetime NULL,
  `last_full_sync_at` datetime NULL,
  `serial_beginnings` text NOT NULL DEFAULT (''),
  `held_removals` integer NOT NULL DEFAULT (0),
  `held_at` datetime NULL,
  `confirmed_removals` integer NOT NULL DEFAULT (0),
  `assignment_mode` text NULL,
  `assign_limit` integer NOT NULL DEFAULT (1000),
  `expiry_alert` integer NULL,
  `expiry_alert_at` datetime NULL,
  `created_at` datetime NOT NULL,
  `updated_at` datetime NOT NULL,
  `deleted_at` datetime NULL
);
-- set sequence for "new_abm_tokens" table
INSERT INTO sqlite_sequence (name, seq) VALUES ("new_abm_tokens", 281474976710656);
-- copy rows from old table "abm_tokens" to new temporary table "new_abm_tokens"
INSERT INTO `new_abm_tokens` (`id`, `name`, `state`, `state_message`, `state_changed_at`, `current_key`, `current_certificate`, `staged_key`, `staged_certificate`, `credentials`, `consumer_key_hash`, `credentials_version`, `expires_at`, `server_name`, `server_uuid`, `admin_id`, `org_name`, `org_id`, `org_type`, `page_limit`, `stream_stage`, `stream_cursor`, `stream_delta_cursor`, `stream_reconciles`, `stream_generation`, `stream_pages`, `last_synced_at`, `last_full_sync_at`, `held_removals`, `held_at`, `confirmed_removals`, `assignment_mode`, `assign_limit`, `expiry_alert`, `expiry_alert_at`, `created_at`, `updated_at`, `deleted_at`) SELECT `id`, `name`, `state`, `state_message`, `state_changed_at`, `current_key`, `current_certificate`, `staged_key`, `staged_certificate`, `credentials`, `consumer_key_hash`, `credentials_version`, `expires_at`, `server_name`, `server_uuid`, `admin_id`, `org_name`, `org_id`, `org_type`, `page_limit`, `stream_stage`, `stream_cursor`, `stream_delta_cursor`, `stream_reconciles`, `stream_generation`, `stream_pages`, `last_synced_at`, `last_full_sync_at`, `held_removals`, `held_at`, `confirmed_removals`, `assignment_mode`, `assign_limit`, `expiry_alert`, `expiry_alert_at`, `created_at`, `updated_at`, `deleted_at` FROM `abm_tokens`;
-- drop "abm_tokens" table after copying rows
DROP TABLE `abm_tokens`;
-- rename temporary table "new_abm_tokens" to "abm_tokens"
ALTER TABLE `new_abm_tokens` RENAME TO `abm_tokens`;
-- enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;
-- How the serial numbers of its devices begin. "*" stands for those that do not begin with two letters or digits.
UPDATE `abm_tokens` SET `serial_beginnings` = coalesce((SELECT group_concat(`begin`, ' ') FROM (SELECT DISTINCT CASE WHEN substr(`serial_number`, 1, 2) GLOB '[0-9A-Z][0-9A-Z]' THEN substr(`serial_number`, 1, 2) ELSE '*' END AS `begin` FROM `devices` WHERE `devices`.`abm_token_id` = `abm_tokens`.`id`)), '');
