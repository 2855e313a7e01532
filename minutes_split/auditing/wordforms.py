"""Words without tense, number and person, for what was copied and then adapted."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from minutes_split.auditing.normal import MASK

_FORMS = {
    "be": "am is are was were been being",
    "have": "has had having",
    "do": "does did done doing",
    "say": "says said saying",
    "tell": "tells told telling",
    "go": "goes went gone going",
    "come": "comes came coming",
    "take": "takes took taken taking",
    "give": "gives gave given giving",
    "get": "gets got getting",
    "make": "makes made making",
    "see": "sees saw seen seeing",
    "know": "knows knew known knowing",
    "think": "thinks thought thinking",
    "find": "finds found finding",
    "leave": "leaves left leaving",
    "feel": "feels felt feeling",
    "keep": "keeps kept keeping",
    "hit": "hits hitting",
    "steal": "steals stole stolen stealing",
    "throw": "throws threw thrown throwing",
    "break": "breaks broke broken breaking",
    "hide": "hides hid hidden hiding",
    "run": "runs ran running",
    "write": "writes wrote written writing",
    "drink": "drinks drank drunk drinking",
    "sleep": "sleeps slept sleeping",
    "lose": "loses lost losing",
    "pay": "pays paid paying",
    "sell": "sells sold selling",
    "fall": "falls fell fallen falling",
    "bring": "brings brought bringing",
    "buy": "buys bought buying",
    "speak": "speaks spoke spoken speaking",
    "begin": "begins began begun beginning",
    "one": "i you he she it we they me him her us them my your his its our their hers theirs himself herself themselves",
}


_BASE = {form: base for base, forms_ in _FORMS.items() for form in (base, *forms_.split())}


_GRAMMAR = (
    "a an the and or but nor so if as than then that this these those there of to in on at by for from with without "
    "into onto up down out off over under until between during through about after before again while when where "
    "which who whom whose why how what be have do go come get make take give see know think will would can could "
    "shall should may might must not no any all some both each every more most much many other own same such only "
    "also too very just still now well once s t d ll re ve"
)


EMPTY = frozenset(_GRAMMAR.split())
"""Words that say nothing of what a sentence is about."""


@lru_cache(maxsize=65536)
def base_form(word: str) -> str:
    """A word without tense, number and person, roughly."""
    known = _BASE.get(word)
    if known is not None:
        return known
    for ending in ("ing", "ied", "ies", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=65536)
def stem_of(word: str) -> str:
    """What a word is looked up by; empty if it says nothing."""
    base = base_form(word)
    return "" if base in EMPTY or len(base) < 2 else base[:5]


def base_forms(words: Iterable[str], names: frozenset[str]) -> str:
    """Words without endings and names, as they are compared."""
    told = [MASK if word in names else base_form(word) for word in words]
    return " ".join(word for i, word in enumerate(told) if word != MASK or i == 0 or told[i - 1] != MASK)
