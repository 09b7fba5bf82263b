// Package negotiate finds the form of an answer that a client likes best.
package negotiate

import (
	"strconv"
	"strings"
)

// Encoding is a content coding, as in Accept-Encoding.
type Encoding string

const (
	Identity Encoding = "identity"
	Brotli   Encoding = "br"
	Gzip     Encoding = "gzip"
)

// ChooseEncoding picks what the client likes best of what there is (RFC 9110, 12.5.3); brotli, then gzip, among equals.
// Identity is the answer to everything else, also to a client that refuses it: a page it did not ask for in this form is
// better than none.
func ChooseEncoding(accept []string, has func(Encoding) bool) Encoding {
	quality := parseAcceptEncoding(strings.Join(accept, ","))
	best, bestQuality := Identity, 0.0
	for _, e := range []Encoding{Brotli, Gzip} {
		q, named := quality[e]
		if !named {
			q = quality["*"]
		}
		if has(e) && q > bestQuality {
			best, bestQuality = e, q
		}
	}
	if q, named := quality[Identity]; named && q > bestQuality {
		return Identity
	}
	return best
}

func parseAcceptEncoding(header string) map[Encoding]float64 {
	quality := map[Encoding]float64{}
	for item := range strings.SplitSeq(header, ",") {
		name, params, _ := strings.Cut(item, ";")
		name = strings.ToLower(strings.TrimSpace(name))
		if name == "" {
			continue
		}
		quality[Encoding(name)] = parseQuality(params)
	}
	return quality
}

// parseQuality reads "q=0.5"; absent is 1, malformed is 0.
func parseQuality(params string) float64 {
	params = strings.TrimSpace(params)
	if params == "" {
		return 1
	}
	name, value, _ := strings.Cut(params, "=")
	if !strings.EqualFold(strings.TrimSpace(name), "q") {
		return 0
	}
	q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if err != nil || !(q >= 0 && q <= 1) {
		return 0
	}
	return q
}
