// Package guess proposes a layout for a file that nobody has described.
//
// In: a file. Out: the YAML of a layout that reads it at once, each guess with its reason and how sure it is in a comment, and
// what only a person can say left to do.
//
//	file ─ sources.TakeSample ─▶ shape: encoding, delimiter or breaks, names, record marks ─▶ a draft
//	                                      │
//	file ─ sources.Cut by the draft ─▶ values of the first rows ─▶ evidence: what each column holds ─▶ names ─▶ YAML
//
// What always holds:
//
//   - the YAML is a layout that loads, and reads the file from which it was made;
//   - no value of a person stands in it, nor in an error: of the file's text only column names of a first line that is surely one
//     of names, and record marks of at most three characters, are repeated;
//   - whose knowledge a field is, is never guessed: every field of an extract is echo, which never scores, until a person says
//     own or key. A file that merely repeats our inquiry so yields no evidence;
//   - the status is unconfirmed, which run refuses unless it is told otherwise;
//   - the same file gives the same bytes.
//
// How sure: "sure" where the column's name and its values agree, or the values could hardly be anything else; "likely" where one
// of the two speaks; "perhaps" where only the place among the others does.
//
// A worked example: a file of three columns without names, 523-45-6789|02/29/1980|TX, becomes
//
//	delimiter: "|"   names: none
//	- {name: ssn, role: echo}                      # sure: 98 % of the values are an SSN
//	- {name: born, role: echo, form: MM/DD/CCYY}   # likely: dates from 1931 to 2007
//	- {name: state, role: echo}                    # sure: 100 % of the values are a state
//
// How to read on: shape.go (csv or fixed), csv.go, marks.go, fixed.go; survey.go, breaks.go, window.go and join.go (where fixed fields
// begin); evidence.go, find.go and name.go (what they hold); headers.txt (the words of column names, as data); yaml.go.
package guess
