"""What a view gives, and what an excerpt refuses."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
import re
import string
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_split.attribution import Unit
from minutes_split.document import Document
from minutes_split.errors import ExcerptError, MinutesSplitError, PolicyError, ViewError
from minutes_split.guard import LIBRARY, Excerpt, family_view
from minutes_split.policy import Policy
from minutes_split.protected import protected_units
from minutes_split.roster import Roster
from minutes_split.spans import Span
from minutes_split.values import forms, squashed

A, B, BOTH = frozenset("A"), frozenset("B"), frozenset("AB")
ROSTER = Roster.load(
    {
        "families": [
            {
                "id": "A",
                "people": [{"name": "Jayden Harper"}, {"name": "Dean Harper", "id": "p-dean"}],
                "protected": [{"value": "3 Mill Lane, Otley", "kind": "address", "from": ["father-1"]}],
                "recipients": [{"id": "father-1", "role": "father"}, {"id": "mother-1"}],
            },
            {"id": "B", "people": [{"name": "Chidi Obi"}]},
        ]
    }
)
KEYED = Policy.model_validate_json('{"reference_key": "a key of the authority"}')


def made(*rows: tuple[str, str, frozenset[str] | None, str | None]) -> tuple[Document, list[Unit]]:
    """A document and its units from rows of text, status, parties and basis; a heading begins with "#"."""
    text, units, heading, block = "", [], (), 0
    for number, (told, status, parties, basis) in enumerate(rows):
        start, text = len(text), text + told.lstrip("#")
        cleared = parties if status == "owned" and basis not in (None, "likely") else frozenset()
        units.append(
            Unit(
                number=number,
                span=Span(start, len(text)),
                key=f"key-{number}",
                block=block,
                status=status,  # type: ignore[arg-type]  # one of the words that the type allows
                parties=parties,
                strength="likely" if basis == "likely" else "certain" if basis else None,
                basis="carried" if basis == "likely" else basis,  # type: ignore[arg-type]  # one of the words that the type allows
                cleared_for=cleared or frozenset(),
                headings=heading,
                reasons=("own-name",),
            )
        )
        if told.startswith("#"):
            heading = (number,)
        block += text.endswith("\n")
    return Document.from_text(text, document_id="minutes-1"), units


DOCUMENT, UNITS = made(
    ("#Harper\n", "owned", A, "named"),
    ("Jayden is in Year 5. ", "owned", A, "named"),
    ("Jayden reads well. ", "owned", A, "named"),
    ("Chidi hit Jayden. ", "mixed", BOTH, None),
    ("He is often late.\n", "owned", A, "carried"),
    ("They moved to 3, Mill Ln last week. ", "owned", A, "named"),
    ("He may be unwell.\n", "owned", A, "likely"),
    ("#Obi\n", "owned", B, "named"),
    ("Chidi was seen with a knife. ", "owned", B, "named"),
    ("Jayden is in Year 5. ", "owned", A, "named"),
)


def view(recipients: tuple[str, ...] = (), policy: Policy | None = None, family: str = "A"):  # type: ignore[no-untyped-def]  # gives the class that the test looks into
    return family_view(DOCUMENT, UNITS, family, roster=ROSTER, policy=policy or Policy(), recipients=recipients)


def test_an_excerpt_is_a_run_of_neighbours_on_one_basis_in_the_words_of_the_document() -> None:
    texts = [excerpt.text for excerpt in view().excerpts]
    assert texts == [
        "Harper",
        "Jayden is in Year 5. Jayden reads well.",
        "He is often late.",
        "They moved to 3, Mill Ln last week.",
        "Jayden is in Year 5.",
    ]
    for excerpt in view().excerpts:
        assert DOCUMENT.text[excerpt.span.start : excerpt.span.end] == excerpt.text == excerpt.tag.exact


def test_what_is_likely_is_proposed_and_no_excerpt() -> None:
    (proposal,) = view().proposals
    assert (proposal.text, proposal.rules) == ("He may be unwell.", ("own-name",))
    assert "To be confirmed by a person" in view().show()


def test_a_heading_of_another_family_is_not_shown() -> None:
    assert (view().excerpts[-1].heading, view().excerpts[1].heading) == ((), ("Harper",))


def test_a_protected_value_is_withheld_from_those_named_and_from_nobody_else() -> None:
    assert any("Mill Ln" in excerpt.text for excerpt in view(("mother-1",)).excerpts)
    assert not any("Mill" in excerpt.text for excerpt in view(("mother-1", "father-1")).excerpts)
    assert frozenset({5}) == protected_units(DOCUMENT, UNITS, ROSTER.families[0], recipients=("father-1",))


def test_a_value_protected_from_all_is_withheld_without_recipients() -> None:
    roster = Roster.load({"families": [{"id": "A", "people": [{"name": "J"}], "protected": [{"value": "Year 5"}]}]})
    found = family_view(DOCUMENT, UNITS, "A", roster=roster, policy=Policy()).excerpts
    assert not any("Year 5" in excerpt.text for excerpt in found)


@pytest.mark.parametrize(
    "words", ["3 Mill Lane", "3, mill lane", "3 MILL LN.", "Mill Lane", "3\u00a0Mill\nLane,  Otley"]
)
def test_a_protected_address_is_known_in_every_writing(words: str) -> None:
    document, units = made((f"Jayden lives at {words} now.", "owned", A, "named"))
    assert frozenset({0}) == protected_units(document, units, ROSTER.families[0], recipients=("father-1",))


def test_an_address_that_only_begins_alike_is_another() -> None:
    document, units = made(("Jayden lives at 3 Millbank Lane.", "owned", A, "named"))
    assert frozenset() == protected_units(document, units, ROSTER.families[0], recipients=("father-1",))


def test_a_person_is_known_by_each_name_and_a_telephone_number_with_its_country() -> None:
    assert {"janeexample", "jane", "example"} == forms("Jane Example", "person")
    assert {"07700900123", "447700900123"} == forms("07700 900123", "phone")
    assert squashed("999-000 1234") == "9990001234"


@pytest.mark.parametrize(
    ("ask", "code", "message"),
    [
        (
            lambda: view(family="Z"),
            "view-unknown-family",
            "family: is not a family of the roster [view-unknown-family]",
        ),
        (
            lambda: view(("father-1", "aunt")),
            "view-unknown-recipient",
            "recipients[1]: is not a recipient of this family in the roster [view-unknown-recipient]",
        ),
    ],
)
def test_an_unknown_family_or_recipient_is_refused(ask: Callable[[], object], code: str, message: str) -> None:
    with pytest.raises(ViewError) as refused:
        ask()
    assert (code, message) == (refused.value.code, str(refused.value))


def test_a_unit_that_is_cleared_against_its_parties_gives_nothing() -> None:
    wrong = dataclasses.replace(UNITS[3], cleared_for=A)
    with pytest.raises(ViewError, match="view-contradiction"):
        family_view(DOCUMENT, [wrong], "A", roster=ROSTER, policy=Policy())


def test_what_a_person_decided_may_be_about_two_and_says_so() -> None:
    given_away = dataclasses.replace(UNITS[3], cleared_for=A, basis="decided")
    (excerpt,) = family_view(DOCUMENT, [given_away], "A", roster=ROSTER, policy=Policy()).excerpts
    assert (excerpt.text, excerpt.basis) == ("Chidi hit Jayden.", "decided")


TEXT, BYTES = "does not turn into text by itself", "does not turn into bytes by itself"
FORMAT, JOIN, LETTERS = "does not go into a format string", "does not join other text", "is no sequence of letters"
REFUSED: list[tuple[Callable[[Excerpt], object], str]] = [
    (str, TEXT),
    (bytes, BYTES),
    (list, LETTERS),
    (len, LETTERS),
    (lambda e: f"{e}", FORMAT),
    (lambda e: "%s" % e, TEXT),  # noqa: UP031  # the old form is what is tested
    ("{}".format, FORMAT),
    (lambda e: e + " more", JOIN),
    (lambda e: "before " + e, JOIN),
    (lambda e: e * 2, JOIN),
    (lambda e: 2 * e, JOIN),
    (lambda e: e % 2, JOIN),
    (lambda e: e[0], LETTERS),
    (lambda e: "x" in e, LETTERS),
    (lambda e: "".join(*[e]), LETTERS),
    (print, TEXT),
]


@pytest.mark.parametrize(("use", "what"), REFUSED)
def test_no_string_operation_takes_an_excerpt_by_accident(use: Callable[[Excerpt], object], what: str) -> None:
    told = []
    for item in (view().excerpts[1], view().proposals[0]):
        assert item
        with pytest.raises(ExcerptError) as refused:
            use(item)
        told.append(str(refused.value))
    assert told == [
        f"excerpt: {what}: `plan.paste(excerpt, field=...)` keeps its source; `.text` are the bare words [excerpt-as-text]",
        f"proposal: {what}: nobody has confirmed it; lay it before a person with `view.show()` and answer with `Confirm` "
        "[proposal-as-text]",
    ]


def test_an_excerpt_does_not_join_a_list_of_strings() -> None:
    with pytest.raises(TypeError):
        "".join([view().excerpts[1]])


def test_nobody_else_makes_an_excerpt() -> None:
    excerpt = view().excerpts[1]
    fields = {f.name: getattr(excerpt, f.name) for f in dataclasses.fields(excerpt)}
    for attempt in (
        lambda: Excerpt("words"),  # type: ignore[call-arg]  # the wrong kind of value is what is tested
        lambda: Excerpt(**fields),
        lambda: Excerpt(**fields, made_by=object()),
        lambda: dataclasses.replace(excerpt, text="other words"),
        lambda: dataclasses.replace(excerpt),
    ):
        with pytest.raises(ExcerptError) as refused:
            attempt()
        assert (
            str(refused.value)
            == "excerpt: is made by a view only, and never changed: take it from `.excerpts` [excerpt-not-made-here]"
        )


@pytest.mark.parametrize("name", [f.name for f in dataclasses.fields(Excerpt)])
def test_whatever_is_edited_breaks_the_seal(name: str) -> None:
    excerpt = copy.copy(view().excerpts[1])
    assert excerpt.is_sealed
    was = getattr(excerpt, name)
    object.__setattr__(excerpt, name, was[1:] + was[:1] if isinstance(was, str) and len(was) > 1 else None)
    assert not excerpt.is_sealed
    object.__setattr__(excerpt, name, "something else")
    assert not excerpt.is_sealed
    with pytest.raises(ExcerptError, match="excerpt-edited"):
        pickle.loads(pickle.dumps(excerpt))


def test_an_excerpt_passes_through_copy_and_pickle_whole() -> None:
    excerpt = view().excerpts[1]
    assert excerpt == copy.deepcopy(excerpt) == pickle.loads(pickle.dumps(excerpt))
    assert view() == pickle.loads(pickle.dumps(view()))


def test_a_reference_hides_its_words_and_is_the_same_for_the_same_words() -> None:
    first, second = view(policy=KEYED), view(policy=KEYED)
    references = [excerpt.reference for excerpt in first.excerpts]
    assert references == [excerpt.reference for excerpt in second.excerpts]
    assert len(references) == len(set(references))
    assert all(re.fullmatch(r"MS-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", reference) for reference in references)
    assert [e.reference for e in view().excerpts] == ["local-1", "local-2", "local-3", "local-4", "local-5"]


def test_a_reference_stays_when_other_excerpts_come_and_go() -> None:
    """Kills: a reference made from the place in the view; an amended document would change them all."""
    late = ("Late again.\n", "owned", A, "named")
    shorter, longer = made(late), made(("Unwell.\n", "owned", A, "named"), late)
    references = [
        [e.reference for e in family_view(*one, "A", roster=ROSTER, policy=KEYED).excerpts] for one in (shorter, longer)
    ]
    assert references[0] == references[1][1:]


def test_a_reference_counts_equal_texts_of_the_same_view_only() -> None:
    """Kills: a count over the document, by which another family's words change a reference."""
    document, units = made(
        ("Late again. ", "owned", B, "named"), ("Late again. ", "owned", A, "named"), ("x", "nobody", frozenset(), None)
    )
    other, more = made(
        ("Unwell now. ", "owned", B, "named"), ("Late again. ", "owned", A, "named"), ("x", "nobody", frozenset(), None)
    )
    outward = [
        family_view(d, u, "A", roster=ROSTER, policy=KEYED).outward().to_json()
        for d, u in ((document, units), (other, more))
    ]
    assert outward[0] == outward[1]


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["Late again. ", "Unwell now.\n", "He was seen. ", "3 Mill Lane. "]),
        st.sampled_from(
            [
                ("owned", A, "named"),
                ("owned", A, "carried"),
                ("owned", B, "named"),
                ("mixed", BOTH, None),
                ("unresolved", None, None),
                ("nobody", frozenset(), None),
            ]
        ),
    ),
    min_size=2,
    max_size=12,
)


