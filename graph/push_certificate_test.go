package graph_test

import (
	"strings"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/server/simapns"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

// The exchange of the push certificate as the API has it.
func TestPushCertificate(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s := stack.New(t, db, stack.Options{})
		a := newAPI(t, s)

		type certificate struct {
			Topic, AppleAccount, State string
			NotAfter                   time.Time
			StateReason                *struct{ Message, Hint string }
		}
		const fields = `{ topic appleAccount state notAfter stateReason { message hint } }`
		var got struct{ PushCertificate *certificate }
		if a.get("{ pushCertificate "+fields+" }", nil, &got); got.PushCertificate != nil {
			t.Errorf("got %+v", got.PushCertificate)
		}
		var made struct {
			CreatePushCertificateRequest struct {
				RequestPEM string
				UserErrors []struct{ Code string }
			}
		}
		a.get(`mutation { createPushCertificateRequest(input: {appleAccount: "push@example.org"}) { requestPEM userErrors { code } } }`, nil, &made)
		var waiting struct {
			PushCertificateRequests []struct{ RequestPEM, AppleAccount string }
		}
		a.get(`{ pushCertificateRequests { requestPEM appleAccount createdAt } }`, nil, &waiting)
		if all := waiting.PushCertificateRequests; len(all) != 1 || all[0].RequestPEM != made.CreatePushCertificateRequest.RequestPEM || all[0].AppleAccount != "push@example.org" {
			t.Errorf("got %+v", all)
		}
		authority, err := simapns.NewAuthority(s.Clock.Now())
		if err != nil {
			t.Fatal(err)
		}
		p := simapns.PushCertificate{Topic: simapns.NewTopic(), NotBefore: s.Clock.Now(), NotAfter: s.Clock.Now().AddDate(0, 0, 20)}
		signed, err := authority.Sign([]byte(made.CreatePushCertificateRequest.RequestPEM), p)
		if err != nil {
			t.Fatal(err)
		}
		const upload = `mutation ($c: String!, $k: String) { uploadPushCertificate(input: {certificate: $c, privateKey: $k}) { pushCertificate ` + fields + ` userErrors { field code message hint } } }`
		var uploaded struct {
			UploadPushCertificate struct {
				PushCertificate *certificate
				UserErrors      []struct {
					Field         []string
					Code, Message string
					Hint          *string
				}
			}
		}
		for text, code := range map[string]string{"hello": "PUSH_CERTIFICATE_INVALID", made.CreatePushCertificateRequest.RequestPEM: "PUSH_CERTIFICATE_INVALID"} {
			a.get(upload, map[string]any{"c": text}, &uploaded)
			if u := uploaded.UploadPushCertificate; len(u.UserErrors) != 1 || u.UserErrors[0].Code != code || strings.Join(u.UserErrors[0].Field, "") != "certificate" || u.UserErrors[0].Hint == nil {
				t.Errorf("%s: %+v", text, u)
			}
		}
		a.get(upload, map[string]any{"c": string(signed)}, &uploaded)
		u := uploaded.UploadPushCertificate
		if c := u.PushCertificate; len(u.UserErrors) != 0 || c == nil || c.Topic != p.Topic || c.State != "EXPIRING" || c.StateReason == nil || c.AppleAccount != "push@example.org" {
			t.Errorf("got %+v", u)
		}
		a.get("{ pushCertificate "+fields+" }", nil, &got)
		if got.PushCertificate == nil || got.PushCertificate.Topic != p.Topic {
			t.Errorf("got %+v", got)
		}
	})
}
