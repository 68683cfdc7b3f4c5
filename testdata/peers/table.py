"""From raw.jsonl to one line a job, and to the table.

usage: table.py RESULTS-DIR [--markdown]
"""

import json
import statistics
import sys
from pathlib import Path

KEEP = ("pairs", "links", "f1", "f1_of_all")


def jobs(raw):
    """One line for each peer of each job: medians over the rounds, ratios (peer over ours), and what both sides found."""
    lines = [json.loads(line) for line in Path(raw).read_text().splitlines()]
    groups = {}
    for line in lines:
        groups.setdefault((line["rows"], line["job"], line["who"]), []).append(line)
    return [one_job(key, groups[key[0], key[1], "ours"], theirs) for key, theirs in groups.items() if key[2] != "ours"]


def one_job(key, ours, theirs):
    def median(lines, unit):
        return statistics.median(line[unit] for line in lines if unit in line)

    rows, job, peer = key
    found = {"job": f"{job} {millions(rows)}", "peer": peer, "runs": sum("s" in line for line in theirs)}
    for unit in ("s", "cpu", "mb"):
        found[f"ours_{unit}"], found[f"peer_{unit}"] = round(median(ours, unit), 3), round(median(theirs, unit), 3)
    found["ratio"] = round(found["peer_s"] / found["ours_s"], 2)
    found["ratio_cpu"] = round(found["peer_cpu"] / found["ours_cpu"], 2)
    found["ratio_mb"] = round(found["peer_mb"] / found["ours_mb"], 2)
    if any("imports_s" in line for line in theirs):
        found["peer_s_without_imports"] = round(statistics.median(line["s"] - line["imports_s"] for line in theirs if "s" in line), 3)
        found["ratio_without_imports"] = round(found["peer_s_without_imports"] / found["ours_s"], 2)
    if any("links" in line for line in theirs):
        for side, lines in (("ours", ours), ("peer", theirs)):
            for line in lines:
                found.update({f"{side}_{fact}": line[fact] for fact in KEEP if fact in line})
    found.update({"ours_stages": line["stages"] for line in ours if "stages" in line})
    return found


def millions(rows):
    return f"{rows / 1e6:g}M"


COLUMNS = (
    ("job", "job", ""), ("peer", "peer", ""),
    ("ours s", "ours_s", ".2f"), ("peer s", "peer_s", ".2f"), ("ratio", "ratio", ".2f"), ("no imp.", "ratio_without_imports", ".2f"),
    ("cpu ratio", "ratio_cpu", ".2f"), ("ours MB", "ours_mb", ".0f"), ("peer MB", "peer_mb", ".0f"), ("ratio", "ratio_mb", ".2f"),
    ("F1", "ours_f1", ".4f"), ("peer", "peer_f1", ".4f"),
)
NOTE = (
    "ratio: the peer's by ours; no imp.: its wall time without Python's start and imports; cpu: user and system. F1: the best\n"
    "among the links at or above 2 bits."
)


def cells(line):
    return [format(line[key], form) if key in line else "" for _, key, form in COLUMNS]


def text(lines):
    rows = [[name for name, _, _ in COLUMNS]] + [cells(line) for line in lines]
    widths = [max(len(row[i]) for row in rows) for i in range(len(COLUMNS))]
    laid = (" ".join(c.ljust(w) if i < 2 else c.rjust(w) for i, (c, w) in enumerate(zip(row, widths))) for row in rows)
    return "\n".join(line.rstrip() for line in laid) + "\n" + NOTE + "\n"


def markdown(lines):
    rows = [[name for name, _, _ in COLUMNS], ["---"] * 2 + ["---:"] * (len(COLUMNS) - 2)] + [cells(line) for line in lines]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows) + "\n\n" + NOTE.replace("\n", " ") + "\n"


if __name__ == "__main__":
    found = jobs(Path(sys.argv[1]) / "raw.jsonl")
    print(markdown(found) if "--markdown" in sys.argv else text(found), end="")
