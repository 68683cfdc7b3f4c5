package pipeline_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"locatematch/pipeline"
)

// witness sees what a run says of itself and what it has on disk without a name: spill files, at every stage.
type witness struct {
	sync.Mutex
	said    strings.Builder
	unnamed int // bytes in files without a name
	temp    string
}

func (w *witness) Stage(name string) {
	w.Lock()
	defer w.Unlock()
	fmt.Fprintln(&w.said, name)
	open, _ := filepath.Glob("/proc/self/fd/*") // none where the system has no such folder
	for _, fd := range open {
		if to, err := os.Readlink(fd); err == nil && strings.Contains(to, ".spill") {
			b, _ := os.ReadFile(fd)
			w.unnamed += len(b)
			w.said.Write(b)
		}
	}
	filepath.WalkDir(w.temp, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			b, _ := os.ReadFile(path)
			w.said.Write(b)
		}
		return err
	})
}

func (w *witness) Begin(extract string, bytes int64)  { w.add(extract, bytes) }
func (w *witness) Advance(extract string, done int64) { w.add(extract, done) }
func (w *witness) End(extract, state string, rows, links int64) {
	w.add(extract, state, rows, links)
}

func (w *witness) add(what ...any) {
	w.Lock()
	defer w.Unlock()
	fmt.Fprintln(&w.said, what...)
}

// TestMethod1LeavesNoStranger: of people who owe nothing in a file of all accounts, nothing is on disk, neither while the night runs
// (with links spilled beyond a budget of one byte) nor after it: no number, no name, no address, no account. They are people like nobody on
// the caseload, people with the name and the birth date of somebody on it, whose pairs are compared, the owners of rows that are rejected,
// of values that are invalid, of an ITIN, the co-owner of a subject's account, and those of a section that is refused.
func TestMethod1LeavesNoStranger(t *testing.T) {
	stranger := func(i int, changes map[string]string) map[string]string {
		a := map[string]string{
			"ssn": fmt.Sprintf("5217%05d", 10000+i), "account": fmt.Sprintf("8814%06d", i), "full_name": fmt.Sprintf("QUILLFEATHER%c, ZEBEDEE", 'A'+i%26),
			"title": "ZEBEDEE QUILLFEATHER OR MUNGO", "address_1": fmt.Sprintf("%d WOMBAT WAY", 4000+i), "city": "XANADU", "state": "KS", "zip": "66999",
			"account_type": "07", "born": "19700101", "run_month": "202609",
		}
		for k, v := range changes {
			a[k] = v
		}
		return a
	}
	joint := account(map[string]string{"account": "00077777", "payee": "2", "second_name": "QUILLFEATHER, MUNGO", "second_ssn": "521799999", "title": "ROBERT J OKONKWO OR MUNGO QUILLFEATHER"})
	accounts := []map[string]string{bobsAccount, joint}
	for i := range 40 {
		accounts = append(accounts, stranger(i, nil))
	}
	for i, changes := range []map[string]string{
		{"full_name": "OKONKWO, ROBERT"}, {"full_name": "OKONKWO, ROBERT J"}, {"full_name": "OKONKWO, BOB"}, {"full_name": "PINTER, ROBERT", "born": "19810305"},
		{"ssn": "952171000"}, {"ssn": "952701234"}, {"born": "19709999"}, {"balance": "52X1714"}, {"ssn": "521700000"}, {"zip": "6X999"}, {"number_type": "E"},
	} {
		accounts = append(accounts, stranger(50+i, changes))
	}
	content := fileOf(t, "example-fidm-all", append(bank("FIRST BANK", len(accounts)+1, accounts...), bank("SECOND BANK", 9, stranger(80, nil), stranger(81, nil))...)...)
	lines := strings.SplitAfter(content, "\n")
	lines[5] += lines[6][:200] + "\n" // cut short: rejected, and counted by the trailer
	night := nightOf("example-fidm-all", "financial", strings.Join(lines, ""))
	night["night.yaml"] = strings.Replace(night["night.yaml"], "known_share: 0.3", "known_share: 0.000001", 1) // nearly all rows are strangers'
	dir := night.in(t)
	w := &witness{temp: t.TempDir()}
	t.Setenv("TMPDIR", w.temp)
	r, err := pipeline.Run(context.Background(), load(t, dir, pipeline.Overrides{}), pipeline.Options{Memory: 1, Observer: w})
	if err != nil {
		t.Fatal(err)
	}
	x := r.Manifest.Extracts[0]
	if x.Rejected != 1 || x.SectionsRefused != 1 || x.Pairs < 4 || len(leadsIn(t, r)) == 0 {
		t.Fatalf("the test says little: %+v, %+v", x, r.Manifest.Links)
	}
	left := strings.ToUpper(w.said.String() + everything(t, filepath.Join(dir, "runs")) + everything(t, filepath.Join(dir, "state")) + everything(t, w.temp))
	for _, trace := range []string{"QUILLFEATHER", "ZEBEDEE", "WOMBAT", "XANADU", "66999", "6X999", "5217", "95270", "8814000", "MUNGO", "52X1714", "19709999"} {
		if strings.Contains(left, trace) {
			t.Errorf("%s is on disk", trace)
		}
	}
	if _, err := os.Stat("/proc/self/fd"); err == nil && w.unnamed == 0 {
		t.Error("no spill file was seen")
	}
}
