package pipeline_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
)

// readers are how other tools read a run's tables: each prints the leads as sorted JSON rows, and the number of links.
var readers = map[string]string{
	"duckdb": `
import duckdb
leads = duckdb.sql(f"""select lead_id, subject_id, kind, summary, len(evidence), evidence[1].line, address.line,
    employer.hire_date.date::varchar, first_seen::varchar from '{run}/leads.parquet'""").fetchall()
links = duckdb.sql(f"select count(*) from '{run}/links.parquet'").fetchall()[0][0]`,
	"pyarrow": `
import pyarrow.parquet as pq
day = lambda d: d and str(d)
leads = [(r["lead_id"], r["subject_id"], r["kind"], r["summary"], len(r["evidence"]), r["evidence"][0]["line"],
    r["address"] and r["address"]["line"], r["employer"] and r["employer"]["hire_date"] and day(r["employer"]["hire_date"]["date"]),
    day(r["first_seen"])) for r in pq.read_table(f"{run}/leads.parquet").to_pylist()]
links = pq.read_table(f"{run}/links.parquet").num_rows`,
	"pandas": `
import pandas
day = lambda d: d and str(d)
frame = pandas.read_parquet(f"{run}/leads.parquet")
leads = [(r.lead_id, r.subject_id, r.kind, r.summary, len(r.evidence), int(r.evidence[0]["line"]),
    r.address and r.address["line"], r.employer and r.employer["hire_date"] and day(r.employer["hire_date"]["date"]),
    day(r.first_seen)) for r in frame.itertuples()]
links = len(pandas.read_parquet(f"{run}/links.parquet"))`,
}

// TestInterop_LeadsReadTheSame: DuckDB, PyArrow and pandas read the leads that Go reads, nested columns, dates and nulls too.
func TestInterop_LeadsReadTheSame(t *testing.T) {
	python := os.Getenv("LOCATEMATCH_PYTHON")
	if python == "" {
		t.Skip("LOCATEMATCH_PYTHON names no Python with duckdb, pyarrow and pandas (make test sets it up where it can)")
	}
	dir := smallNight.in(t)
	run(t, dir)
	want := leadRows(t, dir)
	for name, read := range readers {
		t.Run(name, func(t *testing.T) {
			script := "import json, sys\nrun = sys.argv[1]\n" + read + "\nprint(json.dumps({'leads': sorted(leads), 'links': links}, default=str))\n"
			command := exec.Command(python, "-c", script, currentRun(t, dir))
			command.Stderr = os.Stderr
			out, err := command.Output()
			if err != nil {
				t.Fatal(err)
			}
			var got struct {
				Leads [][]any
				Links int
			}
			if err := json.Unmarshal(out, &got); err != nil {
				t.Fatal(err)
			}
			if rows := inLines(got.Leads); !slices.Equal(rows, want) {
				t.Errorf("%s reads\n%v\nwant\n%v", name, rows, want)
			}
			if got.Links == 0 {
				t.Error("no links read")
			}
		})
	}
}

func inLines(rows [][]any) (lines []string) {
	for _, r := range rows {
		lines = append(lines, fmt.Sprint(r...))
	}
	slices.Sort(lines)
	return lines
}

// leadRows are the same columns as Go reads them.
func leadRows(t *testing.T, dir string) []string {
	var rows [][]any
	for _, l := range leadsOf(t, dir) {
		var line, hired any
		if l.Address != nil {
			line = l.Address.Line
		}
		if l.Employer != nil && l.Employer.HireDate != nil {
			hired = l.Employer.HireDate.Date.String()
		}
		rows = append(rows, []any{
			l.LeadID, l.SubjectID, string(l.Kind), l.Summary, float64(len(l.Evidence)), float64(l.Evidence[0].Line), line, hired, l.FirstSeen.String(),
		})
	}
	if len(rows) < 3 {
		t.Fatalf("%d leads in %s: too few to compare", len(rows), filepath.Base(dir))
	}
	return inLines(rows)
}
