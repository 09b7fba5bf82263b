package simabm

import (
	"fmt"
	"net"
	"net/http"
	"strconv"
)

// slowPieces is in how many parts a slow body comes.
const slowPieces = 8

// send writes an answer, with the faults of the way back.
func (s *Simulator) send(w http.ResponseWriter, r *http.Request, a answer, fx effects) {
	if a.buffer != nil {
		defer s.buffers.Put(a.buffer)
	}
	header := w.Header()
	// The service's own date: clients measure their clock's error by it.
	header.Set("Date", s.clock.Now().UTC().Format(http.TimeFormat))
	header.Set("Content-Type", a.contentType)
	for name, values := range a.header {
		header[name] = values
	}
	if a.status >= 400 {
		header.Set("Connection", "close") // as Apple does on errors
	}
	half := len(a.body) / 2
	switch {
	case fx.reset:
		reset(w, nil)
		return
	case fx.resetBody:
		head := fmt.Sprintf("HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n",
			a.status, http.StatusText(a.status), a.contentType, len(a.body))
		reset(w, append([]byte(head), a.body[:half]...))
		return
	case fx.truncate:
		a.body = a.body[:half]
	}
	header.Set("Content-Length", strconv.Itoa(len(a.body)))
	w.WriteHeader(a.status)
	if fx.slow <= 0 {
		_, _ = w.Write(a.body) // a client that went away is its own matter
		return
	}
	s.sendSlowly(w, r, a.body, fx)
}

func (s *Simulator) sendSlowly(w http.ResponseWriter, r *http.Request, body []byte, fx effects) {
	piece := len(body)/slowPieces + 1
	flush := http.NewResponseController(w).Flush
	_ = flush() // the header is there at once
	for len(body) > 0 {
		if !s.wait(r, fx.slow/slowPieces) { // before the piece: after the last one a client has everything and waits for nothing
			return
		}
		n := min(piece, len(body))
		if _, err := w.Write(body[:n]); err != nil {
			return
		}
		_ = flush()
		body = body[n:]
	}
}

// reset writes raw bytes and breaks the connection off, with a TCP reset where there is TCP.
func reset(w http.ResponseWriter, raw []byte) {
	conn, rw, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler) // net/http's own way to break off, for connections that cannot be taken over
	}
	if raw != nil {
		_, _ = rw.Write(raw)
		_ = rw.Flush()
	}
	if tcp, ok := conn.(*net.TCPConn); ok && raw == nil {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}
