"""Transcripts with cues: .vtt as Teams and Zoom write it, and .srt.

Each turn of a speaker becomes one line, `00:01:02 Priya Nair: ...`, with the
time at which it begins; cues that follow each other and have the same speaker
are one turn, so that no sentence is cut. Every cue is said; one that cannot be
taken apart is said as it is, and marked. A transcript has no checksum: damage
shows in numbers that do not follow each other, in times that run backwards, in
a voice without its end, in a last cue without words, and else not at all.
Source: W3C WebVTT (4.1 file structure, 4.2.2 voice spans); exports of Teams and Zoom of 2024.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from minutes_split.document import Document, Source
from minutes_split.errors import ReadError
from minutes_split.readers.caps import Caps
from minutes_split.readers.text import read_text
from minutes_split.readers.transcript import Transcript

_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_COUNT = re.compile(r"[ \t]*[0-9]{1,6}[ \t]*")
_TIMING = re.compile(rf"[ \t]*({_TIME})[ \t]*-->[ \t]*({_TIME})(?:[ \t]+[a-z]+:[^\s<]+)*[ \t]*")
_FIRST = re.compile(rf"\ufeff?(?:\d+[ \t]*\n)?[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}")
_VOICE = re.compile(r"<v(?:\.[\w.-]+)?[ \t]+([^<>]{1,200})>")
_TAG = re.compile(
    r"</?(?:v|lang)(?:\.[\w.-]++)?(?:[ \t][^<>]*)?>|</?(?:c|b|i|u|ruby|rt)(?:\.[\w.-]++)?[ \t]*>|<\d[\d:.]*>|\{\\an?\d\}"
)
"""Only a voice and a language have words in their tag; in another tag words would be lost."""
_NAMED = re.compile(r"([^\W\d_][\w.'’\- ()]{0,60}?):[ \t]+(?=\S)")


def is_transcript(data: bytes) -> bool:
    """Whether the bytes are WebVTT, or begin with the time of a first cue."""
    start = (
        data[:400].removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    )
    return re.match(r"WEBVTT(?:[ \t\n]|\Z)", start) is not None or _FIRST.match(start) is not None


@dataclass(slots=True)
class _Turn:
    """What one speaker says until another does."""

    first: int
    """Number of its first cue, from 1."""
    last: int
    time: str
    speaker: str
    words: list[str] = field(default_factory=list, repr=False)
    fault: bool = False


def read_transcript(data: bytes, caps: Caps) -> Document:
    """A transcript from its bytes.

    `Block.path` is `cue 3` or `cues 3 to 7`. Raises: `ReadError` if it is no text or has no cue.
    """
    text = read_text(data, caps).text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    out = Transcript()
    pieces = list(_pieces(text))
    turns = list(_turns(iter(pieces), out))
    if not turns:
        raise ReadError("document-empty", "document", "there is no text in it")
    for turn in turns:
        path = f"cue {turn.first}" if turn.first == turn.last else f"cues {turn.first} to {turn.last}"
        if turn.fault:
            out.fault("cue-unread", path, "is no cue that can be taken apart", on_block=True)
        head = f"{turn.time} {turn.speaker}: " if turn.speaker else f"{turn.time} " if turn.time else ""
        out.say(head + " ".join(turn.words), ("unread",) if turn.fault else ())
        out.end_block("paragraph", path=path)
    _look_for_gaps(pieces, out)
    out.end_aside()
    source = Source("vtt", hashlib.sha256(data).hexdigest())
    return Document(out.text, source, tuple(out.blocks), out.marks, tuple(out.asides), tuple(out.faults))


def _pieces(text: str) -> Iterator[list[str]]:
    """Lines between empty lines; a time inside begins a piece of its own, so that a lost empty line loses no cue."""
    lines: list[str] = []
    for line in text.split("\n"):
        if not line.strip():
            if lines:
                yield lines
            lines = []
            continue
        if _TIMING.fullmatch(line) and any(_TIMING.fullmatch(each) for each in lines):
            named = (
                lines.pop()
                if re.fullmatch(r"\s*+[^\s\d]*+\d\S*+\s*+", lines[-1]) and not _TIMING.fullmatch(lines[-2])
                else ""
            )
            yield lines
            lines = [named] if named else []
        lines.append(line)
    if lines:
        yield lines


def _turns(pieces: Iterator[list[str]], out: Transcript) -> Iterator[_Turn]:
    turn: _Turn | None = None
    number = 0
    for place, lines in enumerate(pieces):
        if place == 0 and lines[0].startswith("WEBVTT"):
            head = lines[:1] if any("-->" in line for line in lines) else lines  # a lost empty line loses no cue
            out.put_aside("metadata", "\n".join(head), "head")
            lines = lines[len(head) :]
            if not lines:
                continue
        first = lines[0].split()[0]
        if first in ("NOTE", "STYLE", "REGION") and not any("-->" in line for line in lines):
            out.put_aside("comment" if first == "NOTE" else "metadata", "\n".join(lines), f"before cue {number + 1}")
            continue
        number += 1
        for made in _cue(lines, number, out):
            if turn and made.speaker == turn.speaker and made.speaker and not made.fault and not turn.fault:
                turn.words += made.words
                turn.last = number
                continue
            if turn:
                yield turn
            turn = made
    if turn:
        yield turn


def _cue(lines: list[str], number: int, out: Transcript) -> Iterator[_Turn]:
    """The turns in one cue: one for each voice in it."""
    at = next((i for i, line in enumerate(lines) if _TIMING.fullmatch(line)), None)
    if at is None or at > 1:
        yield _Turn(number, number, "", "", [_plain(" ".join(lines))], fault=True)
        return
    if at == 1:
        out.put_aside("metadata", lines[0], f"cue {number}")
    timing = _TIMING.fullmatch(lines[at])
    time = _shown(timing[1]) if timing else ""
    words = " ".join(line.strip() for line in lines[at + 1 :])
    if "<" in _TAG.sub("", words):
        yield _Turn(number, number, time, "", [words], fault=True)  # a tag without its end
        return
    places = [*_VOICE.finditer(words)]
    before = _plain(words[: places[0].start()] if places else words)
    if before:
        named = _NAMED.match(before) if not places else None
        yield _Turn(number, number, time, named[1] if named else "", [before[named.end() :] if named else before])
    for i, voice in enumerate(places):
        end = places[i + 1].start() if i + 1 < len(places) else len(words)
        said = _plain(words[voice.end() : end])
        if said:
            yield _Turn(number, number, time, " ".join(html.unescape(voice[1]).split()), [said])


def _look_for_gaps(pieces: list[list[str]], out: Transcript) -> None:
    """Reports what a damaged transcript is known by."""
    cues = [lines for lines in pieces if any(_TIMING.fullmatch(line) for line in lines[:2])]
    expected: int | None = None
    last = -1.0
    for number, lines in enumerate(cues, 1):
        where = f"timed cue {number}"
        if _COUNT.fullmatch(lines[0]):
            told = int(lines[0])
            if told != expected if expected is not None else (number == 1 and told > 1):
                out.fault("cue-missing", where, "does not follow the number of the cue before; cues may be missing")
            expected = told + 1
        timing = next(match for line in lines[:2] if (match := _TIMING.fullmatch(line)))
        start, end = _seconds(timing[1]), _seconds(timing[2])
        if start < last or end < start:
            out.fault("cue-time", where, "has a time that runs backwards; the transcript may be damaged")
        last = max(last, start)
    opened, closed = (sum(line.count(mark) for lines in cues for line in lines) for mark in ("<v", "</v>"))
    if closed and opened != closed:
        out.fault("cue-voice", "file", "has a voice without its end; the transcript may be damaged or cut short")
    if cues and _TIMING.fullmatch(cues[-1][-1]):
        out.fault(
            "cue-empty", f"timed cue {len(cues)}", "is the last and has no words; the transcript may be cut short"
        )


def _seconds(time: str) -> float:
    seconds = 0.0
    for part in time.replace(",", ".").split(":"):
        seconds = 60 * seconds + float(part)
    return seconds


def _plain(words: str) -> str:
    """Words without tags of style and time; characters that are written as names are what they mean."""
    return " ".join(html.unescape(_TAG.sub("", words)).split())


def _shown(time: str) -> str:
    """`00:01:02.345` as `00:01:02`."""
    return re.split(r"[.,]", time)[0]
