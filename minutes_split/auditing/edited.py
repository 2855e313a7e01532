"""Edited copies: sentences that are close to a withheld unit, and closer to it than to anything of the family's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from rapidfuzz import fuzz

from minutes_split.auditing.copies import Copies
from minutes_split.auditing.draft import sentences_of
from minutes_split.auditing.normal import WORD
from minutes_split.auditing.said import Finding
from minutes_split.auditing.seen import Seen
from minutes_split.auditing.wordforms import base_forms, stem_of
from minutes_split.plan import Pasted

ALIKE = 80.0
"""rapidfuzz `partial_ratio`, 0-100, from which a sentence counts as an edited copy. # SEE docs/thresholds.md"""
_TOO_MANY = 2000
"""A stem in more pieces than this is looked up only if the sentence holds no rarer one."""
_LOOKED_AT = 12
"""So many of the rarest stems of a sentence are looked up, and so many pieces compared."""
_SHARED = 0.4
"""Share of the weight of its stems, from which a piece is compared letter by letter."""


class Edited:
    """Finds light edits: slips, other names, another tense, other pronouns."""

    def __init__(self, copies: Copies, least: int) -> None:
        self.copies = copies
        self.standings = copies.standings
        self.index = copies.index
        self.least = least * 0.6

    def find(self, seen: Seen) -> Iterator[Finding]:
        """Sentences that are neither the family's own, nor found already, and close to something withheld."""
        part, draft = seen.part, self.copies.draft
        for sentence in sentences_of(part):
            where = part.normal.span(*sentence)
            place = slice(*sentence)
            known = sum(seen.covered["own"][place]) + sum(seen.covered["free"][place])
            if known * 10 > (sentence.end - sentence.start) * 8 or seen.share(where) > 0.5:
                continue
            if isinstance(draft.entry_at(where), Pasted):
                continue
            words = WORD.findall(part.normal.text, *sentence)
            number = None if self.standings.tells_nothing(" ".join(words)) else self._nearest(words)
            if number is not None and not self.copies.is_title(part, where, number):
                yield self.copies.finding("copied-edited", part, where, number)

    def _nearest(self, words: list[str]) -> int | None:
        """The withheld piece that a sentence is an edited copy of, if there is one that is nothing else."""
        alike = self._alike(words)
        theirs = [(-score, number) for number, score in alike.items() if self.standings.of(number) == "withheld"]
        ours = max((score for number, score in alike.items() if self.standings.of(number) != "withheld"), default=0.0)
        if not theirs or ours >= -min(theirs)[0] or self.standings.is_common(alike, " ".join(words)):
            return None
        return min(theirs)[1]

    def _alike(self, words: list[str]) -> dict[int, float]:
        """Pieces close to a sentence, and how close, 0 to 100."""
        masked = self.index.names.to_mask
        told = base_forms(words, masked)
        alike: dict[int, float] = {}
        for number in self._candidates(words):
            piece = self.index.pieces[number]
            theirs = base_forms(WORD.findall(self.index.text, piece.start, piece.end), masked)
            if min(len(told), len(theirs)) >= self.least:
                score = fuzz.partial_ratio(told, theirs, score_cutoff=ALIKE)
                if score:
                    alike[number] = score
        return alike

    def _candidates(self, words: list[str]) -> list[int]:
        """Pieces that share much of what a sentence says, by the weight of their stems."""
        index = self.index
        stems = {stem_of(word) for word in words if word not in index.names.to_mask} - {""}
        known = sorted((len(index.stems[stem]), stem) for stem in stems if stem in index.stems)
        total = sum(index.weight(count) for count, _ in known) + index.weight(1) * (len(stems) - len(known)) * 0.5
        shared: dict[int, float] = defaultdict(float)
        for count, stem in known[:_LOOKED_AT]:
            if count > _TOO_MANY and shared:
                break
            weight = index.weight(count)
            for number in index.stems[stem]:
                shared[number] += weight
        fit = [(-weight, n) for n, weight in shared.items() if weight >= _SHARED * min(total, index.weights[n])]
        return [n for _, n in sorted(fit)[:_LOOKED_AT]]
