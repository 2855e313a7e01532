"""The words of the rules: lists with a source each, apart from any logic.

A caller may add words with `extended`; nothing is read from anywhere else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any

from minutes_split.errors import PolicyError
from minutes_split.folding import fold

WORD_LISTS = ("words", "persons", "forenames", "forenames_sex", "surnames", "word_names", "places")
"""Plain lists, an entry a line."""
TABLES = (
    "abbreviations", "allegation", "confidential", "cues", "grammar", "kinship", "nicknames", "organisations", "outsiders",
    "procedure", "professions", "referrer", "time", "welsh",
)  # fmt: skip
"""TOML lexicons; each has `source`, `language` and `why`."""


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Every list and table, by name."""

    lists: Mapping[str, frozenset[str]] = field(repr=False)
    tables: Mapping[str, Mapping[str, Any]] = field(repr=False)
    digest: str = ""
    """SHA-256 over all of it; it stands in tags and releases."""

    def words(self, name: str) -> frozenset[str]:
        """A word list, e.g. `forenames`; entries are folded and in small letters."""
        return self.lists[name]

    def entries(self, table: str, *path: str) -> tuple[str, ...]:
        """The list or the keys of a table at `path`; `KeyError` where there is none."""
        place: Any = self.tables[table]
        for step in path:
            place = place[step]
        return tuple(place)

    def extended(self, lists: Mapping[str, Iterable[str]]) -> Lexicon:
        """This lexicon with a caller's words added to its word lists.

        Raises: `PolicyError` for a list that does not exist. Words that make
        more text readable can release more: what was added changes `digest`.
        """
        unknown = sorted(set(lists) - set(self.lists))
        if unknown:
            raise PolicyError(
                "lexicon-list", "lexicon", f"there is no such word list; there are {', '.join(WORD_LISTS)}"
            )
        added = {name: self.lists[name] | {_entry(word) for word in words} for name, words in lists.items()}
        kept = {**self.lists, **added}
        return replace(self, lists=kept, digest=_digest(kept, self.tables))


@cache
def default_lexicon() -> Lexicon:
    """The lexicon that ships with the library (English, with a Welsh starter set)."""
    lists = {name: frozenset(_lines(name)) for name in WORD_LISTS}
    tables = {name: _table(name) for name in TABLES}
    return Lexicon(lists, tables, _digest(lists, tables))


def _entry(word: str) -> str:
    return fold(word).text.casefold().replace("'", "").strip()


def _lines(name: str) -> Iterator[str]:
    place = files(__name__).joinpath(f"{name}.txt")
    if not place.is_file():
        return
    for line in place.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.replace("'", "") if line.isascii() else _entry(line)


def _table(name: str) -> Mapping[str, Any]:
    import tomllib  # here, so that importing the package stays quick

    place = files(__name__).joinpath(f"{name}.toml")
    return tomllib.loads(place.read_text(encoding="utf-8")) if place.is_file() else {}


def _digest(lists: Mapping[str, frozenset[str]], tables: Mapping[str, Mapping[str, Any]]) -> str:
    told = hashlib.sha256()
    for name in sorted(lists):
        told.update(f"\n{name}\n".encode())
        told.update("\n".join(sorted(lists[name])).encode("utf-8"))
    for name in sorted(tables):
        told.update(f"\n{name}\n{sorted(_flat(tables[name]))}".encode())
    return told.hexdigest()


def _flat(table: Any, path: str = "") -> Iterator[str]:
    if isinstance(table, Mapping):
        for key, value in table.items():
            yield from _flat(value, f"{path}.{key}")
    elif isinstance(table, list):
        for value in table:
            yield from _flat(value, path)
    else:
        yield f"{path}={table}"
