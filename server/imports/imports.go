// Package imports takes lists of serial numbers as CSV, for filters, groups and assignments, and reports on each of their rows. It reads and
// answers as it goes, so that a million rows take no more memory than a thousand.
package imports

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/ent/seriallistentry"
	"github.com/guardmdm/guardmdm/graph/limits"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/devicegroup"
	"github.com/guardmdm/guardmdm/server/export"
	"github.com/guardmdm/guardmdm/server/httpd"
	"github.com/guardmdm/guardmdm/server/reqid"
)

const (
	maxBytes       = 64 << 20
	atOnceOfCaller = 1
	atOnce         = 3 // of all callers: writing competes with the sync
	retryAfter     = 30 * time.Second
	// longest bounds an import whose client sends, but hardly. It is real time, as all deadlines of connections are.
	longest = time.Hour

	importPath = "/import/serials"
	reportPath = "/export/serial-lists/"
)

// API is what the GraphQL endpoint lends: its callers.
type API interface {
	// Require gives a handler the requests of callers with at least that role, until their credentials end.
	Require(min role.Role, next http.Handler) http.Handler
}

// Options are what imports need.
type Options struct {
	Lists  *devicegroup.Lists
	API    API
	Logger *slog.Logger
}

// Imports serves the imports and their reports.
type Imports struct {
	Options
	maxRows int
	all     *limits.Slots[struct{}]
	callers *limits.Slots[gid.ID]
}

// New makes an Imports.
func New(o Options) *Imports {
	return &Imports{Options: o, maxRows: devicegroup.MaxRows, all: limits.NewSlots[struct{}](atOnce), callers: limits.NewSlots[gid.ID](atOnceOfCaller)}
}

// Routes are the routes of imports and their reports.
func (x *Imports) Routes() []httpd.Route {
	return []httpd.Route{
		{
			Path: importPath, Methods: []string{http.MethodPost}, Kind: httpd.AlwaysLong, MaxBody: maxBytes,
			Handler: x.API.Require(role.Operator, http.HandlerFunc(x.take)),
		},
		{
			Path: reportPath + "{file}", Methods: []string{http.MethodGet}, Kind: httpd.AlwaysLong,
			Handler: x.API.Require(role.Viewer, http.HandlerFunc(x.report)),
		},
	}
}

// answer is what an import answers.
type answer struct {
	ID         string    `json:"id"`
	CreatedAt  time.Time `json:"createdAt"`
	ExpiresAt  time.Time `json:"expiresAt"`
	Rows       int       `json:"rows"`
	Known      int       `json:"known"`
	Unknown    int       `json:"unknown"`
	Duplicates int       `json:"duplicates"`
	Invalid    int       `json:"invalid"`
	Report     string    `json:"report"`
}

