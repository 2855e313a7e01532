r"""Gold cases: minutes that a social worker can label without code, read and scored.

`fixtures/cases/<phenomenon>.txt`:

    why: what the case is there for
    roster: harper-okafor             fixtures/rosters/harper-okafor.json
    fires: 7 9                        lines at which the rule named like the file speaks
    silent: 8                         lines at which it does not
    known: 12; why it is not yet so   lines whose complaint is known and counted
    ---
    LABEL | text

Numbers are line numbers of the file, as an editor shows them. LABEL says whom the line tells a careful reader
something about: `A`, `A B` (family ids), `X` (somebody on no roster), `-` (nobody), `?` (nobody could tell).
`A!` has to be released as an excerpt, `A~` has to be proposed at least. A trailing `\` joins the next line into the
same paragraph, `\+` joins it without a space, `- |` is an empty line, `{U+200B}` is that character.

Cases in a folder (`cases/adversarial/`, `cases/rounds/`, ...) are scored and not judged line by line; there `?` is not scored.

    python -m tests.gold            the scores, with gains and losses against fixtures/scores.json
    python -m tests.gold --write    the same, and renews fixtures/scores.json and the `known:` lines
    python -m tests.gold --show N   the same, and the first N leaks
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path

from minutes_split import Document, Roster, Split, Splitter
from minutes_split.spans import Span

ROOT = Path(__file__).parent.parent
CASES = ROOT / "fixtures" / "cases"
ROSTERS = ROOT / "fixtures" / "rosters"
SCORES = ROOT / "fixtures" / "scores.json"

_ESCAPE = re.compile(r"\{U\+([0-9A-F]{4,6})\}")


class CaseError(Exception):
    """A case that is not written as it should be: file, line, and what is wrong."""


@dataclass(frozen=True, slots=True)
class Line:
    """One labelled line of a case."""

    number: int
    """As an editor shows it."""
    about: frozenset[str] | None
    """Family ids and `X`; empty for nobody; `None` where nobody could tell."""
    due: str
    """`!` if it has to be released, `~` if it has to be proposed at least, otherwise empty."""
    span: Span
    """In the text of the case, without the line end."""


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled document."""

    name: str
    """Path below `cases/` without `.txt`."""
    why: str
    roster: Roster
    text: str
    lines: tuple[Line, ...]
    fires: tuple[int, ...] = ()
    silent: tuple[int, ...] = ()
    known: tuple[int, ...] = ()
    document: Document | None = None
    """If it was read from a file and not typed."""

    @property
    def phenomenon(self) -> str:
        """The group in which it is scored: its folder, or its own name."""
        return self.name.rpartition("/")[0] or self.name

    @property
    def judged(self) -> bool:
        """Whether it is judged line by line."""
        return "/" not in self.name

    @property
    def split(self) -> Split:
        """The case split by its own roster."""
        return _splitter(self.roster).split(self.document or self.text)


@dataclass(slots=True)
class Score:
    """Characters without white space, over every family of every case of a group."""

    cases: int = 0
    due: int = 0
    """About the family alone."""
    foreign: int = 0
    """About anybody else."""
    useful: int = 0
    """Due and in an excerpt."""
    leak: int = 0
    """Foreign and in an excerpt."""
    offered_useful: int = 0
    """Due and in an excerpt or a proposal."""
    offered_leak: int = 0
    """Foreign and in an excerpt or a proposal."""
    known: int = 0
    """Lines of judged cases that are not yet as they should be."""

    def __iadd__(self, other: Score) -> Score:
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))
        return self

    def losses(self, old: Score) -> list[str]:
        """What is worse than in `old`, as `leak 12 -> 40`."""
        worse = [
            (name, was, now)
            for name, sign in _DIRECTION
            if (now := getattr(self, name)) * sign < (was := getattr(old, name)) * sign
        ]
        return [f"{name} {was} -> {now}" for name, was, now in worse]

    def gains(self, old: Score) -> list[str]:
        """What is better than in `old`."""
        return [
            f"{name} {getattr(old, name)} -> {getattr(self, name)}"
            for name, sign in _DIRECTION
            if getattr(self, name) * sign > getattr(old, name) * sign
        ]

    def row(self, name: str) -> str:
        """One line of the table: utility and leak of excerpts, then of everything offered."""
        return (
            f"{name[:52]:52}{self.cases:>6}{_share(self.useful, self.due):>8.1%}"
            f"{_share(self.leak, self.leak + self.useful):>8.2%}{self.leak:>7}"
            f"{_share(self.offered_useful, self.due):>9.1%}"
            f"{_share(self.offered_leak, self.offered_leak + self.offered_useful):>8.2%}{self.offered_leak:>7}{self.known:>6}"
        )


