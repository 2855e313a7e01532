"""Speed of an audit, in CPU seconds, the best of several runs: python tests/bench/audit.py [--large]."""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from planted import OWN, World, clean_plan, world  # noqa: E402  # behind the line that makes it findable

from minutes_split import AuditIndex, Plan, audit  # noqa: E402  # behind the line that makes it findable
from minutes_split.plan import Pasted  # noqa: E402  # behind the line that makes it findable


def best(work: Callable[[], object], times: int) -> float:
    """CPU seconds of the quickest run."""
    taken = []
    for _ in range(times):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return min(taken)


def plan_of(made: World, words: int) -> Plan:
    """A plan of so many words: excerpts, own words and stock phrases by thirds."""
    plan, seed = clean_plan(made, random.Random(0)), 0
    while True:
        seed += 1
        for entry in clean_plan(made, random.Random(seed)).entries:
            if len(plan.text.split()) >= words:
                return plan
            pasted = isinstance(entry, Pasted)
            plan = plan.paste(entry.excerpt, field=entry.field) if pasted else plan.write(entry.text, field=entry.field)


def told(what: str, seconds: float, most: float) -> None:
    print(f"{what:74} {1000 * seconds:8.1f} ms   at most {1000 * most:.0f} ms")


def words_of(minutes: Any) -> int:
    return sum(len(one.document.text.split()) for one in minutes)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true", help="against a million words too")
    given = parser.parse_args()
    made = world(5, documents=20, statements=24)
    index = AuditIndex.build(made.minutes)
    family = made.target.family
    copied = " ".join(words for _, words in made.foreign())[:2000]
    own = " ".join(made.target.fill(line, random.Random(1)) for line in OWN.split("\n") * 2)[:2000]
    around = f"2,000 pasted characters against 20 documents, {words_of(made.minutes):,} words"
    told(f"{around}: all copied", best(lambda: audit(copied, against=index, family=family), 9), 0.05)
    told(f"{around}: own words", best(lambda: audit(own, against=index, family=family), 9), 0.05)
    plan = plan_of(made, 3500)
    told(f"a plan of 3,500 words against {words_of(made.minutes):,}", best(lambda: audit(plan, against=index), 7), 0.15)
    if given.large:
        minutes = [one for seed in range(1000, 1061) for one in world(seed, documents=10, statements=40).minutes]
        told(f"an index of {words_of(minutes):,} words", best(lambda: AuditIndex.build(minutes), 2), 10)
        large = AuditIndex.build(minutes)
        plan = plan_of(world(1000, documents=10, statements=40), 3500)
        told("a plan of 3,500 words against it", best(lambda: audit(plan, against=large), 4), 2)


if __name__ == "__main__":
    main()
