package servertoken

import (
	"bytes"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"strings"
	"unicode/utf8"
)

const derSequence = 0x30

// unwrap takes the CMS message out of the file: S/MIME text as Apple makes it, bare base64, PEM, or no wrapping at all.
func unwrap(file []byte) ([]byte, error) {
	if looksBinary(file) {
		if file[0] == derSequence {
			return file, nil
		}
		return nil, notAToken(nil, describeBinary(file))
	}
	text := strings.TrimPrefix(string(file), "\ufeff")
	text = strings.TrimSpace(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text))
	if reason := describeText(text); reason != "" {
		return nil, notAToken(nil, reason)
	}
	if block, _ := pem.Decode([]byte(text)); block != nil {
		return block.Bytes, nil // PEM of CMS: describeText refused the others
	}

	body := mimeBody(text)
	if body == "" {
		return nil, cutOff(errors.New("headers without content"))
	}
	der, err := decodeBase64(body)
	if err != nil {
		if partOfHeader(text) {
			return nil, cutOff(err)
		}
		return nil, notAToken(err, "it is neither an S/MIME message nor base64")
	}
	if der[0] != derSequence {
		if partOfHeader(text) && len(der) < len("Content-Description") {
			return nil, cutOff(errors.New("cut off inside a header")) // whose name reads like base64
		}
		return nil, notAToken(nil, "it does not hold an encrypted message")
	}
	return der, nil
}

// mimeBody is what follows the headers, "" if nothing does. Header lines can be folded anywhere, even inside a word and without
// the leading space (Apple's own sample), and the empty line may be missing; so the body begins after the last line with a colon,
// which base64 cannot hold, and after an empty line if there is one.
func mimeBody(text string) string {
	lines := strings.Split(text, "\n")
	last := -1
	for i, line := range lines {
		if strings.Contains(line, ":") {
			last = i
		}
	}
	rest := lines[last+1:]
	if last < 0 {
		return text
	}
	for i, line := range rest {
		if strings.TrimSpace(line) == "" {
			return strings.TrimSpace(strings.Join(rest[i:], "\n"))
		}
	}
	for len(rest) > 0 && !isBase64(rest[0]) { // a folded header
		rest = rest[1:]
	}
	return strings.Join(rest, "\n")
}

// partOfHeader recognises S/MIME headers that were cut off before the content.
func partOfHeader(text string) bool {
	start := strings.ToLower(text[:min(len(text), 512)])
	return strings.HasPrefix(start, "content-") || strings.HasPrefix(start, "mime-version")
}

// decodeBase64 accepts any line width, and a length that says the end is missing: the BER structure tells that better.
func decodeBase64(s string) ([]byte, error) {
	s = strings.Join(strings.Fields(s), "")
	s = strings.TrimRight(s, "=")
	if len(s)%4 == 1 {
		s = s[:len(s)-1]
	}
	if len(s) < 2 {
		return nil, errors.New("no base64 content")
	}
	der, err := base64.RawStdEncoding.DecodeString(s)
	if err != nil {
		return nil, errors.New("not base64") // the cause quotes the file
	}
	return der, nil
}

func isBase64(line string) bool {
	line = strings.TrimSpace(line)
	for _, c := range line {
		if !(c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/' || c == '=') {
			return false
		}
	}
	return line != ""
}

func looksBinary(file []byte) bool {
	return len(file) > 0 && (bytes.IndexByte(file, 0) >= 0 || !utf8.Valid(file) || bytes.HasPrefix(file, []byte("PK\x03\x04")))
}

// describeBinary says what a file that is not text looks like, as the end of a sentence.
func describeBinary(file []byte) string {
	switch {
	case bytes.HasPrefix(file, []byte("PK\x03\x04")):
		return "it looks like a ZIP archive; if the token is inside, unpack it first"
	case bytes.HasPrefix(file, []byte("%PDF")):
		return "it looks like a PDF document"
	case bytes.HasPrefix(file, []byte("\xff\xfe")), bytes.HasPrefix(file, []byte("\xfe\xff")):
		return "it is text in UTF-16; an editor may have changed it"
	case bytes.HasPrefix(file, []byte("\x89PNG")), bytes.HasPrefix(file, []byte("\xff\xd8\xff")):
		return "it looks like a picture"
	case bytes.HasPrefix(file, []byte("bplist")):
		return "it looks like a property list"
	}
	return "it does not hold an encrypted message"
}

// describeText says what a text that is surely no server token looks like, as the end of a sentence; "" if it may be one.
func describeText(text string) string {
	start := strings.ToLower(text[:min(len(text), 512)])
	switch {
	case text == "":
		return "it is empty"
	case strings.HasPrefix(start, "{"), strings.HasPrefix(start, "["):
		if strings.Contains(text, "consumer_key") {
			return "it is JSON, perhaps the content of a token that someone has decrypted already"
		}
		return "it is JSON"
	case strings.HasPrefix(start, "<!doctype html"), strings.HasPrefix(start, "<html"):
		return "it is a web page, perhaps a sign-in page saved instead of the download"
	case strings.HasPrefix(start, "<?xml"), strings.HasPrefix(start, "<plist"), strings.HasPrefix(start, "<!doctype plist"):
		return "it is XML, such as a configuration profile"
	}
	return describePEM(text)
}

func describePEM(text string) string {
	i := strings.Index(text, "-----BEGIN ")
	if i < 0 {
		return ""
	}
	label, _, _ := strings.Cut(text[i+len("-----BEGIN "):], "-----")
	switch {
	case label == "PKCS7", label == "CMS":
		return ""
	case label == "CERTIFICATE", label == "PUBLIC KEY", label == "RSA PUBLIC KEY":
		return "it is a certificate or public key (PEM), perhaps the one to upload at ABM"
	case label == "CERTIFICATE REQUEST", label == "NEW CERTIFICATE REQUEST":
		return "it is a certificate signing request"
	case strings.HasSuffix(label, "PRIVATE KEY"):
		return "it is a private key; keep it to yourself"
	case label == "MESSAGE":
		return "it is the content of a token that someone has decrypted already"
	}
	return "it is a PEM file of another kind"
}
