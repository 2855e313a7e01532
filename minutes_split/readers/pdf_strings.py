"""The words that stand in the code of a PDF: strings, names and remarks, each with the key that it stands under.

Source: ISO 32000-1, 7.2 (remarks), 7.3.4 (strings), 7.3.5 (names), 7.9.2 and annex D.3 (how letters are written).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Said:
    """A string, a name or a remark."""

    kind: Literal["string", "name", "remark"]
    key: str = field(repr=False)
    """The name before it, of a string in a dictionary; empty for what a page shows."""
    text: str = field(repr=False)


def said(code: bytes) -> Iterator[Said]:
    """Everything of that kind, in the order of the code. Strings without an end go on to the end of the code."""
    key = ""
    at = 0
    while begin := _TOKEN.search(code, at):
        token = begin[0]
        at = begin.end()
        if token == b"(":
            at = _end(code, at)
            yield Said("string", key, decoded(_unescaped(code[begin.end() : at - 1])))
        elif token.startswith(b"<") and token != b"<<":
            digits = re.sub(rb"[^0-9A-Fa-f]", b"", token)
            yield Said("string", key, decoded(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())))
        elif token.startswith(b"/"):
            key = decoded(_HEX_IN_NAME.sub(lambda each: bytes([int(each[1], 16)]), token[1:]))
            yield Said("name", "", key)
        elif token.startswith(b"%"):
            yield Said("remark", "", decoded(token[1:]))
        elif token not in _NO_ORDERS:
            key = ""


_TOKEN = re.compile(rb"\(|<<|<[0-9A-Fa-f\s]*>|%[^\r\n]*|/[^\s()<>\[\]{}/%]*|[A-Za-z'\"*][^\s()<>\[\]{}/%]*")
_NO_ORDERS = frozenset((b"<<", b"R", b"true", b"false", b"null"))
"""What stands between a key and its value; any other word is an order of a page, and what follows is shown."""
_HEX_IN_NAME = re.compile(rb"#([0-9A-Fa-f]{2})")
_IN_STRING = re.compile(rb"\\.|[()]", re.DOTALL)


def _end(code: bytes, at: int) -> int:
    """The place behind the bracket that ends a string."""
    depth = 1
    for sign in _IN_STRING.finditer(code, at):
        depth += {b"(": 1, b")": -1}.get(sign[0], 0)
        if depth == 0:
            return sign.end()
    return len(code) + 1


_ESCAPE = re.compile(rb"\\(\r\n|[0-7]{1,3}|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\r\n": b"", b"\n": b"", b"\r": b""}


def _unescaped(letters: bytes) -> bytes:
    return _ESCAPE.sub(_one, letters)


def _one(escape: re.Match[bytes]) -> bytes:
    told = escape[1]
    return bytes([int(told, 8) & 0xFF]) if told[:1].isdigit() and told < b"8" else _ESCAPED.get(told, told)


def decoded(letters: bytes) -> str:
    """A string of a PDF as text: by its mark, as two bytes a letter, as UTF-8, or in the letters of the format."""
    if letters.startswith((b"\xfe\xff", b"\xff\xfe")):
        return letters.decode("utf-16", "replace")
    if len(letters) > 1 and len(letters) % 2 == 0 and not any(letters[::2]):
        return letters.decode("utf-16-be", "replace")
    try:
        return letters.decode("utf-8-sig")
    except UnicodeDecodeError:
        return letters.decode("latin-1").translate(_OWN_LETTERS)


_OWN_LETTERS = {
    0x80: "•", 0x81: "†", 0x82: "‡", 0x83: "…", 0x84: "—", 0x85: "–", 0x86: "ƒ", 0x88: "‹", 0x89: "›", 0x8A: "−",
    0x8C: "„", 0x8D: "“", 0x8E: "”", 0x8F: "‘", 0x90: "’", 0x91: "‚", 0x92: "™", 0x93: "ﬁ", 0x94: "ﬂ", 0x95: "Ł", 0x96: "Œ",
    0x97: "Š", 0x98: "Ÿ", 0x99: "Ž", 0x9A: "ı", 0x9B: "ł", 0x9C: "œ", 0x9D: "š", 0x9E: "ž", 0xA0: "€",
}  # fmt: skip
