package text

import "testing"

// standard gives the standard form as text, numbers spelled out, with the validity before it when it is not Valid.
func standard(k Kind, form DateForm, raw string) string {
	std, num, v := Standardise(k, form, nil, []byte(raw))
	value := string(std)
	if k.Numeric() && num != 0 {
		value = string(AppendNumber(nil, k, num))
	}
	switch {
	case v == Valid:
		return value
	case value == "":
		return "<" + v.String() + ">"
	}
	return "<" + v.String() + "> " + value
}

type standardCase struct{ raw, want string }

func checkCases(t *testing.T, k Kind, form DateForm, cases []standardCase) {
	t.Helper()
	for _, c := range cases {
		if got := standard(k, form, c.raw); got != c.want {
			t.Errorf("%v %q: %s, want %s", k, c.raw, got, c.want)
		}
	}
}

// The traps of domain.md, section 8: particles, apostrophes, two surnames, generations, married names.
func TestFamily(t *testing.T) {
	checkCases(t, Family, 0, []standardCase{
		{"SMITH", "SMITH"}, {"smith", "SMITH"}, {"", "<missing>"}, {"   ", "<missing>"},
		{"O'BRIEN", "OBRIEN"}, {"O’Brien", "OBRIEN"}, {"O\x92Brien", "OBRIEN"}, {"O BRIEN", "OBRIEN"}, {"O`BRIEN", "OBRIEN"},
		{"DE LA CRUZ", "DELACRUZ"}, {"DELA CRUZ", "DELACRUZ"}, {"DELACRUZ", "DELACRUZ"}, {"de-la-cruz", "DELACRUZ"},
		{"Mc Donald", "MCDONALD"}, {"MC-DONALD", "MCDONALD"}, {"Mac Arthur", "MACARTHUR"}, {"VAN DER BERG", "VANDERBERG"}, {"St. John", "STJOHN"},
		{"D'ANGELO", "DANGELO"}, {"D ANGELO", "DANGELO"}, {"D E GARCIA", "DEGARCIA"}, {"AL-HASSAN", "ALHASSAN"},
		{"MARTINEZ-CRUZ", "MARTINEZ CRUZ"}, {"MARTINEZ CRUZ", "MARTINEZ CRUZ"}, {"GARCIA DE LEON", "GARCIA DELEON"}, {"ORTEGA Y GASSET", "ORTEGA GASSET"},
		{"SMITH (NEE JONES)", "SMITH JONES"}, {"SMITH NÉE JONES", "SMITH JONES"}, {"SMITH/JONES", "SMITH JONES"},
		{"SMITH JR", "SMITH"}, {"SMITH, JR.", "SMITH"}, {"SMITH III", "SMITH"}, {"SMITH 2ND", "SMITH"}, {"SMITH V", "SMITH"}, {"SMITH JR MD", "SMITH"},
		{"NÚÑEZ", "NUNEZ"}, {"Müller", "MULLER"}, {"M\xfcller", "MULLER"}, {"Nu\u0301n\u0303ez", "NUNEZ"}, {"Strauß", "STRAUSS"}, {"Łukasz", "LUKASZ"}, {"NGUYỄN", "NGUYEN"},
		{"V", "V"}, {"LE", "LE"}, {"SM1TH", "SMTH"}, {"CRUZ DE LA", "CRUZ DELA"},
		{"UNKNOWN", "<placeholder>"}, {"Unknown Father", "<placeholder>"}, {"DOE", "<placeholder>"}, {"LNU", "<placeholder>"}, {"N/A", "<placeholder>"},
		{"NONE", "<placeholder>"}, {"TEST", "<placeholder>"}, {"XXXX", "<placeholder>"}, {"9999", "<placeholder>"}, {"-", "<placeholder>"}, {"JR", "<placeholder>"},
		{"RESPONDENT", "<placeholder>"}, {"12345", "<invalid>"}, {"Владимир", "<invalid>"},
		{"ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLM", "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKL"},
	})
}

