package pipeline

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/goccy/go-yaml"
)

// ErrConfig marks a fault in what the user wrote (flags, night.yaml, spec, model or layout): exit code 2.
var ErrConfig = errors.New("config")

// Config is night.yaml as written. Paths are relative to the file's own folder.
type Config struct {
	AsOf     string          `yaml:"as_of"`    // business date, CCYY-MM-DD; never taken from the clock
	Caseload CaseloadConfig  `yaml:"caseload"` // the people looked for, and those who shield them
	Extracts []ExtractConfig `yaml:"extracts"`
	Agency   *AgencyConfig   `yaml:"agency" json:",omitempty"` // what the agency itself knows; see agency.go
	Spec     string          `yaml:"spec"`                     // path of a spec, or "built-in" (default)
	Model    string          `yaml:"model"`                    // path of a model; absent: the built-in one
	Policy   Layers          `yaml:"policy"`                   // the agency's layers, from wide to narrow; absent: the built-in one alone
	State    string          `yaml:"state"`                    // default "state"
	// Interface is the path of a description of the file that the agency's own system takes in; see pipeline/leads/queue.
	Interface string `yaml:"interface" json:",omitempty"`
	Out       string `yaml:"out"` // default "runs"
	// Restricted names who reads the leads about people who are themselves protected; absent: nobody does. See restricted.go.
	Restricted *RestrictedConfig `yaml:"restricted" json:",omitempty"`

	// Keys and Settle decide whether a file can be read and when, never what is made of it: they are no part of the run's id.
	Keys   *KeyConfig `yaml:"keys" json:"-"`   // for encrypted files; see arriving.go
	Settle string     `yaml:"settle" json:"-"` // files written to within that time are left alone, such as 60s; default 0

	ownState, ownOut string // as the file has them, where a flag names another state
}

// RestrictedConfig names the public keys of the named workers, in place or in a file of its own, a line each.
type RestrictedConfig struct {
	Recipients     []string `yaml:"recipients"`
	RecipientsFile string   `yaml:"recipients_file" json:",omitempty"`
}

// CaseloadConfig names the caseload's files.
type CaseloadConfig struct {
	Files  Patterns `yaml:"files"`
	Layout string   `yaml:"layout"`
}

// ExtractConfig names one supplier's extract of a night.
type ExtractConfig struct {
	Name             string   `yaml:"name"`
	Source           string   `yaml:"source"` // postal, employment, military, financial or other
	Files            Patterns `yaml:"files"`
	Layout           string   `yaml:"layout"`
	Expect           string   `yaml:"expect"`            // nightly, daily, weekly, monthly, quarterly or never; absent: never missed
	Required         bool     `yaml:"required"`          // its absence fails the run
	AllowUnconfirmed bool     `yaml:"allow_unconfirmed"` // accept a layout whose positions no named source confirms
	// AllowRepeatedBatch takes in a file whose batch number came before, as a corrected one.
	AllowRepeatedBatch bool     `yaml:"allow_repeated_batch" json:",omitempty"`
	RejectLimit        *float64 `yaml:"reject_limit"` // share of rows; default 0.01; beyond it the extract is withheld whole
	KnownShare         *float64 `yaml:"known_share"`  // what part of its rows are our people; default: the model's
	// EchoShare is the share of a section's answers that repeat our inquiry from which they do not score; default .98; 0: never. See
	// echoes.go.
	EchoShare *float64 `yaml:"echo_share" json:",omitempty"`

	Keys   *KeyConfig `yaml:"keys" json:"-"`   // in the place of the night's
	Settle string     `yaml:"settle" json:"-"` // in the place of the night's
	Done   string     `yaml:"done" json:"-"`   // marker without which a file is left alone: "{file}.done", or "*.done" for all of a folder
}

// Patterns is one glob pattern or a list of them.
type Patterns []string

// UnmarshalYAML accepts a string or a list of strings.
func (p *Patterns) UnmarshalYAML(b []byte) (err error) {
	if *p, err = oneOrMany(b); err != nil {
		return fmt.Errorf("files: want a pattern or a list of patterns: %w", err)
	}
	return nil
}

// Layers are the paths of policy files: one, or a list of them.
type Layers []string

// UnmarshalYAML accepts a string or a list of strings.
func (l *Layers) UnmarshalYAML(b []byte) (err error) {
	if *l, err = oneOrMany(b); err != nil {
		return errors.New("policy: want a file or a list of files")
	}
	return nil
}

func oneOrMany(b []byte) (many []string, err error) {
	var one string
	if yaml.Unmarshal(b, &one) == nil {
		return []string{one}, nil
	}
	return many, yaml.Unmarshal(b, &many)
}

// readConfig decodes a config file strictly: an unknown key is an error with its line shown.
func readConfig(path string) (*Config, error) {
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: %w; -c names the night's config", ErrConfig, err)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrConfig, err)
	}
	c := &Config{}
	if err := decodeStrict(path, raw, c); err != nil {
		return nil, err
	}
	return c, nil
}

// decodeStrict decodes YAML and marks every fault as the writer's, with the file and an excerpt.
func decodeStrict(path string, raw []byte, into any) error {
	dec := yaml.NewDecoder(bytes.NewReader(raw), yaml.Strict())
	if err := dec.Decode(into); err != nil {
		return fmt.Errorf("%w: %s: %s", ErrConfig, path, yaml.FormatError(err, false, true))
	}
	return nil
}

// beside resolves a path written in a config relative to the config's folder.
func beside(dir, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(dir, path)
}
