// Package expiry says when people are told that something ends: server tokens and the push certificate, by one ladder.
package expiry

import "time"

// steps are the days before the end at which an alert is raised, each once (field notes 16).
var steps = []int{30, 14, 7, 1, 0}

// Step is the step that is due, in days before the end: the last one whose day has come. due is false before the first, and where there is no
// end.
func Step(end *time.Time, now time.Time) (days int, due bool) {
	if end == nil {
		return 0, false
	}
	for _, step := range steps {
		if now.Before(end.AddDate(0, 0, -step)) {
			break
		}
		days, due = step, true
	}
	return days, due
}
