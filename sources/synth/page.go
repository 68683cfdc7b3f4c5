package synth

import (
	"io"
	"strconv"

	"locatematch/sources"
)

// sink takes records one after another: an encoder, or a test that wants to see what is written.
type sink interface {
	Row(values []string) error
	Write(record string, values map[string]string) error
	Raw(record []byte) error
}

// page is one file being written in a layout: its rows, the rejects among them, and what stands around them. A layout has the
// records that it has, and takes the values that it has fields for.
type page struct {
	name    string // the extract's, in the config, in truth.csv and in traps.csv
	as      string // what the options call the layout
	layout  *sources.Layout
	out     sink
	line    int64 // last line written; records, where the file has no lines
	rows    int64 // those that are well formed
	rejects rejects
}

// encode writes the file that fill fills.
func (p *page) encode(out io.Writer, fill func() error) error {
	enc, err := sources.NewEncoder(out, p.layout)
	if err != nil {
		return err
	}
	p.out = enc
	if err := fill(); err != nil {
		return err
	}
	return enc.Close()
}

// begin stands before everything else: the first line of some files names the columns.
func (p *page) begin(today day, edition int) error {
	if p.layout.Format == sources.CSV && p.layout.Names != "none" {
		p.line++
	}
	return p.writeHeader(today, edition)
}

// add writes one row.
func (p *page) add(values []string) error {
	p.line++
	p.rows++
	return p.out.Row(values)
}

// other writes a record that is not data.
func (p *page) other(word string, r *sources.Record, values map[string]string) error {
	has := map[string]string{}
	for _, f := range r.Fields {
		if v, ok := values[f.Name]; ok && f.Literal == "" {
			has[f.Name] = v
		}
	}
	p.line++
	return p.out.Write(word, has)
}

// writeHeader writes what stands before the rows of a file made on a day; a corrected edition is a batch of its own.
func (p *page) writeHeader(today day, edition int) error {
	r := p.layout.Records.Header
	if r == nil {
		return nil
	}
	values := map[string]string{
		"transmitter_state": homeFIPS[:2], "transmitter": "A39000000", "supplier": "A39000000", "batch": strconv.Itoa((int(today) + 500_000*edition) % 1_000_000),
	}
	for _, f := range r.Fields {
		if f.Name == "created" || f.Name == "month" {
			values[f.Name] = string(appendDate(nil, f.Form, today.date()))
		}
	}
	return p.other("header", r, values)
}

// closeSection ends a section of so many rows, writeTrailer a file that has no sections.
func (p *page) closeSection(rows int64) error {
	if p.layout.Records.Section == nil {
		return nil
	}
	return p.count(rows, 2)
}

func (p *page) writeTrailer(rows int64) error {
	if p.layout.Records.Section != nil {
		return nil
	}
	return p.count(rows, 1)
}

// count writes the trailer: it counts the rows, refused ones among them, and the other records where it counts those too.
func (p *page) count(rows, others int64) error {
	r := p.layout.Records.Trailer
	if r == nil {
		return nil
	}
	rows += p.rejects.takeUncounted()
	values := map[string]string{}
	for _, f := range r.Fields {
		switch f.Counts {
		case "data":
			values[f.Name] = strconv.FormatInt(rows, 10)
		case "records":
			values[f.Name] = strconv.FormatInt(rows+others, 10)
		}
	}
	return p.other("trailer", r, values)
}
