"""The measured error of each class of evidence, over the labelled rounds: `python -m tests.bench.classes`.

A class is certain in `Policy` if at most 0.5 % of the characters that it gave to a family were about anybody else; the two
exceptions stand in docs/thresholds.md.
"""

from __future__ import annotations

from collections import defaultdict

from minutes_split import split
from minutes_split.policy import CERTAIN, TOO_WEAK
from tests import gold


def measured(folder: str = "rounds") -> dict[str, tuple[int, int]]:
    """Class -> characters that it gave to the family they are about, and to another; white space is not counted."""
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for case in gold.cases():
        if not case.name.startswith(folder):
            continue
        labels: list[frozenset[str] | None] = [None] * len(case.text)
        for line in case.lines:
            for place in range(*line.span):
                if not case.text[place].isspace():
                    labels[place] = line.about
        for unit in split(case.text, case.roster).units:
            weak = unit.evidence in TOO_WEAK and unit.status == "unresolved" and unit.parties is not None
            if unit.status != "owned" and not weak:
                continue
            family = frozenset(unit.parties or ()) - {"?"}
            for place in range(*unit.span):
                about = labels[place]
                if about:
                    found[unit.evidence][about != family] += 1
    return {name: (right, wrong) for name, (right, wrong) in found.items()}


def main() -> None:
    """Prints the table of `docs/thresholds.md`."""
    print("| class | characters | leak | certain, likely or too weak |\n|---|---|---|---|")
    for name, (right, wrong) in sorted(measured().items(), key=lambda item: -sum(item[1])):
        if right + wrong >= 200:
            strength = "certain" if name in CERTAIN else "too weak" if name in TOO_WEAK else "likely"
            print(f"| {name} | {right + wrong:,} | {wrong / (right + wrong):.1%} | {strength} |")


if __name__ == "__main__":
    main()
