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
from minutes_split.guard import Excerpt, family_view
from minutes_split.lexicon import default_lexicon
from minutes_split.plan import SEVERITIES, Passage, Pasted, Plan, Severity, Written, keyed
from minutes_split.policy import Policy
from minutes_split.protected import is_proposed, is_withheld, protected_units
from minutes_split.roster import Family, Roster
from minutes_split.rules.base import DOUBT
from minutes_split.spans import Span, merged
from minutes_split.values import Squashed, forms, squashed

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


Reason = Literal["carried", "without source", "common wording"]


@dataclass(frozen=True, slots=True)
class ToCheck:
    """A passage for the checker to see, though nothing was found in it."""

    reason: Reason
    """`carried`: the family's by its position and not by a name; `without source`: words for which none is stated;
    `common wording`: words that tell of nobody in particular, and stand in something withheld too."""
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
    alleges: Callable[[str], bool] | None = None,
) -> Audit:
    """Compares a draft for one family with all minutes that its author could open.

    Of a plan, family and recipients are the plan's own. `alleges` says whether
    words are of an offence or an allegation; the default is the lexicon's.
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
    check = _Check(index, family, recipients, policy, read, alleges or _alleges)
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
            raise AuditError(
                "audit-unknown-recipient", f"recipients[{i}]", "is not a recipient of the family in any roster"
            )


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
            for letter in _plain(character):
                if letter != " " or not made.parts or made.parts[-1][-1] != " ":
                    made.add(letter, place)
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
        self.gram = max(4, 2 * least // 3)
        step = least - self.gram + 1
        grams = ((hash(text[p : p + self.gram]) & _HASH) << 32 | p for p in range(0, len(text) - self.gram + 1, step))
        self.places = array("Q", sorted(grams))

    def find(self, draft: str, *, around: str = "") -> list[_Run]:
        """The runs in the order of the draft; with `around`, those that hold this sign, and perhaps others."""
        found: list[_Run] = []
        reached: dict[int, int] = {}
        places, gram = self.places, self.gram
        for at in self._looked_at(draft, around):
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

    def _looked_at(self, draft: str, around: str) -> Iterable[int]:
        last = len(draft) - self.gram + 1
        if not around:
            return range(last)
        signs = [m.start() for m in re.finditer(around, draft)]
        return sorted({p for sign in signs for p in range(max(0, sign - self.least), min(last, sign + self.least))})

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
_GRAMMAR = (
    "a an the and or but nor so if as than then that this these those there of to in on at by for from with without "
    "into onto up down out off over under until between during through about after before again while when where "
    "which who whom whose why how what be have do go come get make take give see know think will would can could "
    "shall should may might must not no any all some both each every more most much many other own same such only "
    "also too very just still now well once s t d ll re ve"
)
_EMPTY = frozenset(_GRAMMAR.split())
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
    def build(
        cls, splits: Iterable[Minutes], *, policy: Policy | None = None, common: Sequence[str] = ()
    ) -> AuditIndex:
        """An index of these splits.

        `common` are lines that every plan of the authority holds, such as those of its template.
        Raises: `AuditError` if there is no split.
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
            if piece.end - piece.start < 3 * self.run:
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
    return words not in _ANSWERS and ((len(told) > 1 and bool(lettered)) or any(len(word) > 2 for word in lettered))


