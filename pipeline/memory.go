package pipeline

import (
	"bufio"
	"io/fs"
	"math"
	"os"
	"path"
	"runtime/debug"
	"strconv"
	"strings"
)

// Of the memory that the process may use, links wait in a quarter: the collector of garbage lets the heap grow to twice what
// lives, so that is half, and the other half is the caseload's and the writers'.
const linkShare = 4

// unknownMemory is taken where neither the runtime, nor a container, nor the machine says how much there is.
const unknownMemory = 4 << 30 // bytes

// defaultLinkBudget is the memory for links, in bytes, where the options state none.
func defaultLinkBudget() int64 {
	return memoryLimit(debug.SetMemoryLimit(-1), os.DirFS("/")) / linkShare
}

// memoryLimit is the least of the runtime's own limit (GOMEMLIMIT), those of the control groups that the process is in
// (version 2, as containers set them), and the machine's memory. The root is the machine's, for tests another.
func memoryLimit(runtime int64, root fs.FS) int64 {
	limit := min(runtime, groupLimit(root), machineMemory(root))
	if limit == math.MaxInt64 {
		return unknownMemory
	}
	return limit
}

// groupLimit is the least memory.max of the process's control group and those around it.
func groupLimit(root fs.FS) int64 {
	limit := int64(math.MaxInt64)
	for dir := groupOf(root); ; dir = path.Dir(dir) {
		text, err := fs.ReadFile(root, path.Join("sys/fs/cgroup", dir, "memory.max"))
		if n, parsed := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64); err == nil && parsed == nil { // "max" is no limit
			limit = min(limit, n)
		}
		if dir == "/" {
			return limit
		}
	}
}

// groupOf is the path of the process's control group, "/" where there is none: within a container it is the root.
func groupOf(root fs.FS) string {
	text, _ := fs.ReadFile(root, "proc/self/cgroup")
	for line := range strings.Lines(string(text)) {
		if group, found := strings.CutPrefix(strings.TrimSpace(line), "0::/"); found {
			return path.Clean("/" + group)
		}
	}
	return "/"
}

// machineMemory is what Linux says of the machine; elsewhere it is not known.
func machineMemory(root fs.FS) int64 {
	f, err := root.Open("proc/meminfo")
	if err != nil {
		return math.MaxInt64
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if fields := strings.Fields(lines.Text()); len(fields) == 3 && fields[0] == "MemTotal:" {
			if kb, err := strconv.ParseInt(fields[1], 10, 64); err == nil {
				return kb << 10
			}
		}
	}
	return math.MaxInt64
}
