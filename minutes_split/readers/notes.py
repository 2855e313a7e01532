"""Footnotes, endnotes and comments, at the place in the text that refers to them."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from minutes_split.readers.archive import place_of
from minutes_split.readers.story import Frame, Place, Story
from minutes_split.readers.styles import number_of


def note_reference(story: Story, element: Element, place: Place) -> None:
    """A footnote is read when its paragraph has ended, an endnote after the body; each once."""
    kind = "footnotes" if element.tag == "w:footnoteReference" else "endnotes"
    identity = element.get("w:id", "")
    note = (story.sources.footnotes if kind == "footnotes" else story.sources.endnotes).get(identity)
    if note is None:
        story.out.fault("note-missing", place.path, "a note that the text refers to is not in the file", on_block=True)
        return
    key = f"{kind}/{identity}"
    if key in story.used:
        return
    story.used.add(key)
    part = story.sources.notes_parts[kind]
    number = number_of(element, "w:id")
    dead = story.why_dead(place)
    inner = Place(part, f"{place_of(part)}/note {number}", "note", "note", place.cell, dead, place.marks)
    (story.now.waiting if kind == "footnotes" or dead else story.late).append(story.story(note, inner))


def comment_reference(story: Story, element: Element, place: Place) -> Frame | None:
    """A comment is put aside at the place that it is about."""
    identity = element.get("w:id", "")
    comment = story.sources.comments.get(identity)
    if comment is None:
        story.out.fault("comment-missing", place.path, "a comment that the text refers to is not in the file")
    elif f"comments/{identity}" not in story.used:
        story.used.add(f"comments/{identity}")
        return comment_story(story, comment, place)
    return None


def comment_story(story: Story, comment: Element, place: Place) -> Frame:
    """A comment as a story whose words are dead."""
    if author := comment.get("w:author"):
        story.people[author] = None
    part = story.sources.notes_parts.get("comments", "")
    path = f"{place_of(part)}/comment {number_of(comment, 'w:id')}"
    return story.story(comment, Place(part, path, "note", "note", place.cell, "comment"))
