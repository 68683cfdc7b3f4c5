package main

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/parquet-go/parquet-go"
)

// figure is the part of historical_50k that the locate job uses.
type figure struct {
	UniqueID   string  `parquet:"unique_id,optional"`
	Cluster    string  `parquet:"cluster,optional"`
	FullName   *string `parquet:"full_name,optional"`
	FirstName  *string `parquet:"first_name,optional"`
	Surname    *string `parquet:"surname,optional"`
	Born       *string `parquet:"dob,optional"`
	BirthPlace *string `parquet:"birth_place,optional"`
	Postcode   *string `parquet:"postcode_fake,optional"`
	Gender     *string `parquet:"gender,optional"`
	Occupation *string `parquet:"occupation,optional"`
}

var figureHeader = []string{
	"unique_id", "full_name", "first_name", "surname", "dob", "birth_place", "postcode_fake", "gender", "occupation",
}

// makeHistorical: the record of each person with the lowest number (the clean one) is the caseload, the others the extract.
func makeHistorical(data, into string) error {
	records, err := readHistorical(data)
	if err != nil {
		return err
	}
	return recast(into, "historical_50k", figureHeader, records)
}

// makeHistoricalSelf: all records are the caseload.
func makeHistoricalSelf(data, into string) error {
	records, err := readHistorical(data)
	if err != nil {
		return err
	}
	return linkWithItself(into, figureHeader, records)
}

const historicalFile = "historical_50k/historical_figures_with_errors_50k.parquet"

func readHistorical(data string) (records []record, err error) {
	figures, err := parquet.ReadFile[figure](filepath.Join(data, historicalFile))
	if err != nil {
		return nil, err
	}
	for _, f := range figures {
		_, number, _ := strings.Cut(f.UniqueID, "-")
		place, err := strconv.Atoi(number)
		if err != nil {
			return nil, fmt.Errorf("unique_id %q has no number", f.UniqueID)
		}
		records = append(records, record{cluster: f.Cluster, place: place, row: f.row()})
	}
	return records, nil
}

func (f figure) row() []string {
	row := []string{f.UniqueID}
	for _, v := range []*string{f.FullName, f.FirstName, f.Surname, f.Born, f.BirthPlace, f.Postcode, f.Gender, f.Occupation} {
		if v == nil {
			v = new(string)
		}
		row = append(row, *v)
	}
	return row
}
