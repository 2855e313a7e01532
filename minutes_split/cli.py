"""The command `minutes-split`: files in, text or JSON out.

Data goes to standard output, all at once and only when all of it is there;
messages go to standard error, without personal data: places are ordinals and
offsets, and not even the name of a file is repeated.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, NoReturn, TextIO

from minutes_split import wire
from minutes_split.auditing import Audit, audit
from minutes_split.decisions import Decision, decisions_from_json, decisions_to_json
from minutes_split.document import Document
from minutes_split.errors import DecisionError, MinutesSplitError, ReadError
from minutes_split.guard import LIBRARY, Excerpt
from minutes_split.linting import house_style, lint
from minutes_split.plan import Plan
from minutes_split.policy import Policy
from minutes_split.readers import read
from minutes_split.redaction import RedactionPolicy, redact
from minutes_split.release import Release
from minutes_split.reports import listing
from minutes_split.reports.completion import SHELLS, completion
from minutes_split.reports.escape import visible
from minutes_split.reports.html import as_html
from minutes_split.reports.listing import Entry, Listing, Part
from minutes_split.reports.markdown import as_markdown
from minutes_split.reports.page import ENDING, MARKDOWN_ENDING, TEXT_ENDING
from minutes_split.reports.plain import as_plain
from minutes_split.reports.release_check import release_check
from minutes_split.reports.release_listing import of_release_check
from minutes_split.reports.working import working_view
from minutes_split.roster import Roster
from minutes_split.sections import Split, split
from minutes_split.wire import decisions_from_answers

DONE, BROKEN, USAGE, FOUND, REFUSED = 0, 1, 2, 3, 4
"""Exit codes; `BROKEN` is a fault of this program itself, or of where its output goes."""

_EXIT_CODES = """
exit codes:
  0  done
  1  a fault of this program, or standard output cannot be written (what is there is not whole)
  2  the command was not understood
  3  something was found, or part of a document could not be read (what can be said is on standard output)
  4  the input was refused; nothing is on standard output
"""

_DESCRIPTION = """
Splits the minutes of meetings on several families into what belongs to each,
and looks in a draft for what belongs to others.

  minutes-split tour       the whole way with your own minutes: what may be pasted, what is withheld, wrong pastes refused
  minutes-split view       what may be pasted into a document for one family
  minutes-split withheld   what that family does not get, and why
  minutes-split questions  what only a person can tell
  minutes-split audit      look in a draft for words, names and numbers of others
  minutes-split split      every section of the minutes, with whom it is about
  minutes-split explain    why one passage was decided as it was
  minutes-split redact     a paper for one family and its recipients, and the officer's schedule to it
  minutes-split report     a page for inside: the check of a draft before release, or the working view of minutes
  minutes-split answers    what somebody answered on a working view, as decisions with name and time
  minutes-split lint       for minute takers: what will not split, and how to write it instead
  minutes-split schema     the JSON Schema of each form
  minutes-split completion the script with which bash or zsh completes this command

A minus sign in place of a file is standard input.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code; a command that is not understood exits with 2."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]  # a stand-in for a stream has none, and that is suppressed
    given = _parser().parse_args(arguments)
    try:
        out: _Output = given.run(given)
    except MinutesSplitError as refused:
        _say(str(refused))
        return REFUSED
    except KeyboardInterrupt:
        return 130
    except Exception as fault:  # a message of Python's own could quote the minutes
        _say(_place_of(fault))
        return BROKEN
    for message in out.messages:
        _say(message)
    if not _write(sys.stdout, out.text):
        _say("standard output cannot be written: what is there is not whole")
        return BROKEN
    return out.code


@dataclass(frozen=True, slots=True)
class _Output:
    text: str = field(repr=False)
    code: int = DONE
    messages: tuple[str, ...] = ()


def _write(stream: TextIO | None, text: str) -> bool:
    """Whether it could be written. Whoever reads may stop reading, as `head` does; that is no fault."""
    if stream is None:  # it was closed before the program began
        return not text
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        _silence(stream)
    except OSError:
        _silence(stream)
        return False
    return True


