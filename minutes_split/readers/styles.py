"""What styles say: is it hidden, bold, a heading, part of a numbered list.

Source: ECMA-376 part 1, 17.7 (styles) and 17.7.3 (toggle properties).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

from minutes_split.readers.xmltree import child, value

_OFF = frozenset({"0", "false", "off", "none"})
_HEADINGS = {f"heading {level}": level for level in range(1, 10)}
_TITLES = frozenset({"title", "subtitle"})


def is_on(element: Element | None) -> bool | None:
    """A yes-or-no property: `None` if it is not there, otherwise what it says (no value means yes)."""
    return None if element is None else element.get("w:val", "1").casefold() not in _OFF


def number_of(element: Element | None, attribute: str = "w:val") -> int | None:
    """A whole number in an attribute; `None` if it is not there or is no number."""
    if element is None:
        return None
    digits = element.get(attribute, "").strip()
    return int(digits) if digits.lstrip("+-").isdecimal() and digits.isascii() and len(digits) < 10 else None


class Look(NamedTuple):
    """What one level of formatting says about words; `None` where it says nothing."""

    hidden: bool | None = None
    bold: bool | None = None
    capitals: bool | None = None
    underlined: bool | None = None


def look_of(properties: Element | None) -> Look:
    """What run properties (`w:rPr`) say themselves."""
    if properties is None or not len(properties):
        return _PLAIN
    said: dict[str, bool | None] = {}
    for element in properties:
        name = _NAMED.get(element.tag)
        if name:
            said[name] = is_on(element)
    return Look(**said) if said else _PLAIN


_PLAIN = Look()
_NAMED = {"w:vanish": "hidden", "w:b": "bold", "w:caps": "capitals", "w:u": "underlined"}


class ListPlace(NamedTuple):
    """The list that a paragraph belongs to, and how deep. `num_id` 0 is no list."""

    num_id: int
    level: int


@dataclass(frozen=True, slots=True)
class Style:
    """One style as the file defines it."""

    name: str
    based_on: str
    look: Look
    num_id: int | None
    level: int | None
    outline: int | None
    """0 to 8 for headings of level 1 to 9, 9 for body text."""


@dataclass(slots=True)
class Styles:
    """All styles of a document, and what follows from the chains between them."""

    paragraph: dict[str, Style] = field(default_factory=dict)
    character: dict[str, Style] = field(default_factory=dict)
    numbering: dict[str, Style] = field(default_factory=dict)
    default: str = ""
    """The paragraph style of a paragraph that names none."""
    defaults: Look = _PLAIN
    language: str = ""
    _chains: dict[tuple[str, str], tuple[Style, ...]] = field(default_factory=dict)
    _looks: dict[tuple[Look, str, str], Look] = field(default_factory=dict)

    def chain(self, kind: str, style: str) -> tuple[Style, ...]:
        """A style and those it is based on, nearest first; a circle ends where it closes."""
        key = (kind, style)
        if key not in self._chains:
            table: dict[str, Style] = getattr(self, kind)
            found: dict[str, Style] = {}
            while style in table and style not in found:
                found[style] = table[style]
                style = table[style].based_on
            self._chains[key] = tuple(found.values())
        return self._chains[key]

    def look(self, direct: Look, paragraph: str, character: str) -> Look:
        """How words look in the end: what they say themselves, else their styles, else the defaults.

        A toggle that both styles set cancels out (17.7.3); underlining is no toggle.
        """
        key = (direct, paragraph, character)
        found = self._looks.get(key)
        if found is None:
            below = self._look_by_style(paragraph, character)
            found = self._looks[key] = Look(*(b if d is None else d for d, b in zip(direct, below, strict=True)))
        return found

    def _look_by_style(self, paragraph: str, character: str) -> Look:
        looks = [self._nearest("paragraph", paragraph), self._nearest("character", character)]
        toggled = [bool(default) or (bool(p) != bool(c)) for default, p, c in zip(self.defaults, *looks, strict=True)]
        underlined = next((u for u in (looks[1].underlined, looks[0].underlined) if u is not None), None)
        return Look(toggled[0], toggled[1], toggled[2], underlined)

    def _nearest(self, kind: str, style: str) -> Look:
        chain = self.chain(kind, style)
        return Look(
            *(next((v for v in values if v is not None), None) for values in zip(*(s.look for s in chain), strict=True))
        )

    def heading_level(self, style: str) -> int | None:
        """1 to 9 for a heading, 0 for a title, `None` for other text."""
        for each in self.chain("paragraph", style):
            if each.outline is not None:
                return each.outline + 1 if each.outline < 9 else None
            if each.name in _HEADINGS:
                return _HEADINGS[each.name]
            if each.name in _TITLES:
                return 0
        return None

    def list_of(self, style: str) -> tuple[int | None, int | None, str]:
        """The list that a paragraph style puts its paragraphs in: number, level, and the style that says so."""
        num_id = level = None
        owner = ""
        for identity, each in zip(self._ids(style), self.chain("paragraph", style), strict=True):
            level = each.level if level is None else level
            if each.num_id is not None:
                num_id, owner = each.num_id, identity
                break
            owner = owner or (identity if each.level is not None else "")
        return num_id, level, owner

    def _ids(self, style: str) -> list[str]:
        found: list[str] = []
        while style in self.paragraph and style not in found:
            found.append(style)
            style = self.paragraph[style].based_on
        return found


def styles_of(tree: Element | None) -> Styles:
    """The styles in a styles part; none at all if there is no such part."""
    styles = Styles()
    for element in () if tree is None else tree:
        if element.tag == "w:docDefaults":
            properties = child(element, "w:rPrDefault", "w:rPr")
            styles.defaults = look_of(properties)
            styles.language = value(properties, "w:lang")
        elif element.tag == "w:style":
            _add(styles, element)
    return styles


def _add(styles: Styles, element: Element) -> None:
    identity = element.get("w:styleId", "")
    kind = element.get("w:type", "paragraph")
    if not identity or kind not in ("paragraph", "character", "numbering"):
        return
    properties = child(element, "w:pPr")
    table: dict[str, Style] = getattr(styles, kind)
    table[identity] = Style(
        name=value(element, "w:name").casefold(),
        based_on=value(element, "w:basedOn"),
        look=look_of(child(element, "w:rPr")),
        num_id=number_of(child(properties, "w:numPr", "w:numId")),
        level=number_of(child(properties, "w:numPr", "w:ilvl")),
        outline=number_of(child(properties, "w:outlineLvl")),
    )
    if kind == "paragraph" and element.get("w:default", "0").casefold() not in _OFF:
        styles.default = styles.default or identity
