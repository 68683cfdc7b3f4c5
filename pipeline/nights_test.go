package pipeline

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v17/arrow/memory"
	"pgregory.net/rapid"

	"locatematch/matchers"
	"locatematch/pipeline/leads"
)

// The people of these tests are few and alike, so that they compete for records: father and son, sisters, and two who share
// nothing. What is known of them changes from night to night.
var alike = []struct{ id, ssn, given, family, suffix, born, street string }{
	{"S0", "234-56-7891", "Robert", "Okonkwo", "SR", "1951-03-05", "12 Elm Street"},
	{"S1", "234-56-7819", "Robert", "Okonkwo", "JR", "1981-03-05", "12 Elm Street"},
	{"S2", "345-67-8912", "Maria", "Delgado", "", "1990-07-19", "8 Oak Ave"},
	{"S3", "345-67-8921", "Marta", "Delgado", "", "1990-07-19", "8 Oak Ave"},
	{"S4", "456-78-9123", "Carl", "Whitfield", "", "1975-11-30", "77 Hill Lane"},
	{"S5", "567-89-1234", "Dana", "Pellworth", "", "1988-04-09", "5 Low Lane"},
}

const caseloadHeader = "subject_id,role,protected,ssn,given,family,middle,suffix,born,sex,address_1,city,state,zip,phone,email\n"

// known is what a caseload says of one of them on one night.
type known struct{ there, shield, numbered bool }

func caseloadOf(people []known) string {
	text := caseloadHeader
	for i, k := range people {
		p := alike[i]
		if !k.there && i > 0 { // a caseload without anybody is no caseload
			continue
		}
		role, ssn := "subject", ""
		if k.shield && i > 0 {
			role = "shield"
		}
		if k.numbered {
			ssn = p.ssn
		}
		text += fmt.Sprintf("%s,%s,,%s,%s,%s,,%s,%s,,%s,Springfield,IL,62704,,\n", p.id, role, ssn, p.given, p.family, p.suffix, p.born, p.street)
	}
	return text
}

const jobsHeader = "row,ssn,given,family,born,street,zip,employer,ein,hire_date\n"

func anyRow(t *rapid.T, id int) string {
	p := rapid.SampledFrom(alike).Draw(t, "who")
	ssn := rapid.SampledFrom([]string{p.ssn, p.ssn, "", "234-56-7891"}).Draw(t, "ssn")
	given := rapid.SampledFrom([]string{p.given, p.given[:1], "Bob"}).Draw(t, "given")
	born := rapid.SampledFrom([]string{p.born, p.born, ""}).Draw(t, "born")
	street := rapid.SampledFrom([]string{p.street, "9 New Road", ""}).Draw(t, "street")
	job := rapid.SampledFrom([]string{"Acme Freight,123456789", "Blue Diner,987654321", "Zenith Mill,"}).Draw(t, "job")
	hired := rapid.SampledFrom([]string{"2026-11-02", "2026-11-16", ""}).Draw(t, "hired")
	return fmt.Sprintf("r%d,%s,%s,%s,%s,%s,62704,%s,%s\n", id, ssn, given, p.family, born, street, job, hired)
}

const (
	alikeConfig = `as_of: 2026-11-01
caseload: {files: caseload.csv, layout: ./caseload.yaml}
extracts:
  - {name: jobs, source: employment, files: "jobs-*.csv", layout: ./jobs.yaml, known_share: 0.3}
  - {name: cars, source: other, files: "cars-*.csv", layout: ./cars.yaml, known_share: 0.3}
model: model.json
policy: policy.yaml
`
	layoutHead = `title: a test's own
status: published
edition: "1"
origin: a test's own
format: csv
encoding: utf-8
records:
  data:
    fields:
`
	alikeCaseload = "name: alike-caseload\nsource: caseload\n" + layoutHead + `      - {name: subject_id}
      - {name: role}
      - {name: protected}
      - {name: ssn}
      - {name: given}
      - {name: family}
      - {name: middle}
      - {name: suffix}
      - {name: born, form: CCYY-MM-DD}
      - {name: sex}
      - {name: address_1}
      - {name: city}
      - {name: state}
      - {name: zip}
      - {name: phone}
      - {name: email}
`
	rowFields = `      - {name: record_id, column: row}
      - {name: ssn}
      - {name: given}
      - {name: family}
      - {name: born, form: CCYY-MM-DD}
      - {name: address_1, column: street}
      - {name: zip}
      - {name: employer}
      - {name: ein}
      - {name: hire_date, form: CCYY-MM-DD}
`
)

