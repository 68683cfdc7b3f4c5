"""What a folder of results says of itself: command, machine, versions."""

import datetime
import os
import platform
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path


def about(options):
    rows = [
        ("date", datetime.date.today().isoformat()),
        ("command", f"make bench-peers RUNS={options.runs} SIZES=\"{' '.join(map(str, options.sizes))}\" JOBS=\"{' '.join(options.jobs)}\""),
        ("machine", machine()),
        ("locatematch", first_line(options.binary, "version")),
        ("commit", first_line("git", "-C", Path(__file__).parent, "describe", "--always", "--dirty")),
        ("Go", first_line("go", "version")),
        ("Python", platform.python_version()),
        *((name, version(name)) for name in ("splink", "duckdb", "pandas", "pyarrow")),
    ]
    table = "\n".join(f"| {name} | {value} |" for name, value in rows)
    return f"""# locatematch beside its peers, {rows[0][1]}

| what | which |
|---|---|
{table}

`raw.jsonl` has a line for every process: wall seconds from before its start, processor seconds, peak resident MB; on its first
round also what it found. `table.md` is made of their medians (`testdata/peers/table.py`).
"""


def machine():
    model = next((line.split(":", 1)[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")), "")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} x {model or platform.machine()}, {memory:.0f} GiB, {platform.system()} {platform.release()}"


def first_line(*command):
    found = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False)
    return (found.stdout.splitlines() or ["unknown"])[0]
