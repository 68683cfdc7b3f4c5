package matchers

import (
	"cmp"
	"maps"
	"slices"
)

// sortedKeys gives a map's keys in order: no map is ever iterated into output.
func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
