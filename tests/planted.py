"""Invented minutes and plans, with another family's words planted in them.

Written before the audit and frozen: the audit is not to be fitted to it, nor
it to the audit. All names, streets and numbers are invented; NHS numbers are
from the 999 test range, telephone numbers from the range kept for drama.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from minutes_split.attribution import Unit
from minutes_split.document import Document
from minutes_split.guard import Excerpt, family_view
from minutes_split.plan import Plan
from minutes_split.policy import Policy
from minutes_split.roster import Roster
from minutes_split.spans import Span


def _each(listed: str) -> list[str]:
    return listed.replace("\n", "|").split("|")


SURNAMES = (
    "Abara Bexley Caddick Dunmore Ekpo Farrant Gorringe Haxby Ibbotson Jessop Kettley Lomas Marwood Nkemelu Oyelaran "
    "Pargeter Quarrie Rashleigh Stott Tarbuck Umarov Venables Whitlock Yarnold Zielonka Brackley Coulthard"
)
GIRLS = "Aaliyah Bronwen Carys Demi Efua Freya Gwenda Hafsa Imogen Jodie Kezia Lacey Mabli Nerys Oluchi Poppy"
BOYS = "Alfie Bilal Connor Declan Ebo Finley Gethin Hamza Idris Jayden Kofi Lewis Mateusz Nathan Osian Piotr"
WOMEN = "Agnieszka Bethan Chantelle Donna Esther Fatima Gemma Hayley Ifeoma Joanne Kayleigh Leanne Michaela Nadia"
MEN = "Aidan Barry Craig Darren Emeka Frank Gareth Hussein Ivor Jermaine Kelvin Liam Mihai Nigel Ollie Przemek"
STREETS = """Sallow Close|Tanner Row|Bishopdale Road|Quarry Bank|Larkspur Avenue|Mill Lane|Coppice Drive|Harbour Terrace
Denby Court|Swallow Street|Priory Crescent|Foundry Lane|Ash Tree Gardens|Chapel Hill|Windmill Road|Station Parade"""
STREET_NAMES = _each(STREETS)
PROFESSIONALS = ["Paula Henshaw", "Neil Croft", "Shamila Begum", "Jon Prewitt", "Dr Priya Nair"]

DID = _each("""threw|hid|broke|was seen with|asked for|lied about|sold|took|set fire to|was hit with|wrote on|swapped|lost|owes for
was found beside|ran off with|cried over|talked about|was sick on|cut up|kept back|was hurt by|drew on|shouted about|dreams of
is scared of|fell over|was given|cannot find|will not leave|paid for|stole|smashed|dropped|slept beside|posted a film of""")
LIKE = _each(
    "old|blue|wet|long|cheap|heavy|torn|spare|rusty|second|red|big|small|sharp|new|dirty|locked|paper|metal|green"
)
THINGS = _each("""phone|knife|brick|charger|plank|bottle|belt|lead|bag|coat|bike|drill|ladder|sofa|purse|cooker|mattress|window|letter
tablet|scarf|shed key|gas card|bus pass|hammer|kettle|radio|tent|skateboard|trampoline|mirror|camera|rabbit hutch""")
PLACES = _each("""bus shelter|canal|youth club|stairwell|corner shop|retail park|bowling green|garages|mosque|chapel|surgery|library
market|launderette|allotments|skate park|taxi rank|food bank|car wash|leisure centre|quarry|boat yard|depot""")
NEAR = _each("near|behind|outside|by|at|beyond|inside")
TOLD = _each("""and told {m}|and {m} cried|but {f} denies it|so {c} stayed off|and nobody helped|which {f} regrets|as {m} slept|and was cautioned
so the GP was rung|and school knows|while drunk|with a sprained wrist|and wants no help|so police came|and hurt his jaw|after a row""")
MONTHS = _each("January|February|March|April|May|June|July|August|September|October|November|December")
SHORT = _each("""{c} hit him.|She is pregnant.|He was arrested.|{m} uses cocaine.|Dad is in prison.|She lied about it.|HIV positive.
He set the fire.|{c} self-harms.|On bail for theft.|Mum drinks at noon.|{f} was violent.|They owe rent.|Sleeps in the car.
He sold the {thing}.|She hid the {thing}.|Dad stole the {thing}.|{c} took a {thing}.|No {thing} in the flat.|Lost her {thing}.""")
STOCK = """Information was shared on the basis that it stays with those who need it.
The social worker will visit every ten working days.
The child's wishes and feelings were sought and recorded.
All agencies agreed that the threshold for the plan is met.
The core group will meet every six weeks to review progress.
School to keep a chronology and share it before the next meeting.
The family network will be explored at a family group conference.
Parents to attend all health appointments and tell the school nurse of any change.
No further concerns were raised by the agencies present.
The lead professional will send the plan within five working days.
A written agreement is in place and was gone through with the parents."""
PROCEDURE = """The chair thanked everyone for coming and introductions were made.
It was agreed to meet again in six weeks.
Apologies were received from the GP surgery.
The minutes of the last meeting were agreed as a true record.
Any other business: none."""
OWN = """We are worried that {c} could be hurt when the adults argue at home.
{m} has started to ask for help earlier and we want to build on that.
By the next review {c} should be in school on time four days out of five.
{c} says that bedtime is the best part of the day when there is a story.
The social worker will see {c} alone and ask what a good week looks like.
{m} and the health visitor will look at sleep and meals together.
If things get worse {m} will ring the duty team or a trusted neighbour.
A grandparent has offered to collect {c} from school on Mondays.
We think that {m} knows what has to change and can tell us in her own words.
{c} needs to know who to talk to when there is shouting.
The school will give {c} a quiet place and a named adult.
{m} will keep a diary of what helps and bring it to the visit.
The danger is that {c} is alone in the house at night and gets hurt.
We will know it is working when {c} is rested and talks about friends.
{c}'s teacher will write down what is said and share it the same day.
The plan for contact is written with {m} and read out to {c}.
What works well is the morning routine and the link with the breakfast club.
The family would like one worker who does not change every month."""
TENSE = {
    "was": "is", "were": "are", "had": "has", "said": "says", "told": "tells", "came": "comes", "went": "goes",
    "has": "had", "is": "was", "does": "did", "took": "takes", "hit": "hits", "owes": "owed", "cried": "cries",
    "found": "finds", "left": "leaves", "ran": "runs", "lost": "loses", "admitted": "admits", "showed": "shows",
    "he": "they", "she": "they", "his": "their", "her": "their", "him": "them", "they": "he", "their": "his",
}  # fmt: skip
"""What a hurried hand changes when it adapts a sentence to another child."""


@dataclass(frozen=True)
class Minutes:
    """What a split looks like to the audit."""

    document: Document
    units: tuple[Unit, ...]
    roster: Roster
    policy: Policy


@dataclass(frozen=True)
class House:
    """One invented family."""

    family: str
    surname: str
    child: str
    mother: str
    father: str
    born: date
    address: str
    nhs: str
    refuge: str

    def record(self) -> dict[str, object]:
        return {
            "id": self.family,
            "people": [
                {"name": f"{self.child} {self.surname}", "role": "child", "dob": self.born.isoformat()},
                {"name": f"{self.mother} {self.surname}", "role": "mother", "sex": "F"},
                {"name": f"{self.father} {self.surname}", "role": "father", "sex": "M"},
            ],
            "addresses": [self.address],
            "identifiers": [self.nhs],
            "protected": [{"value": self.refuge, "kind": "address"}],
        }

    def fill(self, template: str, rng: random.Random) -> str:
        told = template.format(c=self.child, m=self.mother, f=self.father, thing=rng.choice(THINGS))
        return told[0].upper() + told[1:]

    def told(self, who: str, rng: random.Random) -> str:
        """A statement that begins with `who`."""
        thing = f"{rng.choice(('a', 'the', 'that'))} {rng.choice(LIKE)} {rng.choice(THINGS)}"
        place = f"{rng.choice(NEAR)} the {rng.choice(PLACES)}"
        hour = f"{rng.randrange(1, 12)}.{rng.randrange(60):02}pm"
        when = rng.choice(
            [f"on {rng.randrange(1, 29)} {rng.choice(MONTHS)}", f"at {hour}", f"for {rng.randrange(2, 30)} days"]
        )
        tail = rng.choice(["", f" {rng.choice(TOLD)}"])
        return self.fill(f"{who} {rng.choice(DID)} {thing} {place} {when}{tail}.", rng)


@dataclass(frozen=True)
class World:
    """Several sets of minutes that one author could open; the plan is for the first family."""

    houses: tuple[House, ...]
    minutes: tuple[Minutes, ...]

    @property
    def target(self) -> House:
        return self.houses[0]

    def excerpts(self) -> list[Excerpt]:
        """What the target's views hold, over all minutes."""
        return [
            excerpt
            for one in self.minutes
            if one.roster.family(self.target.family)
            for excerpt in family_view(
                one.document, one.units, self.target.family, roster=one.roster, policy=one.policy
            ).excerpts
        ]

    def is_own(self, words: str) -> bool:
        """Whether the words stand in something that is the target's, or everybody's."""
        small = words.casefold().strip(" .,")
        own = frozenset({self.target.family})
        return any(
            small in unit.span.within(one.document.text).casefold()
            for one in self.minutes
            for unit in one.units
            if unit.parties in (own, frozenset()) or unit.span.within(one.document.text).strip() in STOCK.split("\n")
        )

    def foreign(self) -> Iterator[tuple[House, str]]:
        """Every statement of one other family, with that family."""
        by_id = {house.family: house for house in self.houses}
        for one in self.minutes:
            for unit in one.units:
                parties = unit.parties or frozenset()
                if len(parties) == 1 and self.target.family not in parties and unit.block >= 0:
                    yield by_id[next(iter(parties))], unit.span.within(one.document.text).strip()


