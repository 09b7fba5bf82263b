package devicegroup

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"time"

	"entgo.io/ent/dialect/sql"
	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/devicegroupmember"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/predicate"
	"github.com/guardmdm/guardmdm/server/inventory"
	"github.com/guardmdm/guardmdm/server/store"
)

const (
	// quick is how long counting may take before an estimate answers instead.
	quick = 300 * time.Millisecond
	// patient is the same for a caller who wants the exact number.
	patient = 5 * time.Second
	// atOnce is how many counts go on at the same time: each may read the whole table.
	atOnce = 2
	// few rows are looked at rather than the removed devices.
	few = 5_000
	// An estimate looks at so many devices in so many places of the table.
	samplePlaces = 40
	samplePiece  = 250
	// A count is kept for so many times as long as it took, so that counting is a tenth of the work at most.
	keptTimes = 10
	keptMost  = 10 * time.Second
)

// Count is how many devices that are assigned to this server match.
type Count struct {
	Devices int
	Exact   bool // or an estimate, where counting takes long
}

// Matches counts the devices that a rule matches: within a moment, or within seconds for an exact number. Errors: BadUserInput.
func (s *Service) Matches(ctx context.Context, rule Rule, exact bool) (Count, error) {
	matches, err := Match(rule)
	if err != nil {
		return Count{}, err
	}
	if n, ok, err := s.keptCount(ctx, rule); ok || err != nil {
		return Count{n, true}, err
	}
	within := quick
	if exact {
		within = patient
	}
	return s.count(ctx, matches, onlyIndexed(rule), within)
}

// DeviceCount counts the devices of a group.
func (s *Service) DeviceCount(ctx context.Context, g *ent.DeviceGroup) (Count, error) {
	return s.counts.get(ctx, g, func() (Count, error) {
		if !HasRule(g) {
			return s.memberCount(ctx, g)
		}
		rule, err := ParseRule(g.Rule)
		if err != nil {
			return Count{}, err
		}
		return s.Matches(ctx, rule, false)
	})
}

// memberCount counts the devices of a group without a rule: its members, but for those that are removed.
func (s *Service) memberCount(ctx context.Context, g *ent.DeviceGroup) (Count, error) {
	db := s.store.Reader()
	all, err := db.DeviceGroupMember.Query().Where(devicegroupmember.DeviceGroupID(g.ID)).Count(ctx)
	if err != nil {
		return Count{}, fmt.Errorf("counting the members of a group: %w", err)
	}
	removed, err := db.Device.Query().Where(device.RemovedAtNotNil(), isMember(g.ID)).Count(ctx)
	if err != nil {
		return Count{}, fmt.Errorf("counting the removed members of a group: %w", err)
	}
	return Count{all - removed, true}, nil
}

// DecidedCount counts the devices whose profile the group decides.
func (s *Service) DecidedCount(ctx context.Context, g *ent.DeviceGroup) (int, error) {
	n, err := present(ctx, s.store.Reader(), device.ProfileRule(g.ID), true)
	if err != nil {
		return 0, fmt.Errorf("counting the devices that a group decides: %w", err)
	}
	return n, nil
}

// count counts within a time, or estimates.
func (s *Service) count(ctx context.Context, matches predicate.Device, indexed bool, within time.Duration) (Count, error) {
	limited, cancel := context.WithTimeout(ctx, within) // real time: the database works in no other
	defer cancel()
	n, err := s.counts.alone(limited, func() (n int, err error) {
		err = s.store.WithRead(limited, func(ctx context.Context, tx *store.Tx) error {
			n, err = present(ctx, tx.Client, matches, indexed)
			return err
		})
		return n, err
	})
	if err == nil {
		return Count{n, true}, nil
	}
	if limited.Err() == nil || ctx.Err() != nil {
		return Count{}, fmt.Errorf("counting devices: %w", errors.Join(err, ctx.Err()))
	}
	n, err = estimate(ctx, s.store, matches)
	if err != nil {
		return Count{}, fmt.Errorf("estimating a number of devices: %w", err)
	}
	return Count{n, false}, nil
}

// present counts the devices that match and are not removed. Nearly all are present, and no index has them: many that an index can count
// are counted there with the removed ones, and these, who have an index, are taken off.
func present(ctx context.Context, db *ent.Client, matches predicate.Device, indexed bool) (int, error) {
	if indexed {
		all, err := db.Device.Query().Where(matches).Count(ctx)
		if err != nil || all == 0 {
			return all, err
		}
		if all > few {
			removed := db.Device.Query().Where(matches)
			removed.Modify(func(s *sql.Selector) {
				gone := sql.Dialect(s.Dialect()).Select(columns()...).From(sql.Table(device.Table)).Limit(math.MaxInt32)
				s.From(gone.Where(sql.NotNull(device.FieldRemovedAt)).As(device.Table))
			})
			n, err := removed.Count(ctx)
			return all - n, err
		}
	}
	return db.Device.Query().Where(matches, device.RemovedAtIsNil()).Count(ctx)
}

// columns are those that conditions of this package look at.
func columns() []string {
	all := []string{device.FieldID, device.FieldProfileRule, device.FieldRemovedAt}
	for _, m := range meanings {
		all = append(all, m.column)
	}
	slices.Sort(all) // a statement that is always the same
	return all
}

