package synth

// build draws the families until they hold the wanted number of subjects.
func build(o Options, asOf day) *world { return buildFor(o, asOf, false) }

// buildFor is build; regulars says whether the first families are those who turn up in every file.
func buildFor(o Options, asOf day, regulars bool) *world {
	w := &world{seed: o.Seed, asOf: asOf, subjects: o.Subjects, regulars: regulars}
	w.first = make([]uint32, 0, o.Subjects*2/3+2)
	var f family
	for n := 0; n < o.Subjects; {
		w.first = append(w.first, uint32(n))
		w.familyInto(&f, uint32(len(w.first)-1))
		for slot := range slots {
			n += int(f.onCaseload >> slot & 1)
		}
	}
	w.first = append(w.first, uint32(o.Subjects))
	w.institutions = institutions(o)
	w.pool = max(4, (o.Strangers*7/10+3)/4*4)
	w.numbers = newNumbers(o.Seed, uint64(len(w.first)-1)*slots+uint64(w.pool))
	return w
}

// listed is the mailing list's identifier of somebody who is not on the caseload.
func (w *world) listed(person uint32) uint64 {
	return w.numbers.id(uint64(w.subjects) + uint64(person))
}

// holder finds the family and the slot of a subject, by binary search over the families' first subjects.
func (w *world) holder(subject uint32) (number uint32, nth int) {
	low, high := 0, len(w.first)-1
	for high-low > 1 {
		if mid := (low + high) / 2; w.first[mid] <= subject {
			low = mid
		} else {
			high = mid
		}
	}
	return uint32(low), int(subject - w.first[low])
}

// nthHeld is the slot of the nth of a family's members on the caseload.
func (f *family) nthHeld(nth int) int {
	for slot := range slots {
		if f.onCaseload>>slot&1 == 1 {
			if nth == 0 {
				return slot
			}
			nth--
		}
	}
	panic("synth: fewer members on the caseload than the index says")
}

// bucket is a part of an extract in which rows are shuffled: an institution, or the whole file.
type bucket struct {
	families  []uint32 // one entry a planned row, those of a family side by side
	strangers int64
	from      int64 // number of the extract's stranger rows in earlier buckets
}

func (b *bucket) rows() int64 { return int64(len(b.families)) + b.strangers }

// which is the place of the i-th planned row among its family's.
func (b *bucket) which(i int64) int {
	n := 0
	for i > 0 && b.families[i-1] == b.families[i] {
		i--
		n++
	}
	return n
}

// schedule is every extract's buckets: 4 bytes a planned row, nothing for strangers.
type schedule struct {
	buckets [extracts][]bucket
	planned int64 // rows of people on the caseload
	others  int64 // planned rows of anybody else
}

// institutions is how many report tonight: a handful, and one more for every 40,000 strangers' accounts.
func institutions(o Options) int { return min(5+o.Strangers*strangersFinancial/100/40_000, 60) }

// bucketOf is where a planned row goes, of so many buckets.
func (f *family) bucketOf(row planned, buckets int) int {
	if row.extract != financial {
		return 0
	}
	return f.institutionOf(row, buckets)
}

// newSchedule draws every family's plan once.
func newSchedule(w *world, o Options) *schedule {
	s := &schedule{}
	for e := range s.buckets {
		s.buckets[e] = make([]bucket, 1)
	}
	s.buckets[financial] = make([]bucket, w.institutions)
	var f family
	var buffer [64]planned
	for number := range len(w.first) - 1 {
		w.familyInto(&f, uint32(number))
		for _, row := range f.plan(buffer[:0]) {
			b := &s.buckets[row.extract][f.bucketOf(row, len(s.buckets[row.extract]))]
			b.families = append(b.families, uint32(number))
			if owner := row.owner(); owner >= 0 && f.held(owner) {
				s.planned++
			} else {
				s.others++
			}
		}
	}
	s.addStrangers(max(0, int64(o.Strangers)-s.others))
	return s
}

// addStrangers shares the strangers' rows out over extracts and institutions.
func (s *schedule) addStrangers(rows int64) {
	weights := [extracts]int64{strangersPostal, strangersEmployment, strangersMilitary, strangersFinancial}
	left, total := rows, int64(0)
	for _, w := range weights {
		total += w
	}
	for e := range s.buckets {
		share := rows * weights[e] / total
		if e == int(extracts)-1 {
			share = left
		}
		left -= share
		addToBuckets(s.buckets[e], share)
	}
}

// addToBuckets gives earlier buckets more, as institutionOf does.
func addToBuckets(buckets []bucket, rows int64) {
	n := int64(len(buckets))
	given := int64(0)
	for i := range buckets {
		upTo := int64(i + 1)
		sum := rows * (n*n - (n-upTo)*(n-upTo)) / (n * n)
		buckets[i].from, buckets[i].strangers = given, sum-given
		given = sum
	}
}

// owner is the slot of the person whom the row is about, -1 when it is about nobody of the family.
func (row planned) owner() int {
	if row.event == askedWrong || row.event == businessBook {
		return -1
	}
	return int(row.slot)
}

// looksAlike tells whether what the row says of its person may mislead about relatives. Where a key, an account or a
// number misleads already, that is the trap; the military's answers say nothing of their own.
func (row planned) looksAlike() bool {
	switch row.event {
	case otherMove, kinOrder, asked, askedWrong, coBook, businessBook:
		return false
	}
	return true
}
