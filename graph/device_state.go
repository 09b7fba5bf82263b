package graph

import (
	"context"
	"sync"

	"github.com/99designs/gqlgen/graphql"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/graph/model"
	"github.com/guardmdm/guardmdm/server/assignment"
	"github.com/guardmdm/guardmdm/server/diagnosis"
)

// What the rules and Apple say about a device takes a few queries. A list asks about each of its rows, at the same time: whichever comes first
// reads the answers for all rows of the list, and the others find them here.
type kept struct {
	states       answers[*assignment.State]
	groups       answers[[]*ent.DeviceGroup]
	explanations answers[[]assignment.Step]
	enrollments  answers[*ent.DeviceEnrollment]
	reports      answers[*diagnosis.Report] // by token
}

// answers are those to one question, by device.
type answers[A any] struct {
	mu   sync.Mutex
	read map[gid.ID]A
}

type keptKey struct{}

// ReadTogether has the devices of a response read together, and what several of its fields show read once. Without it each is read for itself.
func ReadTogether(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	return next(context.WithValue(ctx, keptKey{}, &kept{}))
}

// readOnce is what the response has read so far.
func readOnce(ctx context.Context) *kept {
	if k, ok := ctx.Value(keptKey{}).(*kept); ok {
		return k
	}
	return &kept{}
}

// answer gives the answer about a device, read for all devices of its list at once.
func answer[A any](ctx context.Context, d *ent.Device, question func(*kept) *answers[A],
	ask func(context.Context, []*ent.Device) (map[gid.ID]A, error),
) (a A, err error) {
	known := question(readOnce(ctx))
	known.mu.Lock()
	defer known.mu.Unlock()
	if a, ok := known.read[d.ID]; ok {
		return a, nil
	}
	devices := together(ctx, d)
	read, err := ask(ctx, devices)
	if err != nil {
		return a, err
	}
	if known.read == nil {
		known.read = map[gid.ID]A{}
	}
	for _, other := range devices {
		known.read[other.ID] = read[other.ID]
	}
	return read[d.ID], nil
}

// state is how a device stands.
func (r *Resolver) state(ctx context.Context, d *ent.Device) (*assignment.State, error) {
	return answer(ctx, d, func(k *kept) *answers[*assignment.State] { return &k.states }, r.Assignments.States)
}

// enrollment is what a device did; nil when it never called.
func (r *Resolver) enrollment(ctx context.Context, d *ent.Device) (*ent.DeviceEnrollment, error) {
	return answer(ctx, d, func(k *kept) *answers[*ent.DeviceEnrollment] { return &k.enrollments }, r.Enrollments.Of)
}

// groupsOf are the groups that a device is in.
func (r *Resolver) groupsOf(ctx context.Context, d *ent.Device) ([]*ent.DeviceGroup, error) {
	groups, err := answer(ctx, d, func(k *kept) *answers[[]*ent.DeviceGroup] { return &k.groups },
		func(ctx context.Context, devices []*ent.Device) (map[gid.ID][]*ent.DeviceGroup, error) {
			ids := make([]gid.ID, len(devices))
			for i, d := range devices {
				ids[i] = d.ID
			}
			return r.Assignments.Groups(ctx, ids)
		})
	return append([]*ent.DeviceGroup{}, groups...), err
}

// explanation is why a device has its profile.
func (r *Resolver) explanation(ctx context.Context, d *ent.Device) ([]*model.ProfileExplanationStep, error) {
	steps, err := answer(ctx, d, func(k *kept) *answers[[]assignment.Step] { return &k.explanations }, r.Assignments.Explain)
	if err != nil {
		return nil, err
	}
	models := make([]*model.ProfileExplanationStep, len(steps))
	for i, s := range steps {
		models[i] = &model.ProfileExplanationStep{Source: model.ProfileSource(s.Source), Verdict: model.ProfileVerdict(s.Verdict), AdeProfile: s.Profile,
			DeviceGroup: s.Group, AbmToken: s.Token, Text: s.Text}
	}
	return models, nil
}

// together are the devices of the list in which the field of ctx belongs to d.
func together(ctx context.Context, d *ent.Device) []*ent.Device {
	for field := graphql.GetFieldContext(ctx); field != nil; field = field.Parent {
		var list []*ent.Device
		switch rows := field.Result.(type) {
		case []*ent.Device:
			list = rows
		case []*model.DisownResult:
			for _, row := range rows {
				list = append(list, row.Device)
			}
		case []*ent.DeviceEdge:
			for _, e := range rows {
				list = append(list, e.Node)
			}
		case []*ent.AssignmentResult:
			for _, row := range rows {
				if row.Edges.Device != nil {
					list = append(list, row.Edges.Device)
				}
			}
		case []*ent.AssignmentResultEdge:
			for _, e := range rows {
				if e.Node.Edges.Device != nil {
					list = append(list, e.Node.Edges.Device)
				}
			}
		}
		for _, other := range list {
			if other.ID == d.ID {
				return list
			}
		}
	}
	return []*ent.Device{d}
}
