package inventory

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"entgo.io/ent/dialect/sql"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/store"
)

// An index by token and serial number would cost a first sync a quarter. What is kept in its place is how the serial numbers of a token's devices
// begin, of which there are some hundred ways: a list by serial number then begins where there are any, and not with all devices of other tokens before.

// anywhere stands for serial numbers that do not begin with two letters or digits: how others compare with them is the database's affair.
const anywhere = "*"

// beginnings are how serial numbers begin.
type beginnings map[string]bool

func (b beginnings) add(serial string) {
	for i := range 2 {
		if i >= len(serial) || !('A' <= serial[i] && serial[i] <= 'Z' || '0' <= serial[i] && serial[i] <= '9') {
			b[anywhere] = true
			return
		}
	}
	b[serial[:2]] = true
}

// write adds them to what is known of the token inside tx. None is ever taken away but by a recount.
func (b beginnings) write(ctx context.Context, tx *store.Tx, token gid.ID) error {
	if len(b) == 0 {
		return nil
	}
	known, err := tx.ABMToken.Query().Where(abmtoken.ID(token)).Select(abmtoken.FieldSerialBeginnings).String(ctx)
	if err != nil {
		return fmt.Errorf("reading how serial numbers begin: %w", err)
	}
	all := beginnings{}
	for begin := range strings.FieldsSeq(known) {
		all[begin] = true
	}
	before := len(all)
	maps.Copy(all, b)
	if len(all) == before {
		return nil
	}
	return all.store(ctx, tx, token)
}

func (b beginnings) store(ctx context.Context, tx *store.Tx, token gid.ID) error {
	err := tx.ABMToken.UpdateOneID(token).SetSerialBeginnings(strings.Join(slices.Sorted(maps.Keys(b)), " ")).Exec(ctx)
	if err != nil {
		return fmt.Errorf("keeping how serial numbers begin: %w", err)
	}
	return nil
}

// recountBeginnings finds them anew.
func recountBeginnings(ctx context.Context, tx *store.Tx, token gid.ID) error {
	rows, err := tx.QueryContext(ctx, "SELECT DISTINCT substr(serial_number, 1, 2) FROM devices WHERE abm_token_id = $1", int64(token))
	if err != nil {
		return fmt.Errorf("finding how serial numbers begin: %w", err)
	}
	defer rows.Close()
	var begin []string
	if err := sql.ScanSlice(rows, &begin); err != nil {
		return fmt.Errorf("finding how serial numbers begin: %w", err)
	}
	found := beginnings{}
	for _, serial := range begin {
		found.add(serial)
	}
	return found.store(ctx, tx, token)
}

// Beginnings are how the serial numbers of the tokens' devices begin, sorted; known is false where that says nothing.
func Beginnings(ctx context.Context, client *ent.Client, tokens []gid.ID) (begin []string, known bool, err error) {
	kept, err := client.ABMToken.Query().Where(abmtoken.IDIn(tokens...)).Select(abmtoken.FieldSerialBeginnings).Strings(ctx)
	if err != nil {
		return nil, false, fmt.Errorf("reading how serial numbers begin: %w", err)
	}
	for _, of := range kept {
		begin = append(begin, strings.Fields(of)...)
	}
	slices.Sort(begin)
	return slices.Compact(begin), !slices.Contains(begin, anywhere), nil
}
