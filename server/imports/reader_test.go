package imports

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/guardmdm/guardmdm/server/apperr"
)

// all reads a file as "row:text".
func all(in io.Reader) (rows []string, err error) {
	r := newReader(in)
	for {
		row, text, err := r.next()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return rows, err
		}
		rows = append(rows, fmt.Sprint(row, ":", text))
	}
}

func TestReader(t *testing.T) {
	long := strings.Repeat("X", 500)
	for name, c := range map[string]struct {
		file string
		want []string
	}{
		"no header":             {"C02A\nC02B\n", []string{"1:C02A", "2:C02B"}},
		"no end of line":        {"C02A\nC02B", []string{"1:C02A", "2:C02B"}},
		"header":                {"Serial Number\nC02A\n", []string{"2:C02A"}},
		"header of an export":   {"serialNumber,model\r\nC02A,MacBook Air\r\n", []string{"2:C02A"}},
		"another column":        {"Name;Seriennummer;Ort\nMac 1;C02A;Bern\nMac 2;C02B\nMac 3\n", []string{"2:C02A", "3:C02B", "4:"}},
		"quoted header":         {"\"Asset\"\t\"SERIAL_NUMBER\"\n1\t\"C02A\"\n", []string{"2:C02A"}},
		"mark and CRLF":         {"\ufeffserial\r\nC02A\r\nC02B\r\n", []string{"2:C02A", "3:C02B"}},
		"CR alone":              {"C02A\rC02B\r", []string{"1:C02A", "2:C02B"}},
		"mixed ends":            {"C02A\r\n\nC02B\r\rC02C\n\n\n", []string{"1:C02A", "3:C02B", "5:C02C"}},
		"blank rows count":      {"\n \nserial\n\nC02A\n", []string{"5:C02A"}},
		"quotes":                {"\"C02A\"\n \"C02B\" \n\"C\"\"02\"\n\"\"\n", []string{"1:C02A", "2:C02B", "3:C\"02", "4:"}},
		"quotes over lines":     {"C02A,\"a\r\nb,\n\"\"c\"\nC02B\n", []string{"1:C02A", "2:C02B"}},
		"quote within":          {"C0\"2A\nC02B\n", []string{"1:C0\"2A", "2:C02B"}},
		"text after a quote":    {"\"C02\"A,x\n", []string{"1:C02A"}},
		"kept by a formula":     {"=\"C02A\"\n\"=\"\"C02B\"\"\"\n", []string{"1:C02A", "2:C02B"}},
		"separators":            {"C02A,1\nC02B;2\nC02C\t3\n,,\n;C02D\n", []string{"1:C02A", "2:C02B", "3:C02C", "4:", "5:"}},
		"spaces":                {"  C02A \n\u00a0C02B\u200b\n", []string{"1:C02A", "2:C02B"}},
		"no such text":          {"C\x00A\nC\xffA\nC\x1bA\n", []string{"1:C\uFFFDA", "2:C\uFFFDA", "3:C\uFFFDA"}},
		"long":                  {long + "," + long + "\nC02A\n", []string{"1:" + long[:maxText], "2:C02A"}},
		"header not at first":   {"C02A\nserial\n", []string{"1:C02A", "2:serial"}},
		"nothing":               {"", nil},
		"only a mark":           {"\ufeff", nil},
		"only blank":            {"\r\n\n   \n", nil},
		"only a header":         {"Serial No.\n", nil},
		"a byte":                {"C", []string{"1:C"}},
		"wide":                  {strings.Repeat("a,", 300) + "serial\nC02A\n", []string{"1:a", "2:C02A"}},
		"quote at the very end": {"C02A\n\"C02B\"", []string{"1:C02A", "2:C02B"}},
	} {
		t.Run(name, func(t *testing.T) {
			for _, in := range []io.Reader{strings.NewReader(c.file), iotest.OneByteReader(strings.NewReader(c.file))} {
				got, err := all(in)
				if diff := cmp.Diff(c.want, got); diff != "" || err != nil {
					t.Errorf("%v\n%s", err, diff)
				}
			}
		})
	}
}

func TestReaderRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		file, message string
	}{
		"a quote that is not closed":  {"C02A\nC02B\n\"C02C\nC02D\n", "row 3"},
		"one that is far from closed": {"C02A\n\"" + strings.Repeat("C02B\n", maxQuoted) + "\"\n", "row 2"},
		"UTF-16, little end first":    {"\xff\xfeC\x000\x002\x00", "UTF-16"},
		"UTF-16, big end first":       {"\xfe\xff\x00C\x000", "UTF-16"},
	} {
		_, err := all(strings.NewReader(c.file))
		if e := apperr.As(err); e == nil || e.Code != apperr.BadUserInput || !strings.Contains(e.Message, c.message) || e.Hint == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	broken := errors.New("broken")
	if _, err := all(io.MultiReader(strings.NewReader("C02A\nC0"), iotest.ErrReader(broken))); !errors.Is(err, broken) {
		t.Errorf("a broken transfer: %v", err)
	}
}

// endless is a file of so many bytes that nothing holds.
type endless struct {
	line []byte
	left int
}

func (e *endless) Read(p []byte) (n int, err error) {
	if e.left <= 0 {
		return 0, io.EOF
	}
	n = copy(p, e.line)
	e.left -= n
	return n, nil
}

// However long a row is, reading it takes no memory that depends on it.
func TestReaderKeepsNoLongRow(t *testing.T) {
	const length = 16 << 20
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	r := newReader(&endless{[]byte("C02ABCDEF"), length})
	_, text, err := r.next()
	runtime.ReadMemStats(&after)
	if got := after.TotalAlloc - before.TotalAlloc; err != nil || len(text) != maxText || got > length/16 {
		t.Errorf("%d bytes were allocated for a row of %d: %q, %v", got, length, text, err)
	}
}

// Files that encoding/csv reads are read as it reads them: the first column of each record.
func FuzzReader(f *testing.F) {
	for _, seed := range []string{
		"C02A\nC02B\n", "\ufeffserial,model\r\nC02A,\"a,b\"\r\n", "\"C\"\"02\"\n", "a,b\n\n\"c\nd\",e\n", "=\"C02A\"\r", ",,\n;\t\n", "\"", "\xff\xfe", "a\rb",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		got, err := all(bytes.NewReader(file))
		slow, slowErr := all(iotest.OneByteReader(bytes.NewReader(file)))
		if diff := cmp.Diff(got, slow); diff != "" || (err == nil) != (slowErr == nil) {
			t.Fatalf("what is read depends on how it comes: %v, %v\n%s", err, slowErr, diff)
		}
		last := 0
		for _, row := range got {
			var number int
			number, last = last, number
			if _, err := fmt.Sscanf(row, "%d:", &number); err != nil || number <= last && last != 0 {
				t.Fatalf("row %q after %d", row, last)
			}
			last = number
		}
		if err != nil || bytes.ContainsAny(file, ";\t\r\"=") || bytes.HasPrefix(file, []byte("\ufeff")) {
			return // there we are more lenient, or mean something else
		}
		records, err := csv.NewReader(bytes.NewReader(file)).ReadAll()
		if errors.Is(err, csv.ErrFieldCount) {
			c := csv.NewReader(bytes.NewReader(file))
			c.FieldsPerRecord = -1
			records, err = c.ReadAll()
		}
		if err != nil {
			t.Fatalf("encoding/csv refuses what was read: %v", err)
		}
		var want []string
		for i, record := range records {
			if i == 0 && anyHeader(record) {
				return
			}
			if len(record) > 1 || clean([]byte(cut(record[0]))) != "" {
				want = append(want, clean([]byte(cut(record[0]))))
			}
		}
		for i, row := range got {
			_, got[i], _ = strings.Cut(row, ":")
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

func anyHeader(record []string) bool {
	for _, field := range record {
		if isHeader(clean([]byte(cut(field)))) {
			return true
		}
	}
	return false
}

func cut(field string) string { return field[:min(len(field), maxText)] }
