"""Content controls: boxes that a form has for text, dates, choices and ticks."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from minutes_split.readers.story import Frame, Place, Story
from minutes_split.readers.styles import is_on
from minutes_split.readers.xmltree import child, value


def control(story: Story, element: Element, place: Place) -> Frame | None:
    """Its content is live; its name and the choices it offers are not."""
    about, content = child(element, "w:sdtPr"), child(element, "w:sdtContent")
    for name in ("w:alias", "w:tag"):
        if words := value(about, name):
            story.out.put_aside("metadata", words, place.path)
    for choice in () if about is None else about:
        if choice.tag in ("w:dropDownList", "w:comboBox"):
            for each in choice:
                story.out.put_aside("metadata", each.get("w:displayText") or each.get("w:value") or "", place.path)
    if content is None:
        return None
    if is_on(child(about, "w:showingPlcHdr")):
        place = place._replace(marks=(*place.marks, "placeholder"))
    if story.sources.bindings.differ(about, content):
        story.out.fault(
            "bound-value", place.path, "a control is bound to a value that is not what it shows", on_block=True
        )
        place = place._replace(marks=(*place.marks, "unread"))
    return Frame(iter(content), place)
