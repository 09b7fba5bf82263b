package beside_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/smallstep/scep"
)

// challenge is what every device of the other MDM server has: those servers know no better.
const challenge = "one-for-all"

// scepServer issues identities to whoever has the challenge.
type scepServer struct {
	*httptest.Server
	testing.TB
	certificate *x509.Certificate
	key         *rsa.PrivateKey
}

func newSCEP(t testing.TB) *scepServer {
	t.Helper()
	s := &scepServer{TB: t}
	var err error
	s.key, err = rsa.GenerateKey(rand.Reader, 2048)
	must(t, err)
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Another MDM's CA"}, NotBefore: time.Now().Add(-time.Hour),
		NotAfter: time.Now().AddDate(1, 0, 0), IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment}
	der, err := x509.CreateCertificate(rand.Reader, template, template, s.key.Public(), s.key)
	must(t, err)
	s.certificate, err = x509.ParseCertificate(der)
	must(t, err)
	s.Server = httptest.NewServer(http.HandlerFunc(s.serve))
	t.Cleanup(s.Close)
	return s
}

func (s *scepServer) caFile() string {
	path := filepath.Join(s.TempDir(), "ca.pem")
	must(s, os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.certificate.Raw}), 0o600))
	return path
}

func (s *scepServer) serve(w http.ResponseWriter, r *http.Request) {
	switch r.FormValue("operation") {
	case "GetCACaps":
		_, _ = io.WriteString(w, "AES\nPOSTPKIOperation\nSHA-256\n")
	case "GetCACert":
		_, _ = w.Write(s.certificate.Raw)
	case "PKIOperation":
		answer, err := s.issue(r)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		_, _ = w.Write(answer)
	}
}

func (s *scepServer) issue(r *http.Request) ([]byte, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	message, err := scep.ParsePKIMessage(body)
	if err != nil {
		return nil, err
	}
	if err := message.DecryptPKIEnvelope(s.certificate, s.key); err != nil {
		return nil, err
	}
	if message.ChallengePassword != challenge {
		return nil, fmt.Errorf("the challenge is %q", message.ChallengePassword)
	}
	request := message.CSR
	template := &x509.Certificate{SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: request.Subject, NotBefore: time.Now().Add(-time.Hour),
		NotAfter: time.Now().AddDate(1, 0, 0), KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}}
	der, err := x509.CreateCertificate(rand.Reader, template, s.certificate, request.PublicKey, s.key)
	if err != nil {
		return nil, err
	}
	issued, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, err
	}
	reply, err := message.Success(s.certificate, s.key, issued)
	if err != nil {
		return nil, err
	}
	return reply.Raw, nil
}

// mobileconfig is the enrollment profile of the other MDM server.
func (s *scepServer) mobileconfig(server string) []byte {
	return []byte(`<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
<key>PayloadType</key><string>Configuration</string><key>PayloadIdentifier</key><string>org.example.nanomdm</string>
<key>PayloadUUID</key><string>6F2D1B0A-0000-4000-8000-000000000001</string><key>PayloadVersion</key><integer>1</integer>
<key>PayloadDisplayName</key><string>Enrollment with NanoMDM</string>
<key>PayloadContent</key><array>
<dict><key>PayloadType</key><string>com.apple.security.scep</string><key>PayloadIdentifier</key><string>org.example.nanomdm.scep</string>
<key>PayloadUUID</key><string>6F2D1B0A-0000-4000-8000-000000000002</string><key>PayloadVersion</key><integer>1</integer>
<key>PayloadContent</key><dict><key>URL</key><string>` + s.URL + `/scep</string><key>Challenge</key><string>` + challenge + `</string>
<key>Keysize</key><integer>2048</integer><key>Key Type</key><string>RSA</string></dict></dict>
<dict><key>PayloadType</key><string>com.apple.mdm</string><key>PayloadIdentifier</key><string>org.example.nanomdm.mdm</string>
<key>PayloadUUID</key><string>6F2D1B0A-0000-4000-8000-000000000003</string><key>PayloadVersion</key><integer>1</integer>
<key>IdentityCertificateUUID</key><string>6F2D1B0A-0000-4000-8000-000000000002</string>
<key>Topic</key><string>com.apple.mgmt.External.another</string><key>ServerURL</key><string>` + server + `</string>
<key>SignMessage</key><true/><key>CheckOutWhenRemoved</key><true/><key>AccessRights</key><integer>8191</integer></dict>
</array></dict></plist>`)
}
