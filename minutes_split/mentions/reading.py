"""One unit while it is read: its words, what was found so far, and the look-ups that every reader needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from minutes_split.folding import Folded
from minutes_split.mentions.base import Kind, Mention, together
from minutes_split.mentions.directory import Directory, Node
from minutes_split.mentions.phrases import Phrase, Phrases
from minutes_split.mentions.tokens import CODE, DIGITS, LOWER, MIXED, TITLE, UPPER, joined, tokens
from minutes_split.spans import Span

DOUBT = "?"
"""Among the candidates of a name: somebody else may be meant."""

_STARTS = frozenset('.:;!?–"([|•/')
"""Marks behind which a capital is owed to its place and says nothing."""


@dataclass(frozen=True, slots=True)
class Declared:
    """What the document itself says of names."""

    professionals: Node = field(default_factory=dict, repr=False)
    """Trie of the names of people who are there for work."""
    initials: frozenset[str] = field(default=frozenset(), repr=False)
    """Initials of people who are there for work."""
    labels: Node = field(default_factory=dict, repr=False)
    """Trie of the labels that the document gives to families ("Family B", "P2")."""
    strangers: frozenset[str] = field(default=frozenset(), repr=False)
    """Words that the document uses as somebody's nickname ('called "Biscuit"')."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known before the first unit of a document is read."""

    directory: Directory
    phrases: Phrases
    declared: Declared
    near_score: float


