// Package casefile compiles what is known of a case on one page, for an officer who has ten minutes.
//
// What comes in: a File: the people sought in the case, what the agency knows of them, every lead ever published about them as
// it stands now, and what happened to each. What goes out: a Page of short sections, as text for a terminal and as HTML for
// screen and paper; both show the same words in the same order.
//
//	File ─ Compile ─▶ Page ─▶ Text, HTML
//
// What always holds:
//
//   - I10: a File holds nobody who is protected, and no shield: whoever fills it leaves them out, and the page names nobody
//     beside the people in it.
//   - Nothing is overwritten: the history of a lead is a list by day, in which every entry stays.
//   - No weights; every date is written out. Codes are told by what they mean, and one stands as it came only where its list does
//     not have it.
package casefile
