"""What a release binds, what it refuses, and what it cannot show."""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import docx
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from test_guard import DOCUMENT, ROSTER, UNITS

from minutes_split import AuditIndex, Confirm, Document, Plan, Policy, Split, audit, read
from minutes_split import release as module
from minutes_split.auditing import Audit
from minutes_split.decisions import Decision
from minutes_split.docx_writer import Paragraph, docx_of
from minutes_split.dsse import Envelope, Signature, envelope_to_json, pae
from minutes_split.errors import ExcerptError, MinutesSplitError, ReleaseError, WireError
from minutes_split.lexicon import default_lexicon
from minutes_split.release import Release, asked, render
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
    "the author checks": (lambda: gated(checker="s.begum"), "release-author-checks"),
    "one of several authors checks": (lambda: gated(author=("x", "p.henshaw")), "release-author-checks"),
    "the author checks in capitals and with a look-alike letter": (
        lambda: gated(checker=" S.BЕGUM "),
        "release-author-checks",
    ),
    "the author checks under an alias": (lambda: gated(checker="sb2", directory=staff), "release-author-checks"),
    "the author writes under an alias": (
        lambda: gated(author="sb2", checker="s.begum", directory=staff),
        "release-author-checks",
    ),
    "a decider checks": (lambda: gated(checker="j.smith"), "release-decider-checks"),
    "a decider checks under an alias": (
        lambda: gated(checker="jsmith@trust", directory=staff),
        "release-decider-checks",
    ),
    "the directory does not know the checker": (
        lambda: gated(checker="nobody", directory=staff),
        "release-unknown-person",
    ),
    "the directory gives nobody": (lambda: gated(directory=lambda name: ""), "release-unknown-person"),
    "there is no author": (lambda: gated(author=()), "release-no-author"),
    "there is no checker": (lambda: gated(checker=" "), "release-nobody"),
    "a finding has no answer": (lambda: gated(plan(copied=True), answers={}), "release-unanswered"),
    "a finding has an empty answer": (
        lambda: gated(plan(copied=True), answers=dict.fromkeys(answers_to(plan(copied=True)), " ")),
        "release-unanswered",
    ),
    "an answer is to something else": (lambda: gated(answers={"0123456789abcdef": "Yes."}), "release-stale-answer"),
    "there are no minutes": (lambda: gated(against=[]), "release-empty-audit"),
    "the plan is empty": (lambda: gated(Plan("A"), answers={}), "release-empty-audit"),
    "an index instead of splits": (lambda: gated(against=AuditIndex.build([minutes()])), "release-sources"),
    "bare text instead of a plan": (lambda: gated(Words("text"), answers={}), "release-no-plan"),  # type: ignore[arg-type]  # the wrong kind of value is what is tested
    "other recipients": (lambda: gated(recipients=("father-1",)), "release-other-recipients"),
    "no recipients though the plan has some": (lambda: gated(recipients=()), "release-other-recipients"),
    "another policy at the gate": (lambda: gated(policy=OTHER), "release-other-policy"),
    "minutes under another policy": (lambda: gated(against=[minutes(), minutes(policy=OTHER)]), "release-other-policy"),
    "the id was used": (lambda: gated(record_id="2024-0116"), "release-replay"),
    "no id": (lambda: gated(record_id=""), "release-id"),
    "it runs out before it begins": (lambda: gated(expires=NOW), "release-expired"),
    "a time without its offset": (lambda: gated(now=NOW.replace(tzinfo=None)), "release-time"),
    "a signer that gives nothing": (lambda: gated(sign=lambda signed: {}), "release-signature"),
}


WRONG: list[dict[str, Any]] = [
    {"author": None}, {"author": ["s.begum", 7]}, {"answers": None}, {"answers": "yes"}, {"used_ids": "2024-0116"}, {"used_ids": None},
    {"policy": None}, {"recipients": "mother-1"}, {"recipients": None}, {"checker": None}, {"record_id": 7}, {"now": "today"},
    {"expires": None}, {"against": None}, {"against": [DOCUMENT]}, {"against": minutes()}, {"sign": lambda signed: signed},
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(WRONG)))
def test_what_is_of_the_wrong_kind_is_refused_by_an_error_of_ours(number: int) -> None:
    with pytest.raises(MinutesSplitError) as refused:
        gated(**WRONG[number])
    assert refused.value.__context__ is None


