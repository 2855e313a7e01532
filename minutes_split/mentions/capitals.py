"""Words with a capital that nobody rostered bears: ordinary words, places and organisations, else strangers."""

from __future__ import annotations

from minutes_split.mentions.base import Kind
from minutes_split.mentions.directory import PROFESSIONAL
from minutes_split.mentions.initials import Initials
from minutes_split.mentions.names import best
from minutes_split.mentions.tokens import CODE, DIGITS, MIXED, TITLE, UPPER, joined

REFERENCE = 4
"""Letters at most in front of the digits of a reference: "YJ-1152", "CPIS 20804"."""
_VOWELS = frozenset("aeiouy")


class Capitals(Initials):
    """Tells a stranger's name from a capital that names nobody."""

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
        if token.shape == UPPER and (not self.capitals or self._only_initials()):
            after = self._initials(place)
            if after > place:
                return after
            listed = token.key in self.phrases.forenames or token.key in self.phrases.surnames
            return self._unknown(place, place + 1, "name") if listed or self._near(token.key) else place + 1
        if token.key in self.grammar.beginnings and self.text[token.end : token.end + 1] == "-":
            return place + 1  # "Pre-meet"
        named = token.key in self.phrases.forenames or token.key in self.phrases.surnames
        known = token.key in self.phrases.words or (not named and self._parts_known(token.key))
        if (
            not known
            and len(token.key) > 2
            and not set(token.key) & _VOWELS
            and token.key not in self.phrases.forenames
            and token.key not in self.phrases.surnames
        ):
            self._emit("unread", place, place + 1)  # "Hsg": written short, and no name
            return place + 1
        if place and token.key in self.phrases.streets and self._closes_a_name(place):
            self._emit("stranger", place, place + 1, form="street")
            return place + 1
        if place and token.key in self.phrases.heads and self._closes_a_name(place):
            return place + 1  # "Larch House"
        if known and token.key in self.phrases.surnames and self._family_behind(place + 1):
            return self._unknown(place, place + 1, "name")
        if known and token.key not in self.phrases.word_names:
            if not opens and not self._body(place) and not self._beside_digits(place):
                self._emit("unread", place, place + 1)  # "Smurf": a capital that nothing accounts for
            return place + 1
        if known and (opens and not self._acts(place)):
            return place + 1
        after = self._run_of_capitals(place)
        if self._place_like(place, after):
            last = self.tokens[after - 1].key
            if last in self.phrases.streets and after - place > 1 and not self._court_of_law(after):
                self._emit("stranger", place, after, form="street")
            return after
        return self._unknown(place, after, "word" if known else "name")

    def _family_behind(self, after: int) -> bool:
        """ "Eastwood family": a place, or any word, in front of it is a surname."""
        if (
            after >= len(self.tokens)
            or self.tokens[after].key not in ("family", "household", "fam", "siblings")
            or not joined(self.text, self.tokens[after - 1], self.tokens[after])
        ):
            return False
        behind = self.tokens[after + 1] if after + 1 < len(self.tokens) else None
        return behind is None or behind.shape != TITLE or behind.key not in self.phrases.heads  # "Lodge Family Centre"

    def _only_initials(self) -> bool:
        """A cell with two or three capitals and no more."""
        return len(self.tokens) == 1 and len(self.tokens[0].key) <= 3 and not self.heading

    def _court_of_law(self, after: int) -> bool:
        """ "Leeds Crown Court" is no block of flats."""
        return self.tokens[after - 1].key == "court" and self.tokens[after - 2].key in self.grammar.of_law

    def _closes_a_name(self, place: int) -> bool:
        """Whether a word with a capital stands right before this one."""
        before = self.tokens[place - 1]
        return before.shape in (TITLE, UPPER, MIXED) and joined(self.text, before, self.tokens[place])

    def _beside_digits(self, place: int) -> bool:
        """ "Year 5", "Form 10": the capital of a numbered thing."""
        return place + 1 < len(self.tokens) and self.tokens[place + 1].shape in (DIGITS, CODE)

    def _begins_reference(self, place: int) -> bool:
        """ "LL 71330", "CF/24/0817": short capitals that begin a number, and are nobody's name and no word."""
        token = self.tokens[place]
        behind = self.tokens[place + 1] if place + 1 < len(self.tokens) else None
        if len(token.key) > REFERENCE or behind is None or behind.shape not in (DIGITS, CODE):
            return False
        gap = self.text[token.end : behind.start]
        if gap in ("/", "-", "."):
            return token.key not in self.directory.names
        if gap == " " and token.key in ("cf",):
            return True
        return (
            gap == " "
            and self.capitals
            and not any(
                token.key in words for words in (self.phrases.forenames, self.phrases.surnames, self.phrases.trie)
            )
            and token.key not in self.directory.names
        )

    def _body(self, place: int) -> bool:
        """ "the Court", "Early Help": an article before it, or a neighbour with a capital too, as bodies and titles have."""
        if place and self.tokens[place - 1].key in self.grammar.articles:
            return True
        return any(
            0 <= at < len(self.tokens) and self.tokens[at].shape in (TITLE, UPPER) for at in (place - 1, place + 1)
        )

    def _street(self, place: int, after: int, entry: dict[str, set[str]]) -> None:
        """The street of a rostered address, or the name of a rostered house without a number."""
        if "houses" in entry:
            self._emit("identifier", place, after, families=frozenset(entry["houses"]), form="value")
        else:
            self._emit("identifier", place, after, families=frozenset(entry["families"]), form="street")

    def _unknown(self, place: int, after: int, form: str) -> int:
        """An unknown name: a professional by title or role, a near miss of a rostered name, else a stranger."""
        if self._titled(place) == "work" or self._is_there_for_work(place, after):
            self._work(place, after)
            return after
        families = frozenset().union(*(self._near(t.key) for t in self.tokens[place:after] if len(t.key) > 3))
        following, behind = (
            self._longest(self.directory.names, after)
            if after < len(self.tokens) and joined(self.text, self.tokens[after - 1], self.tokens[after])
            else (None, after)
        )
        if following is not None and self._titled(place) is None and not self.tokens[after - 1].possessive:
            form_behind, people = best(following)
            if form_behind == "surname":
                family = tuple(sorted(n for n in people if n >= 0))
                if not family:
                    self._emit("professional", place, behind) if form == "never" else self._emit(
                        "stranger", place, behind, form="same-name"
                    )
                else:
                    kind: Kind = "near" if families & self._families(family) else "stranger"
                    self._emit(
                        kind,
                        place,
                        behind,
                        families=self._families(family),
                        form="near" if kind == "near" else "same-name",
                    )
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
            if (
                token.shape not in (TITLE, MIXED)
                and not (token.shape == UPPER and self.capitals)
                and token.key not in self.phrases.heads
            ):
                break
            if gap not in (" ", "-", "\n", ". ", " & ") or self.tokens[after - 1].possessive:
                break
            if token.key in self.directory.names and token.key not in self.phrases.heads:
                break
            if (
                token.key in self.phrases.words
                and token.key not in self.phrases.word_names
                and token.key not in self.phrases.heads
            ):
                break
            after += 1
        return max(after, self._organisation(place, after))

    def _organisation(self, place: int, after: int) -> int:
        """The number of the word behind "Kars State Hospital": ordinary words with a capital that lead to the head of such a name."""
        at = after
        while at < len(self.tokens) and at - place < 6:
            token = self.tokens[at]
            if token.shape not in (TITLE, UPPER) or self.text[self.tokens[at - 1].end : token.start] not in (
                " ",
                "-",
                " & ",
            ):
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
        if place and self.tokens[place - 1].key in ("st", "saint") and self._closes_a_name(place):
            return True
        behind = self.tokens[after].key if after < len(self.tokens) else ""
        if behind in self.phrases.heads and joined(self.text, self.tokens[after - 1], self.tokens[after]):
            return True
        before = self.tokens[place - 1].key if place else ""
        if before == "the" and place > 1:
            before = self.tokens[place - 2].key
        head = self.tokens[place - 2].key if before == "of" and place > 1 else ""
        if head in self.phrases.heads and self.tokens[place].key not in self.phrases.forenames:
            return True  # "Court of Cassation"
        return (
            before in self.phrases.place_before
            and self.tokens[place].key not in self.phrases.forenames
            and not self.tokens[after - 1].possessive
        )

    def _parts_known(self, key: str) -> bool:
        """A word with an ordinary ending or beginning on an ordinary word ("rehousing", "unsafely") is ordinary."""
        words = self.phrases.words
        if key in self.phrases.heads or key in self.phrases.streets:
            return True
        for ending in self.grammar.endings:
            if (
                key.endswith(ending)
                and len(key) - len(ending) >= 2
                and (key[: -len(ending)] in words or key[: -len(ending)] + "e" in words)
            ):
                return True
        return any(
            key.startswith(start) and key[len(start) :] in words
            for start in self.grammar.beginnings
            if len(key) - len(start) >= 3
        )

    def _titled_person(self, place: int) -> int:
        """The name behind "Mrs" is a person's, whatever else the word may be."""
        if (
            self.tokens[place].key in self.directory.names
            or self.tokens[place].key in self.known.declared.professionals
        ):
            after = self._name(place)
            if after > place:
                return after
        if len(self.tokens[place].key) == 1:
            if self._of_a_couple(place):
                return place + 1
            if families := self._of_surname_letter(place):
                self._emit("near", place, place + 1, families=families, form="initials", sex=self._titled(place))
                return place + 1
            if PROFESSIONAL in self.directory.letters.get(self.tokens[place].key, ()):
                self._emit("professional", place, place + 1, sex=self._titled(place), form="letter")
                return place + 1
        if self._phrase_at(place)[0] is not None and self._phrase_at(place)[0].kind in ("role", "title"):  # type: ignore[union-attr]  # just seen
            return place
        return self._unknown(place, max(place + 1, self._run_of_capitals(place)), "name")

    def _of_a_couple(self, place: int) -> bool:
        """ "Mr J and Mrs P Novak": the letter is of the first name; the surname comes behind the second."""
        link, title = self.tokens[place + 1 : place + 2], self.tokens[place + 2 : place + 3]
        return bool(title) and link[0].key == "and" and title[0].key in ("mr", "mrs", "ms", "miss")

    def _of_surname_letter(self, place: int) -> frozenset[str]:
        """ "Mrs P": the families with somebody of that sex whose surname begins with the letter."""
        letter, sex = self.tokens[place].key, self._titled(place)
        return frozenset().union(
            *(
                person.families
                for person in self.directory.people
                if person.name and person.name[-1].startswith(letter) and person.sex in (sex, None)
            )
        )
