package pipeline

import (
	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/memory"

	"locatematch/pipeline/leads"
)

// provisional is a link whose section has no verdict yet. A shield's has no sighting: it only competes.
type provisional struct {
	leads.Link
	section uint32 // number in the collector
}

// linkOrigin is what the sightings of a file have in common. Columns hold its number.
type linkOrigin struct {
	extract, source, file string
	received              int32
}

// linkSchema is the record batches of provisional links, in memory and in spill files. No value is null: a shield's link has
// zeros and empty values where others have a sighting. A link's Repeats is not kept, as nobody has competed yet.
var linkSchema = arrow.NewSchema([]arrow.Field{
	{Name: "section", Type: arrow.PrimitiveTypes.Uint32},
	{Name: "subject", Type: arrow.PrimitiveTypes.Uint32},
	{Name: "weight", Type: arrow.PrimitiveTypes.Int32}, // 2^-16 bit, like margin
	{Name: "margin", Type: arrow.PrimitiveTypes.Int32},
	{Name: "rule", Type: arrow.PrimitiveTypes.Uint8},
	{Name: "pattern", Type: arrow.PrimitiveTypes.Uint64},
	{Name: "accept", Type: arrow.FixedWidthTypes.Boolean},
	{Name: "agreement", Type: &arrow.FixedSizeBinaryType{ByteWidth: int(leads.NumParts)}},
	{Name: "sighted", Type: arrow.FixedWidthTypes.Boolean}, // false: a shield's
	{Name: "origin", Type: arrow.PrimitiveTypes.Uint32},
	{Name: "line", Type: arrow.PrimitiveTypes.Int64},
	{Name: "reported", Type: arrow.PrimitiveTypes.Uint16},
	{Name: "record_id", Type: arrow.BinaryTypes.Binary}, // as the supplier wrote it, which need not be UTF-8
	{Name: "facts", Type: arrow.BinaryTypes.Binary},
	{Name: "doubt", Type: arrow.PrimitiveTypes.Uint8}, // heldDoubt, invalidDoubt
	{Name: "person", Type: arrow.BinaryTypes.Binary},  // the source's person in short
	{Name: "source_person", Type: arrow.PrimitiveTypes.Uint64},
	{Name: "dispute", Type: arrow.BinaryTypes.Binary}, // packed; empty of nearly all
}, nil)

// Why a link's facts are perhaps another person's, as a link's Held and Invalid say it.
const (
	heldDoubt    = 1
	invalidDoubt = 2
)

func doubtOf(l *leads.Link) (doubt uint8) {
	if l.Held {
		doubt |= heldDoubt
	}
	if l.Invalid {
		doubt |= invalidDoubt
	}
	return doubt
}

// rowBytes is what a link takes beside its record id and facts: its fixed columns, their offsets, and what buffers that grow by
// doubling leave empty, as TestLinkStore_BytesALink measures it.
const rowBytes = 4 + 4 + 4 + 4 + 1 + 8 + 1 + int64(leads.NumParts) + 1 + 4 + 8 + 2 + 1 + 8 + 4*4 + 48

// linkBuilder puts links together to a record batch.
type linkBuilder struct {
	batch                    *array.RecordBuilder
	section, subject, origin *array.Uint32Builder
	weight, margin           *array.Int32Builder
	rule                     *array.Uint8Builder
	pattern, sourcePerson    *array.Uint64Builder
	accept, sighted          *array.BooleanBuilder
	agreement                *array.FixedSizeBinaryBuilder
	line                     *array.Int64Builder
	reported                 *array.Uint16Builder
	recordID, facts, person  *array.BinaryBuilder
	dispute                  *array.BinaryBuilder
	doubt                    *array.Uint8Builder
	rows                     int
}

func newLinkBuilder(mem memory.Allocator) *linkBuilder {
	b := array.NewRecordBuilder(mem, linkSchema)
	return &linkBuilder{
		batch:   b,
		section: b.Field(0).(*array.Uint32Builder), subject: b.Field(1).(*array.Uint32Builder),
		weight: b.Field(2).(*array.Int32Builder), margin: b.Field(3).(*array.Int32Builder),
		rule: b.Field(4).(*array.Uint8Builder), pattern: b.Field(5).(*array.Uint64Builder),
		accept: b.Field(6).(*array.BooleanBuilder), agreement: b.Field(7).(*array.FixedSizeBinaryBuilder),
		sighted: b.Field(8).(*array.BooleanBuilder), origin: b.Field(9).(*array.Uint32Builder),
		line: b.Field(10).(*array.Int64Builder), reported: b.Field(11).(*array.Uint16Builder),
		recordID: b.Field(12).(*array.BinaryBuilder), facts: b.Field(13).(*array.BinaryBuilder),
		doubt: b.Field(14).(*array.Uint8Builder), person: b.Field(15).(*array.BinaryBuilder),
		sourcePerson: b.Field(16).(*array.Uint64Builder), dispute: b.Field(17).(*array.BinaryBuilder),
	}
}

