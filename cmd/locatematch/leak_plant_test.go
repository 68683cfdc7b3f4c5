package main

import (
	"encoding/csv"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"
)

// plant puts protected families among the people of synthetic nights. Every value that tells where one of them is stands with
// that person alone: streets, employers, mailboxes and e-mail names are words made for this test (wordMark), telephone numbers
// are of an area that no synthetic number has, account numbers begin as none does. So whatever is found is theirs.
type plant struct {
	t       *testing.T
	dir     string
	nights  int
	secrets *secrets
	made    int                         // words made
	night   int                         // being written
	key     *age.X25519Identity         // of the worker who may read of protected people
	rows    map[string][]map[string]any // by file, for every night or one: "caseload", "cases", "jobs/2"
}

// someone is one planted person.
type someone struct {
	who, id, caseID      string
	participant          string
	given, family, born  string
	ssn, phone, email    string
	ssn2                 string // a further number that the agency has of the person, "" for none
	street, zip          string
	employer, work       string // employer's name, street of the employer
	account              string
	protected, casesOnly bool
	from                 int      // night from which protected, 0 from the first
	former               *someone // with whom the person lived before
}

// words makes six letters that no other planted word has.
func (p *plant) word(mark string) string {
	p.made++
	letters, n := []byte("AAAAAA"), p.made*7919
	for i := range letters {
		letters[i] = "BDFGKLMNPRSTVAEIOU"[n%18]
		n = n/18 + p.made*(i+3)
	}
	return mark + string(letters)
}

// place is a planted word that tells where somebody is.
func (p *plant) place(who, what string) string {
	for {
		word := p.word(wordMark)
		if p.secrets.words[word] == "" {
			p.secrets.words[word] = who + ": " + what
			return word
		}
	}
}

// person makes somebody with whereabouts of every kind. seen people have words of another mark: they are what the test must find.
func (p *plant) person(who, participant, caseID string, protected bool) *someone {
	p.made++
	n := p.made
	s := &someone{
		who: who, participant: participant, caseID: caseID, protected: protected,
		id: fmt.Sprintf("77%08d", 1000+n*37), given: []string{"ALDOUS", "BERTHE", "CASPIAN", "DRUSILLA", "EZEKIEL", "FENELLA"}[n%6],
		family: p.word("KRO"), born: fmt.Sprintf("19%02d-%02d-%02d", 60+n%30, 1+n%12, 1+n%28),
		ssn: fmt.Sprintf("%03d%02d%04d", 301+n%400, 21+n%70, 2001+n*17), zip: "45662",
	}
	street, firm, work, mail := p.place(who, "street"), p.place(who, "employer"), p.place(who, "employer's street"), p.place(who, "e-mail")
	s.street, s.employer, s.work, s.email = fmt.Sprintf("%d %s LN", 100+n, street), firm+" FREIGHT", fmt.Sprintf("%d %s PKWY", 40+n, work), strings.ToLower(mail)+"@example.org"
	s.phone, s.account = fmt.Sprintf("906555%04d", 1000+n*7), fmt.Sprintf("8877%08d", 10007+n*7919)
	p.secrets.numbers[s.phone] = who + ": telephone"
	p.secrets.numbers[s.account] = who + ": account"
	p.secrets.whole[s.account] = "an account number"
	p.secrets.ssns[s.ssn], p.secrets.theirs[s.ssn] = "an SSN", who+": SSN"
	return s
}

// onlyFrom is a value of a row that stands there from a night on.
type onlyFrom struct {
	night int
	value string
}

func (p *plant) add(file string, row map[string]any) { p.rows[file] = append(p.rows[file], row) }

