package assignment

import (
	"context"
	"encoding/json"
	"fmt"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/assignmentjob"
	"github.com/guardmdm/guardmdm/ent/assignmentresult"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/devicegroup"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/predicate"
	"github.com/guardmdm/guardmdm/server/store"
)

const (
	// step is how many devices a transaction of a job works on.
	step = 1_000
	// atOnce is how many steps of it are carried out in the transaction of a person's act.
	atOnce = 5
)

// scope says which devices a job is about, and what it does with them beside evaluating them.
type scope struct {
	Kind      scopeKind `json:"kind"`
	Token     gid.ID    `json:"token,omitempty"`
	Platforms []string  `json:"platforms,omitempty"`
	Group     gid.ID    `json:"group,omitempty"`
	Profile   gid.ID    `json:"profile,omitempty"`
	// Choice is what the devices of a batch get as their own choice; 0: none, so that the rules decide.
	Choice gid.ID `json:"choice,omitempty"`
	// Undo is the batch whose devices get back what they had before it.
	Undo gid.ID `json:"undo,omitempty"`
	// Replace is what devices get whose own choice was Profile, which is deleted; 0: none.
	Replace gid.ID `json:"replace,omitempty"`
}

type scopeKind string

const (
	ofResults scopeKind = "RESULTS" // the devices that the batch has results of: they get Choice, or what Undo says
	ofDefault scopeKind = "DEFAULT" // devices that the default of Platforms decides for; with Token, its alone
	ofGroup   scopeKind = "GROUP"   // devices that Group has, or had
	ofProfile scopeKind = "PROFILE" // devices that Profile is for
	ofDeleted scopeKind = "DELETED" // all devices: Profile is gone, and whatever had it is decided anew
	ofToken   scopeKind = "TOKEN"   // the devices of Token
)

// addJob writes a job inside tx, and carries out its first transaction within tx when no other job waits: what a person does with a few
// thousand devices is done when the answer comes. batch may be nil.
func (s *Service) addJob(ctx context.Context, tx *store.Tx, batch *ent.AssignmentBatch, sc scope) error {
	text, err := json.Marshal(sc)
	if err != nil {
		return err
	}
	waits, err := tx.AssignmentJob.Query().Exist(ctx)
	if err != nil {
		return err
	}
	now := s.clock.Now().UTC()
	create := tx.AssignmentJob.Create().SetScope(text).SetCreatedAt(now).SetUpdatedAt(now)
	if batch != nil {
		create.SetAssignmentBatchID(batch.ID)
	}
	job, err := create.Save(ctx)
	if err != nil {
		return err
	}
	s.afterCommit(tx)
	steps := atOnce
	if batch != nil && batch.Total > atOnce*step { // it is not done at once anyway: the sooner Apple is told of the first
		steps = 1
	}
	for n := 0; n < steps && job != nil && !waits; n++ {
		if job, err = s.advance(ctx, tx, job); err != nil {
			return err
		}
	}
	return nil
}

// runJobs carries out what there is, oldest first: a later change must not be overtaken by an earlier one.
func (s *Service) runJobs(ctx context.Context) {
	if err := s.Work(ctx); err != nil && ctx.Err() == nil {
		s.log.WarnContext(ctx, "the consequences of a change for devices could not be worked out; trying again", "error", err)
	}
}

