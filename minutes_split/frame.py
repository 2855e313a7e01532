"""What a document declares of itself: its headings and their reach, who was there, who speaks, lead-ins and rows.

The frame is made of layout and of the lexicon's heading words alone; whom a
heading names is read later, with every other mention.
"""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import lru_cache

import regex

from minutes_split.document import Block, Document
from minutes_split.folding import fold
from minutes_split.lexicon import Lexicon
from minutes_split.spans import Span

HEADING_WORDS = 14
HEADING_CHARACTERS = 90
"""A line longer than this is no heading, unless its style says so (longest heading in the fixtures: 11 words)."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands in the frame."""

    headings: tuple[int, ...] = ()
    """Numbers of the heading blocks that reach it, outermost first; its own number last if it is one."""
    heading: bool = False
    numbered: bool = False
    """Whether it is a heading with a number, a case code or a time, which may leave the name to its first line."""
    lead_in: int | None = None
    """Number of the block that introduces the list it is an item of."""
    listed: bool = False
    """Whether it is an item of a list, numbered or not."""
    attendance: bool = False
    gap: bool = False
    """Whether a blank line stands before it."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of one document."""

    places: tuple[Place, ...]
    attendance: tuple[Span, ...]
    speakers: tuple[Span, ...] = field(default=())
    """Names that stand before a colon at the beginning of a turn, as in a transcript."""
    running: frozenset[int] = frozenset()
    """Numbers of the blocks that are running headers, footers and page numbers."""

    @property
    def title(self) -> int:
        """Number of the first block that is none."""
        return next(number for number in itertools.count() if number not in self.running)


def frame(document: Document, blocks: tuple[Block, ...], lexicon: Lexicon) -> Frame:
    """The frame of `document`; `blocks` as `blocks()` gives them.

    A running line has a place, and parts nothing: the frame is made of the blocks beside it.
    """
    text = document.text
    running = frozenset(i for i, block in enumerate(blocks) if _is_running(text, block))
    kept = [i for i in range(len(blocks)) if i not in running]
    made = _frame(text, tuple(blocks[i] for i in kept), _gaps(text, blocks, kept), _words(lexicon))
    if not running:
        return made
    beside = iter(made.places)
    places: list[Place] = []
    headings: tuple[int, ...] = ()
    for i in range(len(blocks)):
        if i in running:
            places.append(Place(headings))
            continue
        one = next(beside)
        headings = tuple(kept[n] for n in one.headings)
        places.append(replace(one, headings=headings, lead_in=None if one.lead_in is None else kept[one.lead_in]))
    return replace(made, places=tuple(places), running=running)


def _is_running(text: str, block: Block) -> bool:
    """Whether it is a running header, a footer or a page number. A drawn line has no letters, and parts what it stands between."""
    return block.kind == "furniture" and any(sign.isalnum() for sign in block.span.within(text))


def _frame(text: str, blocks: tuple[Block, ...], gaps: list[bool], words: _Words) -> Frame:
    attendance = _attendance(text, blocks, gaps, words)
    headings = [
        i not in attendance and (block.kind == "heading" or _looks_like_heading(text, blocks, i, gaps, words))
        for i, block in enumerate(blocks)
    ]
    _refuse_lists(text, headings, blocks, gaps)
    heads = _heads(text, blocks, attendance)
    headings = [heading or head for heading, head in zip(headings, heads, strict=True)]
    _refuse_runs(text, headings, blocks, gaps, words)
    repeated = _repeated(text, blocks, headings)
    places: list[Place] = []
    stack: list[tuple[int, _Shape]] = []
    lead_in: int | None = None
    for i, block in enumerate(blocks):
        words_here = block.span.within(text)
        numbered = False
        listed = block.kind == "item" or bool(_NUMBERED.match(words_here)) or (bool(block.label) and not headings[i])
        if headings[i]:
            shape = _shape(block, words_here, words, repeated)
            _close(stack, shape)
            stack.append((i, shape))
            numbered = shape.number is not None or heads[i]
        if not listed or gaps[i]:
            lead_in = None
        places.append(
            Place(tuple(n for n, _ in stack), headings[i], numbered, lead_in, listed, i in attendance, gaps[i])
        )
        if words_here.endswith(":") and not listed:
            lead_in = i
    return Frame(tuple(places), tuple(blocks[i].span for i in sorted(attendance)), _speakers(text, blocks))


