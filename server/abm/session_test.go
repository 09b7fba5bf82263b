package abm_test

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/simabm"
)

// together makes the same call from n goroutines, each with a handle of its own.
func together(t *testing.T, n int, client *abm.Client, creds abm.Credentials) {
	t.Helper()
	var wg sync.WaitGroup
	start := make(chan struct{})
	for range n {
		wg.Go(func() {
			<-start
			if _, err := client.Token("t1", creds).Account(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	close(start)
	wg.Wait()
}

func TestOneSessionForAll_FieldNote07(t *testing.T) {
	a := newApple(t, 0)
	creds := a.creds(t)
	together(t, 20, a.client, creds)
	if n := a.Requests()["GET /session"]; n != 1 {
		t.Fatalf("first calls: %d sessions", n)
	}
	a.clock.Advance(5 * time.Minute) // the simulator's sessions live 3
	together(t, 20, a.client, creds)
	if n := a.Requests()["GET /session"]; n != 2 {
		t.Errorf("after the session's end: %d sessions", n)
	}
}

func TestRotatedSessions(t *testing.T) {
	a := newApple(t, 0)
	token := a.token(t)
	for range 170 { // the simulator rotates every 50 and keeps the old one for 30 seconds
		if _, err := token.Account(t.Context()); err != nil {
			t.Fatal(err)
		}
		a.clock.Advance(5 * time.Second)
	}
	if n := a.Requests()["GET /session"]; n != 1 {
		t.Errorf("%d sessions", n)
	}
}

func TestOtherCredentialsDropTheSession_FieldNote06(t *testing.T) {
	a := newApple(t, 0)
	old := a.creds(t)
	if _, err := a.client.Token("t1", old).Account(t.Context()); err != nil {
		t.Fatal(err)
	}
	renewed := a.creds(t)
	if _, err := a.client.Token("t1", renewed).Account(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := a.Requests()["GET /session"]; n != 2 {
		t.Errorf("%d sessions after a renewal", n)
	}
	if _, err := a.client.Token("t2", old).Account(t.Context()); !apperr.Is(err, apperr.AppleRejected) {
		t.Errorf("the replaced token: %v", err)
	}
	a.client.Forget("t1")
	if _, err := a.client.Token("t1", renewed).Account(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := a.Requests()["GET /session"]; n != 4 {
		t.Errorf("%d sessions after Forget", n)
	}
}

// Neither costs a new session: it is not the session that Apple refuses (field notes 7).
func TestTermsAndAccess(t *testing.T) {
	a := newApple(t, 0)
	token := a.token(t)
	if _, err := token.Account(t.Context()); err != nil {
		t.Fatal(err)
	}
	a.SetTermsAccepted(false)
	if _, err := token.Account(t.Context()); !apperr.Is(err, apperr.AppleTerms) {
		t.Errorf("terms: %v", err)
	}
	a.SetTermsAccepted(true)
	if _, err := token.Account(t.Context()); err != nil {
		t.Errorf("accepted: %v", err)
	}
	a.server.SetAccessDenied(true)
	if _, err := token.Account(t.Context()); !apperr.Is(err, apperr.AppleDenied) {
		t.Errorf("access: %v", err)
	}
	if got := a.Requests(); got["GET /session"] != 1 || got["GET /account"] != 4 {
		t.Errorf("%v", got)
	}
}

func TestRejectedAtSession(t *testing.T) {
	a := newApple(t, 0)
	token := a.token(t)
	a.server.RevokeToken()
	_, err := token.Account(t.Context())
	var answer *abm.AnswerError
	if !apperr.Is(err, apperr.AppleRejected) || !errors.As(err, &answer) || answer.Status != 401 || answer.Code != "token_rejected" {
		t.Errorf("revoked: %v", err)
	}
	if n := a.Requests()["GET /session"]; n != 1 {
		t.Errorf("%d tries with a rejected token", n)
	}
	a.SetTermsAccepted(false)
	if _, err := a.client.Token("t1", a.creds(t)).Account(t.Context()); !apperr.Is(err, apperr.AppleTerms) {
		t.Errorf("terms at /session: %v", err)
	}
}

func TestSessionIsRetriedWithANewNonce(t *testing.T) {
	a := newApple(t, 0)
	// The request is carried out, so its nonce is used.
	if err := a.SetFaults([]simabm.Fault{{Kind: simabm.FaultReset, Endpoints: []string{"/session"}, Times: 2}}); err != nil {
		t.Fatal(err)
	}
	if _, err := a.token(t).Account(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := a.Requests()["GET /session"]; n != 3 {
		t.Errorf("%d sessions", n)
	}
}

// A session that Apple refuses for good must not lead to a loop.
func TestOneNewSessionPerCall_FieldNote07(t *testing.T) {
	var sessions, calls atomic.Int32
	a := handler(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/session" {
			sessions.Add(1)
			_, _ = w.Write([]byte(`{"auth_session_token":"S"}`))
			return
		}
		calls.Add(1)
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = w.Write([]byte("UNAUTHORIZED"))
	})
	token := a.client.Token("t1", abm.Credentials{ConsumerKey: "CK"})
	for n := int32(1); n <= 2; n++ {
		if _, err := token.Account(t.Context()); !apperr.Is(err, apperr.AppleRejected) {
			t.Errorf("got %v", err)
		}
		if sessions.Load() != 2*n || calls.Load() != 2*n {
			t.Errorf("after call %d: %d sessions, %d calls", n, sessions.Load(), calls.Load())
		}
	}
}

func TestRotationHeader(t *testing.T) {
	var got []string
	a := handler(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/session" {
			_, _ = w.Write([]byte(`{"auth_session_token":"S0"}`))
			return
		}
		session := r.Header.Get("X-ADM-Auth-Session")
		got = append(got, session)
		if session == "S0" {
			w.Header().Set("X-ADM-Auth-Session", "S1")
		} else {
			w.Header().Set("X-ADM-Auth-Session", "") // no rotation
		}
		_, _ = w.Write([]byte(`{"server_uuid":"U"}`))
	})
	token := a.client.Token("t1", abm.Credentials{})
	for range 3 {
		if _, err := token.Account(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if len(got) != 3 || got[0] != "S0" || got[1] != "S1" || got[2] != "S1" {
		t.Errorf("sessions used: %v", got)
	}
}

// blocked is a service whose /session answers when the test lets it.
func blocked(t *testing.T) (a *apple, arrived, gone chan struct{}, release func()) {
	arrived, gone = make(chan struct{}, 10), make(chan struct{}, 10)
	let := make(chan struct{})
	a = handler(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/session" {
			arrived <- struct{}{}
			select {
			case <-let:
			case <-r.Context().Done():
				gone <- struct{}{}
				return
			}
			_, _ = w.Write([]byte(`{"auth_session_token":"S"}`))
			return
		}
		_, _ = w.Write([]byte(`{"server_uuid":"U"}`))
	})
	return a, arrived, gone, sync.OnceFunc(func() { close(let) })
}

func TestOneCallerLeavesTheOthersWait(t *testing.T) {
	a, arrived, _, release := blocked(t)
	defer release()
	token := a.client.Token("t1", abm.Credentials{})
	first, second := make(chan error, 1), make(chan error, 1)
	ctx, cancel := context.WithCancel(t.Context())
	go func() { _, err := token.Account(ctx); first <- err }()
	<-arrived // the first caller's request is under way
	go func() { _, err := token.Account(t.Context()); second <- err }()
	abm.AwaitCallers(token, 2)
	cancel()
	if err := <-first; !errors.Is(err, context.Canceled) {
		t.Errorf("first: %v", err)
	}
	release()
	if err := <-second; err != nil {
		t.Errorf("second: %v", err)
	}
}

func TestLastCallerLeavesNothingBehind(t *testing.T) {
	a, arrived, gone, release := blocked(t)
	defer release()
	token := a.client.Token("t1", abm.Credentials{})
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { _, err := token.Account(ctx); done <- err }()
	<-arrived
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	<-gone // the request was given up
	release()
	if _, err := token.Account(t.Context()); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}
