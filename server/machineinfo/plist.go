package machineinfo

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Bounds of a property list. Real ones have a dozen keys and no nesting at all.
const (
	maxPlist   = 32 << 10
	maxDepth   = 8
	maxKeys    = 100
	maxValue   = 4 << 10
	plistDepth = 2 // of a member of the dictionary: plist, dict
)

// dict is the dictionary of a property list: its texts, truths and data. What is nested is passed over.
type dict struct {
	text  map[string]string // of string, integer, real and date, as written
	truth map[string]bool
	data  map[string][]byte
}

// parsePlist reads an XML property list. It resolves no entities but XML's own five and fetches nothing: encoding/xml does neither.
func parsePlist(document []byte) (*dict, error) {
	if len(document) > maxPlist {
		return nil, fmt.Errorf("larger than %d bytes", maxPlist)
	}
	if bytes.HasPrefix(document, []byte("bplist")) {
		return nil, errors.New("a binary property list")
	}
	p := &parser{decoder: xml.NewDecoder(bytes.NewReader(document)), dict: dict{text: map[string]string{}, truth: map[string]bool{}, data: map[string][]byte{}}}
	p.decoder.CharsetReader = func(charset string, in io.Reader) (io.Reader, error) {
		if strings.EqualFold(charset, "utf-8") || strings.EqualFold(charset, "us-ascii") {
			return in, nil
		}
		return nil, errors.New("in a character set other than UTF-8")
	}
	if err := p.run(); err != nil {
		return nil, err
	}
	return &p.dict, nil
}

type parser struct {
	decoder *xml.Decoder
	dict    dict
	path    []string // names of the open elements
	value   strings.Builder
	key     string
	hasKey  bool
	keys    int
	done    bool // the dictionary was closed
}

func (p *parser) run() error {
	for {
		token, err := p.decoder.RawToken()
		if errors.Is(err, io.EOF) {
			if !p.done || len(p.path) > 0 {
				return errors.New("it ends before its end")
			}
			return nil
		}
		if err != nil {
			return errors.New("no well-formed XML") // the cause quotes the document
		}
		switch t := token.(type) {
		case xml.StartElement:
			err = p.open(t.Name.Local)
		case xml.EndElement:
			err = p.close(t.Name.Local)
		case xml.CharData:
			err = p.chars(t)
		case xml.Directive:
			// A document type may be named; one that brings declarations along is refused, though nothing would act on them.
			if bytes.ContainsRune(t, '[') {
				err = errors.New("it declares entities")
			}
		}
		if err != nil {
			return err
		}
	}
}

func (p *parser) open(name string) error {
	switch depth := len(p.path); {
	case depth == maxDepth:
		return errors.New("nested too deep")
	case depth == 0 && (name != "plist" || p.done), depth == 1 && (name != "dict" || p.done):
		return errors.New("no property list with one dictionary")
	case depth == plistDepth && (name == "key") == p.hasKey:
		return errors.New("keys and values do not take turns")
	}
	p.path = append(p.path, name)
	p.value.Reset()
	return nil
}

func (p *parser) chars(text []byte) error {
	if len(p.path) != plistDepth+1 {
		if len(p.path) <= plistDepth && len(bytes.TrimSpace(text)) > 0 {
			return errors.New("text where none belongs")
		}
		return nil
	}
	if p.value.Len()+len(text) > maxValue {
		return fmt.Errorf("a value has more than %d bytes", maxValue)
	}
	p.value.Write(text)
	return nil
}

func (p *parser) close(name string) error {
	depth := len(p.path) - 1
	if depth < 0 || p.path[depth] != name {
		return errors.New("no well-formed XML")
	}
	p.path = p.path[:depth]
	if depth == 1 {
		if p.hasKey {
			return errors.New("a key without a value")
		}
		p.done = true
	}
	if depth != plistDepth {
		return nil
	}
	value := p.value.String()
	p.value.Reset()
	if !p.hasKey {
		if p.keys++; p.keys > maxKeys {
			return fmt.Errorf("more than %d keys", maxKeys)
		}
		p.key, p.hasKey = value, true
		return nil
	}
	p.hasKey = false
	return p.keep(name, value)
}

// keep stores a member. Who names one twice means to be read in two ways.
func (p *parser) keep(kind, value string) error {
	_, text := p.dict.text[p.key]
	_, truth := p.dict.truth[p.key]
	_, data := p.dict.data[p.key]
	if text || truth || data {
		return errors.New("a key comes twice")
	}
	switch kind {
	case "string", "integer", "real", "date":
		p.dict.text[p.key] = value
	case "true", "false":
		p.dict.truth[p.key] = kind == "true"
	case "data":
		decoded, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(value), ""))
		if err != nil {
			return errors.New("data that is not base64")
		}
		p.dict.data[p.key] = decoded
	case "dict", "array":
	default:
		return errors.New("a value of an unknown type")
	}
	return nil
}
