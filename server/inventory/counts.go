package inventory

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/devicecount"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/store"
)

// Counts are kept by day for those who ask for the last 30 days. Days that nobody can ask for any more are not written, and
// dropped by the next recount.
const (
	lately   = 30 // days that Summarize knows, today included
	keptDays = 40
)

var countRows = ent.As(ent.Count(), "count")

// dayOf is the UTC day of a moment.
func dayOf(t time.Time) int { return int(t.Unix() / 86400) }

// count is a row of device_counts, or what to add to it.
type count struct {
	Token    int64           `json:"t"`
	Platform device.Platform `json:"p"`
	Day      int             `json:"d"`
	Present  int             `json:"n"`
	Removed  int             `json:"r"`
}

// tally collects what a page changes in the counts.
type tally struct {
	oldest int // the first day that is written
	counts map[count]*count
}

func newTally(now time.Time) *tally {
	return &tally{oldest: dayOf(now) - keptDays, counts: map[count]*count{}}
}

// move counts a row as it is now instead of as it was. was is nil for a new one.
func (t *tally) move(was, next *row) {
	if was != nil {
		t.add(was.ABMTokenID, was.Platform, was.AddedAt.time(), was.RemovedAt.time(), -1)
	}
	t.add(next.ABMTokenID, next.Platform, next.AddedAt.time(), next.RemovedAt.time(), 1)
}

func (t *tally) add(token int64, p device.Platform, addedAt, removedAt time.Time, n int) {
	day, present, gone := dayOf(addedAt), n, 0
	if !removedAt.IsZero() {
		day, present, gone = dayOf(removedAt), 0, n
	}
	days := []int{0, day}
	if day < t.oldest {
		days = days[:1]
	}
	for _, d := range days {
		key := count{Token: token, Platform: p, Day: d}
		c := t.counts[key]
		if c == nil {
			c = &count{Token: token, Platform: p, Day: d}
			t.counts[key] = c
		}
		c.Present += present
		c.Removed += gone
	}
}

// write adds the tally to the counts inside tx, in one order, so that the syncs of two tokens do not wait for each other in a circle.
func (t *tally) write(ctx context.Context, tx *store.Tx) error {
	var list []count
	for _, c := range t.counts {
		if c.Present != 0 || c.Removed != 0 {
			list = append(list, *c)
		}
	}
	if len(list) == 0 {
		return nil
	}
	slices.SortFunc(list, func(a, b count) int {
		return cmp.Or(cmp.Compare(a.Token, b.Token), cmp.Compare(a.Platform, b.Platform), cmp.Compare(a.Day, b.Day))
	})
	text, err := json.Marshal(list)
	if err != nil {
		return err
	}
	values := "SELECT value ->> '$.t', value ->> '$.p', value ->> '$.d', value ->> '$.n', value ->> '$.r' FROM json_each($1) WHERE true"
	if tx.Dialect() == dialect.Postgres {
		values = "SELECT t, p, d, n, r FROM json_to_recordset($1::json) AS list(t bigint, p text, d bigint, n bigint, r bigint)"
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO device_counts (abm_token_id, platform, day, present, removed) "+values+
		" ON CONFLICT (abm_token_id, platform, day) DO UPDATE SET present = device_counts.present + excluded.present,"+
		" removed = device_counts.removed + excluded.removed", string(text))
	if err != nil {
		return fmt.Errorf("keeping the counts: %w", err)
	}
	return nil
}

// Recount counts the devices of a token anew inside tx, and finds out anew how their serial numbers begin.
func Recount(ctx context.Context, tx *store.Tx, token gid.ID, now time.Time) error {
	if _, err := tx.DeviceCount.Delete().Where(devicecount.AbmTokenID(token)).Exec(ctx); err != nil {
		return fmt.Errorf("counting anew: %w", err)
	}
	day := "CAST(strftime('%s', coalesce(removed_at, added_at)) AS INTEGER) / 86400"
	if tx.Dialect() == dialect.Postgres {
		day = "floor(extract(epoch FROM coalesce(removed_at, added_at)) / 86400)::bigint"
	}
	for _, days := range []struct {
		day, where string
		from       int
	}{{"0", "$2 = 0", 0}, {day, day + " >= $2", dayOf(now) - keptDays}} {
		_, err := tx.ExecContext(ctx, "INSERT INTO device_counts (abm_token_id, platform, day, present, removed)"+
			" SELECT abm_token_id, platform, "+days.day+", count(*) FILTER (WHERE removed_at IS NULL), count(*) FILTER (WHERE removed_at IS NOT NULL)"+
			" FROM devices WHERE abm_token_id = $1 AND "+days.where+" GROUP BY 1, 2, 3", int64(token), days.from)
		if err != nil {
			return fmt.Errorf("counting anew: %w", err)
		}
	}
	return recountBeginnings(ctx, tx, token)
}

// PlatformCounts are the numbers of one platform. Lately is today and the 29 days before, by UTC.
type PlatformCounts struct {
	Platform      device.Platform `json:"platform"`
	Present       int             `json:"present"`
	AddedLately   int             `json:"added_lately"`
	Removed       int             `json:"removed"`
	RemovedLately int             `json:"removed_lately"`
}

// Summarize reads the counts of a token, or of all tokens if it is 0.
func Summarize(ctx context.Context, client *ent.Client, token gid.ID, now time.Time) ([]PlatformCounts, error) {
	query := client.DeviceCount.Query().Where(devicecount.Or(devicecount.Day(0), devicecount.DayGT(dayOf(now)-lately)))
	if token != 0 {
		query.Where(devicecount.AbmTokenID(token))
	}
	var counts []PlatformCounts
	err := query.Modify(func(s *sql.Selector) {
		sum := func(column string, p *sql.Predicate, as string) {
			s.AppendSelectExprAs(sql.ExprFunc(func(b *sql.Builder) {
				b.WriteString("CAST(COALESCE(SUM(").Ident(s.C(column)).WriteString(") FILTER (WHERE ").Join(p).WriteString("), 0) AS BIGINT)")
			}), as)
		}
		all, late := sql.EQ(s.C(devicecount.FieldDay), 0), sql.GT(s.C(devicecount.FieldDay), 0)
		s.Select(s.C(devicecount.FieldPlatform))
		sum(devicecount.FieldPresent, all, "present")
		sum(devicecount.FieldPresent, late, "added_lately")
		sum(devicecount.FieldRemoved, all, "removed")
		sum(devicecount.FieldRemoved, late, "removed_lately")
		s.GroupBy(s.C(devicecount.FieldPlatform))
	}).Scan(ctx, &counts)
	if err != nil {
		return nil, fmt.Errorf("reading the counts: %w", err)
	}
	return counts, nil
}

// Total adds up the devices of these tokens and platforms, of all of them where there are none: those that are present, or gone, or both.
func Total(ctx context.Context, client *ent.Client, tokens []gid.ID, platforms []device.Platform, present, gone bool) (int, error) {
	query := client.DeviceCount.Query().Where(devicecount.Day(0))
	if len(tokens) > 0 {
		query.Where(devicecount.AbmTokenIDIn(tokens...))
	}
	if len(platforms) > 0 {
		names := make([]string, len(platforms))
		for i, p := range platforms {
			names[i] = string(p)
		}
		query.Where(devicecount.PlatformIn(names...))
	}
	rows, err := query.All(ctx)
	if err != nil {
		return 0, fmt.Errorf("reading the counts: %w", err)
	}
	total := 0
	for _, c := range rows {
		if present {
			total += c.Present
		}
		if gone {
			total += c.Removed
		}
	}
	return total, nil
}
