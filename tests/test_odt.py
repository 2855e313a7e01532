"""OpenDocument texts built from raw XML, one marker word for each construct."""

from __future__ import annotations

import random

import pytest

from minutes_split.document import Document
from minutes_split.errors import ReadError
from minutes_split.readers import Caps, read
from tests.formats import BOLD, odt
from tests.test_pdf import damaged, kept


def texts(document: Document) -> list[str]:
    return [b.span.within(document.text) for b in document.blocks]


def p(inside: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{inside}</text:p>'


HIDDEN = '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'
INHERITS = '<style:style style:name="H2" style:family="text" style:parent-style-name="H"/>'
WHITE = '<style:style style:name="W" style:family="text"><style:text-properties fo:color="#ffffff"/></style:style>'


def test_paragraphs_headings_spaces_and_breaks_come_out_as_they_show() -> None:
    document = read(
        odt(
            '<text:h text:outline-level="2">Harper</text:h>'
            + p('a<text:s text:c="2"/>b<text:tab/>c<text:line-break/>d  e')
        )
    )
    assert [(b.kind, b.level, b.span.within(document.text)) for b in document.blocks] == [
        ("heading", 2, "Harper"),
        ("paragraph", 0, "a  b\tc\nd e"),
    ]
    assert document.source.format == "odt"


def test_a_tracked_deletion_is_put_aside_where_it_stood_and_an_insertion_is_marked() -> None:
    tracked = (
        '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info><dc:creator xmlns:dc='
        '"http://purl.org/dc/elements/1.1/">Somebody</dc:creator></office:change-info><text:p>drunk</text:p></text:deletion>'
        '</text:changed-region><text:changed-region text:id="c2"><text:insertion/></text:changed-region></text:tracked-changes>'
    )
    body = p(
        'Mother was <text:change text:change-id="c1"/>at <text:change-start text:change-id="c2"/>home<text:change-end text:change-id="c2"/>.'
    )
    document = read(odt(tracked + body))
    assert document.text == "Mother was at home.\n"
    assert [(a.kind, a.text, a.at) for a in document.asides] == [("deleted", "drunk", 11)]
    assert [(m.kind, m.span.within(document.text)) for m in document.marks] == [("inserted", "home")]


@pytest.mark.parametrize(
    "inside",
    [
        p('live<text:span text:style-name="H">dead</text:span>'),
        p('live<text:span text:style-name="H2">dead</text:span>'),
        p('live<text:hidden-text text:condition="x" text:string-value="dead" text:is-hidden="true"/>'),
        p("live") + p('dead<text:hidden-paragraph text:is-hidden="true">dead</text:hidden-paragraph>').replace("<text:hidden-paragraph", "<text:hidden-text").replace("</text:hidden-paragraph", "</text:hidden-text").replace(">dead<text", "><text"),
        p("live") + '<text:section text:display="none">' + p("dead") + "</text:section>",
        p("live") + '<table:table><table:table-row table:visibility="collapse"><table:table-cell>' + p("dead") + "</table:table-cell></table:table-row></table:table>",
    ],
)  # fmt: skip
def test_hidden_text_is_put_aside(inside: str) -> None:
    document = read(odt(inside, styles=HIDDEN + INHERITS))
    assert document.text.strip() == "live"
    assert [(a.kind, a.text) for a in document.asides] == [("hidden", "dead")]


def test_white_letters_are_live_and_unread() -> None:
    document = read(odt(p('live <text:span text:style-name="W">white</text:span>'), styles=WHITE))
    assert [m.span.within(document.text) for m in document.marks if m.kind == "unread"] == ["white"]
    assert [fault.code for fault in document.faults] == ["text-white"]


def test_a_table_says_each_cell_once_with_its_place() -> None:
    body = (
        '<table:table><table:table-header-rows><table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>head</text:p>'
        "</table:table-cell><table:covered-table-cell/></table:table-row></table:table-header-rows><table:table-row><table:table-cell>"
        "<text:p>one</text:p><text:p>more</text:p></table:table-cell><table:table-cell><table:table><table:table-row><table:table-cell>"
        "<text:p>inner</text:p></table:table-cell></table:table-row></table:table></table:table-cell></table:table-row></table:table>"
    )
    document = read(odt(body))
    cells = [
        (b.span.within(document.text), b.cell and (b.cell.row, b.cell.column, b.cell.columns, b.cell.header))
        for b in document.blocks
    ]
    assert cells == [
        ("head", (0, 0, 2, True)),
        ("one", (1, 0, 1, False)),
        ("more", (1, 0, 1, False)),
        ("inner", (0, 0, 1, False)),
    ]


def test_notes_comments_alt_text_and_boxes_stand_where_they_belong() -> None:
    body = p(
        'a<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>note</text:p></text:note-body></text:note>'
        "b<office:annotation><text:p>remark</text:p></office:annotation>"
    ) + p('<draw:frame><draw:text-box><text:p>boxed</text:p></draw:text-box><svg:title>picture</svg:title></draw:frame>after')  # fmt: skip
    document = read(odt(body))
    assert texts(document) == ["ab", "note", "boxed", "after"]
    assert [(a.kind, a.text) for a in document.asides] == [("comment", "remark"), ("alt", "picture")]


NUMBERS = (
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    '<text:list-level-style-number text:level="2" style:num-format="1" style:num-suffix=")" text:display-levels="2"/></text:list-style>'
)


def test_numbers_of_a_list_are_computed() -> None:
    inner = f"<text:list><text:list-item>{p('c')}</text:list-item></text:list>"
    body = f'<text:list text:style-name="L"><text:list-item>{p("a")}</text:list-item><text:list-item text:start-value="5">{p("b")}{inner}</text:list-item></text:list>'
    document = read(odt(body, styles=NUMBERS))
    assert [(b.label, b.span.within(document.text)) for b in document.blocks] == [
        ("1.", "a"),
        ("5.", "b"),
        ("5.1)", "c"),
    ]


def test_a_number_that_goes_on_from_elsewhere_is_a_fault_on_its_block() -> None:
    body = f'<text:list text:style-name="L" text:continue-numbering="true"><text:list-item>{p("a")}</text:list-item></text:list>'
    assert read(odt(body, styles=NUMBERS)).blocks[0].faults == ("number-unread",)


def test_headers_and_footers_are_furniture() -> None:
    master = f"<style:master-page><style:header>{p('head')}</style:header><style:footer>{p('foot')}</style:footer></style:master-page>"
    document = read(odt(p("body"), master=master))
    assert [(b.kind, b.span.within(document.text)) for b in document.blocks] == [
        ("furniture", "head"),
        ("paragraph", "body"),
        ("furniture", "foot"),
    ]


def test_bold_paragraphs_stand_out() -> None:
    assert [b.emphasis for b in read(odt(p("Harper", "P1") + p("Seen."), styles=BOLD)).blocks] == [True, False]


def test_an_element_that_is_not_known_and_has_words_is_a_fault() -> None:
    document = read(odt(p("live") + '<x:y xmlns:x="urn:x">odd</x:y>'))
    assert (
        [f.code for f in document.faults],
        [(a.kind, a.text) for a in document.asides],
    ) == (["element-unknown"], [("unread", "odd")])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (odt(p("x"), kind="spreadsheet"), "format-spreadsheet"),
        (odt(p("x"), kind="presentation"), "format-slides"),
        (odt(p("x"), kind="graphics"), "format-opendocument"),
        (odt(""), "document-empty"),
    ],
)
def test_other_files_of_the_family_are_refused(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as refused:
        read(data)
    assert code == refused.value.code


def test_nesting_costs_no_stack_and_ends_at_the_cap() -> None:
    deep = "<text:section>" * 1500 + p("x") + "</text:section>" * 1500
    assert read(odt(deep)).text == "x\n"
    with pytest.raises(ReadError, match="xml-nesting"):
        read(odt(deep), caps=Caps(nesting=100))


def test_no_corruption_ends_in_a_silently_shorter_document() -> None:
    data = odt(p("Mother was seen and she was well.") * 30 + p("Harper family", "P1"))
    whole = kept(read(data))
    silent = []
    for seed in range(300):
        try:
            document = read(damaged(data, random.Random(seed)))
        except ReadError:
            continue
        if kept(document) < whole and not document.faults:
            silent.append(seed)
    assert silent == []
