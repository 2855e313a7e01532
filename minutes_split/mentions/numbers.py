"""Numbers: identifiers, dates of birth, doors and addresses, case numbers, and those that no roster knows."""

from __future__ import annotations

import regex

from minutes_split.mentions.capitals import Capitals
from minutes_split.mentions.tokens import CODE, DIGITS, LOWER, TITLE, UPPER, Token, joined

_DATE = regex.compile(r"\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})\b|\d{4}-\d{1,2}-\d{1,2}\b")
_LONG = regex.compile(r"[A-Za-z]{0,3}\d[\dA-Za-z]*+(?:[ /-]\d[\dA-Za-z]*+)*+")
_HOURS = regex.compile(r"(?:[01]\d|2[0-3])[0-5]\d-(?:[01]\d|2[0-3])[0-5]\d")
"""From a time of day to another: "1015-1025"."""
DOOR = 4
"""Digits at most of a door, or of what is counted: "Law no. 3713"."""
HOURS = 12
"""A bare number up to this, behind "at", may be an hour, or how old somebody was, and not a door."""
_SOMEBODY = regex.compile(r"(?:c|v|p|yp|ch|vic|perp|sus|child|sub|case)\d{1,2}")
_SCANNED = tuple(str.maketrans("01583", letters) for letters in ("olsbe", "oisbe"))
"""Digits that a scan puts for letters."""


