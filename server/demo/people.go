package demo

import (
	"context"
	"crypto/rand"
	"fmt"
	"math/big"
	"strings"

	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/server/people"
)

// cast are the people of the demo: one for each role.
var cast = [...]struct {
	email, name string
	role        role.Role
}{
	{"admin@demo.example", "Ana Ferreira", role.Admin},
	{"operator@demo.example", "Omar Haddad", role.Operator},
	{"viewer@demo.example", "Vera Lind", role.Viewer},
}

// addPeople adds the cast and gives the password that they share.
func addPeople(ctx context.Context, service *people.Service) (password string, err error) {
	password = readablePassword()
	for _, p := range cast {
		if _, err := service.AddWithPassword(ctx, p.email, p.name, p.role, password); err != nil {
			return "", err
		}
	}
	return password, nil
}

// readablePassword makes a random password that is easy to copy by eye, such as tabo-miru-keda-47. It has 44 bits: enough for one
// that guesses are limited for, and that lives as long as the demo.
func readablePassword() string {
	var password strings.Builder
	for range 3 {
		for range 2 {
			password.WriteByte("bdfghjklmnprstvz"[below(16)])
			password.WriteByte("aeiou"[below(5)])
		}
		password.WriteByte('-')
	}
	fmt.Fprintf(&password, "%02d", below(100))
	return password.String()
}

func below(n int64) int64 {
	i, _ := rand.Int(rand.Reader, big.NewInt(n)) // never fails (crypto/rand)
	return i.Int64()
}
