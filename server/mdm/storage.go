package mdm

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"
	"github.com/jonboulle/clockwork"
	"github.com/micromdm/nanomdm/mdm"
	"github.com/micromdm/nanomdm/storage"
	"github.com/micromdm/plist"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/commandbatch"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/mdmchannel"
	"github.com/guardmdm/guardmdm/ent/mdmcommand"
	"github.com/guardmdm/guardmdm/ent/predicate"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/secret"
	"github.com/guardmdm/guardmdm/server/store"
)

// maxAnswer is how much of a device's answer is kept. A longer one was read and counts, but is not kept: half a property list is none.
const maxAnswer = 256 << 10

// Storage is what NanoMDM's packages ask for, on our database. Its methods work in the transaction of the message (see call), or in
// one of their own.
type Storage struct {
	db    *store.Store
	box   *secret.Box
	clock clockwork.Clock
	// answered is told of each answer to a command, within the transaction and before the next command is looked for. May be nil.
	answered func(ctx context.Context, tx *store.Tx, channel *ent.MDMChannel, c *ent.MDMCommand, results *mdm.CommandResults) error
}

var (
	_ storage.ServiceStore          = (*Storage)(nil)
	_ storage.CertAuthStore         = (*Storage)(nil)
	_ storage.CertAuthRetriever     = (*Storage)(nil)
	_ storage.PushStore             = (*Storage)(nil)
	_ storage.CommandEnqueuer       = (*Storage)(nil)
	_ storage.TokenUpdateTallyStore = (*Storage)(nil)
)

// NewStorage makes a Storage.
func NewStorage(db *store.Store, box *secret.Box, clock clockwork.Clock) *Storage {
	return &Storage{db: db, box: box, clock: clock}
}

// call is one message being worked on. Its statements are written out: Ent would put each together anew, which takes as long as carrying it out.
type call struct {
	tx       *store.Tx
	device   gid.ID                     // whose message it is; 0 when nobody knows
	channels map[string]*ent.MDMChannel // that were read, by their identifiers; nil: there is none
	changes  []*change                  // of channels, which are written together
	families map[string][]gid.ID        // that were read, by the identifier of the device's channel
}

func newCall(tx *store.Tx, device gid.ID) *call {
	return &call{tx: tx, device: device, channels: map[string]*ent.MDMChannel{}, families: map[string][]gid.ID{}}
}

type callKey struct{}

func callOf(ctx context.Context) *call {
	c, _ := ctx.Value(callKey{}).(*call)
	return c
}

// do runs f in the transaction of the message, or in one of its own.
func (s *Storage) do(ctx context.Context, f func(ctx context.Context, c *call) error) error {
	if c := callOf(ctx); c != nil {
		return f(ctx, c)
	}
	return s.db.WithBriefTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		c := newCall(tx, 0)
		if err := f(ctx, c); err != nil {
			return err
		}
		return c.flush(ctx)
	})
}

// channel reads a channel once a call; nil when there is none.
func (c *call) channel(ctx context.Context, id string) (*ent.MDMChannel, error) {
	if known, ok := c.channels[id]; ok {
		return known, nil
	}
	found, err := readChannel(ctx, c.tx.Client, id)
	if err == nil {
		c.channels[id] = found
	}
	return found, err
}

// readChannel reads what messages need of a channel: what they brought themselves is left out.
func readChannel(ctx context.Context, db *ent.Client, id string) (*ent.MDMChannel, error) {
	rows, err := db.QueryContext(ctx, "SELECT id, device_id, of_user, enabled, certificate_fingerprint, token_updates, sealed_bootstrap_token FROM mdm_channels WHERE channel = $1", id)
	if err != nil {
		return nil, fmt.Errorf("reading a channel: %w", err)
	}
	defer rows.Close()
	if !rows.Next() {
		return nil, rows.Err()
	}
	found := &ent.MDMChannel{Channel: id}
	if err := rows.Scan(&found.ID, &found.DeviceID, &found.OfUser, &found.Enabled, &found.CertificateFingerprint, &found.TokenUpdates, &found.SealedBootstrapToken); err != nil {
		return nil, fmt.Errorf("reading a channel: %w", err)
	}
	return found, rows.Close()
}

