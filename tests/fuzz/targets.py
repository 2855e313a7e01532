"""What is fuzzed: each target takes bytes and lets nothing out but `MinutesSplitError`.

A target that accepts its input also checks what must then hold, so that a wrong
answer is found and not only a crash.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import sys
import traceback
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from minutes_split import Document, MinutesSplitError, Plan, Roster, Split, Splitter, audit, read
from minutes_split.cli import main
from minutes_split.decisions import decisions_from_json, decisions_to_json
from minutes_split.readers import Caps
from minutes_split.redaction import RedactionPolicy
from minutes_split.release import Release
from minutes_split.scanning import scan_file
from minutes_split.wire import from_json, policy_from, to_json
from tests.pdfs import sheet, stream, updated
from tests.pdfs import text as shown

TESTS = Path(__file__).parent.parent
FIXTURES = TESTS.parent / "fixtures"
SMALL = Caps(file_bytes=2_000_000, unzipped_bytes=4_000_000, nesting=300, elements=50_000, pages=20)
"""Lower than the defaults, so that the fuzzer meets the limits too."""
LONGEST = 4_000
"""Characters of a document that are also split; longer ones are only read."""

ROSTER = {
    "families": [
        {
            "id": "A",
            "label": "Harper family",
            "addresses": ["3 Mill Lane"],
            "identifiers": ["LCS 4000001"],
            "people": [
                {"name": "Kayleigh Harper", "aliases": ["Kay"], "role": "mother", "sex": "F", "dob": "1989-03-02"},
                {"name": "Jayden Harper", "role": "son", "sex": "M", "dob": "2014-05-06"},
            ],
            "protected": [{"value": "3 Mill Lane", "kind": "address", "from": ["father-1"]}],
            "recipients": [{"id": "father-1", "role": "father"}],
        },
        {"id": "B", "people": [{"name": "Ngozi Okafor", "role": "mother"}, {"name": "Chidi Okafor", "role": "son"}]},
    ],
    "professionals": [{"name": "Dr Priya Nair", "role": "community paediatrician"}],
    "register": [{"id": "R", "people": [{"name": "Carol Marsh"}]}],
}
TEXT = (
    "Present: Dr Priya Nair\n\n1. Harper family\n\nJayden is in Year 5. Mum rang on Monday. The other boy was not hurt.\n"
    "- Kayleigh to ring\n- LCS 4000001\n\n2. Okafor family\n\nChidi told Jayden to hit him; he ran. Next door's son started it.\n"
)


@lru_cache(maxsize=1)
def splitter() -> Splitter:
    return Splitter(Roster.load(ROSTER))


def holds(found: Split) -> None:
    """What is true of every split: units stand in order, sections tile, excerpts are verbatim."""
    text, end = found.document.text, 0
    for unit in found.units:
        assert end <= unit.span.start < unit.span.end <= len(text)
        end = unit.span.end
    at = 0
    for section in found.sections:
        assert section.span.start == at
        at = section.span.end
    assert at == len(text)
    for family in found.roster.ids:
        for excerpt in found.view(family).excerpts:
            assert excerpt.text == text[excerpt.span.start : excerpt.span.end]
        found.withheld(family)
    found.questions()
    found.to_records()


def document_holds(document: Document) -> None:
    """Blocks stand in order and inside the text; so do marks and asides."""
    end = 0
    for block in document.blocks:
        assert end <= block.span.start <= block.span.end <= len(document.text)
        end = block.span.end
    for mark in document.marks:
        assert 0 <= mark.span.start <= mark.span.end <= len(document.text)
    for aside in document.asides:
        assert 0 <= aside.at <= len(document.text)
    assert "\0" not in document.text
    document.text.encode("utf-8")
    if len(document.text) <= LONGEST:
        holds(splitter().split(document))


# --- readers ------------------------------------------------------------------------------------


def any_bytes(data: bytes) -> None:
    document_holds(read(data, caps=SMALL))


@lru_cache(maxsize=1)
def _packages() -> tuple[tuple[tuple[str, bytes], ...], ...]:
    """The parts of some Word and OpenDocument files; one part of one of them is what is fuzzed."""
    found = []
    for path in (*sorted(FIXTURES.rglob("*.docx"))[:3], *sorted(TESTS.rglob("*.odt"))[:1]):
        with contextlib.suppress(zipfile.BadZipFile), zipfile.ZipFile(path) as archive:
            found.append(tuple((name, archive.read(name)) for name in archive.namelist() if not name.endswith("/")))
    return (*found, _open_document())


def _open_document() -> tuple[tuple[str, bytes], ...]:
    office = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{office}:office:1.0" xmlns:text="{office}:text:1.0" xmlns:table="{office}:table:1.0">'
        '<office:body><office:text><text:h text:outline-level="1">Harper family</text:h><text:p>Jayden is in Year 5.<text:s text:c="2"/>'
        "<text:note><text:note-body><text:p>Note.</text:p></text:note-body></text:note></text:p><text:list><text:list-item><text:p>Item</text:p>"
        '</text:list-item></text:list><table:table><table:table-row><table:table-cell table:number-columns-repeated="2"><text:p>Cell</text:p>'
        "</table:table-cell></table:table-row></table:table></office:text></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.text"
    manifest = (
        f'<manifest:manifest xmlns:manifest="{office}:manifest:1.0"><manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="{kind.decode()}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    return (("mimetype", kind), ("content.xml", content.encode()), ("META-INF/manifest.xml", manifest.encode()))


def packed(parts: tuple[tuple[str, bytes], ...]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), content)
    return made.getvalue()


def package(data: bytes) -> bytes | None:
    """A Word or OpenDocument file one of whose parts is `data[2:]`."""
    if len(data) < 2:
        return None
    parts = _packages()[data[0] % len(_packages())]
    which = data[1] % len(parts)
    return packed(tuple((name, data[2:] if i == which else old) for i, (name, old) in enumerate(parts)))


def one_part(data: bytes) -> None:
    """The checksum of a zip entry keeps a fuzzer out, so the part is packed behind it."""
    made = package(data)
    if made is not None:
        document_holds(read(made, caps=SMALL))


def part_seeds() -> Iterator[bytes]:
    for i, parts in enumerate(_packages()):
        for j, (_, content) in enumerate(parts):
            if len(content) < 60_000:
                yield bytes((i, j)) + content


def scanned(data: bytes) -> None:
    """The scan of a finished file for what is withheld, over the same broken packages."""
    made = package(data)
    if made is not None:
        scan_file(made, splitter().roster, family="A", recipients=("father-1",), caps=SMALL)


def scanned_paper(data: bytes) -> None:
    """The same scan over PDFs."""
    scan_file(data, splitter().roster, family="A", recipients=("father-1",), caps=SMALL)


def text(data: bytes) -> None:
    """Any text through the whole way: split, views, plan, audit."""
    lone = data[:1] == b"\x01"
    words = (
        data[1:].decode("utf-16-le", "surrogatepass" if len(data) % 2 else "ignore")
        if lone
        else data.decode("utf-8", "ignore")
    )
    words = words[:LONGEST]
    found = splitter().split(words)
    holds(found)
    audit(words, against=[found], family="A")


# --- what is JSON -------------------------------------------------------------------------------


def roster(data: bytes) -> None:
    loaded = Roster.load(data)
    if len(data) < 3_000:
        holds(Splitter(loaded).split(TEXT))


def wire(data: bytes) -> None:
    form = from_json(data)
    assert from_json(to_json(form)) == form


def decisions(data: bytes) -> None:
    told = decisions_from_json(data)
    assert decisions_from_json(decisions_to_json(told)) == told
    splitter().split(TEXT, decisions=told)


def plan(data: bytes) -> None:
    found = Plan.from_json(data)
    assert Plan.from_json(found.to_json()) == found
    audit(found, against=[splitter().split(TEXT)])


def release(data: bytes) -> None:
    found = Release.from_dsse(data)
    assert Release.from_dsse(found.to_dsse()) == found
    assert found.line


def policy(data: bytes) -> None:
    Splitter(Roster.load(ROSTER), policy=policy_from(data)).split(TEXT)


def redaction(data: bytes) -> None:
    RedactionPolicy.load(data)


# --- the command --------------------------------------------------------------------------------

COMMANDS = (
    "split", "view", "withheld", "questions", "explain", "lint", "audit", "tour", "schema", "redact", "report", "answers", "completion",
)  # fmt: skip


def command(data: bytes) -> None:
    """Arguments, apart by NUL; the rest of the input stands on standard input and in `@text`, the other files are sound."""
    first, _, rest = data.partition(b"\n")
    arguments = [a.decode("utf-8", "surrogateescape") for a in first.split(b"\0")]
    arguments = [COMMANDS[ord(a[1:2] or "a") % len(COMMANDS)] if a.startswith("!") else a for a in arguments]
    if any(set(argument) & {"/", "\\"} for argument in arguments):
        return
    files = {name: str(_file(name[1:], made(rest))) for name, made in _FILES.items() if name in arguments}
    arguments = [files.get(argument, argument) for argument in arguments]
    said, told = io.StringIO(), io.StringIO()
    kept = sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(rest), encoding="utf-8")
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(told):
            code = main(arguments)
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 99
    finally:
        sys.stdin = kept
    assert code in (0, 2, 3, 4), told.getvalue()
    if code in (2, 4):
        assert said.getvalue() == ""
    assert "Traceback" not in told.getvalue()


_FILES: dict[str, Callable[[bytes], bytes]] = {
    "@roster": lambda _: json.dumps(ROSTER).encode(),
    "@text": lambda rest: rest or TEXT.encode(),
    "@plan": lambda _: _plan().encode(),
    "@decisions": lambda _: next(_decided()),
    "@answers": lambda _: json.dumps({"kind": "answers", "decisions": []}).encode(),
    "@policy": lambda _: b"near_score = 90\n",
    "@release": lambda _: (TESTS / "release_1.json").read_bytes(),
    "@redaction": lambda _: (TESTS.parent / "minutes_split/lexicon/redaction.toml").read_bytes(),
    "@page.internal.html": lambda _: b"",
}


@lru_cache(maxsize=1)
def _plan() -> str:
    return Plan("A", purpose="plan").paste(splitter().split(TEXT).view("A").excerpts[0], field="harm").to_json()


def _file(name: str, content: bytes) -> Path:
    path = Path(os.environ.get("FUZZ_SCRATCH", os.curdir)) / name
    path.write_bytes(content)
    return path


# --- the table ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Target:
    run: Callable[[bytes], None]
    seeds: Callable[[], Iterator[bytes]]
    words: tuple[str, ...] = ()
    """What a fuzzer would not guess."""


def _files(*patterns: str, most: int = 60_000) -> Callable[[], Iterator[bytes]]:
    def seeds() -> Iterator[bytes]:
        for pattern in patterns:
            for path in (*sorted(FIXTURES.rglob(pattern)), *sorted(TESTS.rglob(pattern))):
                if path.stat().st_size <= most:
                    yield path.read_bytes()

    return seeds


def _mails() -> Iterator[bytes]:
    for body in ("Jayden rang.\n", TEXT):
        yield (
            "From: a@example.org\nTo: b@example.org\nSubject: Minutes\nDate: Mon, 4 Mar 2024 10:00:00 +0000\nMIME-Version: 1.0\n"
            'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain; charset="utf-8"\n'
            f"Content-Transfer-Encoding: quoted-printable\n\n{body}\n--b\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n"
            "PGgxPkhhcnBlcjwvaDE+\n--b\nContent-Type: message/rfc822\n\nFrom: c@example.org\nSubject: =?utf-8?q?x?=\n\nhello\n--b\n"
            'Content-Type: application/octet-stream; name="a.docx"\nContent-Transfer-Encoding: base64\n\nUEsDBA==\n--b--\n'
        ).encode()
    yield from _files("*.eml")()


def _pages() -> Iterator[bytes]:
    yield b"<!doctype html><html><head><title>t</title><style>p{display:none}</style></head><body><h1>Harper family</h1><p>Jayden<br>rang.</p>\
<ul><li>a<ol start=3><li>b</ol></ul><table><tr><th>x<td rowspan=2 colspan=3>y</table><del>no</del><!-- c --><p hidden>z</p></body></html>"
    yield from _files("*.html")()


def _papers() -> Iterator[bytes]:
    """A small PDF with nothing compressed, so that a change of a byte is a change of what it says."""
    lines = ("1. Harper family", "Jayden is in Year 5.", "Mum rang on Monday.")
    content = (
        "BT /F1 12 Tf 72 720 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " [(Chidi) -250 (ran)] TJ ET"
    )
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
    )
    made, places = "%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{each}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(made)}\n%%EOF\n"
    yield (made + end).encode("latin-1")
    yield from _files("*.pdf", most=40_000)()


def _corners() -> Iterator[bytes]:
    """PDFs with something in each place that is looked into."""
    note = (
        b"<< /Type /Annot /Subtype /Text /Rect [9 9 9 9] /Contents (Chidi \\(x\\)) /T <feff0041> /AP << /N 11 0 R >> >>"
    )
    more = {
        10: note,
        11: stream(shown(b"Jayden"), b"/Subtype /Form /BBox [0 0 595 842]"),
        12: b"<< /Type /Filespec /F (a) /EF << /F 13 0 R >> >>",
        13: stream(b"PK\3\4", b"/Type /EmbeddedFile"),
        14: stream(b"15 0 << /Alt (x) >>", b"/Type /ObjStm /N 1 /First 5"),
    }
    made = sheet(
        shown(before=b"3 Tr") + b"/Fm Do", page=b"/Annots [10 0 R]", resources=b"/XObject << /Fm 11 0 R >>", more=more
    )
    yield made
    yield updated(made, {4: stream(b"/Span << /ActualText (ab) >> BDC EMC")}, b"/Info 12 0 R")
    yield from _papers()


def _transcripts() -> Iterator[bytes]:
    yield b"WEBVTT\n\nNOTE x\n\n1\n00:00:01.000 --> 00:00:03.000 align:start\n<v Priya Nair>Jayden is in Year 5.</v>\n\n00:00:04.000 --> 00:00:05.000\nhe <i>ran</i>\n"
    yield from _files("*.vtt")()


def _json(*values: object) -> Callable[[], Iterator[bytes]]:
    return lambda: (json.dumps(value).encode() for value in values)


def _filed() -> Iterator[bytes]:
    from minutes_split import wire as forms
    from minutes_split.linting import lint

    found = splitter().split(TEXT)
    for form in (
        forms.split_on_file(found, words=True, keys=True),
        forms.view_on_file(found.view("A")),
        forms.withheld_on_file(found, "A", words=True),
        forms.questions_on_file(found, words=True),
        forms.explanation_on_file(found, 30),
        forms.audit_on_file(audit(TEXT, against=[found], family="A")),
        forms.lint_on_file(lint(found), found),
    ):
        yield to_json(form).encode()


def _plans() -> Iterator[bytes]:
    view = splitter().split(TEXT).view("A")
    made = Plan("A", purpose="plan").write("Own words.", field="harm")
    yield made.to_json().encode()
    for excerpt in view.excerpts[:2]:
        made = made.paste(excerpt, field="harm")
    yield made.to_json().encode()


def _decided() -> Iterator[bytes]:
    unit = {
        "document_id": splitter().split(TEXT).document.document_id,
        "by": "x",
        "at": "2024-03-04T00:00:00Z",
        "why": "y",
    }
    yield json.dumps(
        {
            "schema_version": 1,
            "decisions": [
                {"kind": "confirm", "units": ["k-1"], "family": "A", **unit},
                {"kind": "identify", "mention": "k-1@3", "party": "X", **unit},
                {"kind": "disclose", "unit": "k-1", "family": "A", "recipients": [], **unit},
            ],
        }
    ).encode()


def _said() -> Iterator[bytes]:
    for line in (
        b"split\0@text\0--roster\0@roster",
        b"view\0@text\0--roster\0@roster\0--family\0A\0--format\0json",
        b"audit\0@text\0--against\0@text\0--roster\0@roster\0--family\0A",
        b"explain\0@text\0--roster\0@roster\0--at\x0030\0--words",
        b"tour\0@text\0--roster\0@roster\0--family\0A",
        b"lint\0-\0--roster\0@roster\0--format\0html",
        b"schema\0split",
        b"withheld\0@text\0--roster\0@roster\0--family\0A\0--recipient\0father-1\0--decisions\0@decisions",
        b"questions\0@text\0--roster\0@roster\0--policy\0@policy",
        b"redact\0@text\0--roster\0@roster\0--family\0A\0--recipient\0father-1\0--redaction-policy\0@redaction\0--schedule",
        b"report\0@plan\0--plan\0--against\0@text\0--roster\0@roster\0--release\0@release\0--format\0markdown",
        b"report\0--working\0--against\0@text\0--roster\0@roster\0--output\0@page.internal.html",
        b"answers\0@answers\0@text\0--by\0x\0--when\x002024-03-04T00:00:00+00:00",
        b"audit\0-\0--plan\0--against\0@text\0--roster\0@roster",
        b"split\0@text\0--roster\0-",
        b"completion\0bash",
    ):
        yield line + b"\n" + TEXT.encode()


_OPTIONS = (
    "--roster",
    "--family",
    "--recipient",
    "--words",
    "--keys",
    "--keys",
    "--format",
    "json",
    "html",
    "markdown",
    "--policy",
    "--decisions",
    "--against",
    "--at",
    "--plan",
    "--working",
    "--docx",
    "--schedule",
    "--redaction-policy",
    "--release",
    "--unsafe-whole-document",
    "--output",
    "--by",
    "--when",
    "--document-id",
    *_FILES,
)
_KEYS = (
    "families", "people", "name", "id", "aliases", "role", "sex", "dob", "protected", "value", "from", "recipients", "register", "professionals",
    "schema_version", "kind", "null", "true", "1e999", "NaN", "-0", "\\ud800", "payloadType", "payload", "signatures", "addresses", "identifiers",
)  # fmt: skip

TARGETS: dict[str, Target] = {
    "part": Target(one_part, part_seeds, ("<w:p>", "<w:t>", "w:val", "<w:tbl>", "<w:tc>", "w:gridSpan", "<w:del>", "<w:fldChar", "&#0;", "<text:p>")),
    "scan": Target(scanned, part_seeds),
    "scan-pdf": Target(scanned_paper, _corners, ("/ObjStm", "/EF <<", "/AP <<", "endobj", "endstream", "startxref 9 %%EOF", "/Linearized", "/Filter /FlateDecode")),
    "bytes": Target(any_bytes, _files("*.docx", "*.odt", "*.txt", "*.rtf", "*.msg")),
    "pdf": Target(any_bytes, _papers, ("/Type", "/Page", "stream", "BT", "ET", "Tj", "TJ", "/Encrypt", "/ActualText")),
    "eml": Target(any_bytes, _mails, ("Content-Type:", "charset=", "boundary=", "base64", "=?utf-8?b?", "message/rfc822", "multipart/alternative")),
    "html": Target(any_bytes, _pages, ("<table>", "rowspan=", "colspan=", "start=", "<li value=", "&#x110000;", "hidden", "<template>", "<select>")),
    "vtt": Target(any_bytes, _transcripts, ("WEBVTT", "-->", "<v ", "NOTE", "STYLE", "&lrm;")),
    "text": Target(text, _files("*.txt", most=5_000), ("Harper", "Jayden", "Chidi", "she", "Mum", "next door", "\u202e", "\u200b", "case 4")),
    "roster": Target(roster, lambda: (*_json(ROSTER)(), *_files("*.json", most=5_000)()), _KEYS),
    "wire": Target(wire, _filed, _KEYS),
    "decisions": Target(decisions, _decided, _KEYS),
    "plan": Target(plan, _plans, _KEYS),
    "release": Target(release, lambda: iter([(TESTS / "release_1.json").read_bytes()]), _KEYS),
    "policy": Target(policy, lambda: iter([b"near_score = 90\n", b'{"near_score": 90}']), ("near_score", "release", "likely", "tracked")),
    "redaction": Target(redaction, lambda: iter([(TESTS.parent / "minutes_split/lexicon/redaction.toml").read_bytes()])),
    "command": Target(command, _said, _OPTIONS),
}  # fmt: skip


GROUPS: dict[str, tuple[str, ...]] = {
    "readers": ("part", "bytes", "pdf", "eml", "html", "vtt", "scan", "scan-pdf"),
    "roster": ("roster",),
    "json": ("wire", "decisions", "plan", "release", "policy", "redaction"),
    "command": ("command",),
    "text": ("text",),
}
"""What is fuzzed for the same time, however many targets it is."""


def run(name: str, data: bytes) -> bool:
    """Whether the input was accepted; raises what should never come out."""
    try:
        TARGETS[name].run(data)
    except MinutesSplitError as refused:
        assert refused.__context__ is None, "an outside error rides along"
        str(refused)
        return False
    return True


# --- what is found ------------------------------------------------------------------------------

SLOW = 10
"""Seconds after which one input of at most some 60,000 bytes counts as a finding."""


class Kept:
    """One input for each place at which something broke, in a folder."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.folder = folder
        self.places: dict[tuple[str, ...], Path] = {}

    def note(self, data: bytes, fault: Exception | None, seconds: float) -> None:
        if fault is None and seconds < SLOW:
            return
        steps = traceback.extract_tb(fault.__traceback__)[-3:] if fault is not None else []
        place = (type(fault).__name__ if fault else "slow", *(f"{Path(s.filename).name}:{s.lineno}" for s in steps))
        if place not in self.places:
            self.places[place] = self.folder / f"{self.name}-{hashlib.sha256(data).hexdigest()[:12]}"
            self.places[place].write_bytes(data)
            print("FOUND", *place, self.places[place].name, f"{seconds:.1f} s", str(fault)[:120], flush=True)
