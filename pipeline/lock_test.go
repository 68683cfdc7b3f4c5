package pipeline

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// holdEnv names the workspace that TestHoldLock, run in a process of its own, takes the lock of.
const holdEnv = "LOCATEMATCH_TEST_HOLD_LOCK"

// TestHoldLock is the other process of TestLockBetweenProcesses: it takes the lock, says so, and dies without releasing it
// when its input ends.
func TestHoldLock(t *testing.T) {
	dir := os.Getenv(holdEnv)
	if dir == "" {
		t.Skip("only for TestLockBetweenProcesses")
	}
	if _, err := (Workspace{State: dir}).Lock(); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("held")
	_, _ = io.Copy(io.Discard, os.Stdin)
	os.Exit(0)
}

// Two processes: the second is told who the first is, and gets the lock as soon as the first has died.
func TestLockBetweenProcesses(t *testing.T) {
	w := Workspace{State: filepath.Join(t.TempDir(), "state")}
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	holder := exec.Command(binary, "-test.run=^TestHoldLock$")
	holder.Env = append(os.Environ(), holdEnv+"="+w.State)
	in, err := holder.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := holder.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := holder.Start(); err != nil {
		t.Fatal(err)
	}
	if said, err := bufio.NewReader(out).ReadString('\n'); said != "held\n" {
		t.Fatalf("the other process said %q, %v", said, err)
	}
	_, err = w.Lock()
	if want := fmt.Sprintf("process %d", holder.Process.Pid); !errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want %s named", err, want)
	}
	if err := errors.Join(in.Close(), holder.Wait()); err != nil {
		t.Fatal(err)
	}
	release, err := w.Lock()
	if err != nil {
		t.Fatal(err)
	}
	if err := release(); err != nil {
		t.Error(err)
	}
}

func TestLockWithinAProcess(t *testing.T) {
	w := Workspace{State: t.TempDir()}
	release, err := w.Lock()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Lock(); !errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), fmt.Sprint("process ", os.Getpid())) {
		t.Errorf("got %v", err)
	}
	if err := w.mustHoldLock(); err != nil {
		t.Errorf("a refused Lock took the first one's: %v", err)
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
	if err := w.mustHoldLock(); !errors.Is(err, errNotLocked) {
		t.Errorf("after release: %v", err)
	}
	if release, err = w.Lock(); err != nil {
		t.Fatal(err)
	}
	if err := release(); err != nil {
		t.Error(err)
	}
}
