// Package app puts the parts together: one place that knows them all, and does nothing itself.
package app

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/jonboulle/clockwork"
	"golang.org/x/sync/errgroup"

	"github.com/guardmdm/guardmdm/frontend"
	"github.com/guardmdm/guardmdm/graph"
	"github.com/guardmdm/guardmdm/graph/limits"
	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/abmtoken"
	"github.com/guardmdm/guardmdm/server/adeprofile"
	"github.com/guardmdm/guardmdm/server/apitoken"
	"github.com/guardmdm/guardmdm/server/apns"
	"github.com/guardmdm/guardmdm/server/assignment"
	"github.com/guardmdm/guardmdm/server/config"
	"github.com/guardmdm/guardmdm/server/deviceca"
	"github.com/guardmdm/guardmdm/server/devicegroup"
	"github.com/guardmdm/guardmdm/server/diagnosis"
	"github.com/guardmdm/guardmdm/server/enroll"
	"github.com/guardmdm/guardmdm/server/export"
	"github.com/guardmdm/guardmdm/server/fleetfeed"
	"github.com/guardmdm/guardmdm/server/graphqlapi"
	"github.com/guardmdm/guardmdm/server/httpd"
	"github.com/guardmdm/guardmdm/server/identity"
	"github.com/guardmdm/guardmdm/server/imports"
	"github.com/guardmdm/guardmdm/server/jobs"
	"github.com/guardmdm/guardmdm/server/mdm"
	"github.com/guardmdm/guardmdm/server/metrics"
	"github.com/guardmdm/guardmdm/server/othermdm"
	"github.com/guardmdm/guardmdm/server/people"
	"github.com/guardmdm/guardmdm/server/progress"
	"github.com/guardmdm/guardmdm/server/publicurl"
	"github.com/guardmdm/guardmdm/server/pubsub"
	"github.com/guardmdm/guardmdm/server/push"
	"github.com/guardmdm/guardmdm/server/reach"
	"github.com/guardmdm/guardmdm/server/secret"
	"github.com/guardmdm/guardmdm/server/session"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/server/syncer"
	"github.com/guardmdm/guardmdm/server/upkeep"
	"github.com/guardmdm/guardmdm/server/web"
)

// Options say how a server is to be.
type Options struct {
	Config  config.Config
	Version string // of the program, for Apple, /healthz and the dashboard
	// SimulatedPortalURL is where the simulated ABM has its portal; "" unless there is one. No setting can set it: a serving
	// server has no simulation.
	SimulatedPortalURL string
	// AnyDocuments lets browsers' sessions carry out what is no operation of the built dashboard: for work on it, in the demo alone.
	AnyDocuments bool
	Clock        clockwork.Clock
	Logger       *slog.Logger
}

// App is a server that is ready to run.
type App struct {
	People    *people.Service
	Tokens    *abmtoken.Service
	APITokens *apitoken.Service
	Groups    *devicegroup.Service
	Lists     *devicegroup.Lists
	Syncs     *syncer.Syncer
	Progress  *progress.Hub
	Profiles  *adeprofile.Service
	Registrar *adeprofile.Registrar
	// Assignments decides which profile devices have, and tells Apple.
	Assignments *assignment.Service
	// Push keeps the push certificate and asks devices to call.
	Push      *push.Service
	DeviceCAs *deviceca.Service
	// OtherMDMs are the MDM servers beside our own.
	OtherMDMs *othermdm.Service
	// Enrollment answers devices that ask for their enrollment profile.
	Enrollment *enroll.Service
	// Identities issues those of devices; MDM is what devices talk to then.
	Identities *identity.Service
	MDM        *mdm.Service
	// Diagnoses says what is wrong, and how far a device has come.
	Diagnoses *diagnosis.Service
	Server    *httpd.Server

	version  string
	store    *store.Store
	bus      pubsub.Bus
	sessions *session.Manager
	apple    *abm.Client
	apns     *apns.Client
	urls     *publicurl.Keeper
	feed     *fleetfeed.Feed
	upkeep   *upkeep.Service
	metrics  *metrics.Metrics
	clock    clockwork.Clock
	log      *slog.Logger
}

// OpenDatabase opens the database for a command and leaves its schema alone. exclusive: as the only process on a SQLite file.
func OpenDatabase(ctx context.Context, d config.Database, clock clockwork.Clock, log *slog.Logger, exclusive bool) (*store.Store, error) {
	if path, ok := strings.CutPrefix(d.DatabaseURL, "sqlite:"); ok {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return nil, fmt.Errorf("making the directory of the database: %w", err)
		}
	}
	return store.Open(ctx, store.Options{DatabaseURL: d.DatabaseURL, DirectURL: d.DirectURL, Exclusive: exclusive, Logger: log, Clock: clock})
}

