package diagnosis

import (
	"github.com/guardmdm/guardmdm/ent/role"
)

// Fix is what mends a finding.
type Fix struct {
	Text    string
	Actions []Action // that can be taken here, the most likely last
}

// Action is something that can be done about a finding, by its name in the API.
type Action string

// The actions.
const (
	OpenABM          Action = "OPEN_ABM"
	ConnectToken     Action = "CONNECT_TOKEN"
	RenewToken       Action = "RENEW_TOKEN"
	CheckToken       Action = "CHECK_TOKEN"
	StartSync        Action = "START_SYNC"
	StartFullSync    Action = "START_FULL_SYNC"
	ConfirmRemovals  Action = "CONFIRM_REMOVALS"
	Enforce          Action = "ENFORCE"
	SetDefault       Action = "SET_DEFAULT"
	EditProfile      Action = "EDIT_PROFILE"
	PublishProfile   Action = "PUBLISH_PROFILE"
	ShowDevices      Action = "SHOW_DEVICES"
	ConfirmPublicURL Action = "CONFIRM_PUBLIC_URL"

	UploadPushCertificate Action = "UPLOAD_PUSH_CERTIFICATE"
	ShowOtherMDMs         Action = "SHOW_OTHER_MDMS"
	ReleaseDevice         Action = "RELEASE_DEVICE"
	ShowDevice            Action = "SHOW_DEVICE"
)

// Role is the one that the action needs at least.
func (a Action) Role() role.Role {
	switch a {
	case OpenABM, ShowDevices, ShowDevice, ShowOtherMDMs:
		return role.Viewer
	case ConnectToken, RenewToken, ConfirmRemovals, Enforce, ConfirmPublicURL, UploadPushCertificate:
		return role.Admin
	}
	return role.Operator
}

func fix(text string, actions ...Action) Fix { return Fix{text, actions} }
