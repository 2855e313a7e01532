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

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple
from xml.etree.ElementTree import Element

from minutes_split.document import AsideKind, BlockKind, Cell, MarkKind
from minutes_split.errors import ReadError
from minutes_split.readers import fields
from minutes_split.readers.archive import place_of
from minutes_split.readers.binding import Bindings
from minutes_split.readers.numbering import Counters, Numbering
from minutes_split.readers.package import Package
from minutes_split.readers.sections import Furniture
from minutes_split.readers.styles import ListPlace, Styles, look_of, number_of
from minutes_split.readers.transcript import Transcript
from minutes_split.readers.xmltree import child, value, words_of

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


@dataclass(slots=True)
class Progress:
    """How far the reading of one story is."""

    fields: list[fields.Field] = field(default_factory=list)
    """Begun and not ended, the outermost first."""
    held: tuple[Element | None, Place] | None = None
    """The last paragraph, if its end is not shown: it runs on into the next one."""
    lead: tuple[Element | None, Place] | None = None
    """A paragraph with words and a hidden end: Word's style separator, whose number and level are the ones shown."""
    waiting: list[Frame] = field(default_factory=list)
    """Boxes and notes that are read when the paragraph has ended."""
    path: str = ""
    """Where the block began that is being said."""


class Story:
    """One reading of one document into a transcript."""

    def __init__(self, sources: Sources, out: Transcript, elements: Elements) -> None:
        self.sources = sources
        self.out = out
        self._elements = elements
        self.people: dict[str, None] = {}
        """Who changed or commented, as the file names them."""
        self.used: set[str] = set()
        """Notes and comments that the text refers to: "footnotes/3"."""
        self.now = Progress()
        self.whole: set[int] = set()
        """Marks of fields that begin and end in one story, by `id()`."""
        self.late: list[Frame] = []
        """Endnotes, which stand after the body."""
        self._paragraphs: dict[str, int] = {}
        self.tables = 0
        self._boxes = 0
        self.cells: dict[int, Cell | None] = {}
        self._section = 0
        self._counters: dict[str, Counters] = {}
        self._list_users: dict[str, set[str]] = {}
        """Which stories have paragraphs of a list definition."""

    # --- the walk ---------------------------------------------------------

    def read_body(self, body: Element, place: Place) -> None:
        """The whole visible document: headers, body, notes, footers."""
        ended = Frame(iter(()), place, lambda: self._body_ended(place))
        self._walk([*self._headers(place), self.story(body, place), ended])

    def read_aside(self, element: Element, place: Place) -> None:
        """A story whose words are all dead."""
        self._walk([self.story(element, place)])

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
            handler = self._elements.handlers.get(element.tag)
            if handler is not None:
                inner = handler(self, element, frame.place)
                if inner is not None:
                    stack.extend(reversed(inner)) if isinstance(inner, list) else stack.append(inner)
            elif element.tag not in self._elements.skipped:
                self._unknown(element, frame.place)

    def story(self, root: Element | list[Element], place: Place) -> Frame:
        """A story of its own: its fields begin and end inside, and its last paragraph is closed."""
        kept: list[Progress] = []

        def elements() -> Iterator[Element]:
            kept.append(self.now)
            self.now = Progress()
            self._find_whole_fields(root, place)
            yield from root

        def ended() -> list[Frame]:
            frames = self.close_held()
            self.now = kept.pop()
            return frames

        return Frame(elements(), place, ended)

    def _find_whole_fields(self, root: Element | list[Element], place: Place) -> None:
        for element in [root] if isinstance(root, Element) else root:
            whole, left = fields.whole_fields(element, apart=frozenset({"w:txbxContent"}))
            self.whole |= whole
            if left:
                self.out.fault("field-open", place.path, "a field begins and does not end, or the reverse")

    def _headers(self, place: Place) -> list[Frame]:
        before = self.sources.furniture.before
        return [self._furniture(n, place) for n in (before[self._section] if self._section < len(before) else ())]

    def _footers(self, place: Place) -> list[Frame]:
        after = self.sources.furniture.after
        return [self._furniture(n, place) for n in (after[self._section] if self._section < len(after) else ())]

    def _furniture(self, part: str, place: Place) -> Frame:
        tree = self.sources.package.tree(part)
        if tree.tag not in ("w:hdr", "w:ftr"):
            raise ReadError("part-wrong", place_of(part), "should hold a header or footer")
        return self.story(tree, place._replace(part=part, path=place_of(part), story="furniture", kind="furniture"))

    def _body_ended(self, place: Place) -> list[Frame]:
        late, self.late = self.late, []
        frames = [*late, *self._footers(place)]
        while self._section + 1 < len(self.sources.furniture.before):
            # A section whose end was met in dead text still has its headers.
            frames += self._section_ended(place)
            frames += self._footers(place)
        return frames

    # --- words ------------------------------------------------------------

    def why_dead(self, place: Place) -> AsideKind | None:
        """Why words here are not live; `None` if they are."""
        return place.dead or ("instruction" if self.instructing() else None)

    def say(self, words: str, place: Place) -> None:
        """Adds words to the live text, or puts them aside with the reason why they are dead."""
        dead = self.why_dead(place)
        if dead:
            self.out.put_aside(dead, words, place.path)
            return
        marks = place.marks
        for each in self.now.fields:
            each.said = True
            marks = (*marks, *each.marks)
        self.out.say(words, tuple(dict.fromkeys(marks)), strong=place.strong)

    def instructing(self) -> bool:
        """Whether a field has begun whose instruction has not ended."""
        return any(each.phase == "instruction" for each in self.now.fields)

    # --- paragraphs and runs ----------------------------------------------

    def paragraph(self, element: Element, place: Place) -> Frame:
        """Begins a paragraph at `place`; the frame that is returned ends it when its children have been read."""
        number = self._paragraphs[place.path] = self._paragraphs.get(place.path, 0) + 1
        identity = element.get("w14:paraId")
        properties = child(element, "w:pPr")
        style = value(properties, "w:pStyle")
        styles = self.sources.styles
        inner = place._replace(
            path=f"{place.path}/paragraph {number}" + (f" ({identity})" if identity and identity.isalnum() else ""),
            style=style if style in styles.paragraph else styles.default,
        )
        if self.now.held is None and not self.out.in_block:
            self.now.path = inner.path
        self.require_no_words(element, inner)
        return Frame(iter(element), inner, lambda: self._paragraph_ended(properties, inner))

    def _paragraph_ended(self, properties: Element | None, place: Place) -> list[Frame]:
        if place.dead:
            self.out.put_aside(place.dead, "\n", place.path)
            self.out.end_aside()
            waiting, self.now.waiting = self.now.waiting, []
            return waiting
        self.now.held = (properties, place)
        why = self._why_mark_is_dead(properties, place)
        if why == "hidden" and self.now.lead is None and self.out.in_block:
            self.now.lead = self.now.held
        frames = [] if why else self.close_held(whole=True)
        if child(properties, "w:sectPr") is not None and place.story == "main":
            frames += self.close_held()
            outer = place._replace(path=place.path.partition("/")[0])
            frames += [*self._footers(outer), *self._section_ended(outer)]
        return frames

    def _section_ended(self, place: Place) -> list[Frame]:
        self._section += 1
        return self._headers(place)

    def _why_mark_is_dead(self, properties: Element | None, place: Place) -> AsideKind | None:
        """Why the end of a paragraph is not shown, so that it runs on into the next one; `None` if it is."""
        about = child(properties, "w:rPr")
        if child(about, "w:del") is not None:
            return "deleted"
        if child(about, "w:moveFrom") is not None:
            return "moved-from"
        if self.instructing():
            return "instruction"
        look = self.sources.styles.look(look_of(about), place.style, value(about, "w:rStyle"))
        return "hidden" if look.hidden else None

    def close_held(self, *, whole: bool = False) -> list[Frame]:
        """Ends the block of the last paragraph. One that was to run on and has no words leaves nothing behind."""
        if self.now.held is not None:
            properties, place = self.now.lead or self.now.held
            self.now.held = self.now.lead = None
            if whole or self.out.in_block:
                self._close(properties, place)
        waiting, self.now.waiting = self.now.waiting, []
        return waiting

    def _close(self, properties: Element | None, place: Place) -> None:
        heading = self._heading_level(properties, place.style)
        listed = self._list_of(properties, place.style)
        label = ""
        if listed is not None:
            found = self._next_label(listed, place)
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
        self.out.end_block(
            kind, level=level, label=label, cell=place.cell, path=self.now.path, strong=heading is not None
        )

    def _next_label(self, listed: ListPlace, place: Place) -> str | None:
        """What Word shows before a paragraph of a list; `None` if unknown.

        Each kind of story counts for itself. Whether a list that goes on from
        the body into a box counts on is not written anywhere, so it is unknown.
        """
        key = place.part if place.story == "furniture" else place.story
        if key not in self._counters:
            self._counters[key] = Counters(self.sources.numbering, self.sources.styles)
        label = self._counters[key].next_label(listed)
        abstract = self.sources.numbering.abstract_of(listed.num_id, self.sources.styles) or ""
        users = self._list_users.setdefault(abstract, {key})
        users.add(key)
        return label if len(users) == 1 or not label else None

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

    # --- what hangs on a paragraph ------------------------------------------

    def wait(self, root: Element | list[Element], place: Place, name: str) -> None:
        """Has a story read when the paragraph that it hangs on has ended."""
        self._boxes += 1
        dead = self.why_dead(place)
        inner = place._replace(
            path=f"{place.path}/{name} {self._boxes}", dead=dead, strong=False, font="",
            story="furniture" if place.story == "furniture" else "box", kind=place.kind or "note",
        )  # fmt: skip
        self.now.waiting.append(self.story(root, inner))

    def part_of(self, identity: str | None, place: Place, what: str) -> tuple[str, Element] | None:
        """The part that an element points to, by name and tree; `None`, and a fault, if there is none."""
        found = self.sources.package.relationships(place.part).get(identity or "")
        if found is None or found.outside or not self.sources.package.holds(found.target):
            self.out.fault(f"{what}-missing", place.path, f"a {what} is not in the file", on_block=True)
            return None
        return found.target, self.sources.package.tree(found.target)

    # --- what nobody knows ------------------------------------------------

    def _unknown(self, element: Element, place: Place) -> None:
        if element.tag.partition(":")[0] in self._elements.quiet:
            return
        words = words_of(element)
        if words:
            self.out.put_aside("unread", words, place.path)
            self.out.fault(
                "element-unknown", place.path, "holds text in a way that is not known", on_block=not place.dead
            )

    def require_no_words(self, element: Element, place: Place) -> None:
        """Characters directly inside an element that only holds others."""
        if element.text is not None and element.text.strip():
            self.out.put_aside("unread", element.text.strip(), place.path)
            self.out.fault(
                "element-unknown", place.path, "holds text in a way that is not known", on_block=not place.dead
            )


Handler = Callable[[Story, Element, Place], Frame | list[Frame] | None]


class Elements(NamedTuple):
    """What is done with each element, by name."""

    handlers: Mapping[str, Handler]
    skipped: frozenset[str]
    """Elements that hold no text of their own, whatever they say."""
    quiet: frozenset[str]
    """Prefixes of layers in which only the elements with a handler hold words."""
