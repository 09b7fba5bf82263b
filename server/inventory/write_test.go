package inventory

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

// awkward is text that a writer of one of the databases could take for its own: separators, quotes, escapes, ends.
var awkward = rapid.SampledFrom([]string{"", "NULL", `\N`, `\.`, "\t", "a\nb", "\r\n", `"`, `'`, `\`, `\\t`, "{a,b}", "ü", "\u2028", "😀", " "})

func anyText(t *rapid.T, name string) string {
	return awkward.Draw(t, name) + rapid.StringMatching(`[A-Za-z0-9 ]{0,6}`).Draw(t, name) + awkward.Draw(t, name)
}

func anyTime(t *rapid.T, name string) timestamp {
	if !rapid.Bool().Draw(t, name) {
		return timestamp{}
	}
	return timestamp{micros: rapid.Int64Range(0, time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC).UnixMicro()).Draw(t, name), set: true}
}

func anyRow(t *rapid.T, serial string) row {
	return row{
		attributes: &attributes{
			SerialNumber: serial + anyText(t, "serial"), Model: anyText(t, "model"), Description: anyText(t, "description"), Color: anyText(t, "color"),
			AssetTag: anyText(t, "tag"), DeviceFamily: anyText(t, "family"), OS: anyText(t, "os"),
			Platform:         rapid.SampledFrom([]device.Platform{device.PlatformIOS, device.PlatformUnknown}).Draw(t, "platform"),
			AppleProfileUUID: anyText(t, "profile"), AppleProfileStatus: anyText(t, "status"),
			AppleProfileAssignedAt: anyTime(t, "assigned"), AppleProfilePushedAt: anyTime(t, "pushed"), DeviceAssignedAt: anyTime(t, "given"),
			DeviceAssignedBy: anyText(t, "by"), MDMMigrationDeadline: anyTime(t, "deadline"), AppleExtra: anyText(t, "extra"),
		},
		ABMTokenID: 7, AppleOpAt: anyTime(t, "op"), AddedAt: timestamp{micros: 1, set: true}, ChangedAt: timestamp{micros: 2, set: true}, RemovedAt: anyTime(t, "removed"),
	}
}

// TestRowsAreReadAsTheyWereWritten adds rows and changes them, whatever text they hold and in whatever number.
func TestRowsAreReadAsTheyWereWritten(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		round := 0
		rapid.Check(t, func(t *rapid.T) {
			round++
			rows := make([]row, rapid.SampledFrom([]int{1, 2, 13, 234}).Draw(t, "rows"))
			for i := range rows {
				if i < 20 {
					rows[i] = anyRow(t, fmt.Sprintf("%d/%d/", round, i))
				} else { // many columns are the same in all rows
					like := *rows[0].attributes
					rows[i] = rows[0]
					rows[i].attributes = &like
					rows[i].SerialNumber = fmt.Sprintf("%d/%d", round, i)
				}
			}
			stored := func(ctx context.Context, tx *store.Tx) []row {
				t.Helper()
				records := make([]*Record, len(rows))
				for i := range rows {
					records[i] = &Record{attributes: *rows[i].attributes}
				}
				found, err := load(ctx, tx, records)
				if err != nil {
					t.Fatal(err)
				}
				list := make([]row, len(rows))
				for i := range rows {
					if r := found[rows[i].SerialNumber]; r != nil {
						list[i] = *r
					}
				}
				return list
			}
			err := db.WithTx(context.Background(), func(ctx context.Context, tx *store.Tx) error {
				ids, err := insert(ctx, tx, rows)
				if err != nil {
					return err
				}
				for i := range rows {
					rows[i].ID = int64(ids[i])
				}
				if diff := cmp.Diff(rows, stored(ctx, tx), cmp.AllowUnexported(row{}, attributes{}, timestamp{})); diff != "" {
					t.Fatalf("added:\n%s", diff)
				}
				was := slices.Clone(rows)
				for i := range rows {
					changed := *was[len(rows)-1-i].attributes
					changed.SerialNumber = rows[i].SerialNumber
					rows[i].attributes = &changed
					rows[i].was = &was[i]
				}
				if err := update(ctx, tx, rows); err != nil {
					return err
				}
				for i := range rows {
					rows[i].was = nil
				}
				if diff := cmp.Diff(rows, stored(ctx, tx), cmp.AllowUnexported(row{}, attributes{}, timestamp{})); diff != "" {
					t.Fatalf("changed:\n%s", diff)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	})
}

// TestRowOfAnotherTokenStopsTheInsert: nothing of the page is stored, wherever in it the known serial number stands.
func TestRowOfAnotherTokenStopsTheInsert(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		made := func(n int) []row {
			rows := make([]row, n)
			for i := range rows {
				rows[i] = row{attributes: &attributes{SerialNumber: fmt.Sprintf("S%04d", i), Platform: device.PlatformIOS}, ABMTokenID: 7, AddedAt: at(time.Now()), ChangedAt: at(time.Now())}
			}
			return rows
		}
		add := func(rows []row) error {
			return db.WithTx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
				_, err := insert(ctx, tx, rows)
				return err
			})
		}
		if err := add(made(300)[150:151]); err != nil {
			t.Fatal(err)
		}
		if err := add(made(300)); !errors.Is(err, ErrConcurrent) {
			t.Errorf("got %v", err)
		}
		if n := db.Reader().Device.Query().CountX(t.Context()); n != 1 {
			t.Errorf("%d rows", n)
		}
		if err := add(made(300)[:150]); err != nil { // the connection is of use again
			t.Error(err)
		}
	})
}