@given(ROWS, st.text(string.ascii_letters + " ", min_size=1, max_size=12))
def test_other_words_of_others_do_not_change_what_leaves(rows: list, words: str) -> None:  # type: ignore[type-arg]  # hypothesis gives the arguments
    """Non-interference of the guard. Kills: a reference or an excerpt made from a position, a count, a neighbour."""
    told = [(text, *owner) for text, owner in rows]
    changed = [
        (text, s, p, b) if p == A or s == "nobody" else (words.strip() + "x" + text[len(text.rstrip()) :], s, p, b)
        for text, s, p, b in told
    ]
    outward = [
        family_view(*made(*version), "A", roster=ROSTER, policy=policy, recipients=("father-1",)).outward().to_json()
        for version in (told, changed)
        for policy in (KEYED, Policy())
    ]
    assert outward[:2] == outward[2:]


def test_a_view_shows_counts_and_no_words_unless_asked() -> None:
    found = view(policy=KEYED)
    quiet = repr(found) + repr(found.excerpts) + repr(found.proposals) + repr(found.outward()) + found._repr_html_()
    quiet += repr(found.excerpts[0].tag) + json.dumps(found.to_records() and list(found.to_records()[0].values())[3:])
    assert repr(found) == "<FamilyView: 5 excerpts, 1 proposals>"
    assert found._repr_html_() == "<p>Family view: 5 excerpts, 1 proposals</p>"
    assert repr(found.excerpts[1]) == "<Excerpt: 39 characters, named>"
    assert repr(found.proposals[0]) == "<Proposal: 17 characters, carried>"
    for word in ("Jayden", "Harper", "late", "Chidi", "minutes-1"):
        assert word not in quiet
    assert "Jayden is in Year 5." in found.show()
    assert "Chidi" not in found.show()
    assert "text" in found.to_records(words=True)[0] and "text" not in found.to_records()[0]


