package simdevice

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"sync"
	"text/tabwriter"
	"time"
)

// Step is a part of the enrollment.
type Step string

// The steps, in their order.
const (
	StepProfile      Step = "enrollment profile"
	StepCACert       Step = "SCEP: CA certificate"
	StepSCEP         Step = "SCEP: identity"
	StepAuthenticate Step = "Authenticate"
	StepTokenUpdate  Step = "TokenUpdate"
	StepPush         Step = "wait for push"
	StepCommand      Step = "command"
	StepRelease      Step = "until released"
	StepCheckOut     Step = "CheckOut"
	StepAll          Step = "whole enrollment"
)

// Steps are all of them.
func Steps() []Step {
	return []Step{StepProfile, StepCACert, StepSCEP, StepAuthenticate, StepTokenUpdate, StepPush, StepCommand, StepRelease, StepCheckOut, StepAll}
}

// Failure is why an enrollment ended before its end.
type Failure struct {
	Step  Step
	Cause string // the same for all that failed alike
	Err   error
}

// Error implements error.
func (f *Failure) Error() string {
	if f.Err == nil {
		return string(f.Step) + ": " + f.Cause
	}
	return fmt.Sprintf("%s: %v", f.Step, f.Err)
}

// Unwrap gives the cause.
func (f *Failure) Unwrap() error { return f.Err }

func fail(step Step, cause string, err error) *Failure { return &Failure{step, cause, err} }

// cause is what failures have in common.
func cause(err error) string {
	var (
		refused *Refused
		network net.Error
	)
	switch {
	case errors.As(err, &refused):
		first, _, _ := strings.Cut(strings.TrimSpace(refused.Body), "\n")
		return fmt.Sprintf("HTTP %d %s", refused.Status, first[:min(len(first), 120)])
	case errors.Is(err, context.Canceled):
		return "stopped"
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &network) && network.Timeout():
		return "timeout"
	}
	text := err.Error()
	if i := strings.LastIndex(text, ": "); errors.As(err, &network) && i > 0 {
		text = text[i+2:]
	}
	return text[:min(len(text), 120)]
}

// Recorder keeps how long steps took, and failures by their cause. It is safe for concurrent use.
type Recorder struct {
	mu       sync.Mutex
	times    map[Step][]time.Duration
	failures map[string]int
}

// NewRecorder makes one.
func NewRecorder() *Recorder {
	return &Recorder{times: map[Step][]time.Duration{}, failures: map[string]int{}}
}

// most is how many times of a step are kept: a fleet that lives on goes on recording.
const most = 1_000_000

func (r *Recorder) took(step Step, d time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.times[step]) < most {
		r.times[step] = append(r.times[step], d)
	}
}

func (r *Recorder) failed(err error) {
	name := cause(err)
	var f *Failure
	if errors.As(err, &f) {
		name = string(f.Step) + ": " + f.Cause
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.failures[name]++
}

// Count is how often a step was done.
func (r *Recorder) Count(step Step) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.times[step])
}

// Percentile is the time that p percent of the steps took at most; 0 when there was none.
func (r *Recorder) Percentile(step Step, p float64) time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	return percentile(r.times[step], p)
}

func percentile(times []time.Duration, p float64) time.Duration {
	if len(times) == 0 {
		return 0
	}
	sorted := slices.Clone(times)
	slices.Sort(sorted)
	return sorted[min(len(sorted)-1, int(float64(len(sorted))*p/100))]
}

// Failures counts failures by step and cause.
func (r *Recorder) Failures() map[string]int {
	r.mu.Lock()
	defer r.mu.Unlock()
	all := make(map[string]int, len(r.failures))
	for name, n := range r.failures {
		all[name] = n
	}
	return all
}

// Write prints a table for people.
func (r *Recorder) Write(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "step\tcount\tp50\tp90\tp99\tmax\t")
	for _, step := range Steps() {
		if n := r.Count(step); n > 0 {
			fmt.Fprintf(t, "%s\t%d\t%s\t%s\t%s\t%s\t\n", step, n, short(r.Percentile(step, 50)), short(r.Percentile(step, 90)), short(r.Percentile(step, 99)), short(r.Percentile(step, 100)))
		}
	}
	if err := t.Flush(); err != nil {
		return err
	}
	failures := r.Failures()
	if len(failures) == 0 {
		return nil
	}
	names := make([]string, 0, len(failures))
	for name := range failures {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { return failures[b] - failures[a] })
	fmt.Fprintln(w, "\nfailures:")
	for _, name := range names {
		if _, err := fmt.Fprintf(w, "%7d  %s\n", failures[name], name); err != nil {
			return err
		}
	}
	return nil
}

func short(d time.Duration) string {
	if d < time.Second {
		return d.Round(100 * time.Microsecond).String()
	}
	return d.Round(10 * time.Millisecond).String()
}
