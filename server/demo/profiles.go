package demo

import (
	"context"

	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/server/adeprofile"
	"github.com/guardmdm/guardmdm/server/app"
)

// addProfile publishes a profile for iPhones and iPads and makes it their default. Macs and Apple TVs stay Unassigned: what to do about
// them is the user's to try.
func addProfile(ctx context.Context, guard *app.App) error {
	name := "iPhone and iPad standard"
	platforms := []device.Platform{device.PlatformIOS, device.PlatformIPadOS}
	profile, err := guard.Profiles.Create(ctx, adeprofile.Edit{Name: &name, Platforms: &platforms, Content: func(c *adeprofile.Content) {
		c.IsSupervised, c.IsMandatory, c.IsMDMRemovable, c.AwaitDeviceConfigured = true, true, false, true
		c.Department, c.SupportPhoneNumber = "Halden Schools IT", "+47 69 55 01 00"
		c.SkipSetupItems = []string{"AppleID", "Diagnostics", "Payment", "Restore", "Siri"}
	}})
	if err != nil {
		return err
	}
	_, _, err = guard.Assignments.SetDefault(ctx, device.PlatformIOS, profile.ID, 0)
	return err
}