def test_what_is_shown_is_excerpts_under_their_headings_and_then_what_is_proposed() -> None:
    assert view().show() == (
        "[local-1, named] Harper\n\nHarper\n[local-2, named] Jayden is in Year 5. Jayden reads well.\n"
        "[local-3, carried] He is often late.\n[local-4, named] They moved to 3, Mill Ln last week.\n"
        "[local-5, named] Jayden is in Year 5.\n\n"
        "To be confirmed by a person before it is used:\n[proposal 1, own-name] He may be unwell."
    )


def test_a_record_of_an_excerpt_and_one_of_a_proposal_are_these() -> None:
    rows = view().to_records(words=True)
    common = {"family": "A", "document_id": "minutes-1", "rules": "own-name", "heading": "Harper"}
    assert rows[2] == common | {
        "kind": "excerpt", "number": 2, "start": 65, "end": 82, "basis": "carried", "reference": "local-3", "text": "He is often late.",
    }  # fmt: skip
    assert rows[5] == common | {
        "kind": "proposal", "number": 5, "start": 119, "end": 136, "basis": "carried", "reference": "", "text": "He may be unwell.",
    }  # fmt: skip
    assert view().to_records()[5] == {name: rows[5][name] for name in rows[5] if name not in ("text", "heading")}


SHOWN = [
    ("the family's", "owned", A, "named", True),
    ("another family's", "owned", B, "named", False),
    ("nobody's", "nobody", frozenset[str](), None, True),
    ("nobody's, but with parties", "nobody", B, None, False),
    ("one that nobody could tell", "unresolved", None, None, False),
    ("one of two", "mixed", BOTH, None, False),
    ("a stranger's", "stranger", frozenset("X"), None, False),
    ("a stranger's whose parties are not known", "stranger", frozenset[str](), None, False),
    ("one that is only likely the family's", "owned", A, "likely", False),
]


