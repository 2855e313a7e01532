"""Nothing of ours that ends in a log, a traceback or a notebook carries words of the minutes, names or ids.

The words of these minutes and the names of this roster stand nowhere else, so that four of their letters in a row
can only come from them.
"""

from __future__ import annotations

import ast
import copy
import dataclasses
import json
import logging
import pickle
import re
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache, partial
from pathlib import Path

import pytest

import minutes_split
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
)
from minutes_split.attribution import Fold
from minutes_split.auditing import AuditIndex, audit
from minutes_split.decisions import decisions_from_json
from minutes_split.folding import fold
from minutes_split.linting import lint
from minutes_split.mentions.base import Mention
from minutes_split.redaction import RedactionPolicy, redact
from minutes_split.release import Release
from minutes_split.scanning import scan_file
from minutes_split.units import Piece
from minutes_split.wire import from_json, policy_from
from tests import gold

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


@lru_cache(maxsize=1)
def _own() -> tuple[frozenset[str], frozenset[str]]:
    """Every four letters and words in a row that the library says by itself: its strings without docstrings, its names."""
    said = ["Traceback most recent call last File line in module minutes_split tests"]
    for path in sorted(Path(minutes_split.__file__).parent.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
                said.append(node.value)
            said += [value for _, value in ast.iter_fields(node) if isinstance(value, str)]
            said += [alias.name for alias in getattr(node, "names", ()) if isinstance(alias, ast.alias)]
    return frozenset(_letters(" ".join(said))), frozenset(run for each in said for run in _runs(each))


def _runs(text: str) -> Iterator[str]:
    words = text.casefold().split()
    yield from (" ".join(words[i : i + 4]) for i in range(len(words) - 3))


def _letters(text: str) -> Iterator[str]:
    """Places are numbers and digests are hexadecimal: only what holds another letter can be a word."""
    for word in re.findall(r"[^\W_]{4,}", text.casefold()):
        yield from (gram for i in range(len(word) - 3) if not _NUMERAL.fullmatch(gram := word[i : i + 4]))


_NUMERAL = re.compile(r"[0-9a-f]*")


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
        letters, words = _own()
        people = (
            p for family in (*roster.families, *roster.registered) for p in (*family.people, *roster.professionals)
        )
        return cls(
            frozenset(gram for text in texts for gram in _letters(text)) - letters,
            frozenset(run for text in texts for run in _runs(text)) - words,
            frozenset(name.casefold() for person in people for name in (person.name, *person.aliases) if " " in name),
        )

    def told(self, said: str) -> list[str]:
        low = said.casefold()
        grams = self.letters.intersection(_letters(low)) | self.words.intersection(_runs(low))
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
    yield lambda: redact(found, name)
    yield lambda: redact(found, family, withhold={name: text[:20]})
    yield lambda: scan_file(text.encode(), found.roster)
    if excerpt is not None:
        yield lambda: str(excerpt)
        yield lambda: f"{excerpt}"
        yield lambda: excerpt + text
        yield lambda: Plan(name, purpose=text[:30]).paste(excerpt, field=name)
        yield lambda: dataclasses.replace(excerpt, text=text)


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
    yield from (*found.document.blocks, *found.document.marks, *found.document.asides, *lint(found).findings)
    for unit in found.units:
        yield unit
        yield found.explain(unit.span.start)


_WRITTEN: list[str] = []
_WATCHED = [False]


def _watch(event: str, given: tuple[object, ...]) -> None:
    if _WATCHED[0] and event == "open" and isinstance(given[1], str) and set(given[1]) & set("wax+"):
        _WRITTEN.append(event)


def _corpus() -> list[gold.Case]:
    return [*gold.judged_cases(), *gold.document_cases()]


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
    case: gold.Case, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """Mutants: a `logging.debug` of a unit, a fault that quotes a key, a repr with a text, a temporary file."""
    caplog.set_level(logging.DEBUG)
    secret = _Secret.of(case.roster, case.text, *(a.text for a in case.split.document.asides))
    if _watch not in _HOOKED:
        sys.addaudithook(_watch)
        _HOOKED.append(_watch)
    said: list[str] = []
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
                said += [str(error), repr(error), repr(error.args), *map(repr, error.faults), "".join(told.format())]
    _WATCHED[0] = False
    assert refused > 25
    assert warned == []
    assert [record for record in caplog.records if record.name.startswith("minutes_split")] == []
    said += [f"{record.getMessage()} {record.args}" for record in caplog.records]
    assert capsys.readouterr() == ("", "")
    assert _WRITTEN == []
    assert secret.told("\n".join(said)) == []


_HOOKED: list[object] = []
