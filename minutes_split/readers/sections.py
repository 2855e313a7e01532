"""Which headers and footers a document shows, and before or after which section each stands first.

Source: ECMA-376 part 1, 17.10 (headers and footers).
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from minutes_split.errors import ReadError
from minutes_split.readers.package import Package
from minutes_split.readers.styles import is_on
from minutes_split.readers.xmltree import child

_ORDER = ("first", "default", "even")


@dataclass(frozen=True, slots=True)
class Furniture:
    """Names of parts. Each stands once, at the first section that shows it."""

    before: tuple[tuple[str, ...], ...]
    """Headers, for each section."""
    after: tuple[tuple[str, ...], ...]
    """Footers, for each section."""
    unseen: tuple[str, ...]
    """Headers and footers that no page shows."""


def furniture_of(body: Element, package: Package, part: str, settings: Element | None) -> Furniture:
    """The running headers and footers of a document.

    Raises: `ReadError` if a section asks for one that is not in the package.
    """
    even_differs = is_on(child(settings, "w:evenAndOddHeaders")) or False
    shown: dict[str, None] = {}
    before: list[tuple[str, ...]] = []
    after: list[tuple[str, ...]] = []
    inherited: dict[tuple[str, str], str] = {}
    asked: dict[str, None] = {}
    for section in sections(body):
        for reference in section:
            if reference.tag in ("w:headerReference", "w:footerReference"):
                name = _target(reference, package, part)
                inherited[reference.tag, reference.get("w:type", "default")] = name
                asked[name] = None
        kinds = [
            k for k in _ORDER if k == "default" or (k == "even" and even_differs) or (k == "first" and _titled(section))
        ]
        for tag, places in (("w:headerReference", before), ("w:footerReference", after)):
            names = [inherited[tag, kind] for kind in kinds if (tag, kind) in inherited]
            places.append(tuple(dict.fromkeys(name for name in names if name not in shown)))
            shown.update(dict.fromkeys(names))
    related = dict.fromkeys((*package.related(part, "header"), *package.related(part, "footer")))
    unseen = tuple(name for name in {**asked, **related} if name not in shown and package.holds(name))
    return Furniture(tuple(before), tuple(after), unseen)


def sections(body: Element) -> list[Element]:
    """The properties of each section in order (`w:sectPr`), without those that a tracked change keeps."""
    found: list[Element] = []
    stack = [iter(body)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif element.tag == "w:sectPr":
            found.append(element)
        elif element.tag in _HOLD_SECTIONS:
            stack.append(iter(element))
    return found


_HOLD_SECTIONS = frozenset({
    "w:p", "w:pPr", "w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo", "w:tbl", "w:tr", "w:tc",
    "mc:AlternateContent", "mc:Choice",
})  # fmt: skip


def _titled(section: Element) -> bool:
    return is_on(child(section, "w:titlePg")) or False


def _target(reference: Element, package: Package, part: str) -> str:
    found = package.relationships(part).get(reference.get("r:id", ""))
    if found is None or found.outside:
        raise ReadError("part-missing", "section", "a header or footer that a section asks for is not in the package")
    return found.target