// nightly is a place where nights follow one another.
type nightly struct {
	dir  string
	days int
}

// keep is a rule of retention.
func keep(source string, days int, unmatched bool) string {
	return fmt.Sprintf("  - {id: retention.%s, days: %d, unmatched: %v, words: \"A test keeps them {days}.\", citation: a test}\n", source, days, unmatched)
}

// newNightly begins a stretch of nights, with rules of retention over the built-in ones.
func newNightly(t testing.TB, ratio float64, retention ...string) *nightly {
	n := &nightly{dir: t.TempDir()}
	policy := "layer: county\n"
	if len(retention) > 0 {
		policy += "retention:\n" + strings.Join(retention, "")
	}
	n.write(t, "policy.yaml", policy)
	n.write(t, "night.yaml", alikeConfig)
	n.write(t, "caseload.yaml", alikeCaseload)
	n.write(t, "jobs.yaml", "name: alike-jobs\nsource: employment\n"+layoutHead+rowFields)
	n.write(t, "cars.yaml", "name: alike-cars\nsource: other\n"+layoutHead+rowFields)
	m := matchers.BuiltInModel(matchers.BuiltInSpec())
	m.RepeatRatio = map[string]float64{matchers.DefaultSource: ratio}
	if err := WriteModel(filepath.Join(n.dir, "model.json"), &Training{Model: m}); err != nil {
		t.Fatal(err)
	}
	return n
}

