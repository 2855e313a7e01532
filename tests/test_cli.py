"""The command line: exit codes, what goes to which stream, and nothing personal or live where it should not be."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from minutes_split import Confirm, Document, Identify, Plan, Roster, read, split
from minutes_split.cli import BROKEN, DONE, FOUND, REFUSED, USAGE, main
from minutes_split.decisions import decisions_to_json
from minutes_split.guard import Proposal
from minutes_split.reports.escape import visible

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "fixtures" / "neighbours"
MINUTES, ROSTER = str(FOLDER / "minutes.docx"), str(FOLDER / "roster.json")
THESE = [MINUTES, "--roster", ROSTER]
PERSONAL = ("Marwood", "Stott", "Connor", "Alfie", "Leanne", "Sallow", "7730184")

COMMANDS = (
    "tour", "view", "withheld", "questions", "audit", "split", "explain", "redact", "report", "answers", "lint", "schema", "completion",
)  # fmt: skip

Capture = pytest.CaptureFixture[str]


def run(capsys: Capture, *arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output, standard error."""
    try:
        code = main(arguments)
    except SystemExit as left:
        code = int(left.code or 0)
    told = capsys.readouterr()
    return code, told.out, told.err


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    file = tmp_path / "draft.txt"
    file.write_text("Connor hit Alfie with a metal pole at least twice, held a knife to him.", encoding="utf-8")
    return file


# --- exit codes ---------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["split", "view", "withheld", "questions", "explain", "tour"])
@pytest.mark.parametrize("form", ["text", "json", "html", "markdown"])
def test_a_command_that_is_done_exits_with_0_and_writes_only_to_standard_output(
    capsys: Capture, command: str, form: str
) -> None:
    more = {
        "view": ["--family", "A"],
        "withheld": ["--family", "A"],
        "tour": ["--family", "A"],
        "explain": ["--at", "500"],
    }
    forms = [] if command == "tour" else ["--format", form]
    code, out, err = run(capsys, command, *THESE, *more.get(command, []), *forms)
    assert (code, err) == (DONE, "")
    assert out.endswith("\n")


def test_a_draft_with_findings_exits_with_3(capsys: Capture, draft: Path) -> None:
    code, out, err = run(capsys, "audit", str(draft), "--family", "A", "--against", MINUTES, "--roster", ROSTER)
    assert (code, err) == (FOUND, "")
    assert "HIGH [0-" in out
    assert "[copied]" in out


def test_a_draft_without_findings_exits_with_0(capsys: Capture, tmp_path: Path) -> None:
    harmless = tmp_path / "draft.txt"
    harmless.write_text("The plan will be reviewed in January.", encoding="utf-8")
    code, out, _ = run(capsys, "audit", str(harmless), "--family", "A", "--against", MINUTES, "--roster", ROSTER)
    assert code == DONE
    assert "Nothing was found." in out


def test_a_plan_on_file_is_audited_for_its_own_family(capsys: Capture, tmp_path: Path) -> None:
    view = split(read(Path(MINUTES)), Roster.load(Path(ROSTER).read_bytes())).view("A")
    file = tmp_path / "plan.json"
    file.write_text(Plan("A", purpose="plan").paste(view.excerpts[0], field="Zzz").to_json(), encoding="utf-8")
    against = ["--against", MINUTES, "--roster", ROSTER]
    code, out, _ = run(capsys, "audit", str(file), "--plan", *against)
    assert code in (DONE, FOUND)
    assert "Audit of a draft for family A" in out
    assert run(capsys, "audit", str(file), "--plan", "--family", "A", *against)[0] == USAGE


