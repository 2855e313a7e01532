"""The second net: a finished text, compared with all minutes that its author could open.

The guarantee, `every-run`: every stretch of `policy.audit_run` normalised
characters of the draft that stands in a unit not cleared for the family is
found, and so is every shorter unit that stands in the draft whole. Taken off
is only what is also `named` or `decided` for the family, about nobody, or
common wording. What is said in other words is not looked for.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import unicodedata
import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, Literal, NoReturn, Protocol

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from minutes_split.attribution import Unit
from minutes_split.document import Aside, Document, Source
from minutes_split.errors import AuditError, Fault, ViewError, WireError
from minutes_split.folding import folded_character
from minutes_split.guard import Excerpt, Squashed, family_view, forms, is_proposed, is_withheld, protected_units, squashed
from minutes_split.lexicon import default_lexicon
from minutes_split.plan import SEVERITIES, Pasted, Plan, Severity, Written, keyed
from minutes_split.policy import Policy
from minutes_split.roster import Family, Roster
from minutes_split.rules.base import DOUBT
from minutes_split.spans import Span, merged

GUARANTEE = "every-run-1"
"""Which guarantee an audit gives; the property test of this name proves it."""

Verdict = Literal["nothing_found", "findings", "cannot_say"]

COMMON_FAMILIES = 3
"""Words that stand with so many families, in two documents or more, are common wording. # SEE docs/thresholds.md"""
ALIKE = 80.0
"""rapidfuzz `partial_ratio`, 0-100, from which a sentence counts as an edited copy. # SEE docs/thresholds.md"""
EXCERPTS_NEAR = 3
"""So many excerpts are offered instead of what was found."""


class Minutes(Protocol):
    """What a split looks like from here."""

    @property
    def document(self) -> Document: ...
    @property
    def units(self) -> Sequence[Unit]: ...
    @property
    def roster(self) -> Roster: ...
    @property
    def policy(self) -> Policy: ...


