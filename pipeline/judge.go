package pipeline

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"

	"locatematch/pipeline/leads/judgement"
	"locatematch/pipeline/leads/queue"
	"locatematch/pipeline/report"
)

// Judged is what taking judgements in came to.
type Judged struct {
	File    string             `json:"file"` // of the store, "" where nothing was taken
	Already bool               `json:"already"`
	Taken   int                `json:"taken"`
	Empty   int                `json:"empty"`
	Rejects []judgement.Reject `json:"rejects"`
}

// Judge appends a file of judgements, CSV or a filled workbook, to the store; the next run takes them in. Bad rows are left
// out and named.
func (w Workspace) Judge(data []byte, d judgement.Defaults) (*Judged, error) {
	live, err := w.publishedRun(currentFile)
	if err != nil {
		return nil, err
	}
	m, err := w.manifest(live)
	if err != nil {
		return nil, err
	}
	published := map[string]bool{}
	if err := w.eachPublished(live, func(k *judgement.Known) { published[k.LeadID] = !k.Recalled }); err != nil {
		return nil, err
	}
	asOf, err := businessDate(m.AsOf)
	if err != nil {
		return nil, err
	}
	d.Latest = asOf + 10_000 // a year
	d.Known = func(lead string) bool { return published[lead] }
	p, err := judgement.Parse(data, d)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrConfig, err)
	}
	out := &Judged{Taken: p.Taken, Empty: p.Empty, Rejects: p.Rejects}
	if len(p.Judgements) > 0 {
		out.File, out.Already, err = judgement.Add(w.judgementStore(), p.Judgements)
	}
	return out, err
}

// JudgeOne takes in one judgement.
func (w Workspace) JudgeOne(j judgement.Judgement) (*Judged, error) {
	data, err := judgement.Encode([]judgement.Judgement{j})
	if err != nil {
		return nil, err
	}
	return w.Judge(data, judgement.Defaults{})
}

// BusinessDate reads CCYY-MM-DD as the integer ccyymmdd.
func BusinessDate(s string) (int32, error) {
	date, err := businessDate(s)
	if err != nil {
		return 0, fmt.Errorf("%w: %w", ErrConfig, err)
	}
	return date, nil
}

// LoadInterface reads the description that a config names under interface.
func LoadInterface(config string) (*queue.Interface, error) {
	c, err := readConfig(config)
	if err != nil {
		return nil, err
	}
	if c.Interface == "" {
		return nil, fmt.Errorf("%w: %s: no interface; name the file that describes the agency's own, interface: interface.yaml", ErrConfig, config)
	}
	return readInterface(beside(filepath.Dir(config), c.Interface))
}

func readInterface(path string) (*queue.Interface, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrConfig, err)
	}
	f, err := queue.ParseInterface(raw)
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrConfig, path, err)
	}
	return f, nil
}

// Formats of a queue.
var QueueFormats = []string{"table", "csv", "json", "xlsx", "interface"}

// Export gives a queue in one of QueueFormats; width is the terminal's, f is for the format interface alone.
func (q *QueueView) Export(format string, width int, f *queue.Interface) ([]byte, error) {
	var b bytes.Buffer
	var err error
	switch format {
	case "csv":
		err = queue.WriteCSV(&b, q.Rows)
	case "json":
		err = queue.WriteJSON(&b, q.Run, q.Rows)
	case "xlsx":
		err = queue.WriteXLSX(&b, "Queue "+q.AsOf, q.Rows)
	case "interface":
		if err = f.Write(&b, q.Run, q.AsOf, q.Rows, q.Places); err != nil {
			err = fmt.Errorf("%w: interface: %w", ErrConfig, err)
		}
	default:
		b.WriteString(queue.Text(q.Rows, width))
		if q.Elsewhere != "" {
			b.WriteString(report.Labelled("", q.Elsewhere, min(max(width, 60), 120)))
		}
	}
	return b.Bytes(), err
}
