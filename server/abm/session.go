package abm

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"net/http"
	"sync"
)

const sessionHeader = "X-ADM-Auth-Session"

// session is the one session at Apple of one server token. The first caller opens it and the others wait for the same answer
// (field notes 7). Generations tell an opened session from the one that replaced it, so that twenty calls that
// were refused together lead to one new session.
type session struct {
	client *Client
	key    string
	creds  Credentials

	mu         sync.Mutex
	token      string // "": none is open
	generation int
	opening    *opening
}

// opening is a request for a session that callers wait for. It ends early when the last of them is gone.
type opening struct {
	cancel  context.CancelFunc
	waiting int
	done    chan struct{} // closed when lease and err are set
	lease   lease
	err     error
}

// lease is a session token as one call uses it.
type lease struct {
	token      string
	generation int
}

func newSession(c *Client, key string, creds Credentials) *session {
	return &session{client: c, key: key, creds: creds}
}

// acquire gives the open session, or opens one.
func (s *session) acquire(ctx context.Context) (lease, error) {
	s.mu.Lock()
	if s.token != "" {
		defer s.mu.Unlock()
		return lease{s.token, s.generation}, nil
	}
	o := s.opening
	if o == nil {
		openCtx, cancel := context.WithCancel(context.WithoutCancel(ctx))
		o = &opening{cancel: cancel, done: make(chan struct{})}
		s.opening = o
		go s.run(openCtx, o)
	}
	o.waiting++
	s.mu.Unlock()

	select {
	case <-o.done:
		return o.lease, o.err
	case <-ctx.Done():
		s.leave(o)
		return lease{}, context.Cause(ctx)
	}
}

func (s *session) run(ctx context.Context, o *opening) {
	defer o.cancel()
	token, err := s.open(ctx)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.opening == o {
		s.opening = nil
		if err == nil {
			s.generation++
			s.token = token
		}
	}
	o.lease, o.err = lease{token, s.generation}, err
	close(o.done)
}

// leave gives up waiting.
func (s *session) leave(o *opening) {
	s.mu.Lock()
	defer s.mu.Unlock()
	o.waiting--
	if o.waiting == 0 {
		o.cancel()
		if s.opening == o {
			s.opening = nil
		}
	}
}

// rotate takes over the token that an answer carried, unless the session it belongs to is gone.
func (s *session) rotate(used lease, token string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if token != "" && s.token != "" && s.generation == used.generation {
		s.token = token
	}
}

// drop ends the session that Apple refused, unless another has replaced it.
func (s *session) drop(refused lease) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.generation == refused.generation {
		s.token = ""
	}
}

// open asks Apple for a session.
func (s *session) open(ctx context.Context) (string, error) {
	var answer struct {
		Token string `json:"auth_session_token"`
	}
	c := call{
		method: http.MethodGet,
		path:   sessionPath,
		decode: func(body *answerBody) error {
			if err := json.NewDecoder(body).Decode(&answer); err != nil {
				return err
			}
			if answer.Token == "" {
				return errors.New("no auth_session_token in the answer")
			}
			return nil
		},
	}
	err := s.client.retry(ctx, s.key, c, func(ctx context.Context, attempt int) *failure {
		// A new nonce and time for every attempt: Apple refuses a used one.
		_, f := s.client.exchange(ctx, s, c, attempt, "", func(r *http.Request) {
			r.Header.Set("Authorization", s.creds.authorization(r.URL, rand.Text(), s.client.clock.Now()))
			// Apple does not need it for a GET; its old test service does.
			r.Header.Set("Content-Type", contentType)
		})
		return f
	})
	return answer.Token, err
}
