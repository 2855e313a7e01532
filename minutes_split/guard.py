"""What one family may be given: sealed copies of its own words, and no way back to the minutes.

A `FamilyView` is made by `family_view` alone. What may leave the authority is
`view.outward()`; spans, tags and rules stay inside. The guarantee is against
mistakes, not malice: a Python program can reach around any object.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import b32encode
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import InitVar, dataclass, field, fields
from typing import Any, NoReturn, Self

from minutes_split.attribution import Basis, Unit
from minutes_split.document import Document
from minutes_split.errors import ExcerptError, ViewError
from minutes_split.policy import Policy
from minutes_split.protected import hidden_units, is_proposed
from minutes_split.roster import Family, Roster
from minutes_split.spans import Span

LIBRARY = "minutes_split 0.1.0"
"""What stands in a tag as its maker; a test holds it to the version of the package."""

_MADE_HERE = object()
_DOMAIN = "minutes_split: seal of an excerpt, form 1"


# --- words that no accident opens ---------------------------------------------------------------


def _refuses(what: str) -> Callable[..., NoReturn]:
    def refused(self: _Words, *_: object) -> NoReturn:
        raise ExcerptError(f"{self._kind}-as-text", self._kind, f"{what}: {self._advice}")

    return refused


class _Words:
    """Words of the minutes that no string operation takes by accident.

    (A subclass of `str` loses its source in every operation; a masked string ends up in a plan.)
    """

    __slots__ = ()
    _kind = "excerpt"
    _advice = "`plan.paste(excerpt, field=...)` keeps its source; `.text` are the bare words"

    __str__ = _refuses("does not turn into text by itself")
    __bytes__ = _refuses("does not turn into bytes by itself")
    __format__ = _refuses("does not go into a format string")
    __add__ = __radd__ = __mul__ = __rmul__ = __mod__ = __rmod__ = _refuses("does not join other text")
    __iter__ = __getitem__ = __contains__ = __len__ = _refuses("is no sequence of letters")

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Tag:
    """Where an excerpt comes from and why; for inside the authority only.

    It quotes nothing before or behind the excerpt: that would be a neighbour's words.
    """

    document_id: str = field(repr=False)
    source_digest: str
    span: Span
    exact: str = field(repr=False)
    heading: tuple[str, ...] = field(repr=False)
    rules: tuple[str, ...]
    policy_digest: str
    lexicon_digest: str
    library: str = LIBRARY

    def to_dict(self) -> dict[str, Any]:
        """The tag with the selectors of the W3C Web Annotation data model."""
        return {
            "type": "SpecificResource",
            "source": self.document_id,
            "state": {"type": "State", "digest": f"sha256:{self.source_digest}"},
            "selector": [
                {"type": "TextPositionSelector", "start": self.span.start, "end": self.span.end},
                {"type": "TextQuoteSelector", "exact": self.exact},
            ],
            "heading": list(self.heading),
            "rules": list(self.rules),
            "policy": self.policy_digest,
            "lexicon": self.lexicon_digest,
            "generator": self.library,
        }


@dataclass(frozen=True, slots=True)
class Excerpt(_Words):
    """Words of the minutes that may go to one family: `text == document.text[span.start:span.end]`.

    Only a view makes one. It carries a seal over everything that stands in it,
    which a plan checks. It passes through `copy` and `pickle`, because pools
    of processes hand views on; the seal is checked on arrival.
    """

    text: str = field(repr=False)
    span: Span
    reference: str
    """For outside: a short name, which says nothing of the words to those without the authority's key."""
    tag: Tag = field(repr=False)
    """For inside: source, position, quotation, rules."""
    heading: tuple[str, ...] = field(repr=False)
    """The headings it stands under, outermost first, as far as they are the family's alone or about nobody."""
    basis: Basis
    """`named` in the words themselves, `carried` by their position, `decided` by a person."""
    rules: tuple[str, ...]
    family: str = field(repr=False)
    cleared_for: frozenset[str] = field(repr=False)
    recipients: tuple[str, ...] = field(repr=False)
    """Those for whom the view was made; empty for the family as such."""
    document_id: str = field(repr=False)
    source_digest: str = field(repr=False)
    units: tuple[str, ...] = field(repr=False)
    """Keys of the units it is made of; empty in an excerpt that was read from a file."""
    seal: str = field(default="", repr=False)
    made_by: InitVar[object] = None

    def __new__(cls, *_: object, **named: object) -> Self:
        if named.get("made_by") is not _MADE_HERE:
            raise ExcerptError(
                "excerpt-not-made-here",
                "excerpt",
                "is made by a view only, and never changed: take it from `.excerpts`",
            )
        return object.__new__(cls)

    def __post_init__(self, made_by: object) -> None:
        if not self.seal:
            object.__setattr__(self, "seal", _seal_of(self))

    def __repr__(self) -> str:
        return f"<Excerpt: {len(self.text)} characters, {self.basis}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return _arrived, tuple(getattr(self, f.name) for f in fields(self))

    @property
    def is_sealed(self) -> bool:
        """Whether everything in it is as the view made it."""
        return isinstance(self.seal, str) and hmac.compare_digest(self.seal.encode(), _seal_of(self).encode())


