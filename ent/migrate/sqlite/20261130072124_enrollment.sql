-- add column "requested_by" to table: "device_events"
ALTER TABLE `device_events` ADD COLUMN `requested_by` text NOT NULL DEFAULT '';
-- add column "minimum_os" to table: "ade_profiles"
ALTER TABLE `ade_profiles` ADD COLUMN `minimum_os` json NULL;
-- drop index "assignmentitem_abm_token_id_due_at" from table: "assignment_items"
DROP INDEX `assignmentitem_abm_token_id_due_at`;
-- create index "assignmentitem_abm_token_id_due_at_id" to table: "assignment_items"
CREATE INDEX `assignmentitem_abm_token_id_due_at_id` ON `assignment_items` (`abm_token_id`, `due_at`, `id`);
-- create "device_cas" table
CREATE TABLE `device_cas` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `fingerprint` text NOT NULL,
  `subject` text NOT NULL,
  `issuer` text NOT NULL,
  `certificate` blob NOT NULL,
  `count` integer NOT NULL,
  `serial_number` text NOT NULL DEFAULT (''),
  `first_at` datetime NOT NULL,
  `last_at` datetime NOT NULL,
  `pinned_at` datetime NULL,
  `pinned_by` text NOT NULL DEFAULT ('')
);
-- set sequence for "device_cas" table
INSERT INTO sqlite_sequence (name, seq) VALUES ("device_cas", 7599824371187712);
-- create index "deviceca_fingerprint" to table: "device_cas"
CREATE UNIQUE INDEX `deviceca_fingerprint` ON `device_cas` (`fingerprint`);
-- create index "deviceca_last_at" to table: "device_cas"
CREATE INDEX `deviceca_last_at` ON `device_cas` (`last_at`);
-- create "device_enrollments" table
CREATE TABLE `device_enrollments` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `status` text NOT NULL,
  `udid` text NOT NULL DEFAULT (''),
  `product` text NOT NULL DEFAULT (''),
  `model_name` text NOT NULL DEFAULT (''),
  `device_name` text NOT NULL DEFAULT (''),
  `os_version` text NOT NULL DEFAULT (''),
  `build_version` text NOT NULL DEFAULT (''),
  `below_minimum_os` bool NOT NULL DEFAULT (false),
  `profile_fetched_at` datetime NULL,
  `authenticated_at` datetime NULL,
  `enrolled_at` datetime NULL,
  `unenrolled_at` datetime NULL,
  `last_seen_at` datetime NULL,
  `enrollments` integer NOT NULL DEFAULT (0),
  `awaiting_configuration` bool NOT NULL DEFAULT (false),
  `release_due_at` datetime NULL,
  `released_at` datetime NULL,
  `ade_profile_registration_id` integer NULL,
  `device_id` integer NOT NULL,
  CONSTRAINT `device_enrollments_ade_profile_registrations_enrollments` FOREIGN KEY (`ade_profile_registration_id`) REFERENCES `ade_profile_registrations` (`id`) ON DELETE SET NULL,
  CONSTRAINT `device_enrollments_devices_enrollment` FOREIGN KEY (`device_id`) REFERENCES `devices` (`id`) ON DELETE NO ACTION
);
-- set sequence for "device_enrollments" table
INSERT INTO sqlite_sequence (name, seq) VALUES ("device_enrollments", 7036874417766400);
-- create index "device_enrollments_device_id_key" to table: "device_enrollments"
CREATE UNIQUE INDEX `device_enrollments_device_id_key` ON `device_enrollments` (`device_id`);
-- create index "deviceenrollment_status_device_id" to table: "device_enrollments"
CREATE INDEX `deviceenrollment_status_device_id` ON `device_enrollments` (`status`, `device_id`);
-- create index "deviceenrollment_udid" to table: "device_enrollments"
CREATE INDEX `deviceenrollment_udid` ON `device_enrollments` (`udid`);
-- create index "deviceenrollment_ade_profile_registration_id" to table: "device_enrollments"
CREATE INDEX `deviceenrollment_ade_profile_registration_id` ON `device_enrollments` (`ade_profile_registration_id`);
-- create index "deviceenrollment_release_due_at" to table: "device_enrollments"
CREATE INDEX `deviceenrollment_release_due_at` ON `device_enrollments` (`release_due_at`) WHERE awaiting_configuration;
-- create "enrollment_refusals" table
CREATE TABLE `enrollment_refusals` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `code` text NOT NULL,
  `serial_number` text NOT NULL,
  `message` text NOT NULL,
  `udid` text NOT NULL DEFAULT (''),
  `product` text NOT NULL DEFAULT (''),
  `os_version` text NOT NULL DEFAULT (''),
  `address` text NOT NULL DEFAULT (''),
  `count` integer NOT NULL,
  `first_at` datetime NOT NULL,
  `last_at` datetime NOT NULL
);
-- set sequence for "enrollment_refusals" table
INSERT INTO sqlite_sequence (name, seq) VALUES ("enrollment_refusals", 7318349394477056);
-- create index "enrollmentrefusal_code_serial_number" to table: "enrollment_refusals"
CREATE UNIQUE INDEX `enrollmentrefusal_code_serial_number` ON `enrollment_refusals` (`code`, `serial_number`);
-- create index "enrollmentrefusal_serial_number" to table: "enrollment_refusals"
CREATE INDEX `enrollmentrefusal_serial_number` ON `enrollment_refusals` (`serial_number`);
-- create index "enrollmentrefusal_last_at_id" to table: "enrollment_refusals"
CREATE INDEX `enrollmentrefusal_last_at_id` ON `enrollment_refusals` (`last_at`, `id`);
-- create "identity_cas" table
CREATE TABLE `identity_cas` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `certificate` blob NOT NULL,
  `sealed_key` blob NOT NULL,
  `created_at` datetime NOT NULL
);
-- set sequence for "identity_cas" table
INSERT INTO sqlite_sequence (name, seq) VALUES ("identity_cas", 7881299347898368);
-- create "identity_certificates" table
CREATE TABLE `identity_certificates` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `serial` text NOT NULL,
  `fingerprint` text NOT NULL,
  `subject` text NOT NULL,
  `udid` text NOT NULL,
  `starts_at` datetime NOT NULL,
  `expires_at` datetime NOT NULL,
  `renews` text NOT NULL DEFAULT (''),
  `revoked_at` datetime NULL,
  `revoked_because` text NOT NULL DEFAULT (''),
  `device_id` integer NOT NULL,
  `identity_ca_id` integer NOT NULL,
  CONSTRAINT `identity_certificates_devices_identity_certificates` FOREIGN KEY (`device_id`) REFERENCES `devices` (`id`) ON DELETE NO ACTION,
  CONSTRAINT `identity_certificates_identity_cas_certificates` FOREIGN KEY (`identity_ca_id`) REFERENCES `identity_cas` (`id`) ON DELETE NO ACTION
);
-- set sequence for "identity_certificates" table
INSERT INTO sqlite_sequence (name, seq) VALUES ("identity_certificates", 8162774324609024);
-- create index "identitycertificate_identity_ca_id_serial" to table: "identity_certificates"
CREATE UNIQUE INDEX `identitycertificate_identity_ca_id_serial` ON `identity_certificates` (`identity_ca_id`, `serial`);
-- create index "identitycertificate_fingerprint" to table: "identity_certificates"
CREATE UNIQUE INDEX `identitycertificate_fingerprint` ON `identity_certificates` (`fingerprint`);
-- create index "identitycertificate_device_id_expires_at" to table: "identity_certificates"
CREATE INDEX `identitycertificate_device_id_expires_at` ON `identity_certificates` (`device_id`, `expires_at`);
-- create index "identitycertificate_expires_at" to table: "identity_certificates"
CREATE INDEX `identitycertificate_expires_at` ON `identity_certificates` (`expires_at`);
-- create "mdm_channels" table
CREATE TABLE `mdm_channels` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `channel` text NOT NULL,
  `of_user` bool NOT NULL,
  `enabled` bool NOT NULL DEFAULT (false),
  `topic` text NOT NULL DEFAULT (''),
  `push_magic` text NOT NULL DEFAULT (''),
  `push_token` blob NULL,
  `sealed_unlock_token` blob NULL,
  `sealed_bootstrap_token` blob NULL,
  `certificate_fingerprint` text NOT NULL DEFAULT (''),
  `token_updates` integer NOT NULL DEFAULT (0),
  `authenticate` blob NULL,
  `token_update` blob NULL,
  `authenticated_at` datetime NULL,
  `token_updated_at` datetime NULL,
  `checked_out_at` datetime NULL,
  `push_due_at` datetime NULL,
  `push_attempts` integer NOT NULL DEFAULT (0),
  `pushed_at` datetime NULL,
  `push_error` text NOT NULL DEFAULT (''),
  `device_id` integer NULL,
  CONSTRAINT `mdm_channels_devices_mdm_channels` FOREIGN KEY (`device_id`) REFERENCES `devices` (`id`) ON DELETE SET NULL
);
-- set sequence for "mdm_channels" table
INSERT INTO sqlite_sequence (name, seq) VALUES ("mdm_channels", 9007199254740992);
-- create index "mdmchannel_channel" to table: "mdm_channels"
CREATE UNIQUE INDEX `mdmchannel_channel` ON `mdm_channels` (`channel`);
-- create index "mdmchannel_device_id" to table: "mdm_channels"
CREATE INDEX `mdmchannel_device_id` ON `mdm_channels` (`device_id`);
-- create index "mdmchannel_certificate_fingerprint" to table: "mdm_channels"
CREATE INDEX `mdmchannel_certificate_fingerprint` ON `mdm_channels` (`certificate_fingerprint`);
-- create index "mdmchannel_push_due_at" to table: "mdm_channels"
CREATE INDEX `mdmchannel_push_due_at` ON `mdm_channels` (`push_due_at`) WHERE push_due_at IS NOT NULL;
-- create "mdm_commands" table
CREATE TABLE `mdm_commands` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `command_uuid` text NOT NULL,
  `request_type` text NOT NULL,
  `body` blob NOT NULL,
  `purpose` text NOT NULL,
  `requested_by` text NOT NULL DEFAULT (''),
  `status` text NOT NULL,
  `answer` blob NULL,
  `error_message` text NOT NULL DEFAULT (''),
  `attempts` integer NOT NULL DEFAULT (0),
  `queued_at` datetime NOT NULL,
  `sent_at` datetime NULL,
  `answered_at` datetime NULL,
  `done_at` datetime NULL,
  `mdm_channel_id` integer NOT NULL,
  CONSTRAINT `mdm_commands_mdm_channels_commands` FOREIGN KEY (`mdm_channel_id`) REFERENCES `mdm_channels` (`id`) ON DELETE CASCADE
);
-- set sequence for "mdm_commands" table
INSERT INTO sqlite_sequence (name, seq) VALUES ("mdm_commands", 9288674231451648);
-- create index "mdmcommand_mdm_channel_id_command_uuid" to table: "mdm_commands"
CREATE UNIQUE INDEX `mdmcommand_mdm_channel_id_command_uuid` ON `mdm_commands` (`mdm_channel_id`, `command_uuid`);
-- create index "mdmcommand_mdm_channel_id_id" to table: "mdm_commands"
CREATE INDEX `mdmcommand_mdm_channel_id_id` ON `mdm_commands` (`mdm_channel_id`, `id`);
-- create index "mdmcommand_open" to table: "mdm_commands"
CREATE INDEX `mdmcommand_open` ON `mdm_commands` (`mdm_channel_id`, `status`, `id`) WHERE done_at IS NULL;
-- create "push_certificates" table
CREATE TABLE `push_certificates` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `topic` text NOT NULL DEFAULT (''),
  `subject` text NOT NULL DEFAULT (''),
  `apple_account` text NOT NULL DEFAULT (''),
  `request` blob NOT NULL,
  `certificate` blob NULL,
  `sealed_key` blob NOT NULL,
  `created_at` datetime NOT NULL,
  `not_before` datetime NULL,
  `not_after` datetime NULL,
  `uploaded_at` datetime NULL,
  `expiry_alert` integer NULL,
  `expiry_alert_at` datetime NULL,
  `replaced_at` datetime NULL
);
-- set sequence for "push_certificates" table
INSERT INTO sqlite_sequence (name, seq) VALUES ("push_certificates", 8725724278030336);
-- create index "pushcertificate_topic" to table: "push_certificates"
CREATE INDEX `pushcertificate_topic` ON `push_certificates` (`topic`);
-- create "scep_challenges" table
CREATE TABLE `scep_challenges` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `hash` text NOT NULL,
  `udid` text NOT NULL,
  `renews` text NOT NULL DEFAULT (''),
  `created_at` datetime NOT NULL,
  `expires_at` datetime NOT NULL,
  `used_at` datetime NULL,
  `device_id` integer NOT NULL,
  CONSTRAINT `scep_challenges_devices_scep_challenges` FOREIGN KEY (`device_id`) REFERENCES `devices` (`id`) ON DELETE NO ACTION
);
-- set sequence for "scep_challenges" table
INSERT INTO sqlite_sequence (name, seq) VALUES ("scep_challenges", 8444249301319680);
-- create index "scepchallenge_hash" to table: "scep_challenges"
CREATE UNIQUE INDEX `scepchallenge_hash` ON `scep_challenges` (`hash`);
-- create index "scepchallenge_device_id" to table: "scep_challenges"
CREATE INDEX `scepchallenge_device_id` ON `scep_challenges` (`device_id`);
-- create index "scepchallenge_expires_at" to table: "scep_challenges"
CREATE INDEX `scepchallenge_expires_at` ON `scep_challenges` (`expires_at`);
