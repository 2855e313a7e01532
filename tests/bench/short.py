"""Short statements of labelled minutes by kind: how many are found in another family's draft, and how many are anybody's.

python tests/bench/short.py
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from minutes_split import AuditIndex, audit  # noqa: E402  # behind the line that makes it findable
from minutes_split.auditing.normal import AROUND, WORD, normalise  # noqa: E402  # behind the line that makes it findable
from tests import gold  # noqa: E402  # behind the line that makes it findable
from tests.test_labelled_plants import kind_of, names, of  # noqa: E402  # behind the line that makes it findable

Told = dict[str, set[frozenset[str]]]


def short_units(case: gold.Case) -> Told:
    """Units shorter than a run, by their words as written, with whom the lines that they stand in are about."""
    found: Told = {}
    for unit in case.split.units:
        words = unit.span.within(case.text).strip()
        plain = AROUND.sub("", normalise(words).text)
        for line in case.lines:
            inside = line.span.start <= unit.span.start and unit.span.end <= line.span.end + 1
            if line.about and inside and WORD.search(plain) and len(plain) < case.split.policy.audit_run:
                found.setdefault(words, set()).add(line.about)
    return found


def main() -> None:
    planted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    own: Counter[str] = Counter()
    shared: Counter[str] = Counter()
    for case in map(of, names()):
        told, index = short_units(case), AuditIndex.build([case.split])
        for family in case.roster.ids:
            free = " \n ".join(
                " ".join(WORD.findall(normalise(line.span.within(case.text)).text))
                for line in case.lines
                if line.about in (frozenset(), {family})
            )
            for words, about in told.items():
                plain = normalise(words).text
                kind = kind_of(AROUND.sub("", plain))
                if {family} in about:
                    own[kind] += 1
                    shared[kind] += len(about) > 1
                elif (
                    not any(family in held for held in about)
                    and f" {' '.join(WORD.findall(plain))} " not in f" {free} "
                ):
                    planted[kind] += 1
                    draft = f"We will visit on Mondays.\n{words}\nThere is to be a list."
                    place = draft.index("\n"), draft.rindex("\n")
                    told_of = audit(draft, against=index, family=family).findings
                    found[kind] += any(f.where.start < place[1] and f.where.end > place[0] for f in told_of)
    print("| kind | about others only | found | the family's own | of these stand with others too |")
    print("|---|---|---|---|---|")
    for kind in sorted(planted, key=lambda one: -planted[one]):
        rate = f"{shared[kind] / own[kind]:.1%}" if own[kind] else "-"
        print(f"| {kind} | {planted[kind]:,} | {found[kind]:,} | {own[kind]:,} | {rate} |")


if __name__ == "__main__":
    main()
