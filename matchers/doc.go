// Package matchers links records to subjects: the Fellegi-Sunter engine of locatematch.
//
// What comes in: a Spec (which fields there are, how two values compare, which pairs are compared at all), a Model (how
// much each outcome of a comparison is worth), the caseload's standard values through a Builder, and records as slices of
// Value indexed by field. What goes out: for each record the subjects it may be, as Scored pairs, and for any pair its
// Explanation. The package knows nothing of files, time or people; it sees codes and integers. It reads no clock, starts
// no goroutine, and everything that is hashed or sampled is seeded by constants.
//
// # The way of a record
//
//	Spec ── NewBuilder ─ Subject, Set, Add ─ Freeze ──▶ Caseload ──┬─ NewScorer(model, known share) ──▶ Scorer
//	                                                               │                                     │
//	values ─ Prober.Ask ─▶ strangers leave (one Bloom filter a rule) ─ Matcher.Match: block, compare, score, compete
//
// Block: every rule has an index from the hash of its key to the subjects that have it; a pair is credited to the first
// rule that proposes it. Compare: each comparison of the spec gives a level, 1 the best, 0 no evidence; the levels make a
// Pattern. Cheap comparisons come first, and scoring stops when what is left cannot lift the pair to the review weight.
// Score: every level is worth S = log2(m/u) bits against a stranger and H = log2(m/h) against another person of the
// subject's household; with prior both are sums, and weight = -log2(2^-S + 2^-H). Compete: the subjects that claim one
// record share it; and, once all records of a source are in, the records that claim one subject share the subject as far as
// the source has one record a person (Repeats).
//
// # Value sets
//
// A subject may have several names, addresses or numbers. The fields of a group (given, middle, family, suffix) come as
// sets, and one set is chosen for the whole group, by the points of its levels, the first of equals: a pattern never mixes
// the given name of one alias with the family name of another. Points are constants of the comparison kinds. Chance has
// had several tries, so the choice costs log2(n) bits for n sets with any evidence, but never more than the group gained.
// The record's side has one value a field.
//
// # Key and number
//
// A record that returns a subject's key has been found by the number that we sent: where key and number agree, the number brings
// nothing (Asked takes it back), and the pair weighs what it would weigh without one.
//
// # Exchanged names
//
// A crossed_names comparison is evidence only when it agrees, and then only if it explains a value set better (by points)
// than the given and family name do in their own places. Where it counts, the straight comparisons of those two fields say
// nothing (level 0, Suppressed in the explanation): one fact is counted once, and the sum stays a sum (I5).
//
// # Training
//
// Train makes a model from counts of patterns, which a Counter takes worker by worker: of proposed pairs, by the set of rules
// that proposed them, and of random pairs. No label, no file and no clock enters. u comes from the random pairs, m and h
// from EM over passes (one a rule and source, without the comparisons on the rule's fields), the household class stays
// only where the data pay for it, and every figure that could not be learnt is named in the TrainingReport.
//
// # Frequencies
//
// Where the spec asks for it, an exact agreement weighs by the value's own chance. Whose it is: a Model may carry a Population
// (how many rows have each name or place, frozen with the model), else the caseload's own subjects are counted. A ValueCounter
// counts a population; only values of five rows and more leave it, the others weigh as one in N.
//
// # What always holds
//
//   - I3: a pair appears once in a record's list, credited to its first rule in the order of the spec.
//   - I4: a pattern depends on the record and the subject alone: on no other subject, no model, no earlier record. Caches
//     hold pure functions under their full arguments.
//   - I5: weight = prior + sum of parts, in integers of 2^-16 bit, and Explain gives those parts; Repeats gives the last.
//   - I8: same caseload in the same order, same records: same bytes. Lists are sorted by weight, ties by subject.
//   - Stopping early loses no pair at or above the review weight and no held one, and changes no weight: competition
//     counts only claims at or above the review weight.
//   - A filter never denies a key that the index holds. A key that more subjects share than the rule's cap is in neither.
//
// # Example
//
// A caseload of 50,000 subjects, a statewide file (known share .05): prior = log2(.05/50000) = -19.9. A record agrees on
// SSN (+13.2), on the family name SMITH (log2(.86/.009) = +6.6) and on no given name (J for JAMES: an initial, +3.6):
// S = 3.5. Against the household: SSN +5.0, family +.2, initial +3.3, prior 0: H = 8.5. The weight is -log2(2^-3.5 +
// 2^-8.5) = 3.5 bits, p = .92: a link for review. With JAMES written out it is accepted.
package matchers
