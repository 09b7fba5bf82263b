package othermdm

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"time"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/gid"
	entother "github.com/guardmdm/guardmdm/ent/othermdm"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/httpd"
	"github.com/guardmdm/guardmdm/server/mdm"
	"github.com/guardmdm/guardmdm/server/reqid"
	"github.com/guardmdm/guardmdm/server/store"
)

// Why what came to a webhook is refused. What is true and of no use here, such as a device that is not ours, is answered with 200 and not kept: the
// codes of server/mdm say so in the metric.
const (
	NoSuchWebhook  apperr.Code = "WEBHOOK_UNKNOWN"
	NotSigned      apperr.Code = "WEBHOOK_NOT_SIGNED"
	SignatureWrong apperr.Code = "WEBHOOK_SIGNATURE_WRONG"
	TooLarge       apperr.Code = "WEBHOOK_TOO_LARGE"
	Busy           apperr.Code = "WEBHOOK_BUSY"
	CutOff         apperr.Code = "WEBHOOK_CUT_OFF"
	Malformed      apperr.Code = "WEBHOOK_MALFORMED"
	NotNow         apperr.Code = "WEBHOOK_NOT_NOW"
)

var statuses = map[apperr.Code]int{
	NoSuchWebhook: http.StatusNotFound, NotSigned: http.StatusUnauthorized, SignatureWrong: http.StatusUnauthorized, TooLarge: http.StatusRequestEntityTooLarge,
	Busy: http.StatusServiceUnavailable, CutOff: http.StatusBadRequest, Malformed: http.StatusBadRequest, NotNow: http.StatusBadRequest,
	mdm.Malformed: http.StatusBadRequest, mdm.TooComplex: http.StatusBadRequest,
	mdm.NotOurs: http.StatusOK, mdm.OfOtherMDM: http.StatusOK, mdm.OfOther: http.StatusOK, mdm.OldNews: http.StatusOK,
}

const (
	maxBody  = 6 << 20   // answers to commands come along: 4 MiB of a device, in base64
	usual    = 256 << 10 // what nearly everything has less than
	maxLarge = 4         // larger ones that are read at the same time
	// window is how far the time of an event may be from now: whoever wrote a request down can send it again, and it says nothing new after that.
	window = 15 * time.Minute
	// noteEvery is how often it is written down that a server told something.
	noteEvery = time.Minute
)

// hmacHeader is where NanoMDM writes the HMAC-SHA256 of the body, in base64.
const hmacHeader = "X-Hmac-Signature"

// PathOf is where a server's webhook is.
func PathOf(id gid.ID) string { return "/webhooks/mdm/" + id.String() }

// Routes are those of the webhooks. The body is bounded in the handler, so that one that is too large has its code as any other refusal.
func (s *Service) Routes() []httpd.Route {
	return []httpd.Route{{
		Path: "/webhooks/mdm/{id}", Methods: []string{http.MethodPost}, Handler: http.HandlerFunc(s.serve), MaxBody: 1 << 40, Timeout: 30 * time.Second,
	}}
}

// event is what NanoMDM and MicroMDM tell: the same, but for what only one of them has.
type event struct {
	Topic        string    `json:"topic"`
	CreatedAt    time.Time `json:"created_at"`
	Checkin      *message  `json:"checkin_event"`
	Acknowledged *message  `json:"acknowledge_event"`
}

type message struct {
	UDID string `json:"udid"`
	Raw  []byte `json:"raw_payload"`
}

// topics are those that say how a device stands. Others are taken, and say nothing.
var topics = map[string]mdm.ReportKind{
	"mdm.Authenticate": mdm.ReportAuthenticate, "mdm.TokenUpdate": mdm.ReportTokenUpdate, "mdm.CheckOut": mdm.ReportCheckOut, "mdm.Connect": mdm.ReportConnect,
}

func (s *Service) serve(w http.ResponseWriter, r *http.Request) {
	ctx := auth.System(r.Context())
	topic := "unread"
	m, err := s.take(ctx, w, r, &topic)
	e := refusalOf(err)
	var code apperr.Code
	if e != nil {
		code = e.Code
	}
	s.Observer.OtherMDMEvent(topic, code)
	if m != nil {
		s.note(ctx, m, e)
	}
	status := http.StatusOK
	if e != nil {
		status = statuses[e.Code]
		if status == 0 {
			status = http.StatusServiceUnavailable
		}
		level := slog.LevelWarn
		if status == http.StatusOK {
			level = slog.LevelDebug
		}
		s.Logger.LogAttrs(ctx, level, "what another MDM server told was not kept", slog.String("code", string(e.Code)), slog.String("topic", topic),
			slog.String("otherMdm", r.PathValue("id")), slog.Any("error", e), slog.String("request_id", reqid.From(ctx)))
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	if status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", "Basic")
	}
	w.WriteHeader(status)
	if e != nil {
		_, _ = io.WriteString(w, string(e.Code)+": "+e.Message+"\n") // the caller is gone if this fails
	}
}

// refusalOf is the error as a refusal; nil for nil.
func refusalOf(err error) *apperr.Error {
	if err == nil {
		return nil
	}
	if e := apperr.As(err); e != nil {
		return e
	}
	return apperr.Wrap(err, apperr.Internal, "This server cannot answer at the moment.")
}

