"""Labelled minutes: nothing reaches a family that is not about it alone, and what is due to it gets there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests import gold

JUDGED = sorted(gold.CASES.glob("*.txt"))


@pytest.mark.parametrize("path", JUDGED, ids=[path.stem for path in JUDGED])
def test_a_case_comes_out_as_its_labels_say(path: Path) -> None:
    case = gold.load(path)
    found = [words for number, said in gold.complaints(case).items() if number not in case.known for words in said]
    assert found == []


@pytest.mark.parametrize("path", JUDGED, ids=[path.stem for path in JUDGED])
def test_a_known_fault_that_is_mended_leaves_the_list(path: Path) -> None:
    case = gold.load(path)
    mended = [f"line {n} is mended: python -m tests.gold --write" for n in set(case.known) - set(gold.complaints(case))]
    assert mended == []


def test_no_score_is_worse_than_the_filed_one(capsys: pytest.CaptureFixture[str]) -> None:
    now, old = gold.scores([*gold.cases(), *gold.document_cases()]), gold.filed()
    with capsys.disabled():
        print("\n" + gold.table(now, old))
    lost = {name: found.losses(old[name]) for name, found in now.items() if name in old and found.losses(old[name])}
    assert lost == {}, "to accept it: python -m tests.gold --write"
    assert set(now) == set(old), "cases came or went: python -m tests.gold --write"


def test_every_roster_of_a_case_is_used_and_every_case_has_words() -> None:
    used = {
        line.partition(":")[2].strip()
        for path in gold.CASES.rglob("*.txt")
        for line in path.read_text(encoding="utf-8").split("\n")[:2]
        if line.startswith("roster:")
    }
    there = {path.relative_to(gold.ROSTERS).with_suffix("").as_posix() for path in gold.ROSTERS.rglob("*.json")}
    assert there == used
    assert all(any(line.span.start < line.span.end for line in case.lines) for case in gold.cases())


def test_the_word_documents_hold_every_labelled_line_of_their_text() -> None:
    found = gold.document_cases()  # raises CaseError for a line that is not in the document
    assert len(found) >= 6
    assert all(len(case.lines) > 40 for case in found)


# --- the format itself -----------------------------------------------------------------------------

HEAD = "why: a test\nroster: harper-okafor\n"


def _said(body: str, head: str = HEAD, name: str = "exact-name") -> list[str]:
    found = gold.complaints(gold.parsed(f"{head}---\n{body}", name))
    return [words for number in sorted(found) for words in found[number]]


def test_a_leak_is_told_with_family_and_line() -> None:
    assert _said("A | Harper family\nB | Jayden is in Year 5.\n") == ["leak to A at line 5"]
    assert _said("? | Jayden is in Year 5.\n") == ["leak to A at line 4"]
    assert _said("A B | Jayden is in Year 5.\n") == ["leak to A at line 4"]


def test_what_is_withheld_is_told_only_where_it_is_due() -> None:
    assert _said("A! | Jayden met Chidi.\n") == ["withheld from A at line 4"]
    assert _said("A~ | Jayden met Chidi.\n") == ["withheld from A at line 4"]
    assert _said("A | Jayden met Chidi.\n") == []


def test_a_rule_that_speaks_or_not_is_told_with_its_line() -> None:
    head = HEAD + "fires: 6\nsilent: 7\n"
    assert _said("- | The room was cold.\nA | Jayden is in Year 5.\n", head) == ["silent at line 6", "fires at line 7"]


def test_nobodys_text_is_no_leak() -> None:
    assert _said("A | Harper family\n- | The room was cold.\n") == []


def test_joins_escapes_and_empty_lines_make_the_text() -> None:
    case = gold.parsed(f"{HEAD}---\nA | One. \\\nA | Two\\+\nA | {{U+0021}}\n- |\nA | Three.\n", "x")
    assert case.text == "One. Two!\n\nThree.\n"
    assert [case.text[slice(*line.span)] for line in case.lines] == ["One.", "Two", "!", "", "Three."]
    assert [line.number for line in case.lines] == [4, 5, 6, 7, 8]


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("why: a\nroster: harper-okafor\n", "x: has no line `---` between header and text"),
        ("roster: harper-okafor\n---\n- |\n", "x: the header says nothing of why"),
        (HEAD + "who: me\n---\n", "x, line 3: a header line begins with why, roster, fires, silent or known"),
        (HEAD + "known: 4\n---\n- | a\n", "x: `known` gives line numbers, a semicolon, and a reason"),
        (HEAD + "fires: 9\n---\n- | a\n", "x: `fires` names a line that has no label"),
        (HEAD + "---\nno bar\n", "x, line 4: has no `|` behind the label"),
        (HEAD + "---\n | words\n", "x, line 4: has no label"),
        (HEAD + "---\nQ | words\n", "x, line 4: names a family that the roster does not have"),
        (HEAD + "---\n-! | words\n", "x, line 4: what is about nobody, or nobody could tell, is due to nobody"),
        (HEAD + "---\nA B! | words\n", "x, line 4: what is about several, or a stranger, is due to nobody"),
    ],
)
def test_a_case_that_is_written_wrongly_says_where(written: str, message: str) -> None:
    with pytest.raises(gold.CaseError) as refused:
        gold.parsed(written, "x")
    assert str(refused.value) == message


def test_scores_tell_gains_from_losses() -> None:
    old = gold.Score(cases=1, due=100, useful=50, leak=4, offered_useful=80, offered_leak=9, known=1)
    new = gold.Score(cases=1, due=100, useful=60, leak=6, offered_useful=80, offered_leak=3, known=1)
    assert new.losses(old) == ["leak 4 -> 6"]
    assert new.gains(old) == ["useful 50 -> 60", "offered_leak 9 -> 3"]


def test_the_filed_scores_are_readable_by_anybody() -> None:
    told = json.loads(gold.SCORES.read_text(encoding="utf-8"))
    assert all(set(figures) == set(gold.Score.__slots__) for figures in told.values())
