package synth

import (
	"context"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"locatematch/sources"
	"locatematch/sources/codes"
	"locatematch/sources/sourcetest"
)

// everyLayout are the names of all built-in layouts, and the paths of those that have the forms which no built-in one has: EBCDIC,
// packed, zoned and overpunched numbers, records without line ends, Parquet, sections of delimited records.
func everyLayout() (all []string, err error) {
	for _, l := range sources.BuiltIn() {
		all = append(all, l.Name)
	}
	paths, err := filepath.Glob("../testdata/*.yaml")
	if err == nil && len(paths) == 0 {
		err = os.ErrNotExist
	}
	return append(all, paths...), err
}

// layoutsNight is a night in every layout: as it was handed to the encoders, and where it was written.
type layoutsNight struct {
	dir     string
	pages   map[string]*seenPage // by layout
	summary *Summary
}

// seenPage is one file: what was written, row by row.
type seenPage struct {
	layout *sources.Layout
	path   string
	page   *page
	rows   map[int64][]string // by line
}

// watcher is a sink that keeps what it is given.
type watcher struct {
	page *page
	rows map[int64][]string
}

func (w *watcher) Row(values []string) error {
	w.rows[w.page.line] = slices.Clone(values)
	return nil
}
func (w *watcher) Write(string, map[string]string) error { return nil }
func (w *watcher) Raw([]byte) error                      { return nil }

// everyNight is written once for all tests that only look at it.
var everyNight = sync.OnceValues(func() (*layoutsNight, error) {
	dir, err := os.MkdirTemp("", "layouts")
	if err != nil {
		return nil, err
	}
	names, err := everyLayout()
	if err != nil {
		return nil, err
	}
	o := LayoutsOptions{Options: Options{Out: dir, Seed: 5, Subjects: 2_000, Strangers: 24_000}, Layouts: names}
	n := &layoutsNight{dir: dir, pages: map[string]*seenPage{}}
	if n.summary, err = Layouts(context.Background(), o); err != nil {
		return nil, err
	}
	return n, n.watch(&o)
})

// watch makes the night again, and keeps what its encoders would have been given.
func (n *layoutsNight) watch(o *LayoutsOptions) error {
	again, err := newLayoutsNight(o)
	if err != nil {
		return err
	}
	see := func(p *page, file string) *seenPage {
		s := &seenPage{p.layout, filepath.Join(n.dir, file), p, map[int64][]string{}}
		n.pages[p.layout.Name] = s
		p.out = &watcher{p, s.rows}
		return s
	}
	none, ctx := func(int64) {}, context.Background()
	for _, x := range again.writers {
		see(&x.page, x.file)
		if err := x.records(ctx, none); err != nil {
			return err
		}
	}
	for _, c := range again.caseloads {
		see(&c.page, c.file)
		if err := c.records(ctx, none); err != nil {
			return err
		}
	}
	a := agencyWriter{&books{}, again.world}
	for k, file := range knowledgeFiles {
		l, err := sources.Load(file.layout)
		if err != nil {
			return err
		}
		a.in(knowledge(k), l, nil)
		a.pages[k].rejects = rejectsOf(l, 1<<20)
		see(&a.pages[k], "in/"+file.file)
	}
	return a.everybody(ctx)
}

