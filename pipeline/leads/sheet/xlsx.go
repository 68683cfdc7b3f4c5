package sheet

import (
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// textFormat is the number format of text: a program leaves such a cell as it was typed, dates and long numbers too.
const textFormat = 49

// moreRows below the last keep their lists, for judgements an officer adds.
const moreRows = 50

// WriteXLSX writes the sheet as a workbook that is read at a glance and filled without typing: the header stays in view, long
// text is wrapped, and columns with choices have drop-down lists.
func (s *Sheet) WriteXLSX(w io.Writer) error {
	f := excelize.NewFile()
	defer f.Close()
	tab := tabName(s.Title)
	if err := f.SetSheetName(f.GetSheetName(0), tab); err != nil {
		return err
	}
	if err := f.SetDocProps(&excelize.DocProperties{Creator: "locatematch"}); err != nil { // the library's author else
		return err
	}
	for _, step := range []func(*excelize.File, string) error{s.cells, s.look, s.lists} {
		if err := step(f, tab); err != nil {
			return fmt.Errorf("sheet %s: %w", tab, err)
		}
	}
	return f.Write(w)
}

// tabName is a title as a workbook takes it.
func tabName(title string) string {
	name := []rune(strings.NewReplacer(":", " ", `\`, " ", "/", " ", "?", " ", "*", " ", "[", "(", "]", ")", "'", "").Replace(title))
	name = name[:min(len(name), 31)]
	if strings.TrimSpace(string(name)) == "" {
		return "Sheet"
	}
	return string(name)
}

// cells are all strings: a formula is another kind of cell, and none is ever written.
func (s *Sheet) cells(f *excelize.File, tab string) error {
	for r, row := range append([][]string{s.header((*Column).heading)}, s.Rows...) {
		for c, text := range row {
			cell, err := excelize.CoordinatesToCellName(c+1, r+1)
			if err != nil {
				return err
			}
			if err := f.SetCellStr(tab, cell, text); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Sheet) look(f *excelize.File, tab string) error {
	body, err := f.NewStyle(&excelize.Style{NumFmt: textFormat, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return err
	}
	head, err := f.NewStyle(&excelize.Style{
		NumFmt: textFormat, Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"},
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"D9E2EC"}},
	})
	if err != nil {
		return err
	}
	for i, c := range s.Columns {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := f.SetColWidth(tab, name, name, float64(max(c.Width, len(c.heading())+2))); err != nil {
			return err
		}
		if err := f.SetColStyle(tab, name, body); err != nil {
			return err
		}
		if len(s.Rows) > 0 {
			if err := f.SetCellStyle(tab, name+"2", fmt.Sprint(name, len(s.Rows)+1), body); err != nil {
				return err
			}
		}
		if err := f.SetCellStyle(tab, name+"1", name+"1", head); err != nil {
			return err
		}
	}
	return f.SetPanes(tab, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

func (s *Sheet) lists(f *excelize.File, tab string) error {
	for i, c := range s.Columns {
		if len(c.Choices) == 0 {
			continue
		}
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		list := excelize.NewDataValidation(true)
		list.SetSqref(fmt.Sprintf("%s2:%s%d", name, name, len(s.Rows)+1+moreRows))
		if err := list.SetDropList(c.Choices); err != nil {
			return err
		}
		list.SetError(excelize.DataValidationErrorStyleStop, "Not one of the choices", "Choose one of: "+strings.Join(c.Choices, ", ")+"; or leave it empty.")
		if err := f.AddDataValidation(tab, list); err != nil {
			return err
		}
	}
	return nil
}
