package limits

import (
	"reflect"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/guardmdm/guardmdm/server/apperr"
)

// A group in a filter stands for its rule, which may be as long as some hundred conditions.
const (
	deviceGroup = "deviceGroupId"
	groupItems  = 100
)

// inputCheck looks at the value of one argument, wherever it was written: in the document or in the variables.
type inputCheck struct {
	schema *ast.Schema
	cfg    Config

	filterDepth int
	filterItems int
}

// value refuses lists that are too long, filters that are too large or do not say what they seem to say, and text that
// PostgreSQL cannot hold.
func (c *inputCheck) value(t *ast.Type, value any, path []string) *apperr.Error {
	if value == nil {
		return nil
	}
	if t.Elem != nil {
		return c.list(t, value, path)
	}
	if text, ok := value.(string); ok {
		if strings.ContainsRune(text, 0) {
			return apperr.New(apperr.BadUserInput, "`%s` contains the character NUL.", dotted(path)).WithField(path...)
		}
		return nil
	}
	fields, ok := value.(map[string]any)
	definition := c.schema.Types[t.NamedType]
	if !ok || definition == nil || definition.Kind != ast.InputObject {
		return nil
	}
	filter := isFilter(definition.Name)
	for _, field := range definition.Fields { // in the schema's order, so that the same input meets the same refusal
		inner, given := fields[field.Name]
		if !given || inner == nil {
			continue
		}
		at := append(slices.Clip(path), field.Name)
		var err *apperr.Error
		if filter {
			err = c.condition(field, inner, at)
		} else {
			err = c.value(field.Type, inner, at)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *inputCheck) list(t *ast.Type, value any, path []string) *apperr.Error {
	items := reflect.ValueOf(value)
	if items.Kind() != reflect.Slice {
		return c.value(t.Elem, value, path) // one item stands for a list of it
	}
	if n := items.Len(); n > c.cfg.ListItems {
		return Exceeded("The items of `"+dotted(path)+"` are", n, c.cfg.ListItems, "Ask in several requests.").WithField(path...)
	}
	for i := range items.Len() {
		if err := c.value(t.Elem, items.Index(i).Interface(), path); err != nil {
			return err
		}
	}
	return nil
}

// condition looks at one condition of a filter.
func (c *inputCheck) condition(field *ast.FieldDefinition, value any, path []string) *apperr.Error {
	c.filterItems++
	inner := []any{value}
	if items := reflect.ValueOf(value); items.Kind() == reflect.Slice {
		inner = inner[:0]
		for i := range items.Len() {
			inner = append(inner, items.Index(i).Interface())
		}
		c.filterItems += len(inner)
		if n := len(inner); n > c.cfg.FilterList {
			return Exceeded("The items of `"+dotted(path)+"` are", n, c.cfg.FilterList, "Ask in several requests.").WithField(path...)
		}
	}
	if field.Name == deviceGroup {
		c.filterItems += groupItems
	}
	if c.filterItems > c.cfg.FilterItems {
		return Exceeded("The conditions and values of the filter are at least", c.filterItems, c.cfg.FilterItems, "Ask in several requests.").WithField(path...)
	}
	if err := c.meant(field, value, inner, path); err != nil {
		return err
	}
	if !isFilter(field.Type.Name()) {
		return c.value(field.Type, value, path)
	}
	c.filterDepth++
	defer func() { c.filterDepth-- }()
	if c.filterDepth > c.cfg.FilterDepth {
		return Exceeded("The filter's levels of and/or/not are at least", c.filterDepth, c.cfg.FilterDepth, "Write the filter with fewer levels.").WithField(path...)
	}
	return c.value(field.Type, value, path)
}

// meant refuses conditions that the generated filters leave out without a word, so that the answer would hold rows which the
// caller excluded: empty lists, empty filters within filters, and IsNil: false.
func (c *inputCheck) meant(field *ast.FieldDefinition, value any, inner []any, path []string) *apperr.Error {
	name := field.Name
	refuse := func(what, hint string) *apperr.Error {
		return apperr.New(apperr.BadUserInput, "`%s` %s.", dotted(path), what).WithHint("%s", hint).WithField(path...)
	}
	if len(inner) == 0 {
		return refuse("is an empty list, which nothing matches", "Leave the condition out, or do not ask at all.")
	}
	if value == false {
		if base, ok := strings.CutSuffix(name, "IsNil"); ok {
			return refuse("can only be true", "Use `"+base+"NotNil: true`.")
		}
		if base, ok := strings.CutSuffix(name, "NotNil"); ok {
			return refuse("can only be true", "Use `"+base+"IsNil: true`.")
		}
	}
	if isFilter(field.Type.Name()) {
		for _, f := range inner {
			if conditions, ok := f.(map[string]any); ok && allNil(conditions) {
				return refuse("holds an empty filter", "Give it a condition, or leave it out.")
			}
		}
	}
	return nil
}

func allNil(conditions map[string]any) bool {
	for _, value := range conditions {
		if value != nil {
			return false
		}
	}
	return true
}

func dotted(path []string) string { return strings.Join(path, ".") }
