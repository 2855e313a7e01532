"""The working view: minutes of several families, section by section, with why, what is withheld, and what only a person can tell.

For inside the authority. It exports the answers; who gave them and when is
set by `wire.decisions_from_answers`, where they are taken in.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from minutes_split.attribution import Unit
from minutes_split.auditing import Audit, Finding
from minutes_split.decisions import A_STRANGER_IS_MEANT, NOBODY_IS_MEANT, Confirm, Decision, Identify
from minutes_split.document import Document
from minutes_split.guard import Proposal
from minutes_split.plan import Plan
from minutes_split.reports.escape import escaped, on_one_line
from minutes_split.reports.listing import EARLIER, answer_told, on_draft, told_parties, told_reason, told_section
from minutes_split.reports.page import Page, counted, mark_of, rows, whole_page, words
from minutes_split.rules.base import STRANGER
from minutes_split.sections import Question, Section, Split, WithheldFrom
from minutes_split.sections import _sentences as sentences_of_rules

Asked = TypeVar("Asked")

AT_ONCE = 100
"""Questions and proposals of each family on one page; the rest are asked when these have been answered (a person answers no more in a sitting)."""

FEW_WORDS = 7
"""Words of a passage that are shown where it only has to be told from others."""


def working_view(
    split: Split,
    *,
    found: Audit | None = None,
    draft: Plan | Document | str | None = None,
    unsafe_whole_document: bool = False,
) -> Page:
    """Minutes by family: filter, reasons, what is withheld, questions with a form, and the findings of an audit beside their sources.

    Passages that concern no family of the roster and hold no question are left
    out, and their places shown; `unsafe_whole_document=True` shows them, and
    says so on every page. `draft` is what was audited: with it the findings
    show its words.
    """
    made = _Working(split, found, "" if draft is None else draft if isinstance(draft, str) else draft.text)
    whole = 1 if unsafe_whole_document else 0
    families = len(split.roster.ids)
    return whole_page(
        "working-view", "Working view", mark_of(families, "working view", whole), made.body(whole=bool(whole))
    )


@dataclass(frozen=True, slots=True)
class Families:
    """Family ids as places in the roster, so that no id becomes part of markup."""

    ids: tuple[str, ...]
    labels: tuple[str, ...]

    @classmethod
    def of(cls, split: Split) -> Families:
        """Those of a split's roster."""
        told = tuple(f"Family {f.id}{f' ({f.label})' if f.label else ''}" for f in split.roster.families)
        return cls(split.roster.ids, told)

    def places(self, parties: frozenset[str] | Sequence[str]) -> str:
        """The places of the families among `parties`, with spaces between."""
        return " ".join(str(i) for i, known in enumerate(self.ids) if known in parties)


