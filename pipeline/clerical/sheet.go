package clerical

import (
	"bytes"
	"encoding/csv"
	"strings"
)

// The columns of a sheet that are not values.
const (
	pairColumn   = "pair_id"
	sourceColumn = "source"
	labelColumn  = "label"
	factColumn   = "fact"
	noteColumn   = "note"
)

// Sheet gives one reviewer's blind sheet as CSV: pair_id and source, the values by column, and label, fact and note to fill
// in. Reviewers count from 1, and each gets an order of rows of their own.
func (d *Drawn) Sheet(columns []string, reviewer int) ([]byte, error) {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	record := append([]string{pairColumn, sourceColumn}, columns...)
	if err := w.Write(append(record, labelColumn, factColumn, noteColumn)); err != nil {
		return nil, err
	}
	for _, at := range d.order(reviewer) {
		r := &d.rows[at]
		record = append(record[:0], r.id, r.source)
		for _, v := range r.values {
			record = append(record, harmless(v))
		}
		if err := w.Write(append(record, "", "", "")); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return out.Bytes(), w.Error()
}

// harmless puts an apostrophe before a value that a spreadsheet would carry out as a formula: values are a supplier's (OWASP,
// "CSV injection"; ASVS 1.2.10 names the characters).
func harmless(v string) string {
	if v != "" && strings.ContainsRune("=+-@\t\r\n\x00", rune(v[0])) {
		return "'" + v
	}
	return v
}

// plain is what a reviewer wrote in a cell: spaces, case and the apostrophe that a spreadsheet may put before a text do not
// count.
func plain(cell string) string {
	return strings.ToLower(strings.Join(strings.Fields(strings.TrimPrefix(strings.TrimSpace(cell), "'")), " "))
}
