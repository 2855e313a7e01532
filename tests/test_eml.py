"""Mails: their parts, what they quote, what is attached to them."""

from __future__ import annotations

import random
from email.message import EmailMessage

import pytest

from minutes_split.errors import ReadError
from minutes_split.readers import Caps, read
from minutes_split.readers.eml import attachments
from tests.formats import as_docx, odt
from tests.test_pdf import damaged, kept

pytest.importorskip("justhtml", reason="justhtml is not installed (extra `test`)")


def mail(plain: str = "", html: str = "", subject: str = "Minutes") -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"], made["Message-ID"] = (
        "tom@example.org",
        "chair@example.org",
        subject,
        "<1@example.org>",
    )
    if plain:
        made.set_content(plain)
    if html and plain:
        made.add_alternative(html, subtype="html")
    elif html:
        made.set_content(html, subtype="html")
    return made


def test_a_plain_mail_is_its_text_and_its_header_stands_aside() -> None:
    document = read(mail("Mother was seen.\n").as_bytes())
    assert (document.source.format, document.text.strip()) == ("eml", "Mother was seen.")
    assert ("metadata", "From: tom@example.org") in [(a.kind, a.text) for a in document.asides]


def test_of_two_versions_the_one_that_people_see_is_read() -> None:
    document = read(mail("Mother was seen.\n", "<html><body><p>Mother was <b>seen</b>.</p></body></html>").as_bytes())
    assert document.text == "Mother was seen.\n"
    assert len(document.blocks) == 1


@pytest.mark.parametrize(
    "older",
    [
        "> Chidi was seen.\n",
        "On Mon, 3 Mar 2025 at 10:00, Tom Webb <tom@example.org> wrote:\n\n> Chidi was seen.\n",
        "On Mon, 3 Mar 2025 at 10:00, Tom Webb\n<tom@example.org> wrote:\n> Chidi was seen.\n",
        "-----Original Message-----\nFrom: Tom\nChidi was seen.\n",
        "From: Tom Webb\nSent: 3 March 2025\nTo: Chair\nSubject: Minutes\n\nChidi was seen.\n",
    ],
)
def test_what_a_reply_quotes_is_an_older_text_and_stands_aside(older: str) -> None:
    document = read(mail(f"Jayden was seen.\n\n{older}", subject="RE: Minutes").as_bytes())
    assert document.text.split() == ["Jayden", "was", "seen."]
    assert "Chidi was seen." in " ".join(a.text for a in document.asides if a.kind == "embedded")


@pytest.mark.parametrize(
    "older",
    [
        "<div class=gmail_quote>On Mon Tom wrote:<blockquote><p>Chidi was seen.</p></blockquote></div>",
        "<blockquote type=cite><p>Chidi was seen.</p></blockquote>",
        "<div id=divRplyFwdMsg><b>From:</b> Tom<br></div><div>Chidi was seen.</div>",
        "<div style='border-top:solid'><p><b>From:</b> Tom<br><b>Sent:</b> 3 March<br></p></div><p>Chidi was seen.</p>",
    ],
)
def test_what_an_html_reply_quotes_stands_aside(older: str) -> None:
    html = f"<html><body><p>Jayden was seen.</p>{older}</body></html>"
    document = read(mail(html=html, subject="RE: Minutes").as_bytes())
    assert "Jayden was seen." in document.text
    assert "Chidi" not in document.text
    assert "Chidi was seen." in " ".join(a.text for a in document.asides if a.kind == "embedded")
    assert "Chidi was seen." in read(mail(html=html, subject="FW: Minutes").as_bytes()).text


def test_what_a_forward_passes_on_is_its_text() -> None:
    document = read(
        mail("See below.\n\n-----Original Message-----\nFrom: Tom\nChidi was seen.\n", subject="FW: Minutes").as_bytes()
    )
    assert "Chidi was seen." in document.text


