"""The mark of everything that is for inside the authority, and how a text that carries it is known again."""

from __future__ import annotations

import re


def internal_mark(what: str) -> str:
    """The mark: what the thing is, or what it may hold, in a few words without a full stop."""
    return f"INTERNAL: {what}. Not for a family."


def is_marked_internal(text: str) -> bool:
    """Whether a text carries the mark, wherever its lines end."""
    return _MARK.search(text) is not None


_MARK = re.compile(r"\bINTERNAL:\s[^.]{1,200}\.\s+Not\s+for\s+a\s+family\.")
