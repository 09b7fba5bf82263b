package diagnosis

import (
	"context"
	"fmt"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/assignmentitem"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/apperr"
)

// assignments are devices of which Apple said something else than yes. Items exist for devices that are not done yet, and few of these are in trouble.
func assignments(ctx context.Context, l *Look) (found []*Finding, err error) {
	var rows []struct {
		Token gid.ID               `json:"abm_token_id"`
		State assignmentitem.State `json:"state"`
		Code  string               `json:"error_code"`
		Count int                  `json:"n"`
	}
	err = l.DB.AssignmentItem.Query().Where(assignmentitem.StateIn(assignmentitem.StateFailed, assignmentitem.StateNotAccessible, assignmentitem.StateThrottled)).
		GroupBy(assignmentitem.FieldAbmTokenID, assignmentitem.FieldState, assignmentitem.FieldErrorCode).
		Aggregate(func(s *sql.Selector) string { return sql.As(sql.Count("*"), "n") }).Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("counting the devices in trouble: %w", err)
	}
	type kind struct {
		token gid.ID
		state assignmentitem.State
	}
	byKind := map[kind]*Finding{}
	for _, row := range rows {
		t := l.token(row.Token)
		if t == nil || !works(t) {
			continue // its state says why
		}
		f := byKind[kind{row.Token, row.State}]
		if f == nil {
			f = &Finding{Token: t, Where: where(t, map[string]any{"assignmentStatus": string(row.State)})}
			byKind[kind{row.Token, row.State}] = f
			found = append(found, f)
		}
		f.Devices += row.Count
		if row.Code != "" {
			f.Evidence = append(f.Evidence, row.Code+": "+some(row.Count))
		}
	}
	for k, f := range byKind {
		describe(f, k.state)
		if f.Since, err = since(ctx, l.DB, k.token, k.state); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func describe(f *Finding, state assignmentitem.State) {
	name := f.Token.Name
	switch state {
	case assignmentitem.StateNotAccessible:
		f.Code, f.Severity = "DEVICES_NOT_ACCESSIBLE", Warning
		f.Symptom = fmt.Sprintf("%s of %s cannot be given a profile: Apple says that %s not of this MDM server", some(f.Devices), name, apperr.Word(f.Devices, "it is", "they are"))
		f.Cause = "They were moved to another MDM server, or released, and the sync has not told so yet."
		f.Fix = fix("Assign them to this MDM server in Apple Business Manager; GuardMDM goes on when the sync brings them.", ShowDevices, OpenABM, StartFullSync)
	case assignmentitem.StateThrottled:
		f.Code, f.Severity = "DEVICES_THROTTLED", Info
		f.Symptom = fmt.Sprintf("Apple wants a pause for %s of %s", some(f.Devices), name)
		f.Cause = "Their profile was changed too often. Trying earlier makes the pause longer."
		f.Fix = fix("Wait: each is tried again when its pause is over.", ShowDevices)
	default:
		f.Code, f.Severity = "ASSIGNMENT_FAILING", Warning
		f.Symptom = fmt.Sprintf("Apple fails to assign a profile to %s of %s", some(f.Devices), name)
		f.Cause = "Apple answered FAILED, or left them out of its answer."
		f.Fix = fix("They are tried again after 1, 2, 4, 8, 16 and then every 24 hours. After three failures ask Apple's support.", ShowDevices)
	}
}

// since is when the first of them began to wait.
func since(ctx context.Context, db *ent.Client, token gid.ID, state assignmentitem.State) (*time.Time, error) {
	first, err := db.AssignmentItem.Query().Where(assignmentitem.StateEQ(state), assignmentitem.AbmTokenID(token)).Order(assignmentitem.ByDeviceID()).First(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &first.CreatedAt, nil
}

// observed are tokens for which Apple is told nothing, because another MDM's profiles were found there.
func observed(_ context.Context, l *Look) (found []*Finding, err error) {
	for _, t := range l.Tokens {
		n := l.Devices(t.ID)
		if t.AssignmentMode == nil || *t.AssignmentMode != abmtoken.AssignmentModeObserve || n == 0 {
			continue
		}
		found = append(found, &Finding{Code: "OBSERVING", Severity: Info, Token: t, Devices: n, Where: where(t, nil),
			Symptom:  fmt.Sprintf("GuardMDM only observes %s: its %s %s given no profile", t.Name, some(n), apperr.Word(n, "is", "are")),
			Cause:    "Its first list had profiles that GuardMDM did not define, or somebody chose to observe. Profiles of another MDM are not replaced unasked.",
			Evidence: []string{"assignmentMode: OBSERVE"},
			Fix:      fix("Look at what enforcing would replace, then have GuardMDM enforce the rules.", Enforce)})
	}
	return found, nil
}
