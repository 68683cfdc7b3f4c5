package text

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Publication 28: one spelling for each way to write a delivery line.
func TestAddress(t *testing.T) {
	checkCases(t, Address, 0, []standardCase{
		{"8 stanley street", "8 STANLEY ST"}, {"12 xyzton st", "12 XYZTON ST"}, {"12 Oak Avenue", "12 OAK AVE"}, {"12 MAIN AVENUE DRIVE", "12 MAIN AVENUE DR"},
		{"12 AVENUE", "12 AVENUE"}, {"12 AVENUE A", "12 AVENUE A"}, {"STANLEY STREET", "STANLEY ST"}, {"STREET", "STREET"}, {"12 ST CHARLES AVE", "12 ST CHARLES AVE"},
		{"0123 main st.", "123 MAIN ST"}, {"#12 MAIN ST", "12 MAIN ST"}, {"One Main Street", "1 MAIN ST"}, {"123 1/2 MAIN ST", "123 1/2 MAIN ST"}, {"39.2 MAIN RD", "39.2 MAIN RD"}, {"112-10 BRONX ROAD", "112-10 BRONX RD"},

		{"123 North Oak St", "123 N OAK ST"}, {"123 NORTH AVE", "123 NORTH AVE"}, {"123 N.W. 4th Street", "123 NW 4TH ST"}, {"123 N W 4TH ST", "123 NW 4TH ST"}, {"123 NORTH WEST 4TH ST", "123 NW 4TH ST"},
		{"123 MAIN ST NORTH", "123 MAIN ST N"}, {"123 MAIN ST N E", "123 MAIN ST NE"}, {"123 SOUTH BROADWAY", "123 S BROADWAY"}, {"123 N ST", "123 N ST"}, {"123 N W ST", "123 N W ST"}, {"123 EAST", "123 EAST"},
		{"12 FIRST ST", "12 1ST ST"}, {"12 Tenth Avenue", "12 10TH AVE"}, {"12 FIRST BAPTIST RD", "12 FIRST BAPTIST RD"},

		{"12 MAIN ST #4b", "12 MAIN ST # 4B"}, {"12 MAIN ST APARTMENT 4B", "12 MAIN ST APT 4B"}, {"12 MAIN ST APT #4B", "12 MAIN ST APT 4B"}, {"12 MAIN ST APT. 4-B", "12 MAIN ST APT 4-B"}, {"12 MAIN ST APT4", "12 MAIN ST APT 4"},
		{"12 MAIN ST, SUITE 200, FLOOR 3", "12 MAIN ST STE 200 FL 3"}, {"12 MAIN ST 3RD FLOOR", "12 MAIN ST FL 3"}, {"12 MAIN ST REAR", "12 MAIN ST REAR"}, {"12 MAIN ST BASEMENT", "12 MAIN ST BSMT"}, {"12 MAIN ST UPPER", "12 MAIN ST UPPR"},
		{"12 FRONT ST", "12 FRONT ST"}, {"12 UNIT ST", "12 UNIT ST"}, {"12 LOWER MILL ROAD", "12 LOWER MILL RD"}, {"APT 4 12 MAIN ST", "12 MAIN ST APT 4"}, {"# 4 12 MAIN ST", "12 MAIN ST # 4"},
		{"apartment 4b", "APT 4B"}, {"#4B", "# 4B"}, {"SUITE # 200", "STE 200"},

		{"P.O. Box 12", "PO BOX 12"}, {"POB 12", "PO BOX 12"}, {"POBOX12", "PO BOX 12"}, {"P O BOX #12", "PO BOX 12"}, {"POST OFFICE BOX 0012", "PO BOX 12"}, {"BOX 12", "PO BOX 12"}, {"DRAWER 9", "PO BOX 9"}, {"PO Box A", "PO BOX A"},
		{"12 MAIN ST P.O. BOX 45", "12 MAIN ST PO BOX 45"}, {"PO BOX", "PO BOX"}, {"BOX ELDER RD", "BOX ELDER RD"},
		{"RURAL ROUTE 4 BOX 87", "RR 4 BOX 87"}, {"RR4 #87", "RR 4 BOX 87"}, {"RFD 03 BOX 98D", "RR 3 BOX 98D"}, {"RT 2 BX 18", "RR 2 BOX 18"}, {"R.R. 2", "RR 2"}, {"ROUTE 66", "RR 66"}, {"RD 3 BOX 4", "RR 3 BOX 4"},
		{"HC 68 BOX 23A", "HC 68 BOX 23A"}, {"HIGHWAY CONTRACT ROUTE 68 BOX 23A", "HC 68 BOX 23A"}, {"STAR ROUTE 2 BOX 5", "HC 2 BOX 5"}, {"HCR 2 BOX 5", "HC 2 BOX 5"},
		{"PSC 3 BOX 4120", "PSC 3 BOX 4120"}, {"CMR 1250 BOX 05", "CMR 1250 BOX 5"}, {"Unit 2050 Box 4190", "UNIT 2050 BOX 4190"},
		{"PSC 3 BOX 4120 APO AE 09021", "PSC 3 BOX 4120"}, {"PSC 3, BOX 4120, APO, AE", "PSC 3 BOX 4120"}, {"UNIT 2050 BOX 4190 FPO AP 96278-2050", "UNIT 2050 BOX 4190"}, {"UNIT 8400 BOX 12 DPO", "UNIT 8400 BOX 12"},
		{"CMR 1250", "CMR 1250"}, {"CMR 1250 APO AA 09045", "CMR 1250"}, {"P.S.C. #802 BOX #74", "PSC 802 BOX 74"}, {"PSC802 BOX74", "PSC 802 BOX 74"}, {"USS NIMITZ FPO AP 96620", "USS NIMITZ"}, {"12 APO ST", "12 APO ST"}, {"APO AE 09021", "APO AE 09021"},
		{"BOX 4120 PSC 3", "PSC 3 BOX 4120"}, {"BOX 5 CMR 1250 APO AE 09021", "CMR 1250 BOX 5"}, {"BOX 87 RURAL ROUTE 4", "RR 4 BOX 87"}, {"BOX 23A STAR ROUTE 68", "HC 68 BOX 23A"}, {"BOX 12 UNIT 4", "PO BOX 12 UNIT 4"}, {"PO BOX 12 RR 4", "PO BOX 12 RR 4"},
		{"P.O. BOX 45, 12 MAIN STREET", "PO BOX 45 12 MAIN ST"}, {"RR 4 BOX 87 12 OAK LANE APARTMENT 3", "RR 4 BOX 87 12 OAK LN APT 3"}, {"PO BOX 45 APARTMENT 3", "PO BOX 45 APT 3"},
		{"C/O JANE DOE 12 ELM STREET APT 4", "12 ELM ST APT 4"}, {"c/o Jane Doe, P.O. Box 12", "PO BOX 12"}, {"IN CARE OF JANE DOE RR 4 BOX 87", "RR 4 BOX 87"}, {"ATTN: PAYROLL 12 ELM ST", "12 ELM ST"},
		{"C/O JANE DOE", "C O JANE DOE"}, {"12 ATTENTION RD", "12 ATTENTION RD"}, {"CARE OF WATER RD", "CARE OF WATER RD"}, {"12 ELM ST PMB 34", "12 ELM ST PMB 34"}, {"PMB 34 12 ELM ST", "12 ELM ST PMB 34"},
		{"URB LAS GLADIOLAS 150 CALLE A", "150 CALLE A URB LAS GLADIOLAS"}, {"150 CALLE A URBANIZACION LAS GLADIOLAS", "150 CALLE A URB LAS GLADIOLAS"}, {"URB ROYAL OAK", "URB ROYAL OAK"}, {"APARTADO 123", "PO BOX 123"}, {"Apartado Postal 123", "PO BOX 123"},
		{"Gen. Delivery", "GENERAL DELIVERY"}, {"GENERAL DELIVERY", "GENERAL DELIVERY"},
		{"12 CR 220", "12 COUNTY ROAD 220"}, {"12 CO RD 220", "12 COUNTY ROAD 220"}, {"4501 US Hwy 66 North", "4501 US HIGHWAY 66 N"}, {"12 I 10", "12 INTERSTATE 10"}, {"12 SR 9", "12 STATE ROUTE 9"}, {"12 FM 1960", "12 FM 1960"}, {"12 HIGHWAY", "12 HIGHWAY"},

		{"HOMELESS", "<placeholder>"}, {"unknown", "<placeholder>"}, {"N/A", "<placeholder>"}, {"0", "<placeholder>"}, {"00", "<placeholder>"}, {"NO ADDRESS", "<placeholder>"}, {"99999", "<placeholder>"}, {"Улица", "<invalid>"}, {" ", "<missing>"},
	})
}

