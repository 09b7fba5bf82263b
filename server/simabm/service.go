package simabm

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	jsonType     = "application/json;charset=UTF8"
	textType     = "text/plain;Charset=UTF8"
	sessionName  = "X-ADM-Auth-Session"
	maxBody      = 4 << 20
	newestServed = 10 // the highest X-Server-Protocol-Version
)

// call is one request to a resource, past all checks.
type call struct {
	req      *http.Request
	server   *Server
	version  int // X-Server-Protocol-Version
	endpoint string
}

// answer is what goes back. The body belongs to the buffer when there is one.
type answer struct {
	status      int
	contentType string
	header      http.Header
	body        []byte
	buffer      *[]byte
}

// code is Apple's refusal: the bare code as text.
func code(status int, text string) answer {
	return answer{status: status, contentType: textType, body: []byte(text)}
}

func malformed() answer { return code(http.StatusBadRequest, "MALFORMED_REQUEST_BODY") }

func reply(v any) answer {
	b, err := json.Marshal(v)
	if err != nil {
		return code(http.StatusInternalServerError, "INTERNAL_ERROR")
	}
	return answer{status: http.StatusOK, contentType: jsonType, body: b}
}

// endpoint is a path of the service with its methods and the limit that /account advertises.
type endpoint struct {
	path    string
	limit   int
	methods map[string]func(*Simulator, call) answer
}

// endpoints are the paths of Apple's service that the simulator has. /session has no handler here, it needs none of
// the checks that the others share.
func endpoints() []endpoint {
	type m = map[string]func(*Simulator, call) answer
	return []endpoint{
		{"/session", 0, m{"GET": nil}},
		{"/account", 0, m{"GET": (*Simulator).account}},
		{"/devices", 0, m{"POST": (*Simulator).deviceDetails}},
		{"/server/devices", pageLimit, m{"POST": (*Simulator).fetchDevices}},
		{"/devices/sync", pageLimit, m{"POST": (*Simulator).syncDevices}},
		{"/devices/disown", 0, m{"POST": (*Simulator).disown}},
		{"/device/replacementDetails", 0, m{"GET": (*Simulator).replacementDetails}},
		{"/profile", 0, m{"GET": (*Simulator).getProfile, "POST": (*Simulator).defineProfile}},
		// Apple documents POST now and PUT before, and /account advertises both.
		{"/profile/devices", 0, m{"DELETE": (*Simulator).clearProfile, "POST": (*Simulator).assignProfile, "PUT": (*Simulator).assignProfile}},
	}
}