func inEveryLayout(t *testing.T) *layoutsNight {
	t.Helper()
	n, err := everyNight()
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// Every layout there is, is written, by its name alone: whoever adds one need do nothing for it, or this fails.
func TestLayouts_EachIsWritten(t *testing.T) {
	n := inEveryLayout(t)
	for _, l := range sources.BuiltIn() {
		if n.pages[l.Name] == nil {
			t.Errorf("%s is not written", l.Name)
		}
	}
}

// What was written is what is read, after the truncation that the layout states; every planted reject is refused for its reason and
// nothing else is; the books of every file and section balance.
func TestLayouts_WrittenIsRead(t *testing.T) {
	n := inEveryLayout(t)
	for _, name := range slices.Sorted(maps.Keys(n.pages)) {
		p := n.pages[name]
		t.Run(name, func(t *testing.T) {
			o := sourcetest.Read(t, p.path, p.layout, sources.CutOptions{})
			if o.Err != nil {
				t.Fatal(o.Err)
			}
			if o.Report.Records != int64(len(o.Rows)+len(o.Rejects)) || len(o.Rows) != len(p.rows) || len(o.Rows) == 0 {
				t.Fatalf("%d records read, %d accepted of %d written, %d rejected", o.Report.Records, len(o.Rows), len(p.rows), len(o.Rejects))
			}
			for i, row := range o.Rows {
				for f, v := range p.rows[o.Lines[i]] {
					if want := held(p.layout, &p.layout.Records.Data.Fields[f], v); row[f] != want {
						t.Fatalf("line %d, %s: %d bytes were written, and %d others read", o.Lines[i], p.layout.Records.Data.Fields[f].Name, len(v), len(row[f]))
					}
				}
			}
			if got, want := refused(o), p.page.rejects.planted; !slices.Equal(got, want) {
				t.Errorf("rejected %v, want %v", got, want)
			}
			for _, s := range o.Report.Sections {
				if s.Fault != "" || p.layout.Records.Trailer != nil && s.Want != s.Rows {
					t.Errorf("section %d, %d rows of %d: %s", s.Index+1, s.Rows, s.Want, s.Fault)
				}
			}
			if len(o.Invalid) > 0 {
				t.Errorf("%d values that are not what the layout says", len(o.Invalid))
			}
		})
	}
}

func refused(o *sourcetest.Outcome) (all []reject) {
	for _, r := range o.Rejects {
		all = append(all, reject{r.Line, r.Reason})
	}
	return all
}

// held is what a layout says that its field holds of a value: cut to the width, blanks trimmed, numbers with their zeros.
func held(l *sources.Layout, f *sources.Field, v string) string {
	switch {
	case v == "":
		return ""
	case f.Number != "" && f.Decimals > 0:
		n, err := strconv.ParseFloat(v, 64)
		if err != nil {
			return "no number"
		}
		return strconv.FormatFloat(n, 'f', f.Decimals, 64)
	case f.Number != "":
		digits := f.Digits
		if digits == 0 {
			digits = f.Room() - len("-.")
		}
		return strings.Repeat("0", max(0, digits-len(v))) + v
	case f.Type == "double":
		n, err := strconv.ParseFloat(v, 64)
		if err != nil || n != math.Trunc(n) {
			return "no whole number"
		}
		return strconv.FormatFloat(n, 'f', -1, 64)
	}
	if f.Width > 0 && len(v) > f.Width {
		v = v[:f.Width]
	}
	if f.Pad == "zeros" {
		v = strings.Repeat("0", max(0, f.Width-len(v))) + v
	}
	if l.Trim == "right" {
		return strings.TrimRight(v, " ")
	}
	return strings.Trim(v, " ")
}

// unfilled are fields that no synthetic row fills, by layout, with the reason: nobody knows what stands there, or the population has none.
var unfilled = map[string]string{
	"caseload ssn.3":                  "people have two numbers at most",
	"caseload middle.2":               "other names have no middle name",
	"caseload middle.3":               "nor have third ones",
	"agency-addresses address_3":      "addresses have two lines",
	"agency-addresses until":          "what is bad has no last day in one night",
	"agency-cases good_cause":         "one night knows no such claims",
	"agency-cases opened":             "nor when cases were opened",
	"agency-cases closed":             "and none is closed",
	"agency-invalid-pairs recheck_on": "no pair is tried again",
	"scra-result notify_end":          "notifications go on",
}

// Every field of every layout is filled in some row, so that no field is read by nobody's test.
func TestLayouts_EveryFieldIsFilled(t *testing.T) {
	n := inEveryLayout(t)
	for _, l := range sources.BuiltIn() {
		filled := make([]bool, len(l.Records.Data.Fields))
		for _, row := range n.pages[l.Name].rows {
			for i, v := range row {
				filled[i] = filled[i] || v != ""
			}
		}
		for i, f := range l.Records.Data.Fields {
			if why := unfilled[l.Name+" "+f.Name]; filled[i] == (why != "") {
				t.Errorf("%s: %s is filled: %v; excused: %q", l.Name, f.Name, filled[i], why)
			}
		}
	}
}

// Codes are of the lists, but for a few that no list has, which are planted.
func TestLayouts_CodesAreKnown(t *testing.T) {
	n := inEveryLayout(t)
	strange, known := 0, 0
	for name, p := range n.pages {
		for _, row := range p.rows {
			for i, f := range p.layout.Records.Data.Fields {
				for _, m := range codes.Read(f.Name, row[i]) {
					switch {
					case m.Known:
						known++
					case strings.Contains(m.Code, "~"):
						strange++
					default:
						t.Fatalf("%s: %s %q is in no list", name, f.Name, m.Code)
					}
				}
			}
		}
	}
	if known < 1_000 || strange < 10 || strange*20 > known {
		t.Errorf("%d known codes, %d strange ones", known, strange)
	}
}

// The people whose surnames are written in several ways stand in every supplier's file, and the truth says where.
func TestLayouts_RegularsAreInEveryFile(t *testing.T) {
	n := inEveryLayout(t)
	truth, err := readCSV(filepath.Join(n.dir, "truth.csv"))
	if err != nil {
		t.Fatal(err)
	}
	in := map[string]map[string]bool{}
	for _, row := range truth {
		if in[row[1]] == nil {
			in[row[1]] = map[string]bool{}
		}
		in[row[1]][row[0]] = true
	}
	if len(n.summary.Regulars) != len(regularNames) {
		t.Fatalf("%d people in every file", len(n.summary.Regulars))
	}
	for name, p := range n.pages {
		if source := p.layout.Source; source == "caseload" || source == "agency" {
			continue
		}
		for _, someone := range n.summary.Regulars {
			if !in[extractOf(p.layout)][someone.Subject] {
				t.Errorf("%s: nobody called %s", name, someone.Surname)
			}
		}
	}
}

// truth.csv names rows that are there: by the supplier's number where it has one, else by line.
func TestLayouts_TruthIsInTheFiles(t *testing.T) {
	n := inEveryLayout(t)
	truth, err := readCSV(filepath.Join(n.dir, "truth.csv"))
	if err != nil {
		t.Fatal(err)
	}
	records := map[string]map[string]bool{}
	for _, p := range n.pages {
		ids := map[string]bool{}
		at := slices.IndexFunc(p.layout.Records.Data.Fields, func(f sources.Field) bool { return f.Name == "record_id" })
		for line, row := range p.rows {
			if at >= 0 {
				ids[row[at]] = true
			} else {
				ids[fmt.Sprint(line)] = true
			}
		}
		records[extractOf(p.layout)] = ids
	}
	for _, row := range truth {
		if !records[row[1]][row[2]] {
			t.Fatalf("%v: no such row", row)
		}
	}
	if int64(len(truth)) != n.summary.TruthPairs || len(truth) < 5_000 {
		t.Errorf("%d true pairs, the summary says %d", len(truth), n.summary.TruthPairs)
	}
}

// A trap is of the person whom the truth names, or of another; and of nothing that the layout has no field for.
func TestLayouts_TrapsAgreeWithTheTruth(t *testing.T) {
	n := inEveryLayout(t)
	truth, traps := map[[3]string]bool{}, 0
	rows, err := readCSV(filepath.Join(n.dir, "truth.csv"))
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		truth[[3]string(row)] = true
	}
	if rows, err = readCSV(filepath.Join(n.dir, "traps.csv")); err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if same := truth[[3]string(row[1:4])]; yesNo(same) != row[4] {
			t.Fatalf("%v, but in the truth: %v", row, same)
		}
		switch extract := row[2]; {
		case row[0] == MistypedSSN.String() && (extract == "ncoalink" || extract == "dmdc"),
			row[0] == RoundedDate.String() && (extract == "quarterly-wage" || extract == "state-new-hire"),
			row[0] == Nickname.String() && (extract == "scra-request" || extract == "postmaster-reply"),
			row[0] == NewAddress.String() && (extract == "death" || extract == "ndnh-qw"):
			t.Errorf("%v: the layout has no such field", row)
		}
		traps++
	}
	if traps < 5_000 {
		t.Errorf("%d traps", traps)
	}
}

