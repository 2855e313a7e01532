"""How a number is written: 3 as "3", "iii", "c", "3rd", "Three".

Source: ECMA-376 part 1, 17.18.59 (ST_NumberFormat). Formats of scripts other
than Latin are not written; `written` gives `None` for them.
"""

from __future__ import annotations

from collections.abc import Callable

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINAL = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
            "twelve": "twelfth"}  # fmt: skip


def written(number: int, how: str, *, pattern: str = "", english: bool = True) -> str | None:
    """A number in a format of `w:numFmt`, or `None` if it cannot be written for certain.

    `pattern` is the format "custom" in Word's words ("001, 002, 003, ...").
    `english` says whether words of number ("first") may be English.
    """
    if how == "custom":
        return _custom(number, pattern)
    if how in _IN_WORDS and not english:
        return None
    maker = _FORMATS.get(how)
    return None if maker is None else maker(number)


def _roman(number: int) -> str | None:
    if not 0 < number < 4000:
        return None
    out = ""
    for size, letters in _ROMAN:
        while number >= size:
            out, number = out + letters, number - size
    return out


def _letters(number: int) -> str | None:
    """1 is a, 26 is z, 27 is aa, 53 is aaa: Word repeats the letter."""
    if not 0 < number <= 780:
        return None
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _ordinal(number: int) -> str | None:
    if number < 0:
        return None
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _cardinal_text(number: int) -> str | None:
    said = _said(number)
    return None if said is None else said.capitalize()


def _ordinal_text(number: int) -> str | None:
    said = _said(number)
    if said is None:
        return None
    rest, cut, last = said.rpartition("-")
    if last not in _ORDINAL and " " in last:
        rest, cut, last = said.rpartition(" ")
    turned = _ORDINAL.get(last) or (last[:-1] + "ieth" if last.endswith("y") else last + "th")
    return (rest + cut + turned).capitalize()


def _said(number: int) -> str | None:
    if not 0 <= number < 1000:
        return None
    if number >= 100:
        rest = _said(number % 100) if number % 100 else ""
        return f"{_SMALL[number // 100]} hundred" + (f" {rest}" if rest else "")
    if number < 20:
        return _SMALL[number]
    return _TENS[number // 10] + (f"-{_SMALL[number % 10]}" if number % 10 else "")


def _circled(number: int) -> str | None:
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else None


def _custom(number: int, pattern: str) -> str | None:
    first = pattern.split(",")[0].strip()
    if first.isdecimal() and first.isascii() and int(first) == 1:
        return str(number).zfill(len(first))
    return None


def _upper(maker: Callable[[int], str | None]) -> Callable[[int], str | None]:
    def upper(number: int) -> str | None:
        made = maker(number)
        return None if made is None else made.upper()

    return upper


_FORMATS: dict[str, Callable[[int], str | None]] = {
    "decimal": str,
    "decimalZero": lambda number: str(number).zfill(2),
    "lowerRoman": _roman,
    "upperRoman": _upper(_roman),
    "lowerLetter": _letters,
    "upperLetter": _upper(_letters),
    "ordinal": _ordinal,
    "cardinalText": _cardinal_text,
    "ordinalText": _ordinal_text,
    "hex": lambda number: f"{number:X}" if number >= 0 else None,
    "numberInDash": lambda number: f"- {number} -",
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "none": lambda number: "",
    "bullet": lambda number: "",
}
_IN_WORDS = frozenset({"ordinal", "cardinalText", "ordinalText"})
