package matchers

import (
	"bytes"
	"cmp"
	"slices"
	"sync"
	"sync/atomic"

	"locatematch/matchers/text"
)

// ValueCounter counts, over the rows of the population, the values of the fields that some comparison weighs by frequency:
// names and places, never codes, addresses, mail addresses or numbers. Workers share it. The counts do not depend on the
// order of rows nor on who adds them (I8): a count is a sum, and the bytes of a value follow from its hash.
//
// Memory: every distinct value costs its hash and its count, 25 to 40 MB a million; the bytes only of those that five
// rows have. A field of more than mostDistinct values is given up, and the caseload's own frequencies serve: whether it is
// depends on the rows alone too.
type ValueCounter struct {
	spec   *Spec
	tables []*valueTable // by field; nil where nothing is counted
}

// mostDistinct values of one field are counted: 8 million, 300 MB at most. The United States have some six million surnames,
// misspelt ones included, so a field of more is no name.
const mostDistinct = 8 << 20

// mostDigits is how many digits a value may have to be listed: a ZIP code is a place, a longer number may be somebody's own.
const mostDigits = 5

// valueTable counts one field's values, in stripes by hash so that workers rarely wait for each other.
type valueTable struct {
	kind     text.Kind
	limit    int64
	distinct atomic.Int64
	stripes  [256]valueStripe
}

type valueStripe struct {
	mu     sync.Mutex
	rows   int64
	counts hashCounts
	values map[uint64]string // of those with fewest rows or more
}

// NewValueCounter counts nothing yet.
func NewValueCounter(spec *Spec) *ValueCounter {
	k := &ValueCounter{spec: spec, tables: make([]*valueTable, len(spec.Fields))}
	for i := range spec.Comparisons {
		if c := &spec.Comparisons[i]; c.Frequency {
			if f := spec.Field(c.Fields[0]); listable(spec.Fields[f].Kind) && k.tables[f] == nil {
				k.tables[f] = newValueTable(spec.Fields[f].Kind, mostDistinct)
			}
		}
	}
	return k
}

// listable kinds are names and places.
func listable(kind text.Kind) bool {
	switch kind {
	case text.Given, text.Middle, text.Family, text.Suffix, text.Name, text.Text, text.State:
		return true
	}
	return false
}

func newValueTable(kind text.Kind, limit int64) *valueTable {
	t := &valueTable{kind: kind, limit: limit}
	for i := range t.stripes {
		t.stripes[i].values = map[uint64]string{}
	}
	return t
}

// Fields lists the spec's fields whose values are counted.
func (k *ValueCounter) Fields() (fields []int) {
	for f, t := range k.tables {
		if t != nil {
			fields = append(fields, f)
		}
	}
	return fields
}

// Add counts a standard value for so many rows; an empty one holds nothing and is not counted.
func (k *ValueCounter) Add(field int, std []byte, rows uint32) {
	if t := k.tables[field]; t != nil && len(std) > 0 {
		t.add(std, rows)
	}
}

// AddOthers counts rows whose value is known to be none of those that Add was given.
func (k *ValueCounter) AddOthers(field int, rows uint32) {
	if t := k.tables[field]; t != nil {
		s := &t.stripes[0]
		s.mu.Lock()
		defer s.mu.Unlock()
		s.rows += int64(rows)
	}
}

func (t *valueTable) add(std []byte, rows uint32) {
	hash := valueHash(t.kind, std)
	s := &t.stripes[hash>>56]
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rows += int64(rows)
	if t.distinct.Load() > t.limit {
		s.counts, s.values = hashCounts{}, nil
		return
	}
	count := s.counts.at(hash)
	before := *count
	*count += min(rows, ^uint32(0)-before)
	if before == 0 {
		t.distinct.Add(1)
	}
	if before < fewest && *count >= fewest && digits(std) <= mostDigits {
		s.values[hash] = joinedForm(t.kind, std)
	}
}

// joinedForm is a value as it is listed: names without their spaces, as they are compared.
func joinedForm(kind text.Kind, std []byte) string {
	if joins(kind) {
		std = bytes.ReplaceAll(std, []byte(" "), nil)
	}
	return string(std)
}

func digits(std []byte) (n int) {
	for _, c := range std {
		if c >= '0' && c <= '9' {
			n++
		}
	}
	return n
}

// FieldCount is what was counted of one field.
type FieldCount struct {
	Field       string
	Comparisons []string // that weigh it by frequency
	Holders     int64    // rows with a value
	Distinct    int64    // different values, at most as many as are counted
	Excess      bool     // there are more
	Listed      []ValueCount
}

// Counts gives every field's count, in the order of the spec; values in the order of their bytes. No row may be added after.
func (k *ValueCounter) Counts() (list []FieldCount) {
	for f, t := range k.tables {
		if t == nil {
			continue
		}
		distinct := t.distinct.Load() // where workers gave up at once, a few above the limit
		count := FieldCount{Field: k.spec.Fields[f].Name, Distinct: min(distinct, t.limit), Excess: distinct > t.limit}
		count.Comparisons = k.spec.weighedBy(count.Field)
		for i := range t.stripes {
			s := &t.stripes[i]
			count.Holders += s.rows
			if !count.Excess {
				for hash := range s.values {
					count.Listed = append(count.Listed, ValueCount{Value: s.values[hash], Count: s.counts.of(hash)})
				}
			}
		}
		slices.SortFunc(count.Listed, func(a, b ValueCount) int { return cmp.Compare(a.Value, b.Value) })
		list = append(list, count)
	}
	return list
}

// weighedBy lists the comparisons that weigh a field by frequency.
func (s *Spec) weighedBy(field string) (comparisons []string) {
	for _, c := range s.Comparisons {
		if c.Frequency && c.Fields[0] == field {
			comparisons = append(comparisons, c.Name)
		}
	}
	return comparisons
}

// Serves reports whether a count may stand for the population beside a caseload: a field of fewer rows than half of the
// caseload's subjects would know less of its names than the caseload does, and take more than a bit from every rare one.
func (n *FieldCount) Serves(c *Caseload) bool {
	holders := c.columns[c.plan.spec.Field(n.Field)].holders
	return !n.Excess && n.Holders > 0 && 2*n.Holders >= int64(holders)
}
