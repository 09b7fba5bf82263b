package simdevice

import (
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
)

// A server may close a connection that it kept in the moment in which a device uses it again.
func TestMessagesOutliveTheirConnection(t *testing.T) {
	var requests atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, sent := r.Header["Idempotency-Key"]; sent {
			t.Error("a header that devices do not send")
		}
		if requests.Add(1) == 2 {
			panic(http.ErrAbortHandler) // closes the connection without an answer
		}
	}))
	defer server.Close()
	d := &Device{Options: Options{Client: server.Client()}}
	for range 2 {
		if _, err := d.post(t.Context(), http.MethodPut, server.URL, "", []byte("message"), nil); err != nil {
			t.Error(err)
		}
	}
	if n := requests.Load(); n != 3 {
		t.Errorf("%d requests", n)
	}
}
