"""The pages, in a real browser: filter, answer, export, feed back; hostile text stays inert; every sheet of paper is marked."""

from __future__ import annotations

import json
import re
import shutil
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from minutes_split import Confirm, Document, Identify, MinutesSplitError, Plan, Roster, Split, audit, read, split
from minutes_split.release import Release, asked
from minutes_split.reports.listing import of_split
from minutes_split.reports.markdown import as_markdown
from minutes_split.reports.page import Page, words
from minutes_split.reports.plain import as_plain
from minutes_split.reports.release_check import PARAPHRASE, release_check, withheld_in_groups
from minutes_split.reports.release_listing import of_release_check
from minutes_split.reports.working import working_view
from minutes_split.wire import answers_of_checker, decisions_from_answers

FOLDER = Path(__file__).parent.parent / "fixtures" / "neighbours"
AT = datetime(2022, 10, 12, 9, 30, tzinfo=UTC)
ATTACK = '</script><script>window.hit=1</script><img src=x onerror=window.hit=1> " \' onfocus=window.hit=1 autofocus x=" <!-- `'
ATTACKING_ID = 'A"><img/src=x/onerror=window.hit=1><svg/onload=window.hit=1>'
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def roster() -> Roster:
    return Roster.load((FOLDER / "roster.json").read_bytes())


@pytest.fixture(scope="module")
def result(roster: Roster) -> Split:
    return split(read(FOLDER / "minutes.docx"), roster)


@pytest.fixture(scope="module")
def plan(result: Split) -> Plan:
    made = Plan("A", purpose="child protection plan")
    for excerpt in result.view("A").excerpts[:6]:
        made = made.paste(excerpt, field="Information")
    basis = [withheld.key for withheld in result.withheld("A").concerns[:2]]
    made = made.write("Alfie was hurt by an older child.", field="Danger and harm", basis=basis)
    return made.write("held a knife to him in the back garden and made him hand over", field="Danger and harm")


@pytest.fixture(scope="module")
def attacked() -> Split:
    roster = Roster.load(
        {
            "families": [
                {"id": ATTACKING_ID, "label": ATTACK, "people": [{"name": "Kayleigh Harper", "sex": "F"}]},
                {"id": "B", "people": [{"name": "Ngozi Okafor", "sex": "F"}]},
            ]
        }
    )
    minutes = f"Harper family {ATTACK}\n\nKayleigh Harper said {ATTACK}. She left.\n\nNgozi Okafor met Kayleigh Harper, who said {ATTACK}. She was upset {ATTACK}."
    open_ = split(minutes, roster)
    key = open_.questions()[0].key
    said = {"document_id": open_.document.document_id, "by": ATTACK, "at": AT, "why": ATTACK}
    return split(minutes, roster, decisions=[Identify(mention=key, party="B", **said)])


# --- what is in a page --------------------------------------------------------------------------


def both(result: Split, plan: Plan) -> list[Page]:
    found = audit(plan, against=[result])
    return [working_view(result, found=found, draft=plan), release_check(plan, against=[result])]


def test_a_page_allows_its_own_style_and_script_and_nothing_else(result: Split, plan: Plan) -> None:
    for page in both(result, plan):
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page.html)
        style = re.findall(r"<style>(.*?)</style>", page.html, re.S)
        script = re.findall(r"<script[^>]*>(.*?)</script>", page.html, re.S)
        assert policy is not None
        digests = [b64encode(sha256(text.encode()).digest()).decode() for text in (*style, *script)]
        assert policy[1] == (
            f"default-src 'none'; style-src 'sha256-{digests[0]}'; script-src 'sha256-{digests[1]}'; base-uri 'none'; form-action 'none'"
        )
        assert len(digests) == 2
        assert not re.search(r"https?://|<link|<iframe|\sstyle=|\son\w+=", page.html)


def test_the_name_of_a_page_says_that_it_is_for_inside_and_its_repr_holds_no_words(result: Split, plan: Plan) -> None:
    for page in both(result, plan):
        assert page.name.endswith(".internal.html")
        assert re.fullmatch(r"<Page [\w-]+\.internal\.html: \d+ characters>", repr(page))
        assert "INTERNAL: " in page.html
        assert ", 2 families. Not for a family." in page.html


