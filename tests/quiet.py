"""What the library says by itself, so that everything else it says can only come from what was given to it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import minutes_split

_NUMERAL = re.compile(r"[0-9a-f]*|\d+(?:st?|nd?|rd?|th?)")  # "28th paragraph" is a place too


@lru_cache(maxsize=1)
def own() -> tuple[frozenset[str], frozenset[str]]:
    """Every four letters and words in a row that the library says by itself: its strings without docstrings, its names."""
    said = ["Traceback most recent call last File line in module minutes_split tests"]
    for path in sorted(Path(minutes_split.__file__).parent.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
                said.append(node.value)
            said += [value for _, value in ast.iter_fields(node) if isinstance(value, str)]
            said += [alias.name for alias in getattr(node, "names", ()) if isinstance(alias, ast.alias)]
    return frozenset(letters(" ".join(said))), frozenset(run for each in said for run in runs(each))


def runs(text: str) -> Iterator[str]:
    """Every four words in a row."""
    words = text.casefold().split()
    yield from (" ".join(words[i : i + 4]) for i in range(len(words) - 3))


def letters(text: str) -> Iterator[str]:
    """Every four letters in a row. Places are numbers and digests are hexadecimal: only what holds another letter can be a word."""
    for word in re.findall(r"[^\W_]{4,}", text.casefold()):
        yield from (gram for i in range(len(word) - 3) if not _NUMERAL.fullmatch(gram := word[i : i + 4]))
