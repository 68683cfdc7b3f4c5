package synth

import (
	"fmt"
	"io"
	"path/filepath"
)

// nightConfig is one night's night.yaml. No extract is required: some come late on purpose.
const nightConfig = `# Night %d of %d: every person in it is invented (seed %d).
as_of: %s
caseload: {files: caseload.csv, layout: caseload}
extracts:
  - {name: ncoa, source: postal,     files: "in/ncoa-*.csv",   layout: example-ncoalink, expect: weekly}
  # The positions of ndnh-w4 after 271 are not confirmed by any published source. These files were written by the same
  # layout, so that reading them with it is safe; of a real file's layout make sure first.
  - {name: w4,   source: employment, files: "in/w4-*.txt.gz",  layout: ndnh-w4,          expect: daily, allow_unconfirmed: true}
  - {name: scra, source: military,   files: "in/scra-*.txt",   layout: scra-result,      expect: monthly}
  - {name: fidm, source: financial,  files: "in/fidm-*.txt",   layout: example-fidm,     expect: quarterly}
%sstate: ../state
out: ../runs
`

const agencyConfig = `agency:
  cases:         {files: agency/cases.csv,         layout: agency-cases}
  addresses:     {files: agency/addresses.csv,     layout: agency-addresses}
  employers:     {files: agency/employers.csv,     layout: agency-employers}
  invalid_pairs: {files: agency/invalid-pairs.csv, layout: agency-invalid-pairs}
  levies:        {files: agency/levies.csv,        layout: agency-levies}
  renumbered:    {files: agency/renumbered.csv,    layout: agency-renumbered}
`

func (n *nights) writeConfig(dir string, night int) error {
	return writeFile(filepath.Join(dir, "night.yaml"), func(out io.Writer) error {
		_, err := fmt.Fprintf(out, nightConfig, night, n.count, n.world.seed, n.day(night).date(), pickText(n.options.NoAgency, "", agencyConfig))
		return err
	})
}
