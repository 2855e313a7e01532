"""Characters that a reader's eye passes over: invisible ones, and letters that look like others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from minutes_split.auditing.draft import Part
from minutes_split.auditing.said import Finding
from minutes_split.spans import Span


def odd_characters(part: Part) -> Iterator[Finding]:
    """Where a part holds characters that nobody can see, or letters of two scripts in one word."""
    for place in _INVISIBLE.finditer(part.text):
        soft = set(place[0]) == {"\u00ad"}
        yield Finding("invisible-characters", "low" if soft else "medium", Span(*place.span()), part=part.name)
    for word in _LETTERS.finditer(part.text):
        if not word[0].isascii() and _mixes_scripts(word[0]):
            yield Finding("look-alike-letters", "medium", Span(*word.span()), part=part.name)


_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]+")


_LETTERS = re.compile(r"[^\W\d_]{2,}")


def _mixes_scripts(word: str) -> bool:
    scripts = {_script(letter) for letter in word}
    return "LATIN" in scripts and bool(scripts & {"CYRILLIC", "GREEK"})


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "").split(" ")[0]
