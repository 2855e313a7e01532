"""The walls of the library: what may import what, what may touch the world, what has to be said of every part."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import minutes_split
from tests import gold

PACKAGE = gold.ROOT / "minutes_split"
MODULES = sorted(PACKAGE.rglob("*.py"))

LAYERS = {
    "errors": 0, "spans": 0, "strict": 0, "folding": 0, "version": 0, "internal": 0,
    "policy": 1, "document": 1, "roster": 1, "lexicon": 1,
    "readers": 2,
    "blocks": 3, "units": 3,
    "frame": 4,
    "tables": 6,
    "mentions": 5,
    "rules": 6,
    "values": 4,
    "attribution": 7, "decisions": 7,
    "protected": 8,
    "guard": 8,
    "sections": 9,
    "plan": 10,
    "dsse": 10,
    "traces": 9,
    "scanning": 10,
    "docx_writer": 3,
    "docx_form": 4,
    "auditing": 11, "redaction": 11, "linting": 11,
    "release": 12,
    "reports": 13,
    "amending": 11,
    "tracing": 13,
    "wire": 14, "cli": 14, "backfile": 14,
    "__init__": 15, "__main__": 16, "testing": 16,
}  # fmt: skip
"""DESIGN section 4. A module imports from lower numbers; inside one number it may import its own package, and what is listed in `BESIDE`."""

BESIDE = {
    ("tables", "rules"),  # the vocabulary of parties alone
    ("strict", "errors"), ("folding", "spans"),  # the foundations
    ("document", "lexicon"), ("policy", "lexicon"), ("lexicon", "policy"),
    ("units", "blocks"),
    ("guard", "protected"),
    ("decisions", "attribution"),
    ("redaction", "auditing"), ("linting", "auditing"),
    ("cli", "wire"), ("backfile", "wire"), ("cli", "backfile"),
}  # fmt: skip

WORLD = {
    "random", "secrets", "time", "os", "sys", "socket", "ssl", "http", "urllib", "requests", "httpx", "subprocess", "threading",
    "asyncio", "multiprocessing", "tempfile", "shutil", "glob", "locale", "getpass", "uuid", "pickle", "shelve", "dbm", "sqlite3",
    "ctypes", "warnings", "logging", "platform",
}  # fmt: skip
"""Clock, chance, environment, network, other processes, global state."""

MAY = {"cli": {"sys", "os"}, "__main__": {"sys"}, "pdf": {"threading"}}
"""The command line has arguments, streams and an exit code; PDFium keeps global state and needs a lock around it."""


def _part(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0]


def _imports(path: Path) -> Iterator[tuple[str, int]]:
    """Every module imported in a file, with its line; those under `TYPE_CHECKING` too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}, line {node.lineno}: imports are written whole"
            name = node.module or ""
            if name == "minutes_split":
                yield from ((f"minutes_split.{alias.name}", node.lineno) for alias in node.names)
            else:
                yield name, node.lineno