func (n *nightly) write(t testing.TB, name, text string) {
	if err := os.WriteFile(filepath.Join(n.dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func (n *nightly) plan(t testing.TB, asOf string) *Plan {
	p, err := Load(filepath.Join(n.dir, "night.yaml"), Overrides{AsOf: asOf})
	if err != nil {
		t.Fatal(err)
	}
	p.Workspace.files = unsynced{}
	return p
}

// night runs the next night, with these files.
func (n *nightly) night(t testing.TB, caseload string, files map[string]string) *Result {
	for name, text := range files {
		n.write(t, name, text)
	}
	n.write(t, "caseload.csv", caseload)
	n.days++
	r, err := Run(context.Background(), n.plan(t, fmt.Sprintf("2026-11-%02d", n.days)), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for name := range files { // a file is there for one night
		if err := os.Remove(filepath.Join(n.dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

// standing are all leads that stand on a next night without files, told or not: everything is matched from what was kept.
func (n *nightly) standing(t testing.TB) (all []leads.Lead) {
	r := &runner{plan: n.plan(t, fmt.Sprintf("2026-11-%02d", n.days+1)), opt: Options{}.withDefaults(), clock: newClock(quiet{})}
	if err := r.load(context.Background()); err != nil {
		t.Fatal(err)
	}
	r.links = newLinkStore(memory.DefaultAllocator, filepath.Join(t.TempDir(), "spill"), 1<<30, len(r.caseload.subjects))
	defer r.links.close()
	h, err := r.match(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	night := r.told()
	for i := range partitions {
		claims, err := h.links.take(i, h.publishes)
		if err != nil {
			t.Fatal(err)
		}
		settled, held := h.settle(claims)
		settled, held = h.lawful(settled, held)
		for links := withHeld(settled, held); len(links) > 0; {
			k := 1
			for k < len(links) && links[k].Subject == links[0].Subject {
				k++
			}
			all = append(all, night.Consolidate(r.caseload.subjects[links[0].Subject], links[:k])...)
			links = links[k:]
		}
	}
	return slices.DeleteFunc(all, func(l leads.Lead) bool { return l.Status == leads.Withdrawn })
}

// picture is leads as text: who, what, how sure, and the records it rests on, with their weights or without.
func picture(list []leads.Lead, weights bool) string {
	var lines []string
	for _, l := range list {
		var evidence []string
		for _, e := range l.Evidence {
			of := e.Extract + ":" + e.RecordID
			if weights {
				of += fmt.Sprintf("=%v", e.Weight)
			}
			evidence = append(evidence, of)
		}
		slices.Sort(evidence)
		lines = append(lines, fmt.Sprintf("%s %s %s %s %v", l.LeadID, l.SubjectID, l.Kind, l.Identity, evidence))
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// overlay lays the leads of later nights over those of earlier ones, and takes the withdrawn out.
func overlay(t testing.TB, onto map[string]leads.Lead, r *Result) {
	list, err := leads.ReadLeads(filepath.Join(r.Dir, leadsFile))
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]bool{}
	for _, l := range list {
		if told[l.LeadID] {
			t.Fatalf("run %s tells %s twice", r.Manifest.Run, l.LeadID)
		}
		told[l.LeadID] = true
		if onto[l.LeadID] = l; l.Status == leads.Withdrawn {
			delete(onto, l.LeadID)
		}
	}
}

func values(m map[string]leads.Lead) (list []leads.Lead) {
	for _, l := range m {
		list = append(list, l)
	}
	return list
}

// TestNights_EqualOneBigRun: for sources whose rows are all kept, the leads of nights run one after the other are those of one
// run over everything with the last night's caseload, however rows and changes of the caseload are spread over the nights: the
// same ids, evidence and identities when each night's leads.parquet is laid over those before, and the same weights in what
// stands. Nothing is told as news twice without new evidence.
func TestNights_EqualOneBigRun(t *testing.T) {
	jobs, cars := keep("employment", 365, true), keep("other", 365, true)
	rapid.Check(t, func(rt *rapid.T) {
		ratio := rapid.SampledFrom([]float64{1, .1}).Draw(rt, "ratio")
		nights := rapid.IntRange(1, 4).Draw(rt, "nights")
		rows := map[string][]string{}
		id := 0
		for range rapid.IntRange(1, 9).Draw(rt, "rows") {
			id++
			extract := rapid.SampledFrom([]string{"jobs", "jobs", "cars"}).Draw(rt, "extract")
			key := fmt.Sprintf("%s-%d.csv", extract, rapid.IntRange(1, nights).Draw(rt, "night"))
			rows[key] = append(rows[key], anyRow(rt, id))
		}
		small, big := newNightly(t, ratio, jobs, cars), newNightly(t, ratio, jobs, cars)
		told, caseload := map[string]leads.Lead{}, ""
		for night := 1; night <= nights; night++ {
			people := make([]known, len(alike))
			for i := range people {
				people[i] = known{rapid.Bool().Draw(rt, "there"), rapid.IntRange(0, 3).Draw(rt, "shield") == 0, rapid.Bool().Draw(rt, "numbered")}
			}
			caseload = caseloadOf(people)
			files := map[string]string{}
			for _, extract := range []string{"jobs", "cars"} {
				if name := fmt.Sprintf("%s-%d.csv", extract, night); rows[name] != nil {
					files[name] = jobsHeader + strings.Join(rows[name], "")
				}
			}
			overlay(t, told, small.night(t, caseload, files))
		}
		files := map[string]string{}
		for name, list := range rows {
			files[name] = jobsHeader + strings.Join(list, "")
		}
		r := big.night(t, caseload, files)
		once := map[string]leads.Lead{}
		overlay(t, once, r)
		if got, want := picture(values(told), false), picture(values(once), false); got != want {
			rt.Fatalf("nights one after the other:\n%s\nall at once:\n%s", got, want)
		}
		if got, want := picture(small.standing(t), true), picture(big.standing(t), true); got != want {
			rt.Fatalf("weights one after the other:\n%s\nall at once:\n%s", got, want)
		}
	})
}
