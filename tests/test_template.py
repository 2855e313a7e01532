"""The Word template: minutes that keep to it split without a question."""

from __future__ import annotations

import importlib.util
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from minutes_split import Roster, Split, read, split
from minutes_split.linting import lint

pytest.importorskip("docx", reason="python-docx is not installed (extra `test`)")
FOLDER = Path(__file__).parent.parent / "docs" / "template"

ROSTER = Roster.load(
    {
        "families": [
            {"id": "A", "people": [{"name": "Kayleigh Harper", "role": "mother", "sex": "F"}, {"name": "Jayden Harper", "role": "child", "sex": "M"}]},
            {"id": "B", "people": [{"name": "Ngozi Okafor", "role": "mother", "sex": "F"}, {"name": "Chidi Okafor", "role": "child", "sex": "M"}]},
        ],
        "professionals": [{"name": "Priya Nair", "role": "community paediatrician"}, {"name": "Hannah Cole", "role": "social worker"}],
    }
)  # fmt: skip


@pytest.fixture(scope="module")
def template() -> ModuleType:
    made = importlib.util.spec_from_file_location("template_build", FOLDER / "build.py")
    assert made is not None
    assert made.loader is not None
    module = importlib.util.module_from_spec(made)
    import sys

    sys.modules[made.name] = module
    made.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def filled(template: ModuleType) -> bytes:
    made: bytes = template.document(
        [
            template.Case(
                "Harper family",
                [("Kayleigh Harper", "mother"), ("Jayden Harper", "child")],
                ["Jayden is in Year 5.", "Jayden has missed eleven days of school this term.", "Kayleigh is working nights and asked for help with the mornings."],
                [("Jayden to be offered a place at the breakfast club", "Social worker", "3 March")],
            ),
            template.Case(
                "Okafor family",
                [("Ngozi Okafor", "mother"), ("Chidi Okafor", "child")],
                ["Chidi is in Year 7.", "Ngozi has a new flat.", "Chidi was seen by Dr Nair in January."],
                [("Chidi to see the school nurse", "School nurse", "10 March")],
            ),
        ],
        title="Strategy meeting",
        present=[("Priya Nair", "Community paediatrician"), ("Hannah Cole", "Social worker")],
        both=["Chidi told Jayden to hit him."],
        closed=["Kayleigh Harper is not to be told of the visit."],
    )  # fmt: skip
    return made


@pytest.fixture(scope="module")
def result(filled: bytes) -> Split:
    return split(read(filled), ROSTER)


def test_the_committed_template_is_the_one_that_the_script_makes(template: ModuleType) -> None:
    made = template.document(template.TEMPLATE)
    parts = [_parts(made), _parts((FOLDER / "minutes-template.docx").read_bytes())]
    assert parts[0] == parts[1], "python docs/template/build.py"
    assert not read(FOLDER / "minutes-template.docx").faults


def _parts(package: bytes) -> dict[str, bytes]:
    import io

    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return {name: opened.read(name) for name in opened.namelist() if name.startswith("word/document")}


@pytest.mark.parametrize(
    ("family", "own", "others"),
    [
        ("A", ["Jayden is in Year 5.", "Jayden has missed eleven days of school this term.",
               "Kayleigh is working nights and asked for help with the mornings.", "Jayden to be offered a place at the breakfast club"], "Chidi"),
        ("B", ["Chidi is in Year 7.", "Ngozi has a new flat.", "Chidi was seen by Dr Nair in January.", "Chidi to see the school nurse"], "Jayden"),
    ],
)  # fmt: skip
def test_everything_under_a_case_reaches_its_family_without_a_person(
    result: Split, family: str, own: list[str], others: str
) -> None:
    view = result.view(family)
    told = "\n".join(excerpt.text for excerpt in view.excerpts)
    assert [sentence for sentence in own if sentence not in told] == []
    assert others not in told
    assert view.proposals == ()


def test_only_what_is_about_both_or_closed_is_withheld_and_nothing_is_asked(result: Split) -> None:
    for family in ("A", "B"):
        words = {w.span.within(result.document.text).strip() for w in result.withheld(family)}
        assert words <= {
            "Chidi told Jayden to hit him.",
            "Kayleigh Harper is not to be told of the visit.",
            "Closed session",
        }
    asked = {q.span.within(result.document.text) for q in result.questions()}
    assert asked <= {"him"}


def test_lint_has_nothing_to_mend_but_the_part_on_both(result: Split) -> None:
    places = {result.units[f.where.unit].span.within(result.document.text).strip() for f in lint(result).findings}
    assert places <= {
        "Chidi told Jayden to hit him.",
        "Kayleigh Harper is not to be told of the visit.",
        "Closed session",
    }
