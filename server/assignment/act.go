package assignment

import (
	"context"
	"errors"
	"fmt"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/adeprofile"
	"github.com/guardmdm/guardmdm/ent/assignmentbatch"
	"github.com/guardmdm/guardmdm/ent/assignmentitem"
	"github.com/guardmdm/guardmdm/ent/assignmentjob"
	"github.com/guardmdm/guardmdm/ent/assignmentresult"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/devicegroup"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/platformdefault"
	"github.com/guardmdm/guardmdm/ent/predicate"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/audit"
	"github.com/guardmdm/guardmdm/server/store"
)

// Assign gives devices a profile of their own. unknown are serial numbers of no device. Errors: NotFound; Conflict for a profile that has
// nothing published; those of the selection.
func (s *Service) Assign(ctx context.Context, profile gid.ID, devices Selection) (batch *ent.AssignmentBatch, unknown []string, err error) {
	err = s.write(ctx, func(ctx context.Context, tx *store.Tx) error {
		p, err := chosen(ctx, tx, profile)
		if err != nil {
			return err
		}
		batch, unknown, err = s.choice(ctx, tx, assignmentbatch.CauseAssign, "assignADEProfile", p.Name, profile, devices)
		return err
	})
	return unless(err, batch), unknown, err
}

// Unassign takes devices' own choices back, so that the next rule decides.
func (s *Service) Unassign(ctx context.Context, devices Selection) (batch *ent.AssignmentBatch, unknown []string, err error) {
	err = s.write(ctx, func(ctx context.Context, tx *store.Tx) error {
		batch, unknown, err = s.choice(ctx, tx, assignmentbatch.CauseUnassign, "unassignADEProfile", "By the rules", 0, devices)
		return err
	})
	return unless(err, batch), unknown, err
}

// Clear takes devices' profiles away: they are to have none, on purpose.
func (s *Service) Clear(ctx context.Context, devices Selection) (batch *ent.AssignmentBatch, unknown []string, err error) {
	err = s.write(ctx, func(ctx context.Context, tx *store.Tx) error {
		batch, unknown, err = s.choice(ctx, tx, assignmentbatch.CauseClear, "clearADEProfile", "No profile", gid.NoProfile, devices)
		return err
	})
	return unless(err, batch), unknown, err
}

func (s *Service) write(ctx context.Context, f func(context.Context, *store.Tx) error) error {
	return store.MapError(s.db.WithTx(ctx, f))
}

// unless gives what a transaction made, and nil when it failed: then nothing was made.
func unless[T any](err error, made *T) *T {
	if err != nil {
		return nil
	}
	return made
}

// chosen is usable for a profile that is about to be chosen: it stays as it is until tx ends. Whoever chooses, publishes or deletes a profile locks first
// the profile, then the groups if they change, then the rules: in one order nobody waits for each other in a circle.
func chosen(ctx context.Context, tx *store.Tx, id gid.ID) (*ent.ADEProfile, error) {
	if tx.Dialect() == dialect.Postgres {
		if _, err := tx.ADEProfile.Query().Where(adeprofile.ID(id)).ForShare().IDs(ctx); err != nil {
			return nil, fmt.Errorf("locking an ADE profile: %w", err)
		}
	}
	return usable(ctx, tx.Client, id)
}

// usable reads a profile that devices can get.
func usable(ctx context.Context, client *ent.Client, id gid.ID) (*ent.ADEProfile, error) {
	p, err := client.ADEProfile.Query().Where(adeprofile.ID(id), adeprofile.DeletedAtIsNil()).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, apperr.Wrap(err, apperr.NotFound, "There is no ADE profile %s.", id).WithHint("Take the identifier from adeProfiles.").WithField("adeProfileId")
	}
	if err == nil && p.PublishedVersionID == nil {
		return nil, apperr.New(apperr.Conflict, "The ADE profile %q is a draft: nothing of it was published, so devices cannot get it.", p.Name).
			WithHint("Publish it first.").WithField("adeProfileId")
	}
	return p, err
}

