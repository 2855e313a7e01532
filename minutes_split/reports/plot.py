"""One picture of a split: how much goes to whom, and what is withheld and why. Needs the extra `plot`."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from minutes_split.errors import MinutesSplitError
from minutes_split.sections import Split

KINDS = (
    ("may be pasted", "#0b5cad", ""),
    ("a person has to confirm it", "#7db8ff", "//"),
    ("withheld: mixed", "#a3480c", "xx"),
    ("withheld: stranger", "#c9a227", ".."),
    ("withheld: unresolved", "#8a8a8a", "\\\\"),
    ("withheld: protected", "#7a2b8f", "++"),
    ("withheld: closed", "#a11240", "**"),
    ("withheld: another-family", "#0c6b70", "--"),
    ("withheld: unread-place", "#333333", "oo"),
)
"""What a bar is made of: its name, its colour, and its hatching, so that nothing is told by colour alone."""


@dataclass(frozen=True, slots=True)
class Plot:
    """A picture that a notebook shows, and the numbers it is drawn from. No words of the minutes, no names, no ids."""

    figure: Any = field(repr=False)
    """A `matplotlib.figure.Figure`, for `savefig`."""
    counts: tuple[Mapping[str, int], ...]
    """For each family in the order of the roster: characters by kind."""

    def __repr__(self) -> str:
        told = "; ".join(
            f"family {number}: {', '.join(f'{kind} {count}' for kind, count in counts.items() if count)}"
            for number, counts in enumerate(self.counts, 1)
        )
        return f"<Plot, in characters: {told}>"

    def _repr_png_(self) -> bytes:
        picture = io.BytesIO()
        self.figure.savefig(picture, format="png", dpi=100)
        return picture.getvalue()


def plot(split: Split, *, ids: bool = False) -> Plot:
    """A bar for each family: characters that may be pasted, that a person has to confirm, and that are withheld by reason.

    What is withheld is what concerns the family. `ids` writes the family ids beside
    the bars; without it they are numbered as in the roster, so that a saved picture names nobody.
    Raises: `MinutesSplitError` if matplotlib is not installed.
    """
    counts = tuple(_counts(split, family) for family in split.roster.ids)
    figures = _matplotlib()
    figure = figures.Figure(figsize=(9, 1.8 + 0.5 * len(counts)), layout="constrained")
    axes = figure.add_subplot()
    names = [family if ids else f"family {number}" for number, family in enumerate(split.roster.ids, 1)]
    done = [0] * len(counts)
    for kind, colour, hatch in KINDS:
        sizes = [told[kind] for told in counts]
        if any(sizes):
            axes.barh(names, sizes, left=done, color=colour, hatch=hatch, edgecolor="white", label=kind)
            done = [before + size for before, size in zip(done, sizes, strict=True)]
    axes.invert_yaxis()
    axes.set_xlabel("characters of the minutes that concern the family")
    axes.set_title("What goes to whom, and what is withheld")
    if any(done):
        figure.legend(loc="outside lower center", ncols=2, frameon=False)
    return Plot(figure, counts)


def _counts(split: Split, family: str) -> dict[str, int]:
    view, withheld = split.view(family), split.withheld(family)
    counts: Counter[str] = Counter({kind: 0 for kind, _, _ in KINDS})
    counts["may be pasted"] = sum(len(excerpt.text) for excerpt in view.excerpts)
    counts["a person has to confirm it"] = sum(len(proposal.text) for proposal in view.proposals)
    for each in withheld.concerns:
        counts[f"withheld: {each.reason}"] += each.span.end - each.span.start
    return dict(counts)


def _matplotlib() -> Any:
    """The module of figures, without the global state of pyplot."""
    try:
        return import_module("matplotlib.figure")
    except ImportError:
        pass
    raise MinutesSplitError("plot-library", "plot", "needs matplotlib: install the extra `plot`")