// OpenStore opens the database and brings its schema up to date. A server is exclusive; short commands beside a running
// server are not: SQLite keeps the file consistent, and there is nothing left to migrate.
func OpenStore(ctx context.Context, d config.Database, clock clockwork.Clock, log *slog.Logger, exclusive bool) (*store.Store, error) {
	db, err := OpenDatabase(ctx, d, clock, log, exclusive)
	if err != nil {
		return nil, err
	}
	applied, err := db.Migrate(ctx)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if len(applied) > 0 {
		log.InfoContext(ctx, "database schema migrated", "files", len(applied), "last", applied[len(applied)-1])
	}
	return db, nil
}

// OpenPeople gives the people to a command, also beside a running server. What ends then is announced to the replicas on
// PostgreSQL; with SQLite the server sees it when it looks next.
func OpenPeople(ctx context.Context, d config.Database, clock clockwork.Clock, log *slog.Logger) (_ *people.Service, closeAll func() error, err error) {
	db, err := OpenStore(ctx, d, clock, log, false)
	if err != nil {
		return nil, nil, err
	}
	bus := openBus(db, clock, log)
	service := people.New(db, session.New(db, bus, clock, log), clock, log)
	return service, func() error { return errors.Join(bus.Close(), db.Close()) }, nil
}

// New puts a server together on its database and binds its addresses.
func New(ctx context.Context, o Options) (_ *App, err error) {
	cfg, version, clock, log := o.Config, o.Version, o.Clock, o.Logger
	a := &App{version: version, clock: clock, log: log, metrics: metrics.New(version, log)}
	defer func() {
		if err != nil {
			err = errors.Join(err, a.Close())
		}
	}()
	if a.store, err = OpenStore(ctx, cfg.Database, clock, log, true); err != nil {
		return nil, err
	}
	if how := a.store.Connections(); how != nil {
		log.InfoContext(ctx, "connected to PostgreSQL", how...)
	}
	box, err := openKey(ctx, a.store, cfg.Database, log)
	if err != nil {
		return nil, err
	}
	a.bus = openBus(a.store, clock, log)
	traffic := syncer.NewTraffic()
	a.apple, err = abm.New(abm.Config{BaseURL: cfg.ABMURL, UserAgent: "GuardMDM/" + version, Clock: clock, Logger: log,
		Observe: func(o abm.Observation) { traffic.Observe(o); a.metrics.AppleRequest(o) }})
	if err != nil {
		return nil, fmt.Errorf("GUARDMDM_ABM_URL: %w", err)
	}
	a.Tokens = abmtoken.New(a.store, a.apple, box, clock)
	a.sessions = session.New(a.store, a.bus, clock, log)
	a.People = people.New(a.store, a.sessions, clock, log)
	a.APITokens = apitoken.New(a.store, clock, apitoken.WithEnded(a.sessions.Ended))
	a.Lists = devicegroup.NewLists(a.store, clock)
	a.Progress = progress.New(a.store, a.bus, clock, log)
	a.urls, err = publicurl.New(publicurl.Options{Store: a.store, Configured: cfg.PublicURL, Listening: func() string { return a.Server.URL() },
		NeedsHTTPS: abm.IsApple(cfg.ABMURL), Logger: log})
	if err != nil {
		return nil, err
	}
	a.Registrar = adeprofile.NewRegistrar(a.store, a.Tokens, a.urls, clock, log)
	a.Assignments = assignment.New(assignment.Options{Store: a.store, Tokens: a.Tokens, Registrar: a.Registrar, InGroup: devicegroup.InGroup, IsInGroup: devicegroup.IsInGroup, ServerURL: a.urls.In,
		Bus: a.bus, Clock: clock, Logger: log, LeaseClock: a.store.Now})
	if a.apns, err = newAPNs(cfg); err != nil {
		return nil, err
	}
	a.Push = push.New(push.Options{Store: a.store, Apple: a.apns, Box: box, Bus: a.bus, Clock: clock, Logger: log, Observe: a.metrics.Pushes, LeaseClock: a.store.Now})
	a.Groups = devicegroup.New(a.store, clock, a.Assignments)
	a.Profiles = adeprofile.New(a.store, a.Assignments, a.urls, clock)
	a.Syncs = syncer.New(syncer.Options{Store: a.store, Tokens: a.Tokens, Progress: a.Progress, Assignments: a.Assignments, Traffic: traffic,
		Observer: a.metrics, Clock: clock, Logger: log, PageSize: cfg.SyncPageSize, LeaseClock: a.store.Now})
	refusals := mdm.NewRefusals(a.store, clock)
	remember := func(ctx context.Context, r identity.Refusal) {
		if err := refusals.Remember(ctx, r); err != nil {
			log.WarnContext(ctx, "a refusal could not be remembered", "code", string(r.Code), "error", err)
		}
	}
	a.Identities = identity.New(identity.Options{Store: a.store, Box: box, Observer: a.metrics, Refused: remember, Clock: clock, Logger: log})
	a.MDM = mdm.New(mdm.Options{Store: a.store, Box: box, Identities: a.Identities, Push: a.Push, Renewals: renewals{a}, EnrollmentProfile: enroll.ProfileIdentifier, Observer: a.metrics, Bus: a.bus, Refused: remember, Clock: clock, Logger: log})
	networks, err := cfg.OtherMDMNetworkList()
	if err != nil {
		return nil, err
	}
	a.OtherMDMs = othermdm.New(othermdm.Options{Store: a.store, Box: box, Enrollments: a.MDM, Observer: a.metrics, Networks: networks, Clock: clock, Logger: log})
	a.Diagnoses = diagnosis.New(diagnosis.Options{Store: a.store, Rules: a.Assignments, Tokens: a.Tokens, Push: a.Push, URLs: a.urls,
		Reach: reach.NewProber(clock).Reach, IsApple: abm.IsApple(cfg.ABMURL), Clock: clock})
	a.upkeep = upkeep.New(a.store, version, clock)
	a.feed = fleetfeed.New(a.store, a.bus, clock, log)
	if err := a.enrollment(ctx, cfg, box); err != nil {
		return nil, err
	}
	a.metrics.Watch(a.sources())
	if a.Server, err = a.newServer(ctx, o); err != nil {
		return nil, err
	}
	if err := a.Server.Listen(ctx); err != nil {
		return nil, err
	}
	return a, a.urls.Start(ctx)
}

