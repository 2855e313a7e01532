"""Dates with a year, as they are written in the UK: day before month."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from minutes_split.spans import Span

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may may", "jun june", "jul july",
         "aug august", "sep september sept", "oct october", "nov november", "dec december"),
        1,
    )
    for name in names.split()
}  # fmt: skip


_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))


_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth "
    "twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
)
_DAYS = {word: number for number, word in enumerate(_ORDINALS.split(), 1)}
_DAY = "|".join(sorted(_DAYS, key=len, reverse=True)).replace("-", "[- ]")


_DATE = re.compile(
    rf"""(?<![\w])(?:
      (?P<y1>\d{{4}})\s?[-/.]\s?(?P<m1>\d{{1,2}})\s?[-/.]\s?(?P<d1>\d{{1,2}})
    | (?P<y5>(?:19|20)\d\d)(?P<m5>\d\d)(?P<d5>\d\d) | (?P<d6>\d\d)(?P<m6>\d\d)(?P<y6>(?:19|20)\d\d)
    | (?P<d2>\d{{1,2}})\s?[-/.|\\ ]\s?(?P<m2>\d{{1,2}})\s?[-/.|\\ ]\s?(?P<y2>\d{{4}}|\d{{2}})
    | (?P<d7>{_DAY})\s+(?:day\s+)?(?:of\s+)?(?P<m7>{_MONTH}),?\s+(?P<y7>\d{{4}})
    | (?P<d3>\d{{1,2}})(?:st|nd|rd|th)?[\s.\-/]*(?:of\s+)?(?P<m3>{_MONTH})\.?[\s.,\-/]*'?(?P<y3>\d{{4}}|\d{{2}})
    | (?P<m4>{_MONTH})\.?\s+(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?,?\s+'?(?P<y4>\d{{4}}|\d{{2}})
    )(?![\w])""",
    re.I | re.X,
)
"""Dates with a year, as they are written in the UK: day before month."""


def dates_in(text: str) -> Iterator[tuple[Span, list[date]]]:
    """Every date with a year, and the days it may mean."""
    for found in _DATE.finditer(text):
        parts = {key[0]: value for key, value in found.groupdict().items() if value}
        year = int(parts["y"])
        month = _MONTHS.get(parts["m"].lower()) or (int(parts["m"]) if parts["m"].isdigit() else 0)
        number = _DAYS.get(parts["d"].lower().replace(" ", "-")) or int(parts["d"])
        if month > 12 and number <= 12:  # written as in America; there is no other way to read it
            month, number = number, month
        years = [year] if len(parts["y"]) == 4 else [1900 + year, 2000 + year]
        days = [day for y in years if (day := _day(y, month, number))]
        if days:
            yield Span(*found.span()), days


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
