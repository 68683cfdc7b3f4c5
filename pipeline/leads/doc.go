// Package leads turns links into leads: what is known of a person becomes what an officer reads.
//
// What comes in: all links of one subject, to records of tonight and to retained ones of earlier nights, each with its record
// (Sighting), its weight, and what each part of identity said (Agreement); and what earlier nights published (History). What goes
// out: one Lead for each fact, with every record that reports it as evidence, how sure the identity is and why, what is new, and
// one sentence; and what the next night must know of it (Row).
//
//	link ─ factsOf ─▶ fact (kind, key) ─ group ─▶ reports of one fact ─ climb ─▶ best first ─ lead ─▶ Lead
//	Lead ─ Assessor: withhold · stand · caution · suppress · may ─▶ the same Lead, with standing, cautions, may_do
//
// Two questions are kept apart: is the record the person (ladder.go), and is the fact current (standing.go). The second is
// answered from independent sources, the age of their reports, what contradicts them, and what the agency knows.
//
// Two reports are of one fact when their keys agree, and the key is the standard form of the fact: house number, street, unit
// and ZIP code of an address, the federal number of an employer, component and first day of a service, institution and hashed
// number of an account, the ten digits of a telephone number. The key makes the lead id, so a lead keeps its id for ever; each
// day of hire is an episode of its own, with a lead of its own, and a merged person number keeps the leads it had.
//
// What always holds (the numbers are of DESIGN.md section 9):
//
//   - I7: each fact of each link is evidence of exactly one lead.
//   - I8: the order in which links arrive, and links that come twice, change nothing.
//   - I10: shields and protected people have no leads. Third parties are in none: no "care of" names, no co-owners, and nothing
//     of the person whose record bears the subject's SSN under another name. No lead tells where a protected person is (guard.go). Another person of the
//     caseload is named only where a returned key disagrees (dispute.go), and never who is not sought.
//   - More independent agreement never lowers a standing.
//   - What is not offered is written with its reason; what is withheld is counted.
//   - I11: no string of a lead holds a full SSN or account number; an account is its last four characters at most.
//   - A link in the review band, or one that another subject fits nearly as well, is never more than "check first".
//   - A better score for an old fact is no news, whether model, policy or caseload changed: only reports are.
//   - Absence ends nothing. A lead is withdrawn, once, when its subject can have none any more (left, shield, closed case), when
//     every report of it was matched again and none is taken to be about its subject, or when the file that brought it is recalled.
//   - The history says nothing of where anybody is, and nothing at all of the protected.
//
// A worked example: an employment record of Acme Freight and a bank's record give the same address in two spellings.
//
//	leads := leads.Consolidate(subject, links, history, 20261121)
//	// address   12 Oak St Apt 4, Austin, TX 78701   strong   sources: employment, financial   2 pieces of evidence
//	// employer  Acme Freight                        strong   sources: employment
//	// account   First Bank, savings account …       likely   sources: financial
//
// One file for each kind of fact says what makes it one; ladder.go is the identity ladder, sentence.go the summary,
// night.go what is new, withdraw.go what ends, renumber.go whose it is now, history.go what the next night must know, history_pack.go how much memory that takes; assess.go begins what is said of a lead beside policy and the
// agency's knowledge (packages policy and agency).
package leads
