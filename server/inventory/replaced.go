package inventory

import (
	"encoding/json"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/deviceevent"
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
