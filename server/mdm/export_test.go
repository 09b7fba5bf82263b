package mdm

// CheckPlist is for tests.
var (
	CheckPlist = checkPlist
	ReadPlist  = readPlist
	PackIDs    = packIDs
	UnpackIDs  = unpackIDs
)

// Slice is how many devices get a command in a transaction.
const Slice = slice