_DIRECTION = (("useful", 1), ("leak", -1), ("offered_useful", 1), ("offered_leak", -1), ("known", -1))
HEAD = f"{'':52}{'cases':>6}{'utility':>8}{'leak':>8}{'chars':>7}{'offered':>9}{'leak':>8}{'chars':>7}{'known':>6}"


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


# --- reading -------------------------------------------------------------------------------------


def load(path: Path) -> Case:
    """One case from its file. Raises: `CaseError` with file and line."""
    name = path.relative_to(CASES).with_suffix("").as_posix()
    return parsed(path.read_text(encoding="utf-8"), name)


def parsed(written: str, name: str) -> Case:
    """A case from what its file says. Raises: `CaseError` with file and line."""
    rows = written.split("\n")
    if rows and rows[-1] == "":
        rows.pop()
    if "---" not in rows:
        raise CaseError(f"{name}: has no line `---` between header and text")
    body = rows.index("---")
    header = _header(rows[:body], name)
    families = {*roster(header["roster"]).ids, "X"}
    text, lines, at = [], [], 0
    for number, row in enumerate(rows[body + 1 :], body + 2):
        label, bar, words = row.partition("|")
        if not bar:
            raise CaseError(f"{name}, line {number}: has no `|` behind the label")
        words = words.removeprefix(" ")
        end = "\n"
        for mark, join in (("\\+", ""), ("\\", " ")):
            if words.endswith(mark):
                words, end = words.removesuffix(mark), join
                words = words.removesuffix(" ") if join else words
                break
        words = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), words)
        about, due = _label(label.strip(), families, f"{name}, line {number}")
        lines.append(Line(number, about, due, Span(at, at + len(words))))
        text.append(words + end)
        at += len(words) + len(end)
    numbers = {line.number for line in lines}
    for key in ("fires", "silent", "known"):
        if not numbers.issuperset(_numbers(header.get(key, ""))):
            raise CaseError(f"{name}: `{key}` names a line that has no label")
    return Case(
        name,
        header["why"],
        roster(header["roster"]),
        "".join(text),
        tuple(lines),
        _numbers(header.get("fires", "")),
        _numbers(header.get("silent", "")),
        _numbers(header.get("known", "")),
    )


def _header(rows: list[str], name: str) -> dict[str, str]:
    found = {}
    for number, row in enumerate(rows, 1):
        key, colon, value = row.partition(":")
        if not colon or key not in ("why", "roster", "fires", "silent", "known"):
            raise CaseError(f"{name}, line {number}: a header line begins with why, roster, fires, silent or known")
        found[key] = value.strip()
    if missing := {"why", "roster"} - set(found):
        raise CaseError(f"{name}: the header says nothing of {', '.join(sorted(missing))}")
    if found.get("known") and ";" not in found["known"]:
        raise CaseError(f"{name}: `known` gives line numbers, a semicolon, and a reason")
    return found


def _numbers(told: str) -> tuple[int, ...]:
    return tuple(int(word) for word in told.partition(";")[0].replace(",", " ").split())


def _label(label: str, families: set[str], where: str) -> tuple[frozenset[str] | None, str]:
    if not label:
        raise CaseError(f"{where}: has no label")
    due = label[-1] if label[-1] in "!~" else ""
    bare = label.removesuffix(due)
    if bare in ("-", "?"):
        if due:
            raise CaseError(f"{where}: what is about nobody, or nobody could tell, is due to nobody")
        return (None if bare == "?" else frozenset()), ""
    about = frozenset(bare.split())
    if about - families:
        raise CaseError(f"{where}: names a family that the roster does not have")
    if due and (len(about) != 1 or about == {"X"}):
        raise CaseError(f"{where}: what is about several, or a stranger, is due to nobody")
    return about, due


@cache
def roster(name: str) -> Roster:
    """A roster of `fixtures/rosters/`, by its name without `.json`."""
    return Roster.load((ROSTERS / f"{name}.json").read_text(encoding="utf-8"))


