"""The index on file: a checked form of its own, which holds the minutes and never the reference key."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Sequence
from typing import Any

from minutes_split.attribution import Unit
from minutes_split.auditing.sources import Kept, is_unread
from minutes_split.document import Aside, Document, Source
from minutes_split.errors import Fault, WireError
from minutes_split.policy import Policy
from minutes_split.roster import Roster
from minutes_split.spans import Span

_FILE = b"minutes_split audit index 2"


_LARGEST = 1 << 31
"""Bytes that an index may unpack to."""


def as_filed(sources: Sequence[Kept], common: Sequence[str], policy: Policy) -> bytes:
    """Everything that an index is built from, as JSON; the same for the same."""
    told = {
        "policy": policy.model_dump_json(exclude={"reference_key"}),
        "common": list(common),
        "sources": [
            {
                "text": s.document.text,
                "source": [s.document.source.format, s.document.source.digest, s.document.source.name],
                "asides": [[a.kind, a.text, a.at, a.path] for a in s.document.asides],
                "unread": is_unread(s.document),
                "document_id": s.document.document_id,
                "supersedes": s.document.supersedes,
                "roster": s.roster.model_dump_json(by_alias=True),
                "policy": s.policy.model_dump_json(exclude={"reference_key"}),
                "units": [
                    [
                        u.number, u.span, u.key, u.block, u.status, None if u.parties is None else sorted(u.parties),
                        u.strength, u.basis, sorted(u.cleared_for), u.headings, u.reasons,
                        [[family, sorted(readers)] for family, readers in u.readers],
                    ]
                    for u in s.units
                ],
            }
            for s in sources
        ],
    }  # fmt: skip
    return json.dumps(told, sort_keys=True).encode()


def packed(filed: bytes) -> bytes:
    """The file: its form, a digest, and the rest compressed."""
    return b"\n".join((_FILE, hashlib.sha256(filed).hexdigest().encode(), zlib.compress(filed, 6)))


def unpacked(data: bytes, policy: Policy | None) -> tuple[tuple[Kept, ...], tuple[str, ...], Policy]:
    """What an index is built from, out of its file. Raises: `WireError` if the file is not one of ours or was changed."""
    head, _, rest = data.partition(b"\n")
    digest, _, packed = rest.partition(b"\n")
    if head != _FILE:
        raise WireError("index-form", "index", "is no audit index of this version")
    unpacking = zlib.decompressobj()
    filed = b""
    try:
        filed = unpacking.decompress(packed, _LARGEST)
    except zlib.error:
        filed = b""
    if not unpacking.eof or hashlib.sha256(filed).hexdigest().encode() != digest:
        raise WireError("index-changed", "index", "was changed or cut short since it was written")
    told = json.loads(filed)
    sources = tuple(_source(one, policy) for one in told["sources"])
    return sources, tuple(told["common"]), policy or _policy(told["policy"])


def _policy(told: str) -> Policy:
    return Policy.model_validate_json(told)


def _source(one: dict[str, Any], policy: Policy | None) -> Kept:
    unread = Fault("index-unread", "document", "could not be read whole when the index was built")
    form, digest, name = one["source"]
    document = Document(
        one["text"],
        Source(form, digest, name),
        asides=tuple(Aside(*aside) for aside in one["asides"]),
        faults=(unread,) if one["unread"] else (),
        document_id=one["document_id"],
        supersedes=one["supersedes"],
    )
    units = tuple(_unit(*told) for told in one["units"])
    return Kept(document, units, Roster.load(one["roster"]), policy or _policy(one["policy"]))


def _unit(
    number: int,
    span: list[int],
    key: str,
    block: int,
    status: Any,
    parties: list[str] | None,
    strength: Any,
    basis: Any,
    cleared: list[str],
    headings: list[int],
    reasons: list[str],
    readers: list[tuple[str, list[str]]],
) -> Unit:
    return Unit(
        number=number,
        span=Span(*span),
        key=key,
        block=block,
        status=status,
        parties=None if parties is None else frozenset(parties),
        strength=strength,
        basis=basis,
        cleared_for=frozenset(cleared),
        headings=tuple(headings),
        reasons=tuple(reasons),
        readers=tuple((family, frozenset(told)) for family, told in readers),
    )
