"""Nothing of ours that ends in a log, a traceback or a notebook carries words of the minutes, names or ids.

The words of these minutes and the names of this roster stand nowhere else, so that four of their letters in a row
can only come from them.
"""

from __future__ import annotations

import copy
import dataclasses
import io
import json
import logging
import os
import pickle
import sys
import tempfile
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from minutes_split import (
    Confirm,
    Disclose,
    Document,
    Identify,
    MinutesSplitError,
    Plan,
    Policy,
    Roster,
    Split,
    Splitter,
    compare,
    read,
    split,
    wire,
)
from minutes_split.attribution import Fold
from minutes_split.auditing import Audit, AuditIndex, audit
from minutes_split.cli import main
from minutes_split.decisions import decisions_from_json
from minutes_split.folding import fold
from minutes_split.guard import FamilyView
from minutes_split.linting import lint
from minutes_split.mentions.base import Mention
from minutes_split.redaction import RedactionPolicy, redact
from minutes_split.release import Release
from minutes_split.reports import listing
from minutes_split.reports.release_check import release_check
from minutes_split.reports.working import working_view
from minutes_split.scanning import scan_file
from minutes_split.units import Piece
from minutes_split.wire import decisions_from_answers, from_json, policy_from
from tests import gold
from tests.fuzz import targets
from tests.laws import is_nightly
from tests.quiet import letters, own, runs

FAMILIES = ("Qxzalpha", "Qxzbravo")
ROSTER = {
    "families": [
        {
            "id": FAMILIES[0],
            "label": "Vuwjorian household",
            "addresses": ["73 Pfluzmek Gryv, ZZ99 9QX"],
            "identifiers": ["QWJ 5599441"],
            "people": [
                {"name": "Zbynqa Vuwjorian", "aliases": ["Zbyq"], "role": "mother", "sex": "F", "dob": "1971-12-29"}
            ],
            "protected": [{"value": "Kvorbzil Hux", "kind": "other", "from": ["rvhjwm-9"]}],
            "recipients": [{"id": "rvhjwm-9", "role": "father"}],
        },
        {"id": FAMILIES[1], "people": [{"id": "pjqwv", "name": "Wyxqon Jhurvaz", "role": "son", "sex": "M"}]},
    ],
    "professionals": [{"name": "Dr Gwqulzon Ybraxo", "role": "fjorbwitz"}],
    "register": [{"id": "Jqzvohrt", "people": [{"name": "Okvuzja Mwybrix"}]}],
}
TEXT = (
    "Vuwjorian household\nZbynqa has a wzorvik and a jqumblit. Mum rang the vlurbnox. Zbynqa lives at 73 Pfluzmek Gryv.\n\n"
    "Jhurvaz household\nWyxqon is in Year 7. Wyxqon met Zbynqa. Zbymqa xylvort. QWJ 5599441 is Kvorbzil Hux.\n"
    "The other boy was at the gnuvqor. Okvuzja Mwybrix called. He was with hjwurq.\n"
)
OURS = "Zbynqa Vuwjorian wrote a kzibvort of her own."
SECRET = [*FAMILIES, "Jqzvohrt", "pjqwv", "rvhjwm-9", "5599441", "1971-12-29", "fjorbwitz", "kzibvort"]
SECRET += [word for word in f"{ROSTER} {TEXT}".replace("'", " ").split() if any(c in word for c in "qxzwvjQXZWVJ")]
PLAIN = {  # words of the roster's own keys and of English in which such letters stand
    "was", "with", "wrote", "lives", "professionals", "value",
}  # fmt: skip


def _grams() -> set[str]:
    found = set()
    for word in SECRET:
        bare = "".join(c for c in word.casefold() if c.isalnum() or c == "-")
        if bare not in PLAIN and len(bare) >= 5:
            found.update(bare[i : i + 4] for i in range(len(bare) - 3))
    return found - {
        "with",
        "live",
        "ives",
        "prof",
        "rofe",
        "ofes",
        "fess",
        "essi",
        "ssio",
        "sion",
        "iona",
        "onal",
        "nals",
        "hous",
        "year",
    }


GRAMS = _grams()


def _is_quiet(said: object) -> None:
    text = str(said).casefold()
    told = sorted(gram for gram in GRAMS if gram in text)
    assert told == [], f"{len(told)} grams of names or minutes are told"


