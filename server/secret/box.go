// Package secret keeps secrets at rest: private keys and OAuth credentials are sealed before they reach the database and opened
// after they left it. The key that seals them lives in a file beside the database, never in it.
package secret

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// Box seals and opens secrets with the key of one key file. It is safe for concurrent use.
type Box struct {
	aead        tink.AEAD
	fingerprint string
	warning     string
}

// Seal encrypts plaintext (AES-256-GCM) for one place, such as "abm_token/123/private_key". The context is not kept in the
// result, but only the same context opens it: a sealed value that was copied to another row or column stays shut.
func (b *Box) Seal(plaintext []byte, context string) ([]byte, error) {
	sealed, err := b.aead.Encrypt(plaintext, []byte(context))
	if err != nil {
		return nil, fmt.Errorf("sealing %s: %w", context, err)
	}
	return sealed, nil
}

// Open decrypts what Seal made with the same context and the same key file. It fails on anything else.
func (b *Box) Open(sealed []byte, context string) ([]byte, error) {
	plaintext, err := b.aead.Decrypt(sealed, []byte(context))
	if err != nil {
		// Tink says no more than that it failed, and neither could we: that is the point of authenticated encryption.
		return nil, fmt.Errorf("opening %s with key %s: the sealed value was made with another key or for another place, or was changed",
			context, b.fingerprint)
	}
	return plaintext, nil
}

// Fingerprint names the key without giving anything of it away, such as "3f9a-02c4-77de-b1e5". The same file has the same
// fingerprint for ever.
func (b *Box) Fingerprint() string { return b.fingerprint }

// Warning says what is wrong with the key file although it can be used; empty if nothing is.
func (b *Box) Warning() string { return b.warning }

// LogValue keeps the key out of logs.
func (b *Box) LogValue() slog.Value { return slog.StringValue("key " + b.fingerprint) }

// String keeps the key out of messages.
func (b *Box) String() string { return "key " + b.fingerprint }

// generate makes a new key and its file content: a Tink keyset in JSON. Tink's own package calls a keyset in clear insecure,
// because it wants a key management service around it; here the file's mode and place are what protects it.
func generate() (*Box, []byte, error) {
	handle, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, nil, err
	}
	var file bytes.Buffer
	if err := insecurecleartextkeyset.Write(handle, keyset.NewJSONWriter(&file)); err != nil {
		return nil, nil, err
	}
	box, err := newBox(handle)
	return box, file.Bytes(), err
}

// errMalformed hides the parser's own words: they can quote the key.
var errMalformed = errors.New("not a Tink keyset in JSON with an AEAD key")

func parse(file []byte) (*Box, error) {
	handle, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(file)))
	if err != nil {
		return nil, errMalformed
	}
	return newBox(handle)
}

func newBox(handle *keyset.Handle) (*Box, error) {
	primitive, err := aead.New(handle)
	if err != nil {
		return nil, errMalformed
	}
	// Of the first key, not of the primary one: a rotation appends a key and leaves the first until everything is sealed anew.
	first := insecurecleartextkeyset.KeysetMaterial(handle).GetKey()[0].GetKeyData().GetValue()
	mac := hmac.New(sha256.New, first)
	mac.Write([]byte("GuardMDM key fingerprint"))
	sum := hex.EncodeToString(mac.Sum(nil)[:8])
	return &Box{aead: primitive, fingerprint: sum[:4] + "-" + sum[4:8] + "-" + sum[8:12] + "-" + sum[12:]}, nil
}
