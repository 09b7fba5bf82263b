package abm

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"time"
)

// Page is one answer of a fetch or a sync.
type Page struct {
	Devices      []Device  // oldest operation first; a sync can hold several for one device, and not in order; may be empty
	Cursor       string    // the new position: always present, opaque, up to 1,000 characters in practice
	MoreToFollow bool      // ask again at once, with Cursor
	FetchedUntil time.Time // zero if absent
	Bytes        int64     // of the answer, after decompression
}

const (
	fetchPath = "/server/devices"
	syncPath  = "/devices/sync"
)

// FetchDevices asks for a page of the full list. cursor is "" at the beginning. limit is the most devices on the page, 0 for Apple's
// default; Account.PageLimit(FetchURI) says how large it may be. AppleCursorExhausted means that the list was read to
// its end already and the same cursor can go to SyncDevices.
func (t *Token) FetchDevices(ctx context.Context, cursor string, limit int) (Page, error) {
	return t.page(ctx, fetchPath, cursor, limit)
}

// SyncDevices asks for a page of the changes since cursor. AppleCursorExpired and AppleCursorInvalid mean that only a new full fetch
// helps, AppleCursorExhausted that nothing is new.
func (t *Token) SyncDevices(ctx context.Context, cursor string, limit int) (Page, error) {
	return t.page(ctx, syncPath, cursor, limit)
}

func (t *Token) page(ctx context.Context, path, cursor string, limit int) (Page, error) {
	request, err := json.Marshal(struct {
		Limit  int    `json:"limit,omitempty"`
		Cursor string `json:"cursor,omitempty"`
	}{max(limit, 0), cursor})
	if err != nil {
		return Page{}, err
	}
	var page Page
	err = t.do(ctx, call{method: "POST", path: path, body: request, decode: func(body *answerBody) error {
		var err error
		page, err = decodePage(body, limit)
		page.Bytes = body.read
		return err
	}})
	if err != nil {
		return Page{}, err
	}
	return page, nil
}

// decodePage holds one device in memory besides the result.
func decodePage(r io.Reader, expected int) (Page, error) {
	var page Page
	page.Devices = make([]Device, 0, min(max(expected, 0), 1000))
	words := vocabulary{}
	var fetchedUntil json.RawMessage
	err := decodeObject(r, []string{"devices", "cursor", "more_to_follow"}, map[string]func(*json.Decoder) error{
		"devices":        eachElement(func(raw []byte) { page.Devices = append(page.Devices, parseDevice(raw, words)) }),
		"cursor":         into(&page.Cursor),
		"more_to_follow": into(&page.MoreToFollow),
		"fetched_until":  func(dec *json.Decoder) error { return incompleteIsError(dec.Decode(&fetchedUntil)) },
	})
	if err != nil {
		return Page{}, err
	}
	if page.Cursor == "" {
		return Page{}, errors.New("empty cursor in the answer")
	}
	setTime(&page.FetchedUntil, fetchedUntil) // only shown: an odd one does no harm
	return page, nil
}