# --- what an audit says -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the minutes. `key` is that of a unit, empty for text that is not live."""

    document_id: str = field(repr=False)
    key: str
    span: Span


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing in the draft that has to be looked at. It holds places, not words."""

    code: str
    severity: Severity
    where: Span
    """In the text of the draft (`Plan.text`, `Document.text`), or of its part that `part` names."""
    source: Place | None = None
    instead: tuple[Excerpt, ...] = ()
    """Excerpts of the family that stand nearest the source: what may be pasted."""
    field: str = field(default="", repr=False)
    """Title of the field of a plan."""
    part: str = "text"
    allegation: bool = False
    """Whether the words are of an offence, an allegation or the like."""

    @property
    def message(self) -> str:
        """What was found, in one plain sentence without the words."""
        return MESSAGES[self.code]


MESSAGES = {
    "copied": "stands in a part of the minutes that is not cleared for the family",
    "copied-unit": "is the whole of a short statement that is not cleared for the family",
    "copied-names-changed": "stands, with other names, in a part of the minutes that is not cleared for the family",
    "copied-edited": "is close to a statement that is not cleared for the family",
    "copied-basis": "own words repeat the unit they rest on, which is not cleared for the family",
    "copied-carried": "is the family's by its position only, and stands in a part that is not cleared for it as well",
    "unconfirmed": "is likely the family's, and no person has confirmed it",
    "other-name": "is the name of somebody of another family",
    "near-name": "is close to the name of somebody of another family",
    "date-of-birth": "is the date of birth of somebody of another family",
    "address": "is the address of another family",
    "identifier": "is an identifier of another family",
    "protected-value": "is a value that is protected from those who will read this",
    "excerpt-edited": "is not as the view made it",
    "excerpt-not-in-source": "does not stand in its source at the place it names",
    "excerpt-not-cleared": "is no longer cleared for the family in its source",
    "source-changed": "comes from another version of its source than the one compared with",
    "source-superseded": "comes from a document that another one replaces",
    "source-not-given": "comes from a document that was not compared with",
    "basis-unknown": "rests on a unit that is in none of the documents compared with",
    "invisible-characters": "holds characters that nobody can see",
    "look-alike-letters": "mixes letters of two scripts in one word",
}

LIMITS = (
    "Statements in other words are not looked for.",
    "Nothing here shows that anybody read what was found.",
)


@dataclass(frozen=True, slots=True)
class ToCheck:
    """A passage for the checker to see, though nothing was found in it."""

    reason: Literal["carried", "without source"]
    """Given to the family by its position and not by a name, or in words for which no source is stated."""
    where: Span
    field: str = field(default="", repr=False)
    allegation: bool = False


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found in a draft, and what cannot be said of it. It is no yes or no: `bool(audit)` raises."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    to_check: tuple[ToCheck, ...]
    limits: tuple[str, ...]
    guarantee: str
    id: str
    """SHA-256 over draft, family, recipients, sources, policy, guarantee and findings."""

    def __bool__(self) -> NoReturn:
        raise AuditError("audit-as-bool", "audit", "is no yes or no: read `.verdict` and `.findings`")

    def __repr__(self) -> str:
        counted = Counter(finding.severity for finding in self.findings)
        said = ", ".join(f"{counted[severity]} {severity}" for severity in SEVERITIES)
        return f"<Audit: {self.verdict}; {said}; {len(self.to_check)} passages to check>"

    def _repr_html_(self) -> str:
        return f"<p>{repr(self)[1:-1]}</p>"

    def to_records(self) -> list[dict[str, str | int | bool]]:
        """A row of scalars for each finding, without words."""
        return [
            {
                "code": f.code,
                "severity": f.severity,
                "message": f.message,
                "part": f.part,
                "field": f.field,
                "start": f.where.start,
                "end": f.where.end,
                "allegation": f.allegation,
                "source_document_id": f.source.document_id if f.source else "",
                "source_start": f.source.span.start if f.source else -1,
                "source_end": f.source.span.end if f.source else -1,
                "instead": " ".join(excerpt.reference for excerpt in f.instead),
            }
            for f in self.findings
        ]


def audit(
    draft: Plan | Document | str,
    *,
    against: Sequence[Minutes] | AuditIndex,
    family: str | None = None,
    recipients: tuple[str, ...] | None = None,
    policy: Policy | None = None,
) -> Audit:
    """Compares a draft for one family with all minutes that its author could open.

    Of a plan, family and recipients are the plan's own.
    Raises: `AuditError` for an empty draft, for no source, for a draft without a family.
    """
    index = against if isinstance(against, AuditIndex) else AuditIndex.build(against, policy=policy)
    policy = policy or index.policy
    read = _Draft.of(draft)
    family = _family_of(draft, family)
    recipients = _recipients_of(draft, recipients)
    _require_recipients(index, family, recipients)
    if policy.audit_run < index.run:
        raise AuditError("audit-run", "policy.audit_run", "is shorter than the one the index was built for")
    check = _Check(index, family, recipients, policy, read)
    findings = check.findings()
    to_check = check.to_check()
    unread = index.unread or read.unread
    verdict: Verdict = "findings" if findings else "cannot_say" if unread else "nothing_found"
    limits = LIMITS + (("Part of a document could not be read.",) if unread else ())
    if family not in index.families:
        limits += ("The family is on none of the rosters, so nothing is known to be its own.",)
    told = [
        GUARANTEE, hashlib.sha256(read.text.encode("utf-8", "surrogatepass")).hexdigest(), family, recipients,
        index.digest, policy.digest, [_said(finding) for finding in findings], verdict,
    ]  # fmt: skip
    return Audit(verdict, findings, to_check, limits, GUARANTEE, hashlib.sha256(json.dumps(told).encode()).hexdigest())


def _said(finding: Finding) -> list[object]:
    source = finding.source
    place = [source.document_id, source.key, source.span] if source else None
    return [finding.code, finding.severity, finding.part, finding.where, place]


def _family_of(draft: Plan | Document | str, family: str | None) -> str:
    if isinstance(draft, Plan):
        if family not in (None, draft.family):
            raise AuditError("audit-other-family", "family", "is not the family of the plan")
        return draft.family
    if not family:
        raise AuditError("audit-no-family", "family", "should name the family that the draft is for")
    return family


def _recipients_of(draft: Plan | Document | str, recipients: tuple[str, ...] | None) -> tuple[str, ...]:
    if isinstance(draft, Plan):
        if recipients is not None and set(recipients) != set(draft.recipients):
            raise AuditError("audit-other-recipients", "recipients", "are not the recipients of the plan")
        return draft.recipients
    return tuple(recipients or ())


def _require_recipients(index: AuditIndex, family: str, recipients: tuple[str, ...]) -> None:
    known = {
        name
        for own in index.own(family)
        for name in (*(r.id for r in own.recipients), *(n for p in own.protected for n in p.withheld_from))
    }
    for i, recipient in enumerate(recipients):
        if recipient not in known:
            raise AuditError("audit-unknown-recipient", f"recipients[{i}]", "is not a recipient of the family in any roster")


# --- text made comparable -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Mapped:
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
    """Puts a `_Mapped` together, stretch by stretch."""

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

    def made(self, end: int) -> _Mapped:
        return _Mapped("".join(self.parts), self.steps, self.homes, end)


_ODD = re.compile(r"(?<=[A-Za-z])-\n(?=[a-z])|[^\x21-\x7e]{2,}|[^\x20-\x7e]")
"""What needs a second look: line ends, white space of two and more, everything that is not ASCII."""


def _normalise(text: str) -> _Mapped:
    """Small letters without accents or look-alikes, one kind of quote and dash, single spaces, nothing invisible."""
    made = _Mapping()
    done = 0
    for odd in _ODD.finditer(text):
        made.add(text[done : odd.start()].lower(), done)
        done = odd.end()
        if odd[0] == "-\n":
            continue
        for place, character in enumerate(odd[0], odd.start()):
            plain = _plain(character)
            if plain != " " or not made.parts or made.parts[-1][-1] != " ":
                made.add(plain, place)
    made.add(text[done:].lower(), done)
    return made.made(len(text))


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    letters = folded_character(character).casefold().replace("–", "-")
    return " " if letters.isspace() else letters


_WORD = re.compile(r"[^\W_]+")
_MASK = "§"


def _masked(text: str, names: frozenset[str] | set[str]) -> _Mapped:
    """A normalised text in which every name, of however many words, is one sign."""
    made = _Mapping()
    done = 0
    for word in _WORD.finditer(text):
        if word[0] not in names:
            continue
        between = text[done : word.start()]
        if not (made.parts and made.parts[-1] == _MASK and between in (" ", "-")):
            made.add(between, done)
            made.add(_MASK, word.start())
        done = word.end()
    made.add(text[done:], done)
    return made.made(len(text))


# --- equal runs ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Run:
    """The draft from `start` on and the sources from `source` on are equal for `length` characters, and no longer."""

    start: int
    source: int
    length: int


class _Runs:
    """Finds every run of `least` characters or more that a draft shares with the sources.

    Every stretch of `least` characters holds a whole gram of `gram` characters
    that begins at a multiple of `step`, because `step = least - gram + 1`. So
    grams are kept at these places only, and looked up at every place of a draft.
    """

    def __init__(self, text: str, least: int) -> None:
        self.text = text
        self.least = least
        self.gram = max(4, least // 2)
        step = least - self.gram + 1
        grams = ((hash(text[p : p + self.gram]) & _HASH) << 32 | p for p in range(0, len(text) - self.gram + 1, step))
        self.places = array("Q", sorted(grams))

    def find(self, draft: str) -> list[_Run]:
        found: list[_Run] = []
        reached: dict[int, int] = {}
        places, gram = self.places, self.gram
        for at in range(len(draft) - gram + 1):
            words = draft[at : at + gram]
            first = (hash(words) & _HASH) << 32
            i = bisect_left(places, first)
            while i < len(places) and places[i] >> 32 == first >> 32:
                source = places[i] & _PLACE
                i += 1
                if reached.get(source - at, -1) <= at and self.text.startswith(words, source):
                    run = self._extended(draft, at, source)
                    reached[source - at] = run.start + run.length
                    if run.length >= self.least:
                        found.append(run)
        return found

    def _extended(self, draft: str, at: int, source: int) -> _Run:
        back = _equal_before(draft, at, self.text, source)
        length = _equal_behind(draft, at + self.gram, self.text, source + self.gram)
        return _Run(at - back, source - back, back + self.gram + length)


_HASH = 0xFFFFFFFF
_PLACE = 0xFFFFFFFF


def _equal_behind(a: str, i: int, b: str, j: int) -> int:
    count = 0
    most = min(len(a) - i, len(b) - j)
    while count + 64 <= most and a[i + count : i + count + 64] == b[j + count : j + count + 64]:
        count += 64
    while count < most and a[i + count] == b[j + count]:
        count += 1
    return count


def _equal_before(a: str, i: int, b: str, j: int) -> int:
    count = 0
    most = min(i, j)
    while count < most and a[i - count - 1] == b[j - count - 1]:
        count += 1
    return count


# --- words compared without their endings -------------------------------------------------------

_FORMS = {
    "be": "am is are was were been being",
    "have": "has had having",
    "do": "does did done doing",
    "say": "says said saying",
    "tell": "tells told telling",
    "go": "goes went gone going",
    "come": "comes came coming",
    "take": "takes took taken taking",
    "give": "gives gave given giving",
    "get": "gets got getting",
    "make": "makes made making",
    "see": "sees saw seen seeing",
    "know": "knows knew known knowing",
    "think": "thinks thought thinking",
    "find": "finds found finding",
    "leave": "leaves left leaving",
    "feel": "feels felt feeling",
    "keep": "keeps kept keeping",
    "hit": "hits hitting",
    "steal": "steals stole stolen stealing",
    "throw": "throws threw thrown throwing",
    "break": "breaks broke broken breaking",
    "hide": "hides hid hidden hiding",
    "run": "runs ran running",
    "write": "writes wrote written writing",
    "drink": "drinks drank drunk drinking",
    "sleep": "sleeps slept sleeping",
    "lose": "loses lost losing",
    "pay": "pays paid paying",
    "sell": "sells sold selling",
    "fall": "falls fell fallen falling",
    "bring": "brings brought bringing",
    "buy": "buys bought buying",
    "speak": "speaks spoke spoken speaking",
    "begin": "begins began begun beginning",
    "one": "i you he she it we they me him her us them my your his its our their hers theirs himself herself themselves",
}
_BASE = {form: base for base, forms_ in _FORMS.items() for form in (base, *forms_.split())}
_EMPTY = frozenset(
    "a an the and or but of to in on at by for from with as that this there be have do one not no so will would can could s".split()  # noqa: SIM905
)
"""Words that say nothing of what a sentence is about."""


@lru_cache(maxsize=65536)
def _base(word: str) -> str:
    """A word without tense, number and person, roughly."""
    known = _BASE.get(word)
    if known is not None:
        return known
    for ending in ("ing", "ied", "ies", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    """What a word is looked up by; empty if it says nothing."""
    base = _base(word)
    return "" if base in _EMPTY or len(base) < 2 else base[:5]


def _bases(words: Iterable[str], names: frozenset[str]) -> str:
    """Words without endings and names, as they are compared."""
    told = [_MASK if word in names else _base(word) for word in words]
    return " ".join(word for i, word in enumerate(told) if word != _MASK or i == 0 or told[i - 1] != _MASK)


# --- the minutes, made ready once ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Piece:
    """A unit, an aside, or a line of common wording, in the text of all sources."""

    start: int
    end: int
    source: int
    """Which of the minutes; -1 for common wording."""
    unit: Unit | None = None
    aside: Aside | None = None


@dataclass(frozen=True, slots=True)
class _Source:
    """One set of minutes as the index keeps it."""

    document: Document
    units: tuple[Unit, ...]
    roster: Roster
    policy: Policy


_DEAD = frozenset({"metadata", "instruction"})
"""Asides that are not somebody's statement."""