// add appends a link and gives the bytes that it takes.
func (b *linkBuilder) add(p *provisional, from uint32) int64 {
	s := p.Sighting
	if s == nil {
		s = &nobody
	}
	b.section.Append(p.section)
	b.subject.Append(p.Subject)
	b.weight.Append(p.Weight)
	b.margin.Append(p.Margin)
	b.rule.Append(p.Rule)
	b.pattern.Append(p.Pattern)
	b.accept.Append(p.Accept)
	var agreement [leads.NumParts]byte
	for part, verdict := range p.Agreement {
		agreement[part] = byte(verdict)
	}
	b.agreement.Append(agreement[:])
	b.sighted.Append(p.Sighting != nil)
	b.origin.Append(from)
	b.line.Append(s.Line)
	b.reported.Append(uint16(s.Reported))
	b.recordID.AppendString(s.RecordID)
	b.facts.AppendString(string(s.Facts))
	b.doubt.Append(doubtOf(&p.Link))
	b.person.AppendString(s.Person)
	b.sourcePerson.Append(s.SourcePerson)
	dispute := p.Dispute.Pack()
	b.dispute.AppendString(dispute)
	b.rows++
	return rowBytes + int64(len(s.RecordID)+len(s.Facts)+len(s.Person)+len(dispute))
}

var nobody leads.Sighting

// finish gives the batch and begins another.
func (b *linkBuilder) finish() arrow.Record {
	b.rows = 0
	return b.batch.NewRecord()
}

func (b *linkBuilder) release() { b.batch.Release() }

// appendLinks appends the links of a batch whose section is wanted. Nothing that they hold points into the batch.
func appendLinks(to []provisional, batch arrow.Record, origins []linkOrigin, wanted func(section uint32) bool) []provisional {
	sections, subjects := batch.Column(0).(*array.Uint32), batch.Column(1).(*array.Uint32)
	weights, margins := batch.Column(2).(*array.Int32), batch.Column(3).(*array.Int32)
	rules, patterns := batch.Column(4).(*array.Uint8), batch.Column(5).(*array.Uint64)
	accepts, agreements := batch.Column(6).(*array.Boolean), batch.Column(7).(*array.FixedSizeBinary)
	sighted, doubts := batch.Column(8).(*array.Boolean), batch.Column(14).(*array.Uint8)
	disputes := batch.Column(17).(*array.Binary)
	for row := range int(batch.NumRows()) {
		if !wanted(sections.Value(row)) {
			continue
		}
		p := provisional{section: sections.Value(row), Link: leads.Link{
			Subject: subjects.Value(row), Weight: weights.Value(row), Margin: margins.Value(row), Rule: rules.Value(row),
			Pattern: patterns.Value(row), Accept: accepts.Value(row),
			Held: doubts.Value(row)&heldDoubt != 0, Invalid: doubts.Value(row)&invalidDoubt != 0,
			Dispute: leads.UnpackDispute(string(disputes.Value(row))),
		}}
		for part, verdict := range agreements.Value(row) {
			p.Agreement[part] = leads.Verdict(verdict)
		}
		if sighted.Value(row) {
			p.Sighting = sightingOf(batch, row, origins)
		}
		to = append(to, p)
	}
	return to
}

func sightingOf(batch arrow.Record, row int, origins []linkOrigin) *leads.Sighting {
	from := origins[batch.Column(9).(*array.Uint32).Value(row)]
	return &leads.Sighting{
		Extract: from.extract, Source: from.source, File: from.file, Received: from.received,
		Line:     batch.Column(10).(*array.Int64).Value(row),
		Reported: leads.Parts(batch.Column(11).(*array.Uint16).Value(row)),
		RecordID: string(batch.Column(12).(*array.Binary).Value(row)),
		Facts:    leads.Facts(batch.Column(13).(*array.Binary).Value(row)),
		Person:   string(batch.Column(15).(*array.Binary).Value(row)),

		SourcePerson: batch.Column(16).(*array.Uint64).Value(row),
	}
}