// make reads a channel, and makes it when there is none: it has no number before it is written.
func (c *call) make(ctx context.Context, id string, ofUser bool) (*ent.MDMChannel, error) {
	found, err := c.channel(ctx, id)
	if found != nil || err != nil {
		return found, err
	}
	made := &ent.MDMChannel{Channel: id, OfUser: ofUser}
	update := c.change(made).set("channel", id).set("of_user", ofUser)
	if c.device != 0 {
		device := c.device
		made.DeviceID = &device
		update.set("device_id", int64(device))
	}
	c.channels[id] = made
	return made, nil
}

// change is what is to be written of a channel.
type change struct {
	channel *ent.MDMChannel
	columns []string
	values  []any
	more    bool // one TokenUpdate more
}

func (u *change) set(column string, value any) *change {
	if i := slices.Index(u.columns, column); i >= 0 {
		u.values[i] = value
		return u
	}
	u.columns, u.values = append(u.columns, column), append(u.values, value)
	return u
}

// clear has columns empty.
func (u *change) clear(columns ...string) *change {
	for _, c := range columns {
		u.set(c, nil)
	}
	return u
}

// change collects what is to be written of a channel: the parts of one message each have something of it. Who reads a field later in the same
// message sets it in the channel as well.
func (c *call) change(channel *ent.MDMChannel) *change {
	for _, u := range c.changes {
		if u.channel == channel {
			return u
		}
	}
	u := &change{channel: channel}
	c.changes = append(c.changes, u)
	return u
}

// bind makes an identity the channel's.
func (c *call) bind(channel *ent.MDMChannel, fingerprint string) {
	channel.CertificateFingerprint = fingerprint
	c.change(channel).set("certificate_fingerprint", fingerprint)
}

// flush writes what was collected.
func (c *call) flush(ctx context.Context) error {
	for _, u := range c.changes {
		write := u.update
		if u.channel.ID == 0 {
			write = u.insert
		}
		if err := write(ctx, c.tx); err != nil {
			return fmt.Errorf("writing a channel: %w", err)
		}
	}
	c.changes = nil
	return nil
}

func (u *change) update(ctx context.Context, tx *store.Tx) error {
	var b strings.Builder
	b.WriteString("UPDATE mdm_channels SET ")
	for i, column := range u.columns {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(column + " = $" + strconv.Itoa(i+1))
	}
	if u.more {
		b.WriteString(", token_updates = token_updates + 1")
	}
	b.WriteString(" WHERE id = $" + strconv.Itoa(len(u.columns)+1))
	_, err := tx.ExecContext(ctx, b.String(), append(u.values, int64(u.channel.ID))...)
	return err
}

func (u *change) insert(ctx context.Context, tx *store.Tx) error {
	if u.more {
		u.set("token_updates", 1)
	}
	var b strings.Builder
	b.WriteString("INSERT INTO mdm_channels (" + strings.Join(u.columns, ", ") + ") VALUES (")
	for i := range u.columns {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString("$" + strconv.Itoa(i+1))
	}
	b.WriteString(") RETURNING id")
	rows, err := tx.QueryContext(ctx, b.String(), u.values...)
	if err != nil {
		return err
	}
	defer rows.Close()
	if rows.Next() {
		if err := rows.Scan(&u.channel.ID); err != nil {
			return err
		}
	}
	return errors.Join(rows.Err(), rows.Close())
}

