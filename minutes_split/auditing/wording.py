"""Words that would do harm, words of procedure, and words that point at somebody."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from minutes_split.auditing.normal import WORD, normalise
from minutes_split.lexicon import default_lexicon


def tells_of_harm(text: str) -> bool:
    """Whether a text holds a word of `lexicon/allegation.toml`: offences, violence, sexual matters, drugs, neglect."""
    told = _PROCEDURAL.sub(" ", f" {' '.join(WORD.findall(normalise(text).text))} ")
    words = told.split()
    single, longer = _allegations()
    return not single.isdisjoint(words) or any(f" {phrase} " in told for phrase in longer)


_PROCEDURAL = re.compile(
    r"(?<= )(?:threshold (?:of|for) significant harm|complaints? (?:leaflets?|procedures?|process|policy|form)|"
    r"danger and harm|harm statements?)(?= )"
)
"""Words of every conference that allege nothing. # SEE fixtures/neighbours/conference.txt"""


@lru_cache(maxsize=1)
def _allegations() -> tuple[frozenset[str], tuple[str, ...]]:
    table = default_lexicon().tables.get("allegation", {})
    listed = [entry for value in table.values() if isinstance(value, list) for entry in value if isinstance(entry, str)]
    phrases = {" ".join(WORD.findall(normalise(entry).text)) for entry in listed}
    return frozenset(p for p in phrases if " " not in p), tuple(sorted(p for p in phrases if " " in p))


@lru_cache(maxsize=1)
def procedure_phrases() -> tuple[str, ...]:
    """Things of procedure and sentences about them, as normalised words."""
    table = default_lexicon().tables.get("procedure", {})
    listed = [entry for key in ("nouns", "phrases") for entry in table.get(key, ())]
    return tuple(sorted({" ".join(WORD.findall(normalise(entry).text)) for entry in listed}))


@lru_cache(maxsize=1)
def procedure_words() -> frozenset[str]:
    """Words that are a thing of procedure by themselves, and what agencies do in meetings."""
    single = {phrase for phrase in procedure_phrases() if " " not in phrase}
    return frozenset(single | {"agency", "agencies", "agreed", "confirmed", "discussed", "noted", "recorded", "shared"})


def without_procedure(words: str) -> str:
    """The words that are left when everything of procedure is taken out."""
    told = WORD.findall(words)
    kept: list[str] = []
    while told:
        longest = next((n for n in range(_LONGEST, 0, -1) if " ".join(told[:n]) in _things()), 0)
        kept += told[: 0 if longest else 1]
        told = told[longest or 1 :]
    return " ".join(kept)


_LONGEST = 4
"""Words of the longest thing of procedure that is taken out whole."""


@lru_cache(maxsize=1)
def _things() -> frozenset[str]:
    return frozenset(procedure_phrases()) | procedure_words()


CLICHE = 40
"""Characters, up to which words of grammar and procedure alone are common wording. # SEE docs/thresholds.md"""


def whole_words(words: Callable[[int, int], str], start: int, end: int) -> str:
    """The words of a stretch, without those of which only a part is in it."""
    around = words(max(0, start - 1), end + 1)
    told = [(m[0], m.start(), m.end()) for m in WORD.finditer(around)]
    offset = 1 if start else 0
    last = offset + end - start
    return " ".join(word for word, first, behind in told if first >= offset and behind <= last)


SOMEBODY = frozenset(("he", "she", "him", "her", "his", "hers", "himself", "herself", "mum", "dad", "i"))
