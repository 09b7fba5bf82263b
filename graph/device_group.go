package graph

import (
	"context"
	"errors"
	"slices"

	"entgo.io/contrib/entgql"
	"github.com/99designs/gqlgen/graphql"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/devicegroup"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/graph/model"
	"github.com/guardmdm/guardmdm/server/apperr"
	devicesets "github.com/guardmdm/guardmdm/server/devicegroup"
)

// ruleOf reads a rule.
func ruleOf(in *model.DeviceRuleInput) devicesets.Rule {
	r := devicesets.Rule{All: rulesOf(in.All), Any: rulesOf(in.Any), Values: in.Values.Value()}
	if not := in.Not.Value(); not != nil {
		inner := ruleOf(not)
		r.Not = &inner
	}
	if field := in.Field.Value(); field != nil {
		r.Field = devicesets.Field(*field)
	}
	if operator := in.Operator.Value(); operator != nil {
		r.Operator = devicesets.Operator(*operator)
	}
	return r
}

func rulesOf(in graphql.Omittable[[]*model.DeviceRuleInput]) []devicesets.Rule {
	if in.Value() == nil {
		return nil
	}
	rules := make([]devicesets.Rule, len(in.Value()))
	for i, rule := range in.Value() {
		rules[i] = ruleOf(rule)
	}
	return rules
}

// ruleModel writes a rule.
func ruleModel(r devicesets.Rule) *model.DeviceRule {
	m := &model.DeviceRule{All: ruleModels(r.All), Any: ruleModels(r.Any), Values: r.Values}
	if r.Not != nil {
		m.Not = ruleModel(*r.Not)
	}
	if r.Field != "" {
		field, operator := model.DeviceRuleField(r.Field), model.DeviceRuleOperator(r.Operator)
		m.Field, m.Operator = &field, &operator
	}
	return m
}

func ruleModels(rules []devicesets.Rule) []*model.DeviceRule {
	if rules == nil {
		return nil
	}
	models := make([]*model.DeviceRule, len(rules))
	for i, r := range rules {
		models[i] = ruleModel(r)
	}
	return models
}

func newGroup(in model.CreateDeviceGroupInput) devicesets.Input {
	group := devicesets.Input{Name: in.Name}
	if description := in.Description.Value(); description != nil {
		group.Description = *description
	}
	if rule := in.Rule.Value(); rule != nil {
		read := ruleOf(rule)
		group.Rule = &read
	}
	if profile := in.AdeProfileID.Value(); profile != nil {
		group.ADEProfileID = *profile
	}
	return group
}

func changedGroup(in model.UpdateDeviceGroupInput) (devicesets.Change, error) {
	c := devicesets.Change{Name: in.Name.Value(), Description: in.Description.Value(), Position: in.Position.Value()}
	if rule := in.Rule.Value(); rule != nil {
		read := ruleOf(rule)
		c.Rule = &read
	} else if in.Rule.IsSet() {
		return c, apperr.New(apperr.BadUserInput, "`rule` cannot be null: a group has a rule or has none for as long as it exists.").
			WithHint("Leave it out, or make a group without a rule.").WithField("rule")
	}
	if in.AdeProfileID.IsSet() {
		c.ADEProfileID = new(gid.ID) // none
		if profile := in.AdeProfileID.Value(); profile != nil {
			c.ADEProfileID = profile
		}
	}
	return c, nil
}

// selection reads which devices an act is about.
func selection(ids graphql.Omittable[[]gid.ID], serials graphql.Omittable[[]string], list graphql.Omittable[*gid.ID],
	where graphql.Omittable[*ent.DeviceWhereInput], except graphql.Omittable[[]gid.ID], expected graphql.Omittable[*int],
) (devicesets.Selection, error) {
	s := devicesets.Selection{IDs: ids.Value(), SerialNumbers: serials.Value(), ExceptIDs: except.Value(), ExpectedCount: expected.Value()}
	if id := list.Value(); id != nil {
		s.SerialListID = *id
	}
	if filter := where.Value(); filter != nil {
		var err error
		s.Where, err = filter.P()
		if errors.Is(err, ent.ErrEmptyDeviceWhereInput) { // every device
			s.Where, err = device.IDGT(0), nil
		}
		if err != nil {
			return s, err
		}
	}
	return s, nil
}

// deviceGroups is a page of the groups in their order. There are some hundred at most, and their places change: so all are read, and the
// page is cut out where the cursor's group stands now.
func deviceGroups(ctx context.Context, db *ent.Client, after *cursor, first *int, before *cursor, last *int, nameContains *string) (*ent.DeviceGroupConnection, error) {
	query := db.DeviceGroup.Query()
	if nameContains != nil {
		query.Where(devicegroup.NameContainsFold(*nameContains))
	}
	all, err := query.Order(devicegroup.ByPosition(), devicegroup.ByID()).WithAdeProfile().All(ctx)
	if err != nil {
		return nil, err
	}
	from, to := 0, len(all)
	place := func(c *cursor) int {
		return slices.IndexFunc(all, func(g *ent.DeviceGroup) bool { return c != nil && g.ID == c.ID })
	}
	if i := place(after); i >= 0 {
		from = i + 1
	}
	if i := place(before); i >= 0 {
		to = max(i, from)
	}
	if first != nil {
		to = min(to, from+*first)
	}
	if last != nil {
		from = max(from, to-*last)
	}
	page := &ent.DeviceGroupConnection{Edges: []*ent.DeviceGroupEdge{}, TotalCount: len(all)}
	for _, g := range all[from:to] {
		page.Edges = append(page.Edges, &ent.DeviceGroupEdge{Node: g, Cursor: entgql.Cursor[gid.ID]{ID: g.ID}})
	}
	page.PageInfo.HasPreviousPage, page.PageInfo.HasNextPage = from > 0, to < len(all)
	if n := len(page.Edges); n > 0 {
		page.PageInfo.StartCursor, page.PageInfo.EndCursor = &page.Edges[0].Cursor, &page.Edges[n-1].Cursor
	}
	return page, nil
}

func ruleDifference(d devicesets.Difference) *model.DeviceGroupRuleDifference {
	return &model.DeviceGroupRuleDifference{Devices: d.Devices, Exact: d.Exact, Examples: append([]*ent.Device{}, d.Examples...)}
}
