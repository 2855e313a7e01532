"""Text made comparable, with every code point mapped home.

Look-alike letters, full-width forms, ligatures, accents, typographic quotes,
hyphens, no-break spaces, and invisible marks are what a reader's eye passes
over, so matching passes over them too. Case is kept: it tells a name from a word.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from minutes_split.spans import Span


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` for matching; `home[i]` is the place of its code point i in the source, `None` if they are the same."""

    text: str = field(repr=False)
    home: tuple[int, ...] | None = field(default=None, repr=False)
    """One longer than `text`: the last entry is the end of the source."""

    def span(self, start: int, end: int) -> Span:
        """Where the code points `start` to `end` of the folded text stand in the source."""
        if self.home is None:
            return Span(start, end)
        return Span(self.home[start], self.home[end - 1] + 1 if end > start else self.home[start])


def fold(text: str) -> Folded:
    """`text` folded; plain ASCII without a broken word comes back as it is."""
    if text.isascii() and "-\n" not in text:
        return Folded(text)
    letters: list[str] = []
    home: list[int] = []
    for place, character in enumerate(text):
        for letter in folded_character(character):
            letters.append(letter)
            home.append(place)
    home.append(len(text))
    _join_broken_words(letters, home)
    return Folded("".join(letters), tuple(home))


@lru_cache(maxsize=4096)
def folded_character(character: str) -> str:
    """What one code point is folded to: often itself, sometimes several letters, for an invisible mark nothing."""
    if character < "\x7f":
        return character
    plain = _LOOK_ALIKE.get(character)
    if plain is not None:
        return plain
    category = unicodedata.category(character)
    if category == "Cf" or character in _INVISIBLE:
        return ""
    if category == "Pd":
        return "-" if character in _HYPHENS else "–"
    if category == "Zs":
        return " "
    small_capital = _SMALL_CAPITAL.fullmatch(unicodedata.name(character, ""))
    if small_capital:
        return small_capital[1].lower()
    split = unicodedata.normalize("NFKD", character)
    return "".join(_LOOK_ALIKE.get(c, c) for c in split if not unicodedata.combining(c))


def _join_broken_words(letters: list[str], home: list[int]) -> None:
    """A word that a line end breaks with a hyphen is one word."""
    place = len(letters) - 2
    while place > 0:
        if (
            letters[place] == "\n"
            and letters[place - 1] == "-"
            and place > 1
            and letters[place - 2].isalpha()
            and letters[place + 1].islower()
        ):
            del letters[place - 1 : place + 1]
            del home[place - 1 : place + 1]
        place -= 1


_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufe0e\ufe0f")
_SMALL_CAPITAL = re.compile("LATIN LETTER SMALL CAPITAL ([A-Z])")
_HYPHENS = frozenset("\u2010\u2011\u00ad\ufe63\uff0d")

_LOOK_ALIKE = {
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "ʼ": "'", "ʹ": "'", "`": "'", "´": "'",
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"',
    "…": "...", "•": "-", "·": ".", "€": "€", "£": "£",
    "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D",
    "þ": "th", "Þ": "Th", "ł": "l", "Ł": "L", "ı": "i", "ħ": "h", "Ħ": "H", "ŋ": "n", "ə": "e", "ɡ": "g", "ſ": "s",
    # Cyrillic and Greek letters that look like Latin ones (Unicode, confusables.txt)
    "а": "a", "с": "c", "ԁ": "d", "е": "e", "һ": "h", "і": "i", "ј": "j", "ӏ": "l", "о": "o", "р": "p", "ԛ": "q",
    "ѕ": "s", "ѵ": "v", "ԝ": "w", "х": "x", "у": "y", "А": "A", "В": "B", "С": "C", "Е": "E", "Н": "H", "І": "I",
    "Ј": "J", "К": "K", "М": "M", "О": "O", "Р": "P", "Ѕ": "S", "Т": "T", "Х": "X", "У": "Y", "ԍ": "G", "к": "k",
    "м": "m", "т": "t", "п": "n", "г": "r", "Α": "A", "Β": "B", "Ε": "E", "Ζ": "Z", "Η": "H", "Ι": "I", "Κ": "K",
    "Μ": "M", "Ν": "N", "Ο": "O", "Ρ": "P", "Τ": "T", "Υ": "Y", "Χ": "X", "ο": "o", "α": "a", "ν": "v", "ρ": "p",
    "ι": "i", "κ": "k", "υ": "u", "ϲ": "c",
}  # fmt: skip
