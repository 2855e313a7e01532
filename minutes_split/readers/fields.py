"""Fields: words that a program computed from an instruction when the document was last touched.

The instruction is never shown. What is shown is the result that was kept, and
it may be out of date.
Source: ECMA-376 part 1, 17.16 (fields and hyperlinks).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal
from xml.etree.ElementTree import Element

from minutes_split.document import MarkKind

# Their result is typed by a person or repeats the text it stands in.
TYPED = frozenset(
    {"FORMTEXT", "HYPERLINK", "FORMCHECKBOX", "FORMDROPDOWN", "ADDIN", "QUOTE", "MACROBUTTON", "GOTOBUTTON"}
)

# Their result comes from another file, so what is kept here proves nothing.
FROM_OUTSIDE = frozenset({"INCLUDETEXT", "INCLUDE", "LINK", "DDE", "DDEAUTO", "DATABASE", "IMPORT", "RD"})

# They show nothing by themselves.
SILENT = frozenset({
    "", "XE", "TC", "TA", "SET", "ASK", "PRIVATE", "NEXT", "NEXTIF", "SKIPIF", "ADVANCE", "BOOKMARK", "FILLIN", "ADDIN",
    "INCLUDEPICTURE", "SHAPE", "EMBED", "CONTROL", "HTMLCONTROL", "RD", "DATA", "MERGEREC", "MERGESEQ", "PRINT",
    "HYPERLINK", "FORMTEXT", "EDITTIME", "COMPARE", "TOC", "TOA", "INDEX", "BIBLIOGRAPHY", "MERGEFIELD", "GREETINGLINE",
    "ADDRESSBLOCK", "BARCODE", "DISPLAYBARCODE", "BIDIOUTLINE", "IF", "LISTNUM",
})  # fmt: skip

# They show numbers of pages, which are no part of what was written.
PAGES = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "PAGEREF"})


@dataclass(slots=True, eq=False)
class Field:
    """A field that was begun and has not ended."""

    phase: Literal["instruction", "result"] = "instruction"
    instruction: list[str] = field(default_factory=list, repr=False)
    dirty: bool = False
    """Whether the file itself says that the result is out of date."""
    form: Element | None = None
    """Of a legacy form field: what kind, its default and its choices."""
    marks: tuple[MarkKind, ...] = ()
    """Of everything that its result says."""
    said: bool = False
    """Whether it has shown anything."""

    @property
    def name(self) -> str:
        """The first word of the instruction in capitals: "PAGE", "REF"; "=" for a formula."""
        words = "".join(self.instruction).split(None, 1)
        if not words:
            return ""
        return "=" if words[0].startswith("=") else words[0].upper()

    @property
    def computed(self) -> bool:
        """Whether a program made the result, and not a person."""
        return self.name not in TYPED

    @property
    def suspect(self) -> bool:
        """Whether Word would show something else than the result that is kept."""
        return self.dirty or self.name in FROM_OUTSIDE


def button_words(instruction: str) -> str:
    """What a MACROBUTTON or GOTOBUTTON shows: everything after its second word."""
    words = instruction.split(None, 2)
    return words[2].rstrip() if len(words) > 2 else ""


def whole_fields(story: Element, *, apart: frozenset[str]) -> tuple[set[int], int]:
    """The marks (`w:fldChar`) of fields that begin and end in one story, by `id()`, and how many are left over.

    A field that never ends would take all text after it for an instruction.
    `apart` names elements that are stories of their own.
    """
    whole: set[int] = set()
    begun: list[list[int]] = []
    left = 0
    stack = [iter(story)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif element.tag != "w:fldChar":
            if len(element) and element.tag not in apart:
                stack.append(iter(element))
        elif (kind := element.get("w:fldCharType")) == "begin":
            begun.append([id(element)])
        elif not begun:
            left += 1
        else:
            begun[-1].append(id(element))
            if kind == "end":
                whole.update(begun.pop())
    return whole, left + len(begun)