// family are a device's channel and those of its users, but not one that is yet to be made.
func (c *call) family(ctx context.Context, id string) ([]gid.ID, error) {
	if known, ok := c.families[id]; ok {
		return known, nil
	}
	own, err := c.channel(ctx, id)
	if own == nil || err != nil {
		return nil, err
	}
	if own.DeviceID == nil {
		if own.ID == 0 {
			return nil, nil
		}
		return []gid.ID{own.ID}, nil
	}
	rows, err := c.tx.QueryContext(ctx, "SELECT id FROM mdm_channels WHERE device_id = $1", int64(*own.DeviceID))
	if err != nil {
		return nil, fmt.Errorf("reading a device's channels: %w", err)
	}
	defer rows.Close()
	var found []gid.ID
	for rows.Next() {
		var channel gid.ID
		if err := rows.Scan(&channel); err != nil {
			return nil, fmt.Errorf("reading a device's channels: %w", err)
		}
		found = append(found, channel)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return nil, fmt.Errorf("reading a device's channels: %w", err)
	}
	c.families[id] = found
	return found, nil
}

// StoreAuthenticate implements storage.CheckinStore: what belonged to the enrollment before goes.
func (s *Storage) StoreAuthenticate(r *mdm.Request, m *mdm.Authenticate) error {
	return s.do(r.Context(), func(ctx context.Context, c *call) error {
		channel, err := c.make(ctx, r.ID, false)
		if err != nil {
			return err
		}
		c.change(channel).set("topic", m.Topic).set("authenticate", m.Raw).set("authenticated_at", s.clock.Now().UTC()).set("push_magic", "").set("push_error", "").
			clear("push_token", "sealed_unlock_token", "sealed_bootstrap_token", "token_update", "token_updated_at", "checked_out_at")
		return nil
	})
}

// StoreTokenUpdate implements storage.CheckinStore. A device may send its unlock token once, and later TokenUpdates without it do not take
// it back (protocol.md 7.5).
func (s *Storage) StoreTokenUpdate(r *mdm.Request, m *mdm.TokenUpdate) error {
	return s.do(r.Context(), func(ctx context.Context, c *call) error {
		channel, err := c.make(ctx, r.ID, r.ParentID != "")
		if err != nil {
			return err
		}
		channel.Enabled = true
		update := c.change(channel).set("enabled", true).set("topic", m.Topic).set("push_magic", m.PushMagic).set("push_token", []byte(m.Token)).set("push_error", "").
			set("token_updated_at", s.clock.Now().UTC()).clear("checked_out_at")
		update.more = true
		raw := m.Raw
		if len(m.UnlockToken) > 0 {
			sealed, err := s.box.Seal(m.UnlockToken, sealContext(r.ID, "unlock_token"))
			if err != nil {
				return err
			}
			update.set("sealed_unlock_token", sealed)
			if raw, err = without(raw, "UnlockToken"); err != nil {
				return err
			}
		}
		update.set("token_update", raw)
		return nil
	})
}

func sealContext(channel, what string) string { return "mdm_channel/" + channel + "/" + what }

// without leaves a secret out of a message that is kept.
func without(raw []byte, key string) ([]byte, error) {
	var dict map[string]any
	if err := plist.Unmarshal(raw, &dict); err != nil {
		return nil, fmt.Errorf("reading a message once more: %w", err)
	}
	delete(dict, key)
	return plist.Marshal(dict)
}

// StoreUserAuthenticate implements storage.UserAuthenticateStore. Users of directories are not managed, so nothing is kept.
func (s *Storage) StoreUserAuthenticate(*mdm.Request, *mdm.UserAuthenticate) error { return nil }