@pytest.mark.parametrize("case", REFUSED)
def test_the_gate_refuses(case: str) -> None:
    act, code = REFUSED[case]
    assert code == code_of(act)


def test_the_gate_refuses_another_lexicon() -> None:
    more = default_lexicon().extended({"words": ["zzyzx"]})
    other = Split(DOCUMENT, ROSTER, POLICY, tuple(UNITS), (), (CONFIRM,), (), more)
    assert code_of(lambda: gated(against=[minutes(), other])) == "release-other-lexicon"
    assert code_of(lambda: gated(against=[other])) == "release-other-lexicon"


def test_the_gate_refuses_an_excerpt_from_a_view_under_another_policy() -> None:
    excerpt = minutes(policy=OTHER).view("A", ("mother-1",)).excerpts[1]
    draft = Plan("A", recipients=("mother-1",)).paste(excerpt, field="x")
    assert code_of(lambda: gated(draft)) == "release-other-policy"


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
    assert "unsigned" in repr(release)


def test_signatures_that_were_not_looked_at_are_not_called_good() -> None:
    proof = Release.verify(gated(sign=signer("p.henshaw")), now=NOW)
    assert (proof.signed_by, proof.sentence) == ((), "The record holds together; its signatures were not looked at.")


def resigned(release: Release, *signatures: Signature) -> str:
    return envelope_to_json(Envelope(release.envelope.payload, signatures))


BAD_SIGNATURES: dict[str, tuple[Callable[[], str], str]] = {
    "the author's alone": (lambda: gated(sign=signer("s.begum")).to_dsse(), "release-signature"),
    "of other bytes": (
        lambda: resigned(gated(sign=signer("p.henshaw")), Signature("p.henshaw", KEYS["p.henshaw"].sign(b"other"))),
        "release-signature",
    ),
    "of the bare payload": (
        lambda: gated(sign=lambda signed: {"p.henshaw": KEYS["p.henshaw"].sign(signed.partition(b"{")[2])}).to_dsse(),
        "release-signature",
    ),
    "the author's in the checker's name": (
        lambda: gated(sign=lambda signed: {"p.henshaw": KEYS["s.begum"].sign(signed)}).to_dsse(),
        "release-signature",
    ),
    "of a key that nobody knows": (lambda: gated(sign=lambda signed: {"x": b"y"}).to_dsse(), "release-signature"),
    "taken off": (lambda: resigned(gated(sign=signer("p.henshaw"))), "release-unsigned"),
    "put on afterwards": (
        lambda: resigned(gated(), Signature("p.henshaw", KEYS["p.henshaw"].sign(pae(gated().envelope.payload)))),
        "release-signature",
    ),
    "never there": (lambda: gated().to_dsse(), "release-unsigned"),
}


@pytest.mark.parametrize("case", BAD_SIGNATURES)
def test_a_signature_is_refused(case: str) -> None:
    filed, code = BAD_SIGNATURES[case]
    assert code == code_of(lambda: Release.verify(filed(), now=NOW, verify=whose))


@pytest.mark.parametrize("answer", [None, True, "", 1])
def test_a_check_that_names_no_person_is_no_check(answer: object) -> None:
    filed = gated(sign=signer("p.henshaw")).to_dsse()
    assert code_of(lambda: Release.verify(filed, now=NOW, verify=lambda *_: answer)) == "release-signature"  # type: ignore[arg-type,return-value]  # the wrong kind of value is what is tested


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


def person(name: str) -> dict[str, str]:
    return {"name": name, "person": name}


