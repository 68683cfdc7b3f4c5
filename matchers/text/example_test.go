package text_test

import (
	"fmt"

	"locatematch/matchers/text"
)

// The worked example of the package's story.
func Example() {
	show := func(k text.Kind, raw string) {
		std, num, v := text.Standardise(k, text.GuessDate, nil, []byte(raw))
		if k.Numeric() && num != 0 {
			std = text.AppendNumber(nil, k, num)
		}
		fmt.Printf("%s %q: %q %v\n", k, raw, std, v)
	}
	show(text.Family, "de la Cruz-O’Brien, Jr.")
	show(text.Given, "José")
	show(text.Date, "1/5/1980")
	show(text.Date, "1980-13-05")
	show(text.SSN, "078-05-1120")
	show(text.Address, "12 N. Oak Street, #4b")

	parts := text.ParseAddress([]byte("12 N OAK ST # 4B"))
	fmt.Printf("%v %s, %s, %s\n", parts.Form, parts.Number, parts.Street, parts.Unit)
	// Output:
	// family "de la Cruz-O’Brien, Jr.": "DELACRUZ OBRIEN" valid
	// given "José": "JOSE" valid
	// date "1/5/1980": "19800105" valid
	// date "1980-13-05": "19801305" invalid
	// ssn "078-05-1120": "" placeholder
	// address "12 N. Oak Street, #4b": "12 N OAK ST # 4B" valid
	// street 12, N OAK ST, 4B
}

// A near miss scores high; the digit rule keeps neighbours' house numbers from earning a prefix.
func ExampleNeedle() {
	var n text.Needle
	n.Set([]byte("MARTHA"))
	fmt.Printf("%.4f\n", n.JaroWinkler([]byte("MARHTA")))
	n.Set([]byte("123 MAIN"))
	fmt.Printf("%.4f\n", n.JaroWinkler([]byte("124 MAIN")))
	// Output:
	// 0.9611
	// 0.9167
}
