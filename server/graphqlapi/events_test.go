package graphqlapi_test

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"strings"
)

// events is a client of an event stream.
type events struct {
	a      *api
	status int
	header http.Header
	body   io.ReadCloser
	lines  *bufio.Scanner
}

// event is one of the stream; its name is "" for a comment, and "end" after the last one.
type event struct{ name, data string }

func (a *api) subscribe(secret, query string, variables map[string]any) *events {
	a.t.Helper()
	response := a.do(secret, "application/json", "text/event-stream", request(query, variables))
	lines := bufio.NewScanner(response.Body)
	lines.Buffer(nil, 1<<20)
	return &events{a: a, status: response.StatusCode, header: response.Header, body: response.Body, lines: lines}
}

func (s *events) close() { _ = s.body.Close() }

// answer is what came instead of a stream.
func (s *events) answer() answer {
	s.a.t.Helper()
	text, err := io.ReadAll(s.body)
	if err != nil {
		s.a.t.Fatal(err)
	}
	out := answer{status: s.status, header: s.header, raw: string(text)}
	if err := json.Unmarshal(text, &out); err != nil {
		s.a.t.Fatalf("status %d, not JSON: %.300s", s.status, text)
	}
	return out
}

// any is the next event or comment.
func (s *events) any() event {
	var e event
	for s.lines.Scan() {
		line := s.lines.Text()
		name, isName := strings.CutPrefix(line, "event: ")
		data, isData := strings.CutPrefix(line, "data:")
		switch {
		case line == "":
			return e
		case isName:
			e.name = name
		case isData:
			e.data = strings.TrimSpace(data)
		}
	}
	return event{name: "end"}
}

// next is the next event that is no comment.
func (s *events) next() event {
	for {
		if e := s.any(); e.name != "" {
			return e
		}
	}
}
