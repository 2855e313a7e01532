"""An Office package (OPC): parts, what type they are, and which part points to which.

A part is found by relationship only, never by its name.
Source: ECMA-376 part 2 (Open Packaging Conventions).
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from minutes_split.errors import ReadError
from minutes_split.readers.archive import Archive, place_of
from minutes_split.readers.caps import Caps
from minutes_split.readers.xmltree import parse

CONTENT_TYPES = "[Content_Types].xml"


@dataclass(frozen=True, slots=True)
class Relationship:
    """One arrow from a part to another part, or to an address outside."""

    kind: str
    """The last word of its type: `styles`, `header`, `hyperlink`."""
    target: str = field(repr=False)
    """The name of the part, or the address if it is outside."""
    outside: bool = False


class Package:
    """Parts by name. Trees and relationships are kept once they were read."""

    def __init__(self, data: bytes, caps: Caps) -> None:
        self._caps = caps
        self._archive = Archive(data, caps)
        self._trees: dict[str, Element] = {}
        self._by_folded_name = {name.casefold(): name for name in self._archive.names}
        if CONTENT_TYPES.casefold() not in self._by_folded_name:
            raise ReadError("zip-no-office", "archive", "is a zip archive and no Office document")
        self._types = _content_types(self.tree(CONTENT_TYPES))
        self._relationships: dict[str, dict[str, Relationship]] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts."""
        return self._archive.names

    def holds(self, name: str) -> bool:
        """Whether there is a part of this name (case does not matter)."""
        return name.casefold() in self._by_folded_name

    def type_of(self, name: str) -> str:
        """The content type that the package declares for a part, or ""."""
        overrides, defaults = self._types
        return overrides.get(name.casefold()) or defaults.get(name.casefold().rpartition(".")[2], "")

    def content(self, name: str) -> bytes:
        """The bytes of a part. Raises: `ReadError` if it is missing or damaged."""
        found = self._by_folded_name.get(name.casefold())
        if found is None:
            raise ReadError("part-missing", place_of(name), "a part that the document needs is missing")
        return self._archive.read(found)

    def tree(self, name: str, root: str = "") -> Element:
        """A part as XML. Raises: `ReadError` if it is missing, malformed, or its outermost element is not `root`."""
        key = name.casefold()
        if key not in self._trees:
            self._trees[key] = parse(self.content(name), place_of(name), self._caps)
        tree = self._trees[key]
        if root and tree.tag != root:
            raise ReadError("part-wrong", place_of(name), f"should hold {root} and holds something else")
        return tree

    def relationships(self, part: str = "") -> dict[str, Relationship]:
        """The arrows that start at a part ("" is the package itself), by id."""
        key = part.casefold()
        if key not in self._relationships:
            self._relationships[key] = self._read_relationships(part)
        return self._relationships[key]

    def related(self, part: str, kind: str) -> tuple[str, ...]:
        """The names of the parts that `part` points to by a relationship of this kind."""
        return tuple(r.target for r in self.relationships(part).values() if r.kind == kind and not r.outside)

    def reached(self) -> set[str]:
        """The folded names of all parts that arrows lead to, from the package on, and of the parts that hold arrows."""
        seen = {CONTENT_TYPES.casefold(), _arrows_of("").casefold()}
        waiting = [""]
        while waiting:
            for relationship in self.relationships(waiting.pop()).values():
                key = relationship.target.casefold()
                if not relationship.outside and key not in seen and self.holds(key):
                    seen.update((key, _arrows_of(key)))
                    waiting.append(key)
        return seen

    def _read_relationships(self, part: str) -> dict[str, Relationship]:
        folder = part.rpartition("/")[0]
        name = _arrows_of(part)
        if not self.holds(name):
            return {}
        found: dict[str, Relationship] = {}
        for element in self.tree(name, "rel:Relationships"):
            if element.tag != "rel:Relationship":
                continue
            key = element.get("Id", "")
            if key in found:
                raise ReadError("part-relationship", place_of(name), "two relationships have the same id")
            found[key] = _relationship(element, folder, place_of(name))
        return found


def _arrows_of(part: str) -> str:
    """The name of the part that holds the relationships of a part."""
    folder, _, file = part.rpartition("/")
    return f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"


def _relationship(element: Element, folder: str, where: str) -> Relationship:
    kind = element.get("Type", "").rpartition("/")[2]
    target = element.get("Target", "")
    if element.get("TargetMode", "").casefold() == "external":
        return Relationship(kind, target, outside=True)
    path = unquote(target.partition("#")[0]).replace("\\", "/")
    name = path.lstrip("/") if path.startswith("/") else posixpath.normpath(posixpath.join(folder, path))
    if name.startswith("../"):
        raise ReadError("part-relationship", where, "a relationship leads outside the package")
    return Relationship(kind, name)


def _content_types(tree: Element) -> tuple[dict[str, str], dict[str, str]]:
    overrides: dict[str, str] = {}
    defaults: dict[str, str] = {}
    for element in tree:
        declared = element.get("ContentType", "")
        if element.tag == "ct:Override":
            overrides[element.get("PartName", "").lstrip("/").casefold()] = declared
        elif element.tag == "ct:Default":
            defaults[element.get("Extension", "").casefold()] = declared
    return overrides, defaults
