package synth

// famousNames are surnames that suppliers write in several ways: O'BRIEN, OBRIEN and O BRIEN; DE LA CRUZ and DELACRUZ; MARTINEZ-CRUZ,
// MARTINEZ CRUZ, MARTINEZCRUZ and one of the two alone. In a night of layouts a person of each name stands in every file.
var famousNames = []struct{ family, second string }{{"OBRIEN", ""}, {"DELACRUZ", ""}, {"MARTINEZ", "CRUZ"}}

// famous tells whether the family's subject is one of them.
func (f *family) famous() bool { return f.w.famous && int(f.number) < len(famousNames) }

// becomeFamous leaves the subject alone on the caseload, moved lately, and without anything that would keep a record from being found.
func (f *family) becomeFamous() {
	f.traits = traits{born: f.born, place: f.place, married: f.married, children: 1, parentStays: true, recent: true, childNumber: -1,
		orderByKin: -1, onCaseload: 1 << theSubject}
}

// famousSurnames are the surnames of a famous family's subject.
func (f *family) famousSurnames() (first, second *surname) {
	n := famousNames[f.number]
	return names().named(n.family), names().named(n.second)
}

// everywhere lists their subject numbers.
func (w *world) everywhere() (all []Someone) {
	for i, n := range famousNames {
		if !w.famous || i >= len(w.first)-1 {
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
