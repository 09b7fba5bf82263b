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
	c := command{CommandUUID: newUUID(), Command: map[string]any{"RequestType": requestType}}
	for name, value := range parameters {
		c.Command[name] = value
	}
	body, err := plist.Marshal(c)
	if err != nil {
		return fmt.Errorf("writing the command %s: %w", requestType, err)
	}
	err = tx.MDMCommand.Create().SetMdmChannelID(channel).SetCommandUUID(c.CommandUUID).SetRequestType(requestType).SetBody(body).
		SetPurpose(purpose).SetRequestedBy(by).SetStatus(mdmcommand.StatusQueued).SetQueuedAt(now.UTC()).Exec(ctx)
	if err != nil {
		return fmt.Errorf("queueing the command %s: %w", requestType, err)
	}
	return nil
}

// openCommands tells whether a channel has commands of these purposes still to do.
func openCommands(ctx context.Context, tx *store.Tx, channel gid.ID, purposes ...mdmcommand.Purpose) (bool, error) {
	return tx.MDMCommand.Query().Where(mdmcommand.MdmChannelID(channel), mdmcommand.DoneAtIsNil(), mdmcommand.PurposeIn(purposes...)).Exist(ctx)
}
