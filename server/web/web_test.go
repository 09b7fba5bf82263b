package web_test

import (
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/guardmdm/guardmdm/server/web"
)

func built() fs.FS {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	return fstest.MapFS{
		".gitkeep":                file(""),
		"index.html":              file("<title>page"),
		"index.html.br":           file("page as brotli"),
		"index.html.gz":           file("page as gzip"),
		"explorer.html":           file("<title>explorer"),
		".documents.json":         file("[]"),
		"favicon.svg":             file("<svg/>"),
		"assets/app-1a2b.js":      file("app"),
		"assets/app-1a2b.js.br":   file("app as brotli"),
		"assets/app-1a2b.js.gz":   file("app as gzip"),
		"assets/app-1a2b.css":     file("style"),
		"assets/inter-1a2b.woff2": file("font"),
		"assets/sync-3c4d.webp":   file("picture"),
	}
}

func handler(t *testing.T, files fs.FS) http.Handler {
	t.Helper()
	h, err := web.New(files)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func get(h http.Handler, method, path string, header map[string]string) (*http.Response, string) {
	r := httptest.NewRequest(method, path, nil)
	for k, v := range header {
		r.Header.Set(k, v)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	body, _ := io.ReadAll(w.Result().Body)
	return w.Result(), string(body)
}

const (
	forever    = "public, max-age=31536000, immutable"
	revalidate = "no-cache"
)

func TestFiles(t *testing.T) {
	h := handler(t, built())
	for _, tt := range []struct {
		path, accept string
		status       int
		contentType  string
		cache        string
		encoding     string
		body         string
	}{
		{"/", "", 200, "text/html; charset=utf-8", revalidate, "", "<title>page"},
		{"/", "gzip, deflate, br, zstd", 200, "text/html; charset=utf-8", revalidate, "br", "page as brotli"},
		{"/index.html", "", 200, "text/html; charset=utf-8", revalidate, "", "<title>page"},
		{"/devices/C02X?tab=why", "gzip", 200, "text/html; charset=utf-8", revalidate, "gzip", "page as gzip"},
		{"/explorer", "", 200, "text/html; charset=utf-8", revalidate, "", "<title>explorer"},
		{"/.documents.json", "", 200, "text/html; charset=utf-8", revalidate, "", "<title>page"},
		{"/favicon.svg", "br", 200, "image/svg+xml", revalidate, "", "<svg/>"},
		{"/assets/app-1a2b.js", "br", 200, "text/javascript; charset=utf-8", forever, "br", "app as brotli"},
		{"/assets/app-1a2b.js", "br;q=0, gzip", 200, "text/javascript; charset=utf-8", forever, "gzip", "app as gzip"},
		{"/assets/app-1a2b.js", "", 200, "text/javascript; charset=utf-8", forever, "", "app"},
		{"/assets/app-1a2b.css", "br", 200, "text/css; charset=utf-8", forever, "", "style"},
		{"/assets/inter-1a2b.woff2", "br", 200, "font/woff2", forever, "", "font"},
		{"/assets/sync-3c4d.webp", "br", 200, "image/webp", forever, "", "picture"},
	} {
		resp, body := get(h, "GET", tt.path, map[string]string{"Accept-Encoding": tt.accept})
		got := resp.Header
		if resp.StatusCode != tt.status || got.Get("Content-Type") != tt.contentType || got.Get("Cache-Control") != tt.cache ||
			got.Get("Content-Encoding") != tt.encoding || body != tt.body {
			t.Errorf("%s (%s): %d %v %q", tt.path, tt.accept, resp.StatusCode, got, body)
		}
		if got.Get("ETag") == "" {
			t.Errorf("%s: no ETag", tt.path)
		}
	}
}

func TestMissingAssetsAreNotThePage(t *testing.T) {
	h := handler(t, built())
	for _, path := range []string{"/assets/app-0000.js", "/assets/", "/assets", "/assets/../assets/x.js", "/assets/app-1a2b.js.br"} {
		resp, body := get(h, "GET", path, nil)
		if resp.StatusCode != 404 || strings.Contains(body, "<title>") || strings.Contains(resp.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %d %v %q", path, resp.StatusCode, resp.Header, body)
		}
	}
}

func TestVaryOnlyWhereThereIsAChoice(t *testing.T) {
	h := handler(t, built())
	for path, want := range map[string]string{"/": "Accept-Encoding", "/favicon.svg": ""} {
		if resp, _ := get(h, "GET", path, nil); resp.Header.Get("Vary") != want {
			t.Errorf("%s: Vary %q", path, resp.Header.Get("Vary"))
		}
	}
}

func TestRevalidation(t *testing.T) {
	h := handler(t, built())
	plain, _ := get(h, "GET", "/", nil)
	brotli, _ := get(h, "GET", "/", map[string]string{"Accept-Encoding": "br"})
	if plain.Header.Get("ETag") == brotli.Header.Get("ETag") {
		t.Error("two encodings share an ETag")
	}
	resp, body := get(h, "GET", "/", map[string]string{"Accept-Encoding": "br", "If-None-Match": brotli.Header.Get("ETag")})
	if resp.StatusCode != 304 || body != "" {
		t.Errorf("unchanged: %d %q", resp.StatusCode, body)
	}
	resp, _ = get(h, "GET", "/", map[string]string{"If-None-Match": `"other"`})
	if resp.StatusCode != 200 {
		t.Errorf("changed: %d", resp.StatusCode)
	}
}

func TestHead(t *testing.T) {
	resp, body := get(handler(t, built()), "HEAD", "/assets/app-1a2b.js", map[string]string{"Accept-Encoding": "br"})
	if resp.StatusCode != 200 || body != "" || resp.Header.Get("Content-Type") != "text/javascript; charset=utf-8" {
		t.Errorf("%d %v %q", resp.StatusCode, resp.Header, body)
	}
}

func TestRangesAreOfThePlainFileOnly(t *testing.T) {
	h := handler(t, built())
	if resp, body := get(h, "GET", "/assets/app-1a2b.js", map[string]string{"Range": "bytes=0-1"}); resp.StatusCode != 206 || body != "ap" {
		t.Errorf("plain: %d %q", resp.StatusCode, body)
	}
	resp, body := get(h, "GET", "/assets/app-1a2b.js", map[string]string{"Range": "bytes=0-1", "Accept-Encoding": "br"})
	if resp.StatusCode != 200 || body != "app as brotli" {
		t.Errorf("compressed: %d %q", resp.StatusCode, body)
	}
}

func TestNotBuilt(t *testing.T) {
	h := handler(t, fstest.MapFS{".gitkeep": &fstest.MapFile{}})
	resp, body := get(h, "GET", "/devices", nil)
	if resp.StatusCode != 503 || !strings.Contains(body, "make build") || resp.Header.Get("Content-Type") != "text/html; charset=utf-8" {
		t.Errorf("%d %v %q", resp.StatusCode, resp.Header, body)
	}
}
