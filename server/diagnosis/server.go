package diagnosis

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Below these the disk of a SQLite file is said to be near full, and full: a sync of many devices needs some hundred megabytes.
const (
	littleSpace   = 1 << 30
	noSpace       = 100 << 20
	littlePercent = 10
)

// databaseSpace looks at the disk of a SQLite file. PostgreSQL does not tell how much it has left.
func databaseSpace(ctx context.Context, l *Look) ([]*Finding, error) {
	free, total, ok, err := l.Space(ctx)
	if err != nil || !ok {
		return nil, err
	}
	f := &Finding{Code: "DATABASE_NEAR_FULL", Severity: Warning,
		Symptom:  fmt.Sprintf("The disk of the database has %d MB left", free>>20),
		Cause:    "When it is full, no sync, no assignment and no enrollment can be stored.",
		Evidence: []string{"database: " + l.Store.Whereabouts(), fmt.Sprintf("free: %d of %d MB", free>>20, total>>20)},
		Fix:      fix("Free space on the disk, or move the data directory to a larger one.")}
	switch {
	case free < noSpace:
		f.Severity = Critical
	case free < littleSpace && free < total/100*littlePercent:
	default:
		return nil, nil
	}
	return []*Finding{f}, nil
}

// present is how long ago a replica that works has said so at most: it does every minute.
const present = 3 * time.Minute

// replicaVersions are replicas that run different versions of the program.
func replicaVersions(ctx context.Context, l *Look) ([]*Finding, error) {
	rows, err := l.replicas(ctx)
	if err != nil {
		return nil, err
	}
	var versions, evidence []string
	for _, r := range rows {
		if !slices.Contains(versions, r.Version) {
			versions = append(versions, r.Version)
		}
		evidence = append(evidence, fmt.Sprintf("%s: %s, since %s", r.Name, r.Version, r.StartedAt.UTC().Format(time.RFC3339)))
	}
	if len(versions) < 2 {
		return nil, nil
	}
	return []*Finding{{Code: "REPLICAS_DISAGREE", Severity: Warning, Since: &rows[len(rows)-1].StartedAt, Evidence: evidence,
		Symptom: fmt.Sprintf("Replicas run different versions: %s", strings.Join(versions, " and ")),
		Cause:   "During an upgrade that is so for a moment. Afterwards the older ones answer and sync as they always did, whatever the newer ones changed.",
		Fix:     fix("Finish the upgrade: stop the replicas of the older version and start them with the new one.")}}, nil
}
