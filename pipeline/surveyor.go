package pipeline

import (
	"slices"

	"locatematch/matchers"
	"locatematch/pipeline/clerical"
	"locatematch/sources/person"
)

// surveyor is the sampler's view of one worker.
type surveyor struct {
	night   *night
	seed    uint64
	sampler *clerical.Sampler
	claims  subjectClaims
	guard   *caseloadGuard
}

func (*surveyor) row(int, int, *person.Rows, int)       {}
func (*surveyor) record(int, []byte, []matchers.Scored) {}

// comparedRecord is a record with its pairs, as they left the matcher.
type comparedRecord struct {
	extract, file int
	line          int64
	id            string
	values        []matchers.Value
	scored        []matchers.Scored
	claims        []matchers.Rival
	dispute       *matchers.Dispute // nil: the record is in none
	rows          valuer            // in which it is row
	row           int
}

// pairs offers a record's pairs, except those that may be about a protected person or show a place of one: on a sheet, the
// record's address beside the name would tell where they are (I10).
func (c *surveyor) pairs(r *comparedRecord) {
	subjects := c.night.caseload.subjects
	if c.guard.onRecord(c.night.extracts[r.extract], r.rows, r.row, r.values) || slices.ContainsFunc(r.claims, func(claim matchers.Rival) bool { return subjects[claim.Subject].Protected }) ||
		slices.ContainsFunc(parties(r.dispute), func(s uint32) bool { return subjects[s].Protected }) {
		c.sampler.Protected += int64(len(r.scored))
		return
	}
	source := c.night.extracts[r.extract].feed.Source
	for _, s := range r.scored {
		if subjects[s.Subject].Protected || c.guard.onSubject(s.Subject) { // the sheet shows what the agency has of him
			c.sampler.Protected++
			continue
		}
		s.Weight += c.claims.part(source, s.Subject, s.Weight)
		number := pairNumber(c.seed, r.extract, r.file, r.line, s.Subject)
		c.sampler.Offer(r.extract, number, matchers.Bits(s.Weight), s.Probability(), func() clerical.Pair {
			return c.describe(r, s.Subject)
		})
	}
}

// pairNumber is a hash of seed and place: the sample is the same for any number of workers and any chunk size (I8).
func pairNumber(seed uint64, extract, file int, line int64, subject uint32) uint64 {
	return scramble(scramble(scramble(seed, uint64(extract)<<32|uint64(file)), uint64(line)), uint64(subject))
}

func (c *surveyor) describe(r *comparedRecord, subject uint32) clerical.Pair {
	feed := c.night.extracts[r.extract].feed
	return clerical.Pair{
		SubjectID: c.night.caseload.subjects[subject].ID, Extract: feed.Name, Source: feed.Source, File: feed.Names[r.file],
		Line: r.line, RecordID: r.id, Values: valuesOfSheet(c.night.caseload.frozen, r.values, subject),
	}
}