_ANSWERS = frozenset(
    (
        "yes",
        "none",
        "not known",
        "unknown",
        "n/a",
        "not applicable",
        "tbc",
        "to be confirmed",
        "ongoing",
        "completed",
        "as above",
        "see above",
        "nil",
    )
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
        self.written = frozenset(word for source in sources for word in _LOWER.findall(source.document.text))
        """Words that the minutes write in small letters."""
        self.ordinary = default_lexicon().words("words")
        """Words of the language; some are names as well."""

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
            for form in forms(address, "address"):
                if any(c.isdigit() for c in form):
                    self._value(form, family.id, "address", register=register)
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
_NO_NAMES = (
    "mr mrs ms miss mx dr prof sir lady of de the and van al el "
    "baby child unborn mum mother dad father nan nana gran grandma grandad aunt auntie uncle"
)
_TITLES = frozenset(_NO_NAMES.split())


def _name_words(name: str) -> tuple[str, ...]:
    """The words of a name that tell one person from another."""
    words = _WORD.findall(_normalise(name).text)
    return tuple(word for word in words if len(word) > 1 and word not in _TITLES)


# --- the draft ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Part:
    """The text of a draft, or one of its asides."""

    name: str
    text: str
    normal: _Mapped


@dataclass(frozen=True, slots=True)
class _Draft:
    """A plan, a document or bare text, read."""

    text: str
    parts: tuple[_Part, ...]
    plan: Plan | None
    layout: tuple[Passage, ...]
    unread: bool

    @classmethod
    def of(cls, draft: Plan | Document | str) -> _Draft:
        plan = draft if isinstance(draft, Plan) else None
        asides: tuple[Aside, ...] = draft.asides if isinstance(draft, Document) else ()
        if not isinstance(draft, Plan | Document | str):
            raise AuditError("audit-draft", "draft", "should be a plan, a document or text")
        text = draft if isinstance(draft, str) else draft.text
        if not text.strip() or (plan is not None and not plan.entries):
            raise AuditError("audit-empty-draft", "draft", "has nothing in it")
        parts = [_Part("text", text, _normalise(text))]
        parts += [_Part(f"aside {i}", a.text, _normalise(a.text)) for i, a in enumerate(asides, 1) if a.text.strip()]
        layout = plan.layout if plan else ()
        return cls(text, tuple(parts), plan, layout, isinstance(draft, Document) and _is_unread(draft))

    def entry_at(self, where: Span) -> Pasted | Written | None:
        """The entry of a plan that a place lies in."""
        passage = self._passage_at(where)
        if passage is None or passage.entry is None or self.plan is None:
            return None
        return self.plan.entries[passage.entry]

    def field_at(self, where: Span) -> str:
        """The title of the field that a place lies in."""
        passage = self._passage_at(where)
        return passage.field if passage else ""

    def _passage_at(self, where: Span) -> Passage | None:
        i = bisect_right(self.layout, where.start, key=lambda passage: passage.span.start) - 1
        for passage in self.layout[max(0, i) : i + 2]:
            if passage.span.meets(where):
                return passage
        return None


_SENTENCE = re.compile(r"[^\n]+?(?:[.!?;](?=[\s\"'”’)]|$)|\n|$)")


def _sentences(part: _Part) -> Iterator[Span]:
    """The sentences of a part, in places of its normalised text; long ones in overlapping stretches."""
    for sentence in _SENTENCE.finditer(part.text):
        start, end = part.normal.at(sentence.start()), part.normal.at(sentence.end())
        words = [m.span() for m in _WORD.finditer(part.normal.text, start, end)]
        for first in range(0, max(1, len(words) - 20), 30):
            stretch = words[first : first + 50]
            if stretch:
                yield Span(stretch[0][0], stretch[-1][1])


# --- the comparison -----------------------------------------------------------------------------

Standing = Literal["own", "carried", "free", "withheld"]
"""`own`: named or decided for the family; `carried`: the family's by position; `free`: about nobody; else `withheld`."""


@dataclass(frozen=True, slots=True)
class _Hit:
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


@dataclass(frozen=True, slots=True)
class _Layer:
    """The sources as they are compared: as they stand, or with all names masked."""

    runs: _Runs
    masked: _Mapped | None

    def span(self, start: int, end: int) -> Span:
        """In the text of all sources."""
        return self.masked.span(start, end) if self.masked else Span(start, end)

    def at(self, place: int) -> int:
        return self.masked.at(place) if self.masked else place


class _Check:
    """One audit, step by step; it is thrown away at the end.

    1 equal runs; 2 short units; 3 equal runs with names masked; 4 edited copies;
    5 names; 6 values; 7 dates of birth; 8 the plan's own sources; 9 characters.
    """

    def __init__(
        self,
        index: AuditIndex,
        family: str,
        recipients: tuple[str, ...],
        policy: Policy,
        draft: _Draft,
        alleges: Callable[[str], bool],
    ) -> None:
        self.index = index
        self.family = family
        self.recipients = recipients
        self.policy = policy
        self.draft = draft
        self.alleges = alleges
        self.names = index._names
        self._hidden: dict[int, frozenset[int]] = {}
        self._excerpts: dict[int, tuple[Excerpt, ...]] = {}
        self.covered: dict[str, dict[Standing, bytearray]] = {}
        """By part and standing, which characters of the normalised text are in an equal run."""
        self.common: list[tuple[str, Span]] = []
        """By part, words that stand in something withheld and tell of nobody in particular."""

    def findings(self) -> tuple[Finding, ...]:
        found: list[Finding] = []
        for part in self.draft.parts:
            places = _Places(part)
            for step in (self._equal, self._short, self._renamed, self._edited):
                found += places.new(step(part, places))
                places.spans += [where for name, where in self.common if name == part.name]
            for look in (self._people, self._values, self._births, self._characters):
                found += look(part)
        found += self._plan()
        once = {(f.code, f.part, f.where): f for f in reversed(found)}.values()
        return tuple(sorted((self._completed(f) for f in once), key=_order))

    def _completed(self, finding: Finding) -> Finding:
        if finding.part != "text":
            return finding
        return replace(finding, field=self.draft.field_at(finding.where))

    # Whose a piece is

    def standing(self, piece: _Piece) -> Standing:
        unit = piece.unit
        if piece.source < 0:
            return "free"
        if unit is None or unit.number in self.hidden(piece.source):
            return "withheld"
        if self.family in unit.cleared_for:
            return "carried" if unit.basis == "carried" else "own"
        return "free" if unit.status == "nobody" and unit.parties == frozenset() else "withheld"

    def hidden(self, number: int) -> frozenset[int]:
        """Units of one source that hold a value protected from the recipients."""
        if number not in self._hidden:
            source = self.index._sources[number]
            own = source.roster.family(self.family)
            told = own and protected_units(source.document, source.units, own, recipients=self.recipients)
            self._hidden[number] = told or frozenset()
        return self._hidden[number]

    def _owner(self, piece: _Piece) -> str | None:
        """The one family that a piece is about, whether cleared for it or not."""
        parties = piece.unit.parties if piece.unit and piece.unit.status == "owned" else None
        return next(iter(parties)) if parties and len(parties) == 1 else None

    def _is_common(self, pieces: Iterable[int], words: str) -> bool:
        """Whether words stand with so many families that they tell of none.

        Three families will do, or two if the words are of procedure and of nobody
        in particular; in more than one document, and never an allegation.
        """
        held = [self.index._pieces[number] for number in pieces]
        families = {owner for piece in held if (owner := self._owner(piece)) is not None}
        least = COMMON_FAMILIES if len(families) >= COMMON_FAMILIES or not self._is_procedure(words) else 2
        if len(families) < least or len({piece.source for piece in held}) < 2:
            return False
        return not self.alleges(words)

    def _is_shared(self, pieces: Iterable[int], words: str) -> bool:
        """Whether words of nobody in particular stand with two families in two documents; one of them may be wrong."""
        held = [self.index._pieces[number] for number in pieces]
        families = {owner for piece in held if (owner := self._owner(piece)) is not None}
        return len(families) > 1 and len({p.source for p in held}) > 1 and self._is_impersonal(words)

    def _tells_nothing(self, words: str) -> bool:
        """Whether there is no word in it but those of grammar and of procedure."""
        return self._is_impersonal(words) and all(_base(w) in _EMPTY or w in _procedure_words() for w in words.split())

    def _is_impersonal(self, words: str) -> bool:
        told = _WORD.findall(words)
        somebody = any(word in _SOMEBODY or word.isdigit() or self._is_a_name(word) for word in told)
        return not somebody and not self.alleges(words)

    def _is_a_name(self, word: str) -> bool:
        return word in self.names.to_mask and word not in self.names.ordinary

    def _is_procedure(self, words: str) -> bool:
        """Whether normalised words name a thing of procedure, and no person, pronoun of a person, or number."""
        line = f" {' '.join(_WORD.findall(words))} "
        if not self._is_impersonal(words):
            return False
        return any(f" {phrase} " in line for phrase in _procedure())

    # 1 and 3: equal runs

    def _equal(self, part: _Part, _: _Places) -> Iterator[Finding]:
        layer = _Layer(self.index._runs, None)
        hits = self._hits(part.normal.text, layer, part)
        self.covered[part.name] = _coverage(hits, len(part.normal.text))
        for left in self._live(part.normal.text, hits, lambda a, b: part.normal.text[a:b]):
            where = part.normal.span(left.start, left.end)
            if left.common:
                self.common.append((part.name, where))
            else:
                yield self._copied("copied", part, where, left.piece, carried=left.carried)

    def _renamed(self, part: _Part, places: _Places) -> Iterator[Finding]:
        layer = _Layer(self.index._masked_runs, self.index._masked)
        masked = _masked(part.normal.text, self.names.to_mask)
        hits = [hit for hit in self._hits(masked.text, layer) if _MASK in masked.text[hit.start : hit.end]]
        for left in self._live(masked.text, hits, lambda a, b: masked.text[a:b]):
            words = masked.text[left.start : left.end]
            if _MASK in words and len(_WORD.findall(words)) >= 4 and not left.common:
                span = masked.span(left.start, left.end)
                where = part.normal.span(span.start, span.end)
                yield self._copied("copied-names-changed", part, where, left.piece, carried=left.carried)

    def _hits(self, draft: str, layer: _Layer, part: _Part | None = None) -> list[_Hit]:
        """Every stretch of a run or more that stands in pieces of one standing."""
        around = _MASK if layer.masked else ""
        return [hit for run in layer.runs.find(draft, around=around) for hit in self._stretches(run, layer, part)]

    def _stretches(self, run: _Run, layer: _Layer, part: _Part | None) -> Iterator[_Hit]:
        """A run cut at the borders of pieces; what is not long enough is taken together with its neighbours.

        The family's own pieces are always taken together: words that run on
        from one of them into the next are its own as well.
        """
        least = self.policy.audit_run
        parts = list(self._cut(run, layer))
        for neighbours in _neighbours(parts):
            kind = neighbours[0].standing
            long = [part for part in neighbours if part.end - part.start >= least]
            if kind in ("withheld", "carried") and long:
                yield from long
                continue
            whole = _Hit(neighbours[0].start, neighbours[-1].end, kind, max(neighbours, key=_Hit.length).piece)
            if whole.length() < least:
                continue
            if kind in ("own", "free") or (part is not None and _runs_on(neighbours, whole, part)):
                yield whole

    def _cut(self, run: _Run, layer: _Layer) -> Iterator[_Hit]:
        away = run.start - run.source
        span = layer.span(run.source, run.source + run.length)
        for number, piece in self.index.pieces_in(span.start, span.end):
            start = max(run.source, layer.at(piece.start))
            end = min(run.source + run.length, layer.at(piece.end))
            if start < end:
                yield _Hit(start + away, end + away, self.standing(piece), number)

    def _live(self, draft: str, hits: list[_Hit], words: Callable[[int, int], str]) -> Iterator[_Left]:
        """What is left of the withheld stretches.

        Counted in windows of one run: a window is taken off if it stands in
        something named or decided for the family or about nobody, or is common.
        """
        least = self.policy.audit_run
        windows = {standing: bytearray(len(draft) + 1) for standing in ("own", "carried", "free", "withheld")}
        for hit in hits:
            windows[hit.standing][hit.start : hit.end - least + 1] = b"\1" * (hit.end - hit.start - least + 1)
        open_hits = [hit for hit in hits if hit.standing in ("withheld", "carried")]
        for start, end in self._common_windows(open_hits, words):
            windows["free"][start:end] = b"\1" * (end - start)
        live = bytes(
            w and not o and not f for w, o, f in zip(windows["withheld"], windows["own"], windows["free"], strict=True)
        )
        for stretch in _ONES.finditer(live):
            first, last = stretch.start(), stretch.end()
            end = last + least - 1
            inside = [hit for hit in open_hits if hit.start < last and hit.end - least >= first]
            main = min((h for h in inside if h.standing == "withheld"), key=lambda hit: self._rank(hit, first, end))
            whole = [hit.piece for hit in inside if hit.start <= first and hit.end >= end]
            told = _whole_words(words, first, end)
            common = self._is_shared(whole, told) or (end - first < _CLICHE and self._tells_nothing(told))
            yield _Left(first, end, main.piece, all(windows["carried"][first:last]), common)

    def _rank(self, hit: _Hit, start: int, end: int) -> tuple[int, int, int]:
        severity = self._severity(self.index._pieces[hit.piece], allegation=False)
        return SEVERITIES.index(severity), start - end + max(0, hit.start - start) + max(0, end - hit.end), hit.piece

    def _common_windows(self, hits: list[_Hit], words: Callable[[int, int], str]) -> Iterator[tuple[int, int]]:
        """Stretches of windows that stand with many families."""
        least = self.policy.audit_run
        edges = sorted(
            [(hit.start, 1, hit.piece) for hit in hits] + [(hit.end - least + 1, 0, hit.piece) for hit in hits]
        )
        active: Counter[int] = Counter()
        last = 0
        for at, begins, piece in edges:
            if at > last and len(active) > 1 and self._is_common(active, words(last, at + least - 1)):
                yield last, at
            last = at
            active[piece] += 1 if begins else -1
            if not active[piece]:
                del active[piece]

    def _severity(self, piece: _Piece, *, allegation: bool) -> Severity:
        unit = piece.unit
        if unit is not None and unit.parties and unit.parties - {self.family, DOUBT}:
            return "high"
        if unit is not None and unit.number in self.hidden(piece.source):
            return "high"
        if unit is not None and unit.parties == frozenset({self.family}):
            return "medium"
        return "high" if allegation else "medium"

    def _copied(self, code: str, part: _Part, where: Span, number: int, *, carried: bool = False) -> Finding:
        """A finding on words that stand in a piece that is not cleared for the family."""
        piece = self.index._pieces[number]
        allegation = self.alleges(where.within(part.text))
        severity = self._severity(piece, allegation=allegation)
        if not allegation and (carried or self._is_procedure(_normalise(where.within(part.text)).text)):
            severity = "medium"
        if piece.unit is not None and is_proposed(piece.unit, self.family):
            code = "unconfirmed"
        elif carried:
            code = "copied-carried"
        elif part.name == "text" and self._is_basis(where, piece):
            code = "copied-basis"
        return Finding(
            code,
            severity,
            where,
            self.index.place(piece),
            self._instead(piece),
            part=part.name,
            allegation=allegation,
        )

    def _is_basis(self, where: Span, piece: _Piece) -> bool:
        entry = self.draft.entry_at(where)
        if not isinstance(entry, Written) or piece.unit is None:
            return False
        policy = self.index._sources[piece.source].policy
        return piece.unit.key in entry.basis or keyed(piece.unit.key, policy) in entry.basis

    def _instead(self, piece: _Piece) -> tuple[Excerpt, ...]:
        """The family's excerpts that stand nearest in the same document."""
        if piece.source < 0:
            return ()
        if piece.source not in self._excerpts:
            self._excerpts[piece.source] = self._view(self.index._sources[piece.source])
        at = piece.unit.span.start if piece.unit else piece.aside.at if piece.aside else 0
        near = sorted(self._excerpts[piece.source], key=lambda e: (abs(e.span.start - at), e.span.start))
        return tuple(near[:EXCERPTS_NEAR])

    def _view(self, source: _Source) -> tuple[Excerpt, ...]:
        if source.roster.family(self.family) is None:
            return ()
        try:
            view = family_view(
                source.document,
                source.units,
                self.family,
                roster=source.roster,
                policy=source.policy,
                recipients=self.recipients,
            )
        except ViewError:  # a recipient whom this roster does not know
            return ()
        return view.excerpts

    # 2: short units

    def _short(self, part: _Part, _: _Places) -> Iterator[Finding]:
        covered = self.covered[part.name]
        whole = list(self._whole_units(part.normal.text))
        for span, standings, _numbers in whole:
            for standing in standings:
                if standing in ("own", "free"):
                    covered[standing][slice(*span)] = b"\1" * (span.end - span.start)
        done = 0
        for span, standings, numbers in whole:
            place = slice(*span)
            if span.start < done or all(covered["own"][place]) or all(covered["free"][place]):
                continue
            finding = self._short_finding(part, span, standings, numbers)
            if finding is not None:
                yield finding
                done = span.end

    def _whole_units(self, draft: str) -> Iterator[tuple[Span, list[Standing], list[int]]]:
        """Where short units stand whole, between the borders of words; of several at one place the longest first."""
        short = self.index._short
        lengths = sorted({len(words) for words in short}, reverse=True)
        for word in _WORD.finditer(draft):
            start = word.start()
            for length in lengths:
                end = start + length
                numbers = short.get(draft[start:end])
                if numbers is not None and end <= len(draft) and not draft[end : end + 1].isalnum():
                    standings = [self.standing(self.index._pieces[number]) for number in numbers]
                    yield Span(start, end), standings, numbers

    def _short_finding(self, part: _Part, span: Span, standings: list[Standing], numbers: list[int]) -> Finding | None:
        words = span.within(part.normal.text)
        withheld = [number for number, standing in zip(numbers, standings, strict=True) if standing == "withheld"]
        if not withheld or "own" in standings or "free" in standings:
            return None
        carried = "carried" in standings or all(self.covered[part.name]["carried"][slice(*span)])
        if self._is_common(numbers, words) or self._is_at_work(words):
            return None
        single = len(_WORD.findall(words)) == 1
        if single and words in self._own_words:
            return None
        main = min(withheld, key=lambda n: SEVERITIES.index(self._severity(self.index._pieces[n], allegation=False)))
        where = part.normal.span(span.start, span.end)
        finding = self._copied("copied-unit", part, where, main, carried=carried)
        return replace(finding, severity="low") if single and not finding.allegation else finding

    def _is_at_work(self, words: str) -> bool:
        """Whether a short unit is the name of a professional and nothing else, as in a column of who does what."""
        told = [word for word in _WORD.findall(words) if len(word) > 2 and word not in _TITLES]
        return bool(told) and all(word in self.names.working and word not in self.names.words for word in told)

    @cached_property
    def _own_words(self) -> frozenset[str]:
        """Every word that stands in something of the family or about nobody."""
        return frozenset(
            word
            for piece in self.index._pieces
            if self.standing(piece) != "withheld"
            for word in _WORD.findall(self.index._text, piece.start, piece.end)
        )

    # 4: edited copies

    def _edited(self, part: _Part, places: _Places) -> Iterator[Finding]:
        covered = self.covered[part.name]
        for sentence in _sentences(part):
            where = part.normal.span(*sentence)
            length = sentence.end - sentence.start
            known = sum(covered["own"][slice(*sentence)]) + sum(covered["free"][slice(*sentence)])
            if known * 10 > length * 8 or places.share(where) > 0.5 or isinstance(self.draft.entry_at(where), Pasted):
                continue
            number = self._nearest(_WORD.findall(part.normal.text, *sentence))
            if number is not None:
                yield self._copied("copied-edited", part, where, number)

    def _nearest(self, words: list[str]) -> int | None:
        """The withheld piece that a sentence is an edited copy of, if there is one that is nothing else."""
        told = _bases(words, self.names.to_mask)
        alike: dict[int, float] = {}
        for number in self._candidates(words):
            piece = self.index._pieces[number]
            theirs = _bases(_WORD.findall(self.index._text, piece.start, piece.end), self.names.to_mask)
            if min(len(told), len(theirs)) >= self.policy.audit_run * 0.6:
                score = fuzz.partial_ratio(told, theirs, score_cutoff=ALIKE)
                if score:
                    alike[number] = score
        standings = {number: self.standing(self.index._pieces[number]) for number in alike}
        theirs_best = [(-alike[n], n) for n in alike if standings[n] == "withheld"]
        ours = max((alike[n] for n in alike if standings[n] != "withheld"), default=0.0)
        if not theirs_best or ours >= -min(theirs_best)[0] or self._is_common(alike, " ".join(words)):
            return None
        return min(theirs_best)[1]

    def _candidates(self, words: list[str]) -> list[int]:
        """Pieces that share much of what a sentence says, by the weight of their stems."""
        index = self.index
        stems = {_stem(word) for word in words if word not in self.names.to_mask} - {""}
        known = sorted((len(index._stems[stem]), stem) for stem in stems if stem in index._stems)
        total = sum(index.weight(count) for count, _ in known) + index.weight(1) * (len(stems) - len(known)) * 0.5
        shared: dict[int, float] = defaultdict(float)
        for count, stem in known[:12]:
            if count > _TOO_MANY and shared:
                break
            weight = index.weight(count)
            for number in index._stems[stem]:
                shared[number] += weight
        least = min(total, 1e9)
        fit = [(w, n) for n, w in shared.items() if w >= 0.4 * min(least, index._weights[n])]
        return [n for _, n in sorted(fit, key=lambda pair: (-pair[0], pair[1]))[:12]]

    # 5, 6, 7: people, values, dates

    def _people(self, part: _Part) -> Iterator[Finding]:
        """Names and near names; neighbours that are names are one."""
        exact, near = [], []
        verbatim, carried = self.covered[part.name]["own"], self.covered[part.name]["carried"]
        lower = self.names.written | frozenset(_LOWER.findall(part.text))
        for word in _WORD.finditer(part.normal.text):
            where = part.normal.span(*word.span())
            if self._names_another(word[0], where, part.text):
                exact.append(where)
                continue
            typed = not (verbatim[word.start()] or carried[word.start()] or word[0] in lower)
            if typed and self._nearly_names_another(word[0], where, part.text):
                near.append(where)
        for where in _joined(exact, part.text):
            words = _WORD.findall(part.normal.text, part.normal.at(where.start), part.normal.at(where.end))
            severity = self._weight_of_a_name(words, own=bool(verbatim[part.normal.at(where.start)]))
            if len(words) == 1 and words[0] in self.names.ordinary and _may_be_a_word(part.text, where):
                severity = "low"
            yield Finding("other-name", severity, where, part=part.name)
        for where in near:
            yield Finding("near-name", "medium", where, part=part.name)

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
        rosters = [source.roster.ids for source in self.index._sources]
        return frozenset(other for ids in rosters if self.family in ids for other in ids)

    def _names_another(self, word: str, where: Span, text: str) -> bool:
        """Whether a word is a name of another family, and neither the family's own nor a professional's."""
        families = self.names.words.get(word)
        if not families or self.family in families or word in self.names.working:
            return False
        return word not in self.names.ordinary or text[where.start].isupper()

    def _nearly_names_another(self, word: str, where: Span, text: str) -> bool:
        if len(word) < 4 or not text[where.start].isupper() or word in self.names.to_mask or word.isdigit():
            return False
        if _begins(text, where.start) and word in self.names.ordinary:
            return False
        theirs, ours = self._name_words
        best = _nearest_name(word, theirs, self.policy.near_score)
        return best > 0 and best > _nearest_name(word, ours, self.policy.near_score)

    @cached_property
    def _name_words(self) -> tuple[list[str], list[str]]:
        """Words of names of other families, and of the family's own and professionals'."""
        names = self.names
        ours = {word for word, families in names.words.items() if self.family in families} | names.working
        return [word for word in names.words if word not in ours], sorted(ours)

    def _values(self, part: _Part) -> Iterator[Finding]:
        """Identifiers, addresses, full names and protected values of others, and what is protected of the family's own."""
        read = Squashed.of(part.text)
        found: dict[Span, ValueKind] = {}
        for at in read.starts:
            for value in self.names.by_beginning.get(read.text[at : at + _BEGINNING], ()):
                if read.text.startswith(value, at) and at + len(value) in read.ends and self._is_anothers(value):
                    kinds = self.names.values[value].values()
                    found[Span(read.starts[at], read.ends[at + len(value)])] = _worst(kinds)
        for own in self.index.own(self.family):
            for protected in own.protected:
                if is_withheld(protected, own, self.recipients):
                    for form in forms(protected.value, protected.kind):
                        found.update(dict.fromkeys(read.places(form), "protected-value"))
        for where, kind in sorted(found.items()):
            if not any(other.holds(where) and other != where for other in found):
                severity: Severity = "medium" if squashed(where.within(part.text)) in self.names.registered else "high"
                yield Finding(kind, severity, where, part=part.name)

    def _is_anothers(self, value: str) -> bool:
        owners = self.names.values[value]
        if self.family in owners or "" in owners:
            return False
        return not any(value in squashed(address) for own in self.index.own(self.family) for address in own.addresses)

    def _births(self, part: _Part) -> Iterator[Finding]:
        for where, days in _dates(part.text):
            families = {family for day in days for family in self.names.births.get(day, ())}
            if families and self.family not in families:
                yield Finding("date-of-birth", "high", where, part=part.name)

    # 8: what the plan says of itself

    def _plan(self) -> Iterator[Finding]:
        if self.draft.plan is None:
            return
        for passage in self.draft.layout:
            entry = None if passage.entry is None else self.draft.plan.entries[passage.entry]
            if isinstance(entry, Pasted):
                yield from (Finding(code, severity, passage.span) for code, severity in self._excerpt(entry.excerpt))
            elif isinstance(entry, Written) and set(entry.basis) - self._keys:
                yield Finding("basis-unknown", "medium", passage.span)

    def _excerpt(self, excerpt: Excerpt) -> Iterator[tuple[str, Severity]]:
        if not excerpt.is_sealed:
            yield "excerpt-edited", "high"
            return
        given = [(i, s) for i, s in enumerate(self.index._sources) if s.document.document_id == excerpt.document_id]
        same = [(i, s) for i, s in given if s.document.source.digest == excerpt.source_digest]
        if any(s.document.supersedes == excerpt.document_id for s in self.index._sources):
            yield "source-superseded", "medium"
        if not same:
            yield ("source-changed" if given else "source-not-given"), "medium"
        elif any(excerpt.span.within(s.document.text) != excerpt.text for _, s in same):
            yield "excerpt-not-in-source", "high"
        elif not all(self._is_cleared(i, s, excerpt.span) for i, s in same):
            yield "excerpt-not-cleared", "high"

    def _is_cleared(self, number: int, source: _Source, span: Span) -> bool:
        units = [unit for unit in source.units if unit.span.meets(span)]
        return bool(units) and all(
            self.family in unit.cleared_for and unit.number not in self.hidden(number) for unit in units
        )

    @cached_property
    def _keys(self) -> set[str]:
        """Every key of a unit, bare and as it stands on file."""
        keys = {(unit.key, source.policy) for source in self.index._sources for unit in source.units}
        return {key for key, _ in keys} | {keyed(key, policy) for key, policy in keys}

    # 9: characters

    def _characters(self, part: _Part) -> Iterator[Finding]:
        for place in _INVISIBLE.finditer(part.text):
            soft = set(place[0]) == {"\u00ad"}
            yield Finding("invisible-characters", "low" if soft else "medium", Span(*place.span()), part=part.name)
        for word in _LETTERS.finditer(part.text):
            if not word[0].isascii() and _mixes_scripts(word[0]):
                yield Finding("look-alike-letters", "medium", Span(*word.span()), part=part.name)

    # For the checker to see

    def to_check(self) -> tuple[ToCheck, ...]:
        """Passages that no finding is on, and that somebody should look at."""
        plan = self.draft.plan
        found = list(self._entries(plan) if plan is not None else self._lines(self.draft.parts[0]))
        found += [
            ToCheck("common wording", where, self.draft.field_at(where))
            for name, where in self.common
            if name == "text"
        ]
        return tuple(sorted(found, key=lambda one: (one.where, one.reason)))

    def _entries(self, plan: Plan) -> Iterator[ToCheck]:
        for passage in self.draft.layout:
            entry = None if passage.entry is None else plan.entries[passage.entry]
            if isinstance(entry, Pasted) and entry.excerpt.basis == "carried":
                yield ToCheck("carried", passage.span, passage.field, self.alleges(entry.text))
            elif isinstance(entry, Written) and not entry.basis:
                yield ToCheck("without source", passage.span, passage.field, self.alleges(entry.text))

    def _lines(self, part: _Part) -> Iterator[ToCheck]:
        """Lines of a text that stand in nothing named for the family."""
        covered = self.covered[part.name]
        for line in re.finditer(r"[^\n]*\w[^\n]*", part.text):
            span = slice(part.normal.at(line.start()), part.normal.at(line.end()))
            length = max(1, span.stop - span.start)
            if 2 * (sum(covered["own"][span]) + sum(covered["free"][span])) > length:
                continue
            reason: Reason = "carried" if 2 * sum(covered["carried"][span]) > length else "without source"
            yield ToCheck(reason, Span(*line.span()), "", self.alleges(line[0]))


def _neighbours(parts: Iterable[_Hit]) -> Iterator[list[_Hit]]:
    """Parts of one standing with no more than a space between them."""
    held: list[_Hit] = []
    for part in parts:
        if held and (held[-1].standing != part.standing or part.start - held[-1].end > 1):
            yield held
            held = []
        held.append(part)
    if held:
        yield held


def _runs_on(neighbours: list[_Hit], whole: _Hit, part: _Part) -> bool:
    """Whether a copy runs from one unit into the next, in one line of the draft and with a good part of both."""
    line = part.normal.span(whole.start, whole.end).within(part.text)
    return "\n" not in line and sum(hit.length() >= _TELLING for hit in neighbours) > 1


_TELLING = 8
"""Characters of a unit, below which a run that also touches its neighbour says nothing of it."""


class _Places:
    """Where something was found in a part already: one place needs one finding on copying."""

    def __init__(self, part: _Part) -> None:
        self.part = part
        self.spans: list[Span] = []

    def share(self, where: Span) -> float:
        """How much of a place is in earlier findings, 0 to 1."""
        met = sum(min(where.end, s.end) - max(where.start, s.start) for s in merged(self.spans) if s.meets(where))
        return met / max(1, where.end - where.start)

    def new(self, findings: Iterable[Finding]) -> list[Finding]:
        """Those that are not inside what an earlier step found."""
        kept = [finding for finding in findings if self.share(finding.where) < 0.5]
        self.spans += [finding.where for finding in kept]
        return kept


_ONES = re.compile(rb"\x01+")

_TOO_MANY = 2000
"""A stem in more pieces than this is looked up only if the sentence holds no rarer one."""


def _order(finding: Finding) -> tuple[object, ...]:
    source = finding.source
    place = (source.document_id, source.span) if source else ("", Span(0, 0))
    return SEVERITIES.index(finding.severity), not finding.allegation, finding.part, finding.where, finding.code, place


def _coverage(hits: list[_Hit], length: int) -> dict[Standing, bytearray]:
    covered: dict[Standing, bytearray] = {s: bytearray(length) for s in ("own", "carried", "free", "withheld")}
    for hit in hits:
        covered[hit.standing][hit.start : hit.end] = b"\1" * (hit.end - hit.start)
    return covered


def _joined(spans: list[Span], text: str) -> list[Span]:
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
    return _begins(text, where.start) and not _DOES.match(text, where.end)


def _begins(text: str, place: int) -> bool:
    """Whether a word stands at the beginning of a sentence or line, where everything has a capital."""
    before = text[:place].rstrip(" \t\"'“‘(-•*")
    return not before or before[-1] in ".!?:;\n"


def _nearest_name(word: str, names: list[str], least: float) -> float:
    """How near the nearest name is, 0 to 100; 0 if none is near."""
    best = 0.0
    for name in names:
        if abs(len(name) - len(word)) > 2 or len(name) < 4:
            continue
        score = fuzz.ratio(word, name)
        if score >= least or (len(name) > 4 and OSA.distance(word, name, score_cutoff=1) <= 1):
            best = max(best, score)
    return best


_KINDS: tuple[ValueKind, ...] = ("protected-value", "identifier", "address", "other-name")


def _worst(kinds: Iterable[ValueKind]) -> ValueKind:
    return min(kinds, key=_KINDS.index)


_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]+")
_LETTERS = re.compile(r"[^\W\d_]{2,}")


