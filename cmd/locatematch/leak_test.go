package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
)

var (
	leakSubjects = flag.Int("leaks.subjects", 150, "people of the leak test's synthetic agency (make leaks: more)")
	leakNights   = flag.Int("leaks.nights", 3, "nights of the leak test, 3 or more")
	leakThorough = flag.Bool("leaks.thorough", false, "ask every command about every pair after every night, not a part of them after the last")
)

// agencyUnderTest is a synthetic agency with protected families in it, and what its commands have said.
type agencyUnderTest struct {
	*plant
	hide   *secrets            // what must not be told now
	old    map[string]bool     // runs and states published before a flag was set: files that are never edited
	people map[string]*someone // by who
	said   int                 // bytes printed
	seen   map[string]bool     // planted words of people who are not protected, as a sign that the test sees anything
	ran    map[string]bool     // command paths that were run and scanned
}

// TestLeaks_NoCommandTellsWhereProtectedPeopleAre runs nights of an agency with protected families, sets flags after the first
// night, asks every command everything, and scans every byte written and printed (I10, I11).
//
//	father     a sought father is flagged on the caseload
//	mother     a custodial mother is flagged, with a child; the father is sought and lived with her, has a joint account with her,
//	           gives her telephone, gets mail in care of her, and follows her to a new address that one record told the night before
//	child      a child is flagged whose number an employer reports, and the agency has for one of the father's
//	caseflag   a sought father is flagged only in the agency's own cases
//	midway     a sought father is flagged on the caseload from the second night on
//	late       a sought father is flagged after the first night published his leads
//	latemother a custodial mother is flagged after the first night published the father at her address
func TestLeaks_NoCommandTellsWhereProtectedPeopleAre(t *testing.T) {
	a := newAgencyUnderTest(t, true)
	always := []string{"father", "mother", "child", "caseflag"}
	a.hide = a.secrets.among(always...)

	a.night(1)
	a.askDesk(1)
	a.mustSee("late", "latemother", "midway") // nobody is protected yet
	if !a.seen["free"] {
		t.Error("the leads of a family without protection are nowhere: this test would pass on anything")
	}

	a.publishedBefore()
	always = append(always, "late", "latemother")
	a.hide = a.secrets.among(always...)
	a.run(1, "protect", a.people["late"].id, "--reason", "order of protection of November 22")
	a.run(1, "protect", a.people["latemother"].id, "--reason", "order of protection of November 22", "--json")
	a.askDesk(1)
	for n := 2; n <= a.nights; n++ {
		if n == 2 { // whoever took something away before has it still; from the run on nobody sees it
			a.publishedBefore()
			a.hide = a.secrets.among(append(always, "midway")...)
		}
		a.night(n)
		a.askDesk(n)
	}
	a.askPairs(a.nights)
	a.askAnalysis(a.nights)
	a.askBadly(a.nights)
	a.askOfFiles(a.nights)
	a.askOfProduct()
	a.scanFiles()
	a.readRestricted(a.nights)
	a.forget(a.nights)
	a.mustRunEveryCommand()
	t.Logf("%d subjects, %d nights: %d bytes printed were scanned", *leakSubjects, a.nights, a.said)
}

// TestLeaks_AreFoundWithoutProtection is the same first night with every flag off: the scan must find every family, or it would
// find nothing where protection is broken.
func TestLeaks_AreFoundWithoutProtection(t *testing.T) {
	a := newAgencyUnderTest(t, false)
	a.hide = a.secrets.among()
	a.night(1)
	a.askDesk(1)
	a.mustSee("father", "mother", "caseflag", "late", "latemother")
}

func newAgencyUnderTest(t *testing.T, flagged bool) *agencyUnderTest {
	dir := t.TempDir()
	out, err := exec.Command("locatematch", "synth", "--nights", fmt.Sprint(*leakNights), "--out", dir, "--subjects", fmt.Sprint(*leakSubjects),
		"--strangers", fmt.Sprint(5**leakSubjects)).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	key, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	p := &plant{t: t, dir: dir, nights: *leakNights, secrets: newSecrets(), rows: map[string][]map[string]any{}, key: key}
	a := &agencyUnderTest{plant: p, old: map[string]bool{}, people: map[string]*someone{}, seen: map[string]bool{}, ran: map[string]bool{}}
	p.everybodysNumbers()
	a.settle(flagged)
	p.mustBeAlone()
	p.write()
	return a
}

