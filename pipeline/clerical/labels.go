package clerical

// Label is one pair that people judged, for training and for whoever else learns from labels. Only "same" and "different" make
// a label: what could not be told, or was told differently by two reviewers and not settled, makes none, and whether the
// reported fact was good has no part in it.
//
// A label comes from a stratified sample: pairs near the thresholds stand in it far more often than on the night. Whoever
// estimates anything of the night from labels counts each 1/Sampling times.
type Label struct {
	SubjectID string
	Extract   string
	File      string // with Line: where the record stands, for record ids are a supplier's and may stand twice
	Line      int64
	RecordID  string // the line, where the supplier's own id holds a number that is not shown
	Same      bool
	Sampling  float64 // probability with which the pair was drawn, above 0 and at most 1
}

// ReadLabels reads the labels of filled sheets, in the order of pair ids. Everything wrong with a sheet comes back as one
// error that names file and line.
func ReadLabels(files Files) ([]Label, error) {
	j, err := judge(files)
	if err != nil {
		return nil, err
	}
	var list []Label
	for _, p := range j.key.Pairs {
		if v := j.verdicts[p.PairID]; v != CannotTell {
			list = append(list, Label{
				SubjectID: p.SubjectID, Extract: p.Extract, File: p.File, Line: p.Line, RecordID: p.RecordID, Same: v == Same, Sampling: p.Sampling,
			})
		}
	}
	return list, nil
}