// choice changes the own choice of the selected devices. The list of them is stored first, with what each had before; a job works through it. Until
// the job comes to a device it counts as one that Apple has to be told about: that is what most turn out to be, and need not be written again.
func (s *Service) choice(ctx context.Context, tx *store.Tx, cause assignmentbatch.Cause, action, title string, own gid.ID, devices Selection) (*ent.AssignmentBatch, []string, error) {
	if err := lockRules(ctx, tx); err != nil {
		return nil, nil, err
	}
	which, unknown, count, err := devices.Resolve(ctx, tx)
	if err != nil {
		return nil, nil, err
	}
	if count == 0 {
		e := apperr.New(apperr.BadUserInput, "The selection has no devices. Nothing was changed.")
		if len(unknown) > 0 {
			e = apperr.New(apperr.BadUserInput, "Of %s, none is that of a device, %s for example. Nothing was changed.", apperr.Count(len(unknown), "serial number"), unknown[0])
		}
		return nil, nil, e
	}
	profile := own
	if own == gid.NoProfile {
		profile = 0
	}
	if profile != 0 {
		if err := checkMigrations(ctx, tx, profile, which); err != nil {
			return nil, nil, err
		}
	}
	batch, err := s.newBatch(ctx, tx, cause, title, profile)
	if err != nil {
		return nil, nil, err
	}
	list := sql.Dialect(tx.Dialect()).Select().From(sql.Table(device.Table))
	list.AppendSelectExpr(sql.Raw(number(batch.ID)), sql.Raw("devices.id"), sql.Raw("devices.profile_rule"), sql.Raw("'"+string(assignmentresult.StatusPending)+"'"),
		sql.Raw("''"), sql.ExprFunc(func(b *sql.Builder) {
			b.Arg(s.clock.Now().UTC())
			if b.Dialect() == dialect.Postgres {
				b.WriteString("::timestamptz")
			}
		}))
	which(list)
	query, args := list.Query()
	if _, err := tx.ExecContext(ctx, "INSERT INTO assignment_results (assignment_batch_id, device_id, previous_rule, status, message, updated_at) "+query, args...); err != nil {
		return nil, nil, fmt.Errorf("storing the selected devices: %w", err)
	}
	if batch, err = tx.AssignmentBatch.UpdateOne(batch).SetTotal(count).Save(ctx); err != nil {
		return nil, nil, err
	}
	after := map[string]any{"assignmentBatchId": batch.ID.String(), "devices": count}
	if profile != 0 {
		after["adeProfileId"] = profile.String()
	}
	if err := audit.Record(ctx, tx.Client, s.clock, audit.Entry{Action: action, ObjectID: batch.ID, ObjectName: title, After: after}); err != nil {
		return nil, nil, err
	}
	if err := s.addJob(ctx, tx, batch, scope{Kind: ofResults, Choice: own}); err != nil {
		return nil, nil, err
	}
	batch, err = tx.AssignmentBatch.Get(ctx, batch.ID)
	return batch, unknown, err
}

// SetGroupProfile gives a group a profile, or takes its profile away for 0.
func (s *Service) SetGroupProfile(ctx context.Context, group, profile gid.ID) (batch *ent.AssignmentBatch, err error) {
	err = s.write(ctx, func(ctx context.Context, tx *store.Tx) error {
		if profile != 0 {
			if _, err := chosen(ctx, tx, profile); err != nil {
				return err
			}
		}
		if err := lockGroups(ctx, tx); err != nil {
			return err
		}
		if err := lockRules(ctx, tx); err != nil {
			return err
		}
		g, err := tx.DeviceGroup.Query().Where(devicegroup.ID(group)).Only(ctx)
		if ent.IsNotFound(err) {
			return apperr.Wrap(err, apperr.NotFound, "There is no device group %s.", group).WithHint("Take the identifier from deviceGroups.").WithField("deviceGroupId")
		} else if err != nil {
			return err
		}
		entry := audit.Entry{Action: "unassignADEProfile", ObjectID: g.ID, ObjectName: g.Name, Before: map[string]any{"adeProfileId": textOf(g.AdeProfileID)},
			After: map[string]any{"adeProfileId": nil}}
		u := tx.DeviceGroup.UpdateOne(g).SetUpdatedAt(s.clock.Now().UTC()).ClearAdeProfileID()
		if profile != 0 {
			entry.Action, entry.After["adeProfileId"] = "assignADEProfile", profile.String()
			u = tx.DeviceGroup.UpdateOne(g).SetUpdatedAt(s.clock.Now().UTC()).SetAdeProfileID(profile)
		}
		if err := u.Exec(ctx); err != nil {
			return err
		}
		if err := audit.Record(ctx, tx.Client, s.clock, entry); err != nil {
			return err
		}
		batch, err = s.begin(ctx, tx, assignmentbatch.CauseGroup, g.Name, profile, scope{Kind: ofGroup, Group: group})
		return err
	})
	return unless(err, batch), err
}