// Disable implements storage.CheckinStore.
func (s *Storage) Disable(r *mdm.Request) error {
	if r.ParentID != "" {
		return storage.ErrDeviceChannelOnly
	}
	return s.do(r.Context(), func(ctx context.Context, c *call) error {
		family, err := c.family(ctx, r.ID)
		if err != nil || len(family) == 0 {
			return err
		}
		own := c.channels[r.ID]
		own.Enabled = false
		c.change(own).set("enabled", false).set("token_updates", 0)
		others := slices.DeleteFunc(slices.Clone(family), func(id gid.ID) bool { return id == own.ID })
		if len(others) == 0 {
			return nil
		}
		clear(c.channels)
		c.channels[r.ID] = own
		err = c.tx.MDMChannel.Update().Where(mdmchannel.IDIn(others...)).SetEnabled(false).SetTokenUpdates(0).Exec(ctx)
		if err != nil {
			return fmt.Errorf("disabling a device's channels: %w", err)
		}
		return nil
	})
}

// ClearQueue implements storage.CommandAndReportResultsStore.
func (s *Storage) ClearQueue(r *mdm.Request) error {
	if r.ParentID != "" {
		return storage.ErrDeviceChannelOnly
	}
	return s.do(r.Context(), func(ctx context.Context, c *call) error {
		family, err := c.family(ctx, r.ID)
		if err != nil || len(family) == 0 {
			return err
		}
		err = c.tx.MDMCommand.Update().Where(mdmcommand.MdmChannelIDIn(family...), mdmcommand.DoneAtIsNil()).
			SetStatus(mdmcommand.StatusDropped).SetDoneAt(s.clock.Now().UTC()).Exec(ctx)
		if err != nil {
			return fmt.Errorf("emptying a device's queue: %w", err)
		}
		return nil
	})
}

// StoreBootstrapToken implements storage.BootstrapTokenStore. An empty one takes back the one before.
func (s *Storage) StoreBootstrapToken(r *mdm.Request, m *mdm.SetBootstrapToken) error {
	return s.do(r.Context(), func(ctx context.Context, c *call) error {
		channel, err := c.channel(ctx, deviceChannel(r))
		if err != nil {
			return err
		}
		if channel == nil {
			return apperr.New(NoAuthenticate, "The device did not enroll.")
		}
		if len(m.BootstrapToken.BootstrapToken) == 0 {
			c.change(channel).clear("sealed_bootstrap_token")
			return nil
		}
		sealed, err := s.box.Seal(m.BootstrapToken.BootstrapToken, sealContext(channel.Channel, "bootstrap_token"))
		if err != nil {
			return err
		}
		c.change(channel).set("sealed_bootstrap_token", sealed)
		return nil
	})
}

// deviceChannel is that of the request's device.
func deviceChannel(r *mdm.Request) string {
	if r.ParentID != "" {
		return r.ParentID
	}
	return r.ID
}

// RetrieveBootstrapToken implements storage.BootstrapTokenStore.
func (s *Storage) RetrieveBootstrapToken(r *mdm.Request, _ *mdm.GetBootstrapToken) (token *mdm.BootstrapToken, err error) {
	err = s.do(r.Context(), func(ctx context.Context, c *call) error {
		channel, err := c.channel(ctx, deviceChannel(r))
		if err != nil || channel == nil || len(channel.SealedBootstrapToken) == 0 {
			return err
		}
		opened, err := s.box.Open(channel.SealedBootstrapToken, sealContext(channel.Channel, "bootstrap_token"))
		if err == nil {
			token = &mdm.BootstrapToken{BootstrapToken: opened}
		}
		return err
	})
	return token, err
}