def test_two_documents_may_share_a_roster_or_have_one_each(capsys: Capture, draft: Path) -> None:
    conference = [str(FOLDER / "conference.docx"), str(FOLDER / "conference_roster.json")]
    both = ["audit", str(draft), "--family", "A", "--against", MINUTES, "--against", conference[0]]
    assert run(capsys, *both, "--roster", ROSTER)[0] == FOUND
    assert run(capsys, *both, "--roster", ROSTER, "--roster", conference[1])[0] == FOUND
    code, _, err = run(capsys, *both, *(["--roster", ROSTER] * 3))
    assert code == USAGE
    assert err.endswith("there should be one --roster for all, or one for each --against in the same order\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["view", *THESE, "--family", "Marwood"], "family: is not a family of the roster [view-unknown-family]"),
        (["view", "Marwood.docx", "--roster", ROSTER, "--family", "A"], "minutes 1, file: cannot be opened [file-unreadable]"),
        (["view", MINUTES, "--roster", "Marwood.json", "--family", "A"], "roster: cannot be opened [file-unreadable]"),
        (["view", MINUTES, "--roster", MINUTES, "--family", "A"], "$: is not JSON [roster-json]"),
        (["view", *THESE, "--family", "A", "--recipient", "Marwood"],
         "recipients[0]: is not a recipient of this family in the roster [view-unknown-recipient]"),
        (["view", *THESE, "--family", "A", "--policy", ROSTER],
         "2 faults\nminutes-split:   $: has a key that is not known [policy-extra-forbidden]\n"
         "minutes-split:   $: has a key that is not known [policy-extra-forbidden]"),
        (["view", *THESE, "--family", "A", "--decisions", MINUTES], "decisions 1, $: is not JSON [decision-json]"),
        (["explain", *THESE, "--at", "1000000"], "offset: lies outside the text [explain-offset]"),
    ],
)  # fmt: skip
def test_refused_input_exits_with_4_says_where_and_repeats_nothing(
    capsys: Capture, arguments: list[str], message: str
) -> None:
    assert run(capsys, *arguments) == (REFUSED, "", f"minutes-split: {message}\n")


@pytest.mark.parametrize(
    "arguments",
    [
        [], ["Marwood"], ["view"], ["view", *THESE], ["view", *THESE, "--family", "A", "Marwood"],
        ["view", *THESE, "--family", "A", "--Marwood"], ["view", *THESE, "--family", "A", "--format", "Marwood"],
        ["split", *THESE, "--words=Marwood"], ["explain", *THESE, "--at", "Marwood"], ["schema", "Marwood"],
        ["audit", "Marwood.txt", "--against", MINUTES, "--roster", ROSTER], ["view", "-", "--roster", "-", "--family", "A"],
    ],
)  # fmt: skip
def test_a_command_that_is_not_understood_exits_with_2_and_does_not_repeat_what_was_typed(
    capsys: Capture, arguments: list[str]
) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (USAGE, "")
    assert err
    assert "Marwood" not in err


