"""The peers' night with rules and comparisons of our own choice, and the same model on ten times the strangers.

usage: own_night.py BINARY PEERS DATA WORK

The model is trained without labels on the night of a million rows. On ten million rows of the same caseload only its known share
is estimated anew (train --prior-only), as an agency would do with a file that has grown. One JSON line a night on standard output:
the model's known share and the true one, seconds of its training, and F1 at the best threshold, at p = .5 and at accept, with
false links per million rows. `make bench-peers JOBS=own` has the time of a run beside Splink's.
"""

import json
import subprocess
import sys
import time
from pathlib import Path

from nights import make, rounded, say, truth_of

ROWS = (1_000_000, 10_000_000)


def json_of(*command):
    return json.loads(subprocess.run([str(c) for c in command], check=True, capture_output=True, text=True).stdout)


def figures(said, rows):
    best, half, accept = said["best"], said["p50"], said["accept"]

    def false_per_million(at):
        return (at["links"] - at["true"]) * 1e6 / rows

    return {
        "pair_completeness": said["pair_completeness"], "best_f1": best["f1"], "p50_f1": half["f1"], "accept_f1": accept["f1"],
        "false_per_million_at_accept": false_per_million(accept), "false_per_million_at_p50": false_per_million(half),
        **said["calibration"],
    }


def main():
    binary, peers, data, work = (Path(a).resolve() for a in sys.argv[1:5])
    python, earlier = work / "venv" / "bin" / "python", None
    for rows in ROWS:
        night = work / ("night" if rows == ROWS[0] else f"night-{rows}")
        make(python, peers, data, night, rows)
        config, truth, model = night / "own.yaml", truth_of(night), night / "own-model.json"
        began = time.perf_counter()
        json_of(binary, "train", "-c", config, "--json", "-o", model, *(["--prior-only", "--model", earlier] if earlier else []))
        seconds = time.perf_counter() - began
        (said,) = [e for e in json_of(binary, "evaluate", "-c", config, "--model", model, "--truth", truth, "--json") if e["extract"] != "all"]
        share = json.loads(model.read_text())["known_share"]
        say(f"{rows} rows: {'known share alone' if earlier else 'trained'} in {seconds:.1f} s")
        print(json.dumps(rounded({"night": f"own rules, 50,000 x {rows:,}", "prior_only": bool(earlier), "train_s": round(seconds, 2),
                                  "known_share": share, "true_share": said["true_pairs"] / rows, **figures(said, rows)})))
        earlier = model


if __name__ == "__main__":
    main()