class AuditIndex:
    """All minutes that an author could open, made ready for comparison. It never changes."""

    def __init__(self, sources: tuple[_Source, ...], common: tuple[str, ...], policy: Policy, made_by: object) -> None:
        if made_by is not _MADE_HERE:
            raise AuditError("audit-index", "index", "is made with `AuditIndex.build` or `from_bytes`")
        self.policy = policy
        self.run = policy.audit_run
        self._sources = sources
        self._common = common
        self._names = _Names(sources)
        self._home: list[tuple[int, _Mapped]] = []
        self._pieces, text = self._laid_out()
        self._starts = array("q", (piece.start for piece in self._pieces))
        self._text = text
        self._runs = _Runs(text, self.run)
        self._masked = _masked(text, self._names.to_mask)
        self._masked_runs = _Runs(self._masked.text, self.run)
        self._short = self._short_units()
        self._stems, self._weights = self._looked_up()

    @classmethod
    def build(cls, splits: Iterable[Minutes], *, policy: Policy | None = None, common: Sequence[str] = ()) -> AuditIndex:
        """An index of these splits.

        `common` are lines that every plan of the authority holds, such as those of its template.
        Raises: `AuditError` if there is no split, or if two documents have one id.
        """
        sources = tuple(_Source(s.document, tuple(s.units), s.roster, s.policy) for s in splits)
        if not sources:
            raise AuditError("audit-no-source", "against", "names no minutes to compare with")
        return cls(sources, tuple(common), policy or sources[0].policy, _MADE_HERE)

    def __repr__(self) -> str:
        units = sum(len(source.units) for source in self._sources)
        return f"<AuditIndex: {len(self._sources)} documents, {units} units>"

    @cached_property
    def families(self) -> frozenset[str]:
        """Ids of all families on the rosters."""
        return frozenset(family for source in self._sources for family in source.roster.ids)

    def own(self, family: str) -> tuple[Family, ...]:
        """What the rosters and registers say of one family."""
        rosters = {id(source.roster): source.roster for source in self._sources}.values()
        return tuple(f for roster in rosters for f in (*roster.families, *roster.registered) if f.id == family)

    @cached_property
    def unread(self) -> bool:
        """Whether something in one of the sources could not be read."""
        return any(_is_unread(source.document) for source in self._sources)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over everything that the index was built from."""
        return hashlib.sha256(json.dumps(_filed(self), sort_keys=True).encode()).hexdigest()

    def to_bytes(self) -> bytes:
        """The index for a file of the authority. It holds the minutes themselves; guard it as you guard them.

        The reference key is not in it.
        """
        filed = json.dumps(_filed(self), sort_keys=True).encode()
        return b"\n".join((_FILE, hashlib.sha256(filed).hexdigest().encode(), zlib.compress(filed, 6)))

    @classmethod
    def from_bytes(cls, data: bytes, *, policy: Policy | None = None) -> AuditIndex:
        """An index from its file; `policy` brings the reference key back.

        Raises: `WireError` if the file is not one of ours or was changed.
        """
        return _unfiled(data, policy)

    # Making it ready

    def _laid_out(self) -> tuple[list[_Piece], str]:
        """Every text of every source behind one another, parted by a sign that no normalised text holds."""
        pieces: list[_Piece] = []
        texts: list[str] = []
        start = 0
        for number, source in enumerate(self._sources):
            normal = _normalise(source.document.text)
            self._home.append((start, normal))
            for unit in source.units:
                span = _tight(normal.text, normal.at(unit.span.start), normal.at(unit.span.end))
                pieces.append(_Piece(start + span.start, start + span.end, number, unit))
            texts.append(normal.text)
            start += len(normal.text) + 1
            for aside in source.document.asides:
                told = "" if aside.kind in _DEAD else _normalise(aside.text).text
                if told.strip():
                    pieces.append(_Piece(start, start + len(told), number, None, aside))
                    texts.append(told)
                    start += len(told) + 1
        for line in self._common:
            told = _normalise(line).text.strip()
            pieces.append(_Piece(start, start + len(told), -1))
            texts.append(told)
            start += len(told) + 1
        return pieces, "\n".join(texts)

    def _short_units(self) -> dict[str, list[int]]:
        """Pieces shorter than a run, by their words without what stands around them."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, piece in enumerate(self._pieces):
            if piece.end - piece.start < self.run + 8:
                words = _AROUND.sub("", self._text[piece.start : piece.end])
                if len(words) < self.run and _says_something(words):
                    found[words].append(number)
        return dict(found)

    def _looked_up(self) -> tuple[dict[str, array[int]], array[float]]:
        """For each stem the pieces it stands in; for each piece how much its stems weigh together."""
        stems: dict[str, array[int]] = {}
        held: list[set[str]] = []
        masked = self._names.to_mask
        for number, piece in enumerate(self._pieces):
            words = _WORD.findall(self._text, piece.start, piece.end)
            own = {_stem(word) for word in words if word not in masked}
            own.discard("")
            held.append(own)
            for stem in own:
                if stem in stems:
                    stems[stem].append(number)
                else:
                    stems[stem] = array("l", (number,))
        weights = {stem: self.weight(len(places)) for stem, places in stems.items()}
        return stems, array("d", (sum(weights[stem] for stem in own) for own in held))

    def weight(self, places: int) -> float:
        """How much a stem that stands in so many pieces tells."""
        return math.log((len(self._pieces) + 2) / (places + 1))

    # Asked by the check

    def pieces_in(self, start: int, end: int) -> Iterator[tuple[int, _Piece]]:
        """The pieces that a stretch of the text meets, with their numbers."""
        number = max(0, bisect_right(self._starts, start) - 1)
        while number < len(self._pieces) and self._pieces[number].start < end:
            if self._pieces[number].end > start:
                yield number, self._pieces[number]
            number += 1

    def place(self, piece: _Piece) -> Place | None:
        """Where a piece stands in its document."""
        if piece.source < 0:
            return None
        document = self._sources[piece.source].document
        if piece.unit is not None:
            return Place(document.document_id, piece.unit.key, piece.unit.span)
        at = piece.aside.at if piece.aside else 0
        return Place(document.document_id, "", Span(at, at))


