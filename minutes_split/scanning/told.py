"""What a scan says: where something stands, what could not be looked at, and no words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal, NoReturn

from minutes_split.errors import AuditError, Fault
from minutes_split.traces import TraceKind

Hiding = Literal[
    "visible", "split-runs", "inserted", "deleted", "hidden-text", "white-text", "tiny-text", "covered-text", "comment", "note",
    "header-or-footer", "text-box", "field-instruction", "fallback", "building-block", "alt-text", "author", "bookmark", "link",
    "property", "attribute", "metadata", "custom-xml", "drawing", "settings", "embedded-file", "picture", "part-name",
    "unreached-part", "xml-comment", "archive", "outline", "form-field", "script", "earlier-revision", "raw",
]  # fmt: skip
"""Where something stands. `visible` is plain text on the page; `raw` is in the file, in none of the places known by name."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One value of the roster in one place of a file. No words."""

    kind: TraceKind
    hiding: Hiding
    part: str
    """A part of the package, by its usual name or by its number; of a PDF, a page or an object."""
    paragraph: int | None = None
    """From 1, in the part; `None` where there are none."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What was found in a file, and what could not be looked at. It is no yes or no: `bool(scan)` raises."""

    traces: tuple[Trace, ...]
    unread: tuple[Fault, ...]
    """Pictures, objects and parts that could not be taken apart."""
    parts: int
    """How many parts, or pages of a PDF, were looked at, those of files inside the file included."""

    @property
    def verdict(self) -> Literal["found", "cannot_say", "nothing_found"]:
        """`nothing_found` means that nothing of what was looked for was there."""
        return "found" if self.traces else "cannot_say" if self.unread else "nothing_found"

    def __bool__(self) -> NoReturn:
        raise AuditError("scan-as-bool", "scan", "is no yes or no: read `.verdict`, `.traces` and `.unread`")

    def __repr__(self) -> str:
        return f"<Scan: {self.verdict}; {len(self.traces)} traces, {len(self.unread)} unread, {self.parts} parts>"

    def _repr_html_(self) -> str:
        return f"<p>{repr(self)[1:-1]}</p>"

    def to_records(self) -> list[dict[str, str | int | None]]:
        """A row of scalars for each trace, without words."""
        return [{"kind": t.kind, "hiding": t.hiding, "part": t.part, "paragraph": t.paragraph} for t in self.traces]


@dataclass(frozen=True, slots=True)
class Piece:
    """Letters that look alike, in the order in which they are read."""

    text: str = field(repr=False)
    hiding: Hiding
    run: int
    """The run of Word, or the drawn object of a PDF, that they belong to."""
    broken: bool = False
    """Whether they belong to several."""


DEAD: frozenset[Hiding] = frozenset(("deleted", "field-instruction", "fallback"))
"""What is not on the page, so that letters before and behind it stand side by side."""
ORDER: tuple[Hiding, ...] = (
    "deleted", "hidden-text", "white-text", "tiny-text", "covered-text", "field-instruction", "comment", "building-block",
    "inserted", "text-box", "fallback", "note", "header-or-footer", "split-runs", "visible",
)  # fmt: skip
"""The most hidden first: it is what a trace is called by."""

_LETTERS = re.compile(rb"(?:[\x20-\x7e]|[\xc3-\xc9][\x80-\xbf]){5,}")
_LETTERS_OF_TWO = re.compile(rb"(?:[\x20-\x7e]\0){5,}|(?:\0[\x20-\x7e]){5,}")


def letters_in(picture: bytes) -> bytes:
    """What may be words in the bytes of a picture, which are nearly all dots: runs of letters, one in a line."""
    of_two = (run.replace(b"\0", b"") for run in _LETTERS_OF_TWO.findall(picture))
    return b"\n".join([*_LETTERS.findall(picture), *of_two])


APART = "\nƺ\n"
"""Stands between texts that have nothing to do with each other, so that no value is found over the border."""
