"""Words that would do harm, words of procedure, and words that point at somebody."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from minutes_split.auditing.normal import WORD, normalise
from minutes_split.auditing.wordforms import EMPTY, base_form
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
    return " ".join(_left_over(words, _things()))


def _left_over(words: str, things: frozenset[str]) -> list[str]:
    """The words that are left when every thing is taken out, the longest at each place first."""
    told = WORD.findall(words)
    kept: list[str] = []
    while told:
        longest = next((n for n in range(_LONGEST, 0, -1) if " ".join(told[:n]) in things), 0)
        kept += told[: 0 if longest else 1]
        told = told[longest or 1 :]
    return kept


_LONGEST = 4
"""Words of the longest thing of procedure that is taken out whole."""


@lru_cache(maxsize=1)
def _things() -> frozenset[str]:
    return frozenset(procedure_phrases()) | procedure_words()


def is_grammar(word: str) -> bool:
    """Whether a word says nothing of what a sentence is about, and points at no person."""
    return word in EMPTY or base_form(word) in EMPTY or word in ("it", "its", "itself")


def is_business(words: str, *, present: frozenset[str] | None = None) -> bool:
    """Whether there is nothing in normalised words but the business of a meeting: its papers, dates, order and timescales.

    With `present`, the names of professionals, these and roles and agencies belong to it.
    """
    told = _PROCEDURAL.sub(" ", f" {' '.join(WORD.findall(words))} ")
    left = _left_over(told, _business() if present is None else _business_of_those_present())
    rest = (word for word in left if not word.isdigit() and word not in (present or ()))
    return all(is_grammar(word) and word not in _ENDINGS for word in rest)


@lru_cache(maxsize=1)
def _business() -> frozenset[str]:
    lexicon = default_lexicon()
    told = [entry for path in ("units", "relative", "months", "days") for entry in lexicon.entries("time", path)]
    times = {" ".join(WORD.findall(normalise(entry).text)) for entry in told}
    return _things() | _BUSINESS | times | {"closed the meeting", "opened the meeting"}


@lru_cache(maxsize=1)
def _business_of_those_present() -> frozenset[str]:
    """That, with roles, titles and agencies; short ones are initials, and some are words for a relative as well."""
    lexicon = default_lexicon()
    told = [entry for path in ("roles", "titles", "agencies") for entry in lexicon.entries("professions", path)]
    named = {" ".join(WORD.findall(normalise(entry).text)) for entry in told}
    return _business() | {entry for entry in named if len(entry) > 2} - _KIN | {"mr", "mrs", "ms", "dr"}


_KIN = frozenset(("sister", "father", "mother", "brother"))
_ENDINGS = frozenset(("s", "d", "ll", "re", "ve"))
"""Of "Bill's by Friday" something is left out, and it is not of the meeting."""
_OF_MEETINGS = (
    "meet meets met meeting convene convened reconvene reconvened hold held place arrange arranged schedule scheduled "
    "start started begin began end ended adjourn adjourned defer deferred chaired minuted note notes decide decided "
    "agree agrees consider considered discuss review reviewed accept accepted approve approved circulate circulated "
    "distribute distributed send sent share sharing provide provided receive received submit submitted present "
    "presented introduce introduced welcomed thank thanked thanks invite invited coming summarise summarised report reported "
    "raise raised read explain explained remind reminded inform informed sign signed follow followed set due "
    "partner partners practitioner practitioners professional professionals member members party parties everyone "
    "everybody participants colleagues organisation organisations multi safeguarding hub local authority partnership "
    "information detail details leaflet advocacy delay line order further next previous last following initial first "
    "second third final statutory necessary relevant appropriate written verbal joint formal working "
    "their one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty"
)


_BUSINESS = frozenset(_OF_MEETINGS.split())
"""What a meeting does with its papers, and when. # SEE Working Together to Safeguard Children, 2018, chapters 1 and 3"""


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
