"""A second maker of minutes and of plans with something planted in them.

Written before its author had read `minutes_split.auditing` or `tests/planted.py`, from the table in the issue alone, and
frozen before the first run: a change of the audit may not change this file. Everybody and everything in it is invented.

Changed once, after the first run and with the audit read: meetings drew from one stock of statements, so that what was
planted also stood with five other families, where it is common wording. Now the first meeting has a stock of its own.
Nothing that is planted, and nothing that is done to it, was changed.
"""

from __future__ import annotations

import random
import string
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

MADE = "2nd form; the 1st was run once"

# --- people -------------------------------------------------------------------------------------

_WOMEN = (
    "Bronagh", "Tamsin", "Adaeze", "Rhiannon", "Shazia", "Morwenna", "Lucinda", "Oluchi", "Beatrix", "Katarzyna", "Simran", "Zainab",
    "Philippa", "Gwendolen", "Marguerite", "Ottilie", "Paloma", "Saoirse", "Thandiwe", "Verity",
)  # fmt: skip
_MEN = (
    "Callum", "Emeka", "Gethin", "Imran", "Lachlan", "Marek", "Nathaniel", "Ruairi", "Stefan", "Tobias", "Wojciech", "Yusuf", "Alasdair",
    "Bartholomew", "Cormac", "Desmond", "Ezekiel", "Fergus", "Giuseppe", "Haroon",
)  # fmt: skip
_GIRLS = (
    "Esme",
    "Niamh",
    "Orla",
    "Freya",
    "Ayesha",
    "Chiamaka",
    "Delilah",
    "Elowen",
    "Florence",
    "Hafsa",
    "Isolde",
    "Jemima",
    "Kezia",
)
_BOYS = (
    "Alfie",
    "Kofi",
    "Dylan",
    "Finlay",
    "Zachary",
    "Tomasz",
    "Rafferty",
    "Caspian",
    "Idris",
    "Leopold",
    "Milo",
    "Quentin",
    "Bilal",
)
_SURNAMES = (
    "Threlfall", "Nwachukwu", "Penhaligon", "Siddiqui", "Kowalczyk", "Abernathy", "Braithwaite", "Gallacher", "Hollingbery", "Llewellyn",
    "Mactaggart", "Ogunbanjo", "Pemberton", "Rosenthal", "Szymanski", "Trevanion", "Vasilescu", "Wolstenholme", "Yarrow", "Zielinski",
)  # fmt: skip
_STREETS = (
    "Curlew Road", "Hemlock Close", "Tannery Street", "Larkspur Avenue", "Brickfield Terrace", "Saltings Lane", "Quarry Drive",
    "Willowherb Crescent", "Foundry Court", "Mizzen Way", "Gorse Gardens", "Ropewalk Place",
)  # fmt: skip
_SCHOOLS = (
    "St Bride's Primary",
    "Netherfield Academy",
    "Coldbrook Infants",
    "Wharf Lane Junior",
    "Hillside Nursery",
    "Ashgrove High",
)


@dataclass(frozen=True, slots=True)
class People:
    """One invented family."""

    id: str
    surname: str
    mother: str
    father: str
    children: tuple[str, ...]
    born: tuple[date, ...]
    address: str
    identifier: str
    girls: tuple[bool, ...]

    @property
    def full_names(self) -> tuple[str, ...]:
        return tuple(f"{first} {self.surname}" for first in (self.mother, self.father, *self.children))

    @property
    def firsts(self) -> tuple[str, ...]:
        return (self.mother, self.father, *self.children)


@dataclass(frozen=True, slots=True)
class Meeting:
    """Minutes on three families, what was said of each, and the roster that goes with them."""

    families: tuple[People, ...]
    roster: dict[str, Any] = field(repr=False)
    text: str = field(repr=False)
    said: dict[str, tuple[str, ...]] = field(repr=False)
    """Family id -> its statements of 25 letters and more."""
    short: dict[str, tuple[str, ...]] = field(repr=False)
    """Family id -> its statements shorter than 25 characters."""
    protected: tuple[str, ...] = ()
    """Values of the first family that recipient "f-1" may not get."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A plan in pieces: ("own" | "stock" | "paste" | "plant", text). A pasted piece holds the number of an excerpt."""

    pieces: tuple[tuple[str, str], ...] = field(repr=False)
    kind: str = ""
    recipients: tuple[str, ...] = ()


