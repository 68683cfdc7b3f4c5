package synth

import (
	"errors"
	"fmt"
	"strings"
)

// Options say what to make.
type Options struct {
	Out       string // directory, made when it is missing; files in it are replaced
	Seed      uint64
	Subjects  int    // people on the caseload, shields among them: rows of caseload.csv
	Strangers int    // rows of people who are not on the caseload, over all extracts
	AsOf      string // business date, CCYY-MM-DD; DefaultAsOf when empty

	// Progress is told now and then how many of the rows are written, from one goroutine at a time.
	Progress func(done, total int64)
}

// DefaultAsOf is the business date of a night whose Options name none.
const DefaultAsOf = "2026-11-21"

// maxPeople keeps the population well inside the space of Social Security numbers.
const maxPeople = 600_000_000

// check fills defaults and reports every fault at once.
func (o *Options) check() (asOf day, err error) {
	var faults []error
	if o.AsOf == "" {
		o.AsOf = DefaultAsOf
	}
	if asOf, err = parseDay(o.AsOf); err != nil {
		faults = append(faults, fmt.Errorf("as of (%q): not a date written CCYY-MM-DD", o.AsOf))
	}
	if o.Out == "" {
		faults = append(faults, errors.New("out: no directory named"))
	}
	if o.Subjects < 1 {
		faults = append(faults, fmt.Errorf("subjects (%d) must be at least 1", o.Subjects))
	}
	if o.Strangers < 0 {
		faults = append(faults, fmt.Errorf("strangers (%d) must not be negative", o.Strangers))
	}
	if o.Subjects > maxPeople/slots || o.Strangers > maxPeople/2 {
		faults = append(faults, fmt.Errorf("subjects (%d) and strangers (%d): more people than there are numbers for", o.Subjects, o.Strangers))
	}
	if len(faults) > 0 {
		return 0, fmt.Errorf("%w: %w", ErrOptions, errors.Join(faults...))
	}
	return asOf, nil
}

// Summary says what was made.
type Summary struct {
	AsOf       string
	Config     string // path of night.yaml
	Files      []File // in order of name
	Agency     []File // of what the agency itself knows
	Subjects   int64  // people on the caseload
	Shields    int64  // of those
	Strangers  int64  // rows of people who are not on the caseload
	TruthPairs int64  // rows of truth.csv
	Facts      int64
	Rejects    int64       // rows that readers must refuse, in rejects.csv
	Traps      []TrapCount // in the order of Traps
	Regulars   []Someone   // of a night of layouts: who stands in every supplier's file
}

// Someone is a person on the caseload.
type Someone struct{ Subject, Surname string }

// File is one file written.
type File struct {
	Name string // within Options.Out
	Rows int64  // data rows
}

// TrapCount is how many pairs of a trap were planted.
type TrapCount struct {
	Trap  Trap
	Pairs int64
}

// String is the summary as a page.
func (s *Summary) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "a night as of %s: %d subjects (%d of them shields), %d rows of strangers, %d true pairs, %d facts\n\n", s.AsOf, s.Subjects, s.Shields, s.Strangers, s.TruthPairs, s.Facts)
	for _, f := range s.Files {
		fmt.Fprintf(&b, "%-34s %10d rows\n", f.Name, f.Rows)
	}
	for _, f := range s.Agency {
		fmt.Fprintf(&b, "%-34s %10d rows\n", f.Name, f.Rows)
	}
	if s.Rejects > 0 {
		fmt.Fprintf(&b, "%-34s %10d rows that must be refused\n", "rejects.csv", s.Rejects)
	}
	for _, p := range s.Regulars {
		fmt.Fprintf(&b, "in every supplier's file: subject %s, %s\n", p.Subject, p.Surname)
	}
	b.WriteByte('\n')
	for _, t := range s.Traps {
		fmt.Fprintf(&b, "%-34s %10d pairs, same=%s\n", t.Trap, t.Pairs, yesNo(t.Trap.Same()))
	}
	return b.String()
}

func yesNo(b bool) string { return pickText(b, "yes", "no") }

// ErrOptions marks faulty options: the caller's mistake, not a failure.
var ErrOptions = errors.New("synth options")
