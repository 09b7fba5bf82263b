package doctor

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/secret"
)

// configuration also fills in the defaults that the other checks use.
func (d *doctor) configuration() {
	err := d.Config.Validate()
	if err == nil && (d.Config.TLSCertFile == "") != (d.Config.TLSKeyFile == "") {
		err = errors.New("GUARDMDM_TLS_CERT_FILE and GUARDMDM_TLS_KEY_FILE belong together")
	}
	if d.valid = err == nil; !d.valid {
		d.fail("configuration", err.Error(), "A setting has a value that the server does not start with.",
			"Correct it. guardmdm serve --help and docs/operations/configuration.md say what it may be.")
		return
	}
	d.ok("configuration", "valid")
}

func (d *doctor) addresses(ctx context.Context) {
	scheme := "http"
	if d.Config.TLSCertFile != "" {
		scheme = "https"
	}
	d.address(ctx, "GUARDMDM_LISTEN", d.Config.Listen, scheme)
	if d.Config.OpsListen == "" {
		d.ok("GUARDMDM_OPS_LISTEN", "none")
		return
	}
	d.address(ctx, "GUARDMDM_OPS_LISTEN", d.Config.OpsListen, "http")
}

// address tells whether a server could listen there, or does.
func (d *doctor) address(ctx context.Context, variable, address, scheme string) {
	var lc net.ListenConfig
	listener, err := lc.Listen(ctx, "tcp", address)
	if err == nil {
		_ = listener.Close()
		d.ok(variable, "%s is free: no server of this machine listens there", address)
		return
	}
	if !errors.Is(err, syscall.EADDRINUSE) {
		do := "Choose an address of this machine."
		if errors.Is(err, syscall.EACCES) {
			do = "Choose a port above 1023, or allow the account to use lower ones (CAP_NET_BIND_SERVICE)."
		}
		d.fail(variable, fmt.Sprintf("%s cannot be listened on", address), err.Error(), do)
		return
	}
	if version, isOurs := askHealth(ctx, scheme, address); isOurs {
		d.ok(variable, "%s is in use by GuardMDM %s, which runs", address, version)
		return
	}
	d.fail(variable, fmt.Sprintf("%s is in use by another program", address), "What listens there does not answer /healthz as GuardMDM does.",
		"Stop that program (ss -ltnp shows it), or choose another address.")
}

// askHealth finds out who listens at an address of this machine. Nothing is sent that anybody could misuse, so the certificate,
// which is for another name, is not looked at.
func askHealth(ctx context.Context, scheme, address string) (version string, isOurs bool) {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return "", false
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
		if ip != nil && ip.To4() == nil {
			host = "::1"
		}
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, scheme+"://"+net.JoinHostPort(host, port)+"/healthz", nil)
	if err != nil {
		return "", false
	}
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true, TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
	answer, err := client.Do(r)
	if err != nil {
		return "", false
	}
	defer answer.Body.Close()
	var health struct{ Status, Version string }
	err = json.NewDecoder(io.LimitReader(answer.Body, 4<<10)).Decode(&health)
	return health.Version, err == nil && answer.StatusCode == http.StatusOK && health.Status == "ok" && health.Version != ""
}

// certificateDays is when a certificate that is not renewed by then most likely will not be.
const certificateDays = 14

func (d *doctor) certificate() {
	const check = "TLS certificate"
	certFile, keyFile := d.Config.TLSCertFile, d.Config.TLSKeyFile
	switch {
	case certFile == "" && keyFile == "":
		d.ok(check, "none: http here, https by a proxy")
		return
	case certFile == "" || keyFile == "":
		d.skip("GUARDMDM_TLS_CERT_FILE and GUARDMDM_TLS_KEY_FILE", check)
		return
	}
	pair, err := tls.LoadX509KeyPair(certFile, keyFile)
	if err != nil {
		d.fail(check, fmt.Sprintf("%s and %s cannot be used", certFile, keyFile), err.Error(),
			"Name a PEM certificate chain and its private key, which this account may read.")
		return
	}
	renew := "Renew the certificate. The server reads the files again when they change."
	now, leaf := d.Clock.Now(), pair.Leaf
	left := leaf.NotAfter.Sub(now)
	switch {
	case now.Before(leaf.NotBefore):
		d.fail(check, "not valid before "+leaf.NotBefore.UTC().Format(time.RFC3339), "Clients refuse it.", "Use another certificate, or correct this machine's clock.")
	case left <= 0:
		d.fail(check, "expired on "+leaf.NotAfter.UTC().Format(time.RFC3339), "Browsers, programs and devices refuse it.", renew)
	case days(left) < certificateDays:
		d.warn(check, apperr.Count(days(left), "day")+" left", "It expires on "+leaf.NotAfter.UTC().Format(time.RFC3339)+".", renew)
	default:
		d.ok(check, "%s, for %s", apperr.Count(days(left), "day")+" left", strings.Join(append(slices.Clone(leaf.DNSNames), ips(leaf.IPAddresses)...), ", "))
	}
	if info, err := os.Stat(keyFile); err == nil && info.Mode().Perm()&0o007 != 0 {
		d.warn("TLS key file", fmt.Sprintf("every account of this machine may use it (mode %04o)", info.Mode().Perm()),
			"Who reads it can pass for this server.", "chmod o= "+keyFile)
	}
}

