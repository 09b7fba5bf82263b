package load_test

import (
	"cmp"
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/server/simapns"
	"github.com/guardmdm/guardmdm/server/simdevice"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/proc"
)

// number is what the environment variable says, or the usual number.
func number(b *testing.B, variable string, usual int) int {
	b.Helper()
	text := os.Getenv(variable)
	if text == "" {
		return usual
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		b.Fatalf("%s=%s is no number above 0", variable, text)
	}
	return n
}

// yard is a server with devices that are ready to be switched on: server and simulated ABM in processes of their own, devices and push
// service here.
type yard struct {
	*testing.B
	ctx         context.Context
	api         proc.API
	server      *proc.Process
	simURL      string
	token       string
	mdm         string // the server's id at the simulated ABM
	options     simdevice.Options
	concurrency int
	ops         string // address of the server's profiles; "": none
}

type pushService struct{ *simapns.Service }

func (p pushService) Register(topic, magic string) simdevice.Registration {
	return p.Service.Register(topic, magic)
}

func newYard(b *testing.B, program proc.Program, database string, devices int) *yard {
	b.Helper()
	y := &yard{B: b, ctx: b.Context(), concurrency: number(b, "BENCH_CONCURRENCY", 50)}
	if os.Getenv("BENCH_PROFILES") != "" {
		y.ops = proc.FreeAddress(b)
	}
	check := func(err error) {
		b.Helper()
		if err != nil {
			b.Fatal(err)
		}
	}
	sim, simURL := program.Start(b, nil, `Simulated ABM .*: (http://\S+) `, "simulate", "abm", "--listen", "127.0.0.1:0", "--devices", "0", "--log-level", "error")
	b.Cleanup(sim.Kill)
	y.simURL = simURL
	dir := b.TempDir()
	now := time.Now()
	ca, err := simdevice.NewCA("Simulated Device CA", now)
	check(err)
	authority, err := simapns.NewAuthority(now)
	check(err)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	ctx, cancel := context.WithCancel(context.Background())
	service, ended := simapns.New(authority, nil), make(chan error, 1)
	go func() { ended <- service.Serve(ctx, listener) }()
	b.Cleanup(func() { cancel(); <-ended })
	caFile, apnsFile := filepath.Join(dir, "device-ca.pem"), filepath.Join(dir, "apns-ca.pem")
	check(os.WriteFile(caFile, ca.PEM(), 0o600))
	check(os.WriteFile(apnsFile, authority.PEM(), 0o600))
	url := "sqlite:" + filepath.Join(dir, "guardmdm.db")
	if database == "postgres" {
		url = dbtest.Postgres(b)
	}
	env := []string{"GUARDMDM_DATABASE_URL=" + url, "GUARDMDM_DATA_DIR=" + dir, "GUARDMDM_LISTEN=127.0.0.1:0", "GUARDMDM_OPS_LISTEN=" + cmp.Or(y.ops, "none"), "GUARDMDM_ABM_URL=" + simURL,
		"GUARDMDM_SYNC_PAGE_SIZE=1000", "GUARDMDM_DEVICE_CA_FILE=" + caFile, "GUARDMDM_APNS_URL=https://" + listener.Addr().String(), "GUARDMDM_APNS_CA_FILE=" + apnsFile,
		"GUARDMDM_LOG_LEVEL=info"}
	var serverURL string
	y.server, serverURL = program.Start(b, env, `GuardMDM is ready.* url=(\S+)`, "serve")
	b.Cleanup(y.server.Stop)
	y.api = proc.API{URL: serverURL, Token: program.Run(b, env, "api-token", "create", "--name", "load", "--role", "admin")}
	certificate, key, err := authority.Make(simapns.PushCertificate{Topic: simapns.NewTopic(), NotBefore: now.Add(-time.Hour), NotAfter: now.AddDate(1, 0, 0)})
	check(err)
	y.api.MustCall(b, `mutation($c: String!, $k: String!) { uploadPushCertificate(input: {certificate: $c, privateKey: $k}) { userErrors { message } } }`,
		map[string]any{"c": string(certificate), "k": string(key)}, nil)
	var made struct {
		CreateADEProfile struct{ AdeProfile struct{ ID string } }
	}
	y.api.MustCall(b, `mutation { createADEProfile(input: {name: "All", platforms: [IOS, IPADOS, MACOS, TVOS, VISIONOS], isSupervised: true, awaitDeviceConfigured: true}) { adeProfile { id } userErrors { message } } }`, nil, &made)
	for _, p := range []string{"IOS", "MACOS", "TVOS", "VISIONOS"} {
		y.api.MustCall(b, `mutation($id: ID!, $p: Platform!) { setDefaultADEProfile(input: {platform: $p, adeProfileId: $id}) { userErrors { message } } }`,
			map[string]any{"id": made.CreateADEProfile.AdeProfile.ID, "p": p}, nil)
	}
	y.token, y.mdm = y.api.Connect(b, simURL, "enrollment")
	y.buy(devices + devices/10 + 10) // some are of a family that has no default
	keys, err := simdevice.NewKeys(16)
	check(err)
	client := &http.Client{Timeout: time.Minute, Transport: &http.Transport{MaxIdleConnsPerHost: y.concurrency}}
	b.Cleanup(client.CloseIdleConnections)
	y.options = simdevice.Options{CA: ca, Keys: keys, Client: client, Push: pushService{service}, Poll: 20 * time.Second}
	if os.Getenv("BENCH_PACE_MS") != "" { // as people do who set devices up
		y.options.Pace = time.Duration(number(b, "BENCH_PACE_MS", 0)) * time.Millisecond
	}
	return y
}

