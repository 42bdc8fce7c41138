"""modelscan over harmless proof pickles: findings of two severities, a clean folder, skipped files,
and a pickle that is cut short. Nothing here is ever unpickled."""

from __future__ import annotations

import pickle
import shutil
import sys
import zipfile
from pathlib import Path

from modelscan.modelscan import ModelScan
from modelscan.settings import DEFAULT_SETTINGS

from expected import File, write


class Calls:
    """Pickles as a call of `name` in `module`, without importing either."""

    def __init__(self, name: str) -> None:
        self.name = name

    def pickled(self) -> bytes:
        """Protocol 0: GLOBAL, an argument, TUPLE1, REDUCE, STOP."""
        module, name = self.name.rsplit(".", 1)
        return f"c{module}\n{name}\n(Vecho proof\ntR.".encode()


def fill(work: Path) -> None:
    """The folders that are scanned."""
    shutil.rmtree(work / "models", ignore_errors=True)
    for name in ("clean", "faulty", "skipped", "broken", "empty"):
        (work / "models" / name).mkdir(parents=True)
    clean, faulty = work / "models/clean", work / "models/faulty"
    (clean / "weights.pkl").write_bytes(pickle.dumps({"rank": 8, "alpha": 16}))
    (faulty / "weights.pkl").write_bytes(pickle.dumps([1, 2, 3]))
    (faulty / "system.pkl").write_bytes(Calls("posix.system").pickled())
    (faulty / "opens.pkl").write_bytes(Calls("webbrowser.open").pickled())
    (faulty / "unlisted.pkl").write_bytes(Calls("torchaid.run").pickled())
    with zipfile.ZipFile(faulty / "adapter.pt", "w") as archive:
        archive.writestr("adapter/data.pkl", Calls("builtins.eval").pickled())
    (work / "models/skipped/weights.pkl").write_bytes(pickle.dumps({"rank": 4}))
    (work / "models/skipped/model.safetensors").write_bytes(b"\x02\0\0\0\0\0\0\0{}")
    (work / "models/skipped/notes.txt").write_text("not a model\n")
    (work / "models/broken/whole.pkl").write_bytes(pickle.dumps({"rank": 4}))
    (work / "models/broken/weights.pkl").write_bytes(pickle.dumps({"rank": 4})[:-6])
    (work / "models/broken/adapter.pt").write_bytes(b"PK\x03\x04 no archive after all")


def run(folder: Path, out: Path, completeness: str) -> File:
    """Scans, writes the tool's JSON report, and takes the counts from the scan's objects."""
    path = f"{folder.name}.json"
    settings = dict(DEFAULT_SETTINGS)
    settings["reporting"] = {
        "module": "modelscan.reports.JSONReport",
        "settings": {"show_skipped": True, "output_file": str(out / path)},
    }
    scan = ModelScan(settings=settings)
    scan.scan(folder)
    scan.generate_report()
    file = File(path, "modelscan", completeness)
    severities = [issue.severity.name.lower() for issue in scan.issues.all_issues]
    levels = ("critical", "high", "medium", "low")
    file.findings = {level: severities.count(level) for level in levels} | {"info": 0}
    file.facts = {
        "scanned": str(len(scan.scanned)),
        "skipped": str(len(scan.skipped)),
        "errors": str(len(scan.errors)),
    }
    return file


def main(out: Path, work: Path) -> None:
    fill(work)
    models = work / "models"
    files = [
        run(models / "clean", out, "whole"),
        run(models / "faulty", out, "whole"),
        run(models / "skipped", out, "partial"),
        run(models / "broken", out, "partial"),
        run(models / "empty", out, "failed"),
    ]
    write(out, "modelscan", "modelscan", files)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
