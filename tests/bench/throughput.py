"""How fast a text is split, and what it needs. A benchmark, not a test.

    python tests/bench/throughput.py            1 MB with 10, 100 and 1,000 families, a register, 10 MB against 1 MB
    python tests/bench/throughput.py --quick    1 MB with 10 and 100 families

Each line is measured in a process of its own, so that peak memory is that run's alone.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
FIRST = [
    "Kayleigh",
    "Jayden",
    "Ngozi",
    "Chidi",
    "Carol",
    "Liam",
    "Abena",
    "Joel",
    "Sharon",
    "Mark",
    "Jodie",
    "Ellie",
    "Kirsty",
    "Noah",
    "Fiona",
    "Euan",
    "Piotr",
    "Oliwia",
    "Farah",
    "Neil",
    "Dawn",
    "Imran",
    "Leanne",
    "Connor",
    "Poppy",
    "Alfie",
    "Tess",
    "Grace",
    "Oscar",
    "Mia",
]
LAST = [
    "Harper",
    "Okafor",
    "Brennan",
    "Osei",
    "Pike",
    "Court",
    "Marsh",
    "Dunne",
    "Lowther",
    "Adeyemi",
    "Greenhalgh",
    "Fairbairn",
    "Blackwood",
    "Cartwright",
    "Donnelly",
]
BODY = (
    "{a} is in Year 5 and has a new teacher. Attendance is 88 %. Mum rang on Monday and was upset about the letter.",
    "She said that the house is cold. The health visitor has seen {a} twice since the last meeting, and the plan is working.",
    "{b} was seen at the shop. A neighbour rang about the noise, and the council has been told. It was agreed to meet on 3 March.",
    "{a} and {b} were on the bus. The other boy was not hurt. There is a form to be signed before the end of the month.",
)


def roster(families: int, registered: int) -> dict[str, object]:
    """Invented families: first names are shared by many of them, surnames by few."""

    def family(i: int, mark: str) -> dict[str, object]:
        last = f"{LAST[i % len(LAST)]}{_letters(i // len(LAST))}"
        people = [
            {"name": f"{FIRST[(i * 3 + j) % len(FIRST)]}{_letters(i // 30)} {last}", "role": role}
            for j, role in enumerate(("mother", "son", "daughter"))
        ]
        return {
            "id": f"{mark}{i}",
            "people": people,
            "addresses": [f"{i % 190 + 1} Weir Lane"],
            "identifiers": [f"LCS {4_000_000 + i}"],
        }

    return {
        "families": [family(i, "F") for i in range(families)],
        "professionals": [
            {"name": "Dr Priya Nair", "role": "paediatrician"},
            {"name": "Tom Webb", "role": "social worker"},
        ],
        "register": [family(i, "R") for i in range(families, families + registered)],
    }


def _letters(number: int) -> str:
    """0 is nothing, then -ara, -bra, ...: surnames that are no near misses of one another at first sight."""
    made = ""
    while number:
        number, rest = divmod(number, 19)
        made += "bcdfghjklmnpqrstvwz"[rest] + "aeio"[number % 4]
    return made


def text(data: dict[str, Any], characters: int) -> str:
    """Minutes of so many characters, a heading for each family in turn."""
    people = [[person["name"].split()[0] for person in family["people"]] for family in data["families"]]
    heads = [family["people"][0]["name"].split()[-1] for family in data["families"]]
    parts, length, i = [], 0, 0
    while length < characters:
        k = i % len(heads)
        said = f"{i + 1}. {heads[k]} family\n\n" + "\n".join(
            line.format(a=people[k][n % 3], b=people[(k + 1) % len(people)][n % 3]) for n, line in enumerate(BODY)
        )
        parts.append(said)
        length += len(said) + 2
        i += 1
    return "\n\n".join(parts)[:characters]


def measure(families: int, registered: int, characters: int, views: bool) -> dict[str, float]:
    """Seconds and memory of one split with all its views, in this process."""
    from minutes_split import Roster, Splitter

    data = roster(families, registered)
    minutes = text(data, characters)
    began = time.perf_counter()
    splitter = Splitter(Roster.load(data))
    compiled = time.perf_counter()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = splitter.split(minutes)
    split = time.perf_counter()
    given = 0
    for family in found.roster.ids if views else ():
        view = found.view(family)
        given += sum(len(excerpt.text) for excerpt in view.excerpts)
    done = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "compile": compiled - began, "split": split - compiled, "views": done - split, "units": len(found.units), "given": given,
        "peak MB": peak / 1024, "of which split MB": (peak - before) / 1024, "characters": characters,
    }  # fmt: skip


def main() -> None:
    """Runs each measurement in a process of its own and prints the table."""
    parser = argparse.ArgumentParser(description="Characters a second, and peak memory.")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(measure(*json.loads(asked.one))))
        return
    million = 1_000_000
    runs = [("1 MB, 10 families", (10, 0, million, True)), ("1 MB, 100 families", (100, 0, million, True))]
    if not asked.quick:
        runs += [
            ("1 MB, 1,000 families", (1000, 0, million, True)),
            ("1 MB, 100 families, register of 10,000", (100, 10_000, million, True)),
            ("1 MB, 100 families, no views", (100, 0, million, False)),
            ("10 MB, 100 families, no views", (100, 0, 10 * million, False)),
        ]
    print(
        f"{'':42}{'compile s':>10}{'split s':>9}{'views s':>9}{'char/s':>10}{'units':>8}{'peak MB':>9}{'split MB':>9}"
    )
    for name, told in runs:
        made = subprocess.run(
            [sys.executable, __file__, "--one", json.dumps(told)], capture_output=True, text=True, check=False, cwd=ROOT
        )
        if made.returncode:
            print(f"{name:42} failed: {made.stderr.strip().splitlines()[-1]}")
            continue
        f = json.loads(made.stdout)
        speed = f["characters"] / (f["split"] + f["views"])
        print(
            f"{name:42}{f['compile']:>10.2f}{f['split']:>9.2f}{f['views']:>9.2f}{speed:>10,.0f}{f['units']:>8}"
            f"{f['peak MB']:>9.0f}{f['of which split MB']:>9.0f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