def _mixes_scripts(word: str) -> bool:
    scripts = {_script(letter) for letter in word}
    return "LATIN" in scripts and bool(scripts & {"CYRILLIC", "GREEK"})


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "").split(" ")[0]


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
_DATE = re.compile(
    rf"""(?<![\w])(?:
      (?P<y1>\d{{4}})\s?[-/.]\s?(?P<m1>\d{{1,2}})\s?[-/.]\s?(?P<d1>\d{{1,2}})
    | (?P<d2>\d{{1,2}})\s?[-/.\\ ]\s?(?P<m2>\d{{1,2}})\s?[-/.\\ ]\s?(?P<y2>\d{{4}}|\d{{2}})
    | (?P<d3>\d{{1,2}})(?:st|nd|rd|th)?[\s.\-/]*(?:of\s+)?(?P<m3>{_MONTH})\.?[\s.,\-/]*'?(?P<y3>\d{{4}}|\d{{2}})
    | (?P<m4>{_MONTH})\.?\s+(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?,?\s+'?(?P<y4>\d{{4}}|\d{{2}})
    )(?![\w])""",
    re.I | re.X,
)
"""Dates with a year, as they are written in the UK: day before month."""


def _dates(text: str) -> Iterator[tuple[Span, list[date]]]:
    """Every date with a year, and the days it may mean."""
    for found in _DATE.finditer(text):
        parts = {key[0]: value for key, value in found.groupdict().items() if value}
        year = int(parts["y"])
        month = _MONTHS.get(parts["m"].lower()) or (int(parts["m"]) if parts["m"].isdigit() else 0)
        years = [year] if len(parts["y"]) == 4 else [1900 + year, 2000 + year]
        days = [day for y in years if (day := _day(y, month, int(parts["d"])))]
        if days:
            yield Span(*found.span()), days


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


