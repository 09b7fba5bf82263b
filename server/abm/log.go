package abm

import (
	"context"
	"log/slog"
	"strings"
)

const debugLevel = slog.LevelDebug

// failureLevel keeps quiet about requests that their caller gave up.
func failureLevel(ctx context.Context) slog.Level {
	if ctx.Err() != nil {
		return slog.LevelDebug
	}
	return slog.LevelWarn
}

func (o Observation) attrs(err error) []slog.Attr {
	attrs := []slog.Attr{
		slog.String("token", o.Token), slog.String("method", o.Method), slog.String("path", o.Path),
		slog.Int("attempt", o.Attempt), slog.Int("status", o.Status), slog.Duration("duration", o.Duration), slog.Int64("bytes", o.Bytes),
	}
	if err != nil {
		attrs = append(attrs, slog.Any("error", err), slog.Duration("wait", o.Wait))
	}
	return attrs
}

// redact removes the token's secrets, and another, from text that came from outside.
func (c Credentials) redact(text string, another string) string {
	for _, secret := range []string{c.ConsumerKey, c.ConsumerSecret, c.AccessToken, c.AccessSecret, another} {
		if len(secret) >= 4 { // shorter ones are no secrets, and would tear the text to pieces
			text = strings.ReplaceAll(text, secret, "[secret]")
		}
	}
	return text
}
