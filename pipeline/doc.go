// Package pipeline runs a night: extracts in, locate leads out.
//
// A Config (night.yaml) is what was written; a Plan is what it means, with every layout loaded and every file found. Run
// loads the caseload, freezes it, streams every extract past it once, consolidates what linked into leads and publishes
// the result as one immutable run directory, or publishes nothing.
//
//	caseload ─ load ─ standardise ─▶ frozen Table, Dictionaries, Index, Filters
//	                                        │
//	extract ─ cut ─▶ chunk ═▶ worker: split, filter, standardise, block, compare, score ═▶ links ─▶ consolidate ─▶ write ─▶ publish
//
// Two bounded channels carry chunks to the workers and results back; a chunk stays on one goroutine from raw bytes to
// links (flow.go). Links wait for their section's verdict by ranges of subjects, in memory or beyond a budget on disk
// (spill.go); ranges are consolidated and written one after the other (consolidate.go). Shard results do not depend on arrival
// order: links are sorted. MatchShard and Consolidate are the seam at which a cluster would run the same work.
//
// Invariants, cited by number in the code:
//
//	I1  rows read = accepted + rejected, per extract
//	I2  the standard form of a standard form is itself
//	I3  a pair appears once, credited to its first rule
//	I4  a pattern depends on its two records alone
//	I5  weight = prior + sum of parts, exactly
//	I6  pairs = below + review + accepted
//	I7  each fact of each link is evidence of exactly one lead
//	I8  same inputs and parent, same bytes; of what is encrypted, the same rows (DESIGN.md)
//	I9  readers see the old run or the new run, whole, with its state
//	I10 no protected person's whereabouts in any ordinary output, log or message
//	I11 no full SSN or account number outside the restricted file and the retained rows, which are as secret as the extracts
//
// A worked example:
//
//	plan, err := pipeline.Load("night.yaml", pipeline.Overrides{})
//	result, err := pipeline.Run(ctx, plan, pipeline.Options{})
//	// result.Manifest says what happened; result.Manifest.Outcome.Code is the exit code
//
// Why the parts are as they are, and what was tried, is in DESIGN.md beside this file.
package pipeline