@dataclass(frozen=True, slots=True)
class Evidence:
    """One rule that spoke for a proposal, how it knew, and where."""

    rule: str
    how: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Proposal(_Words):
    """Words that are likely about the family alone. A person has to confirm them before a plan takes them."""

    _kind = "proposal"
    _advice = "nobody has confirmed it; lay it before a person with `view.show()` and answer with `Confirm`"

    text: str = field(repr=False)
    span: Span
    heading: tuple[str, ...] = field(repr=False)
    basis: Basis
    rules: tuple[str, ...]
    evidence: tuple[Evidence, ...] = field(repr=False)
    family: str = field(repr=False)
    document_id: str = field(repr=False)
    units: tuple[str, ...] = field(repr=False)
    """Keys of the units that are to be confirmed."""

    def __repr__(self) -> str:
        return f"<Proposal: {len(self.text)} characters, {self.basis}>"


def _seal_of(excerpt: Excerpt) -> str:
    """SHA-256 over every field but the seal."""
    said = [_DOMAIN, *(_plain(getattr(excerpt, f.name)) for f in fields(excerpt) if f.name != "seal")]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, Tag):
        return value.to_dict()
    if isinstance(value, frozenset):
        return sorted(value)
    return value if isinstance(value, str | tuple) else repr(type(value))


def _arrived(*values: Any) -> Excerpt:
    """An excerpt that comes from another process or from a file, with its seal."""
    named = dict(zip((f.name for f in fields(Excerpt)), values, strict=True))
    excerpt = Excerpt(**named, made_by=_MADE_HERE)
    if not excerpt.is_sealed:
        raise ExcerptError("excerpt-edited", "excerpt", "is not as the view made it")
    return excerpt


def without_keys(excerpt: Excerpt) -> Excerpt:
    """The same excerpt as it may go on file.

    The key of a unit is a digest, and a bare digest of a short sentence can be
    guessed; document and span name the place as well.
    """
    values = {f.name: getattr(excerpt, f.name) for f in fields(excerpt)}
    return Excerpt(**{**values, "units": (), "seal": ""}, made_by=_MADE_HERE)


def from_file(**values: Any) -> Excerpt:
    """An excerpt that was filed; raises `ExcerptError` if anything in it was changed since."""
    return _arrived(*(values[f.name] for f in fields(Excerpt)))


# --- the view -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outward:
    """What may leave the authority, and all of it: a function of the family's own cleared words."""

    texts: tuple[str, ...] = field(repr=False)
    references: tuple[str, ...]
    headings: tuple[tuple[str, ...], ...] = field(repr=False)

    def to_json(self) -> bytes:
        """The same for the same words, byte for byte."""
        said = {"texts": self.texts, "references": self.references, "headings": self.headings}
        return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@dataclass(frozen=True, slots=True)
