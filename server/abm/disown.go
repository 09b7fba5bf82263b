package abm

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
)

const disownPath = "/devices/disown"

// Disown releases devices of this MDM server from the organization for good, at most 1,000 in a request. The result is Apple's word by serial number
// as Apple wrote it: AssignSuccess, AssignNotAccessible or AssignFailed; one that is missing was not carried out. When no complete answer came,
// the call is not repeated: IsAmbiguous tells, and DeviceDetails says what became of it.
func (t *Token) Disown(ctx context.Context, serials []string) (map[string]string, error) {
	request, err := json.Marshal(struct {
		Devices []string `json:"devices"`
	}{serials})
	if err != nil {
		return nil, err
	}
	var words map[string]string
	err = t.do(ctx, call{method: http.MethodPost, path: disownPath, body: request, lookFirst: true, decode: func(body *answerBody) (err error) {
		words, err = decodeWords(body)
		return err
	}})
	if err != nil {
		return nil, err
	}
	return words, nil
}

func decodeWords(r io.Reader) (map[string]string, error) {
	words := map[string]string{}
	err := decodeObject(r, []string{"devices"}, map[string]func(*json.Decoder) error{"devices": into(&words)})
	return words, err
}
