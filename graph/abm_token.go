package graph

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"strings"

	"entgo.io/ent/dialect/sql"
	"github.com/99designs/gqlgen/graphql"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/graph/model"
	"github.com/guardmdm/guardmdm/server/apperr"
)

// certificate is the one to upload in Apple Business Manager now.
func certificate(t *ent.ABMToken) string {
	if t.StagedCertificate != "" {
		return t.StagedCertificate
	}
	return t.CurrentCertificate
}

func generate(ctx context.Context, tokens Tokens, input model.GenerateABMTokenInput) (*ent.ABMToken, error) {
	id, renew := input.AbmTokenID.ValueOK()
	name, _ := input.Name.ValueOK()
	switch {
	case !renew || id == nil:
		if name == nil {
			return tokens.Generate(ctx, "")
		}
		return tokens.Generate(ctx, *name)
	case name != nil:
		return nil, apperr.New(apperr.BadUserInput, "A renewal keeps the name of its ABM token.").WithHint("Leave `name` out.").WithField("name")
	}
	return tokens.Renew(ctx, *id)
}

// decodeBase64 takes the standard or the URL alphabet, with or without padding and line ends.
func decodeBase64(text, field string) ([]byte, error) {
	text = strings.NewReplacer("\r", "", "\n", "", " ", "", "-", "+", "_", "/").Replace(text)
	file, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(text, "="))
	if err != nil {
		return nil, apperr.New(apperr.BadUserInput, "`%s` does not hold a file in base64.", field).
			WithHint("Encode the file, for example with: base64 -w0 FILE").WithField(field)
	}
	return file, nil
}

// decodeFile reads a server token file.
func decodeFile(text string) ([]byte, error) {
	file, err := decodeBase64(text, "contentBase64")
	if err != nil || len(file) == 0 {
		return nil, apperr.New(apperr.BadUserInput, "`contentBase64` does not hold a file in base64.").
			WithHint("Encode the .p7m file as it was downloaded, for example with: base64 -w0 FILE").WithField("contentBase64")
	}
	return file, nil
}

// stateReason says why the token is in its state; nil while all is well.
func stateReason(t *ent.ABMToken) *model.StateReason {
	message, hint, _ := strings.Cut(t.StateMessage, "\n")
	switch {
	case message != "":
	case t.State == abmtoken.StateAwaitingServerToken:
		message = "The server token from Apple Business Manager was not uploaded yet."
		hint = "Upload the certificate in Apple Business Manager under MDM Server, download the server token there, and upload it here."
	case t.State == abmtoken.StateExpired:
		message = "The server token has expired: devices do not sync, new ones cannot enroll, and changes in ABM stay unseen. Enrolled devices are not affected."
		hint = "Renew it: generate a new key, upload its certificate for the same MDM server in ABM, download the server token, and upload it here."
	case t.State == abmtoken.StateExpiring:
		message = "The server token expires on " + t.ExpiresAt.UTC().Format("2 January 2006") + "."
		hint = "Renew it before then, so that sync and enrollment go on without a break."
	default:
		return nil
	}
	return &model.StateReason{Message: message, Hint: optional(hint)}
}

// fingerprint is the SHA-256 of a PEM certificate's content.
func fingerprint(certificate string) (string, error) {
	block, _ := pem.Decode([]byte(certificate))
	if block == nil {
		return "", errors.New("a stored certificate is not PEM")
	}
	sum := sha256.Sum256(block.Bytes)
	return hex.EncodeToString(sum[:]), nil
}

// lastFullRun finds the run that ended when the token's list was last fetched whole: the token's last one that had begun
// before. Asking for the newest full one would read through the short runs of years.
func (r *Resolver) lastFullRun(ctx context.Context, t *ent.ABMToken) (*ent.SyncRun, error) {
	if t.LastFullSyncAt == nil {
		return nil, nil
	}
	run, err := r.DB.Reader().SyncRun.Query().
		Where(syncrun.AbmTokenID(t.ID), syncrun.StartedAtLTE(*t.LastFullSyncAt), syncrun.Full(true), syncrun.StatusEQ(syncrun.StatusSucceeded)).
		Order(syncrun.ByStartedAt(sql.OrderDesc()), syncrun.ByID(sql.OrderDesc())).First(ctx)
	return run, ent.MaskNotFound(err)
}

// check asks Apple about a token and returns it with what was learned. A refusal by Apple is an answer, not an error: the
// token's state says so.
func (r *Resolver) check(ctx context.Context, id gid.ID) (*ent.ABMToken, error) {
	err := r.Checks.Check(ctx, id)
	if err != nil && !apperr.IsVerdict(err) {
		return nil, err
	}
	return r.DB.Reader().ABMToken.Get(ctx, id)
}

func (r *Resolver) tokenExists(ctx context.Context, id gid.ID) error {
	there, err := r.DB.Reader().ABMToken.Query().Where(abmtoken.ID(id), abmtoken.DeletedAtIsNil()).Exist(ctx)
	if err == nil && !there {
		return apperr.NoABMToken(nil, id)
	}
	return err
}

// isTrue is the value of an optional flag that is false when left out.
func isTrue(flag graphql.Omittable[*bool]) bool {
	v, _ := flag.ValueOK()
	return v != nil && *v
}
