"""The doors through which words of the minutes reach a screen, one for each kind of screen.

Minutes are written by others and may hold anything: terminal escapes, markup,
signs that turn the line round. Every report goes through one of these.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache


def visible(text: str) -> str:
    """The text with every character that acts instead of showing as a symbol; line ends stay, a tab is a space.

    A control becomes its picture, as ESC becomes "␛". What turns, hides or breaks a line becomes its number, as "‹202E›".
    """
    return text if text.isascii() and text.isprintable() else "".join(map(_visible, text))


def escaped(text: str) -> str:
    """The text as it may stand anywhere in HTML, also in an attribute between quotes. There is no other door to HTML."""
    return html.escape(visible(text), quote=True)


def in_markdown(text: str) -> str:
    """The text as Markdown that shows it and does nothing else: no markup, no HTML, no links made by themselves."""
    shown = _MARKUP.sub(r"\\\g<0>", visible(text))
    shown = _AT_THE_BEGINNING.sub(r"\g<1>\\\g<2>", shown)
    return _LINK.sub(r"\g<1>\\\g<2>", shown)


def on_one_line(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


@lru_cache(maxsize=4096)
def _visible(character: str) -> str:
    if character == "\n":
        return character
    if character == "\t":
        return " "
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if unicodedata.category(character) in _ACTING:
        return f"‹{code:04X}›"
    return character


_ACTING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Controls, marks of direction and width, halves of pairs, line and paragraph separators (Unicode, general categories)."""
_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~&!@$]")
_AT_THE_BEGINNING = re.compile(r"(?m)^([^\S\n]*+\d*+)([-+=.):])")
_LINK = re.compile(r"(?i)\b(https?|ftp|www|mailto|xmpp)([:.])")
