package imports

// SetMaxRows changes how many rows a file may have.
func (x *Imports) SetMaxRows(n int) { x.maxRows = n }
