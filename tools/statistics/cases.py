"""Writes cases for the statistics of criteria, computed by SciPy: bounds of one proportion, and
difference and ratio of two. The same seed and count give the same files. README.md says what the
columns mean.
"""

from __future__ import annotations

import csv
import math
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from scipy import stats

SEED = 20_260_101
CONFIDENCES = [0.5, 0.8, 0.9, 0.95, 0.975, 0.99, 0.999]
LIMITS = [0.001, 0.005, 0.01, 0.02, 0.03, 0.05, 0.08, 0.1, 0.2, 0.25, 0.5, 0.75, 0.8, 0.9, 0.95]
# What every implementation is asked first: k, n, confidence, limit.
KNOWN = [
    (0, 50, 0.95, 0.05),
    (0, 58, 0.95, 0.05),
    (0, 59, 0.95, 0.05),
    (4, 200, 0.95, 0.05),
    (5, 200, 0.95, 0.05),
    (1, 1, 0.95, 0.95),
    (59, 59, 0.95, 0.95),
    (58, 58, 0.95, 0.95),
    (0, 1, 0.95, 0.05),
    (1, 2, 0.5, 0.5),
]
# Two results that are this far apart agree.
NEAR = 1e-9


def upper(k: int, n: int, confidence: float) -> float:
    """Clopper and Pearson: the largest rate at which at most `k` hits are no surprise."""
    return 1.0 if k == n else float(stats.beta.ppf(confidence, k + 1, n - k))


def lower(k: int, n: int, confidence: float) -> float:
    """Clopper and Pearson: the smallest rate at which at least `k` hits are no surprise."""
    return 0.0 if k == 0 else float(stats.beta.isf(confidence, k, n - k + 1))


def check(k: int, n: int, confidence: float) -> None:
    """Asks SciPy in two more ways; a case on which it disagrees with itself is not written."""
    high, low = upper(k, n, confidence), lower(k, n, confidence)
    error = 1 - confidence
    # A bound is a rounded number; its last digit moves the probability up to `n` times as far.
    slack = 1e-8 * error + 1e-15 * n
    if k < n and abs(stats.binom.cdf(k, n, high) - error) > slack:
        raise ArithmeticError(f"upper bound of {k} of {n} at {confidence}")
    if k > 0 and abs(stats.binom.sf(k - 1, n, low) - error) > slack:
        raise ArithmeticError(f"lower bound of {k} of {n} at {confidence}")
    if n <= 1000:
        less = stats.binomtest(k, n, alternative="less").proportion_ci(confidence, "exact")
        more = stats.binomtest(k, n, alternative="greater").proportion_ci(confidence, "exact")
        if abs(less.high - high) > NEAR or abs(more.low - low) > NEAR:
            raise ArithmeticError(f"bounds of {k} of {n} at {confidence}")


def wilson(k: int, n: int, confidence: float) -> tuple[float, float]:
    """One-sided bounds of Wilson's score, each at this confidence."""
    less = stats.binomtest(k, n, alternative="less").proportion_ci(confidence, "wilson")
    more = stats.binomtest(k, n, alternative="greater").proportion_ci(confidence, "wilson")
    return float(more.low), float(less.high)


def sample(chance: random.Random) -> tuple[int, int]:
    """Hits and samples: of every size up to a million, often at the ends of the range."""
    n = max(1, round(10 ** chance.uniform(0, chance.choice([1, 2, 3, 4, 6]))))
    kind = chance.randrange(6)
    if kind == 0:
        return 0, n
    if kind == 1:
        return n, n
    if kind == 2:
        return min(n, chance.randrange(6)), n
    if kind == 3:
        return max(0, n - chance.randrange(6)), n
    return chance.randint(0, n), n


def a_limit(chance: random.Random, low: float, high: float) -> float:
    """A limit as people write it, or one within a tenth of where the verdict turns."""
    if chance.randrange(2):
        return chance.choice(LIMITS)
    near = chance.choice([low, high]) * chance.uniform(0.9, 1.1)
    return min(1.0, round(near, 6))


def one_proportion(chance: random.Random, count: int) -> Iterator[list[object]]:
    yield ["k", "n", "confidence", "lower", "upper", "limit", "at_most", "at_least"]
    for at in range(count):
        while True:
            if at < len(KNOWN):
                k, n, confidence, limit = KNOWN[at]
            else:
                k, n = sample(chance)
                confidence = chance.choice(CONFIDENCES)
            check(k, n, confidence)
            low, high = lower(k, n, confidence), upper(k, n, confidence)
            if at >= len(KNOWN):
                limit = a_limit(chance, low, high)
            # A verdict that hangs on the last digit tells nothing of either side.
            if at < len(KNOWN) or min(abs(high - limit), abs(low - limit)) > 2 * NEAR:
                break
        shown = ["yes" if high <= limit else "no", "yes" if low >= limit else "no"]
        yield [k, n, confidence, repr(low), repr(high), limit, *shown]


def ratio(part: float, whole: float) -> float:
    """Nothing by nothing says nothing; something by nothing is without end."""
    if whole == 0:
        return math.nan if part == 0 else math.inf
    return part / whole


def two_proportions(chance: random.Random, count: int) -> Iterator[list[object]]:
    head = ["k1", "n1", "k2", "n2", "confidence", "difference", "ratio"]
    head += ["difference_lower", "difference_upper", "ratio_lower", "ratio_upper"]
    yield [*head, "newcombe_lower", "newcombe_upper", "katz_lower", "katz_upper"]
    for _ in range(count):
        (k1, n1), (k2, n2) = sample(chance), sample(chance)
        confidence = chance.choice(CONFIDENCES)
        p1, p2 = k1 / n1, k2 / n2
        # Half of the error for each side: the bound holds whatever the two rates are.
        half = 1 - (1 - confidence) / 2
        low1, high1 = lower(k1, n1, half), upper(k1, n1, half)
        low2, high2 = lower(k2, n2, half), upper(k2, n2, half)
        exact = [low1 - high2, high1 - low2, ratio(low1, high2), ratio(high1, low2)]
        (l1, u1), (l2, u2) = wilson(k1, n1, confidence), wilson(k2, n2, confidence)
        newcombe = [p1 - p2 - math.hypot(p1 - l1, u2 - p2), p1 - p2 + math.hypot(u1 - p1, p2 - l2)]
        katz = [math.nan, math.nan]
        if k1 > 0 and k2 > 0 and confidence > 0.5:
            # Two sides at once: what is left out is shared, so each side has the confidence asked.
            found = stats.contingency.relative_risk(k1, n1, k2, n2)
            interval = found.confidence_interval(2 * confidence - 1)
            katz = [float(interval.low), float(interval.high)]
        numbers = [p1 - p2, ratio(p1, p2), *exact, *newcombe, *katz]
        yield [k1, n1, k2, n2, confidence, *(repr(it) for it in numbers)]


def save(path: Path, rows: Iterator[list[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def main(count: int, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    save(out / "one-proportion.csv", one_proportion(random.Random(SEED), count))
    save(out / "two-proportions.csv", two_proportions(random.Random(SEED + 1), count))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: cases.py COUNT OUT")
    main(int(sys.argv[1]), Path(sys.argv[2]))
