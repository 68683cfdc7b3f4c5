package pipeline

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"locatematch/matchers"
	"locatematch/matchers/text"
	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/judgement"
	"locatematch/pipeline/leads/queue"
)

// Whom a record names is one hash in every file: its number decides, else name and birth date, else the record's own id. Another
// key gives another hash, and the hash holds no digit of the number (I11).
func TestSourcePersons(t *testing.T) {
	spec := matchers.BuiltInSpec()
	values := func(ssn, given, family, born string) []matchers.Value {
		v := make([]matchers.Value, len(spec.Fields))
		for name, raw := range map[string]string{"ssn": ssn, "given": given, "family": family, "born": born} {
			f := spec.Field(name)
			std, num, validity := text.Standardise(spec.Fields[f].Kind, 0, nil, []byte(raw))
			v[f] = matchers.Value{Std: std, Num: num, Validity: validity}
		}
		return v
	}
	key := bytes.Repeat([]byte{7}, 32)
	p := newSourcePersons(key, spec)
	of := func(v []matchers.Value, id string) uint64 { return p.of(v, "employment", id) }
	carl := values("456-78-9123", "CARL", "WHITFIELD", "1975-11-30")
	if of(carl, "1") != of(values("456789123", "C", "WHITFELD", ""), "2") {
		t.Error("the same number, written otherwise and under a misspelt name, is another person")
	}
	if of(values("", "CARL", "WHITFIELD", "1975-11-30"), "1") != of(values("000-00-0000", "Carl", "Whitfield", "1975-11-30"), "9") {
		t.Error("the same name and birth date without a number are two persons")
	}
	nobody := values("", "", "", "")
	if of(nobody, "1") == of(nobody, "2") || of(carl, "1") == of(values("456789124", "CARL", "WHITFIELD", "1975-11-30"), "1") {
		t.Error("two persons are one")
	}
	if newSourcePersons(bytes.Repeat([]byte{8}, 32), spec).of(carl, "", "") == of(carl, "1") {
		t.Error("the key does not enter the hash")
	}
	if newSourcePersons(nil, spec).of(carl, "", "") != 0 {
		t.Error("without a key somebody was named")
	}
}

