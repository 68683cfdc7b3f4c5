package arrival

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/klauspost/compress/zip"
)

// unzip opens the one member of a zip. Its directory stands at the end: the
// file itself is read at random, a zip inside another layer is held in memory.
func (l *layer) unzip(in *bufio.Reader, name string) (string, error) {
	var r io.ReaderAt = l.file.disk.file
	size := l.file.disk.size
	if l.inner > 0 {
		held, err := hold(in, mostHeld)
		if err != nil {
			return name, err
		}
		r, size = bytes.NewReader(held), int64(len(held))
	} else {
		l.file.rewind()
	}
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return name, err
	}
	member, err := only(archive.File)
	if err != nil {
		return name, err
	}
	body, err := member.Open()
	if err != nil {
		return name, err
	}
	l.reader = body
	l.file.close = append(l.file.close, func() { body.Close() })
	return path.Base(strings.ReplaceAll(member.Name, `\`, "/")), nil
}

// rewind takes back what was read of the disk, for Digest.
func (f *File) rewind() {
	f.outer = nil
	f.disk.digest.reset()
	f.disk.read = 0
	f.disk.file.Seek(0, io.SeekStart) // a file that cannot be sought gives another digest and another error below
}

// only is the single member of an archive, folders aside.
func only(members []*zip.File) (*zip.File, error) {
	members = slices.DeleteFunc(slices.Clone(members), func(m *zip.File) bool { return m.FileInfo().IsDir() })
	switch {
	case len(members) == 0:
		return nil, refuse("a zip without a file in it")
	case len(members) > 1:
		return nil, several(members)
	case members[0].Flags&1 != 0:
		return nil, refuse("the file in it has a zip password, which is no protection and is not read; age and OpenPGP are")
	}
	return members[0], nil
}

// mostNamed members are named in a message.
const mostNamed = 10

// several says which members there are. A spreadsheet is such a zip.
func several(members []*zip.File) error {
	var names []string
	for i, m := range members {
		if m.Name == "[Content_Types].xml" {
			return refuse("a spreadsheet or document, not a file of records: save it as CSV")
		}
		if i < mostNamed {
			names = append(names, fmt.Sprintf("%q", masked(m.Name)))
		}
	}
	list := strings.Join(names, ", ")
	if len(members) > mostNamed {
		list += fmt.Sprintf(" and %d more", len(members)-mostNamed)
	}
	return refuse("%d files in one zip (%s): send each by itself", len(members), list)
}

// masked is a member's name with runs of five digits and more struck out, but
// for dates: a file may be named for a person (I11).
func masked(name string) string {
	b := []byte(name)
	for i := 0; i < len(b); i++ {
		from := i
		for i < len(b) && b[i] >= '0' && b[i] <= '9' {
			i++
		}
		if n := i - from; n >= 5 && !(n == 8 && (b[from] == '1' || b[from] == '2')) {
			copy(b[from:i], bytes.Repeat([]byte{'#'}, n))
		}
	}
	return string(b)
}
