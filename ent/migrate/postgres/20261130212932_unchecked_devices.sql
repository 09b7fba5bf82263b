-- modify "assignment_items" table
ALTER TABLE "assignment_items" DROP CONSTRAINT "assignment_items_devices_assignment_item";
-- modify "assignment_results" table
ALTER TABLE "assignment_results" DROP CONSTRAINT "assignment_results_devices_assignment_results";
-- modify "device_events" table
ALTER TABLE "device_events" DROP CONSTRAINT "device_events_devices_events";
