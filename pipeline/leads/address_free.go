package leads

import (
	"strings"

	"locatematch/sources/person"
)

// freeAddress reads an address that came in one field, its lines parted by backslashes: the last line is city, state and ZIP,
// and a ZIP that the supplier could isolate stands in a field of its own (old answers of the federal locate service, format F).
//
//	12 ELM ST\APT 4\SPRINGFIELD IL 62704
func freeAddress(s *Sighting) (lines []string, city, state, zip string) {
	free := s.value(person.FreeAddress)
	if free == "" {
		return nil, "", "", ""
	}
	for _, line := range strings.Split(free, `\`) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	zip = s.value(person.Zip)
	if len(lines) < 2 {
		return lines, "", "", zip
	}
	place := strings.Fields(lines[len(lines)-1])
	lines = lines[:len(lines)-1]
	if n := len(place); n > 0 && len(digits(place[n-1])) >= 5 {
		if zip == "" {
			zip = place[n-1]
		}
		place = place[:n-1]
	}
	if n := len(place); n > 1 && len(place[n-1]) == 2 {
		state, place = place[n-1], place[:n-1]
	}
	return lines, strings.TrimSuffix(strings.Join(place, " "), ","), state, zip
}

// addressDate reads the date of an address, of which another field says how much is known: 1 month and year, 2 quarter and year,
// 3 year, 4 all of it, each with the year's four digits; without that field the date is one already. A year of two digits is
// none: which century is not said.
func addressDate(raw, form string) *PartialDate {
	d := digits(raw)
	switch {
	case form == "":
		return ParseDate(raw)
	case form == "1" && len(d) == 6:
		return ParseDate(d[2:] + "-" + d[:2])
	case form == "2" && len(d) == 5:
		return ParseDate(d[1:] + "-Q" + d[:1])
	case form == "3" && len(d) == 4:
		return ParseDate(d)
	case form == "4" && len(d) == 8:
		return ParseDate(d[:4] + "-" + d[4:6] + "-" + d[6:])
	}
	return nil
}
