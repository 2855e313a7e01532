"""Minutes rebuilt for one family and its recipients, from what they may have and from nothing else.

Nothing is blacked out: a new paper is put together from the units that the
view holds. What is withheld is a marker of one size, whatever stood there.
Whether the paper may be disclosed is the controller's decision.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import tomllib
import unicodedata
from base64 import b32encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.resources import files
from typing import ClassVar, Literal

import regex
from pydantic import Field

from minutes_split.attribution import Unit
from minutes_split.document import Cell
from minutes_split.docx_writer import Paragraph, docx_of, without_signs
from minutes_split.errors import Fault, MinutesSplitError, PolicyError
from minutes_split.folding import fold
from minutes_split.lexicon import default_lexicon
from minutes_split.protected import protected_units
from minutes_split.roster import Family
from minutes_split.scanning import Scan, Trace, scan_file
from minutes_split.sections import Split
from minutes_split.spans import Span
from minutes_split.strict import Strict, loaded
from minutes_split.traces import Hit, Traces
from minutes_split.values import squashed


class RedactionError(MinutesSplitError):
    """A paper that still holds what is withheld, or a request that the policy has no reason for."""


# --- the policy ---------------------------------------------------------------------------------


class ReasonToWithhold(Strict):
    """One reason: what stands in the paper, what its key says, and what an officer cites."""

    refusal: ClassVar[tuple[str, type[MinutesSplitError]]] = ("redaction", PolicyError)

    name: str = Field(min_length=1)
    code: str = Field(pattern=r"^[A-Z][0-9]{2}$")
    """All that stands in the paper; one letter and two digits, so that no marker is longer than another."""
    told: str = Field(min_length=1)
    exemption: str = Field(min_length=1)


class ProtectedKind(Strict):
    """The reason that a kind of protected value in the roster stands for."""

    refusal: ClassVar[tuple[str, type[MinutesSplitError]]] = ("redaction", PolicyError)

    kind: str
    reason: str


FOUND_BY_THE_LIBRARY = (
    "another-family", "mixed", "stranger", "unresolved", "unconfirmed", "unread-place", "about-nobody", "protected", "third-party",
)  # fmt: skip
"""Every policy says what these mean."""


class RedactionPolicy(Strict):
    """How an authority marks and explains what it withholds, as a TOML file of its own.

    The default is `lexicon/redaction.toml`. It cites; whether an exemption holds in a case is the controller's decision.
    """

    refusal: ClassVar[tuple[str, type[MinutesSplitError]]] = ("redaction", PolicyError)

    name: str = "default"
    source: str = ""
    language: str = "en"
    why: str = ""
    notice: str = ""
    """Stands at the head of the paper."""
    several: str = Field(default="W00", pattern=r"^[A-Z][0-9]{2}$")
    """The code where one marker stands for passages that have several codes."""
    markers: Literal["gaps", "none"] = "gaps"
    """`gaps`: one marker for everything withheld between two passages, however much it is; `none`: the notice only."""
    shared: Literal["withheld", "shown"] = "withheld"
    """Whether what is about nobody (attendance, procedure) stands in the paper."""
    reasons: tuple[ReasonToWithhold, ...]
    kinds: tuple[ProtectedKind, ...] = ()

    @classmethod
    def load(cls, toml: str | bytes) -> RedactionPolicy:
        """A policy from its TOML. Raises: `PolicyError` with every fault."""
        policy = loaded(cls, _toml(toml), prefix="redaction", error=PolicyError)
        faults = tuple(_policy_faults(policy))
        if faults:
            raise PolicyError.of(faults)
        return policy

    def __repr__(self) -> str:
        return f"<RedactionPolicy: {len(self.reasons)} reasons>"

    __str__ = __repr__

    @property
    def digest(self) -> str:
        """SHA-256 over every setting."""
        return hashlib.sha256(self.model_dump_json().encode("utf-8")).hexdigest()

    def reason(self, name: str) -> ReasonToWithhold:
        """The reason of this name. Raises: `RedactionError` if there is none."""
        found = next((reason for reason in self.reasons if reason.name == name), None)
        if found is None:
            raise RedactionError("redaction-reason", "reason", "is not one that the redaction policy knows")
        return found

    def reason_of_kind(self, kind: str) -> ReasonToWithhold:
        """Why a protected value of this kind is withheld."""
        return self.reason(next((k.reason for k in self.kinds if k.kind == kind), "protected"))


def _toml(toml: str | bytes) -> object:
    try:
        return tomllib.loads(toml.decode("utf-8") if isinstance(toml, bytes) else toml)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, AttributeError, TypeError):
        pass
    raise PolicyError("redaction-toml", "$", "is not TOML")


def _policy_faults(policy: RedactionPolicy) -> Iterator[Fault]:
    names = [reason.name for reason in policy.reasons]
    for i, name in enumerate(names):
        if name in names[:i]:
            yield Fault("redaction-twice", f"$.reasons[{i}].name", "is the name of an earlier reason")
    for name in FOUND_BY_THE_LIBRARY:
        if name not in names:
            yield Fault("redaction-missing", "$.reasons", f"there is no reason named {name}")
    for i, kind in enumerate(policy.kinds):
        if kind.reason not in names:
            yield Fault("redaction-reason", f"$.kinds[{i}].reason", "is not the name of a reason")


@lru_cache(maxsize=1)
def default_redaction_policy() -> RedactionPolicy:
    """The policy that ships with the library."""
    return RedactionPolicy.load(files("minutes_split.lexicon").joinpath("redaction.toml").read_bytes())


# --- the paper ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WithheldPassage:
    """A unit that is not in the paper, which marker stands for it, and what may be cited. For inside; no words."""

    marker: int | None
    """From 1, in the order of the paper; `None` under a policy without markers."""
    unit: int
    span: Span
    """In the minutes."""
    reason: str
    code: str
    exemption: str


@dataclass(frozen=True, slots=True)
class LabelledName:
    """A name or value of somebody else in a passage that a person disclosed, and what stands in its place."""

    span: Span
    """In the minutes."""
    kind: str


ResidualKind = Literal["kinship", "role", "address", "event"]


@dataclass(frozen=True, slots=True)
class Residual:
    """Words that may let a reader guess who somebody is. A person looks at them; this is no verdict."""

    kind: ResidualKind
    span: Span
    """In the text of the paper."""
    disclosed: bool
    """Whether it stands in a passage that is about others too and that a person disclosed: look at these first."""


@dataclass(frozen=True, slots=True)
class Redacted:
    """A paper for one family and the recipients named. Its `repr` shows counts only."""

    text: str = field(repr=False)
    """The paper, paragraph by paragraph."""
    paragraphs: tuple[Paragraph, ...] = field(repr=False)
    schedule: tuple[WithheldPassage, ...] = field(repr=False)
    """Every unit that is not in it, with what may be cited: for the officer, never for the recipient."""
    labelled: tuple[LabelledName, ...] = field(repr=False)
    residual: tuple[Residual, ...] = field(repr=False)
    markers: int
    policy_digest: str

    def __repr__(self) -> str:
        return (
            f"<Redacted: {len(self.paragraphs)} paragraphs, {self.markers} markers, {len(self.labelled)} labels, "
            f"{len(self.residual)} places for a person to look at>"
        )

    def _repr_html_(self) -> str:
        return f"<p>{repr(self)[1:-1]}</p>"

    def to_docx(self) -> bytes:
        """The paper as a Word document with three parts and no properties; the same paper gives the same bytes."""
        return docx_of(self.paragraphs)

    def to_records(self) -> list[dict[str, str | int | None]]:
        """A row of scalars for each unit that is withheld, without words."""
        return [
            {
                "marker": line.marker, "unit": line.unit, "start": line.span.start, "end": line.span.end,
                "reason": line.reason, "code": line.code, "exemption": line.exemption,
            }
            for line in self.schedule
        ]  # fmt: skip


def redact(
    split: Split,
    family: str,
    *,
    recipients: Sequence[str] = (),
    policy: RedactionPolicy | None = None,
    withhold: Mapping[str, str] | None = None,
) -> Redacted:
    """The minutes rebuilt for a family and its recipients: what its view holds, and a marker for what it does not.

    `withhold`: keys of units that an officer withholds as well, each with the name of a reason of the policy.
    Names and values of others, in a passage that a person disclosed, are replaced by labels: one label for one person,
    and another label in every other paper; under the split's reference key, nobody can tell which labels are of one person.
    Raises: `ViewError` for a family or recipient that the roster does not know; `RedactionError` for a reason that the
    policy does not have, for a key that is no unit's, and if the finished paper still holds anything withheld.
    """
    # 1 The white list: the units of the view, less what an officer withholds.
    # 2 A reason for every other unit.
    # 3 The paper, block by block, with one marker for each gap, and labels for the names of others.
    # 4 The finished paper is scanned as text and as a file, as a stranger would.
    # 5 What a person has to look at.
    policy = default_redaction_policy() if policy is None else policy
    _require_kinds(split, recipients, policy, withhold)
    view = split.view(family, recipients)
    traces = Traces.of(split.roster, family=family, recipients=tuple(recipients))
    more = _officers(split, withhold or {}, policy)
    given = frozenset(key for excerpt in view.excerpts for key in excerpt.units) - more.keys()  # 1
    why = _Reasons(split, family, tuple(recipients), policy, more)
    if policy.shared == "shown":
        given |= {unit.key for unit in split.shared() if unit.key not in more}
    given |= _headings_over(split, given) - more.keys()
    labels = _Labels(_secret(split), [split.document.document_id, family, sorted(set(recipients))])
    made = _Making(split, given, why, labels, traces, policy)  # 2, 3
    made.build()
    text = "\n".join(paragraph.text for paragraph in made.paragraphs)
    _require_clean(text, made, split, traces, family, recipients)  # 4
    return Redacted(
        text, tuple(made.paragraphs), tuple(made.schedule), tuple(made.labelled),
        tuple(_residual(made.paragraphs, made.disclosed)), made.markers, policy.digest,
    )  # fmt: skip


def _require_kinds(split: object, recipients: object, policy: object, withhold: object) -> None:
    if not isinstance(split, Split):
        raise RedactionError("redaction-split", "split", "should be a split, as `split(...)` makes it")
    if isinstance(recipients, str) or not isinstance(recipients, Sequence):
        raise RedactionError("redaction-recipients", "recipients", "should be a list of recipients, not one text")
    if not isinstance(policy, RedactionPolicy):
        raise RedactionError(
            "redaction-policy", "policy", "should be a redaction policy, as `RedactionPolicy.load` makes it"
        )
    if withhold is not None and not isinstance(withhold, Mapping):
        raise RedactionError("redaction-withhold", "withhold", "should give the name of a reason for each unit key")


def _officers(split: Split, withhold: Mapping[str, str], policy: RedactionPolicy) -> dict[str, ReasonToWithhold]:
    keys = {unit.key for unit in split.units}
    if not keys.issuperset(withhold):
        raise RedactionError("redaction-unit", "withhold", "holds a key that no unit of these minutes has")
    return {key: policy.reason(name) for key, name in withhold.items()}


def _headings_over(split: Split, given: frozenset[str]) -> frozenset[str]:
    """Headings about nobody over what is given, as in the view."""
    over = {number for unit in split.units if unit.key in given for number in unit.headings}
    return frozenset(
        unit.key for unit in split.units if unit.number in over and unit.status == "nobody" and not unit.parties
    )


class _Reasons:
    """Why each unit that is not given is withheld. An officer's reason goes before the library's."""

    def __init__(
        self,
        split: Split,
        family: str,
        recipients: tuple[str, ...],
        policy: RedactionPolicy,
        more: Mapping[str, ReasonToWithhold],
    ) -> None:
        self.family = family
        self.policy = policy
        self.more = more
        known = split.roster.family(family)
        self.kinds = {} if known is None else _protected_kinds(split, known, recipients)

    def of(self, unit: Unit) -> ReasonToWithhold:
        """The reason for a unit that is not in the paper."""
        if unit.key in self.more:
            return self.more[unit.key]
        if unit.number in self.kinds:
            return self.policy.reason_of_kind(self.kinds[unit.number])
        if "unread-place" in unit.reasons:
            return self.policy.reason("unread-place")
        if unit.status == "owned":
            own = unit.parties == frozenset({self.family})
            return self.policy.reason("unconfirmed" if own else "another-family")
        return self.policy.reason("about-nobody" if unit.status == "nobody" else unit.status)


def _protected_kinds(split: Split, family: Family, recipients: tuple[str, ...]) -> dict[int, str]:
    """Number of a unit -> the kind of the first protected value in it that these recipients may not see."""
    found: dict[int, str] = {}
    for protected in family.protected:
        one = family.model_copy(update={"protected": (protected,)})
        for number in protected_units(split.document, split.units, one, recipients=recipients):
            found.setdefault(number, protected.kind)
    return found


# --- labels -------------------------------------------------------------------------------------


def _secret(split: Split) -> bytes:
    key = split.policy.reference_key
    return key.get_secret_value() if key is not None else b""


class _Labels:
    """One label for one person in one paper. `paper` is what tells papers apart: document, family, recipients."""

    def __init__(self, secret: bytes, paper: list[object]) -> None:
        self.secret = secret
        self.paper = paper
        self.given: dict[tuple[str, ...], str] = {}

    def of(self, whose: tuple[str, ...]) -> str:
        """`[person 7K2Q9F]`, from the caller's key and the person; without a key, from the number of the person in this paper."""
        if whose not in self.given:
            taken = set(self.given.values())
            tries = (self._label(whose, again) for again in range(len(taken) + 64))
            self.given[whose] = next(label for label in tries if label not in taken)
        return self.given[whose]

    def _label(self, whose: tuple[str, ...], again: int) -> str:
        who = (
            whose if self.secret else len(self.given)
        )  # without a key, a code of a name could be guessed from the name
        said = json.dumps(["minutes_split: label in a paper, form 1", self.paper, who, again]).encode()
        code = b32encode(hmac.new(self.secret, said, hashlib.sha256).digest()).decode().translate(_PLAIN_SYMBOLS)
        return f"[person {code[:6]}]"


