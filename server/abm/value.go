package abm

import (
	"bytes"
	"encoding/json"
	"iter"
	"strings"
	"time"
	"unicode/utf8"
)

// The functions of this file walk JSON that encoding/json has validated; on anything else they give nonsense, but do not
// panic. Reflection over the same 25 fields costs three times as much, which a fleet of 1,000,000 devices notices.

// members yields the keys (without quotes, escapes as they are) and values of a JSON object.
func members(object []byte) iter.Seq2[[]byte, []byte] {
	return func(yield func(key, value []byte) bool) {
		at := skip(object, 1, " \t\r\n")
		for at < len(object) && object[at] == '"' {
			end := valueEnd(object, at)
			key := object[at+1 : max(end-1, at+1)]
			at = skip(object, end, " \t\r\n:")
			end = valueEnd(object, at)
			if !yield(key, object[at:end]) {
				return
			}
			at = skip(object, end, " \t\r\n,")
		}
	}
}

// items yields the values of a JSON array.
func items(array []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		at := skip(array, 1, " \t\r\n")
		for at < len(array) && array[at] != ']' {
			end := valueEnd(array, at)
			if end == at || !yield(array[at:end]) {
				return
			}
			at = skip(array, end, " \t\r\n,")
		}
	}
}

func skip(b []byte, at int, set string) int {
	for at < len(b) && strings.IndexByte(set, b[at]) >= 0 {
		at++
	}
	return at
}

// valueEnd is the offset behind the value that begins at at.
func valueEnd(b []byte, at int) int {
	depth := 0
	for at < len(b) {
		switch b[at] {
		case '"':
			for at++; at < len(b) && b[at] != '"'; at++ {
				if b[at] == '\\' {
					at++
				}
			}
			at = min(at+1, len(b))
			if depth == 0 {
				return at
			}
			continue
		case '{', '[':
			depth++
		case '}', ']':
			depth--
			if depth <= 0 {
				if depth < 0 {
					return at // the end of what is around a number
				}
				return at + 1
			}
		case ',', ' ', '\t', '\r', '\n':
			if depth == 0 {
				return at
			}
		}
		at++
	}
	return at
}

func isNull(value []byte) bool { return string(value) == "null" }

func isText(value []byte) bool { return len(value) >= 2 && value[0] == '"' }

func setText(to *string, value []byte) bool {
	if !isText(value) {
		return false
	}
	*to = text(value[1 : len(value)-1])
	return true
}

// text decodes what stands between the quotes. NUL, which PostgreSQL does not store, is left out.
func text(inside []byte) string {
	if bytes.IndexByte(inside, '\\') < 0 {
		return validUTF8(inside)
	}
	var s string
	if json.Unmarshal(append(append([]byte{'"'}, inside...), '"'), &s) != nil {
		return validUTF8(inside)
	}
	return strings.ReplaceAll(s, "\x00", "")
}

func validUTF8(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	return strings.ToValidUTF8(string(b), "\ufffd")
}

// setTexts accepts a single text as a list of one.
func setTexts(to *[]string, value []byte) bool {
	var one string
	if setText(&one, value) {
		*to = []string{one}
		return true
	}
	if len(value) == 0 || value[0] != '[' {
		return false
	}
	many := []string{}
	for item := range items(value) {
		if !setText(&one, item) {
			return false
		}
		many = append(many, one)
	}
	*to = many
	return true
}

func setBool(to *bool, value []byte) bool {
	*to = string(value) == "true"
	return *to || string(value) == "false"
}

// setTime accepts RFC 3339, and "" as absent.
func setTime(to *time.Time, value []byte) bool {
	if !isText(value) {
		return false
	}
	inside := string(value[1 : len(value)-1])
	if inside == "" {
		return true
	}
	at, err := time.Parse(time.RFC3339, inside)
	if err != nil {
		return false
	}
	*to = at.UTC()
	return true
}

// vocabulary keeps one copy of words that many devices share. It lives as long as one answer, and is bounded: the words come from
// outside.
type vocabulary map[string]string

const (
	maxWords      = 4096
	maxWordLength = 256
)

func (v vocabulary) set(to *string, value []byte) bool {
	if !isText(value) {
		return false
	}
	inside := value[1 : len(value)-1]
	word, ok := v[string(inside)] // does not allocate
	if !ok {
		word = text(inside)
		if len(v) < maxWords && len(inside) <= maxWordLength {
			v[string(inside)] = word
		}
	}
	*to = word
	return true
}
