"""A paper is made of what a family may have, and a scan finds what somebody else's file still holds."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import docx
import docx.table
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_split import Document, Policy, Roster, Split, read, split
from minutes_split import redaction as module
from minutes_split.attribution import Unit
from minutes_split.document import Block, Cell
from minutes_split.docx_writer import Paragraph, docx_of
from minutes_split.errors import AuditError, Fault, MinutesSplitError, PolicyError, ReadError, ViewError
from minutes_split.redaction import (
    FOUND_BY_THE_LIBRARY,
    ProtectedKind,
    ReasonToWithhold,
    Redacted,
    RedactionError,
    RedactionPolicy,
    default_redaction_policy,
    redact,
    scan_file,
)
from minutes_split.scanning import Scan
from minutes_split.spans import Span
from minutes_split.testing import minutes, rosters
from minutes_split.traces import Traces
from tests.pdfs import sheet, text

ROOT = Path(__file__).parent.parent
ROSTER = Roster.load(
    {
        "families": [
            {
                "id": "A",
                "label": "Harper family",
                "addresses": ["14 Elm Grove, Thornwick"],
                "identifiers": ["LCS 4471203"],
                "people": [
                    {"name": "Kayleigh Harper", "role": "mother", "sex": "F"},
                    {"name": "Jayden Harper", "role": "child", "sex": "M"},
                ],
                "protected": [{"value": "3 Mill Lane, Otley", "kind": "address", "from": ["father-1"]}],
                "recipients": [{"id": "father-1", "role": "father"}, {"id": "mother-1", "role": "mother"}],
            },
            {
                "id": "B",
                "label": "Okafor family",
                "addresses": ["16 Elm Grove, Thornwick"],
                "identifiers": ["NHS 999 038 8547"],
                "people": [
                    {"name": "Ngozi Okafor", "role": "mother", "sex": "F"},
                    {"name": "Chidi Okafor", "aliases": ["Chid"], "role": "child", "sex": "M", "dob": "2011-09-03"},
                    {"name": "Will Okafor", "role": "child", "sex": "M"},
                ],
            },
        ],
        "professionals": [{"name": "Dr Priya Nair", "role": "community paediatrician"}],
    }
)
KEYED = Policy.model_validate_json('{"reference_key": "a key of the authority"}')
A, B, BOTH = frozenset("A"), frozenset("B"), frozenset("AB")
THEIRS = ("Chidi", "Ngozi", "Okafor", "knife", "pole")

Row = tuple[str, str, frozenset[str] | None, str | None]
"""Words with what stands behind them, status, parties, basis; "#" begins a heading."""

HIT = "Chidi hit Jayden with a pole. "
SEEN = "Chidi was seen with a knife. "
ROWS: tuple[Row, ...] = (
    ("#1. Harper family\n", "owned", A, "named"),
    ("Jayden is in Year 5. ", "owned", A, "named"),
    ("Jayden reads well. ", "owned", A, "named"),
    (HIT, "mixed", BOTH, None),
    ("Jayden was not badly hurt.\n", "owned", A, "named"),
    ("They moved to 3, Mill Ln last week.\n", "owned", A, "carried"),
    ("#2. Okafor family\n", "owned", B, "named"),
    (SEEN, "owned", B, "named"),
    ("Nobody there was able to say who had been at the shop.\n", "unresolved", None, None),
    ("#3. Harper family\n", "owned", A, "named"),
    ("He may be unwell.\n", "owned", A, "likely"),
    ("Kayleigh is working at the bakery.\n", "owned", A, "named"),
    ("It was agreed to meet on 3 March.\n", "nobody", frozenset(), None),
)


def told(
    *changes: tuple[str, str],
    policy: Policy | None = None,
    disclosed: str = "",
    document_id: str = "minutes-1",
    rows: Sequence[tuple[Any, ...]] = ROWS,
) -> Split:
    """A split of these rows with some words changed; the row that begins with `disclosed` is disclosed to A by a person."""
    text, units, blocks, headings, start = "", [], [], (), 0
    for number, (words, status, parties, basis) in enumerate(rows):
        for old, new in changes:
            words = words.replace(old, new)
        at, text = len(text), text + words.lstrip("#")
        to_a = bool(disclosed) and words.startswith(disclosed)
        own = parties if status == "owned" and basis != "likely" and parties else frozenset()
        units.append(
            Unit(
                number=number,
                span=Span(at, at + len(words.strip("# \n"))),
                key=f"key-{number}",
                block=len(blocks),
                status=status,  # type: ignore[arg-type]  # one of the words that the type allows
                parties=parties,
                strength="likely" if basis == "likely" else "certain" if own else None,
                basis="decided" if to_a else "carried" if basis == "likely" else basis,  # type: ignore[arg-type]  # one of the words that the type allows
                cleared_for=own | (A if to_a else frozenset()),
                headings=headings,
            )
        )
        if text.endswith("\n"):
            blocks.append(
                Block(Span(start, len(text) - 1), "heading" if words.startswith("#") else "paragraph", level=1)
            )
            start = len(text)
        if words.startswith("#"):
            headings = (number,)
    document = Document.from_text(text, document_id=document_id)
    return Split(document, ROSTER, policy or Policy(), tuple(units), tuple(blocks))


def by_python_docx(data: bytes) -> str:
    told_: list[str] = []
    for each in docx.Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(each, docx.table.Table):
            cells = {id(cell._tc): cell for row in each.rows for cell in row.cells}
            told_ += [paragraph.text for cell in cells.values() for paragraph in cell.paragraphs]
        else:
            told_.append(each.text)
    return without_empty_lines("\n".join(told_))


def without_empty_lines(text: str) -> str:
    """Empty cells and what parts two tables are empty paragraphs."""
    return "\n".join(line for line in text.split("\n") if line)


def by_hand(data: bytes) -> str:
    """Every character of every part, tags or not, and every name of a part."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "\n".join([*archive.namelist(), *(archive.read(name).decode() for name in archive.namelist())])


