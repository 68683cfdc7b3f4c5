package casefile

import (
	"cmp"
	"slices"
	"strings"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/agency"
)

// Page is a case file before it takes a form.
type Page struct {
	Title    string
	Facts    [][2]string // name and value
	Sections []Section
}

// Section is one titled part: lines of words, and a table.
type Section struct {
	Title   string
	Lines   []string
	Columns []string
	Rows    [][]string
}

// Compile makes the page. Sections with nothing in them are left out.
func Compile(f *File) *Page {
	p := &Page{Title: "Case " + f.CaseID, Facts: [][2]string{{"As of", f.AsOf.Long()}, {"Run", f.Run}}}
	for i := range f.People {
		who := &f.People[i]
		for _, s := range who.sections() {
			if len(f.People) > 1 {
				s.Title = who.Name + ": " + s.Title
			}
			p.Sections = append(p.Sections, s)
		}
	}
	return p
}

func (p *Person) sections() (all []Section) {
	for _, s := range []Section{
		p.person(), p.money(), p.due(), p.timeline("Addresses", "address", "phone"),
		p.timeline("Employment and income", "employer", "income"), p.timeline("Military service", "military"),
		p.timeline("Accounts", "account"), p.timeline("What else is owed", "liability"), p.timeline("For a specialist", "identity conflict"), p.agrees(), p.conflicts(),
		p.tried(), p.history(),
	} {
		if len(s.Rows) > 0 || len(s.Lines) > 0 {
			all = append(all, s)
		}
	}
	return all
}

// parts say what a person is in a case.
var parts = map[agency.Participant]string{
	agency.Noncustodial: "parent who owes support", agency.Putative: "said to be the father", agency.Custodial: "parent with custody",
	agency.Child: "child",
}

func (p *Person) person() Section {
	c := &p.Case
	return Section{Title: "Who is sought", Lines: filled(
		joined(", ", strings.TrimSpace(p.Name+" ("+p.SubjectID+")"), parts[c.Participant]),
		joined(", ", agency.OfficeWords(c.Office), behind("officer ", c.Officer)),
		ended(joined(", ", behind("The case is ", string(c.Status)), behind("for ", string(c.Function)), behind("since ", dayOf(c.Opened)))),
		ended(behind("Location has been needed since ", dayOf(c.LocateSince))),
		ended(behind("Another state has this case too: ", c.OtherState)),
		ended(behind("Language: ", languageWords(c.Language))),
		ifSo(c.Bankrupt, "A bankruptcy is known: ask before any collection."),
	)}
}

func (p *Person) money() Section {
	c := &p.Case
	s := Section{Title: "Order and payments"}
	if c.Function == "" && !c.Order && c.Arrears == 0 && c.LastPaid == 0 && c.Opened == 0 {
		s.Lines = []string{"The agency's case file was not given: order and payments are not known here."}
		return s
	}
	order := "No support order is in force."
	if c.Order {
		order = ended(joined(": ", "A support order is in force", before(dollars(c.Monthly), " a month")))
	}
	s.Lines = filled(order,
		ended(joined(", since ", before(dollars(c.Arrears), " is past due"), dayOf(c.PastDueSince))),
		ended(joined(": ", behind("The last payment came on ", dayOf(c.LastPaid)), dollars(c.LastPaidAmount))),
		ifSo(c.WithheldBy != "", "An employer withholds under this order already."),
	)
	return s
}

// due are the leads that stand and may be used, the earliest clock first.
func (p *Person) due() Section {
	s := Section{Title: "What is due, and what may be done", Columns: []string{"Due", "Lead", "Why", "You may", "Watch for"}}
	list := slices.DeleteFunc(slices.Clone(p.Leads), func(e Entry) bool { return e.YouMay == "" || lastWord(&e) != "" })
	slices.SortStableFunc(list, func(a, b Entry) int {
		const never = 1 << 30
		rank := func(e Entry) int {
			if e.Due == 0 {
				return never
			}
			return int(e.Due)
		}
		return rank(a) - rank(b)
	})
	for _, e := range list {
		due := e.Due.Long()
		if due == "" {
			due = "no date"
		}
		s.Rows = append(s.Rows, []string{due, e.Lead.Display, e.WhyDue, e.YouMay, strings.Join(e.Cautions, " ")})
	}
	return s
}