// profile keeps what the server's processor does while f runs, as NAME.pprof in the directory BENCH_PROFILES.
func (y *yard) profile(name string, f func()) {
	if y.ops == "" {
		f()
		return
	}
	ctx, stop := context.WithCancel(y.ctx)
	kept := make(chan error, 1)
	file, err := os.Create(filepath.Join(os.Getenv("BENCH_PROFILES"), name+".pprof"))
	if err != nil {
		y.Fatal(err)
	}
	defer file.Close()
	go func() {
		seconds := number(y.B, "BENCH_PROFILE_SECONDS", 10) // the walks have to take longer
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, fmt.Sprintf("http://%s/debug/pprof/profile?seconds=%d", y.ops, seconds), nil)
		if err == nil {
			var answer *http.Response
			if answer, err = http.DefaultClient.Do(request); err == nil {
				_, err = io.Copy(file, answer.Body)
				err = errors.Join(err, answer.Body.Close())
			}
		}
		kept <- err
	}()
	f()
	if err := <-kept; err != nil {
		y.Log("no profile: ", err)
	}
	stop()
}

// buy has devices arrive and a sync fetch them.
func (y *yard) buy(devices int) {
	y.Helper()
	assign(y.B, y.simURL, y.mdm, devices)
	if _, err := y.api.StartSync(y.ctx, y.token, false); err != nil {
		y.Fatal(err)
	}
}

// devices are n that can be switched on, with their keys.
func (y *yard) devices(n int) []*simdevice.Device {
	y.Helper()
	y.options.Recorder = simdevice.NewRecorder()
	abm := simdevice.SimulatedABM{URL: y.simURL, Client: y.options.Client}
	for deadline := time.Now().Add(5 * time.Minute); ; time.Sleep(200 * time.Millisecond) {
		ready, err := abm.Ready(y.ctx, n)
		if err != nil {
			y.Fatal(err)
		}
		if len(ready) >= n {
			all := make([]*simdevice.Device, n)
			for i, h := range ready {
				if all[i], err = simdevice.New(h, y.options, i); err != nil {
					y.Fatal(err)
				}
			}
			return all
		}
		if time.Now().After(deadline) {
			y.Fatalf("%d of %d devices have a profile", len(ready), n)
		}
	}
}

