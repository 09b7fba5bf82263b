package adeprofile

import (
	"strings"

	"github.com/guardmdm/guardmdm/ent/device"
)

// Pane is a screen of Setup Assistant that a profile can skip.
type Pane struct {
	Key          string // Apple's, in `skip_setup_items`
	Title        string
	Description  string // what it asks, or what skipping it brings
	Availability []Availability
}

// Availability says where a pane exists. Versions are Apple's, such as "17.1".
type Availability struct {
	Platform           device.Platform // iPadOS is as iOS
	Since              string
	DeprecatedSince    string // "": it is not deprecated
	RemovedIn          string // "": all versions since have it
	NotAlwaysSkippable bool   // it may be shown before the device has the profile
}

// On is where the pane exists on a platform.
func (p Pane) On(platform device.Platform) (Availability, bool) {
	if platform == device.PlatformIPadOS {
		platform = device.PlatformIOS
	}
	for _, a := range p.Availability {
		if a.Platform == platform {
			return a, true
		}
	}
	return Availability{}, false
}

// Panes are those of Apple's schema of August 2026, by title. Devices of coming versions know others: profiles may name any key.
func Panes() []Pane { return paneTable }

// PaneOf finds a pane by its key.
func PaneOf(key string) (Pane, bool) {
	for _, p := range paneTable {
		if p.Key == key {
			return p, true
		}
	}
	return Pane{}, false
}

// almost finds the pane whose key somebody misspelt in upper and lower case, which Apple tells apart.
func almost(key string) (string, bool) {
	for _, p := range paneTable {
		if strings.EqualFold(p.Key, key) {
			return p.Key, true
		}
	}
	return "", false
}

// Notations of the table below.
func on(platform device.Platform, since string) Availability {
	return Availability{Platform: platform, Since: since}
}
func ios(since string) Availability    { return on(device.PlatformIOS, since) }
func mac(since string) Availability    { return on(device.PlatformMacOS, since) }
func tv(since string) Availability     { return on(device.PlatformTvOS, since) }
func vision(since string) Availability { return on(device.PlatformVisionOS, since) }

func (a Availability) deprecated(version string) Availability { a.DeprecatedSince = version; return a }
func (a Availability) removed(version string) Availability    { a.RemovedIn = version; return a }
func (a Availability) maybeShown() Availability               { a.NotAlwaysSkippable = true; return a }

func pane(key, title, description string, where ...Availability) Pane {
	return Pane{Key: key, Title: title, Description: description, Availability: where}
}