_PLAIN_SYMBOLS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ")
"""From the symbols of RFC 4648 to those of Crockford, which leave out letters that look like digits."""


# --- building -----------------------------------------------------------------------------------


def marker(code: str) -> str:
    """What stands in the paper for what is withheld; always of one length.

    >>> marker("T01")
    '[withheld T01]'
    """
    return f"[withheld {code}]"


class _Making:
    """One paper while it is built, unit by unit."""

    def __init__(
        self,
        split: Split,
        given: frozenset[str],
        why: _Reasons,
        labels: _Labels,
        traces: Traces,
        policy: RedactionPolicy,
    ) -> None:
        self.split = split
        self.given = given
        self.why = why
        self.labels = labels
        self.traces = traces
        self.policy = policy
        self.paragraphs: list[Paragraph] = []
        self.disclosed: list[tuple[int, str]] = []
        """Number of a paragraph, and words in it that a person disclosed though they are about others too."""
        self.schedule: list[WithheldPassage] = []
        self.labelled: list[LabelledName] = []
        self.markers = 0
        self.codes: dict[str, None] = {}
        self._gap: list[tuple[Unit, ReasonToWithhold]] = []
        self._block: int | None = None
        self._cell: Cell | None = None
        """Where the last passage stands in the minutes, if in a table."""
        self._place = Cell(-1, -1, 0)
        """Where it stands in the paper."""

    def build(self) -> None:
        """The notice, the passages and markers, the key to the codes."""
        if self.policy.notice:
            self.paragraphs.append(Paragraph(self.policy.notice))
        for unit, words in zip(self.split.units, self._words(), strict=True):
            if words is None:
                self._gap.append((unit, self.why.of(unit)))
            elif words:
                self._close_gap(unit.block)
                self._put(words, unit)
        self._close_gap(None)
        if self.codes:
            told = {reason.code: reason.told for reason in reversed(self.policy.reasons)}
            self.paragraphs.append(Paragraph("Key to the markers", 1))
            self.paragraphs += [Paragraph(f"{code}: {told.get(code, 'withheld')}") for code in sorted(self.codes)]

    def _words(self) -> Iterator[str | None]:
        """What each unit contributes: its words with the names of others as labels; `None` for one that is withheld.

        Names are looked for over units that follow one another, so that none is missed where two units meet.
        """
        text = self.split.document.text
        for run in _runs(self.split.units, self.given):
            if run[0].key not in self.given:
                yield from (None for _ in run)
                continue
            start = run[0].span.start
            hits = [
                Hit(h.kind, Span(h.span.start + start, h.span.end + start), h.whose, h.value)
                for h in self.traces.places(text[start : run[-1].span.end])
            ]
            for unit in run:
                yield _visible(self._labelled(unit, hits))

    def _labelled(self, unit: Unit, hits: Sequence[Hit]) -> str:
        text, parts, done = self.split.document.text, [], unit.span.start
        for hit in hits:
            if not hit.span.meets(unit.span):
                continue
            parts.append(text[done : max(done, hit.span.start)])
            if unit.span.start <= hit.span.start:
                parts.append(self._instead(hit))
                self.labelled.append(LabelledName(hit.span, hit.kind))
            done = min(hit.span.end, unit.span.end)
        return "".join([*parts, text[done : unit.span.end]])

    def _instead(self, hit: Hit) -> str:
        if hit.kind == "name":
            return self.labels.of(hit.whose)
        reason = self.policy.reason("protected" if hit.kind == "protected-value" else "third-party")
        self.codes[reason.code] = None
        return marker(reason.code)

    def _put(self, words: str, unit: Unit) -> None:
        block = self.split.blocks[unit.block]
        if self._block == unit.block and self.paragraphs:
            last = self.paragraphs[-1]
            self.paragraphs[-1] = replace(last, text=f"{last.text} {words}")
        else:
            level = max(1, block.level) if block.kind == "heading" else 0
            self.paragraphs.append(Paragraph(words, level, self._cell_for(block.cell)))
            self._cell = block.cell
        self._block = unit.block
        if unit.parties != frozenset({self.why.family}) and unit.status != "nobody":
            self.disclosed.append((len(self.paragraphs) - 1, words))

    def _cell_for(self, cell: Cell | None) -> Cell | None:
        """Where a passage of a table goes: into its own column of the next row, whatever number the row has in the minutes."""
        if cell is None:
            return None
        table, row = self._place.table, self._place.row
        if self._cell is None or cell.table != self._cell.table:
            table, row = table + 1, 0
        elif cell.row != self._cell.row or cell.column < self._cell.column:
            row += 1
        self._place = Cell(table, row, cell.column, columns=cell.columns)
        return self._place

    def _cell_of_marker(self, first: Unit, next_block: int | None) -> Cell | None:
        """Between two rows of a table a row of its own, however many are withheld; inside a row, the first cell withheld."""
        behind = None if next_block is None else self.split.blocks[next_block].cell
        before = self._cell
        if behind is None or before is None or behind.table != before.table:
            self._cell = None
            return None
        if behind.row == before.row:
            own = self.split.blocks[first.block].cell
            first_column = before.column if own is None or own.table != before.table else own.column
            column = min(max(before.column, first_column), max(before.column, behind.column))
            return Cell(self._place.table, self._place.row, column)
        self._place = Cell(self._place.table, self._place.row + 1, 0)
        return self._place

    def _close_gap(self, next_block: int | None) -> None:
        """One marker for all that is withheld up to here, inside a paragraph if it goes on behind."""
        if not self._gap:
            return
        gap, self._gap = self._gap, []
        number = None
        if self.policy.markers == "gaps":
            self.markers += 1
            number = self.markers
            codes = {reason.code for _, reason in gap}
            code = codes.pop() if len(codes) == 1 else self.policy.several
            self.codes[code] = None
            if next_block is not None and next_block == self._block:
                last = self.paragraphs[-1]
                self.paragraphs[-1] = replace(last, text=f"{last.text} {marker(code)}")
            else:
                self.paragraphs.append(Paragraph(marker(code), cell=self._cell_of_marker(gap[0][0], next_block)))
                self._block = None
        self.schedule += [WithheldPassage(number, u.number, u.span, r.name, r.code, r.exemption) for u, r in gap]


