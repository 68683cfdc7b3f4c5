package clerical

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
)

// KeyFormat is the version of a key's JSON.
const KeyFormat = "locatematch-clerical-key-1"

// Key says what each row of a blind sheet is. Who fills the sheet in does not get it.
type Key struct {
	Format         string       `json:"format"`
	AsOf           string       `json:"as_of"` // business date of the night
	Seed           uint64       `json:"seed"`
	Digests        Digests      `json:"digests"`
	Review         float64      `json:"review"` // the model's thresholds, in bits
	Accept         float64      `json:"accept"`
	ProtectedPairs int64        `json:"protected_pairs"` // left out: of protected persons, and of records that one claims
	Strata         []KeyStratum `json:"strata"`          // by rising weight
	Pairs          []KeyPair    `json:"pairs"`           // the sample, by pair id
}

// Digests are SHA-256 in hexadecimal of what decided the weights.
type Digests struct {
	Config   string `json:"config"`
	Spec     string `json:"spec"`
	Model    string `json:"model"`
	Caseload string `json:"caseload"`
}

// KeyStratum is one stratum of the sample.
type KeyStratum struct {
	Stratum
	Pairs     int64          `json:"pairs"` // that may be drawn
	Sampled   int            `json:"sampled"`
	Sampling  float64        `json:"sampling_probability"` // of each of its pairs
	Stated    float64        `json:"stated_probability"`   // mean over all its pairs, by the model
	ByExtract []ExtractPairs `json:"by_extract"`           // in the order of the config
}

// ExtractPairs counts one extract's pairs in a stratum.
type ExtractPairs struct {
	Extract string `json:"extract"`
	Pairs   int64  `json:"pairs"`
}

// KeyPair is one pair of the sample.
type KeyPair struct {
	PairID    string  `json:"pair_id"`
	SubjectID string  `json:"subject_id"`
	Extract   string  `json:"extract"`
	File      string  `json:"file"`
	Line      int64   `json:"line"`
	RecordID  string  `json:"record_id"`
	Stratum   string  `json:"stratum"`
	Sampling  float64 `json:"sampling_probability"`
	Weight    float64 `json:"weight"` // bits
}

// About says what a sample is drawn from.
type About struct {
	AsOf           string
	Seed           uint64
	Digests        Digests
	Review, Accept float64
	Extracts       []string // their names
}

// Drawn is a sample: its key, and the rows that sheets are made of.
type Drawn struct {
	Key  *Key
	rows []row // by pair id
}

// row is one row of a sheet.
type row struct {
	id, source string
	values     []string
	place      string // a pair's own: what the sheets' orders are hashed from
}

// Draw takes the sample. It may be called once.
func (s *Sampler) Draw(about About) *Drawn {
	k := &Key{
		Format: KeyFormat, AsOf: about.AsOf, Seed: about.Seed, Digests: about.Digests, Review: about.Review, Accept: about.Accept,
		ProtectedPairs: s.Protected,
	}
	d := &Drawn{Key: k}
	for h, pairs := range s.drawn() {
		stratum := KeyStratum{Stratum: s.strata[h], Pairs: sum(s.pairs[h]), Sampled: len(pairs)}
		for e, n := range s.pairs[h] {
			stratum.ByExtract = append(stratum.ByExtract, ExtractPairs{Extract: about.Extracts[e], Pairs: n})
		}
		if n := float64(stratum.Pairs); n > 0 {
			stratum.Sampling, stratum.Stated = float64(len(pairs))/n, float64(s.stated[h])/statedUnit/n
		}
		k.Strata = append(k.Strata, stratum)
		for _, p := range pairs {
			k.Pairs = append(k.Pairs, KeyPair{
				SubjectID: p.SubjectID, Extract: p.Extract, File: p.File, Line: p.Line, RecordID: p.RecordID, Stratum: stratum.Name,
				Sampling: stratum.Sampling, Weight: p.Weight,
			})
			place := fmt.Sprintf("%s\x00%s\x00%s\x00%d", p.SubjectID, p.Extract, p.File, p.Line)
			d.rows = append(d.rows, row{source: p.Source, values: p.Values, place: place})
		}
	}
	d.name(about)
	return d
}

