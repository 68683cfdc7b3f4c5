package sources

import (
	"slices"
	"strings"
)

// The words that a layout may use.
var (
	sourceWords   = []string{"caseload", "postal", "employment", "military", "financial", "agency", "other"}
	statusWords   = []string{string(Published), string(Unconfirmed), string(Example)}
	formatWords   = []string{Fixed, CSV, Parquet}
	encodingWords = []string{UTF8, ASCII, Strays, Windows, EBCDIC037, EBCDIC1047}
	trimWords     = []string{"", "both", "right", "none"}
	lineEndWords  = []string{"", "lines", "none"}
	shortWords    = []string{"", "reject", "pad"}
	quoteWords    = []string{"", "double", "none"}
	namesWords    = []string{"", "first-line", "none"}
	roleWords     = []string{"", string(Own), string(Echo), string(Key)}
	labelWords    = []string{"", TaxInformation}
	padWords      = []string{"", "blanks", "zeros"}
	countsWords   = []string{"", "data", "records"}
	numberWords   = []string{"", Packed, Zoned, Overpunch}
	typeWords     = []string{"", "string", "int32", "int64", "double", "boolean", "date"}
)

// formWords are the ways in which a date, a name or an amount may be written.
var formWords = []string{
	"",
	"CCYYMMDD", "CCYY-MM-DD", "MMDDCCYY", "MM/DD/CCYY", "DDMMCCYY", "CCYYMM", "CCYY-MM", "MMCCYY", "CCYY", "YYMMDD", "MMDDYY", "CCYYQ", "QCCYY",
	"LAST, FIRST MI", "FIRST MI LAST", "LAST FIRST MI",
	"dollars", "cents",
}

// faults checks all that a layout says.
func (l *Layout) faults() faults {
	var f faults
	f.words(l)
	f.shape(l)
	f.records(l)
	f.names(l)
	return f
}

// oneOf faults a word that is not among the known ones.
func (f *faults) oneOf(path, what, word string, known []string) {
	if slices.Contains(known, word) {
		return
	}
	known = slices.DeleteFunc(slices.Clone(known), func(s string) bool { return s == "" })
	if word == "" {
		f.add(path, "%s is missing; known are %s", what, strings.Join(known, ", "))
		return
	}
	f.add(path, "unknown %s %q; %s", what, word, suggest(word, known))
}

// words checks the layout's own words and its name.
func (f *faults) words(l *Layout) {
	if l.Name == "" || strings.Trim(l.Name, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		f.add("$.name", "name %q: lower-case letters, digits and hyphens, please", l.Name)
	}
	if l.Title == "" {
		f.add("$.title", "title is missing")
	}
	if l.Origin == "" {
		f.add("$.origin", "origin is missing: where are the positions from?")
	}
	f.oneOf("$.source", "source", l.Source, sourceWords)
	f.oneOf("$.status", "status", string(l.Status), statusWords)
	f.oneOf("$.format", "format", l.Format, formatWords)
	f.oneOf("$.trim", "trim", l.Trim, trimWords)
	f.oneOf("$.line_ends", "line_ends", l.LineEnds, lineEndWords)
	f.oneOf("$.short", "short", l.Short, shortWords)
	f.oneOf("$.quote", "quote", l.Quote, quoteWords)
	f.oneOf("$.names", "names", l.Names, namesWords)
	if l.Format != Parquet {
		f.oneOf("$.encoding", "encoding", l.Encoding, encodingWords)
	} else if l.Encoding != "" && l.Encoding != UTF8 {
		f.add("$.encoding", "encoding %s: Parquet text is utf-8", l.Encoding)
	}
	if example := strings.HasPrefix(l.Name, "example-"); example != (l.Status == Example) {
		f.add("$.status", "status %s, name %s: an example is named example-…, and nothing else is", l.Status, l.Name)
	}
}

// shape checks what belongs to one format only.
func (f *faults) shape(l *Layout) {
	alien := func(path string, is bool, format string) {
		if is && l.Format != format {
			f.add("$."+path, "%s is for %s layouts; this one is %s", path, format, l.Format)
		}
	}
	alien("length", l.Length != 0, Fixed)
	alien("line_ends", l.LineEnds != "", Fixed)
	alien("short", l.Short != "", Fixed)
	alien("least", l.Least != 0, Fixed)
	alien("delimiter", l.Delimiter != "", CSV)
	alien("quote", l.Quote != "", CSV)
	alien("names", l.Names != "", CSV)
	switch l.Format {
	case Fixed:
		f.fixedShape(l)
	case CSV:
		f.csvShape(l)
	}
}

func (f *faults) fixedShape(l *Layout) {
	if l.Length < 1 || l.Length > maxRecord {
		f.add("$.length", "length %d: a fixed record has 1 to %d bytes", l.Length, maxRecord)
	}
	if l.Short == "pad" && (l.Least < 1 || l.Least > l.Length) {
		f.add("$.least", "least %d: short: pad needs the bytes that a row must have, 1 to %d", l.Least, l.Length)
	}
	if l.Short != "pad" && l.Least != 0 {
		f.add("$.least", "least has a meaning only with short: pad")
	}
	if (l.LineEnds == "none" || l.ebcdic()) && l.Short == "pad" {
		f.add("$.short", "short: pad: records without line ends all have one length")
	}
	if l.ebcdic() && l.LineEnds == "lines" {
		f.add("$.line_ends", "line_ends: lines: EBCDIC records follow one another without line ends")
	}
}

func (f *faults) csvShape(l *Layout) {
	if l.ebcdic() {
		f.add("$.encoding", "encoding %s: EBCDIC is for fixed layouts", l.Encoding)
	}
	if d := l.Delimiter; d != "" && (len(d) != 1 || d[0] >= 0x80 || strings.ContainsAny(d, "\"\r\n\x00 ")) {
		f.add("$.delimiter", "delimiter %q: one ASCII character, not a quote, blank or line end", d)
	}
}
