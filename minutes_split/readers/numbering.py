"""The numbers that Word computes and shows before a paragraph: "3.2", "Family 7:", "(b)".

They are in no text of the file. A number that cannot be computed for certain
is `None`, never a guess.
Source: ECMA-376 part 1, 17.9 (numbering); checked on labels that LibreOffice shows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from minutes_split.readers.counting import written
from minutes_split.readers.styles import ListPlace, Styles, is_on, number_of
from minutes_split.readers.xmltree import child, value

_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One depth of a list: how it counts and what it shows."""

    start: int
    how: str
    """`w:numFmt`: "decimal", "lowerRoman", "bullet" ..."""
    pattern: str
    """Of the format "custom"."""
    text: str
    """What is shown, with %1 to %9 for the counts of the levels: "Family %1:"."""
    restart: int | None
    """After use of which level (1 the outermost) it starts again; 0 never; `None` after any outer one."""
    legal: bool
    """Whether all counts in its text are shown as plain numbers."""
    style: str
    """The paragraph style that is tied to this level, or ""."""
    hidden: bool


@dataclass(frozen=True, slots=True)
class Num:
    """A use of a list definition, with what it changes."""

    abstract: str
    starts: dict[int, int]
    levels: dict[int, Level]


@dataclass(slots=True)
class Numbering:
    """All list definitions of a document."""

    nums: dict[int, Num] = field(default_factory=dict)
    abstracts: dict[str, dict[int, Level]] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    """Definitions that only point to a numbering style."""

    def abstract_of(self, num_id: int, styles: Styles) -> str | None:
        """The definition behind a list, through numbering styles; `None` if it leads nowhere."""
        seen: set[int] = set()
        while num_id in self.nums and num_id not in seen:
            seen.add(num_id)
            abstract = self.nums[num_id].abstract
            if abstract not in self.links:
                return abstract if abstract in self.abstracts else None
            style = styles.numbering.get(self.links[abstract])
            if style is None or style.num_id is None:
                return None
            num_id = style.num_id
        return None

    def level_of_style(self, num_id: int, style: str, styles: Styles) -> int | None:
        """The level that a paragraph style is tied to in this list."""
        levels = self.abstracts.get(self.abstract_of(num_id, styles) or "", {})
        levels = {**levels, **(self.nums[num_id].levels if num_id in self.nums else {})}
        return next((depth for depth, level in levels.items() if style and level.style == style), None)


@dataclass(slots=True)
class _Reading:
    """One way to understand when a start value that a list changes (`w:startOverride`) holds.

    The standard says "when the level starts, and whenever it restarts"
    (17.9.26); programs are seen to use it once for each level, or once for the list.
    """

    each_level: bool
    """Whether it holds at the first use of each level, or only at the first use of the list."""
    again: bool
    """Whether it holds again when an outer level makes the level start again."""
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[int, int]] = field(default_factory=set)

    def count(self, abstract: str, levels: dict[int, Level], num: Num, place: ListPlace) -> dict[int, int]:
        """Counts one paragraph and gives the counts of all levels then."""
        counts = self._counts.setdefault(abstract, {})
        depth = place.level
        use = (place.num_id, depth if self.each_level else -1)
        if depth in num.starts and use not in self._begun:
            counts[depth] = num.starts[depth]
        elif depth in counts:
            counts[depth] += 1
        else:
            counts[depth] = self._start(depth, levels, num)
        self._begun.add(use)
        for deeper in [d for d in counts if d > depth and d in levels and _starts_again(levels[d], depth)]:
            del counts[deeper]
        for outer in range(depth):
            if outer in levels and outer not in counts:
                counts[outer] = self._start(outer, levels, num)
        return counts

    def _start(self, depth: int, levels: dict[int, Level], num: Num) -> int:
        changed = num.starts.get(depth) if self.again else None
        return levels[depth].start if changed is None else changed


@dataclass(slots=True)
class Counters:
    """The counts of one run of text, moved on paragraph by paragraph, in reading order.

    Lists that share a definition share their counts. A number that the
    readings of the standard do not agree on is unknown.
    """

    numbering: Numbering
    styles: Styles
    _readings: tuple[_Reading, ...] = field(
        default_factory=lambda: (_Reading(True, True), _Reading(True, False), _Reading(False, False))
    )

    def next_label(self, place: ListPlace) -> str | None:
        """Counts a paragraph of a list and gives what Word shows before it: "" for a bullet, `None` if unknown."""
        abstract = self.numbering.abstract_of(place.num_id, self.styles)
        num = self.numbering.nums.get(place.num_id)
        if abstract is None or num is None:
            return None
        levels = {**self.numbering.abstracts[abstract], **num.levels}
        if place.level not in levels:
            return None
        counted = [reading.count(abstract, levels, num, place) for reading in self._readings]
        shown = {self._shown(counts, levels, place.level) for counts in counted}
        return shown.pop() if len(shown) == 1 else None

    def _shown(self, counts: dict[int, int], levels: dict[int, Level], depth: int) -> str | None:
        level = levels[depth]
        if level.how == "bullet" or level.hidden:
            return ""
        english = not self.styles.language or self.styles.language.casefold().startswith("en")
        parts: dict[int, str] = {}
        for shown in {int(n) - 1 for n in _PLACE.findall(level.text)}:
            if shown not in levels or shown not in counts:
                return None
            how = levels[shown].how
            how = "decimal" if level.legal and how not in ("none", "bullet") else how
            made = written(counts[shown], how, pattern=levels[shown].pattern, english=english)
            if made is None:
                return None
            parts[shown] = made
        return _PLACE.sub(lambda match: parts[int(match[1]) - 1], level.text).strip()


def _starts_again(level: Level, after: int) -> bool:
    return level.restart is None or after < level.restart


def numbering_of(tree: Element | None) -> Numbering:
    """The lists in a numbering part; none at all if there is no such part."""
    found = Numbering()
    for element in () if tree is None else tree:
        if element.tag == "w:abstractNum":
            key = element.get("w:abstractNumId", "")
            found.abstracts[key] = dict(_level(each) for each in element if each.tag == "w:lvl")
            if link := value(element, "w:numStyleLink"):
                found.links[key] = link
        elif element.tag == "w:num":
            num_id = number_of(element, "w:numId")
            if num_id is not None:
                found.nums[num_id] = _num(element)
    return found


def _num(element: Element) -> Num:
    starts: dict[int, int] = {}
    levels: dict[int, Level] = {}
    for override in element:
        depth = number_of(override, "w:ilvl")
        if override.tag != "w:lvlOverride" or depth is None:
            continue
        start = number_of(child(override, "w:startOverride"))
        if start is not None:
            starts[depth] = start
        changed = child(override, "w:lvl")
        if changed is not None:
            levels[depth] = _level(changed)[1]
    return Num(value(element, "w:abstractNumId"), starts, levels)


def _level(element: Element) -> tuple[int, Level]:
    how = child(element, "w:numFmt")
    if how is None:
        how = child(element, "mc:AlternateContent", "mc:Choice", "w:numFmt")
    start = number_of(child(element, "w:start"))
    return number_of(element, "w:ilvl") or 0, Level(
        start=0 if start is None else start,
        how="decimal" if how is None else how.get("w:val", "decimal"),
        pattern="" if how is None else how.get("w:format", ""),
        text=value(element, "w:lvlText"),
        restart=number_of(child(element, "w:lvlRestart")),
        legal=is_on(child(element, "w:isLgl")) or False,
        style=value(element, "w:pStyle"),
        hidden=is_on(child(element, "w:rPr", "w:vanish")) or False,
    )
