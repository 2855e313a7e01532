"""Non-interference at scale: what is said of others does not change what a family gets, byte for byte.

Each law makes a twin of invented minutes, with the same headings, in which something about others is said otherwise,
and compares what leaves for the family, with and without a recipient from whom its address is kept.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from minutes_split import Confirm, Disclose, Document, Identify, Roster, Split, Splitter
from minutes_split.attribution import Fold, Unit
from minutes_split.decisions import Decision
from minutes_split.frame import Frame
from minutes_split.lexicon import default_lexicon
from minutes_split.mentions.base import Mention
from minutes_split.mentions.phrases import phrases
from minutes_split.mentions.tokens import LOWER, tokens
from minutes_split.rules.base import STRANGER
from minutes_split.spans import Span
from minutes_split.testing import (
    _BARE,
    _CELLS,
    _ITEMS,
    _OF_ONE,
    _PROCEDURE,
    _STEPS,
    STRANGERS,
    Minutes,
    _Page,
)
from tests.laws import Premise, at_scale, offered, splitter, told_at_scale

CHANCE = st.integers(0, 2**32).map(random.Random)
AT = datetime(2024, 3, 4, 9, 30, tzinfo=UTC)
RECIPIENTS: tuple[tuple[str, ...], ...] = ((), ("former-partner",))


# --- what is compared --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Read:
    """A document as it was split, with its frame and the mentions of each unit."""

    split: Split
    frame: Frame
    blocks: tuple[tuple[int, bool], ...]
    mentions: tuple[tuple[Mention, ...], ...]

    @property
    def bare(self) -> list[tuple[tuple[object, ...], ...]]:
        """The mentions without places and words."""
        return [tuple(map(_bare, each)) for each in self.mentions]

    @property
    def headings(self) -> list[str]:
        return [u.span.within(self.split.document.text) for u in self.split.units if self._heads(u.block, u.number)]

    def _heads(self, block: int, number: int) -> bool:
        return self.frame.places[block].heading and self.blocks[number][1]


def read_by(by: Splitter, text: str, decisions: Iterable[Decision] = ()) -> Read:
    frames: list[Frame] = []
    blocks: list[tuple[int, bool]] = []
    found: list[tuple[Mention, ...]] = []
    attribute = Fold.attribute

    def noted(self: Fold, piece: Any, mentions: tuple[Mention, ...], key: str) -> Any:
        frames.append(self.frame)
        blocks.append((piece.block, piece.first))
        found.append(mentions)
        return attribute(self, piece, mentions, key)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Fold, "attribute", noted)
        made = by.split(Document.from_text(text, document_id="one"), decisions=decisions)
    return Read(made, frames[0], tuple(blocks), tuple(found))


def _bare(mention: Mention) -> tuple[object, ...]:
    return (
        mention.kind, mention.families, mention.people, mention.sex, mention.many, mention.form, mention.owner, mention.owned,
    )  # fmt: skip


def given_to(found: Split, family: str) -> list[tuple[bytes, list[str]]]:
    """All that leaves for the family, and what is proposed to it, for each set of recipients."""
    views = [found.view(family, recipients) for recipients in RECIPIENTS]
    return [(view.outward().to_json(), [p.text for p in view.proposals]) for view in views]


def foreign(found: Split, target: str) -> list[Unit]:
    """The units that are not the family's, nor a heading."""
    heads = {number for unit in found.units for number in unit.headings}
    return [
        unit
        for unit in found.units
        if target not in (unit.parties or ()) and target not in unit.cleared_for and unit.number not in heads
    ]


def _same_frame(one: Read, other: Read) -> bool:
    a, b = one.frame, other.frame
    return a.places == b.places and len(a.speakers) == len(b.speakers) and one.blocks == other.blocks


# --- what is said otherwise --------------------------------------------------------------------------


_OTHERWISE = (
    (*_BARE, "The garden was full of flowers.", "The blanket and the kettle are new."),
    (*_ITEMS, "- carpet to be mended"),
    (*_CELLS, "carpet to be mended"),
    _PROCEDURE,
)
_OF_ONE_OTHERWISE = (*(said.removeprefix("{he}") for said in _OF_ONE), " likes the garden.", " has a blue bottle.")
_STRANGER_OTHERWISE = (" called about the noise.", " called about a window.")
_NUMBER = re.compile(r"(?<![\w-])\d+(?![\w-])")


