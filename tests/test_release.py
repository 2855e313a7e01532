"""What a release binds, what it refuses, and what it cannot show."""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import json
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, get_args

import docx
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from test_guard import DOCUMENT, ROSTER, UNITS

from minutes_split import AuditIndex, Confirm, Document, Plan, Policy, Split, audit, read
from minutes_split import release as module
from minutes_split.auditing import Audit
from minutes_split.decisions import Decision
from minutes_split.document import Aside, Block, Mark, Source
from minutes_split.docx_writer import Paragraph, docx_of
from minutes_split.dsse import Envelope, Signature, envelope_to_json, pae, statement
from minutes_split.errors import ExcerptError, Fault, MinutesSplitError, ReleaseError, WireError
from minutes_split.lexicon import default_lexicon
from minutes_split.release import Release, Uncovered, UncoveredKind, asked, render
from minutes_split.spans import Span
from tests.pdfs import file as pdf_file
from tests.pdfs import objects as pdf_objects
from tests.pdfs import stream as pdf_stream
from tests.pdfs import text as pdf_text

NOW = datetime(2024, 3, 4, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(days=14)
POLICY = Policy()
CONFIRM = Confirm(document_id="minutes-1", by="j.smith", at=NOW, units=("key-6",), family="A")


def minutes(*, policy: Policy = POLICY, decisions: tuple[Decision, ...] = (CONFIRM,)) -> Split:
    return Split(DOCUMENT, ROSTER, policy, tuple(UNITS), (), decisions)


def plan(
    *, recipients: tuple[str, ...] = ("mother-1",), copied: bool = False, purpose: str = "child protection plan"
) -> Plan:
    """A plan with an excerpt and own words; with `copied`, own words that repeat what is about both families."""
    excerpt = minutes().view("A", recipients).excerpts[1]
    made = Plan("A", purpose=purpose, recipients=recipients).paste(excerpt, field="What is working well")
    words = "Chidi hit Jayden." if copied else "He needs help to be on time."
    return made.write(words, field="Danger and harm", basis=("key-3",))


def found_in(draft: Plan) -> Audit:
    return audit(draft, against=[minutes()], policy=POLICY)


def answers_to(draft: Plan) -> dict[str, str]:
    return {question.key: "Looked at in the minutes; it may stay." for question in asked(found_in(draft))}


def gated(draft: Plan | None = None, **changes: Any) -> Release:
    """A release of a plan, with some of what the gate is given changed."""
    draft = plan() if draft is None else draft
    given: dict[str, Any] = {
        "against": [minutes()],
        "checker": "p.henshaw",
        "author": "s.begum",
        "answers": changes["answers"] if "answers" in changes else answers_to(draft),
        "now": NOW,
        "record_id": "2024-0117",
        "used_ids": {"2024-0116"},
        "expires": LATER,
        "policy": POLICY,
        "recipients": getattr(draft, "recipients", ()),
    }
    return Release.gate(draft, **{**given, **changes})


# --- what it binds ------------------------------------------------------------------------------


def test_a_release_binds_text_family_recipients_sources_audit_people_times_and_versions() -> None:
    draft = plan()
    told = gated(draft, author=("s.begum", "t.lomax")).record
    assert (draft.text, hashlib.sha256(draft.text.encode()).hexdigest()) == (told.text, told.text_digest)
    assert (told.family, told.recipients, told.purpose) == ("A", ("mother-1",), "child protection plan")
    assert [("minutes-1", DOCUMENT.source.digest)] == [(s.document_id, s.digest) for s in told.sources]
    assert (found_in(draft).id, "every-run-1") == (told.audit.id, told.audit.guarantee)
    assert [author.person for author in told.authors] == ["s.begum", "t.lomax"]
    assert ([d.person for d in told.deciders], told.checker.person) == (["j.smith"], "p.henshaw")
    assert (told.at, told.expires, told.record_id) == (NOW, LATER, "2024-0117")
    assert (POLICY.digest, default_lexicon().digest) == (told.policy_digest, told.lexicon_digest)
    assert module.library_digest() == told.library_digest
    assert told.signing == "unsigned"


def test_every_finding_has_its_answer_on_record() -> None:
    draft = plan(copied=True)
    told = gated(draft).record
    assert told.audit.verdict == "findings"
    assert len(found_in(draft).findings) == len(told.audit.findings) > 0
    assert {"Looked at in the minutes; it may stay."} == {f.answer for f in told.audit.findings}
    assert [(f.code, f.severity, Span(f.start, f.end)) for f in told.audit.findings] == [
        (f.code, f.severity, f.where) for f in found_in(draft).findings
    ]
    assert all(re.fullmatch("[0-9a-f]{16}", f.key) for f in told.audit.findings)
    assert len({f.key for f in told.audit.findings}) == len(told.audit.findings)


def test_the_audit_is_computed_at_the_gate_and_equal_input_gives_an_equal_record() -> None:
    assert gated().to_dsse() == gated().to_dsse()


def test_what_an_audit_could_not_say_wants_an_answer_too() -> None:
    draft = Plan("Z").write("Somebody on no roster.", field="Notes")
    found = audit(draft, against=[minutes()], policy=POLICY)
    limits = [question for question in asked(found) if question.code == "limit"]
    assert [q.message for q in limits] == ["The family is on none of the rosters, so nothing is known to be its own."]


def test_an_answer_does_not_outlive_the_text_it_was_given_for() -> None:
    draft = plan(copied=True)
    longer = draft.write("And more.", field="Danger and harm")
    assert not {q.key for q in asked(found_in(draft))} & {q.key for q in asked(found_in(longer))}


# --- what the gate refuses ----------------------------------------------------------------------


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(MinutesSplitError) as refused:
        act()
    return refused.value.code


def told_by(act: Callable[[], object]) -> str:
    with pytest.raises(MinutesSplitError) as refused:
        act()
    return str(refused.value)


def staff(name: str) -> str:
    return {
        "pauline": "p.henshaw",
        "s.begum": "s.begum",
        "sb2": "s.begum",
        "jsmith@trust": "j.smith",
        "j.smith": "j.smith",
    }[name]


class Words(str):
    """Bare text."""


OTHER = Policy(audit_run=30)
REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "the author checks": (
        lambda: gated(checker="s.begum"),
        "checker: wrote the plan, and may not check it [release-author-checks]",
    ),
    "one of several authors checks": (
        lambda: gated(author=("x", "p.henshaw")),
        "checker: wrote the plan, and may not check it [release-author-checks]",
    ),
    "the author checks in capitals and with a look-alike letter": (
        lambda: gated(checker=" S.BЕGUM "),
        "checker: wrote the plan, and may not check it [release-author-checks]",
    ),
    "the author checks under an alias": (
        lambda: gated(checker="sb2", directory=staff),
        "checker: wrote the plan, and may not check it [release-author-checks]",
    ),
    "the author writes under an alias": (
        lambda: gated(author="sb2", checker="s.begum", directory=staff),
        "checker: wrote the plan, and may not check it [release-author-checks]",
    ),
    "a decider checks": (
        lambda: gated(checker="j.smith"),
        "checker: decided what may be used, and may not check it [release-decider-checks]",
    ),
    "a decider checks under an alias": (
        lambda: gated(checker="jsmith@trust", directory=staff),
        "checker: decided what may be used, and may not check it [release-decider-checks]",
    ),
    "the directory does not know the checker": (
        lambda: gated(checker="nobody", directory=staff),
        "checker: is nobody whom the directory knows [release-unknown-person]",
    ),
    "the directory gives nobody": (
        lambda: gated(directory=lambda name: ""),
        "author[0]: is nobody whom the directory knows [release-unknown-person]",
    ),
    "the directory does not know who decided": (
        lambda: gated(directory=lambda name: name if name != "j.smith" else ""),
        "decider 1: is nobody whom the directory knows [release-unknown-person]",
    ),
    "there is no author": (
        lambda: gated(author=()),
        "author: should name those who wrote the plan [release-no-author]",
    ),
    "there is no checker": (lambda: gated(checker=" "), "checker: should name a person [release-nobody]"),
    "a finding has no answer": (
        lambda: gated(plan(copied=True), answers={}),
        (
            "2 faults\n"
            "  finding 1: has no answer (own words repeat the unit they rest on, which is not cleared for the family) [release-unanswered]\n"
            "  finding 2: has no answer (is the name of somebody of another family) [release-unanswered]"
        ),
    ),
    "a finding has an empty answer": (
        lambda: gated(plan(copied=True), answers=dict.fromkeys(answers_to(plan(copied=True)), " ")),
        (
            "2 faults\n"
            "  finding 1: has no answer (own words repeat the unit they rest on, which is not cleared for the family) [release-unanswered]\n"
            "  finding 2: has no answer (is the name of somebody of another family) [release-unanswered]"
        ),
    ),
    "an answer is to something else": (
        lambda: gated(answers={"0123456789abcdef": "Yes."}),
        "answers: hold an answer to something that this audit did not find [release-stale-answer]",
    ),
    "there are no minutes": (
        lambda: gated(against=[]),
        "against: an audit of nothing, or against nothing, releases nothing [release-empty-audit]",
    ),
    "the plan is empty": (
        lambda: gated(Plan("A"), answers={}),
        "against: an audit of nothing, or against nothing, releases nothing [release-empty-audit]",
    ),
    "an index instead of splits": (
        lambda: gated(against=AuditIndex.build([minutes()])),
        "against: should be a list of splits: an index does not know who decided what [release-sources]",
    ),
    "bare text instead of a plan": (
        lambda: gated(Words("text"), answers={}),
        "plan: should be a plan: bare text does not say where it comes from [release-no-plan]",
    ),  # type: ignore[arg-type]  # the wrong kind of value is what is tested
    "other recipients": (
        lambda: gated(recipients=("father-1",)),
        "recipients: are not the recipients of the plan [release-other-recipients]",
    ),
    "no recipients though the plan has some": (
        lambda: gated(recipients=()),
        "recipients: are not the recipients of the plan [release-other-recipients]",
    ),
    "another policy at the gate": (
        lambda: gated(policy=OTHER),
        (
            "2 faults\n"
            "  against[0]: was split under another policy [release-other-policy]\n"
            "  entry 1: comes from a view under another policy [release-other-policy]"
        ),
    ),
    "minutes under another policy": (
        lambda: gated(against=[minutes(), minutes(policy=OTHER)]),
        "against[1]: was split under another policy [release-other-policy]",
    ),
    "the id was used": (lambda: gated(record_id="2024-0116"), "record_id: was used before [release-replay]"),
    "no id": (lambda: gated(record_id=""), "record_id: should not be empty [release-id]"),
    "it runs out before it begins": (
        lambda: gated(expires=NOW),
        "expires: is not after the time of the release [release-expired]",
    ),
    "a time without its offset": (
        lambda: gated(now=NOW.replace(tzinfo=None)),
        "now: should be a time with its offset from UTC [release-time]",
    ),
    "a signer that gives nothing": (
        lambda: gated(sign=lambda signed: {}),
        "sign: should give signatures by the name of their key [release-signature]",
    ),
}


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"author": None}, "author: should name those who wrote the plan [release-no-author]"),
    ({"author": ["s.begum", 7]}, "author[1]: should name a person [release-nobody]"),
    ({"answers": None}, "answers: should give an answer for each key of `asked(audit)` [release-answers]"),
    ({"answers": "yes"}, "answers: should give an answer for each key of `asked(audit)` [release-answers]"),
    ({"used_ids": "2024-0116"}, "used_ids: should be a collection of ids, not one text [release-id]"),
    ({"used_ids": None}, "used_ids: should be a collection of ids, not one text [release-id]"),
    ({"policy": None}, "policy: should be the policy that the minutes were split under [release-other-policy]"),
    ({"recipients": "mother-1"}, "recipients: should be a list of recipients, not one text [release-other-recipients]"),
    ({"recipients": None}, "recipients: should be a list of recipients, not one text [release-other-recipients]"),
    ({"checker": None}, "checker: should name a person [release-nobody]"),
    ({"record_id": 7}, "record_id: should not be empty [release-id]"),
    ({"now": "today"}, "now: should be a time with its offset from UTC [release-time]"),
    ({"expires": None}, "expires: should be a time with its offset from UTC [release-time]"),
    (
        {"against": None},
        "against: should be a list of splits: an index does not know who decided what [release-sources]",
    ),
    (
        {"against": [DOCUMENT]},
        "against: should be a list of splits: an index does not know who decided what [release-sources]",
    ),
    (
        {"against": minutes()},
        "against: should be a list of splits: an index does not know who decided what [release-sources]",
    ),
    ({"sign": lambda signed: signed}, "sign: should give signatures by the name of their key [release-signature]"),
]


