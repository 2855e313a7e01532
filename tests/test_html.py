"""Web pages and clipboard HTML, one marker word for each way to show or to hide."""

from __future__ import annotations

import random
import sys

import pytest

from minutes_split.document import Document
from minutes_split.errors import ReadError
from minutes_split.readers import Caps, read
from tests.test_pdf import damaged, kept

pytest.importorskip("justhtml", reason="justhtml is not installed (extra `test`)")


def page(body: str, head: str = "") -> Document:
    return read(f"<html><head>{head}</head><body>{body}</body></html>".encode())


def texts(document: Document) -> list[str]:
    return [b.span.within(document.text).strip() for b in document.blocks]


def test_blocks_of_every_kind_come_out_in_order() -> None:
    document = page("<h2>Harper</h2><p>One <b>two</b>\n three</p><div>four<ul><li>five</ul></div>six<pre>a  b\nc</pre>")
    assert [(b.kind, b.level) for b in document.blocks] == [
        ("heading", 2), ("paragraph", 0), ("paragraph", 0), ("item", 1), ("paragraph", 0), ("paragraph", 0),
    ]  # fmt: skip
    assert texts(document) == ["Harper", "One two three", "four", "five", "six", "a  b\nc"]


def test_a_line_end_inside_a_sentence_cuts_nothing_and_any_other_ends_the_paragraph() -> None:
    document = page("<div>Harper family<br>Mother of<br>the boy rang.<br><br>Next.</div>")
    assert texts(document) == ["Harper family", "Mother of\nthe boy rang.", "Next."]
    assert "rang.\n\nNext." in document.text


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<p style='display:none'>dead</p>", "hidden"),
        ("<p style='DISPLAY: none !important'>dead</p>", "hidden"),
        ("<span style='mso-hide:all'>dead</span>", "hidden"),
        ("<p hidden>dead</p>", "hidden"),
        ("<p class=x>dead</p>", "hidden"),
        ("<p id=y>dead</p>", "hidden"),
        ("<div style='visibility:hidden'><p><b>dead</b></p></div>", "hidden"),
        ("<span style='font-size:0px'>dead</span>", "hidden"),
        ("<span style='font-size:1.0pt'>dead</span>", "hidden"),
        ("<span style='color:white'>dead</span>", "hidden"),
        ("<span style='color:#FFF'>dead</span>", "hidden"),
        ("<font color=white>dead</font>", "hidden"),
        ("<span style='opacity:0'>dead</span>", "hidden"),
        ("<p style='text-indent:-9999px'>dead</p>", "hidden"),
        ("<del>dead</del>", "deleted"),
        ("<s>dead</s>", "deleted"),
        ("<span style='text-decoration:line-through'>dead</span>", "deleted"),
        ("<div style='mso-element:comment-list'>dead</div>", "comment"),
        ("<img alt=dead>", "alt"),
        ("<select><option selected>live<option>dead</select>", "hidden"),
    ],
)
def test_what_does_not_show_is_put_aside(body: str, kind: str) -> None:
    document = page(f"<p>live</p>{body}", "<style>.x{display:none} #y{display:none}</style>")
    assert "dead" not in document.text
    assert (kind, "dead") in [(a.kind, a.text) for a in document.asides]


@pytest.mark.parametrize(
    "body", ["<script>dead</script>", "<style>dead</style>", "<template>dead</template>", "<!-- dead -->"]
)
def test_what_is_no_text_is_nowhere(body: str) -> None:
    assert page(f"<p>live</p>{body}").text == "live\n"


def test_what_may_be_hidden_is_live_and_unread() -> None:
    document = page(
        "<p>live</p><p class=z>perhaps</p><table><tr><td bgcolor=navy><span style='color:white'>head</span><td>x</table>",
        "<style>@media print { .z{display:none} } .a .b{color:red}</style>",
    )
    assert [m.span.within(document.text) for m in document.marks if m.kind == "unread"] == ["perhaps", "head"]
    assert [fault.code for fault in document.faults] == ["style-unknown"]


