// Package proc runs the real program for tests: it builds it once, starts and kills its processes, and calls its API.
package proc

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// patience bounds everything that a test waits for: a machine can be busy.
const patience = time.Minute

// Program is the built program.
type Program struct{ path string }

// Build builds the program as `make build` does.
func Build(t testing.TB) Program {
	t.Helper()
	return BuildPackage(t, "github.com/guardmdm/guardmdm/server")
}

// BuildPackage builds another program of go.mod's.
func BuildPackage(t testing.TB, name string) Program {
	t.Helper()
	path := filepath.Join(t.TempDir(), "program")
	build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", path, name)
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := build.CombinedOutput()
	if err != nil {
		t.Fatalf("building: %v\n%s", err, out)
	}
	return Program{path}
}

// Path is the program's file, for tests that look at its exit status.
func (p Program) Path() string { return p.path }

// Process is a running program.
type Process struct {
	cmd  *exec.Cmd
	out  *tail
	done chan struct{}
}

// Start starts the program and waits for a line of its output that matches; it returns the first group of the match.
func (p Program) Start(t testing.TB, env []string, match string, args ...string) (*Process, string) {
	t.Helper()
	proc, found := p.launch(t, env, match, args)
	select {
	case text := <-found:
		return proc, text
	case <-proc.done:
		t.Fatalf("%v ended:\n%s", args, proc.Output())
	case <-time.After(patience):
		t.Fatalf("%v never said %q:\n%s", args, match, proc.Output())
	}
	return nil, ""
}

// Launch starts the program and waits for nothing.
func (p Program) Launch(t testing.TB, env []string, args ...string) *Process {
	t.Helper()
	proc, _ := p.launch(t, env, "^$", args)
	return proc
}

func (p Program) launch(t testing.TB, env []string, match string, args []string) (*Process, <-chan string) {
	t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(p.path, args...)
	cmd.Env = append(os.Environ(), env...)
	cmd.Stdout, cmd.Stderr = write, write
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = write.Close()
	proc := &Process{cmd: cmd, out: &tail{}, done: make(chan struct{})}
	found := make(chan string, 1)
	go func() {
		defer close(proc.done)
		defer read.Close()
		pattern := regexp.MustCompile(match)
		lines := bufio.NewScanner(read)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			proc.out.add(lines.Text())
			if m := pattern.FindStringSubmatch(lines.Text()); len(m) > 1 && len(found) == 0 {
				found <- m[1]
			}
		}
		_ = cmd.Wait()
	}()
	t.Cleanup(proc.Kill)
	return proc, found
}

// Run runs a command of the program to its end and gives its standard output.
func (p Program) Run(t testing.TB, env []string, args ...string) string {
	t.Helper()
	cmd := exec.Command(p.path, args...)
	cmd.Env = append(os.Environ(), env...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s", args, err, stderr.String())
	}
	return strings.TrimSpace(string(out))
}

// Kill ends the process as kill -9 does, and waits until it is gone.
func (p *Process) Kill() {
	_ = p.cmd.Process.Kill()
	<-p.done
}

// Stop asks the process to end and waits until it has.
func (p *Process) Stop() {
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	<-p.done
}

// Pause stops the process as SIGSTOP does; it learns nothing of the time until Resume.
func (p *Process) Pause() { _ = p.cmd.Process.Signal(syscall.SIGSTOP) }

// Resume lets a paused process go on.
func (p *Process) Resume() { _ = p.cmd.Process.Signal(syscall.SIGCONT) }

// Output is the end of what the process wrote.
func (p *Process) Output() string { return p.out.String() }

// PeakMemory is the most memory that the running process ever held, in bytes (VmHWM).
func (p *Process) PeakMemory(t testing.TB) int64 {
	t.Helper()
	var kb int64
	_, _ = fmt.Sscan(p.status(t, `VmHWM:\s+(\d+) kB`), &kb)
	return kb << 10
}

// Memory is what the running process holds now, in bytes (VmRSS).
func (p *Process) Memory(t testing.TB) int64 {
	t.Helper()
	var kb int64
	_, _ = fmt.Sscan(p.status(t, `VmRSS:\s+(\d+) kB`), &kb)
	return kb << 10
}

func (p *Process) status(t testing.TB, line string) string {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(line).FindSubmatch(status)
	if m == nil {
		t.Fatalf("no %s", line)
	}
	return string(m[1])
}

// CPU is the processor time that the running process has used.
func (p *Process) CPU(t testing.TB) time.Duration {
	t.Helper()
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(stat), ") ") // behind the name, which may hold anything
	fields := strings.Fields(after)
	var user, system int64
	_, _ = fmt.Sscan(fields[11]+" "+fields[12], &user, &system)
	return time.Duration(user+system) * 10 * time.Millisecond // USER_HZ is 100 everywhere
}

// Sockets is how many sockets the running process has open. Files are others: a pool opens those of a database when it needs them.
func (p *Process) Sockets(t testing.TB) (n int) {
	t.Helper()
	dir := fmt.Sprintf("/proc/%d/fd", p.cmd.Process.Pid)
	open, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range open {
		if target, _ := os.Readlink(filepath.Join(dir, f.Name())); strings.HasPrefix(target, "socket:") { // one may be closed by now
			n++
		}
	}
	return n
}

// CPUTime is what the running process has used of the processors, in user and kernel mode.
func (p *Process) CPUTime(t testing.TB) time.Duration {
	t.Helper()
	own, _, err := cpuTime(p.cmd.Process.Pid)
	if err != nil {
		t.Fatal(err)
	}
	return own
}

