"""The release check: a draft beside its sources, for the person who did not write it.

For inside the authority. It lays out what a checker has to see; nothing in it
shows that anybody read it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from minutes_split.attribution import Unit
from minutes_split.auditing import Audit, Finding, ToCheck, audit
from minutes_split.document import Document
from minutes_split.errors import ReleaseError
from minutes_split.plan import Pasted, Plan, Written, keyed
from minutes_split.policy import Policy
from minutes_split.release import Asked, Release, asked
from minutes_split.reports.escape import escaped
from minutes_split.reports.listing import TO_CHECK, VERDICTS, on_draft, told_parties, told_reason
from minutes_split.reports.page import Page, counted, mark_of, rows, whole_page, words
from minutes_split.reports.working import told_decision, under
from minutes_split.sections import Split, Withheld
from minutes_split.spans import Span

PARAPHRASE = (
    "Statements in other words are not found: read every passage in the author’s own words against what it rests on."
)
WORD_FOR_WORD = "Word for word as in the minutes."
LEFT_OUT = "Withholding can harm as well: is anything left out that the draft has to say?"

FEW_WORDS = 12
"""Words of a passage that stands above in full, enough to find it again."""


def release_check(
    draft: Plan | Document | str,
    *,
    against: Sequence[Split],
    family: str | None = None,
    recipients: tuple[str, ...] | None = None,
    policy: Policy | None = None,
    release: Release | None = None,
    unsafe_whole_document: bool = False,
) -> Page:
    """A draft beside the units it comes from: findings, what was given by position, what is withheld, who decided what.

    The audit is computed here, so that it is that of this draft. Without
    `release` each finding has a field for the checker's answer, and the page
    exports them for `wire.answers_of_checker`; with it the answers on record
    are shown. Whole minutes stand in it only with `unsafe_whole_document=True`.
    Raises: `ReleaseError` if the release is of another text; `AuditError` as `audit` does.
    """
    found = audit(draft, against=against, family=family, recipients=recipients, policy=policy)
    text = draft if isinstance(draft, str) else draft.text
    if release is not None and release.record.text != text:
        raise ReleaseError("release-other-text", "release", "is not of the text that is shown")
    wanted = draft.family if isinstance(draft, Plan) else family or ""
    made = _Check(draft, text, wanted, tuple(recipients or ()), tuple(against), found, policy, release)
    families = len({known for split in against for known in split.roster.ids})
    mark = mark_of(families, "release check", len(against) if unsafe_whole_document else 0)
    return whole_page("release-check", "Release check", mark, made.body(whole=unsafe_whole_document))


@dataclass(frozen=True, slots=True)
class _Check:
    draft: Plan | Document | str
    text: str
    family: str
    recipients: tuple[str, ...]
    against: tuple[Split, ...]
    found: Audit
    policy: Policy | None
    release: Release | None

    def body(self, *, whole: bool) -> Iterator[str]:
        """1 what it is; 2 findings and answers; 3 the draft beside its sources; 4 what to see; 5 withheld; 6 decided; 7 whole minutes."""
        yield from self._lead()
        yield from self._findings()
        yield from self._beside()
        yield from self._to_see()
        yield from self._withheld()
        yield from self._decided()
        if whole:
            for number, split in enumerate(self.against, 1):
                yield f"<section><h2>Whole minutes {number}</h2>{words(split.document.text)}</section>"

    def _lead(self) -> Iterator[str]:
        purpose = self.draft.purpose if isinstance(self.draft, Plan) else ""
        recipients = self.draft.recipients if isinstance(self.draft, Plan) else self.recipients
        told = [
            f"For <strong>family {escaped(self.family)}</strong>{f', {escaped(purpose)}' if purpose else ''}.",
            f"Recipients: {escaped(', '.join(recipients) or 'the family as such')}.",
            f"Compared with {counted(len(self.against), 'document')}.",
            f"<strong>{escaped(VERDICTS[self.found.verdict])}</strong>",
        ]
        if self.release:
            told.append(escaped(self.release.line))
        yield f'<p class="lead">{" ".join(told)}</p><p class="lead"><strong>{escaped(PARAPHRASE)}</strong></p>'

    # --- findings and answers -------------------------------------------------------------------

    def _findings(self) -> Iterator[str]:
        """`asked` gives the findings in their order, then what the audit could not say."""
        questions = asked(self.found)
        answers = {f.key: f.answer for f in self.release.record.audit.findings} if self.release else None
        items = []
        for number, question in enumerate(questions, 1):
            finding = self.found.findings[number - 1] if number <= len(self.found.findings) else None
            items.append(self._finding(number, question, finding, answers))
        yield f"<section><h2>Findings and answers ({len(questions)})</h2>{rows(items)}"
        if questions and not self.release:
            yield (
                '<div class="no-print"><p>The file holds your answers and no words of the minutes. Your name and the time are set where it is '
                'taken in.</p><button type="button" id="save" data-kind="check" data-name="answers.json" '
                f'data-audit="{escaped(self.found.id)}">Write answers.json</button> <span id="saved" role="status"></span>'
                '<div hidden><label for="copy">The same, to copy</label><textarea id="copy" rows="6" readonly></textarea></div></div>'
            )
        yield "</section>"

    def _finding(self, number: int, question: Asked, finding: Finding | None, answers: Mapping[str, str] | None) -> str:
        told = f'<p class="told"><span class="grave">{escaped(question.severity)}</span> '
        if finding is None:
            told += f"{escaped(question.message)}</p>"
        else:
            part = "" if finding.part == "text" else f" ({escaped(finding.part)})"
            field = f" in “{escaped(finding.field)}”" if finding.field else ""
            allegation = " It is of an offence or an allegation." if finding.allegation else ""
            told += f"This{field}{part} {escaped(finding.message)} [{escaped(finding.code)}].{allegation}</p>"
            if finding.part == "text":
                told += words(on_draft(self.text, finding.where))
            told += self._source_of(finding)
            if finding.instead:
                told += '<p class="told">May be pasted instead:</p>' + "".join(
                    words(f"[{e.reference}] {e.text}") for e in finding.instead
                )
        if answers is not None:
            return f"{told}<p><strong>Answer:</strong> {escaped(answers.get(question.key, 'none on record'))}</p>"
        return (
            f'{told}<label for="a{number}">Answer to finding {number}</label><textarea id="a{number}" rows="2" autocomplete="off" '
            f'data-answer="{escaped(question.key)}"></textarea>'
        )

    def _source_of(self, finding: Finding) -> str:
        source = finding.source
        split = next((s for s in self.against if source and s.document.document_id == source.document_id), None)
        if source is None or split is None:
            return ""
        number = self.against.index(split) + 1
        return f'<p class="told">In minutes {number}:</p>{words(source.span.within(split.document.text))}'

    # --- the draft beside its sources -----------------------------------------------------------

    def _beside(self) -> Iterator[str]:
        yield "<section><h2>The draft beside its sources</h2>"
        if isinstance(self.draft, Plan):
            last = ""
            for passage in self.draft.layout:
                if passage.entry is None:
                    continue
                if passage.field != last:
                    yield f"<h3>{escaped(passage.field)}</h3>"
                    last = passage.field
                entry = self.draft.entries[passage.entry]
                yield _pair(
                    self._entry(entry),
                    self._pasted(entry) if isinstance(entry, Pasted) else self._written(entry),
                    f' id="e{passage.entry}"',
                )
        else:
            for number, span in enumerate(lines_of(self.text)):
                yield _pair(words(span.within(self.text)), self._line(span), f' id="e{number}"')
        yield "</section>"

    def _entry(self, entry: Pasted | Written) -> str:
        if isinstance(entry, Pasted):
            return f'<p class="told">Excerpt {escaped(entry.excerpt.reference)}</p>{words(entry.text)}'
        return f'<p class="told">The author’s own words</p>{words(entry.text)}'

    def _pasted(self, entry: Pasted) -> str:
        """The units that the excerpt was cut from, and how they were known to be the family's."""
        excerpt = entry.excerpt
        how = {
            "named": "The family’s by its own words.",
            "carried": '<strong class="grave">By position, not by name.</strong> The family’s by its place or a pronoun: read it in its place.',
            "decided": "The family’s by a person’s decision.",
        }[excerpt.basis]
        for number, split in enumerate(self.against, 1):
            if split.document.document_id != excerpt.document_id:
                continue
            units = [unit for unit in split.units if unit.span.meets(excerpt.span)]
            if not is_word_for_word(entry, [(split, unit) for unit in units]):
                return f'<p class="told">{how}</p>{self._units(number, split, units)}'
            which = f"Minutes {number}." if len(self.against) > 1 else ""
            rest = "".join(dict.fromkeys(self._reservation(unit) for unit in units))
            return f'<p class="told">{how} {WORD_FOR_WORD} {which}{rest}{under(split, units[0])}</p>'
        return f'<p class="told">{how}</p><p>Its source is none of the documents compared with.</p>'

    def _reservation(self, unit: Unit) -> str:
        """What has to be said of a unit that is not plainly the family's; nothing of one that is."""
        if self.family in unit.cleared_for and unit.parties == frozenset({self.family}):
            return ""
        return f" {self._whose(unit)}."

    def _whose(self, unit: Unit) -> str:
        cleared = (
            "cleared for the family"
            if self.family in unit.cleared_for
            else "<strong>not cleared for the family</strong>"
        )
        about = "about nobody that could be told" if unit.parties is None else f"about {told_parties(unit.parties)}"
        return f"{escaped(about[0].upper() + about[1:])}; {cleared}"

    def _written(self, entry: Written) -> str:
        if not entry.basis:
            return '<p class="told"><strong class="grave">No source is stated.</strong></p>'
        shown, number_found = "", 0
        for number, split in enumerate(self.against, 1):
            keys = {*entry.basis}
            found = [u for u in split.units if u.key in keys or (keyed(u.key, split.policy) or None) in keys]
            number_found += len(found)
            shown += self._units(number, split, found)
        lost = len(entry.basis) - number_found
        gone = f"<p>{counted(lost, 'unit')} of its basis {'is' if lost == 1 else 'are'} in none of the documents compared with.</p>"
        return '<p class="told">Rests on:</p>' + shown + gone * (lost > 0)

    def _units(self, number: int, split: Split, units: Sequence[Unit]) -> str:
        """Units of the minutes; what is said of several in a row is said once."""
        shown, last = "", ""
        for unit in units:
            which = f"Minutes {number}. " if len(self.against) > 1 else ""
            told = f'<p class="told">{which}{self._whose(unit)}.{under(split, unit)}</p>'
            shown += ("" if told == last else told) + words(unit.span.within(split.document.text))
            last = told
        return shown

    def _line(self, span: Span) -> str:
        """Of a draft that does not know its sources: what the audit says of the line."""
        told = [f for f in self.found.findings if f.part == "text" and f.where.meets(span)]
        seen = [
            TO_CHECK.get(c.reason, c.reason)
            for c in self.found.to_check
            if c.where.meets(span) and c.reason != "common wording"
        ]
        lines = [f'<p class="told">This {escaped(f.message)}.</p>{self._source_of(f)}' for f in told]
        lines += [f'<p class="told">{escaped(sentence)}</p>' for sentence in seen]
        return (
            "".join(lines)
            or '<p class="told">Stands in the minutes as the family’s, by its own words or by a decision.</p>'
        )

    # --- what to see, what is withheld, what was decided ----------------------------------------

    def _to_see(self) -> Iterator[str]:
        for reason, title in (
            ("carried", "Given by position, and not by name"),
            ("without source", "Without a source"),
            ("common wording", "Common wording"),
        ):
            seen = [check for check in self.found.to_check if check.reason == reason]
            lead = f"<p>{escaped(TO_CHECK[reason])}</p>" if seen else ""
            yield f"<section><h2>{title} ({len(seen)})</h2>{lead}{rows(map(self._seen, seen))}</section>"

    def _seen(self, check: ToCheck) -> str:
        """A passage of the draft, which stands above: few words, and a link."""
        field = f"{check.field}: " if check.field else ""
        told = f"{escaped(field)}“{escaped(few(on_draft(self.text, check.where)))}”"
        place = entry_at(self.draft, check.where)
        linked = told if place is None else f'<a href="#e{place}">{told}</a>'
        return f"<p>{_ALLEGES * check.allegation}{linked}</p>"

    def _withheld(self) -> Iterator[str]:
        """What concerns the family and it does not get, with whether the draft rests on it."""
        entries = self.draft.entries if isinstance(self.draft, Plan) else ()
        recipients = self.draft.recipients if isinstance(self.draft, Plan) else self.recipients
        for number, split in enumerate(self.against, 1):
            if split.roster.family(self.family) is None:
                yield f"<section><h2>Withheld, minutes {number}</h2><p>The family is not on the roster of these minutes.</p></section>"
                continue
            told = "".join(
                f"<h3>{escaped(group.title)}</h3>"
                + rows(
                    f'{words(each.span.within(split.document.text))}<p class="told">{under(split, split.units[each.unit])}</p>'
                    for each in group.withheld
                )
                for group in withheld_in_groups(split, self.family, recipients, entries)
            )
            number_of = len(split.withheld(self.family, recipients).concerns)
            yield (
                f"<section><h2>Concerns the family and is withheld, minutes {number} ({number_of})</h2>"
                f"<p>{LEFT_OUT}</p>{told or '<p>None.</p>'}</section>"
            )

    def _decided(self) -> Iterator[str]:
        items = [told_decision(decision, split) for split in self.against for decision in split.decisions]
        people = ""
        if self.release:
            record = self.release.record
            authors = ", ".join(person.name for person in record.authors)
            people = (
                f"<p>Written by {escaped(authors)}; checked by {escaped(record.checker.name)} at {escaped(record.at.isoformat())}; "
                f"runs out at {escaped(record.expires.isoformat())}.</p>"
            )
        yield f"<section><h2>Decided by whom ({len(items)})</h2>{people}{rows(items, 'Nobody decided anything.')}</section>"