def test_a_fault_of_the_program_itself_quotes_nothing(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("Connor Stott")

    monkeypatch.setattr("minutes_split.cli.split", broken)
    code, out, err = run(capsys, "split", *THESE)
    assert (code, out) == (BROKEN, "")
    assert err.startswith("minutes-split: a fault of this program (KeyError in test_cli.py, line ")
    assert "Stott" not in err


def test_a_document_that_is_not_read_whole_exits_with_3_and_is_still_written(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from minutes_split.errors import Fault

    def read_badly(*given: object, **named: object) -> object:
        return replace(read(*given, **named), faults=(Fault("docx-unknown", "body, paragraph 3", "holds something"),))  # type: ignore[arg-type]  # passed on as they come

    monkeypatch.setattr("minutes_split.cli.read", read_badly)
    code, out, err = run(capsys, "view", *THESE, "--family", "A")
    assert code == FOUND
    assert out.startswith("Family A\n")
    assert err == "minutes-split: not read whole: body, paragraph 3: holds something [docx-unknown]\n"


# --- words --------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["split", "withheld", "questions", "explain"])
def test_json_holds_no_words_unless_asked(capsys: Capture, command: str) -> None:
    more = {"withheld": ["--family", "A"], "explain": ["--at", "500"]}.get(command, [])
    _, out, _ = run(capsys, command, *THESE, *more, "--format", "json")
    assert not any(name in out for name in PERSONAL)
    assert '"text"' not in out
    _, out, _ = run(capsys, command, *THESE, *more, "--format", "json", "--words")
    assert '"text"' in out


@pytest.mark.parametrize("form", ["text", "html", "markdown"])
@pytest.mark.parametrize("command", ["split", "withheld", "questions", "explain", "audit"])
def test_no_words_leaves_out_every_word(capsys: Capture, command: str, form: str, draft: Path) -> None:
    more = {"withheld": ["--family", "A"], "explain": ["--at", "500"]}.get(command, [])
    what = (
        ["audit", str(draft), "--family", "A", "--against", *THESE] if command == "audit" else [command, *THESE, *more]
    )
    _, out, _ = run(capsys, *what, "--no-words", "--format", form)
    assert not any(name in out for name in PERSONAL)
    assert len(out.splitlines()) > 5


def test_keys_are_written_only_if_asked_for(capsys: Capture) -> None:
    assert '"key"' not in run(capsys, "split", *THESE, "--format", "json")[1]
    assert '"key"' in run(capsys, "split", *THESE, "--format", "json", "--keys")[1]


def test_what_may_hold_words_of_others_says_so(capsys: Capture) -> None:
    for command in (["split"], ["withheld", "--family", "A"], ["questions"], ["explain", "--at", "500"]):
        for form in ("text", "html", "markdown"):
            assert "INTERNAL" in run(capsys, command[0], *THESE, *command[1:], "--format", form)[1]
    assert "INTERNAL" not in run(capsys, "view", *THESE, "--family", "A")[1]


def _proposal(minutes: Document) -> Proposal:
    """One sentence; cells that a person decides on are shown one by one."""
    proposals = split(minutes, Roster.load(Path(ROSTER).read_bytes())).view("A").proposals
    return next(proposal for proposal in proposals if len(proposal.units) == 1 and "\n" not in proposal.text)


def test_a_decision_on_file_moves_a_proposal_to_the_excerpts(capsys: Capture, tmp_path: Path) -> None:
    from datetime import UTC, datetime

    minutes = read(Path(MINUTES))
    proposal = _proposal(minutes)
    answer = Confirm(
        document_id=minutes.document_id, by="s", at=datetime(2022, 10, 12, tzinfo=UTC), units=proposal.units, family="A"
    )
    file = tmp_path / "answers.json"
    file.write_text(decisions_to_json([answer]), encoding="utf-8")
    view = ["view", *THESE, "--family", "A", "--format", "json"]
    before = [e["text"] for e in json.loads(run(capsys, *view)[1])["excerpts"]]
    after = [e["text"] for e in json.loads(run(capsys, *view, "--decisions", str(file))[1])["excerpts"]]
    assert proposal.text not in before
    assert proposal.text in after


def test_an_answer_that_no_longer_fits_is_shown_with_the_question(capsys: Capture, tmp_path: Path) -> None:
    from datetime import UTC, datetime

    roster, old, new = tmp_path / "roster.json", "Mum was upset about the fire.", "Mum was not upset about the fire."
    mothers = [
        {"id": i, "people": [{"name": n, "sex": "F", "role": "mother"}]}
        for i, n in (("A", "Kay Roe"), ("B", "Ngozi Obi"))
    ]
    roster.write_text(json.dumps({"families": mothers}), encoding="utf-8")
    before = split(Document.from_text(old), Roster.load(roster.read_bytes()))
    amended, file = tmp_path / "minutes.txt", tmp_path / "decisions.json"
    amended.write_text(new, encoding="utf-8")
    answer = Identify(
        document_id=read(amended).document_id, by="s", at=datetime(2022, 10, 12, tzinfo=UTC), mention=before.questions()[0].key,
        party="B", why="Seen.",
    )  # fmt: skip
    file.write_text(decisions_to_json([answer]), encoding="utf-8")
    asked = ["questions", str(amended), "--roster", str(roster), "--decisions", str(file)]
    code, out, err = run(capsys, *asked)
    assert code == 0
    assert "no longer fits the minutes: a word means family B, by s at 2022-10-12T00:00:00+00:00. Seen." in " ".join(
        out.split()
    )
    assert "1 have no place in these minutes and no effect" in err
    (question,) = json.loads(run(capsys, *asked, "--format", "json")[1])["questions"]
    assert question["stale"] == [{"kind": "identify", "party": "B", "by": "s", "at": "2022-10-12T00:00:00Z"}]


def test_a_policy_may_be_toml_or_json(capsys: Capture, tmp_path: Path) -> None:
    toml, of_json = tmp_path / "policy.toml", tmp_path / "policy.json"
    toml.write_text('release = "likely"\nreference_key = "a key of the office"\n', encoding="utf-8")
    of_json.write_text('{"release": "likely", "reference_key": "a key of the office"}', encoding="utf-8")
    told = [
        run(capsys, "view", *THESE, "--family", "A", "--format", "json", "--policy", str(f))[1] for f in (toml, of_json)
    ]
    assert told[0] == told[1]
    assert '"reference": "MS-' in told[0]


# --- papers, pages, answers ---------------------------------------------------------------------


def test_a_paper_goes_out_and_its_schedule_stays_inside(capsys: Capture, tmp_path: Path) -> None:
    file = tmp_path / "paper.docx"
    code, out, _ = run(capsys, "redact", *THESE, "--family", "A", "--recipient", "father-1")
    assert code == DONE
    assert "[withheld " in out
    assert "INTERNAL" not in out
    assert run(capsys, "redact", *THESE, "--family", "A", "--recipient", "father-1", "--docx", str(file))[1] == ""
    assert read(file).text.split() == out.split()
    schedule = run(capsys, "redact", *THESE, "--family", "A", "--schedule")[1]
    assert "INTERNAL" in schedule
    assert "DPA 2018 Sch. 2 para. 16" in schedule
    held = json.loads(run(capsys, "redact", *THESE, "--family", "A", "--schedule", "--format", "json")[1])
    assert held["kind"] == "schedule"
    assert not any(name in json.dumps(held) for name in PERSONAL)
    assert json.loads(run(capsys, "redact", *THESE, "--family", "A", "--format", "json")[1])["kind"] == "paper"
    assert "<h1>Paper for family A</h1>" in run(capsys, "redact", *THESE, "--family", "A", "--format", "html")[1]


def test_a_report_is_a_page_for_inside(capsys: Capture, draft: Path, tmp_path: Path) -> None:
    against = ["--against", MINUTES, "--roster", ROSTER]
    code, out, err = run(capsys, "report", str(draft), "--family", "A", *against)
    assert (code, err) == (DONE, "")
    assert "INTERNAL: release check, 2 families" in out
    file = tmp_path / "w.internal.html"
    assert run(capsys, "report", "--working", *against, "--output", str(file)) == (DONE, "", "")
    assert "INTERNAL: working view, 2 families" in file.read_text(encoding="utf-8")
    code, out, _ = run(capsys, "report", str(draft), "--family", "A", *against, "--format", "markdown")
    assert (code, out.splitlines()[0]) == (DONE, "# Release check")
    assert "INTERNAL: " in out
    code, out, _ = run(capsys, "report", str(draft), "--family", "A", *against, "--format", "text")
    assert (code, out.splitlines()[0]) == (DONE, "Release check")
    assert "INTERNAL: " in out
    with_draft = run(capsys, "report", str(draft), "--working", "--family", "A", *against, "--unsafe-whole-document")[1]
    assert "In the draft: this" in with_draft
    assert "WHOLE MINUTES: 1 document." in with_draft


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["--working", "--output", "Marwood.html"],
         "the name of the file should end with .internal.html: it holds words about several families"),
        (["--working", "--format", "markdown"], "a --working view is a page to work on: there is no text or Markdown of it"),
        (["--working", "--output", "check.md"],
         "the name of the file should end with .internal.html: it holds words about several families"),
        (["Draft.docx", "--family", "A", "--format", "markdown", "--output", "check.md"],
         "the name of the file should end with .internal.md: it holds words about several families"),
        ([], "a DRAFT is needed, unless it is the --working view"),
        (["--working", "--against", MINUTES], "a --working view is of one document: one --against"),
        (["--working", "--when", "Marwood"],
         "--when: should be a time with its offset from UTC, such as 2022-10-12T09:30:00+00:00"),
    ],
)  # fmt: skip
def test_a_report_that_is_not_understood_says_why(capsys: Capture, more: list[str], message: str) -> None:
    code, out, err = run(capsys, "report", "--against", MINUTES, "--roster", ROSTER, *more)
    assert (code, out) == (USAGE, "")
    assert err.endswith(f"minutes-split: {message}\n")


