package arrival_test

import (
	"bytes"
	"testing"

	"golang.org/x/sync/errgroup"

	"locatematch/sources/sourcetest"
)

// TestKeysAreShared: readers side by side open files with the same keys; the race detector looks on.
func TestKeysAreShared(t *testing.T) {
	keys := sourcetest.Keys(t)
	var g errgroup.Group
	for _, layers := range [][]string{{"age"}, {"pgp"}, {"pgps"}, {"pgpp"}, {"agep"}, {"pgp"}, {"asc"}, {"age"}} {
		name, disk := sourcetest.Wrap(t, "x", text, layers...)
		path := sourcetest.WriteFile(t, name, disk)
		g.Go(func() error {
			got, _, err := read(path, keys)
			if err == nil && !bytes.Equal(got, text) {
				t.Errorf("%s: another text", name)
			}
			return err
		})
	}
	if err := g.Wait(); err != nil {
		t.Error(err)
	}
}
