"""What fuzzing has found: inputs that once let something out that is no `MinutesSplitError` (see `tests/fuzz/README.md`)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.targets import TARGETS, run

FOUND = Path(__file__).parent / "bad" / "fuzz"

REFUSED = [
    ("bytes", "entry-without-a-name.zip"),  # IndexError of zipfile's `is_dir`
]


@pytest.mark.parametrize(("target", "name"), REFUSED)
def test_what_fuzzing_found_is_refused_with_an_error_of_ours(target: str, name: str) -> None:
    assert not run(target, (FOUND / name).read_bytes())


def test_every_finding_is_in_the_table() -> None:
    assert {path.name for path in FOUND.iterdir()} == {name for _, name in REFUSED}


@pytest.mark.parametrize("target", sorted(TARGETS))
def test_the_seeds_of_every_target_pass_and_at_least_one_is_accepted(
    target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A harness whose seeds are all refused looks at nothing."""
    monkeypatch.setenv("FUZZ_SCRATCH", str(tmp_path))
    if target in ("html", "pdf", "scan-pdf"):
        pytest.importorskip(
            {"html": "justhtml"}.get(target, "pypdfium2"), reason="its reader is not installed (extra `test`)"
        )
    accepted = [run(target, seed) for _, seed in zip(range(12), TARGETS[target].seeds(), strict=False)]
    assert any(accepted)