@pytest.mark.parametrize(("given", "message"), WRONG, ids=range(len(WRONG)))
def test_what_is_of_the_wrong_kind_is_refused_by_an_error_of_ours(given: dict[str, Any], message: str) -> None:
    with pytest.raises(MinutesSplitError) as refused:
        gated(**given)
    assert refused.value.__context__ is None
    assert message == str(refused.value)


@pytest.mark.parametrize("case", REFUSED)
def test_the_gate_refuses(case: str) -> None:
    act, message = REFUSED[case]
    assert message == told_by(act)


def test_the_gate_refuses_another_lexicon() -> None:
    more = default_lexicon().extended({"words": ["zzyzx"]})
    other = Split(DOCUMENT, ROSTER, POLICY, tuple(UNITS), (), (CONFIRM,), (), more)
    assert (
        told_by(lambda: gated(against=[minutes(), other]))
        == "against[1]: was split with another lexicon than the first [release-other-lexicon]"
    )
    assert (
        told_by(lambda: gated(against=[other]))
        == "entry 1: comes from a view with another lexicon [release-other-lexicon]"
    )


def test_the_gate_refuses_an_excerpt_from_a_view_under_another_policy() -> None:
    excerpt = minutes(policy=OTHER).view("A", ("mother-1",)).excerpts[1]
    draft = Plan("A", recipients=("mother-1",)).paste(excerpt, field="x")
    assert told_by(lambda: gated(draft)) == "entry 1: comes from a view under another policy [release-other-policy]"