// The key comes from the parent; the first night makes it from the whole caseload, the same one every time.
func TestSourceKey_StaysForEver(t *testing.T) {
	dir := t.TempDir()
	r := &runner{plan: &Plan{Workspace: Workspace{State: dir}}, caseload: &caseload{subjects: []leads.Subject{{ID: "S1", Name: "ANNA"}}}}
	first, err := r.sourceKey()
	if err != nil || len(first) != 32 {
		t.Fatal(err)
	}
	r.caseload.subjects[0].Name = "BERTA"
	if other, _ := r.sourceKey(); bytes.Equal(first, other) {
		t.Error("another caseload made the same key")
	}
	m := bareManifest("one", "")
	if err := os.MkdirAll(filepath.Join(dir, "one"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "one", keyFile), fmt.Appendf(nil, "%x\n", first), 0o600); err != nil {
		t.Fatal(err)
	}
	r.parent = m
	if kept, err := r.sourceKey(); err != nil || !bytes.Equal(kept, first) {
		t.Errorf("%x, %v", kept, err)
	}
	if err := os.WriteFile(filepath.Join(dir, "one", keyFile), []byte("short"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := r.sourceKey(); err == nil {
		t.Error("a damaged key was taken")
	}
}

// What hides a protected person hides the same door, account and telephone of others too, and nothing else.
func TestVeil(t *testing.T) {
	door := &leads.Address{Line: "99 SECRET CT", City: "DALLAS", State: "TX", Zip: "75201"}
	v := &veil{people: map[string]bool{"S2": true}, violence: map[string]bool{"C2": true}, guard: leads.NewGuard([]byte("key"))}
	for _, told := range []leads.Lead{
		{Address: door}, {Account: &leads.Account{InstitutionTIN: "1", Token: "4411"}}, {Phone: &leads.Phone{Number: "5125550142"}},
	} {
		for _, place := range leads.PlacesOfLead(&told) {
			v.guard.AddHashes(v.guard.Hashes(place))
		}
	}
	inCase := []leads.MayDo{{CaseID: "C2"}}
	for _, c := range []struct {
		lead   leads.Lead
		hidden bool
	}{
		{leads.Lead{SubjectID: "S2", Kind: leads.KindEmployer}, true},
		{leads.Lead{SubjectID: "S1", Address: &leads.Address{Line: "99 SECRET CT APT 3", City: "DALLAS", State: "TX", Zip: "75201"}}, true},
		{leads.Lead{SubjectID: "S1", Address: &leads.Address{Line: "9 OPEN RD", City: "DALLAS", State: "TX", Zip: "75201"}}, false},
		{leads.Lead{SubjectID: "S1", Account: &leads.Account{InstitutionTIN: "1", Token: "4411"}}, true},
		{leads.Lead{SubjectID: "S1", Account: &leads.Account{InstitutionTIN: "1", Token: "4412"}}, false},
		{leads.Lead{SubjectID: "S1", Phone: &leads.Phone{Number: "5125550142"}}, true},
		{leads.Lead{SubjectID: "S1", Employer: &leads.Employer{Line: "99 SECRET CT", City: "DALLAS", State: "TX", Zip: "75201"}}, true},
		{leads.Lead{SubjectID: "S1", Employer: &leads.Employer{Name: "Acme"}}, false},
		{leads.Lead{SubjectID: "S1", Account: &leads.Account{InstitutionTIN: "2", Joint: true}}, false},
		{leads.Lead{SubjectID: "S1", Account: &leads.Account{InstitutionTIN: "2", Joint: true}, MayDo: inCase}, true},
		{leads.Lead{SubjectID: "S1", Address: &leads.Address{Line: "9 OPEN RD", City: "DALLAS", State: "TX", Zip: "75201", CareOf: true}, MayDo: inCase}, true},
		{leads.Lead{SubjectID: "S1", Address: &leads.Address{Line: "9 OPEN RD", City: "DALLAS", State: "TX", Zip: "75201"}, Sources: []string{"financial"}, MayDo: inCase}, true},
		{leads.Lead{SubjectID: "S1", Address: &leads.Address{Line: "9 OPEN RD", City: "DALLAS", State: "TX", Zip: "75201"}, Sources: []string{"postal"}, MayDo: inCase}, false},
	} {
		if v.hides(&c.lead) != c.hidden {
			t.Errorf("%+v: hidden is %v", c.lead, !c.hidden)
		}
	}
}

// A queue that was cut counts on without a gap, and so does a person's alert: nothing tells that somebody was taken out.
func TestCut_LeavesNoGap(t *testing.T) {
	var places []queue.Place
	var rows []queue.Row
	for i, subject := range []string{"S1", "S2", "S2", "S3"} {
		alert := []int32{1, 2, 2, 3}[i]
		places = append(places, queue.Place{Office: "N", Officer: "W", SubjectID: subject, Rank: int32(i + 1), Alert: alert})
		rows = append(rows, queue.Row{Office: "N", Officer: "W", Rank: int32(i + 1)})
	}
	q := &QueueView{}
	q.cut(places, rows, Desk{}, func(p *queue.Place) bool { return p.SubjectID == "S2" })
	if len(q.Rows) != 2 || q.Rows[1].Rank != 2 || q.Places[1].Alert != 2 || q.Places[1].SubjectID != "S3" {
		t.Errorf("%+v", q.Places)
	}
}

// A list that cannot be read protects everybody: nothing is shown.
func TestProtectedList(t *testing.T) {
	w := Workspace{State: t.TempDir()}
	if l, err := w.loadProtected(); err != nil || l.digest != "" || l.has("S1") {
		t.Errorf("%+v, %v", l, err)
	}
	write := func(text string) {
		if err := os.WriteFile(filepath.Join(w.State, protectedFile), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(`{"subject_id":"S1","reason":"order"}` + "\n\n" + `{"subject_id":"S2","reason":""}` + "\n")
	if l, err := w.loadProtected(); err != nil || !l.has("S1") || !l.has("S2") || l.has("S3") || l.digest == "" {
		t.Errorf("%+v, %v", l, err)
	}
	for _, bad := range []string{"S1\n", `{"subject":"S1"}` + "\n", `{"subject_id":""}` + "\n"} {
		write(bad)
		if _, err := w.loadProtected(); err == nil || !strings.Contains(err.Error(), "nothing is shown") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// The trail names who, when and what by ids; a line that a crash cut short is passed over.
func TestAudit(t *testing.T) {
	w := Workspace{State: t.TempDir()}
	for _, command := range []string{"queue", "case"} {
		if err := w.Audit(AuditEntry{Command: command, Leads: []string{"L-1"}}); err != nil {
			t.Fatal(err)
		}
	}
	f, err := os.OpenFile(filepath.Join(w.State, auditFile), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = f.WriteString(`{"at":"2026-11-`)
	_ = f.Close()
	trail, err := w.auditTrail()
	if err != nil || len(trail) != 2 || trail[0].Who == "" || trail[0].At.IsZero() || trail[1].Command != "case" {
		t.Errorf("%+v, %v", trail, err)
	}
}

// A judgement is about the records that made the lead, and blocks links of their source person alone.
func TestJudged_SievesLinksOfTheSourcePerson(t *testing.T) {
	c := &caseload{subjects: []leads.Subject{{ID: "S1"}, {ID: "S2"}}}
	taken := []judgement.Taken{{LeadID: "L-1", SubjectID: "S1", PersonIs: judgement.DifferentPerson, Persons: []uint64{5}}}
	j := &judged{book: judgement.NewBook(taken)}
	link := func(subject uint32, who uint64) leads.Link {
		return leads.Link{Subject: subject, Sighting: &leads.Sighting{SourcePerson: who}}
	}
	h := &harvest{}
	told, held := j.sieve(c, h, []leads.Link{link(0, 5), link(0, 6), link(1, 5)}, []leads.Link{link(0, 5)})
	if len(told) != 2 || len(held) != 0 || h.withheld != 1 || len(h.funnel.WithheldBy) != 1 || h.funnel.WithheldBy[0].N != 1 {
		t.Errorf("%d links, %d held, %+v", len(told), len(held), h.funnel)
	}
}
