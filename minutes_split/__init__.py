"""Splits the minutes of meetings on several families into what belongs to each, and refuses the wrong paste."""

from minutes_split.document import Document
from minutes_split.errors import MinutesSplitError
from minutes_split.guard import Excerpt, FamilyView
from minutes_split.policy import Policy
from minutes_split.roster import Roster
from minutes_split.sections import Split, Splitter, split

__all__ = ["Document", "Excerpt", "FamilyView", "MinutesSplitError", "Policy", "Roster", "Split", "Splitter", "split"]
