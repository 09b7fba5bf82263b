package graph

import (
	"bytes"
	"encoding/base64"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/graph/model"
	"github.com/guardmdm/guardmdm/server/push"
)

// textOf is "" for a text that was left out.
func textOf(text graphql.Omittable[*string]) string {
	if t, _ := text.ValueOK(); t != nil {
		return *t
	}
	return ""
}

// certificateFile takes PEM as it is, and anything else as base64 if it is that.
func certificateFile(text string) []byte {
	if bytes.Contains([]byte(text), []byte("-----BEGIN")) {
		return []byte(text)
	}
	if file, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), "")); err == nil {
		return file
	}
	return []byte(text)
}

// pushReason says why the push certificate is in its state; nil while all is well.
func pushReason(c *ent.PushCertificate, now time.Time) *model.StateReason {
	until := c.NotAfter.UTC().Format("2 January 2006")
	hint := "At identity.apple.com, sign in with the Apple Account that made it, choose Renew beside it, and upload the certificate here."
	switch push.StateOf(c, now) {
	case push.Expired:
		return &model.StateReason{Message: "The push certificate expired on " + until + ": no device can be enrolled or asked to call. Enrolled devices stay enrolled.", Hint: &hint}
	case push.Expiring:
		return &model.StateReason{Message: "The push certificate expires on " + until + ".", Hint: &hint}
	}
	return nil
}
