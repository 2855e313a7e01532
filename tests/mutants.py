"""Changes the library one small step at a time and asks whether a test notices. Run by hand.

python tests/mutants.py [FILE or FOLDER ...] [--take 80] [--seed 0] [--laws] [--list]

FILE is below `minutes_split/`, such as `guard.py` or `rules`. Nothing on disk is changed. How it is asked:

1. The tests of the package are collected once, and run once to learn how long each takes and which lines it executes.
2. Each mutant is a fork of that process in which the code of the changed functions is exchanged. It is asked only of the
   tests that execute its line: first what killed its neighbours, then the quickest; the first failure ends it.
3. What cannot be exchanged (a constant, a default), and what lives though its line ran before the first test, is asked in
   a fresh process that loads the module from its changed tree.

Tests that fail without any change are left out. `docs/mutants.md` holds the figures, and for each survivor why it cannot
be told from the original.
"""

from __future__ import annotations

import argparse
import ast
import copy
import functools
import gc
import importlib
import importlib.abc
import importlib.util
import inspect
import json
import os
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
import types
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import coverage
import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "minutes_split"

RULES = ("test_survivors", "test_rules", "test_gold")
TESTS: dict[str, tuple[str, ...]] = {
    "rules": RULES,
    "attribution.py": RULES,
    "guard.py": ("test_guard", "test_survivors", "test_plan", "test_refusals", "test_recipients", "test_incidents"),
    "redaction.py": ("test_redaction", "test_recipients", "test_refusals"),
    "release.py": ("test_release", "test_refusals", "test_wire"),
    "dsse.py": ("test_release", "test_refusals"),
    "scanning": ("test_scanning_pdf", "test_scanning_hostile", "test_redaction", "test_release"),
    "traces.py": ("test_redaction", "test_scanning_pdf", "test_release"),
    "docx_writer.py": ("test_redaction", "test_plan_docx"),
    "auditing": ("test_attacks", "test_incidents", "test_auditing", "test_labelled_plants"),
    "plan.py": ("test_plan", "test_survivors", "test_plan_docx", "test_release", "test_refusals"),
}
"""For each file or folder the tests that may notice."""
LAWS = ("test_laws", "test_noninterference")
"""Slow, so it is asked only with `--laws`."""
MEMORY = 4 << 30
"""Bytes that a mutant may take."""


@dataclass(frozen=True, slots=True)
class Mutant:
    file: str
    line: int
    end: int
    """`line` to `end` are what a test has to execute to notice."""
    said: str
    """What was changed, and to what."""
    tree: Callable[[], ast.Module]

    @property
    def place(self) -> str:
        return f"{self.file}:{self.line}: {self.said}"


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
    unseen = set(_unseen(tree))
    made = []
    for node, path in _places(tree):
        for other in _changed(node) if path and node not in unseen else ():
            line, end = _lines(tree, path, node)
            said = f"{_short(node)}  ->  {_short(other)}"
            made.append(Mutant(file, line, end, said, lambda path=path, other=other: _tree(tree, path, other)))  # type: ignore[misc]
    return sorted(made, key=lambda mutant: mutant.line)


def _unseen(tree: ast.Module) -> Iterator[ast.expr]:
    """`False` of `repr=False` in a class that writes its own `repr`: it is there for the reader."""
    for each in ast.walk(tree):
        if isinstance(each, ast.ClassDef) and any(getattr(part, "name", "") == "__repr__" for part in each.body):
            yield from (n.value for n in ast.walk(each) if isinstance(n, ast.keyword) and n.arg == "repr")


def _tree(tree: ast.Module, path: tuple[tuple[str, int | None], ...], other: ast.AST) -> ast.Module:
    changed = copy.deepcopy(tree)
    _set(changed, path, copy.deepcopy(other))
    return ast.fix_missing_locations(changed)


def _at(tree: ast.AST, path: tuple[tuple[str, int | None], ...]) -> Iterator[ast.AST]:
    """The nodes on the way."""
    for name, i in path:
        tree = getattr(tree, name) if i is None else getattr(tree, name)[i]
        yield tree


def _set(tree: ast.AST, path: tuple[tuple[str, int | None], ...], other: ast.AST) -> None:
    *_, holder = [tree, *_at(tree, path[:-1])]
    name, i = path[-1]
    if i is None:
        setattr(holder, name, other)
    else:
        getattr(holder, name)[i] = other


