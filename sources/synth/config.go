package synth

import "fmt"

// configText is night.yaml. The state directory and the runs are made beside it by the first run.
const configText = `# A synthetic night: every person in it is invented (seed %d).
as_of: %s
caseload: {files: caseload.csv, layout: caseload}
extracts:
  - {name: ncoa, source: postal,     files: "in/ncoa-*.csv",   layout: example-ncoalink, expect: weekly}
  # The positions of ndnh-w4 after 271 are not confirmed by any published source. These files were written by the same
  # layout, so that reading them with it is safe; of a real file's layout make sure first.
  - {name: w4,   source: employment, files: "in/w4-*.txt.gz",  layout: ndnh-w4,          expect: daily, required: true, allow_unconfirmed: true}
  - {name: scra, source: military,   files: "in/scra-*.txt",   layout: scra-result,      expect: monthly}
  - {name: fidm, source: financial,  files: "in/fidm-*.txt",   layout: example-fidm,     expect: quarterly}
# What the agency itself knows.
agency:
  cases:         {files: in/cases.csv}
  addresses:     {files: in/addresses.csv}
  employers:     {files: in/employers.csv}
  invalid_pairs: {files: in/invalid-pairs.csv}
  levies:        {files: in/levies.csv}
  renumbered:    {files: in/renumbered.csv}
state: state
out: runs
`

// fourSuppliers is the config of the night of four suppliers.
func (n *night) fourSuppliers() []config {
	return []config{{"night.yaml", fmt.Sprintf(configText, n.world.seed, n.options.AsOf)}}
}
