package graph

import (
	"context"
	"slices"

	"entgo.io/contrib/entgql"
	"github.com/99designs/gqlgen/graphql"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/commandbatch"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/mdmchannel"
	"github.com/guardmdm/guardmdm/ent/mdmcommand"
	"github.com/guardmdm/guardmdm/ent/predicate"
	"github.com/guardmdm/guardmdm/graph/model"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/mdm"
)

// send sends a command.
func (r *Resolver) send(ctx context.Context, in model.SendCommandInput) (sent mdm.Sent, err error) {
	c := mdm.Command{Kind: mdm.Kind(in.Command), ProfileIdentifier: text(in.ProfileIdentifier), PIN: text(in.Pin), Message: text(in.Message), PhoneNumber: text(in.PhoneNumber)}
	if c.Profile, err = decodeBase64(text(in.ProfileBase64), "profileBase64"); err != nil {
		return sent, err
	}
	if c.Plist, err = decodeBase64(text(in.RawBase64), "rawBase64"); err != nil {
		return sent, err
	}
	devices, err := selection(in.DeviceIds, in.SerialNumbers, in.SerialListID, in.Where, in.ExceptIds, in.ExpectedCount)
	if err != nil {
		return sent, err
	}
	devices.GroupID = idOf(in.DeviceGroupID)
	return r.Commands.Send(ctx, c, devices)
}

// text is an optional text; empty when it is left out or null.
func text(in graphql.Omittable[*string]) string {
	if s := in.Value(); s != nil {
		return *s
	}
	return ""
}

// cancelCommands takes a batch or one command back.
func (r *Resolver) cancelCommands(ctx context.Context, in model.CancelCommandsInput) (*model.CancelCommandsPayload, error) {
	payload := &model.CancelCommandsPayload{}
	batch, command := idOf(in.CommandBatchID), idOf(in.MdmCommandID)
	if (batch == 0) == (command == 0) {
		return payload, apperr.New(apperr.BadUserInput, "A batch or a command has to be named, one of both.").WithField("commandBatchId")
	}
	var err error
	if batch != 0 {
		payload.CommandBatch, payload.Canceled, err = r.Commands.CancelBatch(ctx, batch)
	} else if payload.MdmCommand, err = r.Commands.CancelCommand(ctx, command); err == nil {
		payload.Canceled = 1
	}
	return payload, err
}

// commandBatches is a page of the commands that somebody sent, newest first.
func (r *Resolver) commandBatches(ctx context.Context, after *cursor, first *int, before *cursor, last *int) (*ent.CommandBatchConnection, error) {
	first, last, err := window(gid.CommandBatch, nil, after, before, first, last)
	if err != nil {
		return nil, err
	}
	query := r.DB.Reader().CommandBatch.Query()
	query.Select(without(commandbatch.Columns, commandbatch.FieldSealedBody, commandbatch.FieldWaiting)...)
	return query.Paginate(ctx, after, first, before, last,
		ent.WithCommandBatchOrder(&ent.CommandBatchOrder{Direction: entgql.OrderDirectionDesc}))
}

// without leaves out the columns that a list does not show and that are long: a page has 200 rows.
func without(columns []string, long ...string) []string {
	return slices.DeleteFunc(slices.Clone(columns), func(column string) bool { return slices.Contains(long, column) })
}

// mdmCommands is a page of the commands for a device, newest first, or of those of a batch, in their order.
func (r *Resolver) mdmCommands(ctx context.Context, device, batch *gid.ID, status *mdmcommand.Status, after *cursor, first *int, before *cursor, last *int) (*ent.MDMCommandConnection, error) {
	if (device == nil) == (batch == nil) {
		return nil, apperr.New(apperr.BadUserInput, "Commands are those of a device or of a batch: one of both has to be named.").WithField("deviceId")
	}
	first, last, err := window(gid.MDMCommand, nil, after, before, first, last)
	if err != nil {
		return nil, err
	}
	direction := entgql.OrderDirectionAsc
	var meant predicate.MDMCommand
	if batch != nil {
		meant = mdmcommand.CommandBatchID(*batch)
	} else {
		channels, err := r.DB.Reader().MDMChannel.Query().Where(mdmchannel.DeviceID(*device)).IDs(ctx) // its own, and those of a few users
		if err != nil {
			return nil, err
		}
		meant, direction = mdmcommand.MdmChannelIDIn(channels...), entgql.OrderDirectionDesc
	}
	query := r.DB.Reader().MDMCommand.Query().Where(meant).WithChannel(func(q *ent.MDMChannelQuery) { q.WithDevice() })
	query.Select(without(mdmcommand.Columns, mdmcommand.FieldBody, mdmcommand.FieldAnswer)...)
	if status != nil {
		query.Where(mdmcommand.StatusEQ(*status))
	}
	return query.Paginate(ctx, after, first, before, last, ent.WithMDMCommandOrder(&ent.MDMCommandOrder{Direction: direction}))
}

// channelOf is the channel that a command is for: that of its page, or read for itself.
func (r *Resolver) channelOf(ctx context.Context, c *ent.MDMCommand) (*ent.MDMChannel, error) {
	if c.Edges.Channel != nil {
		return c.Edges.Channel, nil
	}
	return r.DB.Reader().MDMChannel.Query().Where(mdmchannel.ID(c.MdmChannelID)).WithDevice().Only(ctx)
}

func commandCounts(n mdm.CommandCounts) *model.CommandCounts {
	return &model.CommandCounts{Queued: n.Queued, Sent: n.Sent, NotNow: n.NotNow, Acknowledged: n.Acknowledged, Failed: n.Failed, Canceled: n.Canceled, Dropped: n.Dropped}
}
