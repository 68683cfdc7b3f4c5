package pipeline

import (
	"strings"

	"locatematch/matchers"
	"locatematch/pipeline/report"
)

// blocksOf gives the largest block of every rule, and the largest that its cap has dropped, in the spec's order.
func blocksOf(spec *matchers.Spec, stats matchers.Stats) (blocks []report.Block) {
	for i, rule := range stats.Rules {
		for _, b := range []struct {
			block   matchers.Block
			dropped bool
		}{{rule.Kept, false}, {rule.Capped, true}} {
			if b.block.Subjects > 0 {
				blocks = append(blocks, report.Block{
					Rule: strings.Join(spec.Blocking[i], " + "), Subjects: int64(b.block.Subjects), Key: maskedKey(spec, b.block), Dropped: b.dropped,
				})
			}
		}
	}
	return blocks
}
