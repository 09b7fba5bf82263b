// Package refusal keeps what was refused to devices, wherever they asked: a row for each reason and serial number, and no more rows than Max, because
// anybody may ask.
package refusal

import (
	"context"
	"fmt"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/enrollmentrefusal"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/store"
)

const (
	// Max is how many rows are kept. The oldest go.
	Max = 10_000
	// forgotten is how many go at once at most.
	forgotten = 100
)

// Entry is what was refused. What it does not know stays as an earlier request said it.
type Entry struct {
	Code                                       apperr.Code
	SerialNumber                               string // "": one that cannot be believed
	Message, UDID, Product, OSVersion, Address string
	Count                                      int // how many requests it stands for
	At                                         time.Time
}

// Keep writes the entry down, in tx.
func Keep(ctx context.Context, tx *store.Tx, e Entry) error {
	at := e.At.UTC()
	update := tx.EnrollmentRefusal.Update().Where(enrollmentrefusal.Code(string(e.Code)), enrollmentrefusal.SerialNumber(e.SerialNumber)).
		AddCount(e.Count).SetMessage(e.Message).SetLastAt(at)
	for value, set := range map[*string]func(string) *ent.EnrollmentRefusalUpdate{
		&e.UDID: update.SetUdid, &e.Product: update.SetProduct, &e.OSVersion: update.SetOsVersion, &e.Address: update.SetAddress,
	} {
		if *value != "" {
			set(*value)
		}
	}
	n, err := update.Save(ctx)
	if err != nil || n > 0 {
		return err
	}
	err = tx.EnrollmentRefusal.Create().SetCode(string(e.Code)).SetSerialNumber(e.SerialNumber).SetCount(e.Count).SetMessage(e.Message).SetUdid(e.UDID).
		SetProduct(e.Product).SetOsVersion(e.OSVersion).SetAddress(e.Address).SetFirstAt(at).SetLastAt(at).
		OnConflictColumns(enrollmentrefusal.FieldCode, enrollmentrefusal.FieldSerialNumber).
		Update(func(u *ent.EnrollmentRefusalUpsert) { u.AddCount(e.Count).SetLastAt(at) }).Exec(ctx)
	if err != nil {
		return fmt.Errorf("keeping a refusal: %w", err)
	}
	return forget(ctx, tx)
}

// forget removes the oldest above the bound.
func forget(ctx context.Context, tx *store.Tx) error {
	old, err := tx.EnrollmentRefusal.Query().Order(enrollmentrefusal.ByLastAt(sql.OrderDesc()), enrollmentrefusal.ByID(sql.OrderDesc())).
		Offset(Max).Limit(forgotten).IDs(ctx)
	if err != nil || len(old) == 0 {
		return err
	}
	_, err = tx.EnrollmentRefusal.Delete().Where(enrollmentrefusal.IDIn(old...)).Exec(ctx)
	return err
}
