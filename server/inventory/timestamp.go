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
func (t timestamp) text() any {
	if !t.set {
		return nil
	}
	return t.time().Format(layout)
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