// newAPNs reaches the push service that is configured.
func newAPNs(cfg config.Config) (*apns.Client, error) {
	var roots *x509.CertPool
	if cfg.APNSCAFile != "" {
		text, err := os.ReadFile(cfg.APNSCAFile)
		if err != nil {
			return nil, fmt.Errorf("GUARDMDM_APNS_CA_FILE: %w", err)
		}
		if roots = x509.NewCertPool(); !roots.AppendCertsFromPEM(text) {
			return nil, fmt.Errorf("GUARDMDM_APNS_CA_FILE: %s holds no certificate in PEM form", cfg.APNSCAFile)
		}
	}
	client, err := apns.New(apns.Config{BaseURL: cfg.APNSURL, RootCAs: roots})
	if err != nil {
		return nil, fmt.Errorf("GUARDMDM_APNS_URL: %w", err)
	}
	return client, nil
}

// enrollment puts together what answers devices.
func (a *App) enrollment(ctx context.Context, cfg config.Config, box *secret.Box) error {
	o := enroll.Options{Store: a.store, Tokens: a.Tokens, Assignments: a.Assignments, URLs: a.urls, Box: box,
		Identity: a.Identities, Push: a.Push, Enrollments: enrollments{a.MDM}, Others: a.OtherMDMs, Observer: a.metrics, Bus: a.bus, Clock: a.clock, Logger: a.log}
	var more []*x509.Certificate
	if cfg.DeviceCAFile != "" {
		var err error
		if more, err = deviceca.ReadFile(cfg.DeviceCAFile); err != nil {
			return err
		}
		a.log.WarnContext(ctx, "DEVICES THAT ARE NOT APPLE'S MAY ENROLL: this server believes the authorities of GUARDMDM_DEVICE_CA_FILE, which is for simulations alone",
			"file", cfg.DeviceCAFile, "authorities", len(more))
	}
	a.DeviceCAs = deviceca.New(a.store, more, a.clock)
	o.CAs = a.DeviceCAs
	if cfg.OSVersionsFile != "" {
		versions, err := enroll.OpenVersions(cfg.OSVersionsFile)
		if err != nil {
			return err
		}
		o.Versions = versions
	}
	a.Enrollment = enroll.New(o)
	return nil
}

// enrollments tells the MDM server which devices fetched their profile: neither package knows the other.
type enrollments struct{ *mdm.Service }

