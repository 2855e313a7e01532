"""Lint: one finding for each cause, places in words, nothing personal but through `show`, and advice that does what it says."""

from __future__ import annotations

import re

import pytest

from minutes_split import Roster, Split, Splitter, split
from minutes_split.cli import DONE, FOUND, USAGE, main
from minutes_split.linting import ADVICE, OWN_CODES, Lint, LintFinding, house_style, lint
from minutes_split.plan import SEVERITIES
from minutes_split.rules import RULE_NAMES, RULES, UNIT_RULES
from tests import gold

ROSTER = gold.roster("harper-okafor")
SPLITTER = Splitter(ROSTER)
HEADING = "2. Harper family\n\n"
NAMES = ("Jayden", "Chidi", "Kayleigh", "Ngozi", "Harper", "Okafor")


def found(text: str) -> tuple[Split, Lint]:
    result = SPLITTER.split(text)
    return result, lint(result)


def codes(text: str) -> list[str]:
    return [finding.code for finding in found(text)[1].findings]


def of_code(result: Lint, code: str) -> LintFinding:
    (only,) = [finding for finding in result.findings if finding.code == code]
    return only


# --- what is found ------------------------------------------------------------------------------


def test_a_pronoun_is_told_with_its_place_and_the_names_that_it_could_mean() -> None:
    result, told = found("4. Education\n\nJayden met Chidi. He was upset.\n")
    finding = of_code(told, "pronoun-of-last")
    shown = "“He” in item 4, second sentence could be Jayden or Chidi: name the person."
    assert shown == finding.show(result.document)
    assert finding.advice == "A pronoun could be one of several people: name the person."
    assert finding.where.place == "item 4, second sentence"
    assert finding.where.span.within(result.document.text) == "He"


def test_names_that_do_not_fit_the_pronoun_are_not_offered() -> None:
    result, told = found(HEADING + "Kayleigh said that Jayden met Chidi. He was upset.\n")
    assert "could be Jayden or Chidi:" in of_code(told, "pronoun-of-last").show(result.document)


@pytest.mark.parametrize(
    ("text", "code", "settles"),
    [
        (HEADING + "Jayden met Chidi. He was upset. He cried. He went home.\n", "pronoun-of-last", 3),
        (HEADING + "Jayden met Chidi. It was loud. It was long.\n", "goes-on", 2),
        (HEADING + "Mr Zorvik called.\n\nMr Zorvik rang.\n\nMr Zorvik left.\n", "stranger", 3),
        ("Harper and Okafor families\n\nThe home was clean.\n\nThe car was clean.\n", "heading-of-several", 3),
    ],
)
def test_what_leans_on_a_cause_is_counted_with_it_and_is_no_finding_of_its_own(
    text: str, code: str, settles: int
) -> None:
    """Mutant: a finding for each unit."""
    _, told = found(text)
    finding = of_code(told, code)
    assert (settles, "high") == (finding.settles, finding.severity)


def test_a_heading_on_which_nothing_leans_is_no_finding() -> None:
    assert codes("Harper and Okafor families\n\nJayden is in Year 5.\n") == []


def test_a_sentence_about_two_families_is_low_for_no_words_mend_it() -> None:
    _, told = found(HEADING + "Jayden is in Year 5 and Chidi is in Year 7.\n")
    assert [(f.code, f.severity) for f in told.findings] == [("two-families", "low")]


def test_minutes_in_which_everybody_is_named_have_no_finding_and_score_one() -> None:
    text = HEADING + "Jayden is in Year 5.\n\n3. Okafor family\n\nChidi is in Year 7.\n"
    _, told = found(text)
    assert (told.findings, told.score) == ((), 1.0)


def test_minutes_about_nobody_have_no_score() -> None:
    _, told = found("Tom Webb chaired.\n")
    assert told.score is None
    assert repr(told) == "<Lint: 0 high, 0 medium, 0 low; nothing in it is about anybody>"


def test_the_score_is_the_share_of_characters_about_somebody_that_reached_one_family() -> None:
    """White space, the heading and procedure are not counted."""
    text = f"Tom Webb chaired.\n\n{HEADING}Jayden is in Year 5.\n\nJayden hit Chidi.\n"
    _, told = found(text)
    about = len("JaydenisinYear5.") + len("JaydenhitChidi.")
    assert (len("JaydenisinYear5."), about) == (told.reached, told.about_somebody)
    assert told.reached / about == told.score


@pytest.mark.parametrize("case", gold.cases()[::7] + gold.document_cases(), ids=lambda case: case.name)
def test_every_finding_stands_in_a_unit_that_goes_to_nobody(case: gold.Case) -> None:
    result = case.split
    told = lint(result)
    for finding in told.findings:
        unit = result.units[finding.where.unit]
        assert unit.span.holds(finding.where.span)
        assert unit.status in ("unresolved", "mixed", "stranger")
        assert finding.code in ADVICE
    order = [(SEVERITIES.index(f.severity), f.where.span) for f in told.findings]
    assert sorted(order) == order
    assert told.score is None or 0 <= told.score <= 1