func textOf(id *gid.ID) any {
	if id == nil {
		return nil
	}
	return id.String()
}

// begin makes a batch with its job inside tx, and gives it as it is after the first part of it.
func (s *Service) begin(ctx context.Context, tx *store.Tx, cause assignmentbatch.Cause, title string, profile gid.ID, sc scope) (*ent.AssignmentBatch, error) {
	batch, err := s.newBatch(ctx, tx, cause, title, profile)
	if err != nil {
		return nil, err
	}
	if err := s.addJob(ctx, tx, batch, sc); err != nil {
		return nil, err
	}
	return tx.AssignmentBatch.Get(ctx, batch.ID)
}

// GroupChanged works out what a changed group means for devices: its members, rule, profile or place are others, or it is gone. It is called
// inside the transaction of the change, after it. cause says in words what changed.
func (s *Service) GroupChanged(ctx context.Context, tx *store.Tx, group gid.ID, cause string) error {
	if err := lockRules(ctx, tx); err != nil {
		return err
	}
	_, err := s.begin(ctx, tx, assignmentbatch.CauseGroup, cause, 0, scope{Kind: ofGroup, Group: group})
	return err
}

// ProfileChanged has the devices of a profile get its published version. It is called inside the transaction that published it, after that. The batch is 0 when no rule names
// the profile.
func (s *Service) ProfileChanged(ctx context.Context, tx *store.Tx, profile gid.ID, title string) (batch gid.ID, err error) {
	if err := lockRules(ctx, tx); err != nil {
		return 0, err
	}
	if used, err := inUse(ctx, tx.Client, profile); err != nil || !used {
		return 0, err
	}
	b, err := s.begin(ctx, tx, assignmentbatch.CausePublish, title, profile, scope{Kind: ofProfile, Profile: profile})
	if err != nil {
		return 0, err
	}
	return b.ID, nil
}

// inUse tells whether any rule names the profile.
func inUse(ctx context.Context, client *ent.Client, profile gid.ID) (bool, error) {
	for _, exists := range []func() (bool, error){
		func() (bool, error) {
			return client.PlatformDefault.Query().Where(platformdefault.AdeProfileID(profile)).Exist(ctx)
		},
		func() (bool, error) {
			return client.DeviceGroup.Query().Where(devicegroup.AdeProfileID(profile)).Exist(ctx)
		},
		func() (bool, error) { return client.Device.Query().Where(device.ProfileRule(profile)).Exist(ctx) },
	} {
		if used, err := exists(); used || err != nil {
			return used, err
		}
	}
	return false, nil
}

// ProfileDeleted puts another profile in the place of a deleted one wherever it was chosen, or for 0 none, so that the next rule decides. It is
// called inside the transaction that deletes it.
func (s *Service) ProfileDeleted(ctx context.Context, tx *store.Tx, profile, replaceWith gid.ID, title string) error {
	if err := lockGroups(ctx, tx); err != nil {
		return err
	}
	if err := lockRules(ctx, tx); err != nil {
		return err
	}
	now := s.clock.Now().UTC()
	var err error
	if replaceWith != 0 {
		err = tx.PlatformDefault.Update().Where(platformdefault.AdeProfileID(profile)).SetAdeProfileID(replaceWith).SetUpdatedAt(now).Exec(ctx)
		if err == nil {
			err = tx.DeviceGroup.Update().Where(devicegroup.AdeProfileID(profile)).SetAdeProfileID(replaceWith).SetUpdatedAt(now).Exec(ctx)
		}
	} else {
		_, err = tx.PlatformDefault.Delete().Where(platformdefault.AdeProfileID(profile)).Exec(ctx)
		if err == nil {
			err = tx.DeviceGroup.Update().Where(devicegroup.AdeProfileID(profile)).ClearAdeProfileID().SetUpdatedAt(now).Exec(ctx)
		}
	}
	if err != nil {
		return fmt.Errorf("replacing a deleted profile: %w", err)
	}
	_, err = s.begin(ctx, tx, assignmentbatch.CausePublish, title, replaceWith, scope{Kind: ofDeleted, Profile: profile, Replace: replaceWith})
	return err
}

