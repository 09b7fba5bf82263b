package graph

import (
	"github.com/guardmdm/guardmdm/graph/model"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/store"
)

// faults are the codes that belong into top-level errors: authentication, limits and our own failures. All others are what
// the caller can mend.
var faults = map[apperr.Code]bool{
	apperr.Unauthenticated: true, apperr.Forbidden: true, apperr.RateLimited: true, apperr.LimitExceeded: true,
	apperr.Unavailable: true, apperr.Internal: true,
}

// outcome splits the error of a mutation into the two channels of the API: what the caller can mend, and what is a fault. The
// first return is never nil, as the payloads promise a list.
func outcome(err error) ([]*model.UserError, error) {
	err = store.MapError(err)
	e := apperr.As(err)
	if err != nil && (e == nil || faults[e.Code]) {
		return nil, err
	}
	userErrors := []*model.UserError{}
	for _, e := range apperr.All(err) {
		userErrors = append(userErrors, userError(e))
	}
	return userErrors, nil
}

func userError(e *apperr.Error) *model.UserError {
	return &model.UserError{Field: e.Field, Message: e.Message, Hint: optional(e.Hint), Code: string(e.Code)}
}

// optional is nil for an empty text.
func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
