"""Every mention of a unit, in one pass over its words.

1. A rostered name, longest first; then an expression of the lexicon, longest first.
2. What is left is read by its shape: a small word is ordinary, heads a person, or is unread;
   a capital is ordinary, a place, or a stranger; a short run of capitals may be initials.
3. Numbers: identifiers, dates of birth, addresses, house numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import regex
from rapidfuzz import fuzz

from minutes_split.folding import Folded
from minutes_split.mentions.base import Kind, Mention
from minutes_split.mentions.directory import PROFESSIONAL, REGISTERED, Directory, Node
from minutes_split.mentions.phrases import Phrase, Phrases
from minutes_split.mentions.tokens import CODE, DIGITS, LOWER, MIXED, TITLE, UPPER, Token, joined, tokens
from minutes_split.spans import Span

DOUBT = "?"

_STARTS = frozenset(".:;!?–\"([|•/")
_CONTRACTED = frozenset("im ive id ill youre youve theyre theyve theyd theyll weve were wed well hed hell shed shell itll itd thatd thatll whod wholl whove dont cant wont isnt wasnt didnt doesnt hasnt havent hadnt couldnt wouldnt shouldnt werent arent mustnt neednt".split())
_CLAUSE = frozenset("that said says because when if as while and but who which where what how whether to told asked thinks thought feels felt so then before after until since for saying".split())
_BE = frozenset("is was are were be been being as become became becomes remains isnt wasnt im hes shes like".split())
_ARTICLES = {"the": "definite", "this": "definite", "that": "definite", "these": "definite", "those": "definite",
             "a": "indefinite", "an": "indefinite", "another": "indefinite", "some": "indefinite", "any": "indefinite",
             "several": "indefinite", "many": "indefinite", "two": "counted", "three": "counted", "four": "counted",
             "five": "counted", "six": "counted", "one": "indefinite", "both": "counted", "all": "counted", "each": "counted",
             "every": "counted", "no": "none", "unknown": "indefinite", "unidentified": "indefinite", "certain": "indefinite",
             "various": "indefinite", "few": "indefinite", "most": "indefinite", "such": "indefinite", "other": "indefinite"}  # fmt: skip
_NOT_ADJECTIVES = frozenset(
    "and or but to of in on at by with from for that which who is was are were has had have said says about as if when while "
    "than then so because after before since until into onto over under between through not".split()
)
_POSSESSIVES = frozenset("her his their my our your its whose".split())
_RESTRICTIVE = frozenset("who whose whom".split())
_UNOWNED = frozenset("boy girl child pupil patient household".split())
_ROLE_CODES = {"m": ("mother", "F"), "f": ("father", "M"), "v": ("victim", None), "p": ("perpetrator", None), "h": ("husband", "M")}


@dataclass(frozen=True, slots=True)
class Declared:
    """What the document itself says of names: trie of professionals' names, initials that stand for a name."""

    professionals: Node = field(default_factory=dict, repr=False)
    initials: frozenset[str] = field(default=frozenset(), repr=False)
    """Initials of people who are there for work."""
    strangers: frozenset[str] = field(default=frozenset(), repr=False)
    """Words that the document uses as somebody's nickname ('called "Biscuit"')."""


@dataclass(frozen=True, slots=True)
class Finder:
    """What is needed to find the mentions of any unit of one document."""

    directory: Directory
    phrases: Phrases
    declared: Declared
    near_score: float

    def find(self, folded: Folded, offset: int, *, heading: bool = False) -> tuple[Mention, ...]:
        """The mentions of a unit whose folded text begins at `offset` of the document, in text order."""
        return _Pass(self, folded, offset, heading).run()


