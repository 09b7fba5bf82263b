// Package servertoken makes the key pairs for ABM server tokens and reads the tokens that Apple encrypts for them.
//
// A server token is a text file (S/MIME) around a CMS message (BER, indefinite lengths) around another small MIME message around
// JSON. Everything in it comes from outside, so each layer is checked before the next is opened, and each kind of wrong file
// gets an error of its own that says what to do (field notes 14, 15 and 25). No error quotes the file.
package servertoken

import (
	"errors"
	"time"

	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/cmsguard"
)

const (
	maxFile  = 64 << 10 // bytes; real tokens have about 2 KiB
	maxDepth = 32       // levels of nesting in the CMS message; real tokens have 6
)

const downloadAgain = "Download the server token in ABM again and upload the .p7m file as it is."

// Read decrypts a server token with the key pair it was made for and returns the credentials, and the index of that key pair in
// keys. now decides whether the token has expired.
//
// Every error is an *apperr.Error: TokenFileInvalid, TokenFileTooLarge, TokenFileCutOff, TokenOtherKey, TokenIncomplete or
// TokenExpired.
func Read(file []byte, now time.Time, keys ...KeyPair) (creds abm.Credentials, used int, err error) {
	if len(file) > maxFile {
		return creds, 0, apperr.New(apperr.TokenFileTooLarge, "The file is too large for a server token: more than 64 KiB, where a token has about 2.").
			WithHint("Choose the .p7m file that ABM made for this MDM server.")
	}
	ber, err := unwrap(file)
	if err != nil {
		return creds, 0, err
	}
	der, err := cmsguard.Normalize(ber, cmsguard.Limits{Bytes: maxFile, Depth: maxDepth})
	switch {
	case errors.Is(err, cmsguard.ErrTruncated):
		return creds, 0, cutOff(err)
	case err != nil:
		return creds, 0, damaged(err, "what it holds is not well-formed")
	}
	message, err := inspect(der)
	if err != nil {
		return creds, 0, err
	}
	used, err = message.keyFor(keys)
	if err != nil {
		return creds, 0, err
	}
	plain, err := message.decrypt(keys[used])
	if err != nil {
		return creds, 0, err
	}
	creds, err = parseContent(plain)
	if err != nil {
		return abm.Credentials{}, 0, err
	}
	if !now.Before(creds.AccessTokenExpiry) {
		return abm.Credentials{}, 0, apperr.New(apperr.TokenExpired, "This server token expired on %s.", creds.AccessTokenExpiry.Format("2 Jan 2006 at 15:04 UTC")).
			WithHint("Download a new server token in ABM and upload that.")
	}
	return creds, used, nil
}

// notAToken is the error for a file that is something else.
func notAToken(cause error, because string) error {
	return apperr.Wrap(cause, apperr.TokenFileInvalid, "This file is not a server token: %s.", because).WithHint(downloadAgain)
}

// damaged is the error for a file that was changed on its way.
func damaged(cause error, because string) error {
	return apperr.Wrap(cause, apperr.TokenFileInvalid, "The file is damaged: %s.", because).WithHint(downloadAgain)
}

func cutOff(cause error) error {
	return apperr.Wrap(cause, apperr.TokenFileCutOff, "The file ends too early: only the beginning of a server token arrived.").WithHint(downloadAgain)
}