// SetDefault sets the default of a platform, of one token or, for 0, of all; without a profile (0) the default ends. IOS and IPADOS are set together.
// The default is nil when it ended; the batch is nil when nothing changed.
func (s *Service) SetDefault(ctx context.Context, platform device.Platform, profile, token gid.ID) (set *ent.PlatformDefault, batch *ent.AssignmentBatch, err error) {
	platforms, name, ok := together(platform)
	if !ok {
		return nil, nil, apperr.New(apperr.BadUserInput, "Devices of the platform %s cannot have a default: Apple lists none of them here.", platform).
			WithHint("Set the default of IOS, IPADOS, MACOS, TVOS or VISIONOS.").WithField("platform")
	}
	err = s.write(ctx, func(ctx context.Context, tx *store.Tx) error {
		set, batch = nil, nil
		after, title := map[string]any{"platform": platform, "adeProfileId": nil}, "No default for "+name
		if profile != 0 {
			p, err := chosen(ctx, tx, profile)
			if err != nil {
				return err
			}
			after["adeProfileId"], title = profile.String(), p.Name+" for "+name
		}
		if err := lockRules(ctx, tx); err != nil {
			return err
		}
		slot := []predicate.PlatformDefault{platformdefault.AbmTokenIDIsNil(), platformdefault.PlatformIn(platforms...)}
		if token != 0 {
			t, err := presentToken(ctx, tx, token)
			if err != nil {
				return err
			}
			after["abmTokenId"], title = token.String(), title+" of "+t.Name
			slot[0] = platformdefault.AbmTokenID(token)
		}
		changed, err := s.replaceDefault(ctx, tx, slot, platforms, profile, token)
		if err != nil {
			return err
		}
		if profile != 0 {
			if set, err = tx.PlatformDefault.Query().Where(append(slot, platformdefault.Platform(string(platform)))...).Only(ctx); err != nil {
				return err
			}
		}
		if !changed {
			return nil
		}
		if err := audit.Record(ctx, tx.Client, s.clock, audit.Entry{Action: "setDefaultADEProfile", ObjectID: token, ObjectName: title, After: after}); err != nil {
			return err
		}
		batch, err = s.begin(ctx, tx, assignmentbatch.CauseDefault, title, profile, scope{Kind: ofDefault, Token: token, Platforms: platforms})
		return err
	})
	return unless(err, set), unless(err, batch), err
}

// replaceDefault makes the rows of a slot what they are to be, and tells whether they were otherwise.
func (s *Service) replaceDefault(ctx context.Context, tx *store.Tx, slot []predicate.PlatformDefault, platforms []string, profile, token gid.ID) (changed bool, err error) {
	if profile == 0 {
		n, err := tx.PlatformDefault.Delete().Where(slot...).Exec(ctx)
		return n > 0, err
	}
	same, err := tx.PlatformDefault.Query().Where(append(slot, platformdefault.AdeProfileID(profile))...).Count(ctx)
	if err != nil || same == len(platforms) {
		return false, err
	}
	if _, err := tx.PlatformDefault.Delete().Where(slot...).Exec(ctx); err != nil {
		return false, err
	}
	for _, p := range platforms {
		c := tx.PlatformDefault.Create().SetPlatform(p).SetAdeProfileID(profile).SetUpdatedAt(s.clock.Now().UTC())
		if token != 0 {
			c.SetAbmTokenID(token)
		}
		if err := c.Exec(ctx); err != nil {
			return false, err
		}
	}
	return true, nil
}