class _Pass:
    """One unit while it is read."""

    def __init__(self, finder: Finder, folded: Folded, offset: int, heading: bool) -> None:
        self.heading = heading
        self.finder = finder
        self.directory = finder.directory
        self.phrases = finder.phrases
        self.text = folded.text
        self.folded = folded
        self.offset = offset
        self.tokens = tokens(folded.text)
        self.found: list[Mention] = []
        self.ends: list[int] = []
        """For each mention found, the number of the word behind it."""
        letters = [t.shape for t in self.tokens if t.shape in (LOWER, TITLE, UPPER, MIXED)]
        self.capitals = len(letters) > 0 and LOWER not in letters and UPPER in letters
        """Whether the whole unit is in capitals or title case, so that a capital says nothing."""

    def run(self) -> tuple[Mention, ...]:
        place = 0
        names, trie, declared = self.directory.names, self.phrases.trie, self.finder.declared.professionals
        words = self.phrases.words
        while place < len(self.tokens):
            token = self.tokens[place]
            key = token.key
            if key in names or key in declared:
                after = self._name(place)
                if after > place:
                    place = after
                    continue
            if token.shape == UPPER and (key in self.directory.initials or key in self.finder.declared.initials) and self._initials_first(place):
                place += 1
                continue
            if key in trie and not (len(key) == 1 and token.shape == TITLE):
                after = self._phrase(place)
                if after > place:
                    place = after
                    continue
            if key in _CONTRACTED:
                place += 1
            elif key in self.finder.declared.strangers and token.shape != LOWER:
                self._emit("stranger", place, place + 1, form="name")
                place += 1
            elif token.shape == LOWER:
                if key not in words or key in self.phrases.persons:
                    self._small(place)
                place += 1
            elif token.shape in (DIGITS, CODE):
                place = self._number(place)
            else:
                place = self._capital(place)
        self._link()
        return tuple(self.found)

    # --- names

    def _name(self, place: int) -> int:
        """A rostered or declared name that begins here; the number of the word behind it, or `place`."""
        entry, after = self._longest(self.directory.names, place)
        declared, declared_after = self._longest(self.finder.declared.professionals, place)
        if declared is not None and (entry is None or declared_after > after):
            if not self._named(place, declared_after):
                return place
            self._work(place, declared_after)
            return declared_after
        if entry is None:
            return place
        form, people = _best(entry)
        if not self._fits_form(form, place, after):
            return place
        if not self._named(place, after):
            return self._perhaps_named(place, after, people)
        return self._person(place, after, form, people, declared is not None and declared_after == after)

    def _perhaps_named(self, place: int, after: int, people: frozenset[int]) -> int:
        """A word with a capital that is an ordinary word and somebody's name may be either."""
        family = tuple(sorted(n for n in people if n >= 0))
        if self.tokens[place].shape not in (TITLE, UPPER) or len(self.tokens[place].key) < 2 or not family:
            return place
        self._emit("near", place, after, families=self._families(family), form="word")
        return after

    def _longest(self, trie: Node, place: int) -> tuple[Any, int]:
        node, entry, after = trie, None, place
        at = place
        while at < len(self.tokens):
            node = node.get(self.tokens[at].key)
            if node is None:
                break
            at += 1
            if None in node:
                entry, after = node[None], at
            if at < len(self.tokens) and not joined(self.text, self.tokens[at - 1], self.tokens[at]) and not self._inverted(at):
                break
            if self.tokens[at - 1].possessive:
                break
        return entry, after

    def _inverted(self, place: int) -> bool:
        """"HARPER, Kayleigh": a surname in capitals, a comma, a first name."""
        before, token = self.tokens[place - 1], self.tokens[place]
        return before.shape == UPPER and token.shape == TITLE and self.text[before.end : token.start] in (", ", ",")

    def _named(self, place: int, after: int) -> bool:
        """Whether the words here are written as a name and not as ordinary words."""
        token = self.tokens[place]
        if after - place > 1:
            return token.shape != LOWER or any(t.key not in self.phrases.words for t in self.tokens[place:after])
        if token.shape == LOWER:
            return len(token.key) > 2 and token.key not in self.phrases.words and token.key not in self.phrases.trie
        if token.shape in (DIGITS, CODE) or (len(token.key) == 1):
            return False
        if token.key not in self.phrases.words:
            return True
        if self._opens(place) or self.capitals:
            return self._acts(place) or self._titled(place) is not None or self._alone(place)
        return True

    def _acts(self, place: int) -> bool:
        """Whether a word that could be a name is followed as only a name is."""
        if self.tokens[place].possessive:
            return True
        if place + 1 >= len(self.tokens):
            return False
        after = self.tokens[place + 1]
        beyond = self.tokens[place + 2] if place + 2 < len(self.tokens) else None
        if after.key == "and" and beyond is not None and beyond.shape == TITLE:
            return True
        return after.key in self.phrases.verbs and joined(self.text, self.tokens[place], after)

    def _alone(self, place: int) -> bool:
        """A family's name for a heading, or a name with another beside it."""
        if self.heading and (len(self.tokens) <= 3 or place == 0 or self.tokens[place - 1].shape in (DIGITS, CODE)):
            return True
        behind = self.tokens[place + 1] if place + 1 < len(self.tokens) else None
        beyond = self.tokens[place + 2] if place + 2 < len(self.tokens) else None
        return behind is not None and behind.key == "and" and beyond is not None and beyond.shape == TITLE

    def _fits_form(self, form: str, place: int, after: int) -> bool:
        if form == "first-initial":
            return self.tokens[after - 1].shape == TITLE and len(self.tokens[after - 1].key) == 1
        if form == "initial":
            return len(self.tokens[place].key) == 1 and self.tokens[place].shape == TITLE
        return True

    def _person(self, place: int, after: int, form: str, people: frozenset[int], declared: bool) -> int:
        """What a matched name says, with the title or the work beside it."""
        title = self._titled(place)
        family = tuple(sorted(n for n in people if n >= 0))
        works = (PROFESSIONAL in people and not self._other_sex(title, place, after)) or declared
        if title == "work" or (works and (not family or self._works_beside(place, after))):
            if works or form in ("surname", "first", "part", "middle"):
                self._work(place, after)
                return after
        if not family:
            self._emit("stranger", place, after, families=frozenset({DOUBT}), form="registered")
            return after
        if self._works_beside(place, after) and form in ("surname", "first", "part", "nickname"):
            self._work(place, after)
            return after
        longer = self._unknown_behind(place, after, form)
        if longer > after:
            self._emit("stranger", place, longer, families=self._families(family), form="same-name")
            return longer
        if title in ("M", "F") and form in ("surname", "full", "part", "alias"):
            fitting = tuple(n for n in family if self.directory.people[n].sex in (title, None))
            if not fitting:
                self._emit("name", place, after, families=self._families(family), form="surname-other", sex=title)
                return after
            family = fitting
        kind: Kind = "near" if form in ("part", "nickname") else "name"
        many = form == "surname" and self._plural_surname(place, after)
        doubtful = (works and form != "full") or (REGISTERED in people)
        sexes = {self.directory.people[n].sex for n in family}
        self._emit(
            kind, place, after,
            families=self._families(family) | ({DOUBT} if REGISTERED in people else frozenset()),
            people=family, form="either" if doubtful else form, many=many,
            sex=title if title in ("M", "F") else sexes.pop() if len(sexes) == 1 else None,
        )  # fmt: skip
        return after

    def _other_sex(self, title: str | None, place: int, after: int) -> bool:
        """Whether every professional of this surname is known to be of another sex than the title says."""
        sexes = self.directory.at_work.get(tuple(token.key for token in self.tokens[place:after]), frozenset({None}))
        return title in ("M", "F") and title not in sexes and None not in sexes

    def _work(self, place: int, after: int) -> None:
        """A professional, with the sex that a title or an unmistakable first name tells."""
        title = self._titled(place)
        sex = title if title in ("M", "F") else self.phrases.sexes.get(self.tokens[place].key)
        self._emit("professional", place, after, sex=sex)

    def _families(self, people: tuple[int, ...]) -> frozenset[str]:
        return frozenset().union(*(self.directory.people[n].families for n in people))

    def _plural_surname(self, place: int, after: int) -> bool:
        before = self.tokens[place - 1].key if place else ""
        behind = self.tokens[after].key if after < len(self.tokens) else ""
        return before == "the" or behind in ("family", "household", "children", "home", "parents", "fam", "siblings")

    def _titled(self, place: int) -> str | None:
        """"work", "M", "F" or "person" by the title before a name, `None` without one."""
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
            phrase, _ = self._phrase_at(start)
            return phrase is not None and phrase.kind in ("role", "title") and (gap.strip() != "" or start > after)
        return False

    def _role_ends(self, place: int) -> bool:
        """Whether the expression right before this word is a role ("health visitor Ann Boyd", "HV Denise")."""
        for back in (1, 2, 3):
            start = place - back
            if start < 0:
                return False
            phrase, end = self._phrase_at(start)
            if phrase is not None and end == place and phrase.kind in ("role", "title"):
                return joined(self.text, self.tokens[place - 1], self.tokens[place])
        return False

    def _unknown_behind(self, place: int, after: int, form: str) -> int:
        """A first name followed by a surname that is not the family's names somebody else."""
        if form not in ("first", "nickname", "part") or after >= len(self.tokens) or self.tokens[after - 1].possessive:
            return after
        behind = self.tokens[after]
        if behind.shape not in (TITLE, UPPER) or not joined(self.text, self.tokens[after - 1], behind):
            return after
        if self.text[self.tokens[after - 1].end : behind.start] not in (" ", "-", "\n"):
            return after
        if len(behind.key) == 1 and behind.shape == TITLE and behind.key not in ("a", "i"):
            return after + 1  # "Jayden P", where the roster has Jayden Harper
        if behind.key in self.directory.names or self._is_known(after):
            return after
        if behind.key in self.phrases.words and (self.capitals or behind.key not in self.phrases.word_names):
            return after
        if behind.shape == UPPER and not self.capitals and len(behind.key) <= 3:
            return after
        return after + 1

    def _is_known(self, place: int) -> bool:
        phrase, _ = self._phrase_at(place)
        return phrase is not None and not (phrase.form == "place" and self.tokens[place].key in self.phrases.surnames)

    # --- expressions of the lexicon

    def _phrase_at(self, place: int) -> tuple[Phrase | None, int]:
        node: Any = self.phrases.trie
        found, after, at = None, place, place
        while at < len(self.tokens):
            node = node.get(self.tokens[at].key)
            if node is None:
                break
            at += 1
            if None in node and not (node[None].capital and self._no_capital(place, at, node[None])):
                found, after = node[None], at
            if at < len(self.tokens) and not joined(self.text, self.tokens[at - 1], self.tokens[at]):
                break
        return found, after

    def _no_capital(self, place: int, after: int, phrase: Phrase) -> bool:
        """Whether no capital here says that a short form is meant; in a line of capitals none says that a relative is."""
        if self.capitals and phrase.kind == "kin":
            return True
        return all(token.shape == LOWER for token in self.tokens[place:after])

    def _phrase(self, place: int) -> int:
        phrase, after = self._phrase_at(place)
        if phrase is None:
            return place
        match phrase.kind:
            case "kin" | "outsider":
                return self._noun(place, after, phrase)
            case "pronoun":
                form = "object-of" if phrase.form == "object" and self._same_clause(place) else phrase.form
                self._emit("pronoun", place, after, sex=phrase.sex, many=phrase.many, form=form)
            case "role" | "title":
                if phrase.kind == "title" and self._capital_follows(after):
                    return after  # the name behind it is read with its title
                self._emit("professional", place, after, form="role")
            case "private-title":
                return self._titled_person(after) if self._capital_follows(after) else place
            case "contrast" | "additive" | "cross" | "plural" | "nearby" | "event" | "someone":
                if (phrase.form == "ordinal" and not self._verb_at(after)) or (phrase.kind == "someone" and self._describes(place)):
                    return after if phrase.kind == "someone" else place
                self._emit(phrase.kind, place, after, owned=self._owned(place)[1])  # type: ignore[arg-type]  # the cue kinds are mention kinds
            case "known" if phrase.form == "place" and self._person_like_place(place, after):
                return place
            case _:
                pass
        return after

    def _same_clause(self, place: int) -> bool:
        """Whether the last mention is the subject of the clause whose object "him" or "them" is, so that it is somebody else."""
        if not self.found or self.tokens[place].key == "her":
            return False
        words = self.tokens[self.ends[-1] : place]
        between = self.text[self.tokens[self.ends[-1] - 1].end : self.tokens[place].start]
        return not any(mark in between for mark in ",;:–(") and not any(word.key in _CLAUSE for word in words)

    def _verb_at(self, place: int) -> bool:
        return place < len(self.tokens) and self.tokens[place].key in self.phrases.verbs and joined(self.text, self.tokens[place - 1], self.tokens[place])

    def _titled_person(self, place: int) -> int:
        """The name behind "Mrs" is a person's, whatever else the word may be."""
        if self.tokens[place].key in self.directory.names or self.tokens[place].key in self.finder.declared.professionals:
            after = self._name(place)
            if after > place:
                return after
        if self._phrase_at(place)[0] is not None and self._phrase_at(place)[0].kind in ("role", "title"):  # type: ignore[union-attr]  # just seen
            return place
        return self._unknown(place, max(place + 1, self._run_of_capitals(place)), "name")

    def _person_like_place(self, place: int, after: int) -> bool:
        """A place name that is a forename too ("Chelsea", "Jordan") is a place only behind "in" or "at"."""
        if after - place > 1 or self.tokens[place].key not in self.phrases.forenames:
            return False
        return not (place and self.tokens[place - 1].key in self.phrases.place_before)

    def _capital_follows(self, after: int) -> bool:
        return (
            after < len(self.tokens)
            and self.tokens[after].shape in (TITLE, UPPER, MIXED)
            and joined(self.text, self.tokens[after - 1], self.tokens[after])
        )

    def _noun(self, place: int, after: int, phrase: Phrase) -> int:
        """A relative or an outsider, with its article or possessor; nothing where it only modifies or describes."""
        token = self.tokens[place]
        form = self._article(place)
        if self._modifies(after, phrase) and form != "counted":
            return after
        owner, owned = self._owned(place)
        if form == "none" or (form == "indefinite" and not owned and self._describes(place)):
            return after
        behind = self.tokens[after].key if after < len(self.tokens) else ""
        acts = after < len(self.tokens) and self.tokens[after].key in self.phrases.verbs
        if phrase.kind == "outsider" and not phrase.many and form == "" and not owned and not self._opens(place) and not acts:
            return after  # "subject to", "a plan to drive": an adjective or a verb
        if phrase.kind == "outsider" and self._role_at(after):
            return after  # "a male worker"
        if behind == "of" and phrase.kind == "kin" and phrase.form not in _UNOWNED and after + 1 < len(self.tokens) and self.tokens[after + 1].shape in (TITLE, UPPER):
            owned = True
        if behind in _RESTRICTIVE or (behind == "that" and form == "definite"):
            form = "restrictive" if not owned else form
        if phrase.kind == "kin":
            if form == "" and token.shape == LOWER and not phrase.many and phrase.form in ("boy", "girl"):
                form = "indefinite"
            self._emit("kin", place, after, sex=phrase.sex, many=phrase.many, form=f"{phrase.form}:{form}", owner=owner, owned=owned)
        else:
            self._emit("outsider", place, after, sex=phrase.sex, many=phrase.many, form=f"{phrase.form}:{form}", owner=owner, owned=owned)
        return after

    def _role_at(self, after: int) -> bool:
        if after >= len(self.tokens) or not joined(self.text, self.tokens[after - 1], self.tokens[after]):
            return False
        phrase, _ = self._phrase_at(after)
        return phrase is not None and phrase.kind == "role" and not self.tokens[after - 1].possessive

    def _modifies(self, after: int, phrase: Phrase) -> bool:
        """"child protection", "family home": the noun only says what kind."""
        if after >= len(self.tokens) or self.tokens[after - 1].possessive and phrase.kind == "kin" and not phrase.many:
            return False
        behind = self.tokens[after].key
        if not joined(self.text, self.tokens[after - 1], self.tokens[after]):
            return False
        two = f"{behind} {self.tokens[after + 1].key}" if after + 1 < len(self.tokens) else behind
        return behind in self.phrases.modified or two in self.phrases.modified

    def _article(self, place: int) -> str:
        """definite, indefinite, counted, none or "" by the article within three words before, adjectives between."""
        for back in (1, 2, 3):
            at = place - back
            if at < 0 or not joined(self.text, self.tokens[at], self.tokens[at + 1]):
                return ""
            before = self.tokens[at]
            if before.key in _ARTICLES:
                form = _ARTICLES[before.key]
                if form == "counted" and at and self.tokens[at - 1].key in ("the", "these", "those"):
                    return "counted"
                return form
            if before.shape == DIGITS:
                return "counted"
            if before.key in _NOT_ADJECTIVES or before.shape != LOWER or before.key in _POSSESSIVES:
                return ""
        return ""

    def _owned(self, place: int) -> tuple[int | None, bool]:
        """The mention that possesses the noun here, and whether it is possessed at all."""
        for back in (1, 2, 3, 4):
            at = place - back
            if at < 0 or not joined(self.text, self.tokens[at], self.tokens[at + 1]):
                return None, False
            before = self.tokens[at]
            if before.possessive:
                return self._mention_at(at), True
            if before.key in _POSSESSIVES:
                return self._mention_at(at), before.key not in ("my", "our", "your", "its")
            if before.key in _NOT_ADJECTIVES or before.key in _ARTICLES and before.key not in ("two", "three", "four", "five", "other"):
                return None, False
            if before.shape not in (LOWER, DIGITS) and before.key not in self.phrases.words:
                return None, False
        return None, False

    def _mention_at(self, word: int) -> int | None:
        for number in range(len(self.found) - 1, -1, -1):
            if self.ends[number] == word + 1:
                return number
            if self.ends[number] <= word:
                return None
        return None

    def _describes(self, place: int) -> bool:
        """"is a bright boy": says what somebody is, and names nobody new; not after "there is"."""
        for back in range(1, 6):
            at = place - back
            if at < 0:
                return False
            if self.tokens[at].key in _BE:
                return not (at and self.tokens[at - 1].key in ("there", "theres"))
            if self.tokens[at].possessive and self.tokens[at].key in ("she", "he", "shes", "hes"):
                return True
            if self.tokens[at].key in _NOT_ADJECTIVES:
                return False
        return False

    # --- words by their shape

    def _small(self, place: int) -> None:
        """A small word that is no expression: it heads a person, is a near miss of a name, or is unread."""
        key = self.tokens[place].key
        if key in self.phrases.persons:
            self._noun(place, place + 1, Phrase("outsider", "seen", many=key.endswith("s")))
        elif len(key) > 1 and not self._parts_known(key):
            near = self._near(key) if len(key) > 4 else frozenset()
            if near:
                self._emit("near", place, place + 1, families=near, form="near")
            else:
                self._emit("unread", place, place + 1)

    def _parts_known(self, key: str) -> bool:
        """A word with an ordinary ending or beginning on an ordinary word ("rehousing", "unsafely") is ordinary."""
        words = self.phrases.words
        if key in self.phrases.heads or key in self.phrases.streets:
            return True
        for ending in ("s", "es", "ed", "d", "ing", "er", "ers", "ly", "ness", "able", "ish", "y", "nt", "ll", "ve", "re", "d"):
            if key.endswith(ending) and len(key) - len(ending) >= 2 and (key[: -len(ending)] in words or key[: -len(ending)] + "e" in words):
                return True
        return any(key.startswith(start) and key[len(start) :] in words for start in _PREFIXES if len(key) - len(start) >= 3)

    def _capital(self, place: int) -> int:
        """A word with a capital that is no rostered name and no expression of the lexicon."""
        token = self.tokens[place]
        if len(token.key) == 1:
            return self._letter(place)
        street, behind = self._longest(self.directory.streets, place)
        if street is not None and behind - place > 1:
            self._street(place, behind, street)
            return behind
        opens = self._opens(place) or self.capitals
        if token.shape == UPPER and not self.capitals:
            return self._initials(place)
        named = token.key in self.phrases.forenames or token.key in self.phrases.surnames
        known = token.key in self.phrases.words or (not named and self._parts_known(token.key))
        if not known and len(token.key) > 2 and not set(token.key) & _VOWELS and token.key not in self.phrases.forenames and token.key not in self.phrases.surnames:
            self._emit("unread", place, place + 1)  # "Hsg": written short, and no name
            return place + 1
        if known and token.key not in self.phrases.word_names:
            return place + 1
        if known and (opens and not self._acts(place)):
            return place + 1
        after = self._run_of_capitals(place)
        if self._place_like(place, after):
            return after
        return self._unknown(place, after, "word" if known else "name")

    def _street(self, place: int, after: int, entry: dict[str, set[str]]) -> None:
        """The street of a rostered address, or the name of a rostered house without a number."""
        if "houses" in entry:
            self._emit("identifier", place, after, families=frozenset(entry["houses"]), form="value")
        else:
            self._emit("identifier", place, after, families=frozenset(entry["families"]), form="street")

    def _unknown(self, place: int, after: int, form: str) -> int:
        """An unknown name: a professional by title or role, a near miss of a rostered name, else a stranger."""
        if self._titled(place) == "work" or self._works_beside(place, after):
            self._work(place, after)
            return after
        families = frozenset().union(*(self._near(t.key) for t in self.tokens[place:after] if len(t.key) > 3))
        following, behind = self._longest(self.directory.names, after) if after < len(self.tokens) and joined(self.text, self.tokens[after - 1], self.tokens[after]) else (None, after)
        if following is not None and self._titled(place) is None and not self.tokens[after - 1].possessive:
            form_behind, people = _best(following)
            if form_behind == "surname":
                family = tuple(sorted(n for n in people if n >= 0))
                if not family:
                    self._emit("professional", place, behind) if form == "never" else self._emit("stranger", place, behind, form="same-name")
                else:
                    kind: Kind = "near" if families & self._families(family) else "stranger"
                    self._emit(kind, place, behind, families=self._families(family), form="near" if kind == "near" else "same-name")
                return behind
        if families and self.tokens[place].key not in self.phrases.forenames:
            self._emit("near", place, after, families=families, form="near")
        else:
            title = self._titled(place)
            sex = title if title in ("M", "F") else self.phrases.sexes.get(self.tokens[place].key)
            self._emit("stranger", place, after, families=families, form=form, sex=sex)
        return after

    def _run_of_capitals(self, place: int) -> int:
        """The number of the word behind a run of capitals that is one name ("Callum Reid", "Rennie Court")."""
        after = place + 1
        while after < len(self.tokens) and after - place < 6:
            token = self.tokens[after]
            gap = self.text[self.tokens[after - 1].end : token.start]
            if token.shape not in (TITLE, MIXED) and not (token.shape == UPPER and self.capitals) and token.key not in self.phrases.heads:
                break
            if gap not in (" ", "-", "\n", ". ", " & ") or self.tokens[after - 1].possessive:
                break
            if token.key in self.directory.names and token.key not in self.phrases.heads:
                break
            if token.key in self.phrases.words and token.key not in self.phrases.word_names and token.key not in self.phrases.heads:
                break
            after += 1
        return max(after, self._organisation(place, after))

    def _organisation(self, place: int, after: int) -> int:
        """The number of the word behind "Kars State Hospital": ordinary words with a capital that lead to the head of such a name."""
        at = after
        while at < len(self.tokens) and at - place < 6:
            token = self.tokens[at]
            if token.shape not in (TITLE, UPPER) or self.text[self.tokens[at - 1].end : token.start] not in (" ", "-", " & "):
                return after
            if token.key in self.phrases.heads:
                return at + 1
            if token.key not in self.phrases.words:
                return after
            at += 1
        return after

    def _place_like(self, place: int, after: int) -> bool:
        """The name of a place or an organisation: it ends like one, or stands behind "in" and is no forename."""
        last = self.tokens[after - 1].key
        if after - place > 1 and last in self.phrases.heads:
            return True
        if self.tokens[place].key in ("st", "saint") and after - place > 1:
            return True
        behind = self.tokens[after].key if after < len(self.tokens) else ""
        if behind in self.phrases.heads and joined(self.text, self.tokens[after - 1], self.tokens[after]):
            return True
        before = self.tokens[place - 1].key if place else ""
        if before == "the" and place > 1:
            before = self.tokens[place - 2].key
        if before == "of" and place > 1 and self.tokens[place - 2].shape == TITLE and self.tokens[place - 2].key in self.phrases.words:
            return True  # "Court of Cassation"
        return before in self.phrases.place_before and self.tokens[place].key not in self.phrases.forenames and not self.tokens[after - 1].possessive

    def _letter(self, place: int) -> int:
        """A capital that stands alone: a role code ("V", "M"), or the first letter of a name."""
        token = self.tokens[place]
        key = token.key
        dotted = self._dotted(place)
        if dotted > place + 1:
            return self._initialled(place, dotted, "".join(t.key for t in self.tokens[place:dotted]))
        if key in ("a", "i") or (self._opens(place) and self.text[token.end : token.end + 1] in ").") or self._beside_number(place):
            return place + 1
        if key in _ROLE_CODES and not (key == "p" and self._beside_number(place)):
            relation, sex = _ROLE_CODES[key]
            owner, owned = self._owned(place)
            self._emit("kin", place, place + 1, sex=sex, form=f"{relation}:", owner=owner, owned=owned)
            return place + 1
        behind = self.tokens[place + 1] if place + 1 < len(self.tokens) else None
        if key in ("l", "r") and behind is not None and behind.shape == LOWER and behind.key not in self.phrases.verbs and joined(self.text, token, behind):
            return place + 1  # "L cheek", "R arm": the side of a body
        people = self.directory.letters.get(key, frozenset())
        family = tuple(sorted(n for n in people if n >= 0))
        if family or PROFESSIONAL not in people:
            self._emit("letter", place, place + 1, families=self._families(family), people=family, form="letter")
        else:
            self._emit("professional", place, place + 1, form="letter")
        return place + 1

    def _dotted(self, place: int) -> int:
        """The number of the word behind "N.G." or "B. G.": single capitals with dots between."""
        after = place + 1
        while (
            after < len(self.tokens) and after - place < 4 and len(self.tokens[after].key) == 1 and self.tokens[after].shape == TITLE
            and self.text[self.tokens[after - 1].end : self.tokens[after].start] in (".", ". ")
        ):
            after += 1
        return after

    def _beside_number(self, place: int) -> bool:
        behind = self.tokens[place + 1] if place + 1 < len(self.tokens) else None
        return behind is not None and behind.shape == DIGITS and behind.start - self.tokens[place].end <= 1

    def _initials_first(self, place: int) -> bool:
        """Initials of somebody declared or rostered, though they are an abbreviation too; but a role or a title is one."""
        key = self.tokens[place].key
        if self.capitals:
            return False
        if key in self.finder.declared.initials:
            self._initialled(place, place + 1, key)
            return True
        phrase, _ = self._phrase_at(place)
        family = any(n >= 0 for n in self.directory.initials[key])
        if phrase is not None and (phrase.kind in ("role", "title") or (family and (phrase.kind == "kin" or self._common_abbreviation(place)))):
            return False
        self._initialled(place, place + 1, key)
        return True

    def _common_abbreviation(self, place: int) -> bool:
        """Such as "CP plan": an abbreviation right before an ordinary word that is no verb, or behind an article."""
        behind = self.tokens[place + 1] if place + 1 < len(self.tokens) else None
        before = self.tokens[place - 1].key if place else ""
        return before in ("the", "a", "an", "on", "of", "for", "to", "by", "re") or (
            behind is not None and behind.shape == LOWER and behind.key not in self.phrases.verbs and behind.key not in _NOT_ADJECTIVES
            and joined(self.text, self.tokens[place], behind)
        )

    def _initials(self, place: int) -> int:
        """Two or three capitals that the lexicon does not know may be somebody's initials."""
        token = self.tokens[place]
        behind = self.tokens[place + 1] if place + 1 < len(self.tokens) else None
        if behind is not None and behind.shape in (DIGITS, CODE) and behind.start - token.end <= 1:
            return place + 1  # "AZ-1187": the beginning of a reference
        if token.key in self.phrases.words and token.key not in self.directory.initials:
            return place + 1
        if len(token.key) > 3 and token.key not in self.directory.initials:
            if token.key in self.phrases.forenames or token.key in self.phrases.surnames or self._near(token.key):
                return self._unknown(place, place + 1, "name")
            return place + 1
        return self._initialled(place, place + 1, token.key)

    def _initialled(self, place: int, after: int, key: str) -> int:
        """Whose initials these are: a professional's, somebody's in a family, or a stranger's."""
        people = self.directory.initials.get(key, frozenset())
        family = tuple(sorted(n for n in people if n >= 0))
        if key in self.finder.declared.initials or (people and not family):
            self._emit("professional", place, after, form="initials")
        elif family:
            families = self._families(family) | ({DOUBT} if PROFESSIONAL in people else frozenset())
            self._emit("near", place, after, families=families, people=family, form="initials")
        else:
            self._emit("stranger", place, after, form="code")
        return after

    def _near(self, key: str) -> frozenset[str]:
        """Families one of whose names this word nearly is."""
        if key in self.phrases.words:
            return frozenset()
        return _near(key, self.directory, self.finder.near_score)

    # --- numbers

    def _number(self, place: int) -> int:
        """An identifier, a date of birth, a house number or an address that begins here."""
        token = self.tokens[place]
        values = self.directory.values
        day = _DATE.match(self.text, token.start)
        if day:
            after = self._word_after(day.end(), place)
            families = values.get(_date_key(day.group()))
            if families:
                self._emit("identifier", place, after, families=families, form="date")
            return after
        joined_key, best = "", None
        at = place
        while at < len(self.tokens) and at - place < 7 and self.tokens[at].start - self.tokens[max(at - 1, place)].end <= 2:
            joined_key += self.tokens[at].key
            before = self.tokens[place - 1].key if place else ""
            for form in (joined_key, before + joined_key):
                if form in values and (len(form) > 3):
                    best = (at + 1, values[form])
            at += 1
        if best:
            self._emit("identifier", place, best[0], families=best[1], form="value")
            return best[0]
        if place == 0 and self.text[token.end : token.end + 1] in (".", ")"):
            listed = self.text[token.end + 1 : token.end + 2].isspace()
            if len(token.key) > 1 and token.key in self.directory.houses and not self.heading and listed:  # the number of a list, or somebody's door
                self._emit("near", place, place + 1, families=self.directory.houses[token.key], form="near")
            return place + 1
        if self._year_group(place):
            return place + 1
        code = self.tokens[place - 1].key + token.key if place else token.key
        if code in self.directory.codes and joined(self.text, self.tokens[place - 1], token):
            self._emit("identifier", place - 1, place + 1, families=self.directory.codes[code], form="case")
            return place + 1
        if token.shape == CODE and self._misread(place):
            return place + 1
        return self._house(place) or self._elsewhere(place) or self._unknown_value(place)

    def _year_group(self, place: int) -> bool:
        """"a Year 10": somebody of that year."""
        before = self.tokens[place - 1].key if place else ""
        if before not in ("year", "yr") or place < 2 or self.tokens[place - 2].key not in ("a", "an", "another", "one", "some", "two"):
            return False
        behind = self.tokens[place + 1].key if place + 1 < len(self.tokens) and joined(self.text, self.tokens[place], self.tokens[place + 1]) else ""
        if behind and behind in self.phrases.words and behind not in self.phrases.persons and behind not in self.phrases.verbs and behind not in _NOT_ADJECTIVES:
            return False  # "a Year 10 course"
        self._emit("outsider", place - 1, place + 1, form="seen:indefinite")
        return True

    def _misread(self, place: int) -> bool:
        """A digit in a word where a scan put it for a letter ("Le0", "wi11"): the name or the word it may be."""
        for letters in _SCANNED:
            key = self.tokens[place].key.translate(letters)
            if key.isalpha() and key in self.directory.names:
                entry = self.directory.names[key].get(None, {})
                family = tuple(sorted(n for people in entry.values() for n in people if n >= 0))
                if family:
                    self._emit("near", place, place + 1, families=self._families(family), form="near")
                return True
            if key.isalpha() and key in self.phrases.words:
                return True
        return False

    def _elsewhere(self, place: int) -> int:
        """"in item 2", "cases 1 and 8": another place of the papers, unless it is the number of this one."""
        before = self.tokens[place - 1].key if place else ""
        if before not in _NUMBERED_THINGS or place < 2 or self.heading:
            return 0
        after = place + 1
        while after + 1 < len(self.tokens) and self.tokens[after].key in ("and", "to") and self.tokens[after + 1].shape == DIGITS:
            after += 2
        self._emit("cross", place - 1, after)
        return after

    def _house(self, place: int) -> int:
        """"number 16", "at 16", "16 Elm Grove": somebody's door; "12/14 Elm Grove", "12 and 14": two doors."""
        token = self.tokens[place]
        pair = self._second_door(place)
        if pair and token.key in self.directory.houses:
            self._emit("identifier", place, place + 1, families=self.directory.houses[token.key], form="house")
            return pair
        before = self.tokens[place - 1].key if place else ""
        street, after = self._longest(self.directory.streets, place + 1) if place + 1 < len(self.tokens) else (None, place)
        families = self.directory.houses.get(token.key)
        behind = self.tokens[place + 1] if place + 1 < len(self.tokens) else None
        if street is not None and joined(self.text, token, self.tokens[place + 1]):
            self._emit("stranger", place, after, form="address")
            return after
        if before in ("number", "no", "nos", "door", "flat", "numbers"):
            if families:
                self._emit("identifier", place, place + 1, families=families, form="house")
                return place + 1
            elif not self.text[token.end : token.end + 1] == ":" and before != "flat":
                self._emit("stranger", place, place + 1, form="address")
            return place + 1
        if families and before in ("at", "from", "to", "and", "outside", "opposite") and not self._counts(behind):
            self._emit("identifier", place, place + 1, families=families, form="house")
            return place + 1
        if behind is not None and behind.shape == TITLE and len(token.key) <= 4:
            run = self._run_of_capitals(place + 1)
            if self.tokens[run - 1].key in self.phrases.streets and run > place + 2:
                self._emit("stranger", place, run, form="address")
                return run
        return 0

    def _second_door(self, place: int) -> int:
        """The number of the word that is the second door of a pair, or 0."""
        for step, links in ((1, ("/", "-", " & ", "&")), (2, ())):
            at = place + step
            if at >= len(self.tokens) or self.tokens[at].shape != DIGITS or self.tokens[at].key not in self.directory.houses:
                continue
            gap = self.text[self.tokens[place].end : self.tokens[at].start]
            if gap in links or (step == 2 and self.tokens[place + 1].key == "and"):
                return at
        return 0

    def _counts(self, behind: Token | None) -> bool:
        """Whether a number is a time, a date or an amount and not a door."""
        if behind is None:
            return False
        gap = self.text[behind.start - 1 : behind.start]
        return gap in ":./%" or behind.key in _COUNTED or (behind.shape == LOWER and behind.key not in _NOT_ADJECTIVES and behind.key not in ("has", "was", "who"))

    def _unknown_value(self, place: int) -> int:
        """A long number that no roster knows identifies somebody all the same."""
        run = _LONG.match(self.text, self.tokens[place].start)
        if not run or sum(c.isdigit() for c in run.group()) < 6:
            return place + 1
        after = self._word_after(run.end(), place)
        plain = "".join(c for c in run.group().casefold() if c.isalnum())
        near = frozenset().union(*(f for v, f in self.directory.values.items() if len(v) == len(plain) and len(v) >= 6 and sum(a != b for a, b in zip(v, plain, strict=True)) <= 1))
        self._emit("stranger", place, after, families=near, form="value")
        return after

    def _word_after(self, end: int, place: int) -> int:
        while place < len(self.tokens) and self.tokens[place].start < end:
            place += 1
        return place

    # --- common

    def _opens(self, place: int) -> bool:
        """Whether a capital here is owed to the beginning of a sentence, a bracket or a label."""
        if place == 0:
            return True
        gap = self.text[self.tokens[place - 1].end : self.tokens[place].start]
        return any(mark in _STARTS for mark in gap) or (" - " in gap) or "\n" in gap

    def _emit(self, kind: Kind, place: int, after: int, **facts: Any) -> None:
        if not self.found and self.text[self.tokens[after - 1].end : self.tokens[after - 1].end + 1] == ":" and kind in ("name", "professional", "near", "letter", "stranger"):
            facts["speaks"] = True
        local = self.folded.span(self.tokens[place].start, self.tokens[after - 1].end)
        self.found.append(Mention(kind, Span(local.start + self.offset, local.end + self.offset), **facts))
        self.ends.append(after)

    def _link(self) -> None:
        """A relative named in apposition ("auntie Linda") and one named by "of" lean on the name beside them."""
        for number, mention in enumerate(self.found[:-1]):
            behind = self.found[number + 1]
            if self._kin_name(number):
                self.found[number + 1] = replace(behind, form="relative", owner=number, owned=True)
            elif mention.kind == "kin" and not mention.owned and behind.kind == "name":
                gap = self.text[self._local(mention.span.end) : self._local(behind.span.start)]
                if gap.strip() in ("", ",", "(", "-", "–", ":"):
                    self.found[number] = replace(mention, owner=number + 1, owned=True)
            elif mention.kind in ("kin", "outsider") and mention.owned and mention.owner is None:
                gap = self.text[self._local(mention.span.end) : self._local(behind.span.start)]
                if gap.split()[:1] == ["of"] and len(gap.split()) <= 2:
                    self.found[number] = replace(mention, owner=number + 1)

    def _kin_name(self, number: int) -> bool:
        """"her sister Donna": an unlisted relative by name, right behind the word for the relation."""
        mention, behind = self.found[number], self.found[number + 1]
        if mention.kind != "kin" or not mention.owned or behind.kind != "stranger" or behind.form not in ("name", "word"):
            return False
        gap = self.text[self._local(mention.span.end) : self._local(behind.span.start)]
        return gap in (" ", ", ", " (") and not mention.form.startswith(("partner", "boyfriend", "girlfriend"))

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


