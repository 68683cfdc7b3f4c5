// Package trial tells what another policy would change in a night, before it is adopted.
//
// What comes in: the night twice, each time with its leads, its queues and the policy that both were made under. What goes out: every
// difference as a Change (what it was, what it would be, and by which rule each), counted by kind; the rules that differ, with how
// many changes each had a part in; and, in words, what a published night cannot tell.
//
//	leads, queues under the old policy ┐
//	                                   ├─ Compare ─▶ changes, counts, rules ─▶ Text, JSON
//	leads, queues under the new policy ┘
//
// What always holds:
//
//   - The same policy gives no change at all.
//   - A change is told once, at its cause: a lead that is no longer offered leaves its queue, and that is no second change of what
//     may be done with it.
//   - A lead of an earlier night that would be withdrawn for want of a purpose is a change of this night: it is told on no page of it,
//     and by the memory between nights alone. What both sides withdraw is none.
//   - Changes come by kind in the order of Kinds, then by lead and case. The order of what comes in changes nothing (I8).
//   - A change names people and leads by their numbers: it says where nobody is (I10, I11).
//
// A worked example: the state asks for more past-due support before a levy.
//
//	r := trial.Compare(&trial.Night{Policy: federal, …}, &trial.Night{Policy: withState, …})
//	// What may be done: a step down   14
//	//   L-4qz7rvaw2m6t3jxkpb5c  S-001042  case C-7  account: review for levy, then verify first
//	//     was  may.levy.arrears (federal): Less than $500 is past due.
//	//     now  may.levy.arrears (state): No more than $600 is past due.
package trial
