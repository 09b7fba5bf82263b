// Package scalar holds the custom scalars of the GraphQL API.
package scalar

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"github.com/99designs/gqlgen/graphql"
)

// MarshalJSON writes a JSON value as it is; null when there is none.
func MarshalJSON(v json.RawMessage) graphql.ContextMarshaler {
	return graphql.ContextWriterFunc(func(_ context.Context, w io.Writer) error {
		if len(v) == 0 {
			v = json.RawMessage("null")
		}
		_, err := w.Write(v)
		return err
	})
}

// UnmarshalJSON takes any JSON value.
func UnmarshalJSON(_ context.Context, v any) (json.RawMessage, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("not a JSON value: %w", err)
	}
	return raw, nil
}
