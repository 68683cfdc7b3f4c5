package matchers

import (
	"encoding/json"
	"fmt"
	"slices"

	"locatematch/matchers/text"
)

// Fields is written in YAML and JSON either as a list of {name, kind, group}, or shortly as a map from name to kind
// ({given: name, born: {kind: date, group: g}}), which is taken in the order of the names. Either way unknown kinds are left to Validate.
type Fields []Field

// fieldPage is a field as people write it: the kind by its name.
type fieldPage struct {
	Name  string `yaml:"name" json:"name"`
	Kind  string `yaml:"kind" json:"kind"`
	Group string `yaml:"group,omitempty" json:"group,omitempty"`
}

func (p fieldPage) field() (Field, error) {
	kind, ok := text.ParseKind(p.Kind)
	if !ok {
		return Field{}, fmt.Errorf("field %s: no kind named %q%s", p.Name, p.Kind, suggest(p.Kind, fieldKindNames()))
	}
	return Field{Name: p.Name, Kind: kind, Group: p.Group}, nil
}

func (f *Fields) decode(decode func(any) error) error {
	var list []fieldPage
	if listErr := decode(&list); listErr != nil {
		var short map[string]any
		if decode(&short) != nil {
			return listErr
		}
		list = list[:0]
		for name, value := range short {
			page, err := shortField(name, value)
			if err != nil {
				return err
			}
			list = append(list, page)
		}
		slices.SortFunc(list, func(a, b fieldPage) int { return compareStrings(a.Name, b.Name) })
	}
	*f = (*f)[:0]
	for _, page := range list {
		field, err := page.field()
		if err != nil {
			return err
		}
		*f = append(*f, field)
	}
	return nil
}

// shortField reads `name: kind` or `name: {kind: …, group: …}`.
func shortField(name string, value any) (fieldPage, error) {
	page := fieldPage{Name: name}
	switch value := value.(type) {
	case string:
		page.Kind = value
		return page, nil
	case map[string]any:
		for key, v := range value {
			word, _ := v.(string)
			switch key {
			case "kind":
				page.Kind = word
			case "group":
				page.Group = word
			default:
				return page, fmt.Errorf("field %s: no key named %q; a field has kind and group", name, key)
			}
		}
		return page, nil
	}
	return page, fmt.Errorf("field %s: want a kind, as in `%s: name`", name, name)
}

// UnmarshalYAML reads either form. It needs no YAML package: decoders of the usual make call it with their own closure.
func (f *Fields) UnmarshalYAML(decode func(any) error) error { return f.decode(decode) }

// UnmarshalJSON reads either form.
func (f *Fields) UnmarshalJSON(page []byte) error {
	return f.decode(func(v any) error { return json.Unmarshal(page, v) })
}

// MarshalJSON writes the kind by its name.
func (f Field) MarshalJSON() ([]byte, error) { return json.Marshal(f.page()) }

// MarshalYAML writes the kind by its name.
func (f Field) MarshalYAML() (any, error) { return f.page(), nil }

func (f Field) page() fieldPage {
	return fieldPage{Name: f.Name, Kind: f.Kind.String(), Group: f.Group}
}

func fieldKindNames() []string {
	var names []string
	for k := text.Exact; k <= text.Zip; k++ {
		names = append(names, k.String())
	}
	return names
}
