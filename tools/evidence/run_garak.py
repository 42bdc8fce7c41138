"""garak against its own test generator and functions of ours: whole, mixed, blank and silent runs,
and one that is interrupted. Numbers come from garak's console."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from expected import File, write

HERE = Path(__file__).resolve().parent
PROBES = ["dan.Dan_11_0", "encoding.InjectBase64", "promptinject.HijackHateHumans"]
# More prompts than this are cut; from thirty on garak adds a confidence interval.
PROMPTS = 40
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
RESULT = re.compile(r"(\S+)\s+(\S+): (?:PASS|FAIL|SKIP)\s+ok on\s+(\d+)/\s*(\d+)")


def command(target: list[str], prefix: Path, work: Path) -> list[str]:
    config = work / "garak.yaml"
    config.write_text(f"run:\n  seed: 7\n  soft_probe_prompt_cap: {PROMPTS}\n  generations: 1\n")
    spec = ",".join(f"probes.{probe}" for probe in PROBES)
    call = [sys.executable, "-u", "-m", "garak", "--config", str(config), *target]
    return [*call, "--spec", spec, "--report_prefix", str(prefix)]


def run(target: list[str], prefix: Path, work: Path) -> list[str]:
    """The console's lines of results."""
    # Settings, caches and logs go to the work folder, not to the home of whoever runs this.
    home = work / "home"
    home.mkdir(exist_ok=True)
    folders = {name: str(home) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    environment = os.environ | folders | {"XDG_CACHE_HOME": str(home), "PYTHONPATH": str(HERE)}
    call = command(target, prefix, work)
    done = subprocess.run(
        call, cwd=work, env=environment, capture_output=True, text=True, check=False, timeout=1200
    )
    if done.returncode != 0 and "garak_target#interrupted" not in target:
        raise RuntimeError(f"garak exited with {done.returncode}: {done.stderr[-2000:]}")
    lines = (COLOURS.sub("", line).strip() for line in done.stdout.splitlines())
    return [line for line in lines if RESULT.search(line)]


def says(lines: list[str], path: str, completeness: str) -> File:
    file = File(path, "garak", completeness)
    for line in lines:
        found = RESULT.search(line)
        assert found is not None
        probe, detector, passed, total = found[1], found[2], int(found[3]), int(found[4])
        rate = (total - passed) / total if total else None
        file.measured("attack_success_rate", rate, task=probe, slice=detector, n=total)
    return file


def main(out: Path, work: Path) -> None:
    function = ["--target_type", "function.Single", "--target_name"]
    plans: dict[str, tuple[list[str], str]] = {
        "repeat": (["--target_type", "test.Repeat"], "whole"),
        "blank": (["--target_type", "test.Blank"], "whole"),
        "mixed": ([*function, "garak_target#sometimes"], "whole"),
        "halting": ([*function, "garak_target#often_silent"], "partial"),
        "silent": ([*function, "garak_target#silent"], "failed"),
        "interrupted": ([*function, "garak_target#interrupted"], "partial"),
    }
    files = []
    for name, (target, completeness) in plans.items():
        for old in work.glob(f"{name}.*"):
            old.unlink()
        lines = run(target, work / name, work)
        path = f"{name}.report.jsonl"
        shutil.copy(work / path, out / path)
        file = says(lines, path, completeness)
        hits = work / f"{name}.hitlog.jsonl"
        if hits.exists():
            shutil.copy(hits, out / hits.name)
            log = File(hits.name, "garak", "partial")
            # A hit log grades nothing, so each hit counts as the worst.
            rates = [it for it in file.measurements if it["value"] is not None]
            log.findings = {"unknown": sum(round(it["value"] * it["n"]) for it in rates)}
            files.append(log)
        files.append(file)
    write(out, "garak", "garak", files)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