// name gives the pairs their ids, in the order of the first reviewer's sheet, and sorts the key by them.
func (d *Drawn) name(about About) {
	order := d.order(1)
	prefix := d.prefix(about)
	rows, pairs := make([]row, len(order)), make([]KeyPair, len(order))
	for i, at := range order {
		id := fmt.Sprintf("%s-%04d", prefix, i+1)
		rows[i], pairs[i] = d.rows[at], d.Key.Pairs[at]
		rows[i].id, pairs[i].PairID = id, id
	}
	d.rows, d.Key.Pairs = rows, pairs
}

// order gives the rows in the order of one reviewer's sheet: by a hash of seed, reviewer and place, which knows nothing of
// weights.
func (d *Drawn) order(reviewer int) []int {
	hashes, order := make([][sha256.Size]byte, len(d.rows)), make([]int, len(d.rows))
	for i, r := range d.rows {
		hashes[i], order[i] = sha256.Sum256(fmt.Appendf(nil, "%d\x00%d\x00%s", d.Key.Seed, reviewer, r.place)), i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(bytes.Compare(hashes[a][:], hashes[b][:]), cmp.Compare(a, b))
	})
	return order
}

// prefix is four letters of the sample's own, so that a sheet of another sample is noticed. No vowels: it spells nothing, and
// no spreadsheet takes it for a number or a date.
func (d *Drawn) prefix(about About) string {
	h := sha256.New()
	fmt.Fprintf(h, "%d %v", about.Seed, about.Digests)
	for _, r := range d.rows {
		fmt.Fprintf(h, "\x00%s", r.place)
	}
	const letters = "BCDFGHKLMNPQRSTVWXYZ"
	word := make([]byte, 4)
	for i, b := range h.Sum(nil)[:len(word)] {
		word[i] = letters[int(b)%len(letters)]
	}
	return string(word)
}

// Encode gives a key as JSON.
func (k *Key) Encode() ([]byte, error) {
	b, err := json.MarshalIndent(k, "", "  ")
	return append(b, '\n'), err
}

// ReadKey reads a key and holds it against itself.
func ReadKey(path string) (*Key, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("the sample's key: %w; name it with --key", err)
	}
	var k Key
	if err := json.Unmarshal(b, &k); err != nil {
		return nil, fmt.Errorf("%s: not the key of a clerical sample: %w", path, err)
	}
	if k.Format != KeyFormat {
		return nil, fmt.Errorf("%s: format %q, want %s: not the key of a clerical sample, or one of another version", path, k.Format, KeyFormat)
	}
	if err := k.check(); err != nil {
		return nil, fmt.Errorf("%s: %w; a key is not edited: draw the sample again with seed %d", path, err, k.Seed)
	}
	return &k, nil
}

// check finds what an edited or shortened key contradicts itself in.
func (k *Key) check() error {
	sampled, seen := map[string]int{}, map[string]bool{}
	for _, p := range k.Pairs {
		if seen[p.PairID] {
			return fmt.Errorf("pair %s stands twice", p.PairID)
		}
		seen[p.PairID] = true
		sampled[p.Stratum]++
	}
	var names []string
	for _, s := range k.Strata {
		names = append(names, s.Name)
		if sampled[s.Name] != s.Sampled || int64(s.Sampled) > s.Pairs {
			return fmt.Errorf("stratum %s: %d pairs sampled of %d, but %d stand here", s.Name, s.Sampled, s.Pairs, sampled[s.Name])
		}
	}
	for name := range sampled {
		if !slices.Contains(names, name) {
			return fmt.Errorf("no stratum %q among %s", name, strings.Join(names, ", "))
		}
	}
	return nil
}
