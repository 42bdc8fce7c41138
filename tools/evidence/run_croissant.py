"""Croissant 1.0 and 1.1 by mlcroissant: a described data set, one with the least it may have, and
one that the tool refuses."""

from __future__ import annotations

import hashlib
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import mlcroissant
from mlcroissant._src.core.context import Context, CroissantVersion

from expected import File, write

VERSIONS = {"1.0": CroissantVersion.V_1_0, "1.1": CroissantVersion.V_1_1}


def described(version: CroissantVersion) -> dict[str, Any]:
    """A data set of one CSV file, with what is recommended and what responsible use asks for."""
    context = Context(conforms_to=version)
    file = mlcroissant.FileObject(
        ctx=context,
        id="tickets.csv",
        name="tickets.csv",
        content_url="https://example.org/data/tickets.csv",
        encoding_formats=["text/csv"],
        sha256=hashlib.sha256(b"tickets").hexdigest(),
    )
    source = mlcroissant.Source(
        ctx=context,
        file_object="tickets.csv",
        extract=mlcroissant.Extract(ctx=context, column="text"),
    )
    field = mlcroissant.Field(
        ctx=context,
        id="tickets/text",
        name="text",
        data_types=[mlcroissant.DataType.TEXT],
        source=source,
    )
    records = mlcroissant.RecordSet(ctx=context, id="tickets", name="tickets", fields=[field])
    metadata = mlcroissant.Metadata(
        ctx=context,
        name="tickets",
        description="Support tickets with names taken out",
        license=["https://spdx.org/licenses/CC-BY-4.0.html"],
        url="https://example.org/data/tickets",
        version="3.0.0",
        date_published=datetime(2026, 5, 1),
        cite_as="Example Works, Tickets, 2026",
        creators=[mlcroissant.Organization(ctx=context, name="Example Works")],
        distribution=[file],
        record_sets=[records],
        data_collection="Exported from the ticket system of one company",
        data_biases=["Two thirds of the tickets are in German"],
        data_limitations=["No tickets from before 2023"],
        personal_sensitive_information=["Names and addresses were taken out by hand"],
    )
    return metadata.to_json()


def says(path: str, out: Path, conforms: str) -> File:
    """What the tool makes of the file: its errors, its warnings, and its own reading of it."""
    file = File(path, "croissant")
    try:
        dataset = mlcroissant.Dataset(jsonld=out / path)
    except mlcroissant.ValidationError as error:
        file.refused = str(error).splitlines()[0]
        return file
    held = dataset.metadata
    file.facts = {
        "name": held.name,
        "conforms_to": conforms,
        "license": str((held.license or ["none"])[0]),
        "version": str(held.version),
        "distribution": str(len(held.distribution)),
        "record_sets": str(len(held.record_sets)),
        "warnings": str(len(held.ctx.issues.warnings)),
    }
    return file


def main(out: Path) -> None:
    files = []
    for name, version in VERSIONS.items():
        whole = described(version)
        least = {key: held for key, held in whole.items() if not key.startswith("rai:")}
        for key in ("license", "creator", "datePublished", "version", "citeAs"):
            least.pop(key, None)
        broken = json.loads(json.dumps(whole, default=str))
        del broken["distribution"][0]["contentUrl"]
        for kind, held in {"whole": whole, "least": least, "no-content-url": broken}.items():
            path = f"{kind}-{name}.json"
            (out / path).write_text(json.dumps(held, indent=2, default=str))
            files.append(says(path, out, version.value))
    write(out, "croissant", "mlcroissant", files)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