def _silence(stream: TextIO) -> None:
    """At exit Python flushes once more, and would complain once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _say(message: str) -> None:
    _write(sys.stderr, "".join(f"minutes-split: {line}\n" for line in message.splitlines()))


def _place_of(fault: Exception) -> str:
    trace, place = fault.__traceback__, ""
    while trace is not None:
        place = f"{Path(trace.tb_frame.f_code.co_filename).name}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return f"a fault of this program ({type(fault).__name__} in {place}); nothing was written"


# --- commands -----------------------------------------------------------------------------------


def _split(given: argparse.Namespace) -> _Output:
    result = _result(given)
    return _told(
        given,
        result,
        lambda words: listing.of_split(result, words=words),
        lambda words: wire.split_on_file(result, words=words, keys=given.keys),
    )


def _view(given: argparse.Namespace) -> _Output:
    result = _result(given)
    view = result.view(given.family, tuple(given.recipient))
    return _told(given, result, lambda _: listing.of_view(view), lambda _: wire.view_on_file(view))


def _withheld(given: argparse.Namespace) -> _Output:
    result = _result(given)
    to = tuple(given.recipient)
    return _told(
        given,
        result,
        lambda words: listing.of_withheld(result, given.family, to, words=words),
        lambda words: wire.withheld_on_file(result, given.family, to, words=words, keys=given.keys),
    )


def _questions(given: argparse.Namespace) -> _Output:
    result = _result(given)
    return _told(
        given,
        result,
        lambda words: listing.of_questions(result, family=given.family, words=words),
        lambda words: wire.questions_on_file(result, family=given.family, words=words),
    )


def _explain(given: argparse.Namespace) -> _Output:
    result = _result(given)
    return _told(
        given,
        result,
        lambda words: listing.of_explanation(result.explain(given.at), result.document, words=words),
        lambda words: wire.explanation_on_file(result, given.at, words=words),
    )


def _lint(given: argparse.Namespace) -> _Output:
    """With `--house-style` the guide alone; otherwise exit code 3 if anything but facts was found."""
    if given.house_style:
        return _Output(house_style())
    result = _result(given)
    found = lint(result)
    told = _told(
        given,
        result,
        lambda words: listing.of_lint(found, result, words=words),
        lambda words: wire.lint_on_file(found, result, words=words),
    )
    return replace(told, code=FOUND) if any(f.severity != "low" for f in found.findings) else told


def _audit(given: argparse.Namespace) -> _Output:
    results, policy = _compared(given), _policy(given)
    draft, family = _draft(given)
    found = audit(draft, against=results, family=family, recipients=_recipients(given), policy=policy)
    messages = tuple(message for result in results for message in _unread(result.document))
    text = _written(
        given,
        lambda words: listing.of_audit(found, draft, family=family, against=results, words=words),
        lambda words: wire.audit_on_file(found, words=words),
    )
    return _Output(text, DONE if found.verdict == "nothing_found" else FOUND, messages)


def _redact(given: argparse.Namespace) -> _Output:
    """The paper goes out; with `--schedule` what is not in it, for inside."""
    result = _result(given)
    to = tuple(given.recipient)
    rules = RedactionPolicy.load(_bytes(given.redaction_policy, "redaction policy")) if given.redaction_policy else None
    with _doing("putting the paper together"):
        paper = redact(result, given.family, recipients=to, policy=rules)
    messages = _unread(result.document)
    if paper.residual:
        messages += (f"{len(paper.residual)} places in the paper may tell who somebody is; --schedule lists them",)
    if given.docx:
        _write_file(given.docx, paper.to_docx(), "docx")
    if given.schedule:
        text = _written(
            given,
            lambda words: listing.of_schedule(paper, result, given.family, words=words),
            lambda _: wire.schedule_on_file(paper, result, family=given.family, recipients=to),
        )
    elif given.format == "text":
        text = "".join(f"{visible(line)}\n" for line in paper.text.splitlines())
    else:
        text = _written(
            given,
            lambda _: listing.of_paper(paper, given.family),
            lambda _: wire.paper_on_file(paper, family=given.family),
        )
    return _Output(
        "" if given.docx and not given.schedule else text, FOUND if _unread(result.document) else DONE, messages
    )


def _report(given: argparse.Namespace) -> _Output:
    """A page. With `--output` it goes into that file, and nothing to standard output."""
    results, policy = _compared(given), _policy(given)
    draft, family = _draft(given) if given.draft else (None, None)
    whole = given.unsafe_whole_document
    with _doing("laying out the page"):
        if given.working:
            found = None if draft is None else audit(
                draft, against=results, family=family, recipients=_recipients(given), policy=policy
            )  # fmt: skip
            told = working_view(results[0], found=found, draft=draft, unsafe_whole_document=whole).html
        else:
            release = Release.from_dsse(_bytes(given.release, "release")) if given.release else None
            how: dict[str, Any] = {
                "against": results, "family": family, "recipients": _recipients(given), "policy": policy,
                "release": release, "unsafe_whole_document": whole,
            }  # fmt: skip
            told = (
                release_check(draft or "", **how).html
                if given.format == "html"
                else _WRITERS[given.format](of_release_check(draft or "", **how))
            )
    messages = tuple(message for result in results for message in _unread(result.document))
    code = FOUND if messages else DONE
    if given.output:
        _write_file(given.output, told.encode("utf-8"), "output")
        return _Output("", code, messages)
    return _Output(told, code, messages)


def _answers(given: argparse.Namespace) -> _Output:
    """Decisions as they go on file: who and when come from here."""
    document = _minutes(given.minutes, 1, document_id=given.document_id)
    told = decisions_from_answers(
        _bytes(given.answers, "answers"), by=given.by, at=given.when, document_id=document.document_id
    )
    return _Output(f"{decisions_to_json(told)}\n")


def _completion(given: argparse.Namespace) -> _Output:
    return _Output(completion(_parser(), given.shell))


def _schema(given: argparse.Namespace) -> _Output:
    if given.name is None:
        return _Output("".join(f"{name}\n" for name in wire.SCHEMAS))
    return _Output(wire.schema_json(given.name))


def _tour(given: argparse.Namespace) -> _Output:
    """1 what may be pasted; 2 what is withheld; 3 words of others on the clipboard; 4 an excerpt of others; 5 the draft."""
    result = _result(given)
    family, to = given.family, tuple(given.recipient)
    view = result.view(family, to)
    shown = [listing.of_view(view), listing.of_withheld(result, family, to)]
    copied = (
        _bytes(given.clipboard, "clipboard").decode("utf-8", "replace") if given.clipboard else _wrong(result, family)
    )
    if copied.strip():
        found = audit(copied, against=[result], family=family, recipients=to)
        shown.append(_pasted_from_clipboard(copied, found, family, result))
    others = [e for other in result.roster.ids if other != family for e in result.view(other).excerpts]
    shown.append(_pasted_excerpt(max(others, key=lambda e: len(e.text), default=None), family, to))
    if view.excerpts:
        plan = Plan(family, purpose="a first draft", recipients=to)
        for excerpt in view.excerpts:
            plan = plan.paste(excerpt, field="Information")
        found = audit(plan, against=[result])
        shown.append(_drafted(found, plan, result))
    if given.format == "text":
        text = "\n\n".join(map(as_plain, shown))
    else:
        text = _WRITERS[given.format](listing.joined(f"The whole way for family {family}", shown))
    return _Output(text, FOUND if _unread(result.document) else DONE, _unread(result.document))


# --- the tour -----------------------------------------------------------------------------------


def _wrong(result: Split, family: str) -> str:
    """Words that a hurried person could copy: the longest of the gravest that concern the family and are withheld."""
    concerns = result.withheld(family).concerns
    gravest = [w for w in concerns if w.severity == concerns[0].severity and w.reason == "mixed"] or concerns[:1]
    longest = max(gravest, key=lambda w: w.span.end - w.span.start, default=None)
    return "" if longest is None else longest.span.within(result.document.text).strip()


def _pasted_from_clipboard(copied: str, found: Audit, family: str, result: Split) -> Listing:
    told = listing.of_audit(found, copied, family=family, against=[result])
    clipboard = Part("On the clipboard", (Entry("copied", copied),))
    return Listing(
        f"A wrong paste: words copied into a draft for family {family}",
        (clipboard, *(part for part in told.parts if not part.title.startswith("For the person"))),
        f"{told.lead} The draft is to be held back until a person has looked at each finding.",
        internal=True,
    )


def _pasted_excerpt(excerpt: Excerpt | None, family: str, recipients: tuple[str, ...]) -> Listing:
    title = f"A wrong paste: another family's excerpt into a plan for family {family}"
    if excerpt is None:
        return Listing(title, (), "There is no excerpt of another family to try it with.")
    refusal = "it was taken"
    try:
        Plan(family, recipients=recipients).paste(excerpt, field="danger and harm")
    except MinutesSplitError as refused:
        refusal = f"Refused: {refused}"
    return Listing(
        title,
        (
            Part("The excerpt", (Entry(f"{excerpt.reference} of another family", excerpt.text),)),
            Part("What the plan said", (Entry("", note=refusal),)),
        ),
        internal=True,
    )


def _drafted(found: Audit, plan: Plan, result: Split) -> Listing:
    told = listing.of_audit(found, plan, family=plan.family, against=[result])
    gaps = len(plan.gaps([result]))
    return Listing(
        f"A draft for family {plan.family} from its own excerpts",
        told.parts,
        f"{told.lead} {gaps} passages that concern the family are not in the draft: paste them, or write on their basis.",
        internal=True,
    )


# --- what comes in ------------------------------------------------------------------------------


def _result(given: argparse.Namespace) -> Split:
    document = _minutes(given.minutes, 1, document_id=given.document_id)
    roster = Roster.load(_bytes(given.roster, "roster"))
    with _doing("splitting the minutes"):
        return split(document, roster, policy=_policy(given), decisions=_decisions(given, (document,)))


def _compared(given: argparse.Namespace) -> list[Split]:
    """Every document of `--against`, split with its roster."""
    rosters, policy = _paired(given), _policy(given)
    documents, results = [], []
    for number, path in enumerate(given.against, 1):
        with _doing(f"reading minutes {number} of {len(given.against)}"):
            documents.append(_minutes(path, number))
    decisions = _decisions(given, documents)
    for number, (document, roster) in enumerate(zip(documents, rosters, strict=True), 1):
        with _doing(f"splitting minutes {number} of {len(documents)}"):
            results.append(split(document, roster, policy=policy, decisions=decisions))
    return results


def _draft(given: argparse.Namespace) -> tuple[Plan | Document, str]:
    """The draft, and the family that it is for; a plan knows its own."""
    if given.plan:
        plan = Plan.from_json(_bytes(given.draft, "draft"))
        return plan, plan.family
    return _minutes(given.draft, 0), given.family


def _recipients(given: argparse.Namespace) -> tuple[str, ...] | None:
    return None if given.plan else tuple(given.recipient)


def _minutes(path: str, number: int, *, document_id: str | None = None) -> Document:
    """A document; `number` counts the minutes from 1, 0 is the draft."""
    data = _standard_input(f"minutes {number}" if number else "draft") if path == "-" else Path(path)
    fault: ReadError | None = None
    try:
        return read(data, document_id=document_id)
    except ReadError as refused:
        which = f"minutes {number}" if number else "draft"
        fault = ReadError(refused.code, f"{which}, {refused.where}", refused.message)
    raise fault


def _standard_input(which: str) -> bytes:
    with suppress(OSError, AttributeError):  # `None` if it was closed before the program began
        return sys.stdin.buffer.read()
    raise ReadError("file-unreadable", f"{which}, standard input", "cannot be read")


def _bytes(path: str, which: str) -> bytes:
    try:
        return _standard_input(which) if path == "-" else Path(path).read_bytes()
    except OSError:
        pass
    raise ReadError("file-unreadable", which, "cannot be opened")


def _policy(given: argparse.Namespace) -> Policy | None:
    return wire.policy_from(_bytes(given.policy, "policy")) if given.policy else None


def _decisions(given: argparse.Namespace, documents: Sequence[Document]) -> tuple[Decision, ...]:
    """What people decided. The file that a working view wrote does not say who or when: `--by` and `--when` do."""
    decisions: list[Decision] = []
    for number, path in enumerate(given.decisions, 1):
        which = f"decisions {number}"
        data = _object(_bytes(path, which), which)
        if not isinstance(data, dict) or data.get("kind") != "answers":
            decisions += decisions_from_json(data)
            continue
        if not given.by or not given.when:
            raise DecisionError("decision-nobody", which, "comes from a working view: --by and --when say who and when")
        ids = [document.document_id for document in documents]
        chosen = data.get("document_id") if data.get("document_id") in ids else ids[0]
        decisions += decisions_from_answers(json.dumps(data), by=given.by, at=given.when, document_id=str(chosen))
    return tuple(decisions)


def _write_file(path: str, data: bytes, which: str) -> None:
    try:
        Path(path).write_bytes(data)
        return
    except OSError:
        pass
    raise ReadError("file-unwritable", which, "cannot be written")


@contextmanager
def _doing(what: str) -> Iterator[None]:
    """Says on a terminal what is being done, and takes it away again; says nothing anywhere else."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield
        return
    _write(sys.stderr, f"\r\x1b[2Kminutes-split: {what} ...")
    try:
        yield
    finally:
        _write(sys.stderr, "\r\x1b[2K")


