package abm

import (
	"log/slog"
	"time"
)

// Credentials is what a server token holds: the OAuth 1.0a identity of one MDM server of an ABM organization. The JSON names are
// Apple's, as in the token. All but the expiry is secret, so formatting and logging show the expiry alone; only encoding as JSON
// shows everything.
type Credentials struct {
	ConsumerKey       string    `json:"consumer_key"`
	ConsumerSecret    string    `json:"consumer_secret"`
	AccessToken       string    `json:"access_token"`
	AccessSecret      string    `json:"access_secret"`
	AccessTokenExpiry time.Time `json:"access_token_expiry"` // one year after creation; zero: not known
}

// String hides the secrets.
func (c Credentials) String() string {
	return "abm.Credentials(expires " + c.AccessTokenExpiry.UTC().Format(time.RFC3339) + ")"
}

// GoString hides the secrets from %#v.
func (c Credentials) GoString() string { return c.String() }

// LogValue hides the secrets from slog.
func (c Credentials) LogValue() slog.Value { return slog.StringValue(c.String()) }

func (c Credentials) equal(other Credentials) bool {
	sameExpiry := c.AccessTokenExpiry.Equal(other.AccessTokenExpiry)
	c.AccessTokenExpiry, other.AccessTokenExpiry = time.Time{}, time.Time{}
	return sameExpiry && c == other
}

// expired reports whether the token's year is over at the given time.
func (c Credentials) expired(now time.Time) bool {
	return !c.AccessTokenExpiry.IsZero() && !now.Before(c.AccessTokenExpiry)
}
