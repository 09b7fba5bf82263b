// Package httpd is the HTTP server: listeners, limits, security headers, health and graceful shutdown. What the routes do
// is injected; this package knows no GraphQL, no database and no device.
package httpd

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"sync/atomic"
	"time"

	"github.com/jonboulle/clockwork"
	"golang.org/x/sync/errgroup"
)

// Limits of every connection. A streaming route has no limit of its whole duration, so there is no http.Server.WriteTimeout:
// deadlines are set per request (see Kind).
const (
	defaultReadHeaderTimeout = 10 * time.Second
	defaultShutdownTimeout   = 20 * time.Second
	idleTimeout              = 120 * time.Second
	maxHeaderBytes           = 64 << 10
)

// Config says where and how the server listens.
type Config struct {
	Listen    string // host:port of the dashboard, the API and the devices
	OpsListen string // host:port of health, metrics and pprof for operators; "" for none

	TLSCertFile, TLSKeyFile string // PEM files, both or none; read again when they change
	// ClientCAs name whose certificates a client is asked for, and may go without; what it sends is not verified. nil: it is not asked.
	ClientCAs      *x509.CertPool
	TrustedProxies []netip.Prefix // whose X-Forwarded-* and X-Request-Id are believed; see ParseTrustedProxies

	Version           string          // shown by /healthz
	ReadHeaderTimeout time.Duration   // 0: 10 s
	ShutdownTimeout   time.Duration   // how long a stop waits for requests in progress; 0: 20 s
	Clock             clockwork.Clock // nil: the real one. Deadlines of connections are real time whatever it says
	Logger            *slog.Logger    // nil: slog.Default()
	// Observe is called after every request of the main listener, for metrics, from any goroutine; it must not block. nil: nobody.
	Observe func(Observation)
}

// Observation is what became of a request.
type Observation struct {
	Route    string // pattern of its Route; "" without one
	Method   string // as the client wrote it
	Kind     Kind   // Endless for a subscription, else Short
	Status   int    // as answered; 101 once it became a WebSocket
	Duration time.Duration
}

// Handlers are what the server serves.
type Handlers struct {
	GraphQL http.Handler // POST, GET (WebSocket) and POST with text/event-stream at /graphql; nil: not found
	SPA     http.Handler // GET of everything that is nothing else; nil: not found
	Routes  []Route      // all others: /enroll/…, /scep, /mdm, /export/…, /import/…
	Ops     []Route      // further ones of the operators' listener
	Checks  []Check      // what has to work for /readyz to say so
}

// Server is one HTTP server with its optional second listener for operators.
type Server struct {
	cfg    Config
	log    *slog.Logger
	clock  clockwork.Clock
	health *health
	main   *http.Server
	ops    *http.Server // nil without OpsListen

	mainListener, opsListener net.Listener // nil until Listen

	draining   atomic.Bool        // set when the stop begins
	endless    context.Context    // ends when the stop begins: subscriptions are tied to it
	endEndless context.CancelFunc //
	base       context.Context    // ends when the stop has waited long enough: all requests are tied to it
	endBase    context.CancelFunc //
	inFlight   inFlight           // handlers running
}

// New makes a server that does not listen yet. An error names the setting at fault.
func New(cfg Config, h Handlers) (*Server, error) {
	if (cfg.TLSCertFile == "") != (cfg.TLSKeyFile == "") {
		return nil, errors.New("GUARDMDM_TLS_CERT_FILE and GUARDMDM_TLS_KEY_FILE belong together: set both or none")
	}
	if cfg.Clock == nil {
		cfg.Clock = clockwork.NewRealClock()
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.Default()
	}
	if cfg.Observe == nil {
		cfg.Observe = func(Observation) {}
	}
	if cfg.ReadHeaderTimeout == 0 {
		cfg.ReadHeaderTimeout = defaultReadHeaderTimeout
	}
	if cfg.ShutdownTimeout == 0 {
		cfg.ShutdownTimeout = defaultShutdownTimeout
	}
	s := &Server{cfg: cfg, log: cfg.Logger, clock: cfg.Clock}
	s.health = &health{version: cfg.Version, checks: h.Checks, clock: cfg.Clock, log: cfg.Logger, draining: &s.draining}
	s.endless, s.endEndless = context.WithCancel(context.Background())
	s.base, s.endBase = context.WithCancel(context.Background())

	s.main = s.httpServer(s.mainHandler(h))
	// Shutdown calls this once the listener is closed: a client whose subscription ends asks again at once, and must reach
	// another replica, or nobody, rather than this server.
	s.main.RegisterOnShutdown(s.endEndless)
	if cfg.TLSCertFile != "" {
		config, err := reloadingTLS(cfg.TLSCertFile, cfg.TLSKeyFile, cfg.Clock, cfg.Logger)
		if err != nil {
			return nil, err
		}
		if cfg.ClientCAs != nil {
			// Devices prove themselves by signed messages too; their handlers know whom to believe, expired ones among them. Browsers have no
			// certificate of these authorities, so they ask nobody for one.
			config.ClientAuth, config.ClientCAs = tls.RequestClientCert, cfg.ClientCAs
		}
		s.main.TLSConfig = config
	}
	if cfg.OpsListen != "" {
		s.ops = s.httpServer(s.opsHandler(h))
	}
	return s, nil
}

