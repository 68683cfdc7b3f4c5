package synth

import (
	"encoding/csv"
	"io"
	"strconv"
)

// plants tells whether any file of the night has rejects.
func (n *night) plants() bool {
	return len(n.rejected()) > 0
}

// rejectedRow is a planted reject and the file that it stands in, as the manifest names it.
type rejectedRow struct {
	extract string
	reject
}

// rejected lists the planted rejects: caseloads, what the agency knows, extracts.
func (n *night) rejected() (all []rejectedRow) {
	add := func(name string, r *rejects) {
		for _, x := range r.planted {
			all = append(all, rejectedRow{name, x})
		}
	}
	for _, c := range n.caseloads {
		add(c.name, &c.rejects)
	}
	if !n.noAgency {
		for k := range knowledges {
			add("agency."+knowledgeFiles[k].key, &n.agency.pages[k].rejects)
		}
	}
	for _, x := range n.writers {
		add(x.name, &x.rejects)
	}
	return all
}

// writeRejects writes rejects.csv.
func (n *night) writeRejects(out io.Writer) error {
	w := csv.NewWriter(out)
	if err := w.Write([]string{"extract", "line", "reason"}); err != nil {
		return err
	}
	for _, r := range n.rejected() {
		if err := w.Write([]string{r.extract, strconv.FormatInt(r.line, 10), r.reason}); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}
