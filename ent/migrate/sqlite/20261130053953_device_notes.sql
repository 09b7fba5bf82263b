-- create "device_notes" table
CREATE TABLE `device_notes` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `kind` text NOT NULL,
  `at` datetime NOT NULL,
  `device_id` integer NOT NULL,
  CONSTRAINT `device_notes_devices_notes` FOREIGN KEY (`device_id`) REFERENCES `devices` (`id`) ON DELETE NO ACTION
);
-- set sequence for "device_notes" table
INSERT INTO sqlite_sequence (name, seq) VALUES ("device_notes", 9570149208162304);
-- create index "devicenote_device_id_kind" to table: "device_notes"
CREATE UNIQUE INDEX `devicenote_device_id_kind` ON `device_notes` (`device_id`, `kind`);
-- create index "devicenote_kind_at_device_id" to table: "device_notes"
CREATE INDEX `devicenote_kind_at_device_id` ON `device_notes` (`kind`, `at`, `device_id`);
-- what is known already
INSERT INTO device_notes (device_id, kind, at) SELECT id, 'MIGRATION', mdm_migration_deadline FROM devices WHERE mdm_migration_deadline IS NOT NULL AND removed_at IS NULL;
INSERT INTO device_notes (device_id, kind, at) SELECT id, 'ACTIVATED', apple_profile_pushed_at FROM devices WHERE apple_profile_status = 'assigned' AND apple_profile_pushed_at IS NOT NULL AND removed_at IS NULL;
INSERT INTO device_notes (device_id, kind, at) SELECT id, 'REPLACEMENT', added_at FROM devices WHERE apple_extra LIKE '%"is_replacement_device":true%' AND removed_at IS NULL;
