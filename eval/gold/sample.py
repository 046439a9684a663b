"""Draws the 400 sentences of the gold set: a random document, then one random sentence of it. Seeded.

    python sample.py TEXTS [--text] > sample.jsonl

TEXTS is the folder that holds `whitehouse/`, `us_state_rss/` and `ungdc/`. One JSON line per sentence: id, kind (wh White House, st State
Department, un General Debate), document, line, start, end (bytes); with --text also the words, white space folded. The same texts give
the same draw. The splitter is crude on purpose: it serves only to draw, and no reader's idea of a sentence is favoured.
"""
import argparse
import json
import pathlib
import random
import re

SEED = 20261124
STATE = "us_state_rss/state_press_releases_2021-05_2022-08.jsonl"
WANTED = (("wh", 180), ("st", 160), ("un", 60))
PARAGRAPH = re.compile(r"(?:[^\n]|\n(?!\s*\n))+")
SENTENCE_END = re.compile(r"(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\bMrs)(?<!\bGen)(?<!\bSen)(?<!\bSt)[.?!][”\"’)]*(?=\s+[A-Z“\"])")
FRONT_MATTER = re.compile(r"---\n.*?\n---\n", re.S)


def sentences(text):
    """Character ranges of the sentences of five words or more."""
    for paragraph in PARAGRAPH.finditer(text):
        words, offset = paragraph.group(), paragraph.start()
        cuts = [0, *(end.end() for end in SENTENCE_END.finditer(words)), len(words)]
        for start, end in zip(cuts, cuts[1:]):
            piece = words[start:end]
            start += len(piece) - len(piece.lstrip())
            end -= len(piece) - len(piece.rstrip())
            if len(piece.split()) >= 5:
                yield offset + start, offset + end


def candidates(path, text):
    """The sentences that may be drawn: no front matter, heading or bold line."""
    front = FRONT_MATTER.match(text) if path.endswith(".md") else None
    body = front.end() if front else 0
    return [(a, b) for a, b in sentences(text) if a >= body and not text[a:b].startswith(("\\#", "#", "*"))]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("texts", type=pathlib.Path)
    parser.add_argument("--text", action="store_true", help="print the words of each sentence too")
    options = parser.parse_args()
    rng = random.Random(SEED)
    state = [json.loads(line)["text"] for line in (options.texts / STATE).open(encoding="utf-8")]
    relative = lambda pattern: sorted(path.relative_to(options.texts).as_posix() for path in options.texts.glob(pattern))
    pools = {
        "wh": [(path, None) for path in relative("whitehouse/*/*.md")],
        "st": [(STATE, line) for line in range(len(state))],
        "un": [(path, None) for path in relative("ungdc/*.txt")],
    }
    picked = []
    for kind, wanted in WANTED:
        pool = pools[kind]
        rng.shuffle(pool)
        while len(pool) < wanted * 3:
            pool = pool + pool
        drawn = 0
        for path, line in pool:
            if drawn == wanted:
                break
            text = (options.texts / path).read_text(encoding="utf-8") if line is None else state[line]
            choice = candidates(path, text)
            if not choice:
                continue
            a, b = choice[rng.randrange(len(choice))]
            row = {"kind": kind, "document": path, "line": line, "start": len(text[:a].encode()), "end": len(text[:b].encode())}
            if options.text:
                row["text"] = re.sub(r"\s+", " ", text[a:b])
            picked.append(row)
            drawn += 1
    rng.shuffle(picked)
    for number, row in enumerate(picked, 1):
        print(json.dumps({"id": f"g{number:03d}", **row}, ensure_ascii=False))


if __name__ == "__main__":
    main()
