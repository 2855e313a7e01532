"""What a roster knows of people, looked for in every corner of a Word file or a PDF that somebody else made.

Nothing found means that nothing of what was looked for was there: words that
point at somebody without a name are not looked for, nor are pictures.
Source: ECMA-376 parts 1 and 2, ISO 32000-1; the hiding places are those that regulators'
reports on failed redactions name (properties, changes, comments, covered text).
"""

from __future__ import annotations

from collections.abc import Sequence

from minutes_split.errors import ReadError, RosterError
from minutes_split.readers.caps import Caps
from minutes_split.readers.pdf import is_pdf
from minutes_split.roster import Roster
from minutes_split.scanning.files import Search
from minutes_split.scanning.told import Scan, Trace
from minutes_split.traces import Traces


def scan_file(
    data: bytes, roster: Roster, *, family: str | None = None, recipients: Sequence[str] = (), caps: Caps | None = None
) -> Scan:
    """Where a Word file or a PDF still names anybody of another family, or holds a protected value, seen or hidden.

    Without `family`, all families of the roster are looked for.
    Raises: `ReadError` for a file that is neither, is damaged, is protected by a password or is larger than `caps`, and for
    a PDF without the extra `[pdf]`; `ViewError` for a family that the roster does not know.
    """
    if not isinstance(data, bytes):
        raise ReadError("scan-bytes", "data", "should be the bytes of a file")
    if not isinstance(roster, Roster):
        raise RosterError("roster-type", "roster", "should be a roster, as `Roster.load` makes it")
    search = Search(Traces.of(roster, family=family, recipients=recipients), caps or Caps())
    if not data.startswith(b"PK\3\4") and not is_pdf(data):
        raise ReadError(
            "scan-format", "file", "is no Word document (.docx) and no PDF; nothing else can be taken apart"
        )
    search.look(data, depth=0, inside="")
    return Scan(tuple(dict.fromkeys(search.traces)), tuple(search.unread), search.parts)


__all__ = ["Scan", "Trace", "scan_file"]