func ips(list []net.IP) []string {
	var out []string
	for _, ip := range list {
		out = append(out, ip.String())
	}
	return out
}

// directories looks at where files are made and grow.
func (d *doctor) directories() {
	const check, space = "data directory", "disk space"
	dir := d.Config.DataDir
	if path, isSQLite := strings.CutPrefix(d.Config.DatabaseURL, "sqlite:"); isSQLite {
		dir = filepath.Dir(path)
	} else if _, err := os.Stat(d.Config.SecretKeyFile); err == nil {
		d.ok(check, "not needed: the data is in PostgreSQL, and the key file is there")
		return
	}
	absolute, err := filepath.Abs(dir)
	if err != nil {
		absolute = dir
	}
	existing := absolute
	for {
		info, err := os.Stat(existing)
		if err == nil && !info.IsDir() {
			d.fail(check, existing+" is not a directory", "", "Choose another GUARDMDM_DATA_DIR.")
			return
		}
		if parent := filepath.Dir(existing); errors.Is(err, fs.ErrNotExist) && parent != existing {
			existing = parent
			continue
		}
		break
	}
	const writable = 2 | 1 // W_OK and X_OK of access(2)
	if err := syscall.Access(existing, writable); err != nil {
		d.fail(check, fmt.Sprintf("this account may not write to %s", existing), err.Error(),
			"Give the account that runs GuardMDM the right to, or choose another GUARDMDM_DATA_DIR. Run this command as that account.")
	} else if existing != absolute {
		d.ok(check, "%s does not exist yet; the first start makes it", absolute)
	} else {
		d.ok(check, "%s can be written to", absolute)
	}
	var disk syscall.Statfs_t
	if err := syscall.Statfs(existing, &disk); err != nil {
		d.warn(space, "it cannot be told how full the disk is", err.Error(), "See df "+existing)
		return
	}
	block := uint64(disk.Bsize)
	d.say(judgeSpace(existing, uint64(disk.Bavail)*block, uint64(disk.Blocks)*block))
}

// judgeSpace warns below 1 GB or 10 %, and fails where SQLite cannot move its log into the file any more.
func judgeSpace(dir string, free, total uint64) Finding {
	f := Finding{Level: OK, Check: "disk space", Found: fmt.Sprintf("%s of %s free", size(free), size(total))}
	switch {
	case free < 100<<20:
		f.Level, f.Why = Fail, "A sync of many devices does not fit. A full disk stops every sync."
	case free < 1<<30 || free < total/10:
		f.Level, f.Why = Warn, "A full disk stops every sync."
	}
	if f.Level != OK {
		f.Do = "Free space on the disk of " + dir + ", or move the data directory."
	}
	return f
}

func size(bytes uint64) string {
	switch {
	case bytes >= 1<<30:
		return fmt.Sprintf("%.1f GB", float64(bytes)/(1<<30))
	default:
		return fmt.Sprintf("%d MB", bytes>>20)
	}
}

// keyFile opens the key file if it is there; database.go compares it with what the database expects.
func (d *doctor) keyFile() {
	const check = "secret key file"
	box, err := secret.OpenKeyFile(d.Config.SecretKeyFile)
	switch {
	case errors.Is(err, fs.ErrNotExist): // whether that is a fault the database knows
	case err != nil:
		d.err(Fail, check, err, "Put back the key file that belongs to this database.")
	case box.Warning() != "":
		d.box = box
		d.warn(check, box.Warning(), "Who reads it can open the secrets in the database.", "chmod 600 "+d.Config.SecretKeyFile)
	default:
		d.box = box
		d.ok(check, "%s, key %s, for this account only", d.Config.SecretKeyFile, box.Fingerprint())
	}
}
