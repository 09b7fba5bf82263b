package simabm

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"sync"
	"time"
)

const (
	nonceLife      = 2 * clockSkew // longer than any timestamp stays acceptable
	maxNonces      = 1 << 16
	maxSessions    = 64               // per server; the one idle longest goes first
	rotateEvery    = 50               // requests of a session until Apple hands out another
	rotationGrace  = 30 * time.Second // that requests under way may still use the one before
	sessionVersion = "O11Op1O"
)

// gate remembers sessions and used nonces, both within bounds.
type gate struct {
	ttl time.Duration
	key []byte

	mu       sync.Mutex
	sessions map[string]*session
	nonces   map[string]struct{}
	older    map[string]struct{} // nonces of the life before
	turned   time.Time           // when nonces began
}

type session struct {
	server   *Server
	lastUsed time.Time
	uses     int
	retireAt time.Time // after a rotation
}

func newGate(ttl time.Duration) *gate {
	return &gate{ttl: ttl, key: randomBytes(32), sessions: map[string]*session{}, nonces: map[string]struct{}{}}
}

// firstUse reports whether a nonce is new. Two generations of a life each remember it long enough; a generation that
// is full is closed early, so memory stays bounded.
func (g *gate) firstUse(now time.Time, nonce string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if now.Sub(g.turned) >= nonceLife || len(g.nonces) >= maxNonces {
		g.older, g.nonces, g.turned = g.nonces, map[string]struct{}{}, now
	}
	_, current := g.nonces[nonce]
	_, before := g.older[nonce]
	g.nonces[nonce] = struct{}{}
	return !current && !before
}

// open begins a session.
func (g *gate) open(now time.Time, sv *Server) string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.openLocked(now, sv)
}

func (g *gate) openLocked(now time.Time, sv *Server) string {
	count, oldest := 0, ""
	for token, s := range g.sessions {
		switch {
		case !g.alive(s, now):
			delete(g.sessions, token)
		case s.server == sv:
			count++
			if oldest == "" || s.lastUsed.Before(g.sessions[oldest].lastUsed) {
				oldest = token
			}
		}
	}
	if count >= maxSessions {
		delete(g.sessions, oldest)
	}
	token := g.sign(base64.RawURLEncoding.EncodeToString(randomBytes(24)))
	g.sessions[token] = &session{server: sv, lastUsed: now}
	return token
}

// sessionState is what a session token is worth.
type sessionState int

const (
	sessionAlive   sessionState = iota
	sessionExpired              // made here, but over: 401 UNAUTHORIZED
	sessionForeign              // never made here: 403 FORBIDDEN
)

// use takes a session for one request. Now and then it returns a token to go on with, which Apple sends in the
// X-ADM-Auth-Session header of the answer.
func (g *gate) use(now time.Time, token string) (sv *Server, rotated string, state sessionState) {
	g.mu.Lock()
	defer g.mu.Unlock()
	s := g.sessions[token]
	if s == nil || !g.alive(s, now) {
		delete(g.sessions, token)
		if token == "" || g.genuine(token) {
			return nil, "", sessionExpired
		}
		return nil, "", sessionForeign
	}
	s.lastUsed = now
	s.uses++
	if s.uses == rotateEvery {
		s.retireAt = now.Add(rotationGrace)
		rotated = g.openLocked(now, s.server)
	}
	return s.server, rotated, sessionAlive
}

// drop ends all sessions of a server.
func (g *gate) drop(sv *Server) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for token, s := range g.sessions {
		if s.server == sv {
			delete(g.sessions, token)
		}
	}
}

func (g *gate) alive(s *session, now time.Time) bool {
	return now.Sub(s.lastUsed) < g.ttl && (s.retireAt.IsZero() || now.Before(s.retireAt))
}

// sign and genuine tell an ended session from garbage without remembering it.
func (g *gate) sign(id string) string {
	h := hmac.New(sha256.New, g.key)
	h.Write([]byte(id))
	return id + sessionVersion + base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:12])
}

func (g *gate) genuine(token string) bool {
	id, _, ok := strings.Cut(token, sessionVersion)
	return ok && hmac.Equal([]byte(token), []byte(g.sign(id)))
}
