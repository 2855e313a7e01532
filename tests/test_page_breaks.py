"""Running headers, footers and page numbers stand between the blocks of a document and part none of them."""

from __future__ import annotations

import pytest

from minutes_split import Roster, Split, Splitter
from minutes_split.document import Block, BlockKind, Document, Source
from minutes_split.spans import Span

ROSTER = Roster.load(
    {
        "families": [
            {"id": "A", "people": [{"name": "Jayden Harper"}, {"name": "Kayleigh Harper"}]},
            {"id": "B", "people": [{"name": "Chidi Okafor"}]},
        ]
    }
)


def split(*blocks: tuple[BlockKind, str]) -> Split:
    """The split of a document of these blocks, as a reader gives them."""
    made, text = [], ""
    for kind, words in blocks:
        made.append(Block(Span(len(text), len(text) + len(words)), kind))
        text += words + "\n"
    return Splitter(ROSTER).split(Document(text, Source("docx", "0" * 64), tuple(made)))


def given(split: Split, words: str) -> set[str]:
    """To whom the unit with these words goes."""
    [found] = [set(unit.cleared_for) for unit in split.units if words in unit.span.within(split.document.text)]
    return found


RUNNING: list[tuple[BlockKind, str]] = [("furniture", "OFFICIAL SENSITIVE"), ("furniture", "Page 2 of 9")]


@pytest.mark.parametrize("at", range(1, 7))
def test_a_running_line_that_names_nobody_changes_nothing_of_what_stands_beside_it(at: int) -> None:
    blocks: list[tuple[BlockKind, str]] = [
        ("paragraph", "Minutes of the panel"),
        ("paragraph", "Case 1"),
        ("paragraph", "Jayden is in Year 5."),
        ("paragraph", "He reads well."),
        ("heading", "Okafor family"),
        ("paragraph", "Attendance is 61 %."),
    ]

    def told(found: Split) -> list[tuple[str, str, frozenset[str]]]:
        units = [unit for unit in found.units if found.blocks[unit.block].kind != "furniture"]
        return [(unit.span.within(found.document.text), unit.status, unit.cleared_for) for unit in units]

    assert told(split(*blocks[:at], *RUNNING, *blocks[at:])) == told(split(*blocks))


def test_a_running_line_above_the_title_leaves_it_the_title() -> None:
    title: tuple[BlockKind, str] = ("heading", "Panel chaired by Mrs Lowe")
    body: tuple[BlockKind, str] = ("paragraph", "Jayden is in Year 5.")
    assert given(split(*RUNNING, title, body), "Year 5") == given(split(title, body), "Year 5") == {"A"}


def test_a_running_line_that_names_a_family_gives_it_nothing_and_takes_what_names_nobody_from_the_others() -> None:
    before: list[tuple[BlockKind, str]] = [("heading", "Harper family"), ("paragraph", "Jayden is in Year 5.")]
    after: list[tuple[BlockKind, str]] = [("paragraph", "Attendance is 88 %."), ("paragraph", "He reads well.")]
    plain = split(*before, *after)
    assert given(plain, "88 %") == given(plain, "reads well") == {"A"}
    named = split(*before, ("furniture", "Okafor"), *after)
    assert given(named, "88 %") == given(named, "reads well") == set()
    own = split(*before, ("furniture", "Harper family"), *after)
    assert given(own, "88 %") == given(own, "reads well") == {"A"}


def test_a_running_line_is_no_topic() -> None:
    named = split(("furniture", "Okafor family"), ("paragraph", "Attendance is 61 %."), ("paragraph", "He was seen."))
    assert given(named, "61 %") == given(named, "was seen") == set()


def test_a_running_line_in_a_list_leaves_the_line_that_introduces_it() -> None:
    items: list[tuple[BlockKind, str]] = [("item", "attendance was 61 %"), ("item", "weight is on the 50th centile")]
    lead: tuple[BlockKind, str] = ("paragraph", "Chidi was told:")
    head: tuple[BlockKind, str] = ("heading", "Harper family")
    parted = split(head, lead, items[0], *RUNNING, items[1])
    evidence = [unit.evidence for unit in parted.units if parted.blocks[unit.block].kind == "item"]
    assert evidence[0].split(",")[0] == evidence[1].split(",")[0] == "standing/lead-in/clean"
    assert given(parted, "centile") <= {"B"}
