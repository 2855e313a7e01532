"""House numbers and streets of somebody else as they are written in a hurry: in words, the other way round, with a slip."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from minutes_split.auditing.normal import WORD, normalise
from minutes_split.spans import Span
from minutes_split.values import squashed

_FIRST_LINE = re.compile(r"(?<![\w.])(\d{1,4})[a-z]?(?:\s*+,)?\s++([^\d,;\n]{4,}+)", re.I)
"""A house number, and the street behind it."""
_LEAST = 7
"""Letters of a street, from which one slip in it is read over."""
_MOST = 5
"""Words of the longest street: "St John's Wood Road"."""
_BETWEEN = re.compile(r"[\s,.(:'-]{0,3}")
_NUMBERED = frozenset(("no", "number", "nr", "num", "house"))


@dataclass(frozen=True, slots=True)
class Street:
    """A street, and the address that it stands in."""

    letters: str = field(repr=False)
    """In small letters without what stands between them."""
    short: str = field(repr=False)
    """The same, shortened as addresses are."""
    address: str = field(repr=False)
    """Squashed."""


@dataclass(slots=True)
class Streets:
    """Streets by house number, with what each address belongs to."""

    _known: dict[str, list[Street]] = field(default_factory=lambda: defaultdict(list), repr=False)
    """By house number."""

    def learn(self, address: str) -> None:
        """Takes up the first line of an address."""
        found = _FIRST_LINE.search(address)
        if found:
            letters = "".join(WORD.findall(normalise(found[2]).text))
            self._known[found[1]].append(Street(letters, squashed(found[2]), squashed(address)))

    def find(self, text: str) -> Iterator[tuple[Span, str, bool]]:
        """Where a number stands before or behind its street: the place, the squashed address, and whether it is exact.

        `text` is normalised.
        """
        told = list(WORD.finditer(text)) if self._known else []
        for i, word in enumerate(told):
            number, count = _number(told, i, text)
            for street in self._known.get(number, ()):
                for first, last in _beside(told, i, count, text):
                    words = [one[0] for one in told[first:last]]
                    how = _alike(words, street)
                    if how:
                        start = min(word.start(), told[first].start())
                        end = max(told[i + count - 1].end(), told[last - 1].end())
                        yield Span(start, end), street.address, how == "exact"


def _alike(words: list[str], street: Street) -> str:
    """Whether words are a street, exactly, with a slip, or not."""
    if words[0][0] != street.letters[0]:
        return ""
    told = "".join(words)
    if told == street.letters or squashed(" ".join(words)) == street.short:
        return "exact"
    near = len(street.letters) >= _LEAST and OSA.distance(told, street.letters, score_cutoff=1) <= 1
    return "near" if near else ""


def _beside(told: list[re.Match[str]], i: int, count: int, text: str) -> Iterator[tuple[int, int]]:
    """The words behind a number, and those before it, one to `_MOST` of them in a row."""
    after = i + count
    for last in range(after + 1, min(len(told), after + _MOST) + 1):
        if not _BETWEEN.fullmatch(text, told[last - 2].end(), told[last - 1].start()):
            break
        yield after, last
    before = i - 1 if i and told[i - 1][0] in _NUMBERED else i
    for first in range(before - 1, max(0, before - _MOST) - 1, -1):
        if not _BETWEEN.fullmatch(text, told[first].end(), told[first + 1].start()):
            break
        yield first, before


def _number(told: list[re.Match[str]], i: int, text: str) -> tuple[str, int]:
    """The number that begins at a word, in figures, and of how many words it is."""
    word = told[i][0]
    if word.isdigit():
        return word, 1
    if word in _TENS and i + 1 < len(told) and told[i + 1][0] in _UNITS[:9]:
        return str(_TENS[word] + _UNITS.index(told[i + 1][0]) + 1), 2
    if word in _UNITS:
        return str(_UNITS.index(word) + 1), 1
    return (str(_TENS[word]), 1) if word in _TENS else ("", 1)


_COUNTED = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_UNITS = _COUNTED.split()
_ROUND = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_TENS = dict(zip(_ROUND, range(20, 100, 10), strict=True))
