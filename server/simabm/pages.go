package simabm

import (
	"net/http"
	"slices"
	"time"
)

const (
	defaultLimit = 100
	pageLimit    = 1000
)

// pageRequest is the body of fetch and sync.
type pageRequest struct {
	Limit  *int   `json:"limit"`
	Cursor string `json:"cursor"`
}

// limit clamps to Apple's bounds. What Apple does outside of 1 to 1000 is unknown; clamping above and refusing below
// is the simulator's choice.
func (p pageRequest) limit() (int, bool) {
	if p.Limit == nil {
		return defaultLimit, true
	}
	return min(*p.Limit, pageLimit), *p.Limit > 0
}

// fetchDevices answers POST /server/devices: the devices there are, oldest assignment first, without operations.
func (s *Simulator) fetchDevices(c call) answer {
	return s.servePage(c, func(from position, limit int) page { return s.fetchPage(c.server, from, limit) })
}

// syncDevices answers POST /devices/sync: the operations since a cursor.
func (s *Simulator) syncDevices(c call) answer {
	return s.servePage(c, c.server.syncPage)
}

func (s *Simulator) servePage(c call, collect func(position, int) page) answer {
	var req pageRequest
	if !c.decode(&req) {
		return malformed()
	}
	limit, ok := req.limit()
	if !ok {
		return malformed()
	}
	if req.Cursor != "" {
		if text := s.faults.fire(stageCursor, c.endpoint).cursorCode; text != "" {
			return code(http.StatusBadRequest, text)
		}
	}
	fx := s.faults.fire(stagePage, c.endpoint)

	s.mu.RLock()
	defer s.mu.RUnlock()
	sync := c.req.URL.Path == "/devices/sync"
	from, refusal := s.startOf(c, req.Cursor, sync)
	if refusal != "" {
		return code(http.StatusBadRequest, refusal)
	}
	fx.duplicate = fx.duplicate && limit > 1
	if fx.duplicate {
		limit /= 2 // the copies have to fit within the limit the client asked for
	}
	p := collect(from, limit)
	if sync && fx.miss != nil {
		p.lines = slices.DeleteFunc(p.lines, func(event) bool { return fx.miss() })
	}
	if fx.duplicate {
		p.lines = append(p.lines, p.lines...)
	}
	if fx.shuffle != nil {
		fx.shuffle(len(p.lines), func(i, j int) { p.lines[i], p.lines[j] = p.lines[j], p.lines[i] })
	}
	if fx.repeatPage {
		p.next, p.more = from, true
	}
	p.next.issued = s.now()
	cursor := s.cursors.seal(p.next, fx.longCursor)
	if fx.repeatCursor {
		p.more = true
		if req.Cursor != "" {
			cursor = req.Cursor
		}
	}
	return s.renderPage(c, p, cursor, sync, fx)
}

// startOf opens the cursor of a request, or begins a fetch. Callers hold the lock.
func (s *Simulator) startOf(c call, cursor string, sync bool) (position, string) {
	if cursor == "" {
		if sync {
			return position{}, "CURSOR_REQUIRED"
		}
		return position{
			server: c.server.no, end: uint32(len(c.server.members)), events: uint32(len(c.server.events)), began: s.now(),
		}, ""
	}
	p, err := s.cursors.open(cursor)
	if err != nil || p.server != c.server.no {
		return position{}, "INVALID_CURSOR"
	}
	expired := s.clock.Now().Sub(unix(p.issued)) > cursorLife
	switch {
	case !sync && p.phase == phaseSync:
		return position{}, "EXHAUSTED_CURSOR"
	case !sync && expired:
		return position{}, "INVALID_CURSOR" // Apple documents EXPIRED_CURSOR for sync only
	case sync && p.phase == phaseFetch:
		return position{}, "INVALID_CURSOR" // unknown at Apple; going on would lose the rest of the fetch
	case expired:
		return position{}, "EXPIRED_CURSOR"
	}
	return p, ""
}

// renderPage writes the answer. Callers hold the lock.
func (s *Simulator) renderPage(c call, p page, cursor string, sync bool, fx effects) answer {
	buffer := s.buffers.Get().(*[]byte)
	pen := pen{fleet: s.fleet, server: c.server.no, version: c.version, fx: fx}
	b := append((*buffer)[:0], `{"devices":[`...)
	for n, line := range p.lines {
		if n > 0 {
			b = append(b, ',')
		}
		b = pen.device(b, line)
	}
	b = append(b, `],"cursor":"`...)
	b = append(b, cursor...)
	b = append(b, `","more_to_follow":`...)
	if p.more {
		b = append(b, "true"...)
	} else {
		b = append(b, "false"...)
	}
	b = appendTime(append(b, `,"fetched_until":`...), s.fetchedUntil(p, sync))
	if fx.unknownFields {
		b = append(b, `,"x_page_quota":{"remaining":[7,null]}`...)
	}
	b = append(b, '}')
	*buffer = b
	return answer{status: http.StatusOK, contentType: jsonType, body: b, buffer: buffer}
}

// fetchedUntil is the time up to which the client now knows everything.
func (s *Simulator) fetchedUntil(p page, sync bool) uint32 {
	switch {
	case !sync:
		return p.next.began
	case p.more && len(p.lines) > 0:
		return p.lines[len(p.lines)-1].at
	default:
		return max(s.now(), s.opTime)
	}
}

// appendTime writes a quoted timestamp as Apple does: UTC, whole seconds.
func appendTime(b []byte, sec uint32) []byte {
	b = append(b, '"')
	b = time.Unix(int64(sec), 0).UTC().AppendFormat(b, "2006-01-02T15:04:05Z")
	return append(b, '"')
}