// settle makes the families and what suppliers report of them.
func (a *agencyUnderTest) settle(flagged bool) {
	person := func(who, participant, caseID string, protected bool) *someone {
		s := a.person(who, participant, caseID, protected && flagged)
		if a.people[who] == nil {
			a.people[who] = s
		}
		return s
	}
	free := person("free", "NP", "C77000001", false)
	a.hold(free)
	father := person("father", "NP", "C77000002", true)
	a.hold(father)
	caseflag := person("caseflag", "NP", "C77000003", true)
	caseflag.casesOnly = true
	a.hold(caseflag)
	late := person("late", "NP", "C77000004", false)
	a.hold(late)
	midway := person("midway", "NP", "C77000008", true)
	midway.from = 2
	a.hold(midway)
	for _, s := range []*someone{free, father, caseflag, late, midway} {
		a.sought(s)
	}

	mother, kid, her := person("mother", "CP", "C77000005", true), person("mother", "CH", "C77000005", true), person("free", "NP", "C77000005", false)
	her.former = mother
	a.hold(mother)
	a.hold(kid)
	a.hold(her)
	a.parted(her, mother, 1)

	child, itsFather := person("child", "CH", "C77000006", true), person("free", "NP", "C77000006", false)
	itsFather.ssn2 = child.ssn // the agency has the child's number for one of his
	a.hold(child)
	a.hold(itsFather)
	a.job(1, child, at{})
	a.job(2, itsFather, at{ssn: child.ssn, street: child.street, phone: child.phone})
	a.job(3, itsFather, at{})

	mama, papa := person("latemother", "CP", "C77000007", false), person("free", "NP", "C77000007", false)
	papa.former = mama
	a.hold(mama)
	a.hold(papa)
	a.parted(papa, mama, 2) // what a record told of her before she was protected is known to nobody
	a.broken(father, mother, caseflag)
}

// sought is what is reported of somebody sought: a job, a move, an account, the same anew and otherwise spelt.
func (a *agencyUnderTest) sought(s *someone) {
	for night := 1; night <= a.nights; night++ {
		street := s.street
		if night > 1 { // he moves, and is told in another spelling
			street = strings.Replace(strings.Replace(fmt.Sprintf("%d %s", 900+night, a.place(s.who, "later street")), "LN", "LANE", 1), " ", " N ", 1) + " LANE APT 4"
		}
		a.job(night, s, at{street: street})
		a.bank(night, s, at{street: street, title: s.given + " " + s.family})
		a.post(night, s, s.street, street+", UNIT 4")
	}
}

// parted is what is reported of a father and the mother he left: all of it tells where she is. A forwarding order of hers comes on
// the night moved.
func (a *agencyUnderTest) parted(he, she *someone, moved int) {
	later := fmt.Sprintf("%d %s CT", 77, a.place(she.who, "new street"))
	a.job(1, he, at{street: strings.Replace(she.street, " LN", " LANE", 1)})
	a.job(1, he, at{street: she.street + " # 2", phone: she.phone})
	a.bank(1, he, at{street: she.street, account: she.account, payee: "2", title: he.given + " " + he.family + " OR " + she.given + " " + she.family})
	a.bank(1, he, at{account: she.account, title: he.given + " " + he.family})
	a.post(1, he, he.street, she.street)
	a.post(moved, she, she.street, later)
	a.job(1, she, at{})
	a.bank(1, she, at{})
	a.job(2, he, at{street: later, phone: she.phone})
	a.bank(2, he, at{street: later, account: she.account, payee: "1", title: she.given + " " + she.family + " JT " + he.given + " " + he.family})
	a.post(2, he, he.street, strings.Replace(later, " CT", " COURT", 1))
	a.job(3, he, at{careOf: "C/O " + she.given + " " + she.family, street: later})
	a.bank(3, he, at{street: later, phone: she.phone})
	a.job(3, she, at{street: later})
}

