"""One measured process.

A process begins with the peak memory of the one that forked it, so whoever imports this must stay small: no DuckDB here.
"""

import json
import os
import subprocess
import sys
import tempfile
import time


def say(*words):
    print(*words, file=sys.stderr, flush=True)


def timed(command, env=None):
    """Run a command to its end: wall seconds from before its start, and processor seconds and peak memory of that process
    alone. The JSON document on its last line of output, where there is one, says more."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        began = time.perf_counter()
        child = subprocess.Popen([str(word) for word in command], stdout=out, stderr=errors, env=env)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - began
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            errors.seek(0)
            raise SystemExit(f"{' '.join(map(str, command))} ended with {child.returncode}:\n{errors.read().decode()[-2000:]}")
        out.seek(0)
        facts = last_line(out.read())
    return {"s": seconds, "cpu": usage.ru_utime + usage.ru_stime, "mb": usage.ru_maxrss / 1024}, facts


def last_line(output):
    try:
        return json.loads(output.splitlines()[-1])
    except (IndexError, ValueError):
        return {}


def done(command, env=None):
    """Run something that is not measured, quietly."""
    return timed(command, env)[1]