@dataclass(frozen=True, slots=True)
class _Working:
    split: Split
    found: Audit | None
    draft: str

    def body(self, *, whole: bool) -> Iterator[str]:
        """1 what it is; 2 the filter; 3 what is withheld; 4 questions; 5 sections; 6 what the rules say; 7 the reasons on pointing."""
        families = Families.of(self.split)
        withheld = {family: self.split.withheld(family) for family in families.ids}
        questions = self.split.questions()
        proposals = [proposal for family in families.ids for proposal in self.split.view(family).proposals]
        yield self._lead()  # 1
        yield self._filter(families)  # 2
        for place, family in enumerate(families.ids):  # 3
            yield self._concerns(place, families.labels[place], withheld[family])
        yield self._questions(questions, proposals, families)  # 4
        yield from self._sections(families, withheld, questions, whole=whole)  # 5
        yield self._rules()  # 6
        yield '<aside id="why" aria-hidden="true" hidden></aside>'  # 7

    def _lead(self) -> str:
        split = self.split
        stale = f" {counted(len(split.stale), 'decision')} found no place in these minutes and had no effect." * bool(
            split.stale
        )
        faults = f" {counted(len(split.document.faults), 'place')} could not be read." * bool(split.document.faults)
        return (
            f'<p class="lead">{counted(len(split.units), "passage")} in {counted(len(split.sections), "section")}; '
            f"{counted(len(split.decisions), 'decision')} of people taken in.{stale}{faults} What the rules or a named person attribute to a "
            "family; whether it may be disclosed is for the authority to decide.</p>"
            '<noscript><p class="lead">Without scripts everything is shown, with the reasons behind each passage: filter and export do not work.</p></noscript>'
        )

    def _filter(self, families: Families) -> str:
        told = "".join(f'<option value="{i}">{escaped(label)}</option>' for i, label in enumerate(families.labels))
        return (
            '<div class="filter" role="group" aria-label="Filter"><div><label for="family">Show what concerns</label><br>'
            f'<select id="family" autocomplete="off"><option value="">all families</option>{told}</select></div>'
            '<div><label for="state">and is</label><br><select id="state" autocomplete="off"><option value="">anything</option>'
            '<option value="given">one family’s: may be pasted</option><option value="proposed">to be confirmed by a person</option>'
            '<option value="withheld">withheld</option></select></div><p><a href="#questions">Questions</a> <a href="#sections">Sections</a></p><p id="told" role="status"></p></div>'
        )

    def _concerns(self, place: int, label: str, withheld: WithheldFrom) -> str:
        text, units = self.split.document.text, self.split.units
        items = (
            f'<p class="told"><span class="grave">{escaped(w.severity)}</span> {escaped(told_reason(w.reason))} '
            f'<a href="#u{w.unit}">In its place</a>{under(self.split, units[w.unit])}</p>{words(w.span.within(text))}'
            for w in withheld.concerns
        )
        rest = "; ".join(f"{told_reason(reason)} {number}" for reason, number in withheld.others)
        return (
            f'<section data-concerns="{place}" hidden><h2>Withheld, and concerns {escaped(label)} ({len(withheld.concerns)})</h2>'
            "<p>To be taken up in own words, with these passages as the basis, and shown to the person who checks.</p>"
            f'{rows(items)}<p class="told">Withheld and not known to concern it: {escaped(rest or "none")}.</p></section>'
        )

    # --- what only a person can tell ------------------------------------------------------------

    def _questions(self, questions: Sequence[Question], proposals: Sequence[Proposal], families: Families) -> str:
        first = _first(questions, self._families_of)
        likely_first = _first(proposals, lambda proposal: frozenset({proposal.family}))
        asked = "\n".join(self._question(number, q, families) for number, q in enumerate(first, 1))
        likely = "\n".join(self._proposal(number, p, families) for number, p in enumerate(likely_first, 1))
        asked += _later(len(questions) - len(first))
        likely += _later(len(proposals) - len(likely_first))
        decided = rows((self.decided(decision) for decision in self.split.decisions), "Nothing yet.")
        return (
            f'<section id="questions"><h2>Who is meant? ({counted(len(questions), "open question")})</h2>{asked or "<p>None.</p>"}'
            f"<h2>Is it about one family alone? ({counted(len(proposals), 'proposal')})</h2>{likely or '<p>None.</p>'}"
            '<div class="no-print"><h2>Answers</h2><p>The file holds keys of passages and what you wrote. Your name and the time are set '
            "where it is taken in: <code>minutes-split answers</code>.</p>"
            f'<button type="button" id="save" data-kind="answers" data-name="decisions.json" data-document="'
            f'{escaped(self.split.document.document_id)}">Write decisions.json</button> <span id="saved" role="status"></span>'
            '<div hidden><label for="copy">The same, to copy</label><textarea id="copy" rows="6" readonly></textarea></div></div>'
            f"<h2>Decided ({len(self.split.decisions)})</h2>{decided}</section>"
        )

    def _question(self, number: int, question: Question, families: Families) -> str:
        split, unit = self.split, self.split.units[question.unit]
        perhaps = [family for family in families.ids if family in question.candidates]
        rest = [family for family in families.ids if family not in question.candidates]
        options = "".join(
            f'<option value="{escaped(family)}">{escaped(families.labels[families.ids.index(family)])}{told}</option>'
            for group, told in ((perhaps, ", perhaps"), (rest, ""))
            for family in group
        )
        stranger = ", perhaps" * (STRANGER in question.candidates)
        text = split.document.text
        passage = (
            escaped(text[unit.span.start : question.span.start].lstrip())
            + f"<mark>{escaped(question.span.within(text))}</mark>"
            + escaped(text[question.span.end : max(unit.span.end, question.span.end)].rstrip())
        )
        return (
            f'<fieldset data-for="{families.places(self._families_of(question))}" data-mention="{escaped(question.key)}">'
            f"<legend>Question {number}: who is meant?</legend>"
            f'<blockquote class="words">{passage}</blockquote><p class="told"><a href="#u{unit.number}">In its place</a>{under(split, unit)} '
            f"The answer settles {counted(question.settles, 'passage')}.</p>"
            + "".join(
                f'<p class="told"><strong>{EARLIER}</strong> {escaped(answer_told(d))}</p>' for d in question.stale
            )
            + f'<label for="q{number}">Answer to question {number}</label> '
            f'<select id="q{number}" autocomplete="off"><option value="">leave it open</option>{options}'
            f'<option value="{A_STRANGER_IS_MEANT}">somebody on no roster{stranger}</option>'
            f'<option value="{NOBODY_IS_MEANT}">a professional, or nobody</option></select> {_because(f"q{number}")}</fieldset>'
        )

    def _families_of(self, question: Question) -> frozenset[str]:
        unit = self.split.units[question.unit]
        return frozenset(question.candidates) | (unit.parties or frozenset()) | _owners(self.split, unit)

    def _proposal(self, number: int, proposal: Proposal, families: Families) -> str:
        family = families.labels[families.ids.index(proposal.family)]
        first = next((unit.number for unit in self.split.units if unit.key == proposal.units[0]), None)
        place = "" if first is None else f'<a href="#u{first}">In its place</a> '
        return (
            f'<fieldset data-for="{families.places((proposal.family,))}" data-units="{escaped(" ".join(proposal.units))}" '
            f'data-family="{escaped(proposal.family)}"><legend>Proposal {number}</legend>{words(proposal.text)}'
            f'<p class="told">{place}Likely by {escaped(", ".join(proposal.rules) or "its place")}.{_path(proposal.heading)}</p>'
            f'<input type="checkbox" id="p{number}" autocomplete="off"> <label for="p{number}">Read in its place: about {escaped(family)} alone</label> '
            f"{_because(f'p{number}')}</fieldset>"
        )

    def decided(self, decision: Decision) -> str:
        """Who decided what, when and why."""
        return told_decision(decision, self.split)

    # --- the minutes ----------------------------------------------------------------------------

    def _sections(
        self, families: Families, withheld: dict[str, WithheldFrom], questions: Sequence[Question], *, whole: bool
    ) -> Iterator[str]:
        """Sections under their headings; runs of those that are left out as their number."""
        concerned: dict[int, set[str]] = defaultdict(set)
        for family, told in withheld.items():
            for each in told.concerns:
                concerned[each.unit].add(family)
        asked = {question.unit for question in questions}
        findings = self._findings()
        split = self.split
        yield '<section id="sections"><h2>Sections</h2>'
        last: tuple[int, ...] | None = None
        left_out = 0
        for number, section in enumerate(split.sections):
            parties = set(section.parties or ()) | {f for n in section.units for f in concerned.get(n, ())}
            if not whole and not parties & {*families.ids} and not asked & {*section.units}:
                left_out += len(section.units)
                continue
            if section.headings != last:
                yield "" if last is None else "</section>"
                yield self._headed(section)
                last = section.headings
            if left_out:
                yield f'<p class="told">{_left_out(left_out)}</p>'
                left_out = 0
            yield self._section(number, section, families, frozenset(parties), findings)
        yield "" if last is None else "</section>"
        yield (f'<p class="told">{_left_out(left_out)}</p>' if left_out else "") + "</section>"

    def _headed(self, section: Section) -> str:
        told = " / ".join(
            on_one_line(self.split.units[n].span.within(self.split.document.text)) for n in section.headings
        )
        return f'<section class="group"><h3>{escaped(told or "(under no heading)")}</h3>'

    def _section(
        self,
        number: int,
        section: Section,
        families: Families,
        parties: frozenset[str],
        findings: dict[int, list[Finding]],
    ) -> str:
        split, text = self.split, self.split.document.text
        units = [split.units[n] for n in section.units]
        state = _state(section)
        owner = families.places(section.parties or ()).split() if section.status == "owned" else []
        colour = f" f{int(owner[0]) % 8}" if owner else ""
        told = told_section(section)
        if owner:
            label = families.labels[int(owner[0])]
            told = told.replace(f"family {families.ids[int(owner[0])]}", label[0].lower() + label[1:], 1)
        said, start = [], section.span.start
        for unit in units:
            said.append(escaped(text[start : unit.span.start]))
            said.append(
                f'<span class="u" id="u{unit.number}" data-why="{self._why(unit)}">{escaped(unit.span.within(text))}</span>'
            )
            start = unit.span.end
        said.append(escaped(text[start : section.span.end].rstrip()))
        found = "".join(self._finding(f) for unit in units for f in findings.get(unit.number, ()))
        everybody = parties if parties else frozenset(families.ids)
        return (
            f'<article class="section {section.status} {state}{colour}" data-for="{families.places(everybody)}" data-state="{state}" '
            f'aria-label="Section {number + 1}"><p class="whom">{escaped(told[0].upper() + told[1:])}</p>'
            f'<div class="words">{"".join(said).lstrip()}</div>{found}<button type="button" class="ask" aria-expanded="false">Why</button></article>'
        )

    def _why(self, unit: Unit) -> str:
        """The rules that spoke about a unit, one a line: name, how, and on which words. What each says stands once, under "What the rules say"."""
        text = self.split.document.text
        named = any(claim.how in ("direct", "referring") and claim.parties for claim in unit.claims)
        reasons = []
        for claim in unit.claims:
            if claim.how == "standing" and named:
                continue
            on = "; ".join(f"“{_few(span.within(text))}”" for span in claim.spans)
            reasons.append(f"{claim.rule} ({claim.how}: {told_parties(claim.parties)}){f' on {on}' if on else ''}")
        return escaped("\n".join(reasons))

    def _rules(self) -> str:
        """Each rule that spoke, with its sentence: the page puts it to a reason, and without scripts it is read here."""
        spoke = dict.fromkeys(claim.rule for unit in self.split.units for claim in unit.claims)
        told = "".join(
            f'<dt id="r-{escaped(rule)}">{escaped(rule)}</dt><dd>{escaped(sentences_of_rules().get(rule, "A person decided it."))}</dd>'
            for rule in sorted(spoke)
        )
        return f'<section id="rules"><h2>What the rules say</h2><dl class="told">{told}</dl></section>' if told else ""

    # --- findings of an audit -------------------------------------------------------------------

    def _findings(self) -> dict[int, list[Finding]]:
        """Unit number -> the findings whose source meets the unit first."""
        beside: dict[int, list[Finding]] = defaultdict(list)
        findings: tuple[Finding, ...] = () if self.found is None else self.found.findings
        for finding in findings:
            source = finding.source
            if source is None or source.document_id != self.split.document.document_id:
                continue
            unit = next((u for u in self.split.units if u.span.meets(source.span)), None)
            if unit is not None:
                beside[unit.number].append(finding)
        return beside

    def _finding(self, finding: Finding) -> str:
        shown = on_draft(self.draft, finding.where) if finding.part == "text" and self.draft else ""
        return (
            f'<aside class="told" aria-label="Finding in the draft"><span class="grave">{escaped(finding.severity)}</span> In the draft: this '
            f"{escaped(finding.message)} [{escaped(finding.code)}]{words(shown) if shown else ''}</aside>"
        )


