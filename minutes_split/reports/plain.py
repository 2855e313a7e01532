"""A report as text for a terminal; nothing in the minutes can act on the terminal or look like a line of ours."""

from __future__ import annotations

import textwrap

from minutes_split.reports.escape import on_one_line, visible
from minutes_split.reports.listing import INTERNAL, Entry, Listing, Part, headed

WIDTH = 100
"""Columns; sentences of ours and words are broken here, so that an entry keeps to its column."""


def as_plain(listing: Listing) -> str:
    """The report as lines; words of the minutes stand indented, sentences of ours do not."""
    lines = [_shown(listing.title), "=" * len(_shown(listing.title))]
    if listing.internal:
        lines.append(INTERNAL)
    if listing.lead:
        lines += _filled(listing.lead, "")
    for part in listing.parts:
        lines += ["", *_part(part)]
    return "\n".join(lines) + "\n"


def _part(part: Part) -> list[str]:
    lines = [_shown(part.title), "-" * len(_shown(part.title))]
    if part.lead:
        lines += _filled(part.lead, "")
    if not part.entries:
        lines.append(part.empty)
    for entry, headings in headed(part.entries):
        if headings:
            lines += ["", *_filled(" / ".join(map(on_one_line, headings)), "    ")]
        lines += _entry(entry)
    return lines


def _entry(entry: Entry) -> list[str]:
    mark = f"{entry.mark.upper():<7}" if entry.mark else ""
    label = f"[{entry.label}] " if entry.label else "- "
    if not entry.note:
        return _filled(f"{mark}{label}{entry.words}", "", "      ")
    lines = _filled(f"{mark}{label}{entry.note}", "", "      ")
    if entry.asked:
        lines += _filled(f"Asked about: {entry.asked}", "      ")
    if entry.words:
        lines += _filled(entry.words, "      ")
    if entry.beside:
        lines += _filled(f"In the minutes: {entry.beside}", "      ")
    return lines


def _shown(words: str) -> str:
    return visible(on_one_line(words))


def _filled(words: str, first: str, rest: str | None = None) -> list[str]:
    """Words in lines of `WIDTH`, never beginning at the left edge but for the first."""
    rest = first if rest is None else rest
    return textwrap.wrap(
        _shown(words), WIDTH, initial_indent=first, subsequent_indent=rest,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