# --- for the page and for the listing -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Group:
    """What is withheld with one severity, for one reason, and taken up in the same fields or in none."""

    title: str
    withheld: tuple[Withheld, ...] = field(repr=False)


def withheld_in_groups(
    split: Split, family: str, recipients: Sequence[str], entries: Sequence[Pasted | Written]
) -> tuple[Group, ...]:
    """What concerns a family and is withheld, the gravest first, and of that first what the draft does not take up."""
    groups: dict[tuple[str, str, tuple[str, ...]], list[Withheld]] = {}
    for each in split.withheld(family, recipients).concerns:
        unit = split.units[each.unit]
        keys = {unit.key, keyed(unit.key, split.policy)} - {""}
        fields = tuple(e.field for e in entries if isinstance(e, Written) and keys & {*e.basis})
        groups.setdefault((each.severity, each.reason, fields), []).append(each)
    told = sorted(groups.items(), key=lambda group: (SEVERITIES.index(group[0][0]), bool(group[0][2])))
    return tuple(
        Group(
            f"{severity.upper()}, {counted(len(withheld), 'passage')}. {told_reason(reason)} "
            + (f"Taken up in own words in “{', '.join(fields)}”." if fields else "Not taken up in the draft."),
            tuple(withheld),
        )
        for (severity, reason, fields), withheld in told
    )


