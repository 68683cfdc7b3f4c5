package synth

// A stretch is business nights in a row and the files that they bring. Nights count from 1; weekends have none.
type stretch struct {
	first day // of night 1
	count int
	files []nightFile // by night they were due, then extract
}

// nightFile is one file that a supplier makes: due one night, here the same night or later, perhaps corrected.
type nightFile struct {
	extract   extract
	due       int
	arrives   int // night; 0 not within the stretch
	corrected int // night in which the corrected copy comes; 0 none within the stretch
	batch     int // of the institutions that report, financial only
}

// Rhythms, in business nights.
const (
	everyPostal    = 5
	everyMilitary  = 21 // about a month
	everyFinancial = 7  // a third of the institutions each time: each reports once a month

	firstMilitary  = 2
	firstFinancial = 3
	batches        = 3
)

// newStretch says what comes when.
func newStretch(first day, count int) *stretch {
	c := &stretch{first: weekday(first), count: count}
	for night := 1; night <= count; night++ {
		if night%everyPostal == 1 {
			c.add(nightFile{extract: postal, due: night})
		}
		c.add(nightFile{extract: employment, due: night})
		if night >= firstMilitary && (night-firstMilitary)%everyMilitary == 0 {
			c.add(nightFile{extract: military, due: night})
		}
		if night >= firstFinancial && (night-firstFinancial)%everyFinancial == 0 {
			c.add(nightFile{extract: financial, due: night, batch: (night - firstFinancial) / everyFinancial % batches})
		}
	}
	return c
}

// add says when a file comes, and when its corrected copy does.
func (c *stretch) add(f nightFile) {
	f.arrives = c.within(f.due + lateBy(f.extract, f.due))
	if wait := correctedAfter(f.extract, f.due); wait > 0 && f.arrives > 0 {
		f.corrected = c.within(f.due + wait)
	}
	c.files = append(c.files, f)
}

func (c *stretch) within(night int) int {
	if night > c.count {
		return 0
	}
	return night
}

// lateBy is by how many nights a file comes late: one file of new hires in nine, one or two nights; the third list of the
// post office, one.
func lateBy(e extract, due int) int {
	switch {
	case e == employment && due%9 == 7:
		return 1 + due/9%2
	case e == postal && due == 1+2*everyPostal:
		return 1
	}
	return 0
}

// correctedAfter is how many nights after a file was due its corrected copy comes; 0 for a file that stays as it is.
func correctedAfter(e extract, due int) int {
	switch {
	case e == employment && due%8 == 4:
		return 2
	case e == postal && due == 1+everyPostal, e == financial && due == firstFinancial+everyFinancial:
		return 2
	}
	return 0
}

// day is the business date of a night; nights before the first have dates too.
func (c *stretch) day(night int) day {
	d := int(c.first) + (night-1)/5*7
	rest := (night - 1) % 5
	if rest < 0 {
		d, rest = d-7, rest+5
	}
	// The epoch, 1970-01-01, was a Thursday: Monday is 0.
	if monday := (int(c.first) + 3) % 7; monday+rest >= 5 {
		rest += 2
	}
	return day(d + rest)
}

// from is the first night on or after a day, at least 1; more than count when the stretch is over by then.
func (c *stretch) from(d day) int {
	night := 1
	for night <= c.count && c.day(night) < d {
		night++
	}
	return night
}

// weekday moves a Saturday or Sunday to the Monday after it.
func weekday(d day) day {
	if at := (int(d) + 3) % 7; at >= 5 {
		return d + day(7-at)
	}
	return d
}

// fileFrom is the index of the first file of an extract that is due on or after a night; -1 when none is.
func (c *stretch) fileFrom(e extract, night int) int {
	for i, f := range c.files {
		if f.extract == e && f.due >= night {
			return i
		}
	}
	return -1
}
