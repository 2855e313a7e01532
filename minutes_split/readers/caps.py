"""How much a reader takes before it refuses, so that a small file cannot stop a machine."""

from __future__ import annotations

from dataclasses import dataclass

from minutes_split.errors import PolicyError


@dataclass(frozen=True, slots=True)
class Caps:
    """Limits of one reading. What lies above is refused; nothing is ever cut off.

    The largest values met in 188 real Word documents stand beside each limit.
    """

    file_bytes: int = 100_000_000
    """Of the file as it is. Met: 0.8 MB; minutes with photographs reach some 20 MB."""
    unzipped_bytes: int = 200_000_000
    """Of all parts that are read, together. Met: 2.3 MB."""
    ratio: int = 200
    """Unzipped bytes for each zipped byte, of a part above 1 MB. Met: 76; deflate cannot do more than 1,032."""
    parts: int = 5_000
    """Entries of the archive. Met: 291."""
    nesting: int = 2_000
    """Elements inside each other. Met: 25; a table in a table in a table takes some 30."""
    elements: int = 2_000_000
    """Of one part; of a PDF, its characters. Met: 35,600; a hundred pages have some 60,000."""
    pages: int = 2_000
    """Of a PDF. Met: 57 in 15 real ones; a page takes some 20 milliseconds."""

    def __post_init__(self) -> None:
        for name in self.__slots__:
            if getattr(self, name) < 1:
                raise PolicyError("caps-range", f"$.{name}", "should be 1 or more")
