#!/usr/bin/env python3
"""Check persons, posts, tenures and coverage against two lists made by others.

    python3 tools/kb/check_ungdc.py SHARED_DATA KB_DIR [--misses] [--from 2014] [--to 2022]

1. Speakers at the UN General Debate (CC0): whoever spoke as president, prime minister, monarch or foreign minister on 24 September of
   the year must hold that post that day by our tenures.
2. Visits of foreign leaders to the United States (HistoryAtState, public domain): visitor, title and date, likewise.

A name matches if a token of our person's family name (or two tokens of any of our forms of the name) stands in theirs, after folding
to ASCII. Prints the share found, over all rows and over those whose post our coverage claims for that day. Python 3.11, stdlib only.
"""
import csv
import os
import re
import sys
import unicodedata
from collections import Counter, defaultdict

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import persons as kb  # noqa: E402  (the readers of the two lists)

SMALL = {"de", "da", "do", "dos", "del", "la", "van", "der", "von", "bin", "ibn", "al", "el", "y", "e", "and", "jr", "sr", "ii", "iii", "sheikh",
         "of", "the", "dr", "sir", "abu", "di", "le"}


def toks(s):
    return [t for t in kb.norm(s).split() if t not in SMALL and len(t) > 1]


def read(path):
    with open(path, encoding="utf-8") as f:
        head = f.readline().rstrip("\n").split("\t")
        return [dict(zip(head, ln.rstrip("\n").split("\t"))) for ln in f]


def main(argv):
    data, kbd = argv[1], argv[2]
    y0 = int(argv[argv.index("--from") + 1]) if "--from" in argv else 2014
    y1 = int(argv[argv.index("--to") + 1]) if "--to" in argv else 2022
    misses = "--misses" in argv
    persons = {r["id"]: r for r in read(os.path.join(kbd, "persons.tsv"))}
    posts = {r["id"]: r for r in read(os.path.join(kbd, "posts.tsv"))}
    hold, cov = defaultdict(list), defaultdict(list)
    for r in read(os.path.join(kbd, "tenures.tsv")):
        if r["quality"] not in ("elect", "designate") and r["source"] != "ungdc":   # not against itself
            hold[r["post"]].append(r)
    for r in read(os.path.join(kbd, "coverage.tsv")):
        cov[r["post"]].append((r["from"], r["to"]))
    by_state = defaultdict(set)
    for p, r in posts.items():
        by_state[r["state"]].add(p)

    def names(pid):
        p = persons[pid]
        fam = {t for f in p["family"].split("|") for t in toks(f)}
        forms = [set(toks(x)) for x in [p["name"]] + p["aliases"].split("|") if x]
        return fam, forms

    def match(pid, who):
        fam, forms = names(pid)
        w = set(toks(who))
        return bool(fam & w) or any(len(f & w) >= 2 for f in forms)

    def holders(post, date):
        return [r for r in hold[post] if r["start"] and kb.lo(r["start"]) <= date and (not r["end"] or date <= kb.hi(r["end"]))]

    def role_posts(iso, role):
        out = [p for p in (f"{iso}.{role}", kb.post_id(iso, role)) if p in posts]
        if role == "prime_minister":
            out += [p for p in (f"{iso}.chancellor",) if p in posts]
        if role == "chancellor":
            out += [p for p in (f"{iso}.prime_minister",) if p in posts]
        return list(dict.fromkeys(out))

    def run(rows, label):
        n, ok, ncov, okcov = Counter(), Counter(), Counter(), Counter()
        bad = []
        for iso, who, role, date in rows:
            ps = role_posts(iso, role)
            hit = any(match(r["person"], who) for p in ps for r in holders(p, date))
            covered = any(a <= date <= b for p in ps for a, b in cov[p])
            n[role] += 1
            ok[role] += hit
            ncov[role] += covered
            okcov[role] += hit and covered
            if not hit:
                bad.append((role, iso, date, who, "COVERED" if covered else "", "; ".join(r["person"] for p in ps for r in holders(p, date))))
        print(f"== {label}")
        for role in sorted(n):
            print(f"   {role:18} all {ok[role]:4}/{n[role]:4} = {ok[role] / n[role]:.3f}   claimed by coverage {ncov[role]:4} "
                  f"({ncov[role] / n[role]:.3f})   found of these {okcov[role] / ncov[role] if ncov[role] else 0:.3f}")
        h = ["president", "prime_minister", "chancellor"]
        a, b, c, d = (sum(x[r] for r in h) for x in (n, ok, ncov, okcov))
        if a:
            print(f"   presidents + prime ministers: all {b}/{a} = {b / a:.3f}; claimed {c}/{a} = {c / a:.3f}; found of claimed {d}/{c} = {d / max(c, 1):.3f}")
        if misses:
            for m in sorted(bad):
                print("   MISS " + "\t".join(m))

    facts = os.path.join(data, "facts")
    rows = [(iso, name, role, date) for iso, name, role, date, _ in kb.read_attested(facts)
            if y0 <= int(date[:4]) <= y1 and role in ("president", "prime_minister", "chancellor", "monarch", "foreign_minister")]
    run(rows, f"UN General Debate {y0}-{y1}, 24 September")
    _, _, short, _ = kb.load_states(facts)
    vis, _ = kb.read_visits(facts, short)
    rows = []
    for iso, who, date in vis:
        role, name = kb.visit_parse(who)
        if role in ("president", "prime_minister", "chancellor", "monarch", "foreign_minister", "vice_president") and y0 <= int(date[:4]) <= y1 + 1 and name:
            rows.append((iso, name, role, date))
    run(rows, f"visits to the United States {y0}-{y1 + 1}")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(sys.argv)
