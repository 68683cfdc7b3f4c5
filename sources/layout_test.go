package sources_test

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"locatematch/sources"
	"locatematch/sources/person"
)

// TestBuiltInLayouts pins what others rely on: names, statuses, and positions
// that a published source states.
func TestBuiltInLayouts(t *testing.T) {
	want := map[string]sources.Status{
		"caseload": sources.Published, "example-ncoalink": sources.Example, "ndnh-w4": sources.Unconfirmed,
		"ndnh-qw": sources.Unconfirmed, "fidm-inquiry": sources.Unconfirmed, "scra-request": sources.Unconfirmed,
		"example-unemployment": sources.Example, "example-state-new-hire": sources.Example, "example-directory-extract": sources.Example,
		"example-ndnh-response": sources.Example, "example-fpls-locate": sources.Example, "example-fpls-defense": sources.Example,
		"example-dmdc": sources.Example, "example-dmdc-putative": sources.Example, "example-ncoalink-full": sources.Example, "example-postmaster-reply": sources.Example,
		"example-fidm-all": sources.Example, "example-benefit": sources.Example, "example-prisoner": sources.Example,
		"example-death": sources.Example, "example-caseload-fixed": sources.Example,
		"scra-result": sources.Published, "example-fidm": sources.Example, "example-quarterly-wage": sources.Example,
		"agency-cases": sources.Published, "agency-addresses": sources.Published, "agency-employers": sources.Published,
		"agency-invalid-pairs": sources.Published, "agency-levies": sources.Published, "agency-renumbered": sources.Published,
	}
	for _, l := range sources.BuiltIn() {
		if want[l.Name] != l.Status {
			t.Errorf("%s: status %s", l.Name, l.Status)
		}
		delete(want, l.Name)
		if again, err := sources.Load(l.Name); err != nil || again != l {
			t.Errorf("%s: loading it: %v", l.Name, err)
		}
	}
	if len(want) > 0 {
		t.Errorf("missing: %v", want)
	}
	for _, x := range []struct {
		layout, field string
		at, width     int
		role          sources.Role
	}{
		{"scra-result", "ssn", 1, 9, sources.Echo}, {"scra-result", "born", 10, 8, sources.Echo},
		{"scra-result", "family", 18, 26, sources.Echo}, {"scra-result", "given", 44, 20, sources.Echo},
		{"scra-result", "key", 64, 20, sources.Key}, {"scra-result", "status_date", 84, 8, sources.Echo},
		{"scra-result", "active_duty", 92, 1, sources.Own}, {"scra-result", "left_within_367", 93, 1, sources.Own},
		{"scra-result", "notified", 94, 1, sources.Own}, {"scra-result", "duty_end", 95, 8, sources.Own},
		{"scra-result", "match_result", 103, 1, sources.Own}, {"scra-result", "error_code", 104, 1, sources.Own},
		{"scra-result", "match_date", 105, 8, sources.Own}, {"scra-result", "duty_begin", 113, 8, sources.Own},
		{"scra-result", "notify_begin", 121, 8, sources.Own}, {"scra-result", "notify_end", 129, 8, sources.Own},
		{"scra-result", "component", 137, 2, sources.Own}, {"scra-result", "notify_component", 139, 2, sources.Own},
		{"scra-result", "middle", 141, 20, sources.Echo}, {"scra-result", "certificate", 161, 25, sources.Own},
		{"ndnh-w4", "ssn", 3, 9, sources.Own}, {"ndnh-w4", "family", 44, 30, sources.Own},
		{"ndnh-w4", "zip", 221, 5, sources.Own}, {"ndnh-w4", "postal_code", 257, 15, sources.Own},
		{"ndnh-w4", "born", 272, 8, sources.Own}, {"ndnh-w4", "employer", 311, 45, sources.Own},
		{"example-fidm", "ssn", 15, 9, sources.Own}, {"example-fidm", "full_name", 162, 40, sources.Own},
		// what a named source states of layouts that are otherwise the product's own or not confirmed
		{"example-fidm-all", "ssn", 15, 9, sources.Own}, {"example-fidm-all", "full_name", 162, 40, sources.Own},
		{"example-fidm-all", "balance", 351, 7, sources.Own},
		{"example-ndnh-response", "match_type", 3, 1, sources.Own}, {"example-ndnh-response", "fips", 19, 2, sources.Echo},
		{"example-ndnh-response", "locate_source", 61, 3, sources.Own}, {"example-ndnh-response", "name_matched", 64, 1, sources.Own},
		{"example-ndnh-response", "sent_given", 65, 16, sources.Echo}, {"example-dmdc", "sponsor_relation", 521, 1, sources.Own},
		{"fidm-inquiry", "family", 11, 20, sources.Echo}, {"fidm-inquiry", "key", 47, 15, sources.Key}, {"fidm-inquiry", "pass_back", 67, 23, sources.Echo},
		{"example-caseload-fixed", "ssn", 24, 9, sources.Own}, {"example-caseload-fixed", "subject_id", 33, 15, sources.Own},
		{"example-caseload-fixed", "family", 51, 30, sources.Own}, {"example-caseload-fixed", "born", 113, 8, sources.Own},
		{"example-fidm", "fips", 322, 5, sources.Echo}, {"example-fidm", "balance", 351, 7, sources.Own},
	} {
		l := loadTest(t, x.layout)
		i := l.Column(x.field)
		if i < 0 {
			t.Errorf("%s has no %s", x.layout, x.field)
			continue
		}
		if f := l.Records.Data.Fields[i]; f.At != x.at || f.Width != x.width || f.Role != x.role {
			t.Errorf("%s %s: at %d, width %d, role %s", x.layout, x.field, f.At, f.Width, f.Role)
		}
	}
}