# --- what is said in a meeting ------------------------------------------------------------------

_SAYING: tuple[str, ...] = (
    "{c} told {his} {teacher} on {day} that {he} had slept {place} because {m} was {state}.",
    "{m} {surname} said that {f} had {deed} and that the children heard everything from {room}.",
    "On {date} a {worker} found {c} {doing} while {f} was {state} in {room}.",
    "{f} {surname} has {count} previous {offence} and is due at {court} on {date}.",
    "{school} reported that {c} arrived {arrival} on {count} mornings in {month}.",
    "{m} agreed that {she} would {promise} before {date}, but it had not been done by {day}.",
    "The {worker} saw {injury} on {c}'s {limb}, which {m} put down to {excuse}.",
    "{c} weighs {weight} kilograms, and the {worker} is worried about {worry}.",
    "Since {month} {m} has been {treatment}, and {f} collects the children from {school}.",
    "There were {count} calls to the police from the {surname} home in {month}, all of them about {trouble}.",
    "{c} {surname} is said to have {childdeed} behind {spot} with two older pupils.",
    "{f} owes {sum} pounds to {creditor} and hides the letters from {m} in {room}.",
    "Nobody had seen {c} between {day} and {date}, when {he} turned up at {spot}.",
    "{m} described how {f} took {her} {thing} and locked {her} in {room} until {time}.",
    "A {worker} counted {count} {rubbish} on the floor of {room}, and {c} was crawling among them.",
    "{c} drew {drawing} in {teacher2} lesson and said that it was about {event}.",
    "{m} missed {count} appointments at {clinic} and rang only once, on {day}, to explain.",
    "{f} was arrested on {date} on suspicion of {crime}, and bailed to {spot}.",
    "The paternal grandmother offered to have {c} at weekends if {m} would {promise}.",
    "{c} has told a friend that {f} {threat} if {he} ever spoke about {event}.",
    "In {month} the landlord served notice because {f} had sublet {room} to strangers for cash.",
    "{m} {surname} has a brother in prison who telephones {c} most {day} evenings without supervision.",
    "The {worker} was refused entry on {date} although somebody could be heard crying in {room}.",
    "{c} carries {weight} keys on a string and says that {he} is the one who locks up at night.",
    "Police body-worn footage from {date} shows {f} dragging a mattress down to {spot}.",
    "{m} disclosed a miscarriage in {month} and has not opened her post or answered the bell since.",
    "{c} asked {his} {teacher} whether people go to prison for what {f} did at {spot}.",
    "A scan on {date} showed an old fracture for which neither {m} nor {f} could account.",
    "{f} admits {count} cans a day and more on {day}, when the wages come.",
    "The dentist had to take out {count} of {c}'s teeth under general anaesthetic in {month}.",
    "{m} keeps {thing} and tablets in one drawer, which {c} can reach from a chair.",
    "Neither parent knew the name of {c}'s {teacher} or what the letter from {school} was about.",
    "{c} {surname} was found at {time} on the hard shoulder, walking towards {spot} in pyjamas.",
    "After the row over {thing} the maternal uncle moved in, and {c} has been wetting the bed ever since.",
    "{f} told the {worker} that he had stopped his tablets in {month} and felt better without them.",
    "{m} has changed her telephone number {count} times because of messages about {event}.",
)