def test_whole_minutes_stand_in_a_page_only_if_they_are_asked_for_and_then_it_says_so(
    result: Split, plan: Plan
) -> None:
    procedure = next(u.span.within(result.document.text) for u in result.shared() if u.span.end - u.span.start > 30)
    for page in both(result, plan):
        assert "WHOLE MINUTES" not in page.html
        assert procedure not in page.html
    for page in (
        working_view(result, unsafe_whole_document=True),
        release_check(plan, against=[result], unsafe_whole_document=True),
    ):
        assert "WHOLE MINUTES: 1 document." in page.html
        assert procedure in page.html


def test_a_release_check_lays_out_all_that_a_checker_has_to_see(result: Split, plan: Plan, roster: Roster) -> None:
    proposal = result.view("A").proposals[0]
    answer = Confirm(
        document_id=result.document.document_id, by="s.begum", at=AT, units=proposal.units, family="A", why="Read in its place."
    )  # fmt: skip
    decided = split(result.document, roster, decisions=[answer])
    page = release_check(plan, against=[decided]).html
    assert PARAPHRASE in page
    assert "By position, not by name." in page
    assert "No source is stated." in page
    assert "Taken up in own words in “Danger and harm”." in page
    assert "Not taken up in the draft." in page
    assert "by s.begum at 2022-10-12T09:30:00+00:00. Read in its place." in page
    assert page.count("data-answer=") == len(asked(audit(plan, against=[decided])))


def test_a_release_check_of_a_released_plan_shows_the_answers_on_record(result: Split, plan: Plan) -> None:
    release = released(
        result, plan, {q.key: f"Answer {i}." for i, q in enumerate(asked(audit(plan, against=[result])))}
    )
    page = release_check(plan, against=[result], release=release).html
    assert "<strong>Answer:</strong> Answer 0." in page
    assert "data-answer=" not in page
    assert "Written by s.begum; checked by p.henshaw at 2022-10-12T09:30:00+00:00" in page
    with pytest.raises(MinutesSplitError) as refused:
        release_check(plan.write("More.", field="More"), against=[result], release=release)
    assert str(refused.value) == "release: is not of the text that is shown [release-other-text]"


def released(result: Split, plan: Plan, answers: dict[str, str]) -> Release:
    return Release.gate(
        plan, against=[result], checker="p.henshaw", author="s.begum", answers=answers, now=AT, record_id="1", used_ids=(),
        expires=AT + timedelta(days=1), policy=result.policy, recipients=(),
    )  # fmt: skip


def test_the_release_check_as_markdown_says_what_the_page_says(result: Split, plan: Plan, roster: Roster) -> None:
    proposal = result.view("A").proposals[0]
    answer = Confirm(
        document_id=result.document.document_id, by="s.begum", at=AT, units=proposal.units, family="A", why="Read in its place."
    )  # fmt: skip
    decided = split(result.document, roster, decisions=[answer])
    told = as_markdown(of_release_check(plan, against=[decided]))
    for said in (
        "INTERNAL: ", PARAPHRASE, "By position, not by name", "No source is stated", "Taken up in own words in “Danger and harm”",
        "Not taken up in the draft", "Read in its place", "Answer: none yet", "not cleared for the family",
        "## Concerns the family and is withheld", "## Given by position, and not by name",
    ):  # fmt: skip
        assert said in told
    for question in asked(audit(plan, against=[decided])):
        assert question.message.split("[")[0].strip()[:40] in told
    for entry in plan.entries:
        assert entry.text.split()[0] in told


def test_the_release_check_of_a_released_plan_says_who_answered_what_in_markdown(result: Split, plan: Plan) -> None:
    answers = {q.key: f"Answer {i}." for i, q in enumerate(asked(audit(plan, against=[result])))}
    told = as_markdown(of_release_check(plan, against=[result], release=released(result, plan, answers)))
    assert "Answer: Answer 0" in told
    assert "Written by s\\.begum" in told.replace("s.begum", "s\\.begum")
    with pytest.raises(MinutesSplitError) as refused:
        of_release_check(plan.write("More.", field="More"), against=[result], release=released(result, plan, answers))
    assert str(refused.value) == "release: is not of the text that is shown [release-other-text]"


