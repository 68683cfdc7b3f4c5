package guess

import (
	_ "embed"
	"maps"
	"slices"
	"strings"
	"unicode"

	"locatematch/sources/person"
)

//go:embed headers.txt
var headersText string

// wordTable is headers.txt, read.
type wordTable struct {
	spelling map[string]string // one word and what it becomes
	silent   map[string]bool
	prefix   map[string]string
	either   map[string][2]string
	another  map[string]bool   // words of another person
	field    map[string]string // phrase to canonical field
}

var words = readWords(headersText)

func readWords(table string) *wordTable {
	t := &wordTable{spelling: map[string]string{}, silent: map[string]bool{}, prefix: map[string]string{}, either: map[string][2]string{}, another: map[string]bool{}, field: map[string]string{}}
	for line := range strings.Lines(table) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		word, rest, _ := strings.Cut(strings.TrimSpace(line[1:]), " ")
		switch line[0] {
		case '=':
			t.spelling[word] = rest
		case '-':
			t.silent[word] = true
		case '@':
			t.prefix[word] = rest
		case '?':
			first, second, _ := strings.Cut(rest, " ")
			t.either[word] = [2]string{first, second}
		case '!':
			t.another[word] = true
		default:
			name, phrases, _ := strings.Cut(line, ":")
			for phrase := range strings.SplitSeq(phrases, "|") {
				t.field[strings.TrimSpace(phrase)] = name
			}
		}
	}
	return t
}

// column is what the words of a column's name say: the canonical field, "" when they say none. A name of this product's own means
// itself, and given_2 the second given name.
func (t *wordTable) column(name string) string {
	own := slug(name)
	if person.Known(own) {
		return own
	}
	if base, repeat := repeated(own); base != "" && strings.ToLower(name) == own {
		return base + "." + repeat
	}
	return t.meaning(name)
}

// repeated takes given_2 apart, the second given name of a file of this product's own; zip_4 is no fourth ZIP.
func repeated(own string) (base, repeat string) {
	cut := len(own) - 2
	if cut <= 0 || own[cut] != '_' || own[cut+1] < '2' || own[cut+1] > '9' || !person.Known(own[:cut]) || own == "zip_4" {
		return "", ""
	}
	return own[:cut], own[cut+1:]
}

// meaning is what the table says of a column's name.
func (t *wordTable) meaning(name string) string {
	var kept []string
	prefix := ""
	for _, w := range t.words(name) {
		if t.another[w] {
			return ""
		}
		kept = append(kept, w)
	}
	if field := t.field[strings.Join(kept, " ")]; field != "" {
		return field
	}
	var rest []string
	for _, w := range kept {
		if p, is := t.prefix[w]; is && prefix == "" {
			prefix = p
			continue
		}
		if !t.silent[w] {
			rest = append(rest, w)
		}
	}
	field := t.field[strings.Join(rest, " ")]
	if prefix == "" {
		return field
	}
	if full := prefix + field; person.Known(full) || field == person.Zip4 {
		return full
	}
	return ""
}

// settle decides what words of two meanings mean in one file, by the words of all its columns: where some columns speak of employees in
// full and none of employers, emp is an employer; else it is the employee.
func (t *wordTable) settle(columns []field) *wordTable {
	said := map[string]bool{}
	for _, f := range columns {
		for _, w := range t.words(f.column) {
			said[w] = true
		}
	}
	settled := *t
	settled.spelling = maps.Clone(t.spelling)
	for word, means := range t.either {
		settled.spelling[word] = means[0]
		if said[means[0]] && !said[means[1]] {
			settled.spelling[word] = means[1]
		}
	}
	return &settled
}

// words are the words of a column's name in one spelling. FirstName, first_name and FIRST-NAME are the same two.
func (t *wordTable) words(name string) (list []string) {
	var b strings.Builder
	before, run := rune(0), 0 // letters since a mark
	for _, r := range name {
		letters := run
		if run++; !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			run = 0
		}
		switch {
		case r == '#':
			b.WriteString(" number ")
		case r == '\'', r == '.' && letters == 1: // D.O.B., but owner.balance
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			b.WriteByte(' ')
		case unicode.IsUpper(r) && unicode.IsLower(before), unicode.IsDigit(r) && unicode.IsLower(before) && len(name) > 5:
			b.WriteByte(' ')
			fallthrough
		default:
			b.WriteRune(unicode.ToLower(r))
		}
		before = r
	}
	for _, w := range strings.Fields(b.String()) {
		if other, known := t.spelling[w]; known {
			list = append(list, strings.Fields(other)...)
			continue
		}
		list = append(list, w)
	}
	return slices.Compact(list) // a cell phone is a phone, and no phone phone
}

// slug makes a field's own name of a column's: letters, digits and underscores.
func slug(name string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			b.WriteRune(r)
		} else if s := b.String(); s != "" && s[len(s)-1] != '_' {
			b.WriteByte('_')
		}
	}
	return strings.Trim(b.String(), "_")
}
