package simdevice

import (
	"context"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strings"
)

const (
	// typeProfile is what a page is that ends the web view.
	typeProfile = "application/x-apple-aspen-config"
	// maxPages bounds what one sign-in leads to.
	maxPages = 20
)

// browse opens the web page of an ADE profile as Setup Assistant's web view does (protocol.md 5.4): the machine information goes with the first
// load alone, no cookie survives, and the page that is an enrollment profile ends it, if it is of the same domain.
func (d *Device) browse(ctx context.Context, address string, info []byte) ([]byte, error) {
	first, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	client := *d.Client
	client.Jar = nil
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	at, method, form := first, http.MethodGet, url.Values(nil)
	for page := range maxPages {
		request, err := http.NewRequestWithContext(ctx, method, at.String(), strings.NewReader(form.Encode()))
		if err != nil {
			return nil, err
		}
		request.Header.Set("User-Agent", "SimulatedDevice/1.0")
		if page == 0 {
			request.Header.Set("X-Apple-Aspen-Deviceinfo", base64.StdEncoding.EncodeToString(info))
		}
		if method == http.MethodPost {
			request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		answer, err := client.Do(request)
		if err != nil {
			return nil, err
		}
		text, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer))
		if err = errors.Join(err, answer.Body.Close()); err != nil {
			return nil, err
		}
		contentType, _, _ := mime.ParseMediaType(answer.Header.Get("Content-Type"))
		switch {
		case answer.StatusCode >= 300 && answer.StatusCode < 400:
			if at, err = at.Parse(answer.Header.Get("Location")); err != nil {
				return nil, err
			}
			method, form = http.MethodGet, nil
		case answer.StatusCode != http.StatusOK:
			return nil, &Refused{Status: answer.StatusCode, ContentType: answer.Header.Get("Content-Type"), Body: string(text[:min(len(text), 4<<10)])}
		case contentType == typeProfile:
			if !sameDomain(first.Hostname(), at.Hostname()) {
				return nil, fmt.Errorf("the profile is of %s, not of the domain of the page at %s", at.Hostname(), first.Hostname())
			}
			return text, nil
		default:
			if at, method, form, err = d.fillIn(at, text); err != nil {
				return nil, err
			}
		}
	}
	return nil, errors.New("the web page leads nowhere")
}

// sameDomain tells whether the last two labels of both names are the same.
func sameDomain(a, b string) bool {
	domain := func(host string) string {
		if net.ParseIP(host) != nil {
			return host
		}
		labels := strings.Split(strings.ToLower(host), ".")
		return strings.Join(labels[max(0, len(labels)-2):], ".")
	}
	return domain(a) == domain(b)
}

// fillIn fills in the form of a page and sends it, as the device's user does.
func (d *Device) fillIn(at *url.URL, page []byte) (action *url.URL, method string, values url.Values, err error) {
	text := xml.NewDecoder(strings.NewReader(string(page)))
	text.Strict, text.AutoClose, text.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	for {
		token, err := text.Token()
		if err != nil {
			break // the end, or what is no page
		}
		element, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		attributes := map[string]string{}
		for _, a := range element.Attr {
			attributes[strings.ToLower(a.Name.Local)] = a.Value
		}
		switch strings.ToLower(element.Name.Local) {
		case "form":
			if action, err = at.Parse(attributes["action"]); err != nil {
				return nil, "", nil, err
			}
			method, values = http.MethodGet, url.Values{}
			if strings.EqualFold(attributes["method"], http.MethodPost) {
				method = http.MethodPost
			}
		case "input":
			if name := attributes["name"]; values != nil && name != "" {
				value, entered := d.SignIn[name]
				if !entered {
					value = attributes["value"]
				}
				values.Set(name, value)
			}
		}
	}
	if values == nil {
		return nil, "", nil, errors.New("a web page without a form: nothing leads on")
	}
	if method == http.MethodGet {
		action.RawQuery, values = values.Encode(), nil
	}
	return action, method, values, nil
}
