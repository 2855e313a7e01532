"""Reads the text of a Word document element by element, each visible word once, in the order a person reads it.

A story is a run of text with an order of its own: the body, a header, a
footnote, a text box. The reader keeps a stack of its own instead of calling
itself, so that nesting costs no stack of the program.

How it goes:
 1. `HANDLERS` names for each element what is done with it; what is not named
    and holds text is put aside as "unread" and reported.
 2. A handler says words, or returns a `Frame`: what to read inside, and in
    which `Place`. A place says what holds for all words inside: are they
    dead, inserted, in a cell.
 3. A paragraph ends its block unless its end mark is dead (deleted, hidden,
    inside a field's instruction): then it runs on into the next one.
 4. Boxes and notes are read when the paragraph that they hang on has ended.

Source: ECMA-376 part 1, 17 (WordprocessingML); part 3 (markup compatibility).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple
from xml.etree.ElementTree import Element

from minutes_split.document import AsideKind, BlockKind, Cell, MarkKind
from minutes_split.errors import ReadError
from minutes_split.readers import fields
from minutes_split.readers.binding import Bindings
from minutes_split.readers.drawn import chart_words, diagram_words, paragraph_words
from minutes_split.readers.numbering import Counters, Numbering
from minutes_split.readers.package import Package
from minutes_split.readers.sections import Furniture
from minutes_split.readers.styles import ListPlace, Styles, is_on, look_of, number_of
from minutes_split.readers.symbols import is_symbol_font, sign
from minutes_split.readers.tables import cells_of
from minutes_split.readers.transcript import Transcript
from minutes_split.readers.xmltree import NAMESPACES, child, value, words_of

StoryKind = Literal["main", "box", "note", "furniture"]


class Place(NamedTuple):
    """What holds for everything inside an element."""

    part: str
    """The part of the package, to follow relationships from."""
    path: str
    story: StoryKind = "main"
    kind: BlockKind | None = None
    """Of all blocks here, where the story decides it."""
    cell: Cell | None = None
    dead: AsideKind | None = None
    """Why the words here are not live; `None` if they are."""
    marks: tuple[MarkKind, ...] = ()
    style: str = ""
    """The paragraph style."""
    strong: bool = False
    """Whether the words here are bold, underlined or shown in capitals."""
    font: str = ""
    """A font of signs, if the words here are set in one."""


class Frame(NamedTuple):
    """Elements to read, in a place, and what to do after the last."""

    elements: Iterator[Element]
    place: Place
    end: Callable[[], Iterable[Frame]] | None = None


class Sources(NamedTuple):
    """The parts of a document that its story refers to."""

    package: Package
    styles: Styles
    numbering: Numbering
    footnotes: dict[str, Element]
    endnotes: dict[str, Element]
    comments: dict[str, Element]
    notes_parts: dict[str, str]
    """The names of the parts: "footnotes", "endnotes", "comments"."""
    furniture: Furniture
    bindings: Bindings


class Story:
    """One reading of one document into a transcript."""

    def __init__(self, sources: Sources, out: Transcript) -> None:
        self.sources = sources
        self.out = out
        self.people: dict[str, None] = {}
        """Who changed or commented, as the file names them."""
        self.used: set[str] = set()
        """Notes and comments that the text refers to: "footnotes/3"."""
        self._fields: list[fields.Field] = []
        self._whole: set[int] = set()
        self._held: tuple[Element | None, Place] | None = None
        self._waiting: list[Frame] = []
        self._late: list[Frame] = []
        self._path = ""
        self._paragraphs: dict[str, int] = {}
        self._tables = 0
        self._boxes = 0
        self._cells: dict[int, Cell | None] = {}
        self._section = 0
        self._counters: dict[str, Counters] = {}

    # --- the walk ---------------------------------------------------------

    def read_body(self, body: Element, place: Place) -> None:
        """The whole visible document: headers, body, notes, footers."""
        self._walk([*self._headers(place), self._story(body, place), Frame(iter(()), place, self._body_ended)])

    def read_aside(self, element: Element, place: Place) -> None:
        """A story whose words are all dead."""
        self._walk([self._story(element, place)])

    def _walk(self, frames: list[Frame]) -> None:
        stack = frames[::-1]
        while stack:
            frame = stack[-1]
            element = next(frame.elements, None)
            if element is None:
                stack.pop()
                if frame.end is not None:
                    stack.extend(reversed(list(frame.end())))
                continue
            handler = HANDLERS.get(element.tag)
            if handler is not None:
                inner = handler(self, element, frame.place)
                if inner is not None:
                    stack.extend(reversed(inner)) if isinstance(inner, list) else stack.append(inner)
            elif element.tag not in _SKIPPED:
                self._unknown(element, frame.place)

    def _story(self, root: Element | list[Element], place: Place) -> Frame:
        """A story of its own: its fields begin and end inside, and its last paragraph is closed."""
        return Frame(self._apart(root, place), place, self._close_held)

    def _apart(self, root: Element | list[Element], place: Place) -> Iterator[Element]:
        kept, self._fields = self._fields, []
        elements = list(root)
        holder = root if isinstance(root, Element) else Element("w:body")
        whole, left = fields.whole_fields(holder, apart=frozenset({"w:txbxContent"}))
        self._whole |= whole
        if left:
            self.out.fault("field-open", place.path, "a field begins and does not end, or the reverse")
        yield from elements
        self._fields = kept

    def _headers(self, place: Place) -> list[Frame]:
        before = self.sources.furniture.before
        return [self._furniture(n, place) for n in (before[self._section] if self._section < len(before) else ())]

    def _footers(self, place: Place) -> list[Frame]:
        after = self.sources.furniture.after
        return [self._furniture(n, place) for n in (after[self._section] if self._section < len(after) else ())]

    def _furniture(self, part: str, place: Place) -> Frame:
        tree = self.sources.package.tree(part)
        if tree.tag not in ("w:hdr", "w:ftr"):
            raise ReadError("part-wrong", part.rpartition("/")[2], "should hold a header or footer")
        return self._story(
            tree, place._replace(part=part, path=part.rpartition("/")[2], story="furniture", kind="furniture")
        )

    def _body_ended(self) -> list[Frame]:
        place = Place(self.sources.notes_parts.get("document", ""), "document.xml")
        late, self._late = self._late, []
        return [*late, *self._footers(place)]

    # --- words ------------------------------------------------------------

    def _say(self, words: str, place: Place) -> None:
        dead = place.dead or ("instruction" if self._instructing() else None)
        if dead:
            self.out.put_aside(dead, words, place.path)
            return
        marks = place.marks
        for each in self._fields:
            each.said = True
            if each.computed:
                marks = (*marks, "field")
            if each.suspect:
                marks = (*marks, "unread")
        self.out.say(words, tuple(dict.fromkeys(marks)), strong=place.strong)

    def _instructing(self) -> bool:
        return any(each.phase == "instruction" for each in self._fields)

    def _text(self, element: Element, place: Place) -> None:
        words = element.text
        if not words:
            return
        if "\n" in words or "\t" in words or "\r" in words:
            words = words.replace("\r\n", " ").replace("\n", " ").replace("\r", " ").replace("\t", " ")
        if words[0] == " " or words[-1] == " ":
            words = words if element.get("xml:space") == "preserve" else words.strip(" ")
        if place.font:
            words = self._signs(words, place)
        self._say(words, place)

    def _signs(self, words: str, place: Place) -> str:
        """Words in a font of signs: what it shows if the codes say so; letters stay and are reported."""
        if any(c.isalnum() and c < "\uf000" for c in words):
            self.out.fault("symbol-letters", place.path, "letters are set in a font that shows signs", on_block=True)
        return "".join(sign(place.font, ord(c)) if "\uf000" <= c <= "\uf0ff" else c for c in words)

    def _symbol(self, element: Element, place: Place) -> None:
        code = element.get("w:char", "")
        shown = sign(element.get("w:font", ""), int(code, 16)) if _is_hexadecimal(code) else "\ufffd"
        if shown == "\ufffd":
            self.out.fault("symbol-unknown", place.path, "a sign of a symbol font is not known")
        self._say(shown, place)

    def _deleted_text(self, element: Element, place: Place) -> None:
        self.out.put_aside(place.dead or "deleted", element.text or "", place.path)

    def _tab(self, element: Element, place: Place) -> None:
        self._say("\t", place)

    def _break(self, element: Element, place: Place) -> None:
        self._say("\n", place)

    def _no_break_hyphen(self, element: Element, place: Place) -> None:
        self._say("\u2011", place)

    def _soft_hyphen(self, element: Element, place: Place) -> None:
        self._say("\u00ad", place)

    # --- paragraphs and runs ----------------------------------------------

    def _paragraph(self, element: Element, place: Place) -> Frame:
        number = self._paragraphs[place.path] = self._paragraphs.get(place.path, 0) + 1
        identity = element.get("w14:paraId")
        properties = child(element, "w:pPr")
        style = value(properties, "w:pStyle")
        styles = self.sources.styles
        inner = place._replace(
            path=f"{place.path}/paragraph {number}" + (f" ({identity})" if identity and identity.isalnum() else ""),
            style=style if style in styles.paragraph else styles.default,
        )
        if self._held is None and not self.out.in_block:
            self._path = inner.path
        self._stray(element, inner)
        return Frame(iter(element), inner, lambda: self._paragraph_ended(properties, inner))

    def _paragraph_ended(self, properties: Element | None, place: Place) -> list[Frame]:
        if place.dead:
            self.out.put_aside(place.dead, "\n", place.path)
            waiting, self._waiting = self._waiting, []
            return waiting
        self._held = (properties, place)
        frames = [] if self._mark_is_dead(properties, place) else self._close_held(whole=True)
        if child(properties, "w:sectPr") is not None and place.story == "main":
            frames += self._close_held()
            outer = place._replace(path=place.path.partition("/")[0])
            frames.append(Frame(iter(()), outer, lambda: self._section_ended(outer)))
        return frames

    def _section_ended(self, place: Place) -> list[Frame]:
        footers = self._footers(place)
        self._section += 1
        return [*footers, *self._headers(place)]

    def _mark_is_dead(self, properties: Element | None, place: Place) -> bool:
        about = child(properties, "w:rPr")
        if child(about, "w:del") is not None or child(about, "w:moveFrom") is not None or self._instructing():
            return True
        look = self.sources.styles.look(look_of(about), place.style, value(about, "w:rStyle"))
        return bool(look.hidden)

    def _close_held(self, *, whole: bool = False) -> list[Frame]:
        """Ends the block of the last paragraph. One that was to run on and has no words leaves nothing behind."""
        if self._held is not None:
            properties, place = self._held
            self._held = None
            if whole or self.out.in_block:
                self._close(properties, place)
        waiting, self._waiting = self._waiting, []
        return waiting

    def _close(self, properties: Element | None, place: Place) -> None:
        heading = self._heading_level(properties, place.style)
        listed = self._list_of(properties, place.style)
        label = ""
        if listed is not None:
            found = self._counters_of(place).next_label(listed)
            if found is None:
                self.out.fault(
                    "label-unknown", place.path, "the number that is shown before it cannot be computed", on_block=True
                )
            label = found or ""
        kind: BlockKind
        level = 0
        if place.kind is not None:
            kind = place.kind
        elif place.cell is not None:
            kind = "cell"
        elif heading is not None:
            kind, level = "heading", heading
        elif listed is not None:
            kind, level = "item", listed.level + 1
        else:
            kind = "paragraph"
        self.out.end_block(kind, level=level, label=label, cell=place.cell, path=self._path, strong=heading is not None)

    def _counters_of(self, place: Place) -> Counters:
        key = place.part if place.story == "furniture" else place.story
        if key not in self._counters:
            self._counters[key] = Counters(self.sources.numbering, self.sources.styles)
        return self._counters[key]

    def _heading_level(self, properties: Element | None, style: str) -> int | None:
        direct = number_of(child(properties, "w:outlineLvl"))
        if direct is not None:
            return direct + 1 if direct < 9 else None
        return self.sources.styles.heading_level(style)

    def _list_of(self, properties: Element | None, style: str) -> ListPlace | None:
        """The list that a paragraph is in, by itself or by its style."""
        direct = child(properties, "w:numPr")
        num_id, level, owner = self.sources.styles.list_of(style)
        own_num = number_of(child(direct, "w:numId"))
        own_level = number_of(child(direct, "w:ilvl"))
        if own_num is not None:
            num_id, level, owner = own_num, own_level or 0, ""
        elif own_level is not None:
            level, owner = own_level, ""
        if not num_id:
            return None
        tied = self.sources.numbering.level_of_style(num_id, owner, self.sources.styles) if owner else None
        return ListPlace(num_id, tied if tied is not None else level or 0)

    def _run(self, element: Element, place: Place) -> Frame:
        properties = child(element, "w:rPr")
        look = self.sources.styles.look(look_of(properties), place.style, value(properties, "w:rStyle"))
        strong = bool(look.bold or look.underlined or look.capitals)
        font = _sign_font(properties)
        dead: AsideKind | None = place.dead or ("hidden" if look.hidden else None)
        if strong != place.strong or font != place.font or dead != place.dead:
            place = place._replace(strong=strong, font=font, dead=dead)
        self._stray(element, place)
        return Frame(iter(element), place)

    def _inside(self, element: Element, place: Place) -> Frame:
        """An element that only holds others."""
        self._stray(element, place)
        return Frame(iter(element), place)

    def _drawing_layer(self, element: Element, place: Place) -> Frame:
        return Frame(iter(element), place)

    def _hyperlink(self, element: Element, place: Place) -> Frame:
        if tip := element.get("w:tooltip"):
            self.out.put_aside("alt", tip, place.path)
        self._address(element.get("r:id"), place)
        return Frame(iter(element), place)

    def _address(self, identity: str | None, place: Place) -> None:
        found = self.sources.package.relationships(place.part).get(identity or "")
        if found is not None and found.outside and found.target:
            self.out.put_aside("metadata", found.target, place.path)

    def _ruby(self, element: Element, place: Place) -> Frame:
        """The word, then the small letters above it that say how it is read."""
        return Frame(iter(sorted(element, key=lambda each: each.tag == "w:rt")), place)

    # --- tracked changes --------------------------------------------------

    def _changed(self, element: Element, place: Place) -> Frame:
        if author := element.get("w:author"):
            self.people[author] = None
        return Frame(iter(element), _as_changed(place, element.tag))

    # --- content controls -------------------------------------------------

    def _control(self, element: Element, place: Place) -> Frame | None:
        about, content = child(element, "w:sdtPr"), child(element, "w:sdtContent")
        for name in ("w:alias", "w:tag"):
            if words := value(about, name):
                self.out.put_aside("metadata", words, place.path)
        for choice in () if about is None else about:
            if choice.tag in ("w:dropDownList", "w:comboBox"):
                for each in choice:
                    self.out.put_aside("metadata", each.get("w:displayText") or each.get("w:value", ""), place.path)
        if content is None:
            return None
        if is_on(child(about, "w:showingPlcHdr")):
            place = place._replace(marks=(*place.marks, "placeholder"))
        if self.sources.bindings.differ(about, content):
            self.out.fault(
                "bound-value", place.path, "a control is bound to a value that is not what it shows", on_block=True
            )
            place = place._replace(marks=(*place.marks, "unread"))
        return Frame(iter(content), place)

    # --- fields -----------------------------------------------------------

    def _simple_field(self, element: Element, place: Place) -> Frame:
        instruction = element.get("w:instr", "")
        self.out.put_aside(place.dead or "instruction", instruction, place.path)
        begun = fields.Field(instruction=[instruction], dirty=_says(element, "w:dirty"))
        self._fields.append(begun)
        self._begin_result(begun, place)

        def ended() -> list[Frame]:
            self._fields.remove(begun)
            self._field_ended(begun, place)
            return []

        return Frame(iter(element), place, ended)

    def _field_mark(self, element: Element, place: Place) -> None:
        if id(element) not in self._whole:
            return
        kind = element.get("w:fldCharType")
        if kind == "begin":
            self._fields.append(fields.Field(dirty=_says(element, "w:dirty"), form=child(element, "w:ffData")))
        elif self._fields and kind == "separate":
            self._begin_result(self._fields[-1], place)
        elif self._fields and kind == "end":
            self._field_ended(self._fields.pop(), place)

    def _begin_result(self, begun: fields.Field, place: Place) -> None:
        begun.phase = "result"
        if begun.suspect and not place.dead and not self._instructing():
            self.out.fault(
                "field-suspect",
                place.path,
                "what a field shows is out of date or comes from another file",
                on_block=True,
            )

    def _instruction(self, element: Element, place: Place) -> None:
        words = element.text or ""
        if self._fields and self._fields[-1].phase == "instruction":
            self._fields[-1].instruction.append(words)
        self.out.put_aside(place.dead or "instruction", words, place.path)

    def _field_ended(self, ended: fields.Field, place: Place) -> None:
        """Shows what a field shows without a kept result; reports what only Word could compute."""
        if ended.said or place.dead or self._instructing():
            return
        form = ended.form
        if ended.name in ("MACROBUTTON", "GOTOBUTTON"):
            self._say(
                fields.button_words("".join(ended.instruction)), place._replace(marks=(*place.marks, "placeholder"))
            )
        elif ended.name == "FORMCHECKBOX":
            box = child(form, "w:checkBox")
            ticked = is_on(child(box, "w:checked"))
            self._say("☒" if (is_on(child(box, "w:default")) if ticked is None else ticked) else "☐", place)
        elif ended.name == "FORMDROPDOWN":
            self._say(_chosen(child(form, "w:ddList")), place)
        elif ended.name in ("EQ", "SYMBOL"):
            self.out.put_aside("unread", "".join(ended.instruction), place.path)
            self.out.fault("field-without-result", place.path, "a field shows what only Word computes", on_block=True)
        elif ended.name not in fields.SILENT and ended.name not in fields.PAGES:
            self.out.fault("field-without-result", place.path, "a field shows what only Word computes")

    # --- tables -----------------------------------------------------------

    def _table(self, element: Element, place: Place) -> list[Frame]:
        before = self._close_held()
        number = self._tables
        self._tables += 1
        self._cells.update(cells_of(element, number))
        about = child(element, "w:tblPr")
        for name in ("w:tblCaption", "w:tblDescription"):
            if words := value(about, name):
                self.out.put_aside("alt", words, place.path)
        return [*before, Frame(iter(element), place._replace(path=f"{place.path}/table {number + 1}"))]

    def _row(self, element: Element, place: Place) -> Frame:
        for about in child(element, "w:trPr") or ():
            if about.tag in _CHANGES:
                place = _as_changed(place, about.tag)
            elif about.tag == "w:hidden" and is_on(about):
                place = place._replace(dead=place.dead or "hidden")
        return Frame(iter(element), place)

    def _cell(self, element: Element, place: Place) -> list[Frame]:
        cell = self._cells.get(id(element))
        for about in child(element, "w:tcPr") or ():
            if about.tag in _CELL_CHANGES:
                place = _as_changed(place, _CELL_CHANGES[about.tag])
        if cell is None:
            if any((t.text or "").strip() for t in element.iter("w:t")):
                self.out.fault("cell-covered", place.path, "a cell that is merged into another has words of its own")
            return [*self._close_held(), Frame(iter(element), place._replace(dead=place.dead or "hidden"))]
        path = f"{place.path}/row {cell.row + 1}/cell {cell.column + 1}"
        return [*self._close_held(), Frame(iter(element), place._replace(cell=cell, path=path), self._close_held)]

    # --- notes, comments --------------------------------------------------

    def _note_reference(self, element: Element, place: Place) -> None:
        kind = "footnotes" if element.tag == "w:footnoteReference" else "endnotes"
        identity = element.get("w:id", "")
        note = (self.sources.footnotes if kind == "footnotes" else self.sources.endnotes).get(identity)
        if note is None:
            self.out.fault(
                "note-missing", place.path, "a note that the text refers to is not in the file", on_block=True
            )
            return
        key = f"{kind}/{identity}"
        if key in self.used:
            return
        self.used.add(key)
        part = self.sources.notes_parts[kind]
        number = number_of(element, "w:id")
        inner = Place(
            part, f"{part.rpartition('/')[2]}/note {number}", "note", "note", place.cell, place.dead, place.marks
        )
        (self._waiting if kind == "footnotes" or place.dead else self._late).append(self._story(note, inner))

    def _comment_reference(self, element: Element, place: Place) -> None:
        identity = element.get("w:id", "")
        comment = self.sources.comments.get(identity)
        if comment is None:
            self.out.fault("comment-missing", place.path, "a comment that the text refers to is not in the file")
        elif f"comments/{identity}" not in self.used:
            self.used.add(f"comments/{identity}")
            self._waiting.append(self.comment(comment, place))

    def comment(self, comment: Element, place: Place) -> Frame:
        """A comment as a story whose words are dead."""
        if author := comment.get("w:author"):
            self.people[author] = None
        part = self.sources.notes_parts.get("comments", "")
        path = f"{part.rpartition('/')[2]}/comment {number_of(comment, 'w:id')}"
        return self._story(comment, Place(part, path, "note", "note", place.cell, "comment"))

    # --- boxes, drawings, embedded parts ----------------------------------

    def _box(self, element: Element, place: Place) -> None:
        self._wait(element, place, "box")

    def _wait(self, root: Element | list[Element], place: Place, name: str) -> None:
        """Has a story read when the paragraph that it hangs on has ended."""
        self._boxes += 1
        dead = place.dead or ("instruction" if self._instructing() else None)
        inner = place._replace(
            path=f"{place.path}/{name} {self._boxes}", dead=dead, strong=False, font="",
            story="furniture" if place.story == "furniture" else "box", kind=place.kind or "note",
        )  # fmt: skip
        self._waiting.append(self._story(root, inner))

    def _drawing_text(self, element: Element, place: Place) -> None:
        """Text of a drawing that is no Word text (`a:p`)."""
        if words := paragraph_words(element):
            self._wait(_paragraphs([words]), place, "drawing")

    def _about_drawing(self, element: Element, place: Place) -> None:
        for name in ("title", "descr"):
            if words := element.get(name):
                self.out.put_aside("alt", words, place.path)

    def _drawing(self, element: Element, place: Place) -> Frame:
        about = next(element.iter("wp:docPr"), None)
        if about is not None and _says(about, "hidden"):
            place = place._replace(dead=place.dead or "hidden")
        return Frame(iter(element), place)

    def _shape(self, element: Element, place: Place) -> Frame:
        for name in ("alt", "title"):
            if words := element.get(name):
                self.out.put_aside("alt", words, place.path)
        if "visibility:hidden" in element.get("style", "").replace(" ", "").casefold():
            place = place._replace(dead=place.dead or "hidden")
        return Frame(iter(element), place)

    def _word_art(self, element: Element, place: Place) -> None:
        if words := element.get("string"):
            self._wait(_paragraphs([words]), place, "word art")

    def _picture(self, element: Element, place: Place) -> Frame:
        if words := element.get("o:title"):
            self.out.put_aside("alt", words, place.path)
        self.out.put_aside("embedded", "", f"{place.path}/picture")
        return Frame(iter(element), place)

    def _chart(self, element: Element, place: Place) -> None:
        tree = self._part_of(element.get("r:id"), place, "chart")
        if tree is not None:
            self._wait(_paragraphs(chart_words(tree)), place, "chart")

    def _diagram(self, element: Element, place: Place) -> None:
        tree = self._part_of(element.get("r:dm"), place, "diagram")
        if tree is not None:
            self._wait(_paragraphs(diagram_words(tree)), place, "diagram")

    def _part_of(self, identity: str | None, place: Place, what: str) -> Element | None:
        found = self.sources.package.relationships(place.part).get(identity or "")
        if found is None or found.outside or not self.sources.package.holds(found.target):
            self.out.fault(f"{what}-missing", place.path, f"a {what} is not in the file", on_block=True)
            return None
        return self.sources.package.tree(found.target)

    def _embedded(self, element: Element, place: Place) -> None:
        what = element.get("ProgID", "") if element.tag == "o:OLEObject" else ""
        self.out.put_aside("embedded", what, place.path)
        self.out.fault("embedded-unread", place.path, "holds an embedded file or control that is not read")

    def _other_document(self, element: Element, place: Place) -> list[Frame]:
        """Another document put in as it is (`w:altChunk`), or pointed to (`w:subDoc`)."""
        before = self._close_held()
        found = self.sources.package.relationships(place.part).get(element.get("r:id", ""))
        words = ""
        if found is not None and not found.outside and self.sources.package.holds(found.target):
            words = _plain_words(self.sources.package.content(found.target), self.sources.package.type_of(found.target))
        self.out.put_aside("unread" if words else "embedded", words, place.path)
        self.out.fault("embedded-unread", place.path, "shows the text of another document that is not read")
        return before

    # --- equations --------------------------------------------------------

    def _math_part(self, element: Element, place: Place) -> Frame:
        self._say(_MATH_SIGNS[element.tag], place)
        return Frame(iter(element), place)

    def _math_brackets(self, element: Element, place: Place) -> Frame:
        about = child(element, "m:dPr")
        first = child(about, "m:begChr")
        last = child(about, "m:endChr")
        self._say("(" if first is None else first.get("m:val", ""), place)

        def ended() -> list[Frame]:
            self._say(")" if last is None else last.get("m:val", ""), place)
            return []

        return Frame(iter(element), place, ended)

    def _math_sum(self, element: Element, place: Place) -> Frame:
        found = child(element, "m:naryPr", "m:chr")
        self._say("∫" if found is None else found.get("m:val", ""), place)
        return Frame(iter(element), place)

    # --- one of several ways to say it ------------------------------------

    def _alternatives(self, element: Element, place: Place) -> Frame | None:
        """The first choice that is understood, else the fallback; never both."""
        choices = [each for each in element if each.tag == "mc:Choice"]
        fallback = child(element, "mc:Fallback")
        chosen = next((c for c in choices if all(n in _UNDERSTOOD for n in c.get("Requires", "").split())), fallback)
        if chosen is None:
            if any(words_of(each) for each in choices):
                self.out.fault(
                    "alternative-unknown", place.path, "needs something that is not known, and offers nothing else"
                )
            return None
        if chosen is not fallback and fallback is not None:
            ours, theirs = (sorted(_shown_words(each)) for each in (chosen, fallback))
            if ours and theirs and ours != theirs:
                self.out.fault(
                    "alternative-differs", place.path, "says something else to older programs", on_block=True
                )
                place = place._replace(marks=(*place.marks, "unread"))
        return Frame(iter(chosen), place)

    # --- what nobody knows ------------------------------------------------

    def _unknown(self, element: Element, place: Place) -> None:
        if element.tag.partition(":")[0] in _QUIET:
            return
        words = words_of(element)
        if words:
            self.out.put_aside("unread", words, place.path)
            self.out.fault(
                "element-unknown", place.path, "holds text in a way that is not known", on_block=not place.dead
            )

    def _stray(self, element: Element, place: Place) -> None:
        """Characters directly inside an element that only holds others."""
        if element.text is not None and element.text.strip():
            self.out.put_aside("unread", element.text.strip(), place.path)
            self.out.fault(
                "element-unknown", place.path, "holds text in a way that is not known", on_block=not place.dead
            )


def _as_changed(place: Place, tag: str) -> Place:
    """The place inside a tracked change."""
    if tag in _DEAD_CHANGES:
        return place._replace(dead=place.dead or _DEAD_CHANGES[tag])
    return place._replace(marks=(*place.marks, _LIVE_CHANGES[tag]))


_DEAD_CHANGES: dict[str, AsideKind] = {"w:del": "deleted", "w:moveFrom": "moved-from"}
_LIVE_CHANGES: dict[str, MarkKind] = {"w:ins": "inserted", "w:moveTo": "moved-to"}
_CHANGES = frozenset({*_DEAD_CHANGES, *_LIVE_CHANGES})
_CELL_CHANGES = {"w:cellDel": "w:del", "w:cellIns": "w:ins"}


def _is_hexadecimal(code: str) -> bool:
    return 0 < len(code) <= 6 and all(c in "0123456789abcdefABCDEF" for c in code)


def _says(element: Element, attribute: str) -> bool:
    return element.get(attribute, "0").casefold() in ("1", "true", "on")


def _sign_font(properties: Element | None) -> str:
    fonts = child(properties, "w:rFonts")
    if fonts is None:
        return ""
    name = fonts.get("w:ascii") or fonts.get("w:hAnsi") or ""
    return name if is_symbol_font(name) else ""


def _chosen(choices: Element | None) -> str:
    """The entry that a legacy drop-down list shows."""
    entries = [each.get("w:val", "") for each in choices if each.tag == "w:listEntry"] if choices is not None else []
    chosen = number_of(child(choices, "w:result"))
    place = (number_of(child(choices, "w:default")) or 0) if chosen is None else chosen
    return entries[place] if 0 <= place < len(entries) else ""


def _paragraphs(texts: list[str]) -> list[Element]:
    """Texts as the paragraphs that a story is made of."""
    made = []
    for text in texts:
        paragraph, run = Element("w:p"), Element("w:r")
        for number, line in enumerate(text.split("\n")):
            if number:
                run.append(Element("w:br"))
            words = Element("w:t", {"xml:space": "preserve"})
            words.text = line
            run.append(words)
        paragraph.append(run)
        made.append(paragraph)
    return made


def _shown_words(element: Element) -> list[str]:
    return "".join(each.text or "" for each in element.iter() if each.tag in ("w:t", "a:t")).split()


def _plain_words(content: bytes, kind: str) -> str:
    """The words of a text or web page that is put into a document; "" of anything else."""
    if "html" in kind:
        from html.parser import HTMLParser

        found: list[str] = []
        parser = HTMLParser()
        parser.handle_data = found.append  # type: ignore[method-assign]
        parser.feed(content.decode("utf-8", "replace"))
        return " ".join("".join(found).split())
    return content.decode("utf-8", "replace").strip() if kind.startswith("text/plain") else ""


_UNDERSTOOD = frozenset(NAMESPACES.values())

# Layers in which only named elements hold words; the rest are places, colours and sizes.
_QUIET = frozenset(
    {"wp", "wp14", "wp15", "pic", "wps", "wpg", "wpc", "wpi", "a", "a14", "v", "o", "w10", "x", "pvml", "c", "dgm"}
)

_SKIPPED = frozenset({
    "w:pPr", "w:rPr", "w:tblPr", "w:tblGrid", "w:tblPrEx", "w:trPr", "w:tcPr", "w:sectPr", "w:sdtPr", "w:sdtEndPr",
    "w:bookmarkStart", "w:bookmarkEnd", "w:proofErr", "w:lastRenderedPageBreak", "w:permStart", "w:permEnd",
    "w:commentRangeStart", "w:commentRangeEnd", "w:moveFromRangeStart", "w:moveFromRangeEnd", "w:moveToRangeStart",
    "w:moveToRangeEnd", "w:footnoteRef", "w:endnoteRef", "w:annotationRef", "w:separator", "w:continuationSeparator",
    "w:smartTagPr", "w:customXmlPr", "w:fldData", "w:rubyPr", "m:ctrlPr", "w:pgNum",
})  # fmt: skip

_MATH_SIGNS = {"m:den": "/", "m:sup": "^", "m:sub": "_", "m:rad": "√", "m:mr": " ", "m:lim": " "}

Handler = Callable[[Story, Element, Place], "Frame | list[Frame] | None"]

HANDLERS: dict[str, Handler] = {
    "w:p": Story._paragraph,
    "w:r": Story._run,
    "m:r": Story._run,
    "w:t": Story._text,
    "m:t": Story._text,
    "w:delText": Story._deleted_text,
    "w:delInstrText": Story._deleted_text,
    "w:instrText": Story._instruction,
    "w:sym": Story._symbol,
    "w:tab": Story._tab,
    "w:ptab": Story._tab,
    "w:br": Story._break,
    "w:cr": Story._break,
    "w:noBreakHyphen": Story._no_break_hyphen,
    "w:softHyphen": Story._soft_hyphen,
    "w:hyperlink": Story._hyperlink,
    "w:ruby": Story._ruby,
    "w:ins": Story._changed,
    "w:del": Story._changed,
    "w:moveFrom": Story._changed,
    "w:moveTo": Story._changed,
    "w:sdt": Story._control,
    "w:fldSimple": Story._simple_field,
    "w:fldChar": Story._field_mark,
    "w:tbl": Story._table,
    "w:tr": Story._row,
    "w:tc": Story._cell,
    "w:footnoteReference": Story._note_reference,
    "w:endnoteReference": Story._note_reference,
    "w:commentReference": Story._comment_reference,
    "w:drawing": Story._drawing,
    "w:txbxContent": Story._box,
    "a:p": Story._drawing_text,
    "wp:docPr": Story._about_drawing,
    "pic:cNvPr": Story._about_drawing,
    "v:textpath": Story._word_art,
    "v:imagedata": Story._picture,
    "pic:pic": Story._picture,
    "c:chart": Story._chart,
    "cx:chart": Story._chart,
    "dgm:relIds": Story._diagram,
    "o:OLEObject": Story._embedded,
    "w:control": Story._embedded,
    "w:contentPart": Story._embedded,
    "w:altChunk": Story._other_document,
    "w:subDoc": Story._other_document,
    "mc:AlternateContent": Story._alternatives,
    "m:d": Story._math_brackets,
    "m:nary": Story._math_sum,
    **dict.fromkeys(_MATH_SIGNS, Story._math_part),
    **dict.fromkeys(
        ("v:shape", "v:rect", "v:roundrect", "v:oval", "v:line", "v:polyline", "v:group", "v:arc", "v:curve", "v:image"),
        Story._shape,
    ),
    **dict.fromkeys(
        (
            "wp:inline", "wp:anchor", "a:graphic", "a:graphicData", "pic:nvPicPr", "wps:wsp", "wps:txbx", "wpg:wgp", "wpg:grpSp",
            "wpc:wpc", "wpg:graphicFrame", "wpc:graphicFrame", "lc:lockedCanvas", "a:sp", "a:grpSp", "a:txSp", "a:txBody",
            "a:pic", "a:graphicFrame", "w:pict", "w:object", "v:textbox", "v:background", "v:shapetype", "wpg:sp", "v:fill",
            "o:shapedefaults", "v:stroke",
        ),
        Story._drawing_layer,
    ),
    **dict.fromkeys(
        (
            "w:smartTag", "w:customXml", "w:bdo", "w:dir", "w:rt", "w:rubyBase", "w:sdtContent", "m:oMath", "m:oMathPara", "m:f",
            "m:num", "m:e", "m:sSup", "m:sSub", "m:sSubSup", "m:sPre", "m:func", "m:fName", "m:acc", "m:bar", "m:box",
            "m:borderBox", "m:eqArr", "m:groupChr", "m:limLow", "m:limUpp", "m:m", "m:phant", "m:deg",
        ),
        Story._inside,
    ),
}  # fmt: skip
