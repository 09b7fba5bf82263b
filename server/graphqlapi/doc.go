// Package graphqlapi serves the GraphQL API at /graphql, by three ways.
//
// POST with application/json is for queries and mutations. The status tells where a request ended:
//
//	200  the operation ran; what failed in it is in `errors`
//	400  it did not run: not a GraphQL request, not valid against the schema, or over a limit
//	401  no credentials where they are needed, or bad ones
//	413  the body is too large
//	415  the body is not application/json
//
// POST with Accept: text/event-stream (and no JSON type beside it) is for subscriptions: server-sent events in the "distinct
// connections" mode of the GraphQL over SSE protocol. What would be 400 or 401 above is an ordinary answer here too; 429 says
// that the caller, 503 that the server has as many streams as allowed.
//
// GET with an upgrade to WebSocket is for subscriptions as well, by the protocol graphql-transport-ws. A program's credentials
// may also come with the payload of connection_init: {"Authorization": "Bearer TOKEN"}. The server closes with these codes:
//
//	1001  the server is stopping: connect again
//	1013  the caller has as many sockets as allowed: try again when one is closed; the reason says how many
//	4400  a message that the protocol does not know
//	4401  no credentials, bad ones, or credentials that ended meanwhile
//	4403  the caller's role was changed: connect again
//	4406  the client does not speak graphql-transport-ws
//	4408  connection_init did not come in time
//	4409  an operation's id is in use already
//	4429  connection_init came twice
//
// The handshake's status is 503 when the server has as many sockets as allowed. For those without credentials, until connection_init
// brings them, that is a tenth.
//
// Programs send an Authorization header with an API token; browsers the cookie of a session, which counts only without that header.
// Pages of other origins can do nothing with the cookie: it is SameSite=Strict, package httpd refuses their requests, JSON is
// the only type that is taken, and a WebSocket needs the Origin of this server for its cookie to count.
//
// Every error has `extensions` with `code`, `requestId` and, where known, `hint`, `field` and `retryAfter` (seconds).
package graphqlapi
