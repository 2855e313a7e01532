"""Every rule has a name, a sentence and a case that anyone can read, in which it speaks and in which it does not."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from minutes_split import attribution
from minutes_split.lexicon import default_lexicon
from minutes_split.mentions.base import Kind, Mention
from minutes_split.rules import BY_KIND, RULE_NAMES, RULES, UNIT_RULES, Claim, Context, Rule
from tests import gold

ALL = (*RULES, *UNIT_RULES)
NAMES = [RULE_NAMES[rule][0] for rule in ALL]


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_has_a_case_in_which_it_fires_and_one_in_which_it_is_silent(name: str) -> None:
    path = gold.CASES / f"{name}.txt"
    assert path.exists(), f"fixtures/cases/{name}.txt is missing"
    case = gold.load(path)
    assert case.fires, "the header names no line at which it fires"
    assert case.silent, "the header names no line at which it is silent"


def test_every_rule_that_is_registered_stands_in_one_of_the_two_lists_once() -> None:
    assert len({*ALL}) == len(ALL)
    assert {*RULE_NAMES} == {*ALL}
    assert len({*NAMES}) == len(NAMES)


@pytest.mark.parametrize("rule", ALL, ids=NAMES)
def test_a_rule_is_named_for_its_phenomenon_and_its_docstring_is_one_plain_sentence(rule: object) -> None:
    name, said = RULE_NAMES[rule][0], rule.__doc__ or ""
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name)
    assert rule.__name__ == name.replace("-", "_") or name.startswith(rule.__name__.rstrip("_").replace("_", "-"))  # type: ignore[attr-defined]  # a rule is a function
    assert said.endswith(".")
    assert "\n\n" not in said
    assert not re.search(r"[a-z]\. [A-Z]", said), "it is more than one sentence"


def test_every_kind_of_mention_is_read_by_some_rule() -> None:
    assert set(BY_KIND) == set(get_args(Kind))


def test_a_rule_says_the_same_when_asked_twice_and_signs_its_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked about every mention of every case. Mutant: a rule that counts, or that signs with another's name."""
    asked = []

    def twice(rule: Rule) -> Rule:
        def asked_twice(context: Context, mention: Mention) -> Claim | None:
            first, second = rule(context, mention), rule(context, mention)
            assert first == second
            assert first is None or first.rule == RULE_NAMES[rule][0]
            asked.append(rule)
            return first

        return asked_twice

    checked = {kind: tuple(twice(rule) for rule in rules) for kind, rules in BY_KIND.items()}
    monkeypatch.setattr(attribution, "BY_KIND", checked)
    for case in gold.judged_cases():
        assert case.split.units
    assert {*asked} == {*RULES}


def test_a_claim_rests_on_the_mention_it_was_asked_about() -> None:
    for case in gold.judged_cases():
        for unit in case.split.units:
            assert all(unit.span.holds(span) for claim in unit.claims for span in claim.spans)


def test_cue_words_stand_in_the_lexicon_and_not_in_the_rules() -> None:
    assert default_lexicon().entries("cues", "contrast")
    assert default_lexicon().entries("cues", "headings", "attendance")
