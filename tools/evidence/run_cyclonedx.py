"""CycloneDX ML-BOMs by the Python library: 1.6 and 1.7, without and with a model card, and one
that its strict validator refuses.

The library knows models and data as components but has no classes for the model card; that part is
a dictionary of ours, and the library's validator says whether the whole holds.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType
from cyclonedx.model import Property, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.contact import OrganizationalEntity
from cyclonedx.model.license import DisjunctiveLicense
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from expected import File, write

VERSIONS = {"1.6": SchemaVersion.V1_6, "1.7": SchemaVersion.V1_7}
CARD: dict[str, Any] = {
    "modelParameters": {
        "approach": {"type": "supervised"},
        "task": "summarization",
        "architectureFamily": "transformer",
        "modelArchitecture": "encoder-decoder",
        "datasets": [{"ref": "ticket-texts"}],
    },
    "quantitativeAnalysis": {
        "performanceMetrics": [
            {"type": "rouge_l", "value": "0.412", "slice": "all"},
            {
                "type": "hallucination_rate",
                "value": "0.031",
                "slice": "german",
                "confidenceInterval": {"lowerBound": "0.021", "upperBound": "0.044"},
            },
            {"type": "latency_p95", "value": "not measured yet"},
        ]
    },
    "considerations": {
        "users": ["support staff"],
        "useCases": ["summaries of tickets"],
        "technicalLimitations": ["texts over 4000 words are cut"],
        "ethicalConsiderations": [{"name": "tone", "mitigationStrategy": "a person reads it"}],
    },
}


def model() -> Component:
    return Component(
        name="ticket-summarizer",
        group="example",
        version="1.4.0",
        type=ComponentType.MACHINE_LEARNING_MODEL,
        bom_ref="ticket-summarizer",
        publisher="Example Works",
        supplier=OrganizationalEntity(name="Example Works"),
        description="Summarizes support tickets",
        licenses=[DisjunctiveLicense(id="Apache-2.0")],
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content="ab" * 32)],
        external_references=[
            ExternalReference(
                type=ExternalReferenceType.VCS, url=XsUri("https://example.org/model")
            )
        ],
        properties=[Property(name="base_model", value="example/base-7b")],
    )


def bom() -> Bom:
    made = Bom()
    made.metadata.component = Component(name="release", type=ComponentType.APPLICATION)
    data = Component(
        name="ticket-texts",
        version="3",
        type=ComponentType.DATA,
        bom_ref="ticket-texts",
        licenses=[DisjunctiveLicense(name="internal use only")],
    )
    held = [model(), data]
    # No licence and no hash, as an inventory often has it.
    held.append(Component(name="bare-model", type=ComponentType.MACHINE_LEARNING_MODEL))
    for component in held:
        made.components.add(component)
    made.register_dependency(made.metadata.component, held)
    made.register_dependency(held[0], [data])
    return made


def says(path: str, version: str, text: str, card: bool) -> File:
    """The facts of the library's own objects, once its validator has taken the file."""
    fault = JsonStrictValidator(VERSIONS[version]).validate_str(text)
    file = File(path, "cyclonedx")
    if fault is not None:
        file.refused = type(fault).__name__
        return file
    made = model()
    file.facts = {
        "specVersion": version,
        "model.name": made.name,
        "model.group": str(made.group),
        "model.version": str(made.version),
        "model.license": "Apache-2.0",
        "model.sha256": next(iter(made.hashes)).content,
        "data.name": "ticket-texts",
        "data.license": "internal use only",
        "components": str(len(bom().components)),
    }
    for metric in CARD["quantitativeAnalysis"]["performanceMetrics"] if card else []:
        try:
            value: float | None = float(metric["value"])
        except ValueError:
            value = None
        file.measured(metric["type"], value, slice=metric.get("slice"))
    return file


def main(out: Path) -> None:
    files = []
    for version, schema in VERSIONS.items():
        text = make_outputter(bom(), OutputFormat.JSON, schema).output_as_string(indent=2)
        held = json.loads(text)
        [carded] = [it for it in held["components"] if it["name"] == "ticket-summarizer"]
        carded["modelCard"] = CARD
        untyped = json.loads(text)
        [bare] = [it for it in untyped["components"] if it["name"] == "bare-model"]
        del bare["type"]
        plans = {
            f"plain-{version}.json": (text, False),
            f"model-card-{version}.json": (json.dumps(held, indent=2), True),
            f"no-type-{version}.json": (json.dumps(untyped, indent=2), False),
        }
        for path, (content, card) in plans.items():
            (out / path).write_text(content)
            files.append(says(path, version, content, card))
    write(out, "cyclonedx", "cyclonedx-python-lib", files)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
