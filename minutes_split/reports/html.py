"""A report as one HTML page that needs nothing else: no scripts, no network, and a policy that forbids both."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

from minutes_split.reports.escape import escaped
from minutes_split.reports.listing import INTERNAL, Entry, Listing, Part, headed

_STYLE = """
:root { color-scheme: light dark; --edge: #767676; --paper: #fff; --ink: #1a1a1a; --soft: #f2f2ef; }
@media (prefers-color-scheme: dark) { :root { --edge: #8c8c8c; --paper: #1b1b1b; --ink: #eee; --soft: #2a2a2a; } }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif;
  background: var(--paper); color: var(--ink); }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
.internal { border: 2px solid var(--ink); padding: .4rem .8rem; font-weight: 600; }
ul { list-style: none; padding: 0; }
li { border-left: 4px solid var(--edge); padding: .2rem .8rem; margin: .7rem 0; break-inside: avoid; }
li.high { border-left-style: double; border-left-width: 9px; } li.medium { border-left-width: 7px; }
.label { font-size: .85rem; } .mark { font-weight: 700; text-transform: uppercase; }
li p { margin: .3rem 0 0; font-size: .85rem; }
blockquote { margin: .3rem 0; padding: .3rem .6rem; background: var(--soft); white-space: pre-line; }
h3 { font-size: 1rem; margin: 1.4rem 0 .2rem; }
@media print { body { max-width: none; margin: 0; } blockquote { border: 1px solid var(--edge); } }
"""


def as_html(listing: Listing) -> str:
    """The report as a whole page."""
    allowed = b64encode(sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{allowed}'; base-uri 'none'; form-action 'none'"
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escaped(listing.title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{fragment(listing)}\n</main>\n</body>\n</html>\n"
    )


def fragment(listing: Listing) -> str:
    """The report without a page around it; it reads right without a style sheet."""
    lines = [f"<h1>{escaped(listing.title)}</h1>"]
    if listing.internal:
        lines.append(f'<p class="internal">{escaped(INTERNAL)}</p>')
    if listing.lead:
        lines.append(f"<p>{escaped(listing.lead)}</p>")
    return "\n".join([*lines, *map(_part, listing.parts)])


def _part(part: Part) -> str:
    lines = ["<section>", f"<h2>{escaped(part.title)}</h2>"]
    if part.lead:
        lines.append(f"<p>{escaped(part.lead)}</p>")
    if not part.entries:
        lines.append(f"<p>{escaped(part.empty)}</p>")
    is_open = False
    for entry, headings in headed(part.entries):
        if headings:
            lines += ["</ul>"] * is_open + [f"<h3>{escaped(' / '.join(headings))}</h3>"]
            is_open = False
        if not is_open:
            lines.append("<ul>")
            is_open = True
        lines.append(_entry(entry))
    return "\n".join([*lines, *["</ul>"] * is_open, "</section>"])


def _entry(entry: Entry) -> str:
    said = []
    if entry.mark:
        said.append(f'<strong class="mark">{escaped(entry.mark)}</strong>')
    if entry.label:
        said.append(f'<span class="label">{escaped(entry.label)}</span>')
    if entry.note:
        said.append(f'<span class="note">{escaped(entry.note)}</span>')
    if entry.asked:
        said.append(f"<span>Asked about: “{escaped(entry.asked)}”.</span>")
    words = f"<blockquote>{escaped(entry.words)}</blockquote>" if entry.words else ""
    if entry.beside:
        words += f"<p>In the minutes:</p><blockquote>{escaped(entry.beside)}</blockquote>"
    return f'<li class="{escaped(entry.mark or "plain")}">{" ".join(said)}{words}</li>'