_MADE_HERE = object()
_AROUND = re.compile(r"^[\W_]+|[\W_]+$")


def _tight(text: str, start: int, end: int) -> Span:
    """A stretch without the spaces at its ends."""
    while start < end and text[start] == " ":
        start += 1
    while start < end and text[end - 1] == " ":
        end -= 1
    return Span(start, end)


def _says_something(words: str) -> bool:
    """Whether a short unit is a statement: two words, or one of three letters or more. Bare numbers are looked for by form."""
    told = _WORD.findall(words)
    lettered = [word for word in told if any(c.isalpha() for c in word)]
    return words not in _ANSWERS and (len(told) > 1 and bool(lettered) or any(len(word) > 2 for word in lettered))


_ANSWERS = frozenset(
    ("yes", "none", "not known", "unknown", "n/a", "not applicable", "tbc", "to be confirmed", "ongoing", "completed", "as above", "see above", "nil")
)
"""What stands in the cells of every form."""


def _is_unread(document: Document) -> bool:
    return bool(
        document.faults
        or any(block.faults for block in document.blocks)
        or any(mark.kind == "unread" for mark in document.marks)
        or any(aside.kind == "unread" for aside in document.asides)
    )


# --- names, numbers, dates ----------------------------------------------------------------------

ValueKind = Literal["other-name", "address", "identifier", "protected-value"]


