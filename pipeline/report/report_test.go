package report

import (
	"bytes"
	"fmt"
	"html"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"locatematch/pipeline/golden"
)

// The pages as the operator finds them in the morning.
func TestGoldenPages(t *testing.T) {
	m := sample()
	if err := m.Balance(); err != nil {
		t.Fatal(err)
	}
	data, err := m.Encode()
	if err != nil {
		t.Fatal(err)
	}
	golden.Check(t, "testdata/manifest.json", data)
	golden.Check(t, "testdata/report.md", Markdown(m))
	golden.Check(t, "testdata/report.html", HTML(m))
	golden.Check(t, "testdata/terminal-80.txt", []byte(Text(m, 80)))
}

// One sentence an ending, each telling the operator what to do.
func TestGoldenOutcomes(t *testing.T) {
	whole := sample()
	whole.Extracts = whole.Extracts[:1]
	first := sample()
	first.Parent = ""
	single := sample()
	single.Leads.Total, single.Leads.Subjects = 1, 1
	refused := sample()
	refused.Extracts[1].State = StateRefused
	ending := &Manifest{Leads: LeadFunnel{Total: 3, Subjects: 1, ByStatus: []Count{{"new", 1}, {"withdrawn", 2}}}}
	baseline := &Manifest{Baseline: true, Leads: LeadFunnel{Total: 1200, Subjects: 800}}
	recalled := &Manifest{Leads: ending.Leads, Recalled: []Recalled{{Extract: "w4", File: "w4-20261119.txt.gz", Run: "2026-11-19-3f9c2a71d0"}}}
	var b strings.Builder
	for _, c := range []struct {
		when  string
		m     *Manifest
		code  int
		cause string
	}{
		{"all well", whole, 0, ""},
		{"one lead", single, 0, ""},
		{"no leads", &Manifest{}, 0, ""},
		{"leads withdrawn", ending, 0, ""},
		{"a first night as baseline", baseline, 0, ""},
		{"a recall", recalled, 0, ""},
		{"an absent, a withheld and a partly refused extract", sample(), 3, ""},
		{"a refused extract", refused, 3, ""},
		{"failed", sample(), 1, "caseload.csv:17: not UTF-8."},
		{"failed on the first night", first, 1, "w4: no file matches in/w4-*.txt.gz"},
		{"failed before anything was known", nil, 1, ""},
		{"interrupted", sample(), 130, ""},
		{"interrupted on the first night", nil, 130, ""},
	} {
		o := Conclude(c.m, c.code, c.cause)
		fmt.Fprintf(&b, "%s (code %d)\n", c.when, o.Code)
		for _, line := range wrapped(o.Words, 96) {
			fmt.Fprintf(&b, "    %s\n", line)
		}
	}
	golden.Check(t, "testdata/outcomes.txt", []byte(b.String()))
}

// Both forms of the report show the same tables: every cell of the one is in the other.
func TestFormsAgree(t *testing.T) {
	m := sample()
	tag := regexp.MustCompile(`<[^>]*>`)
	page := html.UnescapeString(tag.ReplaceAllString(string(HTML(m)), " "))
	for _, line := range strings.Split(string(Markdown(m)), "\n") {
		if !strings.HasPrefix(line, "|") || strings.Contains(line, " --- |") {
			continue
		}
		line = strings.ReplaceAll(line, `\|`, "\x00")
		for _, cell := range strings.Split(strings.Trim(line, "|"), "|") {
			cell = strings.NewReplacer("\x00", "|", "\\", "", "`", "").Replace(strings.TrimSpace(cell))
			if !strings.Contains(page, cell) {
				t.Errorf("report.html lacks %q", cell)
			}
		}
	}
}

func TestHTMLIsSelfContained(t *testing.T) {
	m := sample()
	m.Warnings = []string{`<script>alert("x")</script>`}
	page := string(HTML(m))
	for _, bad := range []string{"http://", "https://", "<script", "src=", "url(", "@import"} {
		if strings.Contains(page, bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
	for _, want := range []string{"prefers-color-scheme: dark", "@media print", "&lt;script&gt;"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}

// Law: no line of Text is wider than asked for, whatever names and reasons come from outside.
func TestTextFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := sample()
		word := rapid.StringN(0, 120, 240)
		for i := range m.Extracts {
			m.Extracts[i].Name, m.Extracts[i].Reason = word.Draw(t, "name"), word.Draw(t, "reason")
		}
		m.Outcome.Words = word.Draw(t, "outcome")
		m.Extracts[0].Read = rapid.Int64Range(0, 1e15).Draw(t, "read")
		width := rapid.IntRange(0, 200).Draw(t, "width")
		for _, line := range strings.Split(Text(m, width), "\n") {
			if n := utf8.RuneCountInString(line); n > max(width, narrowest) {
				t.Fatalf("%d columns, asked for %d: %q", n, width, line)
			}
		}
	})
}

