"""lm-evaluation-harness with its dummy model, on three tasks of our own: no weights, no torch."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import lm_eval
from lm_eval.loggers import EvaluationTracker
from lm_eval.tasks import TaskManager

from expected import File, write

TASKS = Path(__file__).resolve().parent / "lm_eval_tasks"
ROWS = 24


def capitals(path: Path) -> None:
    """The data set the tasks name, relative to the folder they run in."""
    with path.open("w", encoding="utf-8") as file:
        for at in range(ROWS):
            cities = [f"{word}ville {at}" for word in ("North", "South", "East")]
            row = {"country": f"Country {at}", "cities": cities, "right": at % 3}
            file.write(json.dumps(row) + "\n")


def says(results: dict[str, Any], path: str, completeness: str) -> File:
    """What the harness returns to its caller, before it writes anything."""
    file = File(path, "lm-eval", completeness)
    for task, values in results["results"].items():
        counts = results["n-samples"].get(task, {})
        for key, value in values.items():
            metric, comma, filter = key.partition(",")
            if not comma or metric.endswith("_stderr"):
                continue
            file.measured(
                metric,
                value,
                task=task,
                slice=filter,
                n=counts.get("effective"),
                stderr=values.get(f"{metric}_stderr,{filter}"),
            )
    for task, counts in results["n-samples"].items():
        file.facts[f"n_samples.{task}"] = f"{counts['effective']} of {counts['original']}"
    return file


def run(name: str, out: Path, work: Path, tasks: list[str], limit: int | None) -> list[File]:
    """Evaluates and saves the way the command line does: results, then one log for each task."""
    folder = work / name
    shutil.rmtree(folder, ignore_errors=True)
    tracker = EvaluationTracker(output_path=str(folder))
    results = lm_eval.simple_evaluate(
        model="dummy",
        tasks=tasks,
        limit=limit,
        evaluation_tracker=tracker,
        task_manager=TaskManager(include_path=str(TASKS), include_defaults=False),
        bootstrap_iters=0 if "capital_broken" in tasks else 1000,
    )
    assert results is not None
    samples = results.pop("samples")
    tracker.save_results_aggregated(results=results, samples=samples)
    [written] = folder.rglob("results_*.json")
    shutil.copy(written, out / f"{name}.json")
    whole = says(results, f"{name}.json", "whole" if limit is None else "partial")
    logs = []
    if name == "whole":
        for task in sorted(samples):
            tracker.save_results_samples(task_name=task, samples=samples[task])
            [log] = folder.rglob(f"samples_{task}_*.jsonl")
            shutil.copy(log, out / log.name)
            logs.append(File(log.name, "lm-eval", "partial"))
            # The log yields the same means. It holds no standard errors, and names no task.
            for held in (it for it in whole.measurements if it["task"] == task):
                logs[-1].measurements.append(held | {"stderr": None, "task": None})
    return [whole, *logs]


def main(out: Path, work: Path) -> None:
    capitals(work / "capitals.jsonl")
    os.chdir(work)
    files = run("whole", out, work, ["capitals"], None)
    files += run("limited", out, work, ["capital_choice"], 5)
    files += run("nan", out, work, ["capital_broken"], None)
    write(out, "lm-eval", "lm_eval", files)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
