package pipeline

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"
)

// LedgerEntry is one file that a published run has consumed.
type LedgerEntry struct {
	SHA256  string `json:"sha256"`
	Name    string `json:"name"` // base name at the time
	Extract string `json:"extract"`
	Run     string `json:"run"` // which consumed it
	Bytes   int64  `json:"bytes"`
	Batch   string `json:"batch,omitempty"` // as its header names it, where it does

	// Recalled is the run that made it as if the file had never come, and Reason why. The file is not read again.
	Recalled string `json:"recalled,omitempty"`
	Reason   string `json:"reason,omitempty"`
}

// Ledger is what every run so far has consumed, by digest: a file under another name is the same file, a corrected file
// under the same name is another. The zero Ledger is empty.
type Ledger struct {
	bySum  map[string]LedgerEntry
	bySize map[int64]bool
}

// ledgerDocument is ledger.json. Format history: 1 (2026-11) first.
type ledgerDocument struct {
	Format int           `json:"format"`
	Files  []LedgerEntry `json:"files"` // sorted by digest
}

const ledgerFormat = 1

// LoadLedger reads a ledger.json.
func LoadLedger(path string) (*Ledger, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	l, err := decodeLedger(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return l, nil
}

func decodeLedger(data []byte) (*Ledger, error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	var document ledgerDocument
	if err := decoder.Decode(&document); err != nil {
		return nil, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("something follows the ledger's end")
	}
	if document.Format != ledgerFormat {
		return nil, fmt.Errorf("format %d, this version reads %d", document.Format, ledgerFormat)
	}
	l := &Ledger{}
	for i, e := range document.Files {
		if len(e.SHA256) != 64 || strings.Trim(e.SHA256, "0123456789abcdef") != "" {
			return nil, fmt.Errorf("file %d (%s): %q is not a SHA-256", i+1, e.Name, e.SHA256)
		}
		l.Add(e)
	}
	return l, nil
}

// Find gives the file of that digest.
func (l *Ledger) Find(sha256 string) (LedgerEntry, bool) {
	e, ok := l.bySum[sha256]
	return e, ok
}

// FindBatch gives the file of an extract that came under a batch number before, of several the first by digest. One that was
// recalled came not: its number is free for the corrected file.
func (l *Ledger) FindBatch(extract, batch string) (first LedgerEntry, found bool) {
	for _, e := range l.bySum {
		if batch == "" || e.Batch != batch || e.Extract != extract || e.Recalled != "" || found && first.SHA256 < e.SHA256 {
			continue
		}
		first, found = e, true
	}
	return first, found
}

// Has reports whether a file of that size was ever consumed: where none was, there is no need to digest one.
func (l *Ledger) Has(bytes int64) bool { return l.bySize[bytes] }

// LastRead is the business date, ccyymmdd, of the last run that consumed a file of an extract; 0 when none did. A run's id
// begins with its business date.
func (l *Ledger) LastRead(extract string) (last int32) {
	for _, e := range l.bySum {
		if e.Extract != extract || e.Recalled != "" || len(e.Run) < len(time.DateOnly) {
			continue
		}
		if date, err := businessDate(e.Run[:len(time.DateOnly)]); err == nil {
			last = max(last, date)
		}
	}
	return last
}

// Len is the number of files.
func (l *Ledger) Len() int { return len(l.bySum) }

// Add enters a file. The first entry of a digest stands: it names the run that consumed the file.
func (l *Ledger) Add(e LedgerEntry) {
	if _, ok := l.bySum[e.SHA256]; ok {
		return
	}
	if l.bySum == nil {
		l.bySum, l.bySize = map[string]LedgerEntry{}, map[int64]bool{}
	}
	l.bySum[e.SHA256] = e
	l.bySize[e.Bytes] = true
}

// Recall marks files as if they had never come.
func (l *Ledger) Recall(sha256, run, reason string) {
	if e, ok := l.bySum[sha256]; ok {
		e.Recalled, e.Reason = run, reason
		l.bySum[sha256] = e
	}
}

// Read lists the files of an extract, or of any where extract is "", that a run consumed and that were not recalled, by digest.
func (l *Ledger) Read(extract, run string) (files []LedgerEntry) {
	for _, e := range l.bySum {
		if e.Run == run && e.Recalled == "" && (extract == "" || e.Extract == extract) {
			files = append(files, e)
		}
	}
	slices.SortFunc(files, func(a, b LedgerEntry) int { return cmp.Compare(a.SHA256, b.SHA256) })
	return files
}

// Clone gives a ledger that can be added to without changing this one.
func (l *Ledger) Clone() *Ledger {
	c := &Ledger{}
	for _, e := range l.bySum {
		c.Add(e)
	}
	return c
}

// Encode gives the bytes of ledger.json: the same for the same entries, whatever the order they were added in.
func (l *Ledger) Encode() ([]byte, error) {
	document := ledgerDocument{Format: ledgerFormat, Files: []LedgerEntry{}}
	for _, e := range l.bySum {
		document.Files = append(document.Files, e)
	}
	slices.SortFunc(document.Files, func(a, b LedgerEntry) int { return cmp.Compare(a.SHA256, b.SHA256) })
	data, err := json.MarshalIndent(document, "", "  ")
	return append(data, '\n'), err
}
