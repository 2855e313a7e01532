"""A signed envelope for a record: DSSE 1.0 around an in-toto Statement 1.

It holds no keys and knows no algorithm: `sign` and `verify` are the caller's.
What is signed is never the payload alone but `pae(payload)`, which names its
type and its length.
Source: secure-systems-lab/dsse, protocol.md 1.0.2 and envelope.md; in-toto/attestation, spec/v1/statement.md.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from minutes_split.errors import WireError
from minutes_split.strict import Strict, loaded

PAYLOAD_TYPE = "application/vnd.in-toto+json"
STATEMENT_TYPE = "https://in-toto.io/Statement/v1"

Sign = Callable[[bytes], Mapping[str, bytes]]
"""From the bytes to sign to signatures by the name of the key that made each."""
Verify = Callable[[bytes, str, bytes], str]
"""From signed bytes, name of a key and signature to the person whose key it is; raises if the signature is not good."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature over `pae(payload)`."""

    keyid: str = field(repr=False)
    """What the caller calls the key; it is a hint and is not signed."""
    sig: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Envelope:
    """Bytes that were signed, as they were signed, and the signatures."""

    payload: bytes = field(repr=False)
    signatures: tuple[Signature, ...] = ()


def pae(payload: bytes) -> bytes:
    """What a signature is made over: version, type and payload, each with its length in bytes.

    >>> pae(b"{}")
    b'DSSEv1 28 application/vnd.in-toto+json 2 {}'
    """
    kind = PAYLOAD_TYPE.encode("ascii")
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def statement(subject: Mapping[str, str], predicate_type: str, predicate: Mapping[str, Any]) -> bytes:
    """An in-toto Statement as bytes; equal input gives equal bytes.

    `subject` maps names to SHA-256 digests in lower-case hexadecimal.
    """
    told = {
        "_type": STATEMENT_TYPE,
        "subject": [{"name": name, "digest": {"sha256": digest}} for name, digest in sorted(subject.items())],
        "predicateType": predicate_type,
        "predicate": predicate,
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def envelope_to_json(envelope: Envelope) -> str:
    """The envelope as it goes on file."""
    signatures = [{"keyid": s.keyid, "sig": base64.b64encode(s.sig).decode("ascii")} for s in envelope.signatures]
    payload = base64.b64encode(envelope.payload).decode("ascii")
    return json.dumps({"payloadType": PAYLOAD_TYPE, "payload": payload, "signatures": signatures}, indent=1)


def envelope_from_json(data: str | bytes) -> Envelope:
    """An envelope from its file. Nothing is verified here.

    Raises: `WireError` if it is no envelope, or one for another type of payload.
    """
    wire = loaded(_EnvelopeOnFile, json_object(data, "envelope"), prefix="envelope", error=WireError)
    if wire.payloadType != PAYLOAD_TYPE:
        raise WireError("envelope-type", "$.payloadType", "is not the type of an in-toto statement")
    signatures = tuple(
        Signature(s.keyid, _bytes(s.sig, f"$.signatures[{i}].sig")) for i, s in enumerate(wire.signatures)
    )
    return Envelope(_bytes(wire.payload, "$.payload"), signatures)


def json_object(data: str | bytes, what: str) -> Any:
    """JSON in which no object says one key twice: two readers would read two records.

    Raises: `WireError` for anything else.
    """
    try:
        return json.loads(data, object_pairs_hook=_once)
    except _TwiceError:
        fault = ("json-twice", "says one key twice in one object")
    except (ValueError, TypeError, RecursionError):
        fault = ("json", "is not JSON")
    raise WireError(f"{what}-{fault[0]}", "$", fault[1])


class _TwiceError(Exception):
    """One key twice."""


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise _TwiceError
    return made


class _SignatureOnFile(Strict):
    keyid: str = ""
    sig: str


class _EnvelopeOnFile(Strict):
    payloadType: str  # noqa: N815 - the name in the specification
    payload: str
    signatures: tuple[_SignatureOnFile, ...]


def _bytes(text: str, where: str) -> bytes:
    """Base64 of either alphabet, as the specification asks of a reader."""
    try:
        return base64.b64decode(text.translate(_PLAIN), validate=True)
    except (binascii.Error, ValueError):
        pass
    raise WireError("envelope-base64", where, "is not base64")


_PLAIN = str.maketrans("-_", "+/")