func TestGivenAndMiddle(t *testing.T) {
	checkCases(t, Given, 0, []standardCase{
		{"Robert", "ROBERT"}, {"JOSÉ", "JOSE"}, {"MARY-ANN", "MARY ANN"}, {"D'Angelo", "DANGELO"}, {"J.R.", "<placeholder>"}, {"J.P.", "JP"}, {"Mr. John", "JOHN"},
		{"JOHN JR", "JOHN"}, {"MR UNKNOWN", "<placeholder>"}, {"DR BABY BOY", "<placeholder>"}, {"MARY V", "MARY V"}, {"JOHN  Q.", "JOHN Q"}, {"DE LA", "DE LA"},
		{"BABY BOY", "<placeholder>"}, {"INFANT", "<placeholder>"}, {"MRS", "<placeholder>"}, {"FNU", "<placeholder>"}, {"NA", "<placeholder>"}, {"AAA", "<placeholder>"},
		{"DOE", "DOE"},
	})
	checkCases(t, Middle, 0, []standardCase{
		{"q", "Q"}, {"Q.", "Q"}, {"NMN", "<placeholder>"}, {"NMI", "<placeholder>"}, {"none", "<placeholder>"}, {"Lee", "LEE"},
	})
}

func TestSuffix(t *testing.T) {
	checkCases(t, Suffix, 0, []standardCase{
		{"Jr.", "JR"}, {"JUNIOR", "JR"}, {"sr", "SR"}, {"2ND", "II"}, {"II", "II"}, {"3", "III"}, {"iv", "IV"}, {"MD", "<invalid>"}, {"NONE", "<placeholder>"},
	})
}

func TestNameAndText(t *testing.T) {
	checkCases(t, Name, 0, []standardCase{
		{"Smith & Sons, Inc.", "SMITH AND SONS INC"}, {"3M", "3M"}, {"O'Brien", "OBRIEN"}, {"de la cruz", "DE LA CRUZ"}, {"unknown", "<placeholder>"}, {"RESPONDENT", "<placeholder>"},
	})
	checkCases(t, Text, 0, []standardCase{
		{"St. Louis", "ST LOUIS"}, {"Coeur d'Alene", "COEUR DALENE"}, {"ab1  2cd", "AB1 2CD"}, {"99999", "<placeholder>"}, {"?", "<placeholder>"}, {"日本", "<invalid>"},
	})
	checkCases(t, Exact, 0, []standardCase{{" a B ", "a B"}, {"NONE", "NONE"}, {"", "<missing>"}})
}

func TestDate(t *testing.T) {
	checkCases(t, Date, GuessDate, []standardCase{
		{"19800105", "19800105"}, {"1980-01-05", "19800105"}, {"01/05/1980", "19800105"}, {"1/5/1980", "19800105"}, {"1980-01-05T00:00:00Z", "19800105"},
		{"1980-01-05 13:45:00.000", "19800105"}, {"1980/1/5", "19800105"}, {"2024-02-29", "20240229"},
		{"19800100", "19800100"}, {"19800000", "19800000"}, {"1980-05", "19800500"}, {"05/1980", "19800500"}, {"1980", "19800000"}, {"01/00/1980", "19800100"},
		{"1980-13-05", "<invalid> 19801305"}, {"13/05/1980", "<invalid> 19801305"}, {"2023-02-29", "<invalid> 20230229"}, {"19800005", "<invalid> 19800005"}, {"05051980", "<invalid> 05051980"},
		{"1/5/80", "<invalid>"}, {"800105", "<invalid>"}, {"198005", "<invalid>"}, {"JAN 5", "<invalid>"}, {"1980-01-05X", "<invalid>"}, {"19800105001", "<invalid>"},
		{"1900-01-01", "<placeholder>"}, {"9999-12-31", "<placeholder>"}, {"0000-00-00", "<placeholder>"}, {"00/00/0000", "<placeholder>"}, {"11/11/1111", "<placeholder>"},
		{"unknown", "<placeholder>"}, {"0", "<placeholder>"}, {"//", "<placeholder>"}, {"", "<missing>"},
	})
	checkCases(t, Date, MMDDCCYY, []standardCase{
		{"01051980", "19800105"}, {"01/05/1980", "19800105"}, {"13051980", "<invalid> 19801305"}, {"01001980", "19800100"}, {"1980-01-05", "19800105"}, {"1980", "<invalid>"},
	})
	checkCases(t, Date, DDMMCCYY, []standardCase{{"05011980", "19800105"}, {"05/01/1980", "19800105"}, {"5.1.1980", "19800105"}})
	checkCases(t, Date, CCYYMM, []standardCase{{"198001", "19800100"}, {"1980-01", "19800100"}, {"01/1980", "19800100"}})
	checkCases(t, Date, CCYY, []standardCase{{"1980", "19800000"}})
	if y, m, d := SplitDate(19800105); y != 1980 || m != 1 || d != 5 {
		t.Errorf("SplitDate: %d %d %d", y, m, d)
	}
}

