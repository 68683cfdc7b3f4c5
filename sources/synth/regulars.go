package synth

// The regulars are three people who turn up in every supplier's file of a night of layouts. Their surnames are those that suppliers
// write in several ways: O'BRIEN, OBRIEN and O BRIEN; DE LA CRUZ and DELACRUZ; MARTINEZ-CRUZ, MARTINEZ CRUZ, MARTINEZCRUZ and one of
// the two alone.
var regularNames = []struct{ family, second string }{{"OBRIEN", ""}, {"DELACRUZ", ""}, {"MARTINEZ", "CRUZ"}}

// regular tells whether the family's subject is one of them.
func (f *family) regular() bool { return f.w.regulars && int(f.number) < len(regularNames) }

// becomeRegular leaves the subject alone on the caseload, moved lately, and without anything that would keep a record from being found.
func (f *family) becomeRegular() {
	f.traits = traits{born: f.born, place: f.place, married: f.married, children: 1, parentStays: true, recent: true, childNumber: -1,
		orderByKin: -1, onCaseload: 1 << theSubject}
}

// regularSurnames are the surnames of a regular.
func (f *family) regularSurnames() (first, second *surname) {
	n := regularNames[f.number]
	return names().named(n.family), names().named(n.second)
}

// listRegulars lists their subject numbers.
func (w *world) listRegulars() (all []Someone) {
	for i, n := range regularNames {
		if !w.regulars || i >= len(w.first)-1 {
			break
		}
		surname := n.family
		if n.second != "" {
			surname += "-" + n.second
		}
		all = append(all, Someone{w.subjectID(w.first[i]), surname})
	}
	return all
}

// named finds a surname of the table, nil for none.
func (t *nameTables) named(text string) *surname {
	for i := range t.surnames {
		if t.surnames[i].text == text {
			return &t.surnames[i]
		}
	}
	return nil
}
