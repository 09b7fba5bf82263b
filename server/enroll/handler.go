package enroll

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"math"
	"net/http"
	"strconv"
	"strings"

	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/peer"
	"github.com/guardmdm/guardmdm/server/reqid"
)

// maxBody bounds machine information. That of a device has three to six kilobytes.
const maxBody = 64 << 10

// header carries the machine information when the profile has a web page.
const header = "x-apple-aspen-deviceinfo"

func (s *Service) serve(w http.ResponseWriter, req *http.Request) {
	client := peer.From(req.Context()).Addr
	r := &request{key: req.PathValue("key")}
	if wait := s.limits.refusals.wait(networkOf(client)); wait > 0 {
		s.refuse(w, req, r, client, apperr.New(apperr.RateLimited, "Too many requests from this address were refused.").WithRetryAfter(wait))
		return
	}
	body, err := read(w, req)
	if err != nil {
		s.refuse(w, req, r, client, err)
		return
	}
	profile, err := s.decide(req.Context(), r, body)
	if err != nil {
		s.refuse(w, req, r, client, err)
		return
	}
	s.Observer.Enrollment("")
	s.Logger.LogAttrs(req.Context(), slog.LevelInfo, "enrollment profile given", slog.String("serialNumber", r.info.SerialNumber), slog.String("udid", r.info.UDID),
		slog.String("product", r.info.Product), slog.String("osVersion", r.info.OSVersion), slog.Bool("belowMinimumOS", r.below),
		slog.String("request_id", reqid.From(req.Context())))
	h := w.Header()
	h.Set("Content-Type", "application/x-apple-aspen-config")
	h.Set("Content-Length", strconv.Itoa(len(profile)))
	h.Set("Cache-Control", "no-store")
	_, _ = w.Write(profile) // the device is gone if this fails, and asks again
}

// read takes the machine information from the body, or from the header of a request for a page. What it is, is told by its content: devices
// have sent it with several types.
func read(w http.ResponseWriter, req *http.Request) ([]byte, error) {
	if req.Method != http.MethodPost {
		return fromHeader(req)
	}
	tooLarge := func() error {
		return apperr.New(BodyTooLarge, "The request's body is larger than %d bytes, more than machine information can be.", maxBody)
	}
	if req.ContentLength > maxBody {
		w.Header().Set("Connection", "close") // the body is still on its way
		return nil, tooLarge()
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, req.Body, maxBody))
	var exceeded *http.MaxBytesError
	switch {
	case errors.As(err, &exceeded):
		return nil, tooLarge()
	case err != nil:
		return nil, apperr.Wrap(err, BodyBrokeOff, "The request's body broke off before its end.")
	case len(body) == 0:
		return nil, apperr.New(NoMachineInfo, "The request holds no machine information.")
	}
	return body, nil
}

// fromHeader reads base64 of either alphabet, padded or not, with white space in it.
func fromHeader(req *http.Request) ([]byte, error) {
	text := req.Header.Get(header)
	if text == "" || req.Method != http.MethodGet {
		return nil, apperr.New(NoMachineInfo, "This address is for devices: it gives them their enrollment profile when they are set up.")
	}
	text = strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimRight(strings.Join(strings.Fields(text), ""), "="))
	body, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil {
		return nil, apperr.Wrap(err, HeaderNotBase64, "The header %s is not base64.", header)
	}
	return body, nil
}

// answer tells the device why. apple is the same in Apple's words, nil where there are none.
func answer(w http.ResponseWriter, e *apperr.Error, apple *appleError) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	if e.RetryAfter > 0 {
		h.Set("Retry-After", strconv.Itoa(int(math.Ceil(e.RetryAfter.Seconds()))))
	}
	if apple != nil {
		if body, err := json.Marshal(apple); err == nil {
			h.Set("Content-Type", "application/json")
			w.WriteHeader(statuses[e.Code])
			_, _ = w.Write(append(body, '\n'))
			return
		}
	}
	h.Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(statuses[e.Code])
	_, _ = io.WriteString(w, string(e.Code)+": "+e.Message+"\n") // the device is gone if this fails
}