// paneTable is protocol reference 4.3; testdata has a copy that the test compares it with.
var paneTable = []Pane{
	pane("Accessibility", "Accessibility", "Accessibility options, shown while further users of a Mac are set up.", mac("11.0").maybeShown()),
	pane("AccessibilityAppearance", "Accessibility appearance", "Display options such as bold or larger text.", ios("17.0")),
	pane("ActionButton", "Action button", "Chooses what the Action button does.", ios("17.0")),
	pane("Diagnostics", "App analytics", "Asks whether analytics are shared with developers.", ios("7.0"), mac("10.9"), tv("10.2"), vision("26.0")),
	pane("AppStore", "App Store", "Explains the App Store.", ios("14.3"), mac("11.1")),
	pane("Appearance", "Appearance", "Chooses light or dark mode.", ios("13.0"), mac("10.14")),
	pane("AppleID", "Apple Account", "Asks to sign in with an Apple Account.", ios("7.0"), mac("10.9"), tv("10.2"), vision("26.0")),
	pane("Intelligence", "Apple Intelligence", "Offers Apple Intelligence.", ios("18.0"), mac("15.0"), vision("26.0")),
	pane("Payment", "Apple Pay", "Sets up Apple Pay.", ios("8.1"), mac("10.12.4"), vision("26.0")),
	pane("CameraButton", "Camera Control", "Explains the Camera Control.", ios("18.0")),
	pane("SIMSetup", "Cellular setup", "Sets up a cellular plan. Skipping it prevents the automatic setup of an eSIM.", ios("12.0")),
	pane("DeviceToDeviceMigration", "Device-to-device migration", "Offers to transfer data directly from another device.", ios("12.4")),
	pane("SpokenLanguage", "Dictation language", "Chooses the language of dictation.", ios("13.0").maybeShown()),
	pane("Zoom", "Display Zoom", "Chooses how large things are shown.", ios("8.3").deprecated("17"), vision("26.0")),
	pane("FileVault", "FileVault", "Asks whether the disk is encrypted with FileVault.", mac("10.10")),
	pane("Welcome", "Get Started", "Greets the user.", ios("13.0"), mac("15.0"), vision("26.0")),
	pane("HomeButtonSensitivity", "Home button", "Sets how firmly the home button is pressed.", ios("10.0").deprecated("15")),
	pane("TVHomeScreenSync", "Home screen sync", "Asks whether the home screen is the same on all Apple TVs.", tv("11.0")),
	pane("iCloudDiagnostics", "iCloud analytics", "Asks whether iCloud analytics are shared.", mac("10.12.4")),
	pane("iCloudStorage", "iCloud Documents and Desktop", "Asks whether Documents and Desktop are kept in iCloud.", mac("10.13.4")),
	pane("iMessageAndFaceTime", "iMessage and FaceTime", "Sets up iMessage and FaceTime.", ios("12.0")),
	pane("MessagingActivationUsingPhoneNumber", "iMessage by phone number", "Activates iMessage with the phone number.", ios("10.0")),
	pane("Keyboard", "Keyboard", "Chooses the keyboard.", ios("13.0").maybeShown()),
	pane("LiquidGlass", "Liquid Glass", "Chooses how clear Liquid Glass looks.", ios("27.0"), mac("27.0")),
	pane("Location", "Location Services", "Asks for Location Services; skipped, they stay off.", ios("7.0"), mac("10.11"), tv("10.2"), vision("26.0")),
	pane("EnableLockdownMode", "Lockdown Mode", "Offers Lockdown Mode, when an Apple Account is set up.", ios("17.1"), mac("14.0")),
	pane("Android", "Move from Android", `Takes "Move from Android" away from the Restore pane, when that is shown.`, ios("9.0")),
	pane("Multitasking", "Multitasking", "Chooses how several apps share the screen.", ios("26.0")),
	pane("OnBoarding", "Onboarding", "Explains how the device is used.", ios("11.0").deprecated("14")),
	pane("Passcode", "Passcode", "Asks for a passcode.", ios("7.0"), mac("10.9"), vision("26.0")),
	pane("Privacy", "Privacy", "Explains how Apple handles data.", ios("11.3"), mac("10.13.4"), tv("11.3"), vision("26.0")),
	pane("Restore", "Restore and transfer", "Offers to restore a backup or to transfer data from another device.", ios("7.0"), mac("10.9")),
	pane("RestoreCompleted", "Restore completed", "Says that the restore is complete.", ios("14.0")),
	pane("TVRoom", "Room", "Asks which room the Apple TV is in.", tv("11.4")),
	pane("Safety", "Safety", "Explains Emergency SOS and other safety features.", ios("16.0")),
	pane("SafetyAndHandling", "Safety and handling", "Shows how the device is handled safely.", ios("18.4").maybeShown()),
	pane("ScreenSaver", "Screen saver", "Offers the aerial screen savers.", tv("10.2")),
	pane("ScreenTime", "Screen Time", "Sets up Screen Time.", ios("12.0"), mac("10.15"), vision("26.0")),
	pane("Siri", "Siri", "Offers Siri.", ios("7.0"), mac("10.12"), tv("10.2"), vision("26.0")),
	pane("SoftwareUpdate", "Software update", "Offers, or requires, a software update.", ios("12.0"), mac("15.4"), vision("26.0")),
	pane("TapToSetup", "Tap to Setup", "Offers to set the Apple TV up with an iPhone.", tv("10.2").maybeShown()),
	pane("TOS", "Terms and conditions", "Asks to agree to the terms and conditions.", ios("7.0"), mac("10.9"), tv("10.2"), vision("26.0")),
	pane("TermsOfAddress", "Terms of address", "Asks how the user is to be addressed.", ios("16.0").maybeShown(), mac("13.0").maybeShown()),
	pane("Tips", "Tips", "Shows tips.", vision("26.0")),
	pane("Biometric", "Touch ID, Face ID, Optic ID", "Sets up recognition of a finger, the face or the eyes.", ios("8.1"), mac("10.12.4"), vision("26.0")),
	pane("DisplayTone", "True Tone", "Asks whether the display adapts its colors to the light around.", ios("9.3.2").deprecated("15"), mac("10.13.6").deprecated("12")),
	pane("TVProviderSignIn", "TV provider", "Asks to sign in with a TV provider.", tv("11.0")),
	pane("UnlockWithWatch", "Unlock with Apple Watch", "Offers to unlock the Mac with an Apple Watch.", mac("15.0")),
	pane("UpdateCompleted", "Update completed", "Says that the software update is complete.", ios("14.0"), mac("26.1")),
	pane("Wallpaper", "Wallpaper", "Chooses the wallpaper.", mac("14.1").removed("26.0")),
	pane("WatchMigration", "Watch migration", "Offers to pair the Apple Watch of the former iPhone.", ios("11.0")),
	pane("WebContentFiltering", "Web content filter", "Offers to filter web content.", ios("18.2").removed("26.1")),
	pane("OSShowcase", "What's new", "Shows what is new in the operating system.", ios("26.0"), mac("26.1")),
}
