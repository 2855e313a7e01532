"""Which regular expressions take more than linear time on the worst input that can be made.

Every pattern is found: attributes of modules, what stands in a call of `re` or `regex` inside a function, and what
functions compile from the lexicon and the roster. For each, the worst inputs are made from its own parse: every piece
that it can repeat is repeated, alone and behind what must stand before it; what must stand before it is repeated
too; and the end is what it cannot match. `tests/test_regexes.py` asks for all of them.
"""

from __future__ import annotations

import ast
import importlib
import pickle
import pkgutil
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from re import _constants as parts  # type: ignore[attr-defined]  # private to the standard library, and what a pattern is made of
from re import _parser as parser  # type: ignore[attr-defined]  # private to the standard library, and what a pattern is made of
from typing import Any

import regex

import minutes_split

STEPS = (24, 32, 40, 400, 2_000, 10_000)
"""Lengths, so that a pattern that takes exponential or cubic time is found before it takes for ever."""
GROWTH = 3
"""Twice the text may take this much more time: 2 is linear, 4 is quadratic, and a busy machine is in between."""
QUICK = 0.008
"""Seconds; what is as quick as this on 10,000 characters is linear: a quadratic pattern takes 50 million steps for it."""
ENOUGH = 0.5
"""Seconds for 10,000 characters, whatever the growth: 20 characters a millisecond."""


@lru_cache(maxsize=1)
def patterns() -> dict[str, Any]:
    """Every pattern of the library, by its first place."""
    found: dict[str, Any] = {}
    for module in _modules():
        for name, value in sorted(vars(module).items()):
            for number, pattern in enumerate(_compiled(value)):
                found.setdefault(
                    _key(pattern), (f"{module.__name__.removeprefix('minutes_split.')}.{name}[{number}]", pattern)
                )
    for place, pattern in _in_calls():
        found.setdefault(_key(pattern), (place, pattern))
    for number, pattern in enumerate(_compiled_on_the_way()):
        found.setdefault(_key(pattern), (f"made while reading [{number}]", pattern))
    return dict(found.values())


def _modules() -> Iterator[Any]:
    for info in pkgutil.walk_packages(minutes_split.__path__, "minutes_split."):
        if not info.name.endswith("__main__"):
            yield importlib.import_module(info.name)


def _compiled(value: object) -> Iterator[Any]:
    if isinstance(value, re.Pattern | regex.Pattern):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _compiled(each)
    elif isinstance(value, tuple | list | frozenset):
        for each in value:
            yield from _compiled(each)


def _key(pattern: Any) -> str:
    return f"{type(pattern).__module__} {pattern.flags} {pattern.pattern!r}"


def _in_calls() -> Iterator[tuple[str, Any]]:
    """What stands as a string in a call such as `re.search(...)`; its place ends in the name of the method."""
    for module, text in _sources().items():
        for call in ast.walk(ast.parse(text)):
            if (
                isinstance(call, ast.Call)
                and isinstance(call.func, ast.Attribute)
                and isinstance(call.func.value, ast.Name)
                and call.func.value.id in _ENGINES
                and call.args
                and isinstance(call.args[0], ast.Constant)
            ):
                engine = _ENGINES[call.func.value.id]
                flags = [
                    part.attr for part in ast.walk(call) if isinstance(part, ast.Attribute) and part.attr.isupper()
                ]
                said = call.args[0].value
                if r"\L<" not in str(said):
                    made = engine.compile(said, sum({getattr(engine, flag) for flag in flags}))
                    yield f"{module}, line {call.lineno}: {call.func.attr}", made


_ENGINES = {"re": re, "regex": regex}

_RUN = """
import pickle, re, regex, sys
made = []
def noted(kept):
    def compiled(pattern, flags=0, *more, **named):
        found = kept(pattern, flags, *more, **named)
        if not more and not named:
            made.append((kept.__module__.split('.')[0], found.pattern, found.flags))
        return found
    return compiled
sys.path.insert(0, sys.argv[1])
import minutes_split
from tests.test_quiet import ROSTER, TEXT
from minutes_split import Roster, split, audit, read
from minutes_split.linting import lint
from minutes_split.redaction import redact
re.compile, regex.compile = noted(re.compile), noted(regex.compile)
found = split(TEXT, Roster.load(ROSTER))
lint(found), redact(found, found.roster.ids[0]), found.withheld(found.roster.ids[0]), audit(TEXT, against=[found], family=found.roster.ids[0])
sys.stdout.buffer.write(pickle.dumps(made))
"""


