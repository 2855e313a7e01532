"""Equal runs: every stretch of so many characters that two texts share."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Postfix, Prefix


class Run(NamedTuple):
    """The draft from `start` on and the sources from `source` on are equal for `length` characters, and no longer."""

    start: int
    source: int
    length: int


class Runs:
    """Finds every stretch of `least` characters that a draft shares with the sources, in every piece that it stands in.

    Every stretch of `least` characters holds a whole gram of `gram` characters
    that begins at a multiple of `step`, because `step = least - gram + 1`. So
    grams are kept at these places only, and looked up at every place of a draft.

    Where the text repeats itself, as in a row of dots, places in the middle are
    left out: whatever runs through one of them is equal to what runs through an
    earlier one that is kept. `borders` are where pieces begin and end; what is
    left out and what stands for it are in one piece.
    """

    def __init__(self, text: str, least: int, borders: Iterable[int] = ()) -> None:
        self.text = text
        self.least = least
        self.gram = max(4, 2 * least // 3)
        step = least - self.gram + 1
        grams = sorted(
            (hash(text[p : p + self.gram]) & _HASH) << 32 | p for p in range(0, len(text) - self.gram + 1, step)
        )
        marks = sorted(borders)
        kept = (
            each
            for i, each in enumerate(grams)
            if i < 2 or i + 1 == len(grams) or not self._is_between(grams[i - 2 : i + 2], marks)
        )
        self.places = array("Q", kept)

    def _is_between(self, grams: Sequence[int], borders: Sequence[int]) -> bool:
        """Whether the text, from the first of four grams to the fourth, repeats itself within one piece."""
        if grams[0] >> 32 != grams[3] >> 32:
            return False
        first, second, third, fourth = (gram & _PLACE for gram in grams)
        period, end = second - first, fourth + self.gram
        return (
            period == third - second == fourth - third
            and bisect_right(borders, first) == bisect_left(borders, end)
            and self.text.startswith(self.text[first : end - period], second)
        )

    def find(self, draft: str, *, around: str = "") -> list[Run]:
        """The runs in the order of the draft; with `around`, those that hold this sign, and perhaps others."""
        found: list[Run] = []
        reached: dict[int, int] = {}
        places, gram = self.places, self.gram
        for at in self._looked_at(draft, around):
            words = draft[at : at + gram]
            first = (hash(words) & _HASH) << 32
            i = bisect_left(places, first)
            while i < len(places) and places[i] >> 32 == first >> 32:
                source = places[i] & _PLACE
                i += 1
                if reached.get(source - at, -1) <= at and self.text.startswith(words, source):
                    run = self._extended(draft, at, source)
                    reached[source - at] = run.start + run.length
                    if run.length >= self.least:
                        found.append(run)
        return found

    def _looked_at(self, draft: str, around: str) -> Iterable[int]:
        last = len(draft) - self.gram + 1
        if not around:
            return range(last)
        signs = [m.start() for m in re.finditer(around, draft)]
        return sorted({p for sign in signs for p in range(max(0, sign - self.least), min(last, sign + self.least))})

    def _extended(self, draft: str, at: int, source: int) -> Run:
        back = _equal_before(draft, at, self.text, source)
        length = _equal_behind(draft, at + self.gram, self.text, source + self.gram)
        return Run(at - back, source - back, back + self.gram + length)


_HASH = 0xFFFFFFFF


_PLACE = 0xFFFFFFFF


def _equal_behind(a: str, i: int, b: str, j: int) -> int:
    count, size = 0, _LOOKED_AT
    while True:
        told = Prefix.similarity(a[i + count : i + count + size], b[j + count : j + count + size])
        count += told
        if told < size:
            return int(count)
        size *= 4


def _equal_before(a: str, i: int, b: str, j: int) -> int:
    count, size = 0, _LOOKED_AT
    while True:
        size = min(size, i - count, j - count)
        told = Postfix.similarity(a[i - count - size : i - count], b[j - count - size : j - count])
        count += told
        if told < size or not size:
            return int(count)
        size *= 4


_LOOKED_AT = 64
"""Characters that are compared at a time at first; most runs end before."""