_SLOTS: dict[str, tuple[str, ...]] = {
    "teacher": ("form tutor", "class teacher", "swimming coach", "dinner lady", "head of year", "piano teacher"),
    "teacher2": ("an art", "a science", "a drama", "a history", "a pottery", "an English"),
    "day": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "place": ("in the bath", "under the stairs", "on a garden chair", "at the bus depot", "in the shed", "on the landing carpet"),
    "state": ("asleep with the hob on", "drunk on cider", "shouting at the wall", "out cold", "too low to get up", "not answering"),
    "deed": (
        "kicked the bedroom door off its hinge", "thrown a kettle across the hall", "smashed her phone with a hammer",
        "held a bread knife to the cushions", "poured bleach over her uniform", "cut the brake cable of the buggy",
    ),
    "room": ("the box room", "the kitchen", "the upstairs toilet", "the conservatory", "the back bedroom", "the utility cupboard"),
    "date": tuple(f"{d} {m}" for d in (2, 5, 9, 13, 17, 21, 26, 30) for m in ("January", "April", "June", "September", "November")),
    "worker": ("health visitor", "housing officer", "family support worker", "midwife", "community nurse", "duty social worker"),
    "doing": (
        "eating dry pasta from the packet", "asleep in a wet cot", "playing with a lighter", "alone in the yard without shoes",
        "drinking from the dog's bowl", "changing the baby by torchlight",
    ),
    "count": ("three", "four", "six", "seven", "nine", "eleven", "fourteen"),
    "offence": ("convictions for battery", "cautions for theft", "convictions for supplying cannabis", "warnings for harassment"),
    "court": ("the magistrates' court", "the Crown Court", "the family court", "the county court"),
    "arrival": ("without a coat", "after ten o'clock", "smelling of smoke", "in yesterday's clothes", "hungry and tearful"),
    "month": ("January", "February", "March", "July", "August", "October", "December"),
    "promise": (
        "change the locks", "hand back the second set of keys", "register with a dentist", "stop leaving the twins with lodgers",
        "fit a gate at the top of the stairs", "see the drugs counsellor", "move the rabbit cages outside",
    ),
    "injury": ("a burn the size of a coin", "four round bruises", "a bite mark", "a healing cut", "yellow bruising", "a graze"),
    "limb": ("left forearm", "right calf", "lower back", "left ear", "right shoulder", "shin"),
    "excuse": ("a fall from the trampoline", "the neighbour's terrier", "rough play", "hot soup", "the buggy strap", "eczema"),
    "weight": ("eleven", "thirteen", "nineteen", "twenty-two", "twenty-seven", "thirty-one"),
    "worry": ("his growth since the spring", "how little is eaten at home", "the family's diet", "another drop since the last clinic"),
    "treatment": (
        "on a methadone script", "seeing a psychiatrist in town", "taking sertraline on and off", "an inpatient on Rowan ward",
        "waiting for a bed in detox", "having weekly injections",
    ),
    "trouble": ("shouting after midnight", "a barking dog and broken glass", "people trying the door", "loud music", "a missing car"),
    "childdeed": ("set fire to a bin", "swallowed tablets", "sold vapes", "shared photographs", "carried a screwdriver", "sniffed glue"),
    "spot": ("the leisure centre", "the old cinema", "his aunt's flat", "the canal bridge", "the retail park", "a cousin's caravan"),
    "sum": ("six hundred", "two thousand", "ninety", "eleven thousand", "four hundred and fifty"),
    "creditor": ("a loan shark", "the catalogue", "the energy company", "a man from the pub", "his former landlord"),
    "thing": ("bank card", "passport", "house keys", "maternity notes", "hearing aid", "inhaler"),
    "time": ("four in the morning", "the school run", "late on Sunday", "his shift began", "the police came"),
    "rubbish": ("used needles", "full nappies", "beer cans", "broken plates", "cigarette ends", "bags of rotten food"),
    "drawing": ("a man without a face", "a house with no door", "a red cellar", "a grave", "herself in a cage", "a snake in a bed"),
    "event": ("the night of the fire", "the caravan holiday", "what happens on Fridays", "the baby", "the day of the wedding"),
    "clinic": ("the asthma clinic", "the hearing clinic", "the antenatal clinic", "the eye hospital", "speech therapy"),
    "crime": ("false imprisonment", "sexual assault of a minor", "arson", "child neglect", "coercive control", "handling stolen goods"),
    "threat": ("would drown the kittens", "would burn the house down", "would send him to his uncle", "would break her fingers"),
}  # fmt: skip