def _replaced(said: str, chance: random.Random) -> str:
    """Another sentence in the place of one, with the same mentions; the same one if none is known."""
    for among in _OTHERWISE:
        if said in among:
            return chance.choice(among)
    for ends in (_OF_ONE_OTHERWISE, _STRANGER_OTHERWISE):
        for end in ends:
            if said.endswith(end):
                return said.removesuffix(end) + chance.choice(ends)
    return said


def _renumbered(said: str, start: int, mentions: Sequence[Mention], chance: random.Random) -> str:
    """Other numbers, as long or not, where no mention stands."""

    def other(match: re.Match[str]) -> str:
        place = Span(start + match.start(), start + match.end())
        if any(mention.span.meets(place) for mention in mentions):
            return match[0]
        return str(chance.randrange(1, 29))

    return _NUMBER.sub(other, said)


@lru_cache(maxsize=1)
def ordinary() -> tuple[str, ...]:
    """Words that are no mention, no cue and part of no expression of the lexicon."""
    known = phrases(default_lexicon())
    inside: set[str] = set()

    def collect(node: dict[Any, Any]) -> None:
        for key, below in node.items():
            if isinstance(key, str):
                inside.add(key)
                if isinstance(below, dict):
                    collect(below)

    collect(known.trie)
    pool = (
        "garden", "kettle", "blanket", "trouser", "cupboard", "pencil", "carpet", "window", "bottle", "button", "basket", "mirror",
    )  # fmt: skip
    return tuple(word for word in pool if word in known.words and word not in inside and word not in known.persons)


def _reworded(said: str, chance: random.Random) -> str:
    """The ordinary small words exchanged for other ordinary words, of the same length or not."""
    known = phrases(default_lexicon())
    parts, at = [], 0
    for token in tokens(said):
        key = token.key
        if token.shape == LOWER and len(key) >= 4 and key in known.words and key not in known.persons:
            if key in known.trie:
                continue
            parts += [said[at : token.start], chance.choice(ordinary())]
            at = token.end
    return "".join([*parts, said[at:]])


def said_otherwise(one: Read, units: Iterable[Unit], chance: random.Random) -> tuple[str, set[str]]:
    """The text with these units said otherwise, and how."""
    text, at = one.split.document.text, 0
    parts: list[str] = []
    how: set[str] = set()
    for unit in units:
        said = unit.span.within(text)
        which = chance.choice(("words", "numbers", "replaced", "kept"))
        now = said
        if which == "words":
            now = _reworded(said, chance)
        elif which == "numbers":
            now = _renumbered(said, unit.span.start, one.mentions[unit.number], chance)
        elif which == "replaced":
            now = _replaced(said, chance)
        if now != said:
            how.add(which)
        parts += [text[at : unit.span.start], now]
        at = unit.span.end
    return "".join([*parts, text[at:]]), how


def _what_is_there(written: Minutes) -> set[str]:
    kinds = {line.kind for line in written.lines}
    return {name for name, kind in (("tables", "cell"), ("lists", "item"), ("headings", "heading")) if kind in kinds}


# --- decisions ---------------------------------------------------------------------------------------


Place = Callable[[Split], Decision]
"""A decision about the same place in whichever of the twins."""


def _decided(found: Split, target: str, chance: random.Random) -> tuple[dict[str, Place], set[int]]:
    """Up to three decisions, and the units that they are about."""
    likely = [unit for unit in found.units if unit.parties == {target} and unit.strength == "likely"]
    kept = [unit for unit in found.units if unit.status in ("mixed", "stranger", "unresolved")]
    asked = [question for question in found.questions() if question.unit not in {unit.number for unit in kept[:1]}]
    common: dict[str, Any] = {"document_id": "one", "by": "j.smith", "at": AT}
    made: dict[str, Place] = {}
    about: set[int] = set()
    if likely:
        first = likely[0].number
        made["confirmed"] = lambda s: Confirm(units=(s.units[first].key,), family=target, **common)
        about.add(first)
    if kept:
        given_out = kept[0].number
        made["disclosed"] = lambda s: Disclose(unit=s.units[given_out].key, family=target, **common)
        about.add(given_out)
    if asked:
        question = chance.choice(asked)
        offset = question.key.rpartition("@")[2]
        party = chance.choice((target, STRANGER, "-"))
        made["identified"] = lambda s: Identify(mention=f"{s.units[question.unit].key}@{offset}", party=party, **common)
        about.add(question.unit)
    return made, about


# --- the laws ----------------------------------------------------------------------------------------


def _target(written: Minutes, chance: random.Random) -> str:
    return chance.choice(sorted({line.under for line in written.lines if line.under}))