def houses(rng: random.Random, count: int) -> tuple[House, ...]:
    """Families with nothing in common but the town."""
    surnames, girls, boys = (rng.sample(names.split(), len(names.split())) for names in (SURNAMES, GIRLS, BOYS))
    women, men = (rng.sample(names.split(), len(names.split())) for names in (WOMEN, MEN))
    streets = rng.sample(STREET_NAMES, len(STREET_NAMES))
    return tuple(
        House(
            f"F{i}",
            surnames[i % len(surnames)],
            (girls if i % 2 else boys)[i % len(girls)],
            women[i % len(women)],
            men[i % len(men)],
            date(2008 + rng.randrange(12), 1 + rng.randrange(12), 1 + rng.randrange(28)),
            f"{11 + 2 * i} {streets[i % len(streets)]}, Thornwick, ZZ{10 + i} {rng.randrange(1, 9)}AB",
            f"999 {rng.randrange(100, 999)} {rng.randrange(1000, 9999)}",
            f"{200 + i} {streets[(i + 7) % len(streets)]}",
        )
        for i in range(count)
    )


def world(seed: int, *, families: int = 8, documents: int = 6, statements: int = 12) -> World:
    """Minutes of several meetings, each on three of the families."""
    rng = random.Random(seed)
    homes = houses(rng, families)
    taken: dict[str, str] = {}
    made = []
    for number in range(documents):
        others = rng.sample(homes[1:], min(2, len(homes) - 1))
        present = [homes[0], *others] if number % 2 == 0 else others
        made.append(_minutes(rng, present, f"minutes-{seed}-{number}", statements, taken))
    return World(homes, tuple(made))