// I10: few protected people are neither printed nor left to be worked out.
func TestFewProtectedPeopleAreNotCounted(t *testing.T) {
	for _, c := range []struct {
		withheld []Count
		want     [][2]string
		kept     bool
	}{
		{[]Count{{"protected person", 2}}, [][2]string{{"protected person", "fewer than 5"}}, false},
		{[]Count{{"protected person", 2}, {"shield subject", 7}}, [][2]string{{"shield subject or protected person", "9"}}, true},
		{[]Count{{"protected person", 1}, {"section refused", 4}, {"shield subject", 7}},
			[][2]string{{"section refused", "4"}, {"shield subject or protected person", "8"}}, true},
		{[]Count{{"protected person", 5}, {"shield subject", 7}}, [][2]string{{"protected person", "5"}, {"shield subject", "7"}}, true},
		{[]Count{{"shield subject", 2}}, [][2]string{{"shield subject", "2"}}, true},
	} {
		if got := guarded(c.withheld); !slices.Equal(got, c.want) {
			t.Errorf("%v: printed %v, want %v", c.withheld, got, c.want)
		}
		m := sample()
		m.Links.WithheldBy = c.withheld
		if got := strings.Contains(string(Markdown(m)), keptWords); got != c.kept {
			t.Errorf("%v: links kept printed: %v, want %v", c.withheld, got, c.kept)
		}
	}
	for n, want := range map[int64]string{0: "fewer than 5", 4: "fewer than 5", 5: "5", 1234: "1,234"} {
		if got := guardedCount(n); got != want {
			t.Errorf("%d printed as %q, want %q", n, got, want)
		}
	}
}

// Every identity, broken one at a time, is named with its place.
func TestBalanceNamesEveryFault(t *testing.T) {
	for want, change := range map[string]func(*Manifest){
		"caseload: rows read is 52011":                   func(m *Manifest) { m.Caseload.Read++ },
		"caseload: rejected is 6, but rejected by":       func(m *Manifest) { m.Caseload.RejectedBy[0].N++ },
		"caseload: subjects is 60000, more than":         func(m *Manifest) { m.Caseload.Subjects = 60_000 },
		"caseload: shields is 50001, more than":          func(m *Manifest) { m.Caseload.Shields = 50_001 },
		"caseload: protected is 50001, more than":        func(m *Manifest) { m.Caseload.Protected = 50_001 },
		"ncoa: rows read is 1204331, but accepted + rej": func(m *Manifest) { m.Extracts[0].Accepted-- },
		"ncoa: rejected is 42, but rejected by reason":   func(m *Manifest) { m.Extracts[0].RejectedBy = nil },
		"ncoa: passed is 2000000, more than accepted":    func(m *Manifest) { m.Extracts[0].Passed = 2_000_000 },
		"fidm: withheld is 101, more than accepted":      func(m *Manifest) { m.Extracts[1].Withheld = 101 },
		"ncoa: pairs is 611002, but below + review":      func(m *Manifest) { m.Extracts[0].Below-- },
		"ncoa: links is 11003, but review + accepted":    func(m *Manifest) { m.Extracts[0].Links++ },
		"ncoa: rows read is 1204331, but records in":     func(m *Manifest) { m.Extracts[0].Files[0].Records++ },
		"fidm: refused sections named is 1, but":         func(m *Manifest) { m.Extracts[1].SectionsRefused++ },
		"fidm: sections refused is 1, more than":         func(m *Manifest) { m.Extracts[1].SectionsRead = 0 },
		"links: pairs is 611068, but below + review":     func(m *Manifest) { m.Links.Pairs++ },
		"links: links is 11014, but review + accepted":   func(m *Manifest) { m.Links.Links++ },
		"links: kept is 9007, but links - withheld":      func(m *Manifest) { m.Links.Kept++ },
		"links: review is 1005, but the extracts'":       func(m *Manifest) { m.Links.Review++ },
		"links: outcompeted is 700000, more than below":  func(m *Manifest) { m.Links.Outcompeted = 700_000 },
		"leads: total is 8751, but leads by kind":        func(m *Manifest) { m.Leads.Total++ },
		"leads: total is 8750, but leads by status":      func(m *Manifest) { m.Leads.ByStatus[0].N-- },
		"leads: total is 8750, but leads by identity":    func(m *Manifest) { m.Leads.ByIdentity[0].N-- },
		"leads: total is 8750, but leads by standing":    func(m *Manifest) { m.Leads.ByStanding[0].N-- },
		"leads: suppressed is 9400, more than leads":     func(m *Manifest) { m.Leads.SuppressedBy[0].N += 8_900 },
		"agency.cases: rows read is 61001, but accepted": func(m *Manifest) { m.Agency[0].Read++ },
		"agency.cases: strangers is 70000, more than":    func(m *Manifest) { m.Agency[0].Strangers = 70_000 },
		"leads: people with leads is 9000, more than":    func(m *Manifest) { m.Leads.Subjects = 9_000 },
		"leads.parquet: rows is 1, but leads is 8750":    func(m *Manifest) { setRows(m, "leads.parquet", 1) },
		"leads: a count is negative: -1":                 func(m *Manifest) { m.Leads.Subjects = -1 },
	} {
		m := sample()
		change(m)
		if err := m.Balance(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q, got %v", want, err)
		}
	}
	m := sample()
	m.Caseload.Read++
	m.Leads.Total++
	if err := m.Balance(); err == nil || strings.Count(err.Error(), "\n") != 5 {
		t.Errorf("all faults at once, a line each: %v", err)
	}
}

