package sources

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/parser"
)

// fault is one thing wrong with a layout, and where in its YAML.
type fault struct {
	path string // YAML path, such as $.records.data.fields[3]
	text string
}

// faults collects all that is wrong, so that a person mends a layout in one go.
type faults []fault

func (f *faults) add(path, format string, args ...any) {
	*f = append(*f, fault{path, fmt.Sprintf(format, args...)})
}

// place turns the faults into one error with a line of the file for each.
func (f faults) place(text []byte, path string) error {
	lines := make([]string, len(f))
	for i, x := range f {
		if n := lineOf(text, x.path); n > 0 {
			lines[i] = fmt.Sprintf("%s:%d: %s", path, n, x.text)
		} else {
			lines[i] = fmt.Sprintf("%s: %s", path, x.text)
		}
	}
	return fmt.Errorf("%s", strings.Join(lines, "\n"))
}

// lineOf is the line on which a YAML path stands, or the nearest path above it
// that is there (a missing key has no line); 0 when none is.
func lineOf(text []byte, path string) int {
	file, err := parser.ParseBytes(text, 0)
	if err != nil {
		return 0
	}
	for ; len(path) > len("$."); path = parent(path) {
		p, err := yaml.PathString(path)
		if err != nil {
			return 0
		}
		if node, err := p.FilterFile(file); err == nil && node.GetToken() != nil {
			return node.GetToken().Position.Line
		}
	}
	return 0
}

// parent cuts the last key or index from a YAML path.
func parent(path string) string {
	return path[:max(strings.LastIndexAny(path, ".["), 0)]
}