_SPLITTERS: dict[str, Splitter] = {}


def _splitter(of: Roster) -> Splitter:
    return _SPLITTERS.setdefault(of.digest, Splitter(of))


def cases() -> list[Case]:
    """Every case below `fixtures/cases/`, by name."""
    return [load(path) for path in sorted(CASES.rglob("*.txt"))]


def judged_cases() -> list[Case]:
    """The cases that are judged line by line."""
    return [load(path) for path in sorted(CASES.glob("*.txt"))]


def document_cases() -> list[Case]:
    """The Word documents below `fixtures/`, read from their files, with the labels of the text beside them.

    A labelled line is found in the document by its words, white space aside; one that is not in the live text
    (a comment) has no place in the case.
    """
    from fixtures import build
    from minutes_split import read

    found = []
    for path in build.documents():
        document = read(path.with_suffix(".docx"))
        solid = [place for place, character in enumerate(document.text) if not character.isspace()]
        squeezed = "".join(document.text[place] for place in solid)
        lines, at = [], 0
        for number, labelled in enumerate(build.lines(path), 1):
            words = "".join(labelled.text.split())
            place = squeezed.find(words, at)
            place = squeezed.find(words) if place < 0 else place
            if place < 0:
                if labelled.part == "body":
                    raise CaseError(f"{path.name}: labelled line {number} is not in the text of the document")
                continue
            if labelled.part == "body":
                at = place + len(words)
            about = None if labelled.doubtful else frozenset(labelled.about)
            lines.append(Line(number, about, "", Span(solid[place], solid[place + len(words) - 1] + 1)))
        name = f"documents/{path.relative_to(build.HERE).with_suffix('').as_posix()}"
        people = Roster.load(build.roster_of(path).read_text(encoding="utf-8"))
        found.append(Case(name, "", people, document.text, tuple(lines), document=document))
    return found


# --- judging and scoring -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Released:
    """Which characters one family's view holds."""

    excerpts: bytearray = field(repr=False)
    offered: bytearray = field(repr=False)

    @classmethod
    def of(cls, split: Split, family: str) -> Released:
        """The view of `family`: its excerpts, and excerpts with proposals."""
        view = split.view(family)
        excerpts, offered = bytearray(len(split.document.text)), bytearray(len(split.document.text))
        for part in (*view.excerpts, *view.proposals):
            offered[part.span.start : part.span.end] = b"\1" * (part.span.end - part.span.start)
        for part in view.excerpts:
            excerpts[part.span.start : part.span.end] = b"\1" * (part.span.end - part.span.start)
        return cls(excerpts, offered)


def complaints(case: Case) -> dict[int, list[str]]:
    """What is not as a judged case says, by line: `leak to A at line 9`, `withheld from A at line 12`, ..."""
    split = case.split
    views = {family: Released.of(split, family) for family in case.roster.ids}
    found: dict[int, list[str]] = {}
    read = {i for unit in split.units for i in range(*unit.span)}  # a bullet or the border of a cell is in no unit
    for line in case.lines:
        solid = _solid(case.text, line.span)
        for family, released in views.items():
            if line.about != frozenset() and line.about != {family} and any(released.offered[i] for i in solid):
                found.setdefault(line.number, []).append(f"leak to {family} at line {line.number}")
            given = released.excerpts if line.due == "!" else released.offered
            if line.due and line.about == {family} and not all(given[i] for i in solid if i in read):
                found.setdefault(line.number, []).append(f"withheld from {family} at line {line.number}")
    for number, word in rule_complaints(case, split):
        found.setdefault(number, []).append(f"{word} at line {number}")
    return found


def rule_complaints(case: Case, split: Split) -> Iterator[tuple[int, str]]:
    """Lines at which the rule named like the file is silent and should fire, or fires and should be silent."""
    spoken = {line.number: rules_at(split, line.span) for line in case.lines}
    yield from ((number, "silent") for number in case.fires if case.name not in spoken[number])
    yield from ((number, "fires") for number in case.silent if case.name in spoken[number])


def rules_at(split: Split, span: Span) -> set[str]:
    """The rules that spoke about a stretch of the text."""
    at = [unit for unit in split.units if unit.span.meets(span)]
    found: set[str] = set()
    for unit in at:
        whole = span.holds(unit.span)
        found.update(c.rule for c in unit.claims if whole or not c.spans or any(s.meets(span) for s in c.spans))
    return found


