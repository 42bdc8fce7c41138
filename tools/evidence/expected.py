"""Writes `expected.json`: what a tool itself says of the files it wrote.

The numbers come from the tool's own objects or its console, never from the file they are compared
with, unless the tool has no other face. The shape is described in README.md.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

COMPLETENESS = ("whole", "partial", "failed")


def number(value: Any) -> float | int | None:
    """A plain JSON number, or nothing for what is none: NaN, an infinity, a missing value."""
    if value is None or isinstance(value, str):
        return None
    if isinstance(value, (bool, int)):
        return int(value)
    value = float(value)
    return value if math.isfinite(value) else None


@dataclass
class File:
    """One file a tool wrote, and what the tool says stands in it."""

    path: str
    format: str | None
    completeness: str = "whole"
    refused: str | None = None
    measurements: list[dict[str, Any]] = field(default_factory=list)
    checks: dict[str, int] | None = None
    findings: dict[str, int] | None = None
    facts: dict[str, str] = field(default_factory=dict)

    def measured(
        self,
        metric: str,
        value: Any,
        *,
        task: str | None = None,
        slice: str | None = None,
        n: int | None = None,
        stderr: Any = None,
    ) -> None:
        """Adds a number as the tool reports it."""
        entry = {"metric": metric, "task": task, "slice": slice, "value": number(value)}
        self.measurements.append(entry | {"n": n, "stderr": number(stderr)})

    def counted(self, *, passed: int, failed: int, errors: int = 0, skipped: int = 0) -> None:
        """Sets the passes and failures as the tool counts them."""
        self.checks = {"passed": passed, "failed": failed, "errors": errors, "skipped": skipped}

    def to_json(self) -> dict[str, Any]:
        if self.completeness not in COMPLETENESS:
            raise ValueError(f"{self.path}: `{self.completeness}` is none of {COMPLETENESS}")
        return dict(vars(self))


def write(out: Path, tool: str, package: str | None, files: list[File], **more: Any) -> None:
    """Writes `expected.json` beside the files; every file named in it has to be there.

    `package` is the installed Python package whose version is noted; a tool that is none passes
    its own `version` instead.
    """
    missing = [file.path for file in files if not (out / file.path).exists()]
    if missing:
        raise FileNotFoundError(f"{tool} did not write {', '.join(missing)}")
    head: dict[str, Any] = {"tool": tool}
    head["version"] = more.pop("version", None) or version(package or tool)
    said = head | {"files": [file.to_json() for file in files]} | more
    text = json.dumps(said, indent=2, ensure_ascii=False, allow_nan=False)
    (out / "expected.json").write_text(text + "\n", encoding="utf-8")
