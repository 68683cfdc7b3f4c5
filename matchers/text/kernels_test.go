package text

import (
	"math"
	"strings"
	"testing"

	"github.com/antzucaro/matchr"
	"pgregory.net/rapid"
)

// drawPair draws two strings that have something in common: the second is the first with a few slips, or another draw from
// the same small alphabet.
func drawPair(t *rapid.T) (a, b string) {
	alphabet := rapid.SampledFrom([]string{"AB", "ABCDEFGH", "ABCDEFGHIJKLMNOPQRSTUVWXYZ ", "0123456789 AB", "ABÉñ中"}).Draw(t, "alphabet")
	length := rapid.SampledFrom([]int{4, 10, 30, 64, 66, 90}).Draw(t, "length")
	gen := rapid.StringOfN(rapid.SampledFrom([]rune(alphabet)), 0, length, -1)
	a = gen.Draw(t, "a")
	if rapid.Bool().Draw(t, "other") {
		return a, gen.Draw(t, "b")
	}
	r := []rune(a)
	for range rapid.IntRange(0, 4).Draw(t, "slips") {
		if len(r) < 2 {
			break
		}
		i := rapid.IntRange(0, len(r)-2).Draw(t, "at")
		switch rapid.IntRange(0, 3).Draw(t, "slip") {
		case 0:
			r[i], r[i+1] = r[i+1], r[i]
		case 1:
			r = append(r[:i], r[i+1:]...)
		case 2:
			r[i] = rapid.SampledFrom([]rune(alphabet)).Draw(t, "letter")
		case 3:
			r = append(r[:i+1], r[i:]...)
		}
	}
	return a, string(r)
}

// The kernel is matchr to the last bit, for every input, and does not remember the needle before.
func TestJaroWinklerIsMatchr(t *testing.T) {
	var n Needle
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawPair(t)
		n.Set([]byte(a))
		if got, want := n.JaroWinkler([]byte(b)), matchr.JaroWinkler(a, b, false); got != want {
			t.Fatalf("%q %q: %v, want %v", a, b, got, want)
		}
	})
}

func FuzzJaroWinkler(f *testing.F) {
	var n Needle
	for _, p := range [][2]string{{"MARTHA", "MARHTA"}, {"123 MAIN", "124 MAIN"}, {"", "A"}, {"DIXON", "DICKSONX"}, {"ÉA", "EA"}, {"\xff", "\xff\xfe"}, {strings.Repeat("AB", 32), strings.Repeat("BA", 32)}, {strings.Repeat("A", 65), "A"}} {
		f.Add([]byte(p[0]), []byte(p[1]))
	}
	f.Fuzz(func(t *testing.T, a, b []byte) {
		n.Set(a)
		got, want := n.JaroWinkler(b), matchr.JaroWinkler(string(a), string(b), false)
		if got != want {
			t.Fatalf("%q %q: %v, want %v", a, b, got, want)
		}
		checkBound(t, a, b, got)
	})
}

// The texts' own examples, and the digit rule: house numbers earn no prefix.
func TestJaroWinklerExamples(t *testing.T) {
	var n Needle
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{"MARTHA", "MARHTA", 0.9611}, {"DWAYNE", "DUANE", 0.84}, {"DIXON", "DICKSONX", 0.8133}, {"123 MAIN", "124 MAIN", 0.9167}, {"SMITH", "SMITH", 1}, {"AB", "BA", 0}, {"", "", 0}, {"A", "", 0},
	} {
		n.Set([]byte(c.a))
		if got := n.JaroWinkler([]byte(c.b)); math.Abs(got-c.want) > 0.00005 {
			t.Errorf("%s %s: %.4f, want %.4f", c.a, c.b, got, c.want)
		}
	}
}

func checkBound(t interface {
	Helper()
	Fatalf(string, ...any)
}, a, b []byte, similarity float64) {
	t.Helper()
	sa, sb := SketchOf(a), SketchOf(b)
	for _, prefix := range []int{commonPrefix(a, b), prefixMost, 99} {
		if bound := JaroWinklerBound(sa, sb, len(a), len(b), prefix); bound < similarity || bound > 1 {
			t.Fatalf("%q %q: bound %v below %v (prefix %d)", a, b, bound, similarity, prefix)
		}
	}
}

// The bound is never below the similarity, so that no pair is lost by it, and it is worth something: strings without a
// character in common have bound 0, most unlike names fall below 0.8.
func TestBoundIsABound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawPair(t)
		checkBound(t, []byte(a), []byte(b), matchr.JaroWinkler(a, b, false))
	})
	for _, c := range []struct {
		a, b  string
		below float64
	}{{"SMITH", "DUNLAP", 0.01}, {"RODRIGUEZ", "THOMPSON", 0.8}, {"AAAA", "AB", 0.9}} {
		a, b := []byte(c.a), []byte(c.b)
		if got := JaroWinklerBound(SketchOf(a), SketchOf(b), len(a), len(b), 0); got > c.below {
			t.Errorf("%s %s: bound %v, want below %v", c.a, c.b, got, c.below)
		}
	}
}

