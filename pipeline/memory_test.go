package pipeline

import (
	"math"
	"testing"
	"testing/fstest"
)

// TestMemoryLimit: the least of what the runtime, the control groups and the machine allow counts.
func TestMemoryLimit(t *testing.T) {
	machine := "MemTotal:        8388608 kB\nMemFree:  1 kB\n"
	tests := []struct {
		name    string
		runtime int64
		files   map[string]string
		want    int64
	}{
		{"nothing is known", math.MaxInt64, nil, unknownMemory},
		{"the machine", math.MaxInt64, map[string]string{"proc/meminfo": machine}, 8 << 30},
		{"GOMEMLIMIT", 3 << 30, map[string]string{"proc/meminfo": machine}, 3 << 30},
		{"a container", math.MaxInt64, map[string]string{
			"proc/meminfo": machine, "proc/self/cgroup": "0::/\n", "sys/fs/cgroup/memory.max": "536870912\n",
		}, 512 << 20},
		{"a group in a group", math.MaxInt64, map[string]string{
			"proc/meminfo": machine, "proc/self/cgroup": "1:cpu:/x\n0::/system.slice/night.service\n",
			"sys/fs/cgroup/system.slice/memory.max": "1073741824\n", "sys/fs/cgroup/system.slice/night.service/memory.max": "max\n",
		}, 1 << 30},
		{"a group without a limit", math.MaxInt64, map[string]string{"proc/meminfo": machine, "sys/fs/cgroup/memory.max": "max\n"}, 8 << 30},
		{"words that are none", math.MaxInt64, map[string]string{"proc/meminfo": "MemTotal: lots kB\n", "proc/self/cgroup": "?"}, unknownMemory},
	}
	for _, test := range tests {
		root := fstest.MapFS{}
		for name, text := range test.files {
			root[name] = &fstest.MapFile{Data: []byte(text)}
		}
		if got := memoryLimit(test.runtime, root); got != test.want {
			t.Errorf("%s: %d bytes, want %d", test.name, got, test.want)
		}
	}
}
