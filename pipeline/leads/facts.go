package leads

import "encoding/binary"

// Facts are the fact columns of a sighting, packed: each filled column as its number, its length and its bytes. A record
// fills a dozen of the forty columns, and a night keeps a sighting for every linked record, so that a slice of strings would
// cost ten times the values.
type Facts string

// PackFacts packs values in the order of FactColumns.
func PackFacts(values []string) Facts {
	var packed []byte
	for column, v := range values {
		if v == "" {
			continue
		}
		packed = binary.AppendUvarint(append(packed, byte(column)), uint64(len(v)))
		packed = append(packed, v...)
	}
	return Facts(packed)
}

// At is the value of a column of FactColumns, "" when it is not filled.
func (f Facts) At(column int) string {
	for len(f) > 0 {
		at := int(f[0])
		length, n := uint64(f[1]), 1 // mostly one byte says how long the value is
		if length >= 0x80 {
			length, n = binary.Uvarint([]byte(f[1:min(len(f), 1+binary.MaxVarintLen32)]))
		}
		begin := 1 + n
		end := begin + int(length)
		if at == column {
			return string(f[begin:end])
		}
		f = f[end:]
	}
	return ""
}
