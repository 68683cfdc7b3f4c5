package queue

import (
	"fmt"
	"strings"
	"unicode/utf8"
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

// OfficeWords names an office, many of which are called "Office 3" already.
func OfficeWords(office string) string {
	switch {
	case office == "":
		return "No office"
	case strings.HasPrefix(strings.ToLower(office), "office"):
		return office
	}
	return "Office " + office
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
		first += "; due " + longDay(r.Due)
	}
	wrap(b, fmt.Sprintf("%3d  ", r.Rank), first, width)
	wrap(b, "     ", r.Headline, width)
	for _, line := range [][2]string{
		{"Why due", r.WhyDue}, {"You may", r.YouMay}, {"Watch for", strings.Join(r.Cautions, " ")}, {"Why here", r.Why},
		{"Money", r.money()}, {"Lead", r.LeadID},
	} {
		if line[1] != "" {
			wrap(b, fmt.Sprintf("     %-10s ", line[0]), line[1], width)
		}
	}
}

// money is what is known of order and payments in one line.
func (r *Row) money() string {
	var words []string
	if r.Order != "" {
		words = append(words, r.Order)
	}
	if r.Arrears != nil && *r.Arrears > 0 {
		words = append(words, money(*r.Arrears)+" past due")
	}
	if r.LastPaid != 0 {
		words = append(words, "last paid "+longDay(r.LastPaid))
	}
	return sentence(strings.Join(words, "; "))
}

// wrap writes words behind a label, with further lines below the first word.
func wrap(b *strings.Builder, label, words string, width int) {
	indent := strings.Repeat(" ", utf8.RuneCountInString(label))
	line := label
	empty := true
	for _, word := range strings.Fields(words) {
		if !empty && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width {
			b.WriteString(strings.TrimRight(line, " ") + "\n")
			line, empty = indent, true
		}
		if !empty {
			line += " "
		}
		line, empty = line+word, false
	}
	b.WriteString(strings.TrimRight(line, " ") + "\n")
}
