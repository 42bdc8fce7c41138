"""MLflow without a server: an `MLmodel` file, and runs as its REST API writes them, finished,
failed, and with values that are no numbers."""

from __future__ import annotations

import math
import os
import shutil
import sys
from pathlib import Path

os.environ.setdefault("MLFLOW_ALLOW_FILE_STORE", "true")

from mlflow import MlflowClient  # noqa: E402
from mlflow.models import Model, ModelSignature  # noqa: E402
from mlflow.protos.service_pb2 import GetRun  # noqa: E402
from mlflow.types import ColSpec, Schema  # noqa: E402
from mlflow.utils.proto_json_utils import message_to_json  # noqa: E402

from expected import File, write

# Key, value and step; a run's answer holds the last step alone.
METRICS = [
    ("hallucination_rate", 0.031, 0),
    ("hallucination_rate", 0.029, 1),
    ("rouge_l", 0.412, 0),
    ("examples", 200.0, 0),
]
NO_NUMBERS = [("drift", math.nan, 0), ("perplexity", math.inf, 0), ("margin", -math.inf, 0)]


def ml_model(out: Path, serialization: str) -> File:
    """The description of a model; `cloudpickle` runs code when it is loaded."""
    model = Model(artifact_path="model", run_id="0" * 32, utc_time_created="2026-10-01 08:00:00")
    inputs, outputs = Schema([ColSpec("string", "ticket")]), Schema([ColSpec("string")])
    model.signature = ModelSignature(inputs=inputs, outputs=outputs)
    model.add_flavor(
        "python_function",
        loader_module="mlflow.sklearn",
        python_version="3.11.7",
        model_path="model.bin",
        env={"conda": "conda.yaml", "virtualenv": "python_env.yaml"},
    )
    model.add_flavor("sklearn", serialization_format=serialization, pickled_model="model.bin")
    path = f"{serialization}/MLmodel"
    (out / serialization).mkdir(exist_ok=True)
    model.save(str(out / path))
    held = Model.load(str(out / path))
    file = File(path, "mlflow-model")
    file.facts = {
        "mlflow_version": str(held.mlflow_version),
        "run_id": str(held.run_id),
        "flavors": ", ".join(sorted(held.flavors)),
        "serialization_format": held.flavors["sklearn"]["serialization_format"],
    }
    return file


def run(client: MlflowClient, out: Path, status: str | None, metrics: list) -> File:
    """One run as `runs/get` answers it; no status leaves it running."""
    name = (status or "RUNNING").lower()
    if metrics is NO_NUMBERS:
        name = "no-numbers"
    made = client.create_run("0", run_name=name)
    client.log_param(made.info.run_id, "base_model", "example/base-7b")
    client.set_tag(made.info.run_id, "evaluation_set", "tickets-3")
    for key, value, step in metrics:
        client.log_metric(made.info.run_id, key, value, step=step)
    if status is not None:
        client.set_terminated(made.info.run_id, status)
    held = client.get_run(made.info.run_id)
    path = f"run-{name}.json"
    (out / path).write_text(message_to_json(GetRun.Response(run=held.to_proto())))
    completeness = {"FINISHED": "whole", "FAILED": "failed", "KILLED": "failed"}
    file = File(path, "mlflow-run", completeness.get(held.info.status, "partial"))
    file.facts = {"status": held.info.status, "base_model": held.data.params["base_model"]}
    for key, value in held.data.metrics.items():
        file.measured(key, value)
    return file


def main(out: Path, work: Path) -> None:
    store = work / "runs"
    shutil.rmtree(store, ignore_errors=True)
    client = MlflowClient(tracking_uri=store.as_uri())
    files = [ml_model(out, "skops"), ml_model(out, "cloudpickle")]
    for status in ("FINISHED", "FAILED", "KILLED", None):
        files.append(run(client, out, status, METRICS))
    files.append(run(client, out, "FINISHED", NO_NUMBERS))
    write(out, "mlflow", "mlflow-skinny", files)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
