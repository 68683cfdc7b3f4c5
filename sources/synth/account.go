package synth

// account is one account at an institution.
type account struct {
	number  string
	kind    string
	trust   string
	balance int // whole dollars
	opened  day
	closed  bool
}

// account is a pure function of its first owner and which of their accounts it is.
func (w *world) account(owner uint32, which int) account {
	s := streamOf(w.seed, ofAccount, uint64(owner), uint64(which))
	a := account{
		number:  string(appendDigits(nil, int(s.next()%1_000_000_000_000), 12)),
		kind:    []string{"04", "01", "11", "05", "12", "18", "00"}[s.pick(58, 26, 5, 4, 4, 2, 1)],
		trust:   []string{"0", "6", "5"}[s.pick(95, 3, 2)],
		opened:  w.asOf - day(s.between(40, 4000)),
		balance: s.below([]int{120, 900, 4_000, 25_000, 180_000}[s.pick(22, 38, 26, 11, 3)]),
	}
	if s.chance(0.07) {
		a.balance = 0
	}
	a.closed = s.chance(0.02)
	return a
}

// institution is a bank, and how it keeps names.
type institution struct {
	name, tin string
	home      home
	mixedCase bool
	noBirths  bool // never reports birth dates
	month     date
}

var bankNames = []string{"FIRST %", "% SAVINGS BANK", "BANK OF %", "% COMMUNITY CREDIT UNION", "% NATIONAL BANK", "% FEDERAL SAVINGS", "FARMERS BANK OF %", "% TEACHERS CREDIT UNION"}

// institution is the i-th of the night.
func (w *world) institution(i int) institution {
	s := streamOf(w.seed, ofInstitution, uint64(i), 1<<32)
	h := home{number: 3<<40 | uint64(i), place: places().draw(&s, 0.8)}
	b := institution{name: fill(bankNames[i%len(bankNames)], places().places[h.place].city), home: h}
	b.tin = nineDigits(w.numbers.ein(&s))
	b.mixedCase, b.noBirths = i%mixedCaseEvery == 2, i%noBirthsEvery == 4
	b.month = (w.asOf - 25).date()
	return b
}

// fill puts a word at the percent sign.
func fill(pattern, word string) string {
	for i := range len(pattern) {
		if pattern[i] == '%' {
			return pattern[:i] + word + pattern[i+1:]
		}
	}
	return pattern
}

// institutionOf is where a family's account is; both rows of a joint account are in one place. Earlier institutions
// are larger.
func (f *family) institutionOf(row planned, institutions int) int {
	which := uint64(1 + int(row.slot)*8 + int(row.copy))
	if row.event == jointBook || row.event == coBook {
		which = 0
	}
	s := streamOf(f.w.seed, ofInstitution, uint64(f.number), which)
	return min(s.below(institutions), s.below(institutions))
}

// titleCase turns capitals into Mixed Case, in place.
func titleCase(b []byte) {
	inside := false
	for i, c := range b {
		letter := c >= 'A' && c <= 'Z'
		if letter && inside {
			b[i] = c + 32
		}
		inside = letter || c == '\'' && inside
	}
}
