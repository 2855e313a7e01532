"""Every mention of a unit, in one pass over its words.

1. A rostered name, longest first; then an expression of the lexicon, longest first.
2. What is left is read by its shape: a small word is ordinary, heads a person, or is unread;
   a capital is ordinary, a place, or a stranger; a short run of capitals may be initials.
3. Numbers: identifiers, dates of birth, addresses, house numbers.
"""

from __future__ import annotations

from dataclasses import replace

import regex

from minutes_split.folding import Folded
from minutes_split.mentions.base import Mention
from minutes_split.mentions.nouns import Nouns
from minutes_split.mentions.phrases import Phrase
from minutes_split.mentions.reading import Known
from minutes_split.mentions.tokens import CODE, DIGITS, LOWER, TITLE, UPPER, joined

_TITLES = regex.compile(r"\b(?:Mr (?:and|&) Mrs|Mrs?|Ms|Miss)\b\.?")
_CASTS = frozenset({"applicant", "tenant", "victim", "perpetrator", "patient", "pupil", "carer"})
"""Relations that are a part in a case, which anybody may have."""


def find_mentions(known: Known, folded: Folded, offset: int, *, heading: bool = False) -> tuple[Mention, ...]:
    """The mentions of a unit whose folded text begins at `offset` of the document, in text order."""
    return _Pass(known, folded, offset, heading=heading).run()


