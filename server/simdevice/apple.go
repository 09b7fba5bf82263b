package simdevice

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// SimulatedABM is the simulated Apple Business Manager, by its portal.
type SimulatedABM struct {
	URL    string // where it listens
	Client *http.Client
}

// SwitchOn implements Apple: the device's status becomes `pushed`, as with a real one.
func (s SimulatedABM) SwitchOn(ctx context.Context, serialNumber string) (Assigned, error) {
	var answer struct {
		URL                   string `json:"url"`
		ConfigurationWebURL   string `json:"configurationWebUrl"`
		AwaitDeviceConfigured bool   `json:"awaitDeviceConfigured"`
	}
	form := url.Values{"serial": {serialNumber}}
	if err := s.ask(ctx, http.MethodPost, "/portal/devices/switch-on", strings.NewReader(form.Encode()), &answer); err != nil {
		return Assigned{}, fail("switched on", "Apple: "+err.Error(), err)
	}
	return Assigned{URL: answer.URL, WebURL: answer.ConfigurationWebURL, Held: answer.AwaitDeviceConfigured}, nil
}

// Ready are n devices that have an ADE profile and were not switched on since.
func (s SimulatedABM) Ready(ctx context.Context, n int) ([]Hardware, error) {
	var answer struct {
		Devices []struct {
			SerialNumber string `json:"serialNumber"`
			Model        string `json:"model"`
			DeviceFamily string `json:"deviceFamily"`
		} `json:"devices"`
	}
	if err := s.ask(ctx, http.MethodGet, "/portal/ready?count="+strconv.Itoa(n), nil, &answer); err != nil {
		return nil, err
	}
	all := make([]Hardware, len(answer.Devices))
	for i, d := range answer.Devices {
		all[i] = Of(d.SerialNumber, d.Model, d.DeviceFamily)
	}
	return all, nil
}

// Find is the device with a serial number.
func (s SimulatedABM) Find(ctx context.Context, serialNumber string) (Hardware, error) {
	var d struct { // in Apple's words
		SerialNumber string `json:"serial_number"`
		Model        string `json:"model"`
		DeviceFamily string `json:"device_family"`
	}
	err := s.ask(ctx, http.MethodGet, "/portal/devices/"+url.PathEscape(serialNumber), nil, &d)
	return Of(d.SerialNumber, d.Model, d.DeviceFamily), err
}

// Of is the hardware of a device as Apple Business Manager describes it.
func Of(serialNumber, model, family string) Hardware {
	h := Hardware{SerialNumber: serialNumber, Model: model, CanUpdate: true}
	switch family {
	case "Mac":
		h.Product, h.OSVersion, h.Build = "Mac14,2", "26.1", "25B78"
	case "iPad":
		h.Product, h.OSVersion, h.Build = "iPad13,18", "26.1", "23B85"
	case "AppleTV":
		h.Product, h.OSVersion, h.Build, h.CanUpdate = "AppleTV14,1", "26.1", "23J579", false
	case "Vision":
		h.Product, h.OSVersion, h.Build = "RealityDevice14,1", "26.1", "23N47"
	}
	return h
}

func (s SimulatedABM) ask(ctx context.Context, method, path string, body io.Reader, into any) error {
	r, err := http.NewRequestWithContext(ctx, method, strings.TrimSuffix(s.URL, "/")+path, body)
	if err != nil {
		return err
	}
	r.Header.Set("Accept", "application/json")
	if body != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	client := s.Client
	if client == nil {
		client = http.DefaultClient
	}
	answer, err := client.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(io.LimitReader(answer.Body, 1<<10))
		return fmt.Errorf("HTTP %d %s", answer.StatusCode, strings.TrimSpace(string(text)))
	}
	return json.NewDecoder(io.LimitReader(answer.Body, 64<<20)).Decode(into)
}
