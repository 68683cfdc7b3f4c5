package synth

// Social Security numbers are dealt out by a permutation of every number that can be one (areas 001-665 and 667-899,
// groups 01-99, serials 0001-9999), so that no two people share one unless the population says so, and so that a
// mistyped number can be checked not to be somebody else's.
const (
	ssnAreas   = 898
	ssnGroups  = 99
	ssnSerials = 9999
	ssnSpace   = ssnAreas * ssnGroups * ssnSerials
)

// dummyNumbers are written where a number is demanded and not known. The first is the wallet-insert number of 1938,
// the second a pamphlet's.
var dummyNumbers = []uint32{78051120, 219099999, 123456789, 111111111, 999999999, 0}

// alsoDummy are withheld from people, but not written.
var alsoDummy = []uint32{222222222, 333333333, 444444444, 555555555, 777777777, 888888888, 12345678, 111223333, 121212121}

// itinGroups are the fourth and fifth digits of an ITIN (50-65, 70-88, 90-92, 94-99).
var itinGroups = func() (groups []uint32) {
	for g := uint32(50); g <= 99; g++ {
		if g <= 65 || g >= 70 && g <= 88 || g >= 90 && g != 93 {
			groups = append(groups, g)
		}
	}
	return groups
}()

// numbers deals out the identifiers of people 0 to people-1.
type numbers struct {
	people   uint64
	ssns     permutation // of ssnSpace
	itins    permutation // of the ITIN space
	ids      permutation // of subject numbers, ten digits
	withheld map[uint32]bool
}

const idSpace = 9_000_000_000 // subject numbers, 1000000000 on

func newNumbers(seed uint64, people uint64) *numbers {
	n := &numbers{
		people:   people,
		ssns:     newPermutation(seed, ofNumber, 1, ssnSpace),
		itins:    newPermutation(seed, ofNumber, 2, int64(100*len(itinGroups)*10_000)),
		ids:      newPermutation(seed, ofID, 0, idSpace),
		withheld: map[uint32]bool{},
	}
	for _, d := range append(alsoDummy, dummyNumbers...) {
		n.withheld[d] = true
	}
	return n
}

// ssn is a person's true number.
func (n *numbers) ssn(person uint32) uint32 {
	x := uint64(person)
	for {
		x = n.ssns.at(x)
		if ssn := ssnFrom(x); !n.withheld[ssn] {
			return ssn
		}
	}
}

// taken tells whether a nine-digit number is somebody's SSN.
func (n *numbers) taken(ssn uint32) bool {
	x, ok := ssnIndex(ssn)
	if !ok || n.withheld[ssn] {
		return false
	}
	for {
		x = n.ssns.of(x)
		if !n.withheld[ssnFrom(x)] {
			return x < n.people
		}
	}
}

// itin is a taxpayer number of somebody who has no SSN, or had none.
func (n *numbers) itin(person uint32) uint32 {
	x := n.itins.at(uint64(person) % n.itins.n)
	groups := uint64(len(itinGroups))
	return 900_000_000 + uint32(x/(groups*10_000))*1_000_000 + itinGroups[x/10_000%groups]*10_000 + uint32(x%10_000)
}

// ein is an employer's number that is nobody's SSN.
func (n *numbers) ein(s *stream) uint32 {
	for {
		ein := uint32(s.between(1, 98))*10_000_000 + uint32(s.below(10_000_000))
		if !n.taken(ein) && !n.withheld[ein] {
			return ein
		}
	}
}

// id is a subject's or another list entry's identifier at the agency.
func (n *numbers) id(number uint64) uint64 { return 1_000_000_000 + n.ids.at(number) }

// ssnFrom is the x-th possible number.
func ssnFrom(x uint64) uint32 {
	area := x/(ssnGroups*ssnSerials) + 1
	if area >= 666 {
		area++
	}
	return uint32(area*1_000_000 + (x/ssnSerials%ssnGroups+1)*10_000 + x%ssnSerials + 1)
}

// ssnIndex is the place of a number among the possible ones; false where it cannot be one.
func ssnIndex(ssn uint32) (uint64, bool) {
	area, group, serial := uint64(ssn/1_000_000), uint64(ssn/10_000%100), uint64(ssn%10_000)
	if area == 0 || area == 666 || area > 899 || group == 0 || serial == 0 {
		return 0, false
	}
	if area > 666 {
		area--
	}
	return ((area-1)*ssnGroups+group-1)*ssnSerials + serial - 1, true
}
