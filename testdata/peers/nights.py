"""The peers' seeded night of one size: its files, both sides' trained models, and what a job left behind."""

import json
import os
import shutil
import sys
from pathlib import Path

from measure import done, say

HERE = Path(__file__).resolve().parent
LINKS_FROM = 2  # bits: both sides keep the links at or above, as the peers' night.json says


class Night:
    """WORK/ROWS/: files/ (what both sides read), truth.csv, splink/, scratch/ and models. Made once; our models each time."""

    def __init__(self, rows, options):
        self.rows, self.options, self.python = rows, options, sys.executable
        self.dir = options.work / str(rows)
        self.files, self.splink, self.truth = self.dir / "files", self.dir / "splink", self.dir / "truth.csv"
        self.config, self.own, self.coarse = (self.files / f"{name}.yaml" for name in ("night", "own", "coarse"))
        self.model, self.own_model, self.coarse_model, self.trained = (
            self.dir / f"{name}.json" for name in ("model", "own", "coarse", "trained"))
        self.out = self.dir / "scratch"
        self.scratch = ["--out", self.out / "runs", "--state", self.out / "state"]
        self.env = {**os.environ, "PYTHONPATH": str(options.peers)}
        self.make_files()
        self.make_models()

    def make_files(self):
        if not self.truth.exists():
            say(f"making the night of {self.rows} rows")
            self.peer("make_night.py", "--data", self.options.data, "--out", self.files, "--extract", self.rows, "--csv-only")
            (self.files / "truth.csv").rename(self.truth)  # beside it DuckDB's join would be judged within the measured process
        for path in HERE.glob("*.yaml"):
            shutil.copy(path, self.files)

    def make_models(self):
        self.splink.mkdir(exist_ok=True)
        if not (self.splink / "model.json").exists():
            say("training Splink")
            self.peer("splink_night.py", "train", "--data", self.files, "--out", self.splink)
        say("training locatematch")
        done([self.options.binary, "train", "-c", self.config, "-o", self.trained])
        model = keep_links(self.trained, self.model)
        if "own" in self.options.jobs:
            done([self.options.binary, "train", "-c", self.own, "-o", self.own_model])
            keep_links(self.own_model, self.own_model)
        if "pairs" in self.options.jobs and self.rows == min(self.options.sizes):
            # The same figures for the spec of one rule: the digest is taken from a model that is made for it.
            done([self.options.binary, "train", "-c", self.coarse, "--prior-only", "--model", "built-in", "-o", self.coarse_model])
            model["spec"] = json.loads(self.coarse_model.read_text())["spec"]
            self.coarse_model.write_text(json.dumps(model))

    def peer(self, script, *words):
        done([self.python, self.options.peers / script, *words], self.env)

    def trained_by(self, pairs):
        return self.splink / f"model-{pairs}.json"

    def clear(self):
        shutil.rmtree(self.out, ignore_errors=True)

    def warm(self):
        """Both sides find the files in the page cache."""
        for path in self.inputs():
            with path.open("rb") as f:
                while f.read(1 << 24):
                    pass

    def inputs(self):
        return [self.files / "caseload.csv", self.files / "extract.csv"]

    def facts(self, job, facts):
        """What a job did: pairs scored, links and their F1."""
        if job.who == "ours" and job.job != "train":
            return {"pairs": self.manifest()["links"]["pairs"], **self.our_accuracy()}
        if job.who == "Splink" and job.job == "pairs":
            return {"pairs": facts["pairs_scored"], "links": facts["links"]}
        if job.who == "Splink" and job.job in ("night", "own"):
            return self.splink_accuracy()
        if job.who == "DuckDB SSN join":
            return self.accuracy("caseload_id, extract_id, name_agrees as weight", self.splink / "ssn_matches.parquet", "where name_agrees = 1")
        return {}

    def accuracy(self, columns, links, where=""):
        return done([self.python, HERE / "accuracy.py", self.truth, f"select {columns} from '{links}' {where}"])

    def manifest(self):
        (path,) = self.out.glob("runs/*/manifest.json")
        return json.loads(path.read_text())

    def our_accuracy(self):
        return self.accuracy("subject_id as caseload_id, record_id as extract_id, weight", self.out / "runs/*/links.parquet")

    def splink_accuracy(self):
        return self.accuracy("unique_id_l as caseload_id, unique_id_r as extract_id, match_weight as weight", self.splink / "links.parquet")

    def judge_model(self, job):
        """Links and F1 of a night with the model that a train job has left."""
        if job.who == "ours":
            self.clear()
            judged = self.dir / "judged.json"
            keep_links(self.trained, judged)
            done([self.options.binary, "run", "-c", self.config, "--model", judged, *self.scratch])
            return self.our_accuracy()
        model = job.command[job.command.index("--model") + 1]
        self.peer("splink_night.py", "night", "--no-accuracy", "--data", self.files, "--out", self.splink, "--model", model)
        return self.splink_accuracy()


def keep_links(trained, path):
    """Write a trained model that keeps the links that the peers keep, and give it."""
    model = json.loads(trained.read_text())
    model["review"] = LINKS_FROM
    path.write_text(json.dumps(model))
    return model


class ProductNight(Night):
    """What the product is for: the built-in spec and model, four suppliers, aliases, shields, leads; so many rows of strangers."""

    def __init__(self, rows, options):
        self.rows, self.options = rows, options
        self.dir = options.work / f"product-{rows}"
        self.config, self.out, self.env = self.dir / "night.yaml", self.dir / "scratch", None
        self.scratch = ["--out", self.out / "runs", "--state", self.out / "state"]
        if not self.config.exists():
            say(f"making a night of {rows} rows of strangers")
            done([options.binary, "synth", "--out", self.dir, "--subjects", 50_000, "--strangers", rows])

    def inputs(self):
        return [self.dir / "caseload.csv", *self.dir.glob("in/*")]

    def facts(self, job, facts):
        """Seconds by stage: what a night costs whatever is in it, and what follows its rows."""
        if job.who != "ours":
            return {}
        (path,) = self.out.glob("runs/*/timing.json")
        return {"stages": {s["stage"]: round(s["seconds"], 3) for s in json.loads(path.read_text())["stages"]}}
