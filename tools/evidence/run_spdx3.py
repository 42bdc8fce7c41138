"""SPDX 3.0.1 with the AI and data set profiles, through the generated Python model: one that says
everything a gate asks, and one that says next to nothing."""

from __future__ import annotations

import sys
from datetime import datetime, timezone
from pathlib import Path

import spdx_python_model

from expected import File, write

spdx = spdx_python_model.v3_0_1
HERE = "https://example.org/spdx/"


def document(elements: list, created: object) -> object:
    """A document that holds these elements; the model alone is its root."""
    made = spdx.SpdxDocument(_id=HERE + "document", creationInfo=created, name="release")
    made.profileConformance = [
        spdx.ProfileIdentifierType.core,
        spdx.ProfileIdentifierType.ai,
        spdx.ProfileIdentifierType.dataset,
    ]
    made.rootElement = elements[:1]
    made.element = elements
    return made


def creation(agent: object) -> object:
    made = spdx.CreationInfo(
        specVersion="3.0.1", created=datetime(2026, 10, 1, tzinfo=timezone.utc)
    )
    made.createdBy = [agent]
    return made


def metric(name: str, value: str) -> object:
    return spdx.DictionaryEntry(key=name, value=value)


def model(created: object, agent: object) -> object:
    made = spdx.ai_AIPackage(_id=HERE + "model", creationInfo=created, name="ticket-summarizer")
    made.software_packageVersion = "1.4.0"
    made.software_primaryPurpose = spdx.software_SoftwarePurpose.model
    made.software_downloadLocation = "https://example.org/models/ticket-summarizer"
    made.releaseTime = datetime(2026, 10, 1, tzinfo=timezone.utc)
    made.suppliedBy = agent
    made.verifiedUsing = [spdx.Hash(algorithm=spdx.HashAlgorithm.sha256, hashValue="ab" * 32)]
    made.ai_autonomyType = spdx.PresenceType.no
    made.ai_domain = ["customer support"]
    made.ai_informationAboutTraining = "Trained on tickets of the years 2023 to 2025"
    made.ai_informationAboutApplication = "Summaries that a person reads"
    made.ai_limitation = "Texts over 4000 words are cut"
    made.ai_metric = [
        metric("rouge_l", "0.412"),
        metric("hallucination_rate", "3.1 %"),
        metric("tone", "friendly"),
    ]
    made.ai_metricDecisionThreshold = [metric("hallucination_rate", "5 %")]
    made.ai_safetyRiskAssessment = spdx.ai_SafetyRiskAssessmentType.medium
    made.ai_typeOfModel = ["transformer"]
    made.ai_useSensitivePersonalInformation = spdx.PresenceType.no
    made.ai_hyperparameter = [metric("rank", "16")]
    return made


def data(created: object) -> object:
    made = spdx.dataset_DatasetPackage(_id=HERE + "data", creationInfo=created, name="tickets")
    made.software_primaryPurpose = spdx.software_SoftwarePurpose.data
    made.dataset_datasetType = [spdx.dataset_DatasetType.text]
    made.dataset_datasetSize = 20_000
    made.dataset_hasSensitivePersonalInformation = spdx.PresenceType.no
    made.dataset_knownBias = ["Two thirds of the tickets are in German"]
    return made


def save(out: Path, path: str, elements: list) -> None:
    objects = spdx.SHACLObjectSet()
    for element in elements:
        objects.add(element)
    with (out / path).open("wb") as file:
        spdx.JSONLDSerializer().write(objects, file, indent=1)


def main(out: Path) -> None:
    agent = spdx.Organization(_id=HERE + "works", name="Example Works")
    created = creation(agent)
    agent.creationInfo = created
    told, source = model(created, agent), data(created)
    trained = spdx.Relationship(_id=HERE + "trained", creationInfo=created)
    trained.from_ = told
    trained.relationshipType = spdx.RelationshipType.trainedOn
    trained.to = [source]
    held = [told, source, trained, agent]
    save(out, "whole.spdx3.json", [document(held, created), created, *held])
    whole = File("whole.spdx3.json", "spdx3")
    for entry in told.ai_metric:
        number = entry.value.removesuffix(" %")
        numeric = number.replace(".", "", 1).isdigit()
        whole.measured(entry.key, float(number) if numeric else None)
    whole.facts = {
        "name": told.name,
        "version": told.software_packageVersion,
        "autonomy": "no",
        "safety_risk": "medium",
        "sensitive_personal_information": "no",
        "dataset": source.name,
        "units": "hallucination_rate is written in percent",
    }
    bare = spdx.ai_AIPackage(_id=HERE + "bare", creationInfo=created, name="bare-model")
    bare.ai_useSensitivePersonalInformation = spdx.PresenceType.noAssertion
    save(out, "bare.spdx3.json", [document([bare, agent], created), created, bare, agent])
    least = File("bare.spdx3.json", "spdx3", facts={"name": bare.name})
    least.facts["sensitive_personal_information"] = "noAssertion"
    write(out, "spdx3", "spdx-python-model", [whole, least])


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
