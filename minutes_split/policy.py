"""Every setting and threshold: its unit, its default, and where the number came from."""

from __future__ import annotations

import hashlib
from typing import Annotated, Literal

from pydantic import Field, SecretBytes

from minutes_split.errors import PolicyError
from minutes_split.strict import Strict

CERTAIN = (
    "direct with pronoun/heading line", "direct with pronoun/heading/clean", "direct with pronoun/heading/clean, unsure",
    "direct with pronoun/heading/other", "direct with pronoun/heading/other, unsure", "direct with pronoun/heading/returned",
    "direct with pronoun/heading/settled", "direct with pronoun/heading/settled, unsure", "direct with pronoun/lead-in/clean",
    "direct with pronoun/row/clean", "direct with pronoun/topic/clean", "direct with pronoun/topic/clean, unsure",
    "direct with pronoun/topic/other", "direct with pronoun/topic/returned", "direct with pronoun/topic/settled",
    "direct/heading line", "direct/heading line, unsure", "direct/heading/clean", "direct/heading/clean, unsure",
    "direct/heading/other", "direct/heading/other, unsure", "direct/heading/returned", "direct/heading/settled",
    "direct/lead-in/clean", "direct/none/clean", "direct/row/clean", "direct/topic/clean", "direct/topic/clean, unsure",
    "direct/topic/family", "direct/topic/other", "direct/topic/returned", "direct/topic/settled", "opening with pronoun/none/clean",
    "opening/none/clean", "referring/heading line", "referring/heading paragraph/other", "referring/heading paragraph/returned",
    "referring/heading paragraph/settled", "referring/heading/clean", "referring/lead-in/clean", "referring/paragraph/clean",
    "referring/row/clean", "standing/heading/clean", "standing/heading/settled", "standing/row/clean",
)  # fmt: skip
"""How a unit is known / what it stands under / whom was met there since; measured in `docs/thresholds.md`."""

TOO_WEAK = (
    "direct with pronoun/foreign heading/family", "direct with pronoun/foreign heading/other",
    "direct with pronoun/foreign heading/returned", "direct with pronoun/heading/family", "direct with pronoun/none/other",
    "direct with pronoun/none/returned", "direct with pronoun/shared row/clean", "direct with pronoun/topic/other, unsure",
    "direct with pronoun/topic/settled, unsure", "direct/foreign heading/clean, unsure", "direct/foreign heading/other",
    "direct/foreign lead-in/clean", "direct/none/returned, unsure", "direct/shared row/clean", "direct/shared row/family",
    "direct/shared row/other", "direct/topic/returned, unsure", "direct/topic/settled, unsure",
    "opening with pronoun/foreign heading/family", "opening with pronoun/shared row/clean", "opening/shared row/clean",
    "opening/shared row/family", "opening/shared row/other", "referring/bare paragraph/family, unsure",
    "referring/foreign heading/family", "referring/foreign heading/family, unsure", "referring/foreign heading/settled",
    "referring/foreign heading/settled, unsure", "referring/foreign paragraph/family, unsure", "referring/heading paragraph/family",
    "referring/heading/family", "referring/none/family, unsure", "referring/paragraph/clean, unsure",
    "referring/paragraph/other, unsure", "referring/shared heading/clean, unsure", "referring/shared heading/family, unsure",
    "referring/shared heading/other, unsure", "referring/shared row/clean", "referring/shared row/other",
    "referring/topic/clean, unsure", "referring/topic/other, unsure", "referring/topic/returned", "referring/topic/settled, unsure",
    "standing/bare paragraph/family", "standing/foreign heading/family", "standing/foreign heading/settled",
    "standing/foreign paragraph/family", "standing/foreign paragraph/settled", "standing/topic/clean, unsure",
    "standing/topic/returned", "standing/topic/returned, unsure",
)  # fmt: skip
"""Classes of which more than 15 % was wrong even as a proposal (exceptions in `docs/thresholds.md`), table rows of two families, and what is unsure under a heading of two."""


class Policy(Strict):
    """What the library may do, as the authority that runs it decides.

    The defaults are the strict end. Every number is explained in
    `docs/thresholds.md` with the measurement it came from.
    Raises: `PolicyError` for a setting outside its range.
    """

    refusal = ("policy", PolicyError)

    release: Literal["certain", "likely"] = "certain"
    """"likely" makes proposals pasteable without a person's confirmation, for callers who accept the measured figure."""

    certain: tuple[str, ...] = CERTAIN
    """The classes of evidence whose units may be pasted without a person's confirmation."""

    too_weak: tuple[str, ...] = TOO_WEAK
    """The classes of evidence whose units are withheld and not even proposed."""

    tracked: Literal["withheld", "accepted"] = "withheld"
    """Whether units that an unaccepted insertion touches are withheld (nobody approved them) or read as live text."""

    unread_words: Annotated[int, Field(ge=0, le=20)] = 1
    """Unknown lower-case words that a unit may hold and still count as read."""

    near_score: Annotated[float, Field(ge=50, le=100)] = 82.0
    """rapidfuzz `ratio`, 0-100, from which a word counts as a near miss of a rostered name (it only casts doubt)."""

    audit_run: Annotated[int, Field(ge=8, le=200)] = 25
    """Normalised characters: every copied stretch of this length is found. Shorter ones are found if they are a whole unit."""

    reference_key: Annotated[SecretBytes, Field(min_length=16)] | None = None
    """Key of the caller, at least 16 bytes (128 bits, so that it cannot be guessed), for `Excerpt.reference`; without one, references are marked `local`."""

    name: str = "default"
    """What the authority calls this policy; it stands in tags and releases."""

    @property
    def digest(self) -> str:
        """SHA-256 over every setting but the key, for tags and releases."""
        settings = self.model_dump_json(exclude={"reference_key"})
        return hashlib.sha256(settings.encode("utf-8")).hexdigest()
