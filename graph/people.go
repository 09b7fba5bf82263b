package graph

import (
	"github.com/guardmdm/guardmdm/graph/model"
	"github.com/guardmdm/guardmdm/server/auth"
)

// signedIn is what the mutations that sign a browser in answer.
func signedIn(c auth.Caller, err error) (*model.Viewer, []*model.UserError, error) {
	userErrors, err := outcome(err)
	if err != nil || len(userErrors) > 0 {
		return nil, userErrors, err
	}
	return viewerOf(c), userErrors, nil
}