def _runs(units: Sequence[Unit], given: frozenset[str]) -> Iterator[list[Unit]]:
    """Units that follow one another and are all given, or all withheld."""
    run: list[Unit] = []
    for unit in units:
        if run and (unit.key in given) != (run[-1].key in given):
            yield run
            run = []
        run.append(unit)
    if run:
        yield run


def _visible(words: str) -> str:
    """Words on one line, without signs that nobody sees: they may carry what nobody meant to send."""
    seen = "".join(c for c in without_signs(words) if unicodedata.category(c) != "Cf")
    return " ".join(seen.split())


# --- the finished paper is scanned --------------------------------------------------------------

_LEAST = 12
"""Squashed characters from which a withheld unit is looked for in the paper; shorter ones ("Yes.") stand anywhere."""


def _require_clean(
    text: str, made: _Making, split: Split, traces: Traces, family: str, recipients: Sequence[str]
) -> None:
    """Nothing withheld, nothing protected and nobody else is in the text or in the file.

    Raises: `RedactionError`; it says what kind of thing and in which paragraph, never what.
    """
    faults = [_trace_fault(hit.kind, text.count("\n", 0, hit.span.start) + 1) for hit in traces.places(text)]
    scan: Scan = scan_file(docx_of(made.paragraphs), split.roster, family=family, recipients=recipients)
    faults += [_trace_fault(trace.kind, trace.paragraph) for trace in scan.traces if isinstance(trace, Trace)]
    faults += [
        Fault("redaction-unread", fault.where, "holds something that cannot be looked at") for fault in scan.unread
    ]
    paper = squashed(text)
    own = "\n".join(unit.span.within(split.document.text) for unit in split.units if unit.key in made.given)
    allowed = squashed(own)
    for unit in split.units:
        words = squashed(unit.span.within(split.document.text)) if unit.key not in made.given else ""
        if len(words) >= _LEAST and words in paper and words not in allowed:
            faults.append(
                Fault("redaction-not-clean", f"unit {unit.number + 1}", "is withheld, and stands in the paper")
            )
    if faults:
        raise RedactionError.of(dict.fromkeys(faults))


