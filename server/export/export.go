// Package export serves the whole inventory as a file: CSV for people, NDJSON for programs. It streams by pages, so that a
// million devices take no more memory than a thousand, and an export that failed never looks like a complete one.
package export

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"github.com/jonboulle/clockwork"
	"github.com/klauspost/compress/gzip"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/graph/limits"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/assignment"
	"github.com/guardmdm/guardmdm/server/audit"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/devicegroup"
	"github.com/guardmdm/guardmdm/server/httpd"
	"github.com/guardmdm/guardmdm/server/negotiate"
	"github.com/guardmdm/guardmdm/server/reqid"
	"github.com/guardmdm/guardmdm/server/store"
)

const (
	atOnceOfCaller = 2
	atOnce         = 4 // of all callers: reading competes with the sync for the processor
	retryAfter     = 30 * time.Second

	// longest bounds an export whose client reads, but hardly: httpd ends one that does not read at all. It is real time, as all
	// deadlines of connections are.
	longest = time.Hour
	// piece is written with one deadline: a client has to take that much in the time httpd allows for a write.
	piece = 32 << 10
	// recordTimeout is for the audit entry of an export whose client is gone.
	recordTimeout = 10 * time.Second
)

// API is what the GraphQL endpoint lends: its callers and its filters.
type API interface {
	// Require gives a handler the requests of callers with at least that role, until their credentials end.
	Require(min role.Role, next http.Handler) http.Handler
	// DeviceFilter reads a filter in JSON.
	DeviceFilter(ctx context.Context, where string) (*ent.DeviceWhereInput, error)
}

// Assignments knows which profile devices have by the rules, and whether Apple has it so.
type Assignments interface {
	Briefs(ctx context.Context, devices []gid.ID) (map[gid.ID]assignment.Brief, error)
}

// Options are what exports need.
type Options struct {
	Store *store.Store
	API   API
	Assignments
	Clock  clockwork.Clock
	Logger *slog.Logger
	Window int // how many devices one query looks at; 2000 if it is 0
}

// Exports serves the exports.
type Exports struct {
	Options
	all     *limits.Slots[struct{}]
	callers *limits.Slots[gid.ID]
}

// New makes an Exports.
func New(o Options) *Exports {
	if o.Window == 0 {
		o.Window = defaultWindow
	}
	return &Exports{Options: o, all: limits.NewSlots[struct{}](atOnce), callers: limits.NewSlots[gid.ID](atOnceOfCaller)}
}

// Routes are the exports' routes.
func (x *Exports) Routes() []httpd.Route {
	var routes []httpd.Route
	for _, f := range []format{csvFormat(), ndjsonFormat()} {
		routes = append(routes, httpd.Route{
			Path: "/export/devices." + f.extension, Methods: []string{http.MethodGet}, Kind: httpd.AlwaysLong,
			Handler: x.API.Require(role.Viewer, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { x.serve(w, r, f) })),
		})
	}
	return routes
}

func (x *Exports) serve(w http.ResponseWriter, r *http.Request, f format) {
	p, where, err := x.prepare(r)
	if err != nil {
		httpd.WriteError(w, r, err)
		return
	}
	if r.Method != http.MethodHead {
		release, err := x.take(r)
		if err != nil {
			httpd.WriteError(w, r, err)
			return
		}
		defer release()
	}
	h := w.Header()
	h.Set("Content-Type", f.contentType)
	h.Set("Content-Disposition", `attachment; filename="devices-`+x.Clock.Now().UTC().Format("2006-01-02")+"."+f.extension+`"`)
	h.Set("Vary", "Accept-Encoding")
	zipped := takesGzip(r)
	if zipped {
		h.Set("Content-Encoding", string(negotiate.Gzip))
	}
	if r.Method == http.MethodHead {
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), longest)
	defer cancel()
	e := &export{pages: p, out: &output{w: w, zipped: zipped}, clock: x.Clock, format: f, where: where}
	err = e.run(ctx)
	if err == nil {
		return
	}
	if !e.out.begun && ctx.Err() == nil { // nothing was sent: the status can still say so
		h.Del("Content-Disposition")
		httpd.WriteError(w, r, store.MapError(err))
	}
	x.Logger.LogAttrs(ctx, level(ctx), "an export was broken off", slog.Any("error", errors.Join(err, context.Cause(ctx))), slog.Int("rows", e.rows),
		slog.String("request_id", reqid.From(ctx)))
	if e.out.begun || ctx.Err() != nil {
		panic(http.ErrAbortHandler) // cuts the connection: the client must not take what it has for the whole
	}
}

func takesGzip(r *http.Request) bool {
	onlyGzip := func(e negotiate.Encoding) bool { return e == negotiate.Gzip }
	return negotiate.ChooseEncoding(r.Header.Values("Accept-Encoding"), onlyGzip) == negotiate.Gzip
}