def is_word_for_word(entry: Pasted, units: Sequence[tuple[Split, Unit]]) -> bool:
    """Whether an excerpt is its units and nothing else, so that to show both would show one text twice."""
    told = " ".join(unit.span.within(split.document.text) for split, unit in units)
    return bool(units) and told.split() == entry.text.split()


def entry_at(draft: Plan | Document | str, where: Span) -> int | None:
    """The entry of a plan, or the line of another draft, that stands at a place of its text, from 0."""
    if isinstance(draft, Plan):
        return next((p.entry for p in draft.layout if p.entry is not None and p.span.meets(where)), None)
    lines = lines_of(draft if isinstance(draft, str) else draft.text)
    return next((number for number, line in enumerate(lines) if line.meets(where)), None)


def lines_of(text: str) -> tuple[Span, ...]:
    """The lines of a draft that hold anything, without what ends them."""
    lines, start = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            lines.append(Span(start, start + len(line.rstrip())))
        start += len(line)
    return tuple(lines)


def few(text: str) -> str:
    """The first words of a passage."""
    shown = text.split()
    return " ".join(shown[:FEW_WORDS]) + (" …" if len(shown) > FEW_WORDS else "")


SEVERITIES = ("high", "medium", "low")
_ALLEGES = '<span class="grave">Offence or allegation.</span> '


def _pair(left: str, right: str, place: str = "") -> str:
    return f'<div class="pair"{place}><div><p class="told"><strong>Draft</strong></p>{left}</div><div><p class="told"><strong>Sources</strong></p>{right}</div></div>'
