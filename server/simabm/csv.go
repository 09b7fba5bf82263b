package simabm

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// maxUnknownListed bounds the unknown serial numbers that a CSVResult repeats.
const maxUnknownListed = 100

// CSVResult says what became of the rows of a CSV file.
type CSVResult struct {
	Rows         int      `json:"rows"`         // rows with a serial number, without a header
	Assigned     int      `json:"assigned"`     // from the pool or from another server
	Unchanged    int      `json:"unchanged"`    // on the server already
	Duplicates   int      `json:"duplicates"`   // repeated in the file
	UnknownCount int      `json:"unknownCount"` // not in the organization
	Unknown      []string `json:"unknown"`      // the first 100 of these
}

// AssignCSV assigns the devices whose serial numbers stand in the first column, one a row. A header, a byte order
// mark, quotes, semicolons and any line ends are fine. Rows are independent of each other: unknown ones do not stop
// the rest.
func (s *Simulator) AssignCSV(serverID string, r io.Reader) (CSVResult, error) {
	result := CSVResult{Unknown: []string{}}
	sv, ok := s.Server(serverID)
	if !ok {
		return result, fmt.Errorf("MDM server %q: %w", serverID, ErrUnknownServer)
	}
	rows := csv.NewReader(skipBOM(r))
	rows.FieldsPerRecord = -1
	rows.LazyQuotes = true
	rows.ReuseRecord = true
	seen := map[string]bool{}
	for first := true; ; first = false {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return result, nil
		}
		if err != nil {
			return result, fmt.Errorf("read the CSV file: %w", err)
		}
		text := firstCell(row)
		if text == "" || first && strings.Contains(text, "SERIAL") {
			continue
		}
		result.Rows++
		if seen[text] {
			result.Duplicates++
			continue
		}
		seen[text] = true
		s.assignRow(sv, text, &result)
	}
}

func (s *Simulator) assignRow(sv *Server, text string, result *CSVResult) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i, ok := s.fleet.find(text)
	switch {
	case !ok || s.fleet.records[i].org != sv.org.no:
		result.UnknownCount++
		if len(result.Unknown) < maxUnknownListed {
			result.Unknown = append(result.Unknown, text[:min(len(text), 40)])
		}
	case s.fleet.records[i].server == sv.no:
		result.Unchanged++
	default:
		s.assign(sv, i)
		result.Assigned++
	}
}

// firstCell also ends at a semicolon or a tab, which spreadsheets of some countries write.
func firstCell(row []string) string {
	cell, _, _ := strings.Cut(row[0], ";")
	cell, _, _ = strings.Cut(cell, "\t")
	return strings.ToUpper(strings.Trim(strings.TrimSpace(cell), `"' `))
}

func skipBOM(r io.Reader) io.Reader {
	b := bufio.NewReader(r)
	if mark, err := b.Peek(3); err == nil && string(mark) == "\xef\xbb\xbf" {
		_, _ = b.Discard(len(mark))
	}
	return b
}
