"""The words of a unit, with their shape and their key for look-ups."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import regex

_TOKEN = regex.compile(r"[^\W_]+(?:'[^\W_]+)*'?", regex.V1)
_JOINS = regex.compile(r"'?+[ \t\n\r]*+[-/&.]?[ \t\n\r]*+", regex.V1)

LOWER, TITLE, UPPER, MIXED, DIGITS, CODE = range(6)
"""Shapes: small letters; one capital first; all capitals (two or more); mixed; digits only; letters with digits."""


@dataclass(slots=True)  # not frozen, which takes several times as long to make: there is one for each word
class Token:
    """One word in the folded text of a unit."""

    start: int
    end: int
    key: str
    """Case folded, without apostrophes and without a possessive ending."""
    shape: int
    possessive: bool


def tokens(text: str) -> list[Token]:
    """The words of a folded text, in order; what stands between them is never a letter or a digit."""
    found = []
    for match in _TOKEN.finditer(text):
        start = match.start()
        length, key, shape, possessive = _read(match[0])
        found.append(Token(start, start + length, key, shape, possessive))
    return found


def keys(text: str) -> tuple[str, ...]:
    """The look-up keys of a folded phrase."""
    return tuple(token.key for token in tokens(text))


def joined(text: str, before: Token, after: Token) -> bool:
    """Whether two neighbouring words may be one expression: only white space, a hyphen, a slash, an ampersand or an initial's dot between them."""
    return (after.start - before.end == 1 and text[before.end] == " ") or _JOINS.fullmatch(
        text, before.end, after.start
    ) is not None


@lru_cache(maxsize=65536)
def _read(word: str) -> tuple[int, str, int, bool]:
    """Length without apostrophes behind it, key, shape and whether it is a possessive ("Kayleigh's", "the Harpers'")."""
    bare = word
    possessive = False
    if bare.endswith(("'s", "'S")):
        bare, possessive = bare[:-2], True
    elif bare.endswith("'"):
        bare, possessive = bare[:-1], True
    letters = bare.replace("'", "")
    key = letters.casefold()
    if key in _CONTRACTED_IS and possessive:
        possessive = False
    return len(word.rstrip("'")), key, _shape(letters), possessive


_CONTRACTED_IS = frozenset(
    [
        "he",
        "she",
        "it",
        "that",
        "there",
        "here",
        "what",
        "who",
        "where",
        "how",
        "when",
        "let",
        "one",
        "this",
        "everyone",
        "everybody",
        "someone",
        "somebody",
        "nobody",
    ]
)


def _shape(letters: str) -> int:
    if letters.isdigit():
        return DIGITS
    if not letters.isalpha():
        return CODE
    if letters.islower():
        return LOWER
    if letters.isupper():
        return UPPER if len(letters) > 1 else TITLE
    return TITLE if letters[0].isupper() and (letters[1:].islower() or _surname_shape(letters)) else MIXED


def _surname_shape(letters: str) -> bool:
    """McKenzie, O'Brien, FitzGerald, DeShawn: capitals inside a name."""
    return letters[0].isupper() and any(letter.islower() for letter in letters)
