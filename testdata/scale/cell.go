package main

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// cell is one line of the table: so many subjects, so many rows, in one kind of file.
type cell struct {
	subjects, rows int
	ending         string // csv, csv.gz, csv.zst, txt (fixed width), txt.gz, txt.zst, parquet
}

var cells = regexp.MustCompile(`^([0-9]+)x([0-9]+)\.(csv|csv\.gz|csv\.zst|txt|txt\.gz|txt\.zst|parquet)$`)

// parseCell reads 50000x1000000.csv.
func parseCell(word string) (cell, error) {
	m := cells.FindStringSubmatch(word)
	if m == nil {
		return cell{}, fmt.Errorf("%q: want SUBJECTSxROWS.ENDING, as 50000x1000000.csv; endings csv, txt, parquet, csv.gz, csv.zst, txt.gz, txt.zst", word)
	}
	subjects, err := strconv.Atoi(m[1])
	if err != nil || subjects < 1 {
		return cell{}, fmt.Errorf("%q: no number of subjects", word)
	}
	rows, err := strconv.Atoi(m[2])
	return cell{subjects, rows, m[3]}, err
}

func (c cell) String() string { return fmt.Sprintf("%dx%d.%s", c.subjects, c.rows, c.ending) }

func (c cell) layout() string {
	format, _, _ := strings.Cut(c.ending, ".")
	if format == "txt" {
		format = "fixed"
	}
	return "example-accounts-" + format + ".yaml"
}

// cellsUpTo is the table for extracts of at most so many million rows: the caseload grows, the rows grow, and at the least
// size of both every kind of file is read. Fifty million rows meet the smallest caseload alone.
func cellsUpTo(millions float64) (list []cell) {
	const million = 1_000_000
	caseloads := []int{50_000, 500_000, 2_000_000}
	if millions < 10 {
		caseloads = caseloads[:2]
	}
	rows := int(min(millions, 1) * million)
	for _, subjects := range caseloads {
		list = append(list, cell{subjects, rows, "csv"})
	}
	for _, ending := range []string{"csv.gz", "csv.zst", "txt", "txt.gz", "parquet"} {
		list = append(list, cell{caseloads[0], rows, ending})
	}
	if millions >= 10 {
		for _, subjects := range caseloads {
			list = append(list, cell{subjects, 10 * million, "csv"})
		}
	}
	if millions >= 50 {
		list = append(list, cell{caseloads[0], 50 * million, "csv"})
	}
	return list
}

func (o *options) dirOf(c cell) string {
	return filepath.Join(o.work, fmt.Sprintf("%dx%d-%g", c.subjects, c.rows, o.strangers))
}

func (o *options) caseloadOf(c cell) string {
	return filepath.Join(o.work, fmt.Sprintf("caseload-%d.csv", c.subjects))
}

func (o *options) extractOf(c cell) string {
	return filepath.Join(o.dirOf(c), "extract."+c.ending)
}
