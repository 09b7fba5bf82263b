package graph

import (
	"github.com/guardmdm/guardmdm/graph/model"
	"github.com/guardmdm/guardmdm/server/auth"
)

func viewerOf(c auth.Caller) *model.Viewer {
	viewer := &model.Viewer{Kind: c.Kind, Name: c.Name, Role: c.Role}
	if c.ID != 0 {
		viewer.ID = &c.ID
	}
	if c.Email != "" {
		viewer.Email = &c.Email
	}
	if !c.SessionEnds.IsZero() {
		viewer.SessionExpiresAt = &c.SessionEnds
	}
	return viewer
}
