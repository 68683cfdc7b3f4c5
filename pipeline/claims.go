package pipeline

import (
	"context"

	"locatematch/matchers"
)

// subjectClaims hold, for the sources whose records compete for their subjects, the weights of each subject's links: for
// whoever wants final weights while the night streams past a second time. It is frozen.
type subjectClaims map[string]*sourceClaims

type sourceClaims struct {
	ratio  float64
	review int32
	of     map[uint32][]int32 // by subject, two links and more
}

// claimsOfSubjects streams the night for its links, where some source's records compete; else it gives none at once.
func (n *night) claimsOfSubjects(ctx context.Context, opt Options) (subjectClaims, error) {
	claims := subjectClaims{}
	for _, x := range n.extracts {
		if ratio := n.repeatRatio(x.feed.Source); ratio < 1 {
			claims[x.feed.Source] = &sourceClaims{ratio: ratio, review: n.bounds.review, of: map[uint32][]int32{}}
		}
	}
	if len(claims) == 0 {
		return nil, nil
	}
	judges, err := n.links(ctx, opt)
	if err != nil {
		return nil, err
	}
	for e, x := range n.extracts {
		of := claims[x.feed.Source]
		for _, j := range judges {
			for _, s := range j.links[e] {
				if of != nil {
					of.of[s.subject] = append(of.of[s.subject], s.weight)
				}
			}
		}
	}
	return claims, nil
}

// part is what a subject's other records of the source take from a pair.
func (c subjectClaims) part(source string, subject uint32, weight int32) int32 {
	of := c[source]
	if of == nil || len(of.of[subject]) == 0 {
		return 0
	}
	r := matchers.NewRepeats(of.ratio, of.review)
	r.Among(of.of[subject])
	return r.Part(weight)
}