// PostgresCPUTime is what the PostgreSQL server that this process started, and all its children so far, have used of the
// processors; 0 if there is none.
func PostgresCPUTime(t testing.TB) (total time.Duration) {
	t.Helper()
	for _, server := range children(t, os.Getpid()) {
		if name, _ := os.ReadFile(fmt.Sprintf("/proc/%d/comm", server)); strings.TrimSpace(string(name)) != "postgres" {
			continue
		}
		own, ended, err := cpuTime(server)
		if err != nil {
			t.Fatal(err)
		}
		total += own + ended
		for _, backend := range children(t, server) {
			own, _, _ := cpuTime(backend) // one that ended meanwhile has no time of its own any more
			total += own
		}
	}
	return total
}

// children are the processes that pid started, by whichever of its threads.
func children(t testing.TB, pid int) (list []int) {
	t.Helper()
	files, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, _ := os.ReadFile(file) // a thread can have ended meanwhile
		for _, field := range strings.Fields(string(text)) {
			child, err := strconv.Atoi(field)
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, child)
		}
	}
	return list
}

// cpuTime is what a process used of the processors, and what its ended children did.
func cpuTime(pid int) (own, ended time.Duration, err error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, 0, err
	}
	// Behind the name, which may hold anything: state is the third field of proc(5), utime the fourteenth.
	fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
	if len(fields) < 15 {
		return 0, 0, fmt.Errorf("/proc/%d/stat has %d fields", pid, len(fields)+2)
	}
	var ticks [4]int64
	for i := range ticks {
		if ticks[i], err = strconv.ParseInt(fields[11+i], 10, 64); err != nil {
			return 0, 0, err
		}
	}
	const tick = time.Second / 100 // USER_HZ, which Linux has fixed for programs
	return time.Duration(ticks[0]+ticks[1]) * tick, time.Duration(ticks[2]+ticks[3]) * tick, nil
}

type tail struct {
	mu    sync.Mutex
	lines []string
}

func (t *tail) add(line string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.lines = append(t.lines, line); len(t.lines) > 200 {
		t.lines = t.lines[100:]
	}
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return strings.Join(t.lines, "\n")
}

// API calls a running server with an API token.
type API struct{ URL, Token string }

// Call sends a GraphQL operation and decodes its data. The error holds both error channels.
func (a API) Call(ctx context.Context, query string, variables map[string]any, data any) error {
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, a.URL+"/graphql", bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer "+a.Token)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	var answer struct {
		Data   json.RawMessage
		Errors json.RawMessage
	}
	if err := json.Unmarshal(text, &answer); err != nil {
		return fmt.Errorf("HTTP %d: %s", res.StatusCode, text)
	}
	if len(answer.Errors) > 0 {
		return errors.New(string(answer.Errors))
	}
	var payloads map[string]struct{ UserErrors []json.RawMessage }
	if json.Unmarshal(answer.Data, &payloads) == nil {
		for name, p := range payloads {
			if len(p.UserErrors) > 0 {
				return fmt.Errorf("%s: %s", name, p.UserErrors)
			}
		}
	}
	if data == nil {
		return nil
	}
	return json.Unmarshal(answer.Data, data)
}

// MustCall is Call for what has to succeed.
func (a API) MustCall(t testing.TB, query string, variables map[string]any, data any) {
	t.Helper()
	if err := a.Call(t.Context(), query, variables, data); err != nil {
		t.Fatal(err)
	}
}

// Connect walks the token exchange with an MDM server of the simulated ABM at simURL; it gives the ids of both.
func (a API) Connect(t testing.TB, simURL, name string) (token, server string) {
	t.Helper()
	var generated struct {
		GenerateABMToken struct {
			AbmToken       struct{ ID string }
			CertificatePEM string
		}
	}
	a.MustCall(t, `mutation($name: String!) { generateABMToken(input: {name: $name}) { abmToken { id } certificatePEM userErrors { message } } }`,
		map[string]any{"name": name}, &generated)
	var made struct{ ID string }
	Portal(t, simURL, "/servers", map[string]string{"name": name, "certificate": generated.GenerateABMToken.CertificatePEM}, &made)
	var file struct{ ContentBase64 string }
	Portal(t, simURL, "/servers/"+made.ID+"/token", nil, &file)
	token = generated.GenerateABMToken.AbmToken.ID
	a.MustCall(t, `mutation($id: ID!, $file: String!) { uploadABMServerToken(input: {abmTokenId: $id, contentBase64: $file}) { abmToken { state } userErrors { message hint } } }`,
		map[string]any{"id": token, "file": file.ContentBase64}, nil)
	return token, made.ID
}

// Renew walks the renewal of a token's server token, and stops where the server does not answer.
func (a API) Renew(t testing.TB, simURL, token, server string) error {
	t.Helper()
	var generated struct {
		GenerateABMToken struct{ CertificatePEM string }
	}
	if err := a.Call(t.Context(), `mutation($id: ID!) { generateABMToken(input: {abmTokenId: $id}) { certificatePEM userErrors { message } } }`,
		map[string]any{"id": token}, &generated); err != nil {
		return err
	}
	Portal(t, simURL, "/servers/"+server+"/certificate", map[string]string{"certificate": generated.GenerateABMToken.CertificatePEM}, nil)
	var file struct{ ContentBase64 string }
	Portal(t, simURL, "/servers/"+server+"/token", nil, &file)
	return a.Call(t.Context(), `mutation($id: ID!, $file: String!) { uploadABMServerToken(input: {abmTokenId: $id, contentBase64: $file, acceptChanges: true}) { abmToken { state } userErrors { message hint } } }`,
		map[string]any{"id": token, "file": file.ContentBase64}, nil)
}

// FreeAddress is one at which nobody listens.
func FreeAddress(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
