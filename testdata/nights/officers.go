package main

import (
	"encoding/csv"
	"errors"
	"hash/fnv"
	"os"
	"path/filepath"
	"strings"
)

// officers judge what they are offered. They know the truth but for the stated share of verdicts that are wrong, and of those
// that are "cannot tell"; which, the seed and the lead decide.
type officers struct {
	*options
	truth *truth
}

func newOfficers(o *options, t *truth) *officers { return &officers{o, t} }

var judgementColumns = []string{"lead_id", "case_id", "person_is", "fact_is", "used", "officer", "reason", "date"}

// judge writes the verdicts on a night's work as a CSV, and hands it to the command where it takes judgements in.
func (o *officers) judge(night int, config string, work []item, taken bool) error {
	if len(work) == 0 {
		return nil
	}
	path := filepath.Join(filepath.Dir(config), "judgements.csv")
	if err := o.write(path, night, work); err != nil {
		return err
	}
	if !taken {
		return nil
	}
	_, _, err := o.command("judge", "-c", config, "--file", path)
	return err
}

func (o *officers) write(path string, night int, work []item) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := csv.NewWriter(f)
	err = w.Write(judgementColumns)
	for _, q := range work {
		err = errors.Join(err, w.Write(o.verdict(night, q)))
	}
	w.Flush()
	return errors.Join(err, w.Error(), f.Close())
}

func (o *officers) verdict(night int, q item) []string {
	f := o.truth.about(q.subject, q.kind, q.key, night)
	same, good := f != nil, f != nil && o.truth.holds(f, night)
	if o.chance(night, q, "wrong") < o.wrong {
		same, good = !same, !good && !same
	}
	row := []string{q.leadID, o.caseOf(q), "different person", "", "not used", q.officer, "compared with the case file", o.truth.days[night-1]}
	switch {
	case o.chance(night, q, "unsure") < o.unsure:
		row[2], row[6] = "cannot tell", "the case file does not say"
	case same && good:
		row[2], row[3], row[4] = "same person", "good", "used"
	case same:
		row[2], row[3] = "same person", "stale"
	}
	return row
}

func (o *officers) caseOf(q item) string {
	if q.caseID != "" {
		return q.caseID
	}
	return o.truth.person(q.subject).caseID
}

// chance is a number in [0, 1) of the seed, the night and the lead.
func (o *officers) chance(night int, q item, what string) float64 {
	h := fnv.New64a()
	for _, part := range []string{what, o.truth.days[night-1], q.leadID, strings.Repeat("s", int(o.seed%64))} {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	z := h.Sum64()
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return float64((z^z>>31)>>11) / (1 << 53)
}