@dataclass(frozen=True, slots=True)
class _Words:
    generic: frozenset[str]
    closing: frozenset[str]
    attendance: frozenset[str]
    list_follows: frozenset[str]
    leading_on: frozenset[str]
    finite: frozenset[str]


@lru_cache(maxsize=4)
def _words(lexicon: Lexicon) -> _Words:
    return _Words(
        frozenset(lexicon.entries("procedure", "headings")),
        frozenset(lexicon.entries("cues", "headings", "closing")),
        frozenset(lexicon.entries("cues", "headings", "attendance")),
        frozenset(lexicon.entries("cues", "headings", "list_follows")),
        frozenset(lexicon.entries("cues", "leading_on")),
        frozenset(lexicon.entries("cues", "finite")),
    )


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a heading looks like; two of the same shape stand side by side."""

    level: int
    number: tuple[str, int] | None
    """Kind of number ("1.", "case", "a)") and its depth."""
    capitals: bool
    emphasis: bool
    colon: bool
    generic: bool
    repeated: bool
    closing: bool

    @property
    def looks(self) -> tuple[object, ...]:
        """What the eye compares."""
        return self.level, self.number, self.capitals, self.emphasis, self.colon


def _repeated(text: str, blocks: tuple[Block, ...], headings: list[bool]) -> frozenset[str]:
    """Heading texts that come back, as "Contract" does under each family: they stand under the headings that differ."""
    counts = Counter(
        _bare(block.span.within(text)).casefold() for block, heading in zip(blocks, headings, strict=True) if heading
    )
    return frozenset(bare for bare, count in counts.items() if count > 1)


def _shape(block: Block, words: str, known: _Words, repeated: frozenset[str]) -> _Shape:
    bare = _bare(words)
    number = _NUMBERED.match(block.label or words)
    coded = _CODED.match(bare)
    kind = None
    if number:
        kind = ("number", number.group("number").strip(".").count(".") + 1)
    elif coded:
        kind = (coded.group("word").casefold(), 1)
    return _Shape(
        block.level if block.kind == "heading" else 0,
        kind,
        bare.isupper(),
        block.emphasis,
        words.rstrip().endswith(":"),
        bare.casefold() in known.generic or bare.casefold() in repeated,
        bare.casefold() in repeated,
        bare.casefold() in known.closing,
    )


def _close(stack: list[tuple[int, _Shape]], new: _Shape) -> None:
    """Ends the reach of every heading that the new one stands beside; in doubt it stands beside all of them."""
    for depth, (_, old) in enumerate(stack):
        alike = new.looks == old.looks and not (new.generic and not old.generic and not new.closing and new.repeated)
        if alike or not _deeper(new, old):
            del stack[depth:]
            return


def _deeper(new: _Shape, old: _Shape) -> bool:
    """Whether a heading of another look stands under an older one."""
    if new.closing and not (new.number and new.number[0] == "number" and new.number[1] > 1):
        return False
    if new.level and old.level:
        return new.level > old.level
    if new.number and old.number and new.number[0] == old.number[0]:
        return new.number[1] > old.number[1]
    if new.number and new.number[0] == "number" and new.number[1] > 1:
        return True
    return new.generic and not (new.number and not old.number)


def _looks_like_heading(text: str, blocks: tuple[Block, ...], i: int, gaps: list[bool], words: _Words) -> bool:
    """Whether a line that no style marks is a heading: short, of its own, not a sentence, with something under it."""
    block = blocks[i]
    if block.kind not in ("paragraph",) or i + 1 >= len(blocks):
        return False
    line = fold(block.span.within(text)).text.strip()
    if len(line) > HEADING_CHARACTERS or "\t" in line or _SPEECH.fullmatch(line):
        return False
    bare = _bare(line)
    tokens = bare.casefold().split()
    if not tokens or len(tokens) > HEADING_WORDS:
        return False
    if bare.casefold() in words.generic or bare.casefold() in words.closing:
        return True
    if line.rstrip()[-1] in ".;,?!" or not (bare[0].isupper() or bare[0].isdigit() or bare[0] in "'\"(["):
        return False
    alone = gaps[i] and gaps[i + 1]
    if ":" in line.rstrip(" :") and not _CODED.match(bare) and not alone:
        return False
    if (not alone or line[-1] == ":") and words.finite & set(tokens):
        return False
    if blocks[i + 1].kind == "furniture" or _TURN.match(line):
        return False
    if not block.emphasis and tokens[-1] in words.leading_on:
        return False  # "RESOLVED that"
    if block.emphasis or alone or _CODED.match(bare) or _NUMBERED.match(line):
        return True
    words_only = [token for token in tokens if any(character.isalpha() for character in token)]
    return len(words_only) <= 8 and (gaps[i] or i == 0 or _sentence(blocks[i - 1].span.within(text)))


def _heads(text: str, blocks: tuple[Block, ...], attendance: set[int]) -> list[bool]:
    """Paragraphs that begin with a case number, a reference or a time and are not alone in that: each begins an item."""
    kinds = []
    for i, block in enumerate(blocks):
        head = (
            _HEAD.match(text, block.span.start, block.span.end)
            if block.kind == "paragraph" and i not in attendance
            else None
        )
        kinds.append(head.lastgroup if head else None)
    return [kind is not None and kinds.count(kind) > 1 for kind in kinds]


def _refuse_lists(text: str, headings: list[bool], blocks: tuple[Block, ...], gaps: list[bool]) -> None:
    """Numbered lines right under each other are a list and no headings."""
    depth = []
    for block in blocks:
        number = _NUMBERED.match(text, block.span.start, block.span.end)
        depth.append(number.group("number").strip(".").count(".") + 1 if number else 0)
    for i in range(len(blocks)):
        beside = (i + 1 < len(blocks) and not gaps[i + 1] and depth[i + 1] == depth[i]) or (
            i > 0 and not gaps[i] and depth[i - 1] == depth[i]
        )
        if depth[i] and beside and blocks[i].kind != "heading":
            headings[i] = False


def _refuse_runs(text: str, headings: list[bool], blocks: tuple[Block, ...], gaps: list[bool], words: _Words) -> None:
    """Short lines right under each other are one heading at most, with a list under it; three of them are a list alone."""
    start = 0
    while start < len(blocks):
        end = start
        while end < len(blocks) and headings[end] and blocks[end].kind != "heading" and (end == start or not gaps[end]):
            end += 1
        run = range(start, end)
        marked = [blocks[i].emphasis or bool(_CODED.match(_bare(blocks[i].span.within(text)))) for i in run]
        if end - start > 1 and not all(marked):
            known = _bare(blocks[start].span.within(text)).casefold() in words.generic
            keep = marked[0] or known or blocks[start].span.within(text).endswith(":") or end - start == 2
            for i in run:
                headings[i] = keep and i == start
        start = max(end, start + 1)


def _sentence(line: str) -> bool:
    return line.rstrip()[-1:] in ".!?:;)\"'”’"


def _gaps(text: str, blocks: tuple[Block, ...], kept: list[int]) -> list[bool]:
    """For each block that is kept whether a blank line stands before it; a document's first block has one."""
    before = [True]
    for block, after in itertools.pairwise(blocks):
        before.append(text.count("\n", block.span.end, after.span.start) > 1)
    found = [True]
    for one, other in itertools.pairwise(kept):
        found.append(any(before[one + 1 : other + 1]))
    found.append(True)
    return found


