"""What a notebook shows: words only where `show` was called, and nothing in them that acts."""

from __future__ import annotations

import json
import os
import sys
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_split import MinutesSplitError, Roster, Split, read, split
from minutes_split.auditing import audit
from minutes_split.reports.escape import escaped, in_markdown, visible
from minutes_split.reports.html import as_html
from minutes_split.reports.listing import REASONS, of_audit, of_split, of_view, of_withheld
from minutes_split.reports.markdown import as_markdown
from minutes_split.reports.notebook import show, to_frame
from minutes_split.reports.plain import as_plain
from minutes_split.reports.plot import KINDS, plot
from minutes_split.sections import WithheldReason

FOLDER = Path(__file__).parent.parent / "fixtures" / "neighbours"
ATTACK = "<script>alert(1)</script><img src=x onerror=alert(1)> \" ' & `x` [a](javascript:1) https://x.example"


@pytest.fixture(scope="module")
def result() -> Split:
    return split(read(FOLDER / "minutes.docx"), Roster.load((FOLDER / "roster.json").read_bytes()))


@pytest.fixture(scope="module")
def attacked() -> Split:
    roster = {
        "families": [
            {"id": "A", "people": [{"name": "Kayleigh Harper"}]},
            {"id": "B", "people": [{"name": "Ngozi Okafor"}]},
        ]
    }
    return split(
        f"Harper family {ATTACK}\n\nKayleigh Harper said {ATTACK}.\nNgozi Okafor said {ATTACK}.", Roster.load(roster)
    )


class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_show_holds_the_words_and_its_repr_only_counts(result: Split) -> None:
    shown = show(result.view("A"))
    first = result.view("A").excerpts[0].text
    assert escaped(first) in shown._repr_html_()
    assert " ".join(first.split()) in " ".join(str(shown).split())
    assert repr(shown).startswith("<Shown: ")
    assert "Alfie" not in repr(shown)
    assert "Connor" in show(result)._repr_html_()
    assert "Connor" not in repr(show(result))


def test_reprs_of_what_a_cell_may_end_with_hold_no_words(result: Split) -> None:
    found = audit("Connor hit Alfie with a metal pole", against=[result], family="A")
    for thing in (result, result.view("A"), found):
        said = repr(thing) + thing._repr_html_()
        assert not any(name in said for name in ("Connor", "Alfie", "Marwood", "Stott"))


def test_show_refuses_what_is_neither_a_view_nor_a_split() -> None:
    with pytest.raises(MinutesSplitError) as refused:
        show("text")  # type: ignore[arg-type]  # the wrong kind of value is what is tested
    assert str(refused.value) == "show: takes a view or a split [show-type]"


def test_nothing_in_the_minutes_becomes_markup(attacked: Split) -> None:
    ours = {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "main",
        "h1",
        "h2",
        "h3",
        "p",
        "section",
        "ul",
        "li",
        "strong",
        "span",
        "blockquote",
    }
    found = audit(attacked.document, against=[attacked], family="A")
    for listing in (
        of_split(attacked),
        of_view(attacked.view("A")),
        of_withheld(attacked, "A"),
        of_audit(found, attacked.document, family="A", against=[attacked]),
    ):
        page = Tags(as_html(listing))
        assert {tag for tag, _ in page.found} <= ours
        assert {name for _, given in page.found for name in given} <= {
            "class",
            "lang",
            "charset",
            "http-equiv",
            "content",
            "name",
        }
    assert "<script>alert(1)</script>" in Tags(as_html(of_split(attacked))).text


def test_a_page_forbids_scripts_and_the_network(result: Split) -> None:
    page = as_html(of_view(result.view("A")))
    assert "default-src 'none'; style-src 'sha256-" in page
    assert "http://" not in page
    assert "https://" not in page
    assert "<script" not in page


@given(st.text())
def test_escaped_text_reads_back_as_the_visible_text(text: str) -> None:
    page = Tags(f'<p class="{escaped(text)}">{escaped(text)}</p>')
    assert page.found == [("p", {"class": visible(text)})]
    assert page.text == visible(text)


@given(st.text())
def test_visible_text_holds_nothing_that_acts_and_is_visible_already(text: str) -> None:
    shown = visible(text)
    assert shown == visible(shown)
    assert not any((ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0 for c in shown)
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff") & set(shown)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("a *b* <i>", r"a \*b\* \<i\>"),
        ("# Heading", r"\# Heading"),
        ("- item", r"\- item"),
        ("1. item", r"1\. item"),
        ("[a](javascript:1)", r"\[a\](javascript:1)"),
        ("https://x.example www.x.example a@x.example", r"https\://x.example www\.x.example a\@x.example"),
        ("\x1b[2J\x7f\u202e", "␛\\[2J␡‹202E›"),
    ],
)
def test_markdown_of_words_shows_them_and_does_nothing_else(words: str, shown: str) -> None:
    assert shown == in_markdown(words)


