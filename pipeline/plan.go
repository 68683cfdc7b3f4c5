package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"locatematch/matchers"
	"locatematch/pipeline/leads/policy"
	"locatematch/pipeline/leads/restricted"
	"locatematch/sources"
	"locatematch/sources/arrival"
)

// DefaultRejectLimit is the share of an extract's rows that may be rejected before the extract is withheld whole. One row in
// a hundred is far above the noise of a healthy feed and far below what a shifted column or a wrong layout rejects.
const DefaultRejectLimit = 0.01

// Plan is what a Config means: dates parsed, layouts, spec and model loaded, every file found. It is fixed before the first
// byte of an extract is read.
type Plan struct {
	Config     *Config
	ConfigPath string
	AsOf       int32 // ccyymmdd
	Spec       *matchers.Spec
	Model      *matchers.Model
	Policy     *policy.Policy
	Caseload   Feed
	Extracts   []Feed
	Agency     []knowledgeFeed        // what the agency itself knows, in the order it is read
	Restricted *restricted.Recipients // nil: no restricted queue is set up
	Workspace  Workspace
	Digests    PlanDigests
	Baseline   bool // the first night: history is seeded, nothing is news
}

// PlanDigests are SHA-256 in hexadecimal of what decides a run besides its data.
type PlanDigests struct{ Config, Spec, Model, Policy string }

// Feed is one set of files read by one layout.
type Feed struct {
	ExtractConfig
	Layout      *sources.Layout
	Paths       []string  // sorted; empty when the extract is absent
	Names       []string  // by path: what the file is called in every output
	Unready     []Unready // there, and left alone
	Keys        *arrival.Keys
	looks       []look // by path
	RejectLimit float64
	KnownShare  float64
}

// Overrides are what flags say over the config. Zero values change nothing.
type Overrides struct {
	AsOf, Spec, Model, State, Out string
	Policy                        []string
	Baseline                      bool
}

// Load reads a config and resolves it. All faults come back together, each naming the key it stands at.
func Load(path string, over Overrides) (*Plan, error) {
	c, err := readConfig(path)
	if err != nil {
		return nil, err
	}
	over.apply(c, filepath.Dir(path))
	p, err := newPlan(c, path)
	if p != nil {
		p.Baseline = over.Baseline
	}
	return p, err
}

func (o Overrides) apply(c *Config, dir string) {
	set := func(into *string, value string) {
		if value != "" {
			*into = value
		}
	}
	// A path given by flag is relative to where the user stands, not to the config.
	here := func(p string) string {
		if p == "" || p == builtIn || dir == "." {
			return p
		}
		if abs, err := filepath.Abs(p); err == nil {
			return abs
		}
		return p
	}
	set(&c.AsOf, o.AsOf)
	set(&c.Spec, here(o.Spec))
	set(&c.Model, here(o.Model))
	if len(o.Policy) > 0 {
		c.Policy = nil
		for _, layer := range o.Policy {
			c.Policy = append(c.Policy, here(layer))
		}
	}
	if o.State != "" {
		c.ownState, c.ownOut = orDefault(c.State, "state"), orDefault(c.Out, "runs")
	}
	set(&c.State, here(o.State))
	set(&c.Out, here(o.Out))
}