def by_elements(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        tree = ElementTree.fromstring(archive.read("word/document.xml"))
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    return "\n".join("".join(t.text or "" for t in p.iter(f"{word}t")) for p in tree.iter(f"{word}p"))


# --- the paper ----------------------------------------------------------------------------------


def test_the_paper_holds_what_the_family_may_have_and_a_marker_for_what_it_may_not() -> None:
    paper = redact(told(), "A", recipients=("father-1",))
    assert paper.text.split("\n") == [
        default_redaction_policy().notice,
        "1. Harper family",
        "Jayden is in Year 5. Jayden reads well. [withheld T02] Jayden was not badly hurt.",
        "[withheld W00]",
        "3. Harper family",
        "[withheld U01]",
        "Kayleigh is working at the bakery.",
        "[withheld N01]",
        "Key to the markers",
        "N01: about the running of the meeting",
        "T02: about you and about other people",
        "U01: not decided whom it is about",
        "W00: withheld",
    ]


def test_three_extractors_read_one_text_and_nothing_that_is_withheld() -> None:
    paper = redact(told(), "A", recipients=("father-1",))
    data = paper.to_docx()
    assert paper.text == by_python_docx(data) == by_elements(data) == read(data).text.rstrip("\n")
    for canary in (*THEIRS, "Mill", "Otley", 'A"', "father-1", "minutes-1"):
        assert canary not in by_hand(data).replace("Harper", ""), canary


def test_the_file_has_three_parts_no_properties_and_no_time() -> None:
    data = redact(told(), "A").to_docx()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == ["[Content_Types].xml", "_rels/.rels", "word/document.xml"]
        assert {(1980, 1, 1, 0, 0, 0)} == {entry.date_time for entry in archive.infolist()}
    properties = docx.Document(io.BytesIO(data)).core_properties if "docProps" in by_hand(data) else None
    assert properties is None
    assert data == redact(told(), "A").to_docx()


def test_a_heading_is_a_heading_in_the_file() -> None:
    kinds = {block.kind for block in read(redact(told(), "A").to_docx()).blocks}
    assert {"heading", "paragraph"} == kinds


def test_what_is_withheld_has_no_length_in_the_paper() -> None:
    changes = (SEEN, f"{SEEN}Ngozi rang at ten. Chidi is in Year 8 and was at school. "), (HIT, "No. ")
    assert redact(told(), "A").text == redact(told(*changes), "A").text


def test_all_markers_have_one_size() -> None:
    sizes = {len(module.marker(reason.code)) for reason in default_redaction_policy().reasons}
    assert len(sizes) == 1


def test_a_value_is_withheld_from_the_recipient_it_is_protected_from_and_from_no_other() -> None:
    assert "Mill Ln" not in redact(told(), "A", recipients=("father-1",)).text
    assert "Mill Ln" in redact(told(), "A", recipients=("mother-1",)).text


def test_a_protected_value_in_a_heading_about_nobody_is_a_marker() -> None:
    changed = [(w.replace("3. Harper family", "Visit to 3 Mill Lane"), *rest) for w, *rest in ROWS]
    rows = [(w, "nobody", frozenset(), None) if w.startswith("#Visit") else (w, *rest) for w, *rest in changed]
    assert "Visit to [withheld W00]" in redact(told(rows=rows), "A", recipients=("father-1",)).text.split("\n")


def test_the_schedule_names_every_unit_that_is_not_in_the_paper_and_what_may_be_cited() -> None:
    paper = redact(told(), "A", recipients=("father-1",))
    assert [(line.unit, line.marker, line.reason) for line in paper.schedule] == [
        (3, 1, "mixed"),
        (5, 2, "serious-harm"),
        (6, 2, "another-family"),
        (7, 2, "another-family"),
        (8, 2, "unresolved"),
        (10, 3, "unconfirmed"),
        (12, 4, "about-nobody"),
    ]
    assert "Sch. 3 para. 11" in paper.schedule[1].exemption
    assert {"marker", "unit", "start", "end", "reason", "code", "exemption"} == set(paper.to_records()[0])


def test_the_reason_for_a_protected_value_is_not_in_the_paper() -> None:
    paper = redact(told(), "A", recipients=("father-1",))
    assert not re.search(r"harm|source|Sch\.", paper.text)


def test_an_officer_withholds_more_and_never_less() -> None:
    paper = redact(told(), "A", withhold={"key-11": "legal-privilege"})
    assert "bakery" not in paper.text
    assert "bakery" in redact(told(), "A").text
    assert "legal-privilege" in {line.reason for line in paper.schedule}
    assert paper.text == redact(told(), "A", withhold={"key-11": "legal-privilege", "key-7": "crime"}).text


def test_what_is_about_nobody_is_shown_only_if_the_policy_says_so() -> None:
    shown = default_redaction_policy().model_copy(update={"shared": "shown"})
    assert "3 March" not in redact(told(), "A").text
    assert "3 March" in redact(told(), "A", policy=shown).text


def test_without_markers_the_paper_says_only_that_something_is_withheld() -> None:
    none = default_redaction_policy().model_copy(update={"markers": "none"})
    paper = redact(told(), "A", policy=none)
    assert (paper.markers, "[withheld" in paper.text) == (0, False)
    assert all(line.marker is None for line in paper.schedule)


def test_signs_that_nobody_sees_do_not_travel() -> None:
    paper = redact(told(("Jayden reads well.", "Jayden\u200b reads\u2060 well.")), "A")
    assert "Jayden reads well." in paper.text


# --- labels -------------------------------------------------------------------------------------

LABEL = re.compile(r"\[person [0-9A-Z]{6}\]")


def labels(paper: Redacted) -> list[str]:
    return LABEL.findall(paper.text)


TWICE = ("with a pole.", "and Chidi Okafor told Ngozi.")


def test_in_a_disclosed_passage_others_are_labels_and_one_person_is_one_label() -> None:
    paper = redact(told(TWICE, disclosed="Chidi hit", policy=KEYED), "A", recipients=("mother-1",))
    first, again, other = labels(paper)
    assert (first == again, first == other) == (True, False)
    assert f"{first} hit Jayden and {first} told {other}." in paper.text
    assert not any(name in by_hand(paper.to_docx()) for name in ("Chidi", "Okafor", "Ngozi"))
    assert [label.kind for label in paper.labelled] == ["name"] * 3
    # So that a paper made again after an upgrade has the labels of the first.
    assert labels(paper) == ["[person 9NKRYP]", "[person 9NKRYP]", "[person N30ESM]"]


def test_a_label_is_never_the_same_for_other_recipients_or_in_another_document() -> None:
    one = told(TWICE, disclosed="Chidi hit", policy=KEYED)
    seen = [labels(redact(one, "A", recipients=r))[0] for r in ((), ("mother-1",), ("mother-1", "father-1"))]
    seen.append(labels(redact(told(TWICE, disclosed="Chidi hit", policy=KEYED, document_id="minutes-2"), "A"))[0])
    assert len(set(seen)) == 4
    assert seen[0] == labels(redact(one, "A"))[0]
    assert seen[2] == labels(redact(one, "A", recipients=("father-1", "mother-1")))[0]


def test_without_a_key_labels_are_consistent_too_and_never_the_same_in_two_papers() -> None:
    split_ = told(TWICE, disclosed="Chidi hit")
    papers = [labels(redact(split_, "A", recipients=to)) for to in ((), ("father-1",), ("mother-1",))]
    assert all(first == again != other for first, again, other in papers)
    assert len({label for paper in papers for label in paper}) == 6


def test_without_a_key_a_label_says_nothing_of_the_person() -> None:
    one, other = (
        told((HIT, f"{name} hit Jayden with a pole. "), disclosed=f"{name} hit") for name in ("Chidi", "Ngozi")
    )
    assert labels(redact(one, "A")) == labels(redact(other, "A"))


def test_a_number_or_address_of_others_in_a_disclosed_passage_is_a_marker() -> None:
    change = ("with a pole.", "at 16 Elm Grove (NHS 999 038 8547, born 3rd September 2011).")
    paper = redact(told(change, disclosed="Chidi hit"), "A")
    assert "hit Jayden at [withheld T02] ([withheld T02], born [withheld T02])." in paper.text


def test_a_name_that_runs_over_two_units_is_still_a_label() -> None:
    paper = redact(
        told(("with a pole.", "beside Chidi"), ("Jayden was not", "Okafor. He was not"), disclosed="Chidi hit"), "A"
    )
    assert "Okafor" not in paper.text


# --- refusals -----------------------------------------------------------------------------------


def test_a_paper_that_still_holds_a_name_is_not_given_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def forgot(self: module._Making, unit: object, hits: object) -> str:
        return self.split.document.text[unit.span.start : unit.span.end]  # type: ignore[attr-defined,no-any-return]  # takes the place of a method, whose arguments are not looked at

    monkeypatch.setattr(module._Making, "_labelled", forgot)
    with pytest.raises(RedactionError) as refused:
        redact(told(TWICE, disclosed="Chidi hit"), "A")
    assert "paragraph 3: still holds what it should not (name) [redaction-not-clean]" in str(refused.value)
    assert not any(name in str(refused.value) for name in THEIRS)


def test_a_paper_that_holds_a_withheld_passage_is_not_given_out(monkeypatch: pytest.MonkeyPatch) -> None:
    put = module._Making._put

    def leaks(self: module._Making, words: str, unit: Unit) -> None:
        put(self, f"{words} Nobody there was able to say who had been at the shop.", unit)

    monkeypatch.setattr(module._Making, "_put", leaks)
    with pytest.raises(RedactionError, match="unit 9: is withheld, and stands in the paper"):
        redact(told(), "A")


REFUSALS: list[tuple[Callable[[], object], type[MinutesSplitError], str]] = [
    (lambda: redact(told(), "C"), ViewError, "family: is not a family of the roster [view-unknown-family]"),
    (
        lambda: redact(told(), "A", recipients=("nobody",)),
        ViewError,
        "recipients[0]: is not a recipient of this family in the roster [view-unknown-recipient]",
    ),
    (
        lambda: redact(told(), "A", withhold={"no-key": "crime"}),
        RedactionError,
        "withhold: holds a key that no unit of these minutes has [redaction-unit]",
    ),
    (
        lambda: redact(told(), "A", withhold={told().units[0].key: "because"}),
        RedactionError,
        "reason: is not one that the redaction policy knows [redaction-reason]",
    ),
    (lambda: RedactionPolicy.load("x = "), PolicyError, "$: is not TOML [redaction-toml]"),
    (
        lambda: RedactionPolicy.load('reasons = [{name = "mixed", code = "MIXED", told = "x", exemption = "x"}]'),
        PolicyError,
        "$.reasons[0].code: is not of the expected form [redaction-string-pattern-mismatch]",
    ),
    (
        lambda: scan_file(b"%PDF-1.7\n", ROSTER),
        ReadError,
        "file: is no PDF that can be opened; it may be cut short [pdf-damaged]",
    ),
    (
        lambda: scan_file(b"Chidi", ROSTER),
        ReadError,
        "file: is no Word document (.docx) and no PDF; nothing else can be taken apart [scan-format]",
    ),
    (
        lambda: bool(scan_file(docx_of([Paragraph("x")]), ROSTER)),
        AuditError,
        "scan: is no yes or no: read `.verdict`, `.traces` and `.unread` [scan-as-bool]",
    ),
]


WRONG: list[tuple[Callable[[], Any], str]] = [
    (lambda: redact("text", "A"), "split: should be a split, as `split(...)` makes it [redaction-split]"),
    (
        lambda: redact(told(), "A", recipients="father-1"),
        "recipients: should be a list of recipients, not one text [redaction-recipients]",
    ),
    (
        lambda: redact(told(), "A", recipients=7),
        "recipients: should be a list of recipients, not one text [redaction-recipients]",
    ),
    (
        lambda: redact(told(), "A", policy=Policy()),
        "policy: should be a redaction policy, as `RedactionPolicy.load` makes it [redaction-policy]",
    ),
    (
        lambda: redact(told(), "A", withhold=["key-1"]),
        "withhold: should give the name of a reason for each unit key [redaction-withhold]",
    ),
    (
        lambda: redact(told(), "A", withhold={"key-1": None}),
        "reason: is not one that the redaction policy knows [redaction-reason]",
    ),
    (lambda: RedactionPolicy.load(None), "$: is not TOML [redaction-toml]"),
    (lambda: RedactionPolicy.load(b"\xff"), "$: is not TOML [redaction-toml]"),
    (
        lambda: RedactionPolicy(reasons=()).reason("mixed"),
        "reason: is not one that the redaction policy knows [redaction-reason]",
    ),
    (
        lambda: RedactionPolicy(reasons=(), several="T1"),
        "$.several: is not of the expected form [redaction-string-pattern-mismatch]",
    ),
    (
        lambda: ReasonToWithhold(name="", code="T01", told="x", exemption="x"),
        "$.name: should not be empty [redaction-string-too-short]",
    ),
    (lambda: ProtectedKind(kind="address", reason=None), "$.reason: should be text [redaction-string-type]"),
    (lambda: scan_file("text", ROSTER), "data: should be the bytes of a file [scan-bytes]"),
    (lambda: scan_file(docx_of([]), {}), "roster: should be a roster, as `Roster.load` makes it [roster-type]"),
    (lambda: scan_file(docx_of([]), ROSTER, family="C"), "family: is not a family of the roster [view-unknown-family]"),
    (
        lambda: scan_file(b"PK\3\4 and no archive", ROSTER),
        "archive: its list of entries is missing or damaged; the file may be cut short [zip-damaged]",
    ),
    (
        lambda: scan_file(docx_of([])[:-40], ROSTER),
        "archive: its list of entries is missing or damaged; the file may be cut short [zip-damaged]",
    ),
    (
        lambda: RedactionPolicy.load(changed_policy('reason = "serious-harm"', 'reason = "no such reason"')),
        "$.kinds[0].reason: is not the name of a reason [redaction-reason]",
    ),
    (
        lambda: RedactionPolicy.load(changed_policy('name = "mixed"', 'name = "another-family"')),
        "2 faults\n"
        "  $.reasons[1].name: is the name of an earlier reason [redaction-twice]\n"
        "  $.reasons: there is no reason named mixed [redaction-missing]",
    ),
]
"""The wrong kind of value is what is tested, so that the types of the calls are not looked at."""


def changed_policy(old: str, new: str) -> str:
    """The policy that ships with the library, with its first `old` changed."""
    toml = (ROOT / "minutes_split" / "lexicon" / "redaction.toml").read_text(encoding="utf-8")
    assert old in toml
    return toml.replace(old, new, 1)


@pytest.mark.parametrize(("ask", "message"), WRONG, ids=range(len(WRONG)))
def test_what_is_of_the_wrong_kind_is_refused_by_an_error_of_ours(ask: Callable[[], Any], message: str) -> None:
    with pytest.raises(MinutesSplitError) as refused:
        ask()
    assert refused.value.__context__ is None
    assert message == str(refused.value)


@pytest.mark.parametrize(("act", "kind", "message"), REFUSALS)
def test_a_refusal_says_where_and_what_and_quotes_nothing(
    act: Callable[[], object], kind: type[MinutesSplitError], message: str
) -> None:
    with pytest.raises(kind) as refused:
        act()
    assert message == str(refused.value)


def test_a_policy_without_a_reason_that_the_library_needs_is_refused_with_all_of_them() -> None:
    with pytest.raises(PolicyError) as refused:
        RedactionPolicy.load("reasons = []")
    assert len(FOUND_BY_THE_LIBRARY) == len(refused.value.faults)


def test_every_fault_of_a_policy_has_its_code_and_its_place() -> None:
    told_ = default_redaction_policy().model_dump(mode="json")
    reasons = [*told_["reasons"], told_["reasons"][0]]
    lost = [reason for reason in reasons if reason["name"] != "stranger"]
    toml = "\n".join(
        [f"[[reasons]]\n{line(reason)}" for reason in lost] + ['[[kinds]]\nkind = "x"\nreason = "none that is known"']
    )
    with pytest.raises(PolicyError) as refused:
        RedactionPolicy.load(toml)
    assert [(fault.code, fault.where) for fault in refused.value.faults] == [
        ("redaction-twice", f"$.reasons[{len(lost) - 1}].name"),
        ("redaction-missing", "$.reasons"),
        ("redaction-reason", "$.kinds[0].reason"),
    ]


def line(reason: dict[str, str]) -> str:
    return "\n".join(f"{key} = {value!r}" for key, value in reason.items())


def test_the_default_policy_cites_the_schedules() -> None:
    told_ = {reason.name: reason.exemption for reason in default_redaction_policy().reasons}
    assert "Sch. 2 para. 16" in told_["third-party"]
    assert "Sch. 3 para. 11" in told_["serious-harm"]
    assert "source" in told_["protected-source"]


def test_the_digest_of_a_policy_changes_with_any_setting() -> None:
    policy = default_redaction_policy()
    assert policy.digest != policy.model_copy(update={"markers": "none"}).digest
    assert policy.digest == redact(told(), "A").policy_digest


def test_no_repr_holds_words_names_or_ids() -> None:
    paper = redact(told(TWICE, disclosed="Chidi hit"), "A", recipients=("father-1",))
    scan = scan_file(docx_of([Paragraph("Chidi Okafor was seen.")]), ROSTER)
    everything = [paper, *paper.schedule, *paper.labelled, *paper.residual, *paper.paragraphs, scan, *scan.traces]
    shown = " ".join(
        [repr(x) for x in everything] + [paper._repr_html_(), scan._repr_html_(), repr(default_redaction_policy())]
    )
    for word in (*THEIRS, "Jayden", "Harper", "bakery", "father-1"):
        assert word not in shown, word


def test_nothing_is_called_harmless() -> None:
    for name in ("redaction.py", "traces.py", "scanning/*.py", "docx_writer.py", "release.py", "dsse.py"):
        text = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "minutes_split").glob(name))
        assert text
        assert not re.search(r"\bsafe\b|is redacted|fully redacted|no risk", text)


