// Package packaging_test checks the files around the program: what the compose file, the image and the Makefile promise to
// each other and to the operator.
package packaging_test

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

const root = "../.."

// variables are those that the program documents; another one in the compose file would do nothing.
func variables() []string {
	return []string{
		"GUARDMDM_LISTEN", "GUARDMDM_PUBLIC_URL", "GUARDMDM_DATABASE_URL", "GUARDMDM_DATABASE_DIRECT_URL",
		"GUARDMDM_DATA_DIR", "GUARDMDM_SECRET_KEY_FILE", "GUARDMDM_ABM_URL", "GUARDMDM_SYNC_PAGE_SIZE",
		"GUARDMDM_DEVICE_CA_FILE", "GUARDMDM_APNS_URL", "GUARDMDM_TLS_CERT_FILE", "GUARDMDM_TLS_KEY_FILE",
		"GUARDMDM_TRUSTED_PROXIES", "GUARDMDM_OPS_LISTEN",
	}
}

type compose struct {
	Services map[string]service
	Volumes  map[string]any
}

type service struct {
	Image       string
	Build       struct{ Context string }
	Environment map[string]string
	DependsOn   map[string]struct{ Condition string } `yaml:"depends_on"`
	Ports       []string
	Volumes     []string
	Healthcheck struct{ Test []string }
	ReadOnly    bool `yaml:"read_only"`
}