def test_the_gate_refuses_an_edited_excerpt() -> None:
    draft = plan()
    object.__setattr__(draft.entries[0].excerpt, "text", "Something else.")  # type: ignore[union-attr]  # an entry that was pasted has an excerpt
    with pytest.raises(ExcerptError):
        gated(draft, answers={})


def test_all_faults_are_reported_at_once_and_name_nobody() -> None:
    with pytest.raises(ReleaseError) as refused:
        gated(checker="s.begum", record_id="2024-0116", recipients=("father-1",))
    assert [fault.code for fault in refused.value.faults] == [
        "release-other-recipients",
        "release-author-checks",
        "release-replay",
    ]
    for word in ("begum", "father-1", "Jayden", "2024-0116"):
        assert word not in str(refused.value)


def test_a_directory_that_fails_does_not_speak_through_our_error() -> None:
    def fails(name: str) -> str:
        raise KeyError(name)

    with pytest.raises(ReleaseError) as refused:
        gated(directory=fails)
    assert str(refused.value) == "author[0]: is nobody whom the directory knows [release-unknown-person]"
    assert refused.value.__context__ is None


def test_with_a_directory_others_may_check() -> None:
    told = gated(checker="pauline", directory=staff).record
    assert (told.checker.name, told.checker.person) == ("pauline", "p.henshaw")


# --- signatures ---------------------------------------------------------------------------------

KEYS = {
    name: Ed25519PrivateKey.from_private_bytes(hashlib.sha256(name.encode()).digest())
    for name in ("p.henshaw", "s.begum")
}


