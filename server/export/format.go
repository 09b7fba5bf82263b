package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strconv"
	"strings"
	"time"
)

// format is a kind of file.
type format struct {
	extension   string
	contentType string
	encoder     func(*bytes.Buffer) encoder
}

// encoder writes devices into a buffer.
type encoder interface {
	head() error // what comes before the first device
	add(*row) error
	flush() error // moves what add holds back into the buffer
}

func csvFormat() format {
	return format{extension: "csv", contentType: "text/csv; charset=utf-8; header=present", encoder: newCSV}
}

func ndjsonFormat() format {
	return format{extension: "ndjson", contentType: "application/x-ndjson", encoder: newNDJSON}
}

// csvEncoder writes RFC 4180: commas, CRLF, quotes where they are needed, names in the first line.
type csvEncoder struct {
	w       *csv.Writer
	columns []column
	record  []string
	at      []byte
}

func newCSV(b *bytes.Buffer) encoder {
	e := &csvEncoder{w: csv.NewWriter(b), columns: columns()}
	e.w.UseCRLF = true
	e.record = make([]string, len(e.columns))
	return e
}

func (e *csvEncoder) head() error {
	for i, c := range e.columns {
		e.record[i] = c.name
	}
	return e.w.Write(e.record)
}

func (e *csvEncoder) add(r *row) error {
	for i, c := range e.columns {
		switch {
		case c.text != nil:
			e.record[i] = Harmless(c.text(r))
		case c.flag != nil:
			e.record[i] = strconv.FormatBool(c.flag(r))
		default:
			e.record[i] = ""
			if at := c.at(r); at != nil {
				e.at = appendTime(e.at[:0], *at)
				e.record[i] = string(e.at)
			}
		}
	}
	return e.w.Write(e.record)
}

func (e *csvEncoder) flush() error {
	e.w.Flush()
	return e.w.Error()
}

// Harmless puts an apostrophe before text that a spreadsheet would take for a formula (OWASP, CSV injection). Asset tags,
// descriptions and names are written by people outside.
func Harmless(text string) string {
	if text != "" && strings.IndexByte("=+-@\t\r", text[0]) >= 0 {
		return "'" + text
	}
	return text
}

// ndjsonEncoder writes one JSON object a line.
type ndjsonEncoder struct {
	b       *bytes.Buffer
	columns []column
	line    []byte
}

func newNDJSON(b *bytes.Buffer) encoder { return &ndjsonEncoder{b: b, columns: columns()} }

func (e *ndjsonEncoder) head() error { return nil }

func (e *ndjsonEncoder) add(r *row) error {
	line := append(e.line[:0], '{')
	for i, c := range e.columns {
		if i > 0 {
			line = append(line, ',')
		}
		line = append(line, '"')
		line = append(line, c.name...)
		line = append(line, '"', ':')
		switch {
		case c.text != nil:
			line = appendString(line, c.text(r))
		case c.flag != nil:
			line = strconv.AppendBool(line, c.flag(r))
		default:
			if at := c.at(r); at == nil {
				line = append(line, "null"...)
			} else {
				line = append(line, '"')
				line = append(appendTime(line, *at), '"')
			}
		}
	}
	e.line = append(line, '}', '\n')
	_, err := e.b.Write(e.line)
	return err
}

func (e *ndjsonEncoder) flush() error { return nil }

// appendTime writes the time as GraphQL does.
func appendTime(b []byte, at time.Time) []byte { return at.UTC().AppendFormat(b, time.RFC3339Nano) }

// appendString writes a JSON string. Nearly all of ours are plain; encoding/json takes care of the others.
func appendString(b []byte, text string) []byte {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			quoted, _ := json.Marshal(text) // strings always marshal
			return append(b, quoted...)
		}
	}
	b = append(b, '"')
	b = append(b, text...)
	return append(b, '"')
}
