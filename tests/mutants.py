"""Changes the library one small step at a time and asks whether a test notices. Run by hand, in a scratch copy.

python tests/mutants.py [FILE ...] [--share 1.0] [--jobs 1] [--laws] [--list]

FILE is below `minutes_split/`, such as `guard.py` or `rules/names.py`. Nothing on disk is changed: each mutant is a
forked process in which the module is compiled from its changed tree. Tests that fail without any change are left out.
`docs/mutants.md` holds the figures, and for each survivor why it cannot be told from the original.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib
import importlib.abc
import importlib.util
import os
import random
import signal
import sys
import time
import types
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "minutes_split"

RULES = ("test_survivors", "test_rules", "test_gold")
TESTS: dict[str, tuple[str, ...]] = {
    "rules": RULES,
    "attribution.py": RULES,
    "guard.py": ("test_guard", "test_survivors", "test_plan", "test_refusals"),
    "redaction.py": ("test_redaction", "test_recipients"),
    "release.py": ("test_release", "test_refusals"),
    "dsse.py": ("test_release", "test_refusals"),
    "scanning/pdf.py": ("test_scanning_pdf",),
    "readers/pdf_strings.py": ("test_scanning_pdf",),
    "scanning": ("test_scanning_pdf", "test_redaction"),
    "traces.py": ("test_redaction", "test_scanning_pdf"),
    "docx_writer.py": ("test_redaction",),
    "auditing": ("test_attacks", "test_incidents", "test_auditing", "test_labelled_plants"),
    "plan.py": ("test_plan", "test_survivors", "test_plan_docx", "test_release", "test_refusals"),
}
"""For each file or folder the tests that may notice, the quickest first."""
LAWS = ("test_laws", "test_noninterference")
"""Slow, so it is asked only with `--laws`, and only about what all others let through."""
SECONDS = 240
"""After which a mutant counts as killed: it does not end."""


@dataclass(frozen=True, slots=True)
class Mutant:
    file: str
    line: int
    said: str
    """What was changed, and to what."""
    tree: ast.Module


_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr, ast.Mult: ast.Add,
}  # fmt: skip


def _changed(node: ast.AST) -> Iterator[ast.AST]:
    """Every node that may stand in place of this one."""
    match node:
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            if type(op) in _COMPARED:
                yield ast.Compare(left, [_COMPARED[type(op)]()], [right])
        case ast.BoolOp(op=op, values=values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
            if len(values) > 2:
                yield from (ast.BoolOp(op, values[:i] + values[i + 1 :]) for i in range(len(values)))
            else:
                yield from values
        case ast.BinOp(left=left, op=op, right=right):
            if type(op) in _COUNTED:
                yield ast.BinOp(left, _COUNTED[type(op)](), right)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.IfExp(body=body, orelse=orelse):
            yield body
            yield orelse
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield ast.Constant(value + 1)
        case ast.Constant(value=str(value)) if value:
            yield ast.Constant(f"{value}*")
        case ast.Return(value=value) if value is not None and not _is_none(value):
            yield ast.Return(ast.Constant(None))
        case ast.If(test=test, body=body, orelse=orelse):
            yield ast.If(ast.Constant(False), body, orelse)
            if not isinstance(test, ast.Constant):
                yield ast.If(ast.Constant(True), body, orelse)
        case ast.Raise():
            yield ast.Pass()
        case ast.Expr(value=ast.Call()):
            yield ast.Pass()
        case ast.Assign(value=value) if isinstance(value, ast.Call | ast.BinOp | ast.BoolOp):
            yield ast.Assign(node.targets, ast.Constant(None))


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


_NOT_LOOKED_INTO = {"annotation", "returns", "type_params", "decorator_list", "type_comment"}


def _places(
    node: ast.AST, path: tuple[tuple[str, int | None], ...] = ()
) -> Iterator[tuple[ast.AST, tuple[tuple[str, int | None], ...]]]:
    """Every node with the way to it; docstrings, annotations and the top of a module's constants are left out."""
    yield node, path
    for name, value in ast.iter_fields(node):
        if name in _NOT_LOOKED_INTO or (isinstance(node, ast.AnnAssign) and name == "annotation"):
            continue
        for i, each in enumerate(value if isinstance(value, list) else [value]):
            if not isinstance(each, ast.AST) or (isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant)):
                continue
            if isinstance(each, ast.Import | ast.ImportFrom) or _is_type_only(each) or _is_export(each):
                continue
            yield from _places(each, (*path, (name, i if isinstance(value, list) else None)))


def _is_type_only(node: ast.AST) -> bool:
    told = ast.unparse(node)
    return told.startswith(("Literal[", "class Minutes(Protocol)")) or (
        isinstance(node, ast.Assign) and "Literal[" in told
    )


def _is_export(node: ast.AST) -> bool:
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"


def mutants(file: str) -> list[Mutant]:
    """Every mutant of a file, in the order of its lines."""
    tree = ast.parse((PACKAGE / file).read_text(encoding="utf-8"))
    made = []
    for node, path in _places(tree):
        for other in _changed(node) if path else ():
            changed = copy.deepcopy(tree)
            holder: ast.AST = changed
            for name, i in path[:-1]:
                holder = getattr(holder, name) if i is None else getattr(holder, name)[i]
            name, i = path[-1]
            if i is None:
                setattr(holder, name, copy.deepcopy(other))
            else:
                getattr(holder, name)[i] = copy.deepcopy(other)
            line = getattr(node, "lineno", 0)
            said = f"{_short(node)}  ->  {_short(other)}"
            made.append(Mutant(file, line, said, ast.fix_missing_locations(changed)))
    return made


