// Package frontend carries the built dashboard.
package frontend

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
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

// Documents are the texts of the dashboard's operations, as its build wrote them; nil when it was not built. The name keeps the file from being
// served.
func Documents() ([]string, error) {
	content, err := dist.ReadFile("dist/.documents.json")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var texts []string
	if err := json.Unmarshal(content, &texts); err != nil {
		return nil, fmt.Errorf("the build's list of operations: %w", err)
	}
	return texts, nil
}
