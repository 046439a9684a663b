"""Marked examples and the mentions that the reader finds in them → what the judge learns from."""

import dataclasses
import hashlib
import json
import pathlib
import subprocess
import tempfile
import tomllib

import examples
import torch
from tokenizers import Tokenizer

ACTS = ["-", *examples.ACTS]
STATUSES = examples.STATUSES


def modes() -> list[str]:
    """"ACT/mode" of every mode in the reader's table, after "-" for none."""
    table = pathlib.Path(__file__).parent.parent / "crates/demarche/data/events/types.tsv"
    rows = [line.split("\t") for line in table.read_text().splitlines() if not line.startswith("#")][1:]
    return ["-", *(f"{r[0]}/{r[1]}" for r in rows if r[1] != "-")]


MODES = modes()
KINDS = "unknown state person organization agent source anaphor place".split()
"""What a mention is; the order is that of demarche::judge::Kind."""
PARTIES = 8
"""How many parties of a sentence are told apart."""


@dataclasses.dataclass(frozen=True, order=True)
class Mention:
    """Somebody or some place that a sentence names: characters of the text, what it is (index into KINDS), and whose: mentions of one state,
    or of one stateless party, share a number from 1; 0 is not known."""

    start: int
    end: int
    kind: int = 0
    party: int = 0


@dataclasses.dataclass
class Item:
    """A sentence ready for the model. Spans of mentions are ranges of word pieces, with their kinds and parties."""

    ids: list[int]
    offsets: list[tuple[int, int]]
    first: list[bool]
    mentions: list[tuple[int, int]]
    named: list[tuple[int, int]]
    example: examples.Example
    triggers: list[dict]


