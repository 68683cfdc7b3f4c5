package casefile

import (
	"strings"
	"testing"

	"locatematch/pipeline/golden"
	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/agency"
)

func day(d int32) leads.Day { return leads.DayOf(d) }

func evidence(event int32, precision string) []leads.Evidence {
	return []leads.Evidence{{Received: day(20261121), EventDate: &leads.PartialDate{Date: day(event), Precision: precision}}}
}

// sample is a case with some of everything.
func sample() *File {
	published := Event{On: day(20261121), What: "Published: not reported before."}
	balance := int64(12_345)
	f := &File{CaseID: "C-7", AsOf: day(20261123), Run: "2026-11-23-4fz2k7qa", People: []Person{{
		SubjectID: "S-1", Name: "Robert Pinter",
		Case: agency.Case{ID: "C-7", Participant: agency.Noncustodial, Status: agency.Open, Function: agency.Enforcement, Office: "North", Officer: "W11",
			Order: true, Monthly: 25000, Arrears: 420000, PastDueSince: 20260101, LastPaid: 20260303, LastPaidAmount: 12550, Language: "ES", Opened: 20240115, LocateSince: 20260901},
		Facts:  []agency.Fact{{Kind: "address", Key: "9 HIGH ST|AUSTIN|TX|78702", Known: agency.Bad, EndCode: "RETURNED", Since: 20250101, Until: 20260801}},
		Levies: []agency.Levy{{On: 20250610, Token: "4411", Outcome: "the account was closed"}},
		Leads: []Entry{
			{
				Lead: leads.Lead{LeadID: "L-employer", Kind: leads.KindEmployer, Display: "Acme Freight LLC", Identity: leads.Strong, Standing: leads.Current, Status: leads.New,
					Sources: []string{"employment"}, Evidence: evidence(20261109, leads.ByDay), LastSeen: day(20261121)},
				Due: day(20261124), WhyDue: "A notice to withhold goes out within two business days (42 USC 653a(g)(1), not reviewed).",
				YouMay:  "You may review it for income withholding (42 USC 653a(g)(1), not reviewed).",
				History: []Event{published, {On: day(20261121), What: "Queued for W11 of office North, place 1."}},
			},
			{
				Lead: leads.Lead{LeadID: "L-income", Kind: leads.KindIncome, Display: "Wages of $9,200 in the third quarter of 2026", Identity: leads.Strong, Standing: leads.Current, Status: leads.New,
					Sources: []string{"employment", "other"}, Evidence: evidence(20260701, leads.ByQuarter), LastSeen: day(20261121)},
				History: []Event{published},
			},
			{
				Lead: leads.Lead{LeadID: "L-undated", Kind: leads.KindLiability, Display: "2 support orders", Identity: leads.Strong, Standing: leads.Current, Status: leads.New,
					LastSeen: day(20261121)},
				History: []Event{published},
			},
			{
				Lead: leads.Lead{LeadID: "L-address", Kind: leads.KindAddress, Display: "12 Oak St Apt 4, Austin, TX 78701", Identity: leads.Strong, Standing: leads.Current, Status: leads.Changed,
					Sources: []string{"employment", "postal"}, Evidence: evidence(20261102, leads.ByDay), LastSeen: day(20261122)},
				History: []Event{{On: day(20261122), What: "Published: now reported by the post office too."}, published},
			},
			{
				Lead: leads.Lead{LeadID: "L-other", Kind: leads.KindAddress, Display: "1 Elm St, Waco, TX 76701", Identity: leads.CheckFirst, Standing: leads.LikelyCurrent, Status: leads.New,
					IdentityReasons: []string{"name agrees", "birth date differs"}, Sources: []string{"financial"}, Evidence: evidence(20261001, leads.ByMonth), LastSeen: day(20261121)},
				YouMay: "You may write to verify it first.", Cautions: []string{"Another person of this name lives there."},
				History: []Event{published},
			},
			{
				Lead: leads.Lead{LeadID: "L-account", Kind: leads.KindAccount, Display: "First Bank, joint savings account ending 7788", Identity: leads.Likely, Standing: leads.LikelyCurrent, Status: leads.New,
					Sources: []string{"financial"}, Evidence: evidence(20261001, leads.ByMonth), LastSeen: day(20261121),
					Account: &leads.Account{Balance: &balance, BalanceKind: "average"},
					Codes: []leads.CodeWords{{Field: "balance_kind", Code: "1", Words: "average"}, {Field: "account_type", Code: "01", Words: "savings account"}, {Field: "payee", Code: "7"},
						{Field: "name_match", Code: "0"}, {Field: "trust", Code: "0"}, {Field: "account_status", Code: "0", Words: "open"}}},
				YouMay: "You may verify this first.", Judged: AnotherPerson,
				History: []Event{published, {On: day(20261122), What: "W11 judged: different person; not used (<b>his brother's</b>).", Said: true}},
			},
		},
	}}}
	f.Sort()
	return f
}

// The page of one case, as text and as HTML.
func TestPages(t *testing.T) {
	p := Compile(sample())
	golden.Check(t, "testdata/case.txt", []byte(p.Text(80)))
	golden.Check(t, "testdata/case.html", p.HTML())
}

// The two forms have the same sections, HTML runs nothing and asks for nothing, and text fits.
func TestForms(t *testing.T) {
	p := Compile(sample())
	html := string(p.HTML())
	for _, bad := range []string{"<script", "http://", "https://", "<b>his"} {
		if strings.Contains(html, bad) {
			t.Errorf("the page holds %s", bad)
		}
	}
	for _, line := range strings.Split(p.Text(80), "\n") {
		if n := len([]rune(line)); n > 80 {
			t.Errorf("%d characters: %s", n, line)
		}
	}
	for _, s := range p.Sections {
		if !strings.Contains(html, s.Title) || !strings.Contains(p.Text(120), s.Title) {
			t.Errorf("%s is missing in a form", s.Title)
		}
	}
}

// A case of which the agency gave no file says so, and a person without leads has a page.
func TestBareCase(t *testing.T) {
	bare := agency.Case{ID: "C-8"}
	text := Compile(&File{CaseID: "C-8", AsOf: day(20261123), People: []Person{{SubjectID: "S-2", Name: "Carl Whitfield", Case: bare}}}).Text(80)
	if !strings.Contains(text, "order and payments are not known here") || strings.Contains(text, "History") {
		t.Error(text)
	}
}
