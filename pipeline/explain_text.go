package pipeline

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"locatematch/pipeline/report"
)

// explanationWidth is the width of a terminal that every explanation fits.
const explanationWidth = 80

// Text is the explanation on a terminal of 80 columns. Bits are rounded so that the column adds up as it stands; the JSON
// holds them exactly.
func (d *Explanation) Text() string {
	w := &explanationText{Explanation: d}
	w.head()
	w.waterfall()
	w.blocking()
	w.wrap("", d.Sentence)
	for _, note := range d.Notes {
		w.wrap("", "Note: "+note)
	}
	w.codes()
	w.others()
	return w.b.String()
}

type explanationText struct {
	*Explanation
	b strings.Builder
}

func (w *explanationText) line(format string, args ...any) {
	w.b.WriteString(strings.TrimRight(fmt.Sprintf(format, args...), " ") + "\n")
}

// wrap writes a paragraph.
func (w *explanationText) wrap(indent, words string) {
	for _, line := range report.Wrap(words, explanationWidth-len(indent)) {
		w.line("%s%s", indent, line)
	}
}

func (w *explanationText) head() {
	if w.Lead != nil {
		w.wrap("", fmt.Sprintf("Lead %s, %s: %s", w.Lead.ID, w.Lead.Kind, w.Lead.Display))
	}
	w.wrap("", fmt.Sprintf("Subject %s %s", w.Subject.ID, w.Subject.Name))
	w.wrap("", fmt.Sprintf("Record %s/%s:%d (%s, %s)", w.Record.Extract, w.Record.File, w.Record.Line, w.Record.Source, w.Record.RecordID))
	w.line("")
	w.line("%s", w.verdict())
	if w.Held != "" {
		w.wrap("", "Held for review: "+w.Held+".")
	}
	w.line("Review from %+.2f bits, accept from %+.2f bits.", w.Review, w.Accept)
	w.line("")
}

// verdict is the outcome in one line.
func (d *Explanation) verdict() string {
	words := map[string]string{"accept": "ACCEPT", "review": "REVIEW", "below": "BELOW REVIEW"}[d.Band]
	if !d.Compared {
		words = "NOT COMPARED, would be " + words
	}
	return fmt.Sprintf("%s: %+.2f bits, probability %s", words, d.Weight, probabilityWords(d.Probability))
}

func probabilityWords(p float64) string {
	switch {
	case p > .9999:
		return "above 0.9999"
	case p < .0001:
		return "below 0.0001"
	}
	return fmt.Sprintf("%.4f", p)
}

// stepLine: name, level, m, u, h, bits, running total; 79 columns.
const stepLine = "%-11s %-23s %7s %7s %7s %8s %8s"

func (w *explanationText) waterfall() {
	w.line(stepLine, "", "level", "m", "u", "h", "bits", "total")
	shown := 0.0
	for i := range w.Steps {
		s := &w.Steps[i]
		total := hundredths(s.Total)
		w.line(stepLine, shortened(s.Name, 11), shortened(s.Level, 23), chance(s.M), chance(s.U), chance(s.H),
			fmt.Sprintf("%+.2f", total-shown), fmt.Sprintf("%+.2f", total))
		shown = total
		w.values(s)
	}
	w.line(stepLine, "weight", "", "", "", "", "", fmt.Sprintf("%+.2f", shown))
	w.line("")
}

// stepIndent puts what belongs to a step under its level.
const stepIndent = "            "

// values writes both values of a comparison, on one line where they fit, and the step's words.
func (w *explanationText) values(s *Step) {
	lines := []string{s.Words}
	switch {
	case s.Kind != StepComparison || s.Subject+s.Record == "":
	case s.M == 0: // no evidence: the words say of what side
		lines = []string{joinedBy(" | ", named("subject", s.Subject), named("record", s.Record), s.Words)}
	default:
		lines = []string{named("subject", s.Subject), named("record", s.Record), s.Words}
		if both := joinedBy(" | ", lines[:2]...); utf8.RuneCountInString(both) <= explanationWidth-len(stepIndent) {
			lines = []string{both, s.Words}
		}
	}
	for _, line := range lines {
		if line != "" {
			w.wrap(stepIndent, line)
		}
	}
}

func named(side, value string) string {
	if value == "" {
		return ""
	}
	return side + " " + value
}

func joinedBy(separator string, words ...string) string {
	return strings.Join(slices.DeleteFunc(words, func(s string) bool { return s == "" }), separator)
}

// hundredths rounds to what is shown.
func hundredths(bits float64) float64 { return math.Round(bits*100) / 100 }

func chance(p float64) string {
	if p == 0 {
		return ""
	}
	return strconv.FormatFloat(p, 'g', 2, 64)
}

func shortened(s string, width int) string {
	if utf8.RuneCountInString(s) <= width {
		return s
	}
	return string([]rune(s)[:width-1]) + "…"
}

// blocking says in one line which rules propose a linked pair, and rule by rule why one that is no link was missed.
func (w *explanationText) blocking() {
	first, proposing := "", 0
	for _, r := range w.Rules {
		if r.Outcome == "proposes" {
			if proposing++; proposing == 1 {
				first = r.Rule
			}
		}
	}
	if w.Compared && w.Band != "below" {
		w.wrap("", fmt.Sprintf("%s of %d blocking rules, first by %s.", proposedBy(proposing), len(w.Rules), first))
		w.line("")
		return
	}
	w.line("%s of %d blocking rules:", proposedBy(proposing), len(w.Rules))
	for _, r := range w.Rules {
		w.rule(r)
	}
	w.line("")
}

func proposedBy(rules int) string {
	if rules == 0 {
		return "Proposed by none"
	}
	return fmt.Sprintf("Proposed by %d", rules)
}

// ruleColumn is where a rule's words begin; a longer rule has its words on the next line.
const ruleColumn = 38

func (w *explanationText) rule(r ExplainedRule) {
	name := "  " + r.Rule
	words := report.Wrap(r.Words, explanationWidth-ruleColumn)
	if utf8.RuneCountInString(name) > ruleColumn-2 {
		w.wrap("  ", r.Rule)
		name = ""
	}
	for _, line := range words {
		w.line("%-*s%s", ruleColumn, name, line)
		name = ""
	}
}

// codes says what the record's own codes mean.
func (w *explanationText) codes() {
	if len(w.Record.Codes) == 0 {
		return
	}
	w.line("")
	w.line("Codes of the record:")
	for _, c := range w.Record.Codes {
		w.wrap("  ", strings.TrimSpace(c.Field+" "+c.Code+": "+c.told()))
	}
}

// told is what a code means; of one that says nothing, that.
func (c ExplainedCode) told() string { return cmp.Or(c.Words, "says nothing") }

func (w *explanationText) others() {
	if len(w.Others) == 0 {
		return
	}
	w.line("")
	w.line("Other evidence of the lead:")
	for _, v := range w.Others {
		w.wrap("  ", fmt.Sprintf("%s/%s:%d %+.2f bits: %s", v.Extract, v.File, v.Line, v.Weight, v.Confirms))
	}
}
