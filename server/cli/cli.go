// Package cli is the command line: each command reads its flags and calls one package.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/config"
)

// Build says what the program was built from.
type Build struct{ Version, Commit string }

// commands is the command line as kong reads it.
type commands struct {
	Serve    serve     `cmd:"" help:"Run the server, against Apple's real service unless told otherwise."`
	Demo     demoCmd   `cmd:"" help:"Show the whole product: server and simulated ABM in one process, with new data."`
	Simulate simulate  `cmd:"" help:"Run a simulation alone, for tests of any client."`
	Migrate  migrate   `cmd:"" help:"Bring the database schema up to date (serve does it too)."`
	User     users     `cmd:"" help:"People, without a browser."`
	APIToken apiToken  `cmd:"" name:"api-token" help:"API tokens, without a browser."`
	Health   health    `cmd:"" help:"Ask a running server whether it is ready; exit status 1 if not. For container health checks."`
	Doctor   doctorCmd `cmd:"" help:"Check configuration, database, clock, the way to Apple, tokens, certificates and disk: cause and cure, exit status 1 on any failure. Changes nothing."`
	Version  version   `cmd:"" help:"Print version, commit and Go version."`
}

// Run carries out the command line and tells the exit status: 0 done, 1 failed, 2 not understood.
func Run(ctx context.Context, build Build, args, environ []string, stdin io.Reader, stdout, stderr io.Writer) int {
	var c commands
	exited := -1
	parser, err := kong.New(&c,
		kong.Name("guardmdm"),
		kong.Description("GuardMDM connects Apple Business Manager to the organization's devices."),
		kong.Writers(stdout, stderr),
		kong.Exit(func(code int) { exited = code }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.BindTo(stdin, (*io.Reader)(nil)),
		kong.BindTo(stdout, (*io.Writer)(nil)),
		kong.Bind(build),
	)
	if err != nil {
		fmt.Fprintln(stderr, "guardmdm:", err)
		return 2
	}
	parsed, err := parser.Parse(args)
	if exited >= 0 { // --help, which tells the variables, too
		return exited
	}
	if unknown := config.CheckEnvironment(environ, variables(reflect.TypeOf(c))); unknown != nil {
		fmt.Fprintln(stderr, "guardmdm:", unknown)
		return 2
	}
	if err != nil {
		fmt.Fprintln(stderr, "guardmdm:", err)
		fmt.Fprintln(stderr, "See: guardmdm --help")
		return 2
	}
	if err := parsed.Run(); err != nil && !errors.Is(err, context.Canceled) {
		fmt.Fprintln(stderr, "guardmdm:", explain(err))
		return 1
	}
	return 0
}

// explain shows an error with what to do about it.
func explain(err error) string {
	e := apperr.As(err)
	switch {
	case e == nil:
		return err.Error()
	case e.Hint != "":
		return e.Message + "\n" + e.Hint
	}
	return e.Message
}

// variables are the environment variables that the flags of the commands read.
func variables(t reflect.Type) []string {
	var names []string
	for i := range t.NumField() {
		f := t.Field(i)
		if name, ok := f.Tag.Lookup("env"); ok {
			names = append(names, strings.Split(name, ",")...)
		}
		if f.Type.Kind() == reflect.Struct {
			names = append(names, variables(f.Type)...)
		}
	}
	return names
}

// Main is the program.
func Main(ctx context.Context, build Build) int {
	return Run(ctx, build, os.Args[1:], os.Environ(), os.Stdin, os.Stdout, os.Stderr)
}
