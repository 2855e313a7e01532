"""Fields as they stand in the text: where they begin, where their result begins, where they end."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from minutes_split.readers import fields
from minutes_split.readers.story import Frame, Place, Story
from minutes_split.readers.styles import is_on, number_of
from minutes_split.readers.xmltree import child, says


def simple_field(story: Story, element: Element, place: Place) -> Frame:
    """A field whose instruction is an attribute; what is inside is its result."""
    instruction = element.get("w:instr", "")
    story.out.put_aside(place.dead or "instruction", instruction, place.path)
    begun = fields.Field(instruction=[instruction], dirty=says(element, "w:dirty"))
    story.now.fields.append(begun)
    begin_result(story, begun, place)

    def ended() -> list[Frame]:
        story.now.fields.remove(begun)
        field_ended(story, begun, place)
        return []

    return Frame(iter(element), place, ended)


def field_mark(story: Story, element: Element, place: Place) -> None:
    """The beginning, the middle or the end of a field; marks that have no counterpart are passed over."""
    if id(element) not in story.whole:
        return
    kind = element.get("w:fldCharType")
    if kind == "begin":
        story.now.fields.append(fields.Field(dirty=says(element, "w:dirty"), form=child(element, "w:ffData")))
    elif story.now.fields and kind == "separate":
        begin_result(story, story.now.fields[-1], place)
    elif story.now.fields and kind == "end":
        field_ended(story, story.now.fields.pop(), place)


def begin_result(story: Story, begun: fields.Field, place: Place) -> None:
    """From here on the words are what the field shows."""
    begun.phase = "result"
    begun.marks = (*(("field",) if begun.computed else ()), *(("unread",) if begun.suspect else ()))
    if begun.suspect and not place.dead and not story.instructing():
        story.out.fault(
            "field-suspect",
            place.path,
            "what a field shows is out of date or comes from another file",
            on_block=True,
        )


def instruction(story: Story, element: Element, place: Place) -> None:
    """Part of what a field is told to show; it is never shown itself."""
    words = element.text or ""
    if story.now.fields and story.now.fields[-1].phase == "instruction":
        story.now.fields[-1].instruction.append(words)
    story.out.put_aside(place.dead or "instruction", words, place.path)


def field_ended(story: Story, ended: fields.Field, place: Place) -> None:
    """Shows what a field shows without a kept result; reports what only Word could compute."""
    if ended.said or place.dead or story.instructing():
        return
    form = ended.form
    if ended.name in ("MACROBUTTON", "GOTOBUTTON"):
        story.say(fields.button_words("".join(ended.instruction)), place._replace(marks=(*place.marks, "placeholder")))
    elif ended.name == "FORMCHECKBOX":
        box = child(form, "w:checkBox")
        ticked = is_on(child(box, "w:checked"))
        story.say("☒" if (is_on(child(box, "w:default")) if ticked is None else ticked) else "☐", place)
    elif ended.name == "FORMDROPDOWN":
        story.say(_chosen(child(form, "w:ddList")), place)
    elif ended.name in ("EQ", "SYMBOL"):
        story.out.put_aside("unread", "".join(ended.instruction), place.path)
        story.out.fault("field-without-result", place.path, "a field shows what only Word computes", on_block=True)
    elif ended.phase == "instruction" and ended.name not in fields.SILENT | fields.PAGES:
        story.out.fault("field-without-result", place.path, "a field shows what only Word computes")


def _chosen(choices: Element | None) -> str:
    """The entry that a legacy drop-down list shows."""
    entries = [each.get("w:val", "") for each in choices if each.tag == "w:listEntry"] if choices is not None else []
    chosen = number_of(child(choices, "w:result"))
    place = (number_of(child(choices, "w:default")) or 0) if chosen is None else chosen
    return entries[place] if 0 <= place < len(entries) else ""