def _trace_fault(kind: str, paragraph: int | None) -> Fault:
    return Fault("redaction-not-clean", f"paragraph {paragraph}", f"still holds what it should not ({kind})")


# --- what a person has to look at ---------------------------------------------------------------


def _residual(paragraphs: Sequence[Paragraph], disclosed: Sequence[tuple[int, str]]) -> Iterator[Residual]:
    """Kin, roles, addresses and events in the paper, those in disclosed passages marked."""
    start = 0
    for number, paragraph in enumerate(paragraphs):
        words = [told for at, told in disclosed if at == number]
        where = [Span(at, at + len(told)) for told in words if (at := paragraph.text.find(told)) >= 0]
        folded = fold(paragraph.text)
        for kind, pattern in _looked_for().items():
            for found in pattern.finditer(folded.text):
                span = folded.span(found.start(), found.end())
                yield Residual(kind, Span(span.start + start, span.end + start), any(w.holds(span) for w in where))
        start += len(paragraph.text) + 1


@lru_cache(maxsize=1)
def _looked_for() -> dict[ResidualKind, regex.Pattern[str]]:
    """Words that point at people without a name, from the lexicon."""
    lexicon = default_lexicon()
    kin = [
        word
        for table in lexicon.tables["kinship"].values()
        if isinstance(table, Mapping)
        for group in ("one", "many")
        for word in table.get(group, ())
    ]
    roles = [
        *lexicon.entries("outsiders", "tied"), *lexicon.entries("outsiders", "tied_many"),
        *lexicon.entries("referrer", "roles"), *lexicon.entries("professions", "roles"),
    ]  # fmt: skip
    events = [*lexicon.entries("cues", "event"), *lexicon.entries("cues", "near")]
    return {"kinship": _any_of(kin), "role": _any_of(roles), "address": _ADDRESS, "event": _any_of(events)}


def _any_of(words: Iterable[str]) -> regex.Pattern[str]:
    return regex.compile(r"\b\L<words>\b", regex.I, words=sorted({word for word in words if len(word) > 2}))


_ADDRESS = regex.compile(
    r"\b\d{1,4}[a-z]?,?\s+(?:[A-Z]\w+\s+){1,3}(?:street|st|road|rd|lane|ln|avenue|ave|close|cl|drive|dr|court|ct|way|walk|grove|"
    r"crescent|cres|terrace|place|pl|square|sq|gardens|gdns|bank|hill|park|row|view)\b|\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b",
    regex.I,
)
"""A street with its number, or a postcode (BS 7666)."""


__all__ = [
    "LabelledName", "ProtectedKind", "ReasonToWithhold", "Redacted", "RedactionError", "RedactionPolicy", "Residual", "Scan", "Trace",
    "WithheldPassage", "default_redaction_policy", "marker", "redact", "scan_file",
]  # fmt: skip
