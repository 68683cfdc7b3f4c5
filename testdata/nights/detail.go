package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"strings"
)

// detail is every fact that officers looked at, and every one of today's practice at equal length, held against the truth: what a
// figure of false facts is made of. Its lines name invented people alone.
type detail struct {
	truth *truth
	rows  [][]string
}

var detailColumns = []string{"way", "night", "verdict", "kind", "sources", "how_sure", "standing", "status", "reported", "reasons", "standing_reasons",
	"subject_id", "key", "whose", "began", "ended", "known", "weight", "margin", "queued", "rank", "lead_id", "summary"}

// add notes a night's facts before they are counted: a fact is new until it is.
func (d *detail) add(way string, night int, items []item, verdict func(item) string) {
	for _, q := range items {
		row := []string{way, fmt.Sprint(night), verdict(q), q.kind, "", "", "", "", "", "", "", q.subject, q.key, d.whose(q), "", "", "", "", "", "", "", "", ""}
		if f := d.truth.about(q.subject, q.kind, q.key, night); f != nil {
			row[14], row[15], row[16] = f.began, f.ended, f.known
		}
		if l := q.lead; l != nil {
			row[4], row[5], row[6], row[7] = strings.Join(l.Sources, " "), string(l.Identity), string(l.Standing), string(l.Status)
			row[8], row[9], row[10] = reported(q), strings.Join(l.IdentityReasons, "; "), strings.Join(l.StandingReasons, "; ")
			row[17], row[18] = fmt.Sprintf("%.1f", l.IdentityWeight), fmt.Sprintf("%.1f", l.Margin)
			row[19], row[20], row[21], row[22] = fmt.Sprint(q.night), fmt.Sprint(q.rank), l.LeadID, l.Summary
		}
		d.rows = append(d.rows, row)
	}
}

// reported is the date of the event by each report, with its source.
func reported(q item) string {
	var words []string
	for _, e := range q.lead.Evidence {
		date := "undated"
		if e.EventDate != nil {
			date = e.EventDate.Date.String()
		}
		words = append(words, e.Source+" "+date)
	}
	return strings.Join(words, "; ")
}

// whose names those others on the caseload of whom a fact is true or was.
func (d *detail) whose(q item) string {
	var others []string
	for i := range d.truth.facts {
		f := &d.truth.facts[i]
		if f.kind == q.kind && f.key == q.key && f.subject != d.truth.number(q.subject) && q.kind != "employer" && q.kind != "military" {
			others = append(others, f.subject)
		}
	}
	return strings.Join(others, " ")
}

func (d *detail) write(path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := csv.NewWriter(f)
	err = errors.Join(w.Write(detailColumns), w.WriteAll(d.rows))
	return errors.Join(err, f.Close())
}