class _Pass(Nouns):
    """One pass over the words of a unit."""

    def _phrase(self, place: int) -> int:
        phrase, after = self._phrase_at(place)
        if phrase is None:
            return place
        match phrase.kind:
            case "kin" | "outsider":
                return self._noun(place, after, phrase)
            case "pronoun":
                form = "object-of" if self._is_object(place, phrase) and self._same_clause(place) else phrase.form
                self._emit("pronoun", place, after, sex=phrase.sex, many=phrase.many, form=form)
            case "role" | "title":
                if phrase.kind == "title" and self._capital_follows(after):
                    return after  # the name behind it is read with its title
                self._emit("professional", place, after, form="role")
            case "private-title":
                return self._titled_person(after) if self._capital_follows(after) else place
            case "handling" if phrase.form == "part" and not self.heading:
                pass  # "intelligence only" in a sentence names no part of the paper
            case "source" | "handling":
                self._emit(phrase.kind, place, after, form=phrase.form)
            case "nearby" | "contrast" if self._only_says(place, after, phrase.kind):
                pass
            case "plural" if self._counts_things(place, after):
                pass
            case "contrast" | "additive" | "cross" | "plural" | "nearby" | "event" | "someone":
                if (phrase.form == "ordinal" and not self._verb_at(after)) or (
                    phrase.kind == "someone" and self._describes(place)
                ):
                    return after if phrase.kind == "someone" else place
                self._emit(phrase.kind, place, after, owned=self._owned(place)[1])
            case "known" if phrase.form == "place" and self._family_behind(after):
                self._emit("stranger", place, after, form="name")
            case "known" if phrase.form == "place" and self._person_like_place(place, after):
                return place
            case _:
                pass
        return after

    def _only_says(self, place: int, after: int, kind: str) -> bool:
        """ "was upstairs", "a flat above the shop", "no other family": where somebody is, and nobody else."""
        before = self.tokens[place - 1].key if place else ""
        if kind == "contrast":
            return before == "no"
        if self.tokens[place].key in ("upstairs", "downstairs"):
            behind = self.tokens[after].key if after < len(self.tokens) else ""
            acts = place == 0 and behind in self.phrases.verbs  # "Upstairs have complained"
            return not acts and before not in self.grammar.of_a_flat and behind not in self.grammar.of_a_flat
        behind = self.tokens[after].key if after < len(self.tokens) else ""
        return (
            self.tokens[after - 1].key in ("above", "below")
            and before != "the"
            and behind in (*self.grammar.articles, "shop")
        )

    def _counts_things(self, place: int, after: int) -> bool:
        """ "both arms", "both occasions": things and no people."""
        return (
            self.tokens[place].key == "both"
            and after < len(self.tokens)
            and self.tokens[after].key in self.grammar.things
            and joined(self.text, self.tokens[after - 1], self.tokens[after])
        )

    def _is_speech(self) -> bool:
        """Whether it begins within quotation marks, so that who says it may not be told in it."""
        said = self.text.strip()
        if self.heading or not said:
            return False
        return said[0] == '"' or (said[-1] == '"' and said.count('"') % 2 == 1)

    def _same_clause(self, place: int) -> bool:
        """Whether the last mention is the subject of the clause whose object "him" or "them" is, so that it is somebody else."""
        if not self.found:
            return False
        words = self.tokens[self.ends[-1] : place]
        if words and words[-1].key in ("to", "for"):
            words = words[:-1]  # "goes to him": no clause begins
        between = self.text[self.tokens[self.ends[-1] - 1].end : self.tokens[place].start]
        return not any(mark in between for mark in (",", ";", ":", "–", "(", " - ")) and not any(
            word.key in self.grammar.clause for word in words
        )

    def _is_object(self, place: int, phrase: Phrase) -> bool:
        """ "him"; and "her" where no noun follows, so that it is somebody and not somebody's."""
        if self.tokens[place].key != "her":
            return phrase.form == "object"
        after = place + 1
        return (
            after >= len(self.tokens)
            or not joined(self.text, self.tokens[place], self.tokens[after])
            or self.tokens[after].key in self.grammar.not_adjectives
            or self.grammar.articles.get(self.tokens[after].key) in ("definite", "indefinite")
        )

    def _person_like_place(self, place: int, after: int) -> bool:
        """A place name that is a forename too ("Chelsea", "Jordan") is a place only behind "in" or "at"."""
        if after - place > 1 or self.tokens[place].key not in self.phrases.forenames:
            return False
        return not (place and self.tokens[place - 1].key in self.phrases.place_before)

    def run(self) -> tuple[Mention, ...]:
        place = 0
        if self.tokens and self._is_speech():
            self._emit("someone", 0, 1, form="speaker")
        names, trie, declared = self.directory.names, self.phrases.trie, self.known.declared.professionals
        words, labels = self.phrases.words, self.known.declared.labels
        while place < len(self.tokens):
            token = self.tokens[place]
            key = token.key
            if key in labels and token.shape != LOWER:
                families, after = self._longest(labels, place)
                if families is not None:
                    self._emit("label", place, after, families=families, form="label")
                    place = after
                    continue
            if key in names or key in declared:
                after = self._name(place)
                if after > place:
                    place = after
                    continue
            if (
                token.shape == UPPER
                and (key in self.directory.initials or key in self.known.declared.initials)
                and self._initials_first(place)
            ):
                place += 1
                continue
            if token.shape == UPPER and self._begins_reference(place):
                place += 1
                continue
            if key in trie and not (len(key) == 1 and token.shape == TITLE):
                after = self._phrase(place)
                if after > place:
                    place = after
                    continue
            if key in self.grammar.contracted:
                place += 1
            elif key in self.known.declared.strangers and token.shape != LOWER:
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

    def _link(self) -> None:
        """A relative named in apposition ("auntie Linda") and one named by "of" lean on the name beside them."""
        for number, mention in enumerate(self.found[:-1]):
            behind = self.found[number + 1]
            if self._kin_name(number):
                self.found[number + 1] = replace(behind, form="relative", owner=number, owned=True)
            elif mention.kind == "kin" and not mention.owned and behind.kind == "stranger" and self._is_called(number):
                self.found[number] = replace(mention, form=f"{mention.form.partition(':')[0]}:restrictive")
            elif mention.kind == "kin" and not mention.owned and behind.kind == "name":
                gap = self.text[self._local(mention.span.end) : self._local(behind.span.start)]
                if _TITLES.sub("", gap).strip() in ("", ",", "(", "-", "–", ":"):
                    self.found[number] = replace(mention, owner=number + 1, owned=True)
            elif behind.kind == "kin" and not behind.owned and mention.kind == "name" and self._appended(number):
                relation = behind.form.partition(":")[0]
                self.found[number + 1] = replace(behind, owner=number, owned=True, form=f"{relation}:appended")
            elif mention.kind in ("kin", "outsider") and mention.owned and mention.owner is None:
                gap = self.text[self._local(mention.span.end) : self._local(behind.span.start)]
                if gap.split()[:1] == ["of"] and len(gap.split()) <= 2:
                    self.found[number] = replace(mention, owner=number + 1)

    def _appended(self, number: int) -> bool:
        """ "Tracy Leake, victim", "Jayden (son)": a relation that says who has just been named."""
        mention, behind = self.found[number], self.found[number + 1]
        gap = self.text[self._local(mention.span.end) : self._local(behind.span.start)]
        rest = self.text[self._local(behind.span.end) :][:1]
        return gap.strip() in (",", "(", "-", "–") and rest in ("", ",", ")", ";", ".", "\n") and not behind.many

    def _is_called(self, number: int) -> bool:
        """ "The tenant, Curtis Mayne,": who has that part in the case is told by name, and is nobody's on the roster."""
        mention, behind = self.found[number], self.found[number + 1]
        gap = self.text[self._local(mention.span.end) : self._local(behind.span.start)]
        return gap == ", " and mention.form.partition(":")[0] in _CASTS and behind.form in ("name", "word", "same-name")

    def _kin_name(self, number: int) -> bool:
        """ "her sister Donna": an unlisted relative by name, right behind the word for the relation."""
        mention, behind = self.found[number], self.found[number + 1]
        if (
            mention.kind != "kin"
            or not mention.owned
            or behind.kind != "stranger"
            or behind.form not in ("name", "word")
        ):
            return False
        gap = self.text[self._local(mention.span.end) : self._local(behind.span.start)]
        return gap in (" ", ", ", " (") and not mention.form.startswith(("partner", "boyfriend", "girlfriend"))
