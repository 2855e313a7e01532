"""Capitals that stand alone: role codes ("V", "M"), initials, the first letter of a name."""

from __future__ import annotations

from minutes_split.mentions.directory import PROFESSIONAL
from minutes_split.mentions.names import Names
from minutes_split.mentions.reading import DOUBT
from minutes_split.mentions.tokens import CODE, DIGITS, LOWER, TITLE, joined


class Initials(Names):
    """Finds people who are written as one to three letters."""

    def _letter(self, place: int) -> int:
        """A capital that stands alone: a role code ("V", "M"), or the first letter of a name."""
        token = self.tokens[place]
        key = token.key
        dotted = self._dotted(place)
        if dotted > place + 1:
            return self._initialled(place, dotted, "".join(t.key for t in self.tokens[place:dotted]))
        if self._pair(place):
            return place + 2
        if (
            key in ("a", "i")
            or (self._opens(place) and self.text[token.end : token.end + 1] in ").")
            or self._beside_number(place)
            or (place and self.tokens[place - 1].key in self.grammar.lettered)  # "Band B"
            or (
                place > 1
                and self.tokens[place - 1].key == "and"
                and (self.tokens[place - 2].key, key) in self.phrases.pairs
            )
        ):
            return place + 1
        if key in self.grammar.role_codes and not (key == "p" and self._beside_number(place)):
            relation, sex = self.grammar.role_codes[key]
            owner, owned = self._owned(place)
            self._emit("kin", place, place + 1, sex=sex, form=f"{relation}:", owner=owner, owned=owned)
            return place + 1
        behind = self.tokens[place + 1] if place + 1 < len(self.tokens) else None
        if (
            behind is not None
            and behind.shape == TITLE
            and self._titled(place) == "work"
            and joined(self.text, token, behind)
        ):
            if behind.key in self.directory.names:
                return place + 1
            self._work(place, place + 2)  # "Dr L Winterton"
            return place + 2
        if (
            key in ("l", "r")
            and behind is not None
            and behind.shape == LOWER
            and behind.key not in self.phrases.verbs
            and joined(self.text, token, behind)
        ):
            return place + 1  # "L cheek", "R arm": the side of a body
        people = self.directory.letters.get(key, frozenset())
        family = tuple(sorted(n for n in people if n >= 0))
        if family or PROFESSIONAL not in people:
            self._emit("letter", place, place + 1, families=self._families(family), people=family, form="letter")
        else:
            self._emit("professional", place, place + 1, form="letter")
        return place + 1

    def _pair(self, place: int) -> bool:
        """ "A&E", "A+E", "T/C": an abbreviation, unless two people of one family have these first letters."""
        two = self.tokens[place : place + 2]
        if len(two) < 2 or self.text[two[0].end : two[1].start].strip() not in ("&", "+", "/"):
            return False
        first, second = (self.directory.letters.get(token.key, frozenset()) for token in two)
        return tuple(token.key for token in two) in self.phrases.pairs and not any(
            a != b and min(a, b) >= 0 and self._families((a,)) & self._families((b,)) for a in first for b in second
        )

    def _dotted(self, place: int) -> int:
        """The number of the word behind "N.G." or "B. G.": single capitals with dots between."""
        after = place + 1
        while (
            after < len(self.tokens)
            and after - place < 4
            and len(self.tokens[after].key) == 1
            and self.tokens[after].shape == TITLE
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
        if key in self.known.declared.initials:
            self._initialled(place, place + 1, key)
            return True
        phrase, _ = self._phrase_at(place)
        family = any(n >= 0 for n in self.directory.initials[key])
        if phrase is not None and (phrase.kind in ("role", "title") or (family and self._common_abbreviation(place))):
            return False
        self._initialled(place, place + 1, key)
        return True

    def _common_abbreviation(self, place: int) -> bool:
        """Such as "CP plan": an abbreviation right before an ordinary word that is no verb, or behind an article."""
        behind = self.tokens[place + 1] if place + 1 < len(self.tokens) else None
        before = self.tokens[place - 1].key if place else ""
        return before in ("the", "a", "an", "on") or (
            behind is not None
            and behind.shape == LOWER
            and behind.key not in self.phrases.verbs
            and behind.key not in self.grammar.not_adjectives
            and joined(self.text, self.tokens[place], behind)
        )

    def _initials(self, place: int) -> int:
        """Two or three capitals that the lexicon does not know may be somebody's initials; of longer ones, `place` itself."""
        token = self.tokens[place]
        behind = self.tokens[place + 1] if place + 1 < len(self.tokens) else None
        if behind is not None and behind.shape in (DIGITS, CODE) and behind.start - token.end <= 1:
            return place + 1  # "AZ-1187": the beginning of a reference
        if token.key in self.phrases.words and token.key not in self.directory.initials:
            return place + 1
        if len(token.key) > 3 and token.key not in self.directory.initials:
            return place
        return self._initialled(place, place + 1, token.key)

    def _initialled(self, place: int, after: int, key: str) -> int:
        """Whose initials these are: a professional's, somebody's in a family, or a stranger's."""
        people = self.directory.initials.get(key, frozenset())
        family = tuple(sorted(n for n in people if n >= 0))
        if key in self.known.declared.initials or (people and not family):
            self._emit("professional", place, after, form="initials")
        elif family:
            families = self._families(family) | ({DOUBT} if PROFESSIONAL in people else frozenset())
            self._emit("near", place, after, families=families, people=family, form="initials")
        else:
            self._emit("stranger", place, after, form="code")
        return after
