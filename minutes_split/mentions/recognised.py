"""Doubts of a caller's own recogniser, such as a language model: it can only withhold, never grant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from minutes_split.errors import PolicyError
from minutes_split.mentions.base import Mention
from minutes_split.spans import Span
from minutes_split.units import Piece


class Recogniser(Protocol):
    """Finds people in a text. `name` says which one, with its version; it stands in tags and releases."""

    name: str

    def __call__(self, text: str) -> Iterable[tuple[int, int]]:
        """The places of people in `text`, in code points, half open."""
        ...


def with_recognised(
    text: str, places: Sequence[Piece], mentions: Sequence[tuple[Mention, ...]], recognisers: Sequence[Recogniser]
) -> list[tuple[Mention, ...]]:
    """The mentions of each unit, with a stranger wherever a recogniser sees somebody and nothing else was found.

    Raises: `PolicyError` for a recogniser that gives a place outside the text.
    """
    seen = sorted({Span(*span) for recogniser in recognisers for span in recogniser(text)})
    if any(not 0 <= span.start < span.end <= len(text) for span in seen):
        raise PolicyError("recogniser-place", "recogniser", "gives a place outside the text")
    found = []
    for piece, told in zip(places, mentions, strict=True):
        more = [
            Mention("stranger", span, form="name")
            for span in seen
            if piece.span.holds(span) and not any(mention.span.meets(span) for mention in told)
        ]
        found.append(tuple(sorted((*told, *more), key=lambda mention: mention.span)) if more else told)
    return found