// naiveOSA is the definition, on the whole strings: the reference for both kernels.
func naiveOSA(a, b []byte) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range d[0] {
		d[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

func checkOSA(t interface {
	Helper()
	Fatalf(string, ...any)
}, a, b []byte) {
	t.Helper()
	want := naiveOSA(a, b)
	for _, max := range []int{0, 1, 2, want - 1, want, want + 1, 1000} {
		if got := OSA(a, b, max); max >= 0 && got != min(want, max+1) {
			t.Fatalf("%q %q, max %d: %d, want %d", a, b, max, got, min(want, max+1))
		}
	}
}

func TestOSAIsItsDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawPair(t)
		checkOSA(t, []byte(a), []byte(b))
		if OSA([]byte(a), []byte(b), 1000) != OSA([]byte(b), []byte(a), 1000) {
			t.Fatalf("%q %q: not symmetric", a, b)
		}
		// True Damerau-Levenshtein may edit a swapped pair again, so it is never greater.
		if ascii([]byte(a)) && ascii([]byte(b)) && matchr.DamerauLevenshtein(a, b) > naiveOSA([]byte(a), []byte(b)) {
			t.Fatalf("%q %q: OSA below Damerau-Levenshtein", a, b)
		}
	})
}

func FuzzOSA(f *testing.F) {
	for _, p := range [][2]string{{"AB", "BA"}, {"CA", "ABC"}, {"SMITH", "SMIHT"}, {"", "X"}, {strings.Repeat("AB", 40), strings.Repeat("BA", 40)}, {"\xff\xfe", "\xfe\xff"}} {
		f.Add([]byte(p[0]), []byte(p[1]))
	}
	f.Fuzz(func(t *testing.T, a, b []byte) {
		if len(a) < 200 && len(b) < 200 {
			checkOSA(t, a, b)
		}
	})
}

// matchr.OSA misses a swap of the first two characters; ours must not.
func TestOSASeesSwapOfFirstTwo(t *testing.T) {
	if d := OSA([]byte("AB"), []byte("BA"), 5); d != 1 {
		t.Errorf("OSA(AB, BA) = %d", d)
	}
	if d := OSA([]byte("CA"), []byte("ABC"), 5); d != 3 {
		t.Errorf("OSA(CA, ABC) = %d, want 3: no part is edited twice", d)
	}
	if d := OSA(nil, nil, -1); d != 0 {
		t.Errorf("OSA with max -1 = %d, want 0", d)
	}
}

func TestDigitDistance(t *testing.T) {
	for _, c := range []struct {
		a, b uint64
		want int
	}{
		{219099998, 219099998, 0}, {219099998, 219099997, 1}, {219099998, 219098998, 1}, {219099998, 291099998, 1}, {219099998, 912099998, 2}, {219099998, 120999998, 2}, {219099998, 129099997, 2}, {219099998, 129098987, 3},
		{219099998, 219099889, 2}, {19099998, 119099998, 1}, {123456780, 214365780, 3}, {123456780, 213465780, 2}, {121000000, 212000000, 2}, {0, 111000000, 3},
	} {
		if got := DigitDistance(c.a, c.b, 9); got != c.want {
			t.Errorf("%09d %09d: %d, want %d", c.a, c.b, got, c.want)
		}
	}
	_, a, _ := Standardise(Digits, 0, nil, []byte("0012"))
	_, b, _ := Standardise(Digits, 0, nil, []byte("012"))
	_, c, _ := Standardise(Digits, 0, nil, []byte("0021"))
	if DigitDistance(a, b, maxDigits) != 3 || DigitDistance(a, c, maxDigits) != 1 {
		t.Error("packed digits compare wrongly")
	}
}

// The distance is symmetric, at most the count of digits that differ, and at least half of it.
func TestDigitDistanceLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.Uint64Range(0, 999999999).Draw(t, "a")
		b := a
		for range rapid.IntRange(0, 4).Draw(t, "slips") {
			place := uint64(math.Pow10(rapid.IntRange(0, 8).Draw(t, "place")))
			b = b - b/place%10*place + rapid.Uint64Range(0, 9).Draw(t, "digit")*place
		}
		differ := 0
		for x, y := a, b; x > 0 || y > 0; x, y = x/10, y/10 {
			if x%10 != y%10 {
				differ++
			}
		}
		d := DigitDistance(a, b, 9)
		if d != DigitDistance(b, a, 9) || d > differ || d < min(3, (differ+1)/2) {
			t.Fatalf("%09d %09d: %d with %d digits different", a, b, d, differ)
		}
	})
}

func TestKernelsDoNotAllocate(t *testing.T) {
	a, b := []byte("RODRIGUEZ SMITH"), []byte("RODRIGEUZ SMYTH")
	var n Needle
	n.Set(a)
	for name, f := range map[string]func(){
		"Set": func() { n.Set(a) }, "JaroWinkler": func() { n.JaroWinkler(b) }, "OSA": func() { OSA(a, b, 3) }, "SketchOf": func() { SketchOf(a) },
		"NicknameGroup": func() { NicknameGroup(a) }, "Nicknames": func() { Nicknames(a, b) }, "BusinessWords": func() { BusinessWords(a) },
	} {
		if allocs := testing.AllocsPerRun(100, f); allocs != 0 {
			t.Errorf("%s: %v allocations", name, allocs)
		}
	}
}
