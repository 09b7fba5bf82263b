package httpd

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// Probe asks the server at baseURL ("http://127.0.0.1:8080") whether it is ready; nil says so. It is for health checks of
// containers whose image holds no other program that could ask.
func Probe(ctx context.Context, baseURL string) error {
	ctx, cancel := context.WithTimeout(ctx, checkTimeout+time.Second)
	defer cancel()
	url := strings.TrimSuffix(baseURL, "/") + readyzPath
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return fmt.Errorf("%s: %w", url, err)
	}
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}} // straight, whatever HTTP_PROXY says
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", url, resp.Status)
	}
	return nil
}
