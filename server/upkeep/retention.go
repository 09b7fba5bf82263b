package upkeep

import (
	"context"
	"fmt"
	"time"

	"github.com/guardmdm/guardmdm/ent/apitoken"
	"github.com/guardmdm/guardmdm/server/store"
)

// How long what is only looked back at is kept. What works on, or is the last of its kind, stays however old it is.
const (
	keepRuns   = 90 * 24 * time.Hour
	keepEvents = 365 * 24 * time.Hour
	keepAudit  = 2 * 365 * 24 * time.Hour
	keepDays   = 400 // of the fleet's course
)

// piece is how many rows a statement removes: SQLite has one writer, who must not be busy for long.
const piece = 2_000

// rule says which rows of a table are too old. Its statement finds the next rows; $1 is a time, $2 how many.
type rule struct {
	what, table, find string
	age               time.Duration
}

// Rows are numbered in the order of their time, so the oldest are found without an index of it: the first ones are looked at, and if they are not too
// old, none is.
var rules = []rule{
	{"sync runs", "sync_runs", `SELECT id FROM sync_runs WHERE started_at < $1 AND status <> 'RUNNING'
		AND id NOT IN (SELECT max(id) FROM sync_runs GROUP BY abm_token_id, status) ORDER BY started_at, id LIMIT $2`, keepRuns},
	{"results of assignments", "assignment_results", `SELECT id FROM assignment_results WHERE assignment_batch_id IN (` + oldBatches + `) LIMIT $2`, keepRuns},
	{"assignments", "assignment_batches", oldBatches + ` AND NOT EXISTS (SELECT 1 FROM assignment_results AS result WHERE result.assignment_batch_id = assignment_batches.id)
		ORDER BY id LIMIT $2`, keepRuns},
	{"device events", "device_events", oldest("device_events"), keepEvents},
	{"audit entries", "audit_entries", oldest("audit_entries"), keepAudit},
}

const oldBatches = `SELECT id FROM assignment_batches WHERE status <> 'RUNNING' AND finished_at < $1`

func oldest(table string) string {
	return `SELECT id FROM (SELECT id, at FROM ` + table + ` ORDER BY id LIMIT $2) AS first WHERE at < $1`
}

// Sweep removes what is too old.
func (s *Service) Sweep(ctx context.Context) error {
	now := s.clock.Now().UTC()
	for _, r := range rules {
		if err := s.remove(ctx, r, now.Add(-r.age)); err != nil {
			return fmt.Errorf("removing old %s: %w", r.what, store.MapError(err))
		}
	}
	// Those of programs stay: the list of tokens says what became of them.
	_, err := s.db.Ent().APIToken.Delete().Where(apitoken.SessionIDNotNil(), apitoken.ExpiresAtLTE(now)).Exec(ctx)
	return store.MapError(err)
}

func (s *Service) remove(ctx context.Context, r rule, before time.Time) error {
	for ctx.Err() == nil {
		result, err := s.db.DB().ExecContext(ctx, "DELETE FROM "+r.table+" WHERE id IN ("+r.find+")", before, piece)
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n < piece {
			return err
		}
	}
	return ctx.Err()
}