def test_whole_minutes_in_markdown_are_marked_in_every_part(result: Split, plan: Plan) -> None:
    plain = of_release_check(plan, against=[result])
    whole = of_release_check(plan, against=[result], unsafe_whole_document=True)
    assert [part.title for part in whole.parts] == [*(part.title for part in plain.parts), "Whole minutes 1"]
    assert all("WHOLE MINUTES: 1 document." in part.lead for part in whole.parts)
    assert "WHOLE MINUTES" not in as_markdown(plain)
    assert whole.parts[-1].entries[0].words == result.document.text


def test_nothing_that_is_for_inside_is_audited_as_a_plan(result: Split, plan: Plan) -> None:
    page = release_check(plan, against=[result], unsafe_whole_document=True)
    report = as_markdown(of_release_check(plan, against=[result], unsafe_whole_document=True))
    drafts: list[Document | Plan | str] = [
        read(page.html.encode()), Document.from_text(report), report, as_plain(of_split(result)),
        working_view(result).html, plan.write(report, field="More"), "Seen. INTERNAL: release check,\n2 families. Not for\na family.",
    ]  # fmt: skip
    for draft in drafts:
        family = None if isinstance(draft, Plan) else "A"
        with pytest.raises(MinutesSplitError) as refused:
            audit(draft, against=[result], family=family)
        assert (
            str(refused.value) == "draft: carries the mark of what is for inside only, and is no plan [audit-internal]"
        )
    audit("INTERNAL: the door was shut. It was not for a family.", against=[result], family="A")


def test_a_checker_reads_the_release_check_of_a_short_plan_in_five_minutes(result: Split) -> None:
    """At 240 words a minute less than five; of it, three are what concerns the family and is withheld, the gravest first."""
    made = Plan("A", purpose="child protection plan")
    for excerpt in result.view("A").excerpts[:6]:
        made = made.paste(excerpt, field="Information")
    basis = [withheld.key for withheld in result.withheld("A").concerns[:2]]
    made = made.write("Alfie was hurt by an older child.", field="Danger and harm", basis=basis)
    before, _, withheld = as_markdown(of_release_check(made, against=[result])).partition("## Concerns the family")
    assert (len(before.split()) < 2 * 240, len(withheld.split()) < 3 * 240) == (True, True)
    page = release_check(made, against=[result]).html
    told = re.sub(r"<[^>]*>", " ", page[page.index("<main") : page.index("<script")])
    assert len(told.split()) < 5 * 240


def test_all_that_is_withheld_stands_once_in_the_release_check_in_groups_the_gravest_first(
    result: Split, plan: Plan
) -> None:
    concerns = result.withheld("A").concerns
    groups = withheld_in_groups(result, "A", (), plan.entries)
    assert sorted(w.unit for w in concerns) == sorted(w.unit for group in groups for w in group.withheld)
    assert [w.severity for w in concerns] == [w.severity for group in groups for w in group.withheld]
    assert groups[0].title.endswith("Not taken up in the draft.")
    markdown = as_markdown(of_release_check(plan, against=[result])).partition("## Concerns the family")[2]
    page = release_check(plan, against=[result]).html.partition("<h2>Concerns the family")[2]
    for group in groups:
        assert group.title in page
        assert group.title in markdown.replace("\\", "")
    for each in concerns:
        assert words(each.span.within(result.document.text)) in page
    assert markdown.count("\n- ") == len(concerns)
    assert page.partition("</section>")[0].count("<li>") == len(concerns)


