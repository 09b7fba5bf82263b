// Package simapns is a push service that stands for Apple's: HTTP/2 with a certificate of its own, push certificates instead of
// passwords, Apple's answers, and devices of this process that hear what is sent to them.
package simapns

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// maxPayload is the most that Apple takes for a device.
const maxPayload = 4096

// Service is the simulated push service. It is safe for concurrent use.
type Service struct {
	authority *Authority
	now       func() time.Time

	mu       sync.Mutex
	devices  map[string]*Device
	outcomes map[string]int
	throttle int // requests to come that are answered 429
	down     bool
	latency  time.Duration
}

// New makes the service. now is its clock; nil: the real one.
func New(authority *Authority, now func() time.Time) *Service {
	if now == nil {
		now = time.Now
	}
	return &Service{authority: authority, now: now, devices: map[string]*Device{}, outcomes: map[string]int{}}
}

// Serve answers on the listener until ctx ends.
func (s *Service) Serve(ctx context.Context, listener net.Listener) error {
	host, _, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	certificate, err := s.authority.server(host, s.now())
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	server := &http.Server{
		Handler: s, ReadHeaderTimeout: 10 * time.Second, ErrorLog: log.New(io.Discard, "", 0), // handshakes that failed are the client's to report
		TLSConfig: &tls.Config{
			Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12, NextProtos: []string{"h2"},
			// Whoever has no certificate is refused by the handshake; what it says about itself is looked at with the request.
			ClientAuth: tls.RequireAnyClientCert,
		},
	}
	stop := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stop()
	if err := server.ServeTLS(listener, "", ""); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// Throttle has the next n requests answered 429.
func (s *Service) Throttle(n int) { s.set(func() { s.throttle = n }) }

// SetDown has every request answered 503 while it is down.
func (s *Service) SetDown(down bool) { s.set(func() { s.down = down }) }

// SetLatency is added to every answer.
func (s *Service) SetLatency(d time.Duration) { s.set(func() { s.latency = d }) }

func (s *Service) set(change func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change()
}

// Outcomes counts the answers by Apple's reason; "" is what was taken.
func (s *Service) Outcomes() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := make(map[string]int, len(s.outcomes))
	for reason, n := range s.outcomes {
		all[reason] = n
	}
	return all
}

// ServeHTTP implements http.Handler.
func (s *Service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	latency := s.latency
	s.mu.Unlock()
	if latency > 0 {
		select {
		case <-time.After(latency):
		case <-r.Context().Done():
			return
		}
	}
	status, reason, since := s.answer(r)
	s.set(func() { s.outcomes[reason]++ })
	id := make([]byte, 16)
	_, _ = rand.Read(id) // never fails (crypto/rand)
	w.Header().Set("apns-id", hex.EncodeToString(id))
	if status == http.StatusOK {
		return
	}
	body := map[string]any{"reason": reason}
	if !since.IsZero() {
		body["timestamp"] = since.UnixMilli()
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

// answer is Apple's: https://developer.apple.com/documentation/usernotifications/handling-notification-responses-from-apns
func (s *Service) answer(r *http.Request) (status int, reason string, since time.Time) {
	token, isPath := strings.CutPrefix(r.URL.Path, "/3/device/")
	refuse := func(status int, reason string) (int, string, time.Time) { return status, reason, time.Time{} }
	switch {
	case !isPath:
		return refuse(http.StatusNotFound, "BadPath")
	case r.Method != http.MethodPost:
		return refuse(http.StatusMethodNotAllowed, "MethodNotAllowed")
	case r.TLS == nil || len(r.TLS.PeerCertificates) == 0 || r.ProtoMajor != 2:
		return refuse(http.StatusForbidden, "MissingProviderToken")
	}
	certificate := r.TLS.PeerCertificates[0]
	topic := topicOf(certificate)
	if certificate.CheckSignatureFrom(s.authority.certificate) != nil || topic == "" || s.now().After(certificate.NotAfter) {
		return refuse(http.StatusForbidden, "BadCertificate")
	}
	if isMarked(certificate.Extensions) {
		return refuse(http.StatusForbidden, "BadCertificateEnvironment")
	}
	text, err := io.ReadAll(io.LimitReader(r.Body, maxPayload+1))
	switch {
	case err != nil || len(text) == 0:
		return refuse(http.StatusBadRequest, "PayloadEmpty")
	case len(text) > maxPayload:
		return refuse(http.StatusRequestEntityTooLarge, "PayloadTooLarge")
	}
	var payload struct {
		MDM string `json:"mdm"`
	}
	if json.Unmarshal(text, &payload) != nil || r.Header.Get("apns-push-type") != "mdm" {
		return refuse(http.StatusBadRequest, "InvalidPushType")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.down:
		return refuse(http.StatusServiceUnavailable, "ServiceUnavailable")
	case s.throttle > 0:
		s.throttle--
		return refuse(http.StatusTooManyRequests, "TooManyRequests")
	}
	d := s.devices[token]
	switch {
	case d == nil:
		return refuse(http.StatusBadRequest, "BadDeviceToken")
	case !d.gone.IsZero():
		return http.StatusGone, "Unregistered", d.gone
	case d.topic != topic:
		return refuse(http.StatusBadRequest, "DeviceTokenNotForTopic")
	}
	d.deliver(payload.MDM)
	return http.StatusOK, "", time.Time{}
}