// broken rows hold protected people's whereabouts where other values should be, or too many of them.
func (a *agencyUnderTest) broken(people ...*someone) {
	for _, s := range people {
		a.add("jobs/1", map[string]any{"line": []string{s.ssn, s.given, s.family, s.street, s.phone, s.email, s.street}}) // too short
		a.add("jobs/1", map[string]any{"ssn": s.street, "given": s.given, "family": s.family, "born": s.street, "phone": s.email, "email": s.phone,
			"address_1": s.born, "city": s.street, "state": s.street, "zip": s.street, "employer": s.street, "hire_date": s.street})
		a.add("bank/1", map[string]any{"reference": s.street, "ssn": s.ssn, "account": s.account, "given": s.given, "family": s.family, "born": s.account,
			"balance": s.street, "run_month": s.account, "payee": s.street, "account_type": s.street, "institution_tin": s.account})
		a.add("post/2", map[string]any{"record": s.street, "key": s.id, "given": s.given, "family": s.family, "to_address_1": s.street})
	}
	s := people[0] // one of each: the agency's own files may have one bad row in a hundred
	a.add("addresses", map[string]any{"subject_id": s.id, "address_1": s.street, "city": "PORTSMOUTH", "state": "OH", "zip": s.zip, "known": s.street, "since": s.street})
	a.add("cases", map[string]any{"subject_id": s.id, "case_id": s.caseID, "participant": s.street, "case_status": s.street, "protected": pick(s.protected, "Y", ""), "opened": s.street})
	a.add("caseload", map[string]any{"role": "subject", "case_id": s.street, "ssn": s.ssn, "given": s.given, "family": s.street, "born": s.street, "address_1": s.street})
}

// everybodysNumbers takes the SSNs and account numbers of the synthetic night's people from its files. An employer's number
// that stands where an SSN should is no secret.
func (p *plant) everybodysNumbers() {
	public := map[string]bool{}
	nine := regexp.MustCompile(`^[0-9]{9}$`)
	ssn := func(n string) {
		if n = strings.ReplaceAll(strings.TrimSpace(n), "-", ""); nine.MatchString(n) {
			p.secrets.ssns[n] = "an SSN"
		}
	}
	files, err := filepath.Glob(filepath.Join(p.dir, "night-*", "*", "*"))
	p.check(err)
	caseloads, _ := filepath.Glob(filepath.Join(p.dir, "night-*", "caseload.csv"))
	for _, path := range append(files, caseloads...) {
		raw, err := os.ReadFile(path)
		p.check(err)
		for _, inside := range append(opened(p.t, path, raw), raw) {
			base := filepath.Base(path)
			for _, line := range strings.Split(string(inside), "\n") {
				cut := func(at, width int) string { return line[min(at-1, len(line)):min(at-1+width, len(line))] }
				switch {
				case strings.HasPrefix(base, "w4-"):
					ssn(cut(3, 9))
					public[cut(290, 9)] = true
				case strings.HasPrefix(base, "fidm-") && strings.HasPrefix(line, "B"):
					ssn(cut(15, 9))
					ssn(cut(363, 9))
					ssn(cut(412, 9))
					if number := strings.TrimSpace(cut(24, 20)); len(number) > 6 {
						p.secrets.whole[strings.ToUpper(number)] = "an account number"
					}
				case strings.HasPrefix(base, "fidm-"):
					public[cut(7, 9)], public[cut(211, 9)] = true, true
				case strings.HasPrefix(base, "scra-"):
					ssn(cut(1, 9))
				}
			}
			if base == "caseload.csv" || base == "invalid-pairs.csv" {
				p.columns(inside, regexp.MustCompile(`^ssn(_[23])?$`), ssn)
			}
			if base == "employers.csv" {
				p.columns(inside, regexp.MustCompile(`^ein$`), func(n string) { public[n] = true })
			}
		}
	}
	for n := range public {
		delete(p.secrets.ssns, n)
	}
	for digit := '0'; digit <= '9'; digit++ { // what is written where there is no number, and what a mask is made of
		delete(p.secrets.ssns, strings.Repeat(string(digit), 9))
	}
	if len(p.secrets.ssns) < 100 || len(p.secrets.whole) < 20 {
		p.t.Fatalf("%d SSNs and %d account numbers in the synthetic nights: too few to show anything", len(p.secrets.ssns), len(p.secrets.whole))
	}
}

