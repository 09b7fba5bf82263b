package graphqlapi

import (
	"context"
	"crypto/sha256"
	"fmt"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/lexer"

	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/auth"
)

// Documents are the operations that browsers' sessions may carry out: those of the dashboard. Whoever gets a browser to send something, by a flaw of the
// page for instance, can send nothing else in its person's name. Programs with a token are not bound.
type Documents struct{ known map[[sha256.Size]byte]bool }

// NewDocuments makes them of their texts.
func NewDocuments(texts []string) (*Documents, error) {
	d := &Documents{known: map[[sha256.Size]byte]bool{}}
	for _, text := range texts {
		print, err := fingerprint(text)
		if err != nil {
			return nil, fmt.Errorf("an operation of the dashboard cannot be read: %w", err)
		}
		d.known[print] = true
	}
	return d, nil
}

// Knows tells whether the text is one of them.
func (d *Documents) Knows(text string) bool {
	print, err := fingerprint(text)
	return err == nil && d.known[print]
}

// fingerprint is the same for texts that differ in layout, in comments, or in __typename, which the dashboard's client adds for its cache.
func fingerprint(text string) (print [sha256.Size]byte, err error) {
	tokens := lexer.New(&ast.Source{Input: text})
	sum := sha256.New()
	for {
		token, err := tokens.ReadToken()
		if err != nil {
			return print, err
		}
		switch {
		case token.Kind == lexer.EOF:
			return [sha256.Size]byte(sum.Sum(nil)), nil
		case token.Kind == lexer.Comment, token.Kind == lexer.Name && token.Value == "__typename":
		default:
			fmt.Fprintf(sum, "%d %d %s\n", token.Kind, len(token.Value), token.Value)
		}
	}
}

// documentsOfSessions is the extension that refuses others.
type documentsOfSessions struct{ *Documents }

var _ interface {
	graphql.HandlerExtension
	graphql.OperationContextMutator
} = documentsOfSessions{}

// ExtensionName implements graphql.HandlerExtension.
func (documentsOfSessions) ExtensionName() string { return "DocumentsOfSessions" }

// Validate implements graphql.HandlerExtension.
func (documentsOfSessions) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationContext implements graphql.OperationContextMutator.
func (d documentsOfSessions) MutateOperationContext(ctx context.Context, operation *graphql.OperationContext) *gqlerror.Error {
	if auth.CallerOf(ctx).Session == 0 || d.Knows(operation.RawQuery) {
		return nil
	}
	e := apperr.New(apperr.DocumentUnknown, "A browser's session carries out the dashboard's own operations alone, and this is none of this version.").
		WithHint("Reload the page: GuardMDM was updated. To try the API out open /explorer; a program uses an API token.")
	return &gqlerror.Error{Message: e.Message, Err: e}
}
