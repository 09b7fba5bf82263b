package pgtemp

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"
)

const (
	startTimeout = time.Minute
	stopTimeout  = 10 * time.Second
)

// daemon is a program that runs in a directory of its own, and goes with it.
type daemon struct {
	dir   string
	cmd   *exec.Cmd
	log   *os.File // our end of the pipe that is its standard error
	tail  tail
	quit  syscall.Signal
	ready chan struct{} // closed when it accepts connections
	ended chan struct{} // closed when the process and the reading of its log ended
	stop  *sync.Once
}

func newDaemon(dir string) daemon {
	return daemon{dir: dir, ready: make(chan struct{}), ended: make(chan struct{}), stop: &sync.Once{}, tail: tail{mu: &sync.Mutex{}}}
}

// Stop ends the program and removes its data. Further calls do nothing.
func (d *daemon) Stop() error {
	var err error
	d.stop.Do(func() {
		_ = d.cmd.Process.Signal(d.quit)
		select {
		case <-d.ended:
		case <-time.After(stopTimeout):
			_ = d.cmd.Process.Kill()
			<-d.ended
		}
		err = os.RemoveAll(d.dir)
	})
	return err
}

// serve starts the program and waits until its log says that it is ready.
func (d *daemon) serve(user *syscall.Credential, quit syscall.Signal, ready, program string, args ...string) error {
	d.quit = quit
	d.cmd = d.command(user, program, args...)
	name := filepath.Base(program)
	began := make(chan error)
	go d.run(began, ready)
	if err := <-began; err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	select {
	case <-d.ready:
		return nil
	case <-d.ended:
		return fmt.Errorf("%s ended at its start:\n%s", name, d.tail.String())
	case <-time.After(startTimeout):
		return errors.Join(fmt.Errorf("%s was not ready after %s:\n%s", name, startTimeout, d.tail.String()), d.Stop())
	}
}

func (d *daemon) command(user *syscall.Credential, name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir = d.dir                                             // the account may not be allowed to enter our own
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C"} // no PG* variables, English messages
	cmd.SysProcAttr = processAttributes(user)
	return cmd
}

// run keeps its thread for as long as the program lives: the kernel sends the parent-death signal when the thread that
// started the child ends, not the process.
func (d *daemon) run(began chan<- error, ready string) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	defer close(d.ended)
	r, w, err := os.Pipe()
	if err != nil {
		began <- err
		return
	}
	defer r.Close()
	d.log, d.cmd.Stderr = r, w
	err = d.cmd.Start()
	w.Close()
	began <- err
	if err != nil {
		return
	}
	watched := make(chan struct{})
	go d.watch(watched, ready)
	_ = d.cmd.Wait()
	<-watched
}

// watch reads the log until the last process of the program closed it.
func (d *daemon) watch(done chan<- struct{}, ready string) {
	defer close(done)
	isReady := false
	lines := bufio.NewScanner(d.log)
	for lines.Scan() {
		d.tail.add(lines.Text())
		if !isReady && strings.Contains(lines.Text(), ready) {
			isReady = true
			close(d.ready)
		}
	}
	_, _ = io.Copy(io.Discard, d.log) // after a line too long for the scanner
}

// tail keeps the last lines of a log.
type tail struct {
	mu    *sync.Mutex
	lines []string
}

func (l *tail) add(line string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.lines = append(l.lines, line); len(l.lines) > 20 {
		l.lines = l.lines[1:]
	}
}

func (l *tail) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Join(l.lines, "\n")
}