func (p *plant) columns(raw []byte, name *regexp.Regexp, take func(string)) {
	rows, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
	p.check(err)
	for at, column := range rows[0] {
		if name.MatchString(column) {
			for _, row := range rows[1:] {
				take(row[at])
			}
		}
	}
}

// mustBeAlone makes sure that no file of the synthetic nights holds a planted value before it is planted.
func (p *plant) mustBeAlone() {
	planted := &secrets{words: p.secrets.words, numbers: p.secrets.numbers}
	planted.scanTree(p.t, p.dir, nil)
	if p.t.Failed() {
		p.t.Fatal("a planted value stands with somebody else")
	}
}

// night runs one night with links on disk, and looks into its spill files meanwhile.
func (a *agencyUnderTest) night(n int) {
	a.t.Helper()
	config := filepath.Join(a.dir, fmt.Sprintf("night-%02d", n), "night.yaml")
	_, log, code := a.exec("run", "-c", config, "--memory", "1KB", "--workers", "2", "--chunk-kb", "4")
	if code != 0 && code != 3 {
		a.t.Fatalf("night %d ended with code %d: %s", n, code, log)
	}
	a.scanFiles()
}

// publishedBefore notes what was published before a flag was set: published files are never edited, and who received them is
// listed. What was taken away before is put out of sight.
func (a *agencyUnderTest) publishedBefore() {
	for _, dir := range []string{"taken", "tmp"} {
		a.check(os.RemoveAll(filepath.Join(a.dir, dir)))
		a.check(os.MkdirAll(filepath.Join(a.dir, dir), 0o700))
	}
	for _, of := range []string{"runs", "state"} {
		entries, err := os.ReadDir(filepath.Join(a.dir, of))
		a.check(err)
		for _, e := range entries {
			if e.IsDir() {
				a.old[filepath.Join(a.dir, of, e.Name())] = true
			}
		}
	}
}

func (a *agencyUnderTest) scanFiles() {
	a.t.Helper()
	files := 0
	for _, of := range []string{"runs", "state", "taken", "tmp"} {
		files += a.hide.scanTree(a.t, filepath.Join(a.dir, of), func(path string) bool { return a.old[path] })
	}
	if files < 10 {
		a.t.Fatalf("only %d files were scanned", files)
	}
}

// run gives the product one command of a night, and scans what it prints while and after it runs. It gives the exit code.
func (a *agencyUnderTest) run(night int, args ...string) int {
	a.t.Helper()
	config := filepath.Join(a.dir, fmt.Sprintf("night-%02d", night), "night.yaml")
	_, _, code := a.exec(append(args, "-c", config)...)
	return code
}

func (a *agencyUnderTest) exec(args ...string) (stdout, stderr []byte, code int) {
	a.t.Helper()
	for _, dir := range []string{"taken", "tmp"} {
		a.check(os.MkdirAll(filepath.Join(a.dir, dir), 0o700))
	}
	a.note(args)
	c := exec.Command("locatematch", args...)
	var out, log bytes.Buffer
	c.Stdout, c.Stderr, c.Dir = &out, &log, filepath.Join(a.dir, "taken")
	c.Env = append(os.Environ(), "TMPDIR="+filepath.Join(a.dir, "tmp"))
	a.check(c.Start())
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	err := a.watch(c.Process.Pid, ended, args)
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		code = exit.ExitCode()
	} else {
		a.check(err)
	}
	for name, printed := range map[string][]byte{"standard output": out.Bytes(), "standard error": log.Bytes()} {
		a.said += len(printed)
		if found := a.hide.find(printed); len(found) > 0 {
			a.t.Errorf("%s of `%s` (code %d) tells %v", name, a.words(args), code, found)
		}
		for word, what := range a.secrets.words {
			if bytes.Contains(bytes.ToUpper(printed), []byte(word)) {
				who, _, _ := strings.Cut(what, ":")
				a.seen[who] = true
			}
		}
	}
	return out.Bytes(), log.Bytes(), code
}

