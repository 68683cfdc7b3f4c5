package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"locatematch/pipeline"
	"locatematch/pipeline/leads/policy"
)

func newPolicy() *cobra.Command {
	c := &cobra.Command{
		Use:   "policy",
		Short: "Show, check and try the rules by which leads may be used",
		Args:  noSuchCommand,
		RunE:  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(newPolicyShow(), newPolicyCheck(), newPolicyTest())
	return c
}

func newPolicyShow() *cobra.Command {
	var config string
	var layers []string
	var asJSON bool
	c := &cobra.Command{
		Use:   "show [-c night.yaml] [--policy FILE]",
		Short: "List every rule, its layer, its citation and who has checked it",
		Long: `policy show lists the rules that say which source may be used for whom, what may be
done with a lead, which clocks run, what has to be watched for, and how long data
are kept. Without flags it shows the built-in federal layer; with -c, the layers
that the config names; with --policy, the layers given, from wide to narrow.

A rule that a later layer has changed is shown below the one that counts. Rules
that nobody has checked say so.`,
		Example: `  locatematch policy show
  locatematch policy show -c night.yaml
  locatematch policy show --policy state.yaml --policy county.yaml --json`,
		Args: exactly(0, "no argument but flags"),
		RunE: func(c *cobra.Command, _ []string) error {
			p, err := policyOf(config, layers)
			if err != nil {
				return err
			}
			return show(c, asJSON, documentOf(p), printPolicy)
		},
	}
	flags := c.Flags()
	flags.StringVarP(&config, "config", "c", "", "config whose policy is shown")
	flags.StringSliceVar(&layers, "policy", nil, "policy file, instead of the config's; again for a further layer")
	flags.BoolVar(&asJSON, "json", false, "print one JSON document")
	return c
}

// policyOf is the policy that flags name: its files before a config, and the built-in one where there is neither.
func policyOf(config string, layers []string) (*policy.Policy, error) {
	if config == "" || len(layers) > 0 {
		return pipeline.LoadPolicy(layers)
	}
	return pipeline.ConfiguredPolicy(config)
}

// policyDocument is what policy show prints.
type policyDocument struct {
	Digest string       `json:"digest"`
	Rules  []policyRule `json:"rules"`
}

type policyRule struct {
	ID           string `json:"id"`
	Group        string `json:"group"`
	Layer        string `json:"layer"`
	Words        string `json:"words"`
	Does         string `json:"does"`
	Citation     string `json:"citation"`
	CheckedBy    string `json:"checked_by"`
	CheckedOn    string `json:"checked_on"`
	Reviewed     string `json:"reviewed"`
	Off          bool   `json:"off"`
	OverriddenBy string `json:"overridden_by"`
	Conflict     string `json:"conflict"`
}

func documentOf(p *policy.Policy) policyDocument {
	d := policyDocument{Digest: p.Digest()}
	for _, r := range p.Rules() {
		d.Rules = append(d.Rules, policyRule{
			ID: r.ID, Group: r.Group, Layer: r.Layer, Words: r.Words, Does: r.Does, Citation: r.Citation, CheckedBy: r.CheckedBy,
			CheckedOn: r.CheckedOn, Reviewed: r.Reviewed(), Off: r.Off, OverriddenBy: r.OverriddenBy, Conflict: r.Conflict,
		})
	}
	return d
}

// printPolicy prints a table for each group, with what a rule says and does below its line.
func printPolicy(out io.Writer, d policyDocument) error {
	group, widest, unreviewed, counting := "", 0, 0, 0
	for _, r := range d.Rules {
		widest = max(widest, len(r.ID))
	}
	for _, r := range d.Rules {
		if r.Group != group {
			group = r.Group
			fmt.Fprintf(out, "\n%s\n%-*s  %-7s  %-12s  %s\n", strings.ToUpper(group), widest, "RULE", "LAYER", "REVIEWED", "CITATION")
		}
		fmt.Fprintf(out, "%-*s  %-7s  %-12s  %s\n", widest, r.ID, r.Layer, cmp.Or(r.CheckedOn, "not reviewed"), r.Citation)
		printWrapped(out, r.standing()+r.Words)
		for _, further := range []string{r.Does, r.Conflict} {
			if further != "" {
				printWrapped(out, "["+further+"]")
			}
		}
		if !r.Off && r.OverriddenBy == "" {
			counting++
			if r.CheckedBy == "" {
				unreviewed++
			}
		}
	}
	_, err := fmt.Fprintf(out, "\n%d rules count, %d of them not reviewed; policy %s\n", counting, unreviewed, d.Digest[:12])
	return err
}

// standing says before a rule's words that it does not count, and why.
func (r policyRule) standing() string {
	switch {
	case r.OverriddenBy != "":
		return "(changed by the " + r.OverriddenBy + " layer) "
	case r.Off:
		return "(off) "
	}
	return ""
}
