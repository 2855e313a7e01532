"""Which regular expressions take more than linear time on the worst input that can be made: `python -m tests.bench.regexes`.

Every compiled pattern is found: attributes of modules, and what functions of the library compile while a lexicon, a
roster and a document of each format are read. For each, the worst inputs are made from its own parse: every piece that
it can repeat is repeated, with what must stand before it, and ended by what it cannot match.
"""

from __future__ import annotations

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
from re import _constants as parts  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import regex

import minutes_split

SHORT = 10_000
GROWTH = 3
"""Twice the text may take this much more time: 2 is linear, 4 is quadratic, and a busy machine is in between."""
QUICK = 0.004
"""Seconds; what is as quick as this on the shorter text is linear: a quadratic pattern takes 50 million steps for it."""
ENOUGH = 0.5
"""Seconds for 20,000 characters, whatever the growth: 40 characters a millisecond."""


@lru_cache(maxsize=1)
def _patterns() -> dict[str, Any]:
    """Every pattern of the library, by its first place."""
    found: dict[str, Any] = {}
    for module in _modules():
        for name, value in sorted(vars(module).items()):
            for number, pattern in enumerate(_compiled(value)):
                found.setdefault(
                    _key(pattern), (f"{module.__name__.removeprefix('minutes_split.')}.{name}[{number}]", pattern)
                )
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
    root = str(Path(__file__).parent.parent)
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


def _inputs(pattern: Any, length: int) -> Iterator[str]:
    """Runs of the usual suspects, and runs made of the pattern's own pieces behind what it must begin with."""
    own = _pieces(pattern)
    for piece in dict.fromkeys((*_FILLERS, *own)):
        for ending in _ENDINGS if piece == " " or piece in own[:2] else ("\0",):
            yield piece * (length // len(piece)) + ending
    for start in _beginnings(pattern):
        for piece in dict.fromkeys((" ", *own)):
            yield start + piece * (length // len(piece)) + "\0"


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
    """What stands before each repetition."""
    tree = _parsed(pattern)
    if tree is None:
        return ()
    found = []
    for i, (op, _) in enumerate(tree):
        if op in (parts.MAX_REPEAT, parts.MIN_REPEAT, parts.POSSESSIVE_REPEAT):
            found.append(_example(list(tree)[:i], 0))
    return tuple(dict.fromkeys(found))[:4]


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
        if op in (parts.MAX_REPEAT, parts.MIN_REPEAT, parts.POSSESSIVE_REPEAT):
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
        elif op in (parts.MAX_REPEAT, parts.MIN_REPEAT, parts.POSSESSIVE_REPEAT):
            made += _example(value[2], more) * min(value[0] + more, value[1])
        elif op is parts.BRANCH:
            made += _example(value[1][-1 if more else 0], more)
        elif op is parts.SUBPATTERN:
            made += _example(value[3], more)
        elif op is parts.ATOMIC_GROUP:
            made += _example(value, more)
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
    if methods and methods <= _ANCHORED:
        return lambda text: (pattern.match(text), pattern.fullmatch(text))
    return lambda text: sum(1 for _ in pattern.finditer(text))


def _seconds(use: Callable[[Any], object], text: Any) -> float:
    began = time.process_time()
    use(text)
    return time.process_time() - began


def grows(pattern: Any, place: str = "") -> list[str]:
    """The inputs on which twice the length takes much more than twice the time; empty for a linear pattern."""
    use = _use(place, pattern)
    found = []
    for number, short in enumerate(_inputs(pattern, SHORT)):
        long = short[:-1] * 2 + short[-1:]
        if isinstance(pattern.pattern, bytes):
            short, long = short.encode("utf-8", "replace"), long.encode("utf-8", "replace")  # type: ignore[assignment]
        if _seconds(use, short) < QUICK:
            continue
        after, before = min(_seconds(use, long) for _ in range(2)), min(_seconds(use, short) for _ in range(2))
        if after > 2 * QUICK and (after / before > GROWTH or after > ENOUGH):
            found.append(f"input {number} ({long[:12]!r}... {long[-3:]!r}): {before:.3f} s, {after:.3f} s")
            return found
    return found


if __name__ == "__main__":
    for place, pattern in sorted(_patterns().items()):
        began = time.process_time()
        told = grows(pattern, place)
        if told:
            print(place, repr(pattern.pattern)[:150], *told, sep="\n    ", flush=True)
        if time.process_time() - began > 2:
            print(f"{place}: {time.process_time() - began:.1f} s", flush=True)
    print(len(_patterns()), "patterns")
