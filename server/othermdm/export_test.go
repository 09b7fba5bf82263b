package othermdm

import (
	"context"

	"github.com/guardmdm/guardmdm/ent"
)

// Keep reads an event that is believed.
func (s *Service) Keep(ctx context.Context, m *ent.OtherMDM, body []byte) error {
	return s.keep(ctx, m, body, new(string))
}
