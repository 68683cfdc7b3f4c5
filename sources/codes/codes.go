package codes

import (
	"embed"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

	"locatematch/sources/person"
)

// List is the codes of one kind and what they mean.
type List struct {
	Name   string   `yaml:"name"`
	Title  string   `yaml:"title"`
	Fields []string `yaml:"fields"` // canonical names of the fields that hold these codes
	Origin string   `yaml:"origin"` // the source of codes and meanings
	// Each, where it is not 0, says that a value is several codes side by side, of so many bytes each.
	Each int `yaml:"each"`
	// First, where it is not 0, says that only so many bytes of a value are the code.
	First int    `yaml:"first"`
	Codes []Code `yaml:"codes"`

	index map[string]int
}

// Code is one code of a list.
type Code struct {
	Code  string `yaml:"code"`
	Words string `yaml:"words"` // for an officer; no capital, no full stop
	// Silent: the code is known, and says nothing that an officer would want to read (not reported, not tried).
	Silent bool `yaml:"silent"`
	// Tell: the words belong into a lead's sentence, for they speak for or against it.
	Tell   bool   `yaml:"tell"`
	Origin string `yaml:"origin"` // where the meaning is not from the list's source
}

// Meaning is a code as it came, and what is known of it.
type Meaning struct {
	Field, Code string
	Words       string // "" of a silent code, and of one that is not known
	Known, Tell bool
}

// longestCode is the longest unknown value that is shown as a code: in a file whose columns are shifted, more could be a part of
// somebody's number.
const longestCode = 3

// noCode stands for a value that is not shown.
const noCode = "(no code)"

// Shown is the code as it may be written anywhere: one that no list has only if it can be nothing but a code.
func (m Meaning) Shown() string {
	if !m.Known && (len(m.Code) > longestCode || strings.ContainsFunc(m.Code, notOfACode)) {
		return noCode
	}
	return m.Code
}

func notOfACode(r rune) bool {
	return !(r >= '0' && r <= '9' || r >= 'A' && r <= 'Z')
}

// Told is what a reader is told of a code: what it means, that its list does not have it, or nothing of one that says nothing.
//
//	checking account
//	code 07, not in the list account-type
func (m Meaning) Told() string {
	switch {
	case m.Known:
		return m.Words
	case m.Shown() == noCode:
		return "a value that is no code, not in the list " + Of(m.Field).Name
	}
	return "code " + m.Code + ", not in the list " + Of(m.Field).Name
}

//go:embed lists/*.yaml
var embedded embed.FS

// builtIn reads the lists once. A built-in list that does not pass its checks is a fault of the program.
var builtIn = sync.OnceValue(func() []*List {
	entries, err := embedded.ReadDir("lists")
	if err != nil {
		panic(err)
	}
	var all []*List
	for _, e := range entries {
		raw, err := embedded.ReadFile("lists/" + e.Name())
		if err != nil {
			panic(err)
		}
		l, err := parse(raw, e.Name())
		if err != nil {
			panic(err)
		}
		all = append(all, l)
	}
	return all
})

var byField = sync.OnceValue(func() map[string]*List {
	lists := map[string]*List{}
	for _, l := range builtIn() {
		for _, f := range l.Fields {
			if lists[f] != nil {
				panic(fmt.Sprintf("codes: %s and %s both explain %s", lists[f].Name, l.Name, f))
			}
			lists[f] = l
		}
	}
	return lists
})

// Lists are the built-in lists by name. They are shared; do not change them.
func Lists() []*List { return builtIn() }

// Of is the list of a canonical field, nil where it holds no code.
func Of(field string) *List { return byField()[field] }

// Fields are the canonical fields that hold codes, in the order of the lists.
func Fields() (fields []string) {
	for _, l := range builtIn() {
		fields = append(fields, l.Fields...)
	}
	return fields
}

// Words are what an officer reads of a field's code; "" where there is nothing to read, or the code is not known.
func Words(field, value string) string {
	var words []string
	for _, m := range Read(field, value) {
		if m.Words != "" {
			words = append(words, m.Words)
		}
	}
	return strings.Join(words, "; ")
}

// Read takes a field's value apart into its codes, one unless the list says otherwise. It is empty for an empty value and for a
// field that holds no code.
func Read(field, value string) (codes []Meaning) {
	l := Of(field)
	if l == nil {
		return nil
	}
	for _, code := range l.split(strings.ToUpper(strings.TrimSpace(value))) {
		m := Meaning{Field: field, Code: code}
		if i, known := l.index[code]; known {
			c := &l.Codes[i]
			m.Known, m.Tell = true, c.Tell
			if !c.Silent {
				m.Words = c.Words
			}
		}
		codes = append(codes, m)
	}
	return codes
}

func (l *List) split(value string) (codes []string) {
	switch {
	case value == "":
		return nil
	case l.First > 0:
		return []string{value[:min(l.First, len(value))]}
	case l.Each == 0:
		return []string{value}
	}
	for len(value) > 0 {
		n := min(l.Each, len(value))
		if code := strings.TrimSpace(value[:n]); code != "" {
			codes = append(codes, code)
		}
		value = value[n:]
	}
	return codes
}

// parse reads one list from its YAML and checks it.
func parse(raw []byte, path string) (*List, error) {
	l := new(List)
	if err := yaml.UnmarshalWithOptions(raw, l, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("%s: %s", path, strings.TrimSpace(yaml.FormatError(err, false, true)))
	}
	l.index = make(map[string]int, len(l.Codes))
	var faults []error
	fault := func(is bool, format string, args ...any) {
		if is {
			faults = append(faults, fmt.Errorf(path+": "+format, args...))
		}
	}
	fault(l.Name == "" || l.Title == "" || l.Origin == "", "a list has a name, a title and an origin")
	fault(l.Each > 0 && l.First > 0, "each and first exclude each other")
	fault(len(l.Fields) == 0 || len(l.Codes) == 0, "a list has fields and codes")
	for _, f := range l.Fields {
		fault(!person.Known(f), "%s is no canonical field", f)
	}
	for i, c := range l.Codes {
		_, twice := l.index[c.Code]
		fault(twice, "code %s stands twice", c.Code)
		fault(c.Code == "" || c.Code != strings.ToUpper(c.Code), "code %q: not empty, and in capitals", c.Code)
		fault(c.Words == "", "code %s has no words", c.Code)
		fault(c.Silent && c.Tell, "code %s: silent or told, not both", c.Code)
		l.index[c.Code] = i
	}
	return l, errors.Join(faults...)
}
