"""One whole page of its own: no network, one style sheet and at most one script, each allowed by its digest and nothing else.

It works from a file share, and every sheet of paper that it is printed on
carries its mark. The pages of this library are all for inside the authority.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib.resources import files

from minutes_split.internal import internal_mark
from minutes_split.reports.escape import escaped

ENDING = ".internal.html"
"""How the name of a page ends that holds words about several families."""
MARKDOWN_ENDING = ".internal.md"
"""The same of a report in Markdown."""
TEXT_ENDING = ".internal.txt"
"""The same of a report as text."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page for inside, with the name it should be kept under. Its `repr` shows sizes only."""

    name: str
    """`working-view.internal.html`: the ending says that it is not for a family."""
    html: str = field(repr=False)
    """The page, in UTF-8 when it is written to a file."""

    def __repr__(self) -> str:
        return f"<Page {self.name}: {len(self.html)} characters>"


def whole_page(name: str, title: str, mark: str, body: Iterable[str]) -> Page:
    """A page under a mark that stands on the screen and on every sheet of paper. `title` and `mark` are plain text."""
    style, script = _resource("pages.css"), _resource("pages.js")
    policy = (
        f"default-src 'none'; style-src 'sha256-{_digest(style)}'; script-src 'sha256-{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    head = (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escaped(title)} ({escaped(mark.partition('.')[0])})</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f'<div class="every-page" role="region" aria-label="Mark of every page"><p>{escaped(mark)}</p></div>\n<main>\n<h1>{escaped(title)}</h1>\n'
    )
    return Page(f"{name}{ENDING}", head + "\n".join(body) + f"\n</main>\n<script>{script}</script>\n</body>\n</html>\n")


def rows(items: Iterable[str], empty: str = "None.") -> str:
    """A list of pieces of HTML, or the sentence that there are none."""
    made = "\n".join(f"<li>{item}</li>" for item in items)
    return f'<ul class="rows">\n{made}\n</ul>' if made else f"<p>{escaped(empty)}</p>"


def words(text: str) -> str:
    """Words of the minutes or of a draft, set apart from ours."""
    return f'<blockquote class="words">{escaped(text.strip())}</blockquote>'


def counted(number: int, name: str) -> str:
    """ "1 passage", "2 passages"."""
    return f"{number} {name}{'' if number == 1 else 's'}"


def mark_of(families: int, what: str, whole: int = 0) -> str:
    """The mark of every page: for inside, how many families, and whether whole minutes are in it."""
    told = internal_mark(f"{what}, {families} {'family' if families == 1 else 'families'}")
    return told + (f" WHOLE MINUTES: {counted(whole, 'document')}." if whole else "")


@cache
def _resource(name: str) -> str:
    return files("minutes_split.reports").joinpath(name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()
