"""Bandit with SARIF: faults of every severity, a clean tree, and a file it could not parse."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from bandit.core import config, manager

from expected import File, write

SCANNED = Path(__file__).resolve().parent / "scanned"


def count(folder: Path) -> dict[str, int]:
    """Bandit's own issues by its own scale, which has no critical and no info."""
    scan = manager.BanditManager(config.BanditConfig(), "file")
    scan.discover_files([str(folder)], recursive=True)
    scan.run_tests()
    found = [issue.severity.lower() for issue in scan.get_issue_list()]
    scale = ("critical", "high", "medium", "low", "info")
    return {level: found.count(level) for level in scale}


def run(folder: Path, out: Path, name: str, completeness: str) -> list[File]:
    """The same scan in every format that carries its findings."""
    files = []
    for form, ending, known in (("sarif", "sarif", "sarif-2.1.0"), ("json", "json", None)):
        path = f"{name}.{ending}"
        command = [sys.executable, "-m", "bandit", "-r", "-q", "-f", form, "-o", str(out / path)]
        subprocess.run([*command, str(folder)], check=False, timeout=300)
        file = File(path, known, completeness)
        file.findings = count(folder)
        files.append(file)
    return files


def main(out: Path, work: Path) -> None:
    broken = work / "broken"
    shutil.rmtree(broken, ignore_errors=True)
    shutil.copytree(SCANNED / "faulty", broken)
    (broken / "cut_short.py").write_text("def load(path:\n")
    files = run(SCANNED / "faulty", out, "faulty", "whole")
    files += run(SCANNED / "clean", out, "clean", "whole")
    files += run(broken, out, "unparsed", "partial")
    write(out, "bandit", "bandit", files)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
