"""A suite in which everything passes."""

from __future__ import annotations


def test_one() -> None:
    assert True


def test_two() -> None:
    assert "a" < "b"