// together are the platforms that share the default of one, with their name for people.
func together(p device.Platform) (platforms []string, name string, ok bool) {
	switch p {
	case device.PlatformIOS, device.PlatformIPadOS:
		return []string{string(device.PlatformIOS), string(device.PlatformIPadOS)}, "iOS / iPadOS", true
	case device.PlatformMacOS:
		return []string{string(p)}, "macOS", true
	case device.PlatformTvOS:
		return []string{string(p)}, "tvOS", true
	case device.PlatformVisionOS:
		return []string{string(p)}, "visionOS", true
	}
	return nil, "", false
}

func presentToken(ctx context.Context, tx *store.Tx, id gid.ID) (*ent.ABMToken, error) {
	t, err := tx.ABMToken.Query().Where(abmtoken.ID(id), abmtoken.DeletedAtIsNil()).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, apperr.NoABMToken(err, id)
	}
	return t, err
}

// Cancel stops a batch. Items that Apple was never asked about go; what waits for another attempt waits on without the batch, for asking
// again earlier would make it worse. Errors: NotFound; Conflict when it has ended.
func (s *Service) Cancel(ctx context.Context, id gid.ID) (batch *ent.AssignmentBatch, err error) {
	err = s.write(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := lockRules(ctx, tx); err != nil {
			return err
		}
		if batch, err = getBatch(ctx, tx.Client, id); err != nil {
			return err
		}
		if batch.Cause == assignmentbatch.CauseDisown {
			return apperr.New(apperr.Conflict, "Apple was told already to release the devices: that cannot be stopped.").WithField("assignmentBatchId")
		}
		if batch.Status != assignmentbatch.StatusRunning {
			return apperr.New(apperr.Conflict, "The batch has ended already: %s.", batch.Status).WithField("assignmentBatchId")
		}
		if _, err := tx.AssignmentJob.Delete().Where(assignmentjob.AssignmentBatchID(id)).Exec(ctx); err != nil {
			return err
		}
		if _, err := tx.AssignmentItem.Delete().Where(assignmentitem.AssignmentBatchID(id), assignmentitem.StateEQ(assignmentitem.StatePending)).Exec(ctx); err != nil {
			return err
		}
		if err := tx.AssignmentItem.Update().Where(assignmentitem.AssignmentBatchID(id)).ClearAssignmentBatchID().Exec(ctx); err != nil {
			return err
		}
		now := s.clock.Now().UTC()
		if err := tx.AssignmentResult.Update().Where(assignmentresult.AssignmentBatchID(id), assignmentresult.StatusEQ(assignmentresult.StatusPending)).
			SetStatus(assignmentresult.StatusSuperseded).SetMessage("The batch was canceled before Apple was told.").SetUpdatedAt(now).Exec(ctx); err != nil {
			return err
		}
		if batch, err = tx.AssignmentBatch.UpdateOne(batch).SetStatus(assignmentbatch.StatusCanceled).SetFinishedAt(now).SetUpdatedAt(now).Save(ctx); err != nil {
			return err
		}
		s.afterCommit(tx)
		return audit.Record(ctx, tx.Client, s.clock, audit.Entry{Action: "cancelAssignmentBatch", ObjectID: id, ObjectName: batch.Title})
	})
	return unless(err, batch), err
}

func getBatch(ctx context.Context, client *ent.Client, id gid.ID) (*ent.AssignmentBatch, error) {
	b, err := client.AssignmentBatch.Query().Where(assignmentbatch.ID(id)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, apperr.Wrap(err, apperr.NotFound, "There is no assignment batch %s.", id).WithHint("Take the identifier from assignmentBatches.").WithField("assignmentBatchId")
	}
	return b, err
}

