"""locatematch beside its peers, on the same files, in one run, in turn.

usage: bench.py --binary BIN --floor FLOOR --peers PEERS --data DATA --work WORK [--results DIR] [--runs 7] [--sizes N ...] [--jobs ...]

Each job is a whole process: ours, or a peer's. A round runs every job once, odd rounds backwards, so that a slow minute of the
machine falls on all alike. Prints one JSON line a job on standard output and the table on standard error, and keeps
DIR/README.md, raw.jsonl (every process) and table.md. Run it with the peers' Python.
"""

import argparse
import json
import os
from dataclasses import dataclass
from pathlib import Path

import nights
import page
import table
from measure import say, timed

JOBS = ("night", "own", "train", "pairs", "product")


@dataclass
class Job:
    job: str  # one of JOBS
    who: str  # ours, or the peer's name
    command: list
    without: tuple = ()  # phases of the peer that are not part of the job: taken from its wall time


def jobs_of(night, options):
    """Every process that is measured on one night."""
    n, o = night, options
    if isinstance(n, nights.ProductNight):
        return [Job("product", "ours", [o.binary, "run", "-c", n.config, *n.scratch]), Job("product", "cut and split", [o.floor, n.config])]
    py = [n.python]
    peer = ["--data", n.files, "--out", n.splink, "--threads", os.cpu_count()]
    splink = [*py, o.peers / "splink_night.py"]
    found = [
        Job("night", "ours", [o.binary, "run", "-c", n.config, "--model", n.model, *n.scratch]),
        Job("night", "cut and split", [o.floor, n.config]),
        Job("night", "DuckDB count", [*py, nights.HERE / "duckdb_count.py", *peer]),
        Job("night", "DuckDB SSN join", [*py, o.peers / "duckdb_floor.py", "--step", "ssn", *peer]),
        Job("night", "Splink", [*splink, "night", "--no-accuracy", *peer]),
        Job("own", "ours", [o.binary, "run", "-c", n.own, "--model", n.own_model, *n.scratch]),
        Job("own", "Splink", [*splink, "night", "--no-accuracy", *peer]),
        Job("train", "ours", [o.binary, "train", "-c", n.config, "-o", n.trained]),
        Job("train", "Splink, 1e6 pairs", [*splink, "train", "--model", n.trained_by("1e6"), "--max-pairs", "1e6", *peer]),
    ]
    if n.rows == min(o.sizes):  # of ten million rows the coarse rule has 320 million pairs, beyond this machine's memory in Splink
        found += [
            Job("train", "Splink, 1e7 pairs", [*splink, "train", "--model", n.trained_by("1e7"), "--max-pairs", "1e7", *peer]),
            Job("pairs", "ours", [o.binary, "run", "-c", n.coarse, "--model", n.coarse_model, *n.scratch]),
            Job("pairs", "Splink", [*py, o.peers / "splink_pairs.py", "--model", n.splink / "model.json", *peer], ("count_pairs",)),
        ]
    return [j for j in found if j.job in o.jobs]


def measure(night, job, round_number):
    """One process: its line of raw.jsonl."""
    night.clear()
    night.warm()
    used, facts = timed(job.command, night.env)
    phases = facts.get("seconds", {}) if job.who != "ours" else {}
    used["s"] -= sum(phases.get(p, 0) for p in job.without)
    line = {"rows": night.rows, "job": job.job, "who": job.who, "round": round_number, **{k: round(v, 3) for k, v in used.items()}}
    if "python_and_imports" in phases:
        line["imports_s"] = phases["python_and_imports"]
    say(f"  {round_number}  {night.rows:>9}  {job.job:<6} {job.who:<18} {used['s']:>8.2f} s {used['cpu']:>8.2f} s {used['mb']:>7.0f} MB")
    if round_number == 1:
        line.update(night.facts(job, facts))
    return line


def bench(night, options):
    jobs = jobs_of(night, options)
    for number in range(1, options.runs + 1):
        for job in jobs if number % 2 else reversed(jobs):
            yield measure(night, job, number)
    for job in (j for j in jobs if j.job == "train"):  # what the trained models are worth: a night with each, not measured
        yield {"rows": night.rows, "job": "train", "who": job.who, **night.judge_model(job)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("binary", "floor", "peers", "data", "work", "results"):
        parser.add_argument("--" + name, type=lambda p: Path(p).resolve(), required=True)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000_000, 10_000_000], help="rows of the extract")
    parser.add_argument("--jobs", nargs="+", choices=JOBS, default=JOBS)
    options = parser.parse_args()
    options.results.mkdir(parents=True, exist_ok=True)
    raw = options.results / "raw.jsonl"
    with raw.open("w") as out:
        peers = (nights.Night(rows, options) for rows in sorted(options.sizes) if set(options.jobs) - {"product"})
        product = (nights.ProductNight(rows, options) for rows in [min(options.sizes)] if "product" in options.jobs)
        for night in (*peers, *product):
            for line in bench(night, options):
                print(json.dumps(line), file=out, flush=True)
    lines = table.jobs(raw)
    for line in lines:
        print(json.dumps(line))
    (options.results / "table.md").write_text(table.markdown(lines))
    (options.results / "README.md").write_text(page.about(options))
    say("\n" + table.text(lines))


if __name__ == "__main__":
    main()
