-- drop index "device_abm_token_id_id" from table: "devices"
DROP INDEX "device_abm_token_id_id";
-- drop index "device_removed_at_id" from table: "devices"
DROP INDEX "device_removed_at_id";
-- create index "device_removed" to table: "devices"
CREATE INDEX "device_removed" ON "devices" ("removed_at", "id", "serial_number", "abm_token_id", "platform", "added_at") WHERE (removed_at IS NOT NULL);
-- create index "device_token" to table: "devices"
CREATE INDEX "device_token" ON "devices" ("abm_token_id", "id", "serial_number", "platform", "removed_at", "added_at");