// Undo gives the devices of a batch the own choices back that they had before it, save those that got another one since. Errors: NotFound;
// Conflict for a batch that changed no own choices, that is still counting, or of which nothing is left to undo.
func (s *Service) Undo(ctx context.Context, id gid.ID) (batch *ent.AssignmentBatch, err error) {
	err = s.write(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := lockRules(ctx, tx); err != nil {
			return err
		}
		old, err := getBatch(ctx, tx.Client, id)
		if err != nil {
			return err
		}
		var still string // the devices have what the batch gave them
		switch {
		case old.Cause == assignmentbatch.CauseAssign && old.AdeProfileID != nil:
			still = "devices.profile_rule = " + number(*old.AdeProfileID)
		case old.Cause == assignmentbatch.CauseClear:
			still = "devices.profile_rule = " + noProfile
		case old.Cause == assignmentbatch.CauseUnassign:
			still = "NOT " + isOwn
		case old.Cause == assignmentbatch.CauseDisown:
			return apperr.New(apperr.Conflict, "Devices that were released from the organization cannot be brought back from here.").
				WithHint("Only the reseller, Apple, or Apple Configurator with the device in hand can.").WithField("assignmentBatchId")
		default:
			return apperr.New(apperr.Conflict, "A batch of the kind %s cannot be undone: it changed no device's own choice.", old.Cause).
				WithHint("Change the rule itself back: the group's profile, the default, or the profile.").WithField("assignmentBatchId")
		}
		if !old.Counted && old.Status == assignmentbatch.StatusRunning {
			return apperr.New(apperr.Conflict, "The batch is still going through its devices.").
				WithHint("Wait until it has, or cancel it first.").WithField("assignmentBatchId")
		}
		if batch, err = s.newBatch(ctx, tx, assignmentbatch.CauseUndo, old.Title, 0); err != nil {
			return err
		}
		result, err := tx.ExecContext(ctx, "INSERT INTO assignment_results (assignment_batch_id, device_id, previous_rule, status, message, updated_at)"+
			" SELECT "+number(batch.ID)+", devices.id, devices.profile_rule, 'PENDING', '', r.updated_at FROM assignment_results AS r JOIN devices ON devices.id = r.device_id"+
			" WHERE r.assignment_batch_id = $1 AND "+still+" AND coalesce(r.previous_rule, 0) <> coalesce(devices.profile_rule, 0)", int64(id))
		if err != nil {
			return fmt.Errorf("storing the devices to undo: %w", err)
		}
		n, err := result.RowsAffected()
		if err != nil {
			return err
		}
		if n == 0 {
			return apperr.New(apperr.Conflict, "There is nothing to undo: none of the batch's devices has what the batch gave it.").WithField("assignmentBatchId")
		}
		if err := tx.AssignmentBatch.UpdateOne(batch).SetTotal(int(n)).Exec(ctx); err != nil {
			return err
		}
		if err := audit.Record(ctx, tx.Client, s.clock, audit.Entry{Action: "undoAssignmentBatch", ObjectID: id, ObjectName: old.Title,
			After: map[string]any{"assignmentBatchId": batch.ID.String(), "devices": n}}); err != nil {
			return err
		}
		if err := s.addJob(ctx, tx, batch, scope{Kind: ofResults, Undo: id}); err != nil {
			return err
		}
		batch, err = tx.AssignmentBatch.Get(ctx, batch.ID)
		return err
	})
	return unless(err, batch), err
}

// SetMode sets whether Apple is told of profiles for a token. Beginning to enforce needs how many foreign profiles were seen to be replaced.
// The batch is nil unless enforcing begins. Errors: NotFound; Conflict for another number; BadUserInput without one.
func (s *Service) SetMode(ctx context.Context, token gid.ID, mode abmtoken.AssignmentMode, expected *int) (t *ent.ABMToken, batch *ent.AssignmentBatch, err error) {
	err = s.write(ctx, func(ctx context.Context, tx *store.Tx) error {
		batch = nil
		if err := lockRules(ctx, tx); err != nil {
			return err
		}
		if t, err = presentToken(ctx, tx, token); err != nil {
			return err
		}
		if t.AssignmentMode != nil && *t.AssignmentMode == mode {
			return nil
		}
		enforce := mode == abmtoken.AssignmentModeEnforce
		if enforce {
			n, err := s.foreignToReplace(ctx, tx, token)
			switch {
			case err != nil:
				return err
			case expected == nil:
				return apperr.New(apperr.BadUserInput, "Enforcing would replace %s that GuardMDM did not define. Say with `expectedCount` that you saw this number.", apperr.Count(n, "profile")).
					WithField("expectedCount")
			case n != *expected:
				return apperr.New(apperr.Conflict, "Enforcing would replace %s that GuardMDM did not define, not %d.", apperr.Count(n, "profile"), *expected).
					WithHint("Look at the number again before confirming it.").WithField("expectedCount")
			}
		}
		before := map[string]any{"assignmentMode": t.AssignmentMode}
		if t, err = tx.ABMToken.UpdateOne(t).SetAssignmentMode(mode).SetUpdatedAt(s.clock.Now().UTC()).Save(ctx); err != nil {
			return err
		}
		if err := audit.Record(ctx, tx.Client, s.clock, audit.Entry{Action: "setAssignmentMode", ObjectID: token, ObjectName: t.Name, Before: before,
			After: map[string]any{"assignmentMode": mode}}); err != nil {
			return err
		}
		if !enforce {
			return s.addJob(ctx, tx, nil, scope{Kind: ofToken, Token: token})
		}
		batch, err = s.begin(ctx, tx, assignmentbatch.CauseMode, "Begin to enforce "+t.Name, 0, scope{Kind: ofToken, Token: token})
		return err
	})
	return unless(err, t), unless(err, batch), err
}

