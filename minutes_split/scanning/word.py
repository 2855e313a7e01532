"""Paragraphs of a part of a Word file, in pieces that are kept from being seen in the same way.

Source: ECMA-376 part 1, 17.3 (runs), 17.7 (styles).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from minutes_split.readers.xmltree import child
from minutes_split.scanning.told import ORDER, Hiding, Piece


@dataclass(frozen=True, slots=True)
class Styles:
    """For each style what it does to be overlooked, its own parents included."""

    flags: Mapping[str, frozenset[Hiding]]

    @classmethod
    def of(cls, tree: Element) -> Styles:
        """The styles of a part of styles."""
        own: dict[str, frozenset[Hiding]] = {}
        parent: dict[str, str] = {}
        for style in tree.iter("w:style"):
            key = style.get("w:styleId", "")
            own[key] = _flags(child(style, "w:rPr"))
            based = child(style, "w:basedOn")
            parent[key] = "" if based is None else based.get("w:val", "")
        made: dict[str, frozenset[Hiding]] = {}
        for key in own:
            flags, step, seen = own[key], parent[key], {key}
            while step in own and step not in seen:
                seen.add(step)
                flags, step = flags | own[step], parent[step]
            made[key] = flags
        return cls(made)

    def applied(self, properties: Element | None, style: str) -> frozenset[Hiding]:
        """What the properties of a run or paragraph do, with those of its style."""
        named = child(properties, style)
        return self.flags.get(named.get("w:val", ""), frozenset()) if named is not None else frozenset()


def _flags(properties: Element | None) -> frozenset[Hiding]:
    """How a run is kept from being seen: hidden, in the colour of the paper, too small, or in the colour of its ground."""
    found: set[Hiding] = set()
    if properties is None:
        return frozenset()
    for name in ("w:vanish", "w:specVanish", "w:webHidden"):
        each = child(properties, name)
        if each is not None and each.get("w:val", "1").casefold() not in ("0", "false", "off"):
            found.add("hidden-text")
    colour = _attribute(properties, "w:color", "w:val")
    theme = _attribute(properties, "w:color", "w:themeColor").casefold()
    ground = _attribute(properties, "w:shd", "w:fill")
    marked = _attribute(properties, "w:highlight", "w:val").casefold()
    if _is_pale(colour) or theme in ("background1", "light1", "bg1"):
        found.add("white-text")
    if _is_dark(ground) or marked in ("black", "darkblue", "darkgray") or (colour and colour == ground):
        found.add("covered-text")
    size = _attribute(properties, "w:sz", "w:val")
    if size.isdigit() and int(size) <= _TINY:
        found.add("tiny-text")
    return frozenset(found)


_TINY = 6
"""Half points: three points and less is no size to be read."""


def _attribute(properties: Element, name: str, attribute: str) -> str:
    found = child(properties, name)
    return "" if found is None else found.get(attribute, "")


def _is_pale(colour: str) -> bool:
    return bool(re.fullmatch(r"[0-9A-Fa-f]{6}", colour)) and min(bytes.fromhex(colour)) >= 0xE6


def _is_dark(colour: str) -> bool:
    return bool(re.fullmatch(r"[0-9A-Fa-f]{6}", colour)) and max(bytes.fromhex(colour)) <= 0x33


_CHANGES: dict[str, Hiding] = {
    "w:del": "deleted", "w:moveFrom": "deleted", "w:ins": "inserted", "w:moveTo": "inserted",
    "w:txbxContent": "text-box", "mc:Fallback": "fallback",
}  # fmt: skip
_TEXTS: dict[str, Hiding | None] = {
    "w:t": None,
    "w:delText": "deleted",
    "w:instrText": "field-instruction",
    "w:delInstrText": "deleted",
    "m:t": None,
    "a:t": None,
}
_BLANKS = frozenset(("w:tab", "w:br", "w:cr", "w:ptab"))
_HYPHENS = frozenset(("w:noBreakHyphen",))


def paragraphs(tree: Element, base: Hiding, styles: Styles) -> list[list[Piece]]:
    """Every paragraph of a part as its pieces, in the order in which they begin; also those inside another's text box.

    The first list is of what stands outside of any paragraph.
    """
    made: list[list[Piece]] = [[]]
    runs = 0
    waiting: list[tuple[Element, frozenset[Hiding], list[Piece], int]] = [(tree, frozenset({base}), made[0], 0)]
    while waiting:
        element, hidings, pieces, run = waiting.pop()
        tag = element.tag
        if tag == "w:p":
            pieces = []
            made.append(pieces)
            properties = child(element, "w:pPr")
            hidings = (
                hidings | styles.applied(properties, "w:pStyle") | _flags(child(properties, "w:rPr")) & {"hidden-text"}
            )
        elif tag == "w:r":
            runs += 1
            run = runs
            properties = child(element, "w:rPr")
            hidings = hidings | styles.applied(properties, "w:rStyle") | _flags(properties)
        elif tag in _CHANGES:
            hidings = hidings | {_CHANGES[tag]}
        elif tag in _TEXTS:
            kind = _TEXTS[tag]
            pieces.append(Piece(element.text or "", _most_hidden(hidings | ({kind} if kind else frozenset())), run))
            continue
        elif tag in _BLANKS or tag in _HYPHENS:
            pieces.append(Piece("-" if tag in _HYPHENS else " ", _most_hidden(hidings), run))
            continue
        elif tag in ("w:pPr", "w:rPr"):
            continue
        waiting += [(each, hidings, pieces, run) for each in reversed(element)]
    return made


def _most_hidden(hidings: frozenset[Hiding]) -> Hiding:
    return min(hidings, key=ORDER.index)
