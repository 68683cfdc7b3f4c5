package profile

import (
	"fmt"
	"path/filepath"
	"strings"
)

// Text is the trial as a page for a terminal.
func (t *Trial) Text() string {
	var b strings.Builder
	p := t.Profile
	fmt.Fprintf(&b, "%s by layout %s: %s records read, %s rows, %s rejected\n", filepath.Base(p.File), p.Layout, thousands(p.Records), thousands(p.Rows), thousands(p.Records-p.Rows))
	for _, r := range t.Rows {
		r.text(&b)
	}
	t.rejects(&b)
	b.WriteString("\nRecord types\n")
	for _, line := range t.Records {
		bullet(&b, line)
	}
	for i, s := range p.Sections {
		if s.Fault != "" {
			bullet(&b, fmt.Sprintf("%s, from line %d: %s", sectionTitle(s, i, len(p.Sections)), s.Line, s.Fault))
		}
	}
	p.fields(&b)
	p.hints(&b)
	if len(t.Roles) > 0 {
		b.WriteString("\nLeft to do\n")
		for _, line := range t.Roles {
			bullet(&b, line)
		}
	}
	return b.String()
}

func (r *TrialRow) text(b *strings.Builder) {
	fmt.Fprintf(b, "\nline %d\n", r.Line)
	var rows [][]string
	for _, v := range r.Values {
		if v.Validity == "missing" {
			rows = append(rows, []string{v.Field, "-"})
			continue
		}
		rows = append(rows, []string{v.Field, v.Shown, v.Validity})
	}
	tabulate(b, "  ", rows)
}

// rejects lists the first rejects, and each remedy once.
func (t *Trial) rejects(b *strings.Builder) {
	if len(t.Rejects) == 0 {
		return
	}
	b.WriteString("\nRejected\n")
	for _, r := range t.Rejects {
		fmt.Fprintf(b, "  line %d: %s", r.Line, r.Reason)
		if r.Detail != "" {
			fmt.Fprintf(b, ", %s", r.Detail)
		}
		b.WriteString("\n")
	}
	if more := t.Profile.Records - t.Profile.Rows - int64(len(t.Rejects)); more > 0 {
		fmt.Fprintf(b, "  and %s more\n", thousands(more))
	}
	for _, r := range t.Profile.Rejected {
		bullet(b, fmt.Sprintf("%s, %s: %s", r.What, thousands(r.Rows), remedy(r.What)))
	}
}
