package sources_test

import (
	"encoding/binary"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"

	"locatematch/sources/sourcetest"
)

// TestParquet_SaysMoreThanItHas: a file whose footer, or a page of which, says that it has more bytes than the file is refused, before the
// library makes room for them: four gigabytes for a file of two kilobytes ended the program where memory was limited.
func TestParquet_SaysMoreThanItHas(t *testing.T) {
	l := loadTest(t, "extract-parquet")
	whole := sourcetest.Sample(t, l, 3)
	path := filepath.Join(t.TempDir(), "x")
	for what, c := range map[string]struct {
		damage func(data []byte)
		words  string
	}{
		"footer": {func(data []byte) { binary.LittleEndian.PutUint32(data[len(data)-8:], 1<<32-1) }, "its footer has more bytes by its own word than the file"},
		"page": {func(data []byte) {
			var header format.PageHeader // of the first page, behind the file's mark
			var protocol thrift.CompactProtocol
			if err := thrift.NewDecoder(protocol.NewReaderFromBytes(data[4:])).Decode(&header); err != nil {
				t.Fatal(err)
			}
			header.CompressedPageSize = 1<<31 - 1
			encoded, err := thrift.Marshal(&protocol, &header)
			if err != nil {
				t.Fatal(err)
			}
			copy(data[4:], encoded)
		}, "a page has more bytes by its own word than the file"},
		"no page": {func(data []byte) { copy(data[4:], "\xff\xff\xff\xff\xff\xff\xff\xff") }, "the header of a page is none"},
	} {
		data := append([]byte{}, whole...)
		c.damage(data)
		got := readText(t, path, data, l, 1<<20)
		if got.Err == nil || !strings.Contains(got.Err.Error(), c.words) {
			t.Errorf("%s: %v, want %q", what, got.Err, c.words)
		}
	}
	if got := readText(t, path, whole, l, 1<<20); got.Err != nil || len(got.Rows) != 3 {
		t.Errorf("the whole file: %d rows, %v", len(got.Rows), got.Err)
	}
}
