package pipeline

import (
	"fmt"
	"slices"

	"locatematch/matchers"
	"locatematch/pipeline/clerical"
	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/judgement"
)

// labels says what is known of a record and a subject. own is as in matchers.Options. It is called by several workers at once.
type labels func(at place, own, subject uint32) matchers.Label

// labels reads what is known, nil for nothing.
func (opt TrainOptions) labels(n *night) (labels, error) {
	switch {
	case opt.Truth != "":
		return opt.labelsOfTruth(n)
	case opt.Judgements && (opt.Duplicates || len(opt.Labels.Sheets) > 0):
		return nil, fmt.Errorf("%w: judgements are labels of an extract's records; give them alone", ErrConfig)
	case opt.Judgements:
		return n.labelsOfJudgements()
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
	known, err := n.labelled(judged)
	if err != nil {
		return nil, err
	}
	if len(known) == 0 {
		return nil, fmt.Errorf("%w: none of the %d labels is of a file of this night: train on the night that the sample was drawn from", ErrConfig, len(judged))
	}
	return known.of, nil
}

// labelsOfJudgements labels the records of leads of which officers said whose they are. A protected person's are none.
func (n *night) labelsOfJudgements() (labels, error) {
	live, err := n.plan.Workspace.publishedRun(currentFile)
	if err != nil {
		return nil, err
	}
	taken, err := n.plan.Workspace.takenBy(live)
	if err != nil {
		return nil, err
	}
	var judged []clerical.Label
	held := n.filesByMark()
	for _, t := range judgement.Standing(taken) {
		if t.PersonIs != judgement.SamePerson && t.PersonIs != judgement.DifferentPerson {
			continue
		}
		if number, there := n.caseload.numbers[t.SubjectID]; !there || n.caseload.subjects[number].Protected {
			continue
		}
		for _, r := range t.Records {
			if held.other(r) {
				continue
			}
			judged = append(judged, clerical.Label{SubjectID: t.SubjectID, Extract: r.Extract, File: r.File, Line: r.Line, Same: t.PersonIs == judgement.SamePerson})
		}
	}
	judged = slices.DeleteFunc(judged, func(l clerical.Label) bool { _, err := n.extractNamed(l.Extract); return err != nil })
	known, err := n.labelled(judged)
	if err != nil {
		return nil, err
	}
	if len(known) == 0 {
		return nil, fmt.Errorf("%w: no judgement of run %s is of a record of this night's files: train on the nights that officers judged", ErrConfig, live)
	}
	return known.of, nil
}

// markedFiles are this night's files: the marks of their digests, by extract and name. A supplier may use a name again.
type markedFiles func(extract, name string) uint64

// filesByMark hashes a file when it is first asked for: few of a night's are judged.
func (n *night) filesByMark() markedFiles {
	known := map[[2]string]uint64{}
	return func(extract, name string) uint64 {
		at := [2]string{extract, name}
		mark, asked := known[at]
		if asked {
			return mark
		}
		if e, err := n.extractNamed(extract); err == nil {
			if f := slices.Index(n.extracts[e].feed.Names, name); f >= 0 {
				if sum, _, err := digestFile(n.extracts[e].feed.Paths[f]); err == nil { // one that cannot be read is the reader's to report
					mark = leads.FileMark(sum)
				}
			}
		}
		known[at] = mark
		return mark
	}
}

// other reports that a judged record stood in another file of the same name.
func (of markedFiles) other(r judgement.Record) bool {
	return of(r.Extract, r.File) != r.Mark
}

// labelledPair is a record by where it stands, and a subject.
type labelledPair struct {
	extract, file int
	line          int64
	subject       uint32
}

type labelledPairs map[labelledPair]matchers.Label

func (known labelledPairs) of(at place, _, subject uint32) matchers.Label {
	return known[labelledPair{at.extract, at.file, at.line, subject}]
}

// labelled finds the labels' records and subjects in this night. Of two labels of one pair the later counts.
func (n *night) labelled(judged []clerical.Label) (labelledPairs, error) {
	known := labelledPairs{}
	for _, l := range judged {
		e, err := n.extractNamed(l.Extract)
		if err != nil {
			return nil, fmt.Errorf("%w: labels: %w", ErrConfig, err)
		}
		file := slices.Index(n.extracts[e].feed.Names, l.File)
		subject, there := n.caseload.numbers[l.SubjectID]
		if file >= 0 && there { // else the sheets are of another night's files or people
			known[labelledPair{e, file, l.Line, subject}] = labelOf(l.Same)
		}
	}
	return known, nil
}

func labelOf(same bool) matchers.Label {
	if same {
		return matchers.Same
	}
	return matchers.Different
}
