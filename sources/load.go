package sources

import (
	"embed"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"
)

//go:embed layouts/*.yaml
var embedded embed.FS

// builtIn reads the embedded layouts once. A built-in layout that does not
// pass its own checks is a fault of the program.
var builtIn = sync.OnceValue(func() []*Layout {
	entries, err := embedded.ReadDir("layouts")
	if err != nil {
		panic(err)
	}
	var all []*Layout
	for _, e := range entries {
		text, err := embedded.ReadFile("layouts/" + e.Name())
		if err != nil {
			panic(err)
		}
		l, err := Parse(text, e.Name())
		if err != nil {
			panic(err)
		}
		all = append(all, l)
	}
	slices.SortFunc(all, func(a, b *Layout) int { return strings.Compare(a.Name, b.Name) }) // example-fidm before example-fidm-all
	return all
})

// BuiltIn lists the built-in layouts by name.
func BuiltIn() []*Layout { return append([]*Layout(nil), builtIn()...) }

// Load finds a layout: a built-in one by its name, or the agency's own by the
// path of its YAML file, which holds a slash or ends in .yaml or .yml. The
// error of an unknown name suggests the nearest; that of a file names file and
// line of every fault.
func Load(nameOrPath string) (*Layout, error) {
	if isPath(nameOrPath) {
		text, err := os.ReadFile(nameOrPath)
		if err != nil {
			return nil, fmt.Errorf("layout: %w", err)
		}
		return Parse(text, nameOrPath)
	}
	var names []string
	for _, l := range builtIn() {
		if l.Name == nameOrPath {
			return l, nil
		}
		names = append(names, l.Name)
	}
	return nil, fmt.Errorf("no layout named %s; %s", nameOrPath, suggest(nameOrPath, names))
}

func isPath(s string) bool {
	return strings.ContainsRune(s, '/') || strings.HasSuffix(s, ".yaml") || strings.HasSuffix(s, ".yml")
}

// Parse reads one layout from its YAML and checks it. Unknown and doubled keys
// are errors that show the line; the faults of what the layout says come all
// at once. path only serves the messages.
func Parse(text []byte, path string) (*Layout, error) {
	l := new(Layout)
	if err := decode(text, l); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if faults := l.faults(); len(faults) > 0 {
		return nil, faults.place(text, path)
	}
	l.compile()
	return l, nil
}

// decode reads strict YAML. A few documents that are none (a tag where a list should be) make the YAML library panic, and are an
// error like any other.
func decode(text []byte, l *Layout) (err error) {
	defer func() {
		if recover() != nil {
			err = errors.New("not YAML that can be read")
		}
	}()
	if err := yaml.UnmarshalWithOptions(text, l, yaml.Strict()); err != nil {
		return errors.New(strings.TrimSpace(yaml.FormatError(err, false, true)))
	}
	return nil
}

// suggest ends an error about an unknown word: the nearest known one when it
// is near enough to be a slip, else all of them.
func suggest(word string, known []string) string {
	best, least := "", len(word)/2+1
	for _, k := range known {
		if d := edits(word, k); d < least {
			best, least = k, d
		}
	}
	if best != "" {
		return fmt.Sprintf("did you mean %s?", best)
	}
	return "known are " + strings.Join(known, ", ")
}

// edits is the Levenshtein distance in bytes.
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