class _Names:
    """What the rosters and registers of all minutes know of people, by what it looks like."""

    def __init__(self, sources: tuple[_Source, ...]) -> None:
        self.words: dict[str, set[str]] = defaultdict(set)
        """Each word of a name of the rosters, and the families it is a name in."""
        self.working: set[str] = set()
        """Words of the names of professionals."""
        self.values: dict[str, dict[str, ValueKind]] = defaultdict(dict)
        """Each squashed value, the families it belongs to, and what it is."""
        self.registered: set[str] = set()
        """Squashed names that only a register holds."""
        self.births: dict[date, set[str]] = defaultdict(set)
        rosters = {id(source.roster): source.roster for source in sources}.values()
        for roster in rosters:
            for professional in roster.professionals:
                for name in (professional.name, *professional.aliases):
                    self.working.update(_name_words(name))
                    self.values[squashed(name)][""] = "other-name"
            for family in roster.families:
                self._learn(family, register=False)
        for roster in rosters:
            for family in roster.registered:
                self._learn(family, register=True)
        self.to_mask = frozenset(self.words) | self.working
        self.by_beginning: dict[str, list[str]] = defaultdict(list)
        for value in self.values:
            self.by_beginning[value[:_BEGINNING]].append(value)
        self.lower = frozenset(
            word for source in sources for word in _LOWER.findall(source.document.text)
        ) | default_lexicon().words("words") - default_lexicon().words("forenames")

    def _learn(self, family: Family, *, register: bool) -> None:
        for person in family.people:
            for name in person.names:
                words = _name_words(name)
                if len(words) > 1:
                    self._value(squashed(name), family.id, "other-name", register=register)
                if not register:
                    for word in words:
                        self.words[word].add(family.id)
            if person.dob:
                self.births[person.dob].add(family.id)
        for address in family.addresses:
            for form in forms(address, "address") - forms(address):
                if any(c.isdigit() for c in form):
                    self._value(form, family.id, "address", register=register)
            self._value(squashed(address), family.id, "address", register=register)
        for identifier in family.identifiers:
            self._value(squashed(identifier), family.id, "identifier", register=register)
            digits = _LABEL.sub("", squashed(identifier))
            if len(digits) >= 6:
                self._value(digits, family.id, "identifier", register=register)
        for protected in family.protected:
            for form in forms(protected.value, protected.kind):
                self._value(form, family.id, "protected-value", register=register)

    def _value(self, value: str, family: str, kind: ValueKind, *, register: bool) -> None:
        if len(value) < 4:
            return
        if register and value not in self.values:
            self.registered.add(value)
        self.values[value].setdefault(family, kind)
        if kind == "protected-value":
            self.values[value][family] = kind


_BEGINNING = 4
_LOWER = re.compile(r"(?<![\w'’])[a-z]{3,}(?!\w)")
_LABEL = re.compile(r"^[a-z]+")
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "lady", "of", "de", "the", "and", "van", "al", "el"})


def _name_words(name: str) -> tuple[str, ...]:
    """The words of a name that tell one person from another."""
    words = _WORD.findall(_normalise(name).text)
    return tuple(word for word in words if len(word) > 1 and word not in _TITLES)
