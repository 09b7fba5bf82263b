// Package publicurl keeps the address by which devices and browsers reach this installation. Profiles at Apple hold it, so it does not
// change by itself: not with a variable that somebody set, and not with a replica that was started differently.
package publicurl

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/setting"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/store"
)

// key of the setting that holds the URL in use.
const key = "public_url"

// maxURL leaves room, in the 2,000 characters that Apple takes, for the path of the enrollment.
const maxURL = 1900

// Parse brings a public URL into its one form: scheme and host in lower case, no slash at the end. The error completes a sentence that
// begins with the URL's name.
func Parse(text string) (string, error) {
	u, err := url.Parse(strings.TrimSpace(text))
	switch {
	case err != nil || u.Hostname() == "":
		return "", errors.New("cannot be read: it looks like https://mdm.example.org")
	case u.Scheme != "https" && u.Scheme != "http":
		return "", errors.New("does not begin with https://")
	case u.User != nil:
		return "", errors.New("holds a user name or password")
	case strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return "", errors.New("does not end with its host: this server answers at / alone")
	case len(text) > maxURL:
		return "", fmt.Errorf("has %d characters, more than %d", len(text), maxURL)
	}
	return u.Scheme + "://" + strings.ToLower(u.Host), nil
}

// Options say what is known when the process starts.
type Options struct {
	Store      *store.Store
	Configured string        // what GUARDMDM_PUBLIC_URL says, as from Parse; "" when it is not set
	Listening  func() string // where the server listens, once it does: the public URL of an installation that was told none
	NeedsHTTPS bool          // Apple's own service takes nothing else
	Logger     *slog.Logger
}

// Keeper knows the public URL in use.
type Keeper struct {
	store      *store.Store
	configured string
	listening  func() string
	needsHTTPS bool
	log        *slog.Logger
}

// New makes the Keeper. The error says that the configured URL cannot be used.
func New(o Options) (*Keeper, error) {
	k := &Keeper{store: o.Store, configured: o.Configured, listening: o.Listening, needsHTTPS: o.NeedsHTTPS, log: o.Logger}
	if err := k.usable(o.Configured); o.Configured != "" && err != nil {
		return nil, fmt.Errorf("GUARDMDM_PUBLIC_URL is %s: %w", o.Configured, err)
	}
	return k, nil
}

func (k *Keeper) usable(address string) error {
	if k.needsHTTPS && !strings.HasPrefix(address, "https://") {
		return errors.New("with Apple's own service it has to be an https URL")
	}
	return nil
}

// Start keeps the configured URL if there is none yet, or if no profile was registered at Apple with the one that is kept: until then
// nothing depends on it. Otherwise one that differs is logged and nothing else.
func (k *Keeper) Start(ctx context.Context) error {
	if k.configured == "" {
		return nil
	}
	var kept string
	err := k.store.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		row, err := tx.Setting.Query().Where(setting.Key(key)).First(ctx)
		switch {
		case ent.IsNotFound(err):
			kept = k.configured
			return nil // SettingOrSet, below: another replica may start at the same moment
		case err != nil:
			return err
		}
		kept = row.Value
		bound, err := tx.ADEProfileRegistration.Query().Exist(ctx)
		if err != nil || bound || kept == k.configured {
			return err
		}
		kept = k.configured
		return Replace(ctx, tx, k.configured)
	})
	if err != nil {
		return err
	}
	if kept, err = k.store.SettingOrSet(ctx, key, kept); err != nil {
		return err
	}
	if kept != k.configured {
		k.log.WarnContext(ctx, "GUARDMDM_PUBLIC_URL differs from the public URL in use and has no effect until an administrator confirms it (confirmPublicURL)",
			"inUse", kept, "configured", k.configured)
	}
	return nil
}

// Current is the public URL in use; "" when there is none that can be used.
func (k *Keeper) Current(ctx context.Context) (string, error) {
	kept, ok, err := k.store.Setting(ctx, key)
	if ok || err != nil {
		return kept, err
	}
	return k.usual(), nil
}

// In is Current as the client sees it: that of a transaction knows what the transaction changed.
func (k *Keeper) In(ctx context.Context, client *ent.Client) (string, error) {
	kept, err := client.Setting.Query().Where(setting.Key(key)).Only(ctx)
	if err == nil {
		return kept.Value, nil
	}
	if !ent.IsNotFound(err) {
		return "", store.MapError(err)
	}
	return k.usual(), nil
}

// usual is the address that the server listens on, if devices could use it.
func (k *Keeper) usual() string {
	if listening := k.listening(); k.usable(listening) == nil {
		return listening
	}
	return ""
}

// Keep is Current for those who hand the URL on: from now on it stays. Errors: Conflict when there is none that can be used.
func (k *Keeper) Keep(ctx context.Context) (string, error) {
	current, err := k.Current(ctx)
	switch {
	case err != nil:
		return "", err
	case current == "" || k.usable(current) != nil:
		return "", apperr.New(apperr.Conflict, "Apple cannot be told where devices enroll: this server has no https public URL.").
			WithHint("Set GUARDMDM_PUBLIC_URL to the https address by which devices reach this server, and start it again.").WithField("publicUrl")
	}
	return k.store.SettingOrSet(ctx, key, current)
}

// Configured is what GUARDMDM_PUBLIC_URL says; "" when it is not set.
func (k *Keeper) Configured() string { return k.configured }

// Replace puts another URL into use.
func Replace(ctx context.Context, tx *store.Tx, address string) error {
	n, err := tx.Setting.Update().Where(setting.Key(key)).SetValue(address).Save(ctx)
	if err == nil && n == 0 {
		err = tx.Setting.Create().SetKey(key).SetValue(address).Exec(ctx)
	}
	return err
}
