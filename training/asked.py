"""Which sentences are worth asking the judge about: writes crates/demarche/data/lexicon/asked.tsv.

    python asked.py [--documents N] [--examples N] [--kept SHARE]

A logistic regression over the words of a sentence, whether a pattern proposes an event and how many parties it names, taught by the judge
himself on real documents and on the examples. Most sentences of real documents tell no event, and most of these can be told by their
words: they are not shown to the judge. The weights are chosen for the share of the judge's events that must be kept.
"""

import argparse
import collections
import pathlib
import random
import re

import data
import examples
import numpy as np
import real
import torch

HERE = pathlib.Path(__file__).parent
ALWAYS, PROPOSAL, TWO, MANY = "(always)", "(proposal)", "(two parties)", "(more parties)"
LEAST = 4
"""A word must be in that many sentences to have a weight."""


def features(text: str, parties: int, proposed: bool) -> set[str]:
    """What is known of a sentence before the judge is asked; the reader sees the same (event/gate.rs)."""
    some = set(re.findall(r"[^\W_]+", text.lower())) | {ALWAYS}
    if proposed:
        some.add(PROPOSAL)
    if parties > 1:
        some.add(TWO if parties == 2 else MANY)
    return some


def read(args) -> list[tuple[str, int, bool, bool, bool, int]]:
    """(text, parties, whether a pattern proposes an event, whether there is one, whether it is an example, number of the document) of sentences."""
    rng = random.Random(1)
    house, state = real.official(args.root)
    drawn = rng.sample(house, args.documents // 2) + rng.sample(state, args.documents // 2)
    own = [e for path in sorted((HERE / "examples").glob("*.txt")) for e in examples.load(str(path))[0]]
    own = random.Random(2).sample(own, args.examples)
    given = real.rows(args.root, drawn) + [{"text": e.text, "published": "2026-06-01", "language": "en"} for e in own]
    rows = []
    fast, learned = data.records(args.program, given, "--reader", "fast"), data.records(args.program, given, "--ask-all")
    for number, (a, b) in enumerate(zip(fast, learned)):
        for (_, text, spans, _, proposals), (*_, events) in zip(real.sentences(a), real.sentences(b)):
            mine = number >= len(drawn)
            # Of the examples it is the marks that count.
            yes = bool(own[number - len(drawn)].events) if mine else bool(events)
            if spans:
                rows.append((text, len({m.party for m in spans if m.party}), bool(proposals), yes, mine, number))
    return rows


def learn(rows: list, kept: float) -> dict[str, float]:
    """The weights; a fifth of the documents is held out and sets the threshold."""
    torch.manual_seed(1)
    parts = [[r for r in rows if bool(r[5] % 5) == train] for train in (True, False)]
    sets = [[features(*r[:3]) for r in part] for part in parts]
    counts = collections.Counter(f for some in sets[0] for f in some)
    names = sorted(f for f, n in counts.items() if n >= LEAST and not f.isdigit())
    index = {name: i for i, name in enumerate(names)}
    weights = torch.nn.EmbeddingBag(len(names), 1, mode="sum")
    torch.nn.init.zeros_(weights.weight)

    def score(some):
        ids, starts = [], []
        for one in some:
            starts.append(len(ids))
            ids += [index[f] for f in sorted(one) if f in index]
        return weights(torch.tensor(ids), torch.tensor(starts))[:, 0]

    optimizer = torch.optim.Adam(weights.parameters(), lr=0.03)
    gold = torch.tensor([float(r[3]) for r in parts[0]])
    for _ in range(60):
        loss = torch.nn.functional.binary_cross_entropy_with_logits(score(sets[0]), gold) + 1e-4 * weights.weight.square().sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        held = score(sets[1]).numpy()
    yes, mine = (np.array([r[i] for r in parts[1]]) for i in (3, 4))
    least = np.quantile(held[yes & ~mine], 1 - kept)
    for label, which in (("examples", mine), ("real documents", ~mine)):
        print(f"{label}: {which.sum()} held-out sentences with mentions, {yes[which].mean():.3f} with events; "
              f"asked {(held[which] >= least).mean():.3f}, keeps {(held[yes & which] >= least).mean():.3f}")  # fmt: skip
    table = {name: float(w) for name, w in zip(names, weights.weight.detach().numpy()[:, 0])}
    table[ALWAYS] -= float(least)
    return table


def write(table: dict[str, float]) -> None:
    """The table that the reader uses."""
    out = HERE.parent / "crates/demarche/data/lexicon/asked.tsv"
    with out.open("w", encoding="utf-8") as file:
        file.write("# Weights of words: a sentence whose weights add up to less than nothing is not shown to the judge. Made by training/asked.py.\n")
        file.write("# Source: what the judge finds in White House and State Department texts, and the examples of training/examples.\n")
        file.write("word\tweight\n")
        for name, weight in sorted(table.items()):
            if name.startswith("(") or round(weight, 2):
                file.write(f"{name}\t{weight:.2f}\n")


def main() -> None:
    """Reads, learns, writes the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(HERE.parent / "target/release/demarche"))
    parser.add_argument("--root", type=pathlib.Path, default=real.ROOT)
    parser.add_argument("--documents", type=int, default=700)
    parser.add_argument("--examples", type=int, default=4000)
    parser.add_argument("--kept", type=float, default=0.97, help="the share of the judge's events in real documents that must be kept")
    args = parser.parse_args()
    write(learn(read(args), args.kept))


if __name__ == "__main__":
    main()