// StoreCommandReport implements storage.CommandAndReportResultsStore.
func (s *Storage) StoreCommandReport(r *mdm.Request, results *mdm.CommandResults) error {
	if results.Status == "Idle" {
		return nil
	}
	return s.do(r.Context(), func(ctx context.Context, c *call) error {
		channel, err := c.channel(ctx, r.ID)
		if err != nil {
			return err
		}
		if channel == nil {
			return apperr.New(UnknownCommand, "The answer is to a command that this device was not sent.")
		}
		now := s.clock.Now().UTC()
		sent := &ent.MDMCommand{MdmChannelID: channel.ID, CommandUUID: results.CommandUUID, AnsweredAt: &now}
		switch results.Status {
		case "Acknowledged":
			sent.Status, sent.DoneAt = mdmcommand.StatusAcknowledged, &now
		case "NotNow":
			sent.Status = mdmcommand.StatusNotNow
		case "CommandFormatError":
			sent.Status, sent.ErrorMessage, sent.DoneAt = mdmcommand.StatusFormatError, errorText(results), &now
		default: // Error, and what Apple adds: a command that is sent for ever would be worse
			sent.Status, sent.ErrorMessage, sent.DoneAt = mdmcommand.StatusError, errorText(results), &now
		}
		isOpen, err := writeAnswer(ctx, c.tx, sent, results.Raw)
		if err != nil || !isOpen {
			return err
		}
		if s.answered == nil {
			return nil
		}
		return s.answered(ctx, c.tx, channel, sent, results)
	})
}