def test_what_is_said_of_others_in_other_words_numbers_and_sentences_changes_nothing_for_a_family() -> None:
    """Mutants: state from the words of a withheld unit; a reference that hangs on the whole text; protected values sought in all of it."""
    premise = Premise()

    @at_scale()
    @given(told_at_scale(), CHANCE)
    def law(case: tuple[Roster, Minutes], chance: random.Random) -> None:
        roster, written = case
        by, target = splitter(roster), _target(written, chance)
        before = read_by(by, written.text)
        text, how = said_otherwise(before, foreign(before.split, target), chance)
        after = read_by(by, text)
        same = _same_frame(before, after) and before.bare == after.bare
        got = given_to(before.split, target)
        if got[0] != got[1]:
            how.add("recipients")
        premise.holds(same and bool(how) and bool(before.split.view(target).excerpts), *how, *_what_is_there(written))
        assume(same)
        assert given_to(after.split, target) == got

    law()
    premise.require(words=0.5, numbers=0.3, replaced=0.5, recipients=0.05, tables=0.3, lists=0.3, headings=1)


def test_the_same_decisions_about_the_same_places_give_a_family_the_same_whatever_is_said_of_others() -> None:
    """Mutant: an answer about one mention reaches other units."""
    premise = Premise()

    @at_scale()
    @given(told_at_scale(), CHANCE)
    def law(case: tuple[Roster, Minutes], chance: random.Random) -> None:
        roster, written = case
        by, target = splitter(roster), _target(written, chance)
        plain = by.split(Document.from_text(written.text, document_id="one"))
        made, about = _decided(plain, target, chance)
        before = read_by(by, written.text, [decision(plain) for decision in made.values()])
        others = [unit for unit in foreign(before.split, target) if unit.number not in about]
        text, how = said_otherwise(before, others, chance)
        otherwise = by.split(Document.from_text(text, document_id="one"))
        same = [(u.block, u.headings) for u in plain.units] == [(u.block, u.headings) for u in otherwise.units]
        if same:
            after = read_by(by, text, [decision(otherwise) for decision in made.values()])
            same = _same_frame(before, after) and before.bare == after.bare
        premise.holds(same and bool(how) and bool(made) and bool(before.split.view(target).excerpts), *made)
        assume(same)
        assert before.split.stale == after.split.stale == ()
        assert given_to(after.split, target) == given_to(before.split, target)

    law()
    premise.require(confirmed=0.1, disclosed=0.5, identified=0.3)


def test_parts_of_the_minutes_under_headings_of_others_may_be_written_anew() -> None:
    """Whatever stands there: other sentences, more or fewer, strangers, tables. Mutant: whom one heading has met is met under all."""
    premise = Premise()

    @at_scale()
    @given(told_at_scale(), CHANCE)
    def law(case: tuple[Roster, Minutes], chance: random.Random) -> None:
        roster, written = case
        by, first = splitter(roster), _target(written, chance)
        before = read_by(by, written.text)
        for target in (first, *(family for family in roster.ids if family != first)):
            text, how = _written_anew(written, before.split, roster, target, chance)
            if how:
                break  # a family of whom nothing is said under some other heading
        after = read_by(by, text)
        same = before.headings == after.headings and _about_nobody_of(after.split, target, text, before.split)
        premise.holds(same and bool(how) and bool(before.split.view(target).excerpts), *how)
        assume(same)
        assert given_to(after.split, target) == given_to(before.split, target)

    law()
    premise.require(0.3, strangers=0.3, counts=0.9, tables=0.2, lists=0.2)


def _written_anew(
    written: Minutes, found: Split, roster: Roster, target: str, chance: random.Random
) -> tuple[str, set[str]]:
    """The text with other parts under the headings of others, as far as nobody of the family is spoken of there."""
    text, parts, at = written.text, [], 0
    how: set[str] = set()
    for start, end, owner in _under_headings(written):
        if owner == target or any(
            target in {*(unit.parties or ()), *unit.cleared_for}
            for unit in found.units
            if start <= unit.span.start and unit.span.end <= end
        ):
            continue
        said = _body(roster, owner, target, chance)
        parts += [text[at:start], said.made().text]
        at = end
        kinds = Counter(line.kind for line in said.lines)
        was = Counter(line.kind for line in written.lines if start <= line.span.start < end)
        how |= {name for name, kind in (("tables", "cell"), ("lists", "item")) if kind in kinds}
        how |= {"counts"} if kinds != was else set()
        how |= {"strangers"} if any(name in said.made().text for name in STRANGERS) else set()
    return "".join([*parts, text[at:]]), how