// ProfileFetched implements enroll.Enrollments.
func (e enrollments) ProfileFetched(ctx context.Context, tx *store.Tx, f enroll.Fetched) error {
	return e.Service.ProfileFetched(ctx, tx, mdm.Fetched{Device: f.Device, Registration: f.Registration, UDID: f.UDID, Product: f.Product,
		OSVersion: f.OSVersion, BuildVersion: f.BuildVersion, BelowMinimumOS: f.BelowMinimumOS, Of: f.Of, OfName: f.OfName, At: f.At})
}

// renewals has package enroll write the profiles that renew identities.
type renewals struct{ *App }

// RenewalProfile implements mdm.Renewals.
func (r renewals) RenewalProfile(ctx context.Context, tx *store.Tx, of mdm.Renewal) ([]byte, error) {
	address, err := r.urls.In(ctx, tx.Client)
	if err != nil {
		return nil, err
	}
	return r.Enrollment.Renewal(ctx, tx, of.Device, address, of.Challenge)
}

// sources are what the metrics look at.
func (a *App) sources() metrics.Sources {
	s := metrics.Sources{Store: a.store, Subscribers: a.Progress.Watchers}
	if bus, ok := a.bus.(*pubsub.Postgres); ok {
		s.Listening = bus.Listening
	}
	return s
}

func openKey(ctx context.Context, db *store.Store, d config.Database, log *slog.Logger) (*secret.Box, error) {
	if err := os.MkdirAll(filepath.Dir(d.SecretKeyFile), 0o700); err != nil {
		return nil, fmt.Errorf("making the directory of the secret key: %w", err)
	}
	box, err := secret.EnsureKey(ctx, db, d.SecretKeyFile, true)
	if err != nil {
		return nil, err
	}
	if w := box.Warning(); w != "" {
		log.WarnContext(ctx, w)
	}
	return box, nil
}

func openBus(db *store.Store, clock clockwork.Clock, log *slog.Logger) pubsub.Bus {
	if db.IsPostgres() {
		return pubsub.NewPostgres(pubsub.PostgresOptions{DB: db.DB(), ListenURL: db.DirectURL(), Direct: db.IsDirect(), Clock: clock, Logger: log})
	}
	return pubsub.NewMemory()
}

func (a *App) newServer(ctx context.Context, o Options) (*httpd.Server, error) {
	cfg := o.Config
	proxies, err := cfg.Proxies()
	if err != nil {
		return nil, err
	}
	dist, err := frontend.Dist()
	if err != nil {
		return nil, err
	}
	spa, err := web.New(dist)
	if err != nil {
		return nil, err
	}
	bounds := limits.Default()
	bounds.Depth, bounds.Complexity = cfg.Limits.MaxDepth, cfg.Limits.MaxComplexity
	bounds.Sockets, bounds.Subscriptions = cfg.Limits.MaxSockets, cfg.Limits.MaxSubscriptions
	documents, err := o.documents()
	if err != nil {
		return nil, err
	}
	api, err := graphqlapi.New(graphqlapi.Options{
		Documents: documents,
		Resolver: &graph.Resolver{
			DB: a.store, Tokens: a.Tokens, Checks: a.Tokens, Syncs: a.Syncs, Progress: a.Progress, People: a.People, APITokens: a.APITokens,
			ADEProfiles: a.Profiles, URLs: a.urls, Groups: a.Groups, Assignments: a.Assignments,
			Enrollments: a.MDM, Commands: a.MDM, Push: a.Push, DeviceCAs: a.DeviceCAs, Identities: a.Identities, Signing: a.Enrollment, OtherMDMs: a.OtherMDMs, Feed: a.feed, Clock: a.clock, Instance: o.instance(),
			Diagnoses: a.Diagnoses, Days: a.upkeep,
		},
		Authenticate: a.APITokens.Authenticate, Sessions: a.sessions, Limits: bounds, Clock: a.clock, Logger: a.log,
		Observer: a.metrics, Outlive: httpd.Outlive,
	})
	if err != nil {
		return nil, err
	}
	exports := export.New(export.Options{Store: a.store, API: api, Assignments: a.Assignments, Clock: a.clock, Logger: a.log})
	lists := imports.New(imports.Options{Lists: a.Lists, API: api, Logger: a.log})
	authorities, err := a.Identities.Certificates(ctx)
	if err != nil {
		return nil, err
	}
	clients := x509.NewCertPool()
	for _, ca := range authorities {
		clients.AddCert(ca)
	}
	return httpd.New(httpd.Config{
		ClientCAs: clients,
		Listen:    cfg.Listen, OpsListen: cfg.OpsListen, TLSCertFile: cfg.TLSCertFile, TLSKeyFile: cfg.TLSKeyFile,
		TrustedProxies: proxies, Version: a.version, Clock: a.clock, Logger: a.log,
		Observe: a.metrics.HTTPRequest,
	}, httpd.Handlers{
		GraphQL: api, SPA: spa,
		Routes: slices.Concat(exports.Routes(), lists.Routes(), a.Enrollment.Routes(), a.Identities.Routes(), a.MDM.Routes(), a.OtherMDMs.Routes()), Ops: []httpd.Route{a.metrics.Route()},
		Checks: []httpd.Check{{Name: "database", Run: a.store.Ping}},
	})
}

