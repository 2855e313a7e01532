"""Whole statements that are shorter than a run: "HIV positive." """

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from minutes_split.auditing.copies import Copies
from minutes_split.auditing.names import TITLES
from minutes_split.auditing.normal import WORD
from minutes_split.auditing.said import Finding
from minutes_split.auditing.seen import Seen
from minutes_split.auditing.standing import Standing
from minutes_split.auditing.wording import is_business
from minutes_split.plan import SEVERITIES
from minutes_split.spans import Span

_BREAK = re.compile(r"[.!?;:] |[^\w ]{3}")
"""Between two words, what parts two statements."""
_END = re.compile(r"[\n\t|]")
"""What parts lines, and cells of a table that was pasted."""


@dataclass(frozen=True, slots=True)
class _Whole:
    """A short unit that stands in the draft whole, and where else it stands."""

    span: Span
    standings: tuple[Standing, ...]
    pieces: tuple[int, ...]


class Short:
    """Finds every withheld unit shorter than a run that stands in a draft whole, between the borders of words."""

    def __init__(self, copies: Copies) -> None:
        self.copies = copies
        self.standings = copies.standings
        self.index = copies.index

    def find(self, seen: Seen) -> Iterator[Finding]:
        """Short statements that are not cleared for the family. Notes in `seen` those that are."""
        found = list(self._whole_units(seen.part.normal.text))
        for whole in found:
            for standing in whole.standings:
                if standing in ("own", "free"):
                    seen.cover(standing, whole.span.start, whole.span.end)
        done = 0
        for whole in found:
            place = slice(*whole.span)
            if whole.span.start < done or all(seen.covered["own"][place]) or all(seen.covered["free"][place]):
                continue
            finding = self._finding(seen, whole)
            if finding is not None:
                yield finding
                done = whole.span.end

    def _whole_units(self, draft: str) -> Iterator[_Whole]:
        """Where short units stand, whatever is between their words; of several at one place the longest first."""
        short = self.index.short
        lengths = sorted({words.count(" ") + 1 for words in short}, reverse=True)
        told = list(WORD.finditer(draft))
        for i, first in enumerate(told):
            for length in lengths:
                words = " ".join(word[0] for word in told[i : i + length])
                numbers = short.get(words) if i + length <= len(told) else None
                if numbers is not None:
                    span = Span(first.start(), told[i + length - 1].end())
                    if self._runs_through(span.within(draft), numbers):
                        yield _Whole(span, tuple(map(self._standing, numbers)), tuple(numbers))

    def _standing(self, number: int) -> Standing:
        """Whose a short unit is; what is nobody's is withheld if it tells of somebody at work under a heading of others."""
        standing = self.standings.of(number)
        if standing != "free" or not self.standings.is_under_others(number):
            return standing
        piece = self.index.pieces[number]
        return "free" if is_business(self.index.text[piece.start : piece.end]) else "withheld"

    def _runs_through(self, told: str, numbers: list[int]) -> bool:
        """Whether words belong together: no sentence ends among them, or the unit has the same signs there."""
        pieces = self.index.pieces
        return not _BREAK.search(told) or any(
            told in self.index.text[pieces[number].start : pieces[number].end] for number in numbers
        )

    def _finding(self, seen: Seen, whole: _Whole) -> Finding | None:
        words = " ".join(WORD.findall(whole.span.within(seen.part.normal.text)))
        where = seen.part.normal.span(whole.span.start, whole.span.end)
        told = zip(whole.pieces, whole.standings, strict=True)
        withheld = [number for number, standing in told if standing == "withheld"]
        if not withheld:
            return None
        single = " " not in words
        at_work = self._is_at_work(words) or all(self.standings.of(number) == "free" for number in withheld)
        if at_work and not (_is_a_line(seen.part.text, where) and self._names_a_stranger(words, whole.pieces)):
            return None
        if single and not at_work and self._says_nothing_here(words, withheld):
            return None
        if self.standings.is_common(whole.pieces, words):
            return None
        carried = "carried" in whole.standings or all(seen.covered["carried"][slice(*whole.span)])
        main = min(withheld, key=lambda n: SEVERITIES.index(self.standings.severity(n, allegation=False)))
        if self.copies.is_title(seen.part, where, main):
            return None
        finding = self.copies.finding("copied-unit", seen.part, where, main, carried=carried)
        return replace(finding, severity="low") if (single or at_work) and not finding.allegation else finding

    def _says_nothing_here(self, word: str, withheld: list[int]) -> bool:
        """Whether one word is the family's as well, or a heading of minutes that alleges nothing."""
        if word in self.standings.own_words:
            return True
        return all(map(self.standings.is_heading, withheld)) and not self.standings.alleges(word)

    def _is_at_work(self, words: str) -> bool:
        """Whether a short unit is the name of a professional and nothing else, as in a column of who does what."""
        told = [word for word in WORD.findall(words) if len(word) > 2 and word not in TITLES]
        return bool(told) and self.index.names.only_working.issuperset(told)

    def _at_work(self, words: str) -> list[str]:
        """Names of professionals in a statement."""
        return [word for word in WORD.findall(words) if len(word) > 2 and word in self.index.names.only_working]

    def _names_a_stranger(self, words: str, numbers: tuple[int, ...]) -> bool:
        """Whether the professionals whom a short unit names are met nowhere else near the family."""
        here = sum(map(self.standings.is_near, numbers))
        return all(self.standings.near_words[word] <= here for word in self._at_work(words))


def _is_a_line(text: str, where: Span) -> bool:
    """Whether a place is all that stands on its line, or in its cell."""
    before, behind = _END.split(text[: where.start])[-1], _END.split(text[where.end :], maxsplit=1)[0]
    return not WORD.search(before) and not WORD.search(behind)
