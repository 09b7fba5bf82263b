package abm

import (
	"context"
	"encoding/json"
	"errors"
	"io"
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
		decode: func(body *answerBody) (err error) {
			r, err = decodeReplacement(body)
			return err
		}})
	return r, err
}

func decodeReplacement(from io.Reader) (r Replacement, err error) {
	var original, day string
	if err := decodeObject(from, []string{"original_device_serial_number"}, map[string]func(*json.Decoder) error{
		"original_device_serial_number": into(&original), "replacement_date": into(&day),
	}); err != nil {
		return r, err
	}
	original = strings.ToUpper(strings.TrimSpace(original))
	if original == "" || len(original) > 64 || strings.Trim(original, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != "" {
		return r, errors.New("original_device_serial_number is no serial number")
	}
	at, _ := time.Parse(time.DateOnly, day) // zero where Apple writes something else
	return Replacement{OriginalSerialNumber: original, At: at}, nil
}
