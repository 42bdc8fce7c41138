"""Inspect AI with its mock model: whole, limited, failed, cancelled runs, errors, and a NaN."""

from __future__ import annotations

import math
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import tiktoken

from expected import File, write


class Words:
    """Counts words instead of tokens, so that no vocabulary has to be fetched."""

    def encode(self, text: str, **_: object) -> list[int]:
        return [0] * len(text.split())


tiktoken.get_encoding = lambda name: Words()  # type: ignore[assignment]
tiktoken.encoding_for_model = lambda name: Words()  # type: ignore[assignment]

from inspect_ai import Task, eval  # noqa: E402
from inspect_ai.dataset import Sample  # noqa: E402
from inspect_ai.log import EvalLog, read_eval_log  # noqa: E402
from inspect_ai.model import ModelOutput, get_model  # noqa: E402
from inspect_ai.scorer import Metric, SampleScore, accuracy, includes, match, metric  # noqa: E402
from inspect_ai.scorer import Score, Target, mean, scorer, stderr  # noqa: E402
from inspect_ai.solver import Generate, Solver, TaskState, generate, solver  # noqa: E402

ANSWERS = ["paris", "rome", "no idea", "the answer is madrid", "oslo", "bern, surely"]
TARGETS = ["paris", "rome", "lima", "madrid", "cairo", "bern"]


@metric
def broken() -> Metric:
    """A metric that is no number."""

    def value(scores: list[SampleScore]) -> float:
        return math.nan

    return value


@scorer(metrics=[accuracy(), broken()])
def half_broken():
    async def score(state: TaskState, target: Target) -> Score:
        return Score(value="C" if target.text in state.output.completion else "I")

    return score


@scorer(metrics={"tone": [mean(), stderr()], "length": [mean()]})
def several():
    """One scorer with two named values, as graders with a rubric have."""

    async def score(state: TaskState, target: Target) -> Score:
        text = state.output.completion
        return Score(value={"tone": 0.25 * text.count("a"), "length": len(text)})

    return score


@solver
def stops_at(text: str, interrupt: bool) -> Solver:
    """Fails, or interrupts the whole run, at the sample whose answer holds `text`."""

    async def solve(state: TaskState, generate: Generate) -> TaskState:
        state = await generate(state)
        if text in state.output.completion:
            if interrupt:
                os.kill(os.getpid(), signal.SIGINT)
            else:
                raise RuntimeError(f"the solver gave up at {text}")
        return state

    return solve


def run(name: str, logs: Path, **options: object) -> list[EvalLog]:
    solve = options.pop("solver", None) or generate()
    scorers = options.pop("scorer", None) or [match(), includes()]
    samples = [
        Sample(input=f"Which capital is number {at}?", target=target, id=at)
        for at, target in enumerate(TARGETS, start=1)
    ]
    outputs = [ModelOutput.from_content("mockllm/model", text) for text in ANSWERS * 4]
    return eval(
        Task(dataset=samples, solver=solve, scorer=scorers, name=name),
        model=get_model("mockllm/model", custom_outputs=outputs),
        log_dir=str(logs),
        display="none",
        max_samples=1,
        ctl_server=False,
        **options,
    )


def says(log: EvalLog, path: str, completeness: str) -> File:
    """What Inspect's own objects hold."""
    file = File(path, "inspect", completeness)
    file.facts = {"status": log.status, "model": log.eval.model, "task": log.eval.task}
    if log.results is None:
        return file
    file.facts["total_samples"] = str(log.results.total_samples)
    file.facts["completed_samples"] = str(log.results.completed_samples)
    for score in log.results.scores:
        error = score.metrics.get("stderr")
        for held in (it for it in score.metrics.values() if it.name != "stderr"):
            file.measured(
                held.name,
                held.value,
                task=log.eval.task,
                slice=score.name if score.name == score.scorer else None,
                n=score.scored_samples,
                stderr=error.value if error and held.name in ("accuracy", "mean") else None,
            )
    return file


def cancelled(out: Path, work: Path) -> File:
    """A run of its own process, since the interrupt ends it."""
    logs = work / "cancelled"
    shutil.rmtree(logs, ignore_errors=True)
    subprocess.run([sys.executable, __file__, "--cancel", str(logs)], check=False, timeout=300)
    [written] = logs.glob("*.json")
    shutil.copy(written, out / "cancelled.json")
    return says(read_eval_log(str(written)), "cancelled.json", "failed")


def main(out: Path, work: Path) -> None:
    plans: list[tuple[str, str, dict[str, object]]] = [
        ("whole", "whole", {"epochs": 2}),
        ("limited", "partial", {"limit": 3}),
        ("failed", "failed", {"solver": stops_at("madrid", False)}),
        ("errors", "partial", {"solver": stops_at("madrid", False), "fail_on_error": False}),
        ("nan", "whole", {"scorer": half_broken()}),
        ("several", "whole", {"scorer": several()}),
        ("unscored", "failed", {"score": False}),
    ]
    files = []
    for name, completeness, options in plans:
        for kind in ("json", "eval"):
            if kind == "eval" and name not in ("whole", "failed", "nan"):
                continue
            logs = work / f"{name}-{kind}"
            shutil.rmtree(logs, ignore_errors=True)
            [log] = run(name, logs, log_format=kind, **dict(options))
            shutil.copy(log.location, out / f"{name}.{kind}")
            files.append(says(log, f"{name}.{kind}", completeness))
    files.append(cancelled(out, work))
    write(out, "inspect", "inspect-ai", files)


if __name__ == "__main__":
    if sys.argv[1] == "--cancel":
        run("cancelled", Path(sys.argv[2]), log_format="json", solver=stops_at("madrid", True))
    else:
        main(Path(sys.argv[1]), Path(sys.argv[2]))
