package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"locatematch/pipeline"
	"locatematch/pipeline/report"
)

// evaluationWidth is the width of a terminal that every evaluation fits.
const evaluationWidth = 100

// mostParts of a weight, behind the prior, are shown of each of the worst pairs; the JSON has them all.
const mostParts = 5

// printDetail shows what --detail and --worst add: thresholds and unlinkables of each extract, groups of all, pairs of each.
func printDetail(out io.Writer, list []pipeline.Evaluation) error {
	last := list[len(list)-1]
	if len(last.Curve) > 0 {
		for _, section := range []func(io.Writer, []pipeline.Evaluation) error{printThresholds, printGroups, printUnlinkable} {
			if err := section(out, list); err != nil {
				return err
			}
		}
	}
	for _, v := range list {
		printWorst(out, v)
	}
	return nil
}

func detailTable(out io.Writer, title, header string) *tabwriter.Writer {
	fmt.Fprintln(out, "\n"+title)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, header)
	return w
}

// ratesColumns are links, true, precision, recall and F1 as columns.
func ratesColumns(r pipeline.Rates) string {
	precision := "-" // of no links nothing can be said
	if r.Links > 0 {
		precision = fmt.Sprintf("%.4f", r.Precision)
	}
	return fmt.Sprintf("%d\t%d\t%s\t%.4f\t%.4f\t", r.Links, r.True, precision, r.Recall, r.F1)
}

func printThresholds(out io.Writer, list []pipeline.Evaluation) error {
	w := detailTable(out, "Thresholds, in bits", "extract\tweight\tlinks\ttrue\tprecision\trecall\tF1\t")
	for _, v := range list {
		name := v.Extract
		for _, at := range v.At {
			fmt.Fprintf(w, "%s\t%+.2f\t%s\n", name, at.Weight, ratesColumns(at.Rates))
			name = ""
		}
	}
	return w.Flush()
}

// printGroups shows the groups of all extracts together.
func printGroups(out io.Writer, list []pipeline.Evaluation) error {
	v := list[len(list)-1]
	if len(v.Groups) == 0 {
		return nil
	}
	w := detailTable(out, fmt.Sprintf("Groups of subjects at the accept threshold (%s)", v.Extract),
		"property\tgroup\tsubjects\ttrue pairs\tlinks\ttrue\tprecision\trecall\tF1\t")
	property, spanish := "", false
	for _, g := range v.Groups {
		name := g.Property
		if name == property {
			name = ""
		}
		property, spanish = g.Property, spanish || strings.HasPrefix(g.Group, "Hispanic")
		fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%s\n", strings.ReplaceAll(name, "_", " "), g.Group, g.Subjects, g.TruePairs, ratesColumns(g.Rates))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if spanish {
		printParagraph(out, "", "Hispanic is what a list of a hundred of the commonest Spanish surnames finds: a name, not where anybody is from.")
	}
	return nil
}

func printUnlinkable(out io.Writer, list []pipeline.Evaluation) error {
	w := detailTable(out, "Unlinkable: not even a record that repeats all that is known of the subject would be accepted",
		"extract\tlacking\tsubjects\twould link\t")
	for _, v := range list {
		for _, u := range v.Unlinkable {
			if u.Field == "" {
				fmt.Fprintf(w, "%s\tall of %d\t%d\t%d\t\n", v.Extract, u.Of, u.Subjects, u.WouldLink)
				continue
			}
			if u.WouldLink > 0 {
				fmt.Fprintf(w, "\t%s\t%d\t%d\t\n", u.Field, u.Subjects, u.WouldLink)
			}
		}
	}
	return w.Flush()
}

func printWorst(out io.Writer, v pipeline.Evaluation) {
	compared := 0
	for compared < len(v.Misses) && v.Misses[compared].Compared {
		compared++
	}
	printPairs(out, fmt.Sprintf("%s: the heaviest false links", v.Extract), v.FalseLinks)
	printPairs(out, fmt.Sprintf("%s: the lightest misses", v.Extract), v.Misses[:compared])
	printPairs(out, fmt.Sprintf("%s: the heaviest misses that no blocking rule proposed", v.Extract), v.Misses[compared:])
	if v.LeftOut > 0 {
		fmt.Fprintf(out, "\n%s: %s of the worst pairs not shown, for they may concern a person under protection\n", v.Extract, report.GuardedCount(v.LeftOut))
	}
	if v.Unread > 0 {
		fmt.Fprintf(out, "\n%s: %d true pairs name a record that was rejected or is not in the extract\n", v.Extract, v.Unread)
	}
}

// printPairs shows each pair in a line, and what it weighs under it.
func printPairs(out io.Writer, title string, pairs []pipeline.WorstPair) {
	if len(pairs) == 0 {
		return
	}
	fmt.Fprintf(out, "\n%s\n", title)
	for _, p := range pairs {
		fmt.Fprintf(out, "  %+7.2f bits  subject %s, record %s:%s\n", p.Weight, p.SubjectID, p.Extract, p.RecordID)
		printParagraph(out, "                ", strings.Join(p.Why[:min(len(p.Why), 1+mostParts)], "; "))
	}
}

func printParagraph(out io.Writer, indent, words string) {
	for _, line := range report.Wrap(words, evaluationWidth-len(indent)) {
		fmt.Fprintln(out, indent+line)
	}
}
