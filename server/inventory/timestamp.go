package inventory

import (
	"fmt"
	"time"
)

// timestamp is a time that may be absent, comparable with ==: microseconds since 1970, PostgreSQL's precision.
type timestamp struct {
	micros int64
	set    bool
}

// layout is what both databases take for a time and what SQLite keeps (the driver's `_time_format=sqlite`): as text it
// sorts like the time it means.
const layout = "2006-01-02 15:04:05.999999999-07:00"

func at(t time.Time) timestamp {
	if t.IsZero() {
		return timestamp{}
	}
	return timestamp{micros: t.UnixMicro(), set: true}
}

func (t timestamp) time() time.Time {
	if !t.set {
		return time.Time{}
	}
	return time.UnixMicro(t.micros).UTC()
}

// text is the time as both databases take it; nil when absent.
func (t timestamp) text() any { return when(t).any() }

// appendTime appends a time as both databases take it. Apple's times are whole seconds, for which writing the digits takes a
// quarter of what formatting by a layout does: a page has thousands of them.
func appendTime(b []byte, micros int64) []byte {
	at := time.UnixMicro(micros).UTC()
	if at.Nanosecond() != 0 || at.Year() < 1000 || at.Year() > 9999 {
		return at.AppendFormat(b, layout)
	}
	year, month, day := at.Date()
	hour, minute, second := at.Clock()
	b = append(b, "0000-00-00 00:00:00+00:00"...)
	t := b[len(b)-len("0000-00-00 00:00:00+00:00"):]
	digits(t[0:4], year)
	digits(t[5:7], int(month))
	digits(t[8:10], day)
	digits(t[11:13], hour)
	digits(t[14:16], minute)
	digits(t[17:19], second)
	return b
}

// json is the time as the API writes it; nil when absent.
func (t timestamp) json() any {
	if !t.set {
		return nil
	}
	return t.time().Format(time.RFC3339Nano)
}

func digits(b []byte, n int) {
	for i := len(b) - 1; i >= 0; i-- {
		b[i] = byte('0' + n%10)
		n /= 10
	}
}

// Scan implements sql.Scanner.
func (t *timestamp) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*t = timestamp{}
	case time.Time:
		*t = at(v)
	default:
		return fmt.Errorf("inventory: cannot read a time from %T", src)
	}
	return nil
}
