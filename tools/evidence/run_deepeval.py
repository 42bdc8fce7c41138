"""DeepEval without any language model: metrics that compare or count, in both of its layouts."""

from __future__ import annotations

import math
import os
import shutil
import sys
from pathlib import Path
from typing import Any

from deepeval import evaluate
from deepeval.evaluate.configs import AsyncConfig, CacheConfig, DisplayConfig, ErrorConfig
from deepeval.evaluate.types import EvaluationResult
from deepeval.metrics import BaseMetric, ExactMatchMetric
from deepeval.test_case import LLMTestCase

from expected import File, write


class Unsupported(BaseMetric):
    """The share of words in the answer that the context lacks: lower is better."""

    async_mode = False

    def __init__(self, threshold: float = 0.3) -> None:
        self.threshold = threshold
        self.score: float | None = None

    def measure(self, test_case: LLMTestCase, *args: Any, **kwargs: Any) -> float:
        words = (test_case.actual_output or "").lower().split()
        held = " ".join(test_case.context or []).lower().split()
        self.score = sum(word not in held for word in words) / max(len(words), 1)
        self.success = self.score <= self.threshold
        self.reason = f"{len(words)} words"
        return self.score

    async def a_measure(self, test_case: LLMTestCase, *args: Any, **kwargs: Any) -> float:
        return self.measure(test_case)

    def is_successful(self) -> bool:
        return bool(self.success)

    @property
    def __name__(self) -> str:  # type: ignore[override]
        return "Unsupported words"


class Fails(Unsupported):
    """Cannot judge answers about Rome."""

    def measure(self, test_case: LLMTestCase, *args: Any, **kwargs: Any) -> float:
        if "rome" in (test_case.actual_output or ""):
            raise RuntimeError("the judge did not answer")
        return super().measure(test_case)

    @property
    def __name__(self) -> str:  # type: ignore[override]
        return "Judged"


class Nothing(Unsupported):
    """A score that is no number."""

    def measure(self, test_case: LLMTestCase, *args: Any, **kwargs: Any) -> float:
        self.score, self.success, self.reason = math.nan, False, "nothing to divide by"
        return self.score

    @property
    def __name__(self) -> str:  # type: ignore[override]
        return "Nothing"


def cases() -> list[LLMTestCase]:
    context = ["the capital of italy is rome", "the capital of france is paris"]
    answers = [("paris", "paris"), ("rome", "rome"), ("perhaps lima", "lima"), ("oslo", "oslo")]
    return [
        LLMTestCase(
            input=f"Question {at}", actual_output=said, expected_output=right, context=context
        )
        for at, (said, right) in enumerate(answers)
    ]


def says(result: EvaluationResult, path: str) -> File:
    """The result object `evaluate` returns, added up for each metric."""
    file = File(path, "deepeval")
    held: dict[str, list[Any]] = {}
    for test in result.test_results:
        for metric in test.metrics_data or []:
            held.setdefault(metric.name, []).append(metric)
    for name, all_of in held.items():
        scores = [it.score for it in all_of if it.error is None and it.score is not None]
        file.measured(name, sum(scores) / len(scores) if scores else None, n=len(scores))
        file.facts[f"{name}.passes"] = str(sum(bool(it.success) for it in all_of))
        file.facts[f"{name}.errors"] = str(sum(it.error is not None for it in all_of))
    passed = sum(test.success for test in result.test_results)
    file.counted(passed=passed, failed=len(result.test_results) - passed)
    if any(it.error for all_of in held.values() for it in all_of):
        file.completeness = "partial"
    return file


def run(name: str, metrics: list[BaseMetric], out: Path, work: Path) -> list[File]:
    """One evaluation, as the file the tool saves and as the dump of its result."""
    folder = work / name
    shutil.rmtree(folder, ignore_errors=True)
    os.environ["DEEPEVAL_RESULTS_FOLDER"] = str(folder)
    result = evaluate(
        cases(),
        metrics,
        async_config=AsyncConfig(run_async=False),
        cache_config=CacheConfig(write_cache=False),
        display_config=DisplayConfig(
            show_indicator=False, print_results=False, inspect_after_run=False
        ),
        error_config=ErrorConfig(ignore_errors=True),
    )
    [saved] = folder.glob("test_run_*.json")
    shutil.copy(saved, out / f"{name}-run.json")
    (out / f"{name}-result.json").write_text(result.model_dump_json(indent=1))
    return [says(result, f"{name}-run.json"), says(result, f"{name}-result.json")]


def main(out: Path, work: Path) -> None:
    os.chdir(work)
    files = run("whole", [ExactMatchMetric(), Unsupported()], out, work)
    files += run("clean", [Unsupported(threshold=1.0)], out, work)
    files += run("errors", [ExactMatchMetric(), Fails()], out, work)
    files += run("nan", [Nothing()], out, work)
    write(out, "deepeval", "deepeval", files)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