// onlyIndexed tells whether an index has all that the rule looks at.
func onlyIndexed(r Rule) bool {
	for _, branch := range slices.Concat(r.All, r.Any) {
		if !onlyIndexed(branch) {
			return false
		}
	}
	if r.Not != nil {
		return false // everything else: no index is of use
	}
	return r.Field == "" || slices.Contains([]Field{Platform, ABMToken, SerialNumber, AddedAt}, r.Field)
}

// keptCount tells how many match where the kept counts know it: ok is false for rules about something else.
func (s *Service) keptCount(ctx context.Context, r Rule) (n int, ok bool, err error) {
	conditions := r.All
	if conditions == nil {
		conditions = []Rule{r}
	}
	var tokens []gid.ID
	var platforms []device.Platform
	for _, c := range conditions {
		switch {
		case c.Field == Platform && platforms == nil:
			platforms = each(c.Values, func(v string) device.Platform { return device.Platform(strings.ToUpper(v)) })
		case c.Field == ABMToken && tokens == nil:
			tokens = each(c.Values, func(v string) gid.ID { id, _ := gid.Parse(v); return id })
		default:
			return 0, false, nil
		}
	}
	n, err = inventory.Total(ctx, s.store.Reader(), tokens, platforms, true, false)
	return n, true, err
}

// estimate looks at some devices in many places of the table, and takes all others to be like them.
func estimate(ctx context.Context, db *store.Store, matches predicate.Device) (int, error) {
	total, err := inventory.Total(ctx, db.Reader(), nil, nil, true, true)
	if err != nil {
		return 0, err
	}
	var first, last int64
	if err := db.ReaderDB().QueryRowContext(ctx, "SELECT coalesce(min(id), 0), coalesce(max(id), 0) FROM devices").Scan(&first, &last); err != nil {
		return 0, err
	}
	looked, matching := 0, 0
	for place := range int64(samplePlaces) {
		from := gid.ID(first + (last-first+1)/samplePlaces*place)
		all, hits, err := sample(ctx, db.Reader(), from, matches)
		if err != nil {
			return 0, err
		}
		looked, matching = looked+all, matching+hits
	}
	if looked == 0 {
		return 0, nil
	}
	return int(math.Round(float64(matching) / float64(looked) * float64(total))), nil
}

// sample looks at the devices from an identifier on: how many there are, and how many of them match and are present.
func sample(ctx context.Context, db *ent.Client, from gid.ID, matches predicate.Device) (all, hits int, err error) {
	var found []struct {
		All  int `json:"all_of_them"`
		Hits int `json:"hits"`
	}
	err = db.Device.Query().Modify(func(s *sql.Selector) {
		piece := sql.Dialect(s.Dialect()).Select(columns()...).From(sql.Table(device.Table)).Limit(samplePiece)
		s.From(piece.Where(sql.GTE(device.FieldID, from)).OrderBy(device.FieldID).As(device.Table))
		device.And(matches, device.RemovedAtIsNil())(s)
		hit := s.P()
		s.SetP(nil)
		s.Select().AppendSelectExprAs(sql.Raw("count(*)"), "all_of_them")
		s.AppendSelectExprAs(sql.ExprFunc(func(b *sql.Builder) { b.WriteString("count(*) FILTER (WHERE ").Join(hit).WriteByte(')') }), "hits")
	}).Scan(ctx, &found)
	if err != nil || len(found) != 1 {
		return 0, 0, err
	}
	return found[0].All, found[0].Hits, nil
}

// counts keeps numbers for a moment, for those who ask for the same one at the same time, and bounds the counting.
type counts struct {
	clock clockwork.Clock
	slots chan struct{}

	mu   sync.Mutex
	kept map[gid.ID]*heldCount
}

type heldCount struct {
	rule  string
	done  chan struct{} // closed when the rest is set
	count Count
	err   error
	until time.Time
}

func newCounts(clock clockwork.Clock) *counts {
	return &counts{clock: clock, slots: make(chan struct{}, atOnce), kept: map[gid.ID]*heldCount{}}
}

// alone runs f when few others do.
func (c *counts) alone(ctx context.Context, f func() (int, error)) (int, error) {
	select {
	case c.slots <- struct{}{}:
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	defer func() { <-c.slots }()
	return f()
}

// get gives the kept number of a group, or has it counted.
func (c *counts) get(ctx context.Context, g *ent.DeviceGroup, count func() (Count, error)) (Count, error) {
	c.mu.Lock()
	k := c.kept[g.ID]
	if k == nil || k.rule != string(g.Rule) || k.ended() && !c.clock.Now().Before(k.until) {
		k = &heldCount{rule: string(g.Rule), done: make(chan struct{}), err: errors.New("the counting broke off")}
		c.kept[g.ID] = k
		c.mu.Unlock()
		return k.fill(c.clock, count)
	}
	c.mu.Unlock()
	select {
	case <-k.done:
	case <-ctx.Done():
		return Count{}, ctx.Err()
	}
	if k.err != nil { // perhaps the one who counted went away
		return count()
	}
	return k.count, nil
}

func (k *heldCount) fill(clock clockwork.Clock, count func() (Count, error)) (Count, error) {
	defer close(k.done)
	begun := clock.Now()
	k.count, k.err = count()
	now := clock.Now()
	if k.err == nil {
		k.until = now.Add(min(keptTimes*now.Sub(begun), keptMost))
	}
	return k.count, k.err
}

func (k *heldCount) ended() bool {
	select {
	case <-k.done:
		return true
	default:
		return false
	}
}

func (c *counts) forget(group gid.ID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.kept, group)
}
