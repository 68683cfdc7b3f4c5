package text

import (
	"testing"

	"github.com/antzucaro/matchr"
)

// Run: go test -run - -bench . ./matchers/text/
// Names are compared with names, half alike; matchr stands beside our kernels.

var benchNames = []string{"RODRIGUEZ", "RODRIGEUZ", "SMITH", "SMYTH", "JOHNSON", "JOHNSTON", "WILLIAMS", "GARCIA", "MARTINEZ CRUZ", "MARTINEZ", "DELACRUZ", "LEE", "OBRIEN", "THOMPSON", "THOMSON", "NGUYEN"}

func benchBytes() (all [][]byte) {
	for _, s := range benchNames {
		all = append(all, []byte(s))
	}
	return all
}

// BenchmarkStandardise takes a value of every kind: ready, already in standard form, and as people write it.
func BenchmarkStandardise(b *testing.B) {
	raws := map[Kind][]string{ // the first is ready
		Exact: {"N0001234"}, Given: {"ROBERT", "José Luis"}, Middle: {"J", "J."}, Family: {"RODRIGUEZ", "de la Cruz-O'Brien Jr."},
		Suffix: {"JR", "Junior"}, Name: {"ACME FREIGHT", "Acme Freight, Inc."}, Text: {"ST LOUIS", "St. Louis"}, Date: {"19800105", "1/5/1980"},
		SSN: {"219099998", "219-09-9998"}, Digits: {"00451278", "0045-1278"}, Number: {"1250.5", "$1,250.50"},
		Address: {"12 N OAK ST APT 4B", "12 North Oak Street, #4b"}, Phone: {"2125550123", "(212) 555-0123"},
		Email: {"JANE.ROE@EXAMPLE.ORG", "Jane.Roe@example.org"}, Sex: {"M", "male"}, State: {"TX", "Texas"}, Zip: {"12345", "12345-6789"},
	}
	for _, k := range Kinds() {
		for i, raw := range raws[k] {
			b.Run(k.String()+[]string{"/ready", "/raw"}[i], func(b *testing.B) {
				raw, dst := []byte(raw), make([]byte, 0, 256)
				b.ReportAllocs()
				for b.Loop() {
					Standardise(k, GuessDate, dst, raw)
				}
			})
		}
	}
}

func BenchmarkParseAddress(b *testing.B) {
	std := []byte("12 N OAK ST APT 4B")
	b.ReportAllocs()
	for b.Loop() {
		ParseAddress(std)
	}
}

func BenchmarkSplitName(b *testing.B) {
	raw := []byte("PUBLIC, JOHN Q JR")
	b.ReportAllocs()
	for b.Loop() {
		SplitName(LastCommaFirst, raw)
	}
}

func BenchmarkSound(b *testing.B) {
	names, dst := benchBytes(), make([]byte, 0, 16)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		Sound(dst, names[i%len(names)])
	}
}

func BenchmarkNicknames(b *testing.B) {
	x, y := []byte("BOB"), []byte("ROBERT")
	b.ReportAllocs()
	for b.Loop() {
		Nicknames(x, y)
	}
}

func BenchmarkJaroWinkler(b *testing.B) {
	names := benchBytes()
	b.Run("needle", func(b *testing.B) {
		var n Needle
		n.Set(names[0])
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			n.JaroWinkler(names[i%len(names)])
		}
	})
	b.Run("needle set each time", func(b *testing.B) {
		var n Needle
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			n.Set(names[i%len(names)])
			n.JaroWinkler(names[(i+1)%len(names)])
		}
	})
	b.Run("matchr", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			matchr.JaroWinkler(benchNames[0], benchNames[i%len(benchNames)], false)
		}
	})
	b.Run("bound", func(b *testing.B) {
		var sketches []Sketch
		for _, n := range names {
			sketches = append(sketches, SketchOf(n))
		}
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			j := i % len(names)
			JaroWinklerBound(sketches[0], sketches[j], len(names[0]), len(names[j]), 4)
		}
	})
}

func BenchmarkOSA(b *testing.B) {
	names := benchBytes()
	b.Run("bits", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			OSA(names[i%len(names)], names[(i+1)%len(names)], 3)
		}
	})
	b.Run("matchr damerau", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			matchr.DamerauLevenshtein(benchNames[i%len(names)], benchNames[(i+1)%len(names)])
		}
	})
}

func BenchmarkDigitDistance(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		DigitDistance(219099998, 219099889, 9)
	}
}
