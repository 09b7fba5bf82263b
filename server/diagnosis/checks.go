package diagnosis

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/adeprofile"
	"github.com/guardmdm/guardmdm/ent/replica"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/store"
)

// Check is something that is looked at whatever is found, and is as it should be.
type Check struct {
	Code   string
	Name   string // what is so
	Detail string // what it was concluded from; may be empty
}

// check is passed when none of its codes is found. The codes of all checks are those of all findings, each once.
type check struct {
	code, name string
	codes      []string
	// detail says what it was concluded from, if the name does not say all; ok is false where there was nothing to look at.
	detail func(ctx context.Context, l *Look) (text string, ok bool, err error)
}

func checks() []check {
	return []check{
		{"TOKENS_VALID", "Server tokens are valid", []string{"TOKEN_EXPIRED", "TOKEN_EXPIRING", "TOKEN_NOT_CONNECTED"}, tokensDetail},
		{"TOKENS_ACCEPTED", "Apple accepts the server tokens", []string{"TOKEN_REJECTED"}, withTokens},
		{"TERMS_ACCEPTED", "Apple's terms are accepted", []string{"TERMS_NOT_ACCEPTED"}, withTokens},
		{"CLOCK_RIGHT", "This server's clock agrees with Apple's", []string{"CLOCK_SKEW"}, withTokens},
		{"SYNCS_END_WELL", "Syncs end well", []string{"SYNC_NO_ANSWER", "SYNC_THROTTLED", "SYNC_POSITION", "SYNC_ANSWER_UNREADABLE", "SYNC_FAILED"}, syncsDetail},
		{"NO_REMOVALS_HELD", "No removals wait for a decision", []string{"REMOVALS_HELD"}, withTokens},
		{"ALL_HAVE_PROFILES", "Every device has a profile", []string{"DEVICES_UNASSIGNED"}, devicesDetail},
		{"DEFAULTS_FIT", "OS defaults are published and fit", []string{"DEFAULT_UNUSABLE", "DEFAULT_OF_OTHER_PLATFORM"}, defaultsDetail},
		{"PROFILES_AT_APPLE", "Apple takes the published profiles", []string{"PROFILE_REFUSED", "PROFILE_NOT_REGISTERED"}, profilesDetail},
		{"ASSIGNMENTS_TAKEN", "Apple takes the assignments", []string{"ASSIGNMENT_FAILING", "DEVICES_NOT_ACCESSIBLE", "DEVICES_THROTTLED"}, withTokens},
		{"RULES_ENFORCED", "The rules are enforced", []string{"OBSERVING"}, withTokens},
		{"MIGRATIONS_AWAITED", "Profiles wait for devices that migrate", []string{"MIGRATION_NOT_AWAITED"}, withTokens},
		{"PROFILES_ACT", "No profile waits for an erase", []string{"APPLIES_AFTER_ERASE"}, withTokens},
		{"PUBLIC_URL_ANSWERS", "The public URL answers", []string{"PUBLIC_URL_DIFFERS", "PUBLIC_URL_MISSING", "PUBLIC_URL_NOT_HTTPS", "PUBLIC_URL_UNREACHABLE"}, urlDetail},
		{"PUSH_CERTIFICATE_VALID", "The push certificate is valid", []string{"PUSH_CERTIFICATE_MISSING", "PUSH_CERTIFICATE_EXPIRED", "PUSH_CERTIFICATE_EXPIRING"}, pushDetail},
		{"SETUP_ASSISTANT_GOES_ON", "Setup Assistant goes on everywhere", []string{"HELD_IN_SETUP_ASSISTANT"}, withTokens},
		{"ENROLLMENTS_SUCCEED", "No enrollment was refused within a day", []string{"ENROLLMENTS_REFUSED"}, withTokens},
		{"WEBHOOKS_BELIEVED", "What other MDM servers tell is believed", []string{"WEBHOOK_REFUSED"}, webhooksDetail},
		{"DATABASE_HAS_ROOM", "The database has room", []string{"DATABASE_NEAR_FULL"}, spaceDetail},
		{"REPLICAS_AGREE", "Replicas run one version", []string{"REPLICAS_DISAGREE"}, replicasDetail},
	}
}