def _object(data: bytes, which: str) -> Any:
    return wire.read_json(data, partial(DecisionError, "decision-json"), which)


def _paired(given: argparse.Namespace) -> list[Roster]:
    """A roster for each of the minutes: one for all, or as many as there are minutes, in the same order."""
    rosters = [Roster.load(_bytes(path, f"roster {number}")) for number, path in enumerate(given.roster, 1)]
    return rosters * len(given.against) if len(rosters) == 1 else rosters


# --- what goes out ------------------------------------------------------------------------------


def _told(
    given: argparse.Namespace,
    result: Split,
    listed: Callable[[bool], Listing],
    filed: Callable[[bool], wire.Form],
) -> _Output:
    messages = _unread(result.document)
    if result.stale:
        messages += (f"decisions: {len(result.stale)} have no place in these minutes and no effect",)
    return _Output(_written(given, listed, filed), FOUND if _unread(result.document) else DONE, messages)


def _written(given: argparse.Namespace, listed: Callable[[bool], Listing], filed: Callable[[bool], wire.Form]) -> str:
    """Text, HTML and Markdown are for people and hold the words; JSON is for machines and holds none; `--words` decides."""
    if given.format == "json":
        return wire.to_json(filed(bool(given.words)))
    return _WRITERS[given.format](listed(given.words is not False))


