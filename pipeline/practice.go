package pipeline

import (
	"bytes"
	"context"

	"locatematch/matchers"
	"locatematch/matchers/text"
	"locatematch/sources"
	"locatematch/sources/person"
)

// practice is what state agencies do today, for comparison: a record is a subject's when the SSN is equal and the first four
// letters of the surname agree (domain: the national programme's own name rule, without the initial). It looks at echoed
// fields too, as they do.
type practice struct {
	bySSN    map[uint64][]uint32
	families [][]byte // by subject, standard form without blanks
}

// practiceColumns are where a layout keeps SSN and surname, in whatever role.
type practiceColumns struct{ ssn, family, fullName int }

func columnsOfPractice(l *sources.Layout) practiceColumns {
	return practiceColumns{
		ssn: columnOf(l, person.SSN, 1), family: columnOf(l, person.Family, 1), fullName: columnOf(l, person.FullName, 1),
	}
}

// loadPractice reads SSN and surname of every subject. It reads the caseload anew: the frozen table keeps codes.
func loadPractice(ctx context.Context, n *night) (*practice, error) {
	layout := n.plan.Caseload.Layout
	columns, id := columnsOfPractice(layout), columnOf(layout, person.SubjectID, 1)
	p := &practice{bySSN: map[uint64][]uint32{}, families: make([][]byte, len(n.caseload.subjects))}
	if columns.ssn < 0 {
		return nil, nil // without SSNs there is nothing to compare with
	}
	splitter := layout.NewSplitter()
	var rows person.Rows
	for _, path := range n.plan.Caseload.Paths {
		_, err := sources.Cut(ctx, path, layout, sources.CutOptions{Keys: n.plan.Caseload.Keys}, func(c *sources.Chunk) error {
			defer c.Release()
			_, err := splitter.Split(c, &rows)
			for row := range rows.Len() {
				if subject, known := n.caseload.numbers[string(rows.Value(row, id))]; known {
					ssn, family := columns.read(&rows, row, nil)
					if ssn != 0 && p.families[subject] == nil { // of a person's several rows, the first that has a number
						p.families[subject] = family
						p.bySSN[ssn] = append(p.bySSN[ssn], subject)
					}
				}
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return p, nil
}

// read gives a row's SSN (0 when it has none) and surname.
func (c practiceColumns) read(rows *person.Rows, row int, form *text.NameForm) (ssn uint64, family []byte) {
	if c.ssn < 0 {
		return 0, nil
	}
	_, num, validity := text.Standardise(text.SSN, 0, nil, rows.Value(row, c.ssn))
	if validity != text.Valid {
		return 0, nil
	}
	var raw []byte
	switch {
	case c.family >= 0:
		raw = rows.Value(row, c.family)
	case c.fullName >= 0 && form != nil:
		_, _, raw, _ = text.SplitName(*form, rows.Value(row, c.fullName))
	}
	std, _, _ := text.Standardise(text.Family, 0, nil, raw)
	return num, bytes.ReplaceAll(std, []byte(" "), nil)
}

// links gives the subjects that today's practice links to a row.
func (p *practice) links(c practiceColumns, form *text.NameForm, rows *person.Rows, row int) (subjects []uint32) {
	ssn, family := c.read(rows, row, form)
	if ssn == 0 {
		return nil
	}
	for _, subject := range p.bySSN[ssn] {
		if len(family) > 0 && bytes.Equal(fourLetters(family), fourLetters(p.families[subject])) {
			subjects = append(subjects, subject)
		}
	}
	return subjects
}

func fourLetters(name []byte) []byte { return name[:min(4, len(name))] }

// judgeOfWorker counts what one worker saw.
type judgeOfWorker struct {
	night    *night
	key      *answerKey
	practice *practice
	columns  []practiceColumns
	findings
}

// findings add up over workers.
type findings struct {
	all, top     []*histogram // by extract
	practiceHits []int64      // by extract
	practiceAll  []int64
	trapped      []int // rows of traps that were accepted
	practiceTrap []int
}

func newFindings(extracts int) findings {
	f := findings{practiceHits: make([]int64, extracts), practiceAll: make([]int64, extracts)}
	for range extracts {
		f.all, f.top = append(f.all, newHistogram()), append(f.top, newHistogram())
	}
	return f
}

func newJudgeOfWorker(n *night, key *answerKey, p *practice) *judgeOfWorker {
	j := &judgeOfWorker{night: n, key: key, practice: p, findings: newFindings(len(n.extracts))}
	for _, x := range n.extracts {
		j.columns = append(j.columns, columnsOfPractice(x.feed.Layout))
	}
	return j
}

// row asks today's practice about every row.
func (j *judgeOfWorker) row(e, _ int, rows *person.Rows, row int) {
	if j.practice == nil {
		return
	}
	b := j.night.extracts[e].binding
	for _, subject := range j.practice.links(j.columns[e], &b.nameForm, rows, row) {
		id := recordID(b, rowsWithLine{rows}, row)
		j.practiceAll[e]++
		if j.key.isTrue(e, id, subject) {
			j.practiceHits[e]++
		}
		j.practiceTrap = j.sprung(j.practiceTrap, e, id, subject)
	}
}

// record judges a record's scored candidates.
func (j *judgeOfWorker) record(e int, id []byte, scored []matchers.Scored) {
	best := 0
	for i, s := range scored {
		s.Weight = j.night.bounds.asJudged(s.Weight, s.Disputed)
		same := j.key.isTrue(e, id, s.Subject)
		j.all[e].count(s.Weight, same)
		if s.Weight > scored[best].Weight || s.Weight == scored[best].Weight && s.Subject < scored[best].Subject {
			best = i
		}
		if s.Weight >= j.night.bounds.accept {
			j.trapped = j.sprung(j.trapped, e, id, s.Subject)
		}
	}
	j.top[e].count(j.night.bounds.asJudged(scored[best].Weight, scored[best].Disputed), j.key.isTrue(e, id, scored[best].Subject))
}

func (j *judgeOfWorker) sprung(into []int, e int, id []byte, subject uint32) []int {
	for _, t := range j.key.trap[e][string(id)] {
		if j.key.traps[t].subject == subject {
			into = append(into, t)
		}
	}
	return into
}

// rowsWithLine lets split rows give their line as a batch does.
type rowsWithLine struct{ *person.Rows }

func (r rowsWithLine) Line(row int) int64 { return r.Lines[row] }
