-- create "abm_tokens" table
CREATE TABLE `abm_tokens` (
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
  `stream_generation` integer NOT NULL DEFAULT (0),
  `stream_pages` integer NOT NULL DEFAULT (0),
  `last_synced_at` datetime NULL,
  `last_full_sync_at` datetime NULL,
  `created_at` datetime NOT NULL,
  `updated_at` datetime NOT NULL,
  `deleted_at` datetime NULL
);
-- set sequence for "abm_tokens" table
INSERT INTO sqlite_sequence (name, seq) VALUES ("abm_tokens", 281474976710656);
-- create "api_tokens" table
CREATE TABLE `api_tokens` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `name` text NOT NULL,
  `role` text NOT NULL,
  `secret_hash` blob NOT NULL,
  `hint` text NOT NULL,
  `expires_at` datetime NULL,
  `last_used_at` datetime NULL,
  `revoked_at` datetime NULL,
  `created_at` datetime NOT NULL,
  `created_by` text NOT NULL DEFAULT ('')
);
-- set sequence for "api_tokens" table
INSERT INTO sqlite_sequence (name, seq) VALUES ("api_tokens", 1688849860263936);
-- create index "apitoken_secret_hash" to table: "api_tokens"
CREATE UNIQUE INDEX `apitoken_secret_hash` ON `api_tokens` (`secret_hash`);
-- create "audit_entries" table
CREATE TABLE `audit_entries` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `at` datetime NOT NULL,
  `actor_kind` text NOT NULL,
  `actor_id` integer NULL,
  `actor_name` text NOT NULL,
  `action` text NOT NULL,
  `object_id` integer NULL,
  `object_name` text NOT NULL DEFAULT (''),
  `before` json NULL,
  `after` json NULL,
  `request_id` text NOT NULL DEFAULT (''),
  `remote_address` text NOT NULL DEFAULT ('')
);
-- set sequence for "audit_entries" table
INSERT INTO sqlite_sequence (name, seq) VALUES ("audit_entries", 1970324836974592);
-- create index "auditentry_object_id_id" to table: "audit_entries"
CREATE INDEX `auditentry_object_id_id` ON `audit_entries` (`object_id`, `id`);
-- create index "auditentry_action_id" to table: "audit_entries"
CREATE INDEX `auditentry_action_id` ON `audit_entries` (`action`, `id`);
-- create index "auditentry_actor_id_id" to table: "audit_entries"
CREATE INDEX `auditentry_actor_id_id` ON `audit_entries` (`actor_id`, `id`);
-- create "devices" table
CREATE TABLE `devices` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `serial_number` text NOT NULL,
  `model` text NOT NULL DEFAULT (''),
  `description` text NOT NULL DEFAULT (''),
  `color` text NOT NULL DEFAULT (''),
  `asset_tag` text NOT NULL DEFAULT (''),
  `device_family` text NOT NULL DEFAULT (''),
  `os` text NOT NULL DEFAULT (''),
  `platform` text NOT NULL,
  `apple_profile_uuid` text NOT NULL DEFAULT (''),
  `apple_profile_status` text NOT NULL DEFAULT (''),
  `apple_profile_assigned_at` datetime NULL,
  `apple_profile_pushed_at` datetime NULL,
  `device_assigned_at` datetime NULL,
  `device_assigned_by` text NOT NULL DEFAULT (''),
  `mdm_migration_deadline` datetime NULL,
  `apple_extra` text NOT NULL DEFAULT (''),
  `apple_op_at` datetime NULL,
  `added_at` datetime NOT NULL,
  `changed_at` datetime NOT NULL,
  `removed_at` datetime NULL,
  `abm_token_id` integer NOT NULL
);
-- set sequence for "devices" table
INSERT INTO sqlite_sequence (name, seq) VALUES ("devices", 562949953421312);
-- create index "device_serial_number" to table: "devices"
CREATE UNIQUE INDEX `device_serial_number` ON `devices` (`serial_number`);
-- create index "device_abm_token_id_id" to table: "devices"
CREATE INDEX `device_abm_token_id_id` ON `devices` (`abm_token_id`, `id`);
-- create index "device_platform_id" to table: "devices"
CREATE INDEX `device_platform_id` ON `devices` (`platform`, `id`);
-- create index "device_added_at_id" to table: "devices"
CREATE INDEX `device_added_at_id` ON `devices` (`added_at`, `id`);
-- create index "device_removed_at_id" to table: "devices"
CREATE INDEX `device_removed_at_id` ON `devices` (`removed_at`, `id`) WHERE removed_at IS NOT NULL;
-- create "one_time_links" table
CREATE TABLE `one_time_links` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `purpose` text NOT NULL,
  `code_hash` blob NOT NULL,
  `created_at` datetime NOT NULL,
  `expires_at` datetime NOT NULL,
  `user_id` integer NULL,
  CONSTRAINT `one_time_links_users_links` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE CASCADE
);
-- set sequence for "one_time_links" table
INSERT INTO sqlite_sequence (name, seq) VALUES ("one_time_links", 2814749767106560);
-- create index "onetimelink_code_hash" to table: "one_time_links"
CREATE UNIQUE INDEX `onetimelink_code_hash` ON `one_time_links` (`code_hash`);
-- create index "onetimelink_user_id" to table: "one_time_links"
CREATE INDEX `onetimelink_user_id` ON `one_time_links` (`user_id`);
-- create "sessions" table
CREATE TABLE `sessions` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `token_hash` blob NOT NULL,
  `data` blob NULL,
  `created_at` datetime NOT NULL,
  `expires_at` datetime NOT NULL,
  `user_id` integer NOT NULL,
  CONSTRAINT `sessions_users_sessions` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE CASCADE
);
-- set sequence for "sessions" table
INSERT INTO sqlite_sequence (name, seq) VALUES ("sessions", 1407374883553280);
-- create index "session_token_hash" to table: "sessions"
CREATE UNIQUE INDEX `session_token_hash` ON `sessions` (`token_hash`);
-- create index "session_expires_at" to table: "sessions"
CREATE INDEX `session_expires_at` ON `sessions` (`expires_at`);
-- create index "session_user_id" to table: "sessions"
CREATE INDEX `session_user_id` ON `sessions` (`user_id`);
-- create "settings" table
CREATE TABLE `settings` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `key` text NOT NULL,
  `value` text NOT NULL
);
-- set sequence for "settings" table
INSERT INTO sqlite_sequence (name, seq) VALUES ("settings", 2251799813685248);
-- create index "setting_key" to table: "settings"
CREATE UNIQUE INDEX `setting_key` ON `settings` (`key`);
-- create "sync_marks" table
CREATE TABLE `sync_marks` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `abm_token_id` integer NOT NULL,
  `generation` integer NOT NULL,
  `device_ids` blob NOT NULL
);
-- set sequence for "sync_marks" table
INSERT INTO sqlite_sequence (name, seq) VALUES ("sync_marks", 2533274790395904);
-- create index "syncmark_abm_token_id_generation" to table: "sync_marks"
CREATE INDEX `syncmark_abm_token_id_generation` ON `sync_marks` (`abm_token_id`, `generation`);
-- create "sync_runs" table
CREATE TABLE `sync_runs` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `status` text NOT NULL,
  `phase` text NOT NULL,
  `trigger` text NOT NULL,
  `full` bool NOT NULL,
  `pages` integer NOT NULL DEFAULT (0),
  `devices_seen` integer NOT NULL DEFAULT (0),
  `added` integer NOT NULL DEFAULT (0),
  `modified` integer NOT NULL DEFAULT (0),
  `removed` integer NOT NULL DEFAULT (0),
  `requests` integer NOT NULL DEFAULT (0),
  `retries` integer NOT NULL DEFAULT (0),
  `bytes_received` integer NOT NULL DEFAULT (0),
  `devices_per_second` real NOT NULL DEFAULT (0),
  `started_at` datetime NOT NULL,
  `updated_at` datetime NOT NULL,
  `finished_at` datetime NULL,
  `requested_by` text NOT NULL DEFAULT (''),
  `error_code` text NOT NULL DEFAULT (''),
  `error_message` text NOT NULL DEFAULT (''),
  `error_hint` text NOT NULL DEFAULT (''),
  `cancel_requested` bool NOT NULL DEFAULT (false),
  `lease_owner` text NOT NULL DEFAULT (''),
  `lease_expires_at` datetime NOT NULL,
  `fence` integer NOT NULL DEFAULT (1),
  `abm_token_id` integer NOT NULL,
  CONSTRAINT `sync_runs_abm_tokens_sync_runs` FOREIGN KEY (`abm_token_id`) REFERENCES `abm_tokens` (`id`) ON DELETE NO ACTION
);
-- set sequence for "sync_runs" table
INSERT INTO sqlite_sequence (name, seq) VALUES ("sync_runs", 844424930131968);
-- create index "sync_runs_one_running" to table: "sync_runs"
CREATE UNIQUE INDEX `sync_runs_one_running` ON `sync_runs` (`abm_token_id`) WHERE status = 'RUNNING';
-- create index "syncrun_abm_token_id_id" to table: "sync_runs"
CREATE INDEX `syncrun_abm_token_id_id` ON `sync_runs` (`abm_token_id`, `id`);
-- create index "syncrun_started_at_id" to table: "sync_runs"
CREATE INDEX `syncrun_started_at_id` ON `sync_runs` (`started_at`, `id`);
-- create index "syncrun_status_id" to table: "sync_runs"
CREATE INDEX `syncrun_status_id` ON `sync_runs` (`status`, `id`);
-- create "users" table
CREATE TABLE `users` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `email` text NOT NULL,
  `name` text NOT NULL DEFAULT (''),
  `role` text NOT NULL,
  `password_hash` text NOT NULL DEFAULT (''),
  `disabled_at` datetime NULL,
  `last_seen_at` datetime NULL,
  `created_at` datetime NOT NULL
);
-- set sequence for "users" table
INSERT INTO sqlite_sequence (name, seq) VALUES ("users", 1125899906842624);
-- create index "user_email" to table: "users"
CREATE UNIQUE INDEX `user_email` ON `users` (`email`);