def told_decision(decision: Decision, split: Split) -> str:
    """Who decided what, when and why, and on which words, as HTML."""
    kind, sentence, on = decision_told(decision, split)
    return f"<p><strong>{escaped(kind)}</strong>: {escaped(sentence)}</p>{''.join(map(words, on))}"


def decision_told(decision: Decision, split: Split) -> tuple[str, str, list[str]]:
    """The kind of a decision, who made it, when and why in a sentence, and the words of the minutes that it is about."""
    wanted = decision.units if isinstance(decision, Confirm) else (getattr(decision, "unit", None),)
    if isinstance(decision, Identify):
        wanted = (decision.mention.rpartition("@")[0],)
    on = [unit.span.within(split.document.text) for unit in split.units if unit.key in wanted]
    stale = " It found no place in these minutes and has no effect." if decision in split.stale else ""
    return decision.kind, f"{answer_told(decision)}{stale}", on


def _first(things: Sequence[Asked], families: Callable[[Asked], frozenset[str]]) -> list[Asked]:
    """The first `AT_ONCE` of each family, in their order."""
    seen: Counter[str] = Counter()
    first = []
    for thing in things:
        concerned = families(thing) or frozenset({""})
        if any(seen[family] < AT_ONCE for family in concerned):
            first.append(thing)
            seen.update(concerned)
    return first