// level tells our own faults from clients that went away.
func level(ctx context.Context) slog.Level {
	if ctx.Err() != nil {
		return slog.LevelInfo
	}
	return slog.LevelError
}

// prepare reads the request. A parameter that nobody knows is refused: a filter with a slip of the pen would export everything.
func (x *Exports) prepare(r *http.Request) (*pages, json.RawMessage, error) {
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, nil, apperr.New(apperr.BadUserInput, "The query of the address cannot be read.").WithHint("Percent-encode the filter: curl -G --data-urlencode 'where=…'")
	}
	for name, values := range query {
		if name != "where" || len(values) != 1 {
			return nil, nil, apperr.New(apperr.BadUserInput, "The parameter `%.60s` is not one of an export, or is there twice.", name).
				WithHint("The one parameter is `where`, the filter of the query devices in JSON.").WithField(name)
		}
	}
	p := &pages{db: x.Store, window: x.Window, rules: x.Assignments}
	if !query.Has("where") {
		return p, nil, nil
	}
	where := query.Get("where")
	filter, err := x.API.DeviceFilter(devicegroup.InWindows(r.Context()), where)
	if err != nil {
		return nil, nil, err
	}
	p.matches, err = filter.P()
	if err != nil && !errors.Is(err, ent.ErrEmptyDeviceWhereInput) {
		return nil, nil, err
	}
	return p, json.RawMessage(where), nil
}

// take takes a place among the exports that run.
func (x *Exports) take(r *http.Request) (release func(), err error) {
	releaseCaller, ok := x.callers.Take(auth.CallerOf(r.Context()).ID)
	if !ok {
		return nil, tooMany("The caller's running exports are", atOnceOfCaller)
	}
	releaseAll, ok := x.all.Take(struct{}{})
	if !ok {
		releaseCaller()
		return nil, tooMany("The server's running exports are", atOnce)
	}
	return func() { releaseAll(); releaseCaller() }, nil
}

func tooMany(what string, limit int) *apperr.Error {
	e := apperr.New(apperr.RateLimited, "%s %d, and no more are allowed.", what, limit).WithHint("Wait until one has ended.")
	e.RetryAfter = retryAfter
	return e
}

// export is one that runs.
type export struct {
	pages  *pages
	out    *output
	clock  clockwork.Clock
	format format
	where  json.RawMessage
	rows   int
}

// run sends everything. The audit entry is written before the end of the file is sent, so there is no complete export without
// one; of one that broke off it tells how far it came.
func (e *export) run(ctx context.Context) error {
	err := e.send(ctx)
	if err != nil && e.rows == 0 {
		return err
	}
	if recorded := e.record(ctx, err == nil); err == nil {
		err = recorded
	}
	if err != nil {
		return err
	}
	return e.out.end()
}

func (e *export) send(ctx context.Context) error {
	if err := e.pages.open(ctx); err != nil {
		return err
	}
	var page bytes.Buffer
	encoder := e.format.encoder(&page)
	if err := encoder.head(); err != nil {
		return err
	}
	for e.pages.more() {
		rows, err := e.pages.next(ctx, encoder)
		if err != nil {
			return err
		}
		e.rows += rows
		if err := e.out.write(ctx, page.Bytes()); err != nil {
			return err
		}
		page.Reset()
	}
	if err := encoder.flush(); err != nil { // the head, if there was no page
		return err
	}
	return e.out.write(ctx, page.Bytes())
}

func (e *export) record(ctx context.Context, complete bool) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), recordTimeout)
	defer cancel()
	after := map[string]any{"format": e.format.extension, "rows": e.rows, "complete": complete}
	if e.where != nil {
		after["where"] = e.where
	}
	return e.pages.db.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		return audit.Record(ctx, tx.Client, e.clock, audit.Entry{Action: "exportDevices", After: after})
	})
}

// output is the answer's body.
type output struct {
	w      http.ResponseWriter
	zipped bool
	zip    *gzip.Writer
	begun  bool
}

func (o *output) write(ctx context.Context, p []byte) error {
	for len(p) > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		o.begun = true
		n := min(len(p), piece)
		if _, err := o.body().Write(p[:n]); err != nil {
			return err
		}
		p = p[n:]
	}
	return nil
}

func (o *output) body() io.Writer {
	if !o.zipped {
		return o.w
	}
	if o.zip == nil {
		o.zip, _ = gzip.NewWriterLevel(o.w, gzip.BestSpeed) // fails for levels that there are not
	}
	return o.zip
}

// end closes the file.
func (o *output) end() error {
	if file, ok := o.body().(io.Closer); ok && o.zipped {
		return file.Close()
	}
	return nil
}