// words is a command line as a message shows it.
func (a *agencyUnderTest) words(args []string) string {
	return strings.ReplaceAll(strings.Join(args, " "), a.dir+string(filepath.Separator), "")
}

// watch reads what a running command has open: spill files have no name, and are gone when it ends. Where there is no /proc it
// only waits.
func (a *agencyUnderTest) watch(pid int, ended <-chan error, args []string) error {
	for {
		select {
		case err := <-ended:
			return err
		case <-time.After(2 * time.Millisecond):
		}
		open, _ := filepath.Glob(fmt.Sprintf("/proc/%d/fd/*", pid))
		for _, fd := range open {
			target, err := os.Readlink(fd)
			if err != nil || !strings.Contains(target, "(deleted)") && !strings.Contains(target, ".spill") && !strings.Contains(target, ".draft") {
				continue
			}
			f, err := os.Open(fd)
			if err != nil {
				continue
			}
			content, _ := io.ReadAll(io.NewSectionReader(f, 0, 1<<26))
			f.Close()
			if found := a.hide.find(content); len(found) > 0 {
				a.t.Errorf("a file that `%s` has open tells %v", a.words(args), found)
			}
		}
	}
}

// mustSee makes sure that people who are not protected are told of.
func (a *agencyUnderTest) mustSee(who ...string) {
	a.t.Helper()
	for _, w := range who {
		if !a.seen[w] {
			a.t.Errorf("nothing is told of %q, who is not protected: the scan would find nothing", w)
		}
	}
}

// asker gives the product a command of a night.
func (a *agencyUnderTest) asker(night int) func(args ...string) (stdout, stderr []byte, code int) {
	config := filepath.Join(a.dir, fmt.Sprintf("night-%02d", night), "night.yaml")
	return func(args ...string) ([]byte, []byte, int) {
		a.t.Helper()
		return a.exec(append(args, "-c", config)...)
	}
}

// askDesk asks what officers and operators ask, in every format, and scans what is said and written.
func (a *agencyUnderTest) askDesk(night int) {
	a.t.Helper()
	ask := a.asker(night)
	for _, format := range []string{"table", "csv", "json"} {
		ask("queue", "--format", format)
		ask("leads", "--format", format)
	}
	ask("queue", "--format", "xlsx", "--out", "queue.xlsx")
	ask("queue", "--format", "csv", "--out", "queue.csv")
	ask("queue", "--officer", "W0101", "--office", "OFFICE 01")
	for _, s := range a.people {
		ask("queue", "--case", s.caseID)
		ask("leads", "--subject", s.id, "--format", "json")
		ask("case", s.caseID, "--html", "case-"+s.who+".html")
	}
	for _, c := range []string{"C77000005", "C77000006", "C77000007"} {
		ask("case", c, "--html", "case.html")
		ask("case", c, "--format", "interface")
	}
	ask("compare", "current", "current", "--json")
	ask("compare", "current", a.first())
	ask("compare", a.first(), "current", "--json", "--examples", "100")
	ask("check")
	a.askPolicy(night)
	a.askSuppliers(night)
	if *leakThorough {
		a.askPairs(night)
		a.askAnalysis(night)
		a.askBadly(night)
	}
	a.scanFiles()
}

// first is the oldest published run.
func (a *agencyUnderTest) first() string {
	runs, err := filepath.Glob(filepath.Join(a.dir, "runs", "2*"))
	a.check(err)
	slices.Sort(runs)
	return filepath.Base(runs[0])
}

