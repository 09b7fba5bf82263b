package push

import (
	"encoding/pem"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/simapns"
)

// FuzzUpload reads whatever an administrator may take for a certificate or a key: it is one, or an error that says what is wrong with it.
func FuzzUpload(f *testing.F) {
	now := time.Now()
	authority, err := simapns.NewAuthority(now)
	if err != nil {
		f.Fatal(err)
	}
	certificate, key, err := authority.Make(simapns.PushCertificate{Topic: simapns.NewTopic(), NotBefore: now.Add(-time.Hour), NotAfter: now.AddDate(1, 0, 0)})
	if err != nil {
		f.Fatal(err)
	}
	block, _ := pem.Decode(certificate)
	for _, seed := range [][]byte{nil, []byte("hello"), certificate, block.Bytes, key, append(certificate, authority.PEM()...), certificate[:200]} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		if c, err := parseChain(file, now); err != nil && apperr.As(err) == nil || err == nil && (c.leaf == nil || c.topic == "" || len(c.der) == 0) {
			t.Errorf("%+v, %v", c, err)
		}
		if k, err := parseKey(file); err != nil && apperr.As(err) == nil || err == nil && len(k) == 0 {
			t.Errorf("%d bytes, %v", len(k), err)
		}
	})
}
