"""Hugging Face cards through the hub's own library, offline: a model card with results, one that
is still a template, a data set card, and a file of evaluation results."""

from __future__ import annotations

import sys
from pathlib import Path

from huggingface_hub import DatasetCard, DatasetCardData, EvalResult, EvalResultEntry, ModelCard
from huggingface_hub import ModelCardData, eval_result_entries_to_yaml
import yaml

from expected import File, write

RESULTS = [
    EvalResult(
        task_type="summarization",
        task_name="Summarization",
        dataset_type="example/tickets",
        dataset_name="Tickets",
        dataset_config="de",
        dataset_split="test",
        metric_type="rouge",
        metric_name="ROUGE-L",
        metric_value=41.2,
        source_name="our own run",
        source_url="https://example.org/runs/7",
    ),
    EvalResult(
        task_type="summarization",
        task_name="Summarization",
        dataset_type="example/tickets",
        dataset_name="Tickets",
        dataset_config="de",
        dataset_split="test",
        metric_type="hallucination_rate",
        metric_value=0.031,
    ),
    EvalResult(
        task_type="text-classification",
        dataset_type="example/tone",
        dataset_name="Tone",
        metric_type="accuracy",
        metric_value=0.9,
        verified=True,
        verify_token="not a token",
    ),
]
BODY = """
# Ticket summarizer

## Model description

Writes a summary of two sentences for a support ticket, for people who hand tickets over.

## Architecture

An encoder and a decoder with 7 billion weights, and an adapter of rank 16.

## Training data

Tickets of the years 2023 to 2025, with names taken out.

## Intended use

Summaries that a person reads before acting on them.

## Limitations

Texts over 4000 words are cut; tables are lost.

## Bias

Tickets in German are summarized a little worse than those in English.
"""


def model_card(out: Path) -> File:
    data = ModelCardData(
        language=["de", "en"],
        license="apache-2.0",
        base_model="example/base-7b",
        datasets=["example/tickets"],
        library_name="peft",
        pipeline_tag="summarization",
        tags=["lora"],
        model_name="ticket-summarizer",
        eval_results=RESULTS,
        owner="support-ai@example.org",
    )
    card = ModelCard(f"---\n{data.to_yaml()}\n---\n{BODY}")
    card.save(out / "model-card.md")
    read = ModelCard.load(out / "model-card.md")
    file = File("model-card.md", "model-card")
    file.facts = {
        "license": read.data.license,
        "base_model": read.data.base_model,
        "library_name": read.data.library_name,
        "pipeline_tag": read.data.pipeline_tag,
    }
    for result in read.data.eval_results:
        file.measured(result.metric_type, result.metric_value, task=result.dataset_name)
    return file


def template(out: Path) -> File:
    """What the library makes of its own template when little is filled in."""
    data = ModelCardData(license="apache-2.0", library_name="transformers")
    ModelCard.from_template(data, model_id="draft").save(out / "template.md")
    file = File("template.md", "model-card")
    file.facts = {"license": "apache-2.0", "placeholders": "some"}
    return file


def dataset_card(out: Path) -> File:
    data = DatasetCardData(
        language="de",
        license="cc-by-4.0",
        size_categories="1K<n<10K",
        task_categories=["summarization"],
        pretty_name="Tickets",
        source_datasets=["original"],
    )
    body = "# Tickets\n\n## Data set description\n\nSupport tickets with names taken out.\n"
    DatasetCard(f"---\n{data.to_yaml()}\n---\n{body}").save(out / "dataset-card.md")
    read = DatasetCard.load(out / "dataset-card.md")
    file = File("dataset-card.md", "dataset-card")
    file.facts = {"license": str(read.data.license), "pretty_name": str(read.data.pretty_name)}
    return file


def eval_results(out: Path) -> File:
    entries = [
        EvalResultEntry(dataset_id="example/tickets", task_id="de", value=0.412, date="2026-10-01"),
        EvalResultEntry(
            dataset_id="example/tone",
            task_id="all",
            value=90.5,
            source_url="https://example.org/runs/7",
            source_name="our own run",
            notes="five shots",
        ),
    ]
    text = yaml.safe_dump(eval_result_entries_to_yaml(entries), sort_keys=False)
    (out / "eval-results.yaml").write_text(text)
    file = File("eval-results.yaml", "hf-eval-results")
    for entry in entries:
        file.measured("score", entry.value, task=entry.dataset_id, slice=entry.task_id)
    return file


def main(out: Path) -> None:
    files = [model_card(out), template(out), dataset_card(out), eval_results(out)]
    write(out, "huggingface", "huggingface_hub", files)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
