package main

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"locatematch/pipeline"
)

func newInquiry() *cobra.Command {
	var config string
	var over pipeline.Overrides
	var opt pipeline.InquiryOptions
	var asJSON bool
	c := &cobra.Command{
		Use:   "inquiry -c night.yaml --out FILE",
		Short: "Write the file that asks banks, or the military, about the caseload",
		Long: `inquiry writes the file that an agency sends to ask about the people on its caseload.

--kind fidm (the default) is the inquiry of a financial data match (Method 2): a D record with
the month, an I record for each SSN of a person, a T record that counts them, 99 bytes each.
In it are those for whom policy allows bank data: by the built-in rules parents who owe
past-due support. --kind scra is the batch request for active duty status.

Shields and protected people are not asked about, nor is anybody by a number that the agency
knows to be somebody else's, or that stands with a shield or a protected person too. The same caseload, policy and date give the same bytes.

Both layouts are unconfirmed: compare them with the receiver's own description, then say
--allow-unconfirmed, or name your own with --layout.

The file holds SSNs and is for its owner alone (mode 0600). What was asked about whom is noted
in state/audit.jsonl, without a number.`,
		Example: `  locatematch inquiry -c night.yaml --allow-unconfirmed --fips 20000 --out inquiry.txt
  locatematch inquiry -c night.yaml --kind scra --layout ./scra.yaml --out request.txt`,
		Args: exactly(0, "no argument but flags"),
		RunE: func(c *cobra.Command, _ []string) error {
			if opt.Out == "" {
				return fmt.Errorf("%w: --out FILE: the inquiry holds SSNs, and goes to a file alone", errUsage)
			}
			if !slices.Contains(pipeline.InquiryKinds, opt.Kind) {
				return fmt.Errorf("%w: --kind %s: want one of %s", errUsage, opt.Kind, strings.Join(pipeline.InquiryKinds, ", "))
			}
			plan, err := pipeline.Load(config, over)
			if err != nil {
				return err
			}
			result, err := pipeline.WriteInquiry(c.Context(), plan, opt)
			if err != nil {
				return err
			}
			return show(c, asJSON, result, func(out io.Writer, q *pipeline.Inquiry) error {
				fmt.Fprintf(out, "%s: records: %d, people: %d\n", filepath.Base(opt.Out), q.Records, q.People)
				for _, left := range q.LeftOut {
					fmt.Fprintf(out, "left out, %s: %d\n", left.Name, left.N)
				}
				if q.Needs != "" {
					printWrapped(out, q.Needs)
				}
				return nil
			})
		},
	}
	flags := c.Flags()
	flags.StringVarP(&config, "config", "c", "night.yaml", "the night's config")
	flags.StringVar(&over.AsOf, "as-of", "", "business date CCYY-MM-DD, instead of the config's")
	flags.StringSliceVar(&over.Policy, "policy", nil, "policy file, or built-in, instead of the config's; again for a further layer")
	flags.StringVar(&opt.Kind, "kind", "fidm", strings.Join(pipeline.InquiryKinds, " or "))
	flags.StringVar(&opt.Layout, "layout", "", "path of a layout of your own")
	flags.BoolVar(&opt.AllowUnconfirmed, "allow-unconfirmed", false, "write in a layout whose positions no named source confirms")
	flags.StringVar(&opt.FIPS, "fips", "", "our FIPS code, five digits, to be passed back")
	flags.StringVar(&opt.Out, "out", "", "the file to write")
	flags.BoolVar(&asJSON, "json", false, "print one JSON document")
	return c
}
