"""What a report says, before it is text, Markdown or HTML: titles, sentences of ours, and words of the minutes kept apart.

Each function makes one `Listing`; the writers (`plain`, `markdown`, `html`)
know nothing of views and audits, and this module knows nothing of markup.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from minutes_split.attribution import Status, Unit
from minutes_split.auditing import Audit, Finding, Verdict
from minutes_split.decisions import A_STRANGER_IS_MEANT, NOBODY_IS_MEANT, Confirm, Decision, Identify
from minutes_split.document import Document
from minutes_split.guard import FamilyView
from minutes_split.internal import internal_mark
from minutes_split.linting import Lint, LintFinding
from minutes_split.plan import Plan
from minutes_split.redaction import Redacted
from minutes_split.rules.base import DOUBT, STRANGER, Parties
from minutes_split.sections import Explanation, Section, Split
from minutes_split.spans import Span

Mark = Literal["", "high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a report. `words`, `asked`, `beside` and `under` are of the minutes or the draft; the rest is ours."""

    label: str
    words: str = field(default="", repr=False)
    note: str = ""
    mark: Mark = ""
    under: tuple[str, ...] = field(default=(), repr=False)
    """Headings, outermost first; shown where they differ from those of the entry before."""
    asked: str = field(default="", repr=False)
    """The expression in `words` that the note is about."""
    beside: str = field(default="", repr=False)
    """What stands in the minutes where `words` of a draft were found."""


@dataclass(frozen=True, slots=True)
class Part:
    """Entries under a title."""

    title: str
    entries: tuple[Entry, ...]
    lead: str = ""
    empty: str = "None."
    """What is said where there is no entry."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A report. An internal one may hold words about others than the family it is for."""

    title: str
    parts: tuple[Part, ...]
    lead: str = ""
    internal: bool = False

    @property
    def counted(self) -> str:
        """How much there is of what, without words."""
        return ", ".join(f"{len(part.entries)} under {part.title!r}" for part in self.parts)


# --- sentences ----------------------------------------------------------------------------------

VIEW_IS = (
    "What the rules or a named person attribute to this family alone. "
    "Whether it may be disclosed is for the authority to decide."
)
INTERNAL = internal_mark("may hold words about other people")

ANSWERED = "Answered on the page that `minutes-split report --working` makes; in a program with `Identify` and `Confirm`, by the keys."

NO_HEADING = "(no heading shown)"
"""Over entries that follow those of a heading and do not stand under it."""

REASONS = {
    "mixed": "It is about more than one family.",
    "stranger": "It is about somebody who is on no roster.",
    "unresolved": "It cannot be told for certain whom it is about.",
    "another-family": "It is about another family.",
    "protected": "It holds a value that is protected from those who will read it.",
    "closed": "It says who told something, or stands in a part of the meeting that was not for the family.",
    "unread-place": "It could not be read whole, or stands in a change that nobody has accepted.",
    "about-nobody": "It is about nobody: procedure, attendance.",
    "unconfirmed": "It is likely about the family, and nobody has confirmed it yet.",
}
"""Why something is withheld, one sentence for each `Withheld.reason` and for what else a paper leaves out."""

VERDICTS: dict[Verdict, str] = {
    "nothing_found": "Nothing was found.",
    "findings": "Something was found.",
    "cannot_say": "Nothing was found, but part of a document could not be read, so it cannot be said that nothing is there.",
}

TO_CHECK = {
    "carried": "It is the family's by its position, not by a name.",
    "without source": "No source is stated for it.",
    "common wording": "The same words stand with other families too.",
}
"""Why a person should see a passage, one sentence for each `ToCheck.reason`."""

_STATUS: dict[Status, str] = {
    "owned": "about one family",
    "mixed": "about more than one family: withheld from each",
    "stranger": "about somebody on no roster: withheld",
    "unresolved": "it cannot be told for certain whom it is about: withheld",
    "nobody": "about nobody: procedure, attendance",
}
_STRENGTH = {
    "certain": "may be pasted",
    "likely": "a person has to confirm it",
    "decided": "confirmed by a person",
}


# --- listings -----------------------------------------------------------------------------------


