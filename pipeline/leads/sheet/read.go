package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// mostUnpacked bounds what a workbook may unpack to: a queue of a hundred thousand rows is a tenth of it.
const mostUnpacked = 256 << 20

// Line is one row as it stood in a file, the header being row 1.
type Line struct {
	Row   int // of the sheet; of a CSV file the line at which the row begins
	Cells []string
}

// Read reads a workbook's first sheet or a CSV file; which of the two it is, its first bytes say. Rows without any text are
// left out.
func Read(data []byte) ([]Line, error) {
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		return readXLSX(data)
	}
	return readCSV(data)
}

func readXLSX(data []byte) (lines []Line, err error) {
	defer func() { // the library trusts the parts of a workbook more than a file from outside deserves
		if r := recover(); r != nil {
			lines, err = nil, fmt.Errorf("not a readable workbook: %v", r)
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: mostUnpacked})
	if err != nil {
		return nil, fmt.Errorf("not a readable workbook: %w", err)
	}
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetName(0), excelize.Options{RawCellValue: true})
	if err != nil {
		return nil, fmt.Errorf("not a readable workbook: %w", err)
	}
	for i, cells := range rows {
		lines = appendLine(lines, i+1, cells)
	}
	return lines, nil
}

func readCSV(data []byte) (lines []Line, err error) {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))))
	r.FieldsPerRecord = -1 // a short row is the caller's to judge
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return lines, nil
		}
		if err != nil {
			return nil, err
		}
		line, _ := r.FieldPos(0)
		for i := range cells {
			cells[i] = plain(cells[i])
		}
		lines = appendLine(lines, line, cells)
	}
}

func appendLine(lines []Line, row int, cells []string) []Line {
	if strings.TrimSpace(strings.Join(cells, "")) == "" {
		return lines
	}
	return append(lines, Line{Row: row, Cells: cells})
}
