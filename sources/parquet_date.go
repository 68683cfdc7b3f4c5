package sources

import "time"

// dateText writes days since 1970-01-01 in a date form, ISO for other forms.
// It reckons with whole numbers what package time would, which is several
// times as fast; years of other than four digits are left to that package.
func dateText(form string) func(dst []byte, days int64) []byte {
	layout := goLayout(form)
	places := datePlaces(layout)
	return func(dst []byte, days int64) []byte {
		year, month, day := civil(days)
		if year < 0 || year > 9999 {
			return time.Unix(days*86400, 0).UTC().AppendFormat(dst, layout)
		}
		figures := [...]byte{
			'0' + byte(year/1000), '0' + byte(year/100%10), '0' + byte(year/10%10), '0' + byte(year%10),
			'0' + byte(month/10), '0' + byte(month%10), '0' + byte(day/10), '0' + byte(day%10), '-', '/',
		}
		for _, place := range places {
			dst = append(dst, figures[place])
		}
		return dst
	}
}

// datePlaces says of each byte of a layout of goLayout which figure stands
// there: 0 to 3 of the year, 4 and 5 of the month, 6 and 7 of the day, 8 a
// hyphen, 9 a slash.
func datePlaces(layout string) (places []uint8) {
	for rest := layout; rest != ""; {
		size := 2
		switch rest[:min(2, len(rest))] {
		case "20": // 2006
			places, size = append(places, 0, 1, 2, 3), 4
		case "06":
			places = append(places, 2, 3)
		case "01":
			places = append(places, 4, 5)
		case "02":
			places = append(places, 6, 7)
		default:
			place := uint8(8)
			if rest[0] == '/' {
				place = 9
			}
			places, size = append(places, place), 1
		}
		rest = rest[size:]
	}
	return places
}

// civil is the date of a day since 1970-01-01 in the Gregorian calendar: years
// begin in March, so that the leap day is a year's last, and 400 of them have
// 146,097 days.
func civil(days int64) (year, month, day int64) {
	days += 719468 // 0000-03-01
	era := days / 146097
	if days < 0 {
		era = (days - 146096) / 146097
	}
	rest := days - era*146097
	of := (rest - rest/1460 + rest/36524 - rest/146096) / 365 // year of the era
	rest -= 365*of + of/4 - of/100
	shifted := (5*rest + 2) / 153 // month, March is 0
	day = rest - (153*shifted+2)/5 + 1
	month, year = shifted+3, of+era*400
	if month > 12 {
		month, year = month-12, year+1
	}
	return year, month, day
}
