package enroll

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/netip"
	"slices"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/guardmdm/guardmdm/ent/deviceenrollment"
	"github.com/guardmdm/guardmdm/ent/deviceevent"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/machineinfo"
	"github.com/guardmdm/guardmdm/server/othermdm"
	"github.com/guardmdm/guardmdm/server/refusal"
	"github.com/guardmdm/guardmdm/server/reqid"
	"github.com/guardmdm/guardmdm/server/store"
)

// The reasons for which a request is refused, beside those of machineinfo and othermdm.
const (
	BodyTooLarge           apperr.Code = "BODY_TOO_LARGE"
	BodyBrokeOff           apperr.Code = "BODY_BROKE_OFF"
	NoMachineInfo          apperr.Code = "NO_MACHINE_INFO"
	HeaderNotBase64        apperr.Code = "HEADER_NOT_BASE64"
	UnknownKey             apperr.Code = "UNKNOWN_ENROLLMENT_KEY"
	TokenExpired                       = apperr.TokenExpired
	UnknownDevice          apperr.Code = "UNKNOWN_DEVICE"
	RemovedDevice          apperr.Code = "REMOVED_DEVICE"
	OtherToken             apperr.Code = "DEVICE_OF_OTHER_TOKEN"
	NoProfile              apperr.Code = "NO_PROFILE"
	KeyNotGiven            apperr.Code = "KEY_NOT_GIVEN"
	OtherUDID              apperr.Code = "UDID_OF_OTHER_DEVICE"
	SoftwareUpdateRequired apperr.Code = "SOFTWARE_UPDATE_REQUIRED"
	CannotAskApple         apperr.Code = "CANNOT_ASK_APPLE"
	PushCertificateMissing             = apperr.PushCertificateMissing
	PushCertificateExpired             = apperr.PushCertificateExpired
	NoPublicURL            apperr.Code = "NO_PUBLIC_URL"
)

// statuses are the HTTP statuses of refusals (protocol reference 5.7). Never 401: a device that is enrolled could take it for an order to leave.
var statuses = map[apperr.Code]int{
	BodyTooLarge: http.StatusRequestEntityTooLarge, BodyBrokeOff: http.StatusBadRequest, NoMachineInfo: http.StatusBadRequest,
	HeaderNotBase64: http.StatusBadRequest, UnknownKey: http.StatusNotFound, apperr.RateLimited: http.StatusTooManyRequests,

	machineinfo.NotSigned: http.StatusBadRequest, machineinfo.CMSTooLarge: http.StatusRequestEntityTooLarge, machineinfo.CMSTooDeep: http.StatusBadRequest,
	machineinfo.CMSCutOff: http.StatusBadRequest, machineinfo.CMSMalformed: http.StatusBadRequest, machineinfo.CMSDetached: http.StatusBadRequest,
	machineinfo.NotOneSigner: http.StatusBadRequest, machineinfo.NoSignerCertificate: http.StatusBadRequest, machineinfo.BadCertificates: http.StatusBadRequest,
	machineinfo.AlgorithmRefused: http.StatusBadRequest, machineinfo.AttributesMissing: http.StatusBadRequest, machineinfo.ContentAltered: http.StatusBadRequest,
	machineinfo.SignatureWrong: http.StatusBadRequest, machineinfo.SignerIsCA: http.StatusBadRequest, machineinfo.SelfSigned: http.StatusBadRequest,
	machineinfo.UnknownDeviceCA: http.StatusBadRequest, machineinfo.NotADeviceCA: http.StatusBadRequest, machineinfo.PlistUnreadable: http.StatusBadRequest,
	machineinfo.PlistIncomplete: http.StatusBadRequest,

	TokenExpired: http.StatusForbidden, UnknownDevice: http.StatusForbidden, RemovedDevice: http.StatusForbidden, OtherToken: http.StatusForbidden,
	NoProfile: http.StatusForbidden, KeyNotGiven: http.StatusForbidden, OtherUDID: http.StatusForbidden, SoftwareUpdateRequired: http.StatusForbidden,
	CannotAskApple: http.StatusServiceUnavailable, PushCertificateMissing: http.StatusServiceUnavailable, PushCertificateExpired: http.StatusServiceUnavailable,
	othermdm.Unreachable: http.StatusServiceUnavailable, othermdm.Forbidden: http.StatusServiceUnavailable, othermdm.Refused: http.StatusBadGateway,
	othermdm.Unusable: http.StatusBadGateway,
	NoPublicURL:       http.StatusServiceUnavailable, apperr.Internal: http.StatusServiceUnavailable,
}

