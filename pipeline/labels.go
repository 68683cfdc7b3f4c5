package pipeline

import (
	"fmt"

	"locatematch/matchers"
)

// labels says what is known of a record and a subject. own is as in matchers.Options. It is called by several workers at once.
type labels func(extract int, record []byte, own, subject uint32) matchers.Label

// labels reads what is known, nil for nothing.
func (opt TrainOptions) labels(n *night) (labels, error) {
	if opt.Truth == "" {
		return nil, nil
	}
	self, err := truthOfDuplicates(opt.Truth)
	if err != nil {
		return nil, err
	}
	if self != opt.Duplicates {
		return nil, fmt.Errorf("%w: %s: %s", ErrConfig, opt.Truth, otherTruth[self])
	}
	if self {
		truth, _, err := loadDuplicateTruth(n, opt.Truth)
		return func(_ int, _ []byte, own, subject uint32) matchers.Label {
			return labelOf(own != 0 && truth[unordered(own-1, subject)])
		}, err
	}
	key, err := loadTruth(n, opt.Truth, "")
	if err != nil {
		return nil, err
	}
	return func(extract int, record []byte, _, subject uint32) matchers.Label {
		return labelOf(key.isTrue(extract, record, subject))
	}, nil
}

// otherTruth says what to do with a truth file of the other sort.
var otherTruth = map[bool]string{
	true:  "it has pairs of subjects (subject_id_2); train --duplicates takes it",
	false: "train --duplicates takes pairs of subjects: columns subject_id,subject_id_2",
}

func labelOf(same bool) matchers.Label {
	if same {
		return matchers.Same
	}
	return matchers.Different
}
