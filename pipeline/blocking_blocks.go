package pipeline

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"locatematch/matchers"
	"locatematch/matchers/text"
)

// Block is one of a rule's largest blocks: how many subjects share a key, and the key with its values masked.
type Block struct {
	Subjects int    `json:"subjects"`
	Key      string `json:"key"`
	Capped   bool   `json:"capped,omitempty"` // more than the cap allows: the key proposes nothing
}

// Blocks shown of a rule, and the least subjects of one that is shown: what fewer than five share could tell who they are.
const (
	shownBlocks   = 3
	leastSubjects = 5
)

// largestBlocks gives a rule's largest blocks, the greatest first.
func (n *night) largestBlocks(rule int) []Block {
	list := []Block{}
	for _, b := range n.caseload.frozen.LargestBlocks(rule, shownBlocks) {
		if b.Subjects < leastSubjects {
			break
		}
		list = append(list, Block{Subjects: b.Subjects, Key: maskedKey(n.plan.Spec, b), Capped: b.Capped})
	}
	return list
}

// maskedValue shows of a value what tells a common name from a placeholder and no more: of words the first letter and the
// length, of a date the year, of a ZIP code its area, of an SSN what is shown everywhere, a state and a sex as they are, of all
// other numbers nothing.
func maskedValue(f matchers.Field, v matchers.Value) string {
	if neverShown[f.Name] {
		return "***"
	}
	switch f.Kind {
	case text.Date:
		return fmt.Sprintf("%04d-··-··", v.Num/10000)
	case text.Zip:
		zip, _ := text.SplitZip(v.Num)
		return fmt.Sprintf("%03d··", zip%100000/100)
	case text.SSN:
		return shownNumber(f.Kind, v.Num)
	case text.Sex, text.State, text.Suffix:
		return masked(shown(f, v))
	case text.Exact, text.Digits, text.Number, text.Phone:
		return "***"
	}
	words := strings.Fields(printable(string(v.Std)))
	for i, word := range words {
		first, size := utf8.DecodeRuneInString(word)
		if first >= '0' && first <= '9' {
			first = '·' // a house number, or an SSN in a field of names
		}
		words[i] = string(first) + strings.Repeat("·", utf8.RuneCountInString(word[size:]))
	}
	return strings.Join(words, " ")
}

// maskedKey shows as much of a key as it takes to find the people again in the caseload, and not more: it is one of them
// whose values these are. Of fewer than leastSubjects it shows nothing.
func maskedKey(spec *matchers.Spec, b matchers.Block) string {
	if b.Subjects < leastSubjects {
		return ""
	}
	words := make([]string, len(b.Key))
	for i, part := range b.Key {
		f := spec.Fields[part.Field]
		words[i] = f.Name + " " + maskedValue(f, part.Value)
	}
	return strings.Join(words, ", ")
}
