package doctor

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/publicurl"
)

// publicURL looks at the address that devices are given.
func (d *doctor) publicURL(ctx context.Context) {
	const check = "public URL"
	switch {
	case !d.valid:
		d.skip("a valid configuration", check)
		return
	case d.db == nil || !d.current:
		d.skip("the database", check)
		return
	}
	scheme := "http"
	if d.Config.TLSCertFile != "" {
		scheme = "https"
	}
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	keeper, err := publicurl.New(publicurl.Options{Store: d.db, Configured: d.Config.PublicURL, Listening: func() string { return scheme + "://" + d.Config.Listen },
		NeedsHTTPS: abm.IsApple(d.Config.ABMURL), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		d.fail(check, err.Error(), "The server does not start with it.", "Set it to the https URL by which devices reach this server.")
		return
	}
	current, err := keeper.Current(ctx)
	switch {
	case err != nil:
		d.err(Fail, check, err, "See the log of the database.")
	case d.Config.PublicURL != "" && current != d.Config.PublicURL:
		d.warn(check, fmt.Sprintf("%s is in use, and GUARDMDM_PUBLIC_URL says %s", current, d.Config.PublicURL),
			"Profiles at Apple hold the one in use: the variable changes nothing by itself.",
			"Start the server with the variable; if they still differ then, an administrator confirms the new one (confirmPublicURL), or the variable is set back.")
	case current == "":
		d.warn(check, "none that Apple takes", "Without an https URL no ADE profile can be registered at Apple: devices would not know where to enroll.",
			"Set GUARDMDM_PUBLIC_URL to the https URL by which devices reach this server.")
	default:
		d.ok(check, "%s", current)
	}
}