# --- words that would do harm -------------------------------------------------------------------


def _alleges(text: str) -> bool:
    """Whether a text holds a word of `lexicon/allegation.toml`: offences, violence, sexual matters, drugs, neglect."""
    words = _WORD.findall(_normalise(text).text)
    single, longer = _allegations()
    told = f" {' '.join(words)} "
    return not single.isdisjoint(words) or any(f" {phrase} " in told for phrase in longer)


@lru_cache(maxsize=1)
def _allegations() -> tuple[frozenset[str], tuple[str, ...]]:
    table = default_lexicon().tables.get("allegation", {})
    listed = [entry for value in table.values() if isinstance(value, list) for entry in value if isinstance(entry, str)]
    phrases = {" ".join(_WORD.findall(_normalise(entry).text)) for entry in listed}
    return frozenset(p for p in phrases if " " not in p), tuple(sorted(p for p in phrases if " " in p))


@lru_cache(maxsize=1)
def _procedure() -> tuple[str, ...]:
    table = default_lexicon().tables.get("procedure", {})
    listed = [entry for key in ("nouns", "phrases") for entry in table.get(key, ())]
    return tuple(sorted({" ".join(_WORD.findall(_normalise(entry).text)) for entry in listed}))


@lru_cache(maxsize=1)
def _procedure_words() -> frozenset[str]:
    """Words that are a thing of procedure by themselves, and what agencies do in meetings."""
    single = {phrase for phrase in _procedure() if " " not in phrase}
    return frozenset(single | {"agency", "agencies", "agreed", "confirmed", "discussed", "noted", "recorded", "shared"})