_WRITERS: dict[str, Callable[[Listing], str]] = {"text": as_plain, "html": as_html, "markdown": as_markdown}


def _unread(document: Document) -> tuple[str, ...]:
    """What could not be read whole, in sentences."""
    faults = [f"not read whole: {fault}" for fault in document.faults]
    blocks = sum(1 for block in document.blocks if block.faults)
    marks = sum(1 for mark in document.marks if mark.kind == "unread")
    if blocks or marks:
        faults.append(f"{blocks + marks} places could not be read whole; what stands there is withheld")
    return tuple(faults)


# --- the command line ---------------------------------------------------------------------------


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints do not repeat what was typed: it could be a name."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(
            *args, **{"allow_abbrev": False, "formatter_class": argparse.RawDescriptionHelpFormatter, **named}
        )

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        _say(_without_values(message))
        raise SystemExit(USAGE)


def _without_values(message: str) -> str:
    """A complaint of argparse without the values it quotes; what is not known is said in general."""
    which = re.match(r"argument ([\w/\-, ]+): ", message)
    rest = message[which.end() :] if which else message
    said = "something in it was not understood; `--help` shows how it is written"
    if rest.startswith(("expected ", "the following arguments are required", "not allowed with")):
        said = rest
    elif rest.startswith("invalid choice") and "(choose from" in rest:
        said = f"should be one of {rest[rest.rindex('(choose from') + 13 :].rstrip(')')}"
    elif rest.startswith("invalid int value"):
        said = "should be a whole number"
    elif rest.startswith("unrecognized arguments"):
        said = "there is more on the line than this command takes"
    elif rest in _OWN_COMPLAINTS:
        said = rest
    return f"{which[1]}: {said}" if which else said


