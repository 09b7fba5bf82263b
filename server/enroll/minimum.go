package enroll

import (
	"strconv"
	"strings"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/server/machineinfo"
)

// compareVersions compares versions such as "26.1" by their numbers; ok is false when one is none. What follows a space, such as "(a)" of a
// security response, does not count.
func compareVersions(a, b string) (order int, ok bool) {
	one, ok := numbers(a)
	other, fine := numbers(b)
	if !ok || !fine {
		return 0, false
	}
	for i := range max(len(one), len(other)) {
		x, y := 0, 0
		if i < len(one) {
			x = one[i]
		}
		if i < len(other) {
			y = other[i]
		}
		if x != y {
			if x < y {
				return -1, true
			}
			return 1, true
		}
	}
	return 0, true
}

func numbers(version string) (list []int, ok bool) {
	version, _, _ = strings.Cut(strings.TrimSpace(version), " ")
	for part := range strings.SplitSeq(version, ".") {
		n, err := strconv.Atoi(part)
		if err != nil || n < 0 || len(list) == 4 {
			return nil, false
		}
		list = append(list, n)
	}
	return list, true
}

// isBelow tells whether the device's system is surely older than the profile demands of its platform. Before iOS 17 and macOS 14 devices say their
// build alone, whose first number tells the major version.
func isBelow(p *ent.ADEProfile, d *ent.Device, info machineinfo.Info) (minimum string, below bool) {
	minimum = p.MinimumOs[string(d.Platform)]
	if minimum == "" {
		return "", false
	}
	if info.OSVersion != "" {
		order, ok := compareVersions(info.OSVersion, minimum)
		return minimum, ok && order < 0
	}
	major := majorOf(d.Platform, info.Build)
	want, ok := numbers(minimum)
	return minimum, ok && major > 0 && major < want[0]
}

// majorOf derives the major version from a build: 20F66 is iOS 16, 22A380 is macOS 13. 0: not known.
func majorOf(platform device.Platform, build string) int {
	end := 0
	for end < len(build) && build[end] >= '0' && build[end] <= '9' {
		end++
	}
	n, err := strconv.Atoi(build[:end])
	if err != nil {
		return 0
	}
	switch platform {
	case device.PlatformIOS, device.PlatformIPadOS, device.PlatformTvOS:
		return n - 4
	case device.PlatformMacOS:
		return n - 9
	}
	return 0
}