func (s *Server) httpServer(h http.Handler) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: s.cfg.ReadHeaderTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
		BaseContext:       func(net.Listener) context.Context { return s.base },
	}
}

// Listen binds the addresses, so that URL is known and nothing is lost before Run. Run does it when it was not done.
func (s *Server) Listen(ctx context.Context) error {
	if s.mainListener != nil {
		return nil
	}
	var lc net.ListenConfig
	main, err := lc.Listen(ctx, "tcp", s.cfg.Listen)
	if err != nil {
		return fmt.Errorf("cannot listen on GUARDMDM_LISTEN=%s: %w", s.cfg.Listen, err)
	}
	if s.ops != nil {
		ops, err := lc.Listen(ctx, "tcp", s.cfg.OpsListen)
		if err != nil {
			_ = main.Close()
			return fmt.Errorf("cannot listen on GUARDMDM_OPS_LISTEN=%s: %w", s.cfg.OpsListen, err)
		}
		s.opsListener = ops
	}
	s.mainListener = main
	return nil
}

// URL is where a browser on this machine reaches the server; "" before Listen.
func (s *Server) URL() string {
	if s.mainListener == nil {
		return ""
	}
	scheme := "http"
	if s.cfg.TLSCertFile != "" {
		scheme = "https"
	}
	return scheme + "://" + localAddress(s.mainListener.Addr())
}

// OpsURL is the same of the operators' listener; "" before Listen or without one.
func (s *Server) OpsURL() string {
	if s.opsListener == nil {
		return ""
	}
	return "http://" + localAddress(s.opsListener.Addr())
}

func localAddress(a net.Addr) string {
	tcp, ok := a.(*net.TCPAddr)
	if ok && tcp.IP.IsUnspecified() {
		return fmt.Sprintf("localhost:%d", tcp.Port)
	}
	return a.String()
}

// Run serves until ctx ends, then stops: no new connections, /readyz says 503, subscriptions end at once, and requests in
// progress get Config.ShutdownTimeout. It returns nil after a stop, or the error that ended a listener. It runs once.
func (s *Server) Run(ctx context.Context) error {
	defer s.endBase()
	defer s.endEndless()
	if err := s.Listen(ctx); err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		if s.cfg.TLSCertFile != "" {
			return closedIsNil(s.main.ServeTLS(s.mainListener, "", ""))
		}
		return closedIsNil(s.main.Serve(s.mainListener))
	})
	if s.ops != nil {
		group.Go(func() error { return closedIsNil(s.ops.Serve(s.opsListener)) })
	}
	group.Go(func() error {
		<-ctx.Done()
		s.stop()
		return nil
	})
	return group.Wait()
}

func closedIsNil(err error) error {
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// stop ends the main listener first: operators see 503 at /readyz of the other one meanwhile.
func (s *Server) stop() {
	s.draining.Store(true)
	ctx, cancel := context.WithTimeout(context.Background(), s.cfg.ShutdownTimeout)
	defer cancel()
	err := s.main.Shutdown(ctx)
	if err == nil {
		err = s.inFlight.wait(ctx)
	}
	if err != nil {
		s.log.Warn("requests were still in progress at the end of the stop and were cut off", "waited", s.cfg.ShutdownTimeout)
		s.endBase()
		_ = s.main.Close()
	}
	if s.ops != nil {
		_ = s.ops.Close()
	}
}
