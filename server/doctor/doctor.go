// Package doctor looks at an installation and says what is wrong with it, why, and what to do. It changes nothing: no
// migration, no key, no audit entry, no state of a token. It works beside a running server, and when there is none.
//
// Files: host.go looks at this machine, database.go at the database, apple.go at the way to Apple, tokens.go at the ABM tokens,
// enrollment.go at whose devices are believed.
package doctor

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/config"
	"github.com/guardmdm/guardmdm/server/secret"
	"github.com/guardmdm/guardmdm/server/store"
)

// Level says how bad a finding is.
type Level string

// The levels. Only Fail makes the whole fail.
const (
	OK      Level = "ok"
	Warn    Level = "warn"
	Fail    Level = "FAIL"
	Skipped Level = "skip" // could not be looked at because of another finding
)

// Finding is what one check found.
type Finding struct {
	Level Level  `json:"level"`
	Check string `json:"check"` // what was looked at: "database"
	Found string `json:"found"` // one sentence or less
	Why   string `json:"why,omitempty"`
	Do    string `json:"do,omitempty"` // what to do about it
}

// Options say what to look at.
type Options struct {
	Config  config.Config // as it was given; Run validates it
	Version string
	Clock   clockwork.Clock
}

// checkTime bounds one question to somebody else.
const checkTime = 10 * time.Second

// Run makes all checks, one after another, and reports each finding as soon as it is there.
func Run(ctx context.Context, o Options, report func(Finding)) {
	d := &doctor{Options: o, report: report}
	d.configuration()
	d.addresses(ctx)
	d.certificate()
	d.directories()
	d.keyFile()
	defer d.database(ctx)()
	d.publicURL(ctx)
	d.enrollment(ctx)
	reachable := d.apple(ctx)
	d.tokens(ctx, reachable)
}

type doctor struct {
	Options
	report func(Finding)

	valid   bool // the configuration
	box     *secret.Box
	db      *store.Store // nil: not there, or it does not answer
	current bool         // the schema is the one that this program knows
}

func (d *doctor) ok(check, format string, args ...any) {
	d.say(Finding{Level: OK, Check: check, Found: fmt.Sprintf(format, args...)})
}

func (d *doctor) warn(check, found, why, do string) {
	d.say(Finding{Level: Warn, Check: check, Found: found, Why: why, Do: do})
}

func (d *doctor) fail(check, found, why, do string) {
	d.say(Finding{Level: Fail, Check: check, Found: found, Why: why, Do: do})
}

func (d *doctor) skip(needs string, checks ...string) {
	for _, check := range checks {
		d.say(Finding{Level: Skipped, Check: check, Found: "skipped: needs " + needs})
	}
}

// err reports an error. An *apperr.Error says what happened and what to do; its cause is for logs and operators, so it is the why.
func (d *doctor) err(level Level, check string, err error, do string) {
	f := Finding{Level: level, Check: check, Found: err.Error(), Do: do}
	if e := apperr.As(err); e != nil {
		f.Found = e.Message
		if e.Hint != "" {
			f.Do = e.Hint
		}
		if e.Err != nil {
			f.Why = e.Err.Error()
		}
	}
	d.say(f)
}

func (d *doctor) say(f Finding) {
	f.Found, f.Why, f.Do = oneLine(f.Found), oneLine(f.Why), oneLine(f.Do)
	d.report(f)
}

// oneLine keeps text from outside, such as Apple's answers, from filling or moving the terminal.
func oneLine(text string) string {
	const most = 500
	text = strings.Join(strings.FieldsFunc(strings.ToValidUTF8(text, "?"), func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }), " ")
	if runes := []rune(text); len(runes) > most {
		text = string(runes[:most]) + " …"
	}
	return text
}

// skewLevel judges a clock that differs: Apple refuses sign-ins from 5 minutes on.
func skewLevel(skew time.Duration) Level {
	switch skew = skew.Abs(); {
	case skew > 5*time.Minute:
		return Fail
	case skew > 30*time.Second:
		return Warn
	}
	return OK
}

// clock reports how far this machine's clock is from another one, that was read between two moments here.
func (d *doctor) clock(check, whose, why string, before, theirs, after time.Time, resolution time.Duration) {
	skew := before.Add(after.Sub(before) / 2).Sub(theirs)
	skew -= min(max(skew, 0), resolution) // their clock shows the beginning of its second
	direction := "ahead of"
	if skew < 0 {
		direction = "behind"
	}
	size := skew.Abs().Round(time.Second)
	if level := skewLevel(skew); level != OK {
		d.say(Finding{Level: level, Check: check, Found: fmt.Sprintf("this machine is %s %s %s", size, direction, whose), Why: why,
			Do: "Let this machine take its time from the network (NTP): timedatectl set-ntp true."})
		return
	}
	d.ok(check, "within %s of %s", max(size, time.Second), whose)
}

func days(d time.Duration) int { return int(d / (24 * time.Hour)) }
