package pipeline

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// answerKey is what is known of a night: which record is whose, and the traps planted in it.
type answerKey struct {
	truth []map[string][]uint32 // by extract, record id: the subjects it is truly about
	pairs []int64               // true pairs, by extract
	traps []trapRow
	trap  []map[string][]int // by extract, record id: rows of traps
}

// trapRow is one planted pair: the same person, or two whom matching may confuse.
type trapRow struct {
	name    string
	subject uint32
	same    bool
	extract int
}

func loadTruth(n *night, truthPath, trapsPath string) (*answerKey, error) {
	k := &answerKey{pairs: make([]int64, len(n.extracts))}
	for range n.extracts {
		k.truth = append(k.truth, map[string][]uint32{})
		k.trap = append(k.trap, map[string][]int{})
	}
	seen := map[[3]string]bool{} // a row that stands twice is one pair
	err := eachRow(truthPath, []string{"subject_id", "extract", "record_id"}, func(v []string) error {
		e, err := n.extractNamed(v[1])
		if err != nil || seen[[3]string(v)] {
			return err
		}
		seen[[3]string(v)] = true
		k.pairs[e]++ // a truth row of somebody who is not in the caseload counts as missed
		if subject, known := n.caseload.numbers[v[0]]; known {
			k.truth[e][v[2]] = append(k.truth[e][v[2]], subject)
		}
		return nil
	})
	if err == nil && trapsPath != "" {
		err = k.loadTraps(n, trapsPath)
	}
	return k, err
}

func (k *answerKey) loadTraps(n *night, path string) error {
	return eachRow(path, []string{"trap", "subject_id", "extract", "record_id", "same"}, func(v []string) error {
		e, err := n.extractNamed(v[2])
		if err != nil {
			return err
		}
		if subject, known := n.caseload.numbers[v[1]]; known {
			k.trap[e][v[3]] = append(k.trap[e][v[3]], len(k.traps))
			k.traps = append(k.traps, trapRow{name: v[0], subject: subject, same: v[4] == "yes", extract: e})
		}
		return nil
	})
}

func (n *night) extractNamed(name string) (int, error) {
	e := slices.IndexFunc(n.extracts, func(x *extractPlan) bool { return x.feed.Name == name })
	if e < 0 {
		return 0, fmt.Errorf("no extract named %q in the config", name)
	}
	return e, nil
}

// isTrue reports whether a record is about a subject.
func (k *answerKey) isTrue(extract int, record []byte, subject uint32) bool {
	return slices.Contains(k.truth[extract][string(record)], subject)
}

// truthOfDuplicates reports whether a truth file is about the caseload linked with itself.
func truthOfDuplicates(path string) (bool, error) {
	f, err := os.Open(path)
	if err != nil {
		return false, fmt.Errorf("%w: %w", ErrConfig, err)
	}
	defer f.Close()
	header, err := csv.NewReader(f).Read()
	if err != nil {
		return false, fmt.Errorf("%w: %s: no header: %w", ErrConfig, path, err)
	}
	return slices.Contains(header, "subject_id_2"), nil
}

// eachRow reads a CSV file with at least the named columns, in any order, and hands over their values.
func eachRow(path string, columns []string, row func([]string) error) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrConfig, err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.ReuseRecord = true
	header, err := r.Read()
	if err == nil {
		header[0] = strings.TrimPrefix(header[0], "\ufeff")
	}
	if err != nil {
		return fmt.Errorf("%w: %s: no header: %w", ErrConfig, path, err)
	}
	at := make([]int, len(columns))
	for i, c := range columns {
		if at[i] = slices.Index(header, c); at[i] < 0 {
			return fmt.Errorf("%w: %s: no column %q among %s", ErrConfig, path, c, strings.Join(header, ", "))
		}
	}
	values := make([]string, len(columns))
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		for i := range at {
			values[i] = strings.Clone(record[at[i]])
		}
		if err := row(values); err != nil {
			line, _ := r.FieldPos(0)
			return fmt.Errorf("%w: %s:%d: %w", ErrConfig, path, line, err)
		}
	}
}
