package simapns_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/hex"
	"encoding/json"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/server/simapns"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// The service answers as Apple's: by HTTP/2, to push certificates alone, with Apple's reasons.
func TestAnswers(t *testing.T) {
	authority, err := simapns.NewAuthority(time.Now())
	must(t, err)
	key, err := authority.KeyPEM()
	must(t, err)
	authority, err = simapns.ParseAuthority(authority.PEM(), key) // as from its files
	must(t, err)
	service := simapns.New(authority, nil)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- service.Serve(ctx, listener) }()
	defer func() { cancel(); must(t, <-ended) }()

	client := func(p simapns.PushCertificate) *http.Client {
		certificate, key, err := authority.Make(p)
		must(t, err)
		pair, err := tls.X509KeyPair(certificate, key)
		must(t, err)
		transport := &http.Transport{ForceAttemptHTTP2: true, TLSClientConfig: &tls.Config{Certificates: []tls.Certificate{pair}, RootCAs: authority.Pool()}}
		t.Cleanup(transport.CloseIdleConnections)
		return &http.Client{Transport: transport}
	}
	year := func(topic string) simapns.PushCertificate {
		return simapns.PushCertificate{Topic: topic, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().AddDate(1, 0, 0)}
	}
	topic := simapns.NewTopic()
	good, other := client(year(topic)), client(year(simapns.NewTopic()))
	expired := year(topic)
	expired.NotBefore, expired.NotAfter = time.Now().AddDate(-2, 0, 0), time.Now().AddDate(-1, 0, 0)
	development := year(topic)
	development.Development = true

	d := service.Register(topic, "magic")
	gone := service.Register(topic, "magic")
	gone.Unregister()
	forgotten := service.Register(topic, "magic")
	forgotten.Forget()
	path := func(d *simapns.Device) string { return "/3/device/" + hex.EncodeToString(d.Token()) }
	for _, c := range []struct {
		name         string
		client       *http.Client
		method, path string
		body         string
		status       int
		reason       string
		called       bool
	}{
		{"taken", good, "POST", path(d), `{"mdm":"magic"}`, 200, "", true},
		{"other magic", good, "POST", path(d), `{"mdm":"wrong"}`, 200, "", false},
		{"other topic", other, "POST", path(d), `{"mdm":"magic"}`, 400, "DeviceTokenNotForTopic", false},
		{"expired", client(expired), "POST", path(d), `{"mdm":"magic"}`, 403, "BadCertificate", false},
		{"development", client(development), "POST", path(d), `{"mdm":"magic"}`, 403, "BadCertificateEnvironment", false},
		{"wiped", good, "POST", path(gone), `{"mdm":"magic"}`, 410, "Unregistered", false},
		{"unknown", good, "POST", path(forgotten), `{"mdm":"magic"}`, 400, "BadDeviceToken", false},
		{"no payload", good, "POST", path(d), ``, 400, "PayloadEmpty", false},
		{"no JSON", good, "POST", path(d), `x`, 400, "InvalidPushType", false},
		{"too large", good, "POST", path(d), strings.Repeat("x", 5000), 413, "PayloadTooLarge", false},
		{"GET", good, "GET", path(d), ``, 405, "MethodNotAllowed", false},
		{"elsewhere", good, "POST", "/", `{}`, 404, "BadPath", false},
	} {
		r, err := http.NewRequestWithContext(t.Context(), c.method, "https://"+listener.Addr().String()+c.path, bytes.NewReader([]byte(c.body)))
		must(t, err)
		r.Header.Set("apns-push-type", "mdm")
		answer, err := c.client.Do(r)
		must(t, err)
		var said struct {
			Reason    string
			Timestamp int64
		}
		_ = json.NewDecoder(answer.Body).Decode(&said)
		_ = answer.Body.Close()
		if answer.ProtoMajor != 2 || answer.StatusCode != c.status || said.Reason != c.reason || (said.Timestamp != 0) != (c.status == 410) || answer.Header.Get("apns-id") == "" {
			t.Errorf("%s: %s %d %+v", c.name, answer.Proto, answer.StatusCode, said)
		}
		select {
		case <-d.Calls():
			if !c.called {
				t.Errorf("%s: the device was called", c.name)
			}
		default:
			if c.called {
				t.Errorf("%s: the device was not called", c.name)
			}
		}
	}
	if all := service.Outcomes(); all[""] != 2 || all["Unregistered"] != 1 {
		t.Errorf("outcomes: %v", all)
	}
}
