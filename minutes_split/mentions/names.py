"""Rostered and declared names: in full, by first name or surname, with a title, a role, or a stranger's surname beside them."""

from __future__ import annotations

from minutes_split.mentions.base import Kind
from minutes_split.mentions.directory import PROFESSIONAL, REGISTERED
from minutes_split.mentions.reading import DOUBT, Reading
from minutes_split.mentions.tokens import CODE, DIGITS, LOWER, TITLE, UPPER, joined


class Names(Reading):
    """Finds names that the roster or the document itself gives."""

    def _name(self, place: int) -> int:
        """A rostered or declared name that begins here; the number of the word behind it, or `place`."""
        entry, after = self._longest(self.directory.names, place, self._fits_form)
        declared, declared_after = self._longest(self.known.declared.professionals, place)
        if declared is not None and (entry is None or declared_after > after):
            if not self._named(place, declared_after):
                return place
            self._work(place, declared_after)
            return declared_after
        if entry is None:
            return place
        form, people = best(entry)
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

    def _fits_form(self, entry: dict[str, set[int]], place: int, after: int) -> bool:
        """Whether the words here are written as the firmest form of this name has to be."""
        form = best(entry)[0]
        if form == "first-initial":
            return self.tokens[after - 1].shape == TITLE and len(self.tokens[after - 1].key) == 1
        if form == "initial":
            return len(self.tokens[place].key) == 1 and self.tokens[place].shape == TITLE
        if form == "first-cut":  # "Jamie McG", where the roster has Jamie McGarrigle
            token = self.tokens[after - 1]
            return token.shape != LOWER and not any(
                token.key in words for words in (self.phrases.words, self.phrases.forenames, self.phrases.surnames)
            )
        if form == "nickname":
            key = self.tokens[place].key
            ordinary = key in self.phrases.words and key not in self.phrases.forenames
            return self.tokens[place].shape != LOWER and not ordinary and key not in self.phrases.trie
        return True

    def _person(self, place: int, after: int, form: str, people: frozenset[int], declared: bool) -> int:
        """What a matched name says, with the title or the work beside it."""
        title = self._titled(place)
        family = tuple(sorted(n for n in people if n >= 0))
        works = (PROFESSIONAL in people and not self._other_sex(title, place, after)) or declared
        in_role = title == "work" or (works and (not family or self._works_beside(place, after)))
        if in_role and (works or form in ("surname", "first", "part", "middle")):
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
            families=self._families(family) | {DOUBT} if REGISTERED in people else self._families(family),
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

    def _plural_surname(self, place: int, after: int) -> bool:
        before = self.tokens[place - 1].key if place else ""
        behind = self.tokens[after].key if after < len(self.tokens) else ""
        return before == "the" or behind in ("family", "household", "children", "home", "parents", "fam", "siblings")

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


_FORMS = ("full", "alias", "first-initial", "first-cut", "initial", "first", "surname", "middle", "part", "nickname")


def best(entry: dict[str, set[int]]) -> tuple[str, frozenset[int]]:
    """The firmest form of a name, and everybody whom it fits; forms of equal rank are taken together."""
    for form in ("full", "alias", "first-initial", "first-cut", "initial"):
        if form in entry:
            if form == "alias":
                return form, frozenset().union(*(entry.get(f, ()) for f in ("alias", "first", "surname", "middle")))
            return form, frozenset(entry[form])
    plain = [form for form in ("first", "surname", "middle") if form in entry]
    if plain:
        return plain[0], frozenset().union(*(entry[form] for form in (*plain, "part") if form in entry))
    form = next(form for form in _FORMS if form in entry)
    return form, frozenset().union(*entry.values())
