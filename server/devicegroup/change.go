package devicegroup

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect/sql"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/devicegroup"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/predicate"
	"github.com/guardmdm/guardmdm/server/apperr"
)

// examples is how many devices are shown of those that would join or leave a group.
const examples = 10

// Difference are devices that would join a group, or leave it.
type Difference struct {
	Count
	Examples []*ent.Device // the first of them
}

// RuleChange says which devices would join and leave a group if it had another rule. Nothing is stored. Errors: NotFound; Conflict for a group
// without a rule; BadUserInput.
func (s *Service) RuleChange(ctx context.Context, group gid.ID, rule Rule) (joining, leaving Difference, err error) {
	g, err := s.store.Reader().DeviceGroup.Query().Where(devicegroup.ID(group)).Only(ctx)
	switch {
	case ent.IsNotFound(err):
		return joining, leaving, apperr.Wrap(err, apperr.NotFound, "There is no device group %s.", group).WithHint("Take the identifier from deviceGroups.").WithField("deviceGroupId")
	case err != nil:
		return joining, leaving, err
	case !HasRule(g):
		return joining, leaving, apperr.New(apperr.Conflict, "The group %q has no rule: its devices are put into it one by one.", g.Name).WithField("deviceGroupId")
	}
	next, err := Match(rule)
	if err != nil {
		return joining, leaving, err
	}
	was := InGroup(g)
	if joining, err = s.difference(ctx, device.And(next, device.Not(was))); err != nil {
		return joining, leaving, err
	}
	leaving, err = s.difference(ctx, device.And(was, device.Not(next)))
	return joining, leaving, err
}

func (s *Service) difference(ctx context.Context, which predicate.Device) (d Difference, err error) {
	if d.Count, err = s.count(ctx, which, false, quick); err != nil || d.Devices == 0 && d.Exact {
		return d, err
	}
	limited, cancel := context.WithTimeout(ctx, patient)
	defer cancel()
	d.Examples, err = s.store.Reader().Device.Query().Where(which, device.RemovedAtIsNil()).Order(device.ByID(sql.OrderAsc())).Limit(examples).All(limited)
	if err != nil {
		return d, fmt.Errorf("reading examples: %w", err)
	}
	return d, nil
}