def _attendance(text: str, blocks: tuple[Block, ...], gaps: list[bool], words: _Words) -> set[int]:
    """The blocks that list who was there: they begin with such a word, and go on to the next blank line or sentence."""
    found: set[int] = set()
    going = False
    for i, block in enumerate(blocks):
        line = fold(block.span.within(text)).text
        label = _LABEL.match(line)
        begins = label is not None and label.group("label").strip().casefold() in words.attendance
        told = line[label.end() :].split() if begins and label is not None else []
        if begins and words.finite & {word.casefold() for word in told}:
            begins = False  # "Chair: note this is a different family": the chair speaks
        whole = _bare(line).casefold() in words.list_follows
        if block.kind != "cell" and (begins or whole or len(_KEY.findall(line)) > 1):
            going = whole or (begins and not told)
            found.add(i)
        elif going and (
            block.kind == "cell"
            or block.emphasis
            or (gaps[i] and i - 1 not in found)
            or block.kind == "heading"
            or len(line) > 160
            or (gaps[i] and _bare(fold(blocks[i - 1].span.within(text)).text).casefold() not in words.list_follows)
        ):
            going = False
        elif going and not (line.rstrip().endswith(".") and len(line.split()) > 12):
            found.add(i)
        else:
            going = False
    return found


def _speakers(text: str, blocks: tuple[Block, ...]) -> tuple[Span, ...]:
    """Names before a colon at the beginning of a turn, where the turns have a time."""
    found = []
    for block in blocks:
        turn = _TURN.match(text, block.span.start, block.span.end)
        if turn:
            found.append(Span(*turn.span("name")))
    return tuple(found)


