package guess

import "locatematch/sources"

// draft is a layout being guessed.
type draft struct {
	name, title, source      string
	format, encoding         string
	delimiter, quote, names  string
	length, least            int
	noLines                  bool // records without line ends
	header, section, trailer *control
	mark                     string // of data records
	markColumn               string // csv: the column in which marks stand, when columns are named
	fields                   []field
	formatWhy, encodingWhy   string
	markWhy, sourceWhy       string
	todo                     []string // what a person still has to do
	rows                     int      // looked at
	whole                    bool     // they are all
}

// control is a header, section or trailer record.
type control struct {
	mark   string
	fields []controlField
	why    string
}

type controlField struct {
	name      string
	at, width int
	zeros     bool
	counts    string
}

// field is one column of data.
type field struct {
	name      string
	at, width int    // fixed
	column    string // csv, parquet: as the file calls it
	form      string
	role      sources.Role
	why       string
	evidence  *evidence
}
