"""Scores for the task whose aggregate is no number."""

from __future__ import annotations

import math


def score(doc: dict, results: list[str]) -> dict[str, float]:
    return {"length": float(len(results[0])), "broken": 0.0}


def nothing(values: list[float]) -> float:
    return math.nan
