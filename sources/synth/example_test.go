package synth_test

import (
	"context"
	"fmt"
	"os"
	"strings"

	"locatematch/sources/synth"
)

// The demo's night. Its numbers are part of the promise: the same seed makes the same night.
func ExampleNight() {
	dir, _ := os.MkdirTemp("", "night")
	defer os.RemoveAll(dir)
	s, err := synth.Night(context.Background(), synth.Options{Out: dir, Seed: 1, Subjects: 2_000, Strangers: 20_000})
	if err != nil {
		fmt.Println(err)
		return
	}
	page, _, _ := strings.Cut(s.String(), "father_son")
	fmt.Println(strings.TrimSpace(page))
	// Output:
	// a night as of 2026-11-21: 2000 subjects (558 of them shields), 20000 rows of strangers, 1657 true pairs, 5557 facts
	//
	// caseload.csv                             2000 rows
	// in/fidm-20261121.txt                     9050 rows
	// in/ncoa-20261121.csv                     5190 rows
	// in/scra-20261121.txt                     1920 rows
	// in/w4-20261121.txt.gz                    5497 rows
	// in/cases.csv                             2106 rows
	// in/addresses.csv                          410 rows
	// in/employers.csv                          133 rows
	// in/invalid-pairs.csv                       17 rows
	// in/levies.csv                              44 rows
	// in/renumbered.csv                           6 rows
}
