package simabm

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
)

//go:embed portal
var portalFiles embed.FS

const (
	maxForm = 1 << 20
	maxCSV  = 64 << 20
	maxRows = 100 // rows of a list
)

// portal is the web page that stands for business.apple.com.
type portal struct {
	sim   *Simulator
	pages *template.Template
}

func parsePages() (*template.Template, error) {
	pages, err := template.ParseFS(portalFiles, "portal/*.html")
	if err != nil {
		return nil, fmt.Errorf("read the portal's pages: %w", err)
	}
	return pages, nil
}

func (s *Simulator) portalHandler() http.Handler {
	p := &portal{s, s.pages}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /portal/{$}", p.overview)
	mux.HandleFunc("GET /portal/portal.css", p.stylesheet)
	mux.HandleFunc("GET /portal/devices", p.devices)
	mux.HandleFunc("GET /portal/devices/{serial}", p.device)
	mux.HandleFunc("GET /portal/ready", p.ready)
	mux.HandleFunc("GET /portal/servers/{id}", p.server)
	for pattern, action := range map[string]func(*http.Request) (done, error){
		"organizations":             p.addOrganization,
		"terms":                     p.setTerms,
		"purchases":                 p.addPurchases,
		"defaults":                  p.setDefault,
		"servers":                   p.addServer,
		"servers/{id}":              p.editServer,
		"servers/{id}/certificate":  p.replaceCertificate,
		"servers/{id}/token":        p.downloadToken,
		"servers/{id}/token/revoke": p.revokeToken,
		"devices/assign":            p.assignSelected,
		"devices/assign-count":      p.assignCount,
		"devices/csv":               p.assignCSV,
		"devices/unassign":          p.unassignSelected,
		"devices/activate":          p.activateSelected,
		"devices/switch-on":         p.switchOn,
		"devices/release":           p.releaseSelected,
		"devices/replace":           p.replaceDevice,
		"devices/edit":              p.editDevice,
	} {
		mux.HandleFunc("POST /portal/"+pattern, p.post(action))
	}
	// A page elsewhere must not be able to post here from the browser of whoever runs the simulator.
	return guardHeaders(http.NewCrossOriginProtection().Handler(mux))
}

func guardHeaders(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

func (p *portal) stylesheet(w http.ResponseWriter, r *http.Request) {
	http.ServeFileFS(w, r, portalFiles, "portal/portal.css")
}

// done is what a form leads to: a page with a notice for people, a value for programs, or a file.
type done struct {
	to       string // page, relative to the portal's root
	notice   string
	value    any
	file     []byte
	fileName string
}

// post runs an action and answers it: 303 to a page for browsers, JSON for who asks for it.
func (p *portal) post(action func(*http.Request) (done, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := readForm(w, r); err != nil {
			p.fail(w, r, err)
			return
		}
		d, err := action(r)
		switch {
		case err != nil:
			p.fail(w, r, err)
		case wantsJSON(r):
			writeJSON(w, http.StatusOK, d.value)
		case d.file != nil:
			w.Header().Set("Content-Type", "application/pkcs7-mime")
			w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": d.fileName}))
			_, _ = w.Write(d.file)
		default:
			to, err := url.Parse(d.to)
			if err != nil {
				p.fail(w, r, err)
				return
			}
			query := to.Query()
			query.Set("notice", d.notice)
			to.RawQuery = query.Encode()
			redirectTo(root(r)+to.String())(w, r)
		}
	}
}

// root leads from a page to the portal's root by a relative link, which holds below any prefix.
func root(r *http.Request) string {
	depth := strings.Count(strings.TrimPrefix(r.URL.Path, "/portal/"), "/")
	if depth == 0 {
		return "./"
	}
	return strings.Repeat("../", depth)
}

// readForm reads either kind of form within bounds.
func readForm(w http.ResponseWriter, r *http.Request) error {
	limit := int64(maxForm)
	if r.URL.Path == "/portal/devices/csv" {
		limit = maxCSV
	}
	r.Body = http.MaxBytesReader(w, r.Body, limit)
	media, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if media == "multipart/form-data" {
		return r.ParseMultipartForm(maxForm)
	}
	return r.ParseForm()
}

// upload is an uploaded file, or the text of a field of the same name.
func upload(r *http.Request, name string) (io.ReadCloser, error) {
	if r.MultipartForm != nil {
		file, head, err := r.FormFile(name)
		switch {
		case err == nil && head.Size > 0:
			return file, nil
		case err == nil:
			_ = file.Close()
		case !errors.Is(err, http.ErrMissingFile):
			return nil, err
		}
	}
	for _, field := range []string{name, name + "_text"} {
		if text := r.PostFormValue(field); text != "" {
			return io.NopCloser(strings.NewReader(text)), nil
		}
	}
	return nil, badForm("choose a file or paste its text: " + name)
}

// badForm is a form that cannot be carried out as it is.
type badForm string

func (b badForm) Error() string { return string(b) }

func wantsJSON(r *http.Request) bool {
	accept := r.Header.Get("Accept")
	return strings.Contains(accept, "application/json") && !strings.Contains(accept, "text/html")
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}

// fail answers an error with the status that fits it.
func (p *portal) fail(w http.ResponseWriter, r *http.Request, err error) {
	var tooLarge *http.MaxBytesError
	status := http.StatusBadRequest
	switch {
	case errors.As(err, &tooLarge):
		status = http.StatusRequestEntityTooLarge
	case errors.Is(err, ErrUnknownServer), errors.Is(err, ErrUnknownDevice), errors.Is(err, ErrUnknownOrganization):
		status = http.StatusNotFound
	case errors.Is(err, ErrNameTaken), errors.Is(err, ErrNoProfile):
		status = http.StatusConflict
	}
	if wantsJSON(r) {
		writeJSON(w, status, map[string]string{"error": err.Error()})
		return
	}
	p.show(w, r, status, "error", "Not possible", map[string]any{"Error": err.Error()})
}

// frame is what every page has around its own data.
type frame struct {
	Root, Title, Notice string
	Organizations       []*Organization
	Data                any
}

func (p *portal) show(w http.ResponseWriter, r *http.Request, status int, page, title string, data any) {
	f := frame{root(r), title, r.URL.Query().Get("notice"), p.sim.Organizations(), data}
	f.Notice = f.Notice[:min(len(f.Notice), 300)]
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	if err := p.pages.ExecuteTemplate(w, page, f); err != nil {
		p.sim.log.Warn("portal page broke off", "page", page, "error", err)
	}
}

// answer shows a page to people and its data to programs.
func (p *portal) answer(w http.ResponseWriter, r *http.Request, page, title string, data any) {
	if wantsJSON(r) {
		writeJSON(w, http.StatusOK, data)
		return
	}
	p.show(w, r, http.StatusOK, page, title, data)
}