def test_an_excerpt_that_was_given_by_position_is_found_again_by_a_link(
    browser: Any, result: Split, tmp_path: Path
) -> None:
    made = Plan("A", purpose="child protection plan")
    for excerpt in result.view("A").excerpts:
        made = made.paste(excerpt, field="Information")
    shown = opened(browser, release_check(made, against=[result]), tmp_path)
    links = shown.locator("a[href^='#e']")
    assert links.count() == sum(1 for excerpt in result.view("A").excerpts if excerpt.basis == "carried")
    for link in links.all():
        assert "By position, not by name." in (shown.locator(link.get_attribute("href")).text_content() or "")


def test_a_draft_that_is_no_plan_is_shown_line_by_line(result: Split) -> None:
    page = release_check(
        "Leanne rang.\nover the summer holiday Connor hit Alfie with a metal pole", against=[result], family="A"
    )
    assert "This stands in a part of the minutes that is not cleared for the family." in page.html


def test_a_finding_stands_beside_its_own_line_of_a_draft_and_not_beside_the_heading_over_it(
    browser: Any, result: Split, tmp_path: Path
) -> None:
    draft = "What worries us\nConnor hit Alfie with a metal pole at least twice, held a knife to him.\nThe plan will be reviewed."
    shown = opened(browser, release_check(draft, against=[result], family="A"), tmp_path)
    beside = [(pair.text_content() or "") for pair in shown.locator(".pair").all()]
    assert ["not cleared for the family" in told for told in beside] == [False, True, False]
    for link in shown.locator("a[href^='#e']").all():
        words_of_it = (link.text_content() or "").strip("“”…. ").removesuffix(" …")
        assert words_of_it in " ".join((shown.locator(link.get_attribute("href")).text_content() or "").split())


# --- answers ------------------------------------------------------------------------------------


def answers_file(**changed: object) -> str:
    told = {"schema_version": 1, "kind": "answers", "document_id": "d", "answers": []}
    return json.dumps({**told, **changed})


def test_who_answered_and_when_is_set_by_whoever_takes_the_file_in() -> None:
    told = [
        {"kind": "identify", "mention": "k@3", "party": "B", "why": "said so"},
        {"kind": "confirm", "units": ["k"], "family": "A"},
    ]
    one, two = decisions_from_answers(answers_file(answers=told), by="s.begum", at=AT, document_id="d")
    assert Identify(document_id="d", by="s.begum", at=AT, why="said so", mention="k@3", party="B") == one
    assert Confirm(document_id="d", by="s.begum", at=AT, units=("k",), family="A") == two


@pytest.mark.parametrize(
    ("data", "given", "message"),
    [
        (answers_file(), {"by": " "}, "by: should name the person who answered [decision-nobody]"),
        (answers_file(), {"at": AT.replace(tzinfo=None)}, "at: should be a time with its offset from UTC [decision-time]"),
        (answers_file(), {"document_id": "e"}, "$.document_id: is not that of these minutes [decision-other-document]"),
        (answers_file(by="Marwood"), {}, "$: has a key that is not known [wire-extra-forbidden]"),
        ("{", {}, "answers, line 1: is not JSON [wire-json]"),
    ],
)  # fmt: skip
def test_answers_that_do_not_fit_are_refused(data: str, given: dict[str, Any], message: str) -> None:
    with pytest.raises(MinutesSplitError) as refused:
        decisions_from_answers(data, **{"by": "s.begum", "at": AT, "document_id": "d", **given})
    assert message == str(refused.value)


def test_answers_of_a_checker_to_another_audit_are_refused(result: Split, plan: Plan) -> None:
    found = audit(plan, against=[result])
    file = {"schema_version": 1, "kind": "check", "audit": found.id, "answers": [{"key": "k", "answer": "Seen."}]}
    assert answers_of_checker(json.dumps(file), found) == {"k": "Seen."}
    with pytest.raises(MinutesSplitError) as refused:
        answers_of_checker(json.dumps(file), replace(found, id="0"))
    assert str(refused.value) == "$.audit: is not the audit that these answers were written of [wire-other-audit]"


# --- in a browser -------------------------------------------------------------------------------

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (extra `test`)")
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    with playwright.sync_playwright() as started:
        running = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        running.close()


