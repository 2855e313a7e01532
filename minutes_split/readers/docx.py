"""Word documents: .docx, .docm, .dotx, .dotm.

Every word that Word shows is in the text once, in reading order; every other
word of the file stands aside with its reason.
Source: ECMA-376 parts 1 and 2; `story` says how the text is read.
"""

from __future__ import annotations

import hashlib
from xml.etree.ElementTree import Element

from minutes_split.document import Document, Source
from minutes_split.errors import ReadError
from minutes_split.readers.archive import place_of
from minutes_split.readers.binding import Bindings
from minutes_split.readers.caps import Caps
from minutes_split.readers.elements import ELEMENTS
from minutes_split.readers.numbering import numbering_of
from minutes_split.readers.package import CONTENT_TYPES, Package
from minutes_split.readers.sections import furniture_of
from minutes_split.readers.story import Place, Sources, Story
from minutes_split.readers.styles import styles_of
from minutes_split.readers.transcript import Transcript
from minutes_split.readers.xmltree import child, words_of

_NOT_WORD = (
    ("spreadsheetml", "format-spreadsheet", "is a spreadsheet; copy the minutes into a Word document"),
    ("presentationml", "format-slides", "is a presentation; copy the minutes into a Word document"),
)
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})


def is_package(data: bytes) -> bool:
    """Whether the bytes are an Office package: a zip archive with a list of content types."""
    return data.startswith(b"PK\3\4") and CONTENT_TYPES.encode() in data


def read_docx(data: bytes, caps: Caps) -> Document:
    """A Word document from its bytes.

    Raises: `ReadError` if it is no Word document, or if a part that its text
    needs is missing, damaged or larger than `caps`.
    """
    package = Package(data, caps)
    main = _main_part(package)
    body = child(package.tree(main, "w:document"), "w:body")
    if body is None:
        raise ReadError("part-wrong", place_of(main), "has no body")
    sources = _sources(package, main, body)
    out = Transcript()
    story = Story(sources, out, ELEMENTS)
    _put_metadata_aside(sources, out)
    story.read_body(body, Place(main, place_of(main)))
    _put_rest_aside(story, package, main)
    _report_unreached(package, out)
    out.end_aside()
    source = Source("docx", hashlib.sha256(data).hexdigest())
    return Document(out.text, source, tuple(out.blocks), out.marks, tuple(out.asides), tuple(out.faults))


def _main_part(package: Package) -> str:
    mains = package.related("", "officeDocument")
    if len(mains) != 1:
        raise ReadError("package-main", "package", "should point to one main document and does not")
    kind = package.type_of(mains[0])
    for word, code, message in _NOT_WORD:
        if word in kind:
            raise ReadError(code, "file", message)
    return mains[0]


def _sources(package: Package, main: str, body: Element) -> Sources:
    styles_part = _only(package, main, "styles")
    numbering_part = _only(package, main, "numbering")
    settings_part = _only(package, main, "settings")
    notes = {kind: part for kind in ("footnotes", "endnotes", "comments") if (part := _only(package, main, kind))}
    settings = package.tree(settings_part, "w:settings") if settings_part else None
    return Sources(
        package=package,
        styles=styles_of(package.tree(styles_part, "w:styles") if styles_part else None),
        numbering=numbering_of(package.tree(numbering_part, "w:numbering") if numbering_part else None),
        footnotes=_notes(package, notes.get("footnotes"), "w:footnotes", "w:footnote"),
        endnotes=_notes(package, notes.get("endnotes"), "w:endnotes", "w:endnote"),
        comments=_notes(package, notes.get("comments"), "w:comments", "w:comment"),
        notes_parts=notes,
        furniture=furniture_of(body, package, main, settings),
        bindings=Bindings(package, main),
    )


def _only(package: Package, main: str, kind: str) -> str:
    """The one part of a kind that the main part points to, or "" if there is none."""
    found = package.related(main, kind)
    if len(set(found)) > 1:
        raise ReadError("part-relationship", place_of(main), f"points to more than one part of {kind}")
    return found[0] if found else ""


def _notes(package: Package, part: str | None, root: str, name: str) -> dict[str, Element]:
    if part is None:
        return {}
    found: dict[str, Element] = {}
    for element in package.tree(part, root):
        if element.tag == name and element.get("w:type", "normal") not in _SEPARATORS:
            if element.get("w:id", "") in found:
                raise ReadError("part-wrong", place_of(part), "two notes have the same number")
            found[element.get("w:id", "")] = element
    return found


def _put_metadata_aside(sources: Sources, out: Transcript) -> None:
    for name, tree in sources.bindings.trees.items():
        out.put_aside("metadata", words_of(tree), place_of(name))
    out.faults.extend(sources.bindings.faults)


def _put_rest_aside(story: Story, package: Package, main: str) -> None:
    """What no page shows: headers of no section, notes that nothing refers to, building blocks, names of writers."""
    sources, out = story.sources, story.out
    for name in sources.furniture.unseen:
        story.read_aside(package.tree(name), Place(name, place_of(name), "furniture", "furniture", dead="hidden"))
    for kind, notes in (("footnotes", sources.footnotes), ("endnotes", sources.endnotes)):
        part = sources.notes_parts.get(kind, "")
        for identity, note in notes.items():
            if f"{kind}/{identity}" not in story.used:
                story.read_aside(note, Place(part, place_of(part), "note", "note", dead="hidden"))
    for identity, comment in sources.comments.items():
        if f"comments/{identity}" not in story.used:
            part = sources.notes_parts.get("comments", "")
            story.read_aside(comment, Place(part, place_of(part), "note", "note", dead="comment"))
    for name in package.related(main, "glossaryDocument"):
        for entry in package.tree(name).iter("w:docPartBody") if package.holds(name) else ():
            out.put_aside("metadata", words_of(entry), place_of(name))
    for author in story.people:
        out.put_aside("metadata", author, place_of(main))


def _report_unreached(package: Package, out: Transcript) -> None:
    """Parts that no relationship leads to. One that holds text of a document is a fault: a pointer to it is broken."""
    reached = package.reached()
    for name in package.names:
        if name.casefold() in reached:
            continue
        out.put_aside("embedded", "", place_of(name))
        if "wordprocessingml" in package.type_of(name):
            out.fault("part-unreached", place_of(name), "a part with text is in the file and nothing points to it")
