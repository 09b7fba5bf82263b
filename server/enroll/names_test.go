package enroll_test

import (
	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/device"
)

type entRefusalCreate = ent.EnrollmentRefusalCreate

const platformIOS = device.PlatformIOS

var platformMac = device.PlatformEQ(device.PlatformMacOS)
