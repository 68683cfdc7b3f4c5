package pipeline

import (
	"testing"

	"locatematch/matchers"
	"locatematch/matchers/text"
	"locatematch/pipeline/leads"
	"locatematch/sources"
	"locatematch/sources/person"
)

// oneRow is a row whose columns hold what a test says.
type oneRow []string

func (r oneRow) Value(_, column int) []byte { return []byte(r[column]) }

// sameAsOurs fills a column with what our own inquiry says of a person.
func sameAsOurs(c sources.Column) string {
	switch c.Name {
	case person.SSN, "sent_ssn":
		return "234567891"
	case person.Born, "sent_born", person.StatusDate:
		return "19810305"
	case person.Key:
		return "S1"
	}
	return "OKONKWO"
}

// TestEchoIsNoEvidence: a file that merely echoes our inquiry, in any layout, says nothing of who anybody is: every field of
// identity but our own key is missing, and there is no fact in it.
func TestEchoIsNoEvidence(t *testing.T) {
	spec := matchers.BuiltInSpec()
	answers := 0
	for _, l := range sources.BuiltIn() {
		if l.Source == "caseload" || l.Source == "agency" {
			continue
		}
		row, ours := make(oneRow, len(l.Columns())), false
		for i, c := range l.Columns() {
			if c.Role != sources.Own {
				row[i], ours = sameAsOurs(c), true
			}
		}
		if !ours {
			continue
		}
		answers++
		b, err := bindExtract(spec, l)
		if err != nil {
			t.Fatal(err)
		}
		s := newStandardiser(spec)
		for f, field := range spec.Fields {
			s.row(b, row, 0, []int{f})
			if v := s.values[f]; v.Validity != text.Missing && field.Name != person.Key {
				t.Errorf("%s: the echo gave a %s", l.Name, field.Name)
			}
		}
		for i, f := range factsOf(l) {
			if f.column >= 0 && row[f.column] != "" {
				t.Errorf("%s: the echo gave a fact, %s", l.Name, leads.FactColumns[i])
			}
		}
	}
	if answers < 9 {
		t.Errorf("only %d layouts answer an inquiry of ours", answers)
	}
}

// TestOwnFieldsHaveNoTwin: a layout does not have one field as an echo and as the supplier's own, but under a name of its own
// (sent_…), for a reader of the layout must see whose it is.
func TestOwnFieldsHaveNoTwin(t *testing.T) {
	for _, l := range sources.BuiltIn() {
		roles := map[string]sources.Role{}
		for _, c := range l.Columns() {
			if r, twice := roles[c.Name]; twice && r != c.Role {
				t.Errorf("%s: %s is %s and %s", l.Name, c.Name, r, c.Role)
			}
			roles[c.Name] = c.Role
		}
	}
}
