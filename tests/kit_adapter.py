"""Our readers (.docx, .pdf and the rest) as pieces (kind, text) for a kit that scores readers: live text, labels, and the rest as reports."""

from __future__ import annotations

import re

from minutes_split.readers import read

JOIN = ""

_BROKEN_WORD = re.compile(r"(?<=[^\W\d_])-\n(?=[a-z])")
"""In a PDF a word that a line end broke keeps its hyphen and the line end; folding joins it, and so does whoever counts words."""


def text_of(data: bytes) -> list[tuple[str, str]]:
    """Live text and computed labels in order, then asides and faults. Raises: `ReadError`."""
    document = read(data)
    pieces: list[tuple[str, str]] = []
    end = 0
    for block in document.blocks:
        pieces.append(("live", document.text[end : block.span.start]))
        if block.label:
            pieces.append(("label", block.label))
        words = document.text[block.span.start : block.span.end]
        pieces.append(("live", _BROKEN_WORD.sub("", words) if document.source.format == "pdf" else words))
        end = block.span.end
    pieces.append(("live", document.text[end:]))
    pieces += [(aside.kind, aside.text) for aside in document.asides]
    pieces += [("fault", str(fault)) for fault in document.faults]
    return pieces
