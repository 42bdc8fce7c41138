"""Evidently on small tables of our own: drift, values, classification; passing, failing and
warning tests, and a mean of nothing."""

from __future__ import annotations

import random
import sys
import warnings
from pathlib import Path
from typing import Any

import pandas as pd
from evidently import BinaryClassification, DataDefinition, Dataset, Report
from evidently.core.metric_types import ByLabelCountValue, ByLabelValue, CountValue, MeanStdValue
from evidently.core.metric_types import MetricResult, SingleValue
from evidently.core.report import Snapshot
from evidently.metrics import MaxValue, MeanValue, MissingValueCount, QuantileValue, RowCount
from evidently.presets import ClassificationQuality, DataDriftPreset, ValueStats
from evidently.tests import gte, lt, lte

from expected import File, write

ROWS = 120


def table(shift: float, chance: random.Random) -> pd.DataFrame:
    """Latency, length and a label with its prediction."""
    rows = []
    for at in range(ROWS):
        label = at % 3 == 0
        hit = chance.random() < 0.8
        rows.append(
            {
                "latency": round(chance.gauss(100 + shift, 10), 3),
                "length": chance.randint(1, 40),
                "region": chance.choice(["eu", "us"]),
                "target": int(label),
                "prediction": int(label if hit else not label),
                "nothing": float("nan"),
            }
        )
    return pd.DataFrame(rows)


def values(result: MetricResult) -> list[tuple[str | None, Any]]:
    """The numbers of one metric, each with the part it belongs to."""
    if isinstance(result, SingleValue):
        return [(None, result.value)]
    if isinstance(result, CountValue):
        return [("count", result.count.value), ("share", result.share.value)]
    if isinstance(result, MeanStdValue):
        return [("mean", result.mean.value), ("std", result.std.value)]
    if isinstance(result, ByLabelValue):
        return [(str(label), held.value) for label, held in result.values.items()]
    if isinstance(result, ByLabelCountValue):
        counts = [(f"counts.{label}", held.value) for label, held in result.counts.items()]
        return counts + [(f"shares.{label}", held.value) for label, held in result.shares.items()]
    raise TypeError(f"{type(result).__name__} is not expected")


def says(snapshot: Snapshot, path: str, completeness: str) -> File:
    """The snapshot's objects; the file is the same snapshot as JSON."""
    file = File(path, "evidently", completeness)
    for result in snapshot.metric_results.values():
        params = result.get_metric_value_location().metric.params
        metric = params["type"].removeprefix("evidently:metric_v2:")
        column = params.get("column")
        for part, value in values(result):
            file.measured(metric if part is None else f"{metric}.{part}", value, task=column)
    statuses = [test.status.value for test in snapshot.tests_results]
    file.counted(
        passed=statuses.count("SUCCESS"),
        failed=statuses.count("FAIL") + statuses.count("WARNING"),
        errors=statuses.count("ERROR"),
        skipped=statuses.count("SKIPPED"),
    )
    file.facts = {f"tests.{status}": str(statuses.count(status)) for status in set(statuses)}
    return file


def main(out: Path) -> None:
    warnings.simplefilter("ignore")
    chance = random.Random(4)
    definition = DataDefinition(
        numerical_columns=["latency", "length", "nothing"],
        categorical_columns=["region", "target", "prediction"],
        classification=[BinaryClassification(target="target", prediction_labels="prediction")],
    )
    before, after = (
        Dataset.from_pandas(table(shift, chance), data_definition=definition) for shift in (0, 15)
    )
    columns = ["latency", "length", "region"]
    plans: dict[str, tuple[list[Any], str]] = {
        "drift": ([DataDriftPreset(columns=columns)], "whole"),
        "values": (
            [
                RowCount(tests=[gte(100)]),
                MeanValue(column="latency", tests=[lt(100)]),
                MaxValue(column="length", tests=[lte(30, is_critical=False)]),
                QuantileValue(column="latency", quantile=0.95),
                MissingValueCount(column="nothing", tests=[lte(0)]),
                ValueStats(column="region"),
            ],
            "whole",
        ),
        "classification": ([ClassificationQuality()], "whole"),
        "nan": ([MeanValue(column="nothing", tests=[lt(1)]), RowCount()], "whole"),
    }
    files = []
    for name, (metrics, completeness) in plans.items():
        report = Report(metrics, include_tests=name == "drift")
        snapshot = report.run(after, before if name == "drift" else None)
        path = f"{name}.json"
        snapshot.save_json(str(out / path))
        files.append(says(snapshot, path, completeness))
    write(out, "evidently", "evidently", files)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
