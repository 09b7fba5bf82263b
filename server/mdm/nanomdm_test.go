package mdm_test

import (
	"context"
	"crypto/tls"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"
	"github.com/micromdm/nanomdm/cryptoutil"
	nanomdm "github.com/micromdm/nanomdm/mdm"
	"github.com/micromdm/nanomdm/storage"
	"github.com/micromdm/nanomdm/test/e2e"

	"github.com/guardmdm/guardmdm/ent/mdmchannel"
	"github.com/guardmdm/guardmdm/server/mdm"
	"github.com/guardmdm/guardmdm/server/secret"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

// whole adds to our storage what NanoMDM's suite asks for and the product does not need: push certificates, which package push keeps, in
// memory; and the way to another server, from what the product stores.
type whole struct {
	*mdm.Storage
	db *store.Store

	mu    sync.Mutex
	certs map[string]tls.Certificate
	times map[string]int
}

var _ storage.AllStorage = (*whole)(nil)

func (w *whole) StorePushCert(_ context.Context, pemCert, pemKey []byte) error {
	topic, err := cryptoutil.TopicFromPEMCert(pemCert)
	if err != nil {
		return err
	}
	pair, err := tls.X509KeyPair(pemCert, pemKey)
	if err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.certs[topic] = pair
	w.times[topic]++
	return nil
}

func (w *whole) RetrievePushCert(_ context.Context, topic string) (*tls.Certificate, string, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	pair, ok := w.certs[topic]
	if !ok {
		return nil, "", os.ErrNotExist
	}
	return &pair, strconv.Itoa(w.times[topic]), nil
}

func (w *whole) IsPushCertStale(_ context.Context, topic, token string) (bool, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return strconv.Itoa(w.times[topic]) != token, nil
}

func (w *whole) RetrieveMigrationCheckins(ctx context.Context, out chan<- any) error {
	channels, err := w.db.Reader().MDMChannel.Query().Where(mdmchannel.Enabled(true)).Order(mdmchannel.ByOfUser()).All(ctx)
	if err != nil {
		return err
	}
	for _, c := range channels {
		for _, raw := range [][]byte{c.Authenticate, c.TokenUpdate} {
			if len(raw) == 0 {
				continue
			}
			m, err := nanomdm.DecodeCheckin(raw)
			if err != nil {
				return err
			}
			out <- m
		}
	}
	return nil
}

// NanoMDM's own suite, from the version that we use, with its handlers and its device on our storage.
func TestNanoMDMEndToEnd(t *testing.T) {
	t.Chdir(suiteDir(t))
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		box, err := secret.EnsureKey(t.Context(), db, filepath.Join(t.TempDir(), "secret.key"), true)
		if err != nil {
			t.Fatal(err)
		}
		s := &whole{Storage: mdm.NewStorage(db, box, clockwork.NewRealClock()), db: db, certs: map[string]tls.Certificate{}, times: map[string]int{}}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		e2e.TestE2E(t, ctx, s)
	})
}