def signer(*names: str) -> Callable[[bytes], dict[str, bytes]]:
    return lambda signed: {name: KEYS[name].sign(signed) for name in names}


def whose(signed: bytes, keyid: str, signature: bytes) -> str:
    """The authority's list of public keys: gives the person, or raises."""
    KEYS[keyid].public_key().verify(signature, signed)
    return keyid


def test_a_signed_record_proves_itself_with_the_public_key_alone() -> None:
    filed = gated(sign=signer("p.henshaw", "s.begum")).to_dsse()
    proof = Release.verify(filed, now=NOW, verify=whose)
    assert proof.signed_by == ("p.henshaw", "s.begum")
    assert proof.sentence == "The record holds together, and the checker's signature is good."


def test_an_unsigned_record_says_so() -> None:
    release = gated()
    assert (
        Release.verify(release.to_dsse(), now=NOW).sentence
    ) == "The record holds together; it is unsigned, so nothing in it shows who made it."
    assert release.line.endswith("The record is unsigned: nothing in it shows who made it.")
    assert repr(release) == "<Release: nothing_found, 0 answers, unsigned>"
    assert release._repr_html_() == "<p>Release: nothing_found, 0 answers, unsigned</p>"
    signed = gated(sign=signer("p.henshaw"))
    assert (release.is_signed, signed.is_signed) == (False, True)
    assert signed.line == ("Release record 2024-0117, with the answers of a second person. The record is signed.")


def test_signatures_that_were_not_looked_at_are_not_called_good() -> None:
    proof = Release.verify(gated(sign=signer("p.henshaw")), now=NOW)
    assert (proof.signed_by, proof.sentence) == ((), "The record holds together; its signatures were not looked at.")


def resigned(release: Release, *signatures: Signature) -> str:
    return envelope_to_json(Envelope(release.envelope.payload, signatures))


BAD_SIGNATURES: dict[str, tuple[Callable[[], str], str]] = {
    "the author's alone": (
        lambda: gated(sign=signer("s.begum")).to_dsse(),
        "signatures: none is the checker's [release-signature]",
    ),
    "of other bytes": (
        lambda: resigned(gated(sign=signer("p.henshaw")), Signature("p.henshaw", KEYS["p.henshaw"].sign(b"other"))),
        "signature 1: is not good, or its key is nobody's [release-signature]",
    ),
    "of the bare payload": (
        lambda: gated(sign=lambda signed: {"p.henshaw": KEYS["p.henshaw"].sign(signed.partition(b"{")[2])}).to_dsse(),
        "signature 1: is not good, or its key is nobody's [release-signature]",
    ),
    "the author's in the checker's name": (
        lambda: gated(sign=lambda signed: {"p.henshaw": KEYS["s.begum"].sign(signed)}).to_dsse(),
        "signature 1: is not good, or its key is nobody's [release-signature]",
    ),
    "of a key that nobody knows": (
        lambda: gated(sign=lambda signed: {"x": b"y"}).to_dsse(),
        "signature 1: is not good, or its key is nobody's [release-signature]",
    ),
    "taken off": (
        lambda: resigned(gated(sign=signer("p.henshaw"))),
        "signatures: were taken off a record that was signed [release-unsigned]",
    ),
    "put on afterwards": (
        lambda: resigned(gated(), Signature("p.henshaw", KEYS["p.henshaw"].sign(pae(gated().envelope.payload)))),
        "signatures: were put on a record that was made without any [release-signature]",
    ),
    "never there": (
        lambda: gated().to_dsse(),
        "signatures: there are none, and a signed record was asked for [release-unsigned]",
    ),
}


@pytest.mark.parametrize("case", BAD_SIGNATURES)
def test_a_signature_is_refused(case: str) -> None:
    filed, message = BAD_SIGNATURES[case]
    assert message == told_by(lambda: Release.verify(filed(), now=NOW, verify=whose))


@pytest.mark.parametrize("answer", [None, True, "", " ", 1])
def test_a_check_that_names_no_person_is_no_check(answer: object) -> None:
    filed = gated(sign=signer("p.henshaw")).to_dsse()
    assert (
        told_by(lambda: Release.verify(filed, now=NOW, verify=lambda *_: answer))  # type: ignore[arg-type,return-value]  # the wrong kind of value is what is tested
        == "signature 1: is not good, or its key is nobody's [release-signature]"
    )


def test_with_one_shared_key_the_author_can_sign_as_the_checker() -> None:
    """Why an HMAC between author and checker shows nothing: whoever can check can sign, for either of them."""
    shared = b"a key that author and checker both hold"

    def by_hmac(signed: bytes, keyid: str, signature: bytes) -> str:
        if not hmac.compare_digest(hmac.new(shared, signed, hashlib.sha256).digest(), signature):
            raise InvalidSignature
        return keyid

    author_alone = gated(sign=lambda signed: {"p.henshaw": hmac.new(shared, signed, hashlib.sha256).digest()})
    assert Release.verify(author_alone.to_dsse(), now=NOW, verify=by_hmac).signed_by == ("p.henshaw",)
    with_own_key = gated(sign=lambda signed: {"p.henshaw": KEYS["s.begum"].sign(signed)})
    assert code_of(lambda: Release.verify(with_own_key.to_dsse(), now=NOW, verify=whose)) == "release-signature"


