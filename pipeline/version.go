package pipeline

import "runtime/debug"

// release is the product's version. It is part of every manifest, so it changes only by a release.
const release = "0.1.0"

// Version is the product's version.
func Version() string { return release }

// Revision is the commit the binary was built from, or "" where the build did not record one.
func Revision() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return s.Value
		}
	}
	return ""
}