def _short(node: ast.AST) -> str:
    told = " ".join(ast.unparse(ast.fix_missing_locations(copy.deepcopy(node))).split())
    return told if len(told) < 110 else f"{told[:107]}..."


class _Replaced(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one module from its changed tree."""

    def __init__(self, mutant: Mutant) -> None:
        self.name = f"minutes_split.{mutant.file.removesuffix('.py').replace('/', '.').removesuffix('.__init__')}"
        self.path = PACKAGE / mutant.file
        self.tree = mutant.tree

    def find_spec(self, fullname: str, path: object, target: object = None) -> importlib.machinery.ModuleSpec | None:
        if fullname != self.name:
            return None
        folders = [str(self.path.parent)] if self.path.name == "__init__.py" else None
        return importlib.util.spec_from_file_location(
            fullname, self.path, loader=self, submodule_search_locations=folders
        )

    def exec_module(self, module: object) -> None:
        exec(compile(self.tree, str(self.path), "exec"), vars(module))


def notices(mutant: Mutant | None, tests: list[str], left_out: list[str], report: Path | None = None) -> bool:
    """Whether one of the tests fails, in a process of its own."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            quiet = os.open(os.devnull if report is None else report, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(quiet, 1)
            os.dup2(quiet, 2)
            sys.path.insert(0, str(ROOT))
            os.chdir(ROOT)
            signal.alarm(SECONDS if mutant is not None else 3600)
            if mutant is not None:
                sys.meta_path.insert(0, _Replaced(mutant))
            import pytest

            asked = [
                "-q",
                "-p",
                "no:cacheprovider",
                "-rfE",
                "--tb=no",
                "-Wignore::pytest.PytestAssertRewriteWarning",
                *(f"--deselect={each}" for each in left_out),
                *tests,
            ]
            code = int(pytest.main(asked if mutant is None else ["-x", *asked]))
        finally:
            os._exit(code)
    return os.waitpid(child, 0)[1] != 0


def _tests(file: str) -> list[str]:
    names = TESTS.get(file) or TESTS[file.split("/")[0]]
    return [f"tests/{name}.py" for name in names if (ROOT / f"tests/{name}.py").exists()]


def _failing(tests: list[str]) -> list[str]:
    """Tests that fail without any change."""
    report = Path(os.devnull).parent / "shm" / f"mutants-{os.getpid()}"
    if not notices(None, tests, [], report):
        return []
    failing = [line.split()[1] for line in report.read_text().splitlines() if line.startswith(("FAILED", "ERROR"))]
    if not failing:
        raise SystemExit(f"the tests do not run at all, see {report}")
    report.unlink()
    return failing


_BELOW = (
    "errors",
    "strict",
    "spans",
    "document",
    "lexicon",
    "policy",
    "roster",
    "readers",
    "blocks",
    "units",
    "mentions.find",
    "frame",
    "decisions",
)
"""Modules that import none of those that are changed."""


def _load_once() -> None:
    """What every mutant needs, loaded before the fork; the package itself stays unloaded."""
    for name in ("hypothesis", "jsonschema", "pydantic", "pytest", "rapidfuzz", "regex"):
        importlib.import_module(name)
    stand_in = types.ModuleType("minutes_split")
    stand_in.__path__ = [str(PACKAGE)]
    sys.modules["minutes_split"] = stand_in
    for name in _BELOW:
        importlib.import_module(f"minutes_split.{name}")
    lexicon = sys.modules["minutes_split.lexicon"]
    importlib.import_module("minutes_split.mentions.phrases").phrases(lexicon.default_lexicon())
    del sys.modules["minutes_split"]
    changed = tuple(f"minutes_split.{name.removesuffix('.py').replace('/', '.')}" for name in TESTS)
    assert not any(name.startswith(changed) for name in sys.modules)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", metavar="FILE")
    parser.add_argument("--share", type=float, default=1.0, help="of the mutants that are tried, drawn by a fixed seed")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--laws", action="store_true", help="ask the laws too about what all others let through")
    parser.add_argument("--list", action="store_true", help="print the mutants and try none")
    given = parser.parse_args()
    rules = sorted(f"rules/{path.name}" for path in (PACKAGE / "rules").glob("*.py"))
    counts: dict[str, Counter[str]] = {}
    _load_once()
    audits = sorted(f"auditing/{path.name}" for path in (PACKAGE / "auditing").glob("[a-z]*.py"))
    for file in given.files or [*rules, *audits, "attribution.py", "guard.py", "plan.py"]:
        made = mutants(file)
        if given.list:
            print("\n".join(f"{m.file}:{m.line}: {m.said}" for m in made))
            continue
        drawn = [m for m in made if random.Random(f"{m.file}:{m.line}:{m.said}").random() < given.share]
        tests = [*_tests(file), *([f"tests/{laws}.py" for laws in LAWS] if given.laws else [])]
        left_out = _failing(tests)
        print(f"== {file}: {len(drawn)} of {len(made)} mutants; left out {left_out}", flush=True)
        began = time.perf_counter()
        with ThreadPoolExecutor(given.jobs) as pool:
            told = pool.map(lambda m: notices(m, tests, left_out), drawn)  # noqa: B023 - used up before the next file
            for mutant, killed in zip(drawn, told, strict=True):
                counts.setdefault(file, Counter())["killed" if killed else "survived"] += 1
                if not killed:
                    print(f"SURVIVED {mutant.file}:{mutant.line}: {mutant.said}", flush=True)
        print(f"   {dict(counts.get(file, {}))} in {time.perf_counter() - began:.0f} s", flush=True)
    for file, count in counts.items():
        print(
            f"{file:28} {count['killed']:5} killed {count['survived']:4} survived {100 * count['killed'] / max(1, count.total()):5.1f} %"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