def records(program: str, rows: list[dict], *options: str) -> list[dict]:
    """The record of each document (text, title, day …), read by one run of the program."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "in.jsonl"
        path.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
        command = [program, "read", "--quiet", "--format", "jsonl", *options, str(path)]
        run = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    documents = [json.loads(line) for line in run.stdout.decode().splitlines()]
    assert len(documents) == len(rows), (len(documents), len(rows))
    return documents


def read(program: str, texts: list[str]) -> list[dict]:
    """The record of each text by the rules."""
    return records(program, [{"text": t, "published": "2026-06-01", "language": "en"} for t in texts], "--reader", "fast")


def characters(text: str, evidence: dict) -> tuple[int, int]:
    """A span of bytes as one of characters."""
    raw = text.encode()
    return len(raw[: evidence["start"]].decode(errors="ignore")), len(raw[: evidence["end"]].decode(errors="ignore"))


def named(mentions: list[dict], entities: dict[str, dict], place) -> list[Mention]:
    """Whom and where the reader names, in order; `place` gives the characters of a piece of evidence."""
    found = {}
    for m in mentions:
        if m["kind"] == "place" and m.get("state"):
            kind, whose = "place", {m["state"]}
        elif m["kind"] == "actor":
            some = [entities[e] for e in m.get("entities") or []]
            kind = "anaphor" if m["form"] == "anaphor" else some[0]["kind"] if some else "unknown"
            whose = {e["code"] or e["id"] for e in some}
        else:
            continue
        found.setdefault(place(m["evidence"]), (KINDS.index(kind), frozenset(whose)))
    parties, out = {}, []
    for (start, end), (kind, whose) in sorted(found.items()):
        party = parties.setdefault(whose, len(parties) + 1) if whose else 0
        out.append(Mention(start, end, kind, party if party <= PARTIES else 0))
    return out


def mentions_of(text: str, document: dict) -> list[Mention]:
    """Whom and where the reader names in a text."""
    return named(document["mentions"], {e["id"]: e for e in document["entities"]}, lambda evidence: characters(text, evidence))


def proofs(program: str) -> list[tuple[examples.Example, list[Mention]]]:
    """The proof sentences of the event patterns that the rules read as they must, with what the rules make of them."""
    wanted: dict[str, str | None] = {}
    for path in sorted((pathlib.Path(__file__).parent.parent / "crates/demarche/data/events").glob("*.toml")):
        for pattern in tomllib.loads(path.read_text(encoding="utf-8")).get("pattern", []):
            for side in ("yes", "no"):
                for text in pattern.get(side, []):
                    wanted.setdefault(text, path.stem.upper() if side == "yes" else None)
    out = []
    for (text, act), document in zip(wanted.items(), read(program, list(wanted))):
        events = document["events"]
        if act is None and not events:
            out.append((examples.Example(text, {}, [], [], ""), mentions_of(text, document)))
        elif len(events) == 1 and events[0]["act"] == act and act in examples.ACTS:
            event, letters, mentions = events[0], iter("abcdefghijklmnopqrstuvwxyz"), []
            groups = []
            holders = [h for s in event["stance"] for h in s["holders"]]
            for people in (event["actor"], event["recipient"], holders):
                group = ""
                for person in people:
                    if person["evidence"]:
                        letter = next(letters)
                        mentions.append((*characters(text, person["evidence"]), letter))
                        group += letter
                groups.append(group)
            trigger = characters(text, event["evidence"]["trigger"])
            mode = event["mode"] or ""
            marked = examples.Event(act, mode, groups[0], groups[1], event["status"], groups[2], trigger)
            out.append((examples.Example(text, {}, mentions, [marked], ""), mentions_of(text, document)))
    return out


def overlap(a, b) -> int:
    """How many characters two spans share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def load_tokenizer(folder: pathlib.Path) -> Tokenizer:
    """The word-piece tokenizer of a checkpoint, without its own cutting and padding."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def pieces_of(offsets, span):
    """The range of word pieces that a span of characters touches."""
    inside = [i for i, o in enumerate(offsets) if o[1] > o[0] and overlap(o, span)]
    return (inside[0], inside[-1] + 1) if inside else None


def item(tokenizer: Tokenizer, example: examples.Example, mentions: list[Mention]) -> Item:
    """One example as word pieces with labels."""
    encoding = tokenizer.encode(example.text)
    offsets = encoding.offsets
    first = [o[1] > o[0] and not t.startswith("##") for o, t in zip(offsets, encoding.tokens)]
    # Whom the reader misses the model may still learn from.
    missed = [Mention(*m[:2]) for m in example.mentions if not any(overlap(m, (s.start, s.end)) for s in mentions)]
    kept = []
    for mention in [*mentions, *missed]:
        span = (mention.start, mention.end)
        best = max(example.mentions, key=lambda m: (overlap(m, span), -(m[1] - m[0])), default=None)
        letter = best[2] if best and overlap(best, span) else ""
        pieces = pieces_of(offsets, span)
        if pieces:
            kept.append((pieces, letter, (mention.kind, mention.party)))
    triggers = []
    for event in example.events:
        where = pieces_of(offsets, event.trigger)
        cue = event.cue and pieces_of(offsets, event.cue)
        if not where:
            continue
        roles = [[letter != "" and letter in group for _, letter, _ in kept] for group in (event.actors, event.recipients, event.holders)]
        mode = f"{event.act}/{event.mode}" if event.mode else "-"
        triggers.append({
            "pieces": [i for i in range(*where) if first[i]] or [where[0]],
            "act": ACTS.index(event.act), "status": STATUSES.index(event.status), "mode": MODES.index(mode) if mode in MODES else 0,
            "roles": roles, "cue": [i for i in range(*cue) if first[i]] if cue else [],
        })  # fmt: skip
    return Item(encoding.ids, offsets, first, [p for p, _, _ in kept], [n for _, _, n in kept], example, triggers)


def batches(items, size, rng=None):
    """Items of like length together, so that little is padded."""
    order = sorted(range(len(items)), key=lambda i: (len(items[i].ids), rng.random() if rng else 0))
    groups = [order[i : i + size] for i in range(0, len(order), size)]
    if rng:
        rng.shuffle(groups)
    return [[items[i] for i in group] for group in groups]


def paint(item: Item, rng=None) -> tuple[list[int], list[int]]:
    """For each piece, what mention it is in (0 none, 1 + 2 kind the first piece, 2 + 2 kind a later one) and whose; inner mentions lie over
    outer ones. With `rng`, now and then a mention whose kind or party is kept back."""
    kinds, parties = [0] * len(item.ids), [0] * len(item.ids)
    for (start, end), (kind, party) in sorted(zip(item.mentions, item.named), key=lambda m: m[0][0] - m[0][1]):
        if rng and rng.random() < 0.08:
            kind = 0
        if rng and rng.random() < 0.08:
            party = 0
        kinds[start:end] = [1 + 2 * kind, *[2 + 2 * kind] * (end - start - 1)]
        parties[start:end] = [party] * (end - start)
    return kinds, parties


def tensors(batch, rng=None):
    """Ids, mask, kinds and parties, padded."""
    length = max(len(i.ids) for i in batch)
    ids, mask, kinds, parties = (torch.zeros(len(batch), length, dtype=torch.long) for _ in range(4))
    for row, it in enumerate(batch):
        size = len(it.ids)
        ids[row, :size] = torch.tensor(it.ids)
        mask[row, :size] = 1
        painted = paint(it, rng)
        kinds[row, :size], parties[row, :size] = torch.tensor(painted[0]), torch.tensor(painted[1])
    return ids, mask, kinds, parties


def half(text: str) -> str:
    """train, dev or test by the text itself, so that an example stays where it is when others are added."""
    number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") % 100
    return "dev" if number < 7 else "test" if number < 14 else "train"
