// Package text brings raw field values to standard form and compares the forms.
//
// In comes the raw text of one field of one record, as a supplier wrote it, and the field's Kind. Out goes the standard
// form: bytes for names and addresses, an integer for dates, numbers and codes, and a Validity that says what the value is
// worth as evidence. Beside it stand the kernels that compare standard forms (Jaro-Winkler, optimal string alignment, digit
// distance), the phonetic code, the nickname families, and the parsers of one-line names and addresses.
//
// What always holds:
//
//   - I2: the standard form of a standard form is itself, with the same validity. Integers are written out by AppendNumber.
//   - Standardise never fails and never panics. Bytes that are not UTF-8 are read as Latin-1 (Windows-1252 for quotes and
//     dashes), the encoding that such files really have.
//   - A validity is decided on the standard form alone, never on the raw text, wherever there is a standard form.
//   - Missing and Placeholder carry no value. Invalid may carry one that still compares: the eight digits of a birth date
//     with month 13 agree with the same slip elsewhere.
//   - Standard forms of names, texts and addresses are upper-case ASCII, words parted by one blank. They hold at most 64
//     bytes (Limit), addresses 128 (AddressLimit).
//   - Nothing is allocated when dst has room for the limit, except by Sound, which calls matchr.
//
// A worked example:
//
//	Standardise(Family, 0, nil, []byte("de la Cruz-O’Brien, Jr."))  "DELACRUZ OBRIEN", Valid
//	Standardise(Given, 0, nil, []byte("José"))                      "JOSE", Valid
//	Standardise(Date, 0, nil, []byte("1/5/1980"))                   19800105, Valid
//	Standardise(Date, 0, nil, []byte("1980-13-05"))                 19801305, Invalid
//	Standardise(SSN, 0, nil, []byte("078-05-1120"))                 no value, Placeholder
//	Standardise(Address, 0, nil, []byte("12 N. Oak Street, #4b"))   "12 N OAK ST # 4B", Valid
//	ParseAddress([]byte("12 N OAK ST # 4B"))                        StreetForm, "12", "N OAK ST", "4B"
//
// The tables (placeholders, suffixes, states, nicknames) are facts written down for this package; Publication 28 of the
// Postal Service, edition of June 2020, is the source of address words.
package text