// writeAnswer keeps an answer to a command, and reads the rest of that. isOpen is false when it was answered before, or dropped meanwhile, and when it is
// to be sent again: the answer is then to the time before. Errors: UnknownCommand.
func writeAnswer(ctx context.Context, tx *store.Tx, sent *ent.MDMCommand, raw []byte) (isOpen bool, err error) {
	var answer any
	if len(raw) <= maxAnswer {
		answer = raw
	}
	rows, err := tx.QueryContext(ctx, "UPDATE mdm_commands SET status = $3, error_message = $4, answered_at = $5, done_at = $6, answer = coalesce($7, answer)"+
		" WHERE mdm_channel_id = $1 AND command_uuid = $2 AND done_at IS NULL AND NOT (status = 'QUEUED' AND attempts > 0) RETURNING id, request_type, purpose, requested_by",
		int64(sent.MdmChannelID), sent.CommandUUID, string(sent.Status), sent.ErrorMessage, *sent.AnsweredAt, sent.DoneAt, answer)
	if err != nil {
		return false, fmt.Errorf("writing an answer: %w", err)
	}
	defer rows.Close()
	if rows.Next() {
		isOpen = true
		if err := rows.Scan(&sent.ID, &sent.RequestType, &sent.Purpose, &sent.RequestedBy); err != nil {
			return false, fmt.Errorf("writing an answer: %w", err)
		}
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil || isOpen {
		return isOpen, err
	}
	known, err := tx.MDMCommand.Query().Where(mdmcommand.MdmChannelID(sent.MdmChannelID), mdmcommand.CommandUUID(sent.CommandUUID)).Exist(ctx)
	if err != nil {
		return false, fmt.Errorf("looking for the command of an answer: %w", err)
	}
	if !known {
		return false, apperr.New(UnknownCommand, "The answer is to a command that this device was not sent.")
	}
	return false, nil
}

// maxErrorText bounds what is kept of a device's words.
const maxErrorText = 2000

// errorText is what went wrong, in the device's words.
func errorText(results *mdm.CommandResults) string {
	text := ""
	for _, e := range results.ErrorChain {
		words := e.USEnglishDescription
		if words == "" {
			words = e.LocalizedDescription
		}
		if text != "" {
			text += "; "
		}
		text += fmt.Sprintf("%s (%s %d)", words, e.ErrorDomain, e.ErrorCode)
	}
	if text == "" {
		text = "The device answered " + results.Status + "."
	}
	if runes := []rune(text); len(runes) > maxErrorText {
		text = string(runes[:maxErrorText])
	}
	return text
}

// RetrieveNextCommand implements storage.CommandAndReportResultsStore: the oldest that is not done. One whose answer did not come is sent
// again. After NotNow those that the device did not want now wait for its next call (protocol.md 7.6).
func (s *Storage) RetrieveNextCommand(r *mdm.Request, skipNotNow bool) (next *mdm.Command, err error) {
	err = s.do(r.Context(), func(ctx context.Context, c *call) error {
		channel, err := c.channel(ctx, r.ID)
		if err != nil || channel == nil || !channel.Enabled {
			return err
		}
		for {
			found, err := s.take(ctx, c.tx, channel.ID, skipNotNow)
			if err != nil {
				return fmt.Errorf("looking for the next command: %w", err)
			}
			if found != nil {
				next, err = s.toSend(ctx, c, found)
				return err
			}
			if c.tx.Dialect() != dialect.Postgres {
				return nil
			}
			// Nothing waits, or what waited was canceled at the same moment.
			more, err := c.tx.MDMCommand.Query().Where(mdmcommand.MdmChannelID(channel.ID), mdmcommand.DoneAtIsNil(), wanted(skipNotNow)).Exist(ctx)
			if err != nil || !more {
				return err
			}
		}
	})
	return next, err
}

// wanted leaves out commands that the device did not want now.
func wanted(skipNotNow bool) predicate.MDMCommand {
	if skipNotNow {
		return mdmcommand.StatusNEQ(mdmcommand.StatusNotNow)
	}
	return func(*sql.Selector) {}
}

// What marks the oldest open command of a channel as sent; of the second those alone that the device did not put off.
const (
	takeOldest = "UPDATE mdm_commands SET status = 'SENT', sent_at = $2, attempts = attempts + 1" +
		" WHERE id = (SELECT id FROM mdm_commands WHERE mdm_channel_id = $1 AND done_at IS NULL ORDER BY id LIMIT 1) AND done_at IS NULL" + taken
	takeOldestWanted = "UPDATE mdm_commands SET status = 'SENT', sent_at = $2, attempts = attempts + 1" +
		" WHERE id = (SELECT id FROM mdm_commands WHERE mdm_channel_id = $1 AND done_at IS NULL AND status IN ('QUEUED', 'SENT') ORDER BY id LIMIT 1) AND done_at IS NULL" + taken
	taken = " RETURNING id, command_uuid, request_type, body, command_batch_id"
)

// take marks the next command of a channel as sent, and gives it; nil: there was none to take.
func (s *Storage) take(ctx context.Context, tx *store.Tx, channel gid.ID, skipNotNow bool) (*ent.MDMCommand, error) {
	query := takeOldest
	if skipNotNow {
		query = takeOldestWanted
	}
	rows, err := tx.QueryContext(ctx, query, int64(channel), s.clock.Now().UTC())
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found *ent.MDMCommand
	if rows.Next() {
		found = &ent.MDMCommand{}
		if err := rows.Scan(&found.ID, &found.CommandUUID, &found.RequestType, &found.Body, &found.CommandBatchID); err != nil {
			return nil, err
		}
	}
	return found, errors.Join(rows.Err(), rows.Close())
}

// toSend is a command as it is sent. What somebody sent to many devices is kept once, sealed.
func (s *Storage) toSend(ctx context.Context, c *call, found *ent.MDMCommand) (*mdm.Command, error) {
	next := &mdm.Command{CommandUUID: found.CommandUUID, Raw: found.Body}
	next.Command.RequestType = found.RequestType
	if found.CommandBatchID == nil {
		return next, nil
	}
	batch, err := c.tx.CommandBatch.Query().Where(commandbatch.ID(*found.CommandBatchID)).Select(commandbatch.FieldSealedBody).Only(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the body of a command: %w", err)
	}
	next.Raw, err = s.box.Open(batch.SealedBody, batchContext(found.CommandUUID))
	return next, err
}

// EnqueueCommand implements storage.CommandEnqueuer.
func (s *Storage) EnqueueCommand(ctx context.Context, ids []string, m *mdm.Command) (failed map[string]error, err error) {
	failed = map[string]error{}
	err = s.do(ctx, func(ctx context.Context, c *call) error {
		for _, id := range ids {
			channel, err := c.channel(ctx, id)
			if err != nil {
				return err
			}
			if channel == nil {
				failed[id] = errors.New("there is no such channel")
				continue
			}
			err = c.tx.MDMCommand.Create().SetMdmChannelID(channel.ID).SetCommandUUID(m.CommandUUID).SetRequestType(m.Command.RequestType).SetBody(m.Raw).
				SetPurpose(mdmcommand.PurposePerson).SetStatus(mdmcommand.StatusQueued).SetQueuedAt(s.clock.Now().UTC()).Exec(ctx)
			if err != nil {
				return fmt.Errorf("queueing a command: %w", err)
			}
		}
		return nil
	})
	return failed, err
}

// HasCertHash implements storage.CertAuthStore.
func (s *Storage) HasCertHash(r *mdm.Request, hash string) (has bool, err error) {
	if c := callOf(r.Context()); c != nil && c.device != 0 {
		// The identity was issued to one device with one UDID, which is the channel's name: no other channel can have it.
		return s.IsCertHashAssociated(r, hash)
	}
	err = s.do(r.Context(), func(ctx context.Context, c *call) error {
		has, err = c.tx.MDMChannel.Query().Where(mdmchannel.CertificateFingerprint(hash)).Exist(ctx)
		return err
	})
	return has, err
}

// EnrollmentHasCertHash implements storage.CertAuthStore.
func (s *Storage) EnrollmentHasCertHash(r *mdm.Request, _ string) (has bool, err error) {
	return s.bound(r, func(fingerprint string) bool { return fingerprint != "" })
}

// IsCertHashAssociated implements storage.CertAuthStore.
func (s *Storage) IsCertHashAssociated(r *mdm.Request, hash string) (bool, error) {
	return s.bound(r, func(fingerprint string) bool { return fingerprint == hash })
}

func (s *Storage) bound(r *mdm.Request, matches func(fingerprint string) bool) (is bool, err error) {
	err = s.do(r.Context(), func(ctx context.Context, c *call) error {
		channel, err := c.channel(ctx, r.ID)
		is = channel != nil && matches(channel.CertificateFingerprint)
		return err
	})
	return is, err
}

// AssociateCertHash implements storage.CertAuthStore. A channel has one identity: that of its last Authenticate.
func (s *Storage) AssociateCertHash(r *mdm.Request, hash string) error {
	return s.do(r.Context(), func(ctx context.Context, c *call) error {
		channel, err := c.make(ctx, r.ID, false)
		if err != nil {
			return err
		}
		c.bind(channel, hash)
		return nil
	})
}

// EnrollmentFromHash implements storage.CertAuthRetriever.
func (s *Storage) EnrollmentFromHash(ctx context.Context, hash string) (string, error) {
	channel, err := s.db.Reader().MDMChannel.Query().Where(mdmchannel.CertificateFingerprint(hash)).First(ctx)
	if ent.IsNotFound(err) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("looking for the channel of an identity: %w", err)
	}
	return channel.Channel, nil
}

// RetrievePushInfo implements storage.PushStore.
func (s *Storage) RetrievePushInfo(ctx context.Context, ids []string) (map[string]*mdm.Push, error) {
	list, err := s.db.Reader().MDMChannel.Query().Where(mdmchannel.ChannelIn(ids...), mdmchannel.Enabled(true)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading how to reach channels: %w", err)
	}
	info := make(map[string]*mdm.Push, len(list))
	for _, c := range list {
		if len(c.PushToken) == 0 {
			continue
		}
		info[c.Channel] = &mdm.Push{Topic: c.Topic, PushMagic: c.PushMagic, Token: c.PushToken}
	}
	return info, nil
}

// RetrieveTokenUpdateTally implements storage.TokenUpdateTallyStore.
func (s *Storage) RetrieveTokenUpdateTally(ctx context.Context, id string) (int, error) {
	channel, err := readChannel(ctx, s.db.Reader(), id)
	if channel == nil || err != nil {
		return 0, err
	}
	return channel.TokenUpdates, nil
}
