// Package abm is the client of Apple's device assignment service, the API behind Apple Business Manager (ABM) that knows which
// devices belong to an organization.
//
// A Client is made once. Client.Token gives a handle for one server token; handles with the same key share one session at Apple,
// however many goroutines call. Calls are retried within bounds: network errors, 429, 5xx and answers that break off, with
// exponential back-off and Apple's Retry-After; a lost session is renewed once per call. What remains is an *apperr.Error with one
// of the Apple… codes (or TokenExpired), or the error of the caller's context. Its cause is an *AnswerError if Apple answered.
package abm
