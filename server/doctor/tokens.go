package doctor

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"log/slog"
	"time"

	"github.com/guardmdm/guardmdm/ent"
	entabmtoken "github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/abmtoken"
	"github.com/guardmdm/guardmdm/server/apperr"
)

const (
	abmTokens = "ABM tokens"

	syncLate = 15 * time.Minute // three runs that did not succeed
	syncLost = 24 * time.Hour   // a device that was assigned a day ago is not here
)

// tokens looks at each ABM token: what is known of it, whether its secrets open, whether Apple accepts it, and its syncs.
func (d *doctor) tokens(ctx context.Context, reachable bool) {
	switch {
	case d.db == nil:
		d.skip("the database", abmTokens)
		return
	case !d.current:
		d.skip("the migrations", abmTokens)
		return
	}
	client, err := abm.New(abm.Config{BaseURL: d.Config.ABMURL, UserAgent: "GuardMDM/" + d.Version, Clock: d.Clock, MaxAttempts: 1, Timeout: checkTime,
		Logger: slog.New(slog.DiscardHandler)})
	if err != nil { // the configuration's finding says so
		d.skip("a valid GUARDMDM_ABM_URL", abmTokens)
		return
	}
	defer client.Close()
	service := abmtoken.New(d.db, client, d.box, d.Clock)
	list, err := d.present(ctx, service)
	if err != nil {
		d.err(Fail, abmTokens, err, "See the log of the database.")
		return
	}
	if len(list) == 0 {
		d.ok(abmTokens, "none yet")
	}
	for _, t := range list {
		d.state(t)
		opens := d.secrets(service, t)
		d.exchange(t)
		d.atApple(ctx, service, t, opens, reachable)
		d.syncs(ctx, t)
	}
}

func (d *doctor) present(ctx context.Context, service *abmtoken.Service) ([]*ent.ABMToken, error) {
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	return service.Present(ctx)
}

const renew = "Renew it: Settings, ABM integration, Renew. The new server token is for the same MDM server."

func (d *doctor) state(t *ent.ABMToken) {
	check := t.ID.String() + " state"
	found := fmt.Sprintf("%q is %s", t.Name, t.State)
	left := 0
	if t.ExpiresAt != nil {
		left = days(t.ExpiresAt.Sub(d.Clock.Now()))
		found += fmt.Sprintf(", its server token expires on %s (%s left)", t.ExpiresAt.UTC().Format(time.DateOnly), apperr.Count(max(left, 0), "day"))
	}
	switch {
	case t.State == entabmtoken.StateAwaitingServerToken:
		d.warn(check, found, "Its certificate was made, and no server token was uploaded.", "Go on with the four steps: Settings, ABM integration.")
	case t.State == entabmtoken.StateTermsNotAccepted:
		d.fail(check, found, t.StateMessage, "An administrator accepts Apple's new terms at business.apple.com.")
	case t.State == entabmtoken.StateRejected:
		d.fail(check, found, t.StateMessage, renew)
	case t.State == entabmtoken.StateExpired, t.ExpiresAt != nil && !d.Clock.Now().Before(*t.ExpiresAt):
		d.fail(check, found, "Its year is over: devices do not sync. Enrolled devices are not affected.", renew)
	case t.State == entabmtoken.StateExpiring:
		d.warn(check, found, "When it expires, devices do not sync any more.", renew)
	default:
		d.ok(check, "%s", found)
	}
}

func (d *doctor) secrets(service *abmtoken.Service, t *ent.ABMToken) bool {
	check := t.ID.String() + " secrets"
	if d.box == nil {
		d.skip("the secret key file", check)
		return false
	}
	if err := service.Opens(t); err != nil {
		d.fail(check, "its secrets cannot be opened", err.Error(), "Put the right key file there. If it is lost, delete this ABM token and set it up again.")
		return false
	}
	d.ok(check, "can be opened")
	return true
}

// exchange looks at the certificates that are uploaded at Apple.
func (d *doctor) exchange(t *ent.ABMToken) {
	for _, c := range []struct{ what, pem string }{{"certificate", t.CurrentCertificate}, {"renewal's certificate", t.StagedCertificate}} {
		if c.pem == "" {
			continue
		}
		check := t.ID.String() + " " + c.what
		cert, err := parseCertificate(c.pem)
		if err != nil {
			d.fail(check, "it cannot be read", err.Error(), renew)
			continue
		}
		left := cert.NotAfter.Sub(d.Clock.Now())
		if left <= 0 {
			d.warn(check, "expired on "+cert.NotAfter.UTC().Format(time.DateOnly), "Apple may refuse to encrypt another server token for it. The one in use is not affected.", renew)
			continue
		}
		d.ok(check, "%s left", apperr.Count(days(left), "day"))
	}
}