// documents are what sessions may carry out; nil: everything.
func (o Options) documents() (*graphqlapi.Documents, error) {
	texts, err := frontend.Documents()
	if err != nil || texts == nil || o.AnyDocuments {
		return nil, err
	}
	return graphqlapi.NewDocuments(texts)
}

// instance is what pages have to know about the server.
func (o Options) instance() graph.Instance {
	return graph.Instance{
		Version: o.Version, IsApple: abm.IsApple(o.Config.ABMURL), SimulatedPortalURL: o.SimulatedPortalURL, SimulatedDevices: o.Config.DeviceCAFile != "",
		SyncPageSize: o.Config.SyncPageSize, SyncInterval: jobs.SyncInterval, NextSync: jobs.NextSync,
	}
}

// SetupURL is a new one-time link to make the first administrator, as a browser on this machine opens it; "" when there are people
// already.
func (a *App) SetupURL(ctx context.Context) (string, error) {
	path, err := a.People.SetupLink(ctx)
	if path == "" {
		return "", err
	}
	a.log.InfoContext(ctx, "the server waits for its first administrator: the setup link is on standard output")
	return a.Server.URL() + path, nil
}

// Run works until ctx ends: then it stops accepting, lets requests end, hands runs over, and closes the database.
func (a *App) Run(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { a.Syncs.Run(ctx); return nil })
	g.Go(func() error { a.Progress.Run(ctx); return nil })
	g.Go(func() error { a.Assignments.Run(ctx); return nil })
	g.Go(func() error { a.Push.Run(ctx); return nil })
	g.Go(func() error { a.MDM.Run(ctx); return nil })
	g.Go(func() error { a.feed.Run(ctx); return nil })
	g.Go(func() error {
		return jobs.Run(ctx, a.clock, a.log, a.Tokens, a.Syncs, a.sessions, a.Lists,
			jobs.Task{Name: "release from Setup Assistant", Interval: mdm.WatchdogInterval, Do: a.MDM.ReleaseDue},
			jobs.Task{Name: "renew identities", Interval: mdm.RenewalInterval, Do: a.MDM.RenewDue},
			jobs.Task{Name: "forget old commands", Interval: mdm.PruneInterval, Do: a.MDM.Prune},
			jobs.Task{Name: "sweep challenges", Interval: identity.SweepInterval, Do: a.Identities.Sweep},
			jobs.Task{Name: "say that this replica is here", Interval: upkeep.AnnounceInterval, Do: a.upkeep.Announce},
			jobs.Task{Name: "keep the day's numbers", Interval: upkeep.DayInterval, Do: a.upkeep.KeepDay},
			jobs.Task{Name: "remove what is too old", Interval: upkeep.SweepInterval, Do: a.upkeep.Sweep})
	})
	g.Go(func() error { return a.Server.Run(ctx) })
	a.log.InfoContext(ctx, "GuardMDM is ready", "url", a.Server.URL(), "version", a.version, "database", a.store.Dialect())
	err := g.Wait()
	leaving, cancel := context.WithTimeout(context.WithoutCancel(ctx), leaveTime)
	defer cancel()
	if err := a.upkeep.Leave(leaving); err != nil { // the others find out within minutes
		a.log.WarnContext(leaving, "the other replicas could not be told that this one ends", "error", err)
	}
	return errors.Join(err, a.Close())
}

// leaveTime bounds what is said at the end, when the database may be gone.
const leaveTime = 2 * time.Second

// Close gives up what New has taken. Run does it at its end.
func (a *App) Close() error {
	var errs []error
	if a.apple != nil {
		a.apple.Close()
	}
	if a.apns != nil {
		a.apns.Close()
	}
	if a.OtherMDMs != nil {
		a.OtherMDMs.Close()
	}
	if a.bus != nil {
		errs = append(errs, a.bus.Close())
	}
	if a.store != nil {
		errs = append(errs, a.store.Close())
	}
	return errors.Join(errs...)
}
