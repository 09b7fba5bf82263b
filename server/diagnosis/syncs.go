package diagnosis

import (
	"context"
	"fmt"
	"strings"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/server/apperr"
)

// syncs reads how each working token's last run ended. One run that failed can be chance; its words say what it was.
func syncs(ctx context.Context, l *Look) (found []*Finding, err error) {
	for _, t := range l.Tokens {
		if !works(t) {
			continue // its state says why
		}
		run, err := l.DB.SyncRun.Query().Where(syncrun.AbmTokenID(t.ID), syncrun.StatusIn(syncrun.StatusSucceeded, syncrun.StatusFailed)).
			Order(syncrun.ByID(sql.OrderDesc())).First(ctx)
		if ent.IsNotFound(err) || err == nil && run.Status != syncrun.StatusFailed {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("reading the last run: %w", err)
		}
		f := failed(apperr.Code(run.ErrorCode), t)
		f.Token, f.Since, f.Devices, f.Where = t, run.FinishedAt, l.Devices(t.ID), where(t, nil)
		f.Cause = run.ErrorMessage
		f.Evidence = []string{"last run: " + run.ID.String() + ", " + run.ErrorCode}
		if t.LastSyncedAt != nil {
			f.Since = t.LastSyncedAt
			f.Evidence = append(f.Evidence, "last run that ended well: "+t.LastSyncedAt.UTC().Format(time.RFC3339))
		}
		f.Fix.Text = strings.TrimSpace(f.Fix.Text + " " + run.ErrorHint)
		found = append(found, f)
	}
	return found, nil
}

// failed tells the kinds of failures apart.
func failed(code apperr.Code, t *ent.ABMToken) *Finding {
	f := &Finding{Code: "SYNC_FAILED", Severity: Warning, Symptom: fmt.Sprintf("The last sync of %s failed: %s", t.Name, code), Fix: fix("", StartSync)}
	switch code {
	case apperr.AppleUnavailable:
		f.Code, f.Symptom = "SYNC_NO_ANSWER", fmt.Sprintf("The last sync of %s got no answer from Apple", t.Name)
		f.Fix = fix("If it lasts, check network, DNS, proxy and firewall of this server; `guardmdm doctor` looks at each.", StartSync)
	case apperr.AppleThrottled:
		f.Code, f.Severity, f.Symptom = "SYNC_THROTTLED", Info, fmt.Sprintf("Apple asked the sync of %s to come back later", t.Name)
	case apperr.AppleCursorStuck, apperr.AppleCursorInvalid, apperr.AppleCursorExpired, apperr.AppleCursorExhausted:
		f.Code, f.Symptom = "SYNC_POSITION", fmt.Sprintf("Apple does not go on from the sync position of %s", t.Name)
		f.Fix = fix("If the next runs fail as well, start a full sync.", StartFullSync)
	case apperr.AppleMalformed:
		f.Code, f.Symptom = "SYNC_ANSWER_UNREADABLE", fmt.Sprintf("The last sync of %s got an answer that is not Apple's", t.Name)
		f.Fix = fix("See whether a proxy between this server and Apple answers in its place.", StartSync)
	}
	return f
}
