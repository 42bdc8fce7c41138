"""Every outcome a case can have."""

from __future__ import annotations

import time

import pytest


def test_passes() -> None:
    assert 1 + 1 == 2


@pytest.mark.parametrize("language", ["en", "de", "日本語", "<b>&amp;"])
def test_speaks(language: str) -> None:
    assert language != "de", "no German\nat all"


def test_raises() -> None:
    raise RuntimeError("the rollback did not start")


@pytest.fixture
def missing_cluster() -> None:
    raise ConnectionError("no cluster")


def test_needs_a_cluster(missing_cluster: None) -> None:
    pass


@pytest.mark.skip(reason="no second region yet")
def test_fails_over() -> None:
    raise AssertionError


@pytest.mark.xfail(reason="known: slow on the first call")
def test_known_to_fail() -> None:
    raise AssertionError


@pytest.mark.xfail(reason="thought to fail", strict=True)
def test_passes_against_expectation() -> None:
    pass


def test_rolls_back_in_time(record_property) -> None:
    record_property("rollback_seconds", 41.5)
    record_property("region", "eu-1")
    time.sleep(0)


class TestAlerts:
    def test_fires(self) -> None:
        print("alert fired")

    def test_resolves(self) -> None:
        pass
