package sources

import "testing"

// TestDoubtful_BuiltInLayoutsAreSure: none of the product's own field names looks like a slip.
func TestDoubtful_BuiltInLayoutsAreSure(t *testing.T) {
	for _, l := range BuiltIn() {
		if d := l.Doubtful(); len(d) > 0 {
			t.Errorf("%s: %+v", l.Name, d)
		}
	}
}

func TestDoubtful_Slips(t *testing.T) {
	for name, want := range map[string]string{"snn": "ssn", "borne": "born", "adress_1": "address_1", "bron": "born", "row": "", "shoe_size": "", "postcode": ""} {
		l := &Layout{columns: []Column{{Name: name}}}
		got := ""
		if d := l.Doubtful(); len(d) > 0 {
			got = d[0].Nearest
		}
		if got != want {
			t.Errorf("%s: nearest %q, want %q", name, got, want)
		}
	}
}
