"""Who the document itself says was there for work: attendance lists and the speakers of a transcript."""

from __future__ import annotations

import regex

from minutes_split.document import Document
from minutes_split.folding import fold
from minutes_split.frame import Frame
from minutes_split.mentions.directory import Directory, Node
from minutes_split.mentions.labels import labels
from minutes_split.mentions.phrases import Phrases
from minutes_split.mentions.reading import Declared
from minutes_split.mentions.tokens import LOWER, MIXED, TITLE, UPPER, Token, joined, tokens

_CALLED = regex.compile(
    r"(?:called|known as|nicknamed|aka|a\.k\.a\.?|street name|goes by|named)\s+(?:only\s+)?[\"'“‘]?(?P<name>\p{Lu}[\p{L}']{2,})"
)


def declared(document: Document, frame: Frame, directory: Directory, phrases: Phrases) -> Declared:
    """Names in the attendance lists that no family has, and the initials that stand beside or follow from them.

    A name that a roster's family bears is never declared away, whole or in part.
    """
    names: Node = {}
    initials: set[str] = set()
    for span in (*frame.attendance, *frame.speakers):
        text = fold(span.within(document.text)).text
        _declare(text, tokens(text), directory, phrases, names, initials)
    called = frozenset(fold(m.group("name")).text.casefold() for m in _CALLED.finditer(document.text))
    strangers = frozenset(name for name in called if name not in directory.names)
    at_work = frozenset(i for i in initials if i not in directory.initials or _only_work(directory, i))
    return Declared(names, at_work, labels(document.text, directory), strangers)


def _declare(
    text: str, words: list[Token], directory: Directory, phrases: Phrases, names: Node, initials: set[str]
) -> None:
    place = 0
    while place < len(words):
        run = _run(text, words, place, directory, phrases)
        if run == place:
            place += 1
            continue
        path = tuple(word.key for word in words[place:run])
        if not _kin_beside(words, place, run, phrases):
            for form in {path, path[:1], path[-1:], (path[0], path[-1])}:
                _insert(names, form)
            initials.add("".join(key[0] for key in path))
            initials.add(path[0][0] + path[-1][0])
            if (
                run < len(words)
                and words[run].shape == UPPER
                and 2 <= len(words[run].key) <= 4
                and text[words[run].start - 1] in "(["
            ):
                initials.add(words[run].key)
        place = run


def _run(text: str, words: list[Token], place: int, directory: Directory, phrases: Phrases) -> int:
    """The number of the word behind a name of one to four words that begins here."""
    at = place
    while at < len(words) and at - place < 4:
        word = words[at]
        if (
            word.shape not in (TITLE, MIXED)
            or len(word.key) < 2
            or (word.key in directory.names and _of_family(directory, word.key))
        ):
            break
        if at > place and (not joined(text, words[at - 1], word) or "/" in text[words[at - 1].end : word.start]):
            break
        ordinary = word.key in phrases.words or (word.key in phrases.trie and None in phrases.trie[word.key])
        if ordinary and word.key not in phrases.forenames and not (at > place and word.key in phrases.surnames):
            break
        at += 1
    return at


def _of_family(directory: Directory, key: str) -> bool:
    entry = directory.names[key].get(None, {})
    return any(number >= 0 for people in entry.values() for number in people)


def _kin_beside(words: list[Token], place: int, run: int, phrases: Phrases) -> bool:
    """ "Joan (Kelly's mum)", "grandmother Joan": a relative attends, and is not there for work."""
    for at in (*range(max(0, place - 2), place), *range(run, min(len(words), run + 3))):
        entry = phrases.trie.get(words[at].key, {}).get(None)
        if (
            entry is not None
            and entry.kind in ("kin", "outsider")
            and (words[at].shape == LOWER or len(words[at].key) > 3)
        ):
            return True
    return False


def _only_work(directory: Directory, initials: str) -> bool:
    return all(number < 0 for number in directory.initials[initials])


def _insert(trie: Node, path: tuple[str, ...]) -> None:
    node = trie
    for key in path:
        node = node.setdefault(key, {})
    node.setdefault(None, True)
