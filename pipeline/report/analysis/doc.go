// Package analysis is the page that shows analysts how the matching does: charts, each beside the table it is drawn from.
//
// What comes in: sections of tables, and which of their columns are to be drawn. What goes out: one HTML file that needs no
// network and no script, for screen (light and dark) and paper. What the sections are about, the package does not know:
// pipeline makes them from evaluations, blocking and training.
//
// What always holds:
//
//   - No chart shows a number that does not stand in its table, written alike: charts are drawn from tables alone.
//   - I8: the same sections give the same bytes.
//
// A worked example:
//
//	t := analysis.NewTable(analysis.Column{Name: "Source"}, analysis.Column{Name: "Known share", Format: analysis.Shares})
//	t.Add(analysis.Words("postal"), analysis.Number(0.0321))
//	bars := analysis.Bars{Title: "Known shares", Says: "Part of the records that are our people.", Names: []int{0}, Values: []int{1}}
//	page := analysis.Page{Title: "Training", Sections: []analysis.Section{{ID: "shares", Title: "Shares",
//		Parts: []analysis.Part{{Title: "By source", Table: t, Charts: []analysis.Chart{bars}}}}}}
//	html, err := page.HTML()
package analysis