func setRows(m *Manifest, name string, rows int64) {
	for i := range m.Outputs {
		if m.Outputs[i].Name == name {
			m.Outputs[i].Rows = rows
		}
	}
}

// How far a refused file was read is not known, so its records are not compared.
func TestBalanceAllowsRefusedFiles(t *testing.T) {
	m := sample()
	m.Extracts[0].State, m.Extracts[0].Files[1].State, m.Extracts[0].Files[1].Records = StateRefused, StateRefused, 0
	if err := m.Balance(); err != nil {
		t.Error(err)
	}
}

// Law: Decode gives back what Encode wrote, and writing it again gives the same bytes (I8).
func TestEncodeDecode(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := sample()
		m.Warnings = rapid.SliceOf(rapid.String()).Draw(t, "warnings")
		m.Extracts[0].Files[0].Name = string(rapid.SliceOf(rapid.Byte()).Draw(t, "name")) // names on disk are bytes
		m.Priors[0].KnownShare = rapid.Float64Range(0, 1).Draw(t, "share")
		slices.Reverse(m.Outputs)
		data, err := m.Encode()
		if err != nil {
			t.Fatal(err)
		}
		back, err := Decode(data)
		if err != nil {
			t.Fatal(err)
		}
		again, err := back.Encode()
		if err != nil || !bytes.Equal(data, again) {
			t.Fatalf("other bytes the second time: %v", err)
		}
		if !slices.IsSortedFunc(back.Outputs, func(a, b File) int { return strings.Compare(a.Name, b.Name) }) {
			t.Fatal("outputs are not sorted")
		}
		if back.Links.WithheldBy == nil || !reflect.DeepEqual(back.Leads, m.Leads) {
			t.Fatal("counts changed on the way")
		}
	})
}

func TestEncodeLeavesTheManifestAlone(t *testing.T) {
	m := sample()
	slices.Reverse(m.Outputs)
	before := fmt.Sprintf("%+v", m)
	if _, err := m.Encode(); err != nil {
		t.Fatal(err)
	}
	if after := fmt.Sprintf("%+v", m); after != before {
		t.Errorf("before %s\nafter %s", before, after)
	}
}

// A flipped bit anywhere is refused: by the JSON, by the fields, or by the seal.
func TestDecodeRefusesEveryFlippedByte(t *testing.T) {
	data, err := sample().Encode()
	if err != nil {
		t.Fatal(err)
	}
	for i := range data {
		if testing.Short() && i%17 != 0 {
			continue
		}
		damaged := bytes.Clone(data)
		damaged[i] ^= 1 << (i % 8)
		if _, err := Decode(damaged); err == nil {
			t.Fatalf("byte %d: %q became %q and was accepted", i, data[i], damaged[i])
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	data, err := sample().Encode()
	if err != nil {
		t.Fatal(err)
	}
	replace := func(old, new string) []byte { return bytes.Replace(data, []byte(old), []byte(new), 1) }
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"nothing":           {nil, "not a manifest"},
		"another format":    {replace(`"format": 1`, `"format": 2`), "manifest format 2, this version reads 1"},
		"an unknown field":  {replace(`"run":`, `"hostname": "x", "run":`), `unknown field "hostname"`},
		"a changed count":   {replace(`"total": 8750`, `"total": 8751`), "seal"},
		"something behind":  {append(bytes.Clone(data), '1'), "invalid character"},
		"other white space": {append(bytes.Clone(data), '\n'), "seal"},
	} {
		if _, err := Decode(c.data); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	data, err := sample().Encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte(`{"format":1}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := Decode(data)
		if err != nil {
			return
		}
		again, err := m.Encode()
		if err != nil || !bytes.Equal(again, data) {
			t.Fatalf("accepted, but is not what it encodes to: %v", err)
		}
		_, _, _ = Markdown(m), HTML(m), Text(m, 80)
	})
}
