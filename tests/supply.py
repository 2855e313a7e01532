"""What the library is built from, checked from outside: run it before a release.

    python -m pip install "minutes-split[supply]"
    python -m tests.supply                    everything, into a folder that is thrown away
    python -m tests.supply --keep dist        the same, and keeps wheel, sdist and sbom.json there

1. Wheel and sdist, built twice: the same bytes.
2. The wheel with its extras in an environment of its own.
3. SBOM of that environment (CycloneDX), made twice: the same bytes.
4. The licence of everything in it.
5. bandit over the package (what is left out, and why: `[tool.bandit]` in pyproject.toml).
6. Known advisories. A source of advisories that cannot be reached is a failure here and no "none found".
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PERMISSIVE = re.compile(r"\b(MIT|BSD|Apache|PSF|CNRI-Python|Python Software Foundation)\b")
COPYLEFT = re.compile(r"\b(A?GPL|LGPL|MPL|EUPL|SSPL)\b")


def _run(*told: str | Path) -> str:
    done = subprocess.run(
        [str(part) for part in told], capture_output=True, text=True, check=False, cwd=ROOT, env=_environment()
    )
    if done.returncode:
        raise SystemExit(f"{Path(told[0]).name} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def _environment() -> dict[str, str]:
    """One date for both builds: that of the last commit, unless a date is given."""
    date = os.environ.get("SOURCE_DATE_EPOCH") or subprocess.run(
        ["git", "log", "-1", "--format=%ct"], capture_output=True, text=True, check=False, cwd=ROOT
    ).stdout.strip()  # fmt: skip
    return {**os.environ, "SOURCE_DATE_EPOCH": date or "1700000000"}


def _tool(name: str) -> Path:
    place = Path(sys.executable).parent / name
    if not place.exists():
        raise SystemExit(f"{name} is not here: python -m pip install 'minutes-split[supply]'")
    return place


def built(folder: Path) -> list[Path]:
    """1. Wheel and sdist; refuses two builds that differ."""
    for each in (folder, folder / "again"):
        _run(sys.executable, "-m", "build", "-o", each)
    made = sorted((*folder.glob("*.whl"), *folder.glob("*.tar.gz")))
    for path in made:
        if path.read_bytes() != (folder / "again" / path.name).read_bytes():
            raise SystemExit(f"{path.name}: two builds differ")
    shutil.rmtree(folder / "again")
    return made


def installed(folder: Path, wheel: Path) -> Path:
    """2. The Python of an environment that holds the wheel, its extras for PDF and HTML, and nothing else."""
    venv.create(folder, with_pip=False)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    _run(sys.executable, "-m", "pip", "--python", python, "install", "-q", f"{wheel}[pdf,html]")
    return python


def sbom(python: Path, place: Path) -> int:
    """3. How many parts the SBOM names; refuses two that differ."""
    again = place.with_suffix(".again")
    for each in (place, again):
        _run(_tool("cyclonedx-py"), "environment", python, "--output-reproducible", "-o", each)
    if place.read_bytes() != again.read_bytes():
        raise SystemExit("two SBOMs of one environment differ")
    again.unlink()
    return len(json.loads(place.read_text(encoding="utf-8"))["components"])


def licences(python: Path) -> Iterator[str]:
    """4. A line for each package; refuses a licence that is not permissive."""
    for told in json.loads(_run(_tool("pip-licenses"), "--python", python, "--format", "json")):
        if not PERMISSIVE.search(told["License"]) or COPYLEFT.search(told["License"]):
            raise SystemExit(f"{told['Name']}: licence {told['License']}")
        yield f"{told['Name']} {told['Version']}: {told['License']}"


def advisories(python: Path) -> str:
    """6. What pip-audit says; refuses an audit that could not be made."""
    (packages,) = python.parent.parent.glob("[Ll]ib/**/site-packages")
    told = json.loads(_run(_tool("pip-audit"), "--path", packages, "--format", "json"))["dependencies"]
    skipped = [each["name"] for each in told if "skip_reason" in each and each["name"] != "minutes-split"]
    if skipped:
        raise SystemExit(f"not audited, and so nothing is known of: {', '.join(skipped)}")
    return f"{len(told)} packages, no known advisory"


def main() -> None:
    """Runs every step; the first that fails ends the run."""
    parser = argparse.ArgumentParser(description="Builds, SBOM, licences, bandit, advisories.")
    parser.add_argument("--keep", type=Path, help="a folder for wheel, sdist and sbom.json")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = asked.keep.resolve() if asked.keep else Path(made) / "dist"
        for path in (found := built(folder)):
            print(f"{path.name}  sha256 {hashlib.sha256(path.read_bytes()).hexdigest()}")
        python = installed(Path(made) / "run", next(path for path in found if path.suffix == ".whl"))
        print(f"sbom.json: {sbom(python, folder / 'sbom.json')} parts")
        print(*licences(python), sep="\n")
        _run(_tool("bandit"), "-q", "-c", "pyproject.toml", "-r", "minutes_split")
        print("bandit: nothing")
        print(f"pip-audit: {advisories(python)}")


if __name__ == "__main__":
    main()