def of_view(view: FamilyView, *, proposals: bool = True) -> Listing:
    """The excerpts with their references, and what a person has to confirm before it is used."""
    excerpts = tuple(Entry(f"{e.reference}, {e.basis}", e.text, under=e.heading) for e in view.excerpts)
    lead = (
        "In brackets the reference to quote. named: by its own words; carried: by its position or a pronoun; "
        "decided: by a person."
    )
    parts = [Part(f"May be pasted ({_count(excerpts, 'excerpt')})", excerpts, lead)]
    if proposals:
        likely = tuple(
            Entry(f"proposal {number}, {p.basis}", p.text, under=p.heading)
            for number, p in enumerate(view.proposals, 1)
        )
        lead = "Likely about this family alone. Each goes into a plan only after a person has confirmed it."
        parts.append(Part(f"To be confirmed first ({_count(likely, 'proposal')})", likely, lead))
    return Listing(f"Family {view.family}", tuple(parts), VIEW_IS)


def of_withheld(split: Split, family: str, recipients: Iterable[str] = (), *, words: bool = True) -> Listing:
    """What the family does not get and why: what concerns it one by one, the gravest first; the rest as a count."""
    withheld = split.withheld(family, tuple(recipients))
    concerns = tuple(
        Entry(
            _place(w.span),
            _words(split.document, w.span) if words else "",
            told_reason(w.reason),
            _mark(w.severity),
            _headings(split, split.units[w.unit]) if words else (),
        )
        for w in withheld.concerns
    )
    others = tuple(Entry(str(count), note=told_reason(reason)) for reason, count in withheld.others)
    return Listing(
        f"Withheld from family {family}",
        (
            Part(
                f"Concerns the family or stands under its heading ({_count(concerns, 'passage')})",
                concerns,
                "To be taken up in own words, with these passages as the basis, and shown to the person who checks.",
            ),
            Part("Not known to concern the family (number of passages)", others),
        ),
        internal=True,
    )


def of_split(split: Split, *, words: bool = True) -> Listing:
    """All sections in the order of the text, each with whom it is about."""
    sections = tuple(
        Entry(
            _place(section.span),
            _words(split.document, section.span) if words else "",
            told_section(section),
            under=_headings(split, split.units[section.units[0]]) if words else (),
        )
        for section in split.sections
    )
    counts = Counter(unit.status for unit in split.units)
    told = tuple(Entry(str(counts[status]), note=f"{said[0].upper()}{said[1:]}.") for status, said in _STATUS.items())
    return Listing(
        f"Minutes split by {len(split.roster.families)} families",
        (Part("Passages by what they are about", told), Part(f"Sections ({len(sections)})", sections)),
        internal=True,
    )


EARLIER = "An earlier answer that no longer fits the minutes:"
"""Stands before each answer of `Question.stale`."""


def answer_told(decision: Decision, *, words: bool = True) -> str:
    """What a person decided, who, when and why, in a sentence."""
    if isinstance(decision, Identify):
        meant = {A_STRANGER_IS_MEANT: "somebody on no roster", NOBODY_IS_MEANT: "a professional, or nobody"}
        what = f"a word means {meant.get(decision.party, f'family {decision.party}')}"
    elif isinstance(decision, Confirm):
        what = f"about family {decision.family} alone"
    else:
        what = f"may go to family {decision.family}, whoever else it is about"
    why = f" {decision.why or 'No reason is given.'}" if words else ""
    return f"{what}, by {decision.by} at {decision.at.isoformat()}.{why}"


def of_questions(split: Split, *, family: str | None = None, words: bool = True) -> Listing:
    """What only a person can tell: who is meant, and whether a proposal is right."""
    asked = tuple(
        Entry(
            f"question {number}, {_place(split.units[q.unit].span)}",
            _words(split.document, split.units[q.unit].span) if words else "",
            f"Who is meant? Perhaps {_either(q.candidates)}. The answer settles {_count(range(q.settles), 'passage')}. "
            f"{''.join(f'{EARLIER} {answer_told(decision, words=words)} ' for decision in q.stale)}Key: {q.key}",
            asked=_words(split.document, q.span) if words else "",
        )
        for number, q in enumerate(split.questions(), 1)
        if family is None or family in q.candidates
    )
    parts = [Part(f"Who is meant? ({_count(asked, 'question')})", asked, ANSWERED)]
    for known in split.roster.ids if family is None else (family,):
        proposals = tuple(
            Entry(f"proposal {number}, {_place(p.span)}", p.text if words else "", f"Keys: {' '.join(p.units)}")
            for number, p in enumerate(split.view(known).proposals, 1)
        )
        lead = "Likely about this family alone, and only a person can say so."
        parts.append(Part(f"Is it about family {known} alone? ({_count(proposals, 'proposal')})", proposals, lead))
    return Listing("Questions", tuple(parts), internal=True)


