package text

// OSA gives the optimal string alignment distance of a and b in bytes: the insertions, deletions, substitutions and swaps of
// neighbours that turn one into the other, no part being changed twice. It returns max+1 as soon as the distance is above
// max, and for a negative max.
//
// ASCII strings of which one has at most 64 bytes once common ends are off go through the bit-parallel algorithm (Hyyrö,
// "A bit-vector algorithm for computing Levenshtein and Damerau edit distances", Nordic Journal of Computing 10, 2003),
// others through the table.
func OSA(a, b []byte, max int) int {
	if max < 0 {
		return max + 1
	}
	a, b = trimCommon(a, b)
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > max {
		return max + 1
	}
	if len(a) == 0 {
		return len(b)
	}
	if len(a) <= wordBits && ascii(a) && ascii(b) {
		return osaBits(a, b, max)
	}
	return min(osaTable(a, b), max+1)
}

// trimCommon takes common beginnings and endings off: some best alignment leaves them alone.
func trimCommon(a, b []byte) ([]byte, []byte) {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return a, b
}

func ascii(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 {
			return false
		}
	}
	return true
}

// osaBits keeps one column of the table as bits: vp and vn mark where the distance rises and falls from one row to the next,
// d0 where a diagonal step is free. Characters of b come one at a time; the distance in the last row is carried along.
func osaBits(a, b []byte, max int) int {
	var masks [128]uint64
	for i, c := range a {
		masks[c] |= 1 << i
	}
	var d0, vn, before uint64
	vp, last, distance := ^uint64(0), uint64(1)<<(len(a)-1), len(a)
	for j, c := range b {
		eq := masks[c]
		swapped := (^d0 & eq) << 1 & before
		d0 = ((eq & vp) + vp) ^ vp | eq | vn | swapped
		hp, hn := vn|^(d0|vp), d0&vp
		if hp&last != 0 {
			distance++
		} else if hn&last != 0 {
			distance--
		}
		if distance-(len(b)-1-j) > max { // each character left can lower it by one
			return max + 1
		}
		hp, hn = hp<<1|1, hn<<1
		vp, vn = hn|^(d0|hp), d0&hp
		before = eq
	}
	return min(distance, max+1)
}

// osaTable is the three-row dynamic programme, for strings that do not fit a machine word.
func osaTable(a, b []byte) int {
	older, old, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range old {
		old[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			d := old[j-1]
			if a[i-1] != b[j-1] {
				d = min(d, old[j], row[j-1]) + 1
			}
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, older[j-2]+1)
			}
			row[j] = d
		}
		older, old, row = old, row, older
	}
	return old[len(b)]
}

// DigitDistance counts the slips of the key between two numbers of the same count of digits: 0 equal, 1 one wrong digit or
// one swap of neighbours, 2 two such, 3 more. Packed Digits of different counts are at distance 3: a digit went missing,
// and every digit behind it stands wrong.
func DigitDistance(a, b uint64, digits int) int {
	if a == b {
		return 0
	}
	if a>>digitsShift != b>>digitsShift {
		return 3
	}
	a, b = a&(1<<digitsShift-1), b&(1<<digitsShift-1)
	slips := 0
	for ; digits > 0 && a != b; digits-- {
		x, y := a%10, b%10
		a, b = a/10, b/10
		if x == y {
			continue
		}
		if slips++; slips > 2 {
			return 3
		}
		if digits > 1 && x == b%10 && y == a%10 {
			a, b = a/10, b/10
			digits--
		}
	}
	return slips
}