// readRestricted opens the one file that may speak of protected people: it names the employers of those who are sought, and no home,
// telephone or whole number of anybody.
func (a *agencyUnderTest) readRestricted(night int) {
	a.t.Helper()
	keyFile := filepath.Join(a.dir, "worker.key")
	a.file(keyFile, a.key.String()+"\n")
	a.hide = &secrets{words: map[string]string{}, numbers: a.secrets.numbers, ssns: a.secrets.ssns, whole: a.secrets.whole}
	for word, what := range a.secrets.words {
		if strings.HasSuffix(what, "street") && !strings.HasSuffix(what, "employer's street") || strings.HasSuffix(what, "e-mail") {
			a.hide.words[word] = what
		}
	}
	for _, format := range []string{"table", "csv", "json"} {
		out, says, code := a.asker(night)("restricted", "--identity", keyFile, "--format", format)
		if code != 0 {
			a.t.Fatalf("restricted: code %d: %s", code, says)
		}
		for _, who := range []string{"father", "caseflag", "late", "midway"} {
			if !bytes.Contains(bytes.ToUpper(out), []byte(strings.Fields(a.people[who].employer)[0])) {
				a.t.Errorf("restricted --format %s: the employer of %q is lost", format, who)
			}
		}
	}
}

// askOfFiles asks what a file is, of each file that planted rows stand in: values are shown as masks.
func (a *agencyUnderTest) askOfFiles(night int) {
	a.t.Helper()
	folder := filepath.Join(a.dir, fmt.Sprintf("night-%02d", night))
	files, err := filepath.Glob(filepath.Join(folder, "in", "*"))
	a.check(err)
	for _, file := range append(files, filepath.Join(folder, "caseload.csv"), filepath.Join(folder, "agency", "addresses.csv"),
		filepath.Join(a.dir, "night-01", "in", "jobs-1.csv"), filepath.Join(a.dir, "night-01", "in", "bank-1.csv")) {
		layout := filepath.Join(a.dir, "jobs.yaml")
		if strings.HasPrefix(filepath.Base(file), "bank") {
			layout = filepath.Join(a.dir, "bank.yaml")
		}
		for _, args := range [][]string{{"profile", file}, {"profile", file, "--json"}, {"profile", file, "--layout", layout},
			{"layouts", "guess", file}, {"layouts", "test", layout, file}} {
			a.exec(args...)
		}
	}
}

// forget recalls a file as if it had never come: leads are withdrawn and made anew, and tell nobody either.
func (a *agencyUnderTest) forget(night int) {
	a.t.Helper()
	hide := a.hide
	a.hide = a.secrets.among("father", "mother", "child", "caseflag", "late", "latemother", "midway")
	ask := a.asker(night)
	if _, says, code := ask("recall", "bank", "--run", a.first(), "--reason", "the bank sent another bank's file"); code != 0 && code != 3 {
		a.t.Fatalf("recall: code %d: %s", code, says)
	}
	a.scanFiles()
	a.askDesk(night)
	a.hide = hide
}

// askPairs explains leads and pairs, and traces records.
func (a *agencyUnderTest) askPairs(night int) {
	a.t.Helper()
	ask := a.asker(night)
	var listed []struct {
		LeadID    string `json:"lead_id"`
		SubjectID string `json:"subject_id"`
	}
	list, _, _ := ask("leads", "--format", "json")
	a.check(json.Unmarshal(list, &listed))
	for _, l := range listed {
		if strings.HasPrefix(l.SubjectID, "77") { // planted
			ask("explain", l.LeadID)
			ask("explain", l.LeadID, "--json", "--html", "why.html")
		}
	}
	about := a.fathers()
	for _, who := range []string{"free", "father", "mother", "late"} {
		about = append(about, a.people[who].id)
	}
	for _, feed := range []string{"jobs", "bank", "post"} {
		for line := 2; line < 40; line++ {
			record := fmt.Sprintf("%s:%d", feed, line)
			if _, says, code := ask("explain", "--subject", about[line%len(about)], "--record", record, "--html", "pair.html"); code == 2 && bytes.Contains(says, []byte("no record starts there")) {
				break
			}
			ask("trace", record)
			for i := 0; i < len(about) && *leakThorough; i++ {
				ask("explain", "--subject", about[i], "--record", record, "--json")
			}
		}
	}
}

