package leads

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"

	"locatematch/pipeline/table"
)

// historyRow is a row of history.parquet. What is not asked for by name stays packed: a night changes one lead in a hundred, and
// taking the others apart and putting them together again cost more than matching.
type historyRow struct {
	LeadID    string `parquet:"lead_id"`
	SubjectID string `parquet:"subject_id"`
	Packed    []byte `parquet:"packed"` // history_pack.go
}

// numbersKey is where the table's metadata hold what its rows say by number.
const numbersKey = "locatematch.numbers"

// numbersFormat counts the ways in which rows were packed. 1: the first. Before it, rows were columns, a dozen and a list of reports.
const numbersFormat = 1

// numbersNote is numbers as a file has them.
type numbersNote struct {
	Format int      `json:"format"`
	Words  []string `json:"words"`
	Marks  []uint64 `json:"marks"`
}

func (n *numbers) note() (key, text string) {
	b, err := json.Marshal(numbersNote{Format: numbersFormat, Words: n.words.list, Marks: n.marks.list})
	if err != nil { // of words and numbers there is none
		panic(err)
	}
	return numbersKey, string(b)
}

func readNumbers(text string) (n numbers, err error) {
	var note numbersNote
	if err := json.Unmarshal([]byte(text), &note); err != nil {
		return n, fmt.Errorf("%s: %w", numbersKey, err)
	}
	if note.Format != numbersFormat {
		return n, fmt.Errorf("%s: rows are packed in format %d, this version reads %d", numbersKey, note.Format, numbersFormat)
	}
	for _, word := range note.Words {
		n.words.number(word)
	}
	for _, mark := range note.Marks {
		n.marks.number(mark)
	}
	if len(n.words.list) != len(note.Words) || len(n.marks.list) != len(note.Marks) {
		return n, fmt.Errorf("%s: a number is given twice", numbersKey)
	}
	return n, nil
}

// WriteHistory writes history.parquet: rows in ascending order of lead id.
func WriteHistory(path string, rows []Row) (int64, error) {
	all := &Remembered{}
	for i := range rows {
		all.tonight = append(all.tonight, &rows[i])
	}
	return all.Write(path)
}

// Write writes history.parquet. What the night did not change is copied as it is. Where a row does not follow the one before it,
// nothing is left of the file: it would be a whole table of the rows until then.
func (m *Remembered) Write(path string) (int64, error) {
	n := &numbers{}
	if m.table != nil {
		n = m.table.rows.numbers.clone()
	}
	var fault error
	options := table.Options{Personal: []string{"lead_id", "subject_id", "packed"}, Note: n.note}
	rows, err := table.WriteSeq(path, inOrder(path, m.packed(n), &fault), options)
	if fault != nil {
		return 0, errors.Join(fault, os.Remove(path))
	}
	return rows, err
}

// inOrder passes rows on until one does not follow the one before it.
func inOrder(path string, rows iter.Seq[historyRow], fault *error) iter.Seq[historyRow] {
	return func(yield func(historyRow) bool) {
		n, last := 0, ""
		for row := range rows {
			if n++; n > 1 && row.LeadID <= last {
				*fault = fmt.Errorf("%s: row %d: lead %s does not follow %s", path, n, row.LeadID, last)
				return
			}
			if last = row.LeadID; !yield(row) {
				return
			}
		}
	}
}

// LoadHistory reads history.parquet, that of a version which did not pack its rows too.
func LoadHistory(path string) (*Table, error) {
	note, packed, err := table.ReadNote(path, numbersKey)
	if err != nil {
		return nil, err
	}
	t := &Table{}
	if !packed {
		err = table.ReadEach(path, func(r *Row) error {
			t.add(r)
			return t.follows()
		})
	} else if t.rows.numbers, err = readNumbers(note); err == nil {
		err = table.EachCells[historyRow](path, t.load)
	} else {
		err = fmt.Errorf("%s: %w", path, err)
	}
	if err != nil {
		return nil, err
	}
	return t, nil
}

// load takes up a row of the file that follows all others.
func (t *Table) load(row table.Cells) error {
	if err := t.rows.load(row.Text(0), row.Text(1), row.Text(2), &t.scratch); err != nil {
		return err
	}
	t.index(&t.scratch)
	return t.follows()
}

// follows refuses a last row that does not follow the one before it.
func (t *Table) follows() error {
	n := t.Len()
	if n < 2 {
		return nil
	}
	if last, id := t.rows.id(n-2), t.rows.id(n-1); id <= last {
		return fmt.Errorf("row %d: lead %s does not follow %s", n, id, last)
	}
	return nil
}
