-- modify "assignment_results" table
ALTER TABLE "assignment_results" DROP CONSTRAINT "assignment_results_assignment_batches_results";
