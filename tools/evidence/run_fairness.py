"""Tables people export from Fairlearn or Aequitas, whichever is installed here, over one data set
of ours with two attributes and a group so small that its rates mean nothing."""

from __future__ import annotations

import json
import random
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pandas as pd

from expected import File, write

# The rates of Aequitas, and the column that counts what each is a share of.
RATES = {
    "accuracy": "group_size",
    "pprev": "group_size",
    "tpr": "group_label_pos",
    "fnr": "group_label_pos",
    "fpr": "group_label_neg",
    "tnr": "group_label_neg",
    "precision": "pp",
}


def people() -> pd.DataFrame:
    chance = random.Random(11)
    rows = []
    for at in range(803):
        sex = "female" if at % 2 else "male"
        age = "over 80" if at < 3 else chance.choice(["18-40", "41-80"])
        label = int(chance.random() < (0.5 if sex == "male" else 0.45))
        right = chance.random() < (0.8 if sex == "male" else 0.7)
        score = label if right else 1 - label
        rows.append({"sex": sex, "age": age, "label_value": label, "score": score})
    return pd.DataFrame(rows)


def fairlearn(out: Path, table: pd.DataFrame) -> list[File]:
    """By group, overall, difference and ratio of four metrics, as CSV and as JSON."""
    from fairlearn import metrics as fair
    from sklearn.metrics import accuracy_score

    asked = {
        "accuracy": accuracy_score,
        "selection_rate": fair.selection_rate,
        "false_positive_rate": fair.false_positive_rate,
        "count": fair.count,
    }
    files = []
    for attribute in ("sex", "age"):
        frame = fair.MetricFrame(
            metrics=asked,
            y_true=table["label_value"],
            y_pred=table["score"],
            sensitive_features=table[attribute],
        )
        sizes = frame.by_group["count"].astype(int)
        by_group = File(f"by-group-{attribute}.csv", "group-metrics-fairlearn")
        frame.by_group.to_csv(out / by_group.path)
        for metric in (it for it in asked if it != "count"):
            for group, value in frame.by_group[metric].items():
                by_group.measured(
                    metric, value, task=attribute, slice=str(group), n=int(sizes[group])
                )
        summary = File(f"summary-{attribute}.json", "group-metrics-json")
        held = {
            "overall": frame.overall.to_dict(),
            "by_group": frame.by_group.to_dict("index"),
            "difference": frame.difference().to_dict(),
            "ratio": frame.ratio().to_dict(),
        }
        (out / summary.path).write_text(json.dumps(held, indent=1))
        # What a reader works out from the groups has to agree with what Fairlearn does.
        for metric in (it for it in asked if it != "count"):
            by_group.facts[f"{metric}.difference"] = repr(float(frame.difference()[metric]))
            by_group.facts[f"{metric}.ratio"] = repr(float(frame.ratio()[metric]))
        files += [by_group, summary]
    return files


def aequitas(out: Path, table: pd.DataFrame) -> list[File]:
    """The three tables: rates of groups, with disparities added, with verdicts added."""
    from aequitas.bias import Bias
    from aequitas.fairness import Fairness
    from aequitas.group import Group

    table = table.assign(sex=table["sex"].astype(str), age=table["age"].astype(str))
    groups, _ = Group().get_crosstabs(table, attr_cols=["sex", "age"])
    references = {"sex": "male", "age": "18-40"}
    disparity = Bias().get_disparity_predefined_groups(
        groups, original_df=table, ref_groups_dict=references, check_significance=False
    )
    verdicts = Fairness().get_group_value_fairness(disparity.copy())
    files = []
    for name, held in {"groups": groups, "disparity": disparity, "fairness": verdicts}.items():
        file = File(f"{name}.csv", "group-metrics-aequitas")
        held.to_csv(out / file.path, index=False)
        extra = [it for it in held.columns if it.endswith("_disparity")]
        for _, row in held.iterrows():
            for metric in [*RATES, *extra]:
                file.measured(
                    metric,
                    row[metric],
                    task=row["attribute_name"],
                    slice=row["attribute_value"],
                    n=int(row[RATES[metric]]) if metric in RATES else None,
                )
        files.append(file)
    return files


def main(out: Path) -> None:
    try:
        version("fairlearn")
    except PackageNotFoundError:
        write(out, "aequitas", "aequitas", aequitas(out, people()))
    else:
        write(out, "fairlearn", "fairlearn", fairlearn(out, people()))


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
