// Package codes knows what suppliers' codes mean.
//
// In: lists of codes, one YAML file each, built in from lists/. Out: a [List]
// for each canonical field that holds a code, and from it the [Meaning] of a
// code in words. Layouts say where a code stands; what it means is the same in
// every layout, and lies here once.
//
// What always holds:
//
//   - a field has at most one list, and a list has no code twice;
//   - every list names its source, and a code whose meaning comes from elsewhere
//     names its own;
//   - a code that is not in its list is no error: it is kept as it came,
//     counted, and told of as not known.
//
// A worked example: payee 1 in a bank's record is "somebody else is the first
// owner"; payee 7 is not in the list, so the lead has the 7 and no words, and the
// manifest says `payee=7: 1`.
package codes
