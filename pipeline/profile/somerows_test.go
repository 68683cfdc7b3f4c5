package profile_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"locatematch/pipeline/profile"
	"locatematch/sources"
	"locatematch/sources/sourcetest"
)

// TestHint_SomeRowsAreShifted: in every fourth row the middle name is left out and the rest stands a column too early. Most of the
// values of each field are valid, and the fields behind the gap are pointed at all the same; in a file without such rows none is.
func TestHint_SomeRowsAreShifted(t *testing.T) {
	l, err := sources.Parse([]byte(`name: utility
title: a test
source: other
status: unconfirmed
origin: a test
format: csv
encoding: utf-8
names: none
records:
  data:
    fields:
      - {name: given}
      - {name: middle}
      - {name: ssn}
      - {name: born, form: CCYY-MM-DD}
      - {name: state}
      - {name: zip}
      - {name: remark}
`), "utility")
	if err != nil {
		t.Fatal(err)
	}
	for _, every := range []int{4, 1000} {
		var file strings.Builder
		for i := range 200 {
			middle := "J,"
			if i%5 == 0 {
				middle = ","
			}
			ssn := fmt.Sprintf("51%02d1%04d", i%90, 1000+i)
			if i%7 == 0 {
				ssn = ""
			}
			row := fmt.Sprintf("%s,1981-03-%02d,OH,44%03d,", ssn, 1+i%28, 100+i)
			if i%every == 1 {
				middle, row = "", row+","
			}
			file.WriteString("ANNA," + middle + row + "\n")
		}
		p, err := profile.Of(context.Background(), sourcetest.WriteFile(t, "utility.csv", []byte(file.String())), l, profile.Options{})
		if err != nil {
			t.Fatal(err)
		}
		said := map[string]bool{}
		for _, h := range p.Hints {
			said[h.Field] = said[h.Field] || strings.Contains(h.Words, "look shifted by one")
		}
		for _, field := range []string{"ssn", "born", "state"} {
			if said[field] != (every == 4) {
				t.Errorf("every %d: %s is pointed at %v: %v", every, field, said[field], p.Hints)
			}
		}
	}
}
