package simdevice

import (
	"crypto/x509"
	"encoding/asn1"
	"fmt"

	"github.com/micromdm/plist"
	"github.com/smallstep/pkcs7"
)

// machineInfo is what a device tells about itself before it is managed (protocol.md 5.2).
type machineInfo struct {
	UDID      string `plist:"UDID"`
	Serial    string `plist:"SERIAL"`
	Product   string `plist:"PRODUCT"`
	Version   string `plist:"VERSION"` // the build
	OSVersion string `plist:"OS_VERSION,omitempty"`
	Language  string `plist:"LANGUAGE"`
	CanUpdate bool   `plist:"MDM_CAN_REQUEST_SOFTWARE_UPDATE"`
	UpdateID  string `plist:"SOFTWARE_UPDATE_DEVICE_ID,omitempty"`
}

// MachineInfo is the device's machine information, signed: CMS with its content attached.
func (d *Device) MachineInfo() ([]byte, error) {
	info, err := plist.Marshal(machineInfo{UDID: d.UDID, Serial: d.SerialNumber, Product: d.Product, Version: d.Build, OSVersion: d.OSVersion, Language: "en",
		CanUpdate: d.CanUpdate, UpdateID: d.Product})
	if err != nil {
		return nil, err
	}
	signed, err := d.signer.attached(info, d.signature, d.ca.certificate)
	if err != nil || !d.signature.BER {
		return signed, err
	}
	return indefinite(signed)
}

func (s *signer) attached(content []byte, how Signature, ca *x509.Certificate) ([]byte, error) {
	message, err := pkcs7.NewSignedData(content)
	if err != nil {
		return nil, err
	}
	message.SetDigestAlgorithm(pkcs7.OIDDigestAlgorithmSHA256)
	if how.SHA1 {
		message.SetDigestAlgorithm(pkcs7.OIDDigestAlgorithmSHA1)
	}
	sign := message.AddSigner
	if how.NoAttr {
		sign = message.SignWithoutAttr
	}
	if err := sign(s.certificate, s.key, pkcs7.SignerInfoConfig{}); err != nil {
		return nil, err
	}
	if how.Chain {
		message.AddCertificate(ca)
	}
	return message.Finish()
}

// detached signs a body as the header Mdm-Signature has it.
func (s *signer) detached(body []byte) ([]byte, error) {
	message, err := pkcs7.NewSignedData(body)
	if err != nil {
		return nil, err
	}
	message.SetDigestAlgorithm(pkcs7.OIDDigestAlgorithmSHA256)
	if err := message.AddSigner(s.certificate, s.key, pkcs7.SignerInfoConfig{}); err != nil {
		return nil, err
	}
	message.Detach()
	return message.Finish()
}

// chunk is short, so that any content is in several.
const chunk = 100

// indefinite writes SignedData (DER) as a stream does: lengths that are not known at their beginning, content in chunks.
func indefinite(der []byte) ([]byte, error) {
	contentInfo, err := inside(der)
	if err != nil || len(contentInfo) != 2 {
		return nil, fmt.Errorf("not a ContentInfo: %w", err)
	}
	explicit, err := inside(contentInfo[1].FullBytes)
	if err != nil || len(explicit) != 1 {
		return nil, fmt.Errorf("not a ContentInfo: %w", err)
	}
	signedData, err := inside(explicit[0].FullBytes)
	if err != nil || len(signedData) < 4 {
		return nil, fmt.Errorf("not SignedData: %w", err)
	}
	encapsulated, err := inside(signedData[2].FullBytes)
	if err != nil || len(encapsulated) != 2 {
		return nil, fmt.Errorf("no content: %w", err)
	}
	var content []byte
	if _, err := asn1.Unmarshal(encapsulated[1].Bytes, &content); err != nil {
		return nil, fmt.Errorf("no content: %w", err)
	}
	end := []byte{0, 0}
	out := append([]byte{0x30, 0x80}, contentInfo[0].FullBytes...)
	out = append(out, 0xa0, 0x80, 0x30, 0x80)
	out = append(append(out, signedData[0].FullBytes...), signedData[1].FullBytes...)
	out = append(append(out, 0x30, 0x80), encapsulated[0].FullBytes...)
	out = append(out, 0xa0, 0x80, 0x24, 0x80)
	for len(content) > 0 {
		n := min(chunk, len(content))
		out = append(append(out, 0x04, byte(n)), content[:n]...)
		content = content[n:]
	}
	out = append(append(append(out, end...), end...), end...)
	for _, rest := range signedData[3:] {
		out = append(out, rest.FullBytes...)
	}
	return append(append(append(out, end...), end...), end...), nil
}

// inside are the elements of a constructed one.
func inside(der []byte) (elements []asn1.RawValue, err error) {
	var outer asn1.RawValue
	if _, err := asn1.Unmarshal(der, &outer); err != nil {
		return nil, err
	}
	for rest := outer.Bytes; len(rest) > 0; {
		var element asn1.RawValue
		if rest, err = asn1.Unmarshal(rest, &element); err != nil {
			return nil, err
		}
		elements = append(elements, element)
	}
	return elements, nil
}
