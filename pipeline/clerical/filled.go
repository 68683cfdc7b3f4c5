package clerical

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// Verdict is a label: what a reviewer says of a pair.
type Verdict string

// The three labels.
const (
	Same       Verdict = "same"
	Different  Verdict = "different"
	CannotTell Verdict = "cannot tell"
)

// The words of the fact column: was what the record reports (an address, an employer) good? "empty" is no answer, as is an
// empty cell.
const (
	factGood  = "good"
	factStale = "stale"
	factEmpty = "empty"
)

// answer is what one row of a filled sheet says.
type answer struct {
	verdict Verdict
	fact    string // good, stale or ""
}

// filled is a sheet that came back.
type filled struct {
	path    string
	answers map[string]answer // by pair id
}

// mostFaults are named in one error; the others are counted.
const mostFaults = 10

// sheetReader reads one filled sheet.
type sheetReader struct {
	path   string
	known  map[string]bool // pair ids of the key
	out    filled
	lines  map[string]int // by pair id: where it stood
	faults []string
}

// readFilled reads a filled sheet and names everything that is wrong with it, with file and line. A whole sheet has every
// pair of the key; another, which settles what reviewers told differently, has some.
func readFilled(path string, k *Key, whole bool) (*filled, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := sheetReader{path: path, known: map[string]bool{}, lines: map[string]int{}, out: filled{path: path, answers: map[string]answer{}}}
	for _, p := range k.Pairs {
		r.known[p.PairID] = true
	}
	if err := r.read(f); err != nil {
		return nil, err
	}
	if whole {
		r.absent(k)
	}
	if n := len(r.faults); n > 0 {
		shown := r.faults[:min(n, mostFaults)]
		if n > mostFaults {
			shown = append(slices.Clone(shown), fmt.Sprintf("and %d more", n-mostFaults))
		}
		return nil, fmt.Errorf("%s", strings.Join(shown, "\n  "))
	}
	return &r.out, nil
}

func (r *sheetReader) fault(line int, format string, args ...any) {
	r.faults = append(r.faults, fmt.Sprintf("%s:%d: ", r.path, line)+fmt.Sprintf(format, args...))
}

func (r *sheetReader) read(f io.Reader) error {
	c := csv.NewReader(f)
	c.FieldsPerRecord = -1 // a spreadsheet may leave empty cells at the end out
	header, err := c.Read()
	if err != nil {
		return fmt.Errorf("%s: no header: %w", r.path, err)
	}
	header[0] = strings.TrimPrefix(header[0], "\ufeff")
	for i := range header {
		header[i] = plain(header[i])
	}
	at := map[string]int{}
	for _, name := range []string{pairColumn, labelColumn, factColumn} {
		if at[name] = slices.Index(header, name); at[name] < 0 && name != factColumn {
			return fmt.Errorf("%s:1: no column %q; save the sheet as CSV with commas, with its header", r.path, name)
		}
	}
	for {
		record, err := c.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", r.path, err)
		}
		line, _ := c.FieldPos(0)
		r.row(line, func(column string) string {
			if i := at[column]; i >= 0 && i < len(record) {
				return plain(record[i])
			}
			return ""
		})
	}
}

// row takes one row in, or says what is wrong with it.
func (r *sheetReader) row(line int, cell func(column string) string) {
	id := strings.ToUpper(cell(pairColumn))
	label, fact := cell(labelColumn), cell(factColumn)
	if id == "" && label == "" && fact == "" {
		return // an empty row
	}
	switch {
	case !r.known[id]:
		r.fault(line, "pair_id %q is not in this sample; is it another sample's sheet?", id)
		return
	case r.lines[id] != 0:
		r.fault(line, "pair %s stands in line %d already; keep one of the two", id, r.lines[id])
		return
	}
	r.lines[id] = line
	a := answer{verdict: Verdict(label), fact: fact}
	switch a.verdict {
	case Same, Different, CannotTell:
	case "":
		r.fault(line, "pair %s has no label: write %s, %s or %s", id, Same, Different, CannotTell)
	default:
		r.fault(line, "pair %s: label %q is none of %s, %s, %s", id, label, Same, Different, CannotTell)
	}
	switch fact {
	case "", factGood, factStale:
	case factEmpty:
		a.fact = ""
	default:
		r.fault(line, "pair %s: fact %q is none of %s, %s, or empty", id, fact, factGood, factStale)
	}
	r.out.answers[id] = a
}

// absent names the pairs of the key that the sheet has no row of.
func (r *sheetReader) absent(k *Key) {
	var ids []string
	for _, p := range k.Pairs {
		if r.lines[p.PairID] == 0 {
			ids = append(ids, p.PairID)
		}
	}
	if n := len(ids); n > 0 {
		some := strings.Join(ids[:min(n, mostFaults)], ", ")
		if n > mostFaults {
			some += ", …"
		}
		r.faults = append(r.faults, fmt.Sprintf("%s: %d of %d pairs have no row (%s): the sample speaks for all pairs only when it is whole; label what is unclear %q",
			r.path, n, len(k.Pairs), some, CannotTell))
	}
}
