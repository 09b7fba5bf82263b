// Package reach finds out whether this installation answers at its public URL.
package reach

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/jonboulle/clockwork"
)

const (
	// reachAge is for how long an answer is good: many may ask, and one question a minute is enough.
	reachAge  = time.Minute
	reachTime = 3 * time.Second
)

// Prober finds out whether GuardMDM answers at an address, as seen from this machine.
type Prober struct {
	clock  clockwork.Clock
	client *http.Client

	mu      sync.Mutex // held while it asks, so that one question serves all who wait
	address string
	at      time.Time
	err     error
}

// NewProber makes a Prober. It follows no redirect: devices do not either when they enroll.
func NewProber(clock clockwork.Clock) *Prober {
	return &Prober{clock: clock, client: &http.Client{
		Timeout: reachTime, Transport: &http.Transport{Proxy: http.ProxyFromEnvironment, DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// Reach tells why GuardMDM does not answer at the address; nil: it does. The error is one line for people.
func (p *Prober) Reach(ctx context.Context, address string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.address == address && p.clock.Since(p.at) < reachAge {
		return p.err
	}
	err := p.ask(context.WithoutCancel(ctx), address) // others get the answer too
	p.address, p.at, p.err = address, p.clock.Now(), err
	return err
}

func (p *Prober) ask(ctx context.Context, address string) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address+"/healthz", nil)
	if err != nil {
		return err
	}
	answer, err := p.client.Do(r)
	if e, ok := errors.AsType[*url.Error](err); ok {
		return e.Err
	}
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	var health struct{ Status, Version string }
	err = json.NewDecoder(io.LimitReader(answer.Body, 1<<10)).Decode(&health)
	switch {
	case answer.StatusCode != http.StatusOK:
		return fmt.Errorf("/healthz is answered with HTTP status %d", answer.StatusCode)
	case err != nil || health.Status == "" || health.Version == "":
		return errors.New("something else than GuardMDM answers there")
	}
	return nil
}
