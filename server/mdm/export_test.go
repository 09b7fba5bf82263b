package mdm

import "errors"

// CheckPlist is for tests.
var (
	CheckPlist = checkPlist
	ReadPlist  = readPlist
	PackIDs    = packIDs
	UnpackIDs  = unpackIDs
)

// Slice is how many devices get a command in a transaction.
const Slice = slice

// ReadFacts reads what the library leaves out of a message.
func ReadFacts(b []byte) error {
	_, err := factsOf(b)
	_, err2 := awaitingConfiguration(b)
	_, err3 := without(b, "UnlockToken")
	return errors.Join(err, err2, err3)
}