// fathers are the sought fathers of protected mothers and children.
func (a *agencyUnderTest) fathers() (ids []string) {
	for _, row := range a.rows["caseload"] {
		if c := fmt.Sprint(row["case_id"]); row["role"] == "subject" && slices.Contains([]string{"C77000005", "C77000006", "C77000007"}, c) {
			ids = append(ids, fmt.Sprint(row["subject_id"]))
		}
	}
	return ids
}

// askAnalysis asks the analyst's commands: their pages, charts, sheets and models are written to files that are scanned.
func (a *agencyUnderTest) askAnalysis(night int) {
	a.t.Helper()
	ask := a.asker(night)
	truth := filepath.Join(a.dir, "truth.csv")
	var page strings.Builder
	page.WriteString("subject_id,extract,record_id\n")
	for _, s := range a.people {
		for line := 2; line < 8; line++ {
			fmt.Fprintf(&page, "%s,jobs,%d\n%s,post,%d\n", s.id, line, s.id, line)
		}
	}
	a.file(truth, page.String())
	ask("evaluate", "--truth", truth, "--detail", "--worst", "30", "--html", "evaluate.html")
	ask("evaluate", "--truth", truth, "--detail", "--worst", "30", "--json")
	ask("evaluate", "--sample", "review.csv", "--sample-size", "200", "--reviewers", "2")
	ask("evaluate", "--labels", "review-1.csv,review-2.csv", "--json")
	ask("evaluate", "--judgements")
	ask("blocking", "--html", "blocking.html")
	ask("blocking", "--suggest", "--json")
	ask("duplicates", "--most", "1000", "--known-share", "0.5")
	ask("duplicates", "--json", "--known-share", "0.5")
	ask("train", "-o", "model.json", "--html", "training.html")
	ask("train", "-o", "model.json", "--json")
	ask("train", "--duplicates", "-o", "self.json")
}

// askBadly makes commands fail with a protected person's values at hand.
func (a *agencyUnderTest) askBadly(night int) {
	a.t.Helper()
	ask := a.asker(night)
	s := a.people["father"]
	bad := filepath.Join(a.dir, "taken-in.csv")
	a.file(bad, "lead_id,person_is,fact_is,used,officer,reason,date\nL-none,same person,good,used,W0101,nothing,2026-11-24\n"+s.street+","+s.street+",good,used,W0101,x,"+s.street+"\n")
	ask("judge", "--file", bad)
	ask("judge", "--lead", "L-none", "--person", s.street, "--officer", "W0101", "--date", "2026-11-24")
	for _, column := range []int{0, 5, 12} { // caseloads whose protected row is the one that cannot be read
		dir := filepath.Join(a.dir, "broken")
		a.check(os.RemoveAll(dir))
		a.check(os.CopyFS(dir, os.DirFS(filepath.Join(a.dir, fmt.Sprintf("night-%02d", night)))))
		raw, err := os.ReadFile(filepath.Join(dir, "caseload.csv"))
		a.check(err)
		lines := strings.Split(string(raw), "\n")
		for i := range lines {
			if strings.HasPrefix(lines[i], s.id) {
				cells := strings.Split(lines[i], ",")
				cells[column] = `"` + s.street // a quote that never ends
				lines[i] = strings.Join(cells, ",")
			}
		}
		a.file(filepath.Join(dir, "caseload.csv"), strings.Join(lines, "\n"))
		if column == 12 {
			a.file(filepath.Join(dir, "agency", "employers.csv"), "subject_id,ein,employer,known,end_code,since,until\n"+s.id+","+s.street+",,"+s.street+",,"+s.street+",\n")
		}
		a.exec("run", "-c", filepath.Join(dir, "night.yaml"), "--out", filepath.Join(a.dir, "tmp", "runs"), "--state", filepath.Join(a.dir, "tmp", "state"))
		a.exec("duplicates", "-c", filepath.Join(dir, "night.yaml"))
	}
}
