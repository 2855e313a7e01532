"""Mails: .eml, with their parts.

The text is what the writer of this mail wrote. What a reply quotes is an older
text by somebody else: it is put aside as `embedded`. What a forward passes on
is its text, for that is what it was sent for. An attachment is a document of
its own: its text is put aside as `embedded`, or a fault says why it could not
be read; `attachments` gives its bytes, so that it can be read and split.
Source: RFC 5322, RFC 2045 to 2049; the quoting of Outlook, Gmail, Apple Mail and Thunderbird.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import suppress
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from minutes_split.document import Document, Source
from minutes_split.errors import ReadError
from minutes_split.readers.caps import Caps
from minutes_split.readers.html import begins_quote, say_html
from minutes_split.readers.transcript import Transcript

_HEADER = re.compile(
    rb"(?:From [^\r\n]*\r?\n)?((?:[!-9;-~]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)+)(?:\r?\n|[^\r\n]*\Z)"
)
"""A file that ends inside its header is a mail that was cut short, and no text."""
_OF_MAIL = re.compile(rb"^(?:MIME-Version|Received|Message-ID|Return-Path|X-MS-[\w-]+|Content-Type):", re.I | re.M)
_ADDRESSED = re.compile(rb"^(?:From|To|Subject|Date):", re.I | re.M)
_FORWARD = re.compile(r"\s*(?:fwd?|wg|tr|ff|doorst)\s*:", re.I)
_SHOWN = ("From", "To", "Cc", "Bcc", "Date", "Subject", "Reply-To")
_NESTING = 60
"""Multiparts inside each other; the parser of the standard library calls itself for each. Met in practice: 5."""
_OUTSIDE = (RecursionError, ValueError, LookupError, TypeError, AttributeError)
"""How the parser of the standard library fails on damaged headers."""
_MAILS = 3
"""Mails attached to mails that are read."""
_PICTURES = ("image/", "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")


def is_mail(data: bytes) -> bool:
    """Whether the bytes begin with the header of a mail, as programs write it and nobody pastes it."""
    head = _HEADER.match(data[:200_000].lstrip(b"\r\n"))
    return head is not None and bool(_OF_MAIL.search(head[1])) and bool(_ADDRESSED.search(head[1]))


def read_mail(data: bytes, caps: Caps) -> Document:
    """A mail from its bytes.

    Blocks are those of its HTML; a mail that is plain text has none, and its
    lines are read as those of any text.
    Raises: `ReadError` if it is damaged, has no text of its own, or needs the extra `[html]`.
    """
    with suppress(*_OUTSIDE):
        return _mail(data, caps, 0)
    raise ReadError("mail-damaged", "file", "is no mail that can be taken apart")


def attachments(data: bytes, caps: Caps | None = None) -> tuple[tuple[str, bytes], ...]:
    """The names and bytes of what is attached to a mail, in order. Raises: `ReadError` if it is no mail that can be read."""
    caps = caps or Caps()
    return tuple((part.get_filename() or "", _bytes_of(part)) for part in _parts(_parsed(data, caps))[1])


def _mail(data: bytes, caps: Caps, depth: int) -> Document:
    mail = _parsed(data, caps)
    bodies, attached = _parts(mail)
    out = Transcript()
    for name in _SHOWN:
        if (told := mail.get(name)) is not None:
            out.put_aside("metadata", f"{name}: {told}", "header")
    _report_defects(mail, out)
    subject = str(mail.get("Subject", ""))
    forward = bool(_FORWARD.match(subject))
    html = False
    for number, part in enumerate(bodies, 1):
        html = _say_body(part, caps, out, f"body {number}", forward=forward) or html
    for number, part in enumerate(attached, 1):
        _put_attachment(part, caps, out, f"attachment {number}", depth)
    out.end_aside()
    if not out.text.strip():
        raise ReadError(
            "mail-empty", "body", "has no text of its own; read its attachments, or save the older mail by itself"
        )
    blocks = tuple(out.blocks) if html else ()
    source = Source("eml", hashlib.sha256(data).hexdigest())
    return Document(out.text, source, blocks, out.marks, tuple(out.asides), tuple(out.faults))


def _parsed(data: bytes, caps: Caps) -> EmailMessage:
    if data.lower().count(b"boundary") > caps.parts or data.lower().count(b"content-type:") > caps.parts:
        raise ReadError("mail-parts", "file", f"has more than {caps.parts} parts")
    with suppress(*_OUTSIDE):
        return BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(data)
    raise ReadError("mail-damaged", "file", "is no mail that can be taken apart")


def _parts(mail: EmailMessage) -> tuple[list[EmailMessage], list[EmailMessage]]:
    """The parts that show as text, and those that are attached."""
    bodies: list[EmailMessage] = []
    attached: list[EmailMessage] = []
    stack: list[Iterator[tuple[EmailMessage, bool]]] = [iter([(mail, True)])]
    while stack:
        part, shown = next(stack[-1], (None, False))
        if part is None:
            stack.pop()
            continue
        if len(stack) > _NESTING:
            raise ReadError("mail-nesting", "file", f"is nested deeper than {_NESTING} parts")
        kind = part.get_content_type()
        if part.is_multipart() and kind != "message/rfc822" and not kind.startswith("message/"):
            stack.append(iter(_inside(part, kind, shown)))
        elif shown and kind in ("text/plain", "text/html") and not part.get_filename() and not _is_attached(part):
            bodies.append(part)
        else:
            attached.append(part)
    return bodies, attached


def _is_attached(part: EmailMessage) -> bool:
    return part.get_content_disposition() == "attachment"


def _inside(part: EmailMessage, kind: str, shown: bool) -> list[tuple[EmailMessage, bool]]:
    inner = [each for each in part.get_payload() if isinstance(each, EmailMessage)] if part.is_multipart() else []
    if kind != "multipart/alternative":
        return [(each, shown) for each in inner]
    best = max(range(len(inner)), key=lambda i: (_rank(inner[i]), i), default=0)
    return [(each, shown) for i, each in enumerate(inner) if i == best or _rank(each) == 0]


def _rank(part: EmailMessage) -> int:
    """HTML is what a mail program shows; plain text stands in for it; a calendar entry is no body."""
    kind = part.get_content_type()
    return 2 if kind in ("text/html", "multipart/related", "multipart/mixed") else 1 if kind == "text/plain" else 0


def _report_defects(mail: EmailMessage, out: Transcript) -> None:
    """What the parser found damaged: text may be missing."""
    for number, part in enumerate(mail.walk(), 1):
        if part.defects:
            out.fault("mail-damaged", f"part {number}", "is damaged; text may be missing")


def _bytes_of(part: EmailMessage) -> bytes:
    if part.is_multipart():
        inner = part.get_payload()
        first = inner[0] if isinstance(inner, list) and inner else None
        return first.as_bytes() if isinstance(first, EmailMessage) else b""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _say_body(part: EmailMessage, caps: Caps, out: Transcript, path: str, *, forward: bool) -> bool:
    """Says one part; whether it was HTML."""
    before = len(part.defects)
    content = _bytes_of(part)
    if len(part.defects) > before:
        out.fault("mail-damaged", path, "is damaged; text may be missing")
    words = _decoded(part, content, out, path)
    if "\0" in words:
        out.fault("mail-damaged", path, "holds a NUL, which no text does")
        words = words.replace("\0", "\ufffd")
    if part.get_content_type() == "text/html":
        say_html(words, caps, out, path, mail=not forward)
        return True
    _say_plain(words, out, path, forward=forward)
    return False


def _decoded(part: EmailMessage, content: bytes, out: Transcript, path: str) -> str:
    charset = part.get_content_charset() or "utf-8"
    try:
        return content.decode(charset).replace("\r\n", "\n")
    except (LookupError, ValueError):
        pass
    out.fault("mail-encoding", path, "is not written in the encoding that it says")
    if charset != "utf-8":
        try:
            return content.decode("utf-8").replace("\r\n", "\n")
        except UnicodeDecodeError:
            pass
    return content.decode("latin-1").replace("\r\n", "\n")


def _say_plain(words: str, out: Transcript, path: str, *, forward: bool) -> None:
    """Lines of plain text; what is quoted is put aside."""
    quoting = after_from = False
    lines = words.split("\n")
    for number, line in enumerate(lines):
        if not forward:
            two = f"{line} {lines[number + 1]}" if number + 1 < len(lines) else line
            head = begins_quote(line, after_from=after_from)
            head = head or (begins_quote(two, after_from=False) and line.startswith("On "))
            after_from = bool(re.match(r"\*?From:\*?", line)) and number + 1 < len(lines)
            looks_ahead = after_from and bool(re.match(r"\*?(?:Sent|Date):", lines[number + 1]))
            quoting = quoting or head or looks_ahead
        if (quoting or line.startswith(">")) and not forward:
            out.put_aside("embedded", line.lstrip("> ") + "\n", f"{path}/quoted")
            if line.startswith("On ") and line.rstrip().endswith("wrote:"):
                quoting = False  # what it announces begins with ">"; an answer may stand below
        else:
            out.say(line)
            out.say("\n")


def _put_attachment(part: EmailMessage, caps: Caps, out: Transcript, path: str, depth: int) -> None:
    """Puts the text of an attachment aside, or says why it could not be read."""
    kind = part.get_content_type()
    content = _bytes_of(part)
    if kind.startswith(_PICTURES):
        out.put_aside("embedded", "", path)
        return
    try:
        document = _attached_document(content, caps, depth)
    except ReadError as error:
        out.put_aside("embedded", "", path)
        out.fault("attachment-unread", path, f"cannot be read: {error.message} [{error.code}]")
        return
    out.put_aside("embedded", document.text, path)
    out.end_aside()
    if document.faults or document.marks:
        out.fault("attachment-fault", path, "holds something that was not read or not accepted; read it by itself")


def _attached_document(content: bytes, caps: Caps, depth: int) -> Document:
    from minutes_split.readers import recognised  # the table of readers holds this one

    if is_mail(content):
        if depth >= _MAILS:
            raise ReadError("mail-nesting", "file", f"is attached to more than {_MAILS} mails")
        return _mail(content, caps, depth + 1)
    return recognised(content, (), caps)
