"""Training time of locatematch beside Splink's on the peers' night, whole processes in turn, and what each model is worth.

usage: train_peers.py BINARY PEERS DATA WORK [RUNS]

Splink is trained by its script from a million sampled pairs (the script's default) and from ten million. For each, one JSON line
on standard output: medians of RUNS (default 5) of wall seconds and peak resident MB of the whole process, and fit_s, the seconds
of Splink's three phases (prior, u, EM) without Python's start and reading the files, which ours are not given. Then the best F1
and the F1 at p = .5 of each model on the night it was trained on. Fails when our model differs by a byte between two runs or
between 1, 2 and 5 workers.
"""

import hashlib
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from nights import prepare, rounded, say, unstated

SAMPLES = (1e6, 1e7)


def timed(command):
    """Run a command: wall seconds with process start, peak MB of that child alone, and the JSON that it printed."""
    began = time.perf_counter()
    child = subprocess.Popen([str(c) for c in command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    printed = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        raise SystemExit(f"{command} ended with status {status}")
    return {"s": time.perf_counter() - began, "mb": usage.ru_maxrss / 1024, "said": json.loads(printed.splitlines()[-1])}


class Race:
    """The trainings that are timed."""

    def __init__(self, binary, peers, python, night, config, out):
        self.script, self.python, self.night, self.out = peers / "splink_night.py", python, night, out
        self.train = [binary, "train", "-c", config, "--json", "-o"]
        self.evaluate = [binary, "evaluate", "-c", config, "--json", "--model"]

    def ours(self, *options):
        return timed([*self.train, self.out / "model.json", *options])

    def splink(self, sample):
        run = timed([self.python, self.script, "train", "--data", self.night, "--out", self.folder(sample), "--max-pairs", sample])
        phases = run["said"]["seconds"]
        return {**run, "fit": phases["prior"] + phases["u"] + phases["em"]}

    def folder(self, sample):
        return self.out / f"splink-{sample:.0e}"

    def worth(self, truth):
        """Best F1 and F1 at p = .5 of each trained model on the night."""
        said = timed([*self.evaluate, self.out / "model.json", "--truth", truth])["said"][0]
        yield "locatematch", said["best"]["f1"], said["p50"]["f1"]
        for sample in SAMPLES:
            links = timed([self.python, self.script, "night", "--data", self.night, "--out", self.folder(sample)])["said"]["links"]
            yield name_of(sample), links["best"]["f1"], links["at_weight"]["0"]["f1"]

    def same_bytes(self):
        """Digests of our model over two runs and three numbers of workers."""
        digests = set()
        for options in ((), (), ("--workers", 1), ("--workers", 2), ("--workers", 5)):
            self.ours(*options)
            digests.add(hashlib.sha256((self.out / "model.json").read_bytes()).hexdigest())
        return digests


def name_of(sample):
    return f"splink {sample / 1e6:.0f}e6 pairs"


def middle(runs, key):
    return statistics.median(r[key] for r in runs)


def main():
    binary, peers, data, work = (Path(a).resolve() for a in sys.argv[1:5])
    runs = int(sys.argv[5]) if len(sys.argv) > 5 else 5
    python, out = work / "venv" / "bin" / "python", work / "training"
    out.mkdir(parents=True, exist_ok=True)
    night = prepare(python, peers, data, work)
    config, truth = unstated(night)
    race = Race(binary, peers, python, night, config, out)

    digests = race.same_bytes()
    if len(digests) > 1:
        raise SystemExit(f"our model is not the same to the byte: {sorted(digests)}")
    say("our model is the same to the byte over two runs and with 1, 2 and 5 workers")

    ours, theirs = [], {sample: [] for sample in SAMPLES}
    for i in range(runs):
        ours.append(race.ours())
        for sample in SAMPLES:
            theirs[sample].append(race.splink(sample))
        say(f"  {i + 1}: locatematch {ours[-1]['s']:.2f} s, " + ", ".join(f"{name_of(s)} {theirs[s][-1]['s']:.2f} s" for s in SAMPLES))
    worth = {tool: {"best_f1": best, "p50_f1": half} for tool, best, half in race.worth(truth)}
    for sample in SAMPLES:
        print(json.dumps(rounded(line(name_of(sample), runs, ours, theirs[sample], worth))))


def line(peer, runs, ours, theirs, worth):
    mine, other, fit = middle(ours, "s"), middle(theirs, "s"), middle(theirs, "fit")
    return {
        "job": "train peers-night 50,000 x 1,000,000", "peer": peer, "runs": runs,
        "ours_s": round(mine, 3), "peer_s": round(other, 3), "ratio": round(other / mine, 2),
        "peer_fit_s": round(fit, 3), "ratio_fit": round(fit / mine, 2),
        "ours_mb": round(middle(ours, "mb")), "peer_mb": round(middle(theirs, "mb")),
        "ours": worth["locatematch"], "peer_f1": worth[peer], "same_bytes": True,
    }


if __name__ == "__main__":
    main()
