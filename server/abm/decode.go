package abm

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// decodeObject reads one JSON object from r, up to the end of r. For each member it calls the function of that name, which must
// read exactly one value; other members are skipped. A member in required that did not come is an error: a page without its
// devices or its cursor would otherwise read as the end of an empty list, and the fleet as removed.
func decodeObject(r io.Reader, required []string, on map[string]func(*json.Decoder) error) error {
	dec := json.NewDecoder(r)
	if err := expect(dec, json.Delim('{')); err != nil {
		return err
	}
	seen := map[string]bool{}
	for dec.More() {
		name, err := key(dec)
		if err != nil {
			return err
		}
		read, ok := on[name]
		if !ok {
			read = skipValue
		}
		if err := read(dec); err != nil {
			return fmt.Errorf("%s: %w", name[:min(len(name), 32)], err)
		}
		seen[name] = true
	}
	if err := expect(dec, json.Delim('}')); err != nil {
		return err
	}
	for _, name := range required {
		if !seen[name] {
			return fmt.Errorf("no %s in the answer", name)
		}
	}
	switch _, err := dec.Token(); err {
	case io.EOF:
		return nil
	case nil:
		return errors.New("something follows the answer")
	default:
		return err
	}
}

func expect(dec *json.Decoder, want json.Delim) error {
	token, err := dec.Token()
	if err != nil {
		return incompleteIsError(err)
	}
	if token != want {
		return fmt.Errorf("%T instead of %s", token, want)
	}
	return nil
}

func key(dec *json.Decoder) (string, error) {
	token, err := dec.Token()
	if err != nil {
		return "", incompleteIsError(err)
	}
	name, ok := token.(string)
	if !ok {
		return "", fmt.Errorf("%T instead of a name", token)
	}
	return name, nil
}

func skipValue(dec *json.Decoder) error {
	var raw json.RawMessage
	return incompleteIsError(dec.Decode(&raw))
}

// into is a function for decodeObject that stores a value, which must not be null.
func into[T any](to *T) func(*json.Decoder) error {
	return func(dec *json.Decoder) error {
		var value *T
		if err := dec.Decode(&value); err != nil {
			return incompleteIsError(err)
		}
		if value == nil {
			return errors.New("null")
		}
		*to = *value
		return nil
	}
}

// eachElement is a function for decodeObject that hands on the objects of a list, one at a time. raw is used again for the next.
func eachElement(f func(raw []byte)) func(*json.Decoder) error {
	return func(dec *json.Decoder) error {
		if err := expect(dec, json.Delim('[')); err != nil {
			return err
		}
		var raw json.RawMessage
		for dec.More() {
			if err := decodeRawObject(dec, &raw); err != nil {
				return err
			}
			f(raw)
		}
		return expect(dec, json.Delim(']'))
	}
}

// eachMember is eachElement for an object of objects.
func eachMember(f func(name string, raw []byte)) func(*json.Decoder) error {
	return func(dec *json.Decoder) error {
		if err := expect(dec, json.Delim('{')); err != nil {
			return err
		}
		var raw json.RawMessage
		for dec.More() {
			name, err := key(dec)
			if err != nil {
				return err
			}
			if err := decodeRawObject(dec, &raw); err != nil {
				return err
			}
			f(name, raw)
		}
		return expect(dec, json.Delim('}'))
	}
}

func decodeRawObject(dec *json.Decoder, raw *json.RawMessage) error {
	if err := dec.Decode(raw); err != nil {
		return incompleteIsError(err)
	}
	if (*raw)[0] != '{' {
		return errors.New("not an object")
	}
	return nil
}

// incompleteIsError keeps the end of the input, inside a value, from reading as a proper end.
func incompleteIsError(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}