def opened(browser: Any, page: Page, folder: Path, **settings: Any) -> Any:
    """The page from a file, as it is opened from a file share, in a browser that writes down what goes wrong."""
    file = folder / page.name
    file.write_text(page.html, encoding="utf-8")
    shown = browser.new_page(**settings)
    shown.wrong = []
    shown.on("pageerror", lambda error: shown.wrong.append(str(error)))
    shown.on("console", lambda message: shown.wrong.append(message.text))
    shown.on("dialog", lambda dialog: (shown.wrong.append("dialog"), dialog.dismiss()))
    shown.on("request", lambda asked: asked.url.startswith(("file:", "blob:")) or shown.wrong.append(asked.url))
    shown.goto(file.as_uri())
    return shown


def test_the_filter_shows_what_concerns_a_family_and_what_is_withheld_first(
    browser: Any, result: Split, tmp_path: Path
) -> None:
    shown = opened(browser, working_view(result), tmp_path)
    before = shown.locator(".section:visible").count()
    shown.select_option("#family", "1")
    own = shown.locator(".section:visible").evaluate_all("all => all.map(one => one.dataset.for)")
    assert 0 < len(own) < before
    assert all("1" in families.split() for families in own)
    titles = shown.locator("h2:visible").all_inner_texts()
    assert titles[0].startswith("Withheld, and concerns Family B")
    assert shown.inner_text("#told") == f"{len(own)} sections shown."
    shown.select_option("#state", "given")
    assert set(shown.locator(".section:visible").evaluate_all("all => all.map(one => one.dataset.state)")) == {"given"}
    shown.select_option("#family", "")
    shown.select_option("#state", "")
    assert before == shown.locator(".section:visible").count()
    assert shown.wrong == []


def test_why_is_told_on_pointing_and_by_keyboard(browser: Any, result: Split, tmp_path: Path) -> None:
    shown = opened(browser, working_view(result), tmp_path)
    unit = next(u for u in result.units if u.cleared_for and u.claims)
    shown.hover(f"#u{unit.number}")
    assert unit.reasons[0] in shown.inner_text("#why")
    shown.keyboard.press("Escape")
    assert not shown.is_visible("#why")
    ask = shown.locator(f".section:has(#u{unit.number}) .ask")
    ask.focus()
    for opened_, told in (("true", 1), ("false", 0), ("true", 1)):
        shown.keyboard.press("Enter")
        note = shown.locator(f".section:has(#u{unit.number}) .because-of")
        assert (ask.get_attribute("aria-expanded"), note.count()) == (opened_, told)
    sentence = result.explain(unit.span.start).reasons[0].sentence
    assert f"{unit.reasons[0]} (" in note.inner_text()
    assert sentence in note.inner_text()
    assert shown.wrong == []


def test_without_scripts_the_reasons_stand_behind_each_passage(browser: Any, result: Split, tmp_path: Path) -> None:
    shown = opened(browser, working_view(result), tmp_path, java_script_enabled=False)
    unit = next(u for u in result.units if u.cleared_for and u.claims)
    behind = shown.locator(f"#u{unit.number}").get_attribute("data-why")
    assert unit.reasons[0] in behind
    assert shown.locator(f"#r-{unit.reasons[0]}").is_visible()
    assert not shown.locator(".ask").first.is_visible()
    assert shown.locator("[data-concerns='0']").is_visible()


def test_a_link_to_a_passage_leads_there_also_if_the_filter_took_it_away(
    browser: Any, result: Split, tmp_path: Path
) -> None:
    shown = opened(browser, working_view(result), tmp_path)
    link = shown.locator("#questions fieldset[data-units] a").first
    place = link.get_attribute("href")
    shown.select_option("#state", "withheld")
    assert not shown.is_visible(place)
    link.click()
    assert shown.locator(place).evaluate("it => it.getBoundingClientRect().top") < 700
    assert shown.is_visible(place)
    assert shown.wrong == []


