"""The draft that is audited: a plan, a document or bare text, in parts."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from minutes_split.auditing.normal import WORD, Mapped, normalise
from minutes_split.auditing.sources import is_unread
from minutes_split.document import Aside, Document
from minutes_split.errors import AuditError
from minutes_split.internal import is_marked_internal
from minutes_split.plan import Passage, Pasted, Plan, Written
from minutes_split.spans import Span


@dataclass(frozen=True, slots=True)
class Part:
    """The text of a draft, or one of its asides."""

    name: str
    text: str
    normal: Mapped


@dataclass(frozen=True, slots=True)
class Draft:
    """A plan, a document or bare text, read."""

    text: str
    parts: tuple[Part, ...]
    plan: Plan | None
    layout: tuple[Passage, ...]
    headings: tuple[Span, ...]
    """Headings of a document, in order; a plan has titles instead."""
    unread: bool

    @classmethod
    def of(cls, draft: Plan | Document | str) -> Draft:
        """A draft in parts. Raises: `AuditError` for one that is empty, none, or a page for inside."""
        plan = draft if isinstance(draft, Plan) else None
        asides: tuple[Aside, ...] = draft.asides if isinstance(draft, Document) else ()
        if not isinstance(draft, Plan | Document | str):
            raise AuditError("audit-draft", "draft", "should be a plan, a document or text")
        text = draft if isinstance(draft, str) else draft.text
        if not text.strip() or (plan is not None and not plan.entries):
            raise AuditError("audit-empty-draft", "draft", "has nothing in it")
        if any(is_marked_internal(told) for told in (text, *(aside.text for aside in asides))):
            raise AuditError("audit-internal", "draft", "carries the mark of what is for inside only, and is no plan")
        parts = [Part("text", text, normalise(text))]
        parts += [Part(f"aside {i}", a.text, normalise(a.text)) for i, a in enumerate(asides, 1) if a.text.strip()]
        layout = plan.layout if plan else ()
        blocks = draft.blocks if isinstance(draft, Document) else ()
        headings = tuple(b.span for b in blocks if b.kind == "heading" and _is_short(b.span.within(text)))
        return cls(text, tuple(parts), plan, layout, headings, isinstance(draft, Document) and is_unread(draft))

    def entry_at(self, where: Span) -> Pasted | Written | None:
        """The entry of a plan that a place lies in."""
        passage = self._passage_at(where)
        if passage is None or passage.entry is None or self.plan is None:
            return None
        return self.plan.entries[passage.entry]

    def is_title(self, part: Part, where: Span) -> bool:
        """Whether a place lies in the title of a field.

        A form has titles, and minutes have headings, of the same words. They
        are not copied; names and numbers in them are looked for all the same.
        """
        return not self.outside_titles(part, where)

    def outside_titles(self, part: Part, where: Span) -> list[Span]:
        """What of a place is not in the title of a field; a title longer than titles are is read as text."""
        left = [where]
        for title in self._titles if part.name == "text" else ():
            left = [piece for span in left for piece in _without(span, title)]
        return left

    def is_heading(self, part: Part, where: Span) -> bool:
        """Whether a place lies in a heading of a document."""
        return part.name == "text" and any(heading.holds(where) for heading in self.headings)

    @property
    def _titles(self) -> tuple[Span, ...]:
        told = (passage for passage in self.layout if passage.entry is None)
        return tuple(passage.span for passage in told if _is_short(passage.field))

    def field_at(self, where: Span) -> str:
        """The title of the field that a place lies in."""
        passage = self._passage_at(where)
        return passage.field if passage else ""

    def _passage_at(self, where: Span) -> Passage | None:
        i = bisect_right(self.layout, where.start, key=lambda passage: passage.span.start) - 1
        for passage in self.layout[max(0, i) : i + 2]:
            if passage.span.meets(where):
                return passage
        return None


TITLE_WORDS = 12
"""Words, up to which the title of a field is one; a longer one is read as text."""


def _is_short(title: str) -> bool:
    return len(title.split()) <= TITLE_WORDS


def _without(span: Span, hole: Span) -> list[Span]:
    """What of a span lies outside another."""
    if not span.meets(hole):
        return [span]
    ends = [Span(span.start, max(span.start, hole.start)), Span(min(span.end, hole.end), span.end)]
    return [end for end in ends if end.start < end.end]


_SENTENCE = re.compile(r"[^\n]+?(?:[.!?;](?=[\s\"'”’)]|$)|\n|$)")


def sentences_of(part: Part) -> Iterator[Span]:
    """The sentences of a part, in places of its normalised text; long ones in overlapping stretches."""
    for sentence in _SENTENCE.finditer(part.text):
        start, end = part.normal.at(sentence.start()), part.normal.at(sentence.end())
        words = [m.span() for m in WORD.finditer(part.normal.text, start, end)]
        for first in range(0, max(1, len(words) - 20), 30):
            stretch = words[first : first + 50]
            if stretch:
                yield Span(stretch[0][0], stretch[-1][1])