_ONE_STREAM = "only one file can be standard input"
_PAIRS = "there should be one --roster for all, or one for each --against in the same order"
_NO_FAMILY = "--family is needed, unless the draft is a --plan, which knows its own"
_OWN_FAMILY = "a --plan knows its own family and recipients"
_NO_MINUTES = "MINUTES and --roster are needed, unless only the --house-style is asked for"
_NO_DRAFT = "a DRAFT is needed, unless it is the --working view"
_ONE_WORKING = "a --working view is of one document: one --against"
_ENDINGS = {"html": ENDING, "markdown": MARKDOWN_ENDING, "text": TEXT_ENDING}
_INTERNAL_NAMES = {
    form: f"the name of the file should end with {ending}: it holds words about several families"
    for form, ending in _ENDINGS.items()
}
_NO_MARKDOWN = "a --working view is a page to work on: there is no text or Markdown of it"
_TIME = "should be a time with its offset from UTC, such as 2022-10-12T09:30:00+00:00"
_OWN_COMPLAINTS = (
    _ONE_STREAM, _PAIRS, _NO_FAMILY, _OWN_FAMILY, _NO_MINUTES, _NO_DRAFT, _ONE_WORKING, *_INTERNAL_NAMES.values(),
    _NO_MARKDOWN, _TIME,
)  # fmt: skip


