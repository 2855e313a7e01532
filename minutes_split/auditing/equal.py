"""Equal runs between a draft and what is withheld, as it stands or with other names, and what is taken off."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from minutes_split.auditing.copies import Copies
from minutes_split.auditing.draft import Part
from minutes_split.auditing.index import Layer
from minutes_split.auditing.normal import MASK, WORD, with_masks
from minutes_split.auditing.said import Finding
from minutes_split.auditing.seen import Seen
from minutes_split.auditing.standing import Standing
from minutes_split.auditing.wording import CLICHE, is_business, whole_words
from minutes_split.plan import SEVERITIES
from minutes_split.spans import Span

Words = Callable[[int, int], str]
"""The words of a draft between two places."""

_TELLING = 8
"""Characters of a unit, below which a run that also touches its neighbour says nothing of it."""
_MASKED_WORDS = 4
"""Words, below which equal words around names are no copy of anything."""
_ONES = re.compile(rb"\x01+")


class _Hit(NamedTuple):
    """A stretch of a draft that stands in one piece, or in neighbours of one standing."""

    start: int
    end: int
    standing: Standing
    piece: int

    def length(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class _Left:
    """A stretch of a draft that stands in something withheld, after what is taken off."""

    start: int
    end: int
    piece: int
    carried: bool
    """Whether it is the family's by position as well."""
    common: bool
    """Whether it tells of nobody in particular."""


