package pipeline

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"locatematch/pipeline/report"
	"locatematch/sources"
	"locatematch/sources/arrival"
)

// KeyConfig says where the keys are that encrypted files are opened with: in files, or in environment variables that are named
// here. No key, and no passphrase, stands in the config itself or on the command line, where others could read it.
type KeyConfig struct {
	Age           string `yaml:"age"`            // path of a file of age identities
	AgeEnv        string `yaml:"age_env"`        // variable that holds such a file's text
	OpenPGP       string `yaml:"openpgp"`        // path of secret keys, and of public keys of senders
	OpenPGPEnv    string `yaml:"openpgp_env"`    // variable that holds such a file's text
	PassphraseEnv string `yaml:"passphrase_env"` // variable that holds the passphrase of secret keys or of files
}

// load reads the keys; nil when none are configured.
func (c *KeyConfig) load(dir, at string) (*arrival.Keys, error) {
	if c == nil {
		return nil, nil
	}
	var from arrival.KeySource
	if c.Age != "" {
		from.AgeFile = beside(dir, c.Age)
	}
	if c.OpenPGP != "" {
		from.OpenPGPFile = beside(dir, c.OpenPGP)
	}
	var faults []error
	for _, v := range []struct {
		key, name string
		into      *string
	}{
		{"age_env", c.AgeEnv, &from.AgeText}, {"openpgp_env", c.OpenPGPEnv, &from.OpenPGPText}, {"passphrase_env", c.PassphraseEnv, &from.Passphrase},
	} {
		if v.name == "" {
			continue
		}
		if *v.into = os.Getenv(v.name); *v.into == "" {
			faults = append(faults, fmt.Errorf("%s.%s: the environment has no variable %s", at, v.key, v.name))
		}
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	keys, err := arrival.LoadKeys(from)
	if err != nil {
		return nil, fmt.Errorf("%s.%w", at, err)
	}
	return keys, nil
}

// Unready is a file that is there and is left alone, because it may not be whole yet.
type Unready struct{ Name, Reason string }

// look is what a file looked like when the plan was made.
type look struct {
	size     int64
	modified time.Time
}

func lookAt(path string) (l look, found bool) {
	info, err := os.Stat(path)
	if err != nil {
		return look{}, false
	}
	return look{info.Size(), info.ModTime()}, true
}

// arrive loads keys and sets aside the files that are not ready.
func (p *Plan) arrive(dir string) error {
	keys, err := p.Config.Keys.load(dir, "keys")
	faults := []error{err}
	settle, err := settleTime("settle", p.Config.Settle)
	faults = append(faults, err)
	now := time.Now()
	p.Caseload.Keys = keys
	p.Caseload.setAside(settle, now)
	for i := range p.Agency {
		p.Agency[i].Keys = keys
		p.Agency[i].setAside(settle, now)
	}
	for i := range p.Extracts {
		f := &p.Extracts[i]
		f.Keys = keys
		at := "extracts." + f.Name
		if f.ExtractConfig.Keys != nil {
			f.Keys, err = f.ExtractConfig.Keys.load(dir, at+".keys")
			faults = append(faults, err)
		}
		own := settle
		if f.Settle != "" {
			own, err = settleTime(at+".settle", f.Settle)
			faults = append(faults, err)
		}
		faults = append(faults, checkDone(at, f.Done))
		f.setAside(own, now)
	}
	return errors.Join(faults...)
}

func settleTime(at, written string) (time.Duration, error) {
	if written == "" {
		return 0, nil
	}
	d, err := time.ParseDuration(written)
	if err != nil || d < 0 {
		return 0, fmt.Errorf("%s: %q is not a length of time such as 60s or 5m", at, written)
	}
	return d, nil
}

// fileWord stands for the file's name in a marker's.
const fileWord = "{file}"

func checkDone(at, done string) error {
	if done == "" {
		return nil
	}
	if _, err := filepath.Match(markerPattern(done), "x"); err != nil || strings.ContainsAny(done, `/\`) {
		return fmt.Errorf(`%s.done: %q is not the name of a marker beside the file, such as "{file}.done" or "*.done"`, at, done)
	}
	return nil
}

// markerPattern matches every marker.
func markerPattern(done string) string { return strings.ReplaceAll(done, fileWord, "*") }

// setAside takes the files that are not ready, and markers, out of the feed's paths. A run goes on without them; commands that
// measure or learn end with an error (firstFault).
func (f *Feed) setAside(settle time.Duration, now time.Time) {
	paths, names := f.Paths, f.Names
	f.Paths, f.Names, f.looks = nil, nil, nil
	for i, path := range paths {
		if marker, _ := filepath.Match(markerPattern(f.Done), filepath.Base(path)); marker && f.Done != "" {
			continue
		}
		seen, found := lookAt(path)
		reason := f.unmarked(path, seen)
		if reason == "" && settle > 0 && found && now.Sub(seen.modified) < settle {
			reason = fmt.Sprintf("written to within the last %v", settle)
		}
		if reason != "" {
			f.Unready = append(f.Unready, Unready{names[i], reason})
			continue
		}
		f.Paths, f.Names, f.looks = append(f.Paths, path), append(f.Names, names[i]), append(f.looks, seen)
	}
}

// unmarked says what is wrong with a file's marker: that it has none, or only one from before the file, which is that of an
// earlier delivery.
func (f *Feed) unmarked(path string, seen look) string {
	if f.Done == "" {
		return ""
	}
	markers := []string{filepath.Join(filepath.Dir(path), strings.ReplaceAll(f.Done, fileWord, filepath.Base(path)))}
	if !strings.Contains(f.Done, fileWord) {
		markers, _ = filepath.Glob(filepath.Join(literal(filepath.Dir(path)), f.Done))
	}
	old := false
	for _, m := range markers {
		marker, found := lookAt(m)
		if found && !marker.modified.Before(seen.modified) {
			return ""
		}
		old = old || found
	}
	want := strings.ReplaceAll(f.Done, fileWord, filepath.Base(path))
	if old {
		return fmt.Sprintf("its marker (%s) is older than the file", want)
	}
	return fmt.Sprintf("its marker (%s) has not come", want)
}

// waiting is an error when a file without which nothing is run is not ready.
func (f *Feed) waiting() error {
	if len(f.Unready) == 0 {
		return nil
	}
	return fmt.Errorf("%s is not ready: %s", f.Unready[0].Name, f.Unready[0].Reason)
}

// stillWritten is why a file is left alone that was another when the plan was made; "" when it is the same.
func (f *Feed) stillWritten(file int) string {
	if seen, found := lookAt(f.Paths[file]); !found || file >= len(f.looks) || seen == f.looks[file] {
		return ""
	}
	return "it changed between two looks: it is still being written"
}

// lookAgain looks at every file a second time, now that the caseload has been read.
func (n *night) lookAgain() {
	for _, x := range n.extracts {
		for f := range x.feed.Paths {
			x.unready[f] = x.feed.stillWritten(f)
		}
	}
}

// leftAlone reports whether a file is not read.
func (x *extractPlan) leftAlone(f int) bool { return x.skip[f] != nil || x.unready[f] != "" }

// notReady is the entry of a file that was left alone, or found to be still written to as it was read. It has no digest: what was
// there of it is nobody's file.
func notReady(name, reason string) report.InputFile {
	return report.InputFile{Name: name, State: report.StateNotReady, Reason: reason}
}

// waits reports whether an extract has a file that was left alone.
func waits(r *report.Extract) bool {
	return slices.ContainsFunc(r.Files, func(f report.InputFile) bool { return f.State == report.StateNotReady })
}

// isChanging reports whether a file was written to while it was read.
func isChanging(err error) bool { return errors.Is(err, sources.ErrChanging) }