def _compiled_on_the_way() -> Iterator[Any]:
    """What functions compile when they are called; in a process of its own, in which nothing is compiled yet."""
    root = str(Path(__file__).parent.parent.parent)
    told = subprocess.run([sys.executable, "-c", _RUN, root], capture_output=True, check=True).stdout
    for kind, pattern, flags in pickle.loads(told):
        if r"\L<" in (pattern if isinstance(pattern, str) else pattern.decode("latin-1")):
            continue  # a list of words: no repetition in it
        yield re.compile(pattern, flags & ~re.DEBUG) if kind == "re" else regex.compile(pattern, flags)


# --- the worst input ----------------------------------------------------------------------------

_FILLERS = (
    " ",
    "a",
    "A",
    "1",
    "\n",
    "\t",
    "Aa",
    "a ",
    "A ",
    "1 ",
    "a.",
    "a-",
    "a'",
    "1.",
    "1/",
    "((",
    "\u00a0",
    "\u2014",
    " \n",
    "\r\n",
    "<",
    "&",
    "=",
    "_",
)
"""Runs that any pattern gets, whatever its parse says."""
_ENDINGS = ("", "\0", " x")


def _inputs(pattern: Any) -> Iterator[tuple[str, str, str]]:
    """What stands first, what is repeated, and what stands last."""
    own, starts = _pieces(pattern), _beginnings(pattern)
    for piece in dict.fromkeys((*_FILLERS, *own)):
        for ending in _ENDINGS if piece == " " or piece in own[:2] else ("\0",):
            yield "", piece, ending
    for piece in dict.fromkeys((*_FILLERS, *own)):
        yield "x", piece, "x"
        yield "he.", piece, "x"
    for start in starts:
        yield "", start, "\0"
        for piece in dict.fromkeys((" ", *own)):
            yield start, piece, "\0"
            yield "", start + piece, "\0"