def _id(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


each_module = pytest.mark.parametrize("path", MODULES, ids=map(_id, MODULES))


@each_module
def test_a_module_imports_from_lower_layers_only(path: Path) -> None:
    part = _part(path)
    assert part in LAYERS, f"{part} stands in no layer"
    wrong = []
    for name, line in _imports(path):
        if not name.startswith("minutes_split."):
            continue
        other = name.split(".")[1]
        if other == part or part in ("__init__", "testing"):
            continue
        if other not in LAYERS:
            other = "__init__"  # a public name, imported from the package itself
        if LAYERS[other] >= LAYERS[part] and (part, other) not in BESIDE:
            wrong.append(f"line {line}: {part} ({LAYERS[part]}) imports {other} ({LAYERS[other]})")
    assert wrong == []


@each_module
def test_a_module_touches_neither_clock_nor_chance_nor_environment_nor_network(path: Path) -> None:
    allowed = MAY.get(path.stem, set())
    found = [(name, line) for name, line in _imports(path) if name != "urllib.parse"]  # takes strings apart, no network
    wrong = [f"line {line}: {name}" for name, line in found if name.split(".")[0] in WORLD - allowed]
    assert wrong == []


@each_module
def test_no_module_opens_a_file_but_the_reader_of_paths_and_the_lexicon(path: Path) -> None:
    allowed = {
        "readers/__init__.py": {"read_bytes"},
        "lexicon/__init__.py": {"read_text"},
        "release.py": {"read_bytes"},  # its own program text, for the digest of the library
        "cli.py": {"read_bytes", "read_text", "write_text", "write_bytes"},
    }
    wrong = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id in (
            "open",
            "exec",
            "eval",
            "compile",
            "__import__",
            "print",
            "input",
        ):
            if not (path.stem in ("cli", "__main__") and node.func.id in ("print", "input")):
                wrong.append(f"line {node.lineno}: {node.func.id}(")
        elif isinstance(node.func, ast.Attribute) and node.func.attr in (
            "read_bytes",
            "read_text",
            "write_text",
            "write_bytes",
        ):
            if node.func.attr not in allowed.get(_id(path), set()) and not _reads_a_package_resource(node):
                wrong.append(f"line {node.lineno}: .{node.func.attr}(")
        elif isinstance(node.func, ast.Attribute) and node.func.attr in ("now", "utcnow", "today"):
            wrong.append(f"line {node.lineno}: .{node.func.attr}(")
    assert wrong == []


def _reads_a_package_resource(node: ast.Call) -> bool:
    """`files("minutes_split...").joinpath(...).read_text()`: a file of the package itself."""
    return any(isinstance(inner, ast.Name) and inner.id == "files" for inner in ast.walk(node.func))


def _public(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node.name, node
            if isinstance(node, ast.ClassDef):
                for inner in node.body:
                    if (
                        isinstance(inner, ast.FunctionDef)
                        and not inner.name.startswith("_")
                        and not _is_overload(inner)
                    ):
                        yield f"{node.name}.{inner.name}", inner


def _is_overload(node: ast.FunctionDef) -> bool:
    return any("overload" in ast.dump(mark) for mark in node.decorator_list)


@each_module
def test_every_public_function_class_and_method_says_what_you_get(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = [
        name
        for name, node in _public(tree)
        if ast.get_docstring(node) is None
        and not _says_enough_by_its_base(node)
        and not _in_a_private_or_protocol_class(tree, name)  # type: ignore[arg-type]  # a public name is of one of these nodes
    ]
    assert silent == []


def _says_enough_by_its_base(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.FunctionDef)
        and len(node.body) == 1
        and isinstance(node.body[0], ast.Expr)
        and ast.unparse(node.body[0]) == "..."
    )


def _in_a_private_or_protocol_class(tree: ast.Module, name: str) -> bool:
    return any(
        isinstance(node, ast.ClassDef)
        and node.name == name.split(".")[0]
        and any("Protocol" in ast.unparse(base) for base in node.bases)
        for node in tree.body
    )


@each_module
def test_every_module_says_what_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not text.strip() or ast.get_docstring(ast.parse(text))


@each_module
def test_no_function_has_the_name_of_a_module(path: Path) -> None:
    taken = {module.stem for module in MODULES if module.parent == PACKAGE}
    tree = ast.parse(path.read_text(encoding="utf-8"))
    same = [name for name, _ in _public(tree) if name in taken and name != path.stem]
    assert same == []


def test_the_package_file_holds_the_public_names_and_nothing_else() -> None:
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    kinds = [type(node) for node in tree.body[1:]]
    assert set(kinds) <= {ast.ImportFrom, ast.Assign, ast.If, ast.Expr, ast.FunctionDef}
    functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert functions == {"__getattr__", "__dir__"}  # names that are loaded at first use


def test_every_public_name_can_be_had() -> None:
    assert all(getattr(minutes_split, name) is not None for name in minutes_split.__all__)


@pytest.mark.parametrize("path", sorted((PACKAGE / "lexicon").glob("*.toml")), ids=lambda path: path.stem)
def test_a_table_of_words_says_its_source_its_language_and_why(path: Path) -> None:
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    assert all(isinstance(told.get(key), str) and told[key].strip() for key in ("source", "language", "why"))


def _texts() -> list[Path]:
    roots = ("minutes_split", "tests", "fixtures", "docs", ".ci")
    ends = {".py", ".md", ".toml", ".txt", ".json", ".cfg", ".yml", ""}
    found = [path for root in roots for path in (gold.ROOT / root).rglob("*") if path.is_file() and path.suffix in ends]
    return [*found, *(path for path in gold.ROOT.glob("*") if path.is_file() and path.suffix in ends)]


def test_no_file_holds_a_path_of_somebodys_machine() -> None:
    place = re.compile(r"(?<![\w.:/])/(?:work|home|Users|tmp|root|mnt)/[\w.]|[A-Z]:\\\\Users")
    wrong = []
    for path in _texts():
        if path == Path(__file__) or "__pycache__" in path.parts or path.name.startswith(".cov"):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if place.search(line):
                wrong.append(f"{path.relative_to(gold.ROOT)}, line {number}")
    assert wrong == []


def test_the_package_is_marked_as_typed() -> None:
    assert (PACKAGE / "py.typed").exists()
