"""Sphinx: `sphinx-build -W docs docs/_build` with the extra `docs`; for what the notebooks print, with `test` as well."""

from __future__ import annotations

import html
import json
import os
import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any

project = "minutes_split"
author = "the authors of minutes_split"
copyright = "the authors of minutes_split, Apache-2.0"  # noqa: A001 - the name that Sphinx reads
extensions = ["myst_parser", "sphinx.ext.autodoc"]
exclude_patterns = ["_build", "wordlists", "template"]
source_suffix = {".md": "markdown", ".ipynb": "markdown"}  # `_notebook` turns the second into the first
html_theme = "furo"
html_title = "minutes_split"
html_copy_source = False
html_show_sphinx = False
myst_heading_anchors = 3
autodoc_typehints = "description"
autodoc_class_signature = "mixed"
autodoc_member_order = "bysource"
default_role = "code"


def _plain(_app: Any, _what: str, _name: str, _object: object, _options: Any, lines: list[str]) -> None:
    """Docstrings here are plain sentences: nothing in them is markup but what stands between backticks."""
    for number, line in enumerate(lines):
        if not line.lstrip().startswith((">>>", "...")):
            parts = re.split(r"(`[^`]+`)", line)
            lines[number] = "".join(
                p if i % 2 else re.sub(r"([*|\\]|_(?=\W|$))", r"\\\1", p) for i, p in enumerate(parts)
            )


def _within(_app: Any, _name: str, source: list[str]) -> None:
    """A link out of this folder leads nowhere on a site: there it says where in the repository to look."""
    source[0] = re.sub(r"\[([^\]]+)\]\(\.\./([\w./]+)(?:#[\w-]*)?\)", r"\1 (`\2` in the repository)", source[0])


def _notebook(app: Any, name: str, source: list[str]) -> None:
    """A notebook as Markdown, with what it prints where it can be run: it is kept without outputs, and all its people are invented."""
    if not name.startswith("notebooks/"):
        return
    cells = json.loads(source[0])["cells"]
    if all(find_spec(needed) for needed in ("nbclient", "nbformat", "ipykernel", "pandas", "matplotlib")):
        import nbclient
        import nbformat

        notebook = nbformat.reads(source[0], as_version=4)
        place = {"metadata": {"path": str(Path(app.srcdir, name).parent)}}
        here = {**os.environ, "PYTHONPATH": str(Path(app.srcdir).parent)}  # the library that stands beside these pages
        cells = nbclient.NotebookClient(notebook, timeout=300, resources=place).execute(env=here).cells
    source[0] = "\n\n".join(map(_cell, cells))


def _cell(cell: Any) -> str:
    told = "".join(cell["source"])
    if cell["cell_type"] == "markdown":
        return told
    return "\n\n".join([f"```python\n{told}\n```", *map(_output, cell["outputs"])])


def _output(output: Any) -> str:
    """The best that a browser can show of it, in a box of its own."""
    shown = output.get("data", {"text/plain": output.get("text", "")})
    plain = "".join(shown.get("text/plain", ""))
    if "image/png" in shown:
        inner = f'<img alt="{html.escape(plain)}" src="data:image/png;base64,{"".join(shown["image/png"]).strip()}">'
    elif "text/html" in shown:
        told = re.sub(r"<style.*?</style>", "", "".join(shown["text/html"]), flags=re.S)
        inner = re.sub(r"<h\d[^>]*>(.*?)</h\d>", r"<p><strong>\1</strong></p>", told, flags=re.S)
    else:
        return f"```text\n{plain.rstrip()}\n```"
    return (
        f'````{{raw}} html\n<div class="printed" role="group" aria-label="What the cell shows">\n{inner}\n</div>\n````'
    )


def setup(app: Any) -> None:
    """What Sphinx calls."""
    app.connect("source-read", _notebook, priority=400)
    app.connect("source-read", _within)
    app.connect("autodoc-process-docstring", _plain)