// A table word must stand for itself, or the standard form would move (I2).
func TestAddressTablesAreStable(t *testing.T) {
	for name, table := range map[string]forms{"suffix": streetSuffixes, "unit": units, "place": places, "direction": directions, "ordinal": streetOrdinals} {
		for word, form := range table {
			if got := table[string(form)]; !bytes.Equal(got, form) {
				t.Errorf("%s %s is written %s, which is written %s", name, word, form, got)
			}
		}
	}
	if len(streetSuffixes) < 500 {
		t.Errorf("only %d spellings of street suffixes", len(streetSuffixes))
	}
}

func TestParseAddress(t *testing.T) {
	for raw, want := range map[string]string{
		"12 N OAK ST # 4B":                    "street 12|N OAK ST|4B",
		"12 N OAK ST APT 4B":                  "street 12|N OAK ST|4B",
		"12 OAK ST":                           "street 12|OAK ST|",
		"123 1/2 MAIN ST REAR":                "street 123 1/2|MAIN ST|REAR",
		"12 OAK ST STE 200 FL 3":              "street 12|OAK ST|200 FL 3",
		"12 MAIN ST PO BOX 45":                "street 12|MAIN ST|PO BOX 45",
		"150 CALLE A URB LAS GLADIOLAS":       "street 150|CALLE A|LAS GLADIOLAS",
		"12 ELM ST PMB 34":                    "street 12|ELM ST|34",
		"STANLEY ST":                          "street |STANLEY ST|",
		"COUNTY ROAD 220":                     "street |COUNTY ROAD 220|",
		"12 UNIT ST":                          "street 12|UNIT ST|",
		"PO BOX 12":                           "box 12|PO BOX|",
		"PO BOX 12 APT 4":                     "box 12|PO BOX|4",
		"RR 4 BOX 87":                         "rural 87|RR 4|",
		"RR 4":                                "rural |RR 4|",
		"HC 68 BOX 23A":                       "rural 23A|HC 68|",
		"PSC 3 BOX 4120":                      "military 4120|PSC 3|",
		"UNIT 2050 BOX 4190":                  "military 4190|UNIT 2050|",
		"CMR 1250":                            "military |CMR 1250|",
		"UNIT 2050":                           "unparsed ||2050",
		"GENERAL DELIVERY":                    "general |GENERAL DELIVERY|",
		"APT 4B":                              "unparsed ||4B",
		"# 4B":                                "unparsed ||4B",
		"THE OLD MANSION":                     "unparsed |THE OLD MANSION|",
		"":                                    "unparsed ||",
		"12":                                  "unparsed |12|",
		"C O JANE ROE":                        "unparsed |C O JANE ROE|",
		"1600 PENNSYLVANIA AVE NW WASHINGTON": "street 1600|PENNSYLVANIA AVE NW WASHINGTON|",
	} {
		p := ParseAddress([]byte(raw))
		if got := fmt.Sprintf("%v %s|%s|%s", p.Form, p.Number, p.Street, p.Unit); got != want {
			t.Errorf("%q: %s, want %s", raw, got, want)
		}
	}
	std := []byte("12 N OAK ST # 4B")
	if n := testing.AllocsPerRun(100, func() { ParseAddress(std) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// Publication 28, section 215: a line with a street and a box, whichever comes first.
func TestDual(t *testing.T) {
	for raw, want := range map[string]string{
		"12 MAIN ST PO BOX 45":       "12|MAIN ST||45 PO BOX",
		"12 MAIN ST APT 4 PO BOX 45": "12|MAIN ST|4|45 PO BOX",
		"PO BOX 45 12 MAIN ST APT 4": "12|MAIN ST|4|45 PO BOX",
		"RR 4 BOX 87 12 OAK LN":      "12|OAK LN||87 RR 4",
		"12 MAIN ST APT 4":           "", "PO BOX 45": "", "PO BOX 45 APT 4": "", "PO BOX 45 4 B": "", "PSC 3 BOX 4120": "", "STANLEY ST": "", "PO BOX": "", "": "",
	} {
		street, box, ok := ParseAddress([]byte(raw)).Dual()
		if got := fmt.Sprintf("%s|%s|%s|%s %s", street.Number, street.Street, street.Unit, box.Number, box.Street); ok != (want != "") || ok && got != want {
			t.Errorf("%q: %s, %v; want %q", raw, got, ok, want)
		}
	}
}

// addressVocabulary is every word that a rule of addresses knows.
func addressVocabulary() (words []string) {
	for _, table := range []forms{units, places, directions, streetOrdinals} {
		for w := range table {
			words = append(words, w)
		}
	}
	for _, book := range []phraseBook{headPhrases, highwayPhrases} {
		for _, list := range book {
			for _, p := range list {
				words = append(words, p.from...)
			}
		}
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// I2 where the rules meet one another: lines made of nothing but words that rules know.
func TestAddressRulesSettle(t *testing.T) {
	known := rapid.SampledFrom(addressVocabulary())
	suffix := rapid.SampledFrom([]string{"ST", "STREET", "AVE", "RD", "PARK", "HWY", "CT", "LA", "KEY"})
	number := rapid.SampledFrom([]string{"1", "00", "12", "4B", "1/2", "B", "#", "3RD", "A-4", "0", "12-3", "RR4", "APT5", "#7", "9.5", "BOX12", "FOURTH"})
	name := rapid.SampledFrom([]string{"OAK", "N", "E", "W", "S", "MAIN", "C"})
	line := rapid.SliceOfN(rapid.OneOf(known, suffix, number, name), 1, 9)
	rapid.Check(t, func(t *rapid.T) {
		checkStandard(t, Address, GuessDate, []byte(strings.Join(line.Draw(t, "line"), " ")))
	})
}

// checkParts holds the laws of parsing: each part is a piece of the text, in order Number, Street, Unit for streets.
func checkParts(t interface {
	Helper()
	Fatalf(string, ...any)
}, std []byte) {
	t.Helper()
	p := ParseAddress(std)
	for _, part := range [][]byte{p.Number, p.Street, p.Unit} {
		if len(part) > 0 && !inside(std, part) {
			t.Fatalf("%q: part %q points elsewhere", std, part)
		}
		if len(part) > 0 && (part[0] == ' ' || part[len(part)-1] == ' ') {
			t.Fatalf("%q: part %q has blanks", std, part)
		}
	}
	if len(p.Number)+len(p.Street)+len(p.Unit) > len(std) {
		t.Fatalf("%q: parts overlap: %q %q %q", std, p.Number, p.Street, p.Unit)
	}
}

// inside reports whether part is a sub-slice of whole.
func inside(whole, part []byte) bool {
	for i := range whole {
		if &whole[i] == &part[0] {
			return i+len(part) <= len(whole)
		}
	}
	return false
}

func TestPartsOfAnyAddress(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := drawRaw(t)
		checkParts(t, raw)
		std, _, _ := Standardise(Address, 0, nil, raw)
		checkParts(t, std)
	})
}

func FuzzParseAddress(f *testing.F) {
	for _, s := range []string{"12 N OAK ST # 4B", "PO BOX 12", "RR 4 BOX 87", "HC 68 BOX 23A APT 3", "PSC 3 BOX 4120", "# 4B", "  12  ", "GENERAL DELIVERY X", "RR # 4 # 87", "\xff 1"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		checkParts(t, raw)
		std, _, _ := Standardise(Address, 0, nil, raw)
		checkParts(t, std)
	})
}