func TestParseDateForm(t *testing.T) {
	for s, want := range map[string]DateForm{"": GuessDate, "CCYY-MM-DD": CCYYMMDD, "MM/DD/CCYY": MMDDCCYY, "MMDDCCYY": MMDDCCYY, "CCYYMM": CCYYMM} {
		if got, ok := ParseDateForm(s); !ok || got != want {
			t.Errorf("ParseDateForm(%q) = %v, %v", s, got, ok)
		}
	}
	if _, ok := ParseDateForm("MMDDYY"); ok {
		t.Error("a form with a two-digit year must not be known")
	}
}

// domain.md, section 7.
func TestSSN(t *testing.T) {
	checkCases(t, SSN, 0, []standardCase{
		{"219-09-9998", "219099998"}, {"219099998", "219099998"}, {"219 09 9998", "219099998"}, {"001-01-0001", "001010001"},
		{"773-45-6788", "773456788"}, {"900-70-1234", "900701234"}, {"999-88-1234", "999881234"}, {"900-93-1234", "900931234"},
		{"078-05-1120", "<placeholder>"}, {"219-09-9999", "<placeholder>"}, {"123-45-6789", "<placeholder>"}, {"012-34-5678", "<placeholder>"}, {"111111111", "<placeholder>"},
		{"999999999", "<placeholder>"}, {"000000000", "<placeholder>"}, {"987-65-4320", "<placeholder>"}, {"987-65-4329", "<placeholder>"}, {"0", "<placeholder>"}, {"none", "<placeholder>"},
		{"000-12-3456", "<invalid>"}, {"666-12-3456", "<invalid>"}, {"900-12-3456", "<invalid>"}, {"900-89-1234", "<invalid>"},
		{"219-00-9998", "<invalid>"}, {"219-09-0000", "<invalid>"},
		{"12-3456780", "<invalid>"}, {"21909999", "<invalid>"}, {"2190999981", "<invalid>"}, {"***-**-6789", "<invalid>"}, {"ABCDEFGHI", "<invalid>"}, {"", "<missing>"},
	})
	for num, want := range map[uint64]string{
		900701234: "ITIN", 999881234: "ITIN", 950921234: "ITIN", 912941234: "ITIN", 900931234: "ATIN", 999931234: "ATIN",
		219099998: "SSN", 899931234: "SSN", 219939998: "SSN", 900891234: "SSN", 0: "SSN",
	} {
		if got := NumberTypeOf(num).String(); got != want {
			t.Errorf("%d is an %s, want %s", num, got, want)
		}
	}
	for num, want := range map[uint64]string{219099998: "***-**-9998", 1010001: "***-**-0001", 0: "***-**-0000"} {
		if got := MaskSSN(num); got != want {
			t.Errorf("MaskSSN(%d) = %s, want %s", num, got, want)
		}
	}
}

func TestDigitsAndNumber(t *testing.T) {
	checkCases(t, Digits, 0, []standardCase{
		{"0012-345", "0012345"}, {"12345", "12345"}, {"12 34", "1234"}, {"12345678901234567", "12345678901234567"}, {"1111", "1111"},
		{"123456789012345678", "<invalid>"}, {"A123", "<invalid>"}, {"0000", "<placeholder>"}, {"9999", "<placeholder>"}, {"1111111", "<placeholder>"}, {"123456789", "<placeholder>"},
		{"na", "<placeholder>"}, {"abc", "<invalid>"},
	})
	_, zeros, _ := Standardise(Digits, 0, nil, []byte("0012345"))
	_, none, _ := Standardise(Digits, 0, nil, []byte("12345"))
	if zeros == none {
		t.Error("leading zeros must count")
	}
	checkCases(t, Number, 0, []standardCase{
		{"1,234.50", "1234.500"}, {"$12", "12.000"}, {"-7.25", "-7.250"}, {"7.25-", "-7.250"}, {"(7.25)", "-7.250"}, {"+3", "3.000"}, {"0", "0.000"}, {".5", "0.500"}, {"$-2", "-2.000"},
		{"1.23456", "1.235"}, {"5.", "5.000"}, {"1.2.3", "<invalid>"}, {"12A", "<invalid>"}, {"9999999999999999", "<invalid>"}, {"--5", "<invalid>"}, {"n/a", "<placeholder>"},
	})
}

