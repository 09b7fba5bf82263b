package mdm

import (
	"errors"

	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/plistguard"
)

// What a property list from a device may be. The largest answers, lists of installed apps, have some ten thousand elements and
// five levels.
const (
	maxDepth    = 32
	maxElements = 200_000
)

// checkPlist refuses what is no property list in XML, and what would cost more to read than messages of devices do.
func checkPlist(b []byte) error {
	switch err := plistguard.Check(b, plistguard.Limits{Depth: maxDepth, Elements: maxElements}); {
	case err == nil:
		return nil
	case errors.Is(err, plistguard.ErrEntities):
		return apperr.Wrap(err, TooComplex, "The message declares entities of its own.")
	case errors.Is(err, plistguard.ErrTooMuch):
		return apperr.Wrap(err, TooComplex, "The message has more than %d levels or %d elements.", maxDepth, maxElements)
	default:
		return apperr.Wrap(err, Malformed, "The message is no property list in XML, or ends within a tag.")
	}
}
