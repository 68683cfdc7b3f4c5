package charts_test

import (
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// drawing is an SVG taken apart again: what a reader of the page would see.
type drawing struct {
	title, says string
	paths       []path
	texts       []string
}

type path struct {
	style  string
	dashed string
	points [][2]float64
}

// read parses strictly, so that a drawing that is not well formed fails.
func read(t interface {
	Helper()
	Fatalf(string, ...any)
}, svg string) (d drawing) {
	t.Helper()
	decoder := xml.NewDecoder(strings.NewReader(svg))
	var open string
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return d
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, svg)
		}
		switch x := token.(type) {
		case xml.StartElement:
			if open = x.Name.Local; open == "path" {
				d.paths = append(d.paths, path{attribute(x, "style"), attribute(x, "stroke-dasharray"), points(t, attribute(x, "d"))})
			}
		case xml.EndElement:
			open = ""
		case xml.CharData:
			switch open {
			case "title":
				d.title += string(x)
			case "desc":
				d.says += string(x)
			case "text":
				d.texts = append(d.texts, string(x))
			}
		}
	}
}

func attribute(x xml.StartElement, name string) string {
	for _, a := range x.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

var number = regexp.MustCompile(`-?[0-9.]+`)

func points(t interface {
	Helper()
	Fatalf(string, ...any)
}, d string) (list [][2]float64) {
	all := number.FindAllString(d, -1)
	for i := 0; i+1 < len(all); i += 2 {
		x, errX := strconv.ParseFloat(all[i], 64)
		y, errY := strconv.ParseFloat(all[i+1], 64)
		if err := errors.Join(errX, errY); err != nil {
			t.Fatalf("path %q: %v", d, err)
		}
		list = append(list, [2]float64{x, y})
	}
	return list
}

// having gives the paths whose style holds some words.
func (d drawing) having(words string) (list []path) {
	for _, p := range d.paths {
		if strings.Contains(p.style, words) {
			list = append(list, p)
		}
	}
	return list
}

func must(t *testing.T, svg string, err error) string {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return svg
}