def test_kin_roles_addresses_and_events_are_listed_for_a_person_those_in_disclosed_passages_marked() -> None:
    change = ("with a pole.", "and his brother saw the assault near 9 Oak Road.")
    paper = redact(told(change, disclosed="Chidi hit"), "A")
    seen = {(r.kind, r.span.within(paper.text)) for r in paper.residual if r.disclosed}
    assert {("kinship", "brother"), ("event", "the assault"), ("address", "9 Oak Road")} <= seen


POINTING: list[tuple[str, list[tuple[str, str]]]] = [
    ("his aunt saw it.", [("kinship", "aunt")]),
    ("the motherboard is broken.", []),
    ("a teacher was there.", [("role", "teacher")]),
    ("it was before the incident.", [("event", "the incident")]),
    ("he lives at 9a, Oak Tree Road now.", [("address", "9a, Oak Tree Road")]),
    ("it was at LS21 1AA.", [("address", "LS21 1AA")]),
]


@pytest.mark.parametrize(("words", "pointing"), POINTING, ids=[each[0] for each in POINTING])
def test_words_that_point_at_somebody_are_listed_by_their_kind(words: str, pointing: list[tuple[str, str]]) -> None:
    paper = redact(told(("Jayden reads well.", f"Jayden said {words}")), "A")
    start = paper.text.index("Jayden said")
    end = paper.text.index("[", start)
    listed = [r for r in paper.residual if start <= r.span.start < end]
    assert [(r.kind, r.span.within(paper.text)) for r in listed] == pointing
    assert not any(r.disclosed for r in listed)


def test_only_what_a_person_disclosed_about_others_is_marked_as_disclosed() -> None:
    shown = default_redaction_policy().model_copy(update={"shared": "shown"})
    changes = (
        ("with a pole.", "and his aunt."),
        ("Jayden reads", "His uncle reads"),
        ("It was agreed", "His nan agreed"),
    )
    paper = redact(told(*changes, disclosed="Chidi hit"), "A", policy=shown)
    found = {r.span.within(paper.text): r.disclosed for r in paper.residual}
    assert [found["aunt"], found["uncle"], found["nan"]] == [True, False, False]


def test_a_place_that_could_not_be_read_has_its_own_reason() -> None:
    plain = told()
    units = [replace(u, reasons=("unread-place",)) if u.number == 8 else u for u in plain.units]
    paper = redact(replace(plain, units=tuple(units)), "A")
    assert {line.unit: line.reason for line in paper.schedule}[8] == "unread-place"


def test_a_paper_of_nothing_is_the_notice_one_marker_and_its_key() -> None:
    """Kills: a marker that joins the notice."""
    paper = redact(told(rows=[(SEEN, *THEIR), ("He ran.\n", *THEIR)]), "A")
    assert paper.text.split("\n") == [
        default_redaction_policy().notice,
        "[withheld T01]",
        "Key to the markers",
        "T01: about other people",
    ]
    silent = default_redaction_policy().model_copy(update={"notice": ""})
    assert redact(told(rows=[(SEEN, *THEIR)]), "A", policy=silent).text.split("\n")[0] == "[withheld T01]"


def test_a_paper_of_everything_has_no_key_to_its_markers() -> None:
    paper = redact(told(rows=[AHEAD]), "A")
    assert (paper.text.split("\n"), paper.schedule) == (
        [default_redaction_policy().notice, "Jayden is in Year 5."],
        (),
    )


def test_words_in_a_disclosed_passage_that_begins_a_paragraph_are_marked() -> None:
    """Kills: a place at which the passage is looked for that cannot be the first."""
    rows: list[Row] = [AHEAD, ("Next door his uncle told Chidi. ", "mixed", BOTH, None), ("His aunt did.\n", *OURS)]
    paper = redact(told(rows=rows, disclosed="Next door"), "A")
    disclosed = {r.span.within(paper.text): r.disclosed for r in paper.residual}
    assert (disclosed["uncle"], disclosed["aunt"]) == (True, False)


def test_rows_of_a_paper_are_counted_without_a_gap() -> None:
    paper = redact(tabled([KAY, JAY], [NOT, NOR], [NOT], [JAY], [NOR], [KAY]), "A")
    assert [p.cell and (p.cell.row, p.cell.column) for p in paper.paragraphs if p.cell] == [
        (0, 0), (0, 1), (1, 0), (2, 0), (3, 0), (4, 0),
    ]  # fmt: skip


def test_a_heading_keeps_its_level_and_one_that_only_looks_like_it_has_the_first() -> None:
    plain = told()
    blocks = [replace(b, level=n) if b.kind == "heading" else b for n, b in enumerate(plain.blocks)]
    levels = {p.text: p.level for p in redact(replace(plain, blocks=tuple(blocks)), "A").paragraphs}
    assert (levels["1. Harper family"], levels["3. Harper family"]) == (1, 5)
    assert (levels["Kayleigh is working at the bakery."], levels["Key to the markers"]) == (0, 1)