func newPlan(c *Config, path string) (*Plan, error) {
	p := &Plan{Config: c, ConfigPath: path}
	dir := filepath.Dir(path)
	var faults []error
	fault := func(err error) {
		if err != nil {
			faults = append(faults, err)
		}
	}
	var err error
	p.AsOf, err = businessDate(c.AsOf)
	fault(err)
	p.Spec, err = LoadSpec(specPath(dir, c.Spec))
	fault(underKey("spec: ", err))
	if p.Spec != nil {
		p.Model, err = LoadModel(p.modelPath(), p.Spec)
		fault(underKey("model: ", err))
	}
	p.Policy, err = LoadPolicy(layerPaths(dir, c.Policy))
	fault(underKey("", err)) // says "policy" itself
	p.Caseload, err = caseloadFeed(dir, c.Caseload)
	fault(err)
	p.Extracts, err = p.extractFeeds(dir, c.Extracts)
	fault(err)
	agencyFeeds, agencyFaults := knowledgeFeeds(dir, c.Agency)
	p.Agency, faults = agencyFeeds, append(faults, agencyFaults...)
	fault(p.arrive(dir))
	p.Restricted, err = recipientsOf(c.Restricted, dir)
	fault(err)
	if c.Interface != "" { // a night needs it only when its queues are exported, which is too late to learn of a fault
		_, err = readInterface(beside(dir, c.Interface))
		fault(underKey("interface: ", err))
	}
	p.Workspace = workspaceOf(c, dir)
	if p.Workspace.Runs == p.Workspace.State {
		fault(fmt.Errorf("out and state: both are %s; a run and its state have one name, so each needs a folder of its own",
			p.Workspace.Runs))
	}
	if len(faults) > 0 {
		return nil, fmt.Errorf("%w: %s:\n%w", ErrConfig, path, errors.Join(faults...))
	}
	return p, p.digest()
}

// underKey puts a key before a fault that is one of many, in the place of the mark that all of them get together.
func underKey(key string, err error) error {
	if err == nil {
		return nil
	}
	return errors.New(key + strings.TrimPrefix(err.Error(), ErrConfig.Error()+": "))
}

func (p *Plan) modelPath() string { return specPath(filepath.Dir(p.ConfigPath), p.Config.Model) }

func specPath(dir, path string) string {
	if path == "" || path == builtIn {
		return builtIn
	}
	return beside(dir, path)
}

func layerPaths(dir string, layers []string) (paths []string) {
	for _, layer := range layers {
		paths = append(paths, specPath(dir, layer))
	}
	return paths
}

func orDefault(s, def string) string {
	if s == "" {
		return def
	}
	return s
}

func caseloadFeed(dir string, c CaseloadConfig) (Feed, error) {
	f := Feed{ExtractConfig: ExtractConfig{Name: "caseload", Files: c.Files, Layout: orDefault(c.Layout, "caseload")}}
	f.RejectLimit = DefaultRejectLimit
	if len(c.Files) == 0 {
		return f, errors.New("caseload.files: name the caseload's file, for example caseload.csv")
	}
	return f, f.resolve(dir, "caseload")
}

func (p *Plan) extractFeeds(dir string, configs []ExtractConfig) ([]Feed, error) {
	var faults []error
	names := map[string]bool{}
	feeds := make([]Feed, 0, len(configs))
	if len(configs) == 0 {
		faults = append(faults, errors.New("extracts: name at least one extract"))
	}
	for i, c := range configs {
		at := fmt.Sprintf("extracts[%d]", i)
		if c.Name != "" {
			at = "extracts." + c.Name
		}
		f := Feed{ExtractConfig: c, RejectLimit: DefaultRejectLimit}
		faults = append(faults, f.check(at, names)...)
		if err := f.resolve(dir, at); err != nil {
			faults = append(faults, err)
		}
		f.share(p.Model)
		names[c.Name] = true
		feeds = append(feeds, f)
	}
	return feeds, errors.Join(faults...)
}

var extractName = strings.NewReplacer("-", "", "_", "")

