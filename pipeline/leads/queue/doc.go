// Package queue decides which officer reads which lead tonight, and in what order.
//
// What comes in: the night's leads, the open cases of each person, and what policy says of each lead for each case (what may
// be done with it, which clocks run). What goes out: one row for each lead and open case, per office and officer; an index of
// what went to whom; and the news that no queue had room for, which waits for the next night.
//
//	leads ─ news ─▶ (lead, case) ─▶ alerts by officer and person ─ place, cap ─▶ rows, index, waiting
//
// What always holds:
//
//   - Only news is queued: leads whose status is new, changed or strengthened, and news of earlier nights that still waits.
//     What is not queued is counted with its reason.
//   - Rows come in the order clock, how sure (of the person, then whether the fact still holds), kind, amount; ties break by case
//     and lead. One officer gets one alert for a person a night: a person's rows stand together, at the place of the first of them.
//   - A cap counts the rows of one officer; an alert is whole or not there. An alert with a statutory clock is never capped away: beyond the cap it goes to the
//     office's supervisor. Other alerts beyond the cap wait, and compete again tomorrow.
//   - What waits, waits for each case by itself: without new evidence nobody is offered the same lead for the same case twice.
//   - What a specialist has to look at (identity conflicts, and whatever policy sends there) goes to the office's specialist, or to
//     whom policy names; the row says whose case it is. That officer has a cap as any other.
//   - A case without an officer goes to the office's supervisor, who has no cap.
//   - candidates = rows + capped, and the index has one place for each row.
//   - I8: the order in which leads come in changes nothing. I10 and I11 hold because they hold of leads.
//
// Officers read words: a row has no weight, band or probability. Each place has its reason (why_due, why).
//
// A worked example: Acme Freight hired a man who owes support, and policy states a clock of two business days.
//
//	b := queue.NewBuilder(queue.Input{AsOf: 20261121, Cases: cases, Rules: policy, PerOfficer: 25, Person: names})
//	b.Add(leads, nil)
//	q := b.Queues(nil)
//	// 1  November 24, 2026  C-7  Robert Pinter  "Acme Freight reported hiring him on November 9; SSN and name agree; …"
package queue
