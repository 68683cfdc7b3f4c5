package pipeline

import (
	"bytes"
	"fmt"
	"slices"

	"locatematch/matchers"
	"locatematch/matchers/text"
	"locatematch/sources"
	"locatematch/sources/person"
)

// An institution that answers our inquiry is to state the names it has itself, and some are known to give back those that they were
// asked about (domain.md sections 2 and 10). In the fields of an echo that is no evidence, and a layout says so; in the supplier's
// own fields nothing shows it but the file. One answer that repeats our inquiry to the letter shows nothing: people are called what
// they are called. A section in which nearly all answers do is another matter: an institution's own books have middle names, nicknames,
// apostrophes, joint titles and slips that our inquiry does not. So each section is measured, and one that echoes is read as if its layout had marked
// as echoes the fields that we had sent: what else it says, an address or a birth date that we did not send, still counts.

// DefaultEchoShare is the share of a section's answers that repeat our inquiry from which the section is taken to echo it: own books
// repeat it in about one answer of two (pipeline/DESIGN.md).
const DefaultEchoShare = .98

// inquiryLayouts are what we send to the sources whose inquiry this product writes; of others it is not known, and their answers are
// held against number, names and birth date.
var inquiryLayouts = map[string]string{"financial": inquiryKinds["fidm"].layout, "military": inquiryKinds["scra"].layout}

// inquirySent says how the answers of an extract are held against our inquiry. nil: they cannot be, since the layout passes no key back
// or has no name of the supplier's own.
type inquirySent struct {
	key       int // comparison of our own key
	ssn, born int // spec fields; -1 where we sent none, or the spec has none
	names     []sentName
	unsent    []int // name fields that we sent nothing of: a value there is the supplier's own
}

// sentName is a name field of our inquiry.
type sentName struct {
	field int
	width int // to which the inquiry cuts it; 0: not at all
}

// sentTo is nil where answers cannot be held against our inquiry.
func sentTo(spec *matchers.Spec, b *binding, l *sources.Layout, source string) *inquirySent {
	key := slices.IndexFunc(spec.Comparisons, func(c matchers.Comparison) bool { return c.Kind == "key" })
	own := func(name string) bool { f := spec.Field(name); return f >= 0 && b.fields[f].bound() }
	if key < 0 || !own(person.Key) || ownColumn(l, person.Key, sources.Key, 1) < 0 || !own(person.Family) {
		return nil
	}
	a := &inquirySent{key: key, ssn: -1, born: -1}
	widths := sentWidths(source)
	for _, name := range []string{person.SSN, person.Born, person.Given, person.Middle, person.Family, person.Suffix} {
		f := spec.Field(name)
		width, sent := widths[name]
		switch {
		case f < 0:
		case name == person.SSN && sent:
			a.ssn = f
		case name == person.Born:
			if sent {
				a.born = f
			}
		case sent:
			a.names = append(a.names, sentName{field: f, width: width})
		case name != person.SSN:
			a.unsent = append(a.unsent, f)
		}
	}
	return a
}

// sentWidths are the fields of identity that we send to a source, with the width that cuts a name.
func sentWidths(source string) map[string]int {
	widths := map[string]int{person.SSN: 0, person.Born: 0, person.Given: 0, person.Middle: 0, person.Family: 0}
	name, known := inquiryLayouts[source]
	if !known {
		return widths
	}
	clear(widths)
	l, err := sources.Load(name)
	if err != nil {
		panic(fmt.Sprintf("the built-in layout %s: %v", name, err))
	}
	for _, f := range l.Records.Data.Fields {
		switch f.Name {
		case person.SSN, person.Born, person.Given, person.Middle, person.Family:
			widths[f.Name] = f.Width
		}
	}
	return widths
}

// fields are the spec fields whose values an echo gives back, and those parts of a name that it cannot have.
func (a *inquirySent) fields() (fields []int) {
	for _, f := range append([]int{a.ssn, a.born}, a.unsent...) {
		if f >= 0 {
			fields = append(fields, f)
		}
	}
	for _, n := range a.names {
		fields = append(fields, n.field)
	}
	return fields
}

// echoed is a binding of an echo: the fields that we sent are not bound.
func (a *inquirySent) echoed(b *binding) *binding {
	echo := *b
	echo.fields = slices.Clone(b.fields)
	for _, f := range a.fields() {
		echo.fields[f] = origin{}
	}
	return &echo
}

// countAnswer counts a linked record that came back under the key of somebody on the caseload and names somebody, and whether it says
// of him nothing but what we had sent. Records without scored pairs have no key of ours, so that strangers cost nothing here.
func (w *worker) countAnswer(e *extractPlan, rows valuer, row int, scored []matchers.Scored, t *tally) {
	a := e.sent
	if a == nil {
		return
	}
	at := slices.IndexFunc(scored, func(s matchers.Scored) bool { return s.Pattern.Level(a.key) == 1 })
	if at < 0 {
		return
	}
	names, same := w.repeats(a, rows, row, scored[at].Subject)
	if names {
		t.answers++
		if same {
			t.repeated++
		}
	}
}

// repeats reports whether a record names somebody in fields of its own, and whether all that it says of him is what our inquiry said
// of a subject: the number, the first name on the caseload as federal files write it, cut as the inquiry cuts it.
func (w *worker) repeats(a *inquirySent, rows valuer, row int, subject uint32) (names, same bool) {
	frozen := w.night.caseload.frozen
	written := func(f int) []byte { return w.late.standard.raw(w.binding, rows, row, f) }
	same = true
	for _, n := range a.names {
		raw := written(n.field)
		if len(raw) > 0 {
			names = true
			same = same && asSent(raw, frozen.Value(subject, n.field, 0).Std, n.width)
		}
	}
	for _, f := range a.unsent {
		same = same && len(written(f)) == 0
	}
	if f := a.born; f >= 0 && same && len(written(f)) > 0 {
		same = w.late.Value(f).Num == frozen.Value(subject, f, 0).Num
	}
	if f := a.ssn; f >= 0 && same && len(written(f)) > 0 {
		same = hasNumber(frozen, subject, f, w.late.Value(f).Num)
	}
	return names, same && names
}

// hasNumber reports that a number is one of those that the caseload has of a subject: each is asked about by itself.
func hasNumber(frozen *matchers.Caseload, subject uint32, field int, number uint64) bool {
	for set := range frozen.Sets(subject, field) {
		if frozen.Value(subject, field, set).Num == number {
			return true
		}
	}
	return false
}

// asSent reports that a name as written is one in standard form as our inquiry writes it: capitals, without blanks and marks, cut to a
// width. Hyphens may stand or not: the standard form does not keep them.
func asSent(raw, std []byte, width int) bool {
	var room [2 * text.Limit]byte
	letters, ours := without(room[:0:text.Limit], raw, '-'), without(room[text.Limit:text.Limit], std, ' ')
	return bytes.Equal(letters, ours) || width > 0 && len(raw) == width && bytes.HasPrefix(ours, letters)
}

func without(to, from []byte, mark byte) []byte {
	for _, c := range from {
		if c != mark {
			to = append(to, c)
		}
	}
	return to
}
