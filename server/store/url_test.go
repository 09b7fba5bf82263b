package store

import (
	"net/url"
	"strings"
	"testing"

	"github.com/guardmdm/guardmdm/server/apperr"
)

func TestPostgresURLIsCompleted(t *testing.T) {
	for _, tc := range []struct{ url, sslmode string }{
		{"postgres://u@db.example.com/guardmdm", "require"},
		{"postgres://u@10.0.0.7:6432/guardmdm", "require"},
		{"postgres://u@db.example.com/guardmdm?sslmode=verify-full", "verify-full"},
		{"postgres://u@db.example.com/guardmdm?sslrootcert=system", ""},
		{"postgres://u@localhost/guardmdm", "disable"},
		{"postgres://u@127.0.0.1:5433/guardmdm", "disable"},
		{"postgres://u@[::1]/guardmdm", "disable"},
		{"postgresql://u@/guardmdm?host=/var/run/postgresql", "disable"},
		{"postgres://u@/guardmdm", "disable"},
		{"postgres://u@/guardmdm?hostaddr=10.0.0.7", "require"},
		{"postgres://u@localhost,db.example.com/guardmdm", "require"},
		{"postgres://u@localhost/guardmdm?sslmode=require", "require"},
	} {
		got, err := completePostgres(tc.url, "database URL")
		if err != nil {
			t.Errorf("%s: %v", tc.url, err)
			continue
		}
		u, err := url.Parse(got)
		if err != nil {
			t.Fatal(err)
		}
		q := u.Query()
		if q.Get("sslmode") != tc.sslmode {
			t.Errorf("%s: sslmode %q, want %q", tc.url, q.Get("sslmode"), tc.sslmode)
		}
		if q.Get("binary_parameters") != "yes" || q.Get("TimeZone") != "UTC" || q.Get("connect_timeout") != "10" {
			t.Errorf("%s: became %s", tc.url, got)
		}
	}
}

func TestPostgresURLOptionsOfTheUserStay(t *testing.T) {
	got, err := completePostgres("postgres://u@db/guardmdm?connect_timeout=3&application_name=x&timezone=CET&search_path=mdm", "database URL")
	if err != nil {
		t.Fatal(err)
	}
	u, _ := url.Parse(got)
	q := u.Query()
	if q.Get("connect_timeout") != "3" || q.Get("application_name") != "x" || q.Get("search_path") != "mdm" {
		t.Errorf("lost an option: %s", got)
	}
	if q.Get("timezone") != "" || q.Get("TimeZone") != "UTC" {
		t.Errorf("the session is not in UTC: %s", got)
	}
}

func TestStatementsInTwoRoundTripsAreRefused(t *testing.T) {
	_, err := completePostgres("postgres://u:hunter2@db/guardmdm?binary_parameters=no", "database URL")
	if e := apperr.As(err); e == nil || !strings.Contains(e.Message, "binary_parameters") || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("%v", err)
	}
}

func TestOptionsAsOfTheCommandLine(t *testing.T) {
	got := commandLineOptions(`-c search_path=a\ b -cwork_mem=4MB  --statement-timeout=5s -x`)
	if len(got) != 3 || got["search_path"] != "a b" || got["work_mem"] != "4MB" || got["statement_timeout"] != "5s" {
		t.Errorf("%v", got)
	}
}

func TestMalformedPostgresURLDoesNotShowThePassword(t *testing.T) {
	for _, raw := range []string{
		"postgres://u:hunter2/x@db/guardmdm",
		"postgres://u:hunter2%zz@db/guardmdm",
		"postgres://u:hunter2@db:port/guardmdm",
		"postgres:u:hunter2@db/guardmdm",
		"postgres://u:hunter2@db/guardmdm?sslmode=hunter2",
		"postgres://u:hunter2@db/guardmdm?a=%zz",
		"postgres://u:hunter2 @db/guardmdm\x7f",
	} {
		_, err := completePostgres(raw, "database URL")
		if !apperr.Is(err, apperr.BadUserInput) {
			t.Errorf("%q: %v, want BAD_USER_INPUT", raw, err)
			continue
		}
		if e := apperr.As(err); strings.Contains(err.Error()+e.Hint, "hunter2") {
			t.Errorf("%q: the error shows the password: %v", raw, err)
		}
	}
}

func TestMalformedSQLiteURL(t *testing.T) {
	for _, raw := range []string{"sqlite:", "sqlite::memory:", "sqlite://data/x.db", "sqlite:a\x00b", "sqlite:x.db?mode=ro", "sqlite:x.db?_pragma=foreign_keys(0)"} {
		if _, err := parseSQLite(raw); !apperr.Is(err, apperr.BadUserInput) {
			t.Errorf("%q: %v, want BAD_USER_INPUT", raw, err)
		}
	}
}

func FuzzCompletePostgres(f *testing.F) {
	f.Add("postgres://u:p@host:5432/db?sslmode=disable")
	f.Add("postgres://%2Ftmp/db")
	f.Add("postgresql:///db?host=/tmp&TIMEZONE=x")
	f.Fuzz(func(t *testing.T, raw string) {
		got, err := completePostgres(raw, "database URL")
		if err != nil {
			if !apperr.Is(err, apperr.BadUserInput) {
				t.Fatalf("%q: %v", raw, err)
			}
			return
		}
		again, err := completePostgres(got, "database URL")
		if err != nil || again != got {
			t.Fatalf("%q: completed twice: %q, then %q, %v", raw, got, again, err)
		}
	})
}

func FuzzSQLitePath(f *testing.F) {
	f.Add("sqlite:data/guardmdm.db")
	f.Add("sqlite:/a b/%41#?;&=.db")
	f.Fuzz(func(t *testing.T, raw string) {
		path, err := parseSQLite(raw)
		if err != nil {
			return
		}
		// What SQLite reads from the URI is the path, and the options are ours only.
		name, options, _ := strings.Cut(path.dsn("x=1"), "?")
		decoded, err := url.PathUnescape(strings.TrimPrefix(name, "file:"))
		if err != nil || decoded != string(path) || options != "x=1" {
			t.Fatalf("%q: dsn %q reads as %q", raw, path.dsn("x=1"), decoded)
		}
	})
}
