package mdm

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"

	"github.com/micromdm/nanomdm/mdm"
	"github.com/micromdm/nanomdm/service"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/mdmchannel"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/identity"
	"github.com/guardmdm/guardmdm/server/store"
)

// exchange is one message: whose identity it came with, and once it was read, what it is.
type exchange struct {
	holder identity.Holder
	kind   string // for metrics: a MessageType or a Status
}

type exchangeKey struct{}

func exchangeOf(ctx context.Context) *exchange {
	e, _ := ctx.Value(exchangeKey{}).(*exchange)
	return e
}

// devices stands before NanoMDM's services. It holds a message to the device whose identity it came with, puts everything that follows
// into one transaction, and says what it means for the device.
type devices struct {
	s       *Service
	storage *Storage
	next    service.CheckinAndCommandService
}

var _ service.CheckinAndCommandService = (*devices)(nil)

// whose tells which channel a message is for, which has to be one of its identity's device: a certificate that was copied to another one, or
// a UDID that was changed, is refused here.
func (d *devices) whose(r *mdm.Request, kind string, e *mdm.Enrollment) (*exchange, *mdm.ResolvedEnrollment, error) {
	x := exchangeOf(r.Context())
	x.kind = kind
	ids := e.Resolved()
	if err := ids.Validate(); err != nil {
		return x, nil, apperr.Wrap(err, Malformed, "The message names no device.")
	}
	if ids.DeviceChannelID != x.holder.UDID {
		return x, nil, apperr.New(ForOther, "The message is of %.64q, and came with the identity of another device.", ids.DeviceChannelID)
	}
	return x, ids, nil
}

// within runs f in the transaction of the message.
func (d *devices) within(r *mdm.Request, x *exchange, f func(r *mdm.Request, c *call) error) error {
	return d.s.db.WithBriefTx(r.Context(), func(ctx context.Context, tx *store.Tx) error {
		c := newCall(tx, x.holder.Device)
		if err := f(r.WithContext(context.WithValue(ctx, callKey{}, c)), c); err != nil {
			return err
		}
		return c.flush(ctx)
	})
}

// Authenticate begins an enrollment, the first one or another.
func (d *devices) Authenticate(r *mdm.Request, m *mdm.Authenticate) error {
	x, ids, err := d.whose(r, "Authenticate", &m.Enrollment)
	if err != nil {
		return err
	}
	if ids.IsUserChannel {
		return apperr.New(Malformed, "An enrollment is a device's, not a user's.")
	}
	if m.SerialNumber != "" && !equalSerial(m.SerialNumber, r.Certificate.Subject.CommonName) { // which we wrote there
		return apperr.New(SerialOfOther, "The device says that its serial number is %.64q, and came with the identity of another one.", m.SerialNumber)
	}
	facts, err := factsOf(m.Raw)
	if err != nil {
		return err
	}
	return d.within(r, x, func(r *mdm.Request, c *call) error {
		if err := d.next.Authenticate(r, m); err != nil {
			return err
		}
		if err := d.s.Identities.RevokeOthers(r.Context(), c.tx, x.holder.Device, x.holder.Fingerprint, "the device enrolled anew"); err != nil {
			return err
		}
		return d.s.began(r.Context(), c.tx, beginning{device: x.holder.Device, udid: x.holder.UDID, facts: facts, at: d.s.clock.Now().UTC()})
	})
}

// TokenUpdate completes an enrollment, or tells that the device is to be reached differently.
func (d *devices) TokenUpdate(r *mdm.Request, m *mdm.TokenUpdate) error {
	x, ids, err := d.whose(r, "TokenUpdate", &m.Enrollment)
	if err != nil {
		return err
	}
	awaiting, err := awaitingConfiguration(m.Raw)
	if err != nil {
		return err
	}
	return d.within(r, x, func(r *mdm.Request, c *call) error {
		if err := d.takeOver(r.Context(), c, x, ids); err != nil {
			return err
		}
		e, err := d.s.stillHere(r.Context(), c.tx, x.holder.Device)
		if err != nil {
			return err
		}
		if err := d.next.TokenUpdate(r, m); err != nil {
			return err
		}
		channel, err := c.channel(r.Context(), ids.DeviceChannelID)
		if err != nil || ids.IsUserChannel { // a user of a Mac who signed in says nothing about the device
			return err
		}
		if err := c.flush(r.Context()); err != nil { // only a channel that takes commands is asked to call
			return err
		}
		return d.s.reachable(r.Context(), c.tx, e, channel, awaiting)
	})
}

