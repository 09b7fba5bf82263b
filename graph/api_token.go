package graph

import (
	"time"

	"github.com/guardmdm/guardmdm/graph/model"
)

// expiry is when a new token stops working; zero for never.
func expiry(input model.CreateAPITokenInput) time.Time {
	if at, _ := input.ExpiresAt.ValueOK(); at != nil {
		return *at
	}
	return time.Time{}
}