// Codes are all the codes with which requests are refused, in their order.
func Codes() (codes []apperr.Code) {
	for code := range statuses {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	return codes
}

// StatusOf is the HTTP status of a refusal.
func StatusOf(code apperr.Code) int { return statuses[code] }

// ours tells whether the refusal is our fault, or that of a server that we ask: those count for nobody's allowance.
func ours(code apperr.Code) bool {
	return statuses[code] >= http.StatusInternalServerError || code == SoftwareUpdateRequired
}

// refusalOf is the error as a refusal: one with a code that is ours to give.
func refusalOf(err error) *apperr.Error {
	if e := apperr.As(err); e != nil {
		if _, ok := statuses[e.Code]; ok {
			return e
		}
	}
	return apperr.Wrap(err, apperr.Internal, "This server cannot answer at the moment.")
}

// What a device is told in JSON: the codes that it understands, with HTTP status 403 (protocol reference 5.6).
type appleError struct {
	Code        string         `json:"code"`
	Description string         `json:"description,omitempty"` // for its log
	Message     string         `json:"message,omitempty"`     // for its user
	Details     map[string]any `json:"details,omitempty"`
}

// appleAnswer is the refusal in Apple's words; nil when it has none. An enrolled device could leave when it hears that nobody knows it, and what
// Apple Business Manager says is no reason for that.
func (s *Service) appleAnswer(ctx context.Context, r *request, err error, e *apperr.Error) *appleError {
	if update, ok := errors.AsType[*updateRequired](err); ok {
		return &appleError{Code: "com.apple.softwareupdate.required", Description: e.Message,
			Message: "Version " + update.version + " or later is needed.", Details: map[string]any{"OSVersion": update.version}}
	}
	switch e.Code {
	case UnknownDevice, RemovedDevice, OtherToken:
		if r.device != nil {
			enrolled, err := s.Store.Reader().DeviceEnrollment.Query().
				Where(deviceenrollment.DeviceID(r.device.ID), deviceenrollment.StatusEQ(deviceenrollment.StatusEnrolled)).Exist(ctx)
			if err != nil || enrolled {
				return nil
			}
		}
		return &appleError{Code: "com.apple.unrecognized.device", Description: e.Message, Message: "This device is not known here."}
	}
	return nil
}

// refuse answers with the refusal, logs and counts it, and writes it down within bounds.
func (s *Service) refuse(w http.ResponseWriter, req *http.Request, r *request, client netip.Addr, err error) {
	e, ctx := refusalOf(err), req.Context()
	s.Observer.Enrollment(e.Code)
	level := slog.LevelInfo
	if ours(e.Code) {
		level = slog.LevelWarn
	}
	s.Logger.LogAttrs(ctx, level, "enrollment refused", slog.String("code", string(e.Code)), slog.String("serialNumber", r.info.SerialNumber),
		slog.String("udid", r.info.UDID), slog.String("product", r.info.Product), slog.String("osVersion", r.info.OSVersion), slog.Any("error", e),
		slog.String("address", client.String()), slog.String("request_id", reqid.From(ctx)))
	if !ours(e.Code) && e.Code != apperr.RateLimited && r.device == nil { // a device of ours has an allowance of its own
		s.limits.refusals.take(networkOf(client))
	}
	apple := s.appleAnswer(ctx, r, err, e)
	if e.Code != apperr.RateLimited && s.limits.records.take(struct{}{}) == 0 {
		if err := s.record(ctx, r, e, client); err != nil {
			s.Logger.LogAttrs(ctx, slog.LevelError, "a refused enrollment could not be written down", slog.Any("error", err), slog.String("request_id", reqid.From(ctx)))
		}
	}
	answer(w, e, apple)
}

// recordTime bounds how long it may take to write a refusal down. It is done although the client may be gone.
const recordTime = 5 * time.Second

func (s *Service) record(ctx context.Context, r *request, e *apperr.Error, client netip.Addr) error {
	ctx, cancel := context.WithTimeout(auth.System(context.WithoutCancel(ctx)), recordTime)
	defer cancel()
	serial := ""
	if r.verified {
		serial = r.info.SerialNumber
	}
	address := ""
	if client.IsValid() {
		address = client.String()
	}
	err := s.Store.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		now := s.Clock.Now()
		if err := refusal.Keep(ctx, tx, refusal.Entry{Code: e.Code, SerialNumber: serial, Message: e.Message, UDID: r.info.UDID, Product: r.info.Product,
			OSVersion: r.info.OSVersion, Address: address, Count: 1, At: now}); err != nil {
			return err
		}
		if r.unknown != nil && r.unknown.Authority != nil {
			if err := s.CAs.Seen(ctx, tx.Client, r.unknown.Authority, r.unknown.Claims.SerialNumber); err != nil {
				return err
			}
		}
		if !r.verified || r.device == nil {
			return nil
		}
		return s.event(ctx, tx, r, e.Code, now)
	})
	if err == nil {
		s.changed(ctx)
	}
	return err
}

// refusedLately is within which time a device's history tells of a refusal once, and how many of its events are looked at for that.
const (
	refusedLately = time.Hour
	lateEvents    = 100
)

// event writes the refusal into the device's history, unless it is there already.
func (s *Service) event(ctx context.Context, tx *store.Tx, r *request, code apperr.Code, now time.Time) error {
	events, err := tx.DeviceEvent.Query().Where(deviceevent.DeviceID(r.device.ID)).Order(deviceevent.ByID(sql.OrderDesc())).Limit(lateEvents).All(ctx)
	if err != nil {
		return err
	}
	changes, err := json.Marshal(map[string][2]any{"refusal": {nil, code}})
	if err != nil {
		return err
	}
	for _, e := range events {
		var before struct {
			Refusal []*apperr.Code `json:"refusal"`
		}
		if e.Kind == deviceevent.KindEnrollmentRefused && e.At.After(now.Add(-refusedLately)) && json.Unmarshal(e.Changes, &before) == nil &&
			len(before.Refusal) == 2 && before.Refusal[1] != nil && *before.Refusal[1] == code {
			return nil
		}
	}
	return tx.DeviceEvent.Create().SetDeviceID(r.device.ID).SetAbmTokenID(r.device.AbmTokenID).SetKind(deviceevent.KindEnrollmentRefused).
		SetAt(now).SetChanges(changes).Exec(ctx)
}