// hold puts somebody on the caseload and into the agency's own files of every night.
func (p *plant) hold(s *someone) {
	role, flagged := "subject", ""
	if s.participant == "CP" || s.participant == "CH" {
		role = "shield"
	}
	if s.protected && !s.casesOnly {
		flagged = "Y"
	}
	row := map[string]any{
		"subject_id": s.id, "role": role, "participant": s.participant, "case_id": s.caseID, "office": "OFFICE 01", "officer": "W0101",
		"protected": onlyFrom{s.from, flagged}, "ssn": s.ssn, "given": s.given, "family": s.family, "born": s.born, "sex": "M", "phone": s.phone, "email": s.email,
		"address_1": s.street, "city": "PORTSMOUTH", "state": "OH", "zip": s.zip, "address_from": "2021-03-01", "address_standing": "unverified",
	}
	if s.ssn2 != "" {
		row["ssn_2"] = s.ssn2
	}
	if s.former != nil { // who lived with somebody else before
		row["address_1_2"], row["city_2"], row["state_2"], row["zip_2"] = s.former.street, "PORTSMOUTH", "OH", s.former.zip
		row["address_from_2"], row["address_to_2"] = "2015-03-01", "2021-03-01"
		p.add("addresses", map[string]any{"subject_id": s.id, "address_1": s.former.street, "city": "PORTSMOUTH", "state": "OH", "zip": s.zip,
			"known": "bad", "end_code": "MOVED", "since": "2015-03-01", "until": "2021-03-01"})
	}
	p.add("caseload", row)
	inCase := ""
	if s.protected {
		inCase = "Y"
	}
	p.add("cases", map[string]any{
		"subject_id": s.id, "case_id": s.caseID, "participant": s.participant, "case_status": "open", "function": "enforcement",
		"office": "OFFICE 01", "officer": "W0101", "order": "Y", "monthly": "250.00", "arrears": "4200.00", "past_due_since": "2026-01-01",
		"locate_since": "2026-09-01", "opened": "2020-01-15", "language": "EN", "protected": onlyFrom{s.from, inCase},
	})
	p.add("addresses", map[string]any{"subject_id": s.id, "address_1": s.street, "city": "PORTSMOUTH", "state": "OH", "zip": s.zip,
		"known": "verified", "since": "2021-03-01"})
	p.add("employers", map[string]any{"subject_id": s.id, "ein": "", "employer": s.employer, "known": "unverified", "since": "2024-01-01"})
}

// at says where a row has somebody; zero fields are as the person's own.
type at struct{ street, phone, account, employer, work, title, payee, ssn, careOf string }

func (p *plant) job(night int, s *someone, a at) {
	p.add(fmt.Sprintf("jobs/%d", night), map[string]any{
		"ssn": or(a.ssn, s.ssn), "given": s.given, "family": s.family, "born": s.born, "phone": or(a.phone, s.phone), "email": s.email,
		"address_1": or(a.careOf, or(a.street, s.street)), "address_2": pick(a.careOf != "", or(a.street, s.street), ""), "city": "PORTSMOUTH", "state": "OH", "zip": s.zip,
		"employer": or(a.employer, s.employer), "employer_address_1": or(a.work, s.work), "employer_city": "PORTSMOUTH", "employer_state": "OH",
		"employer_zip": "45662", "hire_date": "20261110",
	})
}

func (p *plant) bank(night int, s *someone, a at) {
	p.add(fmt.Sprintf("bank/%d", night), map[string]any{
		"reference": or(a.account, s.account), "institution_tin": "311234567", "institution": "OKTAVIAN SAVINGS BANK", "ssn": s.ssn,
		"account": or(a.account, s.account), "title": a.title, "given": s.given, "family": s.family, "born": s.born,
		"address_1": or(a.street, s.street), "city": "PORTSMOUTH", "state": "OH", "zip": s.zip, "phone": or(a.phone, s.phone),
		"account_type": "01", "balance": "3100", "payee": a.payee, "account_status": "0", "run_month": "202610",
	})
}

func (p *plant) post(night int, s *someone, from, to string) {
	p.add(fmt.Sprintf("post/%d", night), map[string]any{
		"record": "D", "key": s.id, "sent_name": s.given + " " + s.family, "sent_address_1": from, "sent_city": "PORTSMOUTH", "sent_state": "OH",
		"sent_zip": s.zip, "given": s.given, "family": s.family, "address_1": from, "city": "PORTSMOUTH", "state": "OH", "zip": s.zip,
		"to_address_1": to, "to_city": "PORTSMOUTH", "to_state": "OH", "to_zip": s.zip, "move_type": "I", "move_date": "202609",
		"return_code": "A", "match_flag": "M",
	})
}

func or(a, b string) string { return pick(a != "", a, b) }

func pick(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}

// layouts of the suppliers that the planted rows come from.
var plantedLayouts = map[string]string{
	"jobs": layoutPage("leak-jobs", "employment", "ssn", "given", "family", "born: CCYY-MM-DD", "phone", "email", "address_1", "address_2", "city", "state", "zip",
		"employer", "employer_address_1", "employer_city", "employer_state", "employer_zip", "hire_date: CCYYMMDD"),
	"bank": layoutPage("leak-bank", "financial", "record_id=reference", "institution_tin", "institution", "ssn", "account", "title", "given", "family",
		"born: CCYY-MM-DD", "address_1", "city", "state", "zip", "phone", "account_type", "balance: dollars", "payee", "account_status", "run_month: CCYYMM"),
}