@pytest.mark.parametrize("case", gold.document_cases(), ids=lambda case: case.name)
def test_every_sentence_that_goes_to_nobody_has_a_cause_or_leans_on_one(case: gold.Case) -> None:
    """Counted: no fewer passages are settled than sentences with a letter, outside headings, cells and running headers."""
    result = case.split
    told = lint(result)
    headings = {number for unit in result.units for number in unit.headings}
    blocked = [
        unit
        for unit in result.units
        if unit.status in ("unresolved", "mixed", "stranger")
        and unit.number not in headings
        and result.blocks[unit.block].kind in ("paragraph", "item")
        and any(c.isalpha() for c in unit.span.within(result.document.text))
    ]
    assert len(blocked) <= sum(finding.settles for finding in told.findings)


# --- places -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("4. Education\n\nChidi hit Jayden.\n", "item 4"),
        ("4. Education\n\nJayden is in Year 5. Chidi hit Jayden.\n", "item 4, second sentence"),
        ("4. Education\n\nJayden is in Year 5.\n\nChidi hit Jayden.\n", "item 4, second paragraph"),
        ("Harper family\n\nChidi hit Jayden.\n", "under the first heading"),
        ("Jayden came.\n\nChidi hit Jayden.\n", "second paragraph"),
        ("Chidi hit Jayden.\n", "the text"),
    ],
)
def test_a_place_is_told_in_numbers_that_the_reader_sees(text: str, place: str) -> None:
    assert place == found(text)[1].findings[0].where.place


def test_a_cell_is_told_by_table_row_and_column() -> None:
    places = {
        finding.where.place for case in gold.document_cases() for finding in lint(case.split).findings
    }  # fmt: skip
    assert any(re.fullmatch(r"table \d+, row \d+, column \d+", place) for place in places)
    known = r"(item|table|row|column|under|its|the|heading|sub-heading|of|sentence|paragraph|text|[a-z]+th|first|second|third|twelfth|\d+(st|nd|rd|th)?|\d+(\.\d+)+)"
    for place in places:
        assert re.fullmatch(rf"{known}(,? {known})*", place), "a place holds a word that is none of ours"


# --- quiet --------------------------------------------------------------------------------------


def test_nothing_but_show_tells_a_word() -> None:
    """Mutant: an advice that quotes."""
    result, told = found(HEADING + "Jayden met Chidi. He was upset. Mr Zorvik called. Kaylee rang.\n")
    assert told.findings
    said = [repr(told), told._repr_html_(), told.scored]
    said += [part for f in told.findings for part in (repr(f), f.advice, repr(f.where), repr(f.candidates))]
    said += [str({**row, "fix": ""}) for row in told.to_records()]
    for words in said:
        assert not any(name in words for name in (*NAMES, "Zorvik", "Kaylee", "upset"))
    assert "Chidi" in told.show(result.document)


def test_a_fix_holds_invented_names_only() -> None:
    roster = Roster.load({"families": [{"id": "Qx", "people": [{"name": "Zbynqa Vuwjorian"}]}]})
    for finding in lint(split("Zbynqa met Wyxqon. He left. The other boy was there.\n", roster)).findings:
        assert not any(word in f"{finding.fix} {finding.advice}" for word in ("Qx", "Zbynqa", "Vuwjorian", "Wyxqon"))


# --- the guide ----------------------------------------------------------------------------------


def test_every_rule_has_advice_and_there_is_none_for_what_does_not_exist() -> None:
    names = {RULE_NAMES[rule][0] for rule in (*RULES, *UNIT_RULES)}
    assert names | set(OWN_CODES) == set(ADVICE)


@pytest.mark.parametrize("code", [code for code, advice in ADVICE.items() if advice.before])
def test_an_example_is_found_as_it_will_not_split_and_splits_as_it_will(code: str) -> None:
    """Whatever else of it cannot be mended is about both families as a matter of fact."""
    advice = ADVICE[code]
    _, before = found(f"{HEADING}{advice.before}\n")
    _, after = found(f"{HEADING}{advice.after}\n")
    assert code in [finding.code for finding in before.findings]
    assert {finding.severity for finding in after.findings} <= {"low"}
    assert (after.score or 0) > (before.score or 0)


def test_the_house_style_holds_each_rule_once_with_its_sentence_and_what_to_write() -> None:
    guide = house_style()
    for rule in (*RULES, *UNIT_RULES):
        assert guide.count(f"### {RULE_NAMES[rule][0]}\n\n{' '.join((rule.__doc__ or '').split())}\n") == 1
    assert guide.count("**Write:**") == len(ADVICE)
    assert guide.count("| not | but |") == sum(1 for advice in ADVICE.values() if advice.before)


# --- the command --------------------------------------------------------------------------------


def test_the_command_lists_what_to_mend_and_exits_with_3(capsys: pytest.CaptureFixture[str]) -> None:
    folder = gold.ROOT / "fixtures" / "neighbours"
    these = [str(folder / "minutes.docx"), "--roster", str(folder / "roster.json")]
    assert main(["lint", *these]) == FOUND
    told = capsys.readouterr()
    assert "could be Connor or Alfie: name the person." in " ".join(told.out.split())
    assert told.err == ""
    assert main(["lint", *these, "--format", "json"]) == FOUND
    assert "Connor" not in capsys.readouterr().out


def test_the_command_prints_the_house_style_without_minutes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", "--house-style"]) == DONE
    assert house_style() == capsys.readouterr().out
    with pytest.raises(SystemExit) as left:
        main(["lint"])
    assert left.value.code == USAGE