@pytest.mark.parametrize(
    ("status", "parties", "basis", "shown"), [each[1:] for each in SHOWN], ids=[each[0] for each in SHOWN]
)
def test_a_heading_is_shown_above_an_excerpt_only_if_it_is_the_familys_or_nobodys(
    status: str, parties: frozenset[str] | None, basis: str | None, shown: bool
) -> None:
    document, units = made(("#Over it\n", status, parties, basis), ("Jayden is well.", "owned", A, "named"))
    (*_, excerpt) = family_view(document, units, "A", roster=ROSTER, policy=Policy()).excerpts
    assert excerpt.heading == (("Over it",) if shown else ())


def test_cells_of_one_row_are_one_passage_unless_a_person_decided_about_one() -> None:
    document, units = made(("Jayden", "owned", A, "named"), (" is well.", "owned", A, "carried"))

    def texts(*bases: str, row: tuple[int, int] | None = (0, 0), block: int = 1) -> list[str]:
        cells = [
            dataclasses.replace(unit, basis=basis, row=row, block=number * block)  # type: ignore[arg-type]  # one of the words that the type allows
            for number, (unit, basis) in enumerate(zip(units, bases, strict=True))
        ]
        return [e.text for e in family_view(document, cells, "A", roster=ROSTER, policy=Policy()).excerpts]

    assert texts("named", "carried") == ["Jayden is well."]
    assert texts("named", "carried", row=None) == ["Jayden", "is well."]
    assert texts("named", "named", row=None) == ["Jayden", "is well."]
    assert texts("named", "named", row=None, block=0) == ["Jayden is well."]
    assert (
        texts("decided", "decided") == texts("named", "decided") == texts("decided", "named") == ["Jayden", "is well."]
    )


