package mdm

import (
	"bytes"

	"github.com/guardmdm/guardmdm/server/apperr"
)

// What a property list from a device may be. The library that reads it recurses once a level and makes a node of each element, so
// this is looked at before. The largest answers, lists of installed apps, have some ten thousand elements and five levels.
const (
	maxDepth    = 32
	maxElements = 200_000
)

// checkPlist refuses what is no property list in XML, and what would cost more to read than messages of devices do. It looks at tags
// alone and takes no memory. Binary property lists, which could refer to themselves, are not what devices send.
func checkPlist(b []byte) error {
	b = bytes.TrimLeft(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")), " \t\r\n")
	if len(b) == 0 || b[0] != '<' {
		return apperr.New(Malformed, "The message is no property list in XML.")
	}
	depth, elements := 0, 0
	for {
		at := bytes.IndexByte(b, '<')
		if at < 0 {
			break
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
			return apperr.New(Malformed, "The message ends within a tag.")
		}
		tag := b[:stop]
		b = b[stop+len(end):]
		switch {
		case len(end) > 1:
		case bytes.HasPrefix(tag, []byte("<!")):
			// A document type of its own is where entities are declared; Apple's names its file and no more.
			if bytes.IndexByte(tag, '[') >= 0 || bytes.HasPrefix(tag, []byte("<!ENTITY")) {
				return apperr.New(TooComplex, "The message declares entities of its own.")
			}
		case bytes.HasPrefix(tag, []byte("</")):
			depth--
		default:
			elements++
			if !bytes.HasSuffix(tag, []byte("/")) {
				depth++
			}
		}
		if depth > maxDepth || elements > maxElements {
			return apperr.New(TooComplex, "The message has more than %d levels or %d elements.", maxDepth, maxElements)
		}
	}
	return nil
}