def test_what_cannot_be_looked_at_in_the_finished_file_stops_it(monkeypatch: pytest.MonkeyPatch) -> None:
    unread = Scan((), (Fault("scan-picture", "part 1", "is a picture"),), 3)
    monkeypatch.setattr(module, "scan_file", lambda *_, **__: unread)
    with pytest.raises(RedactionError) as refused:
        redact(told(), "A")
    assert str(refused.value) == "part 1: holds something that cannot be looked at [redaction-unread]"


def test_a_paper_and_a_policy_show_counts() -> None:
    paper = redact(told(), "A")
    counts = "Redacted: 14 paragraphs, 4 markers, 0 labels, 4 places for a person to look at"
    assert (repr(paper), paper._repr_html_()) == (f"<{counts}>", f"<p>{counts}</p>")
    assert repr(default_redaction_policy()) == str(default_redaction_policy()) == "<RedactionPolicy: 16 reasons>"


# --- tables -------------------------------------------------------------------------------------

OURS, THEIR = ("owned", A, "named"), ("owned", B, "named")
Place = tuple[int, int, int, str]


def tabled(
    *rows: Sequence[tuple[str, tuple[Any, ...]]], before: Sequence[Row] = (), behind: Sequence[Row] = ()
) -> Split:
    """A split of a table with these cells, between rows of `ROWS`' kind."""
    inside = [(f"{words}\n", *how) for row in rows for words, how in row]
    made = told(rows=[*before, *inside, *behind])
    places = iter(Cell(3, r, c) for r, row in enumerate(rows, 5) for c, _ in enumerate(row))
    first, last = len(before), len(before) + len(inside)
    blocks = [replace(b, kind="cell", cell=next(places)) if first <= i < last else b for i, b in enumerate(made.blocks)]
    return replace(made, blocks=tuple(blocks))


def cells(split_: Split) -> list[Place]:
    """Table, row, column and words of each paragraph of a paper for A that stands in a table, as its file has them."""
    data = redact(split_, "A").to_docx()
    document = read(data)
    return [
        (block.cell.table, block.cell.row, block.cell.column, block.span.within(document.text))
        for block in document.blocks
        if block.cell is not None
    ]


AHEAD: Row = ("Jayden is in Year 5.\n", *OURS)
KAY, JAY = ("Kayleigh Harper", OURS), ("Jayden Harper", OURS)
NOT, NOR = ("Chidi Okafor", THEIR), ("Ngozi Okafor", THEIR)
TABLES: dict[str, tuple[Split, list[Place]]] = {
    "rows of ours": (
        tabled([KAY, JAY], [JAY, KAY]),
        [(0, 0, 0, KAY[0]), (0, 0, 1, JAY[0]), (0, 1, 0, JAY[0]), (0, 1, 1, KAY[0])],
    ),
    "a row of others between": (
        tabled([KAY, JAY], [NOT, NOR], [JAY]),
        [(0, 0, 0, KAY[0]), (0, 0, 1, JAY[0]), (0, 1, 0, "[withheld T01]"), (0, 2, 0, JAY[0])],
    ),
    "three rows of others between": (
        tabled([KAY, JAY], [NOT, NOR], [NOT, NOR], [NOR, NOT], [JAY]),
        [(0, 0, 0, KAY[0]), (0, 0, 1, JAY[0]), (0, 1, 0, "[withheld T01]"), (0, 2, 0, JAY[0])],
    ),
    "the end of a row and the beginning of the next": (
        tabled([KAY, NOT], [NOR, JAY]),
        [(0, 0, 0, KAY[0]), (0, 1, 0, "[withheld T01]"), (0, 2, 1, JAY[0])],
    ),
    "a cell inside a row": (
        tabled([KAY, NOT, JAY]),
        [(0, 0, 0, KAY[0]), (0, 0, 1, "[withheld T01]"), (0, 0, 2, JAY[0])],
    ),
    "two cells inside a row": (
        tabled([KAY, NOT, NOR, JAY]),
        [(0, 0, 0, KAY[0]), (0, 0, 1, "[withheld T01]"), (0, 0, 3, JAY[0])],
    ),
    "the same columns of the next row, with nothing between": (
        tabled([KAY, JAY], [KAY]),
        [(0, 0, 0, KAY[0]), (0, 0, 1, JAY[0]), (0, 1, 0, KAY[0])],
    ),
    "others before and behind": (tabled([NOT], [JAY], [NOR]), [(0, 0, 0, JAY[0])]),
    "others alone": (tabled([NOT], [NOR], before=[AHEAD]), []),
}


@pytest.mark.parametrize("case", TABLES)
def test_a_table_stays_a_table_and_what_is_withheld_in_it_is_one_marker(case: str) -> None:
    split_, expected = TABLES[case]
    assert expected == cells(split_)


def test_how_many_rows_are_withheld_does_not_show_in_the_file() -> None:
    papers = {
        redact(tabled([KAY, JAY], *[[NOT, NOR]] * rows, [JAY, KAY], *[[NOR]] * rows), "A").to_docx()
        for rows in (1, 2, 9)
    }
    assert len(papers) == 1


def test_two_tables_that_follow_each_other_stay_two_and_words_around_them_stay_outside() -> None:
    one = tabled([KAY], [JAY], before=[AHEAD], behind=[("Kayleigh agreed.\n", *OURS)])
    second = replace(one.blocks[-2], cell=Cell(4, 0, 0))
    two = replace(one, blocks=(*one.blocks[:-2], second, one.blocks[-1]))
    assert [(0, 0, 0, KAY[0]), (1, 0, 0, JAY[0])] == cells(two)
    file = docx.Document(io.BytesIO(redact(two, "A").to_docx()))
    assert (len(file.tables), [len(t.rows) for t in file.tables]) == (2, [1, 1])


def test_two_paragraphs_of_a_cell_stay_in_one_cell() -> None:
    one = tabled([KAY, JAY, KAY])
    same = replace(one.blocks[1], cell=one.blocks[0].cell)
    both = replace(one, blocks=(one.blocks[0], same, one.blocks[2]))
    assert cells(both) == [(0, 0, 0, KAY[0]), (0, 0, 0, JAY[0]), (0, 0, 2, KAY[0])]


def test_a_cell_over_several_columns_keeps_its_width() -> None:
    wide, one = Cell(0, 0, 0, columns=2), Cell(0, 1, 1)
    data = docx_of([Paragraph("over both", cell=wide), Paragraph("right", cell=one), Paragraph("more", cell=one)])
    told_ = read(data)
    assert [(b.cell.row, b.cell.column, b.cell.columns) for b in told_.blocks if b.cell] == [
        (0, 0, 2),
        (1, 1, 1),
        (1, 1, 1),
    ]
    assert by_python_docx(data) == "over both\nright\nmore"


# --- laws ---------------------------------------------------------------------------------------


@given(st.data())
def test_no_paper_of_any_family_names_anybody_of_another_by_two_extractors(data: st.DataObject) -> None:
    roster = data.draw(rosters())
    minutes_ = split(data.draw(minutes(roster)).text, roster)
    for family in roster.families:
        paper = redact(minutes_, family.id)
        mine = {word for person in family.people for word in person.name.split()}
        told_ = by_hand(paper.to_docx()) + by_python_docx(paper.to_docx())
        for other in roster.families:
            for word in {w for p in other.people for w in p.name.split()} - mine if other.id != family.id else ():
                assert word not in told_


@given(st.data())
def test_every_passage_of_a_paper_stands_in_the_view(data: st.DataObject) -> None:
    roster = data.draw(rosters())
    minutes_ = split(data.draw(minutes(roster)).text, roster)
    family = roster.ids[0]
    view, paper = minutes_.view(family), redact(minutes_, family)
    own = " ".join([*(e.text for e in view.excerpts), *(h for e in view.excerpts for h in e.heading)])
    own = " ".join(own.split())
    body = [p.text for p in paper.paragraphs[1:]]
    body = body[: body.index("Key to the markers")] if "Key to the markers" in body else body
    for paragraph in body:
        for passage in re.split(r"\s*\[withheld ...\]\s*", paragraph):
            for sentence in re.split(r"(?<=[.!?])\s+", passage):
                assert sentence in own


# --- hiding places ------------------------------------------------------------------------------

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CANARY = "Chidi Okafor"