def _written(parts: tuple[str, str, str], length: int, pattern: Any) -> Any:
    start, piece, ending = parts
    text = start + piece * (length // len(piece)) + ending
    return text.encode("utf-8", "replace") if isinstance(pattern.pattern, bytes) else text


@cache
def _pieces(pattern: Any) -> tuple[str, ...]:
    """For each repetition in the pattern something that it repeats; for the whole, something that it matches."""
    tree = _parsed(pattern)
    if tree is None:
        words = re.findall(r"[A-Za-z]{2,}", _said(pattern))
        return tuple(dict.fromkeys(words))[:12]
    made = [_example(tree, 0), _example(tree, 1)]
    for repeated in _repeated(tree):
        made += [_example(repeated, 0), _example(repeated, 1)]
    return tuple(dict.fromkeys(piece for piece in made if piece))[:24]


@cache
def _beginnings(pattern: Any) -> tuple[str, ...]:
    """What stands before each repetition, in an alternative as well."""
    tree = _parsed(pattern)
    found = dict.fromkeys(_before(tree, "")) if tree is not None else {}
    return tuple(start for start in found if start)[:8]


def _before(tree: Any, start: str) -> Iterator[str]:
    for op, value in tree:
        if op in _REPEATS:
            yield start
            yield from _before(value[2], start)
        elif op is parts.BRANCH:
            for each in value[1]:
                yield from _before(each, start)
        elif op is parts.SUBPATTERN:
            yield from _before(value[3], start)
        elif op is parts.ATOMIC_GROUP:
            yield from _before(value, start)
        start += _example([(op, value)], 0)


_REPEATS = (parts.MAX_REPEAT, parts.MIN_REPEAT, parts.POSSESSIVE_REPEAT)


def _said(pattern: Any) -> str:
    return pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")


def _parsed(pattern: Any) -> Any:
    """The parse of Python's own engine; `None` for what only `regex` understands."""
    said = re.sub(r"\\p\{Lu\}", "A", _said(pattern))
    said = re.sub(
        r"\(\?<[=!](?:[^()\\]|\\.|\[[^\]]*\])*[{*+](?:[^()\\]|\\.)*\)", "", said
    )  # a look-behind of no fixed length
    try:
        return parser.parse(
            said, (pattern.flags & (re.I | re.X | re.S | re.M)) if isinstance(pattern, re.Pattern) else re.I
        )
    except (re.error, OverflowError, RecursionError):
        return None


def _repeated(tree: Any) -> Iterator[Any]:
    for op, value in tree:
        if op in _REPEATS:
            if value[1] > 3:
                yield value[2]
            yield from _repeated(value[2])
        elif op is parts.BRANCH:
            for each in value[1]:
                yield from _repeated(each)
        elif op is parts.SUBPATTERN:
            yield from _repeated(value[3])
        elif op in (parts.ASSERT, parts.ASSERT_NOT):
            yield from _repeated(value[1])
        elif op is parts.ATOMIC_GROUP:
            yield from _repeated(value)


_CATEGORIES = {
    parts.CATEGORY_DIGIT: "1", parts.CATEGORY_SPACE: " ", parts.CATEGORY_WORD: "a",
    parts.CATEGORY_NOT_DIGIT: "a", parts.CATEGORY_NOT_SPACE: "a", parts.CATEGORY_NOT_WORD: " ",
}  # fmt: skip


def _example(tree: Any, more: int) -> str:
    """Something that this part of a pattern matches: the shortest, or with every repetition once more."""
    made = ""
    for op, value in tree:
        if op is parts.LITERAL:
            made += chr(value)
        elif op is parts.IN:
            made += _one_of(value)
        elif op in (parts.NOT_LITERAL, parts.ANY):
            made += "a"
        elif op in _REPEATS:
            made += _example(value[2], more) * min(value[0] + more, value[1])
        elif op is parts.BRANCH:
            made += _example(value[1][-1 if more else 0], more)
        elif op is parts.SUBPATTERN:
            made += _example(value[3], more)
        elif op is parts.ATOMIC_GROUP:
            made += _example(value, more)
        elif op is parts.ASSERT and value[0] < 0:
            made += _example(value[1], more)
    return made


def _one_of(items: Any) -> str:
    negated = items[0][0] is parts.NEGATE
    if negated:
        return next((c for c in "aA1 .-\n" if not _holds(items[1:], c)), "a")
    for op, value in items:
        if op is parts.LITERAL:
            return chr(value)
        if op is parts.RANGE:
            return chr(value[0])
        if op is parts.CATEGORY:
            return _CATEGORIES.get(value, "a")
    return "a"


def _holds(items: Any, character: str) -> bool:
    code = ord(character)
    for op, value in items:
        if (op is parts.LITERAL and value == code) or (op is parts.RANGE and value[0] <= code <= value[1]):
            return True
        if op is parts.CATEGORY and re.match(
            {"1": r"\d", " ": r"\s", "a": r"\w"}[_CATEGORIES.get(value, "a")], character
        ):
            return True
    return False


# --- how they are used --------------------------------------------------------------------------

_ANCHORED = {"match", "fullmatch"}


@lru_cache(maxsize=1)
def _sources() -> dict[str, str]:
    root = Path(minutes_split.__file__).parent
    return {
        path.relative_to(root)
        .as_posix()
        .removesuffix(".py")
        .removesuffix("/__init__")
        .replace("/", "."): path.read_text("utf-8")
        for path in sorted(root.rglob("*.py"))
    }


def _use(place: str, pattern: Any) -> Callable[[Any], object]:
    """At one place only, if that is all the library ever does with it; otherwise wherever it is found."""
    module, _, name = place.partition("[")[0].rpartition(".")
    users = [
        text
        for at, text in _sources().items()
        if at == module or re.search(rf"import [^\n]*\b{re.escape(name)}\b", text)
    ]
    methods = {method for text in users for method in re.findall(rf"\b{re.escape(name)}\.([a-z]+)\b", text)}
    if ": " in place:
        methods = {place.rpartition(": ")[2]}
    if methods and methods <= _ANCHORED:
        return lambda text: [getattr(pattern, method)(text) for method in methods]
    return lambda text: sum(1 for _ in pattern.finditer(text))


def _seconds(use: Callable[[Any], object], text: Any) -> float:
    began = time.process_time()
    use(text)
    return time.process_time() - began


def grows(pattern: Any, place: str = "") -> str:
    """The input on which the time grows faster than the length; empty for a linear pattern."""
    use = _use(place, pattern)
    for parts_of_input in _inputs(pattern):
        before = 0.0
        for length in STEPS:
            text = _written(parts_of_input, length, pattern)
            before = _seconds(use, text)
            enough = max(QUICK, ENOUGH * length / STEPS[-1])
            if before > enough and min(_seconds(use, text) for _ in range(2)) > enough:
                return f"{text[:40]!r}, {length} characters: {before:.3f} s"
        if before < QUICK:
            continue
        longer = _written(parts_of_input, 2 * STEPS[-1], pattern)
        after, before = min(_seconds(use, longer) for _ in range(3)), min(_seconds(use, text) for _ in range(3))
        if before > QUICK and after > GROWTH * before:
            return f"{text[:40]!r}, {STEPS[-1]} characters: {before:.3f} s, twice as many: {after:.3f} s"
    return ""
