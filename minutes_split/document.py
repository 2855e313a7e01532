"""A document as it was read: text that never changes, and what the reader knows of its layout.

`Document.text` is every live word once, in reading order, paragraphs ended by
"\\n". What a person does not see as live text (deleted, hidden, comments) is
never in it: it stands in `asides`, with the place it belongs to.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Literal

from minutes_split.errors import Fault, ReadError
from minutes_split.spans import Span

BlockKind = Literal["heading", "paragraph", "item", "cell", "furniture", "note"]
"""`furniture` is a running header or footer; `note` a footnote, endnote or text box."""

MarkKind = Literal["inserted", "placeholder", "moved-to", "field", "unread"]
AsideKind = Literal[
    "deleted", "moved-from", "hidden", "comment", "alt", "unread", "metadata", "embedded", "instruction"
]


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a table cell stands. `table`, `row` and `column` count from 0; a merged cell has its first place."""

    table: int
    row: int
    column: int
    rows: int = 1
    """How many rows it covers."""
    columns: int = 1
    """How many columns it covers."""
    header: bool = False
    """Whether the document itself declares its row a header."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item or paragraph of a cell, as the reader found it."""

    span: Span
    """In `Document.text`, without the line end."""
    kind: BlockKind
    level: int = 0
    """Of a heading, 1 to 9 (0: it only looks like one); of a list item, from 1; otherwise 0."""
    label: str = field(default="", repr=False)
    """The number that the program computes and shows before it ("3.2", "Family 7:"); it is not in the text."""
    cell: Cell | None = None
    emphasis: bool = False
    """Whether every word of it is bold, underlined or in capitals, as writers mark a heading by hand."""
    path: str = ""
    """Part, paragraph, table, row, cell, box, note: where it stands in the file."""
    faults: tuple[str, ...] = ()
    """Codes of what could not be read here; whatever leans on it is withheld."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Live text of a special kind, such as a tracked insertion that nobody has accepted."""

    span: Span
    kind: MarkKind


@dataclass(frozen=True, slots=True)
class Aside:
    """Text that is in the file and not in the live text."""

    kind: AsideKind
    text: str = field(repr=False)
    at: int
    """The code point of `Document.text` before which it stands."""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """What the bytes were."""

    format: str
    """"docx", "text", "markdown" ..."""
    digest: str
    """SHA-256 of the bytes, as lower-case hexadecimal."""
    name: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Document:
    """Minutes as they were read.

    Its `repr` shows sizes only. `faults` is what the reader met and could not
    read: never silence. Raises `ReadError` if a place lies outside the text.
    """

    text: str = field(repr=False)
    source: Source
    blocks: tuple[Block, ...] = field(default=(), repr=False)
    """In text order, not overlapping; empty if the format knows nothing of layout (plain text)."""
    marks: tuple[Mark, ...] = field(default=(), repr=False)
    asides: tuple[Aside, ...] = field(default=(), repr=False)
    faults: tuple[Fault, ...] = field(default=(), repr=False)
    document_id: str = field(default="", repr=False)
    """The caller's id of this document; the digest of the source where none was given."""
    supersedes: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if not isinstance(self.text, str):
            raise ReadError("document-text", "document", "the text should be text")
        if not self.text.strip():
            raise ReadError("document-empty", "document", "there is no text in it")
        if not self.document_id:
            object.__setattr__(self, "document_id", self.source.digest)
        end = 0
        for i, block in enumerate(self.blocks):
            if not end <= block.span.start <= block.span.end <= len(self.text):
                raise ReadError("document-layout", f"block {i + 1}", "lies outside the text or over another block")
            end = block.span.end

    @classmethod
    def from_text(cls, text: str, *, name: str | None = None, document_id: str | None = None) -> Document:
        """Text as it was typed or pasted; nothing is known of its layout.

        Raises: `ReadError` if it is empty or holds surrogates or NUL, which no text file does.
        """
        if not isinstance(text, str):
            raise ReadError("document-text", "document", "the text should be text")
        if "\0" in text or any("\ud800" <= c <= "\udfff" for c in text if c > "\ud7ff"):
            raise ReadError("document-characters", "document", "holds characters that no text has")
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
        return cls(text, Source("text", digest, name), document_id=document_id or "")

    def __repr__(self) -> str:
        return (
            f"<Document {self.source.format}: {len(self.text)} characters, {len(self.blocks)} blocks, "
            f"{len(self.asides)} asides, {len(self.faults)} faults>"
        )
