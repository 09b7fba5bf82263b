-- add column "session_id" to table: "api_tokens"
ALTER TABLE `api_tokens` ADD COLUMN `session_id` integer NULL CONSTRAINT `api_tokens_sessions_api_tokens` REFERENCES `sessions` (`id`) ON DELETE CASCADE;
-- create index "apitoken_session_id" to table: "api_tokens"
CREATE INDEX `apitoken_session_id` ON `api_tokens` (`session_id`);
-- create "fleet_days" table
CREATE TABLE `fleet_days` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `abm_token_id` integer NOT NULL,
  `platform` text NOT NULL,
  `day` integer NOT NULL,
  `devices` integer NOT NULL
);
-- set sequence for "fleet_days" table
INSERT INTO sqlite_sequence (name, seq) VALUES ("fleet_days", 14355223812243456);
-- create index "fleetday_day_abm_token_id_platform" to table: "fleet_days"
CREATE UNIQUE INDEX `fleetday_day_abm_token_id_platform` ON `fleet_days` (`day`, `abm_token_id`, `platform`);
-- create "replicas" table
CREATE TABLE `replicas` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `name` text NOT NULL,
  `version` text NOT NULL,
  `started_at` datetime NOT NULL,
  `seen_at` datetime NOT NULL
);
-- set sequence for "replicas" table
INSERT INTO sqlite_sequence (name, seq) VALUES ("replicas", 14073748835532800);
-- create index "replica_name" to table: "replicas"
CREATE UNIQUE INDEX `replica_name` ON `replicas` (`name`);