func (e endpoint) methodNames() []string {
	names := make([]string, 0, len(e.methods))
	for name := range e.methods {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func findEndpoint(path string) (endpoint, bool) {
	all := endpoints()
	i := slices.IndexFunc(all, func(e endpoint) bool { return e.path == path })
	if i < 0 {
		return endpoint{}, false
	}
	return all[i], true
}

// serveService is Apple's side of the handler.
func (s *Simulator) serveService(w http.ResponseWriter, r *http.Request) {
	e, known := findEndpoint(r.URL.Path)
	_, allowed := e.methods[r.Method]
	if !known || !allowed {
		s.stats.count("other")
		a := code(http.StatusNotFound, "NOT_FOUND")
		if known {
			a = code(http.StatusMethodNotAllowed, "METHOD_NOT_ALLOWED")
			a.header = http.Header{"Allow": {strings.Join(e.methodNames(), ", ")}}
		}
		s.send(w, r, a, effects{})
		return
	}
	name := r.Method + " " + e.path
	s.stats.count(name)

	fx := s.faults.fire(stageTransport, name)
	if !s.wait(r, s.latency+fx.delay) {
		return
	}
	a, replaced := s.faults.fire(stageAnswer, name).answer(name, s.clock.Now())
	if !replaced {
		a = s.respond(e, r, name)
	}
	if a.status >= 400 && s.faults.fire(stageError, name).quoted && strings.HasPrefix(a.contentType, "text/plain") {
		a.body = []byte(strconv.Quote(string(a.body)))
	}
	s.send(w, r, a, fx)
}

// respond checks what all calls share and hands the request to its endpoint.
func (s *Simulator) respond(e endpoint, r *http.Request, name string) answer {
	if refusal, bad := checkUserAgent(r.UserAgent()); bad {
		return refusal
	}
	if e.path == "/session" {
		return s.openSession(r)
	}
	sv, rotated, state := s.gate.use(s.clock.Now(), r.Header.Get(sessionName))
	switch {
	case state == sessionForeign:
		return code(http.StatusForbidden, "FORBIDDEN")
	case state == sessionExpired || s.tokenOver(sv):
		return code(http.StatusUnauthorized, "UNAUTHORIZED")
	}
	if refusal, bad := s.checkEntitled(sv); bad {
		return refusal
	}
	a := e.methods[r.Method](s, call{r, sv, protocolVersion(r), name})
	if rotated != "" {
		if a.header == nil {
			a.header = http.Header{}
		}
		a.header.Set(sessionName, rotated)
	}
	return a
}

// openSession answers GET /session.
func (s *Simulator) openSession(r *http.Request) answer {
	sv, problem := s.verifyOAuth(r)
	if problem != nil {
		return code(problem.status, problem.body())
	}
	if refusal, bad := s.checkEntitled(sv); bad {
		return refusal
	}
	return reply(map[string]string{"auth_session_token": s.gate.open(s.clock.Now(), sv)})
}

// checkUserAgent refuses what Apple refuses: nothing at all, and texts that are no name/version.
func checkUserAgent(agent string) (answer, bool) {
	if strings.TrimSpace(agent) == "" {
		return code(http.StatusBadRequest, "USER_AGENT_MISSING"), true
	}
	name, _, _ := strings.Cut(agent, "/")
	if len(agent) > 512 || strings.ContainsAny(name, "(){}<>@,;:\"") {
		return code(http.StatusBadRequest, "USER_AGENT_INVALID"), true
	}
	return answer{}, false
}

// tokenOver reports whether the token behind a session was revoked or ran out.
func (s *Simulator) tokenOver(sv *Server) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return sv.creds == nil || !s.clock.Now().Before(sv.creds.AccessTokenExpiry)
}

func (s *Simulator) checkEntitled(sv *Server) (answer, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	switch {
	case sv.accessDenied:
		return code(http.StatusForbidden, "ACCESS_DENIED"), true
	case !sv.org.termsAccepted:
		return code(http.StatusForbidden, "T_C_NOT_SIGNED"), true
	}
	return answer{}, false
}

// protocolVersion is 1 when the client names none, and the newest when it names a later one.
func protocolVersion(r *http.Request) int {
	v, err := strconv.Atoi(strings.TrimSpace(r.Header.Get("X-Server-Protocol-Version")))
	if err != nil {
		return 1
	}
	return min(max(v, 1), newestServed)
}

// decode reads a JSON object; wrong types and other content types are malformed, unknown keys are not.
func (c call) decode(into any) bool {
	if kind := c.req.Header.Get("Content-Type"); kind != "" {
		media, _, err := mime.ParseMediaType(kind)
		if err != nil || media != "application/json" {
			return false
		}
	}
	body := http.MaxBytesReader(nil, c.req.Body, maxBody)
	d := json.NewDecoder(body)
	if err := d.Decode(into); err != nil {
		return false
	}
	_, err := d.Token()
	return errors.Is(err, io.EOF)
}

// wait lets simulated time pass, or returns false when the client has gone.
func (s *Simulator) wait(r *http.Request, d time.Duration) bool {
	if d <= 0 {
		return true
	}
	timer := s.clock.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.Chan():
		return true
	case <-r.Context().Done():
		return false
	}
}