def test_answers_of_a_page_need_somebody_who_gave_them(capsys: Capture, tmp_path: Path) -> None:
    minutes = read(Path(MINUTES))
    proposal = _proposal(minutes)
    told = {"kind": "confirm", "units": proposal.units, "family": "A"}
    file = tmp_path / "decisions.json"
    page = {"schema_version": 1, "kind": "answers", "document_id": minutes.document_id, "answers": [told]}
    file.write_text(json.dumps(page), encoding="utf-8")
    who = ["--by", "s.begum", "--when", "2022-10-12T09:30:00+00:00"]
    view = ["view", *THESE, "--family", "A", "--decisions", str(file)]
    code, out, err = run(capsys, *view)
    assert (code, out) == (REFUSED, "")
    assert err == (
        "minutes-split: decisions 1: comes from a working view: --by and --when say who and when [decision-nobody]\n"
    )
    assert proposal.text in run(capsys, *view, *who, "--format", "markdown")[1].replace("\\", "")
    code, out, err = run(capsys, "answers", str(file), MINUTES, *who)
    assert (code, err) == (DONE, "")
    assert json.loads(out)["decisions"][0]["by"] == "s.begum"
    file.write_text(json.dumps({**page, "document_id": "another"}), encoding="utf-8")
    for command in (["answers", str(file), MINUTES, *who], [*view, *who]):
        code, out, err = run(capsys, *command)
        assert (code, out) == (REFUSED, "")
        assert err.endswith("$.document_id: is not that of these minutes [decision-other-document]\n")