// Work carries out jobs until none is left. Every replica may call it at any time: each transaction holds the job's row.
func (s *Service) Work(ctx context.Context) error {
	for more := true; more; {
		err := s.db.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
			more = false
			if err := keepRules(ctx, tx); err != nil {
				return err
			}
			query := tx.AssignmentJob.Query().Order(assignmentjob.ByID())
			if tx.Dialect() == dialect.Postgres {
				query.ForUpdate()
			}
			job, err := query.First(ctx) // Only would refuse a second job that waits
			if ent.IsNotFound(err) {
				return nil
			}
			if err != nil {
				return err
			}
			more = true
			_, err = s.advance(ctx, tx, job)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// advance carries out one step of a job, and ends the job after its last device: then there is no rest.
func (s *Service) advance(ctx context.Context, tx *store.Tx, job *ent.AssignmentJob) (rest *ent.AssignmentJob, err error) {
	var sc scope
	if err := json.Unmarshal(job.Scope, &sc); err != nil {
		return nil, fmt.Errorf("assignment job %s: %w", job.ID, err)
	}
	var batch gid.ID
	if job.AssignmentBatchID != nil {
		batch = *job.AssignmentBatchID
	}
	ids, err := s.next(ctx, tx, sc, batch, job.AfterID)
	if err != nil {
		return nil, fmt.Errorf("finding the devices of a change: %w", err)
	}
	if len(ids) > 0 {
		if err := s.choose(ctx, tx, sc, batch, ids); err != nil {
			return nil, fmt.Errorf("changing devices' own choices: %w", err)
		}
		if err := s.evaluate(ctx, tx, ids, evaluation{batch: batch, selected: sc.Kind == ofResults, asked: true}); err != nil {
			return nil, err
		}
	}
	now := s.clock.Now().UTC()
	ended := len(ids) < step
	if batch != 0 {
		u := tx.AssignmentBatch.UpdateOneID(batch).AddDevices(len(ids)).SetUpdatedAt(now)
		if ended {
			u.SetCounted(true)
		}
		if err := u.Exec(ctx); err != nil {
			return nil, err
		}
	}
	s.afterCommit(tx)
	if !ended {
		return tx.AssignmentJob.UpdateOne(job).SetAfterID(ids[len(ids)-1]).SetUpdatedAt(now).Save(ctx)
	}
	if err := tx.AssignmentJob.DeleteOne(job).Exec(ctx); err != nil {
		return nil, err
	}
	if batch == 0 {
		return nil, nil
	}
	return nil, s.finish(ctx, tx, batch)
}

// next gives the next devices of a job.
func (s *Service) next(ctx context.Context, tx *store.Tx, sc scope, batch, after gid.ID) (ids []gid.ID, err error) {
	if sc.Kind == ofResults {
		if err := byIndex(ctx, tx); err != nil {
			return nil, err
		}
		err = tx.AssignmentResult.Query().Where(assignmentresult.AssignmentBatchID(batch), sql.FieldGT(assignmentresult.FieldDeviceID, after)).
			Order(assignmentresult.ByDeviceID()).Limit(step).Select(assignmentresult.FieldDeviceID).Scan(ctx, &ids)
		return ids, err
	}
	which, err := s.devicesOf(ctx, tx, sc)
	if err != nil {
		return nil, err
	}
	return tx.Device.Query().Where(which, device.IDGT(after)).Order(device.ByID()).Limit(step).IDs(ctx)
}

// devicesOf finds the devices of a scope that is no list.
func (s *Service) devicesOf(ctx context.Context, tx *store.Tx, sc scope) (predicate.Device, error) {
	switch sc.Kind {
	case ofDefault:
		ps := []predicate.Device{device.ProfileRuleIsNil(), inPlatforms(sc.Platforms)}
		if sc.Token != 0 {
			ps = append(ps, device.AbmTokenID(sc.Token))
		}
		return device.And(ps...), nil
	case ofGroup:
		g, err := tx.DeviceGroup.Query().Where(devicegroup.ID(sc.Group)).Only(ctx)
		if ent.IsNotFound(err) {
			return device.ProfileRule(sc.Group), nil
		}
		if err != nil {
			return nil, err
		}
		return device.Or(device.ProfileRule(sc.Group), s.InGroup(g)), nil
	case ofProfile:
		return Wants(sc.Profile), nil
	case ofToken:
		return device.AbmTokenID(sc.Token), nil
	}
	return device.IDGT(0), nil
}

func inPlatforms(names []string) predicate.Device {
	platforms := make([]device.Platform, len(names))
	for i, n := range names {
		platforms[i] = device.Platform(n)
	}
	return device.PlatformIn(platforms...)
}

// Wants finds the devices that have the profile by the rules.
func Wants(profile gid.ID) predicate.Device {
	return where(desired + " = " + number(profile))
}

// choose changes the devices' own choices as the job says.
func (s *Service) choose(ctx context.Context, tx *store.Tx, sc scope, batch gid.ID, ids []gid.ID) error {
	in, list := idsIn("id", tx.Dialect(), 1, ids)
	set := func(value, which string, args ...any) error {
		_, err := tx.ExecContext(ctx, "UPDATE devices SET profile_rule = "+value+" WHERE "+in+which, append([]any{list}, args...)...)
		return err
	}
	switch {
	case sc.Kind == ofDeleted && sc.Replace != 0:
		return set("$2", " AND profile_rule = $3", int64(sc.Replace), int64(sc.Profile))
	case sc.Kind == ofDeleted:
		return set("NULL", " AND profile_rule = $2", int64(sc.Profile))
	case sc.Kind != ofResults:
		return nil
	case sc.Undo != 0: // what a device had before, unless it was a profile that is gone by now
		before := "(SELECT r.previous_rule FROM assignment_results AS r WHERE r.assignment_batch_id = $2 AND r.device_id = devices.id AND r.previous_rule < " + firstGroup +
			" AND (r.previous_rule = " + noProfile + " OR EXISTS (SELECT 1 FROM ade_profiles AS p WHERE p.id = r.previous_rule AND p.deleted_at IS NULL)))"
		return set(before, "", int64(sc.Undo))
	case sc.Choice != 0:
		return set("$2", "", int64(sc.Choice))
	}
	return set("NULL", " AND profile_rule < "+firstGroup)
}