def test_the_three_writers_say_the_same(result: Split) -> None:
    listing = of_withheld(result, "A")
    for entry in (entry for part in listing.parts for entry in part.entries):
        assert escaped(entry.note) in as_html(listing)
    assert (
        as_plain(listing).count("INTERNAL")
        == as_markdown(listing).count("INTERNAL")
        == as_html(listing).count("INTERNAL:")
        == 1
    )


# --- frames -------------------------------------------------------------------------------------


def test_to_frame_takes_pandas_first_and_polars_if_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pandas", "polars"):
        library = ModuleType(name)
        library.DataFrame = lambda rows, name=name, **_: (name, rows)  # type: ignore[attr-defined]  # a stand-in for a library
        monkeypatch.setitem(sys.modules, name, library)
    assert to_frame([{"a": 1}]) == ("pandas", [{"a": 1}])
    assert to_frame([{"a": 1}], library="polars") == ("polars", [{"a": 1}])


def test_to_frame_without_either_says_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(MinutesSplitError) as refused:
        to_frame([{"a": 1}])
    assert str(refused.value) == "to_frame: needs pandas or polars, which is not installed [frame-library]"


def test_to_frame_of_a_library_that_it_does_not_know_says_which_it_knows() -> None:
    with pytest.raises(MinutesSplitError) as refused:
        to_frame([{"a": 1}], library="dask")
    assert str(refused.value) == "to_frame: library should be pandas, polars or arrow [frame-library]"


@pytest.mark.parametrize("library", ["pandas", "polars", "arrow"])
def test_to_frame_with_the_real_libraries(result: Split, library: Any) -> None:
    pytest.importorskip("pyarrow" if library == "arrow" else library, reason="the frame needs it (extra `test`)")
    rows = [{"strength": None}] * 150 + result.to_records()  # a column may be empty for a long time
    frame = to_frame(rows, library=library)
    columns = frame.column_names if library == "arrow" else list(frame.columns)
    assert set(result.to_records()[0]) == set(columns)
    assert len(frame) == len(rows)
    held = frame["strength"].to_pylist() if library == "arrow" else list(frame["strength"])
    told = sorted(each for each in held if isinstance(each, str))
    assert sorted(row["strength"] for row in rows if row["strength"]) == told


# --- the picture --------------------------------------------------------------------------------


def test_the_picture_tells_the_numbers_and_names_nobody(result: Split) -> None:
    pytest.importorskip("matplotlib", reason="matplotlib is not installed (extra `test`)")
    drawn = plot(result)
    assert drawn._repr_png_().startswith(b"\x89PNG")
    for counts, family in zip(drawn.counts, result.roster.ids, strict=True):
        view = result.view(family)
        assert counts["may be pasted"] == sum(len(e.text) for e in view.excerpts)
        assert sum(n for kind, n in counts.items() if kind.startswith("withheld")) == sum(
            w.span.end - w.span.start for w in result.withheld(family)
        )
    names = [label.get_text() for label in drawn.figure.axes[0].get_yticklabels()]
    assert names == ["family 1", "family 2"]
    assert [label.get_text() for label in plot(result, ids=True).figure.axes[0].get_yticklabels()] == ["A", "B"]
    assert repr(drawn).startswith("<Plot, in characters: family 1: may be pasted ")


def test_the_picture_without_matplotlib_says_what_is_needed(result: Split, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(MinutesSplitError) as refused:
        plot(result)
    assert str(refused.value) == "plot: needs matplotlib: install the extra `plot` [plot-library]"


def test_every_reason_has_its_sentence_and_its_part_of_the_bar() -> None:
    reasons = set(get_args(WithheldReason))
    assert reasons <= set(REASONS)
    assert {f"withheld: {reason}" for reason in reasons} <= {kind for kind, _, _ in KINDS}


# --- the notebooks ------------------------------------------------------------------------------

NOTEBOOKS = sorted((FOLDER.parent.parent / "docs" / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_outputs(path: Path) -> None:
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        assert cell.get("outputs", []) == []
        assert cell.get("execution_count") is None


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
@pytest.mark.filterwarnings("default")
def test_a_notebook_runs_from_top_to_bottom_and_names_nobody_but_where_it_shows(path: Path) -> None:
    for needed in ("nbclient", "ipykernel", "pandas", "matplotlib"):
        pytest.importorskip(needed, reason="the notebook needs it (extra `test`)")
    nbformat = import_module("nbformat")
    notebook = nbformat.read(path, as_version=4)
    client = import_module("nbclient").NotebookClient(
        notebook, timeout=120, resources={"metadata": {"path": str(path.parent)}}
    )
    client.execute(env={**os.environ, "PYTHONPATH": str(path.parents[2])})
    for cell in notebook.cells:
        if cell.cell_type == "code" and "show(" not in cell.source:
            assert not any(name in str(cell.outputs) for name in ("Connor", "Alfie", "Marwood", "Stott", "Leanne"))


def test_records_are_scalars(result: Split) -> None:
    for row in (*result.to_records(), *result.view("A").to_records()):
        assert all(value is None or isinstance(value, str | int) for value in row.values())
