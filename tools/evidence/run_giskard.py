"""Giskard on a small table with a model that is a rule: a scan that finds something, one that finds
nothing, and a suite whose tests pass, fail and come to no number, as JSON and as JUnit XML."""

from __future__ import annotations

import os
import random
import sys
import warnings
from pathlib import Path

os.environ["GSK_DISABLE_ANALYTICS"] = "True"
warnings.simplefilter("ignore")

import giskard  # noqa: E402
import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
from giskard import testing  # noqa: E402

from expected import File, write  # noqa: E402

ROWS = 600
# Giskard's own levels, and what stands for them here.
LEVELS = {"major": "high", "medium": "medium", "minor": "low"}


def table() -> pd.DataFrame:
    """People whose loans are repaid or not; in the south the rule below is often wrong."""
    chance = random.Random(3)
    rows = []
    for _ in range(ROWS):
        region = chance.choice(["north", "south", "east"])
        income = chance.uniform(10, 90)
        repaid = income > 50
        if region == "south" and chance.random() < 0.45:
            repaid = not repaid
        rows.append({"region": region, "income": income, "repaid": "yes" if repaid else "no"})
    return pd.DataFrame(rows)


def rule(frame: pd.DataFrame) -> np.ndarray:
    """The chance of `no` and of `yes`; sure of itself everywhere."""
    yes = np.where(frame["income"].to_numpy(dtype=float) > 50, 0.9, 0.1)
    return np.stack([1 - yes, yes], axis=1)


def scan(
    path: str, out: Path, model: giskard.Model, data: giskard.Dataset, only: list[str]
) -> File:
    report = giskard.scan(model, data, only=only, verbose=False)
    report.to_json(str(out / path))
    file = File(path, "giskard")
    found = [LEVELS[str(getattr(it.level, "value", it.level))] for it in report.issues]
    levels = ("critical", "high", "medium", "low", "info")
    file.findings = {level: found.count(level) for level in levels}
    file.facts = {"issues": str(len(report.issues)), "detectors": ", ".join(only)}
    return file


def suite(out: Path, model: giskard.Model, data: giskard.Dataset) -> list[File]:
    held = giskard.Suite(name="release")
    held.add_test(testing.test_accuracy(model=model, dataset=data, threshold=0.8), "accuracy")
    held.add_test(testing.test_f1(model=model, dataset=data, threshold=0.99), "f1")
    held.add_test(testing.test_recall(model=model, dataset=data, threshold=0.5), "recall")
    # An area under a curve of one class cannot be computed.
    one_class = giskard.Dataset(
        data.df[data.df["repaid"] == "yes"], target="repaid", cat_columns=["region"]
    )
    held.add_test(testing.test_auc(model=model, dataset=one_class, threshold=0.5), "auc")
    result = held.run(verbose=False)
    result.to_json(str(out / "suite.json"))
    (out / "suite.junit.xml").write_text(result.to_junit(), encoding="utf-8")
    outcomes = [entry.result for entry in result.results]
    files = [File("suite.json", "giskard"), File("suite.junit.xml", "junit")]
    for file in files:
        passed = sum(bool(it.passed) for it in outcomes)
        file.counted(passed=passed, failed=len(outcomes) - passed)
    for entry in result.results:
        files[0].measured(entry.test_name, entry.result.metric)
    return files


def main(out: Path, work: Path) -> None:
    os.chdir(work)
    frame = table()
    data = giskard.Dataset(frame, target="repaid", cat_columns=["region"], name="loans")
    model = giskard.Model(
        model=rule,
        model_type="classification",
        name="rule",
        classification_labels=["no", "yes"],
        feature_names=["region", "income"],
    )
    files = [
        scan("scan.json", out, model, data, ["performance", "overconfidence", "underconfidence"]),
        scan("clean.json", out, model, data, ["underconfidence"]),
        *suite(out, model, data),
    ]
    write(out, "giskard", "giskard", files)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
