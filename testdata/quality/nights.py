"""What the comparisons share: the peers' night as our command reads it, and how figures are printed."""

import csv
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
CONFIGS = HERE.parent / "peers"  # of the peers' night, as the bench reads it


def say(*words):
    print(*words, file=sys.stderr, flush=True)


def prepare(python, peers, data, work):
    """The peers' night with our configs in it, and Splink's model of it; both are made once. Gives the night's folder."""
    night = work / "night"
    make(python, peers, data, night)
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    if not (work / "splink" / "model.json").exists():
        say("training Splink")
        subprocess.run([python, peers / "splink_night.py", "train", "--data", night, "--out", work / "splink"], **quiet)
    return night


def make(python, peers, data, night, rows=1_000_000):
    """The peers' night of so many rows, made once, with our configs in it."""
    if not (night / "truth.csv").exists():
        say(f"making a night of {rows} rows")
        command = [python, peers / "make_night.py", "--data", data, "--out", night, "--extract", rows, "--csv-only"]
        subprocess.run([str(c) for c in command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for path in CONFIGS.glob("*.yaml"):
        shutil.copy(path, night)


def unstated(night):
    """The night's config without the share of known people, which training finds, and its truth under our column names.

    Gives the paths of both."""
    config = night / "unstated.yaml"
    config.write_text(re.sub(r", known_share: [0-9.]+", "", (night / "night.yaml").read_text()))
    return config, truth_of(night)


def truth_of(night):
    """The path of a night's truth under our column names."""
    truth = night / "truth-ours.csv"
    with open(night / "truth.csv", newline="") as given, open(truth, "w", newline="") as ours:
        rows = csv.writer(ours)
        rows.writerow(["subject_id", "extract", "record_id"])
        for row in csv.DictReader(given):
            rows.writerow([row["caseload_id"], "extract", row["extract_id"]])
    return truth


def rounded(v):
    """Six decimals: more would say nothing."""
    if isinstance(v, dict):
        return {k: rounded(x) for k, x in v.items()}
    return round(float(v), 6) if isinstance(v, float) else v
