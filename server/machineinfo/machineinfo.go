// Package machineinfo reads what a device says of itself when it asks for its enrollment profile: a property list in a signed CMS message.
//
// The signature proves that some device's key signed, not that the serial number is true: a jailbroken device can claim any. So it is a filter
// against noise; what the serial number is worth is decided by those who know the devices (server/enroll).
//
// docs/adr/0016-enrollment-trust.md says whom it believes, and why.
package machineinfo

import (
	"bytes"
	"crypto/x509"
	"errors"
	"regexp"
	"strings"
	"unicode"

	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/cms"
	"github.com/guardmdm/guardmdm/server/cmsguard"
)

// The reasons for which Read refuses a message.
const (
	NotSigned           apperr.Code = "NOT_SIGNED"
	CMSTooLarge         apperr.Code = "CMS_TOO_LARGE"
	CMSTooDeep          apperr.Code = "CMS_TOO_DEEP"
	CMSCutOff           apperr.Code = "CMS_CUT_OFF"
	CMSMalformed        apperr.Code = "CMS_MALFORMED"
	CMSDetached         apperr.Code = "CMS_DETACHED"
	NotOneSigner        apperr.Code = "NOT_ONE_SIGNER"
	NoSignerCertificate apperr.Code = "NO_SIGNER_CERTIFICATE"
	BadCertificates     apperr.Code = "BAD_CERTIFICATES"
	AlgorithmRefused    apperr.Code = "ALGORITHM_REFUSED"
	AttributesMissing   apperr.Code = "ATTRIBUTES_MISSING"
	ContentAltered      apperr.Code = "CONTENT_ALTERED"
	SignatureWrong      apperr.Code = "SIGNATURE_WRONG"
	SignerIsCA          apperr.Code = "SIGNER_IS_CA"
	SelfSigned          apperr.Code = "SELF_SIGNED"
	UnknownDeviceCA     apperr.Code = "UNKNOWN_DEVICE_CA"
	NotADeviceCA        apperr.Code = "NOT_A_DEVICE_CA"
	PlistUnreadable     apperr.Code = "MACHINE_INFO_UNREADABLE"
	PlistIncomplete     apperr.Code = "MACHINE_INFO_INCOMPLETE"
)

// Info is what a device says of itself. Nothing of it is proven.
type Info struct {
	UDID         string // opaque, in the case it was sent in
	SerialNumber string // upper case
	Product      string // "iPhone16,1"
	Build        string // "23A341"; Apple's key is VERSION
	OSVersion    string // "26.0.1"; empty before iOS 17 and macOS 14

	CanRequestSoftwareUpdate bool   // understands com.apple.softwareupdate.required
	SoftwareUpdateDeviceID   string // by which Apple lists the versions for it
}

// Unknown is a message that would be right, but for the authority that issued its signer's certificate.
type Unknown struct {
	Leaf      *x509.Certificate
	Authority *x509.Certificate // the issuer's certificate, if it came along; nil otherwise
	Claims    Info              // what the message says, as far as it can be read
}

// Trust are the authorities.
type Trust struct {
	Pinned []*x509.Certificate // those that issue certificates to devices
	// Apple are Apple's authorities above the one for devices. That a certificate leads up to one of them proves nothing: developers' do, too.
	Apple []*x509.Certificate
}

// Read checks a message and reads it. A refusal is an *apperr.Error with one of the codes above; for UnknownDeviceCA and NotADeviceCA, unknown says
// what there is to know of the authority.
func Read(body []byte, trust Trust) (info Info, unknown *Unknown, err error) {
	if looksPlain(body) {
		return info, nil, apperr.New(NotSigned, "The machine information is not signed.")
	}
	signed, err := cms.Read(body)
	if err != nil {
		return info, nil, refusal(err)
	}
	leaf := signed.Signer
	if leaf.IsCA {
		return info, nil, apperr.New(SignerIsCA, "The machine information is signed with the certificate of an authority, not with a device's.")
	}
	if !issuedByOne(leaf, trust.Pinned) {
		unknown, err := unpinned(signed, trust)
		return info, unknown, err
	}
	info, err = parse(signed.Content)
	return info, nil, err
}

