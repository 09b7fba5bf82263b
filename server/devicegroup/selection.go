package devicegroup

import (
	"context"
	"fmt"
	"slices"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/predicate"
	"github.com/guardmdm/guardmdm/ent/seriallist"
	"github.com/guardmdm/guardmdm/ent/seriallistentry"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/store"
)

const (
	maxNamed  = 1_000 // devices that a selection names one by one
	maxSample = 100   // serial numbers of no device that are told
)

// Selection says which devices an act is about, in exactly one way: IDs, SerialNumbers, SerialListID, GroupID or Where.
type Selection struct {
	IDs           []gid.ID
	SerialNumbers []string
	SerialListID  gid.ID
	GroupID       gid.ID           // those that are in the group now
	Where         predicate.Device // needs ExpectedCount
	ExceptIDs     []gid.ID         // with Where: matching devices that are left out
	// ExpectedCount is how many devices the caller saw to be meant, those of ExceptIDs included; nil: not told.
	ExpectedCount *int
	// Now is the time by which imported lists expire.
	Now time.Time
}

// Resolve gives the condition for the devices that are meant, removed ones among them, and how many these are. unknown are serial numbers
// of no device, at most 100. Errors that the caller can mend are BadUserInput, NotFound and Conflict, with the input field at fault.
func (sel Selection) Resolve(ctx context.Context, tx *store.Tx) (meant predicate.Device, unknown []string, count int, err error) {
	if err := sel.check(); err != nil {
		return nil, nil, 0, err
	}
	switch {
	case sel.IDs != nil:
		meant = device.IDIn(sel.IDs...)
	case sel.SerialNumbers != nil:
		serials := each(sel.SerialNumbers, Serial)
		meant = device.SerialNumberIn(serials...)
		unknown, err = unknownAmong(ctx, tx, serials)
	case sel.SerialListID != 0:
		var list *ent.SerialList
		if list, err = FindList(ctx, tx.Client, sel.SerialListID, sel.Now); err == nil {
			meant = amongList(list.ID)
			unknown, err = UnknownSample(ctx, tx.Client, list)
		}
	case sel.GroupID != 0:
		var g *ent.DeviceGroup
		if g, err = find(ctx, tx, sel.GroupID); err == nil {
			meant = AmongGroup(g)
		}
	default:
		meant = sel.Where
	}
	if err != nil {
		return nil, nil, 0, err
	}
	if count, err = tx.Device.Query().Where(meant).Count(ctx); err != nil {
		return nil, nil, 0, fmt.Errorf("counting a selection: %w", err)
	}
	if err := sel.compare(count); err != nil {
		return nil, nil, 0, err
	}
	if len(sel.ExceptIDs) > 0 {
		meant = device.And(meant, device.IDNotIn(sel.ExceptIDs...))
		if count, err = tx.Device.Query().Where(meant).Count(ctx); err != nil {
			return nil, nil, 0, fmt.Errorf("counting a selection: %w", err)
		}
	}
	return meant, unknown, count, nil
}

func (sel Selection) check() error {
	ways := 0
	for _, given := range []bool{sel.IDs != nil, sel.SerialNumbers != nil, sel.SerialListID != 0, sel.GroupID != 0, sel.Where != nil} {
		if given {
			ways++
		}
	}
	if ways != 1 {
		return apperr.New(apperr.BadUserInput, "The devices are named in %d ways; it has to be one.", ways).
			WithHint("Give one of `deviceIds`, `serialNumbers`, `serialListId` and `where`.")
	}
	for _, list := range []struct {
		name string
		n    int
		set  bool
	}{{"deviceIds", len(sel.IDs), sel.IDs != nil}, {"serialNumbers", len(sel.SerialNumbers), sel.SerialNumbers != nil}, {"exceptIds", len(sel.ExceptIDs), len(sel.ExceptIDs) > 0}} {
		if list.set && (list.n == 0 || list.n > maxNamed) {
			return apperr.New(apperr.BadUserInput, "`%s` holds 1 to %d items, not %d.", list.name, maxNamed, list.n).
				WithHint("Import a longer list with POST /import/serials, and give its `serialListId`.").WithField(list.name)
		}
	}
	switch {
	case len(sel.ExceptIDs) > 0 && sel.Where == nil:
		return apperr.New(apperr.BadUserInput, "`exceptIds` belongs to `where`.").WithField("exceptIds")
	case sel.Where != nil && sel.ExpectedCount == nil:
		return apperr.New(apperr.BadUserInput, "`where` needs `expectedCount`: how many devices were seen to match.").WithField("expectedCount")
	}
	return nil
}

