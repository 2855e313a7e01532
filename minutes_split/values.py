"""Values that point at somebody (addresses, numbers, names), compared without what stands between their letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from minutes_split.folding import fold
from minutes_split.spans import Span


@dataclass(frozen=True, slots=True)
class Squashed:
    """Letters and digits of a text without what stands between them: "999 000-1234" and "9990001234" are the same."""

    text: str = field(repr=False)
    starts: dict[int, int] = field(repr=False)
    """Where a word begins here, and where it begins in the source."""
    ends: dict[int, int] = field(repr=False)

    @classmethod
    def of(cls, source: str) -> Squashed:
        """A text squashed, with the way back to it."""
        folded = fold(source)
        parts: list[str] = []
        starts: dict[int, int] = {}
        ends: dict[int, int] = {}
        length = 0
        for word in _WORD.finditer(folded.text):
            small = word[0].casefold()
            small = _SHORT.get(small, small)
            span = folded.span(word.start(), word.end())
            starts[length] = span.start
            length += len(small)
            ends[length] = span.end
            parts.append(small)
        return cls("".join(parts), starts, ends)

    def places(self, value: str) -> Iterator[Span]:
        """Where a squashed value stands, between the borders of words."""
        at = self.text.find(value) if value else -1
        while at >= 0:
            if at in self.starts and at + len(value) in self.ends:
                yield Span(self.starts[at], self.ends[at + len(value)])
            at = self.text.find(value, at + 1)


def squashed(value: str) -> str:
    """A value as `Squashed.places` looks for it."""
    return Squashed.of(value).text


def forms(value: str, kind: str = "other") -> frozenset[str]:
    """A value squashed, and what gives it away as well.

    Of an address each part between commas that is a street with its number,
    the street alone, or a postcode; of a person each name of three letters or more.
    """
    found = {squashed(value)}
    if kind == "address":
        parts = [part for part in re.split(r"[,\n;]", _POSTCODE.sub(r",\g<0>", value)) if part.strip()]
        found.update(squashed(part) for part in parts if any(c.isdigit() for c in part))
        for part in parts[:2]:
            street = _NUMBER.sub("", part)
            if street != part and len(street.split()) > 1:
                found.add(squashed(street))
    elif kind in ("person", "name"):
        found.update(squashed(name) for name in value.split() if len(name) > 2)
    digits = "".join(c for c in value if c.isdigit())
    if len(digits) >= 10 and digits.startswith("0") and not any(c.isalpha() for c in value):
        found.add("44" + digits[1:])
    return frozenset(form for form in found if form)


_WORD = re.compile(r"[^\W\d_]+|\d+")
"""Letters and figures part: a number is found behind "ref" or "no" without a space, and a name before figures."""
_POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b", re.I)
"""Parted from the street before it, so that the street is found without it."""
_NUMBER = re.compile(r"^\s*(?:(?:flat|apartment|apt|unit|house|no|number|room)\b\.?\s*)?\d+[a-z]?\b\s*", re.I)
_SHORT = {
    "street": "st", "road": "rd", "avenue": "ave", "av": "ave", "close": "cl", "drive": "dr", "lane": "ln",
    "crescent": "cres", "cresc": "cres", "court": "ct", "gardens": "gdns", "terrace": "terr", "ter": "terr",
    "place": "pl", "square": "sq", "grove": "gr", "apartment": "flat", "apt": "flat", "saint": "st",
    "mount": "mt", "buildings": "bldgs", "house": "hse", "heights": "hts", "parade": "pde", "park": "pk", "view": "vw", "walk": "wlk", "green": "grn",
}  # fmt: skip
"""How UK addresses are shortened (Royal Mail's usual forms); the same on both sides of a comparison."""
