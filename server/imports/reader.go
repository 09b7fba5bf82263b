package imports

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/guardmdm/guardmdm/server/apperr"
)

const (
	maxText    = 100     // bytes of a field that are kept: no serial number is longer
	maxColumns = 256     // that are looked at for a header
	maxQuoted  = 1 << 16 // bytes within quotes: more is a quote that somebody forgot to close
)

// reader reads serial numbers from CSV as people's programs write it: one a row, in a column with a name that says so or in the first one;
// separated by commas, semicolons or tabs, which no serial number holds; with any end of line, with a byte order mark or without. It needs
// the same memory for every file.
type reader struct {
	in     *bufio.Reader
	row    int // of the last record
	column int // that has the serial numbers
	begun  bool
}

func newReader(in io.Reader) *reader { return &reader{in: bufio.NewReaderSize(in, 64<<10)} }

// next gives the next row that is not blank, by its number in the file, from 1; io.EOF after the last one.
func (r *reader) next() (row int, text string, err error) {
	if !r.begun {
		r.begun = true
		if err := r.begin(); err != nil {
			return 0, "", err
		}
		first, blank, err := r.record(maxColumns)
		for err == nil && blank {
			first, blank, err = r.record(maxColumns)
		}
		if err != nil {
			return 0, "", err
		}
		column := slices.IndexFunc(first, isHeader)
		if column < 0 {
			return r.row, first[0], nil
		}
		r.column = column
	}
	for {
		fields, blank, err := r.record(r.column + 1)
		switch {
		case err != nil:
			return 0, "", err
		case blank:
		case r.column < len(fields):
			return r.row, fields[r.column], nil
		default:
			return r.row, "", nil
		}
	}
}

// begin passes over the byte order mark of UTF-8.
func (r *reader) begin() error {
	mark, err := r.in.Peek(3)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	switch m := string(mark); {
	case m == "\xef\xbb\xbf":
		_, err := r.in.Discard(len(m))
		return err
	case strings.HasPrefix(m, "\xff\xfe"), strings.HasPrefix(m, "\xfe\xff"):
		return apperr.New(apperr.BadUserInput, "The file is UTF-16, which is not read here.").WithHint("Save it as CSV UTF-8.")
	}
	return nil
}

// isHeader tells the name of a column of serial numbers.
func isHeader(field string) bool {
	name := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, field)
	return slices.Contains([]string{"serial", "serialnumber", "serialno", "serialnr", "serialnumbers", "deviceserial", "deviceserialnumber", "seriennummer", "sn"}, name)
}

// record reads one record and gives its fields up to a number of them, at least one. It is blank when there is nothing at all, not even a
// separator.
func (r *reader) record(most int) (fields []string, blank bool, err error) {
	if _, err := r.in.Peek(1); err != nil { // nothing begins here: io.EOF
		return nil, false, err
	}
	r.row++
	for at := 0; ; at++ {
		f, err := r.field()
		if err != nil {
			return nil, false, err
		}
		if at < most {
			fields = append(fields, f.text)
		}
		if f.last {
			return fields, at == 0 && !f.quoted && f.text == "", nil
		}
	}
}

// field is one of a record.
type field struct {
	text   string // cut off where it cannot be a serial number any more
	quoted bool
	last   bool // of its record
}

func (r *reader) field() (f field, err error) {
	var kept []byte
	keep := func(c byte) {
		if len(kept) < maxText {
			kept = append(kept, c)
		}
	}
	end := func(last bool) (field, error) {
		f.text, f.last = clean(kept), last
		return f, nil
	}
	inside, length := false, 0 // of quotes
	for {
		c, err := r.in.ReadByte()
		switch {
		case errors.Is(err, io.EOF) && !inside:
			return end(true)
		case errors.Is(err, io.EOF), length > maxQuoted:
			return f, r.unclosed()
		case err != nil:
			return f, err
		case inside && c == '"' && r.follows('"'):
			keep(c)
		case inside && c == '"':
			inside = false
		case inside:
			length++
			keep(c)
		case c == '"' && !f.quoted && len(bytes.TrimLeft(kept, " ")) == 0:
			inside, f.quoted = true, true
		case c == ',', c == ';', c == '\t':
			return end(false)
		case c == '\n':
			return end(true)
		case c == '\r':
			r.follows('\n')
			return end(true)
		default:
			keep(c)
		}
	}
}

// follows passes over the next byte if it is this one.
func (r *reader) follows(c byte) bool {
	next, err := r.in.Peek(1)
	if err != nil || next[0] != c {
		return false
	}
	_, _ = r.in.Discard(1) // it is in the buffer
	return true
}

func (r *reader) unclosed() error {
	return apperr.New(apperr.BadUserInput, "A quotation mark in row %d is not closed.", r.row).
		WithHint("Close it, or take it away, and import the file again. Nothing of it was kept.")
}

// clean is a field as it is meant: without the spaces around it, without what spreadsheets write around a text to keep it one (="…"), and
// without characters that no database or report takes.
func clean(field []byte) string {
	text := strings.ToValidUTF8(string(field), "\uFFFD")
	text = strings.TrimFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' })
	if inner, ok := strings.CutPrefix(text, `="`); ok && strings.HasSuffix(inner, `"`) {
		text = strings.TrimSuffix(inner, `"`)
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return '\uFFFD'
		}
		return r
	}, text)
}