// take believes a request, reads it, and has it kept. m is the server that it is of, once that is known.
func (s *Service) take(ctx context.Context, w http.ResponseWriter, r *http.Request, topic *string) (m *ent.OtherMDM, err error) {
	if m, err = s.webhookOf(ctx, r.PathValue("id")); err != nil {
		return m, err
	}
	proof := r.Header.Get(hmacHeader)
	_, password, basic := r.BasicAuth()
	isBasic := m.WebhookAuthentication == entother.WebhookAuthenticationBasic
	if isBasic && !basic || !isBasic && proof == "" {
		return m, apperr.New(NotSigned, "The request is not signed.").WithHint("Give the secret to the server that calls.")
	}
	key, err := s.Box.Open(m.SealedWebhookSecret, place(m.ID, "webhook_secret"))
	if err != nil {
		return m, err
	}
	wrong := apperr.New(SignatureWrong, "The request is signed with another secret, or was changed.")
	if isBasic && subtle.ConstantTimeCompare([]byte(password), key) != 1 { // before anything is read
		return m, wrong
	}
	body, done, err := s.readBody(w, r)
	defer done()
	if err != nil {
		return m, err
	}
	if !isBasic && !isSigned(body, proof, key) {
		return m, wrong
	}
	return m, s.keep(ctx, m, body, topic)
}

func isSigned(body []byte, proof string, key []byte) bool {
	given, err := base64.StdEncoding.DecodeString(proof)
	mac := hmac.New(sha256.New, key)
	mac.Write(body)
	return err == nil && hmac.Equal(given, mac.Sum(nil))
}

// webhookOf finds whose webhook it is. One that was removed comes with its refusal.
func (s *Service) webhookOf(ctx context.Context, text string) (*ent.OtherMDM, error) {
	unknown := apperr.New(NoSuchWebhook, "There is no such webhook.")
	id, err := gid.Parse(text)
	if err != nil || id.Kind() != gid.OtherMDM {
		return nil, unknown
	}
	m, err := s.Store.Reader().OtherMDM.Get(ctx, id)
	switch {
	case ent.IsNotFound(err):
		return nil, unknown
	case err != nil:
		return nil, store.MapError(err)
	case m.DeletedAt != nil: // whoever looks for the reason sees that it goes on telling
		return m, apperr.New(NoSuchWebhook, "This MDM server was removed.")
	}
	return m, nil
}

// readBody reads a request. Large ones take turns, so that those who cannot sign cannot fill the memory. done is to be called in any case.
func (s *Service) readBody(w http.ResponseWriter, r *http.Request) (body []byte, done func(), err error) {
	done = func() {}
	tooLarge := apperr.New(TooLarge, "The request's body has more than %d bytes.", maxBody)
	if r.ContentLength > maxBody {
		w.Header().Set("Connection", "close") // the body is still on its way
		return nil, done, tooLarge
	}
	if r.ContentLength < 0 || r.ContentLength > usual {
		select {
		case s.large <- struct{}{}:
			done = func() { <-s.large }
		default:
			return nil, done, apperr.New(Busy, "Too many large requests at the same time.")
		}
	}
	body, err = io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var exceeded *http.MaxBytesError
	switch {
	case errors.As(err, &exceeded):
		return nil, done, tooLarge
	case err != nil:
		return nil, done, apperr.Wrap(err, CutOff, "The request's body broke off before its end.")
	}
	return body, done, nil
}

// keep reads an event that is believed, and has it kept.
func (s *Service) keep(ctx context.Context, m *ent.OtherMDM, body []byte, topic *string) error {
	var e event
	if err := json.Unmarshal(body, &e); err != nil {
		return apperr.New(Malformed, "The request is no event of NanoMDM or MicroMDM.") // the cause quotes it
	}
	kind, known := topics[e.Topic]
	if !known {
		*topic = "other"
		return nil
	}
	*topic = e.Topic
	if off := s.Clock.Since(e.CreatedAt).Abs(); off > window {
		return apperr.New(NotNow, "The event is of %s, which is more than %s from now.", e.CreatedAt.UTC().Format(time.RFC3339), window).
			WithHint("Set the clocks of both servers. A request that is sent again later is not taken.")
	}
	said := e.Checkin
	if kind == mdm.ReportConnect {
		said = e.Acknowledged
	}
	if said == nil {
		return apperr.New(Malformed, "The event %s holds nothing of a device.", e.Topic)
	}
	report := mdm.Report{From: m.ID, Name: m.Name, Kind: kind, UDID: said.UDID, At: e.CreatedAt}
	if kind != mdm.ReportConnect {
		report.Raw = said.Raw
	}
	return s.Enrollments.Reported(ctx, report)
}

// noted is when it was last written down what a server told, and what was refused.
type noted struct {
	event, refusal time.Time
	refusals       int // since
}

// note writes down that a server told something, or that it was refused: now and then, however often it is.
func (s *Service) note(ctx context.Context, m *ent.OtherMDM, e *apperr.Error) {
	now := s.Clock.Now().UTC()
	refused := e != nil && (statuses[e.Code] != http.StatusOK || e.Code == mdm.OfOtherMDM || e.Code == mdm.OfOther)
	s.mu.Lock()
	n := s.noted[m.ID]
	last := &n.event
	if refused {
		last = &n.refusal
		n.refusals++
	}
	due := now.Sub(*last) >= noteEvery
	refusals := n.refusals
	if due {
		*last = now
		if refused {
			n.refusals = 0
		}
	}
	s.noted[m.ID] = n
	s.mu.Unlock()
	if !due {
		return
	}
	update := s.Store.Ent().OtherMDM.UpdateOneID(m.ID)
	if refused {
		update.SetLastRefusalAt(now).SetLastRefusalCode(string(e.Code)).SetLastRefusalMessage(e.Message).AddRefusals(refusals)
	} else {
		update.SetLastEventAt(now)
	}
	if err := update.Exec(ctx); err != nil {
		s.Logger.LogAttrs(ctx, slog.LevelWarn, "it could not be written down what another MDM server told", slog.Any("error", err))
	}
}