def test_a_passage_is_as_strong_as_its_weakest_part() -> None:
    document, units = made(("Jayden", "owned", A, "named"), (" is well.", "owned", A, "carried"))
    cells = [dataclasses.replace(unit, row=(0, 0)) for unit in units]
    (excerpt,) = family_view(document, cells, "A", roster=ROSTER, policy=Policy()).excerpts
    assert (excerpt.basis, excerpt.rules, excerpt.units) == ("carried", ("own-name",), ("key-0", "key-1"))


@pytest.mark.parametrize("without", [{"basis": None}, {"parties": B}, {"parties": BOTH}, {"parties": None}])
def test_what_is_cleared_without_its_reason_gives_nothing(without: dict[str, object]) -> None:
    wrong = dataclasses.replace(UNITS[1], **without)  # type: ignore[arg-type]  # passed on as they come
    with pytest.raises(ViewError) as refused:
        family_view(DOCUMENT, [wrong], "A", roster=ROSTER, policy=Policy())
    assert str(refused.value) == "unit 1: is cleared for a family, but not its alone [view-contradiction]"


def test_a_view_holds_no_way_back_to_the_minutes() -> None:
    def reached(value: object, seen: set[int]) -> list[object]:
        if id(value) in seen:
            return []
        seen.add(id(value))
        names = [f.name for f in dataclasses.fields(value)] if dataclasses.is_dataclass(value) else []
        below = [getattr(value, name) for name in names] + (list(value) if isinstance(value, tuple) else [])
        return [value, *(found for item in below for found in reached(item, seen))]

    kinds = {type(value) for value in reached(view(), set())}
    assert not kinds & {Document, Unit, Roster}
    words = " ".join(value for value in reached(view(), set()) if isinstance(value, str))
    assert "Chidi" not in words


def test_a_tag_is_a_web_annotation_without_the_neighbours_words() -> None:
    told = view().excerpts[2].tag.to_dict()
    kinds = [selector["type"] for selector in told["selector"]]
    assert kinds == ["TextPositionSelector", "TextQuoteSelector"]
    assert {"type", "exact"} == set(told["selector"][1])
    assert json.loads(json.dumps(told)) == told


def test_the_library_named_in_tags_is_this_one() -> None:
    project = (Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8")
    version = re.search(r'^version = "(.+)"$', project, re.M)
    assert version is not None and f"minutes_split {version[1]}" == LIBRARY


def test_every_refusal_is_of_the_one_tree() -> None:
    assert issubclass(ExcerptError, MinutesSplitError) and issubclass(ViewError, MinutesSplitError)


@pytest.mark.parametrize("key", [b"", b"short", b"x" * 15])
def test_a_reference_key_that_could_be_guessed_is_refused(key: bytes) -> None:
    """Kills: an empty key, under which references look keyed and are not."""
    with pytest.raises(PolicyError) as refused:
        Policy(reference_key=key)  # type: ignore[arg-type]  # pydantic makes it a secret
    assert refused.value.code == "policy-too-short"
    assert Policy(reference_key=key.ljust(16, b"y")).reference_key is not None  # type: ignore[arg-type]  # pydantic makes it a secret