// check finds what is wrong with the config of one extract, apart from its layout and files.
func (f *Feed) check(at string, taken map[string]bool) (faults []error) {
	add := func(format string, args ...any) {
		faults = append(faults, fmt.Errorf("%s."+format, append([]any{at}, args...)...))
	}
	switch {
	case f.Name == "":
		add("name: an extract needs a name of its own")
	case f.Name == "caseload", f.Name == "all":
		add("name: %q is the product's own word in reports; use another name", f.Name)
	case taken[f.Name]:
		add("name: %q stands twice; each extract needs a name of its own", f.Name)
	case strings.ContainsFunc(extractName.Replace(f.Name), notWordRune):
		add("name: %q: use letters, digits, - and _", f.Name)
	}
	if len(f.Files) == 0 {
		add("files: name the extract's files, for example in/%s-*.csv", orDefault(f.Name, "w4"))
	}
	if f.ExtractConfig.Layout == "" {
		add("layout: name a layout (`locatematch layouts` lists them)")
	}
	if f.ExtractConfig.RejectLimit != nil {
		if f.RejectLimit = *f.ExtractConfig.RejectLimit; f.RejectLimit < 0 || f.RejectLimit > 1 {
			add("reject_limit: %v is not a share between 0 and 1", f.RejectLimit)
		}
	}
	if s := f.ExtractConfig.KnownShare; s != nil && (*s <= 0 || *s >= 1) {
		add("known_share: %v is not a share between 0 and 1", *s)
	}
	if s := f.ExtractConfig.EchoShare; s != nil && *s != 0 && (*s < .5 || *s > 1) {
		add("echo_share: %v is not a share between 0.5 and 1, nor 0 for never", *s)
	}
	if f.Expect != "" && !slices.Contains(rhythms, f.Expect) {
		add("expect: %q is none of %s", f.Expect, strings.Join(rhythms, ", "))
	}
	return faults
}

// rhythms are how often a feed may be expected. Any of them but "never" makes an absence worth exit code 3; a calendar of
// each rhythm's own due days is not kept yet.
var rhythms = []string{"nightly", "daily", "weekly", "monthly", "quarterly", "never"}

func notWordRune(r rune) bool {
	return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9')
}

// resolve loads the layout and finds the files.
func (f *Feed) resolve(dir, at string) error {
	var faults []error
	if f.ExtractConfig.Layout != "" {
		layout, err := sources.Load(layoutPath(dir, f.ExtractConfig.Layout))
		if err != nil {
			faults = append(faults, fmt.Errorf("%s.layout: %w", at, err))
		} else {
			f.Layout = layout
			faults = append(faults, f.checkLayout(at)...)
		}
	}
	for _, pattern := range f.Files {
		if strings.TrimSpace(pattern) == "" {
			faults = append(faults, fmt.Errorf("%s.files: an empty pattern names no file", at))
			continue
		}
		found, err := filepath.Glob(beside(literal(dir), pattern))
		if err != nil {
			faults = append(faults, fmt.Errorf("%s.files: %q is not a pattern: %w", at, pattern, err))
		}
		f.Paths = append(f.Paths, regular(found)...)
	}
	slices.Sort(f.Paths)
	f.Paths = slices.Compact(f.Paths)
	f.Names = fileNames(f.Paths)
	return errors.Join(faults...)
}

// fileNames gives each path its base name, and where two have the same (in/mon/w4.txt, in/tue/w4.txt) as many folders before
// it as tell them apart: line 7 of a file is one place, and the order of links is one order (I8).
func fileNames(paths []string) []string {
	names := make([]string, len(paths))
	for elements := 1; ; elements++ {
		taken := map[string]bool{}
		for i, path := range paths {
			parts := strings.Split(filepath.ToSlash(path), "/")
			names[i] = strings.Join(parts[max(0, len(parts)-elements):], "/")
			taken[names[i]] = true
		}
		if len(taken) == len(paths) {
			return names
		}
	}
}

func (f *Feed) checkLayout(at string) (faults []error) {
	if f.Layout.Status == sources.Unconfirmed && !f.AllowUnconfirmed {
		faults = append(faults, fmt.Errorf("%s.layout: %s is unconfirmed (%s); set allow_unconfirmed: true once its positions are checked against the supplier's own description",
			at, f.Layout.Name, f.Layout.Origin))
	}
	if f.Source == "" {
		f.Source = f.Layout.Source
	}
	if f.Source != f.Layout.Source && f.Name != "caseload" && f.Layout.Source != "other" {
		faults = append(faults, fmt.Errorf("%s.source: %q, but layout %s describes a %s file", at, f.Source, f.Layout.Name, f.Layout.Source))
	}
	return faults
}