_SHORT = (
    "Gas is capped off.", "No bed, only a mattress.", "Sleeps in a car.", "Bitten by a rat.", "HIV positive.", "On bail for arson.", "Owes the dealer money.",
    "Wets the bed nightly.", "Two teeth rotten.", "Pawned the cot.", "Cuts her arms.", "Steals from shops.", "Drinks before noon.", "No longer breathing well.",
    "Has a tag on his ankle.", "Expelled for a knife.", "Pregnant, 14 weeks.", "Uses crack daily.", "Lost her job in May.", "Bruised both knees.", "Hoards raw meat.",
    "Ran off to Hull.", "Banned from the pool.", "Head lice untreated.", "Eviction on Monday.", "Hears a voice.", "Is being groomed.", "Set the sofa alight.",
)  # fmt: skip

_OWN = (
    "We want every child in this home to wake up to a warm breakfast and somebody who is sober.",
    "The aim of this plan is that the adults who matter to the children pull in one direction.",
    "If nothing changes by the summer, we are likely to ask a solicitor what our options are.",
    "Grown-ups in this family love the children and have kept going through a hard winter.",
    "We are frightened that a small mishap at night could turn into something nobody can undo.",
    "What helps: the regular Sunday lunch, and an honest phone call when a week is going badly.",
    "The first thing to sort out is who picks up when the usual person cannot.",
    "Let us know in your own words which part of this plan makes no sense to you.",
    "By the next visit there should be a list of five people whom the children can ring.",
    "Praise matters here, because everybody in the room has heard plenty of the other thing.",
    "A good month would look like this: lights out on time, no rows after tea, and a joke or two.",
    "Whoever reads this aloud to the little ones should leave out the paragraph on money.",
    "The worry is not one bad evening but the pattern that a dozen bad evenings make together.",
    "We promise to turn up when we said we would, and to say sorry when we do not manage it.",
    "Small steps count, and we will write each of them down on the sheet on the fridge.",
    "It is fair to ask for a different worker, and nobody will hold that against you.",
)  # fmt: skip

_STOCK = (
    "The child protection plan will be reviewed at the next conference.",
    "The core group will meet within ten working days of the conference.",
    "Parents were given the complaints leaflet and the contact details of the advocacy service.",
    "The threshold of significant harm was considered by all agencies present.",
    "Any further concerns should be reported to the multi-agency safeguarding hub without delay.",
    "The social worker will visit at least every ten working days and see the children alone.",
    "Agencies agreed to share information in line with the local protocol.",
    "The chair thanked everybody for their attendance and closed the meeting.",
)
_TITLES = (
    "Danger and harm",
    "What is going well",
    "What needs to happen",
    "Who does what",
    "What we are worried about",
)


def _filled(pattern: str, people: People, rng: random.Random) -> str:
    child = rng.randrange(len(people.children))
    girl = people.girls[child]
    values = {name: rng.choice(options) for name, options in _SLOTS.items()}
    values |= {
        "c": people.children[child],
        "m": people.mother,
        "f": people.father,
        "surname": people.surname,
        "he": "she" if girl else "he",
        "his": "her" if girl else "his",
        "she": "she",
        "her": "her",
        "school": rng.choice(_SCHOOLS),
    }
    sentence = pattern.format(**values)
    return sentence[0].upper() + sentence[1:]


def _family(family_id: str, rng: random.Random, taken: set[str]) -> People:
    def pick(names: tuple[str, ...]) -> str:
        name = rng.choice([name for name in names if name not in taken])
        taken.add(name)
        return name

    girls = tuple(rng.random() < 0.5 for _ in range(rng.randint(1, 3)))
    return People(
        family_id,
        pick(_SURNAMES),
        pick(_WOMEN),
        pick(_MEN),
        tuple(pick(_GIRLS if girl else _BOYS) for girl in girls),
        tuple(date(rng.randint(2009, 2021), rng.randint(1, 12), rng.randint(1, 28)) for _ in girls),
        f"{rng.randint(2, 98)} {pick(_STREETS)}",
        f"{rng.randint(1_000_000, 9_999_999)}",
        girls,
    )


