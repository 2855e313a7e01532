"""Nouns for people: relatives and outsiders, with their article or possessor; and small words that nobody can read."""

from __future__ import annotations

from minutes_split.mentions.numbers import Numbers
from minutes_split.mentions.phrases import Phrase
from minutes_split.mentions.tokens import DIGITS, LOWER, TITLE, UPPER, joined

_OF_A_HOUSE = frozenset({"boy", "girl", "child", "sibling", "household", "parent"})
"""Words that a surname in front of them makes members of its family."""


class Nouns(Numbers):
    """Tells a noun that points at somebody from one that only describes or modifies."""

    def _noun(self, place: int, after: int, phrase: Phrase) -> int:
        """A relative or an outsider, with its article or possessor; nothing where it only modifies or describes."""
        token = self.tokens[place]
        form = self._article(place)
        if form == "any" and phrase.kind == "kin":
            form = "counted" if phrase.many else "indefinite"
        if (self._modifies(after, phrase) and form != "counted") or self._of_degree(place):
            return after
        owner, owned = self._owned(place)
        if not owned and phrase.form in _OF_A_HOUSE and (named := self._surname_before(place)) is not None:
            owner, owned = named, True
        if form == "indefinite" and not owned and phrase.form == "child" and self._has(place):
            owner, owned = len(self.found) - 1, True
        if form == "" and not owned and self._praises(place, after):
            return after
        if form == "" and token.shape == LOWER and not phrase.many and phrase.form in ("boy", "girl"):
            form = "indefinite"
        if form == "none" or (
            form == "indefinite" and not owned and (self._describes(place) or self._apposes(place, after, phrase))
        ):
            return after
        if form == "counted" and not phrase.many and self.tokens[place - 1].shape == DIGITS:
            form = ""  # "18/22 FOSTER CARER REVIEW"
        behind = self.tokens[after].key if after < len(self.tokens) else ""
        acts = after < len(self.tokens) and self.tokens[after].key in self.phrases.verbs
        if (
            phrase.kind == "outsider"
            and not self._bare_but_behind(place, phrase)
            and not phrase.many
            and form == ""
            and not owned
            and not self._opens(place)
            and not acts
        ):
            return after  # "subject to", "a plan to drive": an adjective or a verb
        if phrase.kind == "outsider" and self._role_at(after):
            return after  # "a male worker"
        if (
            behind == "of"
            and phrase.kind == "kin"
            and phrase.form not in self.grammar.unowned
            and after + 1 < len(self.tokens)
            and self.tokens[after + 1].shape in (TITLE, UPPER)
        ):
            owned = True
        if behind in self.grammar.restrictive or (form == "definite" and self._tells_which(phrase, behind)):
            form = "restrictive" if not owned else form
        if phrase.kind == "kin":
            self._emit(
                "kin",
                place,
                after,
                sex=phrase.sex,
                many=phrase.many,
                form=f"{phrase.form}:{form}",
                owner=owner,
                owned=owned,
            )
        else:
            self._emit(
                "outsider",
                place,
                after,
                sex=phrase.sex,
                many=phrase.many,
                form=f"{phrase.form}:{form}",
                owner=owner,
                owned=owned,
            )
        return after

    def _apposes(self, place: int, after: int, phrase: Phrase) -> bool:
        """ "Mr Olawale, an accountant,": says what somebody is who has just been named."""
        article = next(
            (at for at in (place - 1, place - 2, place - 3) if at > 0 and self.tokens[at].key in ("a", "an")), 0
        )
        if not article or phrase.form == "tied" or self._mention_at(article - 1) is None:
            return False
        behind = self.tokens[after].key if after < len(self.tokens) else ""
        rest = self.text[self.tokens[after - 1].end :][:1]
        gap = self.text[self.tokens[article - 1].end : self.tokens[article].start]
        return gap == ", " and (rest in ("", ".", ";", ")") or (rest == "," and behind not in ("and", "or", "who")))

    def _praises(self, place: int, after: int) -> bool:
        """ "Lovely lad, settling well.": in notes, what the one is like who is spoken of."""
        words = self.tokens[:place]
        return (
            bool(words)
            and all(word.key in self.grammar.praising or word.key in self.grammar.degree for word in words)
            and self.text[self.tokens[after - 1].end :][:1] in ("", ",", ".", ";", "!")
        )

    def _tells_which(self, phrase: Phrase, behind: str) -> bool:
        """ "the boy charged", "the girl having the party": the word behind tells which one is meant."""
        return behind in self.grammar.restrictive_behind_the or (
            phrase.form in ("boy", "girl") and behind.endswith("ing") and behind in self.phrases.words
        )

    def _bare_but_behind(self, place: int, phrase: Phrase) -> bool:
        """ "called by neighbour", "stayed with friend": the article is left out, as in notes."""
        return phrase.form == "tied" and place > 0 and self.tokens[place - 1].key in self.grammar.before_a_person

    def _of_degree(self, place: int) -> bool:
        """ "very patient": an adjective, and nobody."""
        return place > 0 and self.tokens[place - 1].key in self.grammar.degree

    def _has(self, place: int) -> bool:
        """ "has a new baby": a child of whom the sentence speaks."""
        return bool(self.found) and any(
            token.key in self.grammar.having for token in self.tokens[max(0, place - 3) : place]
        )

    def _surname_before(self, place: int) -> int | None:
        """ "the Harper girl": the family's name right before the word."""
        number = self._mention_at(place - 1)
        if number is None or not joined(self.text, self.tokens[place - 1], self.tokens[place]):
            return None
        mention = self.found[number]
        return number if mention.kind == "name" and mention.form == "surname" else None

    def _role_at(self, after: int) -> bool:
        if after >= len(self.tokens) or not joined(self.text, self.tokens[after - 1], self.tokens[after]):
            return False
        phrase, _ = self._phrase_at(after)
        return phrase is not None and phrase.kind == "role" and not self.tokens[after - 1].possessive

    def _modifies(self, after: int, phrase: Phrase) -> bool:
        """ "child protection", "family home": the noun only says what kind."""
        if after >= len(self.tokens) or (self.tokens[after - 1].possessive and not phrase.many):
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
            if at < 0 or not (joined(self.text, self.tokens[at], self.tokens[at + 1]) or self._adjectives(at, place)):
                return ""
            before = self.tokens[at]
            if before.key == "other" and at and self.tokens[at - 1].key in self.grammar.articles:
                continue  # "no other adult", "any other child"
            if before.key in self.grammar.articles:
                form = self.grammar.articles[before.key]
                if form == "counted" and at and self.tokens[at - 1].key in ("the", "these", "those"):
                    return "counted"
                return form
            if before.shape == DIGITS and len(before.key) < 4 and self.text[before.end] == " ":
                return "counted"
            if (
                before.key in self.grammar.not_adjectives
                or before.shape != LOWER
                or before.key in self.grammar.possessives
            ):
                return ""
        return ""

    def _adjectives(self, at: int, place: int) -> bool:
        """ "bubbly, truthful girl": a comma between two adjectives."""
        gap = self.text[self.tokens[at].end : self.tokens[at + 1].start]
        return gap == ", " and at + 1 < place and self.tokens[at].shape == LOWER

    def _describes(self, place: int) -> bool:
        """ "is a bright boy": says what somebody is, and names nobody new; not after "there is"."""
        for back in range(1, 9):
            at = place - back
            if at < 0:
                return False
            if self.tokens[at].key in self.grammar.be:
                return not (at and self.tokens[at - 1].key in ("there", "theres"))
            if (
                self.tokens[at].key in ("she", "he")
                and self.text[self.tokens[at].start : self.tokens[at].end][-2:] == "'s"
            ):
                return True
            if self.tokens[at].key in self.grammar.not_adjectives:
                return False
        return False

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