def test_the_grams_would_be_noticed() -> None:
    """The test of the test: every name is caught, and so is a sentence."""
    assert len(GRAMS) > 100
    for loud in ("zbynqa", "Vuwjorian", "a WZORVIK", FAMILIES[1], "dob 1971-12-29", "QWJ 5599441"):
        with pytest.raises(AssertionError):
            _is_quiet(loud)
    _is_quiet("MinutesSplitError RosterError professionals families household recipients withheld unresolved")


@pytest.fixture(scope="module")
def found() -> Split:
    return split(Document.from_text(TEXT, name="Vuwjorian.docx"), Roster.load(ROSTER))


def _said(kind: type, found: Split, **more: object) -> object:
    return kind(
        document_id=found.document.document_id,
        by="Gwqulzon",
        at=datetime(2024, 3, 4, tzinfo=UTC),
        why="a wzorvik",
        **more,
    )


def _inside(found: Split) -> tuple[list[object], list[object]]:
    """What the library holds while it works: the frame, the directory, the blocks, and every mention."""
    folds: list[object] = []
    seen: list[object] = []
    attribute = Fold.attribute

    def noted(self: Fold, piece: Piece, mentions: tuple[Mention, ...], key: str) -> object:
        made = attribute(self, piece, mentions, key)
        folds[:] = [self.frame, self.directory, self.blocks]
        seen.extend((*mentions, made, piece))
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Fold, "attribute", noted)
        split(found.document, found.roster)
    return folds, seen


def _things(found: Split) -> Iterator[tuple[str, object]]:
    """Everything that a user can hold, and everything inside the library that a debugger shows."""
    family = FAMILIES[0]
    view = found.view(family)
    assert view.excerpts
    assert view.proposals or found.units
    plan = (
        Plan(family, purpose="a wzorvik for Zbynqa")
        .paste(view.excerpts[0], field="wzorvik")
        .write(OURS, field="jqumblit")
    )
    checked = audit(plan, against=[found])
    assert checked.findings or checked.to_check
    decisions = (
        _said(Confirm, found, units=(found.units[0].key,), family=family),
        _said(Identify, found, mention="k@0", party=family),
        _said(Disclose, found, unit=found.units[0].key, family=family, recipients=("rvhjwm-9",)),
    )
    folds, mentions = _inside(found)
    things = [
        found, found.document, found.document.source, found.roster, found.policy, Splitter(found.roster), view, view.outward(), plan, checked,
        AuditIndex.build([found]), found.withheld(family), compare(found, found), fold(TEXT), *folds,
        *decisions, *found.units, *found.sections, *view.excerpts, *view.proposals, *(e.tag for e in view.excerpts), *found.questions(),
        *found.withheld(family), *found.shared(), *checked.findings, *checked.to_check, *mentions, *plan.layout, *plan.gaps([found]),
        *(claim for unit in found.units for claim in unit.claims), *(found.explain(unit.span.start) for unit in found.units),
        *found.roster.families, *found.roster.professionals, *found.roster.registered, *found.roster.families[0].people,
        *found.roster.families[0].protected, *found.roster.families[0].recipients,
    ]  # fmt: skip
    for number, thing in enumerate(things):
        yield f"{number} {type(thing).__name__}", thing


def test_no_repr_tells_a_word(found: Split) -> None:
    """Mutant: a field that holds words without `repr=False`."""
    loud = []
    for name, thing in _things(found):
        try:
            _is_quiet(repr(thing))
        except AssertionError:
            loud.append(name.split()[1])
    assert sorted({*loud}) == []


def test_no_repr_tells_a_key_from_which_a_short_sentence_could_be_guessed(found: Split) -> None:
    keys = {unit.key.partition("-")[0] for unit in found.units}
    loud = {name.split()[1] for name, thing in _things(found) if any(key in repr(thing) for key in keys)}
    assert sorted(loud) == []


def test_no_notebook_repr_and_no_str_tells_a_word(found: Split) -> None:
    for _, thing in _things(found):
        html = getattr(thing, "_repr_html_", None)
        if html is not None:
            _is_quiet(html())
        try:
            _is_quiet(str(thing))
        except MinutesSplitError as refused:
            _is_quiet(refused)


def test_no_record_without_words_tells_one(found: Split) -> None:
    """Family ids are what a record is about; nothing else of a roster or of minutes stands in it."""
    view = found.view(FAMILIES[0])
    for row in (*found.to_records(), *view.to_records()):
        _is_quiet(
            {key: value for key, value in row.items() if key not in ("family", "parties", "cleared_for", "document_id")}
        )


