"""A text that repeats itself takes time with its length."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from minutes_split import audit, split
from tests import gold
from tests.growth import LINEAR, growth


@pytest.mark.parametrize("repeated", ["a", "-", "a ", "He "])
def test_an_audit_of_one_stretch_that_repeats_itself_grows_with_its_length(repeated: str) -> None:
    def audited(length: int) -> Callable[[], object]:
        text = repeated * (length // len(repeated))
        minutes = split(text, gold.roster("harper-okafor"))
        return lambda: audit(text, against=[minutes], family="A")

    assert growth(audited, 2_000) < LINEAR


@pytest.mark.parametrize("repeated", ["He ", "She told him. ", "Jayden and she ", "They saw Chidi and "])
def test_pronouns_of_one_sentence_take_time_with_their_number(repeated: str) -> None:
    def divided(words: int) -> Callable[[], object]:
        return lambda: split(repeated * words, gold.roster("harper-okafor"))

    assert growth(divided, 700) < LINEAR
