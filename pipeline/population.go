package pipeline

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"locatematch/matchers"
	"locatematch/sources"
)

// FrequenciesOfCaseload is TrainOptions.Frequencies for a model without a population: the caseload's own frequencies serve.
const FrequenciesOfCaseload = "caseload"

// PopulationReport says what the frequencies of names and places were counted in.
type PopulationReport struct {
	Counted  string            `json:"counted"` // extracts, caseload, or the agency's file
	Extracts []string          `json:"extracts,omitempty"`
	LeftOut  []string          `json:"left_out,omitempty"` // extracts whose layouts pass our key back
	Fields   []PopulationField `json:"fields"`
}

// PopulationField is one field's count.
type PopulationField struct {
	Field    string `json:"field"`
	Rows     int64  `json:"rows"`     // with a value; one person may have several
	Distinct int64  `json:"distinct"` // different values
	Listed   int    `json:"listed"`   // of them, those of five rows and more
	Serves   bool   `json:"serves"`   // else the caseload's own frequencies do
	Reason   string `json:"reason,omitempty"`
}

// frequencyCount counts a population: which extracts' rows, and what has been seen of them.
type frequencyCount struct {
	values  *matchers.ValueCounter
	counted []bool // by extract
	report  PopulationReport
}

// newFrequencyCount makes ready what the options ask for: the night's extracts are counted while they stream past, an agency's own
// file at once.
func newFrequencyCount(n *night, opt TrainOptions) (*frequencyCount, error) {
	c := &frequencyCount{values: matchers.NewValueCounter(n.plan.Spec), counted: make([]bool, len(n.extracts))}
	c.report.Counted = orDefault(opt.Frequencies, matchers.CountedExtracts)
	if n.self && opt.Frequencies == "" {
		c.report.Counted = FrequenciesOfCaseload // the strangers are other subjects
	}
	switch c.report.Counted {
	case FrequenciesOfCaseload:
	case matchers.CountedExtracts:
		c.choose(n)
	default:
		c.report.Counted = filepath.Base(opt.Frequencies)
		return c, countFile(opt.Frequencies, n.plan.Spec, c.values)
	}
	return c, nil
}

// choose leaves out the extracts whose layout passes our key back: they answer our own inquiry, so that the people in them
// are the selected caseload again.
func (c *frequencyCount) choose(n *night) {
	for e, x := range n.extracts {
		c.counted[e] = !answers(x.feed.Layout)
		if c.counted[e] {
			c.report.Extracts = append(c.report.Extracts, x.feed.Name)
		} else {
			c.report.LeftOut = append(c.report.LeftOut, x.feed.Name)
		}
	}
}

// answers reports whether a layout passes our key back.
func answers(l *sources.Layout) bool {
	return slices.ContainsFunc(l.Columns(), func(c sources.Column) bool { return c.Role == sources.Key })
}

// settle gives what was counted and may serve, and completes the report.
func (c *frequencyCount) settle(frozen *matchers.Caseload) (serving []matchers.FieldCount) {
	c.report.Fields = []PopulationField{}
	if c.report.Counted == FrequenciesOfCaseload {
		return nil
	}
	for _, count := range c.values.Counts() {
		field := PopulationField{Field: count.Field, Rows: count.Holders, Distinct: count.Distinct, Listed: len(count.Listed)}
		if field.Serves = count.Serves(frozen); field.Serves {
			serving = append(serving, count)
		} else {
			field.Reason = notServing(&count)
		}
		c.report.Fields = append(c.report.Fields, field)
	}
	return serving
}

func notServing(n *matchers.FieldCount) string {
	switch {
	case n.Excess:
		return "more different values than a name or place has"
	case n.Holders == 0:
		return "nothing that was counted has it"
	}
	return "fewer rows than half of the caseload's subjects"
}

// text is the report as a paragraph and a table.
func (r *PopulationReport) text() string {
	var b strings.Builder
	switch {
	case r.Counted == FrequenciesOfCaseload:
		return "Frequencies of names and places: the caseload's own, as asked for.\n"
	case r.Counted != matchers.CountedExtracts:
		fmt.Fprintf(&b, "Frequencies of names and places, from %s:\n", r.Counted)
	case len(r.Extracts) == 0:
		b.WriteString("Frequencies of names and places: the caseload's own, for no extract is of the population.\n")
	default:
		fmt.Fprintf(&b, "Frequencies of names and places, counted in %s (rows: one person may have several):\n", listed(r.Extracts))
	}
	for _, f := range r.Fields {
		if f.Serves {
			fmt.Fprintf(&b, "  %s: %d rows, %d values, %d of them on 5 rows and more; the others weigh as one in %d\n", f.Field, f.Rows, f.Distinct, f.Listed, f.Rows)
		} else if len(r.Extracts) > 0 || r.Counted != matchers.CountedExtracts {
			fmt.Fprintf(&b, "  %s: the caseload's own serve: %s\n", f.Field, f.Reason)
		}
	}
	if len(r.LeftOut) > 0 {
		fmt.Fprintf(&b, "  not counted: %s, which pass our key back: they answer our own inquiry\n", listed(r.LeftOut))
	}
	return b.String()
}