def _time(said: str) -> datetime:
    """A time with its offset from UTC."""
    try:
        told = datetime.fromisoformat(said)
    except ValueError:
        told = None
    if told is None or told.utcoffset() is None:
        raise argparse.ArgumentTypeError(_TIME)
    return told


class _Checked(_Parser):
    """The whole command line, with what argparse itself cannot require."""

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        given = super().parse_args(args, namespace)
        if not hasattr(given, "run"):
            self.print_help(sys.stderr)
            raise SystemExit(USAGE)
        for complaint in _complaints(given):
            given.parser.error(complaint)
        return given


def _complaints(given: argparse.Namespace) -> Iterator[str]:
    named = vars(given)
    files = [named.get(key) for key in ("minutes", "draft", "policy", "clipboard", "answers", "release")]
    for key in ("against", "roster", "decisions"):
        files += named[key] if isinstance(named.get(key), list) else [named.get(key)]
    if files.count("-") > 1:
        yield _ONE_STREAM
    if "against" in named and len(given.roster) not in (1, len(given.against)):
        yield _PAIRS
    if named.get("plan") and (given.family or given.recipient):
        yield _OWN_FAMILY
    if named.get("plan") is False and not given.family and given.draft:
        yield _NO_FAMILY
    if named.get("working") is False and not given.draft:
        yield _NO_DRAFT
    if named.get("working") and len(given.against) != 1:
        yield _ONE_WORKING
    if named.get("working") and given.format != "html":
        yield _NO_MARKDOWN
    if named.get("output") and not given.output.endswith(_ENDINGS[given.format]):
        yield _INTERNAL_NAMES[given.format]
    if named.get("house_style") is False and not (given.minutes and given.roster):
        yield _NO_MINUTES


def _parser() -> argparse.ArgumentParser:
    parser = _Checked("minutes-split", description=_DESCRIPTION, epilog=_EXIT_CODES, usage="minutes-split COMMAND ...")
    parser.add_argument("--version", action="version", version=LIBRARY)
    commands = parser.add_subparsers(
        metavar="COMMAND", parser_class=_Parser, prog="minutes-split", help=argparse.SUPPRESS
    )
    add = partial(_command, commands)

    tour = add("tour", _tour, "the whole way with your own minutes", _HELP["tour"])
    _takes_minutes(tour)
    _takes_family(tour)
    tour.add_argument(
        "--clipboard", metavar="FILE", help="the text to be pasted wrongly; without it, one that is withheld"
    )
    tour.add_argument("--format", choices=tuple(_WRITERS), default="text")

    view = add("view", _view, "what may be pasted into a document for one family", _HELP["view"])
    _takes_minutes(view)
    _takes_family(view)
    _gives(view, words=False)

    withheld = add("withheld", _withheld, "what a family does not get, and why", _HELP["withheld"])
    _takes_minutes(withheld)
    _takes_family(withheld)
    _gives(withheld, keys=True)

    questions = add("questions", _questions, "what only a person can tell", _HELP["questions"])
    _takes_minutes(questions)
    questions.add_argument("--family", metavar="ID", help="only what may concern this family")
    _gives(questions)

    audit_ = add("audit", _audit, "look in a draft for words, names and numbers of others", _HELP["audit"])
    _takes_draft(audit_)
    _gives(audit_)

    split_ = add("split", _split, "every section of the minutes, with whom it is about", _HELP["split"])
    _takes_minutes(split_)
    _gives(split_, keys=True)

    explain = add("explain", _explain, "why one passage was decided as it was", _HELP["explain"])
    _takes_minutes(explain)
    explain.add_argument("--at", metavar="OFFSET", type=int, required=True, help="a character of it, counted from 0")
    _gives(explain)

    redact_ = add("redact", _redact, "a paper for one family and its recipients, from a white list", _HELP["redact"])
    _takes_minutes(redact_)
    _takes_family(redact_)
    redact_.add_argument("--redaction-policy", metavar="FILE", help="reasons, codes and citations, as TOML")
    redact_.add_argument(
        "--docx", metavar="FILE", help="write the paper as a Word document, and no paper to standard output"
    )
    redact_.add_argument(
        "--schedule", action="store_true", help="for the officer, instead of the paper: what is not in it, and why"
    )
    _gives(redact_)

    report = add("report", _report, "a page for inside, of one file that needs no network", _HELP["report"])
    _takes_draft(report, required=False)
    report.add_argument(
        "--working", action="store_true", help="the working view of the minutes, not the check of a draft"
    )
    report.add_argument("--release", metavar="FILE", help="the release record of the plan: shows the answers in it")
    report.add_argument(
        "--unsafe-whole-document", action="store_true", help="put whole minutes into the page; every page says so"
    )
    report.add_argument("--format", choices=("html", "markdown", "text"), default="html")
    report.add_argument(
        "--output", metavar="FILE", help=f"where to; the name ends with {ENDING}, {MARKDOWN_ENDING} or {TEXT_ENDING}"
    )

    answers = add("answers", _answers, "what was answered on a working view, as decisions", _HELP["answers"])
    answers.add_argument("answers", metavar="ANSWERS", help="the file that the page wrote")
    answers.add_argument("minutes", metavar="MINUTES", help="the minutes that were asked about")
    answers.add_argument("--document-id", metavar="ID", help="your own id of the minutes; without it, a digest")
    answers.add_argument("--by", metavar="NAME", required=True, help="who answered")
    answers.add_argument("--when", metavar="TIME", type=_time, required=True, help="when, with its offset from UTC")

    lint_ = add("lint", _lint, "what will not split, and how to write it instead", _HELP["lint"])
    _takes_minutes(lint_, required=False)
    lint_.add_argument("--house-style", action="store_true", help="print the guide for minute takers, as Markdown")
    _gives(lint_)

    schema = add("schema", _schema, "the JSON Schema of each form", _HELP["schema"])
    schema.add_argument("name", metavar="FORM", nargs="?", choices=wire.SCHEMAS, help=", ".join(wire.SCHEMAS))

    shells = add("completion", _completion, "the script with which a shell completes this command", _HELP["completion"])
    shells.add_argument("shell", metavar="SHELL", choices=SHELLS, help=", ".join(SHELLS))
    return parser


