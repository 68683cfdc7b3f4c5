package sources

import "strings"

// number checks how a field's number is written.
func (f *faults) number(l *Layout, at string, x Field) {
	f.oneOf(at+".number", "number of "+x.Name, x.Number, numberWords)
	if x.Number == "" {
		if x.Digits != 0 || x.Decimals != 0 {
			f.add(at+".digits", "%s: digits and decimals are for a number (packed, zoned, overpunch)", x.Name)
		}
		return
	}
	most := x.Width
	if x.Number == Packed {
		most = 2*x.Width - 1
	}
	switch {
	case l.Format != Fixed:
		f.add(at+".number", "%s: number is for fixed layouts", x.Name)
	case x.Number == Packed && l.LineEnds != "none" && !l.ebcdic():
		f.add(at+".number", "%s: a packed number may hold the byte of a line end; it needs line_ends: none", x.Name)
	case x.Width < 1 || most > mostDigits:
		f.add(at+".width", "%s: width %d: a %s number has 1 to %d digits", x.Name, x.Width, x.Number, mostDigits)
	case x.Digits < 0 || x.Digits > most:
		f.add(at+".digits", "%s: %d digits do not fit %d bytes", x.Name, x.Digits, x.Width)
	case x.Decimals < 0 || x.Decimals > x.digits():
		f.add(at+".decimals", "%s: %d decimals of %d digits", x.Name, x.Decimals, x.digits())
	case x.Decimals > 0 && (x.Form == "cents" || x.Counts != ""):
		f.add(at+".decimals", "%s: cents and counts have no decimals", x.Name)
	}
	if x.Pad != "" {
		f.add(at+".pad", "%s: a %s number is filled up with zeros as it is", x.Name, x.Number)
	}
	if strings.Contains(x.Form, "LAST") || x.Number != "" && x.Decimals > 0 && x.Form != "" && x.Form != "dollars" {
		f.add(at+".form", "%s: form %s is not that of a number like this", x.Name, x.Form)
	}
}
