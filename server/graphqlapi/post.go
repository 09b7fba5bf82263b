package graphqlapi

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/guardmdm/guardmdm/graph/limits"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/auth"
)

const graphqlJSON = "application/graphql-response+json"

// postTransport answers queries and mutations. gqlgen's own repeats a body that it cannot read, which may hold secrets, in its
// answer, and knows no status for missing credentials.
type postTransport struct{ *Endpoint }

// Supports implements graphql.Transport.
func (postTransport) Supports(r *http.Request) bool { return wayOf(r) != nowhere }

// Do implements graphql.Transport.
func (t postTransport) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	operation, ok := t.prepare(w, r, exec)
	if !ok {
		return
	}
	responses, ctx := exec.DispatchOperation(r.Context(), operation)
	response := responses(ctx)
	if response == nil { // the caller is gone, or the time is over
		t.refuse(w, r, http.StatusServiceUnavailable, t.faults.understood(ctx, errors.New("no response")))
		return
	}
	status := http.StatusOK
	if !auth.CallerOf(ctx).Role.Valid() && has(response.Errors, apperr.Unauthenticated) {
		status = http.StatusUnauthorized
	}
	t.answer(w, r, status, response)
}

// prepare reads the operation and checks it; ok is false when it is answered already, with a refusal.
func (e *Endpoint) prepare(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) (_ *graphql.OperationContext, ok bool) {
	start := graphql.Now()
	params, err := readParams(w, r, e.options.Limits.BodyBytes)
	if err != nil {
		e.refuse(w, r, statusOf(err), err)
		return nil, false
	}
	params.ReadTime = graphql.TraceTiming{Start: start, End: graphql.Now()}
	params.Headers = r.Header
	operation, refused := exec.CreateOperationContext(r.Context(), params)
	if refused != nil {
		ctx := graphql.WithOperationContext(r.Context(), operation)
		e.answer(w, r, http.StatusBadRequest, exec.DispatchError(ctx, refused))
		return nil, false
	}
	return operation, true
}

// readParams reads the request's body. Errors: LimitExceeded, BadUserInput.
func readParams(w http.ResponseWriter, r *http.Request, limit int64) (*graphql.RawParams, error) {
	var body struct {
		Query         string         `json:"query"`
		OperationName string         `json:"operationName"`
		Variables     map[string]any `json:"variables"`
		Extensions    map[string]any `json:"extensions"`
	}
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, limit))
	decoder.UseNumber()
	err := decoder.Decode(&body)
	if err == nil {
		if _, err = decoder.Token(); err == nil {
			err = errors.New("more than one value")
		} else if errors.Is(err, io.EOF) {
			err = nil
		}
	}
	if err == nil {
		return &graphql.RawParams{Query: body.Query, OperationName: body.OperationName, Variables: body.Variables, Extensions: body.Extensions}, nil
	}
	if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
		return nil, limits.Exceeded("The bytes of the request's body are at least", max(limit+1, r.ContentLength), limit, "Send less at once.")
	}
	e := apperr.Wrap(err, apperr.BadUserInput, "The request's body is not a GraphQL request.").
		WithHint("Send one JSON object {\"query\": …, \"variables\": …}; lists of operations are not taken.")
	if mismatch, ok := errors.AsType[*json.UnmarshalTypeError](err); ok && mismatch.Field != "" {
		e = e.WithField(mismatch.Field)
	}
	return nil, e
}

// refuse answers with one error.
func (e *Endpoint) refuse(w http.ResponseWriter, r *http.Request, status int, err error) {
	e.answer(w, r, status, &graphql.Response{Errors: gqlerror.List{e.faults.present(r.Context(), err)}})
}

func (e *Endpoint) answer(w http.ResponseWriter, r *http.Request, status int, response *graphql.Response) {
	body, err := textOf(response)
	if err != nil { // a value of the scalar JSON that is none
		status = http.StatusInternalServerError
		body, _ = textOf(&graphql.Response{Errors: gqlerror.List{e.faults.present(r.Context(), err)}})
	}
	h := w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	if accepts(r, graphqlJSON) {
		h.Set("Content-Type", graphqlJSON+"; charset=utf-8")
	}
	h.Set("Cache-Control", "no-store")
	if status == http.StatusUnauthorized {
		h.Set("WWW-Authenticate", `Bearer realm="GuardMDM"`)
	}
	w.WriteHeader(status)
	for _, part := range body {
		_, _ = w.Write(part) // the client is gone if this fails
	}
}

// textOf is the response in JSON, in parts. Most have data alone, which is JSON already: it is not copied.
func textOf(response *graphql.Response) (parts [][]byte, err error) {
	bare := len(response.Errors) == 0 && response.Label == "" && response.Path == nil && response.HasNext == nil && len(response.Extensions) == 0
	if bare && json.Valid(response.Data) {
		return [][]byte{[]byte(`{"data":`), response.Data, []byte("}\n")}, nil
	}
	text, err := json.Marshal(response)
	return [][]byte{text, []byte("\n")}, err
}

// statusOf is the status of a request that is refused before there is an operation.
func statusOf(err error) int {
	switch apperr.CodeOf(err) {
	case apperr.Unauthenticated:
		return http.StatusUnauthorized
	case apperr.Forbidden:
		return http.StatusForbidden
	case apperr.BadUserInput:
		return http.StatusBadRequest
	case apperr.LimitExceeded:
		return http.StatusRequestEntityTooLarge
	case apperr.Unavailable:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

func has(list gqlerror.List, code apperr.Code) bool {
	for _, e := range list {
		if e.Extensions["code"] == code {
			return true
		}
	}
	return false
}