class Equal:
    """Finds every stretch of so many characters that stands in something withheld."""

    def __init__(self, copies: Copies, least: int) -> None:
        self.copies = copies
        self.standings = copies.standings
        self.index = copies.index
        self.least = least

    def verbatim(self, seen: Seen) -> Iterator[Finding]:
        """Words that stand in something withheld as they are. Notes in `seen` whose all equal runs are."""
        part = seen.part
        text = part.normal.text
        hits = self._hits(text, self.index.plain, part)
        for hit in hits:
            seen.cover(hit.standing, hit.start, hit.end)
        for left in self._live(text, hits):
            where = part.normal.span(left.start, left.end)
            if self._is_of_titles(part, where, left.piece):
                continue
            if left.common:
                seen.list_common(where)
            else:
                yield self.copies.finding("copied", part, where, left.piece, carried=left.carried)

    def renamed(self, seen: Seen) -> Iterator[Finding]:
        """Words that stand in something withheld with other names."""
        part = seen.part
        masked = with_masks(part.normal.text, self.index.names.to_mask)
        text = masked.text
        found = self._hits(text, self.index.masked, None, around=MASK)
        for left in self._live(text, [hit for hit in found if MASK in text[hit.start : hit.end]]):
            words = text[left.start : left.end]
            span = masked.span(left.start, left.end)
            where = part.normal.span(span.start, span.end)
            if MASK not in words or left.common or self._is_of_titles(part, where, left.piece):
                continue
            if len(WORD.findall(words)) >= _MASKED_WORDS:
                yield self.copies.finding("copied-names-changed", part, where, left.piece, carried=left.carried)

    def _is_of_titles(self, part: Part, where: Span, number: int) -> bool:
        """Whether it is a title, or what stands outside the titles of fields is too short for a copy."""
        if self.copies.is_title(part, where, number):
            return True
        normal = part.normal
        outside = [
            normal.at(span.end) - normal.at(span.start) for span in self.copies.draft.outside_titles(part, where)
        ]
        return max(outside, default=0) < self.least

    # Equal runs, cut at the borders of pieces

    def _hits(self, draft: str, layer: Layer, part: Part | None, *, around: str = "") -> list[_Hit]:
        """Every stretch of a run or more that stands in pieces of one standing."""
        found: list[_Hit] = []
        for run in layer.runs.find(draft, around=around):
            away = run.start - run.source
            cut = [
                _Hit(start + away, end + away, self.standings.of(number), number)
                for number, start, end in layer.cut(run.source, run.source + run.length)
            ]
            found += cut if len(cut) == 1 and cut[0].length() >= self.least else self._stretches(cut, part)
        return found

    def _stretches(self, hits: Iterable[_Hit], part: Part | None) -> Iterator[_Hit]:
        """The pieces of a run; what is not long enough is taken together with its neighbours.

        The family's own pieces are always taken together: words that run on
        from one of them into the next are its own as well.
        """
        for neighbours in _of_one_standing(hits):
            kind = neighbours[0].standing
            long = [hit for hit in neighbours if hit.length() >= self.least]
            if kind in ("withheld", "carried") and long:
                yield from long
                continue
            whole = _Hit(neighbours[0].start, neighbours[-1].end, kind, max(neighbours, key=_Hit.length).piece)
            if whole.length() < self.least:
                continue
            if kind in ("own", "free") or (part is not None and _runs_on(neighbours, whole, part)):
                yield whole

    # What is left of the withheld ones

    def _live(self, draft: str, hits: list[_Hit]) -> Iterator[_Left]:
        """What is left of the withheld stretches.

        Counted in windows of one run: a window is taken off if it stands in
        something named or decided for the family or about nobody, or is common.
        """

        def words(start: int, end: int) -> str:
            return draft[start:end]

        windows = {standing: bytearray(len(draft) + 1) for standing in ("own", "carried", "free", "withheld")}
        for hit in hits:
            start, end = _with_spaces(draft, hit) if hit.standing != "withheld" else (hit.start, hit.end)
            windows[hit.standing][start : end - self.least + 1] = b"\1" * (end - start - self.least + 1)
        open_hits = [hit for hit in hits if hit.standing in ("withheld", "carried")]
        for start, end in self._common_windows(open_hits, words):
            windows["free"][start:end] = b"\1" * (end - start)
        theirs, own, free = (windows[standing] for standing in ("withheld", "own", "free"))
        live = bytes(w and not o and not f for w, o, f in zip(theirs, own, free, strict=True))
        following = deque(sorted(open_hits, key=lambda hit: hit.start))
        inside: list[_Hit] = []
        for stretch in _ONES.finditer(live):
            first, last = stretch.span()
            while following and following[0].start < last:
                inside.append(following.popleft())
            inside = [hit for hit in inside if hit.end - self.least >= first]
            yield self._left(first, last, inside, words, carried=all(windows["carried"][first:last]))

    def _left(self, first: int, last: int, inside: list[_Hit], words: Words, *, carried: bool) -> _Left:
        """One stretch of windows, from the first to the last that begins in it, with its gravest source."""
        end = last + self.least - 1
        main = min((h for h in inside if h.standing == "withheld"), key=lambda hit: self._rank(hit, first, end))
        whole = [hit.piece for hit in inside if hit.start <= first and hit.end >= end]
        told = whole_words(words, first, end)
        common = self.standings.is_shared(whole, told)
        common = common or (end - first < CLICHE and self.standings.tells_nothing(told))
        common = common or self._is_business([hit.piece for hit in inside if hit.standing == "withheld"], told)
        return _Left(first, end, main.piece, carried, common)

    def _is_business(self, pieces: list[int], words: str) -> bool:
        """Whether words of the business of a meeting stand in nothing that a rule says is about anybody."""
        standings = self.standings
        return all(map(standings.is_unclaimed, pieces)) and standings.is_impersonal(words) and is_business(words)

    def _rank(self, hit: _Hit, start: int, end: int) -> tuple[int, int, int]:
        severity = self.standings.severity(hit.piece, allegation=False)
        return SEVERITIES.index(severity), start - end + max(0, hit.start - start) + max(0, end - hit.end), hit.piece

    def _common_windows(self, hits: list[_Hit], words: Words) -> Iterator[tuple[int, int]]:
        """Stretches of windows that stand in so many places that they tell of nobody."""
        edges = sorted(
            [(hit.start, 1, hit.piece) for hit in hits] + [(hit.end - self.least + 1, 0, hit.piece) for hit in hits]
        )
        active: Counter[int] = Counter()
        last = 0
        for at, begins, piece in edges:
            if at > last and len(active) > 1 and self.standings.is_common(active, words(last, at + self.least - 1)):
                yield last, at
            last = at
            active[piece] += 1 if begins else -1
            if not active[piece]:
                del active[piece]


def _with_spaces(draft: str, hit: _Hit) -> tuple[int, int]:
    """A stretch of the family's own with the space before and behind it, which is nobody's."""
    start = hit.start - 1 if draft[hit.start - 1 : hit.start] == " " else hit.start
    return start, hit.end + 1 if draft[hit.end : hit.end + 1] == " " else hit.end


def _of_one_standing(hits: Iterable[_Hit]) -> Iterator[list[_Hit]]:
    """Hits of one standing with no more than a space between them."""
    held: list[_Hit] = []
    for hit in hits:
        if held and (held[-1].standing != hit.standing or hit.start - held[-1].end > 1):
            yield held
            held = []
        held.append(hit)
    if held:
        yield held


def _runs_on(neighbours: list[_Hit], whole: _Hit, part: Part) -> bool:
    """Whether a copy runs from one unit into the next, in one line of the draft and with a good part of both."""
    line = part.normal.span(whole.start, whole.end).within(part.text)
    return "\n" not in line and sum(hit.length() >= _TELLING for hit in neighbours) > 1
