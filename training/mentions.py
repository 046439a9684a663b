"""How many of the parties marked in the examples the reader finds, and of how many it knows whose they are.

    python mentions.py [--program PATH] [--misses N] [--half train|dev] FILE…

A marked party is found when the reader has a mention that holds its head word; it is known when that mention's entities (or the state of a
place) have just the codes that the example gives. Of several parties in one mention ("Thai and Cambodian officials") all must be known. Misses are listed of the train half only.
"""

import argparse
import collections
import pathlib
import re

import data
import examples

PRONOUNS = set("he him his himself she her hers herself they them their theirs themselves it its itself we us our ours ourselves i me my you your who".split())
QUANTITIES = set("dozens hundreds thousands scores tens members two three four five most some many all one fourteen both pair group none each".split())
SAME = {"XKX": "KOS"}


def read(program: str, texts: list[str]) -> list[list[dict]]:
    """The reader's mentions of whom and where in each text: span in characters, form and codes."""
    found = []
    for text, document in zip(texts, data.read(program, texts)):
        code = {e["id"]: e["code"] for e in document["entities"]}
        some = []
        for m in document["mentions"]:
            if m["kind"] not in ("actor", "place"):
                continue
            start, end = data.characters(text, m["evidence"])
            codes = {code[e] for e in m.get("entities") or []} if m["kind"] == "actor" else {m.get("state")}
            some.append({"start": start, "end": end, "form": m.get("form", "place"), "codes": {SAME.get(c, c) for c in codes if c}})
        found.append(some)
    return found


def head(text: str, start: int, end: int) -> int:
    """Where the head word of a marked party begins: the last word before a preposition, comma or relative clause."""
    words = [(m.start() + start, m[0]) for m in re.finditer(r"[^\s,()]+|,", text[start:end])]
    count = next((i for i, (_, word) in enumerate(words[:4]) if word == "of" and words[i - 1][1].lower() in QUANTITIES), None)
    words = words[count + 1 :] if count else words
    at = 0
    for i, (_, word) in enumerate(words):
        if i and (word == "," or word in ("of", "in", "from", "for", "to", "at", "on", "with", "near", "who", "and", "against", "aboard")):
            break
        at = i
    return words[at][0] if words else start


def kind(words: str, codes: list[str]) -> str:
    """What sort of mention it is, by its words."""
    lower = words.lower()
    if lower in PRONOUNS:
        return "pronoun"
    if len(codes) > 1 or re.match(r"(the |all )?(both|two|three|each|pair)\b", lower):
        return "several"
    capital = re.findall(r"\b[A-Z]", words)
    plain = [w for w in words.split() if w[0].islower() and w not in ("of", "the", "de", "bin", "and", "for", "al", "van", "von")]
    if not capital:
        return "noun alone"
    if plain:
        return "noun with a name"
    body = codes[0] in ("UNO", "EUR", "IGO", "NGO", "MNC", "IMG")
    return "name, " + ("body" if body else "one word" if len(words.split()) == 1 else "several words")


def marked(example: examples.Example, mention: dict) -> set[str]:
    """The codes of all marked parties that lie within a mention of the reader ("Thai and Cambodian officials")."""
    inside = [letter for start, end, letter in example.mentions if mention["start"] <= start and end <= mention["end"]]
    return {SAME.get(c, c) for letter in inside for c in example.parties[letter]} if len(inside) > 1 else set()


def main() -> None:
    """Measures the files named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--program", default=str(pathlib.Path(__file__).parent.parent / "target/release/demarche"))
    parser.add_argument("--misses", type=int, default=0, help="how many kinds of misses of the train half to list")
    parser.add_argument("--context", action="store_true", help="list each miss of the train half with its sentence")
    parser.add_argument("--half", action="append", choices=("train", "dev"))
    parser.add_argument("files", nargs="+")
    args = parser.parse_args()
    some = [e for path in args.files for e in examples.load(path)[0]]
    for half in args.half or ("train", "dev"):
        mine = [e for e in some if data.half(e.text) == half]
        table = collections.defaultdict(lambda: [0, 0, 0])
        misses = collections.Counter()
        for example, mentions in zip(mine, read(args.program, [e.text for e in mine])):
            for start, end, letter in example.mentions:
                gold = {SAME.get(c, c) for c in example.parties[letter]}
                if "?" in gold:
                    continue
                words = example.text[start:end]
                at = head(example.text, start, end)
                over = [m for m in mentions if m["start"] <= at < m["end"]]
                right = any(m["codes"] in (gold, marked(example, m) or gold) for m in over)
                if len(gold) > 1:
                    inside = [m["codes"] for m in mentions if start <= m["start"] and m["end"] <= end]
                    right = right or set().union(*inside) == gold
                for key in ("all", kind(words, sorted(gold))):
                    row = table[key]
                    row[0] += 1
                    row[1] += bool(over)
                    row[2] += right
                if not right:
                    best = max(over, key=lambda m: bool(m["codes"]), default=None)
                    got = "-" if best is None else f"{best['form']}:{'+'.join(sorted(best['codes'])) or 'none'}"
                    miss = (words, "+".join(sorted(gold)), got)
                    misses[miss] += 1
                    if args.context and half == "train":
                        print(*miss, example.text[:start] + "[" + words + "]" + example.text[end:], sep="\t")
        print(f"{half}: {len(mine)} examples")
        for key, (count, found, right) in sorted(table.items(), key=lambda item: -item[1][0]):
            print(f"  {key:24} {count:6}  found {found / count:.3f}  right {right / count:.3f}")
        if half == "train":
            for (words, gold, got), count in misses.most_common(args.misses):
                print(f"{count:5}  {words}\t{gold}\t{got}")


if __name__ == "__main__":
    main()
