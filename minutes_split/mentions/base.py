"""A mention: a place that points at a person, an address, an identifier, or at something said elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from minutes_split.spans import Span

Kind = Literal[
    "name",  # an exact rostered name; `families` are its candidates
    "label",  # what the document itself calls a family or somebody in it
    "near",  # a near miss, a nickname or initials of rostered people
    "letter",  # one capital that may stand for a first name
    "identifier",  # a rostered identifier, date of birth or address
    "professional",  # somebody who is there for work
    "kin",  # a relative by relation: "Mum", "her brother", "the children"
    "pronoun",
    "outsider",  # a noun for somebody outside the household: "a man", "her friend"
    "stranger",  # a name, number or address that no roster knows
    "unread",  # a word that nobody here can read
    "source",  # words for who told and does not want it known
    "handling",  # words that say that it is not for the family
    "contrast", "additive", "cross", "plural", "nearby", "event", "someone",  # cues, see lexicon/cues.toml
]  # fmt: skip

NOBODY: frozenset[str] = frozenset()


def together(told: Sequence[frozenset[str]]) -> frozenset[str]:
    """All of them; one that is alone comes back itself, so that a long paper does not keep thousands of equal sets."""
    return told[0] if len(told) == 1 else NOBODY.union(*told) if told else NOBODY


@dataclass(frozen=True, slots=True)
class Mention:
    """One expression of a unit that can refer to somebody."""

    kind: Kind
    span: Span
    """Where it stands in `Document.text`."""
    families: frozenset[str] = field(default=NOBODY, repr=False)
    """Candidate family ids; two or more where a name or a value is shared."""
    people: tuple[int, ...] = ()
    """Candidates among the directory's people, by number."""
    sex: str | None = None
    many: bool = False
    """Whether it is plural."""
    form: str = ""
    """How it is made: a name full, first, surname, alias; kin by its relation; a noun definite or indefinite."""
    owner: int | None = None
    """Number of the mention in the same unit that possesses it ("Kayleigh's mother": 0)."""
    speaks: bool = False
    """Whether it stands before a colon at the beginning of the unit, as a speaker."""
    begins: bool = False
    """Whether no word but a number or a title stands before it in the unit."""
    owned: bool = False
    """Whether somebody possesses it at all, be it a word that is no mention of its own."""
