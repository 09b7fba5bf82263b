package graph

import (
	"context"
	"encoding/base64"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/graph/model"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/othermdm"
)

// otherMDMCreation reads the input of createOtherMDM as a change of a server that has nothing yet.
func otherMDMCreation(in model.CreateOtherMDMInput) (othermdm.Edit, error) {
	return otherMDMEdit(model.UpdateOtherMDMInput{Name: graphql.OmittableOf(&in.Name), URL: in.URL, Request: in.Request, Authorization: in.Authorization,
		ProfileBase64: in.ProfileBase64, WebhookAuthentication: in.WebhookAuthentication})
}

func otherMDMEdit(in model.UpdateOtherMDMInput) (e othermdm.Edit, err error) {
	e.Name, _ = in.Name.ValueOK()
	e.URL, _ = in.URL.ValueOK()
	e.Request, _ = in.Request.ValueOK()
	e.WebhookAuthentication, _ = in.WebhookAuthentication.ValueOK()
	if authorization, ok := in.Authorization.ValueOK(); ok {
		e.Authorization = new(orZero(authorization))
	}
	if text, _ := in.ProfileBase64.ValueOK(); text != nil {
		if e.File, err = base64.StdEncoding.DecodeString(strings.Join(strings.Fields(*text), "")); err != nil {
			return e, apperr.Wrap(err, apperr.BadUserInput, "`profileBase64` does not hold a file in base64.").
				WithHint("Encode the .mobileconfig as it is, for example with: base64 -w0 FILE").WithField("profileBase64")
		}
	}
	return e, nil
}

func (r *Resolver) createOtherMDM(ctx context.Context, in model.CreateOtherMDMInput) (*ent.OtherMDM, *string, error) {
	e, err := otherMDMCreation(in)
	if err != nil {
		return nil, nil, err
	}
	m, secret, err := r.OtherMDMs.Create(ctx, e)
	return m, optional(secret), err
}

func (r *Resolver) updateOtherMDM(ctx context.Context, in model.UpdateOtherMDMInput) (*ent.OtherMDM, error) {
	e, err := otherMDMEdit(in)
	if err != nil {
		return nil, err
	}
	return r.OtherMDMs.Update(ctx, in.OtherMdmID, e)
}

// otherMDM reads a server, also one that was removed; nil for none.
func (r *Resolver) otherMDM(ctx context.Context, id *gid.ID) (*ent.OtherMDM, error) {
	if id == nil {
		return nil, nil
	}
	return r.DB.Reader().OtherMDM.Get(ctx, *id)
}

func otherMDMProfile(p *othermdm.Profile) *model.OtherMDMProfile {
	if p == nil {
		return nil
	}
	return &model.OtherMDMProfile{DisplayName: p.Name, Organization: p.Organization, Identifier: p.Identifier, ServerURL: p.ServerURL, CheckInURL: p.CheckInURL,
		Topic: p.Topic, Identity: p.Identity, SignedBy: optional(p.SignedBy), ChecksOut: p.ChecksOut}
}

func otherMDMFindings(all []othermdm.Finding) []*model.OtherMDMFinding {
	list := make([]*model.OtherMDMFinding, len(all))
	for i, f := range all {
		list[i] = &model.OtherMDMFinding{Result: model.OtherMDMFindingResult(f.Result), Message: f.Message, Hint: optional(f.Hint)}
	}
	return list
}