_CLICHE = 40
"""Characters, up to which words of grammar and procedure alone are common wording. # SEE docs/thresholds.md"""


def _whole_words(words: Callable[[int, int], str], start: int, end: int) -> str:
    """The words of a stretch, without those of which only a part is in it."""
    around = words(max(0, start - 1), end + 1)
    told = [(m[0], m.start(), m.end()) for m in _WORD.finditer(around)]
    offset = 1 if start else 0
    last = offset + end - start
    return " ".join(word for word, first, behind in told if first >= offset and behind <= last)


_SOMEBODY = frozenset(("he", "she", "him", "her", "his", "hers", "himself", "herself", "mum", "dad", "i"))


# --- the index on file --------------------------------------------------------------------------

_FILE = b"minutes_split audit index 1"
_LARGEST = 1 << 31
"""Bytes that an index may unpack to."""


def _filed(index: AuditIndex) -> dict[str, Any]:
    return {
        "policy": index.policy.model_dump_json(exclude={"reference_key"}),
        "common": list(index._common),
        "sources": [
            {
                "text": s.document.text,
                "source": [s.document.source.format, s.document.source.digest, s.document.source.name],
                "asides": [[a.kind, a.text, a.at, a.path] for a in s.document.asides],
                "unread": _is_unread(s.document),
                "document_id": s.document.document_id,
                "supersedes": s.document.supersedes,
                "roster": s.roster.model_dump_json(by_alias=True),
                "policy": s.policy.model_dump_json(exclude={"reference_key"}),
                "units": [
                    [
                        u.number, u.span, u.key, u.block, u.status, None if u.parties is None else sorted(u.parties),
                        u.strength, u.basis, sorted(u.cleared_for), u.headings, u.reasons,
                    ]
                    for u in s.units
                ],
            }
            for s in index._sources
        ],
    }  # fmt: skip


