"""Makes the Word template for minutes of several families, whose headings mark the cases.

    python docs/template/build.py    rewrite docs/template/minutes-template.docx

Needs python-docx. `document(cases)` fills it in: minutes kept to the template split without a question, as
tests/test_template.py shows.
"""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "minutes-template.docx"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Case:
    """One family: the marker of its part, and what is written under each heading of the part."""

    family: str
    people: Sequence[tuple[str, str]]
    told: Sequence[str]
    decided: Sequence[tuple[str, str, str]]


TEMPLATE = (
    Case(
        "[Surname] family",
        [("[First name and surname]", "[mother, father, child, year of birth]")],
        [
            "[One sentence for each thing that was said. Begin with the name of whom it is about. No other family’s name, address or number here.]"
        ],
        [("[What will be done for this family, with the name of the person it is done for]", "[Role]", "[Date]")],
    ),
    Case("[Next surname] family", [("[First name and surname]", "[role]")], ["[…]"], [("[…]", "[Role]", "[Date]")]),
)


def document(
    cases: Sequence[Case],
    *,
    title: str = "[Name of the meeting]",
    present: Sequence[tuple[str, str]] = (("[Name]", "[Role and agency]"),),
    both: Sequence[str] = (
        "[What happened between families, each sentence with the names of all it is about. It goes to no family unless a person decides so.]",
    ),
    closed: Sequence[str] = ("[What no family is to see.]",),
) -> bytes:
    """The bytes of the Word document: the same cases give the same bytes."""
    import docx

    made = docx.Document()
    properties = made.core_properties
    properties.author, properties.title = "", ""
    properties.created = properties.modified = datetime(1980, 1, 1, tzinfo=UTC)
    made.add_heading(title, 0)
    made.add_heading("Present", 1)
    _table(made, ("Name", "Role and agency"), present)
    for number, case in enumerate(cases, 1):
        made.add_heading(f"Case {number}: {case.family}", 1)
        made.add_heading(f"{case.family}: members", 2)
        _table(made, ("Name", "Role"), case.people)
        made.add_heading(f"{case.family}: what was said", 2)
        for sentence in case.told:
            made.add_paragraph(sentence)
        made.add_heading(f"{case.family}: decisions", 2)
        _table(made, ("Decision", "Who", "By when"), case.decided)
    if both:
        made.add_heading("More than one family", 1)
        for sentence in both:
            made.add_paragraph(sentence)
    if closed:
        made.add_heading("Closed session", 1)
        for sentence in closed:
            made.add_paragraph(sentence)
    held = io.BytesIO()
    made.save(held)
    return _repacked(held.getvalue())


def _table(made: Any, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table = made.add_table(rows=1, cols=len(header), style="Table Grid")
    for cell, text in zip(table.rows[0].cells, header, strict=True):
        cell.text = text
        cell.paragraphs[0].runs[0].bold = True
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def _repacked(package: bytes) -> bytes:
    """The package with its parts in order and without the time of day."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            info = zipfile.ZipInfo(name, _FIRST_DAY)
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
            new.writestr(info, old.read(name))
    return out.getvalue()


if __name__ == "__main__":
    FILE.write_bytes(document(TEMPLATE))
    sys.stdout.write(f"{FILE.name} written\n")
