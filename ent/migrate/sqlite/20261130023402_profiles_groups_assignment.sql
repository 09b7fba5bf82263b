-- add columns to table: "abm_tokens"
ALTER TABLE `abm_tokens` ADD COLUMN `assignment_mode` text NULL;
ALTER TABLE `abm_tokens` ADD COLUMN `assign_limit` integer NOT NULL DEFAULT 1000;
-- add column to table: "devices"
ALTER TABLE `devices` ADD COLUMN `profile_rule` integer NULL;
-- create index "device_profile_rule_id" to table: "devices"
CREATE INDEX `device_profile_rule_id` ON `devices` (`profile_rule`, `id`) WHERE profile_rule IS NOT NULL;
-- create "ade_profiles" table
CREATE TABLE `ade_profiles` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `name` text NOT NULL,
  `platforms` json NULL,
  `draft` text NOT NULL DEFAULT (''),
  `published_version_id` integer NULL,
  `created_at` datetime NOT NULL,
  `updated_at` datetime NOT NULL,
  `deleted_at` datetime NULL
);
-- set sequence for "ade_profiles" table
INSERT INTO sqlite_sequence (name, seq) VALUES ("ade_profiles", 3659174697238528);
-- create index "adeprofile_name" to table: "ade_profiles"
CREATE UNIQUE INDEX `adeprofile_name` ON `ade_profiles` (`name`) WHERE deleted_at IS NULL;
-- create "ade_profile_registrations" table
CREATE TABLE `ade_profile_registrations` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `abm_token_id` integer NOT NULL,
  `enrollment_key` text NOT NULL,
  `server_url` text NOT NULL,
  `apple_profile_uuid` text NOT NULL DEFAULT (''),
  `registered_at` datetime NULL,
  `error_code` text NOT NULL DEFAULT (''),
  `error_message` text NOT NULL DEFAULT (''),
  `error_hint` text NOT NULL DEFAULT (''),
  `error_field` text NOT NULL DEFAULT (''),
  `attempts` integer NOT NULL DEFAULT (0),
  `next_attempt_at` datetime NULL,
  `ade_profile_version_id` integer NOT NULL,
  CONSTRAINT `ade_profile_registrations_ade_profile_versions_registrations` FOREIGN KEY (`ade_profile_version_id`) REFERENCES `ade_profile_versions` (`id`) ON DELETE NO ACTION
);
-- set sequence for "ade_profile_registrations" table
INSERT INTO sqlite_sequence (name, seq) VALUES ("ade_profile_registrations", 4222124650659840);
-- create index "ade_profile_registrations_enrollment_key_key" to table: "ade_profile_registrations"
CREATE UNIQUE INDEX `ade_profile_registrations_enrollment_key_key` ON `ade_profile_registrations` (`enrollment_key`);
-- create index "adeprofileregistration_version_token_url" to table: "ade_profile_registrations"
CREATE UNIQUE INDEX `adeprofileregistration_version_token_url` ON `ade_profile_registrations` (`ade_profile_version_id`, `abm_token_id`, `server_url`);
-- create index "adeprofileregistration_abm_token_id_apple_profile_uuid" to table: "ade_profile_registrations"
CREATE INDEX `adeprofileregistration_abm_token_id_apple_profile_uuid` ON `ade_profile_registrations` (`abm_token_id`, `apple_profile_uuid`);
-- create "ade_profile_versions" table
CREATE TABLE `ade_profile_versions` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `number` integer NOT NULL,
  `content` text NOT NULL,
  `content_hash` text NOT NULL,
  `published_at` datetime NOT NULL,
  `published_by` text NOT NULL,
  `ade_profile_id` integer NOT NULL,
  CONSTRAINT `ade_profile_versions_ade_profiles_versions` FOREIGN KEY (`ade_profile_id`) REFERENCES `ade_profiles` (`id`) ON DELETE NO ACTION
);
-- set sequence for "ade_profile_versions" table
INSERT INTO sqlite_sequence (name, seq) VALUES ("ade_profile_versions", 3940649673949184);
-- create index "adeprofileversion_ade_profile_id_number" to table: "ade_profile_versions"
CREATE UNIQUE INDEX `adeprofileversion_ade_profile_id_number` ON `ade_profile_versions` (`ade_profile_id`, `number`);
-- create "assignment_batches" table
CREATE TABLE `assignment_batches` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `cause` text NOT NULL,
  `status` text NOT NULL,
  `title` text NOT NULL,
  `ade_profile_id` integer NULL,
  `requested_by` text NOT NULL,
  `devices` integer NOT NULL DEFAULT (0),
  `counted` bool NOT NULL DEFAULT (false),
  `total` integer NOT NULL DEFAULT (0),
  `succeeded` integer NOT NULL DEFAULT (0),
  `failed` integer NOT NULL DEFAULT (0),
  `created_at` datetime NOT NULL,
  `updated_at` datetime NOT NULL,
  `finished_at` datetime NULL
);
-- set sequence for "assignment_batches" table
INSERT INTO sqlite_sequence (name, seq) VALUES ("assignment_batches", 6473924464345088);
-- create index "assignmentbatch_status_id" to table: "assignment_batches"
CREATE INDEX `assignmentbatch_status_id` ON `assignment_batches` (`status`, `id`);
-- create "assignment_items" table
CREATE TABLE `assignment_items` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `abm_token_id` integer NOT NULL,
  `ade_profile_id` integer NULL,
  `state` text NOT NULL,
  `due_at` datetime NOT NULL,
  `attempts` integer NOT NULL DEFAULT (0),
  `error_code` text NOT NULL DEFAULT (''),
  `error_message` text NOT NULL DEFAULT (''),
  `assignment_batch_id` integer NULL,
  `created_at` datetime NOT NULL,
  `device_id` integer NOT NULL,
  CONSTRAINT `assignment_items_devices_assignment_item` FOREIGN KEY (`device_id`) REFERENCES `devices` (`id`) ON DELETE NO ACTION
);
-- set sequence for "assignment_items" table
INSERT INTO sqlite_sequence (name, seq) VALUES ("assignment_items", 5910974510923776);
-- create index "assignment_items_device_id_key" to table: "assignment_items"
CREATE UNIQUE INDEX `assignment_items_device_id_key` ON `assignment_items` (`device_id`);
-- create index "assignmentitem_abm_token_id_due_at" to table: "assignment_items"
CREATE INDEX `assignmentitem_abm_token_id_due_at` ON `assignment_items` (`abm_token_id`, `due_at`);
-- create index "assignmentitem_state_device_id" to table: "assignment_items"
CREATE INDEX `assignmentitem_state_device_id` ON `assignment_items` (`state`, `device_id`);
-- create index "assignmentitem_assignment_batch_id_id" to table: "assignment_items"
CREATE INDEX `assignmentitem_assignment_batch_id_id` ON `assignment_items` (`assignment_batch_id`, `id`);
-- create index "assignmentitem_ade_profile_id" to table: "assignment_items"
CREATE INDEX `assignmentitem_ade_profile_id` ON `assignment_items` (`ade_profile_id`);
-- create "assignment_jobs" table
CREATE TABLE `assignment_jobs` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `scope` json NOT NULL,
  `after_id` integer NOT NULL DEFAULT (0),
  `assignment_batch_id` integer NULL,
  `created_at` datetime NOT NULL,
  `updated_at` datetime NOT NULL
);
-- set sequence for "assignment_jobs" table
INSERT INTO sqlite_sequence (name, seq) VALUES ("assignment_jobs", 6192449487634432);
-- create "assignment_results" table
CREATE TABLE `assignment_results` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `previous_rule` integer NULL,
  `status` text NOT NULL,
  `message` text NOT NULL DEFAULT (''),
  `updated_at` datetime NOT NULL,
  `assignment_batch_id` integer NOT NULL,
  `device_id` integer NOT NULL,
  CONSTRAINT `assignment_results_assignment_batches_results` FOREIGN KEY (`assignment_batch_id`) REFERENCES `assignment_batches` (`id`) ON DELETE NO ACTION,
  CONSTRAINT `assignment_results_devices_assignment_results` FOREIGN KEY (`device_id`) REFERENCES `devices` (`id`) ON DELETE NO ACTION
);
-- set sequence for "assignment_results" table
INSERT INTO sqlite_sequence (name, seq) VALUES ("assignment_results", 6755399441055744);
-- create index "assignmentresult_assignment_batch_id_device_id" to table: "assignment_results"
CREATE UNIQUE INDEX `assignmentresult_assignment_batch_id_device_id` ON `assignment_results` (`assignment_batch_id`, `device_id`);
-- create index "assignmentresult_device_id" to table: "assignment_results"
CREATE INDEX `assignmentresult_device_id` ON `assignment_results` (`device_id`);
-- create "device_groups" table
CREATE TABLE `device_groups` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `name` text NOT NULL,
  `description` text NOT NULL DEFAULT (''),
  `position` integer NOT NULL,
  `rule` json NULL,
  `created_at` datetime NOT NULL,
  `updated_at` datetime NOT NULL,
  `ade_profile_id` integer NULL,
  CONSTRAINT `device_groups_ade_profiles_groups` FOREIGN KEY (`ade_profile_id`) REFERENCES `ade_profiles` (`id`) ON DELETE SET NULL
);
-- set sequence for "device_groups" table
INSERT INTO sqlite_sequence (name, seq) VALUES ("device_groups", 4785074604081152);
-- create index "devicegroup_name" to table: "device_groups"
CREATE UNIQUE INDEX `devicegroup_name` ON `device_groups` (`name`);
-- create index "devicegroup_ade_profile_id" to table: "device_groups"
CREATE INDEX `devicegroup_ade_profile_id` ON `device_groups` (`ade_profile_id`);
-- create index "devicegroup_position_id" to table: "device_groups"
CREATE INDEX `devicegroup_position_id` ON `device_groups` (`position`, `id`);
-- create "device_group_members" table
CREATE TABLE `device_group_members` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `device_id` integer NOT NULL,
  `device_group_id` integer NOT NULL,
  CONSTRAINT `device_group_members_devices_memberships` FOREIGN KEY (`device_id`) REFERENCES `devices` (`id`) ON DELETE NO ACTION,
  CONSTRAINT `device_group_members_device_groups_members` FOREIGN KEY (`device_group_id`) REFERENCES `device_groups` (`id`) ON DELETE CASCADE
);
-- set sequence for "device_group_members" table
INSERT INTO sqlite_sequence (name, seq) VALUES ("device_group_members", 5066549580791808);
-- create index "devicegroupmember_device_group_id_device_id" to table: "device_group_members"
CREATE UNIQUE INDEX `devicegroupmember_device_group_id_device_id` ON `device_group_members` (`device_group_id`, `device_id`);
-- create index "devicegroupmember_device_id" to table: "device_group_members"
CREATE INDEX `devicegroupmember_device_id` ON `device_group_members` (`device_id`);
-- create "platform_defaults" table
CREATE TABLE `platform_defaults` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `platform` text NOT NULL,
  `updated_at` datetime NOT NULL,
  `abm_token_id` integer NULL,
  `ade_profile_id` integer NOT NULL,
  CONSTRAINT `platform_defaults_abm_tokens_defaults` FOREIGN KEY (`abm_token_id`) REFERENCES `abm_tokens` (`id`) ON DELETE SET NULL,
  CONSTRAINT `platform_defaults_ade_profiles_defaults` FOREIGN KEY (`ade_profile_id`) REFERENCES `ade_profiles` (`id`) ON DELETE NO ACTION
);
-- set sequence for "platform_defaults" table
INSERT INTO sqlite_sequence (name, seq) VALUES ("platform_defaults", 4503599627370496);
-- create index "platformdefault_abm_token_id_platform" to table: "platform_defaults"
CREATE UNIQUE INDEX `platformdefault_abm_token_id_platform` ON `platform_defaults` (`abm_token_id`, `platform`);
-- create index "platformdefault_platform" to table: "platform_defaults"
CREATE UNIQUE INDEX `platformdefault_platform` ON `platform_defaults` (`platform`) WHERE abm_token_id IS NULL;
-- create index "platformdefault_ade_profile_id" to table: "platform_defaults"
CREATE INDEX `platformdefault_ade_profile_id` ON `platform_defaults` (`ade_profile_id`);
-- create "serial_lists" table
CREATE TABLE `serial_lists` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `created_by_id` integer NOT NULL,
  `created_at` datetime NOT NULL,
  `expires_at` datetime NOT NULL,
  `known` integer NOT NULL DEFAULT (0),
  `unknown` integer NOT NULL DEFAULT (0),
  `duplicates` integer NOT NULL DEFAULT (0),
  `invalid` integer NOT NULL DEFAULT (0),
  `complete` bool NOT NULL DEFAULT (false)
);
-- set sequence for "serial_lists" table
INSERT INTO sqlite_sequence (name, seq) VALUES ("serial_lists", 5348024557502464);
-- create index "seriallist_expires_at" to table: "serial_lists"
CREATE INDEX `seriallist_expires_at` ON `serial_lists` (`expires_at`);
-- create "serial_list_entries" table
CREATE TABLE `serial_list_entries` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `serial_number` text NOT NULL,
  `row` integer NOT NULL,
  `problem` text NULL,
  `known` bool NOT NULL DEFAULT (false),
  `serial_list_id` integer NOT NULL,
  CONSTRAINT `serial_list_entries_serial_lists_entries` FOREIGN KEY (`serial_list_id`) REFERENCES `serial_lists` (`id`) ON DELETE CASCADE
);
-- set sequence for "serial_list_entries" table
INSERT INTO sqlite_sequence (name, seq) VALUES ("serial_list_entries", 5629499534213120);
-- create index "seriallistentry_serial_list_id_serial_number" to table: "serial_list_entries"
CREATE UNIQUE INDEX `seriallistentry_serial_list_id_serial_number` ON `serial_list_entries` (`serial_list_id`, `serial_number`) WHERE problem IS NULL;
-- create index "seriallistentry_serial_list_id_row" to table: "serial_list_entries"
CREATE INDEX `seriallistentry_serial_list_id_row` ON `serial_list_entries` (`serial_list_id`, `row`);
