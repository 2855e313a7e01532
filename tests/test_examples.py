"""Every example in README and docs runs, and prints what stands behind it.

`python tests/test_examples.py` writes what they print now into the documents.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import shlex
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest

from minutes_split import Policy, Roster
from minutes_split.cli import main
from minutes_split.wire import policy_from

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([ROOT / "README.md", *ROOT.glob("docs/*.md")])
ALL = [*DOCUMENTS, ROOT / "CHANGELOG.md", ROOT / "STYLE.md"]
EXAMPLE = re.compile(r"^```python\n(?P<code>.*?)^```\n(?:\n```text\n(?P<printed>.*?)^```\n)?", re.M | re.S)


def examples(document: Path) -> list[re.Match[str]]:
    return list(EXAMPLE.finditer(document.read_text(encoding="utf-8")))


OUTSIDE = {"fastapi", "httpx", "mcp", "pandas", "matplotlib", "cryptography", "pyarrow"}
"""Libraries of others that an example may need; the extra `test` has them all."""


def printed(code: str, name: str) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.chdir(ROOT):
        exec(compile(code, name, "exec"), {"__name__": "example"})
    return out.getvalue()


def needed(code: str) -> list[str]:
    """The libraries of others that an example needs."""
    return sorted(OUTSIDE & set(re.findall(r"(?:^from |^import |library=\")(\w+)", code, re.M)))


def commands() -> list[str]:
    blocks = re.findall(r"^```sh\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.M | re.S)
    return [block.strip() for block in blocks]


@pytest.mark.parametrize(
    ("document", "number"),
    [pytest.param(d, i, id=f"{d.name}-{i + 1}") for d in DOCUMENTS for i in range(len(examples(d)))],
)
def test_an_example_prints_what_the_document_says(document: Path, number: int) -> None:
    example = examples(document)[number]
    for library in needed(example["code"]):
        pytest.importorskip(library, reason=f"{library} is not installed (extra `test`)")
    assert (example["printed"] or "") == printed(example["code"], f"{document.name}, example {number + 1}")


def test_the_first_example_is_the_paste_itself() -> None:
    first = examples(ROOT / "README.md")[0]
    assert "clipboard" in first["code"]
    assert ".instead" in first["code"]
    assert "audit(clipboard" in first["code"]


def test_the_examples_for_a_case_system_and_a_notebook_have_fifteen_lines_at_most() -> None:
    for example in examples(ROOT / "README.md"):
        assert len([line for line in example["code"].splitlines() if line.strip()]) <= 15


def test_there_are_two_commands_and_each_sets_itself_up() -> None:
    assert len(commands()) == 2
    for command in commands():
        assert "\n" not in command
        assert command.startswith("python3 -m venv .venv && .venv/bin/pip install -q ")


def test_the_command_of_the_main_job_prints_all_it_says(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    arguments = shlex.split(commands()[0].rpartition(".venv/bin/minutes-split ")[2])
    assert main(arguments) == 0
    out = capsys.readouterr().out
    assert re.search(r"\[local-1, (named|carried)\] ", out)
    assert "It is about more than one family." in out
    assert "Something was found. The draft is to be held back" in out
    assert "Refused: entry 1: is an excerpt of another family than the plan's [excerpt-other-family]" in out


def test_ci_runs_the_commands_of_the_readme_and_no_others() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    for pattern, command in zip(re.findall(r"grep -m1 -E '([^']*)' README.md", script), commands(), strict=True):
        found = [
            line for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines() if re.search(pattern, line)
        ]
        assert found == [command]


def test_the_roster_and_the_policy_in_the_documents_load() -> None:
    roster = re.search(r"^```json\n(.*?)^```", (ROOT / "docs" / "index.md").read_text(encoding="utf-8"), re.M | re.S)
    assert roster is not None
    assert Roster.load(json.loads(roster[1])).ids == ("A",)
    policy = re.search(
        r"^```toml\n(.*?)^```", (ROOT / "docs" / "thresholds.md").read_text(encoding="utf-8"), re.M | re.S
    )
    assert policy is not None
    assert policy_from(policy[1]).audit_run == tomllib.loads(policy[1])["audit_run"]


def test_every_setting_has_its_line_and_its_default_in_the_thresholds() -> None:
    text = (ROOT / "docs" / "thresholds.md").read_text(encoding="utf-8")
    lines = {
        row[0].strip(" `"): row for row in (line.strip("|").split("|") for line in text.splitlines()) if len(row) > 2
    }
    assert set(Policy.model_fields) <= set(lines)
    for name, setting in Policy.model_fields.items():
        if isinstance(setting.default, int | float):
            assert float(lines[name][2]) == setting.default


def test_every_link_in_the_documents_leads_somewhere() -> None:
    for document in ALL:
        for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
            if not target.startswith("https://"):
                assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_no_document_calls_a_text_free_of_risk() -> None:
    for document in [*ALL, *ROOT.glob("minutes_split/**/*.py")]:
        found = re.search(
            r"\b(safe|safely|compliant|compliance|anonymi[sz]ed)\b", document.read_text(encoding="utf-8"), re.I
        )
        if document.name != "STYLE.md" and not document.match("lexicon/*"):
            assert found is None, f"{document.name}: {found}"


def _write() -> None:
    for document in DOCUMENTS:
        number = 0

        def rewritten(example: re.Match[str], name: str = document.name) -> str:
            nonlocal number
            number += 1
            if any(find_spec(library) is None for library in needed(example["code"])):
                return example[0]  # left as it is: it cannot run here
            out = printed(example["code"], f"{name}, example {number}")
            return f"```python\n{example['code']}```\n" + (f"\n```text\n{out}```\n" if out else "")

        document.write_text(EXAMPLE.sub(rewritten, document.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    _write()
