package syncer

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/inventory"
)

const (
	// stuckTries is how often the same cursor is asked again when Apple answers it with itself (nanodep#73).
	stuckTries = 4
	stuckPause = time.Second // before the first of them; doubled each time, with jitter
	// maxPages bounds a run whatever Apple answers: ten times a million devices at the default page size.
	maxPages = 100_000
)

// fetched is a page in the shape of our rows, or why there is none. The fetcher makes the rows, so that storing, the slower of
// the two, does not have to, and so that pages that wait are half as large.
type fetched struct {
	cursor  string // after the page
	more    bool
	devices int // device records, those without a serial number too
	records []inventory.Record
	err     error
}

// batch is how many devices one transaction stores at most, but at least a page: when Apple is faster than the database, storing
// pages together spares it a part of the work, as their rows meet in the same leaves of the indexes. As many can wait for the
// next one, so this also bounds the memory of a run.
const batch = 12_000

// source is what pages are fetched from, and what is done with them.
type source struct {
	get    func(ctx context.Context, cursor string, limit int) (abm.Page, error)
	cursor string
	until  time.Time // no page is asked for from then on, though more may follow; zero: until Apple has no more
	store  func(ctx context.Context, pages []fetched) error
}

// stream stores page after page until Apple has no more, and tells whether it stopped before. The next pages are fetched while
// the last are stored.
func (j *job) stream(ctx context.Context, from source) (more bool, err error) {
	ctx, cancel := context.WithCancel(ctx)
	pages := make(chan fetched, max(batch/max(j.limit, 1)-1, 0))
	go func() {
		defer close(pages)
		j.fetchAhead(ctx, from, pages)
	}()
	defer func() {
		cancel()
		for range pages { // until the fetcher is gone
		}
		j.observer.PagesWaiting(j.token.ID, 0)
	}()
	for f := range pages {
		ready, err := collect(f, pages)
		j.observer.PagesWaiting(j.token.ID, len(ready)+len(pages))
		if len(ready) > 0 {
			if err := from.store(ctx, ready); err != nil {
				return false, err
			}
			more = ready[len(ready)-1].more
		}
		if err != nil {
			return false, err
		}
	}
	return more, ctx.Err()
}

// collect takes the pages that are there already, up to a batch. An error comes after the pages before it.
func collect(f fetched, pages <-chan fetched) (ready []fetched, err error) {
	for devices := 0; ; {
		if f.err != nil {
			return ready, f.err
		}
		ready = append(ready, f)
		if devices += f.devices; devices+f.devices > batch {
			return ready, nil
		}
		select {
		case next, more := <-pages:
			if !more {
				return ready, nil
			}
			f = next
		default:
			return ready, nil
		}
	}
}

func (j *job) fetchAhead(ctx context.Context, from source, out chan<- fetched) {
	cursor := from.cursor
	for {
		page, err := j.fetch(ctx, from.get, cursor)
		j.fetched++
		if err == nil && j.fetched >= maxPages && page.MoreToFollow {
			err = apperr.New(apperr.AppleCursorStuck, "Apple gave %d pages and still says that more follow.", maxPages).
				WithHint("What came is stored. The next sync goes on from there.")
		}
		select {
		case out <- fetched{page.Cursor, page.MoreToFollow, len(page.Devices), recordsOf(page), err}:
		case <-ctx.Done():
			return
		}
		if err != nil || !page.MoreToFollow || !from.until.IsZero() && !j.clock.Now().Before(from.until) {
			return
		}
		cursor = page.Cursor
	}
}

// fetch gets the page after the cursor. A page that says more follows must move the cursor.
func (j *job) fetch(ctx context.Context, get func(context.Context, string, int) (abm.Page, error), cursor string) (abm.Page, error) {
	for try := 1; ; try++ {
		page, err := get(ctx, cursor, j.limit)
		if err != nil || !page.MoreToFollow || page.Cursor != cursor {
			return page, err
		}
		if try == stuckTries {
			return page, apperr.New(apperr.AppleCursorStuck, "Apple answered the same sync position %d times while saying that more follows.", try).
				WithHint("Nothing to do: the next sync tries again. If it lasts, ask for a full sync.")
		}
		pause := stuckPause << (try - 1)
		timer := j.clock.NewTimer(pause/2 + rand.N(pause/2))
		select {
		case <-timer.Chan():
		case <-ctx.Done():
			timer.Stop()
			return page, ctx.Err()
		}
	}
}

func recordsOf(page abm.Page) []inventory.Record {
	records := make([]inventory.Record, 0, len(page.Devices))
	for _, d := range page.Devices {
		if r, ok := inventory.FromApple(d); ok {
			records = append(records, r)
		}
	}
	return records
}