// CheckOut ends an enrollment.
func (d *devices) CheckOut(r *mdm.Request, m *mdm.CheckOut) error {
	x, ids, err := d.whose(r, "CheckOut", &m.Enrollment)
	if err != nil {
		return err
	}
	return d.within(r, x, func(r *mdm.Request, c *call) error {
		if err := d.takeOver(r.Context(), c, x, ids); err != nil {
			return err
		}
		channel, err := c.channel(r.Context(), ids.DeviceChannelID)
		if err != nil {
			return err
		}
		if ids.IsUserChannel {
			if channel == nil || channel.CertificateFingerprint != x.holder.Fingerprint {
				return apperr.New(NotBound, "The device did not enroll with this identity.")
			}
			return c.tx.MDMChannel.Update().Where(mdmchannel.Channel(ids.DeviceChannelID + ":" + ids.UserChannelID)).
				SetEnabled(false).SetCheckedOutAt(d.s.clock.Now().UTC()).Exec(r.Context())
		}
		if err := d.next.CheckOut(r, m); err != nil {
			return err
		}
		r.EnrollID = &mdm.EnrollID{Type: mdm.Device, ID: ids.DeviceChannelID}
		if err := d.storage.ClearQueue(r); err != nil {
			return err
		}
		c.change(channel).set("checked_out_at", d.s.clock.Now().UTC()).set("push_magic", "").clear("push_token")
		return d.s.left(r.Context(), c.tx, x.holder.Device)
	})
}

// takeOver gives a channel to the identity that renews its own: the first message with the new one ends the old one.
func (d *devices) takeOver(ctx context.Context, c *call, x *exchange, ids *mdm.ResolvedEnrollment) error {
	channel, err := c.channel(ctx, ids.DeviceChannelID)
	if err != nil || channel == nil || !renews(x.holder, channel) {
		return err
	}
	c.bind(channel, x.holder.Fingerprint)
	d.s.log.InfoContext(ctx, "a device uses its new identity", "device", x.holder.Device.String())
	return d.s.Identities.RevokeOthers(ctx, c.tx, x.holder.Device, x.holder.Fingerprint, "renewed")
}

func renews(h identity.Holder, channel *ent.MDMChannel) bool {
	return h.Renews != "" && h.Renews == channel.CertificateFingerprint
}

// CommandAndReportResults takes an answer and gives the next command.
func (d *devices) CommandAndReportResults(r *mdm.Request, results *mdm.CommandResults) (next *mdm.Command, err error) {
	x, ids, err := d.whose(r, statusKind(results.Status), &results.Enrollment)
	if err != nil {
		return nil, err
	}
	if results.Status == "Idle" {
		if nothing, err := d.nothingToDo(r.Context(), x, ids); nothing || err != nil {
			return nil, err
		}
	}
	err = d.within(r, x, func(r *mdm.Request, c *call) error {
		if err := d.takeOver(r.Context(), c, x, ids); err != nil {
			return err
		}
		next, err = d.next.CommandAndReportResults(r, results)
		return err
	})
	return next, err
}

// statusKind keeps what a device can write out of the metrics' labels.
func statusKind(status string) string {
	switch status {
	case "Idle", "Acknowledged", "Error", "CommandFormatError", "NotNow":
		return status
	}
	return "other status"
}