func read(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func readCompose(t *testing.T) compose {
	t.Helper()
	var c compose
	if err := yaml.Unmarshal([]byte(read(t, "docker-compose.yml")), &c); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestComposeIsPostgreSQLAndOurImage(t *testing.T) {
	c := readCompose(t)
	if got := slices.Sorted(maps.Keys(c.Services)); !slices.Equal(got, []string{"guardmdm", "postgres"}) {
		t.Fatalf("services %v", got)
	}
	if got := c.Services["postgres"].Image; !regexp.MustCompile(`^postgres:\d+`).MatchString(got) {
		t.Errorf("PostgreSQL's image %q names no version", got)
	}
	ours := c.Services["guardmdm"]
	if !strings.HasPrefix(ours.Image, "guardmdm:") || ours.Build.Context != "." {
		t.Errorf("our image %q, built from %q", ours.Image, ours.Build.Context)
	}
	if got := ours.DependsOn["postgres"].Condition; got != "service_healthy" {
		t.Errorf("guardmdm waits for PostgreSQL to be %q", got)
	}
	for name, s := range c.Services {
		if len(s.Healthcheck.Test) < 2 || s.Healthcheck.Test[0] != "CMD" {
			t.Errorf("%s: health check %v", name, s.Healthcheck.Test)
		}
		for _, volume := range s.Volumes {
			source, _, _ := strings.Cut(volume, ":")
			if _, ok := c.Volumes[source]; !ok {
				t.Errorf("%s: volume %s is not declared", name, source)
			}
		}
	}
}

func TestComposeUsesOurVariables(t *testing.T) {
	env := readCompose(t).Services["guardmdm"].Environment
	for name := range env {
		if !slices.Contains(variables(), name) {
			t.Errorf("%s is no variable of the program", name)
		}
	}
	for _, needed := range []string{"GUARDMDM_LISTEN", "GUARDMDM_DATABASE_URL", "GUARDMDM_DATA_DIR"} {
		if env[needed] == "" {
			t.Errorf("%s is not set", needed)
		}
	}
}

func TestComposeHoldsNoSecret(t *testing.T) {
	c := readCompose(t)
	fromOutside := regexp.MustCompile(`^\$\{POSTGRES_PASSWORD:\?[^}]+\}$`)
	if got := c.Services["postgres"].Environment["POSTGRES_PASSWORD"]; !fromOutside.MatchString(got) {
		t.Errorf("PostgreSQL's password is %q", got)
	}
	url := c.Services["guardmdm"].Environment["GUARDMDM_DATABASE_URL"]
	parts := regexp.MustCompile(`^postgres://guardmdm:(.*)@postgres:5432/guardmdm\?sslmode=disable$`).FindStringSubmatch(url)
	if parts == nil || !fromOutside.MatchString(parts[1]) {
		t.Errorf("database URL %q", url)
	}
}

func TestComposeAndImageAgree(t *testing.T) {
	ours := readCompose(t).Services["guardmdm"]
	dockerfile := read(t, "Dockerfile")
	_, port, _ := strings.Cut(ours.Environment["GUARDMDM_LISTEN"], ":")
	if !slices.ContainsFunc(ours.Ports, func(p string) bool { return strings.HasSuffix(p, ":"+port) }) {
		t.Errorf("port %s is not published: %v", port, ours.Ports)
	}
	dir := ours.Environment["GUARDMDM_DATA_DIR"]
	if !slices.ContainsFunc(ours.Volumes, func(v string) bool { return strings.HasSuffix(v, ":"+dir) }) {
		t.Errorf("the data directory %s is not on a volume: %v", dir, ours.Volumes)
	}
	for _, want := range []string{"EXPOSE " + port, "VOLUME " + dir, "GUARDMDM_DATA_DIR=" + dir, "CGO_ENABLED=0", "HEALTHCHECK"} {
		if !strings.Contains(dockerfile, want) {
			t.Errorf("the Dockerfile lacks %q", want)
		}
	}
	for _, name := range regexp.MustCompile(`GUARDMDM_[A-Z_]+`).FindAllString(dockerfile, -1) {
		if !slices.Contains(variables(), name) {
			t.Errorf("Dockerfile: %s is no variable of the program", name)
		}
	}
	// What the front end is built of beside its own directory, as vite.config.ts and the schema reference name it.
	built, _, _ := strings.Cut(dockerfile, "RUN npm run build")
	for _, want := range []string{"COPY docs/ ../docs/", "COPY graph/*.graphql ../graph/"} {
		if !strings.Contains(built, want) {
			t.Errorf("the Dockerfile builds the front end without %q", want)
		}
	}
	stages := strings.Split(dockerfile, "\nFROM ")
	if last := stages[len(stages)-1]; !strings.Contains(last, "\nUSER nonroot") {
		t.Error("the image runs as root")
	}
}

func TestImageIsBuiltWithTheVersionsOfTheSources(t *testing.T) {
	dockerfile := read(t, "Dockerfile")
	goVersion := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindStringSubmatch(read(t, "go.mod"))
	if goVersion == nil || !strings.Contains(dockerfile, "FROM golang:"+goVersion[1]) {
		t.Errorf("go.mod wants Go %v, the Dockerfile builds with another", goVersion)
	}
	node := regexp.MustCompile(`"node": ">=(\d+)`).FindStringSubmatch(read(t, "frontend/package.json"))
	if node == nil || !strings.Contains(dockerfile, "FROM node:"+node[1]) {
		t.Errorf("package.json wants Node.js %v, the Dockerfile builds with another", node)
	}
}

func TestMakeHelpListsEveryTarget(t *testing.T) {
	makeHelp := exec.Command("make", "--no-print-directory", "help")
	makeHelp.Dir = root
	help, err := makeHelp.Output()
	if err != nil {
		t.Fatal(err)
	}
	phony := regexp.MustCompile(`(?m)^\.PHONY: (\S+)$`).FindAllStringSubmatch(read(t, "Makefile"), -1)
	if len(phony) < 10 {
		t.Fatalf("found %d targets only", len(phony))
	}
	for _, target := range phony {
		if !regexp.MustCompile(`(?m)^  ` + target[1] + ` +\S`).Match(help) {
			t.Errorf("make help says nothing of %s:\n%s", target[1], help)
		}
	}
}

func TestScriptsCanBeRun(t *testing.T) {
	scripts, err := filepath.Glob(filepath.Join(root, "scripts", "*.sh"))
	if err != nil || len(scripts) == 0 {
		t.Fatalf("%v, %v", scripts, err)
	}
	for _, name := range append(scripts, filepath.Join(root, ".ci/run")) {
		info, err := os.Stat(name)
		if err != nil {
			t.Error(err)
			continue
		}
		if info.Mode()&0o111 == 0 {
			t.Errorf("%s is not executable", name)
		}
		if out, err := exec.Command("sh", "-n", name).CombinedOutput(); err != nil {
			t.Errorf("%s: %s", name, out)
		}
	}
	if !strings.Contains(read(t, ".ci/run"), "exec make test") {
		t.Error(".ci/run is not make test")
	}
}