func TestPhone(t *testing.T) {
	checkCases(t, Phone, 0, []standardCase{
		{"(212) 555-0123", "2125550123"}, {"212.555.0123", "2125550123"}, {"+1 212 555 0123", "2125550123"}, {"12125550123", "2125550123"}, {"2125550123 x45", "2125550123"},
		{"212-555-0123 EXT. 9", "2125550123"}, {"212-555-0123#9", "2125550123"}, {"TEL: 212-555-0123", "2125550123"},
		{"112-555-0123", "<invalid> 1125550123"}, {"911-555-0123", "<invalid> 9115550123"}, {"212-155-0123", "<invalid> 2121550123"},
		{"555-0123", "<invalid>"}, {"1-800-FLOWERS", "<invalid>"}, {"+44 20 7946 0958", "<invalid>"}, {"22125550123", "<invalid>"},
		{"0000000000", "<placeholder>"}, {"999-999-9999", "<placeholder>"}, {"123-456-7890", "<placeholder>"}, {"212-555-1212", "<placeholder>"}, {"none", "<placeholder>"},
	})
}

func TestEmail(t *testing.T) {
	checkCases(t, Email, 0, []standardCase{
		{"Jane.Roe@Example.ORG", "jane.roe@example.org"}, {"<jane@roe.org>", "jane@roe.org"}, {"mailto:jane@roe.org", "jane@roe.org"}, {"jane @ roe.org", "jane@roe.org"}, {"j+x@roe.org", "j+x@roe.org"},
		{"jane@roe", "<invalid> jane@roe"}, {"jane", "<invalid> jane"}, {"@roe.org", "<invalid> @roe.org"}, {"a@b@c.org", "<invalid> a@b@c.org"}, {"jane@roe.", "<invalid> jane@roe."},
		{"none@none.com", "<placeholder>"}, {"N/A", "<placeholder>"}, {"---", "<placeholder>"},
	})
}

func TestCodes(t *testing.T) {
	checkCases(t, Sex, 0, []standardCase{{"M", "M"}, {"female", "F"}, {"1", "M"}, {"2", "F"}, {"U", "<placeholder>"}, {"unknown", "<placeholder>"}, {"Q", "<invalid>"}})
	checkCases(t, State, 0, []standardCase{
		{"tx", "TX"}, {"Texas", "TX"}, {"N.Y.", "NY"}, {"N Y", "NY"}, {"Calif.", "CA"}, {"district of columbia", "DC"}, {"AE", "AE"}, {"PR", "PR"},
		{"NSW", "<invalid> NSW"}, {"ZQ", "<invalid> ZQ"}, {"XX", "<placeholder>"}, {"none", "<placeholder>"},
	})
	checkCases(t, Zip, 0, []standardCase{
		{"12345", "12345"}, {"12345-6789", "12345-6789"}, {"123456789", "12345-6789"}, {"12345 6789", "12345-6789"}, {"00501", "00501"}, {"00501-0001", "00501-0001"},
		{"501", "<invalid>"}, {"2134", "02134"}, {"21341234", "02134-1234"}, {"2134-1234", "02134-1234"}, {"12345-", "12345"}, {"12345-0000", "12345"}, {"12345-9999", "12345-9999"},
		{"12345-67", "12345"}, {"12345-678", "12345"}, {"12345-67891", "<invalid>"}, {"00000-1234", "<placeholder>"}, {"99999-9999", "<placeholder>"}, {"99998-9999", "99998-9999"},
		{"123456", "<invalid>"}, {"K1A 0B1", "<invalid>"}, {"00000", "<placeholder>"}, {"99999", "<placeholder>"}, {"0", "<placeholder>"}, {"n/a", "<placeholder>"},
	})
}

func TestFoldingIsASCIIAndUnambiguous(t *testing.T) {
	seen := map[rune]bool{}
	for _, f := range foldings {
		for _, r := range f.letters {
			if seen[r] {
				t.Errorf("%c is listed twice", r)
			}
			seen[r] = true
		}
	}
	for r := rune(0xC0); r < 0x180; r++ {
		if r != 0xD7 && r != 0xF7 && r != 'ŉ' && !seen[r] {
			t.Errorf("%c (%U) of Latin-1 or Latin Extended-A has no folding", r, r)
		}
	}
}
