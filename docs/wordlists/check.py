#!/usr/bin/env python3
"""Check the lexicon: python3 check.py DIR.  Exits 1 and says what is wrong, if anything is."""

import sys
import tomllib
from pathlib import Path

OWN = {
    f"{n}.toml"
    for n in [
        "abbreviations",
        "allegation",
        "confidential",
        "contrast",
        "nicknames",
        "organisations",
        "procedure",
        "professions",
        "referrer",
        "time",
        "welsh",
    ]
}


def main(folder):
    folder, wrong = Path(folder), []
    lists = {}
    for p in sorted(folder.glob("*.txt")):
        if p.name == "NOTICE.txt":
            continue
        text = p.read_bytes().decode("utf-8")
        lines = text.split("\n")
        if lines[-1]:
            wrong.append(f"{p.name}: no newline at end")
        rows = [x for x in lines[:-1] if not x.startswith("#")]
        lists[p.name] = set(rows)
        if not lines[0].startswith("# "):
            wrong.append(f"{p.name}: no comment at head")
        if rows != sorted(rows):
            wrong.append(f"{p.name}: not sorted")
        if len(rows) != len(set(rows)):
            wrong.append(f"{p.name}: not unique")
        if any(not r.strip() or r != r.strip() for r in rows):
            wrong.append(f"{p.name}: empty or padded entry")
        if any(r.split("\t")[0] != r.split("\t")[0].casefold() for r in rows):
            wrong.append(f"{p.name}: not casefolded")
        print(f"{p.name}\t{len(rows)}")
    for p in sorted(folder.glob("*.toml")):
        try:
            d = tomllib.loads(p.read_text(encoding="utf-8"))
        except ValueError as e:
            wrong.append(f"{p.name}: {e}")
            continue
        for k in ("source", "language", "why"):
            if not isinstance(d.get(k), str):
                wrong.append(f"{p.name}: lacks {k}")

        def walk(v, at):
            if isinstance(v, list):
                if v and all(isinstance(x, str) for x in v):
                    if v != sorted(v) or len(v) != len(set(v)):
                        wrong.append(f"{p.name}: {at} not sorted or not unique")
                    if any(not x.strip() for x in v):
                        wrong.append(f"{p.name}: {at} has an empty entry")
            elif isinstance(v, dict):
                for k, x in v.items():
                    walk(x, f"{at}.{k}")

        if p.name in OWN:
            walk(d, "")
        print(f"{p.name}\t" + ", ".join(f"{k} {len(v)}" for k, v in d.items() if isinstance(v, (list, dict))))
    proc = tomllib.loads((folder / "procedure.toml").read_text(encoding="utf-8"))
    both = lists["persons.txt"] & set(proc["nouns"])
    if both:
        wrong.append(f"persons.txt holds words of procedure: {sorted(both)}")
    stray = lists["word_names.txt"] - (lists["forenames.txt"] | lists["surnames.txt"])
    if stray or lists["word_names.txt"] - lists["words.txt"]:
        wrong.append(f"word_names.txt holds what the other lists lack: {sorted(stray)}")
    print("\n".join(wrong) or "all is well")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
