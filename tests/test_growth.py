"""Four times the text takes four times the time, also where it repeats itself: seconds of the processor, the best of three."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

import pytest

from minutes_split import Roster, audit, split
from tests import gold

GROWTH = 8
"""4 is linear, 16 is quadratic, and a busy machine is in between."""


def _seconds(of: Callable[[], object]) -> float:
    gc.collect()
    gc.disable()
    try:
        began = time.process_time()
        of()
        return time.process_time() - began
    finally:
        gc.enable()


def _growth(made: Callable[[int], Callable[[], object]], size: int) -> float:
    once, longer = made(size), made(4 * size)
    once()
    return min(_seconds(longer) for _ in range(3)) / min(_seconds(once) for _ in range(3))


def _roster() -> Roster:
    return gold.roster("harper-okafor")


@pytest.mark.parametrize("repeated", ["a", "-", "a ", "He "])
def test_an_audit_of_one_stretch_that_repeats_itself_grows_with_its_length(repeated: str) -> None:
    def audited(length: int) -> Callable[[], object]:
        text = repeated * (length // len(repeated))
        minutes = split(text, _roster())
        return lambda: audit(text, against=[minutes], family="A")

    assert _growth(audited, 3_000) < GROWTH


@pytest.mark.parametrize("repeated", ["He ", "She told him. ", "Jayden and she ", "They saw Chidi and "])
def test_pronouns_of_one_sentence_take_time_with_their_number(repeated: str) -> None:
    def divided(words: int) -> Callable[[], object]:
        return lambda: split(repeated * words, _roster())

    assert _growth(divided, 1_000) < GROWTH