@pytest.mark.parametrize("form", ["html", "markdown"])
def test_the_tour_is_one_report_in_every_form(capsys: Capture, form: str) -> None:
    out = run(capsys, "tour", *THESE, "--family", "A", "--format", form)[1]
    assert out.count("The whole way for family A") >= 1
    assert "Refused: entry 1" in out.replace("\\", "")


# --- completion and progress --------------------------------------------------------------------


def completed(line: str, capsys: Capture, folder: Path) -> list[str]:
    """What bash offers at the end of a line."""
    script = folder / "completion"
    script.write_text(run(capsys, "completion", "bash")[1], encoding="utf-8")
    words = line.split(" ")
    code = f"source {script}; COMP_WORDS=({' '.join(words[:-1])} '{words[-1]}'); COMP_CWORD={len(words) - 1}; _minutes_split; echo ${{COMPREPLY[@]}}"
    return subprocess.run(["bash", "-c", code], capture_output=True, text=True, check=True).stdout.split()


@pytest.mark.skipif(os.name != "posix", reason="there is no bash elsewhere")
def test_bash_completes_commands_options_and_values(capsys: Capture, tmp_path: Path) -> None:
    assert {*COMMANDS, "--help", "--version"} == set(completed("minutes-split ", capsys, tmp_path))
    assert completed("minutes-split wi", capsys, tmp_path) == ["withheld"]
    assert completed("minutes-split view m.docx --for", capsys, tmp_path) == ["--format"]
    assert completed("minutes-split view --format ", capsys, tmp_path) == ["text", "json", "html", "markdown"]
    assert completed("minutes-split schema ro", capsys, tmp_path) == ["roster"]


def test_zsh_knows_every_command(capsys: Capture, tmp_path: Path) -> None:
    script = run(capsys, "completion", "zsh")[1]
    assert all(f"    {command}) _arguments " in script for command in COMMANDS)
    zsh = shutil.which("zsh")
    if zsh is None:
        pytest.skip("zsh is not installed, so the script was not read by it")
    file = tmp_path / "completion"
    file.write_text(script, encoding="utf-8")
    subprocess.run([zsh, "-n", str(file)], check=True)