def _rostered(people: People, protected: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": people.id,
        "label": f"{people.surname} family",
        "addresses": [people.address],
        "identifiers": [people.identifier],
        "people": [
            {"name": f"{people.mother} {people.surname}", "role": "mother", "sex": "F"},
            {"name": f"{people.father} {people.surname}", "role": "father", "sex": "M"},
            *(
                {
                    "name": f"{name} {people.surname}",
                    "role": "child",
                    "sex": "F" if girl else "M",
                    "dob": born.isoformat(),
                }
                for name, girl, born in zip(people.children, people.girls, people.born, strict=True)
            ),
        ],
    }
    if protected:
        told["protected"] = [{"value": value, "kind": kind, "from": ["f-1"]} for value, kind in protected]
        told["recipients"] = [{"id": "f-1", "role": "father"}, {"id": "m-1", "role": "mother"}]
    return told


def world(seed: int, *, others: int = 5) -> tuple[Meeting, ...]:
    """A meeting on family A and two more, and other meetings, which share stock phrases with it and no statement."""
    rng = random.Random(f"second world {seed}")
    patterns = rng.sample(_SAYING, len(_SAYING))
    shorts = rng.sample(_SHORT, len(_SHORT))
    first = meeting(seed, patterns[:18], shorts[:12])
    return first, *(meeting(1000 * (seed + 1) + n, patterns[18:36], shorts[12:24]) for n in range(others))


def meeting(seed: int, patterns: Sequence[str], shorts: Sequence[str]) -> Meeting:
    """Minutes on three families, each under its own heading, with procedure around them.

    No two families of it have a statement made from one pattern.
    """
    rng = random.Random(f"second {seed}")
    taken: set[str] = set()
    patterns = rng.sample(patterns, len(patterns))
    shorts = rng.sample(shorts, len(shorts))
    statements = len(patterns) // 3
    families = tuple(_family(name, rng, taken) for name in ("A", "B", "C"))
    hidden = (
        (f"{rng.randint(2, 98)} {rng.choice([s for s in _STREETS if s not in taken])}", "address"),
        (f"07700 900{rng.randint(100, 999)}", "phone"),
    )
    said: dict[str, tuple[str, ...]] = {}
    short: dict[str, tuple[str, ...]] = {}
    lines = ["Minutes of the strategy meeting", "", "Present: the chair, the police, health and education.", ""]
    for number, people in enumerate(families, 1):
        lines += [f"{number}. {people.surname} family", ""]
        long = tuple(_filled(patterns.pop(), people, rng) for _ in range(statements))
        brief = tuple(shorts.pop() for _ in range(4))
        said[people.id], short[people.id] = long, brief
        rest = [*long]
        while rest:
            count = rng.randint(1, 4)
            lines += [" ".join(rest[:count]), ""]
            rest = rest[count:]
        lines += [f"- {each}" for each in brief] + [""]
    lines += ["4. Close", "", *rng.sample(_STOCK, 4), ""]
    roster = {
        "families": [_rostered(people, hidden if people.id == "A" else ()) for people in families],
        "professionals": [{"name": "Dr Anselm Fothergill", "role": "paediatrician"}],
    }
    return Meeting(families, roster, "\n".join(lines), said, short, tuple(value for value, _ in hidden))


# --- what a hurried author does to copied words -------------------------------------------------

_KEYS = {
    "a": "sq",
    "e": "wr",
    "i": "uo",
    "o": "ip",
    "n": "bm",
    "t": "ry",
    "s": "ad",
    "r": "et",
    "l": "k",
    "d": "sf",
    "h": "gj",
    "c": "xv",
}


def _typo(word: str, rng: random.Random) -> str:
    if len(word) < 4 or not word.isalpha():
        return word
    place = rng.randrange(1, len(word) - 1)
    how = rng.randrange(4)
    if how == 0:
        return word[:place] + word[place + 1 :]
    if how == 1:
        return word[:place] + word[place] + word[place:]
    if how == 2:
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return word[:place] + rng.choice(_KEYS.get(word[place], string.ascii_lowercase)) + word[place + 1 :]