def test_a_page_asks_before_answers_are_lost(browser: Any, result: Split, plan: Plan, tmp_path: Path) -> None:
    for page, field in (
        (working_view(result), "#questions .because"),
        (release_check(plan, against=[result]), "[data-answer]"),
    ):
        shown = opened(browser, page, tmp_path)
        shown.locator(field).first.press_sequentially("Seen.")
        with shown.expect_event("dialog"):
            shown.evaluate("setTimeout(() => location.reload())")
        assert shown.locator(field).first.input_value() == "Seen."
        with shown.expect_download():
            shown.click("#save")
        with shown.expect_navigation():
            shown.evaluate("setTimeout(() => location.reload())")
        assert shown.wrong == ["dialog"]


def test_an_answer_goes_out_comes_back_and_the_section_moves(browser: Any, result: Split, tmp_path: Path) -> None:
    question = next(q for q in result.questions() if "B" not in (result.units[q.unit].parties or ()))
    proposal = result.view("A").proposals[0]
    shown = opened(browser, working_view(result), tmp_path)
    field = shown.locator(f"[data-mention='{question.key}']")
    field.locator("select").select_option("B")
    field.locator(".because").fill("The note of the school says so.")
    shown.locator(f"[data-units='{' '.join(proposal.units)}'] input[type=checkbox]").first.check()
    with shown.expect_download() as started:
        shown.click("#save")
    assert started.value.suggested_filename == "decisions.json"
    assert shown.inner_text("#saved") == "2 answers written to decisions.json."
    file = tmp_path / "decisions.json"
    started.value.save_as(file)
    assert file.read_text(encoding="utf-8") == shown.input_value("#copy")
    decisions = decisions_from_answers(file.read_bytes(), by="s.begum", at=AT, document_id=result.document.document_id)
    after = split(result.document, result.roster, decisions=decisions)
    assert "B" in (after.units[question.unit].parties or ())
    again = opened(browser, working_view(after), tmp_path)
    again.select_option("#state", "given")
    first = next(u for u in after.units if u.key == proposal.units[0])
    assert again.is_visible(f"#u{first.number}")
    assert not shown.locator(f".section:has(#u{first.number})[data-state=given]").count()
    assert "by s.begum at 2022-10-12T09:30:00+00:00. The note of the school says so." in (
        again.text_content("#questions") or ""
    )
    assert shown.wrong == again.wrong == []


def test_the_checkers_answers_go_out_and_through_the_gate(
    browser: Any, result: Split, plan: Plan, tmp_path: Path
) -> None:
    shown = opened(browser, release_check(plan, against=[result]), tmp_path)
    for each in shown.locator("[data-answer]").all():
        each.fill("Read beside its source; it may stay.")
    with shown.expect_download() as started:
        shown.click("#save")
    started.value.save_as(tmp_path / "answers.json")
    answers = answers_of_checker((tmp_path / "answers.json").read_bytes(), audit(plan, against=[result]))
    assert released(result, plan, answers).record.text == plan.text
    assert shown.wrong == []


def test_hostile_text_stays_inert(browser: Any, attacked: Split, tmp_path: Path) -> None:
    family = attacked.roster.ids[0]
    draft = Plan(family, purpose=ATTACK).write(f"Ngozi Okafor met Kayleigh Harper {ATTACK}", field=f"Field {ATTACK}")
    found = audit(draft, against=[attacked])
    for page in (
        working_view(attacked, found=found, draft=draft, unsafe_whole_document=True),
        release_check(draft, against=[attacked], unsafe_whole_document=True),
    ):
        shown = opened(browser, page, tmp_path)
        if shown.locator("#family").count():
            shown.select_option("#family", "0")
        shown.locator(".u, .words").first.hover()
        with shown.expect_download():
            shown.click("#save")
        assert shown.evaluate("typeof window.hit") == "undefined"
        assert shown.locator("script").count() == 1
        assert shown.locator("img, iframe, object, [onerror], [onfocus], [autofocus]").count() == 0
        assert ATTACK in shown.locator("body").inner_text()
        assert shown.wrong == []


