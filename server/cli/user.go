package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/server/app"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/config"
	"github.com/guardmdm/guardmdm/server/people"
)

type users struct {
	Create        userCreate        `cmd:"" help:"Add a person, and print the one-time link by which they choose a password."`
	ResetPassword userResetPassword `cmd:"" name:"reset-password" help:"Let a person choose a new password by a one-time link; their sessions end."`
}

// peopleAtHand is what both commands need. They work beside a running server.
type peopleAtHand struct {
	PasswordStdin   bool `name:"password-stdin" env:"GUARDMDM_USER_PASSWORD_STDIN" help:"Set the password that is the first line of standard input, and make no link."`
	address         `embed:""`
	config.Database `embed:""`
	config.Log      `embed:""`
}

// do calls f with the people and with the password from in, "" without --password-stdin.
func (p *peopleAtHand) do(ctx context.Context, in io.Reader, f func(ctx context.Context, service *people.Service, password string) error) (err error) {
	p.Defaults()
	var password string
	if p.PasswordStdin {
		if password, err = readLine(in); err != nil {
			return err
		}
	}
	service, closeAll, err := app.OpenPeople(ctx, p.Database, clockwork.NewRealClock(), p.Logger())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeAll()) }()
	return f(auth.Console(ctx), service, password)
}

// tell prints how the person gets in: by the link, or for linkPath "" by the password that was set.
func (p *peopleAtHand) tell(out io.Writer, email, linkPath string) error {
	if linkPath == "" {
		_, err := fmt.Fprintf(out, "%s can sign in with this password.\n", email)
		return err
	}
	url, err := p.url("localhost")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, `%s chooses a password by this link. It works once, for 7 days:

  %s%s

The same path works at the address that people use.
`, email, url, linkPath)
	return err
}

func readLine(in io.Reader) (string, error) {
	line, err := bufio.NewReader(io.LimitReader(in, 4<<10)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("reading the password from standard input: %w", err)
	}
	if line = strings.TrimRight(line, "\r\n"); line == "" {
		return "", errors.New("standard input has no password")
	}
	return line, nil
}

type userCreate struct {
	Email        string `required:"" env:"GUARDMDM_USER_EMAIL" help:"Email address: the sign-in name."`
	Name         string `required:"" env:"GUARDMDM_USER_NAME" help:"Name shown to others."`
	Role         string `required:"" env:"GUARDMDM_USER_ROLE" enum:"admin,operator,viewer" help:"What the person may do: admin, operator or viewer."`
	peopleAtHand `embed:""`
}

// Run implements the command.
func (c *userCreate) Run(ctx context.Context, in io.Reader, out io.Writer) error {
	r, err := role.Parse(c.Role)
	if err != nil {
		return err
	}
	return c.do(ctx, in, func(ctx context.Context, service *people.Service, password string) error {
		if password != "" {
			u, err := service.AddWithPassword(ctx, c.Email, c.Name, r, password)
			if err != nil {
				return err
			}
			return c.tell(out, u.Email, "")
		}
		u, linkPath, err := service.Add(ctx, c.Email, c.Name, r)
		if err != nil {
			return err
		}
		return c.tell(out, u.Email, linkPath)
	})
}

type userResetPassword struct {
	Email        string `arg:"" help:"Email address of the person."`
	Enable       bool   `env:"GUARDMDM_USER_ENABLE" help:"Also allow a person to sign in who may not."`
	peopleAtHand `embed:""`
}

// Run implements the command.
func (c *userResetPassword) Run(ctx context.Context, in io.Reader, out io.Writer) error {
	return c.do(ctx, in, func(ctx context.Context, service *people.Service, password string) error {
		linkPath, err := service.Recover(ctx, people.Recovery{Email: c.Email, Password: password, Enable: c.Enable})
		if err != nil {
			return err
		}
		return c.tell(out, c.Email, linkPath)
	})
}