class Reading:
    """One unit while it is read. `place` and `after` count words; `after` is the word behind the last one."""

    def __init__(self, known: Known, folded: Folded, offset: int, *, heading: bool) -> None:
        self.heading = heading
        self.known = known
        self.directory = known.directory
        self.phrases = known.phrases
        self.grammar = known.phrases.grammar
        self.text = folded.text
        self.folded = folded
        self.offset = offset
        self.tokens = tokens(folded.text)
        self.found: list[Mention] = []
        self.ends: list[int] = []
        """For each mention found, the number of the word behind it."""
        shapes = {token.shape for token in self.tokens}
        self.capitals = LOWER not in shapes and UPPER in shapes
        """Whether the whole unit is in capitals or title case, so that a capital says nothing."""

    def _longest(self, trie: Node, place: int, fits: Callable[[Any, int, int], bool] | None = None) -> tuple[Any, int]:
        """The entry of the longest run of words from `place` that the trie has, and that `fits`; and the word behind it."""
        node: Any = trie
        entry, after = None, place
        for at in range(place, len(self.tokens)):
            node = node.get(self.tokens[at].key)
            if node is None or (at > place and not self._goes_on(at)):
                break
            if None in node and (fits is None or fits(node[None], place, at + 1)):
                entry, after = node[None], at + 1
        return entry, after

    def _goes_on(self, place: int) -> bool:
        """Whether a name may go on with this word."""
        before = self.tokens[place - 1]
        return not before.possessive and (joined(self.text, before, self.tokens[place]) or self._inverted(place))

    def _inverted(self, place: int) -> bool:
        """ "HARPER, Kayleigh": a surname in capitals, a comma, a first name."""
        before, token = self.tokens[place - 1], self.tokens[place]
        return before.shape == UPPER and token.shape == TITLE and self.text[before.end : token.start] in (", ", ",")

    def _phrase_at(self, place: int) -> tuple[Phrase | None, int]:
        node: Any = self.phrases.trie
        found, after = None, place
        for at in range(place, len(self.tokens)):
            node = node.get(self.tokens[at].key)
            if node is None or (at > place and not joined(self.text, self.tokens[at - 1], self.tokens[at])):
                break
            phrase = node.get(None)
            if phrase is not None and not (phrase.capital and self._no_capital(place, at + 1, phrase)):
                found, after = phrase, at + 1
        return found, after

    def _no_capital(self, place: int, after: int, phrase: Phrase) -> bool:
        """Whether no capital here says that a short form is meant; in a line of capitals none says that a relative is."""
        if self.capitals and phrase.kind == "kin":
            return self.text[self.tokens[after - 1].end : self.tokens[after - 1].end + 1] != ":"  # "Ch: Dev RAO"
        if phrase.abbreviates and self.tokens[place].shape == UPPER:
            return True
        return all(token.shape == LOWER for token in self.tokens[place:after])

    def _opens(self, place: int) -> bool:
        """Whether a capital here is owed to the beginning of a sentence, a bracket or a label."""
        if place == 0:
            return True
        gap = self.text[self.tokens[place - 1].end : self.tokens[place].start]
        return any(mark in _STARTS for mark in gap) or (" - " in gap) or "\n" in gap

    def _emit(self, kind: Kind, place: int, after: int, **facts: Any) -> None:
        if (
            not self.found
            and self.text[self.tokens[after - 1].end : self.tokens[after - 1].end + 1] == ":"
            and kind in ("name", "professional", "near", "letter", "stranger")
        ):
            facts["speaks"] = True
        if not self.found and self._begins(place):
            facts["begins"] = True
        local = self.folded.span(self.tokens[place].start, self.tokens[after - 1].end)
        self.found.append(Mention(kind, Span(local.start + self.offset, local.end + self.offset), **facts))
        self.ends.append(after)

    def _begins(self, place: int) -> bool:
        before = self.tokens[: place - 1] if self._titled(place) else self.tokens[:place]
        return all(token.shape in (DIGITS, CODE) for token in before)

    def _local(self, place: int) -> int:
        """A place of the document in the folded text of this unit."""
        at = place - self.offset
        if self.folded.home is None:
            return at
        low, high = 0, len(self.folded.home) - 1
        while low < high:
            middle = (low + high) // 2
            if self.folded.home[middle] < at:
                low = middle + 1
            else:
                high = middle
        return low

    def _families(self, people: tuple[int, ...]) -> frozenset[str]:
        return together([self.directory.people[n].families for n in people])

    def _titled(self, place: int) -> str | None:
        """ "work", "M", "F" or "person" by the title before a name, `None` without one."""
        if place == 0 or not joined(self.text, self.tokens[place - 1], self.tokens[place]):
            return None
        before = self.tokens[place - 1]
        if before.key in ("mr", "mister", "messrs", "master"):
            return "M"
        if before.key in ("mrs", "ms", "miss", "madam"):
            return "F"
        entry = self.phrases.trie.get(before.key, {}).get(None)
        if entry is not None and entry.kind in ("title", "role") and before.shape != LOWER:
            return "work"
        return None

    def _role_ends(self, place: int) -> bool:
        """Whether the expression right before this word is a role ("health visitor Ann Boyd", "HV Denise")."""
        return self._role_before(place) is not None and joined(self.text, self.tokens[place - 1], self.tokens[place])

    def _role_before(self, place: int) -> str | None:
        """ "role" or "title", if such an expression ends before this word, whatever mark stands between."""
        for start in range(place - 1, max(-1, place - 5), -1):
            phrase, end = self._phrase_at(start)
            if phrase is not None and end == place and phrase.kind in ("role", "title"):
                return phrase.kind
        return None

    def _works_beside(self, place: int, after: int) -> bool:
        """Whether a role stands right before the name, or behind it after a comma, a bracket or a dash."""
        if place and self._role_ends(place):
            return True
        if after >= len(self.tokens):
            return False
        gap = self.text[self.tokens[after - 1].end : self.tokens[after].start]
        behind = self.tokens[after]
        if gap.strip() in (",", "(", "-", "–", ", the", "[") or (gap == " " and behind.key == "the"):
            start = after + 1 if behind.key in ("the", "a", "an", "our") and after + 1 < len(self.tokens) else after
            phrase, end = self._phrase_at(start)
            if gap.strip() in ("-", "–") and phrase is not None and self._verb_at(end):
                return False  # "Riley – school nurse says": the nurse has a sentence of her own
            return phrase is not None and phrase.kind in ("role", "title") and (gap.strip() != "" or start > after)
        return False

    def _is_there_for_work(self, place: int, after: int) -> bool:
        """Of a name that nobody on the roster bears: whether it is told with a role, as a speaker of the meeting, or for whom.

        "The health visitor, Mrs Oyelaran,"; "Mrs Strick introduced the report"; "Mr Jones of the council".
        """
        title = self._titled(place) in ("M", "F")
        if self._works_beside(place, after) or self._apposed(place - title, after):
            return True
        if after >= len(self.tokens):
            return False
        return self._longest(self.phrases.office, after)[0] is not None or (title and self._represents(after))

    def _apposed(self, place: int, after: int) -> bool:
        """ "the health visitor, Mrs Oyelaran,": a role before the name, with a mark on both sides of the name."""
        if place < 2 or self.text[self.tokens[place - 1].end : self.tokens[place].start] != ", ":
            return False
        rest = self.text[self.tokens[after - 1].end :][:1]
        behind = self.tokens[after].key if after < len(self.tokens) else ""
        beyond = self.tokens[after + 1] if after + 1 < len(self.tokens) else None
        list_goes_on = behind in ("and", "or") and not (
            beyond and (beyond.key == "that" or beyond.key in self.phrases.verbs)
        )
        if (rest not in ("", ",", ".", ";", ")") and behind not in ("of", "from")) or (rest == "," and list_goes_on):
            return False
        if self.tokens[place - 1].key in self.grammar.private_work:
            return False
        if self.tokens[place - 1].key in self.grammar.apposed:
            return True
        return self._role_before(place) == "role"

    def _represents(self, after: int) -> bool:
        """ "Mr Jones of the council": a name with a title, and the agency behind it."""
        if self.tokens[after].key not in ("of", "from"):
            return False
        start = after + 1
        if start < len(self.tokens) and self.tokens[start].key == "the":
            start += 1
        phrase, _ = self._phrase_at(start) if start < len(self.tokens) else (None, start)
        return phrase is not None and phrase.kind == "known" and phrase.form == "agency"

    def _capital_follows(self, after: int) -> bool:
        return (
            after < len(self.tokens)
            and self.tokens[after].shape in (TITLE, UPPER, MIXED)
            and joined(self.text, self.tokens[after - 1], self.tokens[after])
        )

    def _verb_at(self, place: int) -> bool:
        return (
            place < len(self.tokens)
            and self.tokens[place].key in self.phrases.verbs
            and joined(self.text, self.tokens[place - 1], self.tokens[place])
        )

    def _mention_at(self, word: int) -> int | None:
        for number in range(len(self.found) - 1, -1, -1):
            if self.ends[number] == word + 1:
                return number
            if self.ends[number] <= word:
                return None
        return None

    def _owned(self, place: int) -> tuple[int | None, bool]:
        """The mention that possesses the noun here, and whether it is possessed at all."""
        for back in (1, 2, 3, 4):
            at = place - back
            if at < 0 or not joined(self.text, self.tokens[at], self.tokens[at + 1]):
                return None, False
            before = self.tokens[at]
            if before.possessive:
                return self._mention_at(at), True
            if before.key in self.grammar.possessives:
                return self._mention_at(at), before.key not in ("my", "our", "your", "its")
            if before.key in self.grammar.not_adjectives or (
                before.key in self.grammar.articles and before.key not in ("two", "three", "four", "five", "other")
            ):
                return None, False
            if before.shape not in (LOWER, DIGITS) and before.key not in self.phrases.words:
                return None, False
        return None, False

    def _near(self, key: str) -> frozenset[str]:
        """Families one of whose names this word nearly is."""
        if key in self.phrases.words:
            return frozenset()
        return _near(key, self.directory, self.known.near_score)

    def _word_after(self, end: int, place: int) -> int:
        while place < len(self.tokens) and self.tokens[place].start < end:
            place += 1
        return place


@lru_cache(maxsize=20000)
def _near_words(key: str, words: tuple[str, ...], score: float) -> tuple[str, ...]:
    from rapidfuzz import fuzz  # here, so that importing the package stays quick

    return tuple(word for word in words if abs(len(word) - len(key)) <= 2 and fuzz.ratio(key, word) >= score)


def _near(key: str, directory: Directory, score: float) -> frozenset[str]:
    found = _near_words(key, directory.spelled_words, score)
    return frozenset().union(*(directory.spelled[word] for word in found if word != key))