# --- on file ------------------------------------------------------------------------------------


def test_the_file_is_a_dsse_envelope_with_an_in_toto_statement() -> None:
    release = gated(sign=signer("p.henshaw"))
    wire = json.loads(release.to_dsse())
    assert {"payloadType", "payload", "signatures"} == set(wire)
    assert wire["payloadType"] == "application/vnd.in-toto+json"
    told = json.loads(base64.b64decode(wire["payload"]))
    assert (told["_type"], told["predicateType"]) == ("https://in-toto.io/Statement/v1", "urn:minutes-split:release:1")
    assert [{"name": "plan", "digest": {"sha256": release.record.text_digest}}] == told["subject"]
    KEYS["p.henshaw"].public_key().verify(
        base64.b64decode(wire["signatures"][0]["sig"]),
        b"DSSEv1 28 application/vnd.in-toto+json %d %b" % (len(release.envelope.payload), release.envelope.payload),
    )
    assert release == Release.from_dsse(release.to_dsse())


def changed(**values: object) -> str:
    """A filed record with some values changed and no other mistake in its form."""
    told = json.loads(gated().envelope.payload)
    for path, value in values.items():
        place = told["predicate"]
        *steps, last = path.split("__")
        for step in steps:
            place = place[step]
        place[last] = value
    return envelope_to_json(Envelope(json.dumps(told).encode()))


def stated(**values: object) -> str:
    """A filed record whose statement says something else."""
    return envelope_to_json(Envelope(json.dumps({**json.loads(gated().envelope.payload), **values}).encode()))


def person(name: str) -> dict[str, str]:
    return {"name": name, "person": name}


FORGED: dict[str, tuple[Callable[[], str], str]] = {
    "another text": (
        lambda: changed(text="Another text."),
        "$.text: is not the text that was approved [release-other-text]",
    ),
    "another digest": (
        lambda: changed(text_digest="0" * 64),
        "subject: is not the text of the record [release-other-text]",
    ),
    "the author as checker": (
        lambda: changed(checker=person("s.begum")),
        "checker: wrote the plan, and may not check it [release-author-checks]",
    ),
    "a decider as checker": (
        lambda: changed(checker=person("j.smith")),
        "checker: decided what may be used, and may not check it [release-decider-checks]",
    ),
    "no author": (lambda: changed(authors=[]), "$.predicate.authors: is not of the expected form [release-too-short]"),
    "no source": (lambda: changed(sources=[]), "$.predicate.sources: is not of the expected form [release-too-short]"),
    "no audit": (lambda: changed(audit=None), "$.predicate.audit: should be an object [release-model-type]"),
    "findings without answers": (
        lambda: changed(audit__verdict="findings"),
        "$.audit.findings: are not there, though the audit found something [release-unanswered]",
    ),
    "an open verdict without an answer": (
        lambda: changed(audit__verdict="cannot_say"),
        "$.audit.findings: do not say why the audit could not tell [release-unanswered]",
    ),
    "no time of expiry": (
        lambda: changed(expires=None),
        "$.predicate.expires: is not of the expected form [release-datetime-type]",
    ),
    "an expiry before its time": (
        lambda: changed(expires="2024-03-01T00:00:00Z"),
        "expires: is not after the time of the release [release-expired]",
    ),
    "a key that is not known": (
        lambda: changed(approved=True),
        "$.predicate: has a key that is not known [release-extra-forbidden]",
    ),
    "a digest with a letter behind it": (
        lambda: changed(policy_digest="0" * 65),
        "$.predicate.policy_digest: is not of the expected form [release-string-pattern-mismatch]",
    ),
    "a number of passages below nothing": (
        lambda: changed(audit__to_check=-1),
        "$.predicate.audit.to_check: is below the smallest value that is allowed [release-greater-than-equal]",
    ),
    "a blank name": (
        lambda: changed(checker=person(" ")),
        (
            "2 faults\n"
            "  $.predicate.checker.name: is not of the expected form [release-string-pattern-mismatch]\n"
            "  $.predicate.checker.person: is not of the expected form [release-string-pattern-mismatch]"
        ),
    ),
    "a statement about something else": (
        lambda: stated(predicateType="urn:example"),
        "$.predicateType: is no statement about a release [release-type]",
    ),
    "a statement of another kind": (
        lambda: stated(_type="urn:example"),
        "$.predicateType: is no statement about a release [release-type]",
    ),
    "two subjects": (
        lambda: stated(subject=[{"name": "plan", "digest": {"sha256": "0" * 64}}] * 2),
        "$.subject: is not of the expected form [release-too-long]",
    ),
    "no subject": (lambda: stated(subject=[]), "$.subject: is not of the expected form [release-too-short]"),
    "a subject that is no plan": (
        lambda: stated(subject=[{"name": "plans", "digest": {"sha256": "0" * 64}}]),
        (
            "2 faults\n"
            "  $.subject[0].name: is none of the values that are allowed [release-literal-error]\n"
            "  $.subject: is not of the expected form [release-too-short]"
        ),
    ),
    "a signature that is no base64": (
        lambda: json.dumps({**json.loads(gated().to_dsse()), "signatures": [{"sig": "eA=="}, {"sig": "?"}]}),
        "$.signatures[1].sig: is not base64 [envelope-base64]",
    ),
    "a later form": (
        lambda: changed(schema_version=2),
        "$.predicate.schema_version: is none of the values that are allowed [release-literal-error]",
    ),
    "an envelope without a payload": (
        lambda: '{"payloadType": "application/vnd.in-toto+json", "signatures": []}',
        "$.payload: a required key is missing [envelope-missing]",
    ),
    "no JSON": (lambda: "x", "$: is not JSON [envelope-json]"),
    "another payload": (
        lambda: envelope_to_json(Envelope(b"{}")),
        (
            "4 faults\n"
            "  $._type: a required key is missing [release-missing]\n"
            "  $.subject: a required key is missing [release-missing]\n"
            "  $.predicateType: a required key is missing [release-missing]\n"
            "  $.predicate: a required key is missing [release-missing]"
        ),
    ),
    "one key twice": (
        lambda: envelope_to_json(Envelope(b'{"a": 1, "a": 2}')),
        "$: says one key twice in one object [release-json-twice]",
    ),
    "no base64": (
        lambda: '{"payloadType": "application/vnd.in-toto+json", "payload": "?", "signatures": []}',
        "$.payload: is not base64 [envelope-base64]",
    ),
    "another type": (
        lambda: '{"payloadType": "text/plain", "payload": "", "signatures": []}',
        "$.payloadType: is not the type of an in-toto statement [envelope-type]",
    ),
}


