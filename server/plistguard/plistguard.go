// Package plistguard bounds property lists before a parser sees them. The library that reads them recurses once a level and makes a node of each
// element; binary ones could refer to themselves.
package plistguard

import (
	"bytes"
	"errors"
)

// Limits are what a property list may be.
type Limits struct{ Depth, Elements int }

// Why Check refuses.
var (
	ErrNotXML   = errors.New("no property list in XML")
	ErrCutOff   = errors.New("property list that ends within a tag")
	ErrEntities = errors.New("property list that declares entities of its own")
	ErrTooMuch  = errors.New("property list with too many levels or elements")
)

// Check refuses what is no property list in XML, and what is beyond the limits. It looks at tags alone and takes no memory.
func Check(b []byte, l Limits) error {
	b = bytes.TrimLeft(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")), " \t\r\n")
	if len(b) == 0 || b[0] != '<' {
		return ErrNotXML
	}
	depth, elements := 0, 0
	for {
		at := bytes.IndexByte(b, '<')
		if at < 0 {
			return nil
		}
		b = b[at:]
		var end []byte
		switch {
		case bytes.HasPrefix(b, []byte("<!--")):
			end = []byte("-->")
		case bytes.HasPrefix(b, []byte("<![CDATA[")):
			end = []byte("]]>")
		case bytes.HasPrefix(b, []byte("<?")):
			end = []byte("?>")
		default:
			end = []byte(">")
		}
		stop := bytes.Index(b, end)
		if stop < 0 {
			return ErrCutOff
		}
		tag := b[:stop]
		b = b[stop+len(end):]
		switch {
		case len(end) > 1:
		case bytes.HasPrefix(tag, []byte("<!")):
			// A document type of its own is where entities are declared; Apple's names its file and no more.
			if bytes.IndexByte(tag, '[') >= 0 || bytes.HasPrefix(tag, []byte("<!ENTITY")) {
				return ErrEntities
			}
		case bytes.HasPrefix(tag, []byte("</")):
			depth--
		default:
			elements++
			if !bytes.HasSuffix(tag, []byte("/")) {
				depth++
			}
		}
		if depth > l.Depth || elements > l.Elements {
			return ErrTooMuch
		}
	}
}