// ForeignToReplace counts the devices of a token that have a profile which GuardMDM did not define, and for which the rules name one.
func (s *Service) ForeignToReplace(ctx context.Context, token gid.ID) (n int, err error) {
	err = s.db.WithRead(ctx, func(ctx context.Context, tx *store.Tx) error {
		n, err = s.foreignToReplace(ctx, tx, token)
		return err
	})
	return n, err
}

func (s *Service) foreignToReplace(ctx context.Context, db querier, token gid.ID) (n int, err error) {
	alike := s.alike(device.And(device.AbmTokenID(token), device.RemovedAtIsNil()), nil, nobody)
	query, args := sql.Dialect(s.db.Dialect()).Select().AppendSelectExpr(sql.Raw("CAST(coalesce(sum(devices.n), 0) AS BIGINT)")).From(alike.As(device.Table)).
		Where(sql.ExprP(isForeign + " AND EXISTS (SELECT 1 FROM ade_profiles AS wanted WHERE wanted.id = " + desired +
			" AND wanted.deleted_at IS NULL AND wanted.published_version_id IS NOT NULL)")).Query()
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return 0, fmt.Errorf("counting the profiles of others: %w", err)
	}
	defer rows.Close()
	if rows.Next() {
		err = rows.Scan(&n)
	}
	return n, errors.Join(err, rows.Err())
}

// Synced decides a token's mode when its list is known as a whole for the first time: a token whose devices have profiles that GuardMDM did not
// define belongs to another MDM's fleet as well, which is never rewritten unasked.
func (s *Service) Synced(ctx context.Context, tx *store.Tx, token gid.ID) error {
	t, err := tx.ABMToken.Get(ctx, token)
	if err != nil || t.AssignmentMode != nil {
		return err
	}
	if err := lockRules(ctx, tx); err != nil {
		return err
	}
	foreign, err := tx.Device.Query().Where(device.AbmTokenID(token), device.RemovedAtIsNil(), where(isForeign)).Exist(ctx)
	if err != nil {
		return fmt.Errorf("looking for profiles of others: %w", err)
	}
	mode := abmtoken.AssignmentModeEnforce
	if foreign {
		mode = abmtoken.AssignmentModeObserve
	}
	if err := tx.ABMToken.UpdateOne(t).SetAssignmentMode(mode).Exec(ctx); err != nil {
		return err
	}
	if err := audit.Record(ctx, tx.Client, s.clock, audit.Entry{Action: "assignmentModeDecided", ObjectID: token, ObjectName: t.Name,
		After: map[string]any{"assignmentMode": mode, "foreignProfiles": foreign}}); err != nil || foreign {
		return err
	}
	return s.addJob(ctx, tx, nil, scope{Kind: ofToken, Token: token})
}

// Defaults are those that are set: of a token and of all tokens, or for 0 every one.
func (s *Service) Defaults(ctx context.Context, token gid.ID) ([]*ent.PlatformDefault, error) {
	query := s.db.Reader().PlatformDefault.Query().WithAdeProfile().WithAbmToken().Order(platformdefault.ByID())
	if token != 0 {
		query.Where(platformdefault.Or(platformdefault.AbmTokenID(token), platformdefault.AbmTokenIDIsNil()))
	}
	return query.All(ctx)
}
