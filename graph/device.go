package graph

import (
	"github.com/guardmdm/guardmdm/ent/predicate"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/devicegroup"
)

// serial is a serial number as it is stored.
func serial(s string) string { return devicegroup.Serial(s) }

func serialPrefix(prefix string) (predicate.Device, error) {
	prefix = serial(prefix)
	if !devicegroup.IsSerial(prefix) {
		return nil, apperr.New(apperr.BadUserInput, "`serialNumberHasPrefix` takes 1 to 64 letters and digits.").WithField("where", "serialNumberHasPrefix")
	}
	return devicegroup.HasSerialPrefix(prefix), nil
}
