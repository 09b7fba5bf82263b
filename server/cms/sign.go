package cms

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"time"
)

// Sign makes a message that holds the content, with the signer's certificate and those above it, signed with SHA-256. The library would sign with
// SHA-1.
func Sign(content []byte, signer *x509.Certificate, above []*x509.Certificate, key crypto.Signer, now time.Time) ([]byte, error) {
	var algorithm asn1.ObjectIdentifier
	switch key.Public().(type) {
	case *rsa.PublicKey:
		algorithm = oidRSA
	case *ecdsa.PublicKey:
		algorithm = oidSHA256ECDSA
	default:
		return nil, fmt.Errorf("%w: the key is neither RSA nor ECDSA", ErrAlgorithm)
	}
	digest := sha256.Sum256(content)
	attributes, err := attributesOf(digest[:], now)
	if err != nil {
		return nil, err
	}
	signed := sha256.Sum256(set(attributes))
	signature, err := key.Sign(rand.Reader, signed[:], crypto.SHA256)
	if err != nil {
		return nil, err
	}
	certificates := signer.Raw
	for _, c := range above {
		certificates = append(certificates[:len(certificates):len(certificates)], c.Raw...)
	}
	sha := pkix.AlgorithmIdentifier{Algorithm: oidSHA256}
	info := signerInfo{
		Version: 1, ID: issuerAndSerial{asn1.RawValue{FullBytes: signer.RawIssuer}, signer.SerialNumber}, Digest: sha,
		Attributes: tagged(0, join(attributes)), Algorithm: pkix.AlgorithmIdentifier{Algorithm: algorithm}, Signature: signature,
	}
	if algorithm.Equal(oidRSA) {
		info.Algorithm.Parameters = asn1.NullRawValue
	}
	encodedInfo, err := asn1.Marshal(info)
	if err != nil {
		return nil, err
	}
	octets, err := asn1.Marshal(content)
	if err != nil {
		return nil, err
	}
	data, err := asn1.Marshal(signedData{
		Version: 1, DigestAlgorithms: []pkix.AlgorithmIdentifier{sha},
		Content:      contentInfo{Type: oidData, Content: tagged(0, octets)},
		Certificates: tagged(0, certificates),
		Signers:      []asn1.RawValue{{FullBytes: encodedInfo}},
	})
	if err != nil {
		return nil, err
	}
	return asn1.Marshal(contentInfo{Type: oidSignedData, Content: tagged(0, data)})
}

// attributesOf are the signed attributes, in the order of their DER form.
func attributesOf(digest []byte, now time.Time) ([][]byte, error) {
	var attributes [][]byte
	for _, a := range []struct {
		name  asn1.ObjectIdentifier
		value any
	}{{oidContentType, oidData}, {oidSigningTime, now.UTC()}, {oidMessageDigest, digest}} {
		value, err := asn1.Marshal(a.value)
		if err != nil {
			return nil, err
		}
		encoded, err := asn1.Marshal(attribute{Type: a.name, Values: asn1.RawValue{Class: asn1.ClassUniversal, Tag: asn1.TagSet, IsCompound: true, Bytes: value}})
		if err != nil {
			return nil, err
		}
		attributes = append(attributes, encoded)
	}
	return attributes, nil // their lengths grow, so that they are sorted
}

func join(parts [][]byte) (all []byte) {
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

func tagged(tag int, content []byte) asn1.RawValue {
	return asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: tag, IsCompound: true, Bytes: content}
}
