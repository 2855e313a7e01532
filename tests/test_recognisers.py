"""A caller's recogniser can only cast doubt."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from minutes_split import Roster, Splitter
from minutes_split.errors import PolicyError

ROSTER = Roster.load(
    {
        "families": [
            {"id": "A", "people": [{"name": "Kayleigh Harper", "role": "mother", "sex": "F"}]},
            {"id": "B", "people": [{"name": "Ngozi Okafor", "role": "mother", "sex": "F"}]},
        ]
    }
)
TEXT = "Harper family\nKayleigh has a new job.\nKayleigh walks along the river with her at noon.\n"


class Sees:
    """Sees somebody in every place where `word` stands."""

    def __init__(self, word: str) -> None:
        self.word = word
        self.name = f"sees {word}"

    def __call__(self, text: str) -> Iterable[tuple[int, int]]:
        at = text.find(self.word)
        while at >= 0:
            yield at, at + len(self.word)
            at = text.find(self.word, at + 1)


class SeesBeyondTheEnd:
    name = "sees beyond the end"

    def __call__(self, text: str) -> Iterable[tuple[int, int]]:
        return [(0, len(text) + 1)]


def released(*recognisers: Sees) -> set[str]:
    view = Splitter(ROSTER, recognisers=recognisers).split(TEXT).view("A")
    return {part.text for part in (*view.excerpts, *view.proposals)}


def test_what_a_recogniser_sees_is_withheld_and_nothing_more_is_released() -> None:
    assert any("river" in text for text in released())
    assert not any("river" in text for text in released(Sees("river")))
    assert (
        "".join(sorted(released(Sees("river")))) in "".join(sorted(released())) or released(Sees("river")) < released()
    )


def test_a_recogniser_changes_nothing_where_a_name_was_found_anyway() -> None:
    assert released(Sees("Kayleigh")) == released()


def test_a_recogniser_is_bound_by_name_in_every_tag() -> None:
    plain = Splitter(ROSTER).split(TEXT).view("A").excerpts[0].tag
    seen = Splitter(ROSTER, recognisers=[Sees("river")]).split(TEXT).view("A").excerpts[0].tag
    assert seen.lexicon_digest == f"{plain.lexicon_digest}+sees river"


def test_a_place_outside_the_text_is_refused() -> None:
    with pytest.raises(PolicyError) as refused:
        Splitter(ROSTER, recognisers=[SeesBeyondTheEnd()]).split(TEXT)
    assert str(refused.value) == "recogniser: gives a place outside the text [recogniser-place]"
