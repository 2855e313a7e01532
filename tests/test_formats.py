"""The same minutes in every format lose next to nothing and leak nothing more than as plain text."""

from __future__ import annotations

import pytest

from minutes_split import read
from tests import formats, gold

for module in ("pypdfium2", "justhtml", "reportlab", "docx"):
    pytest.importorskip(module, reason="a format needs it (extra `test`)")

TEXT = "Strategy meeting\n\nHarper family\nJayden was seen.\n- He was well.\n\n| Action | Who |\n| Ring school | TW |\n\nOkafor family\nChidi was seen.\n"
WORDS = "StrategymeetingHarperfamilyJaydenwasseenHewaswellActionWhoRingschoolTWOkaforfamilyChidiwasseen"


@pytest.mark.parametrize("name", formats.MAKERS)
def test_every_format_says_the_same_words_in_the_same_order(name: str) -> None:
    document = read(formats.MAKERS[name](TEXT))
    running = {i for b in document.blocks if b.kind == "furniture" for i in range(*b.span)}
    assert "".join(c for i, c in enumerate(document.text) if c.isalnum() and i not in running) == WORDS
    assert document.faults == ()


@pytest.mark.parametrize("name", ["docx", "pdf", "odt", "eml", "html"])
def test_every_format_keeps_the_cells_of_a_table(name: str) -> None:
    document = read(formats.MAKERS[name](TEXT))
    cells = [(b.span.within(document.text), b.cell.row, b.cell.column) for b in document.blocks if b.cell]
    assert cells == [("Action", 0, 0), ("Who", 0, 1), ("Ring school", 1, 0), ("TW", 1, 1)]


def test_no_format_loses_two_points_of_utility_or_adds_a_leak() -> None:
    ours, plain, _ = formats.compared(list(formats.of_gold(gold.cases()))[::6])
    for name, found in ours.items():
        assert found.due > 3_000
        assert found.leak <= plain[name].leak, name
        assert found.offered_leak <= plain[name].offered_leak, name
        assert found.useful >= plain[name].useful - 0.02 * found.due, name
        assert found.offered >= plain[name].offered - 0.02 * found.due, name
