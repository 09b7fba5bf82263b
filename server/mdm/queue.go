package mdm

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"github.com/micromdm/plist"

	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/mdmcommand"
	"github.com/guardmdm/guardmdm/server/store"
)

// command is one command as devices are sent it.
type command struct {
	CommandUUID string
	Command     map[string]any
}

// newUUID is a random UUID (version 4), as the protocol's other identifiers look.
func newUUID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// enqueue puts a command at the end of a channel's queue.
func enqueue(ctx context.Context, tx *store.Tx, channel gid.ID, purpose mdmcommand.Purpose, by, requestType string, parameters map[string]any, now time.Time) error {
	uuid := newUUID()
	body, err := bodyOf(uuid, requestType, parameters)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO mdm_commands (mdm_channel_id, command_uuid, request_type, body, purpose, requested_by, status, queued_at)"+
		" VALUES ($1, $2, $3, $4, $5, $6, 'QUEUED', $7)", int64(channel), uuid, requestType, body, string(purpose), by, now.UTC())
	if err != nil {
		return fmt.Errorf("queueing the command %s: %w", requestType, err)
	}
	return nil
}

func bodyOf(uuid, requestType string, parameters map[string]any) ([]byte, error) {
	c := command{CommandUUID: uuid, Command: map[string]any{"RequestType": requestType}}
	for name, value := range parameters {
		c.Command[name] = value
	}
	body, err := plist.Marshal(c)
	if err != nil {
		return nil, fmt.Errorf("writing the command %s: %w", requestType, err)
	}
	return body, nil
}

// releaseIfAsked queues DeviceConfigured for a device that is held in Setup Assistant and has been asked everything. A release that waits already would
// be one too many.
func releaseIfAsked(ctx context.Context, tx *store.Tx, channel, device gid.ID, now time.Time) error {
	uuid := newUUID()
	body, err := bodyOf(uuid, deviceConfigured, nil)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO mdm_commands (mdm_channel_id, command_uuid, request_type, body, purpose, status, queued_at)"+
		" SELECT id, $2, $3, $4, 'RELEASE', 'QUEUED', $5 FROM mdm_channels WHERE id = $1"+
		" AND EXISTS (SELECT 1 FROM device_enrollments WHERE device_id = $6 AND awaiting_configuration)"+
		" AND NOT EXISTS (SELECT 1 FROM mdm_commands AS c WHERE c.mdm_channel_id = $1 AND c.done_at IS NULL AND c.purpose IN ('FIRST', 'RELEASE'))",
		int64(channel), uuid, deviceConfigured, body, now.UTC(), int64(device))
	if err != nil {
		return fmt.Errorf("queueing the command %s: %w", deviceConfigured, err)
	}
	return nil
}

// openCommands tells whether a channel has commands of these purposes still to do.
func openCommands(ctx context.Context, tx *store.Tx, channel gid.ID, purposes ...mdmcommand.Purpose) (bool, error) {
	return tx.MDMCommand.Query().Where(mdmcommand.MdmChannelID(channel), mdmcommand.DoneAtIsNil(), mdmcommand.PurposeIn(purposes...)).Exist(ctx)
}
