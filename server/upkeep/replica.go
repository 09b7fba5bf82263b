package upkeep

import (
	"context"
	"time"

	"github.com/guardmdm/guardmdm/ent/replica"
	"github.com/guardmdm/guardmdm/server/store"
)

// gone is after how long a replica is forgotten.
const gone = 24 * time.Hour

// Announce says that this process works on the database, and with which version: replicas of different versions are no state to stay in.
func (s *Service) Announce(ctx context.Context) error {
	now, err := s.db.Now(ctx)
	if err != nil {
		return store.MapError(err)
	}
	now = now.UTC()
	return store.MapError(s.db.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		n, err := tx.Replica.Update().Where(replica.Name(s.name)).SetSeenAt(now).Save(ctx)
		if err == nil && n == 0 {
			err = tx.Replica.Create().SetName(s.name).SetVersion(s.version).SetStartedAt(s.started).SetSeenAt(now).Exec(ctx)
		}
		if err != nil {
			return err
		}
		_, err = tx.Replica.Delete().Where(replica.SeenAtLT(now.Add(-gone))).Exec(ctx)
		return err
	}))
}

// Leave says that this process ends.
func (s *Service) Leave(ctx context.Context) error {
	_, err := s.db.Ent().Replica.Delete().Where(replica.Name(s.name)).Exec(ctx)
	return store.MapError(err)
}
