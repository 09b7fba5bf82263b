package mdm

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"entgo.io/ent/dialect"
	"github.com/jonboulle/clockwork"
	"github.com/micromdm/nanomdm/mdm"
	"github.com/micromdm/nanomdm/storage"
	"github.com/micromdm/plist"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/commandbatch"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/mdmchannel"
	"github.com/guardmdm/guardmdm/ent/mdmcommand"
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

// call is one message being worked on.
type call struct {
	tx       *store.Tx
	device   gid.ID                           // whose message it is; 0 when nobody knows
	channels map[string]*ent.MDMChannel       // that were read, by their identifiers; nil: there is none
	changes  map[gid.ID]*ent.MDMChannelUpdate // of channels, which are written together
	families map[string][]gid.ID              // that were read, by the identifier of the device's channel
	made     gid.ID                           // a channel that did not exist before; 0: none
}

func newCall(tx *store.Tx, device gid.ID) *call {
	return &call{tx: tx, device: device, channels: map[string]*ent.MDMChannel{}, changes: map[gid.ID]*ent.MDMChannelUpdate{}, families: map[string][]gid.ID{}}
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
	return s.db.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
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

func readChannel(ctx context.Context, db *ent.Client, id string) (*ent.MDMChannel, error) {
	found, err := db.MDMChannel.Query().Where(mdmchannel.Channel(id)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading a channel: %w", err)
	}
	return found, nil
}

// make reads a channel, and makes it when there is none.
func (c *call) make(ctx context.Context, id string, ofUser bool) (*ent.MDMChannel, error) {
	found, err := c.channel(ctx, id)
	if found != nil || err != nil {
		return found, err
	}
	create := c.tx.MDMChannel.Create().SetChannel(id).SetOfUser(ofUser)
	if c.device != 0 {
		create.SetDeviceID(c.device)
	}
	if found, err = create.Save(ctx); err != nil {
		return nil, fmt.Errorf("making a channel: %w", err)
	}
	c.channels[id], c.made = found, found.ID
	return found, nil
}

// change collects what is to be written of a channel: the parts of one message each have something of it. Who reads a field later in the same
// message sets it in the channel as well.
func (c *call) change(channel *ent.MDMChannel) *ent.MDMChannelUpdate {
	update, ok := c.changes[channel.ID]
	if !ok {
		update = c.tx.MDMChannel.Update().Where(mdmchannel.ID(channel.ID))
		c.changes[channel.ID] = update
	}
	return update
}

// bind makes an identity the channel's.
func (c *call) bind(channel *ent.MDMChannel, fingerprint string) {
	channel.CertificateFingerprint = fingerprint
	c.change(channel).SetCertificateFingerprint(fingerprint)
}

// flush writes what was collected.
func (c *call) flush(ctx context.Context) error {
	for id, update := range c.changes {
		if err := update.Exec(ctx); err != nil {
			return fmt.Errorf("writing a channel: %w", err)
		}
		delete(c.changes, id)
	}
	return nil
}

// family is a device's channel and those of its users.
func (c *call) family(ctx context.Context, id string) ([]gid.ID, error) {
	if known, ok := c.families[id]; ok {
		return known, nil
	}
	own, err := c.channel(ctx, id)
	if own == nil || err != nil {
		return nil, err
	}
	if own.DeviceID == nil {
		return []gid.ID{own.ID}, nil
	}
	found, err := c.tx.MDMChannel.Query().Where(mdmchannel.DeviceID(*own.DeviceID)).IDs(ctx)
	if err == nil {
		c.families[id] = found
	}
	return found, err
}

// StoreAuthenticate implements storage.CheckinStore: what belonged to the enrollment before goes.
func (s *Storage) StoreAuthenticate(r *mdm.Request, m *mdm.Authenticate) error {
	return s.do(r.Context(), func(ctx context.Context, c *call) error {
		channel, err := c.make(ctx, r.ID, false)
		if err != nil {
			return err
		}
		c.change(channel).SetTopic(m.Topic).SetAuthenticate(m.Raw).SetAuthenticatedAt(s.clock.Now().UTC()).
			SetPushMagic("").ClearPushToken().ClearSealedUnlockToken().ClearSealedBootstrapToken().
			ClearTokenUpdate().ClearTokenUpdatedAt().ClearCheckedOutAt().SetPushError("")
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
		update := c.change(channel).SetEnabled(true).SetTopic(m.Topic).SetPushMagic(m.PushMagic).SetPushToken(m.Token).SetPushError("").
			AddTokenUpdates(1).SetTokenUpdatedAt(s.clock.Now().UTC()).ClearCheckedOutAt()
		raw := m.Raw
		if len(m.UnlockToken) > 0 {
			sealed, err := s.box.Seal(m.UnlockToken, sealContext(r.ID, "unlock_token"))
			if err != nil {
				return err
			}
			update.SetSealedUnlockToken(sealed)
			if raw, err = without(raw, "UnlockToken"); err != nil {
				return err
			}
		}
		update.SetTokenUpdate(raw)
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
		c.change(own).SetEnabled(false).SetTokenUpdates(0)
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
		if err != nil || len(family) == 0 || len(family) == 1 && family[0] == c.made {
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
			c.change(channel).ClearSealedBootstrapToken()
			return nil
		}
		sealed, err := s.box.Seal(m.BootstrapToken.BootstrapToken, sealContext(channel.Channel, "bootstrap_token"))
		if err != nil {
			return err
		}
		c.change(channel).SetSealedBootstrapToken(sealed)
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
		query := c.tx.MDMCommand.Query().Where(mdmcommand.MdmChannelID(channel.ID), mdmcommand.CommandUUID(results.CommandUUID))
		if c.tx.Dialect() == dialect.Postgres {
			query.ForUpdate() // nobody cancels it meanwhile
		}
		sent, err := query.Only(ctx)
		switch {
		case ent.IsNotFound(err):
			return apperr.New(UnknownCommand, "The answer is to a command that this device was not sent.")
		case err != nil:
			return fmt.Errorf("looking for the command of an answer: %w", err)
		case sent.DoneAt != nil, sent.Status == mdmcommand.StatusQueued && sent.Attempts > 0:
			return nil // answered once more, or dropped meanwhile; or that to the time before, of one that is to be sent again
		}
		now := s.clock.Now().UTC()
		update := c.tx.MDMCommand.Update().Where(mdmcommand.ID(sent.ID)).SetAnsweredAt(now)
		if sent.AnsweredAt = &now; len(results.Raw) <= maxAnswer {
			update.SetAnswer(results.Raw)
		}
		switch results.Status {
		case "Acknowledged":
			sent.Status, sent.ErrorMessage, sent.DoneAt = mdmcommand.StatusAcknowledged, "", &now
		case "NotNow":
			sent.Status = mdmcommand.StatusNotNow
		case "CommandFormatError":
			sent.Status, sent.ErrorMessage, sent.DoneAt = mdmcommand.StatusFormatError, errorText(results), &now
		default: // Error, and what Apple adds: a command that is sent for ever would be worse
			sent.Status, sent.ErrorMessage, sent.DoneAt = mdmcommand.StatusError, errorText(results), &now
		}
		if err := update.SetStatus(sent.Status).SetErrorMessage(sent.ErrorMessage).SetNillableDoneAt(sent.DoneAt).Exec(ctx); err != nil {
			return fmt.Errorf("writing an answer: %w", err)
		}
		if s.answered == nil {
			return nil
		}
		return s.answered(ctx, c.tx, channel, sent, results)
	})
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
		query := c.tx.MDMCommand.Query().Where(mdmcommand.MdmChannelID(channel.ID), mdmcommand.DoneAtIsNil()).Order(mdmcommand.ByID())
		if skipNotNow {
			query.Where(mdmcommand.StatusIn(mdmcommand.StatusQueued, mdmcommand.StatusSent))
		}
		for {
			found, err := query.Clone().First(ctx)
			if ent.IsNotFound(err) {
				return nil
			}
			sent := 0
			if err == nil {
				sent, err = c.tx.MDMCommand.Update().Where(mdmcommand.ID(found.ID), mdmcommand.DoneAtIsNil()).SetStatus(mdmcommand.StatusSent).
					SetSentAt(s.clock.Now().UTC()).AddAttempts(1).Save(ctx)
			}
			if err != nil {
				return fmt.Errorf("looking for the next command: %w", err)
			}
			if sent == 0 {
				continue // canceled meanwhile
			}
			next, err = s.toSend(ctx, c, found)
			return err
		}
	})
	return next, err
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
