"""How this library compares in speed with what people take today, on the same text, in one run. A benchmark, not a test.

    pip install "minutes-split[bench]"
    python tests/bench/against.py [--characters 300000] [--families 10 100 1000] [--register 0]

For each tool the work is the same: find every place where somebody of the roster is named, and say for every sentence
whom it is about. The others do no more than that: names of one family give the sentence to it, no names to nobody
(the strict script of `docs/performance.md`). This library does all that it does: frame, mentions, rules, and the views
of all families. The ratio is this library's characters a second by the other's; above 1 this library is quicker.

`flashtext` (dictionary), `re` (one alternation), `rapidfuzz` (near names), spaCy (blank English, sentencizer, entity
ruler), Presidio (recognisers that need no model, one deny list of names for each family). No model is loaded.
"""

from __future__ import annotations

import argparse
import importlib
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from throughput import roster, text

Work = Callable[[str], int]
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


def _names(data: dict[str, Any]) -> dict[str, set[str]]:
    """Name as written -> the families that have it: full name, first name, surname, in small letters."""
    found: dict[str, set[str]] = {}
    for family in data["families"]:
        for person in family["people"]:
            first, last = person["name"].split()
            for name in (person["name"], first, last):
                found.setdefault(name.casefold(), set()).add(family["id"])
    return found


def _strict(minutes: str, names_in: Callable[[str], list[set[str]]]) -> int:
    """The strict script of an afternoon: the characters of sentences that name one family alone."""
    given = 0
    for sentence in SENTENCE.split(minutes):
        families = set().union(*names_in(sentence))
        given += len(sentence) if len(families) == 1 else 0
    return given


def this_library(data: dict[str, object]) -> Work:
    from minutes_split import Roster, Splitter

    splitter = Splitter(Roster.load(data))

    def work(minutes: str) -> int:
        found = splitter.split(minutes)
        return sum(len(excerpt.text) for family in found.roster.ids for excerpt in found.view(family).excerpts)

    return work


def plain_re(data: dict[str, object]) -> Work:
    names = _names(data)
    known = re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, names), key=len, reverse=True)) + r")\b", re.I)
    return lambda minutes: _strict(minutes, lambda s: [names[m.group().casefold()] for m in known.finditer(s)])


def flashtext(data: dict[str, object]) -> Work:
    names = _names(data)
    finder = importlib.import_module("flashtext").KeywordProcessor()
    for name in names:
        finder.add_keyword(name, name)
    return lambda minutes: _strict(minutes, lambda s: [names[name] for name in finder.extract_keywords(s)])


def rapidfuzz_names(data: dict[str, object]) -> Work:
    from rapidfuzz import fuzz, process

    names = {name: families for name, families in _names(data).items() if " " not in name}
    known = list(names)

    def near(sentence: str) -> list[set[str]]:
        words = [word.casefold() for word in re.findall(r"[A-Z][a-z]+", sentence)]
        found = (process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=85) for word in words)
        return [names[hit[0]] for hit in found if hit]

    return lambda minutes: _strict(minutes, near)


def spacy_ruler(data: dict[str, object]) -> Work:
    names = _names(data)
    nlp = importlib.import_module("spacy").blank("en")
    nlp.add_pipe("sentencizer")
    ruler = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    ruler.add_patterns([{"label": "PERSON", "pattern": name} for name in names])
    nlp.max_length = 10**8

    def work(minutes: str) -> int:
        given = 0
        for paragraph in nlp.pipe(minutes.split("\n\n")):
            for sentence in paragraph.sents:
                families = set().union(*(names[entity.text.casefold()] for entity in sentence.ents))
                given += len(sentence.text) if len(families) == 1 else 0
        return given

    return work


def presidio(data: dict[str, object]) -> Work:
    names = _names(data)
    analyzer = importlib.import_module("presidio_analyzer")
    recognisers = importlib.import_module("presidio_analyzer.predefined_recognizers")
    nothing = importlib.import_module("presidio_analyzer.nlp_engine").NlpArtifacts([], [], [], [], None, "en")
    known = analyzer.PatternRecognizer("PERSON", deny_list=sorted(names), supported_language="en")
    others = [
        getattr(recognisers, name)()
        for name in ("EmailRecognizer", "NhsRecognizer", "DateRecognizer", "PhoneRecognizer")
        if hasattr(recognisers, name)
    ]

    def named(sentence: str) -> list[set[str]]:
        for other in others:
            other.analyze(sentence, other.supported_entities, nothing)
        hits = known.analyze(sentence, ["PERSON"], nothing)
        return [names.get(sentence[hit.start : hit.end].casefold(), set()) for hit in hits]

    return lambda minutes: _strict(minutes, named)


TOOLS: dict[str, Callable[[dict[str, object]], Work]] = {
    "this library, all views": this_library,
    "re, one alternation": plain_re,
    "flashtext": flashtext,
    "spaCy, blank + ruler": spacy_ruler,
    "Presidio, deny list + patterns": presidio,
    "rapidfuzz, near names": rapidfuzz_names,
}


def measured(tool: str, data: dict[str, object], minutes: str) -> tuple[float, float, int]:
    """Seconds to prepare, characters a CPU second, characters given; slow tools get a tenth of the text."""
    began = time.process_time()
    work = TOOLS[tool](data)
    ready = time.process_time()
    trial = minutes[: len(minutes) // 30]
    work(trial)
    slow = time.process_time() - ready > 1
    minutes = trial if slow else minutes
    began_work = time.process_time()
    given = work(minutes)
    return ready - began, len(minutes) / (time.process_time() - began_work), given


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--characters", type=int, default=300_000)
    parser.add_argument("--families", type=int, nargs="*", default=[10, 100, 1000])
    parser.add_argument("--register", type=int, default=0)
    asked = parser.parse_args()
    print("| families | tool | ready after s | characters a second | this library by it |\n|---|---|---|---|---|")
    for families in asked.families:
        data = roster(families, asked.register)
        minutes = text(data, asked.characters)
        ours = 0.0
        for tool in TOOLS:
            try:
                ready, rate, _ = measured(tool, data, minutes)
            except ImportError as missing:
                print(f"| {families} | {tool} | not installed ({missing.name}) | | |")
                continue
            ours = ours or rate
            print(f"| {families} | {tool} | {ready:.2f} | {rate:,.0f} | {ours / rate:,.2f} |", flush=True)


if __name__ == "__main__":
    main()
