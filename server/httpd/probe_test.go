package httpd_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/guardmdm/guardmdm/server/httpd"
)

func TestProbe(t *testing.T) {
	var failure error
	s, stop := start(t, httpd.Config{}, httpd.Handlers{Checks: []httpd.Check{
		{Name: "database", Run: func(context.Context) error { return failure }},
	}})
	if err := httpd.Probe(t.Context(), s.URL()+"/"); err != nil {
		t.Errorf("of a ready server: %v", err)
	}
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	if err := httpd.Probe(t.Context(), s.URL()); err == nil {
		t.Error("of a server that is gone: no error")
	}
	failure = errors.New("down")
	s, _ = start(t, httpd.Config{}, httpd.Handlers{Checks: []httpd.Check{
		{Name: "database", Run: func(context.Context) error { return failure }},
	}})
	if err := httpd.Probe(t.Context(), s.URL()); err == nil || !strings.Contains(err.Error(), "503") {
		t.Errorf("of a server that is not ready: %v", err)
	}
}
