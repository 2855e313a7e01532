"""For a notebook: `show` to read the words, `to_frame` to count and plot without them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Literal

from minutes_split.errors import MinutesSplitError
from minutes_split.guard import FamilyView
from minutes_split.reports.html import fragment
from minutes_split.reports.listing import Listing, of_split, of_view
from minutes_split.reports.plain import as_plain
from minutes_split.sections import Split


@dataclass(frozen=True, slots=True)
class Shown:
    """Words of the minutes on display. The notebook shows them; a `repr`, as it goes into logs, counts them."""

    listing: Listing = field(repr=False)

    def __repr__(self) -> str:
        return f"<Shown: {self.listing.counted}>"

    def __str__(self) -> str:
        return as_plain(self.listing)

    def _repr_html_(self) -> str:
        return fragment(self.listing)


def show(shown: FamilyView | Split) -> Shown:
    """A view or a split with its words: the last line of a notebook's cell, or `print(show(view))`."""
    if isinstance(shown, FamilyView):
        return Shown(of_view(shown))
    if isinstance(shown, Split):
        return Shown(of_split(shown))
    raise MinutesSplitError("show-type", "show", "takes a view or a split")


def to_frame(
    records: Sequence[Mapping[str, object]], *, library: Literal["pandas", "polars", "arrow"] | None = None
) -> Any:
    """Rows such as `split.to_records()` as a frame of pandas or polars, whichever is installed, pandas first.

    "arrow" gives a `pyarrow.Table`. Every row is looked at to tell what a column holds.
    Raises: `MinutesSplitError` if the one asked for, or either, is not installed.
    """
    columns = dict.fromkeys(key for record in records for key in record)  # Arrow asks the first row alone
    rows = [{key: record.get(key) for key in columns} for record in records]
    for name in (library,) if library else ("pandas", "polars"):
        try:
            frames = import_module("pyarrow" if name == "arrow" else name)
        except ImportError:
            continue
        if name == "arrow":
            return frames.Table.from_pylist(rows)
        # polars looks at the first hundred rows only, unless told otherwise: a column may be empty that far
        return frames.DataFrame(rows, infer_schema_length=None) if name == "polars" else frames.DataFrame(rows)
    if library not in ("pandas", "polars", "arrow", None):
        raise MinutesSplitError("frame-library", "to_frame", "library should be pandas, polars or arrow")
    wanted = library or "pandas or polars"
    raise MinutesSplitError("frame-library", "to_frame", f"needs {wanted}, which is not installed")