class Numbers(Capitals):
    """Finds what is pointed at by a number."""

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
        while (
            at < len(self.tokens)
            and at - place < 12  # words of a rostered address: flat, house, street, town, postcode
            and self.tokens[at].start - self.tokens[max(at - 1, place)].end <= 2
        ):
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
            if (
                len(token.key) > 1 and token.key in self.directory.houses and not self.heading and listed
            ):  # the number of a list, or somebody's door
                self._emit("near", place, place + 1, families=self.directory.houses[token.key], form="near")
            return place + 1
        if self._year_group(place):
            return place + 1
        code = self.tokens[place - 1].key + token.key if place else token.key
        if code in self.directory.codes and joined(self.text, self.tokens[place - 1], token):
            self._emit("identifier", place - 1, place + 1, families=self.directory.codes[code], form="case")
            return place + 1
        if token.shape == CODE and f"case{token.key[1:]}" in self.directory.codes and token.key[0] == "c":
            self._emit(
                "identifier", place, place + 1, families=self.directory.codes[f"case{token.key[1:]}"], form="case"
            )
            return place + 1
        if token.shape == CODE and _SOMEBODY.fullmatch(token.key) and self.text[token.start].isupper():
            self._emit("letter", place, place + 1, form="letter")  # "YP2", "C9": somebody by a code
            return place + 1
        if token.shape == CODE and self._misread(place):
            return place + 1
        return self._house(place) or self._elsewhere(place) or self._unknown_value(place)

    def _year_group(self, place: int) -> bool:
        """ "a Year 10": somebody of that year."""
        before = self.tokens[place - 1].key if place else ""
        if (
            before not in ("year", "yr")
            or place < 2
            or not joined(self.text, self.tokens[place - 2], self.tokens[place - 1])
            or self.tokens[place - 2].key not in ("a", "an", "another", "one", "some", "two")
        ):
            return False
        behind = (
            self.tokens[place + 1].key
            if place + 1 < len(self.tokens) and joined(self.text, self.tokens[place], self.tokens[place + 1])
            else ""
        )
        if (
            behind
            and behind in self.phrases.words
            and behind not in self.phrases.persons
            and behind not in self.phrases.verbs
            and behind not in self.grammar.not_adjectives
        ):
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
        """ "in item 2", "cases 1 and 8": another place of the papers, unless it is the number of this one."""
        before = self.tokens[place - 1].key if place else ""
        if before not in self.grammar.numbered_things or place < 2 or self.heading:
            return 0
        after = place + 1
        while (
            after + 1 < len(self.tokens)
            and self.tokens[after].key in ("and", "to")
            and self.tokens[after + 1].shape == DIGITS
        ):
            after += 2
        self._emit("cross", place - 1, after)
        return after

    def _house(self, place: int) -> int:
        """ "number 16", "at 16", "16 Elm Grove": somebody's door; "12/14 Elm Grove", "12 and 14": two doors."""
        token = self.tokens[place]
        building, after = self._longest(self.directory.streets, place)
        if building is not None and after - place > 1:  # of "Flat 2, 11 Lemon Hill"
            self._street(place, after, building)
            return after
        if door := self._door(place):
            return door
        pair = self._second_door(place)
        if pair and token.key in self.directory.houses:
            self._emit("identifier", place, place + 1, families=self.directory.houses[token.key], form="house")
            return pair
        before = self.tokens[place - 1].key if place else ""
        street, after = (
            self._longest(self.directory.streets, place + 1) if place + 1 < len(self.tokens) else (None, place)
        )
        families = self.directory.houses.get(token.key)
        behind = self.tokens[place + 1] if place + 1 < len(self.tokens) else None
        if street is not None and joined(self.text, token, self.tokens[place + 1]):
            self._emit("stranger", place, after, form="address")
            return after
        if before in ("number", "no", "nos", "door", "flat", "numbers"):
            if place > 1 and self.tokens[place - 2].key in self.grammar.counted_things and not families:
                return place + 1 if len(token.key) <= DOOR else 0  # "core group no. 4"
            if families:
                self._emit("identifier", place, place + 1, families=families, form="house")
                return place + 1
            if self.text[token.end : token.end + 1] != ":" and before != "flat":
                self._emit("stranger", place, place + 1, form="address")
            return place + 1
        if families and before in ("at", "from", "to", "and", "outside", "opposite") and not self._counts(behind):
            if token.key.isdigit() and int(token.key) <= HOURS:
                self._emit("near", place, place + 1, families=families, form="near")
            else:
                self._emit("identifier", place, place + 1, families=families, form="house")
            return place + 1
        if behind is not None and behind.shape == TITLE and len(token.key) <= 4 and joined(self.text, token, behind):
            run = self._run_of_capitals(place + 1)
            if self.tokens[run - 1].key in self.phrases.streets and run > place + 2:
                self._emit("stranger", place, run, form="address")
                return run
        return 0

    def _door(self, place: int) -> int:
        """ "5 Sycamore", where the roster has 5 Sycamore Drive: the number of the word behind it, or 0."""
        path = [self.tokens[place].key]
        for at in range(place + 1, min(place + 4, len(self.tokens))):
            if self.tokens[at].shape != TITLE or not joined(self.text, self.tokens[at - 1], self.tokens[at]):
                break
            path.append(self.tokens[at].key)
            behind = self.tokens[at + 1].key if at + 1 < len(self.tokens) else ""
            if behind not in self.phrases.streets and (families := self.directory.doors.get(tuple(path))):
                self._emit("identifier", place, at + 1, families=families, form="value")
                return at + 1
        return 0

    def _second_door(self, place: int) -> int:
        """The number of the word that is the second door of a pair, or 0."""
        for step, links in ((1, ("/", "-", " & ", "&")), (2, ())):
            at = place + step
            if (
                at >= len(self.tokens)
                or self.tokens[at].shape != DIGITS
                or self.tokens[at].key not in self.directory.houses
            ):
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
        return (
            gap in ":./%"
            or behind.key in self.grammar.counted
            or (
                behind.shape == LOWER
                and behind.key not in self.grammar.not_adjectives
                and behind.key not in ("has", "was", "who")
            )
        )

    def _unknown_value(self, place: int) -> int:
        """A long number that no roster knows identifies somebody all the same."""
        run = _LONG.match(self.text, self.tokens[place].start)
        if run and _HOURS.fullmatch(run.group()):
            return self._word_after(run.end(), place)
        if not run or sum(c.isdigit() for c in run.group()) < 6:
            return place + 1
        after = self._word_after(run.end(), place)
        if (
            self.text[run.end() : run.end() + 1] == "/"
            and after < len(self.tokens)
            and self.tokens[after].shape == UPPER
        ):
            after += 1  # "22/01419/FUL"
        plain = "".join(c for c in run.group().casefold() if c.isalnum())
        near = frozenset().union(
            *(
                f
                for v, f in self.directory.values.items()
                if len(v) == len(plain) and len(v) >= 6 and sum(a != b for a, b in zip(v, plain, strict=True)) <= 1
            )
        )
        self._emit("stranger", place, after, families=near, form="value")
        return after


def _date_key(written: str) -> str:
    parts = [str(int(part)) if len(part) < 3 else part for part in regex.split(r"[/.-]", written)]
    if len(regex.split(r"[/.-]", written)[0]) == 4:
        return "d:" + "-".join(parts)
    year = regex.split(r"[/.-]", written)[2]
    return f"d:{parts[0]}/{parts[1]}/{year}"