class FamilyView:
    """All that the rules or a named person attribute to one family alone, for the recipients named.

    Whether it may be disclosed is the controller's decision. Its `repr` shows counts only.
    """

    family: str = field(repr=False)
    document_id: str = field(repr=False)
    recipients: tuple[str, ...] = field(repr=False)
    excerpts: tuple[Excerpt, ...]
    proposals: tuple[Proposal, ...]

    def __repr__(self) -> str:
        return f"<FamilyView: {len(self.excerpts)} excerpts, {len(self.proposals)} proposals>"

    def _repr_html_(self) -> str:
        return f"<p>Family view: {len(self.excerpts)} excerpts, {len(self.proposals)} proposals</p>"

    def outward(self) -> Outward:
        """Texts, references and the headings that are the family's alone or about nobody."""
        return Outward(
            tuple(excerpt.text for excerpt in self.excerpts),
            tuple(excerpt.reference for excerpt in self.excerpts),
            tuple(excerpt.heading for excerpt in self.excerpts),
        )

    def show(self) -> str:
        """The one display with words: the excerpts with their references, then what a person has to confirm."""
        lines: list[str] = []
        last: tuple[str, ...] = ()
        for excerpt in self.excerpts:
            lines += _heading_lines(excerpt.heading, last)
            lines.append(f"[{excerpt.reference}, {excerpt.basis}] {excerpt.text}")
            last = excerpt.heading
        if self.proposals:
            lines += ["", "To be confirmed by a person before it is used:"]
        for number, proposal in enumerate(self.proposals, 1):
            lines.append(f"[proposal {number}, {', '.join(proposal.rules)}] {proposal.text}")
        return "\n".join(lines).strip("\n")

    def to_records(self, *, words: bool = False) -> list[dict[str, str | int]]:
        """A row of scalars for each excerpt and proposal; with their text only if `words` is asked for."""
        rows: list[dict[str, str | int]] = []
        items: tuple[Excerpt | Proposal, ...] = (*self.excerpts, *self.proposals)
        for number, item in enumerate(items):
            rows.append(
                {
                    "family": self.family,
                    "document_id": self.document_id,
                    "kind": "excerpt" if isinstance(item, Excerpt) else "proposal",
                    "number": number,
                    "start": item.span.start,
                    "end": item.span.end,
                    "basis": item.basis,
                    "rules": " ".join(item.rules),
                    "reference": item.reference if isinstance(item, Excerpt) else "",
                    **({"text": item.text, "heading": " / ".join(item.heading)} if words else {}),
                }
            )
        return rows


def _heading_lines(heading: tuple[str, ...], last: tuple[str, ...]) -> list[str]:
    return ["", " / ".join(heading)] if heading and heading != last else []


def family_view(
    document: Document,
    units: Sequence[Unit],
    family_id: str,
    *,
    roster: Roster,
    policy: Policy,
    recipients: tuple[str, ...] = (),
    lexicon_digest: str = "",
) -> FamilyView:
    """What is cleared for one family, and what is proposed to be, as copies.

    A unit with a protected value of the family is in it only if none of the
    recipients is one from whom the value is withheld; one that was disclosed
    for some of the family, only if recipients are named and all are among these.
    Raises: `ViewError` for a family or recipient that the roster does not know,
    and for a unit that is cleared although neither its parties nor a person says so.
    """
    family = _known_family(roster, family_id)
    _require_recipients(family, recipients)
    _require_reasons(units, family_id)
    hidden = hidden_units(document, units, family, recipients=recipients)
    making = _Making(
        document,
        {unit.number: unit for unit in units},
        family_id,
        recipients,
        policy,
        policy.digest,
        lexicon_digest,
        hidden,
    )
    cleared = [unit for unit in units if family_id in unit.cleared_for and unit.number not in hidden]
    likely = [unit for unit in units if is_proposed(unit, family_id) and unit.number not in hidden]
    return FamilyView(
        family_id,
        document.document_id,
        tuple(recipients),
        tuple(making.excerpts(cleared)),
        tuple(making.proposal(run) for run in runs(cleared=likely) if making.words(run)),
    )


def runs(cleared: Sequence[Unit]) -> Iterator[list[Unit]]:
    """Units that follow one another in one block, under one heading, on one basis."""
    run: list[Unit] = []
    for unit in cleared:
        if run and not _follows(run[-1], unit):
            yield run
            run = []
        run.append(unit)
    if run:
        yield run


def _follows(before: Unit, unit: Unit) -> bool:
    return (
        unit.number == before.number + 1
        and ((unit.block == before.block and unit.basis == before.basis) or _in_row(before, unit))
        and unit.headings == before.headings
        and unit.cleared_for == before.cleared_for
    )


def _in_row(before: Unit, unit: Unit) -> bool:
    """Cells of one row are one passage, as far as no person decided about one of them."""
    return unit.row is not None and unit.row == before.row and "decided" not in (before.basis, unit.basis)


def _basis(run: list[Unit]) -> Basis:
    """The weakest: a passage of which a part is carried is carried."""
    bases = {unit.basis for unit in run}
    return "decided" if bases == {"decided"} else "named" if bases == {"named"} else "carried"