def test_cells_have_their_places_and_a_table_of_one_column_is_no_table() -> None:
    document = page(
        "<table><tr><th>a<th>b<tr><td rowspan=2>c<td><p>d<p>e<tr><td>f</table><table><tr><td><p>frame</p></td></tr></table>"
    )
    assert [(b.span.within(document.text), b.cell and (b.cell.row, b.cell.column, b.cell.rows, b.cell.header)) for b in document.blocks] == [
        ("a", (0, 0, 1, True)), ("b", (0, 1, 1, True)), ("c", (1, 0, 2, False)), ("d", (1, 1, 1, False)), ("e", (1, 1, 1, False)),
        ("f", (2, 1, 1, False)), ("frame", None),
    ]  # fmt: skip


def test_numbers_of_lists_are_labels() -> None:
    document = page(
        "<ol start=3><li>a<li value=7>b</ol><ol type=a><li>c</ol><p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>"
        "<![if !supportLists]><span style='mso-list:Ignore'>Family 2:<span>&nbsp;</span></span><![endif]>d</p>"
    )
    assert [(b.label, b.span.within(document.text)) for b in document.blocks] == [
        ("3.", "a"), ("7.", "b"), ("a.", "c"), ("Family 2:", "d"),
    ]  # fmt: skip


def test_insertions_are_marked() -> None:
    document = page("<p>was <ins cite='mailto:x' datetime=2024>not</ins> seen</p>")
    assert [(m.kind, m.span.within(document.text)) for m in document.marks] == [("inserted", "not")]


def test_of_the_clipboard_only_the_fragment_is_read() -> None:
    html = (
        "<html><body><p>before</p><!--StartFragment--><p>Zoë was seen.</p><!--EndFragment--><p>after</p></body></html>"
    )
    frame = "Version:0.9\r\nStartHTML:{:010d}\r\nEndHTML:{:010d}\r\nStartFragment:{:010d}\r\nEndFragment:{:010d}\r\n"
    at = len(frame.format(0, 0, 0, 0))
    raw = html.encode()
    start, end = at + raw.index(b"<!--Start"), at + raw.index(b"<!--End")
    data = frame.format(at, at + len(raw), start, end).encode() + raw
    assert "Zoë was seen." in read(data).text
    assert "after" not in read(data).text
    with pytest.raises(ReadError, match="html-clipboard"):
        read(data[: start + 5])


def test_embedded_pages_are_a_fault() -> None:
    document = page("<p>live</p><iframe src=x>dead</iframe>")
    assert (document.text, [f.code for f in document.faults]) == ("live\n", ["embedded-unread"])


@pytest.mark.parametrize("data", [b"<html><body><p>Mother was", b"<html><body><p>Mother <!-- was seen"])
def test_a_page_without_its_end_is_a_fault(data: bytes) -> None:
    assert "html-cut" in {fault.code for fault in read(data).faults}


def test_depth_costs_no_stack_and_ends_at_the_cap() -> None:
    deep = "<div>" * 1500 + "x"
    assert page(deep).text.strip() == "x"
    with pytest.raises(ReadError, match="html-nesting"):
        read(f"<html>{deep}</html>".encode(), caps=Caps(nesting=100))
    with pytest.raises(ReadError, match="html-elements"):
        read(b"<html><p>a<p>b<p>c</html>", caps=Caps(elements=3))


def test_without_the_extra_the_refusal_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "justhtml", None)
    with pytest.raises(ReadError) as refused:
        page("x")
    assert (
        str(refused.value)
        == "file: needs the extra [html]; install it with: pip install minutes-split[html] [extra-missing]"
    )


def test_no_cut_ends_in_a_silently_shorter_document() -> None:
    data = (
        b"<html><head><title>t</title></head><body>"
        + b"<p>Mother was seen and <b>she</b> was well.</p>" * 30
        + b"</body></html>"
    )
    whole = kept(read(data))
    silent = []
    for seed in range(300):
        changed = damaged(data, random.Random(seed))
        try:
            document = read(changed)
        except ReadError:
            continue
        lost = whole - kept(document)
        touched = (
            len(data) - len(changed) + changed.count(0) + 8
        )  # a hole or zeros take their own letters away, and no more
        if lost > touched and not document.faults:
            silent.append((seed, lost, touched))
    assert silent == []


def test_a_nul_is_a_fault_and_sixteen_bits_are_none() -> None:
    page = b"<html><p>Mother was seen.</p></html>"
    assert [fault.code for fault in read(page.replace(b" was", b"\0\0\0\0")).faults] == ["html-damaged"]
    assert read(page).faults == ()