def _lines(tree: ast.Module, path: tuple[tuple[str, int | None], ...], node: ast.AST) -> tuple[int, int]:
    """First and last line of the statement in which the node stands, or of its head if it holds others."""
    holder = next(each for each in reversed([*_at(tree, path)]) if isinstance(each, ast.stmt | ast.match_case))
    place = holder.pattern if isinstance(holder, ast.match_case) else holder
    if isinstance(holder, ast.Match):
        return place.lineno, holder.subject.end_lineno or place.lineno
    body: list[ast.stmt] = getattr(holder, "body", [])
    return place.lineno, max(place.lineno, body[0].lineno - 1) if body else place.end_lineno or place.lineno


def _short(node: ast.AST) -> str:
    told = " ".join(ast.unparse(ast.fix_missing_locations(copy.deepcopy(node))).split())
    return told if len(told) < 110 else f"{told[:107]}..."


# --- the code of a function exchanged ------------------------------------------------------------

Name = tuple[str, int]


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    yield code
    for const in code.co_consts:
        if isinstance(const, types.CodeType):
            yield from _codes(const)


def _told(code: types.CodeType) -> tuple[object, ...]:
    """What a code says, without what stands inside it."""
    consts = tuple(("code", c.co_qualname) if isinstance(c, types.CodeType) else (type(c), c) for c in code.co_consts)
    return code.co_code, consts, code.co_names, code.co_varnames, code.co_freevars


class _Functions:
    """The living functions of a file, whose code can be exchanged."""

    def __init__(self, file: str) -> None:
        self.path = str(PACKAGE / file)
        self.plain = compile((PACKAGE / file).read_text(encoding="utf-8"), self.path, "exec")
        self.living: defaultdict[Name, list[types.FunctionType]] = defaultdict(list)
        for each in gc.get_objects():
            if isinstance(each, types.FunctionType) and each.__code__.co_filename == self.path:
                self.living[each.__code__.co_qualname, each.__code__.co_firstlineno].append(each)

    def exchange(self, tree: ast.Module) -> bool:
        """Whether all that is changed could be exchanged; if not, nothing was."""
        changed = compile(tree, self.path, "exec")
        pairs: list[tuple[types.FunctionType, types.CodeType]] = []
        if not self._found(self.plain, changed, pairs):
            return False
        try:
            for function, code in pairs:
                function.__code__ = code
        except ValueError:  # it closes over other names than before
            return False
        return bool(pairs)

    def _found(
        self, plain: types.CodeType, changed: types.CodeType, pairs: list[tuple[types.FunctionType, types.CodeType]]
    ) -> bool:
        if _told(plain) != _told(changed):  # a module's or a class's own code, which ran at import
            return False
        inner = [[c for c in each.co_consts if isinstance(c, types.CodeType)] for each in (plain, changed)]
        for old, new in zip(*inner, strict=True):
            if not old.co_flags & inspect.CO_OPTIMIZED:
                if not self._found(old, new, pairs):
                    return False
            elif [*map(_told, _codes(old))] != [*map(_told, _codes(new))]:
                living = self.living[old.co_qualname, old.co_firstlineno]
                if not living or any(each.__code__ != old or old.co_freevars != new.co_freevars for each in living):
                    return False
                pairs += [(each, new) for each in living]
        return True