Row = tuple[str, str, frozenset[str] | None, str | None]


def _minutes(rng: random.Random, present: list[House], name: str, statements: int, taken: dict[str, str]) -> Minutes:
    rows: list[Row] = [(line, "nobody", frozenset(), None) for line in PROCEDURE.split("\n")[:3]]
    for house in present:
        own = frozenset({house.family})
        rows.append((f"{house.surname} family", "owned", own, "named"))
        said: list[Row] = []
        for i in range(statements):
            who = ("{c}", "{m}", "{f}")[i % 3] if i % 4 else rng.choice(["She", "He", "They", "Mum", "Dad"])
            told = _alone(partial(house.told, who, rng), house, taken)
            named = any(one in told for one in (house.child, house.mother, house.father))
            said.append((told, "owned", own, "named" if named else "carried"))
        for _ in range(max(2, statements // 5)):
            told = _alone(partial(_short_of, house, rng), house, taken)
            said.append((told, "owned", own, "carried"))
        said += [(line, "owned", own, "carried") for line in rng.sample(STOCK.split("\n"), 4)]
        other = rng.choice([h for h in present if h is not house])
        both = f"{house.child} said that {other.child} hid the {rng.choice(LIKE)} {rng.choice(THINGS)} in the shed."
        said.append((both, "mixed", frozenset({house.family, other.family}), None))
        said.append((f"Somebody rang about the {rng.choice(PLACES)} again.", "unresolved", None, None))
        rng.shuffle(said)
        rows += said
    rows += [(line, "nobody", frozenset(), None) for line in PROCEDURE.split("\n")[3:]]
    return _built(rows, present, name)


def _short_of(house: House, rng: random.Random) -> str:
    return house.fill(rng.choice(SHORT), rng)


def _alone(make: Callable[[], str], house: House, taken: dict[str, str]) -> str:
    """A statement that shares no 25 characters, and as a short one nothing, with another family's.

    What families share in life are the stock phrases; these are put in on purpose.
    """
    for _ in range(1000):
        told = make()
        small = told.casefold().strip(".")
        grams = [small[i : i + 25] for i in range(max(1, len(small) - 24))]
        if all(taken.get(gram, house.family) == house.family for gram in grams):
            taken.update(dict.fromkeys(grams, house.family))
            return told
    raise AssertionError("the vocabulary is used up")


def _built(rows: list[tuple[str, str, frozenset[str] | None, str | None]], present: list[House], name: str) -> Minutes:
    text, units, start, heading = "", [], 0, ()
    for number, (told, status, parties, basis) in enumerate(rows):
        text += told + ("\n" if told.endswith("family") or number % 3 == 2 else " ")
        key = hashlib.sha256(f"{name}/{number}".encode()).hexdigest()[:16]
        cleared = parties if status == "owned" and parties else frozenset()
        units.append(
            Unit(
                number=number,
                span=Span(start, len(text)),
                key=key,
                block=number,
                status=status,  # type: ignore[arg-type]
                parties=parties,
                strength="certain" if cleared else None,
                basis=basis,  # type: ignore[arg-type]
                cleared_for=cleared,
                headings=() if told.endswith("family") else heading,
                reasons=("planted",),
            )
        )
        if told.endswith("family"):
            heading = (number,)
        start = len(text)
    roster = Roster.load(
        {"families": [house.record() for house in present], "professionals": [{"name": n} for n in PROFESSIONALS]}
    )
    return Minutes(Document.from_text(text, document_id=name), tuple(units), roster, Policy())


# --- plans --------------------------------------------------------------------------------------


def clean_plan(made: World, rng: random.Random) -> Plan:
    """A plan without anything of others: a third excerpts, a third own words, a third stock phrases."""
    plan = Plan(made.target.family, purpose="child protection plan")
    excerpts = made.excerpts()
    for title in ("What we are worried about", "What is working well", "What needs to happen"):
        for excerpt in rng.sample(excerpts, min(5, len(excerpts))):
            plan = plan.paste(excerpt, field=title)
        for template in rng.sample(OWN.split("\n"), 5):
            plan = plan.write(made.target.fill(template, rng), field=title)
        for line in rng.sample(STOCK.split("\n"), 4):
            plan = plan.write(line, field=title)
    return plan


@dataclass(frozen=True)
class Planted:
    """A plan with something of another family in it, and where it stands in the draft's text."""

    kind: str
    plan: Plan
    where: Span


def planted_plan(made: World, kind: str, rng: random.Random) -> Planted | None:
    """A clean plan with one thing of `kind` planted; `None` if these minutes hold nothing of that kind."""
    words = next((w for w in (KINDS[kind](made, rng) for _ in range(50)) if w and not made.is_own(w)), None)
    if words is None:
        return None
    plan = clean_plan(made, rng)
    before, behind = rng.choice([("", ""), ("It is known that ", ""), ("", " We will come back to this.")])
    if words[:1].isupper() and before and words.split()[0].casefold() in TENSE:
        words = words[0].lower() + words[1:]
    plan = plan.write(f"{before}{words}{behind}", field=rng.choice(plan.fields))
    written = plan.layout[max(i for i, p in enumerate(plan.layout) if p.entry == len(plan.entries) - 1)].span
    start = written.start + len(before)
    return Planted(kind, plan, Span(start, start + len(words)))


def _statement(made: World, rng: random.Random, *, least: int = 25, most: int = 10_000) -> tuple[House, str] | None:
    stock = set(STOCK.split("\n"))
    fit = [(h, t) for h, t in made.foreign() if least <= len(t) <= most and t not in stock and not t.endswith("family")]
    return rng.choice(fit) if fit else None


def _sentence(made: World, rng: random.Random) -> str | None:
    found = _statement(made, rng)
    return found[1] if found else None


def _run_of(count: int) -> Callable[[World, random.Random], str | None]:
    def run(made: World, rng: random.Random) -> str | None:
        fit = [t.split() for _, t in made.foreign() if len(t.split()) >= count and t not in set(STOCK.split("\n"))]
        if not fit:
            return None
        words = rng.choice(fit)
        start = rng.randrange(len(words) - count + 1)
        return " ".join(words[start : start + count])

    return run


def _short(made: World, rng: random.Random) -> str | None:
    found = _statement(made, rng, least=2, most=24)
    return found[1] if found else None


def _typos(made: World, rng: random.Random) -> str | None:
    found = _statement(made, rng)
    if found is None:
        return None
    letters = list(found[1])
    for _ in range(max(1, len(letters) // 30)):
        at = rng.randrange(1, len(letters) - 1)
        if letters[at].isalpha():
            letters[at : at + 1] = rng.choice([[], [letters[at]] * 2, [rng.choice("aeinorst")]])
    return "".join(letters)


def _named_statement(made: World, rng: random.Random) -> tuple[House, str] | None:
    for _ in range(200):
        found = _statement(made, rng)
        if found and any(n in found[1] for n in (found[0].child, found[0].mother, found[0].father)):
            return found
    return None


def _swapped(made: World, rng: random.Random) -> str | None:
    found = _named_statement(made, rng)
    if found is None:
        return None
    house, told = found
    for theirs, ours in zip(
        (house.child, house.mother, house.father),
        (made.target.child, made.target.mother, made.target.father),
        strict=True,
    ):
        told = told.replace(theirs, ours)
    return told


def _tense(made: World, rng: random.Random) -> str | None:
    for _ in range(200):
        found = _statement(made, rng)
        if found is None:
            return None
        told = re.sub(r"\b[a-z]+\b", lambda m: TENSE.get(m[0], m[0]), found[1])
        if told != found[1]:
            return told
    return None


def _other(made: World, rng: random.Random) -> House:
    """Another family that stands on a roster of these minutes."""
    known = {i for one in made.minutes for i in one.roster.ids}
    return rng.choice([h for h in made.houses[1:] if h.family in known])


def _about(template: str, value: Callable[[House, random.Random], str]) -> Callable[[World, random.Random], str | None]:
    def told(made: World, rng: random.Random) -> str | None:
        return template.format(value(_other(made, rng), rng))

    return told


def _near(house: House, rng: random.Random) -> str:
    """A name as a hurried hand spells it: one letter lost, doubled, or two exchanged; never the first."""
    name = rng.choice([n for n in (house.child, house.mother, house.father, house.surname) if len(n) >= 5])
    at = rng.randrange(1, len(name) - 1)
    while name[at] == name[at + 1] or (at > 0 and name[at] == name[at - 1]):
        at = rng.randrange(1, len(name) - 1)
    return rng.choice([name[:at] + name[at + 1 :], name[:at] + name[at] + name[at:], _exchanged(name, at)])


def _exchanged(name: str, at: int) -> str:
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def _birth(house: House, rng: random.Random) -> str:
    d = house.born
    month = d.strftime("%B")
    return rng.choice(
        [
            f"{d.day:02}/{d.month:02}/{d.year}", f"{d.day}.{d.month}.{d.year}", f"{d.day:02}-{d.month:02}-{d.year % 100:02}",
            f"{d.day} {month} {d.year}", f"{d.day}th {month[:3]} {d.year}", f"{month} {d.day}, {d.year}", d.isoformat(),
            f"{d.day:02}.{d.month:02}.{d.year % 100:02}",
        ]
    )  # fmt: skip


def _street(house: House, rng: random.Random) -> str:
    street = house.address.split(",")[0]
    short = street.replace("Road", "Rd").replace("Lane", "Ln").replace("Close", "Cl").replace("Avenue", "Ave")
    return rng.choice([house.address, street, short, street.lower(), street.replace(" ", ", ", 1)])


def _number(house: House, rng: random.Random) -> str:
    return rng.choice([house.nhs, house.nhs.replace(" ", ""), house.nhs.replace(" ", "-")])


KINDS: dict[str, Callable[[World, random.Random], str | None]] = {
    "verbatim sentence": _sentence,
    "verbatim 12 words": _run_of(12),
    "short statement": _short,
    "7 words": _run_of(7),
    "typos": _typos,
    "names swapped": _swapped,
    "tense and pronouns": _tense,
    "name": _about(
        "We also spoke about {} today.",
        lambda h, r: r.choice([h.child, h.mother, h.surname, f"{h.father} {h.surname}"]),
    ),
    "near name": _about("We also spoke about {} today.", _near),
    "date of birth": _about("The form says born {} at the top.", _birth),
    "address": _about("Letters should go to {} from now on.", _street),
    "identifier": _about("The number on the form is {} here.", _number),
    "protected value": _about("The safe place is {} for now.", lambda h, r: h.refuge),
}
"""What is planted; the recall asked for is in `test_auditing.py`."""
