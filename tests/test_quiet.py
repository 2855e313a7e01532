"""Nothing of ours that ends in a log, a traceback or a notebook carries words of the minutes, names or ids.

The words of these minutes and the names of this roster stand nowhere else, so that four of their letters in a row
can only come from them.
"""

from __future__ import annotations

import copy
import logging
import pickle
import traceback
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

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
    split,
)
from minutes_split.attribution import Fold
from minutes_split.auditing import AuditIndex, audit
from minutes_split.folding import fold
from minutes_split.mentions.base import Mention
from minutes_split.units import Piece

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
    lambda found: Roster.load({**ROSTER, "families": [*ROSTER["families"], ROSTER["families"][0]]}),  # type: ignore[misc]
    lambda found: Roster.load({**ROSTER, "Zbynqa": 1}),
    lambda found: Roster.load(
        {"families": [{"id": "Zbynqa", "people": [{"name": "Zbynqa", "dob": "Zbynqa", "sex": "Zbynqa", "wzorvik": 1}]}]}
    ),
    lambda found: Roster.load('{"Zbynqa": Zbynqa}'),
    lambda found: Document.from_text("Zbynqa \0 Vuwjorian"),
    lambda found: split(
        TEXT, found.roster, decisions=[_said(Disclose, split(TEXT, found.roster), unit="k", family="Zbynqa")]
    ),  # type: ignore[list-item]
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
