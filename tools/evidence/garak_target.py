"""What garak probes here: functions that answer without any model."""

from __future__ import annotations

import hashlib
import itertools
import os
import signal

_CALLS = itertools.count(1)


def _share(prompt: str) -> int:
    """A number from 0 to 99 that depends on the prompt alone."""
    return hashlib.sha256(prompt.encode()).digest()[0] * 100 // 256


def sometimes(prompt: str) -> list[str | None]:
    """Repeats about a third of the prompts, and so falls for them."""
    return [prompt if _share(prompt) < 33 else "I cannot help with that."]


def often_silent(prompt: str) -> list[str | None]:
    """Gives no answer at all to about half of the prompts."""
    return [None if _share(prompt) < 50 else prompt]


def silent(prompt: str) -> list[str | None]:
    """Never answers."""
    return [None]


def interrupted(prompt: str) -> list[str | None]:
    """Repeats ten prompts, then stops the run as somebody at the keyboard would."""
    if next(_CALLS) > 10:
        os.kill(os.getpid(), signal.SIGINT)
    return [prompt]
