package policy

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// fault is one thing wrong with a layer, at its place in the file.
type fault struct {
	at   *token.Token // nil: the file as a whole
	text string
}

func (f *fault) Error() string { return f.text }

// place writes the fault with the file's name and, where it has a place, its line and an excerpt.
func (f *fault) place(path string) string {
	if f.at == nil {
		return path + ": " + f.text
	}
	return path + ": " + strings.TrimSpace((&yaml.SyntaxError{Message: f.text, Token: f.at}).FormatError(false, true))
}

// at gives an error the place of a node, unless it has one already.
func at(n ast.Node, err error) *fault {
	var placed *fault
	if errors.As(err, &placed) {
		return placed
	}
	return &fault{n.GetToken(), err.Error()}
}

func faultAt(n ast.Node, format string, args ...any) *fault {
	return &fault{n.GetToken(), fmt.Sprintf(format, args...)}
}

// entry is one key of a mapping, with its value.
type entry struct {
	key   string
	at    ast.Node
	value ast.Node
}

// entries lists a mapping's keys in the order of the file.
func entries(n ast.Node, what string) ([]entry, error) {
	m, ok := n.(ast.MapNode)
	if !ok {
		return nil, faultAt(n, "want %s", what)
	}
	var all []entry
	seen := map[string]bool{}
	for it := m.MapRange(); it.Next(); {
		name := it.Key().GetToken().Value
		if seen[name] {
			return nil, faultAt(it.Key(), "%s stands twice", name)
		}
		seen[name] = true
		all = append(all, entry{name, it.Key(), it.Value()})
	}
	return all, nil
}

// each calls read for the members of a list.
func each(n ast.Node, read func(ast.Node) error) error {
	list, ok := n.(*ast.SequenceNode)
	if !ok {
		return errors.New("want a list, such as [a, b]")
	}
	for _, member := range list.Values {
		if err := read(member); err != nil {
			return at(member, err)
		}
	}
	return nil
}

// scalar is a single value's text as it is written.
func scalar(n ast.Node) (string, error) {
	switch v := n.(type) {
	case *ast.StringNode:
		return strings.TrimSpace(v.Value), nil
	case *ast.LiteralNode:
		return strings.Join(strings.Fields(v.Value.Value), " "), nil
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return n.GetToken().Value, nil
	}
	return "", errors.New("want a single value")
}

// word is one of the words there are.
func word(n ast.Node, known []string) (string, error) {
	s, err := scalar(n)
	if err != nil {
		return "", err
	}
	for _, k := range known {
		if s == k {
			return s, nil
		}
	}
	return "", fmt.Errorf("%q: there is %s", s, strings.Join(known, ", "))
}

func truth(n ast.Node) (bool, error) {
	b, ok := n.(*ast.BoolNode)
	if !ok {
		return false, errors.New("want true or false")
	}
	return b.Value, nil
}

// greatestCount is the greatest number of days, months or leads that a rule may state: a century of days.
const greatestCount = 36_525

func whole(n ast.Node, least int) (int, error) {
	s, err := scalar(n)
	if err != nil {
		return 0, err
	}
	i, err := strconv.Atoi(s)
	if err != nil || i < least || i > greatestCount {
		return 0, fmt.Errorf("%q: want a whole number from %d to %d", s, least, greatestCount)
	}
	return i, nil
}

// readLimits reads a mapping of measures to quantities.
func readLimits(n ast.Node) (all []limit, err error) {
	list, err := entries(n, "a quantity for each measure, such as {arrears: 600.00}")
	if err != nil {
		return nil, err
	}
	for _, e := range list {
		m := measureNamed(e.key)
		if m == nil {
			return nil, faultAt(e.at, "%q: there is %s", e.key, strings.Join(measureNames(), ", "))
		}
		s, err := scalar(e.value)
		if err != nil {
			return nil, at(e.value, err)
		}
		l, err := parseLimit(m, s)
		if err != nil {
			return nil, at(e.value, err)
		}
		all = append(all, l)
	}
	return all, nil
}
