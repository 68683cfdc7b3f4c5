package sources_test

import (
	"bytes"
	"encoding/binary"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"

	"locatematch/sources"
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

// TestParquet_DamagedPagesEnd: whatever byte of a compressed page is damaged, reading comes to an end, with rows or with an error: of LZ4
// it took ever more memory.
func TestParquet_DamagedPagesEnd(t *testing.T) {
	l, err := sources.Parse([]byte("name: two\ntitle: Two columns\nsource: other\nstatus: published\norigin: a test's own\nformat: parquet\nrecords: {data: {fields: [{name: id}, {name: name}]}}\n"), "two")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "x")
	for name, codec := range map[string]compress.Codec{"LZ4": &parquet.Lz4Raw, "Snappy": &parquet.Snappy} {
		whole := packedBy(t, codec, 200)
		if got := readText(t, path, whole, l, 1<<20); got.Err != nil || len(got.Rows) != 200 {
			t.Fatalf("%s: %d rows, %v", name, len(got.Rows), got.Err)
		}
		refused := 0
		for at := 4; at < len(whole)-8; at++ {
			data := bytes.Clone(whole)
			data[at] ^= 0xFF
			if got := readText(t, path, data, l, 1<<20); got.Err != nil && strings.Contains(got.Err.Error(), "cannot be decompressed") {
				refused++
			}
		}
		if refused == 0 {
			t.Errorf("%s: no damaged byte was one that no page can be decompressed with", name)
		}
	}
}

// packedBy writes rows under a compression, of values that compress.
func packedBy(t *testing.T, codec compress.Codec, rows int) []byte {
	type row struct {
		ID   string `parquet:"id"`
		Name string `parquet:"name"`
	}
	var b bytes.Buffer
	w := parquet.NewGenericWriter[row](&b, parquet.Compression(codec))
	for i := range rows {
		if _, err := w.Write([]row{{strings.Repeat("0123", i%7), strings.Repeat("DELGADO ", i%5)}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