def _bare(line: str) -> str:
    """A heading without its number, bullets, marks of emphasis and colon."""
    words = line.strip(" \t*_#=-–")
    number = _NUMBERED.match(words)
    return (words[number.end() :] if number else words).strip(" \t*_#=-–:.")


_NUMBERED = regex.compile(r"\s*[(\[]?(?P<number>\d{1,2}(?:\.\d{1,2}){0,3}\.?)[)\]]?(?=[\s)\].])[.)\s]+")
_SPEECH = regex.compile(r"""["“].*["”].*""")
"""A line that begins with what somebody says."""
_CODED = regex.compile(
    r"(?P<word>case|family|item|bed|row|child|no\.?|number|referral|part|section|incident(?!\s*\d{1,2}/\d)|house|plot|room|pupil|young person|yp|household|ref)\s*+#?\s*+(?:\d{1,4}[a-z]?|[A-Z]|one|two|three|four|five|six|seven|eight|nine|ten)\b",
    regex.I,
)
_LABEL = regex.compile(r"\s*+[*_]*+(?P<label>[A-Za-z' ]{2,28}?)[*_]*+\s*+(?:[:–]|(?<=\s)-)")
_HEAD = regex.compile(
    r"\s*(?:(?P<case>(?i:case|bed|item|incident(?!\s*\d{1,2}/\d)|family|referral|child|row|yp)\s*(?:no\.?\s*)?#?\d{1,4}[a-z]?\b)(?![.)]?\s*(?:and|&|to|was|is|has)\b)"
    r"|(?P<code>[A-Z]{2,6}[ -/]?\d{1,7}(?=\s*[:.–-]|\s+[A-Z]))|(?P<digits>\d{4,9}(?=\s*:))|(?P<bed>[A-Z]\d{1,2}(?=\s*[:–-]\s))|(?P<clock>\d{1,2}[.:]\d{2}(?=\s+[A-Z][a-z]+\s+[A-Z])))",
)
_KEY = regex.compile(r"\b[A-Z]{2,4} ?= ?[A-Z]")
_TURN = regex.compile(
    r"\[?\d{1,2}:\d{2}(?::\d{2})?\]?\s*+[-–]?\s*+(?P<name>[^\W\d_][\w.' -]{1,40}?)\s*+(?:\([^)]*\)\s*+)?:"
)
