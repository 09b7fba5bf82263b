// Command pgtemp runs a throw-away PostgreSQL server for tests that are no Go programs: it prints the URL of a new database
// for each line it reads, and ends with its input.
package main

import (
	"bufio"
	"database/sql"
	"errors"
	"fmt"
	"os"

	_ "github.com/lib/pq"

	"github.com/guardmdm/guardmdm/test/dbtest/pgtemp"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "pgtemp:", err)
		os.Exit(1)
	}
}

func run() (err error) {
	server, err := pgtemp.Start()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.Stop()) }()
	admin, err := sql.Open("postgres", server.URL("postgres"))
	if err != nil {
		return err
	}
	defer admin.Close()
	lines := bufio.NewScanner(os.Stdin)
	for n := 1; lines.Scan(); n++ {
		name := fmt.Sprintf("e2e_%d", n)
		if _, err := admin.Exec("CREATE DATABASE " + name); err != nil {
			return err
		}
		fmt.Println(server.URL(name))
	}
	return lines.Err()
}
