package matchers

import (
	"maps"
	"slices"
)

// sortedKeys gives a map's keys in order: no map is ever iterated into output.
func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