func (x *Imports) take(w http.ResponseWriter, r *http.Request) {
	list, err := x.read(r)
	if err != nil {
		if ended := apperr.As(context.Cause(r.Context())); ended != nil { // the credentials have
			err = ended
		}
		if apperr.As(err) == nil && r.Context().Err() == nil {
			x.Logger.LogAttrs(r.Context(), slog.LevelWarn, "an import was broken off", slog.Any("error", err), slog.String("request_id", reqid.From(r.Context())))
		}
		httpd.WriteError(w, r, err)
		return
	}
	body, err := json.Marshal(answer{
		ID: list.ID.String(), CreatedAt: list.CreatedAt.UTC(), ExpiresAt: list.ExpiresAt.UTC(), Rows: list.Known + list.Unknown + list.Duplicates + list.Invalid,
		Known: list.Known, Unknown: list.Unknown, Duplicates: list.Duplicates, Invalid: list.Invalid, Report: reportPath + list.ID.String() + ".csv",
	})
	if err != nil {
		httpd.WriteError(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(http.StatusCreated)
	_, _ = w.Write(append(body, '\n')) // the client is gone if this fails
}

// read reads the whole file. What a broken import has stored is of no use to anybody, and swept later.
func (x *Imports) read(r *http.Request) (*ent.SerialList, error) {
	if err := check(r); err != nil {
		return nil, err
	}
	release, err := x.slot(r)
	if err != nil {
		return nil, err
	}
	defer release()
	ctx, cancel := context.WithTimeout(r.Context(), longest)
	defer cancel()
	list, err := x.Lists.Begin(ctx)
	if err != nil {
		return nil, err
	}
	in := newReader(r.Body)
	for rows := 0; ; rows++ {
		row, text, err := in.next()
		switch {
		case errors.Is(err, io.EOF) && rows == 0:
			return nil, apperr.New(apperr.BadUserInput, "The file has no rows with something in them.").WithHint("Send a CSV file with one serial number a row.")
		case errors.Is(err, io.EOF):
			return list.Close(ctx)
		case err != nil:
			return nil, unread(err)
		case rows == x.maxRows:
			return nil, apperr.New(apperr.LimitExceeded, "The file has more than %d rows with something in them.", x.maxRows).
				WithHint("Import it in parts.")
		}
		if err := list.Add(ctx, row, text); err != nil {
			return nil, err
		}
	}
}

// check refuses what is no CSV. A parameter that nobody knows is refused, as everywhere.
func check(r *http.Request) error {
	kind, parameters, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	charset := strings.ToLower(parameters["charset"])
	switch {
	case err != nil || kind != "text/csv":
		return apperr.New(apperr.BadUserInput, "The request's content is not said to be CSV.").WithHint("Send the file with Content-Type: text/csv")
	case charset != "" && charset != "utf-8" && charset != "us-ascii":
		return apperr.New(apperr.BadUserInput, "The character set %.40q is not read here.", charset).WithHint("Save the file as CSV UTF-8.")
	case r.Header.Get("Content-Encoding") != "":
		return apperr.New(apperr.BadUserInput, "The request's content is compressed, which is not read here.").WithHint("Send the file as it is.")
	case r.URL.RawQuery != "":
		return apperr.New(apperr.BadUserInput, "An import takes no parameters.").WithHint("Send the file to %s", importPath)
	}
	return nil
}

// unread is the error of a body that ended before its end; what the reader says about its content stays.
func unread(err error) error {
	if apperr.As(err) != nil {
		return err
	}
	return apperr.Wrap(err, apperr.BadUserInput, "The file broke off before its end, so nothing of it was kept.").WithHint("Send it again.")
}

// slot takes a place among the imports that run.
func (x *Imports) slot(r *http.Request) (release func(), err error) {
	releaseCaller, ok := x.callers.Take(auth.CallerOf(r.Context()).ID)
	if !ok {
		return nil, busy("The caller's running imports are", atOnceOfCaller)
	}
	releaseAll, ok := x.all.Take(struct{}{})
	if !ok {
		releaseCaller()
		return nil, busy("The server's running imports are", atOnce)
	}
	return func() { releaseAll(); releaseCaller() }, nil
}

func busy(what string, limit int) *apperr.Error {
	return apperr.New(apperr.RateLimited, "%s %d, and no more are allowed.", what, limit).WithHint("Wait until one has ended.").WithRetryAfter(retryAfter)
}

// report serves what became of each row.
func (x *Imports) report(w http.ResponseWriter, r *http.Request) {
	name, extension, _ := strings.Cut(r.PathValue("file"), ".")
	write, contentType := map[string]writer{"csv": writeCSV, "ndjson": writeNDJSON}[extension],
		map[string]string{"csv": "text/csv; charset=utf-8; header=present", "ndjson": "application/x-ndjson"}[extension]
	id, err := gid.Parse(name)
	if write == nil || err != nil || id.Kind() != gid.SerialList {
		httpd.WriteError(w, r, apperr.New(apperr.NotFound, "There is nothing at this address.").WithHint("The report of a list is at %sID.csv or .ndjson", reportPath))
		return
	}
	list, err := x.Lists.Find(r.Context(), id)
	if err != nil {
		httpd.WriteError(w, r, err)
		return
	}
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Content-Disposition", `attachment; filename="import-`+list.CreatedAt.UTC().Format("2006-01-02")+"."+extension+`"`)
	if r.Method == http.MethodHead {
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), longest)
	defer cancel()
	if err := x.send(ctx, w, id, write); err != nil {
		x.Logger.LogAttrs(ctx, slog.LevelInfo, "a report was broken off", slog.Any("error", err), slog.String("request_id", reqid.From(ctx)))
		panic(http.ErrAbortHandler) // cuts the connection: the client must not take what it has for the whole
	}
}

// writer writes rows; first ones come with what stands at the head.
type writer func(to *bytes.Buffer, rows []devicegroup.Row, first bool) error

// send sends a report page by page.
func (x *Imports) send(ctx context.Context, w io.Writer, list gid.ID, write writer) error {
	var page bytes.Buffer
	for after, first := 0, true; ; first = false {
		rows, err := x.Lists.Report(ctx, list, after)
		if err != nil || len(rows) == 0 {
			return err
		}
		after = rows[len(rows)-1].Row
		if err := write(&page, rows, first); err != nil {
			return err
		}
		if _, err := page.WriteTo(w); err != nil {
			return err
		}
	}
}

// result names what became of a row.
func result(r devicegroup.Row) string {
	switch {
	case r.Problem != "":
		return string(r.Problem)
	case r.Known:
		return "KNOWN"
	}
	return "UNKNOWN"
}

func writeCSV(to *bytes.Buffer, rows []devicegroup.Row, first bool) error {
	w := csv.NewWriter(to)
	w.UseCRLF = true
	if first {
		if err := w.Write([]string{"row", "serialNumber", "result", "firstRow"}); err != nil {
			return err
		}
	}
	for _, r := range rows {
		firstRow := ""
		if r.Problem == seriallistentry.ProblemDuplicate {
			firstRow = strconv.Itoa(r.FirstRow)
		}
		if err := w.Write([]string{strconv.Itoa(r.Row), export.Harmless(r.SerialNumber), result(r), firstRow}); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

func writeNDJSON(to *bytes.Buffer, rows []devicegroup.Row, _ bool) error {
	lines := json.NewEncoder(to)
	lines.SetEscapeHTML(false)
	for _, r := range rows {
		line := struct {
			Row          int    `json:"row"`
			SerialNumber string `json:"serialNumber"`
			Result       string `json:"result"`
			FirstRow     *int   `json:"firstRow"`
		}{Row: r.Row, SerialNumber: r.SerialNumber, Result: result(r)}
		if r.Problem == seriallistentry.ProblemDuplicate {
			line.FirstRow = &r.FirstRow
		}
		if err := lines.Encode(line); err != nil {
			return err
		}
	}
	return nil
}