func (y *yard) enroll(devices []*simdevice.Device) {
	y.Helper()
	fleet := simdevice.Fleet{Apple: simdevice.SimulatedABM{URL: y.simURL, Client: y.options.Client}, Concurrency: y.concurrency}
	if n := fleet.Run(y.ctx, devices); n != len(devices) {
		y.Fatalf("%d of %d enrolled: %v\n%s", n, len(devices), y.options.Recorder.Failures(), y.server.Output())
	}
}

// BenchmarkEnrollment is the whole walk of BENCH_ENROLLMENTS devices (500), BENCH_CONCURRENCY at once (50): from the machine information to the end of
// Setup Assistant, with pauses of BENCH_PACE_MS (none) before the first step and before the last but one, which count for no step. cpu-ms/device is what the server's process used; x-bare-crypto how much more that is than the private and public
// operations of the same steps alone, done here beforehand: 1.67 is 60 % of what the crypto allows.
func BenchmarkEnrollment(b *testing.B) {
	program := proc.Build(b)
	devices := number(b, "BENCH_ENROLLMENTS", 500)
	for _, database := range []string{"sqlite", "postgres"} {
		b.Run(fmt.Sprintf("%d-devices/%s", devices, database), func(b *testing.B) {
			for b.Loop() {
				y := newYard(b, program, database, devices)
				all := y.devices(devices)
				before, begin := y.server.CPUTime(b), time.Now()
				var took, used time.Duration
				y.profile("enrollment-"+database, func() {
					y.enroll(all)
					took, used = time.Since(begin), y.server.CPUTime(b)-before
				})
				bare := bareCrypto(b, y.options.Recorder.Count(simdevice.StepCommand)/devices)
				b.ReportMetric(float64(devices)/took.Seconds(), "devices/s")
				b.ReportMetric(used.Seconds()*1000/float64(devices), "cpu-ms/device")
				b.ReportMetric(bare.Seconds()*1000, "bare-crypto-ms")
				b.ReportMetric(used.Seconds()/float64(devices)/bare.Seconds(), "x-bare-crypto")
				for step, name := range map[simdevice.Step]string{
					simdevice.StepProfile: "profile", simdevice.StepSCEP: "scep", simdevice.StepAuthenticate: "authenticate",
					simdevice.StepTokenUpdate: "tokenupdate", simdevice.StepCommand: "command",
				} {
					b.ReportMetric(float64(y.options.Recorder.Percentile(step, 99).Microseconds())/1000, "p99-ms-"+name)
				}
				b.ReportMetric(float64(y.server.PeakMemory(b))/(1<<20), "peak-MiB")
			}
		})
	}
}