// TestFieldsAreCanonical: a built-in layout gives each thing its canonical
// name; what is not canonical is listed here, so that a slip is seen.
func TestFieldsAreCanonical(t *testing.T) {
	extras := map[string]string{
		"example-ncoalink":         "sent_name sent_address_1 sent_address_2 sent_city sent_state sent_zip",
		"example-benefit":          "sent_ssn payment_status",
		"example-caseload-fixed":   "interstate fips case_state other_case_id",
		"example-death":            "state_of_death",
		"example-dmdc":             "sent_ssn ssn_verified sent_family sent_given",
		"example-dmdc-putative":    "sent_ssn ssn_verified sent_family sent_given",
		"example-fidm-all":         "test_indicator institution_second institution_address institution_city institution_state institution_zip transmitter_tin match_indicator",
		"example-fpls-defense":     "sent_ssn sent_given sent_family annual_salary",
		"example-fpls-locate":      "sent_ssn sent_given sent_middle sent_family sent_born address_split",
		"example-ncoalink-full":    "sent_name sent_address_1 sent_address_2 sent_city sent_state sent_zip carrier_route delivery_point",
		"example-ndnh-response":    "fips sent_given sent_middle sent_family sent_ssn employment_status employment_type health_insurance agency_name",
		"example-postmaster-reply": "sent_name sent_address_1 sent_city sent_state sent_zip",
		"example-prisoner":         "facility release_date",
		"example-unemployment":     "benefit benefit_quarter",
		"fidm-inquiry":             "fips pass_back",
		"ndnh-qw":                  "state_ein",
		"ndnh-w4":                  "country country_name postal_code state_ein employer_zip4 employer_country employer_country_name employer_postal_code",
		"example-fidm":             "fips pass_back test_indicator institution_second institution_address institution_city institution_state institution_zip transmitter_tin match_indicator",
	}
	for _, l := range sources.BuiltIn() {
		var got []string
		for _, c := range l.Columns() {
			if !person.Known(c.Name) {
				got = append(got, c.Name)
			}
		}
		if s := strings.Join(got, " "); s != extras[l.Name] {
			t.Errorf("%s: extra fields %s", l.Name, s)
		}
	}
}

// TestColumns: own fields, then the section's, then the header's carried ones;
// repeats are found by their keys.
func TestColumns(t *testing.T) {
	l := loadTest(t, "stride-sections")
	var keys []string
	for _, c := range l.Columns() {
		keys = append(keys, c.Key())
	}
	if got := strings.Join(keys, " "); got != "ssn full_name institution supplier" {
		t.Error(got)
	}
	c := loadTest(t, "caseload")
	i := c.Column("address_1.2")
	if i < 0 {
		t.Fatal("no address_1.2")
	}
	if x := c.Columns()[i]; x.Name != "address_1" || x.Repeat != 2 || c.Records.Data.Fields[i].Column != "address_1_2" {
		t.Errorf("%+v", x)
	}
	if x := c.Columns()[c.Column("given")]; x.Repeat != 1 {
		t.Errorf("%+v", x)
	}
	if c.Column("given_2") != -1 || c.Column("given.4") != -1 {
		t.Error("columns that are not there")
	}
}