def package(
    body: str = "",
    *,
    parts: dict[str, str | bytes] | None = None,
    rels: dict[str, str] | None = None,
    root_rels: dict[str, str] | None = None,
    comment: bytes = b"",
) -> bytes:
    """A Word file with this body and these parts more; `rels` are targets by kind, from the main part."""
    head = f'<w:document xmlns:w="{W}" xmlns:r="{REL}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    head += ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    head += ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:odd="urn:odd"><w:body>'
    content: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": arrows({"officeDocument": "word/document.xml", **(root_rels or {})}),
        "word/document.xml": f"{head}<w:p><w:r><w:t>Jayden is in Year 5.</w:t></w:r></w:p>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": arrows(rels or {}),
        **(parts or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, told_ in content.items():
            archive.writestr(name, told_)
        archive.comment = comment
    return out.getvalue()


def arrows(targets: dict[str, str]) -> str:
    each = "".join(
        f'<Relationship Id="r{i}" Type="{REL}/{kind}" Target="{target}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if ':' in target else ''}/>"
        for i, (kind, target) in enumerate(targets.items(), 1)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{each}</Relationships>'


def para(words: str = CANARY, properties: str = "", tag: str = "w:t") -> str:
    return f"<w:p><w:r><w:rPr>{properties}</w:rPr><{tag}>{words}</{tag}></w:r></w:p>"


def part(root: str, inner: str) -> str:
    return f'<w:{root} xmlns:w="{W}">{inner}</w:{root}>'


def between_entries(data: bytes, hidden: bytes) -> bytes:
    """The same archive, with bytes before its list of entries that no entry holds."""
    end = data.rindex(b"PK\5\6")
    start = int.from_bytes(data[end + 16 : end + 20], "little")
    moved = (start + len(hidden)).to_bytes(4, "little")
    return data[:start] + hidden + data[start : end + 16] + moved + data[end + 20 :]


STYLES = part(
    "styles",
    '<w:style w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:styleId="Shy"><w:basedOn w:val="Base"/></w:style>'
    '<w:style w:styleId="Pale"><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>',
)
INNER = package(para())
HIDING: dict[str, tuple[bytes, str]] = {
    "plain sight": (package(para()), "visible"),
    "table cell": (package(f"<w:tbl><w:tr><w:tc>{para()}</w:tc></w:tr></w:tbl>"), "visible"),
    "a name over three runs": (
        package("<w:p><w:r><w:t>Chi</w:t></w:r><w:r><w:t>di Oka</w:t></w:r><w:r><w:t>for</w:t></w:r></w:p>"),
        "split-runs",
    ),
    "a name over two runs with a deletion between": (
        package(
            "<w:p><w:r><w:t>Chi</w:t></w:r><w:del><w:r><w:delText>xx</w:delText></w:r></w:del><w:r><w:t>di</w:t></w:r></w:p>"
        ),
        "split-runs",
    ),
    "a name with invisible signs": (package(para("Chi\u200bdi O\u00adkafor")), "visible"),
    "look-alike letters": (package(para("Chіdі Okаfor")), "visible"),
    "tracked insertion": (package(f"<w:p><w:ins><w:r><w:t>{CANARY}</w:t></w:r></w:ins></w:p>"), "inserted"),
    "tracked deletion": (package(f"<w:p><w:del><w:r><w:delText>{CANARY}</w:delText></w:r></w:del></w:p>"), "deleted"),
    "moved away": (package(f"<w:p><w:moveFrom><w:r><w:t>{CANARY}</w:t></w:r></w:moveFrom></w:p>"), "deleted"),
    "author of a change": (
        package(f'<w:p><w:ins w:author="{CANARY}"><w:r><w:t>x</w:t></w:r></w:ins></w:p>'),
        "author",
    ),
    "hidden run": (package(para(properties="<w:vanish/>")), "hidden-text"),
    "hidden by a style's parent": (
        package(
            para(properties='<w:rStyle w:val="Shy"/>'), parts={"word/styles.xml": STYLES}, rels={"styles": "styles.xml"}
        ),
        "hidden-text",
    ),
    "white text": (package(para(properties='<w:color w:val="FFFFFF"/>')), "white-text"),
    "nearly white text": (package(para(properties='<w:color w:val="F7F7F7"/>')), "white-text"),
    "white by a paragraph's style": (
        package(
            f'<w:p><w:pPr><w:pStyle w:val="Pale"/></w:pPr><w:r><w:t>{CANARY}</w:t></w:r></w:p>',
            parts={"word/styles.xml": STYLES},
            rels={"styles": "styles.xml"},
        ),
        "white-text",
    ),
    "white by the theme": (package(para(properties='<w:color w:themeColor="background1"/>')), "white-text"),
    "one point": (package(para(properties='<w:sz w:val="2"/>')), "tiny-text"),
    "black bar by highlighting": (package(para(properties='<w:highlight w:val="black"/>')), "covered-text"),
    "black bar by shading": (package(para(properties='<w:shd w:fill="000000"/>')), "covered-text"),
    "comment": (
        package(
            parts={"word/comments.xml": part("comments", f'<w:comment w:id="1">{para()}</w:comment>')},
            rels={"comments": "comments.xml"},
        ),
        "comment",
    ),
    "author of a comment": (
        package(
            parts={
                "word/comments.xml": part(
                    "comments", f'<w:comment w:id="1" w:author="{CANARY}">{para("x")}</w:comment>'
                )
            },
            rels={"comments": "comments.xml"},
        ),
        "author",
    ),
    "list of people": (
        package(
            parts={
                "word/people.xml": f'<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
                f'<w15:person w15:author="{CANARY}"/></w15:people>'
            },
            rels={"people": "people.xml"},
        ),
        "author",
    ),
    "footnote": (
        package(
            parts={"word/footnotes.xml": part("footnotes", f'<w:footnote w:id="2">{para()}</w:footnote>')},
            rels={"footnotes": "footnotes.xml"},
        ),
        "note",
    ),
    "header": (
        package(parts={"word/header1.xml": part("hdr", para())}, rels={"header": "header1.xml"}),
        "header-or-footer",
    ),
    "text box": (
        package(f"<w:p><w:r><w:pict><w:txbxContent>{para()}</w:txbxContent></w:pict></w:r></w:p>"),
        "text-box",
    ),
    "fallback for old programs": (
        package(
            f"<w:p><w:r><mc:AlternateContent><mc:Fallback><w:t>{CANARY}</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        ),
        "fallback",
    ),
    "instruction of a field": (package(para(f'HYPERLINK "{CANARY}"', tag="w:instrText")), "field-instruction"),
    "instruction of a simple field": (
        package(f'<w:p><w:fldSimple w:instr="AUTHOR {CANARY}"/></w:p>'),
        "field-instruction",
    ),
    "alternative text": (
        package(f'<w:p><w:r><w:drawing><wp:docPr id="1" descr="Photo of {CANARY}"/></w:drawing></w:r></w:p>'),
        "alt-text",
    ),
    "name of a picture": (
        package('<w:p><w:r><w:drawing><wp:docPr id="1" name="ChidiOkafor.png"/></w:drawing></w:r></w:p>'),
        "alt-text",
    ),
    "bookmark": (package('<w:p><w:bookmarkStart w:id="1" w:name="_chidi_okafor"/></w:p>'), "bookmark"),
    "address of a link": (package(rels={"hyperlink": "mailto:chidi%2Eokafor@example.org"}), "link"),
    "tag of a content control": (package(f'<w:sdt><w:sdtPr><w:tag w:val="{CANARY}"/></w:sdtPr></w:sdt>'), "property"),
    "variable of the document": (
        package(
            parts={"word/settings.xml": part("settings", f'<w:docVar w:name="x" w:val="{CANARY}"/>')},
            rels={"settings": "settings.xml"},
        ),
        "property",
    ),
    "properties": (
        package(
            parts={"docProps/core.xml": f'<c:p xmlns:c="urn:c"><c:creator>{CANARY}</c:creator></c:p>'},
            root_rels={"core-properties": "docProps/core.xml"},
        ),
        "metadata",
    ),
    "custom property": (
        package(
            parts={
                "docProps/custom.xml": f'<c:p xmlns:c="urn:c"><c:property name="Child"><c:v>{CANARY}</c:v></c:property></c:p>'
            },
            root_rels={"custom-properties": "docProps/custom.xml"},
        ),
        "metadata",
    ),
    "custom XML": (
        package(
            parts={"customXml/item1.xml": f"<case><child>{CANARY}</child></case>"},
            rels={"customXml": "../customXml/item1.xml"},
        ),
        "custom-xml",
    ),
    "chart": (
        package(
            parts={"word/charts/chart1.xml": f'<c:chart xmlns:c="urn:c"><c:v>{CANARY}</c:v></c:chart>'},
            rels={"chart": "charts/chart1.xml"},
        ),
        "drawing",
    ),
    "building block": (
        package(
            parts={"word/glossary/document.xml": part("glossaryDocument", para())},
            rels={"glossaryDocument": "glossary/document.xml"},
        ),
        "building-block",
    ),
    "Word file inside the file": (
        package(parts={"word/embeddings/a.docx": INNER}, rels={"package": "embeddings/a.docx"}),
        "embedded-file",
    ),
    "object inside the file": (
        package(
            parts={"word/embeddings/a.bin": b"\xd0\xcf\x11\xe0" + CANARY.encode("utf-16-le")},
            rels={"oleObject": "embeddings/a.bin"},
        ),
        "embedded-file",
    ),
    "PDF inside the file": (
        package(parts={"word/embeddings/a.pdf": sheet(text(before=b"3 Tr"))}, rels={"package": "embeddings/a.pdf"}),
        "embedded-file",
    ),
    "plain text inside the file": (
        package(parts={"word/a.txt": CANARY}, rels={"aFChunk": "a.txt"}),
        "embedded-file",
    ),
    "old text inside the file": (
        package(parts={"word/a.rtf": b"{\\rtf1 Chidi Okafor}"}, rels={"aFChunk": "a.rtf"}),
        "embedded-file",
    ),
    "words in a picture's file": (
        package(
            parts={"word/media/a.png": b"\x89PNG\r\n\x1a\n\0tEXtAuthor\0Chidi Okafor\0"}, rels={"image": "media/a.png"}
        ),
        "picture",
    ),
    "words in sixteen bits in a picture's file": (
        package(
            parts={"word/media/a.jpg": b"\xff\xd8\xff\xe1" + CANARY.encode("utf-16-le")}, rels={"image": "media/a.jpg"}
        ),
        "picture",
    ),
    "name of a part": (
        package(parts={"word/media/Chidi_Okafor.xml": "<x/>"}, rels={"customXml": "media/Chidi_Okafor.xml"}),
        "part-name",
    ),
    "a part that nothing points to": (package(parts={"word/header9.xml": part("hdr", para())}), "unreached-part"),
    "comment of XML": (package(f"<!-- {CANARY} -->"), "xml-comment"),
    "instruction of XML": (package(f"<?note {CANARY}?>"), "xml-comment"),
    "element that nobody knows": (package(f"<odd:x>{CANARY}</odd:x>"), "raw"),
    "attribute that nobody knows": (package(f'<w:p odd:x="{CANARY}"/>'), "attribute"),
    "comment of the archive": (package(comment=CANARY.encode()), "archive"),
    "between the entries of the archive": (between_entries(package(), CANARY.encode()), "archive"),
    "a part in sixteen bits": (
        package(
            parts={"customXml/item1.xml": f'<?xml version="1.0" encoding="UTF-16"?><c>{CANARY}</c>'.encode("utf-16")},
            rels={"customXml": "../customXml/item1.xml"},
        ),
        "custom-xml",
    ),
}


LOOKS = [
    ("hidden, and switched off", '<w:vanish w:val="0"/>', {"visible"}),
    ("hidden, and switched off in a word", '<w:webHidden w:val="OFF"/>', {"visible"}),
    ("hidden, in a word", '<w:specVanish w:val="true"/>', {"hidden-text"}),
    ("red", '<w:color w:val="FF0000"/>', {"visible"}),
    ("just pale enough", '<w:color w:val="E6E6E6"/>', {"white-text"}),
    ("not quite pale enough", '<w:color w:val="E5FFFF"/>', {"visible"}),
    ("no colour", '<w:color w:val="auto"/>', {"visible"}),
    ("the colour of its ground", '<w:color w:val="00FF00"/><w:shd w:fill="00FF00"/>', {"covered-text"}),
    ("just dark enough", '<w:shd w:fill="333333"/>', {"covered-text"}),
    ("not quite dark enough", '<w:shd w:fill="340000"/>', {"visible"}),
    ("a ground without a colour", '<w:shd w:fill="auto"/>', {"visible"}),
    ("a dark blue bar", '<w:highlight w:val="darkBlue"/>', {"covered-text"}),
    ("marked yellow", '<w:highlight w:val="yellow"/>', {"visible"}),
    ("three points", '<w:sz w:val="6"/>', {"tiny-text"}),
    ("three and a half points", '<w:sz w:val="7"/>', {"visible"}),
    ("white by another theme", '<w:color w:themeColor="LIGHT1"/>', {"white-text"}),
    ("the theme of the text", '<w:color w:themeColor="text1"/>', {"visible"}),
]


@pytest.mark.parametrize(("properties", "hidings"), [each[1:] for each in LOOKS], ids=[each[0] for each in LOOKS])
def test_a_run_is_called_by_what_keeps_it_from_being_seen(properties: str, hidings: set[str]) -> None:
    scan = scan_file(package(para(properties=properties)), ROSTER, family="A")
    assert {trace.hiding for trace in scan.traces} == hidings
    assert {trace.part for trace in scan.traces} == {"word/document.xml"}
    assert {trace.paragraph for trace in scan.traces} == {2}


@pytest.mark.parametrize(
    "between",
    [
        "<w:del><w:r><w:delText>xx</w:delText></w:r></w:del>",
        "<w:r><w:instrText>PAGE</w:instrText></w:r>",
        "<w:r><mc:AlternateContent><mc:Fallback><w:t>xx</w:t></mc:Fallback></mc:AlternateContent></w:r>",
    ],
)
def test_a_name_around_something_that_is_not_on_the_page_is_found(between: str) -> None:
    body = f"<w:p><w:r><w:t>Chidi Oka</w:t></w:r>{between}<w:r><w:t>for</w:t></w:r></w:p>"
    scan = scan_file(package(body), ROSTER, family="A")
    assert {trace.hiding for trace in scan.traces} >= {"split-runs"}


def nested(depth: int) -> bytes:
    """A file in so many files."""
    data = package(para())
    for _ in range(depth):
        data = package(parts={"word/embeddings/a.docx": data}, rels={"package": "embeddings/a.docx"})
    return data


def test_a_file_is_looked_into_two_deep_and_what_lies_deeper_is_listed() -> None:
    assert [scan_file(nested(n), ROSTER, family="A").verdict for n in range(4)] == ["found"] * 3 + ["cannot_say"]
    (deep,) = scan_file(nested(3), ROSTER, family="A").unread
    assert str(deep) == "part 5 / part 5 / part 5: is a file inside files, too deep to look into [scan-depth]"


MATHS = "http://schemas.openxmlformats.org/officeDocument/2006/math"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


def hidings(data: bytes) -> set[str]:
    return {trace.hiding for trace in scan_file(data, ROSTER, family="A").traces}


@pytest.mark.parametrize(
    ("sign", "inside"), [("tab", "raw"), ("br", "raw"), ("cr", "raw"), ("ptab", "raw"), ("noBreakHyphen", "visible")]
)
def test_a_blank_parts_two_words_and_a_hyphen_does_not(sign: str, inside: str) -> None:
    def body(first: str, second: str) -> bytes:
        return package(f"<w:p><w:r><w:t>{first}</w:t><w:{sign}/><w:t>{second}</w:t></w:r></w:p>")

    assert hidings(body("Chidi", "Okafor")) == {"visible"}
    assert hidings(body("Oka", "for")) == {inside}


@pytest.mark.parametrize(
    ("tag", "hiding"),
    [
        ("w:t", "visible"),
        ("m:t", "visible"),
        ("a:t", "visible"),
        ("w:delText", "deleted"),
        ("w:delInstrText", "deleted"),
        ("w:x", "raw"),
    ],
)
def test_the_letters_of_a_run_are_called_by_their_element(tag: str, hiding: str) -> None:
    assert hidings(package(f'<w:p xmlns:m="{MATHS}" xmlns:a="{DRAWING}"><w:r><{tag}>Chidi</{tag}></w:r></w:p>')) == {
        hiding
    }


@pytest.mark.parametrize(
    ("change", "hiding"), [("del", "deleted"), ("moveFrom", "deleted"), ("ins", "inserted"), ("moveTo", "inserted")]
)
def test_plain_letters_inside_a_change_are_called_by_the_change(change: str, hiding: str) -> None:
    assert hidings(package(f"<w:p><w:{change}><w:r><w:t>Chidi</w:t></w:r></w:{change}></w:p>")) == {hiding}


ATTRIBUTES = [
    ("author", "author"), ("initials", "author"), ("userId", "author"), ("providerId", "author"), ("Target", "link"), ("href", "link"),
    ("tooltip", "link"), ("anchor", "link"), ("instr", "field-instruction"), ("val", "property"), ("descr", "alt-text"),
    ("alt", "alt-text"), ("title", "alt-text"), ("name", "attribute"), ("other", "attribute"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "hiding"), ATTRIBUTES)
def test_an_attribute_is_called_by_what_it_is_for(name: str, hiding: str) -> None:
    assert hidings(package(f'<w:p><w:x w:{name}="{CANARY}"/></w:p>')) == {hiding}
    assert hidings(package(f'<w:p><w:bookmarkStart w:x="{CANARY}"/></w:p>')) == {"bookmark"}
    for tag in ("docPr", "cNvPr"):
        assert hidings(package(f'<w:p><wp:{tag} name="{CANARY}"/></w:p>')) == {"alt-text"}
    assert hidings(package('<w:p w:rsidR="Chidi"/>')) == set()


PARTS = [
    ("docProps/x.xml", "metadata"), ("customXml/x.xml", "custom-xml"), ("word/people9.xml", "author"), ("word/comments9.xml", "author"),
    ("word/charts/x.xml", "drawing"), ("word/diagrams/x.xml", "drawing"), ("word/drawings/x.xml", "drawing"),
    ("word/media/x.xml", "drawing"), ("word/x.xml", "settings"), ("word/_rels/x.xml.rels", "link"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "hiding"), PARTS)
def test_a_part_without_paragraphs_is_called_by_its_folder(name: str, hiding: str) -> None:
    target = name.removeprefix("word/") if name.startswith("word/") else f"../{name}"
    assert hidings(package(parts={name: "<x><y>Chidi</y></x>"}, rels={"x": target})) == {hiding}
    (trace,) = scan_file(package(parts={name: "<x><y>Chidi</y></x>"}, rels={"x": target}), ROSTER, family="A").traces
    assert (trace.part, trace.paragraph) == ("part 5", None)


STORIES = [
    ("ftr", "footer", "header-or-footer"), ("hdr", "header", "header-or-footer"), ("footnotes", "footnotes", "note"),
    ("endnotes", "endnotes", "note"), ("comments", "comments", "comment"), ("glossaryDocument", "glossary", "building-block"),
]  # fmt: skip


@pytest.mark.parametrize(("root", "kind", "hiding"), STORIES)
def test_paragraphs_of_another_part_are_called_by_the_part(root: str, kind: str, hiding: str) -> None:
    assert hidings(package(parts={"word/x.xml": part(root, para())}, rels={kind: "x.xml"})) == {hiding}


@pytest.mark.parametrize(
    "ending", ["png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "emf", "wmf", "webp", "heic", "ico"]
)
def test_a_picture_is_known_by_its_ending(ending: str) -> None:
    data = package(parts={f"word/media/a.{ending}": b"\x89 " + CANARY.encode()}, rels={"image": f"media/a.{ending}"})
    scan = scan_file(data, ROSTER, family="A")
    assert ([fault.code for fault in scan.unread], {t.hiding for t in scan.traces}) == (["scan-picture"], {"picture"})


def test_what_an_archive_says_of_itself_is_told_as_the_archives() -> None:
    traces = scan_file(package(comment=CANARY.encode()), ROSTER, family="A").traces
    assert {(trace.hiding, trace.part) for trace in traces} == {("archive", "archive")}


@pytest.mark.parametrize("written", ["Chidi&apos;s &amp; &lt; &gt; &quot;", "&#67;hi&#x64;i", "&#x43;hi&#100;i"])
def test_letters_that_are_written_as_numbers_are_letters(written: str) -> None:
    assert hidings(package(f"<odd:x>{written}</odd:x>")) == {"raw"}


UNREAD: dict[str, tuple[dict[str, str | bytes], list[str]]] = {
    "XML that is not well formed": (
        {"word/odd.xml": f"<a>{CANARY}</b>"},
        [
            "part 5: is no well-formed XML; its bytes were looked at [scan-xml]",
            "part 5: is no XML; only its bare bytes were looked at [scan-binary]",
        ],
    ),
    "a file that only begins like one": (
        {"word/a.docx": b"PK\3\4 " + CANARY.encode()},
        ["part 5: is a file inside the file and cannot be taken apart [scan-inner]"],
    ),
    "an object": (
        {"word/a.bin": b"\xd0\xcf " + CANARY.encode()},
        ["part 5: is no XML; only its bare bytes were looked at [scan-binary]"],
    ),
    "a picture": (
        {"word/a.PNG": b"\x89PNG " + CANARY.encode()},
        ["part 5: is a picture; what it shows is not read [scan-picture]"],
    ),
    "text that a program made": (
        {"word/a.txt": b"\0" + CANARY.encode()},
        ["part 5: is no XML; only its bare bytes were looked at [scan-binary]"],
    ),
    "plain text": ({"word/a.csv": CANARY}, []),
}


@pytest.mark.parametrize("case", UNREAD)
def test_what_cannot_be_taken_apart_is_listed_by_its_number_and_its_bytes_are_looked_at(case: str) -> None:
    parts, faults = UNREAD[case]
    scan = scan_file(package(parts=parts), ROSTER, family="A")
    assert [str(fault) for fault in scan.unread] == faults
    assert "part 5" in {trace.part for trace in scan.traces}
    assert repr(scan) == f"<Scan: found; {len(scan.traces)} traces, {len(faults)} unread, 5 parts>"
    assert scan._repr_html_() == f"<p>{repr(scan)[1:-1]}</p>"


def test_an_ordinary_word_that_is_a_name_is_found_in_xml_that_is_no_story() -> None:
    parts: dict[str, str | bytes] = {"customXml/item1.xml": "<case><note>He told Will that it was late.</note></case>"}
    scan = scan_file(package(parts=parts, rels={"customXml": "../customXml/item1.xml"}), ROSTER, family="A")
    assert {trace.hiding for trace in scan.traces} == {"custom-xml"}


def test_an_archive_in_which_the_mark_of_a_pdf_stands_is_an_archive() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", f"%PDF-1.7 {CANARY}")
    scan = scan_file(out.getvalue(), ROSTER, family="A")
    assert (scan.verdict, scan.parts) == ("found", 1)


@pytest.mark.parametrize("which", [1, 2])
def test_a_name_that_is_a_word_is_found_as_a_word_where_it_is_protected(which: int) -> None:
    """By the family of the person of that name, and by one that comes before or behind it."""
    told_ = ROSTER.model_dump(mode="json", by_alias=True)
    told_["families"].append({"id": "C", "people": [{"name": "Will Ferris"}, {"name": "Tamsin Ferris"}]})
    told_["families"][which]["protected"] = [{"value": "Will", "kind": "other", "from": []}]
    scan = scan_file(package(para("I will.")), Roster.load(told_), family="A")
    assert [trace.kind for trace in scan.traces] == ["protected-value"]
    assert scan_file(package(para("I will.")), ROSTER, family="A").traces == ()


@pytest.mark.parametrize("place", HIDING)
def test_a_name_is_found_wherever_it_hides(place: str) -> None:
    data, hiding = HIDING[place]
    scan = scan_file(data, ROSTER, family="A")
    assert scan.verdict == "found"
    assert hiding in {trace.hiding for trace in scan.traces if trace.kind == "name"}


@pytest.mark.parametrize("place", HIDING)
def test_a_protected_value_is_found_wherever_it_hides(place: str) -> None:
    data, _ = HIDING[place]
    roster = Roster.load(
        {
            "families": [
                {"id": "A", "people": [{"name": "J"}], "protected": [{"value": CANARY, "kind": "other", "from": ["r"]}]}
            ]
        }
    )
    expected = "nothing_found" if place == "a name over two runs with a deletion between" else "found"
    assert expected == scan_file(data, roster, family="A", recipients=("r",)).verdict
    assert scan_file(data, roster, family="A").verdict != "found"


WRITINGS = {
    "identifier": ("NHS 999 038 8547", "nhs 9990388547", "999-038-8547"),
    "date-of-birth": ("3.9.2011", "03/09/11", "3rd September 2011", "2011-09-03", "3 Sept 2011", "September 3, 2011"),
    "address": ("16 Elm Grove", "16, ELM GR."),
    "name": ("Okafor, Chidi", "CHIDI", "Chid", "Ngozi's", "Ngozi-Okafor", "Will's", "told Will that"),
}


@pytest.mark.parametrize(("kind", "words"), [(kind, w) for kind, each in WRITINGS.items() for w in each])
def test_a_value_is_known_in_every_writing(kind: str, words: str) -> None:
    scan = scan_file(package(para(f"Seen: {words}.")), ROSTER, family="A")
    assert kind in {trace.kind for trace in scan.traces}


@pytest.mark.parametrize(
    "words",
    [
        "Jayden Harper and Kayleigh",
        "LCS 4471203",
        "14 Elm Grove",
        "Will this be enough? They will.",
        "Dr Priya Nair",
        "160 Elm Grove",
    ],
)
def test_the_familys_own_professionals_and_ordinary_words_are_not_found(words: str) -> None:
    scan = scan_file(package(para(words)), ROSTER, family="A", recipients=("mother-1",))
    assert (scan.traces, scan.verdict) == ((), "nothing_found")


def test_a_name_shared_with_the_family_or_a_professional_counts_only_in_full() -> None:
    told_ = ROSTER.model_dump(mode="json", by_alias=True)
    told_["families"][1]["people"] += [{"name": "Tomasz Harper"}, {"name": "Priya Okafor"}]
    roster = Roster.load(told_)
    for words, verdict in (
        ("Harper", "nothing_found"),
        ("Tomasz Harper", "found"),
        ("Priya", "nothing_found"),
        ("Priya Okafor", "found"),
    ):
        assert verdict == scan_file(package(para(f"It was {words}.")), roster, family="A").verdict, words


def test_without_a_family_everybody_is_looked_for() -> None:
    assert {"name"} == {t.kind for t in scan_file(package(para("Jayden")), ROSTER).traces}


def test_the_register_is_looked_for_by_full_names_and_numbers_and_not_by_single_words() -> None:
    more = {"id": "R", "people": [{"name": "Tamsin Quill"}], "identifiers": ["LCS 5550001"]}
    roster = Roster.load({"families": [{"id": "A", "people": [{"name": "Jayden Harper"}]}], "register": [more]})
    for words, verdict in (("Tamsin Quill", "found"), ("LCS 5550001", "found"), ("Tamsin", "nothing_found")):
        assert verdict == scan_file(package(para(words)), roster, family="A").verdict


def test_of_an_identifier_six_digits_are_looked_for_without_their_letters_and_five_are_not() -> None:
    more = {"id": "B", "people": [{"name": "Tamsin"}], "identifiers": ["LCS 123456", "LCS 98765", "AB12"]}
    traces = Traces.of(Roster.load({"families": [{"id": "A", "people": [{"name": "Jayden"}]}, more]}), family="A")
    assert [hit.value for hit in traces.places("123456, 98765, LCS-98765, 12, AB 12")] == ["123456", "lcs98765", "ab12"]


REGISTERED = [
    ("Tamsin Jane Quill", "found"), ("Tamsin Quill", "found"), ("Quill Tamsin", "found"), ("Quill, Tamsin", "found"),
    ("Tamsin Jane", "nothing_found"), ("Jane Quill", "nothing_found"), ("Mrs Quill", "nothing_found"), ("Orla", "nothing_found"),
    ("Orla Mrs", "nothing_found"), ("Mrs Dervla Nunn", "found"), ("Dervla Nunn", "found"), ("Nunn Dervla", "found"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "verdict"), REGISTERED)
def test_of_the_register_first_and_last_name_together_are_looked_for(words: str, verdict: str) -> None:
    people = [{"name": "Tamsin Jane Quill"}, {"name": "Mrs Dervla Nunn"}, {"name": "Orla"}, {"name": "Mrs Orla"}]
    register = [{"id": "R", "people": people}]
    roster = Roster.load({"families": [{"id": "A", "people": [{"name": "Jayden Harper"}]}], "register": register})
    assert verdict == scan_file(package(para(words)), roster, family="A").verdict


@pytest.mark.parametrize(
    "title",
    [
        "Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "Prof", "Sir", "Lady", "of", "de", "the", "and", "van", "al", "el", "Baby", "Child",
        "unborn", "Mum", "Mother", "Dad", "Father", "Nan", "Nana", "Gran", "Grandma", "Grandad", "Aunt", "Auntie", "Uncle",
    ],
)  # fmt: skip
def test_a_title_or_a_relation_in_a_name_is_nobodys_name(title: str) -> None:
    more = {"id": "B", "people": [{"name": f"{title} Ferris"}]}
    traces = Traces.of(Roster.load({"families": [{"id": "A", "people": [{"name": "Jayden"}]}, more]}), family="A")
    assert [hit.value for hit in traces.places(f"It was {title.upper()} who rang Ferris.")] == ["ferris"]


def test_whom_a_value_may_mean_is_told_by_the_id_of_a_person_or_by_the_family() -> None:
    shared = {"id": "p-1", "name": "Tamsin Quill", "dob": "2011-09-12"}
    families = [
        {"id": "A", "people": [{"name": "Jayden Harper"}]},
        {"id": "B", "people": [shared, {"name": "Orla Nunn"}], "addresses": ["16 Elm Grove"], "identifiers": ["LCS 5550001"]},
        {"id": "C", "people": [shared, {"name": "Orla Ferris"}]},
    ]  # fmt: skip
    traces = Traces.of(Roster.load({"families": families}), family="A")
    words = "Tamsin Quill and Orla at 16 Elm Grove, 5550001, 12th September 2011"
    assert [(hit.kind, hit.whose, hit.span.within(words)) for hit in traces.places(words)] == [
        ("name", ("person:p-1",), "Tamsin Quill"),
        ("name", ("family:B:orlanunn", "family:C:orlaferris"), "Orla"),
        ("address", ("family:B",), "16 Elm Grove"),
        ("identifier", ("family:B",), "5550001"),
        ("date-of-birth", ("person:p-1",), "12th September 2011"),
    ]
    assert not re.search("p-1|orla", repr(traces.places(words)))
    assert repr(Traces.of(ROSTER, family="B")) == "<Traces: 14 values>"


DAYS = [
    ("2011-01-01", "1st January 2011"), ("2011-02-02", "2nd Feb 11"), ("2011-03-03", "3rd of March 2011"), ("2011-04-04", "4th Apr 2011"),
    ("2011-05-10", "10th May 2011"), ("2011-06-11", "11th June 2011"), ("2011-07-12", "12th July 2011"), ("2011-08-13", "13th Aug 2011"),
    ("2011-10-20", "20th October 2011"), ("2011-11-21", "21st Nov 2011"), ("2011-12-22", "22nd December 2011"),
    ("2011-01-23", "23rd Jan 2011"), ("2011-02-24", "February 24, 2011"), ("2011-09-30", "Sept 30th 2011"), ("2011-03-31", "31/3/2011"),
    ("2011-03-09", "9.3.2011"), ("2011-03-09", "09-03-11"), ("2011-03-09", "09 Mar 2011"), ("2011-03-09", "2011-03-09"),
]  # fmt: skip


@pytest.mark.parametrize(("day", "written"), DAYS)
def test_a_day_of_birth_is_known_however_it_is_written(day: str, written: str) -> None:
    more = {"id": "B", "people": [{"name": "Tamsin", "dob": day}]}
    traces = Traces.of(Roster.load({"families": [{"id": "A", "people": [{"name": "Jayden"}]}, more]}), family="A")
    assert [(hit.kind, hit.span.start) for hit in traces.places(f"Born {written}.")] == [("date-of-birth", 5)]


AS_A_NAME = [
    ("told Will that", True), ("Will you come?", False), ("I will.", False), ("Will's mum", True), ("Will’s mum", True),
    ("Will is here", True), ("Will attended", True), ("Will isolate", False), ("Ok. Will this do?", False), ("Ok! Will it?", False),
    ("- Will this do?", False), ("a\nWill this do?", False), ("“Will this do?”", False), ("so: Will it?", False), ("so; Will it?", False),
    ("so, Will it", True), ("Wi ll is", False),
]  # fmt: skip


@pytest.mark.parametrize(("words", "is_name"), AS_A_NAME)
def test_an_ordinary_word_is_a_name_only_where_it_stands_as_one(words: str, is_name: bool) -> None:
    traces = Traces.of(ROSTER, family="A")
    assert bool(traces.places(words)) == is_name
    assert not traces.places(words, prose=False)
    assert traces.places(words.replace("Will", "Ngozi"), prose=False) or "Will" not in words


def test_of_two_values_that_meet_one_place_is_made_with_the_graver_kind() -> None:
    told_ = ROSTER.model_dump(mode="json", by_alias=True)
    told_["families"][1]["protected"] = [{"value": "Okafor 77", "kind": "other", "from": []}]
    traces = Traces.of(Roster.load(told_), family="A")
    (hit,) = traces.places("It was Chidi Okafor 77.")
    assert (hit.kind, hit.span, hit.whose) == ("protected-value", Span(7, 22), ("family:B", "family:B:chidiokafor"))


@pytest.mark.parametrize(("whose", "recipients"), [("A", ("father-1",)), ("B", ())])
def test_a_professional_who_is_a_protected_source_is_found(whose: str, recipients: tuple[str, ...]) -> None:
    told_ = ROSTER.model_dump(mode="json", by_alias=True)
    source = {"value": "Dr Priya Nair", "kind": "person", "from": list(recipients)}
    next(f for f in told_["families"] if f["id"] == whose)["protected"] = [source]
    for words in ("Dr Priya Nair", "Priya"):
        scan = scan_file(
            package(para(f"It was {words} who rang.")), Roster.load(told_), family="A", recipients=recipients
        )
        assert [trace.kind for trace in scan.traces] == ["protected-value"]


def test_a_picture_leaves_the_answer_open() -> None:
    scan = scan_file(
        package(parts={"word/media/a.png": b"\x89PNG\r\n\x1a\n"}, rels={"image": "media/a.png"}), ROSTER, family="A"
    )
    assert (scan.verdict, [fault.code for fault in scan.unread]) == ("cannot_say", ["scan-picture"])


def test_a_name_in_the_name_of_a_part_is_not_in_what_a_scan_says() -> None:
    scan = scan_file(HIDING["name of a part"][0], ROSTER)
    assert not any("Chidi" in trace.part for trace in scan.traces)
    assert {"kind", "hiding", "part", "paragraph"} == set(scan.to_records()[0])


def test_a_papers_own_file_is_scanned_without_a_trace() -> None:
    for family in ROSTER.ids:
        assert scan_file(redact(told(), family).to_docx(), ROSTER, family=family).verdict == "nothing_found"


@pytest.mark.parametrize("folder", ["neighbours", "marac", "core-group", "exploitation", "panel"])
def test_whole_minutes_are_rebuilt_for_every_family(folder: str) -> None:
    place = ROOT / "fixtures" / folder
    roster = Roster.load((place / "roster.json").read_bytes())
    minutes_ = split(read(place / "minutes.docx"), roster)
    for family in roster.ids:
        paper = redact(minutes_, family)
        own = without_empty_lines(read(paper.to_docx()).text)
        assert paper.text == own == by_python_docx(paper.to_docx()) == without_empty_lines(by_elements(paper.to_docx()))
        assert Traces.of(roster, family=family).places(by_hand(paper.to_docx())) == ()
    assert scan_file((place / "minutes.docx").read_bytes(), roster, family=roster.ids[0]).verdict == "found"


def test_equal_paragraphs_give_equal_bytes_and_markup_is_text() -> None:
    words = "a < b & c > d \" '\t\x0b]]>"
    data = docx_of([Paragraph(words, 1), Paragraph("one\ntwo")])
    assert data == docx_of([Paragraph(words, 1), Paragraph("one\ntwo")])
    assert by_python_docx(data) == "a < b & c > d \" ' ]]>\none\ntwo"


def test_a_file_is_these_parts_and_nothing_else() -> None:
    """Byte for byte: what another program makes of it hangs on it. Kills: an element that is not closed, a table that runs into the next."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    data = docx_of(
        [
            Paragraph("One & two\nthree", 1),
            Paragraph("Deep\tdown\x0b", 12),
            Paragraph("wide", cell=Cell(0, 0, 0, columns=2)),
            Paragraph("right", cell=Cell(0, 1, 2)),
            Paragraph("more", cell=Cell(0, 1, 2)),
            Paragraph("next", cell=Cell(1, 0, 0)),
            Paragraph("after"),
            Paragraph("last", cell=Cell(2, 0, 0)),
        ]
    )

    def p(words: str) -> str:
        return f'<w:p><w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>'

    def table(columns: int, rows: str) -> str:
        sides = ("top", "left", "bottom", "right", "insideH", "insideV")
        lines = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in sides)
        grid = '<w:gridCol w:w="0"/>' * columns
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>{lines}</w:tblBorders></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
        )

    body = (
        '<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">One &amp; two</w:t><w:br/>'
        '<w:t xml:space="preserve">three</w:t></w:r></w:p>'
        '<w:p><w:pPr><w:outlineLvl w:val="8"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">Deep down</w:t></w:r></w:p>'
        + table(
            3,
            f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p("wide")}</w:tc><w:tc><w:p/></w:tc></w:tr>'
            f"<w:tr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc><w:tc>{p('right')}{p('more')}</w:tc></w:tr>",
        )
        + "<w:p/>"
        + table(1, f"<w:tr><w:tc>{p('next')}</w:tc></w:tr>")
        + p("after")
        + table(1, f"<w:tr><w:tc>{p('last')}</w:tc></w:tr>")
        + "<w:p/>"
    )
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {entry.filename: archive.read(entry).decode() for entry in archive.infolist()}
        assert {(e.create_system, e.compress_type) for e in archive.infolist()} == {(0, zipfile.ZIP_STORED)}
    assert parts == {
        "[Content_Types].xml": head + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": head + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": head
        + '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        + body
        + "</w:body></w:document>",
    }
