package pipeline

import (
	"fmt"
	"slices"

	"locatematch/matchers"
	"locatematch/pipeline/clerical"
)

// labels says what is known of a record and a subject. own is as in matchers.Options. It is called by several workers at once.
type labels func(at place, own, subject uint32) matchers.Label

// labels reads what is known, nil for nothing.
func (opt TrainOptions) labels(n *night) (labels, error) {
	switch {
	case opt.Truth != "":
		return opt.labelsOfTruth(n)
	case len(opt.Labels.Sheets) > 0 && opt.Duplicates:
		return nil, fmt.Errorf("%w: labels are of an extract's records; train --duplicates takes --truth with subject_id,subject_id_2", ErrConfig)
	case len(opt.Labels.Sheets) > 0:
		return n.labelsOfSheets(opt.Labels)
	}
	return nil, nil
}

// labelsOfTruth labels every pair: what is not true is of two people.
func (opt TrainOptions) labelsOfTruth(n *night) (labels, error) {
	self, err := truthOfDuplicates(opt.Truth)
	if err != nil {
		return nil, err
	}
	if self != opt.Duplicates {
		return nil, fmt.Errorf("%w: %s: %s", ErrConfig, opt.Truth, otherTruth[self])
	}
	if self {
		truth, _, err := loadDuplicateTruth(n, opt.Truth)
		return func(_ place, own, subject uint32) matchers.Label {
			return labelOf(own != 0 && truth[unordered(own-1, subject)])
		}, err
	}
	key, err := loadTruth(n, opt.Truth, "")
	return func(at place, _, subject uint32) matchers.Label {
		return labelOf(key.isTrue(at.extract, at.id, subject))
	}, err
}

// otherTruth says what to do with a truth file of the other sort.
var otherTruth = map[bool]string{
	true:  "it has pairs of subjects (subject_id_2); train --duplicates takes it",
	false: "train --duplicates takes pairs of subjects: columns subject_id,subject_id_2",
}

// labelsOfSheets labels the pairs that people judged, by where their records stand: an id may stand twice.
func (n *night) labelsOfSheets(files clerical.Files) (labels, error) {
	judged, err := clerical.ReadLabels(files)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrConfig, err)
	}
	type pair struct {
		extract, file int
		line          int64
		subject       uint32
	}
	known := map[pair]matchers.Label{}
	for _, l := range judged {
		e, err := n.extractNamed(l.Extract)
		if err != nil {
			return nil, fmt.Errorf("%w: labels: %w", ErrConfig, err)
		}
		file := slices.Index(n.extracts[e].feed.Names, l.File)
		subject, there := n.caseload.numbers[l.SubjectID]
		if file >= 0 && there { // else the sheets are of another night's files or people
			known[pair{e, file, l.Line, subject}] = labelOf(l.Same)
		}
	}
	if len(known) == 0 {
		return nil, fmt.Errorf("%w: none of the %d labels is of a file of this night: train on the night that the sample was drawn from", ErrConfig, len(judged))
	}
	return func(at place, _, subject uint32) matchers.Label {
		return known[pair{at.extract, at.file, at.line, subject}]
	}, nil
}

func labelOf(same bool) matchers.Label {
	if same {
		return matchers.Same
	}
	return matchers.Different
}
