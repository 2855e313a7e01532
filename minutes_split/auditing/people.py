"""Names, near names, dates of birth, addresses, identifiers and protected values of somebody else, in any draft."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from minutes_split.auditing.dates import dates_in
from minutes_split.auditing.draft import Part
from minutes_split.auditing.index import AuditIndex
from minutes_split.auditing.names import BEGINNING, LOWER, ValueKind, nearest_name, worst_kind
from minutes_split.auditing.normal import WORD
from minutes_split.auditing.said import Finding
from minutes_split.auditing.seen import Seen
from minutes_split.plan import Severity
from minutes_split.protected import is_withheld
from minutes_split.spans import Span
from minutes_split.values import Squashed, forms, squashed

_Found = tuple[ValueKind, Severity]


class People:
    """Finds what tells of somebody of another family, and what is protected of the family's own."""

    def __init__(self, index: AuditIndex, family: str, recipients: tuple[str, ...], near_score: float) -> None:
        self.index = index
        self.names = index.names
        self.family = family
        self.recipients = recipients
        self.near_score = near_score
        self._squashed: dict[str, Squashed] = {}
        self._houses: dict[str, tuple[tuple[Span, str, bool], ...]] = {}

    # Names

    def names_in(self, seen: Seen) -> Iterator[Finding]:
        """Names and near names of others; neighbours that are names are one."""
        part = seen.part
        own = seen.covered["own"]
        exact, near = self._named(seen)
        for where in _joined(exact, part.text):
            first = part.normal.at(where.start)
            words = WORD.findall(part.normal.text, first, part.normal.at(where.end))
            severity = self._weight_of_a_name(words, own=bool(own[first]))
            if len(words) == 1 and words[0] in self.names.ordinary and _may_be_a_word(part.text, where):
                severity = "low"
            yield Finding("other-name", severity, where, part=part.name)
        for where in near:
            yield Finding("near-name", "medium", where, part=part.name)

    def _named(self, seen: Seen) -> tuple[list[Span], list[Span]]:
        """Where a word is a name of another family, and where it is nearly one."""
        part = seen.part
        own, carried = seen.covered["own"], seen.covered["carried"]
        lower = self.names.written | frozenset(LOWER.findall(part.text))
        exact, near = [], []
        for word in WORD.finditer(part.normal.text):
            where = part.normal.span(*word.span())
            if self._names_another(word[0], where, part.text):
                exact.append(where)
            elif own[word.start()] or carried[word.start()] or word[0] in lower:
                continue
            elif self._nearly_names_another(word[0], where, part.text):
                near.append(where)
        return exact, near

    def _weight_of_a_name(self, words: list[str], *, own: bool) -> Severity:
        """A name alone weighs less if nobody of that name was in a meeting on the family.

        Least, if it stands so in what is the family's own by name or decision.
        """
        if len(words) > 1 or any(self.names.words[word] & self._met for word in words):
            return "high"
        return "low" if own else "medium"

    @cached_property
    def _met(self) -> frozenset[str]:
        """The families that stand on a roster together with this one."""
        rosters = [source.roster.ids for source in self.index.sources]
        return frozenset(other for ids in rosters if self.family in ids for other in ids)

    def _names_another(self, word: str, where: Span, text: str) -> bool:
        """Whether a word is a name of another family, and neither the family's own nor a professional's."""
        families = self.names.words.get(word)
        if not families or self.family in families or word in self.names.working:
            return False
        return word not in self.names.ordinary or text[where.start].isupper()

    def _nearly_names_another(self, word: str, where: Span, text: str) -> bool:
        if not text[where.start].isupper() or word in self.names.to_mask or word.isdigit():
            return False
        families = self.names.short_forms.get(word)
        if families and self.family not in families:
            return True
        if len(word) < 4:
            return False
        if _begins_a_sentence(text, where.start) and word in self.names.ordinary:
            return False
        theirs, ours = self._whose_names
        best = nearest_name(word, theirs, self.near_score)
        return best > 0 and best > nearest_name(word, ours, self.near_score)

    @cached_property
    def _whose_names(self) -> tuple[list[str], list[str]]:
        """Words of names of other families, and of the family's own and professionals'."""
        ours = {word for word, families in self.names.words.items() if self.family in families} | self.names.working
        return [word for word in self.names.words if word not in ours], sorted(ours)

    # Values

    def values_in(self, part: Part) -> Iterator[Finding]:
        """Identifiers, addresses, full names and protected values of others, and what is protected of the family's own."""
        found = {**self._others_values(part), **self._own_protected(part)}
        for where, (kind, severity) in sorted(found.items()):
            if not any(other.holds(where) and other != where for other in found):
                known_by_name_only = squashed(where.within(part.text)) in self.names.registered
                yield Finding(kind, "medium" if known_by_name_only else severity, where, part=part.name)

    def _others_values(self, part: Part) -> dict[Span, _Found]:
        found = self._streets(part, self._is_anothers)
        read = self._read(part)
        for at in read.starts:
            for value in self.names.by_beginning.get(read.text[at : at + BEGINNING], ()):
                if read.text.startswith(value, at) and at + len(value) in read.ends and self._is_anothers(value):
                    kind = worst_kind(self.names.values[value].values())
                    found[Span(read.starts[at], read.ends[at + len(value)])] = (kind, "high")
        return found

    def _own_protected(self, part: Part) -> dict[Span, _Found]:
        found = self._streets(part, self._withheld.__contains__)
        read = self._read(part)
        found |= {where: ("protected-value", "high") for form in self._withheld for where in read.places(form)}
        return found

    def _read(self, part: Part) -> Squashed:
        if part.name not in self._squashed:
            self._squashed[part.name] = Squashed.of(part.text)
        return self._squashed[part.name]

    def _streets(self, part: Part, is_meant: Callable[[str], bool]) -> dict[Span, _Found]:
        """House numbers with their streets, however they are written; a slip in the street weighs less."""
        found: dict[Span, _Found] = {}
        if part.name not in self._houses:
            self._houses[part.name] = tuple(self.names.streets.find(part.normal.text))
        for place, address, exact in self._houses[part.name]:
            if is_meant(address):
                kinds = self.names.values.get(address, {})
                kind = "protected-value" if address in self._withheld else worst_kind(kinds.values())
                found[part.normal.span(*place)] = (kind, "high" if exact else "medium")
        return found

    @cached_property
    def _withheld(self) -> frozenset[str]:
        """Every form of what is kept of the family's own from those who will read the draft."""
        kept = {
            (protected.value, protected.kind)
            for own in self.index.own(self.family)
            for protected in own.protected
            if is_withheld(protected, own, self.recipients)
        }
        return frozenset(form for value, kind in kept for form in forms(value, kind))

    @cached_property
    def _own_addresses(self) -> tuple[Squashed, ...]:
        given = {address for own in self.index.own(self.family) for address in own.addresses}
        return tuple(map(Squashed.of, sorted(given)))

    def _is_anothers(self, value: str) -> bool:
        owners = self.names.values.get(value, {})
        if not owners or self.family in owners or "" in owners:
            return False
        return not any(True for address in self._own_addresses for _ in address.places(value))

    # Dates

    def births_in(self, part: Part) -> Iterator[Finding]:
        """Dates of birth of others."""
        for where, days in dates_in(part.text):
            families = {family for day in days for family in self.names.births.get(day, ())}
            if families and self.family not in families:
                yield Finding("date-of-birth", "high", where, part=part.name)


def _joined(spans: Iterable[Span], text: str) -> list[Span]:
    """Spans with nothing but spaces between them as one."""
    joined: list[Span] = []
    for span in spans:
        if joined and not text[joined[-1].end : span.start].strip(" -"):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


_DOES = re.compile(r"(?:['’]s)?\s+(?:is|was|has|had|said|says|told|did|does|and|will|who|[a-z]+ed)\b|['’]s\b")
"""What stands behind a name that is also a word, at the beginning of a sentence."""


def _may_be_a_word(text: str, where: Span) -> bool:
    """Whether a name that is also a word has its capital from the beginning of a sentence, and does nothing there."""
    return _begins_a_sentence(text, where.start) and not _DOES.match(text, where.end)


def _begins_a_sentence(text: str, place: int) -> bool:
    """Whether a word stands at the beginning of a sentence or line, where everything has a capital."""
    before = text[:place].rstrip(" \t\"'“‘(-•*")
    return not before or before[-1] in ".!?:;\n"