@pytest.mark.parametrize("case", FORGED)
def test_a_record_that_contradicts_itself_is_refused(case: str) -> None:
    filed, message = FORGED[case]
    with pytest.raises((ReleaseError, WireError)) as refused:
        Release.verify(filed(), now=NOW)
    assert message == str(refused.value)
    assert not any(word in message for word in ("Jayden", "begum", "henshaw", "smith", 'approved"'))


def test_any_changed_byte_of_a_signed_record_breaks_its_signature() -> None:
    release = gated(sign=signer("p.henshaw"))
    forged = release.envelope.payload.replace(b"it may stay", b"it must go!").replace(b'"2024-0117"', b'"2024-0118"')
    filed = envelope_to_json(Envelope(forged, release.envelope.signatures))
    assert forged != release.envelope.payload
    assert code_of(lambda: Release.verify(filed, now=NOW, verify=whose)) == "release-signature"


# --- time, replay, upgrade ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "message"),
    [
        (LATER, "now: is after the release ran out [release-expired]"),
        (LATER + timedelta(days=1), "now: is after the release ran out [release-expired]"),
        (NOW - timedelta(seconds=1), "now: is before the release was made [release-not-yet]"),
        (NOW.replace(tzinfo=None), "now: should be a time with its offset from UTC [release-time]"),
    ],
)
def test_a_release_holds_from_when_it_was_made_until_it_runs_out(now: datetime, message: str) -> None:
    assert message == told_by(lambda: Release.verify(gated(), now=now))
    assert Release.verify(gated(), now=LATER - timedelta(seconds=1)).signed_by == ()


def test_a_release_is_used_once() -> None:
    release = gated()
    assert release == Release.verify(release, now=NOW, used_ids={"2024-0116"}).release
    assert (
        told_by(lambda: Release.verify(release, now=NOW, used_ids={"2024-0117"}))
        == "record_id: was used before [release-replay]"
    )
    for wrong in ("2024-0116", None, 7):
        assert (
            told_by(lambda wrong=wrong: Release.verify(release, now=NOW, used_ids=wrong))
            == "used_ids: should be a collection of ids, not one text [release-id]"
        )


def test_ten_years_later_an_old_record_still_proves_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    filed = gated(plan(copied=True), sign=signer("p.henshaw")).to_dsse()
    monkeypatch.setattr(module, "LIBRARY", "minutes_split 9.0.0")
    monkeypatch.setattr(module, "library_digest", lambda: "f" * 64)
    monkeypatch.setattr(module, "audit", lambda *_, **__: pytest.fail("nothing is computed again"))
    monkeypatch.setattr(module, "LIMITS", ())
    monkeypatch.setattr(Policy, "digest", property(lambda self: "e" * 64))
    proof = Release.verify(filed, now=NOW + timedelta(days=1), verify=whose)
    assert (proof.release.record.library, proof.signed_by) == ("minutes_split 0.1.0", ("p.henshaw",))


def test_a_record_written_by_the_first_version_is_still_read() -> None:
    filed = (Path(__file__).parent / "release_1.json").read_bytes()
    told = Release.verify(filed, now=NOW, verify=whose).release.record
    assert (told.record_id, told.library) == ("2024-0117", "minutes_split 0.1.0")


def test_a_statement_is_one_line_with_its_keys_in_order_and_its_letters_as_they_are() -> None:
    """The bytes are what is signed: another order or writing would break every signature on file."""
    assert (
        statement({"plan": "0f", "annex": "1e"}, "urn:x", {"b": "é", "a": [1]})
        == (
            '{"_type":"https://in-toto.io/Statement/v1","predicate":{"a":[1],"b":"é"},"predicateType":"urn:x",'
            '"subject":[{"digest":{"sha256":"1e"},"name":"annex"},{"digest":{"sha256":"0f"},"name":"plan"}]}'
        ).encode()
    )


