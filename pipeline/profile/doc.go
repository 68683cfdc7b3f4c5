// Package profile says what a file is, field by field, without saying who is in it.
//
// In: a file and its layout. Out: a [Profile] of all its rows (how full and how valid each field is, how many values it has,
// between which months its dates lie, what its values look like), or a [Trial] of its first rows (each field masked, each reject
// with its reason and what to do about it). Both point at fields that look as if their place were wrong.
//
//	file ─ sources.Cut, Split ─▶ rows ─▶ column: judge, count, mask ─▶ Profile
//	     └ sources.TakeSample ─▶ raw rows ─▶ shifts: would the field be valid one byte further? ─▶ Hints
//
// What always holds:
//
//   - no value of a person leaves this package whole: an SSN shows its last four digits, an account number at most as many, a
//     date of birth its year, a name or address its pattern (A for a letter, 9 for a digit); names and addresses are shown only
//     when asked for, and numbers never (I11);
//   - values themselves are shown only of codes, and only those that five rows and more hold;
//   - memory is bounded by the number of fields, not by rows: distinct values are counted exactly up to a bound and estimated
//     beyond (distinct.go), patterns come from a sample, and what is estimated or sampled says so;
//   - the same file and layout give the same profile.
//
// A worked example: of the field ssn with the values 523-45-6789, 078-05-1120 and a blank,
//
//	ssn  filled 2 of 3, valid 1, placeholder 1, distinct 2, patterns 999-99-9999
//
// How to read on: kinds.go (what a field is expected to hold), judge.go (whether it does), mask.go (what may be shown),
// column.go (counting), profile.go, shift.go (places that look wrong), trial.go.
package profile
