package profile

import "locatematch/sources"

// remedies say of each reason of a reject what to change, in the layout or at the supplier.
var remedies = map[string]string{
	sources.ShortRow:       "write length: as the rows are, or short: pad with least: where trailing blanks were stripped",
	sources.LongRow:        "write length: as the rows are; does one file hold records of two lengths?",
	sources.BlankLine:      "an empty line between records: ask the supplier, or take it out",
	sources.RecordType:     "its first characters are no mark of the layout: add a header, section or trailer record, or correct a mark's text",
	sources.OutsideSection: "it stands before the first section or behind a trailer: are the marks of section and trailer right?",
	sources.Columns:        "not as many values as the file has columns: a delimiter inside a value that is not quoted? ask the supplier to quote, or to choose another delimiter",
	sources.QuoteFault:     "a stray quote: write quote: none if the supplier does not quote, else have the line corrected",
	sources.NUL:            "a NUL byte: the file was damaged on its way, or is binary",
	sources.EncodingFault:  "not in the layout's encoding: windows-1252 reads what old desktops write",
}

// remedy is what to do about a reject's reason.
func remedy(reason string) string { return remedies[reason] }
