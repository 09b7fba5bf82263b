package assignment

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/assignmentbatch"
	"github.com/guardmdm/guardmdm/ent/assignmentitem"
	"github.com/guardmdm/guardmdm/ent/assignmentresult"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/store"
)

// newBatch begins a batch inside tx. profile is 0 where none was chosen.
func (s *Service) newBatch(ctx context.Context, tx *store.Tx, cause assignmentbatch.Cause, title string, profile gid.ID) (*ent.AssignmentBatch, error) {
	now := s.clock.Now().UTC()
	c := tx.AssignmentBatch.Create().SetCause(cause).SetStatus(assignmentbatch.StatusRunning).SetTitle(title).
		SetRequestedBy(auth.CallerOf(ctx).Name).SetCreatedAt(now).SetUpdatedAt(now)
	if profile != 0 {
		c.SetAdeProfileID(profile)
	}
	return c.Save(ctx)
}

// resultChange is what became of a device of a batch.
type resultChange struct {
	batch, device gid.ID
	status        assignmentresult.Status
	message       string
}

// resultRow is a resultChange as the databases read it.
type resultRow struct {
	Device  int64                   `json:"d"`
	Status  assignmentresult.Status `json:"s"`
	Message string                  `json:"m"`
}

// settleResults keeps what became of devices, with the counters of their batches.
func (s *Service) settleResults(ctx context.Context, tx *store.Tx, all []resultChange) error {
	byBatch := map[gid.ID]map[gid.ID]resultRow{}
	for _, r := range all {
		if byBatch[r.batch] == nil {
			byBatch[r.batch] = map[gid.ID]resultRow{}
		}
		byBatch[r.batch][r.device] = resultRow{int64(r.device), r.status, r.message}
	}
	batches := make([]gid.ID, 0, len(byBatch))
	for id := range byBatch {
		batches = append(batches, id)
	}
	slices.Sort(batches) // in one order, so that two transactions do not wait for each other in a circle
	for _, id := range batches {
		if err := s.settleBatch(ctx, tx, id, byBatch[id]); err != nil {
			return err
		}
	}
	return nil
}

// told and refused tell which results the counters count.
func told(s assignmentresult.Status) bool { return s != assignmentresult.StatusUnchanged }

func refused(s assignmentresult.Status) bool {
	return s == assignmentresult.StatusFailed || s == assignmentresult.StatusThrottled || s == assignmentresult.StatusNotAccessible
}

func (s *Service) settleBatch(ctx context.Context, tx *store.Tx, batch gid.ID, changes map[gid.ID]resultRow) error {
	now := s.clock.Now().UTC()
	// The row first: its counters belong to whoever changes its results.
	running, err := tx.AssignmentBatch.Update().Where(assignmentbatch.ID(batch), assignmentbatch.StatusNEQ(assignmentbatch.StatusCanceled)).SetUpdatedAt(now).Save(ctx)
	if err != nil || running == 0 {
		return err
	}
	ids := make([]gid.ID, 0, len(changes))
	for id := range changes {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	before, err := statuses(ctx, tx, batch, ids)
	if err != nil {
		return err
	}
	var total, succeeded, failed int
	count := func(status assignmentresult.Status, n int) {
		if told(status) {
			total += n
		}
		if status == assignmentresult.StatusSucceeded {
			succeeded += n
		}
		if refused(status) {
			failed += n
		}
	}
	rows := make([]resultRow, 0, len(ids))
	for _, id := range ids {
		was, known := before[id]
		if known && was == assignmentresult.StatusPending && changes[id] == (resultRow{int64(id), was, ""}) {
			continue
		}
		if known {
			count(was, -1)
		}
		count(changes[id].Status, 1)
		rows = append(rows, changes[id])
	}
	if len(rows) == 0 {
		return s.finish(ctx, tx, batch)
	}
	list, err := json.Marshal(rows)
	if err != nil {
		return err
	}
	values := "SELECT value ->> '$.d' AS d, value ->> '$.s' AS s, value ->> '$.m' AS m FROM json_each($1) WHERE true"
	if tx.Dialect() == dialect.Postgres {
		values = "SELECT d, s, m FROM json_to_recordset($1::json) AS list(d bigint, s text, m text)"
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO assignment_results (assignment_batch_id, device_id, status, message, updated_at) SELECT $2, d, s, m, $3 FROM ("+values+
		") AS v WHERE true ON CONFLICT (assignment_batch_id, device_id) DO UPDATE SET status = excluded.status, message = excluded.message, updated_at = excluded.updated_at",
		string(list), int64(batch), now)
	if err != nil {
		return fmt.Errorf("keeping a batch's results: %w", err)
	}
	if err := tx.AssignmentBatch.UpdateOneID(batch).AddTotal(total).AddSucceeded(succeeded).AddFailed(failed).Exec(ctx); err != nil {
		return err
	}
	return s.finish(ctx, tx, batch)
}

// statuses are the results that a batch has of devices.
func statuses(ctx context.Context, tx *store.Tx, batch gid.ID, ids []gid.ID) (map[gid.ID]assignmentresult.Status, error) {
	in, list := idsIn("device_id", tx.Dialect(), 2, ids)
	query := "SELECT device_id, status FROM assignment_results WHERE assignment_batch_id = $1 AND " + in
	if tx.Dialect() == dialect.Postgres { // one look into the index for each: by itself it reads the whole batch while it has no statistics
		query = "SELECT result.device_id, result.status FROM unnest($2::bigint[]) AS wanted(id), LATERAL (SELECT device_id, status FROM assignment_results" +
			" WHERE assignment_batch_id = $1 AND device_id = wanted.id LIMIT 1) AS result"
	}
	rows, err := tx.QueryContext(ctx, query, int64(batch), list)
	if err != nil {
		return nil, fmt.Errorf("reading a batch's results: %w", err)
	}
	defer rows.Close()
	all := make(map[gid.ID]assignmentresult.Status, len(ids))
	for rows.Next() {
		var id gid.ID
		var status assignmentresult.Status
		if err := rows.Scan(&id, (*string)(&status)); err != nil {
			return nil, err
		}
		all[id] = status
	}
	return all, rows.Err()
}

// finish ends batches that were counted and of which no device waits any more. One that Apple does not let us touch waits for somebody, not for us.
func (s *Service) finish(ctx context.Context, tx *store.Tx, batches ...gid.ID) error {
	now := s.clock.Now().UTC()
	_, err := tx.AssignmentBatch.Update().Where(assignmentbatch.IDIn(batches...), assignmentbatch.StatusEQ(assignmentbatch.StatusRunning), assignmentbatch.Counted(true),
		func(q *sql.Selector) {
			waiting := sql.Dialect(q.Dialect()).Select(assignmentitem.FieldID).From(sql.Table(assignmentitem.Table))
			waiting.Where(sql.And(sql.ColumnsEQ(waiting.C(assignmentitem.FieldAssignmentBatchID), q.C(assignmentbatch.FieldID)),
				sql.NEQ(waiting.C(assignmentitem.FieldState), assignmentitem.StateNotAccessible)))
			q.Where(sql.NotExists(waiting))
		}).SetStatus(assignmentbatch.StatusFinished).SetFinishedAt(now).SetUpdatedAt(now).Save(ctx)
	if err != nil {
		return fmt.Errorf("ending a batch: %w", err)
	}
	return nil
}
