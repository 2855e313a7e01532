"""Every rule, in an explicit list; their order cannot matter."""

from minutes_split.rules import closed, cues, names, people, standing
from minutes_split.rules.base import RULE_NAMES, Claim, Context, Rule, UnitRule

RULES: tuple[Rule, ...] = (
    names.exact_name,
    names.declared_label,
    names.one_person_of_two_families,
    names.same_full_name,
    names.shared_name,
    names.name_of_a_professional_too,
    names.unlisted_relative,
    names.near_name,
    names.initials,
    names.identifier,
    names.stranger,
    names.professional,
    people.pronoun_of_last,
    people.somebodys_relative,
    people.partner,
    people.relative_on_the_ground,
    people.relative_of_another_family_only,
    people.any_relative,
    people.counted_relatives,
    people.outsider,
    cues.contrast,
    cues.additive,
    cues.cross_reference,
    cues.plural_over_families,
    cues.next_door,
    cues.event,
    cues.somebody,
    cues.unread,
    closed.protected_source,
    closed.not_for_the_family,
)
"""Asked about each mention of the kinds they read."""

UNIT_RULES: tuple[UnitRule, ...] = (
    standing.under_heading,
    standing.back_to_heading,
    standing.same_breath,
    standing.who_was_there,
    closed.closed_part,
)
"""Asked about each unit; they decide only where no mention grants anything."""

BY_KIND: dict[str, tuple[Rule, ...]] = {
    kind: tuple(rule for rule in RULES if kind in RULE_NAMES[rule][1])
    for kind in sorted({kind for rule in RULES for kind in RULE_NAMES[rule][1]})
}

__all__ = ["BY_KIND", "RULES", "RULE_NAMES", "UNIT_RULES", "Claim", "Context", "Rule", "UnitRule"]
