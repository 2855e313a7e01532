"""Sphinx: `sphinx-build -W docs docs/_build` with the extra `docs`."""

from __future__ import annotations

import re
from typing import Any

project = "minutes_split"
author = "the authors of minutes_split"
copyright = "the authors of minutes_split, Apache-2.0"  # noqa: A001 - the name that Sphinx reads
extensions = ["myst_parser", "sphinx.ext.autodoc"]
exclude_patterns = ["_build", "wordlists", "template", "notebooks"]
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


def setup(app: Any) -> None:
    """What Sphinx calls."""
    app.connect("source-read", _within)
    app.connect("autodoc-process-docstring", _plain)
