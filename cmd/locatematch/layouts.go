package main

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"locatematch/sources"
)

func newLayouts() *cobra.Command {
	c := &cobra.Command{
		Use:   "layouts [LAYOUT]",
		Short: "List the layouts, or show one field by field",
		Long: `layouts lists the built-in layouts with their status: published (positions
confirmed by a source that it names), unconfirmed (run refuses it unless the
config allows it), or example (the product's own). With a name, or the path of a
layout file of your own, it shows every field.

For a file of your own, layouts guess proposes a layout and layouts test tries one
(sources/LAYOUTS.md is the guide).`,
		Example: "  locatematch layouts\n  locatematch layouts ndnh-w4\n  locatematch layouts ./county-jail.yaml\n  locatematch layouts guess releases.txt > county-jail.yaml",
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return listLayouts(c)
			}
			l, err := sources.Load(args[0])
			if err != nil {
				return fmt.Errorf("%w: %w", errUsage, err)
			}
			return showLayout(c, l)
		},
	}
	c.AddCommand(newLayoutsGuess(), newLayoutsTest())
	return c
}

func listLayouts(c *cobra.Command) error {
	w := tabwriter.NewWriter(c.OutOrStdout(), 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "LAYOUT\tSOURCE\tFORMAT\tSTATUS")
	for _, l := range sources.BuiltIn() {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", l.Name, l.Source, l.Format, l.Status)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for _, l := range sources.BuiltIn() {
		fmt.Fprintf(c.OutOrStdout(), "\n%s\n", l.Name)
		printWrapped(c.OutOrStdout(), l.Title)
	}
	return nil
}

func showLayout(c *cobra.Command, l *sources.Layout) error {
	out := c.OutOrStdout()
	fmt.Fprintf(out, "%s: %s\nsource %s, format %s, status %s\n", l.Name, l.Title, l.Source, l.Format, l.Status)
	printWrapped(out, "origin: "+l.Origin)
	fmt.Fprintln(out)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "FIELD\tROLE\tWIDTH\tFORM")
	for _, col := range l.Columns() {
		name := col.Name
		if col.Repeat > 1 {
			name = fmt.Sprintf("%s (%d)", name, col.Repeat)
		}
		width := ""
		if col.Width > 0 {
			width = fmt.Sprint(col.Width)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", name, col.Role, width, orDash(formOf(col)))
	}
	return w.Flush()
}

// formOf is how a column is written: its form, and what kind of number it is.
func formOf(col sources.Column) string {
	form := col.Form
	if col.Number != "" {
		form = strings.TrimSpace(form + " " + col.Number)
	}
	if col.Decimals > 0 {
		form += fmt.Sprintf(", %d decimals", col.Decimals)
	}
	return form
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}