@dataclass(frozen=True, slots=True)
class _Making:
    """What the copies are made from; it does not outlive `family_view`."""

    document: Document
    units: dict[int, Unit]
    family: str
    recipients: tuple[str, ...]
    policy: Policy
    policy_digest: str
    lexicon_digest: str
    hidden: frozenset[int]

    def words(self, run: list[Unit]) -> str:
        return self.place(run).within(self.document.text)

    def place(self, run: list[Unit]) -> Span:
        return trimmed(self.document.text, Span(run[0].span.start, run[-1].span.end))

    def excerpts(self, cleared: list[Unit]) -> Iterator[Excerpt]:
        earlier: Counter[str] = Counter()
        number = 0
        for run in runs(cleared):
            text = self.words(run)
            if not text:
                continue
            number += 1
            yield self.excerpt(run, text, self.reference(text, earlier[text], number))
            earlier[text] += 1

    def excerpt(self, run: list[Unit], text: str, reference: str) -> Excerpt:
        source = self.document.source.digest
        span, heading, rules = self.place(run), self.heading(run[0]), _rules(run)
        tag = Tag(
            self.document.document_id, source, span, text, heading, rules, self.policy_digest, self.lexicon_digest
        )
        return Excerpt(
            text=text,
            span=span,
            reference=reference,
            tag=tag,
            heading=heading,
            basis=_basis(run),
            rules=rules,
            family=self.family,
            cleared_for=run[0].cleared_for,
            recipients=tuple(self.recipients),
            document_id=self.document.document_id,
            source_digest=source,
            units=tuple(unit.key for unit in run),
            made_by=_MADE_HERE,
        )

    def proposal(self, run: list[Unit]) -> Proposal:
        return Proposal(
            text=self.words(run),
            span=self.place(run),
            heading=self.heading(run[0]),
            basis=_basis(run),
            rules=_rules(run),
            evidence=tuple(Evidence(claim.rule, claim.how, claim.spans) for unit in run for claim in unit.claims),
            family=self.family,
            document_id=self.document.document_id,
            units=tuple(unit.key for unit in run),
        )

    def heading(self, unit: Unit) -> tuple[str, ...]:
        """The headings over a unit, without those that are anybody else's or could be."""
        over = (self.units[number] for number in unit.headings if number in self.units)
        own = (h for h in over if self.family in h.cleared_for or (h.status == "nobody" and not h.parties))
        return tuple(filter(None, (self.words([h]) for h in own if h.number not in self.hidden)))

    def reference(self, text: str, equal_earlier: int, number: int) -> str:
        """`MS-7K2Q-9F4D` under the caller's key; without one only the place in this view."""
        key = self.policy.reference_key
        secret = key.get_secret_value() if key is not None else b""
        if not secret:
            return f"local-{number}"
        said = json.dumps([self.document.document_id, self.family, text, equal_earlier]).encode()
        code = b32encode(hmac.new(secret, said, hashlib.sha256).digest()).decode().translate(_PLAIN_SYMBOLS)
        return f"MS-{code[:4]}-{code[4:8]}"


_PLAIN_SYMBOLS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ")
"""From the symbols of RFC 4648 to those of Crockford, which leave out letters that look like digits."""


def _rules(run: list[Unit]) -> tuple[str, ...]:
    named = (name for unit in run for name in (unit.reasons or tuple(claim.rule for claim in unit.claims)))
    return tuple(dict.fromkeys(named))


def trimmed(text: str, span: Span) -> Span:
    """The span without the white space at its ends."""
    words = span.within(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))


def _known_family(roster: Roster, family_id: str) -> Family:
    family = roster.family(family_id)
    if family is None:
        raise ViewError("view-unknown-family", "family", "is not a family of the roster")
    return family


def _require_recipients(family: Family, recipients: Sequence[str]) -> None:
    known = {r.id for r in family.recipients} | {name for p in family.protected for name in p.withheld_from}
    for i, recipient in enumerate(recipients):
        if recipient not in known:
            raise ViewError(
                "view-unknown-recipient", f"recipients[{i}]", "is not a recipient of this family in the roster"
            )


def _require_reasons(units: Sequence[Unit], family_id: str) -> None:
    """Clearing rests on the parties or on a person; anything else is a fault of ours, and gives nothing."""
    for unit in units:
        if family_id not in unit.cleared_for or unit.basis == "decided":
            continue
        if unit.basis is None or unit.parties != frozenset({family_id}):
            raise ViewError("view-contradiction", f"unit {unit.number}", "is cleared for a family, but not its alone")
