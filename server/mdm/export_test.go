package mdm

// CheckPlist is what stands before the library that reads property lists.
func CheckPlist(b []byte) error { return checkPlist(b) }