def test_an_attachment_is_read_by_its_own_reader_and_stands_aside() -> None:
    made = mail("Please find attached.\n")
    made.add_attachment(
        as_docx("Chidi was seen.\n"), maintype="application", subtype="octet-stream", filename="harper.txt"
    )
    made.add_attachment(odt("<text:p>Jayden was seen.</text:p>"), maintype="application", subtype="x", filename="b")
    document = read(made.as_bytes())
    assert document.text.strip() == "Please find attached."
    found = [a.text for a in document.asides if a.kind == "embedded"]
    assert ["Chidi was seen." in found[0], "Jayden was seen." in found[1]] == [True, True]
    assert [name for name, _ in attachments(made.as_bytes())] == ["harper.txt", "b"]
    assert "Chidi was seen." in read(attachments(made.as_bytes())[0][1]).text


def test_an_attachment_that_cannot_be_read_is_a_fault_without_its_name() -> None:
    made = mail("Please find attached.\n")
    made.add_attachment(b"{\\rtf1 x}", maintype="application", subtype="rtf", filename="harper.rtf")
    [fault] = read(made.as_bytes()).faults
    assert (
        str(fault)
        == "attachment 1: cannot be read: is rich text (.rtf); open it in Word and save it as .docx [format-rtf] [attachment-unread]"
    )


def test_a_mail_in_a_mail_is_read_to_a_depth_and_no_further() -> None:
    made = mail("innermost\n")
    for depth in range(5):
        outer = mail(f"level {depth}\n")
        outer.add_attachment(made)
        made = outer
    assert "attachment" in str(read(made.as_bytes()).faults[0])


def test_a_mail_without_text_of_its_own_is_refused_with_what_to_do() -> None:
    with pytest.raises(ReadError) as refused:
        read(mail("> older\n", subject="RE: x").as_bytes())
    assert (
        str(refused.value)
        == "body: has no text of its own; read its attachments, or save the older mail by itself [mail-empty]"
    )


def test_a_mail_that_somebody_pasted_is_text() -> None:
    assert read(b"From: Tom\nSent: today\nTo: Chair\nSubject: x\n\nMother was seen.\n").source.format == "text"


def test_a_wrong_encoding_and_a_missing_end_are_faults() -> None:
    wrong = b"From: a@example.org\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\nZo\xeb was seen.\n"
    assert [fault.code for fault in read(wrong).faults] == ["mail-encoding"]
    whole = mail("Mother was seen.\n", "<html><body><p>Mother was seen.</p></body></html>").as_bytes()
    assert "mail-damaged" in {fault.code for fault in read(whole[: whole.rindex(b"\n--")]).faults}


def test_more_parts_than_the_caps_are_refused() -> None:
    made = mail("x\n")
    for _ in range(5):
        made.add_attachment(b"y", maintype="text", subtype="plain", filename="z")
    with pytest.raises(ReadError, match="mail-parts"):
        read(made.as_bytes(), caps=Caps(parts=3))


def test_parts_nested_deep_end_in_a_refusal() -> None:
    head = b"From: a@example.org\nMIME-Version: 1.0\n"
    for n in range(300):
        head += b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n)
    with pytest.raises(ReadError, match="mail-"):
        read(head + b"Content-Type: text/plain\n\nx\n")


def test_no_corruption_ends_in_a_silently_shorter_document() -> None:
    html = "<html><body>" + "<p>Mother was seen and she was well.</p>" * 30 + "</body></html>"
    made = EmailMessage()
    made["From"], made["Message-ID"] = "tom@example.org", "<1@example.org>"
    made.set_content("x\n")
    made.add_alternative(html, subtype="html", cte="base64")
    made.set_boundary("=" * 20)
    data = made.as_bytes()
    whole = kept(read(data))
    silent = []
    for seed in range(300):
        changed = damaged(data, random.Random(seed))
        try:
            document = read(changed)
        except ReadError:
            continue
        touched = len(data) - len(changed) + changed.count(0) + 8
        if whole - kept(document) > touched and not document.faults:
            silent.append((seed, whole - kept(document), touched))
    assert silent == []


def test_a_mail_that_ends_inside_its_header_is_refused() -> None:
    head = b"From: a@example.org\nTo: b@example.org\nMIME-Version: 1.0\nContent-Type: multipart/mixed; bound"
    with pytest.raises(ReadError) as refused:
        read(head)
    assert refused.value.code == "mail-empty"