// bareCrypto is the processor time of the operations with public and private keys that no server can do without, for one device. Left out are digests
// and AES of some 20 KiB in all, and the sealing of the unlock token: together some 30 µs. There is no TLS in these walks, and no signing certificate for
// profiles. Identities are believed by the record of their fingerprints: no chain is checked for messages.
func bareCrypto(b *testing.B, commands int) time.Duration {
	b.Helper()
	check := func(err error) {
		b.Helper()
		if err != nil {
			b.Fatal(err)
		}
	}
	small, err := rsa.GenerateKey(rand.Reader, 1024)
	check(err)
	device, err := rsa.GenerateKey(rand.Reader, 2048)
	check(err)
	authority, err := rsa.GenerateKey(rand.Reader, 2048)
	check(err)
	digest := sha256.Sum256([]byte("message"))
	sign := func(key *rsa.PrivateKey) ([]byte, error) {
		return rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, digest[:])
	}
	bySmall, err := sign(small)
	check(err)
	byDevice, err := sign(device)
	check(err)
	byAuthority, err := sign(authority)
	check(err)
	sealed, err := rsa.EncryptPKCS1v15(rand.Reader, &authority.PublicKey, make([]byte, 16))
	check(err)
	verify := func(key *rsa.PrivateKey, signature []byte) error {
		return rsa.VerifyPKCS1v15(&key.PublicKey, crypto.SHA256, digest[:], signature)
	}
	walk := func() error {
		for _, check := range []error{
			// Machine information: the device's certificate by its authority, the message by the device's key of 1024 bits.
			verify(authority, byAuthority),
			verify(small, bySmall),
			// PKIOperation: the message by the device's own certificate, the certificate request by its key.
			verify(device, byDevice),
			verify(device, byDevice),
		} {
			if check != nil {
				return check
			}
		}
		// The envelope of the request is opened with the authority's key.
		if _, err := rsa.DecryptPKCS1v15(rand.Reader, authority, sealed); err != nil {
			return err
		}
		// The identity is signed; crypto/x509 checks what it signed.
		template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "device"}, NotBefore: time.Now(), NotAfter: time.Now().AddDate(1, 0, 0)}
		if _, err := x509.CreateCertificate(rand.Reader, template, template, &device.PublicKey, authority); err != nil {
			return err
		}
		// The answer is sealed for the device, and signed. GetCACert and GetCACaps hand out what is there.
		if _, err := rsa.EncryptPKCS1v15(rand.Reader, &device.PublicKey, make([]byte, 16)); err != nil {
			return err
		}
		if _, err := sign(authority); err != nil {
			return err
		}
		// The Mdm-Signature of Authenticate, of TokenUpdate, and of each call for commands: Idle, and the answers.
		for range commands + 2 {
			if err := verify(device, byDevice); err != nil {
				return err
			}
		}
		return nil
	}
	// On all processors at once, as in the walks: there an operation takes longer than on an idle machine.
	const rounds = 100
	var all sync.WaitGroup
	begin := ownCPUTime(b)
	for range runtime.NumCPU() {
		all.Go(func() {
			for range rounds {
				if err := walk(); err != nil {
					b.Error(err)
				}
			}
		})
	}
	all.Wait()
	return (ownCPUTime(b) - begin) / time.Duration(rounds*runtime.NumCPU())
}

// BenchmarkCheckInsDuringSync has BENCH_ENROLLED devices (10,000) check in within a minute while a sync of BENCH_DEVICES (100,000) runs: neither
// fails, and memory stays flat.
func BenchmarkCheckInsDuringSync(b *testing.B) {
	program := proc.Build(b)
	enrolled, synced := number(b, "BENCH_ENROLLED", 10_000), fleetSize(b)
	window := time.Duration(number(b, "BENCH_WINDOW_SECONDS", 60)) * time.Second
	for _, database := range []string{"sqlite", "postgres"} {
		b.Run(fmt.Sprintf("%d-devices-during-%d/%s", enrolled, synced, database), func(b *testing.B) {
			for b.Loop() {
				y := newYard(b, program, database, enrolled)
				all := y.devices(enrolled)
				y.enroll(all)
				calm := y.server.Memory(b)
				assign(b, y.simURL, y.mdm, synced)
				run, err := y.api.StartSync(y.ctx, y.token, true)
				if err != nil {
					b.Fatal(err)
				}
				recorder := simdevice.NewRecorder()
				var (
					each   sync.WaitGroup
					next   atomic.Int64
					failed atomic.Int64
				)
				begin := time.Now()
				for range y.concurrency {
					each.Go(func() {
						for {
							i := int(next.Add(1)) - 1
							if i >= len(all) {
								return
							}
							time.Sleep(time.Until(begin.Add(window * time.Duration(i) / time.Duration(len(all)))))
							all[i].Recorder = recorder
							if _, err := all[i].Connect(y.ctx); err != nil {
								failed.Add(1)
								b.Log(err)
							}
						}
					})
				}
				each.Wait()
				took := time.Since(begin)
				ended := y.api.WaitRun(b, run.ID)
				if failed.Load() > 0 || ended.Status != "SUCCEEDED" {
					b.Fatalf("%d check-ins failed, the sync is %s", failed.Load(), ended.Status)
				}
				b.ReportMetric(float64(len(all))/took.Seconds(), "checkins/s")
				b.ReportMetric(float64(recorder.Percentile(simdevice.StepCommand, 99).Microseconds())/1000, "p99-ms")
				b.ReportMetric(float64(calm)/(1<<20), "MiB-before")
				b.ReportMetric(float64(y.server.PeakMemory(b))/(1<<20), "peak-MiB")
			}
		})
	}
}