class _Replaced(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one module from its changed tree."""

    def __init__(self, mutant: Mutant) -> None:
        self.name = _module(mutant.file)
        self.path = PACKAGE / mutant.file
        self.tree = mutant.tree()

    def find_spec(self, fullname: str, path: object, target: object = None) -> importlib.machinery.ModuleSpec | None:
        if fullname != self.name:
            return None
        folders = [str(self.path.parent)] if self.path.name == "__init__.py" else None
        return importlib.util.spec_from_file_location(
            fullname, self.path, loader=self, submodule_search_locations=folders
        )

    def exec_module(self, module: object) -> None:
        exec(compile(self.tree, str(self.path), "exec"), vars(module))


# --- tests asked --------------------------------------------------------------------------------


def _forked(ask: Callable[[], int], seconds: float) -> int:
    """What `ask` returned in a process of its own, which is silent; another number if it came to no end."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        code = 3
        try:
            quiet = os.open(os.devnull, os.O_WRONLY)
            os.dup2(quiet, 1)
            if seconds:
                os.dup2(quiet, 2)
                signal.alarm(int(seconds))
                resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            code = ask()
        except Exception:
            traceback.print_exc()
        finally:
            os._exit(code)
    return os.waitpid(child, 0)[1]


class _Failed:
    """A plugin that remembers the first test that failed."""

    def __init__(self) -> None:
        self.test = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and not self.test:
            self.test = report.nodeid


class _Asked:
    """A plugin that takes the place of the loop over the tests: they are run once as they are, then once for each mutant."""

    def __init__(self, drawn: list[Mutant], into: Path, before: coverage.Coverage) -> None:
        self.drawn = drawn
        self.before = before
        self.into = into
        self.failed = _Failed()

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.before.stop()
        data = self.before.get_data()
        early = {file: set(data.lines(str(PACKAGE / file)) or ()) for file in {m.file for m in self.drawn}}
        items = {item.nodeid: item for item in session.items}
        self.items = items
        session.config.pluginmanager.register(self.failed)
        began = time.perf_counter()
        _forked(self._learn, 0)
        seconds, executed = json.loads(self.into.read_text(encoding="utf-8"))
        print(
            f"   {len(items)} tests run in {time.perf_counter() - began:.0f} s; left out {[*items.keys() - seconds.keys()]}"
        )
        functions = {file: _Functions(file) for file in {mutant.file for mutant in self.drawn}}
        gc.collect()
        gc.freeze()
        told = []
        last: list[str] = []
        for mutant in self.drawn:
            order = _order(mutant, seconds, executed, last)
            killer, exchanged = self._killer(mutant, functions[mutant.file], order, seconds)
            if killer:
                last = [killer, *(each for each in last if each != killer)][:8]
            open_ = not killer and not (exchanged and early[mutant.file].isdisjoint(range(mutant.line, mutant.end + 1)))
            told.append((killer, order, open_))
        self.into.write_text(json.dumps([told, seconds]), encoding="utf-8")
        return True

    def _learn(self) -> int:
        """Seconds and executed lines of every test that passes, written as JSON."""
        measured = coverage.Coverage(data_file=None, config_file=False, include=[f"{PACKAGE}/*"])
        caches = list(_caches({mutant.file for mutant in self.drawn}))
        seconds = {}
        measured.start()
        for name, item in self.items.items():
            for cache in caches:
                cache.cache_clear()
            measured.switch_context(name)
            began = time.perf_counter()
            self.failed.test = ""
            self._run([item])
            if not self.failed.test:
                seconds[name] = time.perf_counter() - began
        measured.stop()
        data = measured.get_data()
        executed = {file: data.contexts_by_lineno(str(PACKAGE / file)) for file in {m.file for m in self.drawn}}
        self.into.write_text(json.dumps([seconds, executed]), encoding="utf-8")
        return 0

    def _run(self, items: list[pytest.Item]) -> None:
        for item, following in zip(items, [*items[1:], None], strict=True):
            item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
            if self.failed.test:
                return

    def _killer(
        self, mutant: Mutant, functions: _Functions, order: list[str], seconds: dict[str, float]
    ) -> tuple[str, bool]:
        """The test that fails, or nothing; and whether the code could be exchanged."""

        def ask() -> int:
            self.failed.test = ""
            exchanged = functions.exchange(mutant.tree())
            if exchanged:
                self._run([self.items[name] for name in order])
            self.into.write_text(json.dumps([self.failed.test, exchanged]), encoding="utf-8")
            return 0

        if _forked(ask, _limit(order, seconds)):
            return "no end", True
        killer, exchanged = json.loads(self.into.read_text(encoding="utf-8"))
        return killer, exchanged


def _caches(files: set[str]) -> Iterator[functools._lru_cache_wrapper[object]]:
    """What the functions of these files remember: without it, only the first test would count as executing them."""
    modules = {_module(file) for file in files}
    for each in gc.get_objects():
        if isinstance(each, functools._lru_cache_wrapper) and each.__module__ in modules:
            yield each


def _module(file: str) -> str:
    return f"minutes_split.{file.removesuffix('.py').replace('/', '.').removesuffix('.__init__')}"


def _limit(order: list[str], seconds: dict[str, float]) -> float:
    """Seconds after which a mutant counts as killed: it does not end."""
    return 30 + 3 * sum(seconds[name] for name in order)


def _order(
    mutant: Mutant, seconds: dict[str, float], executed: dict[str, dict[str, list[str]]], last: list[str]
) -> list[str]:
    """The tests that execute the mutant's lines, or all if none does (a constant may be looked at by any).

    What killed its neighbours comes first, then, of a constant, what executes its file, then the quickest.
    """
    lines = executed[mutant.file]
    by_line = {name for n in range(mutant.line, mutant.end + 1) for name in lines.get(str(n), ()) if name in seconds}
    near = by_line or {name for each in lines.values() for name in each}

    def rank(name: str) -> tuple[int, bool, float]:
        return last.index(name) if name in last else len(last), name not in near, seconds[name]

    return sorted(by_line or seconds, key=rank)


class _Ordered(_Failed):
    """A plugin that keeps these tests, in this order."""

    def __init__(self, order: list[str]) -> None:
        super().__init__()
        self.order = {name: n for n, name in enumerate(order)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        kept = [item for item in items if item.nodeid in self.order]
        items[:] = sorted(kept, key=lambda item: self.order[item.nodeid])


_ALWAYS = ["-q", "-s", "-p", "no:cacheprovider", "--tb=no", "-Wignore::pytest.PytestAssertRewriteWarning"]


def _lives_afresh(mutant: Mutant, order: list[str], seconds: dict[str, float]) -> bool:
    """Whether no test fails when the module is loaded from its changed tree."""
    if not order:
        return True

    def ask() -> int:
        sys.meta_path.insert(0, _Replaced(mutant))
        files = dict.fromkeys(name.partition("::")[0] for name in order)
        return int(pytest.main(["-x", *_ALWAYS, *files], plugins=[_Ordered(order)]))

    return _forked(ask, _limit(order, seconds) + 30) == 0


def _survivors(drawn: list[Mutant], tests: list[str]) -> Iterator[Mutant]:
    with tempfile.TemporaryDirectory() as folder:
        into = Path(folder) / "told.json"
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            try:
                before = coverage.Coverage(data_file=None, config_file=False, include=[f"{PACKAGE}/*"])
                before.start()
                pytest.main([*_ALWAYS, *tests], plugins=[_Asked(drawn, into, before)])
            finally:
                sys.stdout.flush()
                os._exit(0)
        os.waitpid(child, 0)
        told, seconds = json.loads(into.read_text(encoding="utf-8"))
    whole = Mutant(
        drawn[0].file, 0, 0, "nothing", lambda: ast.parse((PACKAGE / drawn[0].file).read_text(encoding="utf-8"))
    )
    if not _lives_afresh(whole, sorted(seconds, key=lambda name: seconds[name]), seconds):
        raise SystemExit("tests fail in a fresh process without any change")
    for mutant, (killer, order, open_) in zip(drawn, told, strict=True):
        if not killer and (not open_ or _lives_afresh(mutant, order, seconds)):
            yield mutant


def _files(given: str) -> list[str]:
    if given.endswith(".py"):
        return [given]
    return sorted(f"{given}/{path.name}" for path in (PACKAGE / given).glob("*.py"))


def _tests(given: str, *, laws: bool) -> list[str]:
    names = TESTS.get(given) or TESTS[given.split("/")[0]]
    return [f"tests/{name}.py" for name in (*names, *(LAWS if laws else []))]


def _drawn(made: list[Mutant], take: int, seed: int) -> list[Mutant]:
    """So many of them, by a seed, in the order of their lines; one that is added to a file leaves the others drawn."""
    drawn = sorted(made, key=lambda m: random.Random(f"{seed}:{m.place}").random())[:take]
    return sorted(drawn, key=lambda m: (m.file, m.line))


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
    parser.add_argument("given", nargs="*", metavar="FILE", default=[*TESTS])
    parser.add_argument("--take", type=int, default=80, help="how many mutants of each are tried, drawn by the seed")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--laws", action="store_true", help="ask the laws too")
    parser.add_argument("--list", action="store_true", help="print the mutants and try none")
    asked = parser.parse_args()
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    _load_once()
    lines = []
    for given in asked.given:
        made = [mutant for file in _files(given) for mutant in mutants(file)]
        drawn = _drawn(made, asked.take, asked.seed)
        if asked.list:
            print("\n".join(mutant.place for mutant in drawn))
            continue
        print(f"== {given}: {len(drawn)} of {len(made)} mutants, seed {asked.seed}", flush=True)
        began = time.perf_counter()
        lived = 0
        for mutant in _survivors(drawn, _tests(given, laws=asked.laws)):
            lived += 1
            print(f"SURVIVED {mutant.place}", flush=True)
        spent = time.perf_counter() - began
        killed = len(drawn) - lived
        lines.append(
            f"{given:24} {len(drawn):5} tried {killed:5} killed {100 * killed / max(1, len(drawn)):5.1f} %  seed {asked.seed}, {spent:.0f} s"
        )
        print(lines[-1], flush=True)
    print("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
