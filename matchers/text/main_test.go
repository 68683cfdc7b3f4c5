package text

import (
	"flag"
	"os"
	"testing"
)

// TestMain draws 10,000 cases for every law instead of rapid's 100: a case costs microseconds here, and a kernel that is wrong
// for one pair in a thousand would pass a hundred. An explicit -rapid.checks stands.
func TestMain(m *testing.M) {
	flag.Parse()
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "rapid.checks" })
	if !given && !testing.Short() {
		if err := flag.Set("rapid.checks", "10000"); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}
