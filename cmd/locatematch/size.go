package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// size is a flag's number of bytes, as people write it: 500MB, 2GiB, 1.5g, 4096. Zero stands for the default.
type size int64

// units of bytes: a bare letter and -iB count in 1024s, -B in 1000s.
var units = map[string]float64{
	"": 1, "b": 1,
	"k": 1 << 10, "kib": 1 << 10, "kb": 1e3,
	"m": 1 << 20, "mib": 1 << 20, "mb": 1e6,
	"g": 1 << 30, "gib": 1 << 30, "gb": 1e9,
	"t": 1 << 40, "tib": 1 << 40, "tb": 1e12,
}

// Set reads a size of at least one byte.
func (s *size) Set(text string) error {
	number := strings.TrimRight(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ ")
	unit, known := units[strings.ToLower(strings.TrimSpace(text[len(number):]))]
	n, err := strconv.ParseFloat(number, 64)
	bytes := n * unit
	if err != nil || !known || !(bytes >= 1 && bytes < math.MaxInt64) {
		return fmt.Errorf("want a size of at least one byte, as 512MiB or 2GB")
	}
	*s = size(bytes)
	return nil
}

func (s *size) String() string {
	if *s == 0 {
		return ""
	}
	return strconv.FormatInt(int64(*s), 10)
}

// Type is what help calls the flag's value.
func (*size) Type() string { return "SIZE" }