// looksPlain tells property lists from messages by their beginning.
func looksPlain(body []byte) bool {
	body = bytes.TrimLeft(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")), " \t\r\n")
	return bytes.HasPrefix(body, []byte("<")) || bytes.HasPrefix(body, []byte("bplist"))
}

// issuedBy checks a certificate with the key of another one. Dates are ignored: Apple's device authority expired in 2014 and still issues. CheckSignature
// takes SHA-1, which chain verification does not.
func issuedBy(c, authority *x509.Certificate) bool {
	return bytes.Equal(c.RawIssuer, authority.RawSubject) && cms.Usable(authority) == nil &&
		authority.CheckSignature(c.SignatureAlgorithm, c.RawTBSCertificate, c.Signature) == nil
}

func issuedByOne(c *x509.Certificate, authorities []*x509.Certificate) bool {
	for _, a := range authorities {
		if issuedBy(c, a) {
			return true
		}
	}
	return false
}

func unpinned(signed *cms.Signed, trust Trust) (*Unknown, error) {
	leaf := signed.Signer
	if bytes.Equal(leaf.RawIssuer, leaf.RawSubject) {
		return nil, apperr.New(SelfSigned, "The machine information is signed with a certificate that issued itself.")
	}
	u := &Unknown{Leaf: leaf}
	for _, c := range signed.Certificates {
		if c.IsCA && issuedBy(leaf, c) {
			u.Authority = c
			break
		}
	}
	u.Claims, _ = parse(signed.Content)
	if u.Authority != nil && underApple(u.Authority, signed.Certificates, trust.Apple) || issuedByOne(leaf, trust.Apple) {
		return u, apperr.New(NotADeviceCA, "The signer's certificate was issued by %q: one of Apple's authorities, but not the one for devices.", issuer(leaf))
	}
	return u, apperr.New(UnknownDeviceCA, "The signer's certificate was issued by %q, which is not among the authorities for devices that this server believes.", issuer(leaf))
}

func issuer(c *x509.Certificate) string {
	const longest = 200
	name := []rune(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return '?'
		}
		return r
	}, strings.ToValidUTF8(c.Issuer.String(), "?")))
	return string(name[:min(len(name), longest)])
}

// underApple tells whether the authority leads up to one of Apple's by way of certificates of the message.
func underApple(authority *x509.Certificate, others, apple []*x509.Certificate) bool {
	for range len(others) + 1 {
		if issuedByOne(authority, apple) {
			return true
		}
		var above *x509.Certificate
		for _, c := range others {
			if c.IsCA && !c.Equal(authority) && issuedBy(authority, c) {
				above = c
				break
			}
		}
		if above == nil {
			return false
		}
		authority = above
	}
	return false
}

// refusal is the reason of package cms as a code.
func refusal(err error) *apperr.Error {
	for _, r := range []struct {
		is      error
		code    apperr.Code
		message string
	}{
		{cmsguard.ErrTooLarge, CMSTooLarge, "The message is larger than machine information can be."},
		{cmsguard.ErrTooDeep, CMSTooDeep, "The message is nested deeper than machine information can be."},
		{cmsguard.ErrTruncated, CMSCutOff, "The message ends before its end."},
		{cms.ErrNotSigned, NotSigned, "The machine information is not signed."},
		{cms.ErrDetached, CMSDetached, "The message holds a signature, but not what it signs."},
		{cms.ErrSigners, NotOneSigner, "The message has not exactly one signer."},
		{cms.ErrNoCertificate, NoSignerCertificate, "The message does not hold the certificate of its signer."},
		{cms.ErrCertificates, BadCertificates, "The message holds too many certificates, or one that cannot be read."},
		{cms.ErrAlgorithm, AlgorithmRefused, "The message is signed with an algorithm that is not accepted: SHA-1 and SHA-256 are, with RSA and ECDSA."},
		{cms.ErrAttributes, AttributesMissing, "The signed attributes of the message do not bind its content."},
		{cms.ErrDigest, ContentAltered, "The content of the message is not the one that was signed."},
		{cms.ErrSignature, SignatureWrong, "The signature of the message is wrong."},
	} {
		if errors.Is(err, r.is) {
			return apperr.Wrap(err, r.code, "%s", r.message)
		}
	}
	return apperr.Wrap(err, CMSMalformed, "The message cannot be read.")
}

// Both are opaque; these are the characters that any was seen with.
var (
	serialNumber = regexp.MustCompile(`^[A-Z0-9]{1,64}$`)
	udid         = regexp.MustCompile(`^[A-Za-z0-9-]{1,64}$`)
	plainText    = regexp.MustCompile(`^[\x20-\x7e]{0,64}$`)
)

func parse(content []byte) (Info, error) {
	list, err := parsePlist(content)
	if err != nil {
		return Info{}, apperr.Wrap(err, PlistUnreadable, "The machine information is no property list that can be read: %s.", err)
	}
	info := Info{
		UDID: list.text["UDID"], SerialNumber: strings.ToUpper(strings.TrimSpace(list.text["SERIAL"])), Product: list.text["PRODUCT"], Build: list.text["VERSION"],
		OSVersion: list.text["OS_VERSION"], SoftwareUpdateDeviceID: list.text["SOFTWARE_UPDATE_DEVICE_ID"],
		CanRequestSoftwareUpdate: list.truth["MDM_CAN_REQUEST_SOFTWARE_UPDATE"],
	}
	for _, field := range []struct {
		key, value string
		form       *regexp.Regexp
		required   bool
	}{
		{"SERIAL", info.SerialNumber, serialNumber, true}, {"UDID", info.UDID, udid, true}, {"PRODUCT", info.Product, plainText, true},
		{"VERSION", info.Build, plainText, false}, {"OS_VERSION", info.OSVersion, plainText, false},
		{"SOFTWARE_UPDATE_DEVICE_ID", info.SoftwareUpdateDeviceID, plainText, false},
	} {
		switch {
		case field.value == "" && field.required:
			return Info{}, apperr.New(PlistIncomplete, "The machine information has no %s.", field.key)
		case field.value != "" && !field.form.MatchString(field.value):
			return Info{}, apperr.New(PlistUnreadable, "The machine information's %s is not one.", field.key)
		}
	}
	return info, nil
}