def with_typos(sentence: str, rng: random.Random) -> str:
    """About one slip in seven words, at least one."""
    words = sentence.split(" ")
    able = [i for i, word in enumerate(words) if len(word) >= 4 and word.isalpha()]
    for place in rng.sample(able, min(len(able), max(1, len(words) // 7))):
        words[place] = _typo(words[place], rng)
    return " ".join(words)


def with_names_of(sentence: str, theirs: People, ours: People) -> str:
    """The same sentence with the names of the plan's family."""
    children = ours.children * 3
    pairs = [
        (theirs.mother, ours.mother),
        (theirs.father, ours.father),
        (theirs.surname, ours.surname),
        *zip(theirs.children, children, strict=False),
    ]
    for old, new in pairs:
        sentence = sentence.replace(old, new)
    return sentence


_TENSES = {
    "was": "is", "were": "are", "had": "has", "has": "had", "is": "was", "are": "were", "said": "says", "told": "tells", "found": "finds",
    "saw": "sees", "reported": "reports", "agreed": "agrees", "described": "describes", "missed": "misses", "rang": "rings",
    "owes": "owed", "hides": "hid", "took": "takes", "counted": "counts", "drew": "draws", "offered": "offers", "would": "will",
}  # fmt: skip
_PRONOUNS = {
    "he": "they",
    "she": "they",
    "his": "their",
    "her": "their",
    "him": "them",
    "He": "They",
    "She": "They",
    "Her": "Their",
}


def with_other_tense(sentence: str) -> str:
    """The same sentence in another tense, with other pronouns."""
    changes = _TENSES | _PRONOUNS
    return " ".join(changes.get(word, word) for word in sentence.split(" "))


def as_word_pastes_it(sentence: str, rng: random.Random) -> str:
    """The same letters with curly quotes, a no-break space, a wrapped line or a double space."""
    words = sentence.replace("'", "’").split(" ")
    gaps = [rng.choice((" ", " ", " ", "  ", "\u00a0", "\n")) for _ in words[:-1]]
    return "".join(word + gap for word, gap in zip(words, [*gaps, ""], strict=True))


# --- plants -------------------------------------------------------------------------------------


def _window(sentence: str, words: int, rng: random.Random) -> str:
    all_words = sentence.split(" ")
    start = rng.randint(0, max(0, len(all_words) - words))
    return " ".join(all_words[start : start + words])


def _other(m: Meeting, rng: random.Random) -> People:
    return rng.choice(m.families[1:])


def _sentence(m: Meeting, people: People, rng: random.Random, least: int = 9) -> str:
    return rng.choice([s for s in m.said[people.id] if len(s.split()) >= least])


_AROUND = (
    "We should also keep {x} in mind when this is read.",
    "Somebody wrote {x} on the back of the form.",
    "Please leave {x} out of the letter.",
    "Then there is {x} to think about.",
)


def _around(x: str, rng: random.Random) -> str:
    return rng.choice(_AROUND).format(x=x)


def _near(name: str, rng: random.Random) -> str:
    first, _, last = name.partition(" ")
    while True:
        changed = _typo(last, rng) if len(first) < 5 or rng.random() < 0.5 else ""
        told = f"{first} {changed}" if changed else f"{_typo(first, rng)} {last}"
        if told != name:
            return told


def _born(born: date, rng: random.Random) -> str:
    month = born.strftime("%B")
    return rng.choice(
        (
            f"{born.day} {month} {born.year}",
            f"{born.day:02}/{born.month:02}/{born.year}",
            f"{born.day}.{born.month}.{born.year}",
            f"{born.isoformat()}",
            f"{month} {born.day}, {born.year}",
            f"{born.day}{'th' if 4 <= born.day <= 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(born.day % 10, 'th')} {month} {born.year}",
        )
    )


def _address(address: str, rng: random.Random) -> str:
    short = {
        "Road": "Rd",
        "Street": "St",
        "Avenue": "Ave",
        "Lane": "Ln",
        "Close": "Cl",
        "Drive": "Dr",
        "Terrace": "Terr",
        "Crescent": "Cres",
    }
    number, _, street = address.partition(" ")
    cut = " ".join(short.get(word, word) for word in street.split(" "))
    return rng.choice((address, address.upper(), f"{number}, {street}", f"{number} {cut}", f"{number}\u00a0{street}"))


def _identifier(identifier: str, rng: random.Random) -> str:
    return rng.choice((identifier, f"{identifier[:3]} {identifier[3:]}", f"{identifier[:3]}-{identifier[3:]}"))


def _protected(value: str, rng: random.Random) -> str:
    if value.startswith("07700"):
        digits = value.replace(" ", "")
        return rng.choice((value, digits, f"{digits[:5]}-{digits[5:]}", f"+44 {digits[1:5]} {digits[5:]}"))
    return _address(value, rng)


def _sentence_plant(
    change: Callable[[str, Meeting, People, random.Random], str],
) -> Callable[[Meeting, random.Random], str]:
    def plant(m: Meeting, rng: random.Random) -> str:
        people = _other(m, rng)
        return change(_sentence(m, people, rng), m, people, rng)

    return plant


PLANTS: dict[str, Callable[[Meeting, random.Random], str]] = {
    "verbatim sentence": _sentence_plant(lambda s, m, p, rng: s),
    "as Word pastes it": _sentence_plant(lambda s, m, p, rng: as_word_pastes_it(s, rng)),
    "verbatim 12 words": lambda m, rng: _window(_sentence(m, _other(m, rng), rng, 13), 12, rng),
    "7 words": lambda m, rng: _window(_sentence(m, _other(m, rng), rng), 7, rng),
    "short statement": lambda m, rng: rng.choice(m.short[_other(m, rng).id]),
    "typos": _sentence_plant(lambda s, m, p, rng: with_typos(s, rng)),
    "names swapped": _sentence_plant(lambda s, m, p, rng: with_names_of(s, p, m.families[0])),
    "tense and pronouns": _sentence_plant(lambda s, m, p, rng: with_other_tense(s)),
    "names, tense and typos": _sentence_plant(
        lambda s, m, p, rng: with_typos(with_other_tense(with_names_of(s, p, m.families[0])), rng)
    ),
    "name": lambda m, rng: _around(rng.choice(_other(m, rng).full_names), rng),
    "first name": lambda m, rng: _around(rng.choice(_other(m, rng).firsts), rng),
    "near name": lambda m, rng: _around(_near(rng.choice(_other(m, rng).full_names), rng), rng),
    "date of birth": lambda m, rng: _around(_born(rng.choice(_other(m, rng).born), rng), rng),
    "address": lambda m, rng: _around(_address(_other(m, rng).address, rng), rng),
    "identifier": lambda m, rng: _around(_identifier(_other(m, rng).identifier, rng), rng),
    "protected value": lambda m, rng: _around(_protected(rng.choice(m.protected), rng), rng),
}
"""What is planted, by the words of the table in the issue."""

AT_LEAST = {
    "verbatim sentence": 1.0, "as Word pastes it": 1.0, "verbatim 12 words": 1.0, "7 words": 0.95, "short statement": 1.0, "typos": 0.97,
    "names swapped": 0.97, "tense and pronouns": 0.97, "name": 1.0, "first name": 1.0, "near name": 0.95, "date of birth": 1.0, "address": 1.0,
    "identifier": 1.0, "protected value": 1.0,
}  # fmt: skip
"""The recall that the issue asks for; all three edits at once are reported only."""


def draft(m: Meeting, seed: int, *, kind: str | None, excerpts: int) -> Draft:
    """A plan for family A: a third own words, stock phrases, excerpts by number, and one plant or none.

    The plant stands alone or between own words, as a hurried author leaves it.
    """
    rng = random.Random(f"second draft {seed} {kind}")
    pieces = [("own", text) for text in rng.sample(_OWN, 5)] + [("stock", text) for text in rng.sample(_STOCK, 3)]
    pieces += [("paste", str(number)) for number in rng.sample(range(excerpts), min(excerpts, 7))]
    rng.shuffle(pieces)
    if kind is not None:
        planted = PLANTS[kind](m, rng)
        pieces.insert(rng.randint(0, len(pieces)), ("plant", planted))
    return Draft(tuple(pieces), kind or "", ("f-1",) if kind == "protected value" else ())


def titles(count: int) -> Iterator[str]:
    """A field's title for each piece of a plan, in blocks."""
    for number in range(count):
        yield _TITLES[min(number // 3, len(_TITLES) - 1)]
