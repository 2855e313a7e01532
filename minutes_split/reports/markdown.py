"""A report as Markdown that people read as it is or turned into a page."""

from __future__ import annotations

from minutes_split.reports.escape import in_markdown, on_one_line
from minutes_split.reports.listing import INTERNAL, Entry, Listing, Part, headed


def as_markdown(listing: Listing) -> str:
    """The report as Markdown; nothing in the minutes is read as markup."""
    lines = [f"# {_shown(listing.title)}", ""]
    if listing.internal:
        lines += [f"**{INTERNAL}**", ""]
    if listing.lead:
        lines += [in_markdown(listing.lead), ""]
    for part in listing.parts:
        lines += _part(part)
    return "\n".join(lines).rstrip("\n") + "\n"


def _part(part: Part) -> list[str]:
    lines = [f"## {_shown(part.title)}", ""]
    if part.lead:
        lines += [in_markdown(part.lead), ""]
    if not part.entries:
        lines += [part.empty, ""]
    for entry, headings in headed(part.entries):
        if headings:
            lines += ["", f"*{' / '.join(map(_shown, headings))}*", ""]
        lines.append(_entry(entry))
    return [*lines, ""]


def _entry(entry: Entry) -> str:
    label = " ".join(filter(None, (entry.mark.upper(), f"{_shown(entry.label)}:" if entry.label else "")))
    said = [f"**{label}**" if label else "", in_markdown(entry.note)]
    if entry.asked:
        said.append(f"Asked about: “{_shown(entry.asked)}”.")
    first = " ".join(filter(None, said))
    return f"- {first} {_shown(entry.words)}".rstrip() if not entry.note else _under(first, entry)


def _under(first: str, entry: Entry) -> str:
    quoted = [_shown(entry.words)] if entry.words else []
    if entry.beside:
        quoted.append(f"In the minutes: {_shown(entry.beside)}")
    return "\n\n".join([f"- {first}", *(f"  > {words}" for words in quoted)]) + ("\n" if quoted else "")


def _shown(words: str) -> str:
    return in_markdown(on_one_line(words))
