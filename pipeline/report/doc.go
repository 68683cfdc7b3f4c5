// Package report is what a run says of itself: the manifest, and the pages made from it.
//
// What comes in: counts that the run has kept. What goes out: manifest.json for programs, report.md and report.html for the
// morning, and a funnel for the terminal. The pages are made from the manifest alone, so they can be made again at any time
// and never say what the manifest does not.
//
// What always holds:
//
//   - I1, I6: the books balance. Balance states every identity and names each that is broken, with its numbers.
//   - I8: the same counts give the same bytes. There are no clocks, host names or personal values in a manifest.
//   - I10: a count of protected people below five is printed as "fewer than 5", and never beside counts that give it away.
//   - A manifest carries a seal: Decode refuses one whose bytes were changed after Encode.
//
// A worked example:
//
//	m.Outcome = report.Conclude(m, 0, "")
//	if err := m.Balance(); err != nil { … }       // nothing is published
//	data, err := m.Encode()                       // manifest.json
//	fmt.Print(report.Text(m, 80))
package report