def _command(
    commands: Any, name: str, run: Callable[[argparse.Namespace], _Output], said: str, taught: str
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name, description=f"{said[0].upper()}{said[1:]}.\n{taught}", epilog=_EXIT_CODES, help=said
    )
    parser.set_defaults(run=run, parser=parser)
    return parser


_READ = "Word, OpenDocument, text, Markdown, a transcript, mail; PDF and HTML with their extras"


def _takes_minutes(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    parser.add_argument("minutes", metavar="MINUTES", nargs=None if required else "?", help=_READ)
    parser.add_argument("--roster", metavar="FILE", required=required, help="who the meeting was about, as JSON")
    parser.add_argument("--document-id", metavar="ID", help="your own id of the minutes; without it, a digest")
    _takes_settings(parser)


def _takes_draft(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    parser.add_argument(
        "draft", metavar="DRAFT", nargs=None if required else "?",
        help=f"the draft: {_READ}; or a plan as JSON",
    )  # fmt: skip
    parser.add_argument("--plan", action="store_true", help="DRAFT is a plan as `Plan.to_json` writes it")
    parser.add_argument(
        "--against", metavar="MINUTES", action="append", required=True,
        help="minutes that the author could open; repeat it for each",
    )  # fmt: skip
    parser.add_argument(
        "--roster", metavar="FILE", action="append", required=True,
        help="the roster of the minutes; one for all, or one for each, in the same order",
    )  # fmt: skip
    _takes_settings(parser)
    _takes_family(parser, required=False)


def _takes_settings(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--decisions", metavar="FILE", action="append", default=[], help="what people decided, as JSON; may be repeated"
    )
    parser.add_argument("--by", metavar="NAME", help="who answered, if the decisions come from a working view")
    parser.add_argument("--when", metavar="TIME", type=_time, help="when, with its offset from UTC")
    parser.add_argument("--policy", metavar="FILE", help="the authority's settings, as TOML or JSON")


def _takes_family(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    parser.add_argument("--family", metavar="ID", required=required, help="the family's id in the roster")
    parser.add_argument(
        "--recipient", metavar="ID", action="append", default=[],
        help="somebody who will read it, by the id in the roster; may be repeated",
    )  # fmt: skip


def _gives(parser: argparse.ArgumentParser, *, words: bool = True, keys: bool = False) -> None:
    parser.add_argument("--format", choices=("text", "json", "html", "markdown"), default="text")
    parser.set_defaults(words=None, keys=False)
    if words:
        parser.add_argument(
            "--words", action=argparse.BooleanOptionalAction,
            help="with or without words of the minutes; without this, JSON has none and the rest has them",
        )  # fmt: skip
    if keys:
        parser.add_argument(
            "--keys",
            action="store_true",
            help="write the keys of units into JSON; a short sentence can be guessed from its key",
        )


_HELP = {
    "tour": """
Prints what family ID may be given, with references; what is withheld and why;
what happens when words about others are pasted; what happens when another
family's excerpt is; and a draft from the family's own excerpts. The output is
for inside: it shows what is withheld.

  minutes-split tour minutes.docx --roster roster.json --family A
""",
    "view": """
The excerpts, each with a short reference that says nothing of its words, and
the proposals: passages that are likely about the family alone and that a
person has to confirm first. JSON holds the excerpts only; it is the one form
that may leave the authority, if the authority decides so.

  minutes-split view minutes.docx --roster roster.json --family A
  minutes-split view minutes.docx --roster roster.json --family A --recipient father-1 --format json
""",
    "withheld": """
What concerns the family comes first, the gravest on top: this is what a plan
may have to say in the worker's own words. The rest is a count.

  minutes-split withheld minutes.docx --roster roster.json --family A
""",
    "questions": """
Who is meant by a word that could be one of several people, and which proposals
are right. Answers go into a file of decisions, which every command takes.

  minutes-split questions minutes.docx --roster roster.json
  minutes-split view minutes.docx --roster roster.json --family A --decisions answers.json
""",
    "audit": """
Compares a draft with all minutes that its author could open: words copied from
parts that are not the family's, also with names changed or light edits; names,
dates of birth, addresses and numbers of others; protected values. Statements
in other words are not found.

  minutes-split audit plan.docx --family A --against minutes.docx --roster roster.json
  xclip -o | minutes-split audit - --family A --against minutes.docx --roster roster.json
  minutes-split audit plan.json --plan --against strategy.docx --roster s.json --against conference.docx --roster c.json
""",
    "split": """
  minutes-split split minutes.docx --roster roster.json
  minutes-split split minutes.docx --roster roster.json --format json > split.json
""",
    "explain": """
Shows each rule that spoke about the passage, on which words, in one sentence.

  minutes-split explain minutes.docx --roster roster.json --at 6765
""",
    "redact": """
Nothing is blacked out: a paper is put together from what the family's view
holds for these recipients, and scanned before it is given out. The schedule
says what is not in it and what may be cited; it is for the officer alone.

  minutes-split redact minutes.docx --roster roster.json --family A --recipient father-1 --docx paper.docx
  minutes-split redact minutes.docx --roster roster.json --family A --recipient father-1 --schedule
""",
    "report": """
For the person who checks a draft and did not write it: the draft beside its
sources, findings with a field for each answer, what was given by position and
not by name, what is withheld, who decided what. With --working, for whoever
places passages: all families, why, and a form for the open questions. Both
are for inside, and every printed page says so.

  minutes-split report plan.json --plan --against minutes.docx --roster roster.json --output check.internal.html
  minutes-split report plan.docx --family A --against minutes.docx --roster roster.json --output check.internal.html
  minutes-split report plan.json --plan --against minutes.docx --roster roster.json --format markdown
  minutes-split report --working --against minutes.docx --roster roster.json --output working.internal.html
""",
    "answers": """
A page cannot know who sits in front of it. Who answered and when is said here,
by whoever takes the file in, and stands in the decisions from then on.

  minutes-split answers decisions.json minutes.docx --by s.begum --when 2022-10-12T09:30:00+00:00 > decided.json
  minutes-split view minutes.docx --roster roster.json --family A --decisions decided.json
""",
    "completion": """
  minutes-split completion bash > ~/.local/share/bash-completion/completions/minutes-split
  minutes-split completion zsh > "${fpath[1]}/_minutes-split"
""",
    "lint": """
Each cause once, with the passages that lean on it: the gravest first. The
score is the share of what is about somebody that reached one family. Exit code
3 means that other words would mend something.

  minutes-split lint minutes.docx --roster roster.json
  minutes-split lint --house-style > house-style.md
""",
    "schema": """
Without FORM, prints their names.

  minutes-split schema roster
""",
}
