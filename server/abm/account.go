package abm

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"
)

// Addresses whose limits an Account may advertise.
const (
	FetchURI  = fetchPath
	SyncURI   = syncPath
	AssignURI = assignPath
)

// Account is the MDM server and organization that a server token belongs to. Any field but ServerUUID can be empty.
type Account struct {
	ServerName string `json:"server_name"` // as in ABM; an administrator can change it
	ServerUUID string `json:"server_uuid"` // identity of the MDM server
	AdminID    string `json:"admin_id"`    // Apple Account that made the token

	OrgName    string `json:"org_name"`
	OrgEmail   string `json:"org_email"`
	OrgPhone   string `json:"org_phone"`
	OrgAddress string `json:"org_address"`
	OrgID      string `json:"org_id"` // identity of the organization
	OrgIDHash  string `json:"org_id_hash"`
	OrgType    string `json:"org_type"`    // org, edu, tvprovider
	OrgVersion string `json:"org_version"` // v1: the programs before ABM, v2: ABM

	URLs []AccountURL `json:"urls"`
}

// AccountURL is one address of the service as Apple advertises it.
type AccountURL struct {
	URI     string   `json:"uri"`
	Methods []string `json:"http_method"`
	Limit   struct {
		Default int `json:"default"`
		Maximum int `json:"maximum"`
	} `json:"limit"` // zero: none advertised
}

// defaultPageLimit is what Apple documents where an account advertises nothing.
const defaultPageLimit = 1000

// PageLimit is the most items that one request to the address (FetchURI, SyncURI, AssignURI) may carry or ask for.
func (a Account) PageLimit(uri string) int {
	for _, u := range a.URLs {
		if strings.TrimSuffix(u.URI, "/") == uri && u.Limit.Maximum > 0 {
			return u.Limit.Maximum
		}
	}
	return defaultPageLimit
}

// Account asks which MDM server and organization the token belongs to, and proves so that Apple accepts it.
func (t *Token) Account(ctx context.Context) (Account, error) {
	var account Account
	err := t.do(ctx, call{method: "GET", path: "/account", decode: func(body *answerBody) error {
		raw, err := io.ReadAll(body)
		if err != nil {
			return err
		}
		account, err = decodeAccount(raw)
		return err
	}})
	if err != nil {
		return Account{}, err
	}
	return account, nil
}

func decodeAccount(raw []byte) (Account, error) {
	var account Account
	var otherType *json.UnmarshalTypeError // leaves that field empty and is not worth refusing the rest
	if err := json.Unmarshal(raw, &account); err != nil && !errors.As(err, &otherType) {
		return Account{}, err
	}
	if account.ServerUUID == "" {
		return Account{}, errors.New("no server_uuid in the answer")
	}
	return account, nil
}
