"""Fuzzes targets with changed seeds, without atheris; goes on after a finding and tells each place once.

python tests/fuzz/with_hypothesis.py [TARGET ...] [--examples 20000] [--keep FOLDER]
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from tests.fuzz.targets import TARGETS, Kept, run


@st.composite
def changed(draw: st.DrawFn, seeds: list[bytes], words: tuple[str, ...]) -> bytes:
    """A seed, or two joined, with some stretches cut, doubled, moved, or replaced by bytes or by words that matter."""
    data = draw(st.sampled_from(seeds))
    if draw(st.integers(0, 5)) == 0:
        data = data[: draw(st.integers(0, len(data)))] + draw(st.sampled_from(seeds))
    known = [word.encode() for word in words] or [b"0"]
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.sampled_from((0, 1, 2, 4, 16, 64, 1024))))
        piece = draw(
            st.one_of(
                st.just(b""), st.binary(max_size=6), st.sampled_from(known), st.just(data[start:end] * 3),
                st.sampled_from((b"\xff", b"\x00", b"-1", b"99999999999999999999", b"\xed\xa0\x80", "\u202e".encode(), b"1e999", b"&#0;", b"[" * 2000)),
            )
        )  # fmt: skip
        data = data[:start] + piece + data[end:]
    return data


def fuzz(name: str, examples: int, keep: Path) -> int:
    """How many different faults were found; each is written to `keep`."""
    kept = Kept(name, keep)
    seen = {True: 0, False: 0}
    seeds, words = [*TARGETS[name].seeds()], TARGETS[name].words

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[*HealthCheck],
    )
    @given(changed(seeds, words))
    def once(data: bytes) -> None:
        began = time.process_time()
        fault: Exception | None = None
        try:
            seen[run(name, data)] += 1
        except Exception as wrong:
            fault = wrong
        kept.note(data, fault, time.process_time() - began)

    began = time.process_time()
    once()
    print(
        f"{name}: {seen[True]} accepted, {seen[False]} refused, {len(kept.places)} faults, {time.process_time() - began:.0f} s",
        flush=True,
    )
    return len(kept.places)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", default=sorted(TARGETS), metavar="TARGET")
    parser.add_argument("--examples", type=int, default=20_000)
    parser.add_argument("--keep", type=Path, default=Path("found"))
    asked = parser.parse_args()
    asked.keep = asked.keep.resolve()
    asked.keep.mkdir(exist_ok=True)
    os.environ["FUZZ_SCRATCH"] = tempfile.mkdtemp(prefix="fuzz-")
    os.chdir(os.environ["FUZZ_SCRATCH"])  # what the command writes is written here
    failed = [name for name in asked.targets if fuzz(name, asked.examples, asked.keep)]
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
