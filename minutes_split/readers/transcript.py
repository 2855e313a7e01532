"""What a reader has heard so far: the live text, its blocks and marks, and what stands aside."""

from __future__ import annotations

from dataclasses import dataclass, field

from minutes_split.document import Aside, AsideKind, Block, BlockKind, Cell, Mark, MarkKind
from minutes_split.errors import Fault
from minutes_split.spans import Span


@dataclass(slots=True)
class Transcript:
    """Grows in reading order. Everything said between two ends of blocks is one block."""

    blocks: list[Block] = field(default_factory=list, repr=False)
    asides: list[Aside] = field(default_factory=list, repr=False)
    faults: list[Fault] = field(default_factory=list)
    length: int = 0
    """Code points said so far."""
    begun: int = 0
    """Where the block began that is being said."""
    _pieces: list[str] = field(default_factory=list, repr=False)
    _marks: dict[MarkKind, list[Span]] = field(default_factory=dict)
    _strong: bool = True
    """Whether every word of the block so far is bold or underlined."""
    _faults_here: list[str] = field(default_factory=list)
    _flow: list[str] = field(default_factory=list, repr=False)
    """Words of the aside that is being put, which may go on."""
    _flow_place: tuple[AsideKind, int, str] | None = None

    @property
    def in_block(self) -> bool:
        """Whether anything was said since the last block ended."""
        return self.length > self.begun

    @property
    def last_letter(self) -> str:
        """The last character said that is no white space; "" if there is none in the last piece."""
        return next((piece.rstrip()[-1:] for piece in reversed(self._pieces[-8:]) if piece.strip()), "")

    @property
    def text(self) -> str:
        """All live text."""
        return "".join(self._pieces)

    def say(self, words: str, marks: tuple[MarkKind, ...] = (), *, strong: bool = False) -> None:
        """Adds live text. `strong`: it is bold or underlined."""
        if not words:
            return
        start = self.length
        self._pieces.append(words)
        self.length += len(words)
        if not strong and not words.isspace():
            self._strong = False
        for kind in marks:
            spans = self._marks.setdefault(kind, [])
            if spans and spans[-1].end == start:
                spans[-1] = Span(spans[-1].start, self.length)
            else:
                spans.append(Span(start, self.length))

    def end_block(
        self,
        kind: BlockKind,
        *,
        level: int = 0,
        label: str = "",
        cell: Cell | None = None,
        path: str = "",
        strong: bool = False,
    ) -> None:
        """Ends the block with a line end; `strong`: its style makes it stand out. A block without words is kept if it has a label or a fault."""
        words = "".join(self._words_of_block())
        if words.strip() or label or self._faults_here:
            emphasis = bool(words.strip()) and (strong or self._strong or words.isupper())
            faults = tuple(dict.fromkeys(self._faults_here))
            span = Span(self.begun, self.length)
            self.blocks.append(Block(span, kind, level, label, cell, emphasis, path, faults))
        self._pieces.append("\n")
        self.length += 1
        self.begun = self.length
        self._strong = True
        self._faults_here.clear()

    def put_aside(self, kind: AsideKind, words: str, path: str) -> None:
        """Keeps words that are not live, together with those of the same kind that came just before."""
        place = (kind, self.length, path)
        if place != self._flow_place or kind not in _FLOWING:
            self.end_aside()
            self._flow_place = place
        self._flow.append(words)

    def end_aside(self) -> None:
        """Ends the aside that is being put; what comes next is another."""
        if self._flow_place is not None:
            kind, at, path = self._flow_place
            words = "".join(self._flow)
            if words.strip() or kind in _SHOWN_EMPTY:
                self.asides.append(Aside(kind, words, at, path))
            self._flow.clear()
            self._flow_place = None

    def fault(self, code: str, where: str, message: str, *, on_block: bool = False) -> None:
        """Notes what could not be read; `on_block` also on the block that is being said."""
        self.faults.append(Fault(code, where, message))
        if on_block:
            self._faults_here.append(code)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """All marks in text order."""
        return tuple(
            sorted((Mark(s, kind) for kind, spans in self._marks.items() for s in spans), key=lambda m: m.span)
        )

    def _words_of_block(self) -> list[str]:
        """The pieces said since the block began, from the last one back."""
        missing = self.length - self.begun
        found: list[str] = []
        for piece in reversed(self._pieces):
            if missing <= 0:
                break
            found.append(piece)
            missing -= len(piece)
        return found[::-1]


_FLOWING = frozenset({"deleted", "moved-from", "hidden", "comment", "instruction"})
_SHOWN_EMPTY = frozenset({"embedded", "unread"})
