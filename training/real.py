"""Sentences of real documents, marked stand-off: where each stands, and its events, but none of its words.

    python real.py sheet --count N --sheets N --out FOLDER      worksheets, with the mentions that the reader finds
    python real.py take SHEET ANSWERS > real/NAME.jsonl         answers to a worksheet, kept without the text

real/README.md says how the answers are written. A sentence is known again by its document and a checksum of its words, so that its mentions
are those of today's reader, in their document.
"""

import argparse
import collections
import email.utils
import hashlib
import json
import pathlib
import random
import re
import sys

import data
import examples

ROOT = pathlib.Path(__file__).parent.parent.parent / "shared/data"
REAL = pathlib.Path(__file__).parent / "real"
STATE = "texts/us_state_rss/state_press_releases_2021-05_2022-08.jsonl"
TREEBANK = "eval/ud/en_ewt-train.conllu"
LAST = "2023-06-30"
"""Later documents are left alone: they are for measuring."""


def checksum(text: str) -> str:
    """By which a sentence is known again."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:16]


def treebank(root: pathlib.Path) -> dict[int, str]:
    """The news and blog sentences of the treebank by their number."""
    kind, number, out = "", 0, {}
    for line in (root / TREEBANK).open(encoding="utf-8"):
        if line.startswith("# sent_id"):
            kind = line
            number += 1
        elif line.startswith("# text =") and ("weblog" in kind or "newsgroup" in kind):
            out[number] = line.split("=", 1)[1].strip()
    return out


def scalar(text: str) -> str:
    """A YAML scalar, quoted or not, over one or more lines."""
    if not text.startswith('"'):
        return " ".join(text.split()).strip("'")
    text = re.sub(r"\\\n *(\\ )?", lambda m: " " if m[1] else "", text)
    return " ".join(json.loads(re.sub(r"\\([^\"\\/bfnrtu])", " ", re.sub(r"\\x", r"\\u00", " ".join(text.split())))).split())


def rows(root: pathlib.Path, wanted: list[tuple[str, int | None]]) -> list[dict]:
    """What the reader is given of each document: a file, or a line of a collection."""
    state = sentences = None
    out = []
    for name, line in wanted:
        if name == TREEBANK:
            sentences = sentences or treebank(root)
            out.append({"text": sentences[line], "published": "2005-06-01", "language": "en"})
        elif name == STATE:
            state = state or (root / STATE).read_text(encoding="utf-8").splitlines()
            row = json.loads(state[line])
            published = email.utils.parsedate_to_datetime(row["pubDate"]).date().isoformat()
            out.append({"text": row["text"], "title": row["title"], "published": published, "language": "en"})
        else:
            text = (root / name).read_text(encoding="utf-8")
            front, title = re.match(r"---\n(.*?)\n---\n", text, re.S), None
            if front:
                text = text[front.end() :]
                title = re.search(r"^title: *(.*(?:\n  .*)*)", front[1], re.M)
            year = re.search(r"\d{4}-\d\d-\d\d", name) or re.search(r"_(\d{4})\.txt", name)
            row = {"text": text, "published": year[0] if year[0][0] != "_" else f"{year[1]}-09-25", "language": "en"}
            out.append(row | ({"title": scalar(title[1])} if title else {}))
    return out


def sentences(record: dict):
    """(sentence, text, its mentions, what they are for a human, its events) of a record; places are characters of the sentence."""
    entities = {e["id"]: e for e in record["entities"]}
    mentions, events = collections.defaultdict(list), collections.defaultdict(list)
    for m in record["mentions"]:
        mentions[m["sentence"]].append(m)
    for e in record["events"]:
        events[e["sentence"]].append(e)
    for s in record["sentences"]:
        raw, shown = s["text"].encode(), {}

        def place(evidence, s=s, raw=raw):
            return tuple(len(raw[: evidence[k] - s["start"]].decode(errors="ignore")) for k in ("start", "end"))

        for m in mentions[s["index"]]:
            codes = [m["state"], "place"] if m.get("state") else [entities[e]["code"] or "?" for e in m.get("entities") or []]
            shown.setdefault(place(m["evidence"]), " ".join(codes))
        yield s, s["text"], data.named(mentions[s["index"]], entities, place), shown, events[s["index"]]


def official(root: pathlib.Path) -> tuple[list, list]:
    """The documents of the White House and of the State Department that may be learned from."""
    house = [(p.relative_to(root).as_posix(), None) for p in sorted(root.glob("texts/whitehouse/*/*.md")) if p.name[:10] <= LAST]
    return house, [(STATE, i) for i in range(len((root / STATE).read_text(encoding="utf-8").splitlines()))]


def gold() -> set:
    """The documents of the gold set."""
    folder = pathlib.Path(__file__).parent.parent / "eval/gold"
    some = [json.loads(line) for half in ("dev", "test") for line in (folder / f"{half}.jsonl").read_text().splitlines()]
    return {("texts/" + g["document"], g["line"]) for g in some}


def sheet(args) -> None:
    """Draws sentences, hard ones first: where the two readers differ, then where they see the same, then where they see nothing."""
    rng = random.Random(args.seed)
    done = {(r["document"], r["line"]) for path in REAL.glob("*.jsonl") for r in map(json.loads, path.read_text().splitlines())}
    done |= gold()
    house, state = official(args.root)
    speeches = [(p.relative_to(args.root).as_posix(), None) for p in sorted(args.root.glob("texts/ungdc/*.txt"))]
    blogs = [(TREEBANK, i) for i in treebank(args.root)]
    drawn = []
    for pool, count in ((house, 420), (state, 420), (speeches, 12), (blogs, len(blogs))):
        pool = [p for p in pool if p not in done]
        rng.shuffle(pool)
        drawn += pool[:count]
    given = rows(args.root, drawn)
    classes, seen = collections.defaultdict(list), set()
    for where, row, fast, learned in zip(drawn, given, data.records(args.program, given, "--reader", "fast"), data.records(args.program, given, "--reader", "learned")):
        for (s, text, spans, shown, by_rules), (*_, by_judge) in zip(sentences(fast), sentences(learned)):
            words = len(text.split())
            if not 5 <= words <= 70 or checksum(text) in seen or not spans and rng.random() < 0.9:
                continue
            seen.add(checksum(text))
            rule, judge = ({(e["act"], e["status"]) for e in some} for some in (by_rules, by_judge))
            kind = "differ" if rule != judge else "same" if rule else "none"
            source = where[0].split("/")[1]
            classes[source, kind].append((where, row.get("title"), s, text, [(m.start, m.end, shown[m.start, m.end]) for m in spans], {a for a, _ in rule | judge}))
    share = {"whitehouse": 0.42, "us_state_rss": 0.34, "ungdc": 0.08, "ud": 0.16}
    parts = {"differ": 0.6, "same": 0.17, "none": 0.23}
    acts, chosen = collections.Counter(), []
    for (source, kind), some in sorted(classes.items()):
        wanted = int(args.count * share[source] * parts[kind])
        # Rare acts first.
        rng.shuffle(some)
        some = some[: 3 * wanted]
        for _ in range(min(wanted, len(some))):
            at = min(range(len(some)), key=lambda i: min((acts[a] for a in some[i][5]), default=0))
            chosen.append(some.pop(at))
            acts.update(chosen[-1][5])
    print(len(chosen), {k: len(v) for k, v in classes.items()}, acts)
    chosen.sort(key=lambda c: (c[0][0], c[0][1] or 0, c[2]["index"]))
    args.out.mkdir(parents=True, exist_ok=True)
    size = -(-len(chosen) // args.sheets)
    for n in range(args.sheets):
        lines, before, keys = [], None, {}
        for number, (where, title, s, text, spans, _) in enumerate(chosen[n * size : (n + 1) * size], 1):
            if where != before:
                lines.append(f"\n=== {where[0].split('/')[-1]} {title or ''}")
                before = where
            named = "  ".join(f"{i} {text[a:b]} ({codes})" for i, (a, b, codes) in enumerate(spans, 1))
            lines.append(f"\n{number}{' HEADLINE' if s['kind'] == 'headline' else ''}: {' '.join(text.split())}\n    {named}")
            keys[number] = {"document": where[0], "line": where[1], "sum": checksum(text), "text": text, "mentions": [x[:2] for x in spans]}
        (args.out / f"sheet{n + 1}.txt").write_text("\n".join(lines).strip() + "\n", encoding="utf-8")
        (args.out / f"sheet{n + 1}.json").write_text(json.dumps(keys), encoding="utf-8")


def find(text: str, words: str) -> tuple[int, int]:
    """Where words stand in a text; "word#2" is the second place."""
    words, _, count = words.strip().partition("#")
    pattern = r"\s+".join(map(re.escape, words.split()))
    places = [m for m in re.finditer(rf"(?<!\w){pattern}(?!\w)", text)] or list(re.finditer(pattern, text))
    if not words or len(places) < int(count or 1):
        raise ValueError(f"not in the sentence: {words}")
    return places[int(count or 1) - 1].span()


def people(key: dict, words: str) -> list[tuple[int, int]]:
    """Spans of parties, given by number or in quotes."""
    out = []
    for number, quoted in re.findall(r'(\d+)|"([^"]*)"', words):
        if number and not 1 <= int(number) <= len(key["mentions"]):
            raise ValueError(f"no mention {number}")
        out.append(tuple(key["mentions"][int(number) - 1]) if number else find(key["text"], quoted))
    if re.sub(r'\d+|"[^"]*"|[\s,-]', "", words):
        raise ValueError(f"not understood: {words}")
    return out


def take(args) -> int:
    """Answers → stand-off lines; what is wrong goes to standard error."""
    keys = json.loads(pathlib.Path(args.sheet).read_text(encoding="utf-8"))
    found, wrong = {}, 0
    for line in pathlib.Path(args.answers).read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        try:
            number, _, rest = line.strip().partition(" ")
            key = keys[number]
            events = found.setdefault(number, [])
            if rest.strip() == "-":
                continue
            parts = [p.strip() for p in rest.split("|")]
            act, trigger, parties, status = parts[:4]
            cue, holders = (parts[4:] + ["", ""])[:2]
            act, _, mode = act.partition("/")
            actors, recipients = re.fullmatch(r'((?:[^">]|"[^"]*")*)>(.*)', parties).groups()
            if act not in examples.ACTS or status not in examples.STATUSES or (mode and mode not in examples.MODES):
                raise ValueError(f"unknown act, mode or status: {act} {mode} {status}")
            events.append({
                "act": act, "mode": mode, "status": status, "trigger": find(key["text"], trigger), "cue": find(key["text"], cue) if cue.strip("- ") else None,
                "actors": people(key, actors), "recipients": people(key, recipients), "holders": people(key, holders),
            })  # fmt: skip
        except (ValueError, KeyError, AttributeError) as error:
            wrong += 1
            print(f"{line}: {error}", file=sys.stderr)
    for number, events in found.items():
        print(json.dumps({k: keys[number][k] for k in ("document", "line", "sum")} | {"events": events}))
    print(f"{len(found)} of {len(keys)} sentences, {sum(map(len, found.values()))} events, {wrong} lines wrong", file=sys.stderr)
    return 1 if wrong else 0


def load(program: str, root: pathlib.Path = ROOT) -> list[tuple[examples.Example, list[data.Mention]]]:
    """The marked sentences with the mentions of today's reader; none without the texts."""
    lines = [json.loads(line) for path in sorted(REAL.glob("*.jsonl")) for line in path.read_text().splitlines()]
    if not (root / STATE).exists():
        print(f"skipped {len(lines)} sentences of real documents: no {root}")
        return []
    by_document = collections.defaultdict(dict)
    for line in lines:
        by_document[line["document"], line["line"]][line["sum"]] = line["events"]
    out, wanted = [], list(by_document)
    for where, record in zip(wanted, data.records(program, rows(root, wanted), "--reader", "fast")):
        marked = dict(by_document[where])
        for _, text, spans, *_ in sentences(record):
            events = marked.pop(checksum(text), None)
            if events is None:
                continue
            letters, mentions, some = iter(map(chr, range(0xE000, 0xF000))), {}, []
            for e in events:
                groups = ["".join(mentions.setdefault(tuple(s), next(letters)) for s in e[k]) for k in ("actors", "recipients", "holders")]
                some.append(examples.Event(e["act"], e["mode"], groups[0], groups[1], e["status"], groups[2], tuple(e["trigger"]), e["cue"] and tuple(e["cue"])))
            example = examples.Example(text, {}, [(*s, letter) for s, letter in mentions.items()], some, f"{where}")
            out.append((example, spans))
    print(f"{len(out)} of {len(lines)} sentences of real documents found")
    return out


def main() -> int:
    """Worksheets, or their answers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("sheet")
    one.add_argument("--root", type=pathlib.Path, default=ROOT)
    one.add_argument("--program", default=str(pathlib.Path(__file__).parent.parent / "target/release/demarche"))
    one.add_argument("--count", type=int, default=6000)
    one.add_argument("--sheets", type=int, default=8)
    one.add_argument("--seed", type=int, default=1)
    one.add_argument("--out", type=pathlib.Path, required=True)
    two = commands.add_parser("take")
    two.add_argument("sheet")
    two.add_argument("answers")
    args = parser.parse_args()
    return sheet(args) or 0 if args.command == "sheet" else take(args)


if __name__ == "__main__":
    sys.exit(main())
