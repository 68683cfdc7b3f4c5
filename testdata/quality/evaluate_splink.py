"""Splink's own figures on the public sets beside ours, by its own demos.

usage: evaluate_splink.py PEERS DATA WORK < OURS

OURS is what `go run ./testdata/public -data DATA -train` prints: one JSON line a set, trained on the set itself without labels.
A set that either side does not have shows a dash. The table goes to standard error, one JSON line a set to standard output.
"""

import json
import subprocess
import sys
from pathlib import Path

from nights import rounded, say

# Our name of a set, and the script (with its options) that gives Splink's figures on it. A name ending in _self is a set linked
# with itself; the others are recast as a locate job. Splink has no demo of fake_1000 as one.
SETS = (
    ("febrl4", ["splink_febrl4.py"]),
    ("historical_50k", ["splink_locate50k.py"]),
    ("historical_50k_self", ["splink_historical50k.py"]),
    ("fake_1000", None),
    ("fake_1000_self", ["splink_fake1000.py", "--model", "accuracy"]),
)
FIGURES = ("best_f1", "p50_f1", "pair_completeness", "top1_best_f1")


def splink(python, peers, data, work, script):
    """Splink's figures on one set."""
    done = subprocess.run(
        [str(a) for a in (python, peers / script[0], *script[1:], "--data", data, "--out", work / "public")],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    if done.returncode:
        raise SystemExit(f"{script[0]} ended with status {done.returncode}")
    said = json.loads(done.stdout.splitlines()[-1])
    return {
        "best_f1": said["links"]["best"]["f1"], "p50_f1": said["links"]["at_weight"]["0"]["f1"],
        "pair_completeness": said["pair_completeness"],
        "top1_best_f1": said["top1"]["best"]["f1"] if "top1" in said else None,
    }


def ours(line):
    """Our figures on one set. A set linked with itself has no best subject of a record."""
    top = line.get("top1")
    return {
        "best_f1": line["best"]["f1"], "p50_f1": line["p50"]["f1"], "pair_completeness": line["pair_completeness"],
        "top1_best_f1": top["best"]["f1"] if top and not line["set"].endswith("_self") else None,
    }


def row(name, tool, figures):
    cells = (f"{figures[f]:.4f}" if figures and figures[f] is not None else "-" for f in FIGURES)
    say(f"{name:<22}{tool:<13}" + "".join(f"{c:>19}" for c in cells))


def main():
    peers, data, work = (Path(a).resolve() for a in sys.argv[1:4])
    python = work / "venv" / "bin" / "python"
    mine = {line["set"]: ours(line) for line in map(json.loads, sys.stdin)}
    say(f"{'set':<22}{'tool':<13}" + "".join(f"{f:>19}" for f in FIGURES))
    for name, script in SETS:
        theirs = splink(python, peers, data, work, script) if script else None
        row(name, "locatematch", mine.get(name))
        row(name, "splink", theirs)
        print(json.dumps(rounded({"job": "public", "set": name, "ours": mine.get(name), "splink": theirs})), flush=True)


if __name__ == "__main__":
    main()
