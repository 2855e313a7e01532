"""Transcripts with cues: every cue is said, and by whom."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_split import Roster, Splitter
from minutes_split.document import Document
from minutes_split.errors import ReadError
from minutes_split.readers import read

TEAMS = """WEBVTT

7f1-0/1
00:00:03.120 --> 00:00:05.000
<v Priya Nair>Good morning. Jayden is doing</v>

7f1-0/2
00:00:05.000 --> 00:00:07.500
<v Priya Nair>well at school.</v>

7f1-0/3
00:00:08.000 --> 00:00:09.000
<v Tom Webb>Thank you.</v><v Priya Nair>Chidi &amp; Ngozi were seen.</v>
"""
ZOOM = """WEBVTT

1
00:00:03.120 --> 00:00:05.000
Priya Nair: Good morning.

2
00:00:08.000 --> 00:00:09.000
Tom Webb: Thank you.

3
00:00:09.000 --> 00:00:10.000
and it went on: well
"""


def lines(document: Document) -> list[str]:
    return [b.span.within(document.text) for b in document.blocks]


def test_turns_of_one_speaker_are_one_line_and_the_speaker_is_kept() -> None:
    document = read(TEAMS.encode())
    assert lines(document) == [
        "00:00:03 Priya Nair: Good morning. Jayden is doing well at school.",
        "00:00:08 Tom Webb: Thank you.",
        "00:00:08 Priya Nair: Chidi & Ngozi were seen.",
    ]
    assert [b.path for b in document.blocks] == ["cues 1 to 2", "cue 3", "cue 3"]


def test_names_before_a_colon_are_speakers_and_small_words_are_not() -> None:
    assert lines(read(ZOOM.encode()))[:2] == ["00:00:03 Priya Nair: Good morning.", "00:00:08 Tom Webb: Thank you."]
    assert "and it went on: well" in read(ZOOM.encode()).text


def test_speakers_are_in_the_frame() -> None:
    roster = Roster.load(
        {
            "families": [{"id": "A", "people": [{"name": "Jayden Harper"}]}],
            "professionals": [{"name": "Priya Nair"}, {"name": "Tom Webb"}],
        }
    )
    assert Splitter(roster).split(read(TEAMS.encode())).units


@pytest.mark.parametrize(
    "text", [ZOOM.removeprefix("WEBVTT\n\n").replace(".", ","), TEAMS.replace("\n", "\r\n"), "\ufeff" + TEAMS]
)
def test_srt_line_ends_and_marks_make_no_difference(text: str) -> None:
    document = read(text.encode())
    assert (document.source.format, len(document.blocks)) == ("vtt", 3)


def test_notes_and_styles_stand_aside() -> None:
    document = read(b"WEBVTT\n\nNOTE spoken by nobody\n\nSTYLE\n::cue {}\n\n00:01.000 --> 00:02.000\nSeen.\n")
    assert [(a.kind, a.text) for a in document.asides][1:] == [
        ("comment", "NOTE spoken by nobody"),
        ("metadata", "STYLE\n::cue {}"),
    ]
    assert lines(document) == ["00:01 Seen."]


def test_a_cue_that_cannot_be_taken_apart_is_said_and_marked() -> None:
    document = read(b"WEBVTT\n\n00:01.000 -> 00:02.000\nMother was seen.\n")
    assert "Mother was seen." in document.text
    assert [fault.code for fault in document.faults] == ["cue-unread"]
    assert document.marks[0].kind == "unread"


def test_a_lost_empty_line_loses_no_cue() -> None:
    assert read(TEAMS.replace("</v>\n\n", "</v>\n").encode()).text == read(TEAMS.encode()).text
    assert read(TEAMS.replace("WEBVTT\n\n", "WEBVTT\n").encode()).text == read(TEAMS.encode()).text


@pytest.mark.parametrize("damage", ["WEBVTT\nJ", "WEBVTT\n*", "WEBVTT x", "WEBVTT\n00:01.000 --> 00:02.000\nSeen.\n\n"])
def test_no_cue_is_taken_for_the_head_of_the_file(damage: str) -> None:
    document = read(TEAMS.replace("WEBVTT\n\n", damage).encode())
    assert "Good morning. Jayden is doing" in document.text


def test_a_transcript_without_cues_is_refused() -> None:
    with pytest.raises(ReadError, match="document-empty"):
        read(b"WEBVTT\n\n")


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Tom Webb", "Priya Nair", ""]),
            st.from_regex(r"[a-z]{1,8}( [a-z]{1,8}){0,3}", fullmatch=True),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_no_word_of_any_cue_is_dropped(cues: list[tuple[str, str]]) -> None:
    told = "WEBVTT\n\n" + "".join(
        f"00:00:{n:02d}.000 --> 00:00:{n + 1:02d}.000\n{f'<v {who}>{words}</v>' if who else words}\n\n"
        for n, (who, words) in enumerate(cues)
    )
    text = read(told.encode()).text
    at = 0
    for _, words in cues:
        at = text.index(words, at) + len(words)


def numbered(*numbers: int, words: str = "Jayden was seen.") -> bytes:
    """A transcript whose cues have these numbers, one each second."""
    cues = (f"{n}\n00:00:{at:02d}.000 --> 00:00:{at:02d}.900\n{words}\n" for at, n in enumerate(numbers))
    return ("WEBVTT\n\n" + "\n".join(cues)).encode()


DAMAGED = {
    "a number is missing": (numbered(1, 2, 4), "timed cue 3: does not follow the number of the cue before; cues may be missing [cue-missing]"),
    "the beginning is missing": (numbered(7, 8), "timed cue 1: does not follow the number of the cue before; cues may be missing [cue-missing]"),
    "a number comes twice": (numbered(1, 1), "timed cue 2: does not follow the number of the cue before; cues may be missing [cue-missing]"),
    "a cue begins before the one above": (ZOOM.replace("00:00:08.000 -->", "00:00:01.000 -->").encode(), "timed cue 2: has a time that runs backwards; the transcript may be damaged [cue-time]"),
    "a cue ends before it begins": (ZOOM.replace("--> 00:00:10", "--> 00:00:07").encode(), "timed cue 3: has a time that runs backwards; the transcript may be damaged [cue-time]"),
    "a voice has no end": (TEAMS[: TEAMS.rindex("were seen")].encode(), "file: has a voice without its end; the transcript may be damaged or cut short [cue-voice]"),
    "the last cue has no words": (ZOOM[: ZOOM.rindex("and it")].encode(), "timed cue 3: is the last and has no words; the transcript may be cut short [cue-empty]"),
}  # fmt: skip


@pytest.mark.parametrize("how", DAMAGED)
def test_damage_that_can_be_told_is_told(how: str) -> None:
    data, fault = DAMAGED[how]
    assert [str(found) for found in read(data).faults] == [fault]


@pytest.mark.parametrize("data", [numbered(0, 1, 2), numbered(1, 2, 3), TEAMS.encode(), ZOOM.encode()])
def test_a_transcript_that_is_whole_has_no_fault(data: bytes) -> None:
    assert read(data).faults == ()


def test_words_in_a_tag_that_has_none_are_not_lost() -> None:
    document = read(TEAMS.replace("<v Tom Webb>Thank you.</v>", "<b Tom Webb>Thank you.").encode())
    assert "<b Tom Webb>Thank you." in document.text
    assert "cue-unread" in {fault.code for fault in document.faults}
