package synth

import (
	"fmt"
	"path/filepath"
	"strings"

	"locatematch/sources"
)

// everySupplier is the config of a night of layouts, and one more for each further caseload.
func (n *night) everySupplier() (all []config) {
	for i, c := range n.caseloads {
		name, apart := "night.yaml", ""
		if i > 0 {
			apart = "-" + extractOf(c.layout)
			name = "night" + apart + ".yaml"
		}
		all = append(all, config{name, n.configOf(c, apart)})
	}
	return all
}

// configOf is the config that reads one caseload and every extract.
func (n *night) configOf(c *caseloadWriter, apart string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# A synthetic night in many layouts: every person in it is invented (seed %d).\nas_of: %s\n", n.world.seed, n.options.AsOf)
	fmt.Fprintf(&b, "caseload: {files: %s, layout: %s}\n", c.file, pathFrom(n.options.Out, c.as))
	b.WriteString(`# Where a layout is not confirmed by any published source, allow_unconfirmed says that this is known: these files were written by
# the same layout, so that reading them with it is safe; of a real file's layout make sure first. Every file has a few rows that
# must be refused (rejects.csv); reject_limit stands where they are more than one in a hundred.
extracts:
`)
	for _, x := range n.writers {
		fmt.Fprintf(&b, "  - {name: %s, files: %q, layout: %s%s%s}\n", x.name, "in/"+x.name+"-[0-9]*"+ending(x.layout), pathFrom(n.options.Out, x.as),
			pickText(x.layout.Status == sources.Unconfirmed, ", allow_unconfirmed: true", ""), x.limit())
	}
	if !n.noAgency {
		b.WriteString("# What the agency itself knows.\nagency:\n")
		for k, file := range knowledgeFiles {
			fmt.Fprintf(&b, "  %s: {files: in/%s%s}\n", file.key, file.file, n.agency.pages[k].limit())
		}
	}
	fmt.Fprintf(&b, "state: state%s\nout: runs%s\n", apart, apart)
	return b.String()
}

// limit is what the config says of a file whose rejects are more than one row in a hundred.
func (p *page) limit() string {
	planted, rows := len(p.rejects.planted), int(p.rows)
	if 100*planted <= planted+rows {
		return ""
	}
	return fmt.Sprintf(", reject_limit: %.2f", float64(min(100, 100*planted/(planted+rows)+1))/100)
}

// pathFrom is what a config in a folder calls a layout: a built-in one by its name, another by its path from there.
func pathFrom(dir, as string) string {
	if !strings.ContainsAny(as, "/.") {
		return as
	}
	from, err := filepath.Abs(dir)
	to, bad := filepath.Abs(as)
	if err != nil || bad != nil {
		return as
	}
	rel, err := filepath.Rel(from, to)
	switch {
	case err != nil:
		return to
	case strings.HasPrefix(rel, ".."):
		return rel
	}
	return "./" + rel
}
