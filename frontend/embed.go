// Package frontend carries the built dashboard.
package frontend

import (
	"embed"
	"io/fs"
)

// dist holds a .gitkeep alone until the front end is built, so that the program compiles without Node.js.
//
//go:embed all:dist
var dist embed.FS

// Dist is the build's output, with index.html at its root once it was built.
func Dist() (fs.FS, error) {
	return fs.Sub(dist, "dist")
}
