"""A text that repeats itself takes time with its length."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from minutes_split import AuditIndex, audit, split
from tests import gold
from tests.growth import LINEAR, growth


@pytest.mark.parametrize("repeated", ["a", "-", "a ", "He "])
def test_an_audit_of_one_stretch_that_repeats_itself_grows_with_its_length(repeated: str) -> None:
    def audited(length: int) -> Callable[[], object]:
        text = repeated * (length // len(repeated))
        minutes = split(text, gold.roster("harper-okafor"))
        return lambda: audit(text, against=[minutes], family="A")

    assert growth(audited, 2_000) < LINEAR


@pytest.mark.parametrize(
    "repeated",
    [
        "Chidi brought a knife to the bus shelter today. ",
        "Chidi brought a knife to the bus shelter today.\n",
        "He hid it.\n",
        "Ngozi rang. She was upset about the fire.\n",
    ],
)
def test_an_audit_of_sentences_that_stand_in_many_units_grows_with_their_number(repeated: str) -> None:
    """Kills: each copy in the draft compared with each in the minutes; all findings looked through for each new one."""

    def audited(length: int) -> Callable[[], object]:
        text = repeated * (length // len(repeated))
        index = AuditIndex.build([split(text, gold.roster("harper-okafor"))])
        return lambda: audit(text, against=index, family="A")

    assert growth(audited, 4_000) < LINEAR


@pytest.mark.parametrize("repeated", ["He ", "She told him. ", "Jayden and she ", "They saw Chidi and "])
def test_pronouns_of_one_sentence_take_time_with_their_number(repeated: str) -> None:
    def divided(words: int) -> Callable[[], object]:
        return lambda: split(repeated * words, gold.roster("harper-okafor"))

    assert growth(divided, 700) < LINEAR