def _under_headings(written: Minutes) -> Iterator[tuple[int, int, str]]:
    """Where the lines under each heading stand, and whose it is."""
    lines = written.lines
    for i, line in enumerate(lines):
        if line.kind != "heading" or line.under is None:
            continue
        end = i + 1
        while end < len(lines) and lines[end].kind not in ("heading", "title"):
            end += 1
        if end > i + 1:
            yield line.span.end + 1, _end_of_line(written.text, lines[end - 1].span.end), line.under


def _end_of_line(text: str, place: int) -> int:
    return text.index("\n", place) + 1


def _body(roster: Roster, owner: str, target: str, chance: random.Random) -> _Page:
    """Parts as the generator writes them, by chance, about anybody but the family."""
    page = _Page("{name}", frozenset())
    page.under = owner
    family = next(family for family in roster.families if family.id == owner)
    others = tuple(family for family in roster.families if family.id not in (owner, target))
    for _ in range(chance.randrange(1, 4)):
        kind = chance.choice(("paragraph", "paragraph", "list", "table"))
        among = {"paragraph": _STEPS, "list": ("item",), "table": ("own", "other")}[kind]
        steps = [(chance.choice(among), chance.randrange(2**16)) for _ in range(chance.randrange(1, 7))]
        page.part((kind, steps), family, others)
    return page


def _about_nobody_of(after: Split, target: str, text: str, before: Split) -> bool:
    """Whether the family is concerned by as many units as before: what was written anew speaks of nobody in it."""
    concerned = [
        sum(target in {*(unit.parties or ()), *unit.cleared_for} for unit in found.units) for found in (before, after)
    ]
    return concerned[0] == concerned[1]


def _in_excerpts(found: Split, family: str) -> set[int]:
    """The code points that a family's excerpts hold."""
    return {i for excerpt in found.view(family).excerpts for i in range(*excerpt.span)}


_SHARED = Roster.load(
    {
        "families": [
            {
                "id": "A",
                "people": [{"name": "Carys Cartwright", "sex": "F"}, {"name": "Dominic Cartwright", "sex": "M"}],
            },
            {"id": "B", "people": [{"name": "Deborah Donnelly", "sex": "F"}, {"name": "Dominic Donnelly", "sex": "M"}]},
        ]
    }
)


def test_a_stranger_who_was_met_does_not_propose_a_sentence_with_a_shared_name_to_another_family() -> None:
    """What the law below found: "Dominic" stands under A's heading, and both families have one."""
    head, tail = "Cartwright family\nHealth is good.", " Deborah went home with Dominic.\n"
    before, after = (
        splitter(_SHARED).split(head + more + tail) for more in ("", " Mrs Pemberton called about the noise.")
    )
    assert len(after.view("B").proposals) <= len(before.view("B").proposals)


@pytest.mark.parametrize(
    "places",
    [
        pytest.param(_in_excerpts, id="excerpts"),
        pytest.param(offered, id="proposals too"),
    ],
)
def test_one_more_sentence_about_a_stranger_or_about_others_again_gives_a_family_nothing(
    places: Callable[[Split, str], set[int]],
) -> None:
    """Under the family's own heading too. Mutant: a stranger ends a doubt."""
    premise = Premise()

    @at_scale()
    @given(told_at_scale(), CHANCE)
    def law(case: tuple[Roster, Minutes], chance: random.Random) -> None:
        roster, written = case
        by, target = splitter(roster), _target(written, chance)
        before = read_by(by, written.text)
        said = [unit for unit in foreign(before.split, target) if written.text[unit.span.end - 1] == "."]
        what = chance.choice(("again", "stranger"))
        if not said:
            premise.holds(False)
            return
        unit = chance.choice(said)
        more = unit.span.within(written.text)
        if what == "stranger":
            more = chance.choice(STRANGERS) + chance.choice(_STRANGER_OTHERWISE)
        at = unit.span.end
        after = read_by(by, f"{written.text[:at]} {more}{written.text[at:]}")
        same = before.headings == after.headings and len(after.split.units) == len(before.split.units) + 1
        own = any(line.under == target and line.span.start <= at <= line.span.end for line in written.lines)
        premise.holds(same and bool(before.split.view(target).excerpts), what, *(("own_ground",) if own else ()))
        assume(same)
        got = {i if i < at else i - len(more) - 1 for i in places(after.split, target)}
        assert got <= places(before.split, target)
        assert not places(after.split, target) & {*range(at, at + len(more) + 1)}

    law()
    premise.require(again=0.3, stranger=0.3, own_ground=0.2)
