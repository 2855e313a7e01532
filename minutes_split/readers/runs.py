"""The words of a run: text, signs, tabs, breaks, and what wraps runs (links, tracked changes)."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from minutes_split.document import AsideKind, MarkKind
from minutes_split.readers.story import Frame, Place, Story
from minutes_split.readers.styles import look_of
from minutes_split.readers.symbols import is_symbol_font, sign
from minutes_split.readers.xmltree import child, value


def run(story: Story, element: Element, place: Place) -> Frame:
    """Words that look alike, unless they are hidden."""
    properties = child(element, "w:rPr")
    look = story.sources.styles.look(look_of(properties), place.style, value(properties, "w:rStyle"))
    strong = bool(look.bold or look.underlined or look.capitals)
    font = _sign_font(properties)
    dead: AsideKind | None = place.dead or ("hidden" if look.hidden else None)
    if strong != place.strong or font != place.font or dead != place.dead:
        place = place._replace(strong=strong, font=font, dead=dead)
    story.require_no_words(element, place)
    return Frame(iter(element), place)


def text(story: Story, element: Element, place: Place) -> None:
    """The words themselves; a line end in the XML is a blank, and outer blanks count only if they are to be kept."""
    words = element.text
    if not words:
        return
    if "\n" in words or "\t" in words or "\r" in words:
        words = words.replace("\r\n", " ").replace("\n", " ").replace("\r", " ").replace("\t", " ")
    if words[0] == " " or words[-1] == " ":
        words = words if element.get("xml:space") == "preserve" else words.strip(" ")
    if place.font:
        words = signs(story, words, place)
    story.say(words, place)


def signs(story: Story, words: str, place: Place) -> str:
    """Words in a font of signs: what it shows if the codes say so; letters stay and are reported."""
    if any(c.isalnum() and c < "\uf000" for c in words):
        story.out.fault("symbol-letters", place.path, "letters are set in a font that shows signs", on_block=True)
    return "".join(sign(place.font, ord(c)) if "\uf000" <= c <= "\uf0ff" else c for c in words)


def symbol(story: Story, element: Element, place: Place) -> None:
    """A sign of a symbol font, such as a ticked box."""
    code = element.get("w:char", "")
    shown = sign(element.get("w:font", ""), int(code, 16)) if _is_hexadecimal(code) else "\ufffd"
    if shown == "\ufffd":
        story.out.fault("symbol-unknown", place.path, "a sign of a symbol font is not known")
    story.say(shown, place)


def deleted_text(story: Story, element: Element, place: Place) -> None:
    """Text that is deleted wherever it stands."""
    story.out.put_aside(place.dead or "deleted", element.text or "", place.path)


def tab(story: Story, element: Element, place: Place) -> None:
    """A tab."""
    story.say("\t", place)


def line_break(story: Story, element: Element, place: Place) -> None:
    """A new line, column or page inside a paragraph."""
    story.say("\n", place)


def no_break_hyphen(story: Story, element: Element, place: Place) -> None:
    """A hyphen at which no line ends."""
    story.say("\u2011", place)


def soft_hyphen(story: Story, element: Element, place: Place) -> None:
    """A place where a word may be divided."""
    story.say("\u00ad", place)


def inside(story: Story, element: Element, place: Place) -> Frame:
    """An element that only holds others."""
    story.require_no_words(element, place)
    return Frame(iter(element), place)


def drawing_layer(story: Story, element: Element, place: Place) -> Frame:
    """A layer of a drawing, whose own characters are measures."""
    return Frame(iter(element), place)


def hyperlink(story: Story, element: Element, place: Place) -> Frame:
    """A link: its words are live, its address and its tip are not."""
    if tip := element.get("w:tooltip"):
        story.out.put_aside("alt", tip, place.path)
    found = story.sources.package.relationships(place.part).get(element.get("r:id", ""))
    if found is not None and found.outside:
        story.out.put_aside("metadata", found.target, place.path)
    return inside(story, element, place)


def ruby(story: Story, element: Element, place: Place) -> Frame:
    """The word, then the small letters above it that say how it is read."""
    return Frame(iter(sorted(element, key=lambda each: each.tag == "w:rt")), place)


def changed(story: Story, element: Element, place: Place) -> Frame:
    """A tracked insertion, deletion or move."""
    return Frame(iter(element), as_changed(story, place, element))


def as_changed(story: Story, place: Place, change: Element, tag: str = "") -> Place:
    """The place inside a tracked change; `tag` says what kind of change it is if its own name does not."""
    tag = tag or change.tag
    if author := change.get("w:author"):
        story.people[author] = None
    if tag in DEAD_CHANGES:
        return place._replace(dead=place.dead or DEAD_CHANGES[tag])
    return place._replace(marks=(*place.marks, LIVE_CHANGES[tag]))


DEAD_CHANGES: dict[str, AsideKind] = {"w:del": "deleted", "w:moveFrom": "moved-from"}
LIVE_CHANGES: dict[str, MarkKind] = {"w:ins": "inserted", "w:moveTo": "moved-to"}


def _is_hexadecimal(code: str) -> bool:
    return 0 < len(code) <= 6 and all(c in "0123456789abcdefABCDEF" for c in code)


def _sign_font(properties: Element | None) -> str:
    fonts = child(properties, "w:rFonts")
    if fonts is None:
        return ""
    name = fonts.get("w:ascii") or fonts.get("w:hAnsi") or ""
    return name if is_symbol_font(name) else ""