def test_the_digest_of_the_library_is_over_the_names_and_the_bytes_of_its_programs() -> None:
    folder = Path(module.__file__).parent
    programs = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.py")}
    told = b"".join(b"\n%b\n%b" % (name.encode(), path.read_bytes()) for name, path in sorted(programs.items()))
    assert module.library_digest() == hashlib.sha256(told).hexdigest()


def test_a_record_given_as_bytes_or_text_is_read_with_either_alphabet_of_base64() -> None:
    filed = gated(sign=lambda signed: {"p.henshaw": b"\xfb\xff"}).to_dsse()
    wire = json.loads(filed)
    assert wire["signatures"] == [{"keyid": "p.henshaw", "sig": "+/8="}]
    assert filed == json.dumps(wire, indent=1)
    wire["signatures"][0]["sig"] = "-_8="
    assert Release.from_dsse(json.dumps(wire).encode()) == Release.from_dsse(filed)


# --- the final document -------------------------------------------------------------------------


def word(paragraphs: Sequence[str]) -> bytes:
    made = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def paragraphs_of(release: Release) -> list[str]:
    return release.record.text.split("\n\n")


def kinds(release: Release, document: Document | str | bytes) -> list[tuple[str, str]]:
    text = (
        document
        if isinstance(document, str)
        else document.text
        if isinstance(document, Document)
        else read(document).text
    )
    return [
        (u.kind, u.where.within(release.record.text if u.kind == "missing" else text))
        for u in release.covers(document)
        if u.part == "text"
    ]


def test_the_approved_text_is_covered_however_its_lines_are_laid_out() -> None:
    release = gated()
    assert release.covers(release.record.text) == ()
    assert release.covers(docx_of([Paragraph(p) for p in paragraphs_of(release)])) == ()
    assert release.covers(release.record.text.replace("Year 5. ", "Year 5.\n")) == ()
    assert release.covers(Document.from_text(plan().render() + "\n\n" + release.line)) == ()


def test_a_docx_with_one_added_sentence_is_not_covered() -> None:
    release = gated()
    first, *rest = paragraphs_of(release)
    added = "Chidi was there too."
    assert [("added", added)] == kinds(
        release, docx_of([Paragraph(p) for p in (first, f"{rest[0]} {added}", *rest[1:])])
    )
    assert ("added", added) in kinds(release, word([first, added, *rest]))


def test_a_pdf_with_one_added_sentence_is_not_covered() -> None:
    pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed (extra `test`)")
    release = gated()

    def pdf(*more: str) -> bytes:
        lines = [line for paragraph in (*paragraphs_of(release), *more) for line in paragraph.split("\n")]
        shown = (pdf_text(line.encode("cp1252"), at=f"36 {800 - 26 * n}", size=7) for n, line in enumerate(lines))
        return pdf_file({**pdf_objects(), 4: pdf_stream(b"".join(shown))})

    assert release.covers(pdf()) == ()
    assert kinds(release, pdf("Chidi was there too.")) == [("added", "Chidi was there too.")]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Year 5", "Year 6", ["added", "missing"]),
        ("He needs help to be on time.", "He needs no help to be on time.", ["added", "missing"]),
        ("He needs help to be on time.", "", ["missing"]),
        (
            "What is working well\n\nJayden is in Year 5. Jayden reads well.",
            "Jayden reads well.",
            ["missing", "missing"],
        ),
    ],
)
def test_a_changed_or_missing_word_is_not_covered(old: str, new: str, expected: list[str]) -> None:
    release = gated()
    assert old in release.record.text
    assert expected == [kind for kind, _ in kinds(release, release.record.text.replace(old, new))]


def test_sentences_in_another_order_or_twice_are_not_covered() -> None:
    release = gated()
    text = release.record.text
    assert {"added", "missing"} == {
        k
        for k, _ in kinds(
            release,
            text.replace("Year 5. Jayden reads well.", "Year 5.").replace("He needs", "Jayden reads well. He needs"),
        )
    }
    assert kinds(release, text + " He needs help to be on time.") == [("added", "He needs help to be on time.")]


def test_what_a_file_carries_beside_its_text_is_listed() -> None:
    release = gated()
    made = docx.Document()
    for text in paragraphs_of(release):
        made.add_paragraph(text)
    run = made.paragraphs[0].add_run(" Chidi was there too.")
    run.font.hidden = True
    made.add_comment(made.paragraphs[0].runs, text="Chidi was there too.", author="x")
    out = io.BytesIO()
    made.save(out)
    asides = [u for u in release.covers(out.getvalue()) if u.kind == "aside"]
    assert len(asides) >= 2
    assert asides[0].message == "is in the file beside its text, and nobody approved it"


BESIDE: dict[str, tuple[dict[str, Any], list[tuple[str, int, str]]]] = {
    "words in a number": ({"label": "Family 7:"}, [("label", 0, "block 2")]),
    "a number": ({"label": "1.2"}, []),
    "a letter for a number": ({"label": "a)"}, []),
    "a block that was not read": ({"faults": ("unread",)}, [("unread", 0, "block 2")]),
    "a place that was not read": ({"mark": "unread"}, [("unread", 3, "mark 1")]),
    "an insertion": ({"mark": "inserted"}, []),
    "a file that was not read": ({"fault": "unread"}, [("unread", 0, "fault 1")]),
    "a picture that was not read": ({"aside": ("unread", "")}, [("aside", 4, "aside 1")]),
    "a file in it": ({"aside": ("embedded", " ")}, [("aside", 4, "aside 1")]),
    "a comment": ({"aside": ("comment", "Hello.")}, [("aside", 4, "aside 1")]),
    "an empty comment": ({"aside": ("comment", " ")}, []),
}
"""What a file may carry beside its words, and how it is told."""


