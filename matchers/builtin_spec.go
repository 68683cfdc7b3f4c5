package matchers

import "locatematch/matchers/text"

// BuiltInSpec is the spec of the five sources: caseload, postal, employment, military, financial.
//
// Blocking is for recall at a price per stranger row. The rules on names, birth dates and places are those that `blocking
// --suggest` found on a synthetic night (20,000 subjects, 400,000 strangers, within 80,000 pairs), with a limit where a key is no
// more than a name: common names would make pairs by the square of a caseload, and twenty-one subjects of one name bring at most
// log2(N/21) bits, which with a prior of log2(.05/N) cannot reach review without some other evidence. Kept beside them, although
// that night asks for less: keys, SSNs, phones and mail addresses alone, for whoever has another name by now, and the SSN's last
// four with a birthday, for suppliers that show no more of it.
func BuiltInSpec() *Spec {
	return &Spec{
		Name: "built-in",
		Fields: Fields{
			{Name: "key", Kind: text.Exact},
			{Name: "ssn", Kind: text.SSN},
			{Name: "born", Kind: text.Date},
			{Name: "sex", Kind: text.Sex},
			{Name: "given", Kind: text.Given, Group: "names"},
			{Name: "middle", Kind: text.Middle, Group: "names"},
			{Name: "family", Kind: text.Family, Group: "names"},
			{Name: "suffix", Kind: text.Suffix, Group: "names"},
			{Name: "address", Kind: text.Address, Group: "addresses"},
			{Name: "city", Kind: text.Text, Group: "addresses"},
			{Name: "state", Kind: text.State, Group: "addresses"},
			{Name: "zip", Kind: text.Zip, Group: "addresses"},
			{Name: "phone", Kind: text.Phone},
			{Name: "email", Kind: text.Email},
		},
		Comparisons: []Comparison{
			{Name: "key", Fields: []string{"key"}, Kind: "key", Hold: true},
			{Name: "ssn", Fields: []string{"ssn"}, Kind: "ssn", Hold: true},
			{Name: "born", Fields: []string{"born"}, Kind: "date"},
			{Name: "given", Fields: []string{"given", "middle"}, Kind: "given_name", Frequency: true},
			{Name: "family", Fields: []string{"family"}, Kind: "family_name", Frequency: true},
			{Name: "crossed", Fields: []string{"given", "family"}, Kind: "crossed_names"},
			{Name: "middle", Fields: []string{"middle"}, Kind: "middle_name"},
			{Name: "suffix", Fields: []string{"suffix"}, Kind: "suffix"},
			{Name: "sex", Fields: []string{"sex"}, Kind: "sex"},
			{Name: "address", Fields: []string{"address", "zip"}, Kind: "address"},
			{Name: "phone", Fields: []string{"phone"}, Kind: "phone"},
			{Name: "email", Fields: []string{"email"}, Kind: "email"},
		},
		Blocking: [][]string{
			{"key", "max:50"},
			{"ssn", "max:50"},
			{"family.sound", "born"},
			{"given.nickname", "born"},
			{"born", "family=given"},
			{"given.sound", "family.token", "zip"},
			{"given.initial", "family", "zip.prefix3", "max:20"},
			{"given.nickname", "family.prefix4", "max:20"},
			{"given.nickname", "family.token", "max:5"},
			{"address.number", "address.street", "zip", "max:50"},
			{"ssn.last4", "family.prefix4"},
			{"ssn.last4", "born.monthday"},
			{"phone", "max:50"},
			{"email", "max:50"},
		},
	}
}
