package leads

import (
	"slices"
	"strings"
)

// What an account's title says of who owns it. The title itself holds the names of others and is never kept.
const (
	TitleJoint          = "joint"
	TitleCustodial      = "custodial" // kept for a child
	TitleRepresentative = "representative"
	TitleOnDeath        = "on_death" // payable on death
	TitleTrust          = "trust"
	TitleBenefits       = "benefits"
	TitleBusiness       = "business"
)

// titleMarks are the words of a title, in the order in which they are looked for. Several words are side by side.
var titleMarks = []struct{ words, means string }{
	{"JTWROS", TitleJoint}, {"JT TEN", TitleJoint}, {"JTTEN", TitleJoint}, {"JOINT", TitleJoint}, {"TEN COM", TitleJoint},
	{"TEN ENT", TitleJoint}, {"OR", TitleJoint},
	{"UTMA", TitleCustodial}, {"UGMA", TitleCustodial}, {"CUST", TitleCustodial}, {"CUSTODIAN", TitleCustodial}, {"MINOR", TitleCustodial},
	{"REP PAYEE", TitleRepresentative}, {"REPRESENTATIVE PAYEE", TitleRepresentative}, {"REP PAY", TitleRepresentative},
	{"FIDUCIARY", TitleRepresentative}, {"GUARDIAN", TitleRepresentative}, {"CONSERVATOR", TitleRepresentative},
	{"POD", TitleOnDeath}, {"PAYABLE ON DEATH", TitleOnDeath}, {"ITF", TitleOnDeath}, {"TOD", TitleOnDeath},
	{"TRUST", TitleTrust}, {"TRUSTEE", TitleTrust}, {"TTEE", TitleTrust}, {"FBO", TitleTrust}, {"ESCROW", TitleTrust},
	{"IOLTA", TitleTrust}, {"ESTATE", TitleTrust},
	{"SSA", TitleBenefits}, {"SSI", TitleBenefits}, {"SSDI", TitleBenefits}, {"BENEFIT", TitleBenefits}, {"BENEFITS", TitleBenefits},
	{"LLC", TitleBusiness}, {"INC", TitleBusiness}, {"CORP", TitleBusiness}, {"DBA", TitleBusiness}, {"LLP", TitleBusiness},
}

// TitleWords reduces an account's title to what it says of ownership: sorted words of the constants above, "" for none.
// What it has reduced once stays as it is.
func TitleWords(title string) string {
	if reduced(title) {
		return title
	}
	text := " " + strings.Join(strings.FieldsFunc(strings.ToUpper(strings.ReplaceAll(title, ".", "")), func(r rune) bool {
		return !(r >= 'A' && r <= 'Z' || r >= '0' && r <= '9')
	}), " ") + " "
	var found []string
	for _, m := range titleMarks {
		if strings.Contains(text, " "+m.words+" ") {
			found = append(found, m.means)
		}
	}
	slices.Sort(found)
	return strings.Join(slices.Compact(found), " ")
}

// reduced tells whether a title is words of the constants and nothing else: banks write capitals.
func reduced(title string) bool {
	for word := range strings.FieldsSeq(title) {
		if !slices.ContainsFunc(titleMarks, func(m struct{ words, means string }) bool { return m.means == word }) {
			return false
		}
	}
	return true
}

// titleTrust says in words what the title says of money that is somebody else's, where the code says nothing.
func titleTrust(title []string) string {
	for _, m := range []struct{ mark, words string }{
		{TitleCustodial, "held for a minor"}, {TitleRepresentative, "held for the person who is paid benefits"},
		{TitleOnDeath, "payable on death to somebody else"}, {TitleTrust, "other trust or escrow"},
	} {
		if slices.Contains(title, m.mark) {
			return m.words
		}
	}
	return ""
}