def test_progress_is_told_on_a_terminal_only_and_taken_away_again(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = ["view", *THESE, "--family", "A"]
    assert run(capsys, *view)[2] == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    _, out, err = run(capsys, *view)
    assert err == "\r\x1b[2Kminutes-split: splitting the minutes ...\r\x1b[2K"
    assert "splitting" not in out


# --- streams ------------------------------------------------------------------------------------

HOSTILE = "Harper family\n\nKayleigh \x1b[2J\x1b]0;owned\x07 Harper \x9b31m rang\u202e on Monday.\n[local-9, named] Kayleigh was not here.\n"


@pytest.fixture
def hostile(tmp_path: Path) -> list[str]:
    minutes, roster = tmp_path / "m.txt", tmp_path / "r.json"
    minutes.write_text(HOSTILE, encoding="utf-8")
    roster.write_text('{"families": [{"id": "A", "people": [{"name": "Kayleigh Harper"}]}]}', encoding="utf-8")
    return [str(minutes), "--roster", str(roster)]


@pytest.mark.parametrize("form", ["text", "json", "html", "markdown"])
@pytest.mark.parametrize("command", ["split", "view", "withheld", "questions", "tour"])
def test_terminal_escapes_in_the_minutes_are_inert(
    capsys: Capture, hostile: list[str], command: str, form: str
) -> None:
    more = [] if command in ("split", "questions") else ["--family", "A"]
    forms = [] if command == "tour" else ["--format", form]
    _, out, err = run(capsys, command, *hostile, *more, *forms)
    live = {c for c in out + err if c != "\n" and visible(c) != c}
    assert live == set()


def test_no_words_of_the_minutes_look_like_a_line_of_the_report(capsys: Capture, hostile: list[str]) -> None:
    out = run(capsys, "split", *hostile)[1]
    assert not any(line.startswith("[local-9") for line in out.splitlines())


def test_minus_is_standard_input() -> None:
    text = "Connor hit Alfie with a metal pole at least twice, held a knife to him."
    done = subprocess.run(
        [sys.executable, "-m", "minutes_split", "audit", "-", "--family", "A", "--against", MINUTES, "--roster", ROSTER],
        input=text.encode(), capture_output=True, cwd=ROOT, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (FOUND, b"")


def in_shell(command: str, *arguments: str) -> tuple[int, str, str]:
    """The command under bash, with what stands behind it: `< nothing`, `>&-`."""
    line = [sys.executable, "-m", "minutes_split", command, *arguments[:-1]]
    done = subprocess.run(
        ["bash", "-c", f'"$@" {arguments[-1]}', "bash", *line], capture_output=True, text=True, cwd=ROOT, check=False
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.skipif(os.name != "posix", reason="there is no bash elsewhere")
@pytest.mark.parametrize("stream", [">&-", "> /dev/full"])
def test_an_output_that_cannot_be_written_is_told_in_one_line(stream: str) -> None:
    if stream.endswith("full") and not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full on this machine")
    told = "minutes-split: standard output cannot be written: what is there is not whole\n"
    assert in_shell("split", *THESE, stream) == (BROKEN, "", told)


@pytest.mark.skipif(os.name != "posix", reason="there is no bash elsewhere")
def test_an_input_that_is_closed_is_refused() -> None:
    told = "minutes-split: minutes 1, standard input: cannot be read [file-unreadable]\n"
    assert in_shell("view", "-", "--roster", ROSTER, "--family", "A", "<&-") == (REFUSED, "", told)
    assert in_shell("view", MINUTES, "--roster", "-", "--family", "A", "<&-") == (
        REFUSED, "", "minutes-split: roster, standard input: cannot be read [file-unreadable]\n",
    )  # fmt: skip


@pytest.mark.skipif(os.name != "posix", reason="there is no bash elsewhere")
def test_messages_that_nobody_takes_stop_nothing() -> None:
    code, out, _ = in_shell("view", *THESE, "--family", "A", "2>&-")
    assert (code, out.splitlines()[0]) == (DONE, "Family A")


def test_lint_says_what_is_meant_first_and_shows_an_example_of_each_kind_once(capsys: Capture) -> None:
    out = " ".join(run(capsys, "lint", *THESE)[1].split())
    assert "“he” could be Connor or Alfie: name the person." in out
    assert out.count("Not “Chidi hit Jayden. He was upset.”, but “Chidi hit Jayden. Jayden was upset.”") == 1


@pytest.mark.skipif(os.name != "posix", reason="pipes that close are told otherwise elsewhere")
def test_a_reader_that_stops_reading_is_no_fault() -> None:
    # `exec 0<&-` closes the pipe before anything is written to it.
    command = f"{sys.executable} -m minutes_split split {MINUTES} --roster {ROSTER} --format json | exec 0<&-"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (DONE, b"", b"")


def test_every_help_names_its_command_gives_an_example_and_the_exit_codes(capsys: Capture) -> None:
    for command in COMMANDS:
        code, out, err = run(capsys, command, "--help")
        assert (code, err) == (0, "")
        assert out.startswith(f"usage: minutes-split {command} ")
        assert f"minutes-split {command} " in out.partition("\n\n")[2]
        assert "exit codes:" in out


def test_every_command_stands_in_the_documentation_and_in_the_description(capsys: Capture) -> None:
    page = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    said = run(capsys, "--help")[1]
    for command in COMMANDS:
        assert f"| `{command}` |" in page
        assert f"  minutes-split {command} " in said


def test_the_package_does_not_import_the_command_line_or_the_reports() -> None:
    code = "import sys, minutes_split; print([m for m in sys.modules if m.startswith(('minutes_split.cli', 'minutes_split.reports', 'minutes_split.wire', 'argparse'))])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout == "[]\n"