def score(case: Case, leaks: list[str] | None = None) -> Score:
    """The figures of one case; `leaks`, if given, takes what was released to the wrong family, for a person to read."""
    split, found = case.split, Score(cases=1)
    for family in case.roster.ids:
        released = Released.of(split, family)
        for line in case.lines:
            if not line.about:
                continue
            solid = _solid(case.text, line.span)
            given = sum(released.excerpts[i] for i in solid)
            offered = sum(released.offered[i] for i in solid)
            if line.about == {family}:
                found.due += len(solid)
                found.useful += given
                found.offered_useful += offered
            else:
                found.foreign += len(solid)
                found.leak += given
                found.offered_leak += offered
                if leaks is not None and offered:
                    what = "leak" if given else "wrong proposal"
                    words = " ".join(line.span.within(case.text).split())
                    leaks.append(
                        f"{what} to {family} | {case.name}:{line.number} | {' '.join(sorted(line.about))} | {words}"
                    )
    return found


def _solid(text: str, span: Span) -> list[int]:
    return [place for place in range(span.start, span.end) if not text[place].isspace()]


def scores(of: Iterable[Case], leaks: list[str] | None = None) -> dict[str, Score]:
    """Figures by phenomenon, in the order of their names."""
    found: dict[str, Score] = {}
    for case in of:
        group = found.setdefault(case.phenomenon, Score())
        group += score(case, leaks)
        if case.judged:
            group.known += len(complaints(case))
    return dict(sorted(found.items()))


def filed() -> dict[str, Score]:
    """The figures of `fixtures/scores.json`; empty without one."""
    if not SCORES.exists():
        return {}
    return {name: Score(**told) for name, told in json.loads(SCORES.read_text(encoding="utf-8")).items()}


def table(now: dict[str, Score], old: dict[str, Score]) -> str:
    """The figures with their totals, and below them what was gained and lost."""
    rows = [HEAD, *(found.row(name) for name, found in now.items())]
    for title, names in (("JUDGED LINE BY LINE", _judged(now)), ("SCORED", set(now) - _judged(now))):
        total = Score()
        for name in sorted(names):
            total += now[name]
        rows.append(total.row(title))
    for name, found in now.items():
        before = old.get(name)
        if before is None:
            rows.append(f"new   {name}")
            continue
        rows += [f"gain  {name}: {', '.join(gains)}" for gains in [found.gains(before)] if gains]
        rows += [f"LOSS  {name}: {', '.join(losses)}" for losses in [found.losses(before)] if losses]
    rows += [f"LOSS  {name}: is gone" for name in sorted(set(old) - set(now))]
    return "\n".join(rows)


def _judged(now: dict[str, Score]) -> set[str]:
    return {path.stem for path in CASES.glob("*.txt")} & set(now)


def renew(now: dict[str, Score]) -> None:
    """Writes `scores.json`, and takes out of every `known:` line what is mended."""
    told = {name: {each.name: getattr(found, each.name) for each in fields(found)} for name, found in now.items()}
    rows = [f"{json.dumps(name)}: {json.dumps(figures)}" for name, figures in told.items()]
    SCORES.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")
    for path in sorted(CASES.glob("*.txt")):
        case = load(path)
        still = [number for number in case.known if number in complaints(case)]
        if len(still) < len(case.known):
            written = path.read_text(encoding="utf-8")
            reason = re.search(r"^known:[^;\n]*(;.*)$", written, re.M)
            kept = f"known: {' '.join(map(str, still))}{reason[1] if reason else ''}" if still else "known:"
            head, _, body = written.partition("\n---\n")
            rows = [kept if row.startswith("known:") else row for row in head.split("\n")]
            path.write_text("\n".join(rows) + "\n---\n" + body, encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Prints the scores; 1 if anything was lost."""
    parser = argparse.ArgumentParser(prog="python -m tests.gold", description="Scores the gold cases.")
    parser.add_argument("--write", action="store_true", help="renew fixtures/scores.json and the known: lines")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print the first N leaks")
    asked = parser.parse_args(arguments)
    leaks: list[str] = []
    now, old = scores([*cases(), *document_cases()], leaks), filed()
    print(table(now, old))
    print("\n".join(leaks[: asked.show]))
    if asked.write:
        renew(now)
        return 0
    return int(any(found.losses(old[name]) for name, found in now.items() if name in old))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