// I8, in every layout.
func TestLayouts_SameOptionsSameBytes(t *testing.T) {
	names, err := everyLayout()
	if err != nil {
		t.Fatal(err)
	}
	written := func() map[string]string {
		dir := t.TempDir()
		o := LayoutsOptions{Options: Options{Out: dir, Seed: 9, Subjects: 60, Strangers: 600}, Layouts: names}
		if _, err := Layouts(context.Background(), o); err != nil {
			t.Fatal(err)
		}
		sums := digests(t, dir)
		delete(sums, "/night.yaml") // it names the agency's own layouts from where it stands
		for name := range sums {
			if strings.HasPrefix(name, "/night-") {
				delete(sums, name)
			}
		}
		return sums
	}
	one, again := written(), written()
	if len(one) < len(names) || !maps.Equal(one, again) {
		t.Errorf("%d files, and others when written again", len(one))
	}
}

// What cannot be written is said at once, with what is known.
func TestLayouts_FaultyOptions(t *testing.T) {
	own := filepath.Join(t.TempDir(), "fidm.yaml")
	text := "name: fidm\ntitle: Ours\nsource: financial\nstatus: published\norigin: this test\nformat: csv\nencoding: utf-8\nrecords: {data: {fields: [{name: ssn}]}}\n"
	if err := os.WriteFile(own, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for want, layouts := range map[string][]string{
		"no layout named ndnh-wq; did you mean": {"ndnh-wq"}, "would both be called fidm": {"example-fidm", own}, "none of them is a supplier's": {"caseload", "agency-cases"},
	} {
		_, err := Layouts(context.Background(), LayoutsOptions{Options: Options{Out: t.TempDir(), Subjects: 10}, Layouts: layouts})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v does not say %q", layouts, err, want)
		}
	}
}
