package queue

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"strings"

	"locatematch/pipeline/table"
)

// IndexFile is the name of the index within a run.
const IndexFile = "queues/index.parquet"

// mostName bounds a file's name; file systems take 255 bytes.
const mostName = 120

// FileName names an office's queue within a run. Two offices never share one: what is no letter, digit, hyphen or underscore
// is written as ~ and its byte in hexadecimal, a long name ends with its digest, and "index" and the absence of an office
// have names that no office has.
func FileName(office string) string {
	if office == "" {
		return "queues/~none.parquet"
	}
	var b strings.Builder
	for i := range len(office) {
		c := office[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "~%02x", c)
		}
	}
	name := b.String()
	if strings.EqualFold(name, "index") {
		name = "~" + name
	}
	if len(name) > mostName {
		sum := sha256.Sum256([]byte(office))
		name = name[:mostName] + "~" + hex.EncodeToString(sum[:8])
	}
	return path.Join("queues", name+".parquet")
}

// personalRow names what says who or where somebody is.
var (
	personalRow   = table.Options{Personal: []string{"case_id", "person", "headline", "why_due", "why", "cautions", "you_may", "order", "arrears", "last_paid", "lead_id"}}
	personalPlace = table.Options{Personal: []string{"lead_id", "case_id", "subject_id"}}
)

// Write writes the queues and their index; at gives the path of a file of the run.
func (q *Queues) Write(at func(name string) string) error {
	for _, o := range q.Offices {
		if _, err := table.Write(at(FileName(o.Name)), o.Rows, personalRow); err != nil {
			return err
		}
	}
	_, err := table.Write(at(IndexFile), q.Index, personalPlace)
	return err
}

// ReadIndex reads an index.
func ReadIndex(file string) ([]Place, error) { return table.Read[Place](file) }

// ReadRows reads an office's queue.
func ReadRows(file string) ([]Row, error) { return table.Read[Row](file) }
