package synth

// planAll is plan, with the rows of the further kinds of files. Of a regular's family it is one plain row in every kind.
func (f *family) planAll(rows []planned) []planned {
	if f.regular() {
		rows = append(rows, planned{postal, ownMove, theSubject, 0}, planned{employment, hired, theSubject, 0},
			planned{military, asked, theSubject, 0}, planned{financial, book, theSubject, 0})
		for kind := locates; kind < kinds; kind++ {
			rows = append(rows, planned{kind, met, theSubject, 0})
		}
		return rows
	}
	rows = f.plan(rows)
	s := streamOf(f.w.seed, ofPlan, uint64(f.number), 1)
	for slot := range slots {
		located, paid, meets := s.chance(rateLocated), s.chance(rateBenefits), s.chance(rateMet)
		if !f.has(slot) || slot >= firstChild && slot <= lastChild {
			continue
		}
		sought := slot == theSubject || slot == theSibling && f.held(slot)
		meet := func(is bool, kind extract) {
			what := met
			if kind == locates && slot == theSubject && f.wrongNumber {
				what = askedWrong // the locate service, too, finds whoever has the number
			}
			if is {
				rows = append(rows, planned{kind, what, uint8(slot), 0})
			}
		}
		meet(located && sought, locates)
		meet(paid, benefits)
		meet(meets, meetings)
		person := f.person(slot).number
		confined, _, _ := f.w.confined(person)
		died, _ := f.w.died(person)
		meet(confined, prisons)
		meet(died, deaths)
	}
	return rows
}

// ourAsking is planAll as our own inquiries have it: we ask about the person whom we look for, whoever answers to the number.
func ourAsking(f *family, rows []planned) []planned {
	rows = f.planAll(rows)
	for i := range rows {
		if rows[i].event == askedWrong {
			rows[i].event = asked
		}
	}
	return rows
}

// plan draws every family's rows once, and shares the strangers out evenly over the files.
func (n *night) plan() {
	var f family
	var buffer [64]planned
	for number := range len(n.world.first) - 1 {
		n.world.familyInto(&f, uint32(number))
		for _, x := range n.writers {
			for _, row := range x.plan(&f, buffer[:0]) {
				if row.extract != x.extract {
					continue
				}
				b := &x.buckets[f.bucketOf(row, len(x.buckets))]
				b.families = append(b.families, uint32(number))
				if owner := row.owner(); owner < 0 || !f.held(owner) {
					n.others++
				}
			}
		}
	}
	left := max(0, int64(n.options.Strangers)-n.others)
	for i, x := range n.writers {
		share := left / int64(len(n.writers)-i)
		left -= share
		addToBuckets(x.buckets, share)
	}
}
