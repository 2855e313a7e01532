"""Equations (OMML) in the linear form that Word itself offers: "(a+b)/c", "x^2"."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from minutes_split.readers.story import Frame, Place, Story
from minutes_split.readers.xmltree import child


def math_part(story: Story, element: Element, place: Place) -> Frame:
    """A part of an equation that a sign sets off from the part before it, unless it is empty."""
    if any(each.tag != "m:ctrlPr" for each in element):
        story.say(SIGNS[element.tag], place)
    return Frame(iter(element), place)


def math_brackets(story: Story, element: Element, place: Place) -> Frame:
    """Brackets around a part: round ones unless the equation names others."""
    about = child(element, "m:dPr")
    first = child(about, "m:begChr")
    last = child(about, "m:endChr")
    story.say("(" if first is None else first.get("m:val", ""), place)

    def ended() -> list[Frame]:
        story.say(")" if last is None else last.get("m:val", ""), place)
        return []

    return Frame(iter(element), place, ended)


def math_sum(story: Story, element: Element, place: Place) -> Frame:
    """A sum, product or integral, by its sign."""
    found = child(element, "m:naryPr", "m:chr")
    story.say("∫" if found is None else found.get("m:val", ""), place)
    return Frame(iter(element), place)


SIGNS = {"m:den": "/", "m:sup": "^", "m:sub": "_", "m:rad": "√", "m:mr": " ", "m:lim": " "}