func layoutPage(name, source string, fields ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "name: %s\ntitle: A supplier of planted rows\nsource: %s\nstatus: published\nedition: \"1\"\norigin: a test's own\nformat: csv\nencoding: utf-8\nrecords:\n  data:\n    fields:\n", name, source)
	for _, f := range fields {
		f, form, _ := strings.Cut(f, ": ")
		f, column, _ := strings.Cut(f, "=")
		fmt.Fprintf(&b, "      - {name: %s", f)
		if form != "" {
			fmt.Fprintf(&b, ", form: %s", form)
		}
		if column != "" {
			fmt.Fprintf(&b, ", column: %s", column)
		}
		b.WriteString("}\n")
	}
	return b.String()
}

// write puts the planted rows into the nights' files, and broken ones beside them.
func (p *plant) write() {
	for name, page := range plantedLayouts {
		p.file(filepath.Join(p.dir, name+".yaml"), page)
	}
	for night := 1; night <= p.nights; night++ {
		dir := filepath.Join(p.dir, fmt.Sprintf("night-%02d", night))
		p.night = night
		p.extend(filepath.Join(dir, "caseload.csv"), "caseload")
		for _, file := range []string{"cases", "addresses", "employers"} {
			p.extend(filepath.Join(dir, "agency", file+".csv"), file)
		}
		for _, feed := range []string{"jobs", "bank", "post"} {
			p.feed(filepath.Join(dir, "in", fmt.Sprintf("%s-%d.csv", feed, night)), feed, night)
		}
		p.configure(filepath.Join(dir, "night.yaml"))
	}
}

// extend appends rows to a CSV file of the synthetic night, in its own order of columns.
func (p *plant) extend(path, rows string) {
	raw, err := os.ReadFile(path)
	p.check(err)
	header, _, _ := strings.Cut(string(raw), "\n")
	p.file(path, strings.TrimRight(string(raw), "\n")+"\n"+p.lines(strings.Split(strings.TrimSpace(header), ","), p.rows[rows]))
}

func (p *plant) lines(columns []string, rows []map[string]any) string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	for _, row := range rows {
		if line, broken := row["line"].([]string); broken {
			p.check(w.Write(line))
			continue
		}
		cells := make([]string, len(columns))
		for i, c := range columns {
			v, there := row[c]
			if later, is := v.(onlyFrom); is {
				v, there = later.value, p.night >= later.night
			}
			if there {
				cells[i] = fmt.Sprint(v)
			}
		}
		p.check(w.Write(cells))
		for c := range maps.Keys(row) {
			if !slices.Contains(columns, c) {
				p.t.Fatalf("no column %s", c)
			}
		}
	}
	w.Flush()
	return b.String()
}

func (p *plant) feed(path, feed string, night int) {
	columns := regexp.MustCompile(`(?:name|column): ([a-z_0-9]+)[,}]`)
	var header []string
	for _, line := range strings.Split(plantedLayouts[feed], "\n") {
		if found := columns.FindAllStringSubmatch(line, -1); strings.Contains(line, "- {") {
			header = append(header, found[len(found)-1][1])
		}
	}
	if feed == "post" {
		header = strings.Split("record,key,sent_name,sent_address_1,sent_address_2,sent_city,sent_state,sent_zip,given,middle,family,suffix,address_1,address_2,city,state,zip,zip4,to_address_1,to_address_2,to_city,to_state,to_zip,to_zip4,move_type,move_date,return_code,match_flag", ",")
	}
	rows := p.rows[fmt.Sprintf("%s/%d", feed, night)]
	if len(rows) == 0 {
		return
	}
	page := strings.Join(header, ",") + "\n" + p.lines(header, rows)
	if feed == "post" {
		page += fmt.Sprintf("T,%d\n", len(rows))
	}
	p.file(path, page)
}

func (p *plant) configure(path string) {
	raw, err := os.ReadFile(path)
	p.check(err)
	const feeds = `  - {name: jobs, source: employment, files: "in/jobs-*.csv", layout: ../jobs.yaml, reject_limit: 0.9, known_share: 0.3}
  - {name: bank, source: financial,  files: "in/bank-*.csv", layout: ../bank.yaml, reject_limit: 0.9, known_share: 0.3}
  - {name: post, source: postal,     files: "in/post-*.csv", layout: example-ncoalink, reject_limit: 0.9, known_share: 0.3}
agency:
`
	p.file(path, strings.Replace(string(raw), "agency:\n", feeds, 1)+"restricted: {recipients: ["+p.key.Recipient().String()+"]}\n")
}

func (p *plant) file(path, content string) { p.check(os.WriteFile(path, []byte(content), 0o600)) }

func (p *plant) check(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}
