"""Is a stated probability what comes true? locatematch beside Splink on two nights, trained without labels.

usage: calibration.py BINARY PEERSTOOL PEERS DATA WORK [SUBJECTS STRANGERS]

The peers' night, and a synthetic night of the project's own (default 20,000 subjects and 400,000 strangers). Of the latter, each
extract is flattened for Splink (PEERSTOOL flat) and Splink is trained on each by itself, as it recommends; ours is one model.
Answers of the military say nothing of their own and show our key alone: they are left out.

A mean over compared pairs depends on how many easy strangers a tool proposes. So log-loss is given as that mean (as
`locatematch evaluate` does), per true pair, and over the pairs that both tools compare. A table goes to standard error, one
JSON line for each extract and tool to standard output. Our figures are worked out by the same code as Splink's, from our
exported pairs, and must agree with `locatematch evaluate`; else this fails.
"""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd

from measures import Histogram, cost_of_missed
from nights import HERE, prepare, rounded, say, unstated

SAMPLES = (1e6, 1e7)  # random pairs from which Splink takes u: its script's default, and ten times as many
KEYS = ["extract", "record_id", "subject_id"]


class Tools:
    """The commands that are measured."""

    def __init__(self, binary, export, peers, work):
        self.binary, self.export, self.peers = binary, export, peers
        self.python = work / "venv" / "bin" / "python"

    def run(self, *command):
        done = subprocess.run([str(c) for c in command], capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{command[0]} {command[1]} ended with {done.returncode}\n{done.stderr[-2000:]}")
        return done.stdout

    def ours(self, config, truth, out):
        """Our pairs, the evaluation that `evaluate` prints of them, and the prior of each source."""
        out.mkdir(parents=True, exist_ok=True)
        model, pairs = out / "model.json", out / "pairs.csv"
        self.run(self.binary, "train", "-c", config, "-o", model, "--json")
        stated = self.run(self.binary, "evaluate", "-c", config, "--model", model, "--truth", truth, "--json")
        self.run(self.export, "pairs", "-config", config, "-model", model, "-truth", truth, "-out", pairs)
        return read_pairs(pairs), json.loads(stated), json.loads(model.read_text())["known_share"]

    def splink(self, config, data, out, name, sample):
        """Splink's pairs and prior, trained on these files."""
        out.mkdir(parents=True, exist_ok=True)
        script = self.peers / "splink_night.py"
        self.run(self.python, script, "train", "--config", config, "--data", data, "--out", out, "--max-pairs", sample)
        prior = self.run(self.python, HERE / "score_pairs.py", self.peers, "--config", config, "--data", data,
                         "--model", out / "model.json", "--out", out, "--name", name)
        return read_pairs(out / "pairs.csv"), json.loads(prior)["prior"]


def read_pairs(path):
    return pd.read_csv(path, dtype={"extract": str, "record_id": str, "subject_id": str, "pattern": str})


def measure(pairs, true_pairs, missed_cost):
    """The figures of one tool's own compared pairs."""
    h = Histogram(pairs.weight, pairs.same)
    loss = h.log_loss()
    return {
        "pairs": h.pairs, "true_pairs": true_pairs, "missed": true_pairs - h.true, "best_f1": h.best_f1(true_pairs),
        "p50_f1": h.f1_at(0, true_pairs), "ece_mid": h.ece_mid(), "log_loss": loss / max(1, h.pairs),
        "log_loss_per_true": loss / true_pairs, "with_missed_at_prior": (loss + missed_cost) / true_pairs,
    }


def on_common(mine, other):
    """Calibration of mine on the pairs that the other tool compares too."""
    both = mine.merge(other[KEYS], on=KEYS)
    h = Histogram(both.weight, both.same)
    return {"pairs": h.pairs, "ece_mid": h.ece_mid(), "log_loss": h.log_loss() / max(1, h.pairs)}


def agree(ours, stated):
    """Our pairs must give what `locatematch evaluate` says of them."""
    for said, found in ((stated["pairs"], ours["pairs"]), (stated["best"]["f1"], ours["best_f1"]),
                        (stated["p50"]["f1"], ours["p50_f1"]), (stated["calibration"]["ece_mid"], ours["ece_mid"]),
                        (stated["calibration"]["log_loss"], ours["log_loss"])):
        if not np.isclose(said, found, rtol=1e-6, atol=1e-9):
            raise SystemExit(f"{stated['extract']}: evaluate says {said}, its pairs give {found}")


class Side:
    """One tool's pairs on a night, and what its missed pairs cost, by extract."""

    def __init__(self, tool):
        self.tool, self.pairs, self.prior = tool, [], {}

    def add(self, extract, pairs, prior):
        self.pairs.append(pairs)
        self.prior[extract] = prior

    def of(self, extracts):
        pairs = pd.concat(self.pairs)
        return pairs[pairs.extract.isin(extracts)]

    def missed_cost(self, extracts, truth):
        return sum(cost_of_missed(truth[e] - self.of([e]).same.sum(), self.prior[e]) for e in extracts)


def lines_of(night, sides, truth):
    """One line for each extract (and all of them) and tool; the first side is ours."""
    groups = [[e] for e in truth] + ([list(truth)] if len(truth) > 1 else [])
    for extracts in groups:
        true_pairs = sum(truth[e] for e in extracts)
        for side in sides:
            mine = side.of(extracts)
            other = (sides[1] if side is sides[0] else sides[0]).of(extracts)
            yield {"job": "calibration", "night": night, "extract": extracts[0] if len(extracts) == 1 else "all",
                   "tool": side.tool, **measure(mine, true_pairs, side.missed_cost(extracts, truth)),
                   "common": on_common(mine, other)}


def compare_night(tools, name, night, truth_file, extracts, data, work):
    """extracts: name -> Splink's config."""
    pairs, stated, shares = tools.ours(night, truth_file, work / "ours")
    subjects = len(pd.read_csv(data / "caseload.csv", usecols=[0]))
    ours, truth = Side("locatematch"), {}
    for v in stated:
        if v["extract"] in extracts:
            mine = pairs[pairs.extract == v["extract"]]
            ours.add(v["extract"], mine, shares.get(v["source"], shares["default"]) / subjects)
            truth[v["extract"]] = v["true_pairs"]
            agree(measure(mine, v["true_pairs"], 0), v)
    sides = [ours]
    for sample in SAMPLES:
        theirs = Side(f"splink {sample:.0e}".replace("+0", ""))
        for extract, config in extracts.items():
            say(f"{name} {extract}: Splink, {sample:.0e} random pairs")
            theirs.add(extract, *tools.splink(config, data, work / f"splink-{extract}-{sample:.0e}", extract, sample))
        sides.append(theirs)
    return list(lines_of(name, sides, truth))


HEAD = ("night", "extract", "tool", "pairs", "missed", "best F1", "F1 p=.5", "ece_mid", "log-loss", "per true", "+missed",
        "common", "ece_mid", "log-loss")


def table(lines):
    say(("{:<10}{:<9}{:<13}" + "{:>9}" * 11).format(*HEAD))
    for v in lines:
        c = v["common"]
        say(f"{v['night']:<10}{v['extract']:<9}{v['tool']:<13}{v['pairs']:>9}{v['missed']:>9}{v['best_f1']:>9.4f}{v['p50_f1']:>9.4f}"
            f"{v['ece_mid']:>9.4f}{v['log_loss']:>9.5f}{v['log_loss_per_true']:>9.4f}{v['with_missed_at_prior']:>9.4f}"
            f"{c['pairs']:>9}{c['ece_mid']:>9.4f}{c['log_loss']:>9.5f}")


def synthetic(tools, work, subjects, strangers):
    """A night of our own and its flat files; made anew, for the binary may make another than the last one did."""
    night, flat = work / "synthetic", work / "flat"
    tools.run(tools.binary, "synth", "--out", night, "--subjects", subjects, "--strangers", strangers)
    tools.run(tools.export, "flat", "-config", night / "night.yaml", "-truth", night / "truth.csv", "-out", flat)
    return night, flat


def main():
    binary, export, peers, data, work = (Path(a).resolve() for a in sys.argv[1:6])
    subjects, strangers = sys.argv[6:8] if len(sys.argv) > 7 else ("20000", "400000")
    tools, here = Tools(binary, export, peers, work), work / "calibration"
    here.mkdir(parents=True, exist_ok=True)
    known = prepare(tools.python, peers, data, work)
    config, truth = unstated(known)
    lines = compare_night(tools, "peers", config, truth, {"extract": peers / "night.json"}, known, here / "peers")
    night, flat = synthetic(tools, here, subjects, strangers)
    extracts = {n: HERE / "splink" / f"{n}.json" for n in ("ncoa", "w4", "fidm")}
    lines += compare_night(tools, "synthetic", night / "night.yaml", night / "truth.csv", extracts, flat, here / "own")
    table(lines)
    for line in lines:
        print(json.dumps(rounded(line)))


if __name__ == "__main__":
    main()