REFUSED: list[Callable[[Split], object]] = [
    lambda found: found.view("Jqzvohrt"),
    lambda found: found.view(FAMILIES[0], recipients=["Zbynqa"]),
    lambda found: found.withheld("Zbynqa"),
    lambda found: found.explain(10**9),
    lambda found: Plan(FAMILIES[1], purpose="wzorvik").paste(found.view(FAMILIES[0]).excerpts[0], field="jqumblit"),
    lambda found: Plan("", purpose="wzorvik"),
    lambda found: str(found.view(FAMILIES[0]).excerpts[0]),
    lambda found: found.view(FAMILIES[0]).excerpts[0] + "Zbynqa",
    lambda found: Roster.load({**ROSTER, "families": [*ROSTER["families"], ROSTER["families"][0]]}),  # type: ignore[misc]  # the fixture is a mapping of lists
    lambda found: Roster.load({**ROSTER, "Zbynqa": 1}),
    lambda found: Roster.load(
        {"families": [{"id": "Zbynqa", "people": [{"name": "Zbynqa", "dob": "Zbynqa", "sex": "Zbynqa", "wzorvik": 1}]}]}
    ),
    lambda found: Roster.load('{"Zbynqa": Zbynqa}'),
    lambda found: Document.from_text("Zbynqa \0 Vuwjorian"),
    lambda found: split(
        TEXT, found.roster, decisions=[_said(Disclose, split(TEXT, found.roster), unit="k", family="Zbynqa")]
    ),  # type: ignore[list-item]  # `_said` makes any of the decisions
    lambda found: Plan.from_json('{"family": "Zbynqa", "Vuwjorian": 1}'),
    lambda found: audit("Zbynqa", against=[], family="Zbynqa"),
    lambda found: audit("Zbynqa", against=[found], family="Zbynqa", recipients=("Zbynqa",)),
]


@pytest.mark.parametrize("number", range(len(REFUSED)))
def test_no_refusal_tells_a_word_in_its_message_or_in_what_rides_along(number: int, found: Split) -> None:
    """Mutant: `raise ... from error`, with the caller's values in pydantic's message."""
    with pytest.raises(MinutesSplitError) as refused:
        REFUSED[number](found)
    error = refused.value
    _is_quiet(str(error))
    _is_quiet(repr(error))
    _is_quiet(error.args)
    _is_quiet([*map(repr, error.faults)])
    _is_quiet(pickle.dumps(error))
    assert error.__context__ is None
    assert error.__cause__ is None
    _is_quiet("".join(traceback.TracebackException.from_exception(error).format_exception_only()))


