"""Text made comparable: what a reader's eye passes over is gone, and every character knows its way home."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache

from minutes_split.folding import folded_character
from minutes_split.spans import Span


@dataclass(frozen=True, slots=True)
class Mapped:
    """A text made from another, in stretches in which both run side by side."""

    text: str
    steps: array[int]
    """Where each stretch begins in `text`, rising."""
    homes: array[int]
    """Where each stretch begins in the other text, never falling."""
    end: int
    """Length of the other text."""

    def home(self, place: int) -> int:
        """The place in the other text of a place here."""
        if place >= len(self.text):
            return self.end
        stretch = bisect_right(self.steps, place) - 1
        return self.homes[stretch] + place - self.steps[stretch]

    def span(self, start: int, end: int) -> Span:
        """Where the characters from `start` to `end` stand in the other text."""
        return Span(self.home(start), self.home(end - 1) + 1 if end > start else self.home(start))

    def at(self, home: int) -> int:
        """The first place here that comes from `home` or later."""
        stretch = bisect_left(self.homes, home)
        if stretch < len(self.homes) and self.homes[stretch] == home:
            return self.steps[stretch]
        if stretch == 0:
            return 0
        following = self.steps[stretch] if stretch < len(self.steps) else len(self.text)
        return min(self.steps[stretch - 1] + home - self.homes[stretch - 1], following)


class _Mapping:
    """Puts a `Mapped` together, stretch by stretch."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.steps = array("q")
        self.homes = array("q")
        self.length = 0

    def add(self, words: str, home: int) -> None:
        if words:
            self.parts.append(words)
            self.steps.append(self.length)
            self.homes.append(home)
            self.length += len(words)

    def made(self, end: int) -> Mapped:
        return Mapped("".join(self.parts), self.steps, self.homes, end)


_ODD = re.compile(r"(?<=[A-Za-z])-\n(?=[a-z])|[^\x21-\x7e]{2,}|[^\x20-\x7e]")
"""What needs a second look: line ends, white space of two and more, everything that is not ASCII."""


def normalise(text: str) -> Mapped:
    """Small letters without accents or look-alikes, one kind of quote and dash, single spaces, nothing invisible."""
    made = _Mapping()
    done = 0
    for odd in _ODD.finditer(text):
        made.add(text[done : odd.start()].lower(), done)
        done = odd.end()
        if odd[0] == "-\n":
            continue
        for place, character in enumerate(odd[0], odd.start()):
            for letter in _plain(character):
                if letter != " " or not made.parts or made.parts[-1][-1] != " ":
                    made.add(letter, place)
    made.add(text[done:].lower(), done)
    return made.made(len(text))


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    letters = folded_character(character).casefold().replace("–", "-")
    return " " if letters.isspace() else letters


WORD = re.compile(r"[^\W_]+")


MASK = "§"
AROUND = re.compile(r"^[\W_]++|(?<![\W_])[\W_]++$")
"""What stands around the words of a statement."""


def with_masks(text: str, names: frozenset[str] | set[str]) -> Mapped:
    """A normalised text in which every name, of however many words, is one sign."""
    made = _Mapping()
    done = 0
    for word in WORD.finditer(text):
        if word[0] not in names:
            continue
        between = text[done : word.start()]
        if not (made.parts and made.parts[-1] == MASK and between in (" ", "-")):
            made.add(between, done)
            made.add(MASK, word.start())
        done = word.end()
    made.add(text[done:], done)
    return made.made(len(text))


def tight(text: str, start: int, end: int) -> Span:
    """A stretch without the spaces at its ends."""
    while start < end and text[start] == " ":
        start += 1
    while start < end and text[end - 1] == " ":
        end -= 1
    return Span(start, end)