def test_every_printed_page_is_marked(browser: Any, result: Split, plan: Plan, tmp_path: Path) -> None:
    pdfium = pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed (extra `test`)")
    for page in (*both(result, plan), release_check(plan, against=[result], unsafe_whole_document=True)):
        shown = opened(browser, page, tmp_path)
        paper = pdfium.PdfDocument(shown.pdf(format="A4"))
        told = [" ".join(sheet.get_textpage().get_text_range().split()) for sheet in paper]
        assert len(told) > 2
        assert all("INTERNAL: " in sheet and "2 families" in sheet for sheet in told)
        assert len({sheet.count("WHOLE MINUTES: 1 document.") for sheet in told}) == 1
        paper.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_has_no_violation_of_wcag_2_2_aa(
    browser: Any, result: Split, plan: Plan, tmp_path: Path, scheme: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python", reason="axe-core is not installed (extra `test`)")
    code = (Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    for page in (
        *both(result, plan),
        release_check(plan.text, against=[result], family="A", unsafe_whole_document=True),
    ):
        shown = opened(browser, page, tmp_path, color_scheme=scheme)
        shown.evaluate("for (const each of document.querySelectorAll('.ask')) each.click()")
        shown.evaluate(
            "for (const each of document.querySelectorAll('main *')) each.style.contentVisibility = 'visible'"
        )
        shown.evaluate(code)
        found = shown.evaluate(f"axe.run(document, {{runOnly: {json.dumps(RULES)}}})")
        assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found["violations"]] == []


def test_a_page_fits_a_narrow_screen(browser: Any, result: Split, plan: Plan, tmp_path: Path) -> None:
    for page in both(result, plan):  # WCAG 1.4.10: 320 pixels wide, nothing to scroll sideways
        shown = opened(browser, page, tmp_path, viewport={"width": 320, "height": 700})
        assert shown.evaluate("document.documentElement.scrollWidth") <= 320


def twelve_families() -> tuple[str, Roster]:
    """Some pages of minutes with an item for each of twelve families."""
    surnames = [
        "Harper",
        "Okafor",
        "Lindqvist",
        "Braithwaite",
        "Chowdhury",
        "Penhaligon",
        "Abernathy",
        "Szymanski",
        "Tregenza",
        "Osei",
        "Fairclough",
        "Mbeki",
    ]
    firsts = (
        ["Jayden", "Chidi", "Elin", "Toby", "Aisha", "Morwenna", "Callum", "Zofia", "Perran", "Kofi", "Lily", "Thabo"],
        [
            "Kayleigh",
            "Ngozi",
            "Sanna",
            "Carol",
            "Farida",
            "Demelza",
            "Fiona",
            "Agnieszka",
            "Kerensa",
            "Ama",
            "Joanne",
            "Lindiwe",
        ],
    )
    people = [[f"{first} {last}" for first, last in zip(names, surnames, strict=True)] for names in firsts]
    roster = Roster.load(
        {
            "families": [
                {"id": f"F{i}", "people": [{"name": child}, {"name": mother, "sex": "F"}]}
                for i, (child, mother) in enumerate(zip(*people, strict=True))
            ]
        }
    )
    items = [
        f"{i}. {last} family\n\n{child.split()[0]} is in Year 5. {mother.split()[0]} finds the mornings hard. She asked for help.\n\n"
        f"{child.split()[0]} hit {firsts[0][i - 6]} in the playground. He was not seen again. The health visitor will call on Tuesday."
        for i, (last, child, mother) in enumerate(zip(surnames, *people, strict=True))
    ]
    return "\n\n".join(items), roster


@pytest.mark.parametrize("families", [2, 12])
def test_two_hundred_pages_of_minutes_open_in_less_than_two_seconds(
    browser: Any, result: Split, roster: Roster, tmp_path: Path, families: int
) -> None:
    text, told = (result.document.text, roster) if families == 2 else twelve_families()
    long = split(
        "\n\n".join([text] * -(-200 * 3000 // len(text))), told
    )  # a page of minutes has about 3,000 characters
    page = working_view(long, unsafe_whole_document=True)
    (tmp_path / page.name).write_text(page.html, encoding="utf-8")
    took = []
    for _ in range(4):
        shown = browser.new_page()
        shown.goto((tmp_path / page.name).as_uri())
        took.append(shown.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd"))
        shown.close()
    assert min(took) < 2000