def _later(number: int) -> str:
    """A sentence on what is not asked yet."""
    return f"<p>{number} more will be asked when these have been answered.</p>" if number else ""


def _owners(split: Split, unit: Unit) -> frozenset[str]:
    """The families whose own headings a unit stands under."""
    above = (split.units[number].parties or frozenset() for number in unit.headings)
    return frozenset(party for parties in above if len(parties) == 1 for party in parties)


def _state(section: Section) -> str:
    if section.status == "nobody":
        return "shared"
    if section.cleared_for:
        return "given"
    return "proposed" if section.status == "owned" and section.strength == "likely" else "withheld"


def _because(name: str) -> str:
    return f'<span class="reason"><label for="{name}w">Why</label> <input type="text" class="because" id="{name}w" autocomplete="off"></span>'


def under(split: Split, unit: Unit) -> str:
    """The headings over a unit, as a sentence in HTML."""
    over = tuple(split.units[n].span.within(split.document.text) for n in unit.headings if n != unit.number)
    return _path(over)


def _path(headings: Sequence[str]) -> str:
    told = " / ".join(on_one_line(heading) for heading in headings)
    return f" Under: {escaped(told)}." if told else ""


def _few(text: str) -> str:
    shown = text.split()
    return " ".join(shown[:FEW_WORDS]) + (" …" if len(shown) > FEW_WORDS else "")


def _left_out(number: int) -> str:
    return f"Here {counted(number, 'passage')} that concern{'s' * (number == 1)} no family of the roster {'is' if number == 1 else 'are'} not shown."
