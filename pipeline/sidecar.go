package pipeline

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"locatematch/matchers"
	"locatematch/pipeline/table"
)

// frequencyRow is a row of a model's sidecar: how many rows of the population have a value. Rows are sorted by comparison and
// value, and no value of fewer than five rows is among them: what is left says how common a name is, and whose it is of nobody.
type frequencyRow struct {
	Comparison string `parquet:"comparison,dict"`
	Value      string `parquet:"value"` // standard form; names without their spaces, as they are compared
	Count      int64  `parquet:"count"`
}

// sidecarName is the sidecar of a model's file: model.json has model.frequencies.parquet beside it.
func sidecarName(model string) string {
	return strings.TrimSuffix(filepath.Base(model), ".json") + ".frequencies.parquet"
}

// WriteModel puts a trained model in a file, and its frequencies in a sidecar beside it: each whole or not at all, the sidecar
// first. When the second fails, an older model of that name refuses the new sidecar by its digest.
func WriteModel(path string, t *Training) error {
	m := *t.Model
	if m.Population != nil {
		p := *m.Population
		sum, err := writeSidecar(filepath.Join(filepath.Dir(path), sidecarName(path)), t.frequencies)
		if err != nil {
			return fmt.Errorf("frequencies: %w", err)
		}
		p.File, p.SHA256 = sidecarName(path), sum
		m.Population = &p
	}
	page, err := m.Encode()
	if err != nil {
		return err
	}
	if err := (osFiles{}).Replace(path, page); err != nil {
		return fmt.Errorf("model: %w", err)
	}
	return nil
}

// writeSidecar writes and verifies the table in a folder of its own, and puts it in its place.
func writeSidecar(path string, rows []frequencyRow) (sum string, err error) {
	aside, err := os.MkdirTemp(filepath.Dir(path), ".frequencies-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(aside)
	written := filepath.Join(aside, filepath.Base(path))
	if _, err := table.Write(written, rows, table.Options{Personal: []string{"value"}}); err != nil {
		return "", err
	}
	page, err := os.ReadFile(written)
	if err != nil {
		return "", err
	}
	return hexDigest(page), osFiles{}.Replace(path, page)
}

// readSidecar reads the frequencies that a model in the given folder names, and refuses any but those it was written with.
func readSidecar(dir string, p *matchers.Population) ([]frequencyRow, error) {
	if p.File == "" || p.File != filepath.Base(p.File) {
		return nil, fmt.Errorf("frequencies.file is %q, must be the name of a file beside the model", p.File)
	}
	path := filepath.Join(dir, p.File)
	sum, _, err := digestFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("%s is not there: a model and its frequencies are moved together; bring it here, or train again", path)
	}
	if err != nil {
		return nil, err
	}
	if sum != p.SHA256 {
		return nil, fmt.Errorf("%s is damaged, or another model's: its SHA-256 is %.12s, the model was written with %.12s; bring the right one, or train again",
			path, sum, p.SHA256)
	}
	return table.Read[frequencyRow](path)
}

// giveFrequencies hands the sidecar's rows over to the model's population, comparison by comparison.
func giveFrequencies(p *matchers.Population, rows []frequencyRow) error {
	for name := range p.Holders {
		p.Give(name, nil) // one of which no value is listed is loaded too
	}
	for start := 0; start < len(rows); {
		name := rows[start].Comparison
		end := start
		var counts []matchers.ValueCount
		for ; end < len(rows) && rows[end].Comparison == name; end++ {
			if n := rows[end].Count; n < 1 || n > math.MaxUint32 {
				return fmt.Errorf("frequencies of %s: a count is %d", name, n)
			}
			counts = append(counts, matchers.ValueCount{Value: rows[end].Value, Count: uint32(rows[end].Count)})
		}
		if _, known := p.Holders[name]; !known {
			return fmt.Errorf("frequencies of %s, of which the model says nothing", name)
		}
		p.Give(name, counts)
		start = end
	}
	return nil
}

// loadFrequencies loads the sidecar of a model in a file, where it has one.
func loadFrequencies(path string, m *matchers.Model) error {
	if m.Population == nil {
		return nil
	}
	rows, err := readSidecar(filepath.Dir(path), m.Population)
	if err != nil {
		return err
	}
	return giveFrequencies(m.Population, rows)
}

// frequencyRows lists what was counted as the sidecar has it.
func frequencyRows(counts []matchers.FieldCount) (rows []frequencyRow) {
	for _, n := range counts {
		for _, comparison := range n.Comparisons {
			for _, v := range n.Listed {
				rows = append(rows, frequencyRow{Comparison: comparison, Value: v.Value, Count: int64(v.Count)})
			}
		}
	}
	slices.SortFunc(rows, func(a, b frequencyRow) int {
		return cmp.Or(cmp.Compare(a.Comparison, b.Comparison), cmp.Compare(a.Value, b.Value))
	})
	return rows
}
