"""Web pages, HTML mails, and what Word and Outlook put on the clipboard.

The tree comes from `justhtml`, which reads as a browser does. What a browser
does not show (`display:none`, `mso-hide:all`, white on white, letters without
size) is put aside; what a style sheet may hide under conditions that are not
judged here is marked.
Source: HTML Living Standard, 13.2 and 15.3; [MS-HTML] for `mso-` properties; the CF_HTML clipboard format.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from minutes_split.document import AsideKind, BlockKind, Cell, Document, MarkKind, Source
from minutes_split.errors import ReadError
from minutes_split.readers.caps import Caps
from minutes_split.readers.extras import needed
from minutes_split.readers.odt import roman_number
from minutes_split.readers.transcript import Transcript

_STARTS = (
    "<!doctype html",
    "<html",
    "<head",
    "<body",
    "<meta ",
    "<div",
    "<p>",
    "<p ",
    "<table",
    "<span",
    "<!--startfragment",
)
_CLIPBOARD = re.compile(
    rb"Version:[\d.]+\s+StartHTML:-?\d+\s+EndHTML:-?\d+\s+StartFragment:(\d+)\s+EndFragment:(\d+)", re.I
)
_BLOCKS = frozenset({
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "td",
    "th", "thead", "tbody", "tfoot", "caption", "blockquote", "pre", "section", "article", "header", "footer",
    "main", "nav", "aside", "address", "figure", "figcaption", "form", "fieldset", "legend", "hr", "body",
    "center", "details", "summary",
})  # fmt: skip
_UNSEEN = frozenset({"script", "style", "template", "noscript", "datalist", "noframes"})
_STRONG = frozenset({"b", "strong", "u", "h1", "h2", "h3", "h4", "h5", "h6", "th", "ins"})
_FOREIGN = frozenset({"iframe", "object", "embed", "applet", "canvas", "audio", "video", "frame", "frameset", "math"})
_SIMPLE = re.compile(r"(?:([a-z][a-z0-9]*)|\*)?((?:[.#][\w-]+)*)", re.I)
_END_WITH_WORDS = re.compile(r"</[a-z][a-z0-9:_-]*(?:[^a-z0-9:_\s>-]|\s+[^\s>])", re.I)
_SHEET = re.compile(rb"<style\b(?:.*?(</style\s*+>)|.*)", re.I | re.S)
"""A style sheet; where none ends any more, all that is left."""
_TAG = re.compile(r"[a-z][a-z0-9:_-]*")
_ENDED = ".!?:;|"


def is_html(data: bytes) -> bool:
    """Whether the bytes begin as a web page or as HTML from the clipboard does."""
    start = data[:1000].removeprefix(b"\xef\xbb\xbf").lstrip()
    if _CLIPBOARD.match(start):
        return True
    words = start.decode("latin-1").casefold()
    return words.startswith(_STARTS) or (words.startswith(("<?xml", "<!--")) and "<html" in words)


def read_html(data: bytes, caps: Caps) -> Document:
    """A web page from its bytes.

    Raises: `ReadError` if the extra `[html]` is missing, or if it is nested
    deeper or holds more elements than `caps` allow.
    """
    out = Transcript()
    say_html(data, caps, out, "page")
    source = Source("html", hashlib.sha256(data).hexdigest())
    return Document(out.text, source, tuple(out.blocks), out.marks, tuple(out.asides), tuple(out.faults))


def say_html(data: bytes | str, caps: Caps, out: Transcript, path: str, *, mail: bool = False) -> None:
    """Says a page; `path` begins the path of its blocks. `mail`: it is a reply, and what it quotes is put aside."""
    html = needed("justhtml", "html")
    markup: bytes | str = data
    if isinstance(data, bytes) and (clip := _CLIPBOARD.match(data.lstrip())):
        begin = len(data) - len(data.lstrip())
        start, end = int(clip[1]) + begin, int(clip[2]) + begin
        if not clip.end() <= start < end <= len(data):
            raise ReadError("html-clipboard", "file", "says that its text lies where it does not")
        sheets = [each[0] for each in _SHEET.finditer(data, clip.end(), start) if each[1]]
        markup = (b"".join(sheets) + data[start:end]).decode("utf-8", "replace")
    elif re.search(rb"<html\b" if isinstance(data, bytes) else r"<html\b", data[:5000], re.I):  # type: ignore[arg-type]  # the pattern is of the same kind
        last = data[-5000:].rstrip()
        closed = last.lower().find(b"</html" if isinstance(last, bytes) else "</html") >= 0  # type: ignore[arg-type]  # what is looked for is of the same kind
        if not closed:
            out.fault("html-cut", path, "has a beginning and no end; it may be cut short")
    if _END_WITH_WORDS.search(markup if isinstance(markup, str) else markup.decode("latin-1")):
        out.fault("html-damaged", path, "has a tag that is none; it may have swallowed words")
    if not isinstance(markup, str) and b"\0" in markup and not markup.startswith((b"\xff\xfe", b"\xfe\xff")):
        out.fault("html-damaged", path, "holds a NUL, which no page does; words may be missing")
    parsed = html.JustHTML(markup, sanitize=False, collect_errors=True, max_errors=100_000)
    if any(str(error.code).startswith("eof-in") for error in parsed.errors):
        out.fault("html-cut", path, "ends inside a tag or a comment; text may be missing")
    _Reader(out, caps, path, mail).read(parsed.root)
    out.end_aside()


@dataclass(frozen=True, slots=True)
class _Place:
    """What the elements around say of the words inside."""

    path: str
    kind: BlockKind = "paragraph"
    level: int = 0
    cell: Cell | None = None
    dead: AsideKind | None = None
    inserted: bool = False
    doubtful: bool = False
    strong: bool = False
    plain: bool = False
    """Whether white space counts, as in `pre`."""
    ground: bool = False
    """Whether an element around has a ground that is not white."""
    list: _List | None = None


@dataclass(slots=True)
class _List:
    """A numbered list that is being read."""

    next: int
    style: str


@dataclass(slots=True)
class _Frame:
    children: Iterator[Any] = field(repr=False)
    place: _Place
    ends: bool = False


class _Reader:
    """Walks the tree with a stack of its own, so that nesting costs no calls."""

    def __init__(self, out: Transcript, caps: Caps, path: str, mail: bool) -> None:
        self._out = out
        self._caps = caps
        self._path = path
        self._count = 0
        self._tables = 0
        self._cells: dict[int, Cell] = {}
        self._hides: list[tuple[str, frozenset[str], frozenset[str], bool]] = []
        self._break = False
        self._label = ""
        self._block = 0
        self._doubted = False
        self._mail = mail
        self._quoting = False
        self._from = False
        self._said: list[str] = []

    def read(self, root: Any) -> None:
        """Says everything that shows."""
        self._gather_rules(root)
        stack = [_Frame(iter(root.children or ()), _Place(self._path))]
        while stack:
            frame = stack[-1]
            node = next(frame.children, None)
            if node is None:
                stack.pop()
                if frame.ends:
                    self._end(frame.place)
                continue
            self._count += 1
            if self._count > self._caps.elements:
                raise ReadError("html-elements", self._path, f"holds more than {self._caps.elements} elements")
            made = self._enter(node, frame.place)
            if made is not None:
                if len(stack) >= self._caps.nesting:
                    raise ReadError("html-nesting", self._path, f"is nested deeper than {self._caps.nesting} elements")
                stack.append(made)
        self._end(_Place(self._path))

    def _gather_rules(self, root: Any) -> None:
        """Rules of style sheets in the page that hide something."""
        for sheet in root.query("style"):
            words = re.sub(
                r"/\*.*?(?:\*/|\Z)|<!--|-->",
                "",
                sheet.text or "".join(c.data or "" for c in sheet.children),
                flags=re.S,
            )
            for selectors, said, doubtful in _rules(words[:1_000_000]):
                if _why_hidden(_declared(said)) is None:
                    continue
                for selector in selectors.split(","):
                    parts = selector.split()
                    simple = _SIMPLE.fullmatch(parts[-1]) if parts else None
                    if simple is None:
                        continue
                    names = re.findall(r"([.#])([\w-]+)", simple[2])
                    classes = frozenset(name for mark, name in names if mark == ".")
                    identities = frozenset(name for mark, name in names if mark == "#")
                    self._hides.append(((simple[1] or "").lower(), classes, identities, doubtful or len(parts) > 1))

    def _hidden_by_rule(self, tag: str, attributes: dict[str, str | None]) -> str:
        """ "yes", "perhaps" or ""."""
        classes = set((attributes.get("class") or "").split())
        identity = attributes.get("id") or ""
        found = ""
        for name, needed_classes, identities, doubtful in self._hides:
            if (not name or name == tag) and needed_classes <= classes and identities <= {identity}:
                if not doubtful:
                    return "yes"
                found = "perhaps"
        return found

    def _enter(self, node: Any, place: _Place) -> _Frame | None:
        tag = node.name
        if tag == "#text":
            self._say(node.data or "", place)
            return None
        if tag.startswith(("#", "!")):
            return _Frame(iter(node.children), place) if tag in ("#document", "#document-fragment") else None
        tag = tag.lower()
        attributes = node.attrs or {}
        if any("<" in name for name in attributes) or not _TAG.fullmatch(tag):
            self._out.put_aside("unread", " ".join((tag, *attributes)), place.path)
            self._out.fault(
                "html-damaged", place.path, "has a tag that is none; it may have swallowed words", on_block=True
            )
        if tag in _UNSEEN:
            return None
        if tag == "head":
            self._head(node)
            return None
        if tag in _FOREIGN:
            self._out.put_aside("embedded", _text_of(node), place.path)
            self._out.fault("embedded-unread", place.path, "holds an embedded page or object that is not read")
            return None
        return self._element(node, tag, attributes, self._styled(tag, attributes, place))

    def _head(self, node: Any) -> None:
        for title in node.query("title"):
            self._out.put_aside("metadata", _text_of(title), self._path)
            self._out.end_aside()

    def _styled(self, tag: str, attributes: dict[str, str | None], place: _Place) -> _Place:
        """What an element and its style change."""
        style = _declared(attributes.get("style") or "")
        dead = place.dead
        if self._mail and _is_quote(tag, attributes):
            dead = dead or "embedded"
            self._quoting = self._quoting or "divrplyfwdmsg" in (attributes.get("id") or "").casefold()
        rule = self._hidden_by_rule(tag, attributes) if self._hides else ""
        ground = place.ground or _has_ground(style, attributes)
        if "hidden" in attributes or rule == "yes":
            dead = dead or "hidden"
        why = _why_hidden(style)
        if why is None and tag == "font" and _is_white(attributes.get("color") or ""):
            why = "white"
        doubtful = place.doubtful or rule == "perhaps" or (why == "white" and ground)
        if why == "comment":
            dead = dead or "comment"
        elif why and not (why == "white" and ground):
            dead = dead or "hidden"
        if tag in ("del", "s", "strike") or "line-through" in style.get("text-decoration", "") + style.get(
            "text-decoration-line", ""
        ):
            dead = dead or "deleted"
        weight = style.get("font-weight", "")
        strong = place.strong or tag in _STRONG or weight in ("bold", "bolder", "600", "700", "800", "900")
        strong = (strong and weight not in ("normal", "400")) or "underline" in style.get("text-decoration", "")
        plain = place.plain or tag in ("pre", "textarea") or style.get("white-space", "").startswith("pre")
        if doubtful and not place.doubtful and not self._doubted:
            self._doubted = True
            self._out.fault("style-unknown", place.path, "has a style of which nobody can tell whether it shows")
        return replace(
            place, dead=dead, doubtful=doubtful, strong=strong, plain=plain, ground=ground,
            inserted=place.inserted or tag == "ins",
        )  # fmt: skip

    def _element(self, node: Any, tag: str, attributes: dict[str, str | None], place: _Place) -> _Frame | None:
        if tag == "br":
            self._line_end(place)
            return None
        if tag == "img":
            self._out.put_aside("embedded", "", f"{place.path}/picture")
            if attributes.get("alt"):
                self._out.put_aside("alt", attributes["alt"] or "", place.path)
                self._out.end_aside()
            return None
        if tag == "input":
            if attributes.get("type", "text") in ("text", "search", "email", "tel", "url", "date", "number", None):
                self._say(attributes.get("value") or "", place)
            return None
        if "mso-list" in (attributes.get("style") or "") and "ignore" in (attributes.get("style") or "").casefold():
            if place.dead is None:
                self._label = " ".join(_text_of(node).split())
            return None
        if tag not in _BLOCKS:
            if tag == "option" and "selected" not in attributes:
                place = replace(place, dead=place.dead or "hidden")
            return _Frame(iter(node.children), place)
        self._end(place)
        return _Frame(iter(_children(node)), self._block_place(node, tag, attributes, place), ends=True)

    def _block_place(self, node: Any, tag: str, attributes: dict[str, str | None], place: _Place) -> _Place:
        self._block += 1
        place = replace(place, path=f"{self._path}/element {self._block}")
        style = attributes.get("style") or ""
        if tag in ("td", "th"):
            cell = self._cells.pop(id(node), None)
            return replace(place, kind="cell" if cell else place.kind, level=0, cell=cell or place.cell, list=None)
        if tag == "table":
            self._lay_out(node)
        elif tag in ("ul", "ol"):
            start = attributes.get("start") or ""
            numbers = _List(int(start) if re.fullmatch(r"-?\d{1,6}", start) else 1, attributes.get("type") or "1")
            return replace(place, level=place.level + 1, list=numbers if tag == "ol" else None)
        elif tag == "li":
            self._number(attributes, place)
            return replace(place, kind="item" if place.kind == "paragraph" else place.kind)
        elif place.kind == "paragraph" and re.fullmatch("h[1-6]", tag):
            return replace(place, kind="heading", level=int(tag[1]))
        elif (
            place.kind == "paragraph"
            and "mso-list:" in style.replace(" ", "")
            and "mso-list:none" not in style.replace(" ", "")
        ):
            level = re.search(r"level(\d)", style)
            return replace(place, kind="item", level=int(level[1]) if level else 1)
        return place

    def _number(self, attributes: dict[str, str | None], place: _Place) -> None:
        if place.list is None:
            return
        told = attributes.get("value") or ""
        if re.fullmatch(r"-?\d{1,6}", told):
            place.list.next = int(told)
        if place.dead is None:
            self._label = _written(place.list.next, place.list.style) + "."
        place.list.next += 1

    def _lay_out(self, table: Any) -> None:
        """The places of the cells of a table; one of a single column is no table, but a frame around text."""
        taken: dict[tuple[int, int], bool] = {}
        found: list[tuple[int, Cell]] = []
        for row, line in enumerate(_rows(table)):
            column = 0
            cells = [c for c in line.children if c.name in ("td", "th")]
            for node in cells:
                while (row, column) in taken:
                    column += 1
                rows, columns = (_span(node, name) for name in ("rowspan", "colspan"))
                header = all(c.name == "th" for c in cells)
                found.append((id(node), Cell(self._tables, row, column, rows, columns, header)))
                if rows * columns <= 10_000:
                    taken.update({(row + r, column + c): True for r in range(rows) for c in range(columns)})
                column += columns
        if any(cell.column for _, cell in found):
            self._tables += 1
            self._cells.update(found)

    def _say(self, words: str, place: _Place) -> None:
        if not place.plain:
            bare = re.sub(r"[ \t\r\n\f]+", " ", words)
            bare = bare if self._out.in_block and not self._break else bare.lstrip(" ")
        else:
            bare = words
        if not bare:
            return
        if self._quoting and place.dead is None:
            place = replace(place, dead="embedded", path=f"{self._path}/quoted")
        if place.dead is not None:
            if bare.strip():
                self._out.put_aside(place.dead, bare, place.path)
            return
        if self._break:
            self._after_line_end(bare, place)
        marks: tuple[MarkKind, ...] = (
            *(("inserted",) if place.inserted else ()),
            *(("unread",) if place.doubtful else ()),
        )
        self._said.append(bare)
        self._out.say(bare, marks, strong=place.strong)

    def _line_end(self, place: _Place) -> None:
        if place.dead is not None:
            return
        if self._break or not self._out.in_block:
            if self._break:
                self._finish(place)
            self._break = False
            self._finish(place)
            return
        self._break = True

    def _after_line_end(self, words: str, place: _Place) -> None:
        """A line end inside a sentence stays one; any other ends the paragraph."""
        self._break = False
        if words.lstrip()[:1].islower() and self._out.last_letter not in _ENDED:
            self._out.say("\n")
        else:
            self._finish(place)

    def _begins_quote(self) -> bool:
        """Whether the block that ends here is the head of an older mail."""
        line = "".join(self._said)
        self._said.clear()
        found = begins_quote(line, after_from=self._from)
        self._from = line.strip().startswith("From:")
        self._quoting = self._quoting or found
        return found

    def _end(self, place: _Place) -> None:
        self._out.end_aside()
        self._break = False
        if self._out.in_block:
            self._finish(place)

    def _finish(self, place: _Place) -> None:
        kind, level = (place.kind, place.level) if place.kind != "paragraph" else (place.kind, 0)
        if self._mail and self._begins_quote():
            kind, level = "furniture", 0
        label = self._label if self._out.in_block else ""
        if self._out.in_block:
            self._label = ""
        self._out.end_block(kind, level=level, label=label, cell=place.cell, path=place.path)


def begins_quote(line: str, *, after_from: bool) -> bool:
    """Whether a line of a mail begins an older one: its head, or "On 3 March ... wrote:"."""
    bare = line.strip()
    if re.match(r"-{2,}\s*(?:original message|forwarded message)\s*-{2,}", bare, re.I):
        return True
    if re.fullmatch(r"On\b.{5,200}\bwrote:", bare, re.S):
        return True
    if re.match(r"From:", bare) and re.search(r"\b(?:Sent|Date):", bare):
        return True
    return after_from and bool(re.match(r"(?:Sent|Date):", bare))


def _is_quote(tag: str, attributes: dict[str, str | None]) -> bool:
    """Whether a mail program puts an older mail into this element (Gmail, Apple, Thunderbird, Outlook)."""
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".casefold()
    cited = tag == "blockquote" and (attributes.get("type") or "").casefold() == "cite"
    return cited or any(name in names for name in ("gmail_quote", "moz-cite-prefix", "divrplyfwdmsg", "yahoo_quoted"))


def _rules(sheet: str) -> Iterator[tuple[str, str, bool]]:
    """Selectors and properties of a style sheet, and whether a condition stands around them."""
    begin = depth = 0
    selectors = ""
    for mark in re.finditer(r"[{}]", sheet):
        said = sheet[begin : mark.start()]
        begin = mark.end()
        if mark.group() == "{":
            depth += 1
            selectors = said.split(";")[-1]
        else:
            if selectors and "@" not in selectors:
                yield selectors, said, depth > 1
            selectors = ""
            depth = max(0, depth - 1)


def _children(node: Any) -> list[Any]:
    return list(node.children or ())


def _text_of(node: Any) -> str:
    """All characters inside, without a call in a call."""
    found: list[str] = []
    stack = [iter(node.children or ())]
    while stack:
        inner = next(stack[-1], None)
        if inner is None:
            stack.pop()
        elif inner.name == "#text":
            found.append(inner.data or "")
        elif inner.children:
            stack.append(iter(inner.children))
    return "".join(found)


def _rows(table: Any) -> Iterator[Any]:
    """The rows of a table, not those of a table inside it."""
    for node in table.children or ():
        if node.name == "tr":
            yield node
        elif node.name in ("thead", "tbody", "tfoot"):
            yield from (inner for inner in node.children if inner.name == "tr")


def _span(node: Any, name: str) -> int:
    told = (node.attrs or {}).get(name) or ""
    return min(1_000, max(1, int(told))) if told.isdigit() and len(told) < 6 else 1


def _declared(style: str) -> dict[str, str]:
    """Properties of a style, in small letters."""
    found = {}
    for each in style.casefold().split(";"):
        name, colon, told = each.partition(":")
        if colon:
            found[name.strip()] = told.replace("!important", "").strip()
    return found


def _why_hidden(style: dict[str, str]) -> str | None:
    """Why words of this style do not show: `hidden`, `white`, `comment`; `None` if they do."""
    if style.get("mso-element") in ("comment", "comment-list") or "mso-comment" in " ".join(style):
        return "comment"
    if (
        style.get("display") == "none"
        or style.get("visibility") in ("hidden", "collapse")
        or style.get("mso-hide") == "all"
    ):
        return "hidden"
    if (
        _small(style.get("font-size", ""))
        or style.get("opacity") in ("0", "0.0", "0%")
        or style.get("clip") == "rect(0,0,0,0)"
    ):
        return "hidden"
    if any(re.match(r"-\d{3,}", style.get(name, "")) for name in ("left", "top", "text-indent", "margin-left")):
        return "hidden"
    if style.get("height") in ("0", "0px") and style.get("overflow") == "hidden":
        return "hidden"
    if style.get("color") == "transparent":
        return "hidden"
    return "white" if _is_white(style.get("color", "")) else None


def _small(size: str) -> bool:
    told = re.fullmatch(r"(\d++(?:\.\d++)?|\.\d++)(px|pt|em|rem|%)?", size)
    if told is None:
        return False
    number = float(told[1])
    return number < {"px": 3, "pt": 2.5, "em": 0.2, "rem": 0.2, "%": 20}.get(told[2] or "", 3)


def _is_white(colour: str) -> bool:
    return re.sub(r"\s", "", colour.casefold()) in ("white", "#fff", "#ffffff", "rgb(255,255,255)", "windowtext0")


def _has_ground(style: dict[str, str], attributes: dict[str, str | None]) -> bool:
    grounds = [style.get("background", ""), style.get("background-color", ""), attributes.get("bgcolor") or ""]
    return any(g and g not in ("transparent", "none", "inherit", "initial") and not _is_white(g) for g in grounds)


def _written(number: int, style: str) -> str:
    if style in ("a", "A") and 0 < number <= 26:
        return chr(ord(style) + number - 1)
    if style in ("i", "I") and number > 0:
        roman = roman_number(number)
        return roman.lower() if style == "i" else roman
    return str(number)
