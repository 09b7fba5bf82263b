package inventory

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/deviceevent"
	"github.com/guardmdm/guardmdm/ent/devicenote"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/store"
)

// What an event about an exchanged device holds among its changes.
const (
	changeReplaces   = "replaces"   // serial number of the device that this one came for
	changeReplacedBy = "replacedBy" // serial number of the device that came for this one
)

// OtherDevice is the serial number of the other device of an event about an exchange; "" for other events.
func OtherDevice(e *ent.DeviceEvent) string {
	name := changeReplaces
	switch e.Kind {
	case deviceevent.KindReplaces:
	case deviceevent.KindReplacedBy:
		name = changeReplacedBy
	default:
		return ""
	}
	var changes map[string][2]any
	if json.Unmarshal(e.Changes, &changes) != nil {
		return ""
	}
	serial, _ := changes[name][1].(string)
	return serial
}

// Replacing gives devices of the token of which Apple is to be asked which device they replace, those first that wait longest.
func Replacing(ctx context.Context, db *store.Store, token gid.ID, now time.Time, limit int) ([]*ent.Device, error) {
	notes, err := db.Reader().DeviceNote.Query().Where(devicenote.KindEQ(devicenote.KindReplacement), devicenote.AtLTE(now),
		devicenote.HasDeviceWith(device.AbmTokenID(token), device.RemovedAtIsNil())).
		Order(devicenote.ByAt(), devicenote.ByDeviceID()).Limit(limit).WithDevice().All(ctx)
	if err != nil {
		return nil, fmt.Errorf("looking for devices that replace others: %w", err)
	}
	devices := make([]*ent.Device, len(notes))
	for i, n := range notes {
		devices[i] = n.Edges.Device
	}
	return devices, nil
}

// Replaced writes inside tx that a device came for the one with the original serial number: an event of each, with Apple's day of the exchange. An
// original that GuardMDM does not know has none. With "" for the original nothing is written, for Apple knows none.
func Replaced(ctx context.Context, tx *store.Tx, o Origin, d *ent.Device, original string, day, now time.Time) error {
	n, err := tx.DeviceNote.Delete().Where(devicenote.DeviceID(d.ID), devicenote.KindEQ(devicenote.KindReplacement)).Exec(ctx)
	if err != nil || n == 0 || original == "" { // somebody else wrote it meanwhile
		return err
	}
	write := func(of *ent.Device, kind deviceevent.Kind, name, other string) error {
		text, _ := json.Marshal(map[string][2]any{name: {nil, other}}) // texts always have a JSON form
		c := tx.DeviceEvent.Create().SetDeviceID(of.ID).SetAbmTokenID(of.AbmTokenID).SetKind(kind).SetAt(now).SetChanges(text)
		if o.Run != 0 {
			c.SetSyncRunID(o.Run)
		}
		if !day.IsZero() {
			c.SetAppleAt(day)
		}
		return c.Exec(ctx)
	}
	if err := write(d, deviceevent.KindReplaces, changeReplaces, original); err != nil {
		return fmt.Errorf("writing what a device replaces: %w", err)
	}
	was, err := tx.Device.Query().Where(device.SerialNumber(original)).Only(ctx)
	if err != nil {
		return ent.MaskNotFound(err)
	}
	if err := write(was, deviceevent.KindReplacedBy, changeReplacedBy, d.SerialNumber); err != nil {
		return fmt.Errorf("writing what replaced a device: %w", err)
	}
	return nil
}

// AskLater has Apple asked about a device's replacement at another time.
func AskLater(ctx context.Context, db *store.Store, d *ent.Device, at time.Time) error {
	return db.Ent().DeviceNote.Update().Where(devicenote.DeviceID(d.ID), devicenote.KindEQ(devicenote.KindReplacement)).SetAt(at).Exec(ctx)
}
