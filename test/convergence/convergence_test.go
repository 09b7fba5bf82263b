// Package convergence_test shakes sync and assignment with whatever can happen to it, in an order that a seed decides, and then looks
// whether everything is right again.
//
// A schedule is a list of operations (operations_test.go, rules_test.go): churn at Apple, faults of Apple, crashes and wrong clocks here, what
// people ask for and decide, time that passes. After it the faults stop, the timer ticks once more, what waits to be told to Apple is told, and
// the state is compared with Apple's (check_test.go) and with what the rules say of each device by itself (profiles_test.go). Every time that
// Apple was told a profile has to have had a reason (sends_test.go). Time is virtual (world_test.go), so that days take milliseconds. The list
// of operations follows from the seed alone; how goroutines interleave does not.
package convergence_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/test/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

const (
	timeVariable  = "GUARDMDM_TEST_CONVERGENCE"       // how long each database is tested with seeds, such as 10m
	seedsVariable = "GUARDMDM_TEST_CONVERGENCE_SEEDS" // run these seeds, with commas between them, and no others

	defaultTime = time.Minute
	leastSeeds  = 25 // however long they take
)

// regressions are seeds that failed once, and what they found. A change of the operations makes other schedules of them.
var regressions = []struct {
	seed  uint64
	found string
}{
	{369345147, "a clock set back for a moment silenced the timer"},
	{341346009, "a clock that is far ahead spoils the counts by day"},
	{15, "a device that moved was missing in its batch for ever"},
	{124, "an answer undid what a sync had learned of the profile meanwhile"},
	{224, "an event said that a profile was cleared which a sync had found removed before"},
	// 1, 2, 3 and 10 are among those that everybody runs. They found that runs of the future stopped the timer, that a device which
	// was removed by one stream could be moved by another at the same moment, and that a token expired by a wrong clock stayed so; later
	// that the history could say wrongly what was there before an assignment, and that a clock that was ahead put assignments off for days.
}

func TestConvergence(t *testing.T) {
	budget, seeds := settings(t)
	for _, database := range []string{"sqlite", "postgres"} {
		t.Run(database, func(t *testing.T) {
			t.Parallel()
			started := time.Now()
			var run []string
			for n := 0; ; n++ {
				var seed uint64
				switch {
				case n < len(seeds):
					seed = seeds[n]
				case os.Getenv(seedsVariable) == "" && (n < leastSeeds || time.Since(started) < budget):
					seed = rand.Uint64N(1_000_000_000)
				default:
					t.Logf("%s: %d seeds in %s: %s", database, len(run), time.Since(started).Round(time.Second), strings.Join(run, " "))
					return
				}
				run = append(run, strconv.FormatUint(seed, 10))
				if !t.Run(run[n], func(t *testing.T) { converge(t, database, seed) }) {
					t.Fatalf("seed %d failed, the %d. of %s. Again:\n\t%s=%d go test ./test/convergence -run TestConvergence/%s -count 1 -v\n"+
						"Mend it, and add the seed to the regressions.", seed, n+1, strings.Join(run, " "), seedsVariable, seed, database)
				}
			}
		})
	}
}

// settings gives the time for each database and the seeds to begin with.
func settings(t *testing.T) (budget time.Duration, seeds []uint64) {
	t.Helper()
	if list := os.Getenv(seedsVariable); list != "" {
		for text := range strings.SplitSeq(list, ",") {
			seed, err := strconv.ParseUint(strings.TrimSpace(text), 10, 64)
			if err != nil {
				t.Fatalf("%s: %v", seedsVariable, err)
			}
			seeds = append(seeds, seed)
		}
		return 0, seeds
	}
	for _, r := range regressions {
		seeds = append(seeds, r.seed)
	}
	for seed := range uint64(10) { // the same for everybody
		seeds = append(seeds, seed+1)
	}
	budget = defaultTime
	if text := os.Getenv(timeVariable); text != "" {
		var err error
		if budget, err = time.ParseDuration(text); err != nil {
			t.Fatalf("%s: %v", timeVariable, err)
		}
	}
	return budget, seeds
}

// The list of operations follows from the seed: else a failing seed would tell nothing.
func TestASeedIsASchedule(t *testing.T) {
	var schedules [2][]string
	for i := range schedules {
		w := newWorld(t, "sqlite", 42)
		w.play()
		w.end()
		schedules[i] = w.schedule
	}
	if !slices.Equal(schedules[0], schedules[1]) {
		t.Errorf("one seed, two schedules:\n%s\n\n%s", strings.Join(schedules[0], "\n"), strings.Join(schedules[1], "\n"))
	}
}

func converge(t *testing.T, database string, seed uint64) {
	w := newWorld(t, database, seed)
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("seed %d on %s, the schedule:\n%s\nwhat the process logged last:\n%s", seed, database, strings.Join(w.schedule, "\n"), w.log.tail())
		}
	})
	w.play()
	w.heal()
	w.check()
	w.checkIdempotent()
	w.end()
}

// play carries out the schedule.
func (w *world) play() {
	w.t.Helper()
	total := 0
	weights := make([]int, len(operations))
	for i, o := range operations {
		// Each seed leaves some operations out: what is always there would hide what shows only without it.
		if o.always || w.random.IntN(4) > 0 {
			weights[i] = o.weight
		}
		total += weights[i]
	}
	for range 20 + w.random.IntN(50) {
		pick, i := w.random.IntN(total), 0
		for ; pick >= weights[i]; i++ {
			pick -= weights[i]
		}
		// A source of its own, so that what one operation draws does not change the next ones.
		o, own := operations[i], rand.New(rand.NewPCG(w.seed, uint64(len(w.schedule))+1))
		w.note("%s: %s", o.name, o.do(w, own))
	}
}

func (w *world) note(format string, args ...any) {
	w.schedule = append(w.schedule, fmt.Sprintf("%3d  ", len(w.schedule)+1)+fmt.Sprintf(format, args...))
}
