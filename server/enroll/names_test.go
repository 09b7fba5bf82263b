package enroll_test

import (
	"context"
	"testing"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/test/stack"
)

type entRefusalCreate = ent.EnrollmentRefusalCreate

const platformIOS = device.PlatformIOS

var platformMac = device.PlatformEQ(device.PlatformMacOS)

func admin(t testing.TB) context.Context { return stack.Admin(t) }