def _unfiled(data: bytes, policy: Policy | None) -> AuditIndex:
    head, _, rest = data.partition(b"\n")
    digest, _, packed = rest.partition(b"\n")
    if head != _FILE:
        raise WireError("index-form", "index", "is no audit index of this version")
    unpacking = zlib.decompressobj()
    filed = b""
    try:
        filed = unpacking.decompress(packed, _LARGEST)
    except zlib.error:
        filed = b""
    if not unpacking.eof or hashlib.sha256(filed).hexdigest().encode() != digest:
        raise WireError("index-changed", "index", "was changed or cut short since it was written")
    told = json.loads(filed)
    sources = tuple(_source(one, policy) for one in told["sources"])
    return AuditIndex(sources, tuple(told["common"]), policy or _policy(told["policy"]), _MADE_HERE)


def _policy(told: str) -> Policy:
    return Policy.model_validate_json(told)


def _source(one: dict[str, Any], policy: Policy | None) -> _Source:
    unread = Fault("index-unread", "document", "could not be read whole when the index was built")
    form, digest, name = one["source"]
    document = Document(
        one["text"],
        Source(form, digest, name),
        asides=tuple(Aside(*aside) for aside in one["asides"]),
        faults=(unread,) if one["unread"] else (),
        document_id=one["document_id"],
        supersedes=one["supersedes"],
    )
    units = tuple(_unit(*told) for told in one["units"])
    return _Source(document, units, Roster.load(one["roster"]), policy or _policy(one["policy"]))


def _unit(
    number: int,
    span: list[int],
    key: str,
    block: int,
    status: Any,
    parties: list[str] | None,
    strength: Any,
    basis: Any,
    cleared: list[str],
    headings: list[int],
    reasons: list[str],
) -> Unit:
    return Unit(
        number=number,
        span=Span(*span),
        key=key,
        block=block,
        status=status,
        parties=None if parties is None else frozenset(parties),
        strength=strength,
        basis=basis,
        cleared_for=frozenset(cleared),
        headings=tuple(headings),
        reasons=tuple(reasons),
    )