_VOWELS = frozenset("aeiouy")
_SCANNED = tuple(str.maketrans("01583", letters) for letters in ("olsbe", "oisbe"))
_PREFIXES = ("un", "re", "non", "pre", "over", "under", "mis", "out", "anti", "self", "semi", "multi", "inter", "sub", "co")
_NUMBERED_THINGS = frozenset("item items case cases bed beds incident incidents referral referrals row rows family families".split())
_COUNTED = frozenset("am pm hours hrs weeks wks days months mths years yrs minutes mins per percent times of st nd rd th".split())
_DATE = regex.compile(r"\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})\b|\d{4}-\d{1,2}-\d{1,2}\b")
_LONG = regex.compile(r"[A-Za-z]{0,3}\d[\dA-Za-z]*(?:[ /-]?\d[\dA-Za-z]*)*")
_FORMS = ("full", "alias", "first-initial", "initial", "first", "surname", "middle", "part", "nickname")


def _best(entry: dict[str, set[int]]) -> tuple[str, frozenset[int]]:
    """The firmest form of a name, and everybody whom it fits; forms of equal rank are taken together."""
    for form in ("full", "alias", "first-initial", "initial"):
        if form in entry:
            if form == "alias":
                return form, frozenset().union(*(entry.get(f, ()) for f in ("alias", "first", "surname", "middle")))
            return form, frozenset(entry[form])
    plain = [form for form in ("first", "surname", "middle") if form in entry]
    if plain:
        return plain[0], frozenset().union(*(entry[form] for form in (*plain, "part") if form in entry))
    form = next(form for form in _FORMS if form in entry)
    return form, frozenset().union(*entry.values())


def _date_key(written: str) -> str:
    parts = [str(int(part)) if len(part) < 3 else part for part in regex.split(r"[/.-]", written)]
    if len(regex.split(r"[/.-]", written)[0]) == 4:
        return "d:" + "-".join(parts)
    year = regex.split(r"[/.-]", written)[2]
    return f"d:{parts[0]}/{parts[1]}/{year}"


_NEAR_CACHE: dict[tuple[int, str, float], frozenset[str]] = {}


@lru_cache(maxsize=20000)
def _near_words(key: str, words: tuple[str, ...], score: float) -> tuple[str, ...]:
    return tuple(word for word in words if abs(len(word) - len(key)) <= 2 and fuzz.ratio(key, word) >= score)


def _near(key: str, directory: Directory, score: float) -> frozenset[str]:
    found = _near_words(key, tuple(directory.spelled), score)
    return frozenset().union(*(directory.spelled[word] for word in found if word != key))


def chars(mentions: tuple[Mention, ...]) -> Iterator[Span]:
    """The places of mentions."""
    return (mention.span for mention in mentions)
