"""Labels that the document itself gives to a family: "the Harper family (hereafter Family B)", "P2 = Jayden Harper"."""

from __future__ import annotations

from collections import defaultdict

import regex

from minutes_split.folding import fold
from minutes_split.mentions.directory import Directory, Node
from minutes_split.mentions.names import best
from minutes_split.mentions.tokens import keys

_THING = "family|household|case|child|young person|person|pupil|student|patient|resident|subject|baby|yp"
_LABEL = (
    rf"(?P<label>(?i:{_THING}) (?:\p{{Lu}}|\d{{1,3}})|(?:C|V|P|F|YP|CH|VIC|PERP|SUS|SUB|W)\d{{1,2}})(?![\p{{L}}\d])"
)
"""Not every code: "Y10" is a school year, "S47" a section."""
_BEHIND = regex.compile(
    rf"\((?:(?i:hereafter|hereinafter|henceforth|from here|referred to|known|called|below)[ a-z]{{0,20}} )?[\"'“‘]?{_LABEL}[\"'”’]?\)"
)
"""A label in brackets behind a name."""
_BEFORE = regex.compile(rf"(?<![\p{{L}}\d/-]){_LABEL}\s*(?P<mark>[=:–-])[ \t]*")
"""A label with a mark between it and a name."""
_ENDS = regex.compile(r"[ \t]*(?:$|[\n,;(|/–]|\d)")
"""What stands behind the name of a key; more words would make it a sentence, or somebody's speech."""
NAME = 60
"""Characters that a name and "family" behind it may take up."""


def labels(text: str, directory: Directory) -> Node:
    """A trie of the labels: words -> the families that each is given to."""
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for given in _BEHIND.finditer(text):
        before = text[max(0, given.start() - NAME) : given.start()].rpartition("\n")[2]
        found[keys(fold(given["label"]).text)] |= _named_last(before, directory)
    for given in _BEFORE.finditer(text):
        behind = text[given.end() : given.end() + NAME].partition("\n")[0]
        found[keys(fold(given["label"]).text)] |= _named_first(behind, directory, firm=given["mark"] != "=")
    trie: Node = {}
    for path, families in found.items():
        if families:
            node = trie
            for key in path:
                node = node.setdefault(key, {})
            node[None] = frozenset(families)
    return trie


def _named_last(text: str, directory: Directory) -> frozenset[str]:
    """The family of the name that ends here, with or without "family" behind it."""
    words = keys(fold(text).text)
    if words and words[-1] in ("family", "household", "siblings", "children"):
        words = words[:-1]
    return next((families for at in range(len(words)) if (families := _families(words[at:], directory))), frozenset())


def _named_first(text: str, directory: Directory, *, firm: bool) -> frozenset[str]:
    """The family of the name that begins here and is all there is; `firm`: a full name."""
    for end in sorted({found.start() for found in regex.finditer(r"(?<=\w)(?!\w)|$", text)}, reverse=True):
        if _ENDS.match(text, end) and (families := _families(keys(fold(text[:end]).text), directory, firm=firm)):
            return families
    return frozenset()


def _families(words: tuple[str, ...], directory: Directory, *, firm: bool = False) -> frozenset[str]:
    """The one family that has somebody of exactly this name; a name that a professional has as well tells nothing."""
    node = directory.names
    for word in words:
        node = node.get(word, {})
    if not words or None not in node:
        return frozenset()
    form, people = best(node[None])
    if min(people) < 0 or form not in ("full", "alias") + (() if firm else ("first", "surname")):
        return frozenset()
    families = frozenset().union(*(directory.people[number].families for number in people))
    return families if len(families) == 1 else frozenset()
