package doctor

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/guardmdm/guardmdm/server/apperr"
)

// Report collects findings, and writes each as text at once or all of them as JSON at the end.
type Report struct {
	out      io.Writer
	json     bool
	findings []Finding
	err      error
}

// NewReport makes a Report that is written to out.
func NewReport(out io.Writer, json bool) *Report {
	return &Report{out: out, json: json, findings: []Finding{}}
}

// Add takes a finding.
func (r *Report) Add(f Finding) {
	r.findings = append(r.findings, f)
	if r.json {
		return
	}
	r.print("%-4s  %-22s  %s\n", f.Level, f.Check, f.Found)
	if f.Level == Warn || f.Level == Fail {
		for _, more := range []struct{ label, text string }{{"why", f.Why}, {"do", f.Do}} {
			if more.text != "" {
				r.print("      %-4s %s\n", more.label+":", more.text)
			}
		}
	}
}

func (r *Report) print(format string, args ...any) {
	if r.err == nil {
		_, r.err = fmt.Fprintf(r.out, format, args...)
	}
}

// Count is how many findings have the level.
func (r *Report) Count(level Level) int {
	n := 0
	for _, f := range r.findings {
		if f.Level == level {
			n++
		}
	}
	return n
}

// Close ends the report. Its error is one of writing.
func (r *Report) Close() error {
	if !r.json {
		r.print("\n%s: %d failed, %s, %d skipped\n", apperr.Count(len(r.findings), "check"), r.Count(Fail), apperr.Count(r.Count(Warn), "warning"), r.Count(Skipped))
		return r.err
	}
	e := json.NewEncoder(r.out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(struct {
		Failed   int       `json:"failed"`
		Warnings int       `json:"warnings"`
		Skipped  int       `json:"skipped"`
		Checks   []Finding `json:"checks"`
	}{r.Count(Fail), r.Count(Warn), r.Count(Skipped), r.findings})
}
