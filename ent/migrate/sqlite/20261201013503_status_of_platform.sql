-- drop index "device_platform_id" from table: "devices"
DROP INDEX `device_platform_id`;
-- create index "device_platform" to table: "devices"
CREATE INDEX `device_platform` ON `devices` (`platform`, `abm_token_id`, `apple_profile_uuid`, `apple_profile_status`, `id`);
