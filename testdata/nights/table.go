package main

import (
	"fmt"
	"slices"
	"strings"
)

// markdown is the stretch as a page.
func (r *result) markdown() string {
	var b strings.Builder
	queue := "of the queues as published"
	if !r.Queued {
		queue = "of new and changed leads, surest first, for want of queues"
	}
	judged := "their judgements come back the same night"
	if !r.Judged {
		judged = "their judgements are written and not yet taken in"
	}
	fmt.Fprintf(&b, "%d nights, %d subjects, %d rows of strangers, seed %d; every officer looks at %d leads a night (%s); %.0f %% of verdicts are wrong, %.0f %% are \"cannot tell\"; %s.\n\n",
		r.Nights, r.Subjects, r.Strangers, r.Seed, r.Worked, queue, 100*r.Wrong, 100*r.Unsure, judged)
	statuses := r.statuses()
	head := append(append([]string{"night", "date"}, statuses...), "queue", "looked at", "left", "event to lead, median", "90 %", "precision", "recall so far",
		"dump", "precision, practice", "recall so far, practice")
	put(&b, head)
	b.WriteString(strings.Repeat("| ---: ", len(head)) + "|\n")
	for _, l := range r.Lines {
		put(&b, l.row(statuses))
	}
	r.sums(&b)
	return b.String()
}

// statuses are those that occur, in the order of a lead's life.
func (r *result) statuses() (names []string) {
	for _, name := range []string{"new", "changed", "strengthened", "repeated", "withdrawn"} {
		if slices.ContainsFunc(r.Lines, func(l line) bool { return l.Leads[name] > 0 }) {
			names = append(names, name)
		}
	}
	return names
}

func (l *line) row(statuses []string) []string {
	row := []string{fmt.Sprint(l.Night), l.AsOf}
	for _, name := range statuses {
		row = append(row, fmt.Sprint(l.Leads[name]))
	}
	median, p90 := "", ""
	if l.EventToLead.Facts > 0 {
		median, p90 = fmt.Sprint(l.EventToLead.Median), fmt.Sprint(l.EventToLead.P90)
	}
	return append(row, fmt.Sprint(l.Queue), fmt.Sprint(l.Worked), fmt.Sprint(l.Left), median, p90, percent(l.Ours.precision()), share100(l.OursSoFar, l.Findable),
		fmt.Sprint(l.Dumped), percent(l.Practice.precision()), share100(l.PractSoFar, l.Findable))
}

// sums are the stretch as a whole.
func (r *result) sums(b *strings.Builder) {
	b.WriteString("\n")
	put(b, []string{"over all nights", "offered", "true and new", "true, known or offered before", "rightly told as ended", "no longer true", "of somebody else", "precision", "recall"})
	b.WriteString("| --- " + strings.Repeat("| ---: ", 8) + "|\n")
	last := line{}
	if len(r.Lines) > 0 {
		last = r.Lines[len(r.Lines)-1]
	}
	for _, way := range []struct {
		name   string
		share  share
		recall string
	}{
		{"locatematch, facts looked at", r.Ours, share100(last.OursSoFar, r.Findable)},
		{"of these told as strong", r.BySure["strong"], ""},
		{"of these told as likely", r.BySure["likely"], ""},
		{"of these told as to be checked first", r.BySure["check first"], ""},
		{"today's practice, as many facts", r.Practice, share100(last.PractSoFar, r.Findable)},
		{"today's practice, everything dumped", r.Dump, ""},
	} {
		s := way.share
		put(b, []string{way.name, fmt.Sprint(s.Offered), fmt.Sprint(s.New), fmt.Sprint(s.Again), fmt.Sprint(s.Ended), fmt.Sprint(s.Past), fmt.Sprint(s.Wrong), percent(s.precision()), way.recall})
	}
	fmt.Fprintf(b, "\nFacts to be found: %d. From event to lead: %s. From first report to the officer who looks: %s.\n", r.Findable, r.EventToLead, r.ToOfficer)
	fmt.Fprintf(b, "Offered twice without new evidence: %d. Withheld although new: %d. Leads of protected people: %d. Offered again for the next report of the same account or service alone: %d.\n",
		r.Faults.Twice, r.Faults.Withheld, r.Faults.Protected, r.Faults.Recurring)
	for _, example := range r.Faults.Examples {
		b.WriteString("- " + example + "\n")
	}
}

func (w waits) String() string {
	return fmt.Sprintf("median %d, 90th percentile %d nights (%d facts)", w.Median, w.P90, w.Facts)
}

func put(b *strings.Builder, row []string) { b.WriteString("| " + strings.Join(row, " | ") + " |\n") }

func percent(p float64) string {
	if p < 0 {
		return ""
	}
	return fmt.Sprintf("%.0f %%", p)
}

func share100(n, of int) string {
	if of == 0 {
		return ""
	}
	return fmt.Sprintf("%.0f %%", 100*float64(n)/float64(of))
}
