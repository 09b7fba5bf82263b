package web

import (
	"strconv"
	"strings"
)

// encoding is a content coding, as in Accept-Encoding.
type encoding string

const (
	identity encoding = "identity"
	brotli   encoding = "br"
	gzip     encoding = "gzip"
)

// splitEncoding takes the suffix of a precompressed variant off a file's name.
func splitEncoding(name string) (string, encoding) {
	if plain, ok := strings.CutSuffix(name, ".br"); ok {
		return plain, brotli
	}
	if plain, ok := strings.CutSuffix(name, ".gz"); ok {
		return plain, gzip
	}
	return name, identity
}

// chooseEncoding picks what the client likes best of what there is (RFC 9110, 12.5.3); brotli, then gzip, among equals.
// Identity is the answer to everything else, also to a client that refuses it: a page it did not ask for in this form is
// better than none.
func chooseEncoding(accept []string, has func(encoding) bool) encoding {
	quality := parseAcceptEncoding(strings.Join(accept, ","))
	best, bestQuality := identity, 0.0
	for _, e := range []encoding{brotli, gzip} {
		q, named := quality[e]
		if !named {
			q = quality["*"]
		}
		if has(e) && q > bestQuality {
			best, bestQuality = e, q
		}
	}
	if q, named := quality[identity]; named && q > bestQuality {
		return identity
	}
	return best
}

func parseAcceptEncoding(header string) map[encoding]float64 {
	quality := map[encoding]float64{}
	for item := range strings.SplitSeq(header, ",") {
		name, params, _ := strings.Cut(item, ";")
		name = strings.ToLower(strings.TrimSpace(name))
		if name == "" {
			continue
		}
		quality[encoding(name)] = parseQuality(params)
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
