"""No regular expression of the library takes more than linear time, whatever is put before it."""

from __future__ import annotations

import re

from tests.bench import regexes


def test_every_pattern_is_linear_on_the_worst_input_that_can_be_made() -> None:
    found = {place: regexes.grows(pattern, place) for place, pattern in regexes.patterns().items()}
    assert {place: told for place, told in found.items() if told} == {}


def test_patterns_of_modules_of_calls_and_of_the_lexicon_are_found() -> None:
    found = regexes.patterns()
    assert {"auditing.names.LOWER[0]", "frame._HEAD[0]"} <= set(found)
    assert any("pdf_bytes, line" in place for place in found)
    assert len(found) > 120


def test_a_pattern_that_is_not_linear_is_told() -> None:
    for said in (r"(?:a|aa)+b", r"/Kids\[([^\]]*)\]"):
        assert regexes.grows(re.compile(said)), said
