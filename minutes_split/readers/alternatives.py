"""One of several ways to say the same (`mc:AlternateContent`): the first that is understood, never two.

Source: ECMA-376 part 3, markup compatibility.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from minutes_split.readers.story import Frame, Place, Story
from minutes_split.readers.xmltree import NAMESPACES, child, words_of


def alternatives(story: Story, element: Element, place: Place) -> Frame | None:
    """The first choice that is understood, else the fallback; never both."""
    choices = [each for each in element if each.tag == "mc:Choice"]
    fallback = child(element, "mc:Fallback")
    chosen = next((c for c in choices if all(n in _UNDERSTOOD for n in c.get("Requires", "").split())), fallback)
    if chosen is None:
        if any(words_of(each) for each in choices):
            story.out.fault(
                "alternative-unknown", place.path, "needs something that is not known, and offers nothing else"
            )
        return None
    if chosen is not fallback and fallback is not None:
        ours, theirs = (sorted(_shown_words(each)) for each in (chosen, fallback))
        if ours and theirs and ours != theirs:
            story.out.fault("alternative-differs", place.path, "says something else to older programs", on_block=True)
            place = place._replace(marks=(*place.marks, "unread"))
    return Frame(iter(chosen), place)


def _shown_words(element: Element) -> list[str]:
    return "".join(each.text or "" for each in element.iter() if each.tag in ("w:t", "a:t")).split()


_UNDERSTOOD = frozenset(NAMESPACES.values())
