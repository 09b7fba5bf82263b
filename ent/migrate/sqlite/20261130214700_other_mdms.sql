-- create "other_mdms" table
CREATE TABLE `other_mdms` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `name` text NOT NULL,
  `source` text NOT NULL,
  `url` text NOT NULL DEFAULT (''),
  `sealed_url` blob NULL,
  `request` text NOT NULL DEFAULT ('GET'),
  `sealed_authorization` blob NULL,
  `sealed_profile` blob NULL,
  `webhook_authentication` text NOT NULL DEFAULT ('HMAC'),
  `sealed_webhook_secret` blob NULL,
  `webhook_secret_at` datetime NOT NULL,
  `last_event_at` datetime NULL,
  `last_refusal_at` datetime NULL,
  `last_refusal_code` text NOT NULL DEFAULT (''),
  `last_refusal_message` text NOT NULL DEFAULT (''),
  `refusals` integer NOT NULL DEFAULT (0),
  `created_at` datetime NOT NULL,
  `updated_at` datetime NOT NULL,
  `deleted_at` datetime NULL
);
-- set sequence for "other_mdms" table
INSERT INTO sqlite_sequence (name, seq) VALUES ("other_mdms", 11258999068426240);
-- create index "othermdm_name" to table: "other_mdms"
CREATE UNIQUE INDEX `othermdm_name` ON `other_mdms` (`name`) WHERE deleted_at IS NULL;
-- add column "other_mdm_id" to table: "ade_profiles"
ALTER TABLE `ade_profiles` ADD COLUMN `other_mdm_id` integer NULL CONSTRAINT `ade_profiles_other_mdms_profiles` REFERENCES `other_mdms` (`id`) ON DELETE SET NULL;
-- create index "adeprofile_other_mdm_id" to table: "ade_profiles"
CREATE INDEX `adeprofile_other_mdm_id` ON `ade_profiles` (`other_mdm_id`);
-- add column "reported_at" to table: "device_enrollments"
ALTER TABLE `device_enrollments` ADD COLUMN `reported_at` datetime NULL;
-- add column "offered_mdm_id" to table: "device_enrollments"
ALTER TABLE `device_enrollments` ADD COLUMN `offered_mdm_id` integer NULL CONSTRAINT `device_enrollments_other_mdms_offers` REFERENCES `other_mdms` (`id`) ON DELETE SET NULL;
-- add column "other_mdm_id" to table: "device_enrollments"
ALTER TABLE `device_enrollments` ADD COLUMN `other_mdm_id` integer NULL CONSTRAINT `device_enrollments_other_mdms_enrollments` REFERENCES `other_mdms` (`id`) ON DELETE SET NULL;
-- create index "deviceenrollment_other_mdm_id_status" to table: "device_enrollments"
CREATE INDEX `deviceenrollment_other_mdm_id_status` ON `device_enrollments` (`other_mdm_id`, `status`) WHERE other_mdm_id IS NOT NULL;
-- create index "deviceenrollment_offered_mdm_id" to table: "device_enrollments"
CREATE INDEX `deviceenrollment_offered_mdm_id` ON `device_enrollments` (`offered_mdm_id`) WHERE offered_mdm_id IS NOT NULL;
