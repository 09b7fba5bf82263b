// Package limits bounds what one caller may ask of the GraphQL API at once.
//
// An operation is measured before it runs: its tokens before it is parsed, the rest in one walk that visits every fragment
// once, so that fragments which spread each other cannot make the measuring itself expensive.
package limits

import (
	"fmt"

	"github.com/guardmdm/guardmdm/server/apperr"
)

// Config holds the limits. Each is the largest value that is accepted.
type Config struct {
	BodyBytes     int64 // of a POST: a server token of 64 KiB as base64 fits three times
	MessageBytes  int64 // of a message from a WebSocket client
	Tokens        int   // lexical tokens of a document
	Repeats       int   // uses of one field in a document
	Depth         int   // levels of fields
	Aliases       int   // fields that are renamed, in fragments as often as these are used
	RootFields    int   // fields of the operation itself
	Complexity    int   // objects that an operation may load, about: rows of a page times the objects of a row
	ListItems     int   // items of one list in an argument, save in filters
	FilterList    int   // items of one list in a filter
	FilterDepth   int   // levels of and/or/not
	FilterItems   int   // conditions and values of one filter
	CachedQueries int   // parsed documents that are kept

	Connections   int // WebSockets and event streams (SSE) open at the same time, of all callers together
	Sockets       int // WebSockets and event streams of one user or API token
	Subscriptions int // operations running on one WebSocket
}

// Default is what a dashboard and ordinary programs stay well below.
func Default() Config {
	return Config{
		BodyBytes: 256 << 10, MessageBytes: 64 << 10,
		Tokens: 5000, Repeats: 300, Depth: 12, Aliases: 30, RootFields: 10, Complexity: 5000,
		ListItems: 1000, FilterList: 500, FilterDepth: 3, FilterItems: 800, CachedQueries: 1000,
		Connections: 10_000, Sockets: 10, Subscriptions: 20,
	}
}

// maxFilterItems keeps a filter below SQLite's greatest depth of an expression, 1,000: conditions side by side are a chain.
const maxFilterItems = 900

// Validate names the first limit that cannot be.
func (c Config) Validate() error {
	for _, limit := range []struct {
		name  string
		value int64
	}{
		{"BodyBytes", c.BodyBytes}, {"MessageBytes", c.MessageBytes}, {"Tokens", int64(c.Tokens)}, {"Repeats", int64(c.Repeats)}, {"Depth", int64(c.Depth)},
		{"Aliases", int64(c.Aliases)}, {"RootFields", int64(c.RootFields)}, {"Complexity", int64(c.Complexity)},
		{"ListItems", int64(c.ListItems)}, {"FilterList", int64(c.FilterList)}, {"FilterDepth", int64(c.FilterDepth)}, {"FilterItems", int64(c.FilterItems)},
		{"CachedQueries", int64(c.CachedQueries)}, {"Connections", int64(c.Connections)},
		{"Sockets", int64(c.Sockets)}, {"Subscriptions", int64(c.Subscriptions)},
	} {
		if limit.value < 1 {
			return fmt.Errorf("the limit %s is %d; it has to be at least 1", limit.name, limit.value)
		}
	}
	if c.FilterItems > maxFilterItems {
		return fmt.Errorf("the limit FilterItems is %d; it can be at most %d", c.FilterItems, maxFilterItems)
	}
	return nil
}

// Exceeded says that something is larger than its limit, by how much, and what to do. what is the subject of the sentence.
func Exceeded[N int | int64](what string, actual, limit N, hint string) *apperr.Error {
	return apperr.New(apperr.LimitExceeded, "%s %d, and at most %d are allowed.", what, actual, limit).WithHint("%s", hint)
}