// TestLoadNames: a built-in name, a near miss, a far miss, a path.
func TestLoadNames(t *testing.T) {
	for name, want := range map[string]string{
		"ndhn-w4":        "no layout named ndhn-w4; did you mean ndnh-w4?",
		"qqqqqqqqqqqq":   "caseload, example-benefit, ",
		"no/such.yaml":   "no such file",
		"no-such.yaml":   "no such file",
		"testdata/x.yml": "no such file",
	} {
		if _, err := sources.Load(name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

const goodLayout = `name: good
title: A good layout
source: other
status: published
origin: this test
format: fixed
encoding: ascii
length: 20
records:
  data:
    fields:
      - {name: ssn, at: 1, width: 9}
      - {name: given, at: 10, width: 5}
`

// TestLayoutFaults: what is wrong is said, with the line; several faults come
// together. Each case changes the good layout by one replacement.
func TestLayoutFaults(t *testing.T) {
	if _, err := sources.Parse([]byte(goodLayout), "good.yaml"); err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct{ old, new, want string }{
		{"title: A good layout", "titel: A good layout", `unknown field "titel"`},
		{"title: A good layout", "title: A\ntitle: B", `mapping key "title" already defined`},
		{"source: other", "source: postel", `bad.yaml:3: unknown source "postel"; did you mean postal?`},
		{"status: published", "status: final", `unknown status "final"`},
		{"status: published", "status: example", "an example is named example-…"},
		{"name: good", "name: example-good", "an example is named example-…"},
		{"name: good", "name: Good", `name "Good"`},
		{"origin: this test", "origin: ''", "where are the positions from?"},
		{"encoding: ascii", "encoding: latin", `unknown encoding "latin"`},
		{"encoding: ascii\n", "", "encoding is missing"},
		{"length: 20", "length: 0", "length 0"},
		{"length: 20", "length: 12", "bad.yaml:13: given: positions 10-14 do not lie within 1-12"},
		{"at: 10", "at: 9", "given: positions 9-13 overlap ssn at 1-9"},
		{"at: 10", "at: 0", "given: positions 0-4 do not lie within"},
		{"width: 5}", "width: 5, form: YYYY}", `unknown form of given "YYYY"`},
		{"width: 5}", "width: 5, role: mine}", `unknown role of given "mine"`},
		{"width: 5}", "width: 5, counts: data}", "counts is for trailer records"},
		{"width: 5}", "width: 5, carry: true}", "carry is for header records"},
		{"width: 5}", "width: 5, type: int32}", "type is for parquet layouts"},
		{"width: 5}", "width: 5, column: G}", "columns are for csv and parquet"},
		{"name: given", "name: ssn", "ssn: a second field of this name"},
		{"name: given", "name: given.2", "given.2: there is no given before it"},
		{"name: given", "name: given.1", "repeats are numbered from 2"},
		{"name: given", "name: Given Name", `field name "Given Name"`},
		{"length: 20", "length: 20\nshort: pad", "short: pad needs the bytes"},
		{"length: 20", "length: 20\ndelimiter: ';'", "delimiter is for csv layouts; this one is fixed"},
		{"format: fixed", "format: xlsx", `unknown format "xlsx"`},
		{"  data:\n", "  section:\n    fields: []\n  data:\n", "the section record needs a mark"},
		{"  data:\n", "  section:\n    mark: {at: 20, text: A}\n    fields: []\n  data:\n    mark: {at: 19, text: B}\n", "stand in different places"},
		{"  data:\n", "  section:\n    mark: {at: 20, text: A}\n    fields: []\n  data:\n    mark: {at: 20, text: A}\n", "cannot be told apart"},
		{"  data:\n", "  section:\n    title: bank\n    mark: {at: 20, text: A}\n    fields: [{name: ssn, at: 1, width: 9}]\n  data:\n    mark: {at: 20, text: B}\n", `title "bank" is not a field`},
		{"  data:\n", "  section:\n    mark: {at: 20, text: A}\n    fields: [{name: ssn, at: 1, width: 9}]\n  data:\n    mark: {at: 20, text: B}\n", "the data record has a field of this name too"},
		{"width: 5}", "width: 5, number: comp3}", `unknown number of given "comp3"`},
		{"width: 5}", "width: 5, number: packed}", "it needs line_ends: none"},
		{"width: 5}", "width: 5, number: zoned, digits: 6}", "given: 6 digits do not fit 5 bytes"},
		{"width: 5}", "width: 5, number: zoned, decimals: 6}", "given: 6 decimals of 5 digits"},
		{"width: 5}", "width: 5, number: zoned, decimals: 2, form: cents}", "cents and counts have no decimals"},
		{"width: 5}", "width: 5, number: zoned, pad: zeros}", "filled up with zeros as it is"},
		{"width: 5}", `width: 5, number: zoned, form: "LAST, FIRST MI"}`, "not that of a number"},
		{"width: 5}", "width: 5, decimals: 2}", "digits and decimals are for a number"},
		{"encoding: ascii", "encoding: ebcdic-037\nline_ends: lines", "follow one another without line ends"},
		{"encoding: ascii", "encoding: ebcdic", `unknown encoding "ebcdic"; known are`},
		{"encoding: ascii", "encoding: ebcdic-037\nshort: pad\nleast: 9", "records without line ends all have one length"},
		{"format: fixed\nencoding: ascii\nlength: 20", "format: csv\nencoding: ebcdic-037", "EBCDIC is for fixed layouts"},
		{"format: fixed\nencoding: ascii\nlength: 20", "format: csv\nencoding: ascii", "positions are for fixed layouts"},
		{"  data:\n    fields:", "  data:\n    mark: {at: 8, text: B}\n    fields:", "ssn: positions 1-9 overlap the mark at 8-8"},
	} {
		text := strings.Replace(goodLayout, x.old, x.new, 1)
		if text == goodLayout {
			t.Fatalf("%q is not in the good layout", x.old)
		}
		_, err := sources.Parse([]byte(text), "bad.yaml")
		if err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%q for %q: want %q, got %v", x.new, x.old, x.want, err)
		}
	}
	text := strings.NewReplacer("source: other", "source: x", "at: 10", "at: 9").Replace(goodLayout)
	if _, err := sources.Parse([]byte(text), "bad.yaml"); err == nil || strings.Count(err.Error(), "bad.yaml:") != 2 {
		t.Errorf("two faults at once: %v", err)
	}
}

// TestDigest: comments, order of keys and defaults written out do not change
// a layout's digest; a position does.
func TestDigest(t *testing.T) {
	digest := func(text string) string {
		t.Helper()
		l, err := sources.Parse([]byte(text), "x.yaml")
		if err != nil {
			t.Fatal(err)
		}
		return l.Digest
	}
	good := digest(goodLayout)
	if len(good) != hex.EncodedLen(sha256.Size) {
		t.Error("not a SHA-256 in hex")
	}
	same := "# a comment\n" + strings.Replace(goodLayout, "length: 20\n", "trim: both\nshort: reject\nlength: 20\n", 1)
	same = strings.Replace(same, "{name: ssn, at: 1, width: 9}", "{width: 9, name: ssn, at: 1, role: own, pad: blanks}", 1)
	if digest(same) != good {
		t.Error("a comment, an order or a default changes the digest")
	}
	if digest(strings.Replace(goodLayout, "at: 10", "at: 11", 1)) == good {
		t.Error("a position does not change the digest")
	}
}

// TestFormatPage: the example in FORMAT.md is a layout.
func TestFormatPage(t *testing.T) {
	page, err := os.ReadFile("FORMAT.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(page), "```yaml\n")
	text, _, _ := strings.Cut(rest, "```")
	if _, err := sources.Parse([]byte(text), "FORMAT.md"); err != nil {
		t.Error(err)
	}
	entries, err := filepath.Glob("layouts/*.yaml")
	if err != nil || len(entries) == 0 {
		t.Fatal("no layouts", err)
	}
	for _, e := range entries {
		if name := strings.TrimSuffix(filepath.Base(e), ".yaml"); !strings.Contains(string(page), "| `"+name+"` |") {
			t.Errorf("FORMAT.md does not list %s", name)
		}
	}
}

// TestUnreadableYAML: a tag where a list should be made the YAML library panic.
func TestUnreadableYAML(t *testing.T) {
	text := "name: a\nrecords:\n  data:\n    fields: !00\n"
	for range 3 {
		if _, err := sources.Parse([]byte(text), "x.yaml"); err == nil {
			t.Error("read without a word")
		}
		text += "000000"
	}
}