// layoutPath makes a layout file's path relative to the config; built-in names stay names.
func layoutPath(dir, name string) string {
	if strings.ContainsRune(name, '/') || strings.HasSuffix(name, ".yaml") || strings.HasSuffix(name, ".yml") {
		path := beside(dir, name)
		if !strings.ContainsRune(path, '/') {
			path = "./" + path
		}
		return path
	}
	return name
}

// literal makes a folder's name mean itself in a pattern: the config may lie in "night [test]".
func literal(dir string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`).Replace(dir)
}

// regular leaves folders and devices out. What cannot be looked at stays: that it is there and cannot be read is the
// reader's to say, and would otherwise pass for an extract that did not come.
func regular(paths []string) []string {
	return slices.DeleteFunc(paths, func(p string) bool {
		info, err := os.Stat(p)
		return err == nil && !info.Mode().IsRegular()
	})
}

// share fixes the prior's known share for the extract: the config's word, else the model's for the source.
func (f *Feed) share(m *matchers.Model) {
	switch {
	case f.ExtractConfig.KnownShare != nil:
		f.KnownShare = *f.ExtractConfig.KnownShare
	case m != nil:
		f.KnownShare = m.Share(f.Source)
	}
}

// Adopt puts another model in the place of the plan's, with its known shares, whatever the config says of them.
func (p *Plan) Adopt(m *matchers.Model) error {
	if err := m.Check(p.Spec); err != nil {
		return err
	}
	p.Model = m
	for i := range p.Extracts {
		p.Extracts[i].KnownShare = m.Share(p.Extracts[i].Source)
	}
	return p.digest()
}

// digest takes the digests of config, spec, model and policy. The config's digest leaves out where results go and where spec,
// model and policy lie, which have digests of their own: the same night in or into another folder is the same run.
func (p *Plan) digest() error {
	c := *p.Config
	c.State, c.Out, c.Spec, c.Model, c.Policy = "", "", "", "", nil
	c.Interface = ""         // no byte of a run depends on it
	if c.Restricted != nil { // the keys, wherever they are written
		c.Restricted = &RestrictedConfig{Recipients: p.Restricted.Names()}
	}
	written := struct {
		Config  Config
		Layouts []string
	}{Config: c, Layouts: []string{p.Caseload.Layout.Digest}}
	for _, f := range p.Extracts {
		written.Layouts = append(written.Layouts, f.Layout.Digest)
	}
	for _, f := range p.Agency {
		written.Layouts = append(written.Layouts, f.Layout.Digest)
	}
	config, err := json.Marshal(written)
	if err != nil {
		return err
	}
	model, err := p.Model.Encode()
	if err != nil {
		return err
	}
	p.Digests = PlanDigests{Config: hexDigest(config), Spec: p.Spec.Digest(), Model: hexDigest(model), Policy: p.Policy.Digest()}
	return nil
}

func hexDigest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// LoadWorkspace reads from a config only where runs and state are, for commands that read what was published.
func LoadWorkspace(path string, over Overrides) (Workspace, error) {
	c, err := readConfig(path)
	if err != nil {
		return Workspace{}, err
	}
	dir := filepath.Dir(path)
	over.apply(c, dir)
	return workspaceOf(c, dir), nil
}

func workspaceOf(c *Config, dir string) Workspace {
	w := Workspace{Runs: beside(dir, orDefault(c.Out, "runs")), State: beside(dir, orDefault(c.State, "state"))}
	if c.ownState != "" {
		w.protected, w.protectedRuns = beside(dir, c.ownState), beside(dir, c.ownOut)
	}
	return w
}

// ConfiguredPolicy is the policy that a config names, for commands that need no more of the night.
func ConfiguredPolicy(path string) (*policy.Policy, error) {
	c, err := readConfig(path)
	if err != nil {
		return nil, err
	}
	return LoadPolicy(layerPaths(filepath.Dir(path), c.Policy))
}