func parseCertificate(text string) (*x509.Certificate, error) {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return nil, fmt.Errorf("not PEM")
	}
	return x509.ParseCertificate(block.Bytes)
}

// atApple asks Apple once. The answer is no evidence for the token's state here: only the server's own calls are.
func (d *doctor) atApple(ctx context.Context, service *abmtoken.Service, t *ent.ABMToken, opens, reachable bool) {
	check := t.ID.String() + " at Apple"
	switch {
	case len(t.Credentials) == 0:
		d.skip("a server token", check)
		return
	case !opens:
		d.skip("the secrets", check)
		return
	case !reachable:
		d.skip("Apple", check)
		return
	}
	ctx, cancel := context.WithTimeout(ctx, 2*checkTime)
	defer cancel()
	conn, _, err := service.Connect(ctx, t.ID)
	if err != nil {
		d.err(Fail, check, err, renew)
		return
	}
	account, err := conn.Account(ctx)
	switch {
	case err == nil:
		d.ok(check, "accepted, MDM server %q of %q", account.ServerName, account.OrgName)
	case apperr.Is(err, apperr.AppleThrottled):
		d.err(Warn, check, err, "Wait.")
	default:
		d.err(Fail, check, err, renew)
	}
}

// passing are errors of runs that go away without anybody doing anything.
func passing(code apperr.Code) bool {
	switch code {
	case apperr.AppleThrottled, apperr.AppleUnavailable, apperr.Unavailable:
		return true
	}
	return false
}

func (d *doctor) syncs(ctx context.Context, t *ent.ABMToken) {
	if t.State == entabmtoken.StateAwaitingServerToken {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	check := t.ID.String() + " sync"
	runs, err := d.db.Reader().SyncRun.Query().Where(syncrun.AbmTokenID(t.ID)).Order(ent.Desc(syncrun.FieldID)).Limit(2).All(ctx)
	if err != nil {
		d.err(Fail, check, err, "See the log of the database.")
		return
	}
	leases, err := d.db.Now(ctx) // the clock that leases go by
	if err != nil {
		d.err(Fail, check, err, "See the log of the database.")
		return
	}
	now := d.Clock.Now()
	const do = "See whether a server runs, and the runs in the dashboard (Sync history) or its log."
	var ended *ent.SyncRun
	for _, run := range runs {
		switch {
		case run.Status != syncrun.StatusRunning:
			if ended == nil {
				ended = run
			}
		case run.LeaseExpiresAt.Before(leases):
			d.warn(t.ID.String()+" run", fmt.Sprintf("%s goes on and no server works on it", run.ID), "The server that did has ended or hangs.",
				"Nothing if a server runs or is started: it takes the run over within seconds.")
		default:
			d.ok(t.ID.String()+" run", "%s goes on: %s, %s", run.ID, run.Phase, apperr.Count(run.Pages, "page"))
		}
	}
	switch {
	case t.LastSyncedAt == nil && ended == nil && now.Sub(t.StateChangedAt) < syncLate:
		d.ok(check, "not synced yet")
	case t.LastSyncedAt == nil:
		d.fail(check, "never synced", "", do)
	default:
		age := now.Sub(*t.LastSyncedAt)
		found := fmt.Sprintf("last synced %s ago", age.Round(time.Second))
		why := "Runs are 5 minutes apart. What changed at Apple since then is not here."
		switch {
		case age > syncLost:
			d.fail(check, found, why, do)
		case age > syncLate:
			d.warn(check, found, why, do)
		default:
			d.ok(check, "%s", found)
		}
	}
	if t.HeldRemovals > 0 {
		d.warn(t.ID.String()+" held removals", fmt.Sprintf("%s that the last full reconciliation did not find at Apple", apperr.Count(t.HeldRemovals, "device")),
			"They are more than half of the token's devices, so they are kept until an administrator confirms their removal.",
			"See at business.apple.com whether they were meant to leave the MDM server. If so, an administrator confirms it by confirmHeldRemovals.")
	}
	if ended != nil && ended.Status == syncrun.StatusFailed {
		level := Fail
		if passing(apperr.Code(ended.ErrorCode)) {
			level = Warn
		}
		d.say(Finding{Level: level, Check: t.ID.String() + " last run", Found: fmt.Sprintf("%s failed: %s", ended.ID, ended.ErrorCode),
			Why: ended.ErrorMessage, Do: ended.ErrorHint})
	}
}
