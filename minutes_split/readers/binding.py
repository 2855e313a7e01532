"""Content controls whose text is kept a second time, in a data part of the file.

Word shows the bound value when the document is opened, so a text that differs
from it is not what a person sees.
Source: ECMA-376 part 1, 17.5.2.6 (dataBinding).
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from minutes_split.errors import Fault, ReadError
from minutes_split.readers.package import Package
from minutes_split.readers.xmltree import NAMESPACES, child, children, value

_STEP = re.compile(r"(?:(@)?(?:([\w.-]+):)?([\w.-]+)(?:\[(\d+)\])?)\Z")
_PREFIX = re.compile(r"xmlns:([\w.-]+)\s*=\s*['\"]([^'\"]*)['\"]")
_CORE = "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}"
_TRUE = ("1", "true")
_EXTENDED = "{6668398D-A668-4E3E-A5EB-62B293D839F1}"


class Bindings:
    """The data parts of a document, by the identity that controls name them by."""

    def __init__(self, package: Package, part: str) -> None:
        self._stores: dict[str, Element] = {}
        self.trees: dict[str, Element] = {}
        """The data parts by name."""
        self.faults: list[Fault] = []
        """Data parts that could not be read; no text stands in them, so the document is read without."""
        for name in package.related(part, "customXml"):
            for about in package.related(name, "customXmlProps"):
                properties = self._tree(package, about)
                self._store("" if properties is None else properties.get("ds:itemID", ""), self._tree(package, name))
        for kind, identity in (
            ("core-properties", _CORE),
            ("extended-properties", _EXTENDED),
            ("custom-properties", ""),
        ):
            for name in package.related("", kind):
                self._store(identity, self._tree(package, name))

    def _store(self, identity: str, tree: Element | None) -> None:
        if tree is not None:
            self._stores[identity.upper()] = tree

    def _tree(self, package: Package, name: str) -> Element | None:
        if name in self.trees:
            return self.trees[name]
        if not package.holds(name):
            return None
        try:
            self.trees[name] = package.tree(name)
        except ReadError as error:
            self.faults.append(Fault("data-unread", error.where, "a data part of the file cannot be read"))
            return None
        return self.trees[name]

    def differ(self, about: Element | None, content: Element) -> bool:
        """Whether a control shows another text than the value that it is bound to."""
        binding = child(about, "w:dataBinding")
        if about is None or binding is None:
            return False
        kinds = {each.tag for each in about}
        if kinds & {"w:picture", "w15:repeatingSection", "w15:repeatingSectionItem", "w:docPartObj", "w:docPartList"}:
            return False
        bound = self._value(binding)
        if bound is None or "<pkg:package" in bound or "<?xml" in bound:
            return False
        shown = "" if child(about, "w:showingPlcHdr") is not None else _shown(content)
        return not _same(bound, shown, about)

    def _value(self, binding: Element) -> str | None:
        """The bound value, or `None` if the path leads nowhere or is not understood."""
        place = self._stores.get(binding.get("w:storeItemID", "").upper())
        prefixes = dict(_PREFIX.findall(binding.get("w:prefixMappings", "")))
        steps = binding.get("w:xpath", "").strip().lstrip("/").split("/")
        for number, step in enumerate(steps):
            found = _STEP.match(step)
            if place is None or not found:
                return None
            attribute, prefix, local, index = found.groups()
            uri = prefixes.get(prefix or "", "")
            name = f"{NAMESPACES[uri]}:{local}" if uri in NAMESPACES else f"{{{uri}}}{local}" if uri else local
            if attribute:
                return place.get(name)
            candidates = [place] if number == 0 else list(place)
            alike = [each for each in candidates if each.tag == name]
            which = int(index or 1) - 1
            place = alike[which] if 0 <= which < len(alike) else None
        return None if place is None else "".join(place.itertext())


def _shown(content: Element) -> str:
    return "".join(
        {"w:t": e.text or "", "w:br": " ", "w:cr": " ", "w:tab": " ", "w:p": " "}.get(e.tag, "") for e in content.iter()
    )


def _same(bound: str, shown: str, about: Element) -> bool:
    if _plain(bound) == _plain(shown):
        return True
    if child(about, "w:date") is not None:
        return bool(bound.strip()) and value(about, "w:date", attribute="w:fullDate")[:10] == bound.strip()[:10]
    if (box := child(about, "w14:checkbox")) is not None:
        ticked = value(box, "w14:checked", attribute="w14:val") in _TRUE
        return ticked == (bound.strip() in _TRUE)
    for name in ("w:dropDownList", "w:comboBox"):
        for each in children(about, name):
            if each.get("w:value") == bound and _plain(each.get("w:displayText") or bound) == _plain(shown):
                return True
    return False


def _plain(words: str) -> str:
    return "".join(words.replace("_x000d_", " ").replace("_x000D_", " ").split())