def of_explanation(explanation: Explanation, document: Document, *, words: bool = True) -> Listing:
    """Why a passage was decided as it was, rule by rule."""
    reasons = tuple(
        Entry(
            f"{reason.rule}, {reason.how}: {told_parties(reason.parties)}",
            "; ".join(_words(document, span) for span in reason.spans) if words else "",
            reason.sentence,
        )
        for reason in explanation.reasons
    )
    passage = Entry(_place(explanation.span), _words(document, explanation.span) if words else "")
    said = f"{_STATUS[_status(explanation.status)]}{f', {explanation.strength}' if explanation.strength else ''}"
    return Listing(
        "Why it was decided so",
        (
            Part("The passage", (passage,), f"It is {said}." if not said.startswith("it ") else f"{said}."),
            Part(f"What the rules said ({len(reasons)})", reasons, empty="No rule spoke about it."),
        ),
        internal=True,
    )


def of_lint(found: Lint, split: Split, *, words: bool = True) -> Listing:
    """What will not split, each with how to write it instead, and the score of the document."""
    first = {f.code: f for f in reversed(found.findings)}
    entries = tuple(
        Entry(
            f.where.place,
            f.show(split.document, place=False) if words else "",
            _to_mend(f, with_example=first[f.code] is f) if words else f.advice + _in_all(f),
            _mark(f.severity),
            _headings(split, split.units[f.where.unit]) if words else (),
        )
        for f in found.findings
    )
    lead = "high: other passages lean on it; medium: other words mend it; low: it can only be set apart."
    return Listing(
        "How to write it so that it splits",
        (Part(f"Found ({_count(entries, 'finding')})", entries, lead),),
        f"{found.scored[0].upper()}{found.scored[1:]}. This says how much was split, not whether it was split rightly.",
        internal=True,
    )


def _to_mend(finding: LintFinding, *, with_example: bool) -> str:
    """What to do; the invented example stands with the first finding of its kind only."""
    return (finding.fix if with_example else finding.fix.partition(" Not “")[0]) + _in_all(finding)


def _in_all(finding: LintFinding) -> str:
    return f" {finding.settles} passages in all." if finding.settles > 1 else ""


def of_paper(paper: Redacted, family: str) -> Listing:
    """The paragraphs of a paper under its own headings; no words of ours but the title."""
    under: list[str] = []
    entries = []
    for paragraph in paper.paragraphs:
        if paragraph.level:
            under = [*under[: paragraph.level - 1], paragraph.text]
        else:
            entries.append(Entry("", paragraph.text, under=tuple(under)))
    return Listing(f"Paper for family {family}", (Part("Paper", tuple(entries)),))


def of_schedule(paper: Redacted, split: Split, family: str, *, words: bool = True) -> Listing:
    """For the officer: what is not in a paper, why, and what may be cited; and what a person has to look at in it."""
    passages = tuple(
        Entry(
            f"marker {each.marker or 'none'}, {_place(each.span)}",
            _words(split.document, each.span) if words else "",
            f"{told_reason(each.reason)} [{each.code}] {each.exemption}.",
        )
        for each in paper.schedule
    )
    residual = tuple(
        Entry(
            f"{each.kind}, {_place(each.span)}",
            each.span.within(paper.text).strip() if words else "",
            "It may tell a reader who somebody is.",
            "high" if each.disclosed else "",
        )
        for each in paper.residual
    )
    lead = "The citations are where to look, not an opinion that an exemption holds."
    return Listing(
        f"Schedule to a paper for family {family}",
        (
            Part(f"Not in the paper ({_count(passages, 'passage')})", passages, lead),
            Part(f"For a person to look at in the paper ({_count(residual, 'place')})", residual),
        ),
        internal=True,
    )


def joined(title: str, listings: Iterable[Listing]) -> Listing:
    """Several reports as one, each part under the title of its own report."""
    told = tuple(listings)
    parts = tuple(
        replace(part, title=f"{listing.title}: {part.title}", lead=" ".join(filter(None, (listing.lead, part.lead))))
        for listing in told
        for part in listing.parts or (Part("", (), empty=""),)
    )
    return Listing(title, parts, internal=any(listing.internal for listing in told))


