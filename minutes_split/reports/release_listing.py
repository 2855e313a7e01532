"""The release check as a listing: the same as the page of that name, for Markdown, text and plain HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from minutes_split.attribution import Unit
from minutes_split.auditing import Audit, ToCheck, audit
from minutes_split.document import Document
from minutes_split.errors import ReleaseError
from minutes_split.plan import Pasted, Plan, Written, keyed
from minutes_split.policy import Policy
from minutes_split.release import Release, asked
from minutes_split.reports.listing import TO_CHECK, VERDICTS, Entry, Listing, Part, on_draft, told_parties
from minutes_split.reports.page import counted, mark_of
from minutes_split.reports.release_check import (
    LEFT_OUT,
    PARAPHRASE,
    WORD_FOR_WORD,
    few,
    is_word_for_word,
    withheld_in_groups,
)
from minutes_split.reports.working import decision_told
from minutes_split.sections import Split


def of_release_check(
    draft: Plan | Document | str,
    *,
    against: Sequence[Split],
    family: str | None = None,
    recipients: tuple[str, ...] | None = None,
    policy: Policy | None = None,
    release: Release | None = None,
    unsafe_whole_document: bool = False,
) -> Listing:
    """A draft beside the units it comes from: findings and answers, what was given by position, what is withheld, who decided.

    The audit is computed here. Whole minutes stand in it only with
    `unsafe_whole_document=True`, and then every part says so.
    Raises: `ReleaseError` if the release is of another text; `AuditError` as `audit` does.
    """
    found = audit(draft, against=against, family=family, recipients=recipients, policy=policy)
    text = draft if isinstance(draft, str) else draft.text
    if release is not None and release.record.text != text:
        raise ReleaseError("release-other-text", "release", "is not of the text that is shown")
    wanted = draft.family if isinstance(draft, Plan) else family or ""
    to = draft.recipients if isinstance(draft, Plan) else tuple(recipients or ())
    made = _Check(draft, text, wanted, to, tuple(against), found, release)
    parts = made.parts()
    if unsafe_whole_document:
        families = len({known for split in against for known in split.roster.ids})
        mark = mark_of(families, "release check", len(against))
        whole = [
            Part(f"Whole minutes {number}", (Entry("", split.document.text),))
            for number, split in enumerate(against, 1)
        ]
        parts = [Part(p.title, p.entries, f"{mark} {p.lead}".strip(), p.empty) for p in (*parts, *whole)]
    return Listing("Release check", tuple(parts), made.lead(), internal=True)


@dataclass(frozen=True, slots=True)
class _Check:
    draft: Plan | Document | str
    text: str
    family: str
    recipients: tuple[str, ...]
    against: tuple[Split, ...]
    found: Audit
    release: Release | None

    def lead(self) -> str:
        """What is checked, what was found, and what is not looked for."""
        purpose = f", {self.draft.purpose}" if isinstance(self.draft, Plan) and self.draft.purpose else ""
        told = [
            f"For family {self.family}{purpose}. Recipients: {', '.join(self.recipients) or 'the family as such'}.",
            f"Compared with {counted(len(self.against), 'document')}. {VERDICTS[self.found.verdict]}",
            *([self.release.line] if self.release else []),
            PARAPHRASE,
        ]
        return " ".join(told)

    def parts(self) -> list[Part]:
        """1 findings and answers; 2 the draft beside its sources; 3 what to see; 4 withheld; 5 decided."""
        findings = tuple(self._findings())
        decided = tuple(self._decided())
        return [
            Part(f"Findings and answers ({len(findings)})", findings),
            Part("The draft beside its sources", tuple(self._beside())),
            *self._to_see(),
            *self._withheld(),
            Part(f"Decided by whom ({len(decided)})", decided, self._people(), "Nobody decided anything."),
        ]

    def _findings(self) -> Iterator[Entry]:
        answers = {f.key: f.answer for f in self.release.record.audit.findings} if self.release else {}
        for number, question in enumerate(asked(self.found), 1):
            answer = f"Answer: {answers.get(question.key, 'none yet')}"
            if number > len(self.found.findings):
                yield Entry(f"finding {number}", "", f"{question.message} {answer}", question.severity)
                continue
            finding = self.found.findings[number - 1]
            place = f" in “{finding.field}”" if finding.field else ""
            told = f"This{place} {finding.message} [{finding.code}]."
            told += " It is of an offence or an allegation." if finding.allegation else ""
            source, beside = finding.source, ""
            split = next((s for s in self.against if source and s.document.document_id == source.document_id), None)
            if source is not None and split is not None:
                beside = source.span.within(split.document.text)
            shown = on_draft(self.text, finding.where) if finding.part == "text" else ""
            yield Entry(f"finding {number}", shown, f"{told} {answer}", finding.severity, beside=beside)

    def _beside(self) -> Iterator[Entry]:
        if not isinstance(self.draft, Plan):
            yield Entry("the draft", self.text, "It does not say what it rests on: read it beside the findings.")
            return
        for passage in self.draft.layout:
            if passage.entry is None:
                continue
            entry = self.draft.entries[passage.entry]
            note, units = self._pasted(entry) if isinstance(entry, Pasted) else self._written(entry)
            beside = " … ".join(unit.span.within(split.document.text).strip() for split, unit in units)
            if isinstance(entry, Pasted) and is_word_for_word(entry, units):
                note, beside = f"{note} {WORD_FOR_WORD}", ""
                units = [(split, unit) for split, unit in units if not self._plainly_ours(unit)]
            whose = dict.fromkeys(self._whose(unit) for _, unit in units)
            yield Entry(passage.field, entry.text, " ".join((note, *whose)), beside=beside)

    def _plainly_ours(self, unit: Unit) -> bool:
        return self.family in unit.cleared_for and unit.parties == frozenset({self.family})

    def _pasted(self, entry: Pasted) -> tuple[str, list[tuple[Split, Unit]]]:
        excerpt = entry.excerpt
        how = {
            "named": "The family’s by its own words.",
            "carried": "By position, not by name: read it in its place.",
            "decided": "The family’s by a person’s decision.",
        }[excerpt.basis]
        units = [
            (split, unit)
            for split in self.against
            if split.document.document_id == excerpt.document_id
            for unit in split.units
            if unit.span.meets(excerpt.span)
        ]
        gone = "" if units else " Its source is none of the documents compared with."
        return f"Excerpt {excerpt.reference}. {how}{gone}", units

    def _written(self, entry: Written) -> tuple[str, list[tuple[Split, Unit]]]:
        keys = {*entry.basis}
        units = [
            (split, unit)
            for split in self.against
            for unit in split.units
            if unit.key in keys or (keyed(unit.key, split.policy) or None) in keys
        ]
        if not entry.basis:
            return "The author’s own words. No source is stated.", units
        lost = len(entry.basis) - len(units)
        gone = f" {counted(lost, 'unit')} of its basis stand in none of the documents compared with." * (lost > 0)
        return f"The author’s own words.{gone} Rests on what stands below.", units

    def _whose(self, unit: Unit) -> str:
        about = "nobody that could be told" if unit.parties is None else told_parties(unit.parties)
        cleared = "cleared" if self.family in unit.cleared_for else "not cleared"
        return f"About {about}; {cleared} for the family."

    def _to_see(self) -> Iterator[Part]:
        for reason, title in (
            ("carried", "Given by position, and not by name"),
            ("without source", "Without a source"),
            ("common wording", "Common wording"),
        ):
            seen = tuple(self._seen(check) for check in self.found.to_check if check.reason == reason)
            yield Part(f"{title} ({len(seen)})", seen, TO_CHECK[reason] if seen else "")

    def _seen(self, check: ToCheck) -> Entry:
        """What stands above in full is here found again by few words."""
        shown = few(on_draft(self.text, check.where))
        alleges = "Offence or allegation." if check.allegation else ""
        return Entry(check.field, shown, alleges, "high" if check.allegation else "")

    def _withheld(self) -> Iterator[Part]:
        entries = self.draft.entries if isinstance(self.draft, Plan) else ()
        for number, split in enumerate(self.against, 1):
            if split.roster.family(self.family) is None:
                yield Part(f"Withheld, minutes {number}", (), empty="The family is not on the roster of these minutes.")
                continue
            number_of = len(split.withheld(self.family, self.recipients).concerns)
            title = f"Concerns the family and is withheld, minutes {number} ({number_of})"
            yield Part(title, (), LEFT_OUT, "" if number_of else "None.")
            for group in withheld_in_groups(split, self.family, self.recipients, entries):
                words = (each.span.within(split.document.text).strip() for each in group.withheld)
                yield Part(group.title, tuple(Entry("", each) for each in words))

    def _people(self) -> str:
        if self.release is None:
            return ""
        record = self.release.record
        return (
            f"Written by {', '.join(person.name for person in record.authors)}; checked by {record.checker.name} at "
            f"{record.at.isoformat()}; runs out at {record.expires.isoformat()}."
        )

    def _decided(self) -> Iterator[Entry]:
        for split in self.against:
            for decision in split.decisions:
                kind, sentence, on = decision_told(decision, split)
                yield Entry(kind, " … ".join(words.strip() for words in on), sentence)
