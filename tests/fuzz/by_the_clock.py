"""Fuzzes groups of targets with atheris, each for the same time, one after the other; says how much was tried.

python tests/fuzz/by_the_clock.py [GROUP ...] [--minutes 30] [--keep FOLDER]
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from tests.fuzz.targets import GROUPS

WITH_ATHERIS = Path(__file__).with_name("with_atheris.py")
EXECUTED = re.compile(r"number_of_executed_units:\s*(\d+)|^(?:Done|#)\s*(\d+)", re.M)


def fuzz(target: str, seconds: float, keep: Path) -> tuple[int, int, int]:
    """Inputs tried, findings, and how often the process ended before its time and was begun again."""
    tried = found = again = 0
    until = time.monotonic() + seconds
    while (left := int(until - time.monotonic())) > 5:
        told = subprocess.run(
            [sys.executable, WITH_ATHERIS, target, "--seconds", str(left), "--keep", keep],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False,
        ).stdout  # fmt: skip
        with (keep / f"{target}.log").open("a", encoding="utf-8") as log:
            log.write(told)
        tried += max((int(a or b) for a, b in EXECUTED.findall(told)), default=0)
        found += told.count("FOUND ")
        again += until - time.monotonic() > 10
    return tried, found, again


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("groups", nargs="*", default=[*GROUPS], metavar="GROUP")
    parser.add_argument("--minutes", type=float, default=30, help="for each group, shared equally by its targets")
    parser.add_argument("--keep", type=Path, default=Path("found"))
    asked = parser.parse_args()
    asked.keep = asked.keep.resolve()
    asked.keep.mkdir(exist_ok=True)
    broken = 0
    for group in asked.groups:
        for target in GROUPS[group]:
            seconds = 60 * asked.minutes / len(GROUPS[group])
            tried, found, again = fuzz(target, seconds, asked.keep)
            broken += found + again
            print(f"{group} {target}: {seconds:.0f} s, {tried} tried, {found} found, begun again {again}", flush=True)
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
