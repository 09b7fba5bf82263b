package abm

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/guardmdm/guardmdm/server/apperr"
)

const replacementPath = "/device/replacementDetails"

// Replacement is what Apple says about a device that replaces another.
type Replacement struct {
	OriginalSerialNumber string
	At                   time.Time // the day, UTC; zero when Apple named none
}

// Replacement asks which device one with IsReplacementDevice replaces. Errors: NotFound for a device that replaces none.
func (t *Token) Replacement(ctx context.Context, serial string) (Replacement, error) {
	var r Replacement
	err := t.do(ctx, call{method: http.MethodGet, path: replacementPath, query: url.Values{"device": {serial}},
		refused: func(answer *AnswerError) error {
			if isPage(answer.Body) || answer.Status != http.StatusNotFound || !strings.Contains(answer.Body, "NOT_FOUND") {
				return nil
			}
			answer.Code = "DEVICE_NOT_FOUND"
			return apperr.Wrap(answer, apperr.NotFound, "Apple knows no device that %s replaces (%s).", serial, answer.label())
		},
		decode: func(body *answerBody) error {
			var original, day string
			if err := decodeObject(body, []string{"original_device_serial_number"}, map[string]func(*json.Decoder) error{
				"original_device_serial_number": into(&original), "replacement_date": into(&day),
			}); err != nil {
				return err
			}
			if original = strings.ToUpper(strings.TrimSpace(original)); original == "" {
				return errors.New("empty original_device_serial_number in the answer")
			}
			at, _ := time.Parse(time.DateOnly, day) // zero where Apple writes something else
			r = Replacement{OriginalSerialNumber: original, At: at}
			return nil
		}})
	return r, err
}
