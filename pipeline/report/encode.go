package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
)

// Encode gives the bytes of manifest.json: indented, fields in order, breakdowns and outputs sorted by name, sealed, with a
// newline at the end. The manifest itself stays as it is.
func (m *Manifest) Encode() ([]byte, error) {
	c := *m
	normalise(reflect.ValueOf(&c).Elem())
	c.Seal = ""
	open, err := encode(&c)
	if err != nil {
		return nil, err
	}
	digest := sha256.Sum256(open)
	c.Seal = hex.EncodeToString(digest[:])
	return encode(&c)
}

func encode(m *Manifest) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(m)
	return b.Bytes(), err
}

// normalise brings a value to the one form it is written in: slices copied, never null, counts and files sorted by name,
// strings valid UTF-8 (names of files on disk need not be).
func normalise(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(strings.ToValidUTF8(v.String(), "\uFFFD"))
	case reflect.Struct:
		for i := range v.NumField() {
			normalise(v.Field(i))
		}
	case reflect.Slice:
		c := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(c, v)
		v.Set(c)
		for i := range v.Len() {
			normalise(v.Index(i))
		}
		switch s := v.Interface().(type) {
		case []Count:
			slices.SortStableFunc(s, func(a, b Count) int { return strings.Compare(a.Name, b.Name) })
		case []File:
			slices.SortStableFunc(s, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
		}
	}
}

// errChanged is a manifest whose bytes are not those that Encode gave.
var errChanged = errors.New("the manifest was changed after it was written: its seal does not fit")

// Decode reads manifest.json. It refuses unknown fields, other formats, anything behind the end, and a manifest that was
// changed after it was written.
func Decode(data []byte) (*Manifest, error) {
	var head struct {
		Format int `json:"format"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return nil, fmt.Errorf("not a manifest: %w", err)
	}
	if head.Format != Format {
		return nil, fmt.Errorf("manifest format %d, this version reads %d", head.Format, Format)
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	m := &Manifest{}
	if err := d.Decode(m); err != nil {
		return nil, fmt.Errorf("not a manifest: %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("not a manifest: something follows its end")
	}
	if sealed, err := m.Encode(); err != nil || !bytes.Equal(sealed, data) {
		return nil, errors.Join(errChanged, err)
	}
	return m, nil
}
