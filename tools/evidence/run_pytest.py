"""pytest with JUnit XML: every outcome, a clean suite, one that cannot be collected, an empty one,
and one stopped at the first failure."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from expected import File, write

SUITES = Path(__file__).resolve().parent / "pytest_suites"


class Count:
    """Counts outcomes by case as pytest reports them, phase by phase."""

    def __init__(self) -> None:
        self.outcomes: dict[str, str] = {}
        self.properties: list[tuple[str, object]] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call":
            self.outcomes[report.nodeid] = report.outcome
            self.properties += report.user_properties
        elif report.outcome == "failed":
            self.outcomes[report.nodeid] = "error"
        elif report.outcome == "skipped":
            self.outcomes[report.nodeid] = "skipped"

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.outcomes[report.nodeid] = "error"

    def of(self, outcome: str) -> int:
        return list(self.outcomes.values()).count(outcome)


def run(out: Path, path: str, completeness: str, arguments: list[str]) -> File:
    count = Count()
    options = [f"--junitxml={out / path}", f"--rootdir={SUITES}", "-q", "-p", "no:cacheprovider"]
    pytest.main([*options, *arguments], plugins=[count])
    file = File(path, "junit", completeness)
    passed, failed, errors = count.of("passed"), count.of("failed"), count.of("error")
    file.counted(passed=passed, failed=failed, errors=errors, skipped=count.of("skipped"))
    for name, value in count.properties:
        file.facts[name] = str(value)
        if isinstance(value, (int, float)):
            file.measured(name, value)
    return file


def main(out: Path) -> None:
    outcomes, clean = str(SUITES / "test_outcomes.py"), str(SUITES / "test_clean.py")
    files = [
        run(out, "outcomes.xml", "whole", [outcomes]),
        run(out, "clean.xml", "whole", [clean]),
        run(out, "both.xml", "whole", [clean, outcomes]),
        # JUnit XML does not say that cases were left out, so the reader cannot know.
        run(out, "stopped.xml", "whole", ["--exitfirst", outcomes]),
        run(out, "uncollected.xml", "whole", [str(SUITES / "test_unreadable.py")]),
        run(out, "empty.xml", "failed", ["-k", "nothing_of_this_name", clean]),
    ]
    write(out, "pytest", "pytest", files)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
