package pipeline

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"locatematch/matchers"
	"locatematch/matchers/text"
)

// countFile counts an agency's own table, a CSV with the columns field, value and count: values are brought to standard form
// by the field's kind, and those that become equal add up. A row without a value counts everybody whose value is not listed.
func countFile(path string, spec *matchers.Spec, into *matchers.ValueCounter) error {
	fields := map[string]int{}
	for _, f := range into.Fields() {
		fields[spec.Fields[f].Name] = f
	}
	return eachRow(path, []string{"field", "value", "count"}, func(v []string) error {
		f, known := fields[v[0]]
		if !known {
			return fmt.Errorf("field %q: no comparison weighs it by frequency; those that are weighed: %s", v[0], strings.Join(sortedNames(fields), ", "))
		}
		count, err := strconv.ParseUint(strings.TrimSpace(v[2]), 10, 32)
		if err != nil || count == 0 {
			return fmt.Errorf("field %s: count %q is not a whole number from 1 to 4294967295", v[0], v[2])
		}
		if strings.TrimSpace(v[1]) == "" {
			into.AddOthers(f, uint32(count))
			return nil
		}
		std, _, validity := text.Standardise(spec.Fields[f].Kind, 0, nil, []byte(v[1]))
		if validity != text.Valid {
			return fmt.Errorf("field %s: %q is no valid value (%s); leave the value empty for all the others", v[0], printable(v[1]), validity)
		}
		into.Add(f, std, uint32(count))
		return nil
	})
}

func sortedNames(fields map[string]int) []string {
	names := make([]string, 0, len(fields))
	for name := range fields {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