@pytest.mark.parametrize("case", BESIDE)
def test_what_stands_beside_the_words_is_told_with_its_place(case: str) -> None:
    release = gated()
    more, told = BESIDE[case]
    text = release.record.text
    first = Block(Span(0, 0), "paragraph")
    block = Block(Span(0, len(text)), "paragraph", label=more.get("label", ""), faults=more.get("faults", ()))
    made = Document(
        text,
        Source("docx", "0" * 64),
        (first, block),
        (Mark(Span(3, 5), more["mark"]),) if "mark" in more else (),
        (Aside(*more["aside"], 4),) if "aside" in more else (),
        (Fault(more["fault"], "part 1", "is not read"),) if "fault" in more else (),
    )
    assert [(each.kind, each.where.start, each.part) for each in release.covers(made)] == told


def test_each_way_to_differ_is_told_in_a_sentence() -> None:
    assert {kind: Uncovered(kind, Span(0, 0)).message for kind in get_args(UncoveredKind)} == {
        "added": "stands in the document and not in the approved text",
        "missing": "stands in the approved text and not in the document",
        "aside": "is in the file beside its text, and nobody approved it",
        "label": "is shown before a paragraph by its numbering, and nobody approved it",
        "unread": "could not be read, so nobody can say what it holds",
    }


# --- the rendered plan --------------------------------------------------------------------------


def test_a_plan_is_rendered_with_the_release_of_its_text() -> None:
    draft = plan()
    release = gated(draft)
    assert render(draft, release) == (
        "## What is working well\n\nJayden is in Year 5. Jayden reads well. \\[local-2\\]\n\n"
        "## Danger and harm\n\nHe needs help to be on time.\n\n---\n\n"
        "Release record 2024-0117, with the answers of a second person. "
        "The record is unsigned: nothing in it shows who made it.\n"
    )


def test_words_are_words_in_markdown() -> None:
    draft = Plan("A", recipients=("mother-1",)).write("# <b>x</b> [y](z)\n- *w*\n1. v", field="a\nb")
    assert "\\# \\<b\\>x\\</b\\> \\[y\\](z)\n\\- \\*w\\*\n1\\. v" in render(draft, gated(draft))
    assert "## a b\n" in render(draft, gated(draft))


def test_a_plan_whose_excerpt_was_edited_is_not_rendered() -> None:
    """The text of its plan was taken before, so that the digest alone would not show it."""
    draft = plan()
    release = gated(draft)
    object.__setattr__(draft.entries[0].excerpt, "cleared_for", frozenset("B"))  # type: ignore[union-attr]  # an entry that was pasted has an excerpt
    assert code_of(lambda: render(draft, release)) == "excerpt-edited"


RENDERED: dict[str, tuple[Callable[[], object], str]] = {
    "no release": (
        lambda: render(plan(), None),
        "release: is needed: a plan is rendered with the release of its text [release-missing]",
    ),  # type: ignore[arg-type]  # the wrong kind of value is what is tested
    "changed text": (
        lambda: render(plan().write("More.", field="Notes"), gated()),
        "plan: is not the text that was approved [release-other-text]",
    ),
    "other recipients": (
        lambda: render(plan(recipients=()), gated()),
        "plan: is for other recipients than the release [release-other-recipients]",
    ),
    "another purpose": (
        lambda: render(plan(purpose="a letter"), gated()),
        "plan: is for another purpose than the release [release-other-purpose]",
    ),
    "another family": (
        lambda: render(Plan("B").write("He needs help to be on time.", field="Danger and harm"), gated()),
        (
            "4 faults\n"
            "  plan: is for another family than the release [release-other-family]\n"
            "  plan: is for other recipients than the release [release-other-recipients]\n"
            "  plan: is for another purpose than the release [release-other-purpose]\n"
            "  plan: is not the text that was approved [release-other-text]"
        ),
    ),
}


@pytest.mark.parametrize("case", RENDERED)
def test_a_plan_is_not_rendered_with(case: str) -> None:
    act, message = RENDERED[case]
    assert message == told_by(act)


# --- quiet --------------------------------------------------------------------------------------


def test_no_repr_holds_words_names_or_ids() -> None:
    release = gated(plan(copied=True), sign=signer("p.henshaw"))
    proof = Release.verify(release, now=NOW, verify=whose)
    told = release.record
    everything = [
        release, proof, told, told.audit, *told.audit.findings, *told.authors, told.checker, *told.sources, release.envelope,
        *release.envelope.signatures, *asked(found_in(plan(copied=True))), *release.covers("Jayden was there."),
    ]  # fmt: skip
    shown = " ".join([*map(repr, everything), *map(str, everything), release._repr_html_()])
    for hidden in ("Jayden", "Chidi", "begum", "henshaw", "j.smith", "mother-1", "minutes-1", "Looked at", "keyid"):
        assert hidden not in shown, hidden
