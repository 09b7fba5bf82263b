// Package web serves the dashboard: the files that the front end's build left, with the page itself for every path that
// the dashboard's own router knows.
package web

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"time"

	"github.com/guardmdm/guardmdm/server/negotiate"
)

const (
	indexName = "index.html"
	// Vite writes a hash of the content into the names below this folder: what has such a name never changes.
	hashedFolder = "assets/"

	cacheForever    = "public, max-age=31536000, immutable"
	cacheRevalidate = "no-cache"
)

// New makes the handler of a built front end. Without an index.html in files it serves a page that says how to build it.
// It answers GET and HEAD; other methods are not its business.
func New(files fs.FS) (http.Handler, error) {
	s := site{}
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasPrefix(path.Base(name), ".") {
			return err
		}
		content, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		s.add(name, content)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading the built front end: %w", err)
	}
	if s[indexName] == nil {
		return http.HandlerFunc(notBuilt), nil
	}
	return s, nil
}

// site holds the files by name. They are in memory anyway: the program carries them.
type site map[string]*file

// file is one file with its precompressed variants.
type file struct {
	contentType string
	variants    map[negotiate.Encoding]variant // identity is always there
}

type variant struct {
	content string
	etag    string
}

// add keeps a file, "app.js.br" as the brotli variant of "app.js".
func (s site) add(name string, content []byte) {
	name, as := splitEncoding(name)
	f := s[name]
	if f == nil {
		f = &file{contentType: contentType(name), variants: map[negotiate.Encoding]variant{}}
		s[name] = f
	}
	sum := sha256.Sum256(content)
	f.variants[as] = variant{content: string(content), etag: `"` + hex.EncodeToString(sum[:12]) + `"`}
}

// splitEncoding takes the suffix of a precompressed variant off a file's name.
func splitEncoding(name string) (string, negotiate.Encoding) {
	if plain, ok := strings.CutSuffix(name, ".br"); ok {
		return plain, negotiate.Brotli
	}
	if plain, ok := strings.CutSuffix(name, ".gz"); ok {
		return plain, negotiate.Gzip
	}
	return name, negotiate.Identity
}

func (s site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
	f := s[name]
	if f == nil {
		f = s[name+".html"] // a page of its own, such as the explorer
	}
	switch {
	case f != nil:
	case strings.HasPrefix(name+"/", hashedFolder):
		// A page of an older build asks for its assets. HTML in their place would only make the fault harder to see.
		http.Error(w, "There is no such file. Reload the page: it is of another build.", http.StatusNotFound)
		return
	default:
		name, f = indexName, s[indexName]
	}
	f.serve(w, r, strings.HasPrefix(name, hashedFolder))
}

func (f *file) serve(w http.ResponseWriter, r *http.Request, hashed bool) {
	as := negotiate.ChooseEncoding(r.Header.Values("Accept-Encoding"), f.has)
	v, ok := f.variants[as]
	if !ok { // only variants, without the file itself: the build was tampered with
		http.Error(w, "There is no such file.", http.StatusNotFound)
		return
	}
	h := w.Header()
	h.Set("Content-Type", f.contentType)
	h.Set("ETag", v.etag)
	h.Set("Cache-Control", cacheRevalidate)
	if hashed {
		h.Set("Cache-Control", cacheForever)
	}
	if len(f.variants) > 1 {
		h.Add("Vary", "Accept-Encoding")
	}
	if as != negotiate.Identity {
		h.Set("Content-Encoding", string(as))
		// A range would be one of the compressed bytes, which no client that asks for ranges means.
		r = withoutRange(r)
	}
	http.ServeContent(w, r, "", time.Time{}, strings.NewReader(v.content))
}

func (f *file) has(e negotiate.Encoding) bool {
	_, ok := f.variants[e]
	return ok
}

func withoutRange(r *http.Request) *http.Request {
	if r.Header.Get("Range") == "" {
		return r
	}
	c := *r
	c.Header = r.Header.Clone()
	c.Header.Del("Range")
	return &c
}

const notBuiltPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>GuardMDM</title>
<h1>The dashboard is not part of this build</h1>
<p>This program was built without its front end. Run <code>make build</code> (it needs Node.js), then start it again.</p>
<p>The API and the devices' addresses work.</p>
</html>
`

func notBuilt(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(http.StatusServiceUnavailable)
	_, _ = io.WriteString(w, notBuiltPage)
}