def test_nothing_is_logged_and_nothing_is_warned(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """At DEBUG, over the whole way from the text to the audit. Mutant: a `logging.debug` with a unit's text."""
    caplog.set_level(logging.DEBUG)
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        found = split(TEXT, Roster.load(ROSTER), policy=Policy(release="likely"))
        for _ in _things(found):
            pass
        copy.deepcopy(found.view(FAMILIES[0]))
    ours = [record for record in caplog.records if record.name.startswith("minutes_split")]
    assert ours == []
    for record in caplog.records:
        _is_quiet(record.getMessage())
    assert warned == []
    assert capsys.readouterr() == ("", "")


# --- the whole corpus ---------------------------------------------------------------------------


@dataclass(frozen=True)
class _Secret:
    """What may stand nowhere: four letters in a row that only these minutes and this roster have, and four words in a row."""

    letters: frozenset[str]
    words: frozenset[str]
    names: frozenset[str]
    """Full names of the roster, whatever examples the library's own advice gives."""

    @classmethod
    def of(cls, roster: Roster, *texts: str) -> _Secret:
        texts = (*texts, roster.model_dump_json())
        known, words = own()
        people = (
            p for family in (*roster.families, *roster.registered) for p in (*family.people, *roster.professionals)
        )
        return cls(
            frozenset(gram for text in texts for gram in letters(text)) - known,
            frozenset(run for text in texts for run in runs(text)) - words,
            frozenset(name.casefold() for person in people for name in (person.name, *person.aliases) if " " in name),
        )

    def told(self, said: str) -> list[str]:
        low = said.casefold()
        grams = self.letters.intersection(letters(low)) | self.words.intersection(runs(low))
        return sorted(grams | {name for name in self.names if name in low})


def _provoked(found: Split) -> Iterator[Callable[[], object]]:
    """Everything that can be refused, each with words of the minutes or of the roster in what is handed over."""
    text, family = found.document.text, found.roster.ids[0]
    name = found.roster.families[0].people[0].name
    raw = json.loads(found.roster.model_dump_json(by_alias=True))
    view = found.view(family)
    excerpt = view.excerpts[0] if view.excerpts else None
    unit = found.units[len(found.units) // 2]
    yield lambda: found.view(name)
    yield lambda: found.view(family, recipients=[name])
    yield lambda: found.withheld(text[:40])
    yield lambda: found.explain(len(text) + 1)
    yield lambda: Document.from_text(text[:50] + "\0" + text)
    yield lambda: read(text.encode("utf-16-le")[:-1])
    yield lambda: read(text.encode() + b"\xff\xfe\xfd")
    yield lambda: read(b"PK\x03\x04" + text.encode())
    yield lambda: read(b"%PDF-1.7\n" + text.encode())
    yield lambda: read(text)  # type: ignore[arg-type]  # the wrong kind of value is what is tested
    yield lambda: read(Path(name))
    yield lambda: Roster.load({**raw, name: text})
    yield lambda: Roster.load({"families": [*raw["families"], raw["families"][0]]})
    yield lambda: Roster.load(
        {"families": [{"id": name, "people": [{"name": name, "dob": text[:30], "sex": name, name: 1}]}]}
    )
    yield lambda: Roster.load(text)
    yield lambda: Policy(name=text, near_score=name)  # type: ignore[arg-type]  # the wrong kind of value is what is tested
    for load in (Plan.from_json, decisions_from_json, Release.from_dsse, from_json, policy_from, RedactionPolicy.load):
        yield partial(load, text)
        yield partial(load, json.dumps({"kind": name, "family": text, name: [text]}))
    yield lambda: audit("", against=[found], family=family)
    yield lambda: audit(text, against=[], family=family)
    yield lambda: audit(text, against=[found], family=name)
    yield lambda: audit(text, against=[found])
    yield lambda: bool(audit(text[:500], against=[found], family=family))
    yield lambda: split(text, found.roster, decisions=[_said(Disclose, found, unit=unit.key, family=name)])  # type: ignore[list-item]  # `_said` makes any of the decisions
    other = next((u for u in found.units if u.status != "owned"), None)
    if other is not None:
        yield lambda: split(
            found.document, found.roster, decisions=[_said(Confirm, found, units=(other.key,), family=family)]
        )  # type: ignore[list-item]  # `_said` makes any of the decisions
    yield lambda: split(text, found.roster, decisions=[_said(Identify, found, mention=unit.key, party=name)])  # type: ignore[list-item]  # `_said` makes any of the decisions
    yield lambda: decisions_from_answers(text, by=name, at=datetime(2024, 3, 4, tzinfo=UTC), document_id="one")
    yield lambda: Plan(family).write(text, field=name, basis=[name])
    yield lambda: Plan(family).write("", field=name)
    yield lambda: Plan("", purpose=text[:30])
    yield lambda: scan_file(text, found.roster)  # type: ignore[arg-type]  # the wrong kind of value is what is tested
    for broken in _broken_files(text, name):
        yield partial(read, broken)
        yield partial(scan_file, broken, found.roster)
    yield lambda: redact(found, name)
    yield lambda: redact(found, family, withhold={name: text[:20]})
    yield lambda: scan_file(text.encode(), found.roster)
    if excerpt is not None:
        yield lambda: str(excerpt)
        yield lambda: f"{excerpt}"
        yield lambda: excerpt + text
        yield lambda: Plan(name, purpose=text[:30]).paste(excerpt, field=name)
        yield lambda: dataclasses.replace(excerpt, text=text)


def _broken_files(text: str, name: str) -> Iterator[bytes]:
    """Files that are refused, with the minutes in them."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    said = escape(text)
    for body in (
        f"<w:document xmlns:w='{word}'><w:body><w:p><w:r><w:t>{said}</w:t></w:r>",
        f"<!DOCTYPE w [<!ENTITY e '{escape(name)}'>]><w:document xmlns:w='{word}'><w:body><w:p>{said}</w:p></w:body></w:document>",
        f"<{name.split()[0]}>{said}</{name.split()[-1]}>",
    ):
        yield targets.packed((("word/document.xml", body.encode()),))
        yield targets.packed((("[Content_Types].xml", body.encode()), (f"{name}.xml", body.encode())))
    yield targets.packed(((f"../{name}", text.encode()), ("word/document.xml", text.encode())))
    yield b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + text.encode()
    yield b"{\\rtf1 " + text.encode("ascii", "ignore") + b"}"
    yield f"From: {name}\nSubject: {name}\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b--\n".encode()
    yield b"%PDF-1.7\n1 0 obj\n<< /Title (" + text.encode() + b") >>\nendobj\n%%EOF"


def _shown(found: Split) -> Iterator[object]:
    """What a debugger or a notebook shows of a split and of all that is made of it."""
    family = found.roster.ids[0]
    view, withheld = found.view(family), found.withheld(family)
    checked = audit(found.document.text[:2000], against=[found], family=family)
    yield from (
        found,
        found.document,
        found.document.source,
        found.roster,
        found.policy,
        view,
        view.outward(),
        withheld,
        checked,
        lint(found),
    )
    yield from (
        *found.sections,
        *view.excerpts,
        *view.proposals,
        *found.questions(),
        *withheld,
        *checked.findings,
        *checked.to_check,
    )
    yield from _made_of(found, view, checked)
    yield from (*found.document.blocks, *found.document.marks, *found.document.asides, *lint(found).findings)
    for unit in found.units:
        yield unit
        yield found.explain(unit.span.start)


def _made_of(found: Split, view: FamilyView, checked: Audit) -> Iterator[object]:
    """What goes on file, and what is made for a plan, a paper and a page."""
    family = found.roster.ids[0]
    plan = Plan(family, purpose=found.document.text[:30]).write(found.document.text[:200], field="notes")
    for excerpt in view.excerpts[:3]:
        plan = plan.paste(excerpt, field="notes")
    with suppress(MinutesSplitError):
        paper = redact(found, family)
        yield from (paper, *paper.paragraphs, *paper.residual, wire.paper_on_file(paper, family=family))
        yield wire.schedule_on_file(paper, found, family=family)
    yield from (plan, *plan.layout, *plan.gaps([found]), compare(found, found), AuditIndex.build([found]))
    yield from (
        wire.split_on_file(found, words=True, keys=True),
        wire.view_on_file(view),
        wire.withheld_on_file(found, family, words=True),
        wire.questions_on_file(found, words=True),
        wire.explanation_on_file(found, 0, words=True),
        wire.audit_on_file(checked, words=True),
        wire.lint_on_file(lint(found), found, words=True),
        working_view(found),
        release_check(plan, against=[found]),
        listing.of_view(view),
        listing.of_withheld(found, family, words=True),
    )
    yield from (*found.roster.families, *(person for each in found.roster.families for person in each.people))
    yield from (*found.roster.professionals, *found.roster.registered)


def _commands(found: Split, folder: Path) -> Iterator[list[str]]:
    """Commands that are refused or not understood, with words of the minutes and names on the line and in the files."""
    name, text = found.roster.families[0].people[0].name, found.document.text
    roster = folder / f"{name}.json"
    minutes = folder / f"{name}.txt"
    if not roster.exists():
        roster.write_text(found.roster.model_dump_json(by_alias=True), encoding="utf-8")
        minutes.write_text(text, encoding="utf-8")
    yield ["view", str(minutes), "--roster", str(roster), "--family", name]
    yield ["view", str(minutes), "--roster", str(minutes), "--family", name]
    yield ["view", name, "--roster", str(roster), "--family", name]
    yield ["split", str(roster), "--roster", str(minutes)]
    yield ["explain", str(minutes), "--roster", str(roster), "--at", name]
    yield ["audit", str(minutes), "--plan", "--against", str(minutes), "--roster", str(roster)]
    yield ["answers", str(minutes), str(minutes), "--by", name, "--when", text[:20]]
    yield ["schema", name]
    yield [name, text[:40]]
    yield ["tour", str(minutes), "--roster", str(roster), "--family", found.roster.ids[0], f"--{name}", text[:40]]


def _refused_command(arguments: list[str]) -> str:
    """What a command says that is refused: all of it on standard error."""
    out, told = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(told):
        try:
            code = main(arguments)
        except SystemExit as ended:
            code = int(ended.code or 0)
    assert code in (2, 4)
    assert out.getvalue() == ""
    return told.getvalue()


_WRITTEN: list[str] = []
_WATCHED = [False]


def _watch(event: str, given: tuple[object, ...]) -> None:
    """Notes whatever is written: a file that is opened or moved, a temporary one, another process."""
    if not _WATCHED[0]:
        return
    if event == "open":
        _, mode, flags = given
        writes = set(mode) & set("wax+") if isinstance(mode, str) else int(str(flags)) & (os.O_WRONLY | os.O_RDWR)
        if writes:
            _WRITTEN.append(event)
    elif event.startswith(("tempfile.", "subprocess.", "socket.", "sqlite3.", "shutil.")) or event in (
        "os.mkdir", "os.rename", "os.link", "os.symlink", "os.system", "os.truncate",
    ):  # fmt: skip
        _WRITTEN.append(event)


def test_the_watch_notices_every_way_of_writing(tmp_path: Path) -> None:
    """The test of the test."""
    sys.addaudithook(_watch)
    ways: list[Callable[[], object]] = [
        lambda: (tmp_path / "a").write_text("x"),
        lambda: os.close(os.open(tmp_path / "b", os.O_CREAT | os.O_WRONLY)),
        lambda: tempfile.TemporaryFile().close(),  # it is closed
        lambda: tempfile.mkdtemp(dir=tmp_path),
        (tmp_path / "c").mkdir,
    ]
    for way in ways:
        _WRITTEN.clear()
        _WATCHED[0] = True
        way()
        _WATCHED[0] = False
        assert _WRITTEN != []
    _WRITTEN.clear()


def _corpus() -> list[gold.Case]:
    """Every case that is judged, the Word documents, and of the hundreds of others one in twelve; in the night all of them."""
    judged = gold.judged_cases()
    others = [case for case in gold.cases() if case.name not in {each.name for each in judged}]
    return [*judged, *gold.document_cases(), *(others if is_nightly() else others[::12])]


def test_the_secrets_of_the_corpus_would_be_noticed() -> None:
    """The test of the test. Mutant: letters that the library uses itself take too much away."""
    blind, seen, lines = [], 0, 0
    for case in _corpus():
        secret = _Secret.of(case.roster, case.text)
        told = [bool(secret.told(line)) for line in case.text.split("\n") if len(line.split()) > 4]
        seen, lines = seen + sum(told), lines + len(told)
        for person in (person for family in case.roster.families for person in family.people):
            blind += [name for name in person.names if len(name) >= 8 and not secret.told(name)]
    assert seen / lines > 0.95  # the rest are words of the library's own advice
    assert blind == []


@pytest.mark.parametrize("case", _corpus(), ids=lambda case: case.name)
def test_no_gram_of_the_corpus_is_logged_warned_printed_written_or_shown_and_no_failure_tells_one(
    case: gold.Case, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Mutants: a `logging.debug` of a unit, a fault that quotes a key, a repr with a text, a temporary file."""
    caplog.set_level(logging.DEBUG)
    secret = _Secret.of(case.roster, case.text, *(a.text for a in case.split.document.asides))
    if _watch not in _HOOKED:
        sys.addaudithook(_watch)
        _HOOKED.append(_watch)
    said: list[str] = []
    commands = [*_commands(case.split, tmp_path)]
    _WATCHED[0] = True
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        found = split(case.split.document, case.roster)
        said += [repr(thing) for thing in _shown(found)]
        refused = 0
        for call in _provoked(found):
            try:
                call()
            except MinutesSplitError as error:
                refused += 1
                assert error.__context__ is None
                told = traceback.TracebackException.from_exception(error)
                ours = [frame for frame in told.stack if frame.filename != __file__]  # the test has words of its own
                told.stack = traceback.StackSummary.from_list(ours)
                said += [str(error), repr(error), repr(error.args), *map(repr, error.faults), "".join(told.format())]
        said += [_refused_command(command) for command in commands]
    _WATCHED[0] = False
    assert refused > 40
    assert warned == []
    assert [record for record in caplog.records if record.name.startswith("minutes_split")] == []
    said += [f"{record.getMessage()} {vars(record)}" for record in caplog.records]
    assert capsys.readouterr() == ("", "")
    assert _WRITTEN == []
    assert secret.told("\n".join(said)) == []


_HOOKED: list[object] = []
