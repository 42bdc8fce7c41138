#!/usr/bin/env python3
"""Compares what `countersign evidence read` finds with what the tools said of their own files.

usage: compare.py PROGRAM OUT [TOOL]...
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

# Facts a reading has to hold; of the others only those are compared that it holds by that name.
NEEDED = {"model_digest"}
OUTCOMES = {"passed": "pass", "failed": "fail", "errors": "error", "skipped": "skip"}


def read(program: str, path: Path) -> dict[str, Any]:
    """The reading, or the problem that was answered instead."""
    command = [program, "evidence", "read", "--json", str(path)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return json.loads(run.stdout if run.returncode == 0 else run.stderr)


def close(said: float | None, found: object) -> bool:
    """Equal to twelve digits: readers keep decimals, tools print binary fractions."""
    if said is None or found is None:
        return said is None and found is None
    return abs(said - float(str(found))) <= 1e-12 * max(1.0, abs(said))


def agrees(said: dict[str, Any], found: dict[str, Any]) -> bool:
    """Whether the measurement found is the one the tool reports."""
    if said["metric"] != found["metric"] or not close(said["value"], found.get("value")):
        return False
    names = all(said[key] in (None, found.get(key)) for key in ("task", "slice", "n"))
    return names and (said["stderr"] is None or close(said["stderr"], found.get("stderr")))


def faults(said: dict[str, Any], found: dict[str, Any]) -> list[str]:
    """What differs, in words."""
    if said["refused"] is not None:
        failed = [it for it in found.get("checks", []) if it["outcome"] in ("fail", "error")]
        refused = found.get("code") == "evidence.unreadable" or failed
        return [] if refused else ["the tool refuses it, the reader does not"]
    if "format" not in found:
        expected = said["format"] is None and found["code"] == "evidence.unknown"
        return [] if expected else [f"{found['code']}: {found.get('next_step')} {found}"]
    if found["format"] != said["format"]:
        return [f"format {found['format']}, not {said['format']}"]
    wrong = []
    if found["completeness"]["state"] != said["completeness"]:
        wrong.append(f"{found['completeness']}, not {said['completeness']}")
    for entry in said["measurements"]:
        if not any(agrees(entry, it) for it in found.get("measurements", [])):
            near = [it for it in found.get("measurements", []) if it["metric"] == entry["metric"]]
            wrong.append(f"{entry} is not found; of that name: {near or 'nothing'}")
    outcomes = Counter(it["outcome"] for it in found.get("checks", []))
    for name, count in (said["checks"] or {}).items():
        if outcomes[OUTCOMES[name]] != count:
            wrong.append(f"{outcomes[OUTCOMES[name]]} checks {name}, not {count}")
    levels = Counter(it["severity"] for it in found.get("findings", []) if it["state"] == "open")
    for level, count in (said["findings"] or {}).items():
        if levels[level] != count:
            wrong.append(f"{levels[level]} findings of severity {level}, not {count}")
    facts: dict[str, set[str]] = {}
    for fact in found.get("facts", []):
        facts.setdefault(fact["name"], set()).add(fact["value"])
    for name, value in said["facts"].items():
        held = facts.get(name, set())
        if value not in held and (held or name in NEEDED):
            wrong.append(f"{name} is {held or 'not there'}, not {value}")
    return wrong


def main(program: str, out: Path, tools: list[str]) -> int:
    compared = differ = 0
    for expected in sorted(out.glob("*/expected.json")):
        said = json.loads(expected.read_text(encoding="utf-8"))
        if tools and said["tool"] not in tools:
            continue
        for file in said["files"]:
            compared += 1
            wrong = faults(file, read(program, expected.parent / file["path"]))
            differ += bool(wrong)
            for fault in wrong:
                print(f"{said['tool']}/{file['path']}: {fault}")
    print(f"{compared} files compared, {differ} differ")
    return 1 if differ or not compared else 0


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:]))
