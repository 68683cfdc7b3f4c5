// Package policy says what the law, the state and the county let an officer do with a lead, and by when: which source may be
// asked about whom (purpose), what a lead may be used for (may_do), which clock runs, what must be watched for (cautions), how
// old a fact may be and how long it may be kept. All of it is data (policy.yaml), in layers: federal, state, county.
//
// What comes in: the built-in federal layer (federal.yaml, embedded) and the agency's own layers, each a YAML file; then one
// Situation at a time, a lead for one case. What goes out: a decision, always with the Rule that it rests on.
//
//	federal.yaml ─┐
//	state.yaml   ─┼─ read ─▶ rules, checked ─▶ Policy ─▶ Purpose · May · Due · Caution · Freshness · Retention · Caps
//	county.yaml  ─┘                              ▲
//	                                         Situation
//
// A layer changes a rule by its id, adds rules, or switches one off; what it replaced stays visible in Rules. There is no
// expression language: a rule names conditions of a small closed list (condition.go, measure.go).
//
// What always holds, whatever the layers say (floor.go refuses a layer that would break it):
//
//   - A levy review is allowed only where SSN, name and address agree; a withholding review only with an order and an SSN match.
//   - The withholding clock runs only with an order and an SSN match.
//   - A child is never looked for, and nothing is done in a closed case.
//   - Bank data are used only for a parent who owes past-due support, or for whom the caseload alone vouches.
//   - Unmatched rows of banks and of the post office are never kept.
//   - A further `unless` never lets an officer do more.
//   - A layer that says nothing changes nothing, the digest included.
//
// A worked example:
//
//	p := policy.BuiltIn()
//	may := p.May(policy.Situation{Kind: "employer", SSNAgrees: true, Identity: "strong", Case: agency.Case{Order: true, …}})
//	// may.Step review_for_withholding, may.Words "you may review for withholding", may.Rule.ID may.withholding
//
// It is arithmetic on values: no clock, no file but those given to Load. POLICY.md explains policy.yaml to an agency's analyst.
package policy