// timeline lists what is known of some kinds of fact, latest first: leads, then what the agency had already.
func (p *Person) timeline(title string, kinds ...leads.Kind) Section {
	s := Section{Title: title, Columns: []string{"When", "What", "Who says so", "The record says", "How sure", "Now"}}
	for i := range p.Leads {
		e := &p.Leads[i]
		if slices.Contains(kinds, e.Lead.Kind) {
			s.Rows = append(s.Rows, []string{eventWords(&e.Lead), factOf(&e.Lead), leads.SourceNames(e.Lead.Sources), codeWords(&e.Lead), string(e.Lead.Identity), stands(e)})
		}
	}
	for _, f := range p.Facts {
		if slices.Contains(kinds, leads.Kind(f.Kind)) {
			now := joined(", ", string(f.Known), behind("ended with code ", f.EndCode), behind("until ", dayOf(f.Until)))
			s.Rows = append(s.Rows, []string{dayOf(f.Since), factWords(f), "the agency itself", "", "", now})
		}
	}
	return s
}

func factWords(f agency.Fact) string {
	if f.Name != "" {
		return leads.ProperName(f.Name)
	}
	return leads.ProperName(strings.ReplaceAll(f.Key, "|", " "))
}

// stands says how a lead stands now: the last word on it, else what its sources let one think.
func stands(e *Entry) string {
	return cmp.Or(lastWord(e), string(e.Lead.Standing), "not known")
}

// lastWord is what has become of a lead, "" where nothing has.
func lastWord(e *Entry) string {
	switch {
	case e.Lead.Status == leads.Withdrawn:
		return "withdrawn: " + e.Lead.StatusReason
	case e.Judged != "":
		return string(e.Judged)
	case e.Lead.Verified != 0:
		return "verified on " + e.Lead.Verified.Long()
	}
	return ""
}

// agrees lists what several independent sources say.
func (p *Person) agrees() Section {
	s := Section{Title: "What agrees"}
	for i := range p.Leads {
		if e := &p.Leads[i]; len(e.Lead.Sources) > 1 && lastWord(e) == "" {
			s.Lines = append(s.Lines, e.Lead.Display+": reported by "+leads.SourceNames(e.Lead.Sources)+".")
		}
	}
	return s
}

// conflicts lists what speaks against leads that stand, and where they say different things.
func (p *Person) conflicts() Section {
	s := Section{Title: "What conflicts"}
	others := map[leads.Kind][]string{}
	for i := range p.Leads {
		e := &p.Leads[i]
		if lastWord(e) != "" {
			continue
		}
		others[e.Lead.Kind] = append(others[e.Lead.Kind], e.Lead.Display)
		if against := speaksAgainst(&e.Lead); len(against) > 0 {
			s.Lines = append(s.Lines, e.Lead.Display+": "+strings.Join(against, "; ")+".")
		}
	}
	if list := others[leads.KindAddress]; len(list) > 1 {
		s.Lines = append(s.Lines, count(len(list))+" different addresses are reported; the latest is "+list[0]+".")
	}
	return s
}

// speaksAgainst is what of a lead's identity does not agree, and what contradicts its fact.
func speaksAgainst(l *leads.Lead) (against []string) {
	for _, r := range l.IdentityReasons {
		if slices.ContainsFunc([]string{"differs", "does not match", "off by", "another person", "close", "disagrees"}, func(w string) bool { return strings.Contains(r, w) }) {
			against = append(against, r)
		}
	}
	for _, c := range l.Conflicts {
		if !slices.Contains(against, c) {
			against = append(against, c)
		}
	}
	return against
}

// tried lists what was tried: levies, and what officers said of leads.
func (p *Person) tried() Section {
	s := Section{Title: "What was tried", Columns: []string{"When", "What", "Came to"}}
	for _, l := range p.Levies {
		s.Rows = append(s.Rows, []string{dayOf(l.On), joined(", ", "levy", behind("account ending ", l.Token)), l.Outcome})
	}
	for i := range p.Leads {
		for _, e := range p.Leads[i].History {
			if e.Said {
				s.Rows = append(s.Rows, []string{e.On.Long(), p.Leads[i].Lead.Display, e.What})
			}
		}
	}
	return s
}

// history lists everything that happened to every lead; nothing is left out.
func (p *Person) history() Section {
	s := Section{Title: "History of every lead", Columns: []string{"When", "Lead", "What happened"}}
	for i := range p.Leads {
		e := &p.Leads[i]
		for j, event := range e.History {
			name := ""
			if j == 0 {
				name = e.Lead.Display + " (" + e.Lead.LeadID + ")"
			}
			s.Rows = append(s.Rows, []string{event.On.Long(), name, event.What})
		}
	}
	return s
}
