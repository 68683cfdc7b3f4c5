// Package judgement takes in what officers found out about leads, remembers it, and lets the next night honour it.
//
// What comes in: one judgement, or a file of them (CSV, or the queue's workbook filled). What goes out: an immutable file in
// the store, rows of state/<run>/judgements.parquet, and answers to the questions of the next night.
//
//	file ─ Parse ─▶ judgements, rejects ─ Store ─▶ state/judgements/<date>-<digest>.csv ─ Take ─▶ Book ─▶ the night
//
// Two things are judged, and kept apart: is the record about the person (person_is), and does the fact hold (fact_is, used).
//
//   - different person: the *source person* is not the subject. Records of that source person (the same number, else the same
//     name and birth date) yield no lead on the subject any more. Stronger evidence than was judged reopens it, and says so.
//   - fact stale: the fact is no news until a source reports it anew, of a later day.
//   - fact good, or used: the fact is verified; that other sources report it too is no news.
//   - The latest judgement of a date counts; nothing is overwritten.
//
// A bad row is counted and named with row, column and the words allowed, and the rest is taken.
package judgement
