"""A scan of a PDF that is damaged, or made to take long, ends soon, and in a scan or in an error of ours."""

from __future__ import annotations

import random
import time
from contextlib import suppress

import pytest

from minutes_split.errors import MinutesSplitError
from tests.pdfs import sheet, stream
from tests.test_scanning_pdf import HIDING, scan


def test_a_damaged_file_ends_in_a_scan_or_in_an_error_of_ours() -> None:
    chance = random.Random(7)
    whole = [data for data, _ in HIDING.values()]
    for number in range(300):
        data = bytearray(whole[number % len(whole)])
        for _ in range(chance.randrange(1, 12)):
            at = chance.randrange(len(data))
            data[at : at + chance.randrange(3)] = bytes(chance.randrange(256) for _ in range(chance.randrange(3)))
        with suppress(MinutesSplitError):
            scan(bytes(data))


@pytest.mark.parametrize(
    "hostile",
    [
        b"/Contents [",
        b"/EF << /F ",
        b"/CharProcs << ",
        b"((((",
        b"<a",
        b"BT ",
        b"startxref 1 %%EOF\n",
        b"1 0 obj\n",
        b"%",
        b"/",
    ],
)
def test_a_hostile_file_of_two_hundred_thousand_bytes_takes_seconds(hostile: bytes) -> None:
    many = hostile * (200_000 // len(hostile))
    for data in (sheet(more={10: stream(many)}), sheet(more={10: b"<< /X " + many + b" >>"})):
        began = time.process_time()
        with suppress(MinutesSplitError):
            scan(data)
        assert time.process_time() - began < 8
