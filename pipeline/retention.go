package pipeline

// retention says how long the rows of a source are kept to be met by people who come on the caseload later, or whom the agency
// learns more about: days from the night that read them, 0 for not at all; and whether rows are that link to nobody yet. It is
// what policy allows, but for the military's file, which is complete each time and an answer to our own inquiry: the next edition
// takes the place of the last, and two of them would compete for one person.
func (p *Plan) retention(source string) (days int, unmatched bool) {
	if source == "military" {
		return 0, false
	}
	return p.Policy.Retention(source)
}

// expired reports that rows of a source, received on a day ccyymmdd, are older than its retention.
func (p *Plan) expired(source string, received int32) bool {
	days, _ := p.retention(source)
	return days <= 0 || dateOf(received).AddDate(0, 0, days).Before(dateOf(p.AsOf))
}