def of_audit(
    found: Audit,
    draft: Plan | Document | str,
    *,
    family: str,
    against: Sequence[Split] = (),
    words: bool = True,
) -> Listing:
    """What was found in a draft, each beside its source in `against`; what may be pasted instead; what is left to see."""
    text = draft if isinstance(draft, str) else draft.text
    sources = {split.document.document_id: (i, split.document) for i, split in enumerate(against, 1)}
    findings = tuple(_found(finding, text, sources, words=words) for finding in found.findings)
    instead = {(e.document_id, e.span): e for finding in found.findings for e in finding.instead}
    parts = [Part(f"Found ({_count(findings, 'finding')})", findings)]
    if instead:
        offered = tuple(
            Entry(f"{e.reference}, {e.basis}", e.text if words else "", under=e.heading if words else ())
            for e in instead.values()
        )
        lead = "Excerpts of the family's own that stand nearest to what was found."
        parts.append(Part("May be pasted instead", offered, lead))
    seen = tuple(
        Entry(
            _at(check.field, check.where),
            on_draft(text, check.where) if words else "",
            TO_CHECK.get(check.reason, f"To be seen: {check.reason}."),
            "high" if check.allegation else "",
        )
        for check in found.to_check
    )
    parts.append(Part(f"For the person who checks to see ({_count(seen, 'passage')})", seen))
    parts.append(Part("What this does not say", tuple(Entry("", note=limit) for limit in found.limits)))
    return Listing(f"Audit of a draft for family {family}", tuple(parts), VERDICTS[found.verdict], internal=True)


def on_draft(text: str, where: Span) -> str:
    """The words of the draft at a place."""
    return where.within(text).strip()


def _found(finding: Finding, text: str, sources: Mapping[str, tuple[int, Document]], *, words: bool) -> Entry:
    note, beside = f"This {finding.message}", ""
    if finding.source is not None:
        number, document = sources.get(finding.source.document_id, (0, None))
        which = f"minutes {number}, " if document and len(sources) > 1 else ""
        note += f" ({which}passage {_place(finding.source.span)})"
        beside = _words(document, finding.source.span) if document and words else ""
    in_text = finding.part == "text"
    return Entry(
        _at(finding.field, finding.where) if in_text else f"{finding.part}, {_place(finding.where)}",
        on_draft(text, finding.where) if in_text and words else "",
        f"{note}. [{finding.code}]",
        finding.severity,
        beside=beside,
    )


# --- pieces -------------------------------------------------------------------------------------


def told_reason(reason: str) -> str:
    """Why something is withheld, in one sentence."""
    return REASONS.get(reason, f"It is withheld: {reason}.")


def _status(status: str) -> Status:
    return status  # type: ignore[return-value]  # a section keeps the status of its units as bare text


def told_section(section: Section) -> str:
    """Whom a section is about, and what may be done with it."""
    status = _STATUS[_status(section.status)]
    if section.status != "owned":
        met = bool((section.parties or frozenset()) - {STRANGER, DOUBT})
        return f"{status} ({told_parties(section.parties)})" if met else status
    strength = _STRENGTH[section.strength] if section.strength else "withheld, because it could not be read whole"
    return f"about {told_parties(section.parties)} alone, {strength}"


def told_parties(parties: Parties | None) -> str:
    """Ids as they are, a stranger and a doubt in words that anybody understands, families first."""
    if not parties:
        return "nobody"
    families = [f"family {party}" for party in sorted(parties - {STRANGER, DOUBT})]
    rest = ["somebody on no roster"] * (STRANGER in parties) + ["perhaps somebody else"] * (DOUBT in parties)
    return " and ".join((*families, *rest))


def _either(candidates: Iterable[str]) -> str:
    return " or ".join("somebody on no roster" if party == STRANGER else f"family {party}" for party in candidates)


def _headings(split: Split, unit: Unit) -> tuple[str, ...]:
    return tuple(_words(split.document, split.units[number].span) for number in unit.headings if number != unit.number)


def _words(document: Document, span: Span) -> str:
    return span.within(document.text).strip()


def _place(span: Span) -> str:
    return f"{span.start}-{span.end}"


def _at(title: str, where: Span) -> str:
    return f"{title}, {_place(where)}" if title else _place(where)


def _mark(severity: str) -> Mark:
    return "high" if severity == "high" else "medium" if severity == "medium" else "low"


def _count(things: Iterable[object], name: str) -> str:
    number = sum(1 for _ in things)
    return f"{number} {name}{'' if number == 1 else 's'}"


def headed(entries: Iterable[Entry]) -> Iterator[tuple[Entry, tuple[str, ...]]]:
    """Each entry with the headings to be shown over it: none if they are those of the entry before."""
    last: tuple[str, ...] = ()
    for entry in entries:
        yield entry, () if entry.under == last else entry.under or (NO_HEADING,)
        last = entry.under