// nothingToDo answers most of all messages, those of devices that ask whether there is something, without writing: ten thousand of them a
// minute must not keep a sync waiting for SQLite's one writer.
func (d *devices) nothingToDo(ctx context.Context, x *exchange, ids *mdm.ResolvedEnrollment) (bool, error) {
	fingerprint, waits, err := d.standing(ctx, ids.DeviceChannelID)
	if err != nil || fingerprint != x.holder.Fingerprint {
		return false, err
	}
	if ids.IsUserChannel {
		if _, waits, err = d.standing(ctx, ids.DeviceChannelID+":"+ids.UserChannelID); err != nil {
			return false, err
		}
	}
	return !waits, nil
}

// standing tells which identity a channel has, "" when there is no such channel, and whether it has something to do.
func (d *devices) standing(ctx context.Context, channel string) (fingerprint string, waits bool, err error) {
	err = d.s.db.ReaderDB().QueryRowContext(d.s.db.Brief(ctx), "SELECT certificate_fingerprint, EXISTS (SELECT 1 FROM mdm_commands AS c WHERE c.mdm_channel_id = mdm_channels.id AND c.done_at IS NULL)"+
		" FROM mdm_channels WHERE channel = $1", channel).Scan(&fingerprint, &waits)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	if err != nil {
		return "", false, fmt.Errorf("looking for what a device has to do: %w", err)
	}
	return fingerprint, waits, nil
}

// SetBootstrapToken keeps a Mac's bootstrap token.
func (d *devices) SetBootstrapToken(r *mdm.Request, m *mdm.SetBootstrapToken) error {
	x, ids, err := d.whose(r, "SetBootstrapToken", &m.Enrollment)
	if err != nil {
		return err
	}
	return d.within(r, x, func(r *mdm.Request, c *call) error {
		if err := d.takeOver(r.Context(), c, x, ids); err != nil {
			return err
		}
		return d.next.SetBootstrapToken(r, m)
	})
}

// GetBootstrapToken gives it back.
func (d *devices) GetBootstrapToken(r *mdm.Request, m *mdm.GetBootstrapToken) (token *mdm.BootstrapToken, err error) {
	x, ids, err := d.whose(r, "GetBootstrapToken", &m.Enrollment)
	if err != nil {
		return nil, err
	}
	err = d.within(r, x, func(r *mdm.Request, c *call) error {
		if err := d.takeOver(r.Context(), c, x, ids); err != nil {
			return err
		}
		token, err = d.next.GetBootstrapToken(r, m)
		return err
	})
	return token, err
}

// UserAuthenticate tells a Mac that users of directories are not managed: the protocol has a status of its own for that.
func (d *devices) UserAuthenticate(r *mdm.Request, m *mdm.UserAuthenticate) ([]byte, error) {
	if _, _, err := d.whose(r, "UserAuthenticate", &m.Enrollment); err != nil {
		return nil, err
	}
	return nil, service.NewHTTPStatusError(http.StatusGone, apperr.New(UserNotManaged, "Users of directories are not managed."))
}

// DeclarativeManagement is not offered: a device asks only when a command told it to.
func (d *devices) DeclarativeManagement(r *mdm.Request, m *mdm.DeclarativeManagement) ([]byte, error) {
	if _, _, err := d.whose(r, "DeclarativeManagement", &m.Enrollment); err != nil {
		return nil, err
	}
	return nil, apperr.New(UnknownMessage, "Declarative management is not offered.")
}

// GetToken has no token of any kind to give: 400 is the protocol's word for that.
func (d *devices) GetToken(r *mdm.Request, m *mdm.GetToken) (*mdm.GetTokenResponse, error) {
	if _, _, err := d.whose(r, "GetToken", &m.Enrollment); err != nil {
		return nil, err
	}
	return nil, apperr.New(UnknownMessage, "There is no token of this kind.")
}

// channelOf is the channel of a device itself that takes commands; nil when there is none.
func channelOf(ctx context.Context, db *ent.Client, deviceID gid.ID) (*ent.MDMChannel, error) {
	found, err := db.MDMChannel.Query().Where(mdmchannel.DeviceID(deviceID), mdmchannel.OfUser(false), mdmchannel.Enabled(true)).
		Order(mdmchannel.ByAuthenticatedAt()).All(ctx)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return found[len(found)-1], nil
}
