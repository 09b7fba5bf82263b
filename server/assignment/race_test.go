package assignment_test

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/devicegroup"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

// A profile can be deleted at the moment in which it is chosen: one of both waits for the other, in one order of locks, and never does a device, group
// or default have a profile that is gone.
func TestProfileIsDeletedWhileItIsChosen(t *testing.T) {
	choices := map[string]func(*world, *testing.T, context.Context, gid.ID, string) error{
		"device": func(w *world, t *testing.T, ctx context.Context, profile gid.ID, serial string) error {
			_, _, err := w.Assign.Assign(ctx, profile, serials(serial))
			return err
		},
		"default": func(w *world, t *testing.T, ctx context.Context, profile gid.ID, serial string) error {
			_, _, err := w.Assign.SetDefault(ctx, device.PlatformMacOS, profile, 0)
			return err
		},
		"group": func(w *world, t *testing.T, ctx context.Context, profile gid.ID, serial string) error {
			_, err := w.Assign.SetGroupProfile(ctx, w.DB.Reader().DeviceGroup.Query().OnlyX(ctx).ID, profile)
			return err
		},
		"new group": func(w *world, t *testing.T, ctx context.Context, profile gid.ID, serial string) error {
			_, err := w.Groups.Create(ctx, devicegroup.Input{Name: "Other", ADEProfileID: profile})
			return err
		},
	}
	for name, choose := range choices {
		t.Run(name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, db *store.Store) {
				if !db.IsPostgres() {
					t.Skip("SQLite has one writer")
				}
				w := newWorld(t, db, 5)
				_, _, list := w.connect(t, "first", 3)
				profile := w.profile(t, "Base")
				w.group(t, "Some", 1, 0, list[0])
				chosen := make(chan error, 1)
				// The deletion, step by step: it has the profile, somebody chooses the profile, then it wants the rules.
				must(t, db.WithTx(stack.Admin(t), func(ctx context.Context, tx *store.Tx) error {
					if _, err := tx.ADEProfile.Query().ForUpdate().All(ctx); err != nil {
						return err
					}
					go func() { chosen <- choose(w, t, stack.Admin(t), profile, list[1]) }()
					waitForALock(t, db, chosen)
					if err := w.Assign.ProfileDeleted(ctx, tx, profile, 0, "Base"); err != nil {
						return err
					}
					return tx.ADEProfile.UpdateOneID(profile).SetDeletedAt(w.clock.Now()).Exec(ctx)
				}))
				code(t, <-chosen, apperr.NotFound)
				if n := db.Reader().Device.Query().Where(device.ProfileRuleNotNil()).CountX(t.Context()); n != 0 {
					t.Errorf("%d devices have the profile that is gone", n)
				}
			})
		})
	}
}

// A choice whose devices were not gone through yet is no use of its profile so far; deleting the profile counts it all the same.
func TestProfileIsDeletedBeforeItsJob(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, 5)
		token, _, list := w.connect(t, "first", 3)
		profile := w.profile(t, "Base")
		now := w.clock.Now()
		scope := json.RawMessage(fmt.Sprintf(`{"kind":"TOKEN","token":%d}`, token.ID)) // another job, which keeps the choice's waiting
		must(t, db.Ent().AssignmentJob.Create().SetScope(scope).SetCreatedAt(now).SetUpdatedAt(now).Exec(t.Context()))
		_, _, err := w.Assign.Assign(stack.Admin(t), profile, serials(list...))
		must(t, err)
		must(t, w.Profiles.Delete(stack.Admin(t), profile, 0, true))
		w.settle(t, token.ID)
		if n := db.Reader().Device.Query().Where(device.ProfileRuleNotNil()).CountX(t.Context()); n != 0 {
			t.Errorf("%d devices have the profile that is gone", n)
		}
	})
}

// waitForALock waits until somebody in the database waits for a lock, or chosen has something.
func waitForALock(t *testing.T, db *store.Store, chosen chan error) {
	t.Helper()
	for range 500 {
		var waiting int
		must(t, db.ReaderDB().QueryRowContext(t.Context(), "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()").Scan(&waiting))
		if waiting > 0 || len(chosen) > 0 {
			return
		}
		time.Sleep(10 * time.Millisecond) // polls another session: there is nothing to wait on
	}
	t.Fatal("nobody waits")
}
