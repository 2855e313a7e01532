"""Fuzzes one target with atheris (coverage-guided).

python tests/fuzz/with_atheris.py TARGET [--seconds 600] [--keep FOLDER]

What breaks the target is written to FOLDER; put it under `tests/bad/fuzz/` with a name that says what it is.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

with atheris.instrument_imports(include=["minutes_split"]):
    from tests.fuzz import targets


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", choices=sorted(targets.TARGETS))
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--keep", type=Path, default=Path("found"))
    given = parser.parse_args()
    target = targets.TARGETS[given.target]
    scratch = Path(tempfile.mkdtemp(prefix=f"fuzz-{given.target}-"))
    os.environ["FUZZ_SCRATCH"] = str(scratch)
    corpus = scratch / "corpus"
    corpus.mkdir()
    given.keep = given.keep.resolve()
    given.keep.mkdir(exist_ok=True)
    os.chdir(scratch)  # what the command writes is written here
    for number, seed in enumerate(target.seeds()):
        (corpus / f"seed-{number}").write_bytes(seed)
    given_words = []
    if target.words:
        words = scratch / "words"
        words.write_text(
            "".join(f'"{"".join(f"{chr(92)}x{byte:02x}" for byte in word.encode())}"\n' for word in target.words)
        )
        given_words = [f"-dict={words}"]
    seen = {"accepted": 0, "refused": 0, "broken": 0}
    kept = targets.Kept(given.target, given.keep)
    told = [time.monotonic()]

    def once(data: bytes) -> None:
        began = time.process_time()
        fault: Exception | None = None
        try:
            seen["accepted" if targets.run(given.target, data) else "refused"] += 1
        except Exception as wrong:
            fault = wrong
            seen["broken"] += 1
        kept.note(data, fault, time.process_time() - began)
        if time.monotonic() - told[0] > 10:
            told[0] = time.monotonic()
            print(given.target, seen, flush=True)

    atheris.Setup(
        [
            sys.argv[0], f"-max_total_time={given.seconds}", "-timeout=60", "-rss_limit_mb=4000", "-max_len=60000", "-print_final_stats=1", "-verbosity=0",
            f"-artifact_prefix={given.keep}/{given.target}-", *given_words, str(corpus),
        ],
        once,
    )  # fmt: skip
    atheris.Fuzz()


if __name__ == "__main__":
    main()
