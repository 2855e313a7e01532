"""The lexicon made ready for look-up: one trie over words, each entry with what the expression is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from minutes_split.folding import fold
from minutes_split.lexicon import Lexicon
from minutes_split.mentions.tokens import keys

Node = dict[Any, Any]

CAPITALS = 3
"""A short form of up to this many letters is read as one only if it is written with a capital ("DA", "Mo")."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """What an expression of the lexicon is."""

    kind: str
    """kin, outsider, role, title, private-title, known, cue kinds, pronoun, nobody"""
    form: str = ""
    sex: str | None = None
    many: bool = False
    age: str | None = None
    capital: bool = False
    """Whether it is one only with a capital."""
    abbreviates: bool = False
    """Whether it stands for something else where it is all capitals: "Da" is a father, "DA" is domestic abuse."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """Function words by which a noun is read (lexicon/grammar.toml)."""

    contracted: frozenset[str]
    clause: frozenset[str]
    be: frozenset[str]
    not_adjectives: frozenset[str]
    possessives: frozenset[str]
    restrictive: frozenset[str]
    restrictive_behind_the: frozenset[str]
    unowned: frozenset[str]
    numbered_things: frozenset[str]
    counted: frozenset[str]
    counted_things: frozenset[str]
    before_a_person: frozenset[str]
    degree: frozenset[str]
    having: frozenset[str]
    of_a_flat: frozenset[str]
    of_law: frozenset[str]
    lettered: frozenset[str]
    praising: frozenset[str]
    things: frozenset[str]
    apposed: frozenset[str]
    private_work: frozenset[str]
    beginnings: frozenset[str]
    endings: frozenset[str]
    articles: dict[str, str]
    """Article or number word -> definite, indefinite, counted, none."""
    role_codes: dict[str, tuple[str, str | None]]
    """One letter -> relation and sex."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """Every expression, and the plain word lists beside it."""

    grammar: Grammar = field(repr=False)
    trie: Node = field(repr=False)
    words: frozenset[str] = field(repr=False)
    persons: frozenset[str] = field(repr=False)
    forenames: frozenset[str] = field(repr=False)
    sexes: dict[str, str] = field(repr=False)
    """First name -> "F" or "M", where it is one only."""
    surnames: frozenset[str] = field(repr=False)
    word_names: frozenset[str] = field(repr=False)
    heads: frozenset[str] = field(repr=False)
    """Last words of the names of places and organisations: "Road", "Primary"."""
    streets: frozenset[str] = field(repr=False)
    verbs: frozenset[str] = field(repr=False)
    modified: frozenset[str] = field(repr=False)
    office: Node = field(repr=False)
    """Trie of what people do in a meeting who are there for work: "introduced the report"."""
    place_before: frozenset[str] = field(repr=False)
    pairs: frozenset[tuple[str, ...]] = field(repr=False)
    """Two letters that are an abbreviation with "&" between them: "A&E"."""


@lru_cache(maxsize=4)
def phrases(lexicon: Lexicon) -> Phrases:
    """The lexicon compiled; a lexicon has one trie, however many rosters use it.

    Where two tables have the same expression the later line below wins.
    """
    trie: Node = {}
    abbreviations = frozenset(lexicon.entries("abbreviations", "known")) - frozenset(
        lexicon.tables["abbreviations"]["persons"]
    )

    def enter(words: Iterable[str], phrase: Phrase, *, over: bool = True) -> None:
        with_capital = replace(phrase, capital=True)
        with_abbreviation = replace(phrase, capital=True, abbreviates=True)
        for word in words:
            path = keys(fold(word).text)
            numbered = phrase.kind == "known" and (path[-1].isdigit() or (len(path) > 1 and len(path[-1]) == 1))
            if path and not numbered and (over or not _has(trie, path)):
                short = len(path) == 1 and len(path[0]) <= CAPITALS and path[0] not in _SPOKEN
                doubled = short and phrase.kind == "kin" and path[0] in abbreviations
                _insert(trie, path, with_abbreviation if doubled else with_capital if short else phrase)

    known = Phrase("known")
    enter(lexicon.words("places"), Phrase("known", "place"))
    enter(lexicon.entries("organisations", "names"), known)
    for group in ("months", "days", "seasons", "holidays", "units", "relative"):
        enter(lexicon.entries("time", group), known)
    enter(lexicon.entries("abbreviations", "known"), Phrase("known", capital=False))
    enter(lexicon.entries("procedure", "headings"), known)
    enter(lexicon.entries("procedure", "nouns"), known)
    enter(lexicon.entries("procedure", "phrases"), known)
    enter(lexicon.entries("welsh", "procedure"), known)
    enter(lexicon.entries("professions", "agencies"), Phrase("known", "agency"))
    enter(lexicon.entries("welsh", "professions"), Phrase("role"))
    enter(lexicon.entries("professions", "roles"), Phrase("role"))
    enter(lexicon.entries("abbreviations", "professionals"), Phrase("role"))
    enter(lexicon.entries("professions", "titles"), Phrase("title", capital=True), over=False)
    enter(lexicon.entries("professions", "private_titles"), Phrase("private-title", capital=True), over=False)
    _enter_people(lexicon, enter)
    for cue in ("correction",):
        enter(lexicon.entries("cues", cue), Phrase("cross"))
    for cue in ("contrast", "additive", "cross", "plural", "near", "event", "someone", "nobody"):
        enter(lexicon.entries("cues", cue), Phrase("nearby" if cue == "near" else cue))
    enter(lexicon.entries("cues", "person"), Phrase("someone"))
    enter(lexicon.entries("cues", "absolute"), Phrase("plural"))
    enter(lexicon.entries("cues", "ordinal"), Phrase("plural", "ordinal"))
    enter(lexicon.entries("referrer", "protected"), Phrase("source"))
    enter(lexicon.entries("confidential", "handling"), Phrase("handling"))
    enter(lexicon.entries("confidential", "parts"), Phrase("handling", "part"))
    for form, words in lexicon.tables["cues"]["pronouns"].items():
        for word, sex in words.items():
            enter([word], Phrase("pronoun", form, None if sex == "P" else sex, sex == "P"))
    return Phrases(
        _grammar(lexicon),
        trie,
        lexicon.words("words")
        | {key for word in lexicon.entries("welsh", "function_words") for key in keys(fold(word).text)},
        lexicon.words("persons"),
        lexicon.words("forenames"),
        {name: sex for name, sex in (line.split("\t") for line in lexicon.words("forenames_sex")) if sex in "FM"},
        lexicon.words("surnames"),
        lexicon.words("word_names"),
        frozenset(
            keys(word)[-1]
            for table in ("heads", "streets")
            for word in lexicon.entries("organisations", table)
            if keys(word)
        ),
        frozenset(keys(word)[-1] for word in lexicon.entries("organisations", "streets") if keys(word)),
        frozenset(key for word in lexicon.entries("cues", "verbs") for key in keys(word)),
        frozenset(" ".join(keys(word)) for word in lexicon.entries("outsiders", "modified")),
        _office(lexicon),
        frozenset(lexicon.entries("cues", "place_before")),
        frozenset(keys(word) for word in lexicon.entries("abbreviations", "known") if word[1:2] in ("&", "/")),
    )


def _office(lexicon: Lexicon) -> Node:
    trie: Node = {}
    for words in lexicon.entries("professions", "office"):
        _insert(trie, keys(words), Phrase("office"))
    return trie


def _grammar(lexicon: Lexicon) -> Grammar:
    table = lexicon.tables["grammar"]
    lists = {name: frozenset(table[name]) for name in Grammar.__slots__ if name not in ("articles", "role_codes")}
    articles = {word: form for form, words in table["articles"].items() for word in words}
    codes = {letter: (relation, sex or None) for letter, (relation, sex) in table["role_codes"].items()}
    return Grammar(**lists, articles=articles, role_codes=codes)


def _enter_people(lexicon: Lexicon, enter: Any) -> None:
    """Relatives and outsiders, and the short forms that stand for them."""
    relation_of: dict[str, tuple[str, bool]] = {}
    for relation, facts in lexicon.tables["kinship"].items():
        if not isinstance(facts, dict):
            continue
        for words, many in ((facts["one"], False), (facts["many"], True)):
            relation_of |= dict.fromkeys(words, (relation, many))
            enter(words, Phrase("kin", relation, facts.get("sex"), many, facts.get("age")))
    for short, meanings in lexicon.tables["abbreviations"]["persons"].items():
        found = next((relation_of[meaning] for meaning in meanings if meaning in relation_of), None)
        if found and len(short) > 1 and short not in relation_of and short not in lexicon.words("words"):
            facts = lexicon.tables["kinship"][found[0]]
            enter([short], Phrase("kin", found[0], facts.get("sex"), found[1], facts.get("age")))
    english = lexicon.words("words")
    for relation, welsh in lexicon.tables["welsh"]["kinship"].items():
        facts = lexicon.tables["kinship"][relation]
        for group, many in (("one", False), ("many", True)):
            own = [word for word in welsh[group] if word not in english]
            enter(own, Phrase("kin", relation, facts.get("sex"), many, facts.get("age")), over=False)
    enter(lexicon.entries("welsh", "outsiders", "one"), Phrase("outsider", "seen"))
    enter(lexicon.entries("welsh", "outsiders", "many"), Phrase("outsider", "seen", many=True))
    enter(lexicon.entries("outsiders", "tied"), Phrase("outsider", "tied"))
    enter(lexicon.entries("outsiders", "tied_many"), Phrase("outsider", "tied", many=True))
    enter(lexicon.entries("outsiders", "seen", "one"), Phrase("outsider", "seen"))
    enter(lexicon.entries("outsiders", "seen", "many"), Phrase("outsider", "seen", many=True))
    for sex in ("F", "M"):
        enter(lexicon.entries("outsiders", "sex", sex), Phrase("outsider", "seen", sex))


def _insert(trie: Node, path: Iterable[str], phrase: Phrase) -> None:
    node = trie
    for key in path:
        node = node.setdefault(key, {})
    node[None] = phrase


def _has(trie: Node, path: Iterable[str]) -> bool:
    node = trie
    for key in path:
        if key not in node:
            return False
        node = node[key]
    return None in node


_SPOKEN = frozenset(
    [
        "she",
        "he",
        "her",
        "him",
        "his",
        "they",
        "them",
        "all",
        "mum",
        "mam",
        "dad",
        "nan",
        "gran",
        "kid",
        "son",
        "boy",
        "lad",
        "man",
        "men",
        "guy",
        "gp",
        "aunt",
        "sis",
        "wife",
        "ex",
        "ma",
        "nain",
        "taid",
        "may",
        "day",
        "sun",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "oct",
        "nov",
        "dec",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "eg",
        "ie",
        "etc",
        "nb",
        "re",
        "vs",
        "per",
        "am",
        "pm",
        "the",
        "and",
        "any",
        "one",
        "two",
        "age",
        "yes",
        "no",
        "ref",
        "re",
        "hrs",
        "min",
        "wks",
        "wk",
        "yr",
        "yrs",
        "mth",
        "hx",
        "dx",
        "rx",
        "tx",
        "app",
        "apt",
        "att",
        "ed",
        "a",
        "an",
        "is",
        "as",
        "so",
        "by",
        "cf",
        "kids",
        "tbc",
    ]
)
"""Short entries that are words of their own, in small letters too."""
