package queue

import (
	"fmt"
	"strings"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/agency"
	"locatematch/pipeline/report"
)

// Text shows rows on a terminal, officer by officer, each lead as a few short lines: columns side by side would not fit.
func Text(rows []Row, width int) string {
	width = min(max(width, 60), 120)
	var b strings.Builder
	for i := range rows {
		r := &rows[i]
		if i == 0 || rows[i-1].Office != r.Office || rows[i-1].Officer != r.Officer {
			if i > 0 {
				b.WriteByte('\n')
			}
			b.WriteString(heading(rows[i:]) + "\n")
		}
		b.WriteByte('\n')
		r.text(&b, width)
	}
	if len(rows) == 0 {
		b.WriteString("Nothing is queued.\n")
	}
	return b.String()
}

// heading names the desk whose rows come next, and says how many there are.
func heading(rows []Row) string {
	n, people := 0, map[string]bool{}
	for _, r := range rows {
		if r.Office != rows[0].Office || r.Officer != rows[0].Officer {
			break
		}
		n++
		people[r.Person] = true
	}
	office, who := OfficeWords(rows[0].Office), "officer "+rows[0].Officer
	if o := rows[0].Officer; o == Supervisor || o == Specialist {
		who = OfficerWords(o) + "'s queue"
	}
	return fmt.Sprintf("%s, %s: %s about %s", office, who, counted(n, "row", "rows"), counted(len(people), "person", "people"))
}

// OfficeWords names the office of a queue.
func OfficeWords(office string) string {
	if office == "" {
		return "No office"
	}
	return agency.OfficeWords(office)
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func (r *Row) text(b *strings.Builder, width int) {
	first := r.Person
	if r.CaseID != "" {
		first += ", case " + r.CaseID
	}
	if r.Due != 0 {
		first += "; due " + r.Due.Long()
	}
	b.WriteString(report.Labelled(fmt.Sprintf("%3d  ", r.Rank), first, width))
	b.WriteString(report.Labelled("     ", r.Headline, width))
	for _, line := range [][2]string{
		{"Why due", r.WhyDue}, r.mayLine(), {"Watch for", strings.Join(r.Cautions, " ")}, {"Why here", r.Why},
		{"Money", r.money()}, {"Lead", r.LeadID},
	} {
		if line[1] != "" {
			b.WriteString(report.Labelled(fmt.Sprintf("     %-10s ", line[0]), line[1], width))
		}
	}
}

// mayLine is what may be done behind its label, whose words do not stand twice.
func (r *Row) mayLine() [2]string {
	if words, yours := strings.CutPrefix(r.YouMay, "You may "); yours {
		return [2]string{"You may", words}
	}
	return [2]string{"Next step", r.YouMay}
}

// money is what is known of order and payments in one line.
func (r *Row) money() string {
	var words []string
	if r.Order != "" {
		words = append(words, r.Order)
	}
	if r.Arrears != nil && *r.Arrears > 0 {
		words = append(words, leads.Money(*r.Arrears)+" past due")
	}
	if r.LastPaid != 0 {
		words = append(words, "last paid "+r.LastPaid.Long())
	}
	return sentence(strings.Join(words, "; "))
}