// compare refuses another number of devices than the caller expected.
func (sel Selection) compare(count int) error {
	if sel.ExpectedCount != nil && *sel.ExpectedCount != count {
		return apperr.New(apperr.Conflict, "%s %s meant, not %d.", apperr.Count(count, "device"), apperr.Word(count, "is", "are"), *sel.ExpectedCount).
			WithHint("Devices have changed since you looked, or the filter is another one. Look again, and confirm the new number.").WithField("expectedCount")
	}
	if n := len(sel.IDs); n > 0 {
		if distinct := len(slices.Compact(slices.Sorted(slices.Values(sel.IDs)))); distinct != count {
			return apperr.New(apperr.NotFound, "%d of %s %s not exist.", distinct-count, apperr.Count(distinct, "device"), apperr.Word(distinct-count, "does", "do")).
				WithHint("Take identifiers from `devices`.").WithField("deviceIds")
		}
	}
	return nil
}

// unknownAmong are the serial numbers of no device, in their order, at most 100.
func unknownAmong(ctx context.Context, tx *store.Tx, serials []string) (unknown []string, err error) {
	var known []string
	if err := tx.Device.Query().Where(device.SerialNumberIn(serials...)).Select(device.FieldSerialNumber).Scan(ctx, &known); err != nil {
		return nil, fmt.Errorf("looking for devices: %w", err)
	}
	told := make(map[string]bool, len(serials))
	for _, serial := range known {
		told[serial] = true
	}
	for _, serial := range serials {
		if !told[serial] && len(unknown) < maxSample {
			told[serial] = true
			unknown = append(unknown, serial)
		}
	}
	return unknown, nil
}

// FindList finds an imported list that can be used: NotFound when there is none, or none any more.
func FindList(ctx context.Context, db *ent.Client, id gid.ID, now time.Time) (*ent.SerialList, error) {
	list, err := db.SerialList.Query().Where(seriallist.ID(id), seriallist.Complete(true), seriallist.ExpiresAtGT(now)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, apperr.Wrap(err, apperr.NotFound, "There is no list of serial numbers %s, or no more: lists are kept for %d days.", id, int(Lifetime.Hours()/24)).
			WithHint("Import the file again with POST /import/serials.").WithField("serialListId")
	}
	if err != nil {
		return nil, fmt.Errorf("looking for a list of serial numbers: %w", err)
	}
	return list, nil
}

// UnknownSample are the first serial numbers of the list that no device has, at most 100.
func UnknownSample(ctx context.Context, db *ent.Client, list *ent.SerialList) ([]string, error) {
	sample := []string{}
	if list.Unknown == 0 {
		return sample, nil
	}
	err := db.SerialListEntry.Query().
		Where(seriallistentry.SerialListID(list.ID), seriallistentry.ProblemIsNil(), seriallistentry.Known(false)).
		Order(ent.Asc(seriallistentry.FieldRow)).Limit(maxSample).
		Modify(func(s *sql.Selector) { s.Select(seriallistentry.FieldSerialNumber) }).Scan(ctx, &sample)
	if err != nil {
		return nil, fmt.Errorf("reading a list of serial numbers: %w", err)
	}
	return sample, nil
}
