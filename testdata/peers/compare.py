"""locatematch beside Splink on the peers' night: the same files, rules and comparisons, whole processes, interleaved.

usage: compare.py BINARY PEERS DATA WORK [RUNS]

Makes the night in WORK when it is not there, trains Splink once, then runs both RUNS times in turn (default 5) and prints
medians: wall seconds, processor seconds, peak resident MB, and the ratios, as one JSON line on standard output.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent


def say(*words):
    print(*words, file=sys.stderr, flush=True)


def timed(command, **options):
    """Run a command; wall seconds with process start, and the usage of that child alone."""
    began = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - began
    if status != 0:
        raise SystemExit(f"{command} ended with status {status}")
    return {"s": seconds, "cpu": usage.ru_utime + usage.ru_stime, "mb": usage.ru_maxrss / 1024}


def prepare(python, peers, data, work):
    night = work / "night"
    if not (night / "truth.csv").exists():
        say("making the night")
        subprocess.run([python, peers / "make_night.py", "--data", data, "--out", night, "--csv-only"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if not (work / "splink" / "model.json").exists():
        say("training Splink")
        subprocess.run([python, peers / "splink_night.py", "train", "--data", night, "--out", work / "splink"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for name in ("caseload.yaml", "extract.yaml", "spec.yaml", "night.yaml"):
        shutil.copy(HERE / name, night / name)
    return night


def main():
    binary, peers, data, work = (Path(a).resolve() for a in sys.argv[1:5])
    runs = int(sys.argv[5]) if len(sys.argv) > 5 else 5
    python = work / "venv" / "bin" / "python"
    night = prepare(python, peers, data, work)
    ours, theirs = [], []
    for i in range(runs):
        for d in ("runs", "state"):
            shutil.rmtree(night / d, ignore_errors=True)
        ours.append(timed([binary, "run", "-c", night / "night.yaml"]))
        theirs.append(timed([python, peers / "splink_night.py", "night", "--data", night, "--out", work / "splink", "--no-accuracy"]))
        say(f"  {i + 1}: locatematch {ours[-1]['s']:.2f} s {ours[-1]['mb']:.0f} MB, Splink {theirs[-1]['s']:.2f} s {theirs[-1]['mb']:.0f} MB")
    middle = lambda rows, key: statistics.median(r[key] for r in rows)
    line = {"job": "peers-night 50,000 x 1,000,000", "peer": "splink pre-trained", "runs": runs}
    for key in ("s", "cpu", "mb"):
        a, b = middle(ours, key), middle(theirs, key)
        line[f"ours_{key}"], line[f"peer_{key}"], line[f"ratio_{key}"] = round(a, 3), round(b, 3), round(b / a, 2)
    print(json.dumps(line))


if __name__ == "__main__":
    main()