FORGED: dict[str, tuple[Callable[[], str], str]] = {
    "another text": (lambda: changed(text="Another text."), "release-other-text"),
    "another digest": (lambda: changed(text_digest="0" * 64), "release-other-text"),
    "the author as checker": (lambda: changed(checker=person("s.begum")), "release-author-checks"),
    "a decider as checker": (lambda: changed(checker=person("j.smith")), "release-decider-checks"),
    "no author": (lambda: changed(authors=[]), "release-too-short"),
    "no source": (lambda: changed(sources=[]), "release-too-short"),
    "no audit": (lambda: changed(audit=None), "release-model-type"),
    "findings without answers": (lambda: changed(audit__verdict="findings"), "release-unanswered"),
    "an open verdict without an answer": (lambda: changed(audit__verdict="cannot_say"), "release-unanswered"),
    "no time of expiry": (lambda: changed(expires=None), "release-datetime-type"),
    "an expiry before its time": (lambda: changed(expires="2024-03-01T00:00:00Z"), "release-expired"),
    "a key that is not known": (lambda: changed(approved=True), "release-extra-forbidden"),
    "a later form": (lambda: changed(schema_version=2), "release-literal-error"),
    "no JSON": (lambda: "x", "envelope-json"),
    "another payload": (lambda: envelope_to_json(Envelope(b"{}")), "release-missing"),
    "one key twice": (lambda: envelope_to_json(Envelope(b'{"a": 1, "a": 2}')), "release-json-twice"),
    "no base64": (
        lambda: '{"payloadType": "application/vnd.in-toto+json", "payload": "?", "signatures": []}',
        "envelope-base64",
    ),
    "another type": (lambda: '{"payloadType": "text/plain", "payload": "", "signatures": []}', "envelope-type"),
}


@pytest.mark.parametrize("case", FORGED)
def test_a_record_that_contradicts_itself_is_refused(case: str) -> None:
    filed, code = FORGED[case]
    with pytest.raises((ReleaseError, WireError)) as refused:
        Release.verify(filed(), now=NOW)
    assert code == refused.value.code
    assert not any(word in str(refused.value) for word in ("Jayden", "begum", "henshaw", "smith", 'approved"'))


def test_any_changed_byte_of_a_signed_record_breaks_its_signature() -> None:
    release = gated(sign=signer("p.henshaw"))
    forged = release.envelope.payload.replace(b"it may stay", b"it must go!").replace(b'"2024-0117"', b'"2024-0118"')
    filed = envelope_to_json(Envelope(forged, release.envelope.signatures))
    assert forged != release.envelope.payload
    assert code_of(lambda: Release.verify(filed, now=NOW, verify=whose)) == "release-signature"


# --- time, replay, upgrade ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "code"),
    [
        (LATER, "release-expired"),
        (LATER + timedelta(days=1), "release-expired"),
        (NOW - timedelta(seconds=1), "release-not-yet"),
        (NOW.replace(tzinfo=None), "release-time"),
    ],
)
def test_a_release_holds_from_when_it_was_made_until_it_runs_out(now: datetime, code: str) -> None:
    assert code == code_of(lambda: Release.verify(gated(), now=now))


def test_a_release_is_used_once() -> None:
    release = gated()
    assert release == Release.verify(release, now=NOW, used_ids={"2024-0116"}).release
    assert code_of(lambda: Release.verify(release, now=NOW, used_ids={"2024-0117"})) == "release-replay"


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


RENDERED: dict[str, tuple[Callable[[], object], str]] = {
    "no release": (lambda: render(plan(), None), "release-missing"),  # type: ignore[arg-type]  # the wrong kind of value is what is tested
    "changed text": (lambda: render(plan().write("More.", field="Notes"), gated()), "release-other-text"),
    "other recipients": (lambda: render(plan(recipients=()), gated()), "release-other-recipients"),
    "another purpose": (lambda: render(plan(purpose="a letter"), gated()), "release-other-purpose"),
    "another family": (
        lambda: render(Plan("B").write("He needs help to be on time.", field="Danger and harm"), gated()),
        "release-other-family",
    ),
}


@pytest.mark.parametrize("case", RENDERED)
def test_a_plan_is_not_rendered_with(case: str) -> None:
    act, code = RENDERED[case]
    assert code == code_of(act)


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
    for hidden in ("Jayden", "Chidi", "begum", "henshaw", "j.smith", "mother-1", "minutes-1", "Looked at"):
        assert hidden not in shown, hidden