// Passed gives the checks of which nothing is found, in the order in which a device meets what they are about.
func (r *Report) Passed(ctx context.Context) ([]*Check, error) {
	passed := []*Check{}
	for _, c := range checks() {
		if slices.ContainsFunc(r.Findings, func(f *Finding) bool { return slices.Contains(c.codes, f.Code) }) {
			continue
		}
		detail, ok, err := c.detail(ctx, r.look)
		if err != nil {
			return nil, store.MapError(err)
		}
		if ok {
			passed = append(passed, &Check{Code: c.code, Name: c.name, Detail: detail})
		}
	}
	return passed, nil
}

func withTokens(_ context.Context, l *Look) (string, bool, error) { return "", len(l.Tokens) > 0, nil }

func tokensDetail(_ context.Context, l *Look) (string, bool, error) {
	n := len(l.Tokens)
	return fmt.Sprintf("%d of %d", n, n), n > 0, nil
}

// syncsDetail names the run that is longest ago, of each token's last.
func syncsDetail(_ context.Context, l *Look) (string, bool, error) {
	var last *time.Time
	for _, t := range l.Tokens {
		if works(t) && t.LastSyncedAt != nil && (last == nil || t.LastSyncedAt.Before(*last)) {
			last = t.LastSyncedAt
		}
	}
	if last == nil {
		return "", false, nil // none has ended yet, or no token works
	}
	return "last " + last.UTC().Format(time.RFC3339), true, nil
}

func devicesDetail(_ context.Context, l *Look) (string, bool, error) {
	n := 0
	for _, t := range l.Tokens {
		n += l.Devices(t.ID)
	}
	return some(n), n > 0, nil
}

func defaultsDetail(ctx context.Context, l *Look) (string, bool, error) {
	n, err := l.DB.PlatformDefault.Query().Count(ctx)
	return fmt.Sprintf("%d set", n), n > 0, err
}

func profilesDetail(ctx context.Context, l *Look) (string, bool, error) {
	n, err := l.DB.ADEProfile.Query().Where(adeprofile.DeletedAtIsNil(), adeprofile.PublishedVersionIDNotNil()).Count(ctx)
	return fmt.Sprintf("%d published", n), n > 0 && len(l.Tokens) > 0, err
}

func urlDetail(ctx context.Context, l *Look) (string, bool, error) {
	current, err := l.URLs.Current(ctx)
	return current, true, err
}

func pushDetail(ctx context.Context, l *Look) (string, bool, error) {
	c, err := l.Push.Current(ctx)
	if err != nil || c == nil || c.NotAfter == nil || len(l.Tokens) == 0 {
		return "", false, err
	}
	return "until " + c.NotAfter.UTC().Format(time.RFC3339), true, nil
}

func spaceDetail(ctx context.Context, l *Look) (string, bool, error) {
	free, _, ok, err := l.Space(ctx)
	return fmt.Sprintf("%d GB free", free>>30), ok, err
}

func replicasDetail(ctx context.Context, l *Look) (string, bool, error) {
	rows, err := l.replicas(ctx)
	if err != nil || len(rows) == 0 {
		return "", false, err
	}
	return fmt.Sprintf("%d %s, %s", len(rows), apperr.Word(len(rows), "replica", "replicas"), rows[0].Version), true, nil
}

// replicas are those that work, the ones that began first on top.
func (l *Look) replicas(ctx context.Context) ([]*ent.Replica, error) {
	now, err := l.Store.Now(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := l.DB.Replica.Query().Where(replica.SeenAtGT(now.Add(-present))).Order(replica.ByStartedAt(), replica.ByID()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the replicas: %w", err)
	}
	return rows, nil
}
