package pgtemp_test

import (
	"bufio"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	_ "github.com/lib/pq"
	"go.uber.org/goleak"

	"github.com/guardmdm/guardmdm/test/dbtest/pgtemp"
)

// childEnv makes this test binary start a server, print its URL and wait to be killed.
const childEnv = "PGTEMP_TEST_CHILD"

func TestMain(m *testing.M) {
	if os.Getenv(childEnv) != "" {
		srv, err := pgtemp.Start()
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		fmt.Println(srv.URL("postgres"))
		select {}
	}
	goleak.VerifyTestMain(m)
}

func TestServerServesAndLeavesNothingBehind(t *testing.T) {
	srv, err := pgtemp.Start()
	if err != nil {
		t.Fatal(err)
	}
	if err := query(srv.URL("postgres")); err != nil {
		t.Errorf("query: %v", err)
	}
	if err := srv.Stop(); err != nil {
		t.Errorf("Stop: %v", err)
	}
	if err := srv.Stop(); err != nil {
		t.Errorf("second Stop: %v", err)
	}
	if err := query(srv.URL("postgres")); err == nil {
		t.Error("the server still answers after Stop")
	}
}

func TestServerDiesWithTheProcessThatIsKilled(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	child := exec.Command(self)
	child.Env = append(os.Environ(), childEnv+"=1", "TMPDIR="+t.TempDir())
	if err := os.Chmod(filepath.Dir(t.TempDir()), 0o755); err != nil { // the server's account has to pass
		t.Fatal(err)
	}
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		_ = child.Wait()
		t.Fatal("the child printed no URL")
	}
	url := lines.Text()
	if err := query(url); err != nil {
		t.Errorf("query: %v", err)
	}
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = child.Wait()
	for deadline := time.Now().Add(10 * time.Second); query(url) == nil; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the server outlived its parent")
		}
	}
}

func query(url string) error {
	db, err := sql.Open("postgres", url)
	if err != nil {
		return err
	}
	defer db.Close()
	return db.Ping()
}
